"""The rota: what is absurd is refused, a night shift crosses midnight, an empty shift is seen in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.core.shift import (
    Plan,
    Shift,
    ShiftError,
    ShiftProblem,
    SignupProblem,
    clash,
    current,
    empty,
    expected,
    lacking,
    read_plan,
    signup_problem,
)

ZONE = timezone(timedelta(hours=8))
NOON = datetime(2022, 4, 16, 12, tzinfo=ZONE)


def shift(first: float, last: float, *names: str, needed: int = 1, id: str = "") -> Shift:
    """Between these hours after noon."""
    begins, ends = (NOON + timedelta(hours=hours) for hours in (first, last))
    return Shift(id or f"{first}-{last}", begins, ends, needed, names=names)


def spans(day: str, begins: str, ends: str, **more: str) -> list[str]:
    made = read_plan(Plan(day, begins, ends, **more), ZONE, NOON)
    return [f"{one:%m-%d %H:%M} {two:%m-%d %H:%M} {needed}" for one, two, needed in made]


def test_a_day_shift_is_read_however_an_admin_writes_it() -> None:
    for day in ("2022-04-17", "4-17", "4/17", "4月17日", "2022.4.17"):
        for begins, ends in (("7", "19"), ("7:00", "19:00"), ("0700", "1900"), ("07：00", "19：00")):
            assert spans(day, begins, ends) == ["04-17 07:00 04-17 19:00 1"]


def test_a_night_shift_ends_the_next_morning() -> None:
    assert spans("4-16", "19:00", "7:00", needed="2") == ["04-16 19:00 04-17 07:00 2"]
    assert spans("4-16", "16", "24") == ["04-16 16:00 04-17 00:00 1"]


def test_a_week_is_made_at_once() -> None:
    assert len(spans("4-17", "7", "19", days="7")) == 7
    assert spans("4-17", "7", "19", days="7")[-1] == "04-23 07:00 04-23 19:00 1"


def test_a_day_without_a_year_in_december_is_of_the_next_one() -> None:
    made = read_plan(Plan("1-2", "7", "19"), ZONE, datetime(2022, 12, 30, 12, tzinfo=ZONE))
    assert made[0][0].year == 2023


@pytest.mark.parametrize(
    ("day", "begins", "ends", "needed", "days", "problem"),
    [
        ("明天", "7", "19", "1", "1", ShiftProblem.NO_DAY),
        ("2-30", "7", "19", "1", "1", ShiftProblem.NO_DAY),
        ("", "7", "19", "1", "1", ShiftProblem.NO_DAY),
        ("4-2022041720220417", "7", "19", "1", "1", ShiftProblem.NO_DAY),
        ("9999-12-31", "19", "7", "1", "31", ShiftProblem.TOO_FAR),
        ("4-17", "早上", "19", "1", "1", ShiftProblem.NO_TIME),
        ("4-17", "25", "19", "1", "1", ShiftProblem.NO_TIME),
        ("4-17", "24:30", "19", "1", "1", ShiftProblem.NO_TIME),
        ("4-17", "7", "7:60", "1", "1", ShiftProblem.NO_TIME),
        ("4-17", "7", "7", "1", "1", ShiftProblem.SAME_TIME),
        ("4-17", "0", "24", "1", "1", ShiftProblem.SAME_TIME),
        ("4-17", "7", "7:20", "1", "1", ShiftProblem.TOO_SHORT),
        ("4-17", "7", "6", "1", "1", ShiftProblem.TOO_LONG),
        ("4-16", "7", "11", "1", "1", ShiftProblem.OVER),
        ("7-16", "7", "19", "1", "1", ShiftProblem.TOO_FAR),
        ("4-17", "7", "19", "0", "1", ShiftProblem.NEEDED),
        ("4-17", "7", "19", "21", "1", ShiftProblem.NEEDED),
        ("4-17", "7", "19", "两", "1", ShiftProblem.NEEDED),
        ("4-17", "7", "19", "1", "32", ShiftProblem.DAYS),
    ],
)
def test_what_is_absurd_is_refused(
    day: str, begins: str, ends: str, needed: str, days: str, problem: ShiftProblem
) -> None:
    with pytest.raises(ShiftError) as refused:
        read_plan(Plan(day, begins, ends, needed, days), ZONE, NOON)
    assert refused.value.problem is problem


@given(*(st.text(max_size=12) for _ in range(5)))
def test_whatever_is_typed_makes_a_sound_shift_or_a_refusal(
    day: str, begins: str, ends: str, needed: str, days: str
) -> None:
    try:
        made = read_plan(Plan(day, begins, ends, needed, days), ZONE, NOON)
    except ShiftError:
        return  # by its type the problem is a ShiftProblem
    assert all(timedelta() < last - first <= timedelta(hours=16) and 1 <= n <= 20 for first, last, n in made)


def test_shifts_that_touch_are_no_clash_and_those_that_overlap_are() -> None:
    day, night = shift(0, 7), shift(7, 19)
    assert clash([night], [day]) is None
    assert clash([shift(6, 10)], [day, night]) is day


def test_somebody_signs_up_once_and_nowhere_else_at_that_time() -> None:
    free, mine, over = shift(1, 7), shift(2, 8, "李秀英"), shift(-8, -1)
    others = [free, mine]
    assert signup_problem(free, "张伟", others, NOON) is None
    assert signup_problem(free, " ", others, NOON) is SignupProblem.NO_NAME
    assert signup_problem(free, "李" * 21, others, NOON) is SignupProblem.LONG_NAME
    assert signup_problem(None, "张伟", others, NOON) is SignupProblem.GONE
    assert signup_problem(over, "张伟", others, NOON) is SignupProblem.OVER
    assert signup_problem(mine, "李秀英", others, NOON) is SignupProblem.TWICE
    assert signup_problem(mine, "张伟", others, NOON) is SignupProblem.FULL
    assert signup_problem(free, " 李秀英 ", others, NOON) is SignupProblem.ELSEWHERE
    assert signup_problem(shift(8, 12), "李秀英", others, NOON) is None


def test_tonights_empty_shift_is_named_and_next_weeks_is_not() -> None:
    now, tonight = shift(-1, 2), shift(7, 19, "张伟", needed=2)
    full, far = shift(20, 24, "李秀英"), shift(50, 60)
    assert lacking([far, full, tonight, now], NOON) == [now, tonight]
    assert empty([far, full, tonight, now], NOON) == [now]
    assert empty([replace(now, ends=NOON)], NOON) == [], "what is over is not to be filled any more"


def test_who_takes_over_is_offered_first() -> None:
    shifts = [shift(50, 60, "周凤"), shift(1, 7, "张伟", "李秀英", needed=2), shift(-5, 1, "李秀英")]
    assert expected(shifts, NOON) == ("李秀英", "张伟")
    found = current(shifts, NOON)
    assert found is not None
    assert found.names == ("李秀英",)


def test_a_name_stands_in_no_log() -> None:
    assert "张伟" not in repr(Shift("1", NOON.astimezone(UTC), NOON, names=("张伟",)))
