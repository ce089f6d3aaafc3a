"""Every list agrees with a plain model on who is inside, whatever happened; and would be seen not to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from station import presence_desk
from station.core.model import Direction, Severity
from station.journal import lookbacks, movements, presence, visits
from station.journal.presence import Presence
from tests.inside_machine import AnyComings

IN, OUT = Direction.IN, Direction.OUT

TestAnyComings = AnyComings.TestCase
TestAnyComings.settings = settings(max_examples=8, stateful_step_count=25, deadline=None)


@pytest.mark.slow
def test_everybody_is_told_where_they_are_on_many_more_days() -> None:
    many = settings(max_examples=150, stateful_step_count=50, deadline=None)
    run_state_machine_as_test(AnyComings, settings=many)


def a_day_of_changes() -> None:
    """One day that has some of everything, always the same."""
    day = AnyComings()
    day.begin(center=True)
    try:
        _play(day)
    finally:
        day.teardown()


def _play(day: AnyComings) -> None:
    for code in ("token-zhang", "token-sun", "token-fang", "token-qian", "a stranger"):
        day.with_a_code(code, IN, 36.4)
    day.verdict_is_corrected_in_the_evening(0, Severity.PASS)
    for way in Direction:
        day.visitor(None, way, "")
        day.verdict_is_corrected_in_the_evening(0, Severity.PASS)
    day.with_a_code("token-wang", IN, 36.4)
    day.verdict_is_corrected_in_the_evening(0, Severity.STOP)
    day.everybody_is_where_the_volunteers_let_them()
    day.gets_a_code("w2", "a stranger")
    day.moves_in("o1")
    day.clock_is_set(-5.0)
    for one in ("w2", "o1"):
        day.picked_by_name(one, OUT, 36.4)
        day.verdict_is_corrected_in_the_evening(0, Severity.PASS)
    day.everybody_is_where_the_volunteers_let_them()
    day.each_is_told_alike()
    day.picked_by_name("w2", IN, 36.4)
    day.picked_by_name("w1", IN, 36.4)


def test_a_day_of_changes_is_told_as_it_was() -> None:
    a_day_of_changes()


@pytest.fixture
def day() -> Iterator[AnyComings]:
    """王芳 stood on the center's list twice, came in as the one, and is one by now."""
    day = AnyComings()
    day.begin(center=True)
    day.picked_of_the_centers_list("c0", IN)
    day.verdict_is_corrected_in_the_evening(0, Severity.PASS)
    day.two_turn_out_to_be_one()
    yield day
    day.teardown()


def test_who_was_taken_into_the_gates_own_list_is_inside_where_the_centers_list_let_them_in(
    day: AnyComings,
) -> None:
    """Looking back at their later recheck, nothing told that they are inside."""
    day.moves_in("o1")
    day.picked_by_name("o1", OUT, 38.6)
    journal = day.gate.journal
    assert Presence(journal.connection, journal.vault).of(["o1"])["o1"].where.direction is IN


def test_nor_is_it_lost_to_a_code_that_was_nobodys_and_became_theirs() -> None:
    """Out by an unknown code, in by the center's list; then they are on the gate's own, with that code."""
    day = AnyComings()
    day.begin(center=True)
    try:
        day.with_a_code("a stranger", OUT, 36.4)
        day.verdict_is_corrected_in_the_evening(0, Severity.PASS)
        day.picked_of_the_centers_list("c1", IN)
        day.verdict_is_corrected_in_the_evening(0, Severity.PASS)
        day.moves_in("o1")
        day.gets_a_code("o1", "a stranger")
        day.everybody_is_where_the_volunteers_let_them()
    finally:
        day.teardown()


def test_who_stood_on_the_list_twice_and_is_marked_home_takes_no_visitors_place(day: AnyComings) -> None:
    for away in (False, True):
        day.marked_by_hand(0, away=away)
    day.visitor(None, IN, "")


def _by_the_clock(sql: str) -> str:
    for one in ("newer", "whereabouts"):
        sql = sql.replace(movements.newest_passage(one), "(0 + 0)")
    return sql


def _less(cut: str, instead: str = "") -> Callable[[str], str]:
    def changed(sql: str) -> str:
        assert cut in sql
        return sql.replace(cut, instead)

    return changed


_COUNT = (movements, "_COUNT_INSIDE")
CONTROLS: dict[str, tuple[ModuleType, str, Callable[[Any], Any]]] = {
    "of two the one whose clock says later": (presence, "_SEEN", _by_the_clock),
    "a code stays nobody's": (presence, "_SEEN", _less("AND NOT EXISTS", "OR NOT EXISTS")),
    "one of them, by the clock": (presence, "_ONE", _less("place DESC,")),
    "of two rosters, by the clock": (presence, "_AT", _by_the_clock),
    "a correction moves nobody": (movements, "settle_whereabouts", lambda _: lambda *_: None),
    "who stands at the gate takes a place": (
        movements,
        "_COUNT_INSIDE",
        _less("subject NOT IN", "subject IS NOT"),
    ),
    "who lives here takes a place": (
        movements,
        "_COUNT_INSIDE",
        _less("ELSE category NOT IN", "ELSE category IN"),
    ),
    "the same way twice, by the clock": (movements, "_LAST", _by_the_clock),
    "a list for a fire that lacks one": (presence_desk, "to_find", lambda find: lambda *all: find(*all)[1:]),
    "a visitor's page of all": (visits, "_INSIDE", _less("direction = 'in'", "1")),
    "a center that hears of nobody": (lookbacks, "_is_inside", lambda _: lambda *_: False),
}


@pytest.mark.parametrize("control", CONTROLS)
def test_what_errs_is_seen_to_err(control: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module, name, err = CONTROLS[control]
    monkeypatch.setattr(module, name, err(getattr(module, name)))
    with pytest.raises(AssertionError):
        a_day_of_changes()
