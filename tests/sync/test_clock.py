"""How far the PC's clock is from the center's, whatever the road and whoever sets a clock."""

from __future__ import annotations

import sys
from datetime import timedelta
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.sync.clock import KEPT, ClockWatch, off_ms
from tests.lane import HandClock

CENTER = 1_648_800_000.0  # what the center's clock shows when our monotonic clock shows 0


def exchange(watch: ClockWatch, sent: float, there: float, back: float) -> None:
    """A request that is under way for `there` seconds, and its answer for `back`."""
    watch.exchanged(sent, sent + there + back, CENTER + sent + there)


@given(
    st.floats(-1e8, 1e8),
    st.lists(st.tuples(st.floats(0, 2), st.floats(0, 2)), min_size=1, max_size=30),
)
def test_the_truth_lies_within_the_uncertainty(wrong: float, trips: list[tuple[float, float]]) -> None:
    watch, now = ClockWatch(), 0.0
    for there, back in trips:
        exchange(watch, now, there, back)
        now += 10.0

    state = watch.state(CENTER + now - wrong, now)

    assert state
    assert abs(state.offset_s - wrong) <= state.uncertainty_s + 1e-5


def test_the_quickest_of_the_last_eight_counts() -> None:
    watch = ClockWatch()
    exchange(watch, 0.0, 0.01, 0.01)
    for number in range(KEPT - 1):
        exchange(watch, 10.0 * (number + 1), 0.0, 3.0)
    state = watch.state(CENTER + 100, 100)
    assert state
    assert state.offset_s == pytest.approx(0, abs=1e-6)

    exchange(watch, 100.0, 0.0, 3.0)  # the quick one is the ninth now
    state = watch.state(CENTER + 200, 200)

    assert state
    assert state.offset_s == pytest.approx(-1.5)
    assert not state.alarming


def test_a_wall_clock_that_is_set_is_seen_at_once() -> None:
    watch = ClockWatch()
    exchange(watch, 0.0, 0.01, 0.01)

    slow, fast = watch.state(CENTER + 60 - 300, 60), watch.state(CENTER + 60 + 300, 60)

    assert slow
    assert fast
    assert (round(slow.offset_s), round(fast.offset_s)) == (300, -300)
    assert slow.alarming
    assert fast.alarming


def test_a_pc_that_slept_measures_anew() -> None:
    """Its monotonic clock stood still meanwhile."""
    watch = ClockWatch()
    exchange(watch, 0.0, 0.01, 0.01)
    watch.exchanged(10.0, 10.1, CENTER + 10.05 + 8 * 3600)

    state = watch.state(CENTER + 10.1 + 8 * 3600, 10.1)

    assert state
    assert state.offset_s == pytest.approx(0, abs=0.1)


def test_before_the_first_exchange_nothing_is_known() -> None:
    assert ClockWatch().state(0, 0) is None


def test_three_threads_measure_and_look_at_once() -> None:
    """Entries, quick news and reports have a thread each, and one watch."""
    watch, stumbled = ClockWatch(), list[BaseException]()

    def talk() -> None:
        try:
            for number in range(20_000):
                exchange(watch, float(number), 0.01, 0.01)
                watch.state(CENTER + number, number)
        except RuntimeError as error:
            stumbled.append(error)

    threads, before = [Thread(target=talk) for _ in range(3)], sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(before)

    assert stumbled == []


def test_a_gate_that_comes_back_does_not_trust_what_it_measured_days_ago() -> None:
    """A crystal that is 50 ppm wrong is 13 s off after three days without a center."""
    watch, days = ClockWatch(), 3 * 86_400.0
    exchange(watch, 0.0, 0.001, 0.001)
    mono = days * (1 - 50e-6)
    watch.exchanged(mono, mono + 0.1, CENTER + days + 0.05)

    state = watch.state(CENTER + days + 0.1, mono + 0.1)

    assert state
    assert abs(state.offset_s) <= state.uncertainty_s + 1e-5
    assert state.uncertainty_s < 0.1


def test_a_pc_that_slept_does_not_know_how_wrong_its_clock_is() -> None:
    """Its monotonic clock stood still for the night: the difference would be eight hours."""
    clock, nights = HandClock(), [False, True, False, False]
    watch = ClockWatch(nights.pop)
    off = off_ms(watch, clock)
    watch.exchanged(clock.mono, clock.mono + 0.1, clock.wall.timestamp() - 7200)
    assert off() == pytest.approx(-7_200_000, abs=100)

    clock.wall += timedelta(hours=8)
    assert off() is None


def test_an_answer_over_which_the_pc_slept_tells_nothing() -> None:
    """The center said its time in the evening, and it was read in the morning."""
    nights = [False, True]
    watch = ClockWatch(nights.pop)
    watch.exchanged(0.0, 0.1, CENTER)

    assert watch.state(CENTER + 8 * 3600, 0.1) is None
