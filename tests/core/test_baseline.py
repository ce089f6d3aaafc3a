"""What is usual at one instrument: staff begin it, visitors move it, a fever hardly does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.core.baseline import Baseline, BaselineRule
from station.core.model import Site

RULE = BaselineRule()
DAWN = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
EMPTY = Baseline("module", Site.OBJECT)
STAFFED = EMPTY.seeded((36.0, 36.2, 36.4), DAWN, RULE)


def after(baseline: Baseline, *values: float, every: timedelta = timedelta(minutes=1)) -> Baseline:
    now = DAWN
    for value in values:
        now += every
        baseline = baseline.with_reading(value, now, RULE)
    return baseline


def test_first_visitors_define_nothing() -> None:
    assert after(EMPTY, *[38.5] * 20) == EMPTY
    assert EMPTY.limit_c(DAWN, RULE) is None


def test_staff_at_shift_start_define_normal() -> None:
    assert STAFFED.mean_c(DAWN, RULE) == pytest.approx(36.2)
    assert STAFFED.limit_c(DAWN, RULE) == pytest.approx(36.2 + RULE.allowed_c)


def test_two_members_of_staff_are_not_enough() -> None:
    assert EMPTY.seeded((36.0, 36.4), DAWN, RULE).limit_c(DAWN, RULE) is None


def test_highest_and_lowest_of_the_last_ten_do_not_count() -> None:
    ten = after(STAFFED, 36.3, 36.3, 36.3, 36.3, 36.3, 36.3, 36.3, 36.3, 34.0, 36.9)
    assert len(ten.noted) == 10
    assert ten.mean_c(DAWN + timedelta(minutes=10), RULE) == pytest.approx(36.3)


def test_baseline_follows_the_weather() -> None:
    colder = after(STAFFED, *(36.2 - step * 0.1 for step in range(20)))
    assert colder.mean_c(DAWN + timedelta(minutes=20), RULE) == pytest.approx(34.75, abs=0.1)


def test_fever_hardly_moves_it() -> None:
    ten = after(STAFFED, *[36.2] * 10)
    later = DAWN + timedelta(minutes=12)
    before, with_two = ten.mean_c(later, RULE), after(ten, 40.0, 40.0).mean_c(later, RULE)
    assert before is not None
    assert with_two is not None
    assert with_two - before <= 0.1 + 1e-9  # one of the two is the highest and does not count


def test_when_the_sun_comes_out_and_everybody_is_high_it_follows() -> None:
    sunny = after(STAFFED, *[37.2] * 40)
    limit = sunny.limit_c(DAWN + timedelta(minutes=40), RULE)
    assert limit is not None
    assert limit > 37.2


def test_after_a_quiet_night_staff_are_needed_again() -> None:
    morning = DAWN + RULE.max_age + timedelta(minutes=1)
    assert STAFFED.limit_c(morning, RULE) is None
    assert STAFFED.with_reading(36.0, morning, RULE) == STAFFED


def test_clock_that_was_set_back_makes_readings_of_the_future_count_as_old() -> None:
    assert STAFFED.limit_c(DAWN - RULE.max_age - timedelta(minutes=1), RULE) is None


def test_it_survives_a_restart() -> None:
    record = msgspec.json.encode(after(STAFFED, 36.5, 35.9))
    assert msgspec.json.decode(record, type=Baseline) == after(STAFFED, 36.5, 35.9)


@given(st.lists(st.floats(30, 43), max_size=200))
def test_it_stays_small_and_within_what_was_seen(values: list[float]) -> None:
    baseline = after(STAFFED, *values, every=timedelta(seconds=20))
    mean = baseline.mean_c(DAWN + timedelta(seconds=20 * len(values)), RULE)
    assert len(baseline.noted) <= RULE.readings
    assert mean is not None
    assert min(36.0, *values, 43) <= mean <= max(36.4, *values, 30)


@given(st.lists(st.floats(30, 43), max_size=50), st.floats(0.1, 5))
def test_one_person_moves_the_limit_by_little(values: list[float], fever: float) -> None:
    ten = after(STAFFED, *values, every=timedelta(seconds=20))
    now = DAWN + timedelta(seconds=20 * len(values))
    limit = ten.limit_c(now, RULE)
    assert limit is not None
    moved = ten.with_reading(limit + fever, now, RULE)
    at_the_limit = ten.with_reading(limit, now, RULE)
    assert moved == at_the_limit
