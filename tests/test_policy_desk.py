"""Verifying a drill: what counts as known by now, and which entries belong to which drill."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from station.core.moments import from_ms, to_ms
from station.core.policy import parse_policy
from station.core.reasons import ReasonCode
from station.journal.entries import Journal
from station.journal.facts import Facts, News
from station.journal.people import ColourFact, People, Person
from station.journal.policies import Policies, PolicyEventKind
from station.policy_desk import drills, find_text, policy_text, verify_drill
from tests.core.crowd import NOW
from tests.core.morning import colour, passage

TEXT = policy_text("controlled")
WITHOUT = parse_policy(TEXT).without_codes()


def at(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


class Gate:
    """A gate at which the code system was down twice: for minutes 0 to 10 and from minute 60 on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.journal = Journal.open(folder, now=lambda: NOW)
        policies = Policies(self.journal)
        for minute, kind in (
            (0, PolicyEventKind.CODES_DOWN),
            (10, PolicyEventKind.CODES_BACK),
            (60, PolicyEventKind.CODES_DOWN),
        ):
            policies.record(kind, TEXT, now=at(minute), by="07")
        self.drills = drills(policies.history())

    def live_here(self, who: str, green_at: datetime) -> None:
        colour = ColourFact("green", green_at, "center")
        People(self.journal).add([Person(who, "张小强", "3-2-501", "resident", (), colour)], as_of=NOW)

    def exceptions(self, drill: int = 0) -> list[set[ReasonCode]]:
        verified = verify_drill(self.journal, self.folder, self.drills[drill], UTC, at(120))
        return [{reason.code for reason in one.now.reasons} for one in verified.exceptions]


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    made = Gate(tmp_path / "station")
    yield made
    made.journal.close()


def test_a_colour_of_later_that_day_settles_it(gate: Gate) -> None:
    gate.live_here("zhang", at(90))
    gate.journal.append(passage(1, "zhang", 5, policy=WITHOUT))
    assert gate.exceptions() == []


def test_a_colour_that_was_too_old_already_does_not(gate: Gate) -> None:
    gate.live_here("zhang", at(0) - timedelta(hours=30))
    gate.journal.append(passage(1, "zhang", 5, policy=WITHOUT))
    (reasons,) = gate.exceptions()
    assert ReasonCode.COLOUR_MISSING in reasons


def test_who_came_with_a_code_is_found_by_it(gate: Gate) -> None:
    key = gate.journal.vault.code_key("token")
    gate.journal.append(passage(1, None, 5, policy=WITHOUT), key.encode())
    People(gate.journal).set_colour("code", key, ColourFact("red", at(90), "center"))
    (reasons,) = gate.exceptions()
    assert ReasonCode.COLOUR_RED in reasons


def test_a_journey_of_afterwards_is_not_held_against_anybody(gate: Gate) -> None:
    gate.live_here("zhang", at(90))
    gate.journal.append(passage(1, "zhang", 5, policy=WITHOUT))
    Facts(gate.journal).record(News("person", "zhang", "travel", "yes", at(100), "operator"), now=at(100))
    assert gate.exceptions() == []


def test_each_drill_has_its_own_entries(gate: Gate) -> None:
    gate.journal.append(passage(1, "wang", 5, policy=WITHOUT))
    gate.journal.append(passage(2, "wang", 70, policy=WITHOUT))
    gate.journal.append(passage(3, "wang", 71, policy=WITHOUT))
    assert [len(gate.exceptions(number)) for number in (0, 1)] == [1, 2]
    assert [drill.end for drill in gate.drills] == [from_ms(to_ms(at(10))), None]


def test_a_passage_that_was_asked_about_is_verified_once_by_what_it_came_to(gate: Gate) -> None:
    """The volunteer read the colour off the phone, F6: that is one passage, and nobody has to look again."""
    gate.journal.append(passage(1, "wang", 5, policy=WITHOUT))
    gate.journal.append(passage(2, "wang", 5.1, colour("green", at(5)), policy=WITHOUT, amends=1))
    gate.journal.append(passage(3, "li", 9, policy=WITHOUT))
    seen = colour("yellow", at(11))
    gate.journal.append(passage(4, "li", 11, seen, policy=parse_policy(TEXT), amends=3))  # codes are back

    verified = verify_drill(gate.journal, gate.folder, gate.drills[0], UTC, at(120))

    assert (verified.entries, verified.exceptions) == (1, ())


def test_a_passage_that_was_asked_about_is_known_by_the_code_that_was_shown(gate: Gate) -> None:
    key = gate.journal.vault.code_key("token")
    gate.journal.append(passage(1, None, 5, policy=WITHOUT), key.encode())
    gate.journal.append(passage(2, None, 5.1, policy=WITHOUT, amends=1))
    People(gate.journal).set_colour("code", key, ColourFact("red", at(90), "center"))
    (reasons,) = gate.exceptions()
    assert ReasonCode.COLOUR_RED in reasons


def test_a_policy_is_found_by_its_digest_here_or_among_the_shipped_ones(gate: Gate) -> None:
    history = Policies(gate.journal).history()
    shipped = policy_text("sealed")
    assert find_text(parse_policy(TEXT).digest, history) == TEXT
    assert find_text(parse_policy(shipped).digest, ()) == shipped
    assert find_text("0" * 16, history) is None
