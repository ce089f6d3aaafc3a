"""Past entries through the admin page's desk: listed, and decided again as on their day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from station.core.entry import ReasonPart
from station.core.explain import Unexplained
from station.core.model import Direction, ReasonCode
from station.core.override import OverrideReason
from station.core.policy import parse_policy
from station.core.reasons import Severity
from station.entries_desk import StationEntriesDesk
from station.explaining import explained
from station.journal.people import People
from station.journal.policies import Policies, PolicyEventKind
from station.policy_desk import policy_text
from station.ui.admin.entries_desk import DeskError, Wanted
from tests.compound import MORNING, Compound
from tests.ui.admin.entries_office import change, morning, red
from tests.ui.scenes import ZONE

TODAY = date(2022, 4, 16)


@pytest.fixture
def compound(tmp_path: Path) -> Iterator[Compound]:
    made = Compound.open(tmp_path / "station")
    yield made
    made.journal.close()


@pytest.fixture
def desk(compound: Compound) -> StationEntriesDesk:
    return StationEntriesDesk(lambda: compound.journal, ZONE)


def test_a_line_says_who_it_was_masked_and_what_became_of_it(
    compound: Compound, desk: StationEntriesDesk
) -> None:
    change(compound, red(compound, "张小强", 9), Severity.RECHECK, OverrideReason.GOING_HOME, "王秀兰")
    (line,) = desk.find(Wanted(TODAY)).page(0, 100)
    assert (line.masked, line.dwelling, line.value_c) == ("张*强", "3-2-501", 37.6)
    assert (line.decided, line.stands, line.reason) == (Severity.STOP, Severity.RECHECK, "colour_red")
    assert f"{line.at:%H:%M}" == "10:15"
    assert "张" not in repr(line)


def test_a_code_that_is_nobodys_here_has_a_short_name(compound: Compound, desk: StationEntriesDesk) -> None:
    compound.go("somebody", Direction.IN, MORNING)
    (line,) = desk.find(Wanted()).page(0, 100)
    assert (line.masked, line.code) == ("", compound.key("somebody")[:4].upper())


def test_one_persons_entries_are_found_by_all_their_codes(
    compound: Compound, desk: StationEntriesDesk
) -> None:
    compound.go("somebody", Direction.IN, MORNING - timedelta(days=3))
    compound.go("李红", Direction.IN, MORNING)
    People(compound.journal).bind("李红", "code of somebody", now=MORNING)
    assert [line.masked for line in desk.find(Wanted(person_id="李红")).page(0, 100)] == ["李*", "李*"]
    assert len(desk.find(Wanted(person_id="周凤"))) == 0


def test_an_entry_is_decided_the_same_again(compound: Compound, desk: StationEntriesDesk) -> None:
    stopped = red(compound, "张小强", 9)
    change(compound, stopped, Severity.RECHECK, OverrideReason.GOING_HOME, "王秀兰")
    place = desk.place_of(stopped.number)
    assert place is not None
    first, correction = desk.explain(place).steps
    assert first.same
    assert first.again is not None
    assert first.again.severity is Severity.STOP
    assert correction.why_not is Unexplained.OPERATOR


def test_an_entry_that_another_program_judged_otherwise_says_what_differs(compound: Compound) -> None:
    """A program whose checks were others: its record lacks one reason and has another."""
    stored = red(compound, "张小强", 9)
    told = tuple(one for one in stored.entry.reasons if one.code != "colour_red")
    other = ReasonPart(ReasonCode.COLOUR_GREEN.value, int(Severity.PASS))
    entry = msgspec.structs.replace(stored.entry, reasons=(*told, other), severity=int(Severity.RECHECK))
    found = explained(msgspec.structs.replace(stored, entry=entry), ())
    assert not found.same
    assert [code for code, _ in found.added] == ["colour_red"]
    assert found.missing == [("colour_green", 0)]


@pytest.mark.parametrize(
    ("digest", "why"),
    [(None, Unexplained.OTHER_POLICY), ("unheard of", Unexplained.OTHER_POLICY)],
)
def test_without_the_rules_of_that_day_it_says_so(
    compound: Compound, digest: str | None, why: Unexplained
) -> None:
    stored = compound.go("李红", Direction.IN, MORNING)
    entry = msgspec.structs.replace(stored.entry, policy_digest=digest)
    found = explained(msgspec.structs.replace(stored, entry=entry), ())
    assert (found.again, found.why_not, found.same) == (None, why, False)


def test_rules_that_this_station_kept_explain_too(compound: Compound) -> None:
    text = policy_text("open").replace("version = 3", "version = 9")
    own = parse_policy(text)
    stored = compound.go("李红", Direction.IN, MORNING)
    entry = msgspec.structs.replace(stored.entry, policy=own.label, policy_digest=own.digest)
    stored = msgspec.structs.replace(stored, entry=entry)
    assert explained(stored, Policies(compound.journal).history()).why_not is Unexplained.OTHER_POLICY
    Policies(compound.journal).record(PolicyEventKind.ACTIVATED, text, now=MORNING, by="017")
    assert explained(stored, Policies(compound.journal).history()).same


def test_words_of_a_newer_program_are_not_guessed(compound: Compound) -> None:
    stored = compound.go("李红", Direction.IN, MORNING)
    entry = msgspec.structs.replace(stored.entry, closing="teleported")
    found = explained(msgspec.structs.replace(stored, entry=entry), ())
    assert found.why_not is Unexplained.NEWER


def test_changed_verdicts_are_counted_by_who_why_and_to_what(
    compound: Compound, desk: StationEntriesDesk
) -> None:
    morning(compound)
    assert desk.overrides(TODAY) == {
        ("王秀兰", "going_home", Severity.RECHECK): 1,
        ("保安 021", "no_phone", Severity.PASS): 1,
        ("保安 021", "seen_on_phone", Severity.PASS): 2,
    }
    assert desk.overrides(TODAY - timedelta(days=1)) == {}


def test_without_a_journal_it_says_what_to_do() -> None:
    desk = StationEntriesDesk(lambda: None, ZONE)
    for ask in (
        lambda: desk.find(Wanted()),
        lambda: desk.search(Wanted()),
        lambda: desk.explain(1),
        lambda: desk.overrides(TODAY),
        lambda: desk.place_of(1),
        desk.newest_day,
    ):
        with pytest.raises(DeskError, match="登记本"):
            ask()


def test_an_entry_that_is_not_here_is_said_to_be_gone(desk: StationEntriesDesk) -> None:
    with pytest.raises(DeskError, match="不在这里"):
        desk.explain(4)
