"""The figures of a day are what counting by hand gives, for any day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from station.core.day_statistics import SETTLES_MIN, WAITS_S, Counted, DayStatistics, count, groups, quantile
from station.core.model import Severity

VERDICTS = st.sampled_from([int(one) for one in Severity])
PASSED = st.builds(
    Counted,
    hour=st.integers(0, 23),
    direction=st.sampled_from(["in", "out"]),
    first=VERDICTS,
    stands=VERDICTS,
    held=st.lists(st.sampled_from(["fever", "code_red", "no_code"]), unique=True).map(tuple),
    lane=st.sampled_from(["1", "2"]),
    gate=st.sampled_from(["east", "west"]),
    duty=st.sampled_from(["", "1001", "1002"]),
    corrected=st.booleans(),
    value_c=st.none() | st.integers(300, 420).map(lambda tenths: tenths / 10),
    high=st.booleans(),
    instrument=st.sampled_from(["stand", "gun"]),
    waited_ms=st.none() | st.integers(0, 120_000),
    settled_ms=st.none() | st.integers(0, 4_000_000),
    emulated=st.booleans(),
)
NONE = Counter[int]()
DAYS = st.lists(PASSED, max_size=60)


def times(which: Iterable[bool]) -> int:
    return sum(which)


@given(DAYS)
def test_verdicts_by_hour_place_way_and_shift_are_what_stands_now(day: list[Counted]) -> None:
    made = count(day)

    assert made.passages == len(day)
    for verdict in map(int, Severity):
        assert made.verdicts[verdict] == times(one.stands == verdict for one in day)
        for hour in range(24):
            wanted = times((one.hour, one.stands) == (hour, verdict) for one in day)
            assert made.by_hour.get(hour, NONE)[verdict] == wanted
        for lane in ("1", "2"):
            wanted = times((one.gate, one.lane, one.stands) == ("east", lane, verdict) for one in day)
            assert made.by_place.get(("east", lane), NONE)[verdict] == wanted
        for duty in ("", "1001"):
            wanted = times((one.duty, one.stands) == (duty, verdict) for one in day)
            assert made.by_duty.get(duty, NONE)[verdict] == wanted
        wanted = times((one.direction, one.stands) == ("out", verdict) for one in day)
        assert made.by_direction.get("out", NONE)[verdict] == wanted


@given(DAYS)
def test_no_passage_is_lost_or_counted_twice(day: list[Counted]) -> None:
    made = count(day)

    for parts in (made.by_hour, made.by_direction, made.by_place, made.by_duty):
        assert sum(verdicts.total() for verdicts in parts.values()) == len(day)
    assert made.corrected == times(one.corrected for one in day)
    assert made.emulated == times(one.emulated for one in day)


@given(DAYS)
def test_reasons_and_readings(day: list[Counted]) -> None:
    made = count(day)

    for code in ("fever", "code_red", "no_code"):
        assert made.reasons[code] == times(code in one.held for one in day)
    read = [one for one in day if one.value_c is not None]
    assert made.readings.count == len(read)
    assert made.readings.high == times(one.high for one in read)
    for name in ("stand", "gun"):
        values = sorted(one.value_c or 0.0 for one in read if one.instrument == name)
        readings = made.by_instrument.get(name)
        assert (readings.count if readings else 0) == len(values)
        if readings:
            assert (readings.quantile_c(0), readings.quantile_c(1)) == (values[0], values[-1])


@given(DAYS)
def test_waits_and_what_became_of_who_was_held_back(day: list[Counted]) -> None:
    made = count(day)

    assert sum(made.wait_groups()) == times(one.waited_ms is not None for one in day)
    held = [one for one in day if one.first == Severity.RECHECK and not one.pruned]
    assert made.held == len(held) == made.held_now.total()
    assert made.held_now[int(Severity.STOP)] == times(one.stands == Severity.STOP for one in held)
    assert sum(made.settle_groups()) == times(one.settled_ms is not None for one in held)


@given(st.lists(st.integers(0, 50), min_size=1), st.sampled_from([0.0, 0.25, 0.5, 0.95, 1.0]))
def test_a_quantile_is_the_smallest_value_that_reaches_its_part(values: list[int], part: float) -> None:
    counted = {value: values.count(value) for value in values}

    found = quantile(counted, part)

    assert found in values
    below = sum(value <= found for value in values if found is not None)
    assert below >= part * len(values)
    assert sum(value < (found or 0) for value in values) < max(1, part * len(values))


@given(st.lists(st.integers(0, 900)))
def test_groups_hold_everything_once(values: list[int]) -> None:
    made = groups({value: values.count(value) for value in values}, [10, 100, 500])

    assert made == [
        sum(value < 10 for value in values),
        sum(10 <= value < 100 for value in values),
        sum(100 <= value < 500 for value in values),
        sum(value >= 500 for value in values),
    ]


def test_an_empty_day_has_no_busiest_hour_and_no_medians() -> None:
    made = DayStatistics()

    assert made.busiest is None
    assert made.wait_s(0.5) is None
    assert made.settle_min(0.5) is None
    assert made.readings.quantile_c(0.5) is None
    assert made.wait_groups() == [0] * (len(WAITS_S) + 1)
    assert made.settle_groups() == [0] * (len(SETTLES_MIN) + 1)


def test_the_first_of_two_equally_busy_hours_is_the_busiest() -> None:
    one = Counted(9, "in", 0, 0, (), "1", "")

    assert count([one._replace(hour=15), one]).busiest == 9
