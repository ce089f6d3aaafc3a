"""Nothing that a screen acknowledged is lost, whatever happens: thousands of lives of a district, by seed.

`python -m tests.sync.replay SEED` tells what happened in one of them.
"""

from __future__ import annotations

from collections import Counter

import pytest

from tests.sync import controls
from tests.sync.simulator import FAULTS, StuckError, Variant, run

CHUNK = 100
SEEDS = 2_000
SLOW_SEEDS = 50_000
OF_CONTROLS = 60


def what_went_wrong(seed: int, variant: Variant | None = None) -> str:
    """Empty if all is as it must be; else what is not, with how to see it again."""
    try:
        world = run(seed, variant) if variant else run(seed)
    except StuckError as error:
        return f"stuck, {error}: python -m tests.sync.replay {seed}"
    problems = [f"{len(lost)} lost"] if (lost := world.lost()) else []
    problems += world.wrong()
    return f"{', '.join(problems)}: python -m tests.sync.replay {seed}" if problems else ""


def failures(first: int) -> list[str]:
    return [wrong for seed in range(first, first + CHUNK) if (wrong := what_went_wrong(seed))]


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_no_acknowledged_entry_is_lost_and_nobody_is_stuck(first: int) -> None:
    assert not failures(first)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(SEEDS, SLOW_SEEDS, CHUNK))
def test_no_acknowledged_entry_is_lost_in_many_more_lives(first: int) -> None:
    assert not failures(first)


@pytest.mark.parametrize(
    ("control", "least"),
    [
        pytest.param(controls.NORMAL, 0.7, id="disk that acknowledges before it is synced"),
        pytest.param(controls.PRUNES_AT_ACK, 0.1, id="pruned at ack, not when archived"),
        pytest.param(controls.PLAIN, 0.3, id="on conflict do nothing, no hashes"),
        pytest.param(controls.STRICT, 0.4, id="a bad record refuses its batch"),
    ],
)
def test_a_design_that_loses_is_seen_to_lose(control: Variant, least: float) -> None:
    losing = sum(loses(seed, control) for seed in range(OF_CONTROLS))

    assert losing >= least * OF_CONTROLS


def loses(seed: int, variant: Variant) -> bool:
    try:
        return bool(run(seed, variant).lost())
    except StuckError:  # what never arrives is lost too
        return True


def test_every_fault_is_met() -> None:
    seen = sum((run(seed).seen for seed in range(CHUNK)), Counter[str]())

    assert {name for name in (*FAULTS, *SITUATIONS) if not seen[name]} == set()


SITUATIONS = (
    *("fork with a tail", "fork without a tail", "another epoch", "pruned", "restored"),
    *("stick with a gap", "stick came back", "only copy at the center"),
)


def test_a_seed_tells_the_same_life_again() -> None:
    first, again = run(7), run(7)

    assert first.seen == again.seen
    assert first.center.store.state.records == again.center.store.state.records
