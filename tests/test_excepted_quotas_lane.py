"""Quotas that a rule book sets for one way or one sort of people only, at a whole lane on a real journal."""

from __future__ import annotations

from pathlib import Path

import pytest

from station.core.model import Direction, ReasonCode, Severity
from station.core.outcome import Recorded
from station.core.policy import parse_policy
from station.journal.people import Person
from station.policy_desk import policy_text
from tests.lane import Gate

OPEN = policy_text("open")
HOUR, DAY = 3600.0, 24 * 3600.0


def gate_with(folder: Path, exception: str) -> Gate:
    made = Gate(folder / "station", policy=parse_policy(f"{OPEN}\n{exception}\n"))
    others = [
        Person("p6", "赵勇", "", "worker", ("token-zhao",)),
        Person("p7", "孙芳", "", "visitor", ("token-sun",)),
    ]
    made.people.add(others, as_of=made.clock.now())
    return made


def come(gate: Gate, text: str) -> Recorded:
    gate.show(text)
    gate.measure(36.5)
    gate.leave()
    return gate.of(Recorded)[-1]


def codes(one: Recorded) -> set[ReasonCode]:
    return {reason.code for reason in one.decision.reasons}


@pytest.mark.parametrize(
    ("exception", "later", "used_up"),
    [
        ("[out.outing]\nlimited = true", HOUR, True),
        ("[category.resident.outing]\nlimited = true", HOUR, True),
        ("[category.resident.out.outing]\nlimited = true\ndays = 7", 3 * DAY, True),
        ("[category.resident.out.outing]\nlimited = true\ndays = 2", 3 * DAY, False),
        ("[category.tenant.outing]\nlimited = true", HOUR, False),
    ],
)
def test_the_second_outing_of_a_household_is_asked_about_where_only_an_exception_limits_it(
    tmp_path: Path, exception: str, later: float, used_up: bool
) -> None:
    gate = gate_with(tmp_path, exception)
    gate.checkpoint.turn(Direction.OUT)
    assert come(gate, "token-zhang").decision.severity is Severity.PASS
    gate.clock.move(later)
    assert (ReasonCode.OUTING_USED_UP in codes(come(gate, "token-zhang"))) is used_up
    gate.journal.close()


def test_a_place_that_is_full_for_visitors_only_holds_visitors_only(tmp_path: Path) -> None:
    gate = gate_with(tmp_path, "[category.visitor.in.occupancy]\nlimit = 1")
    assert ReasonCode.OCCUPANCY_FULL not in codes(come(gate, "token-zhao"))
    gate.clock.move(HOUR)
    assert ReasonCode.OCCUPANCY_FULL in codes(come(gate, "token-sun"))
    gate.journal.close()
