"""Each gate has what its center says, and both have signed each day, whatever happened: by seed.

`python -m tests.sync.replay_lists SEED` tells what happened in one of these lives.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from center.store import policies
from station.core.entry import to_ms
from station.journal.center_items import CenterItems
from station.journal.center_lists import CenterLists
from station.sync.items import MOST_ITEMS
from station.trustfolder import TrustFolder
from tests.center.office import SERVER
from tests.center.store.server import Programs, Server
from tests.sync import lists_world
from tests.sync.lists_gate import A_PAGE
from tests.sync.lists_truth import wrong
from tests.sync.lists_world import PROTOCOL, Variant, World

SEEDS, CHUNK = 12, 3
SLOW_SEEDS = 600
SEEDS_OF_SERVER = 30
OF_CONTROLS = 99  # most lives that a control may need until it is seen to err


def goes_by_its_own_clock(program: pytest.MonkeyPatch) -> None:
    program.setattr(CenterItems, "_center_ms", lambda _, now: to_ms(now))


def takes_whatever_list_comes_last(program: pytest.MonkeyPatch) -> None:
    program.setattr(TrustFolder, "usable", lambda _: [])


def lets_a_zone_be_opened_from_above(program: pytest.MonkeyPatch) -> None:
    program.setattr(policies, "_depth", lambda branch: -branch.count("/") - bool(branch))


def never_asks_again(program: pytest.MonkeyPatch) -> None:
    program.setattr(CenterLists, "read_by", lambda *_: None)


def forgets_what_is_kept_aside(program: pytest.MonkeyPatch) -> None:
    program.setattr(lists_world, "teller", lambda _: lambda *_: False)


# In which life it may be seen first, so that few are needed.
CONTROLS: dict[str, tuple[int, Callable[[pytest.MonkeyPatch], None]]] = {
    "a gate goes by its own clock": (13, goes_by_its_own_clock),
    "an older list takes the place of a newer one": (18, takes_whatever_list_comes_last),
    "what was not understood stays so": (19, never_asks_again),
    "rows of who was erased stay": (0, forgets_what_is_kept_aside),
    "a zone is opened from above": (22, lets_a_zone_be_opened_from_above),
}


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


@pytest.fixture(scope="module")
def postgresql() -> Iterator[Server]:
    programs = Programs()
    server = Server(programs, "lists")
    server.initialise()
    server.start()
    yield server
    server.stop()
    programs.remove()


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, SEEDS_OF_SERVER, CHUNK))
def test_gates_hold_what_a_center_on_postgresql_says(
    first: int, tmp_path: Path, postgresql: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SERVER, postgresql.url())
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


@pytest.mark.parametrize("control", CONTROLS)
def test_a_program_that_errs_is_seen_to_err(
    control: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, err = CONTROLS[control]
    err(monkeypatch)
    assert any(live(seed, tmp_path)[0] for seed in range(first, first + OF_CONTROLS))


@pytest.mark.slow
def test_everything_is_met(tmp_path: Path) -> None:
    seen = sum((live(seed, tmp_path)[1] for seed in range(60)), Counter[str]())

    assert {name for name in SITUATIONS if not seen[name]} == set()


SITUATIONS = (
    *("merged", "erased", "restored", "cloned", "put back", "handed in", "taken", "cut between pages"),
    *("policy", "policy to come", "policy taken back", "trust", "trust taken back", "updated"),
    *("program put back", "kept aside", "aside, and erased"),
)
