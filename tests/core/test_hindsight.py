"""The code system was down: what was marked then is verified in bulk, and only the exceptions are listed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from station.core.facts import Fact
from station.core.hindsight import verify_afterwards
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
