"""What a gate told is at the center in its newest version, whatever happens: many lives, by seed."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.sync.reporting_world import FAULTS, Variant, run

CHUNK = 100
SEEDS = 500
SLOW_SEEDS = 20_000
OF_CONTROLS = 60


def failures(first: int) -> list[str]:
    found = []
    for seed in range(first, first + CHUNK):
        world = run(seed)
        if (lost := world.lost()) or (wrong := world.wrong()):
            found.append(f"seed {seed}: {len(lost)} lost, {[] if lost else wrong}")
    return found


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_no_report_is_lost_and_none_waits_for_ever(first: int) -> None:
    assert not failures(first)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(SEEDS, SLOW_SEEDS, CHUNK))
def test_no_report_is_lost_in_many_more_lives(first: int) -> None:
    assert not failures(first)


@pytest.mark.parametrize(
    "control",
    [
        pytest.param(Variant(compares_epochs=False), id="what another center took counts as sent"),
        pytest.param(Variant(full=False), id="told before it is on the disk"),
    ],
)
def test_a_design_that_loses_is_seen_to_lose(control: Variant) -> None:
    assert sum(bool(run(seed, control).lost()) for seed in range(OF_CONTROLS)) > 0.1 * OF_CONTROLS


def test_every_fault_is_met() -> None:
    seen = sum((run(seed).seen for seed in range(CHUNK)), Counter[str]())

    assert {name for name in (*FAULTS, "stale", "restored", "stick came back") if not seen[name]} == set()
