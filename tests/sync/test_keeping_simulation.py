"""After the days of retention nothing personal lies at either end, and before them nothing is gone: by seed.

Lives of gates and their center in which lists are imported and taken back, matters end, people are erased,
backups come back, a gate is offline for forty days. Every chain verifies in the end, and both ends agree.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.journal import batches, erasing
from station.sync.items import MOST_ITEMS
from tests.sync.keeping_marks import watched
from tests.sync.keeping_truth import left, missing, wrong
from tests.sync.keeping_world import PRODUCT, Faults, KeepingWorld
from tests.sync.lists_gate import A_PAGE

SLOW_SEEDS, CHUNK = 120, 3
OF_CONTROLS = 30  # most lives that a control may need until it is seen to err
BUSY = 15  # a life of some seconds with most things in it


@pytest.fixture(autouse=True)
def small_pages_in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As in `test_lists_simulation`."""
    with monkeypatch.context() as changed:
        for channel in MOST_ITEMS:
            changed.setitem(MOST_ITEMS, channel, A_PAGE)
        changed.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


def live(seed: int, root: Path, faults: Faults = PRODUCT) -> tuple[list[str], Counter[str]]:
    """What does not hold, and what was met."""
    with watched() as marks:
        world = KeepingWorld(seed, root / str(seed), marks, faults)
        try:
            world.some_days()
            early = [*missing(world), *left(world)]
            world.calm()
            return early + world.lost + wrong(world), world.seen
        finally:
            world.close()


def failures(first: int, count: int, root: Path) -> list[str]:
    found = {seed: live(seed, root)[0] for seed in range(first, first + count)}
    return [f"seed {seed}: {problem}" for seed, problems in found.items() for problem in problems]


def test_what_is_over_is_gone_and_what_is_needed_is_there(tmp_path: Path) -> None:
    assert not failures(BUSY, 1, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1, SLOW_SEEDS, CHUNK))
def test_what_is_over_is_gone_in_many_more_lives(first: int, tmp_path: Path) -> None:
    assert not failures(first, CHUNK, tmp_path)


def _errs(root: Path, of: str, faults: Faults = PRODUCT) -> bool:
    return any(of in problem for seed in range(1, OF_CONTROLS) for problem in live(seed, root, faults)[0])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("faults", "of"),
    [
        pytest.param(Faults(keep_days=80), "lies sealed, over", id="the gate forgets nothing"),
        pytest.param(Faults(no_rounds=True), "center: ", id="the center forgets nothing"),
        pytest.param(Faults(keep_days=7), "is gone after", id="the gate forgets too early"),
    ],
)
def test_days_that_are_not_kept_are_seen(faults: Faults, of: str, tmp_path: Path) -> None:
    assert _errs(tmp_path, of, faults)


@pytest.mark.slow
def test_words_that_are_left_in_the_file_are_seen(tmp_path: Path) -> None:
    assert _errs(tmp_path, "lies sealed, erased", Faults(leaves=True))


@pytest.mark.slow
def test_an_erasing_that_forgets_what_was_there_before_is_seen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    steps = tuple(step for step in erasing.STEPS if "FROM batch_change" not in step)
    monkeypatch.setattr(erasing, "STEPS", steps)
    assert _errs(tmp_path, "lies sealed, erased")


@pytest.mark.slow
def test_people_who_vanish_when_something_old_is_taken_back_are_seen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(batches, "_ALL", batches._ALL.replace(batches._WHOLE, "1"))
    monkeypatch.setattr(batches, "_WHOLE", "1")
    assert _errs(tmp_path, "off the roster")


@pytest.mark.slow
def test_everything_is_met(tmp_path: Path) -> None:
    seen = sum((live(seed, tmp_path)[1] for seed in range(40)), Counter[str]())

    assert {name for name in SITUATIONS if not seen[name]} == set()


SITUATIONS = (
    *("code", "name", "visitor", "case", "remark of a sheet", "who told", "holder", "note of the audit"),
    *("listed", "health card", "hotline", "answer to a gate", "cell of an upload", "owner", "notice"),
    *("reason of a watch", "center's pass", "volunteer of the rota", "door"),
    *("erased at a gate", "erased at the center", "undone", "restored", "offline", "put back", "handed in"),
)
