"""The code system was down: what was marked then is verified in bulk, and only the exceptions are listed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from station.core.facts import Fact, FactKind
from station.core.hindsight import decided_with, verify_afterwards
from station.core.policy import NO_CODES
from station.core.reasons import ReasonCode
from tests.core.crowd import NOW
from tests.core.morning import colour, entry_id, passage
from tests.core.rulebook import RULES

CONTROLLED = RULES["管控"]
DRILL = CONTROLLED.without_codes()
DOWN = [passage(number, who, number, policy=DRILL) for number, who in enumerate(["zhang", "li", "wang"])]
BEFORE = passage(9, "zhao", -10, colour("green"), policy=CONTROLLED)
LEARNED: dict[bytes, Sequence[Fact]] = {
    entry_id(0): [colour("green", NOW + timedelta(days=2))],
    entry_id(1): [colour("yellow", NOW + timedelta(days=2))],
}


def test_entries_of_the_drill_pass_and_are_marked() -> None:
    assert {entry.decision.word for entry in DOWN} == {"pass"}
    assert all(entry.policy == f"controlled/3{NO_CODES}" for entry in DOWN)
    assert all("code_system_down" in {reason.code for reason in entry.reasons} for entry in DOWN)


def test_afterwards_only_the_exceptions_are_listed() -> None:
    verified = verify_afterwards([BEFORE, *DOWN], LEARNED, CONTROLLED)
    assert verified.entries == 3
    assert [(one.entry.person_id, one.now.reasons[0].code) for one in verified.exceptions] == [
        ("li", ReasonCode.COLOUR_YELLOW),
        ("wang", ReasonCode.COLOUR_MISSING),
    ]


def test_a_red_of_later_counts_though_the_centers_clock_was_ahead_when_it_told_green() -> None:
    green = colour("green", NOW + timedelta(minutes=3))
    entry = passage(1, "zhang", 1, green, policy=CONTROLLED)
    red = colour("red", NOW + timedelta(minutes=12))
    assert decided_with(entry, [red], CONTROLLED).reasons[0].code is ReasonCode.COLOUR_RED


def test_of_what_is_known_afterwards_the_newest_colour_counts_as_at_the_lane() -> None:
    entry = passage(1, "zhang", 1, policy=DRILL)
    old, new = colour("red", NOW - timedelta(hours=9)), colour("green", NOW - timedelta(hours=2))
    for learned in ([old, new], [new, old]):
        codes = {reason.code for reason in decided_with(entry, learned, CONTROLLED).reasons}
        assert ReasonCode.COLOUR_GREEN in codes
        assert ReasonCode.COLOUR_RED not in codes


def test_who_was_released_once_and_is_reported_again_is_found_when_codes_are_back() -> None:
    entry = passage(1, "zhang", 1, policy=DRILL)
    released = Fact(FactKind.ISOLATION, "none", NOW - timedelta(days=30), "center")
    reported = Fact(FactKind.ISOLATION_PENDING, "close_contact", NOW + timedelta(hours=1), "center")
    codes = {reason.code for reason in decided_with(entry, [released, reported], CONTROLLED).reasons}
    assert ReasonCode.ISOLATION_PENDING in codes
