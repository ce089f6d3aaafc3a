"""A day of one thermometer's bytes through everything that a lane keeps of it: nothing grows."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bench.lane import HOUR_S, HZ, Gate, heard

GROWTH_KB = 16  # noise of the allocator; one sample kept in a thousand would be more in eight hours
BUSY_S = 3.6  # between two people
RUSH_S = 40 * 60.0  # then every record that is bounded by a number of people is full


@contextmanager
def traced() -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
    finally:
        tracemalloc.stop()


def kilobytes_after(gate: Gate, part: int, seconds: float) -> float:
    """What is kept once this part of the day has passed."""
    for data, at in heard(part, BUSY_S, seconds):
        gate.hear(data, at)
    gc.collect()  # CPython sets up to 2,000 used tuples of each size aside; this gives them back
    return tracemalloc.get_traced_memory()[0] / 1024


@pytest.mark.slow
def test_a_rush_leaves_no_more_behind_than_the_one_before() -> None:
    with traced():
        gate = Gate()
        first, second = (kilobytes_after(gate, part, RUSH_S) for part in (0, 1))
    assert gate.samples == 2 * RUSH_S * HZ
    assert gate.people > 0.9 * 2 * RUSH_S / BUSY_S
    assert second - first < GROWTH_KB


@pytest.mark.slow
def test_eight_hours_at_full_speed_do_not_grow() -> None:
    with traced():
        gate = Gate()
        after = [kilobytes_after(gate, hour, HOUR_S) for hour in range(8)]
    assert gate.samples == 403_200
    assert max(after[1:]) - after[0] < GROWTH_KB
