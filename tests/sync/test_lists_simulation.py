"""Each gate has what its center says, and both have signed each day, whatever happened: by seed.

`python -m tests.sync.replay_lists SEED` tells what happened in one of these lives.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.sync.items import MOST_ITEMS
from tests.sync.lists_gate import A_PAGE
from tests.sync.lists_truth import wrong
from tests.sync.lists_world import PROTOCOL, Variant, World

SEEDS, CHUNK = 12, 3
SLOW_SEEDS = 600
OF_CONTROLS = 99  # most lives that a control may need until it is seen to err


@pytest.fixture(autouse=True)
def small_pages_in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Lists of a dozen come in several pages, by stick too; a day of a gate is its PC's."""
    with monkeypatch.context() as changed:
        for channel in MOST_ITEMS:
            changed.setitem(MOST_ITEMS, channel, A_PAGE)
        changed.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


def live(seed: int, root: Path, variant: Variant = PROTOCOL) -> tuple[list[str], Counter[str]]:
    """What does not hold in the end, and what was met."""
    world = World(seed, root / str(seed), variant)
    try:
        world.whole_life(seed)
        return wrong(world), world.seen
    finally:
        world.close()


def failures(first: int, root: Path) -> list[str]:
    found = {seed: live(seed, root)[0] for seed in range(first, first + CHUNK)}
    return [f"seed {seed}: {problem}" for seed, problems in found.items() for problem in problems]


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_gates_hold_what_the_center_says_and_days_are_signed(first: int, tmp_path: Path) -> None:
    assert not failures(first, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(SEEDS, SLOW_SEEDS, CHUNK))
def test_gates_hold_what_the_center_says_in_many_more_lives(first: int, tmp_path: Path) -> None:
    assert not failures(first, tmp_path)


@pytest.mark.parametrize(
    ("control", "seeds"),
    [
        pytest.param(Variant(drops_pages=True), range(1, 100), id="a page is passed over"),
        pytest.param(
            Variant(new_epoch=False), range(1, 100), id="restored in the same epoch", marks=pytest.mark.slow
        ),
    ],
)
def test_a_design_that_errs_is_seen_to_err(control: Variant, seeds: range, tmp_path: Path) -> None:
    assert any(live(seed, tmp_path, control)[0] for seed in seeds[:OF_CONTROLS])


@pytest.mark.slow
def test_everything_is_met(tmp_path: Path) -> None:
    seen = sum((live(seed, tmp_path)[1] for seed in range(60)), Counter[str]())

    assert {name for name in SITUATIONS if not seen[name]} == set()


SITUATIONS = (
    *("merged", "erased", "restored", "cloned", "put back", "handed in", "taken", "cut between pages"),
)
