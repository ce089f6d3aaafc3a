"""Who is inside, where one person went under several names: an unknown code, an id, a mark by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta, timezone
from pathlib import Path

import pytest

from station.cli import main
from station.core.entry import amendment
from station.core.facts import Fact
from station.core.model import Direction, FactKind, Severity
from station.journal.entries import Journal
from station.journal.lookbacks import Kept, Task, _report
from station.journal.movements import Movements, Mover
from station.journal.people import People
from station.journal.policies import Policies, PolicyEventKind
from station.journal.presence import Presence
from station.journal.salvage import salvage
from station.journal.tracing import Tracing
from station.policy_desk import policy_text
from station.presence_desk import StationPresenceDesk
from station.ui.admin.inside_desk import Seen
from tests.compound import MORNING, Compound
from tests.journal.samples import passage

CHINA = timezone(timedelta(hours=8))
IN, OUT = Direction.IN, Direction.OUT
HOUR = timedelta(hours=1)


@pytest.fixture
def compound(tmp_path: Path) -> Iterator[Compound]:
    compound = Compound.open(tmp_path / "station")
    yield compound
    compound.journal.close()


@pytest.fixture
def desk(compound: Compound) -> StationPresenceDesk:
    return StationPresenceDesk(
        lambda: compound.journal, lambda: compound.lane, lambda: compound.policy, compound.clock, CHINA,
        stay_hours=lambda: 12.0,
    )  # fmt: skip


def known(compound: Compound, who: str) -> dict[FactKind, Fact]:
    facts = Movements(compound.journal.connection).facts(
        Mover(who), compound.clock.now(), outing_days=None, others_than=("resident", "tenant")
    )
    return {fact.kind: fact for fact in facts}


def counted(compound: Compound, who: str = "nobody") -> str:
    return known(compound, who)[FactKind.OCCUPANCY].value


def bind(compound: Compound, who: str, code: str) -> None:
    People(compound.journal).bind(who, f"code of {code}", now=compound.clock.now())


def test_who_goes_out_after_the_clock_was_set_back_is_not_inside(
    compound: Compound, desk: StationPresenceDesk
) -> None:
    """He came in by a code that was nobody's; it was bound, the clock put right, and he went home."""
    came = compound.go("somebody", IN, MORNING)
    bind(compound, "孙宝山", "somebody")
    compound.go("孙宝山", OUT, MORNING - HOUR)

    assert desk.now().total == 0
    assert counted(compound) == "0"
    assert known(compound, "孙宝山")[FactKind.INSIDE].value == "out"
    presence = Presence(compound.journal.connection, compound.journal.vault)
    found = presence.of(["孙宝山", compound.key("somebody")])
    assert {one.where.direction for one in found.values()} == {OUT}
    assert told_inside(compound, "孙宝山", came.entry.id) == ()


def test_an_admins_mark_holds_after_the_clock_was_set_back(
    compound: Compound, desk: StationPresenceDesk
) -> None:
    compound.go("somebody", IN, MORNING)
    bind(compound, "孙宝山", "somebody")
    compound.clock.at -= HOUR
    (one,) = desk.now().others
    desk.mark(one, left=True)
    assert desk.now().total == 0


def test_who_left_by_a_code_that_became_theirs_does_not_come_the_same_way_twice(compound: Compound) -> None:
    """In by name on Monday, out by an unknown code, and in again by the same code that is his by now: he was
    rechecked for coming in twice."""
    compound.go("孙宝山", IN, MORNING - 3 * HOUR)
    compound.go("somebody", OUT, MORNING - 2 * HOUR)
    bind(compound, "孙宝山", "somebody")
    assert known(compound, "孙宝山")[FactKind.LAST_PASSAGE].value == "out"


def test_who_stands_at_the_gate_takes_no_place_inside(compound: Compound) -> None:
    """His way out was not seen: of two places he was one, and was held for a full compound."""
    compound.go("孙宝山", IN, MORNING - 3 * HOUR)
    compound.go("赵师傅", IN, MORNING - 2 * HOUR)
    assert (counted(compound), counted(compound, "孙宝山")) == ("2", "1")
    compound.go("somebody", IN, MORNING - HOUR)
    bind(compound, "赵师傅", "somebody")
    assert (counted(compound), counted(compound, "赵师傅")) == ("2", "1")


def test_a_resident_of_the_centers_list_who_was_marked_home_takes_no_visitors_place(
    compound: Compound, desk: StationPresenceDesk
) -> None:
    """A mark has no household, and wiped what the gate knew of theirs: they counted as a visitor."""
    journal, house = compound.journal, People(compound.journal).dwelling_key("3-2-501")
    stopped = passage(at=MORNING - 5 * HOUR, direction=OUT, severity=Severity.STOP)
    journal.append(passage(at=MORNING - 6 * HOUR, direction=OUT), mover=Mover("c1", house))
    before = journal.append(stopped, mover=Mover("c1", house))
    since = MORNING.astimezone(CHINA)
    desk.mark(Seen("c1", "", "", "", "", "resident", since, True, HOUR), left=False)
    assert counted(compound) == "0"
    journal.append(amendment(before, Severity.PASS, id=b"a" * 16, at=MORNING, mono=1.0, boot="boot"))
    assert counted(compound) == "0"


def test_nor_after_the_journal_was_saved_from_a_damaged_file(
    compound: Compound, desk: StationPresenceDesk, tmp_path: Path
) -> None:
    house = People(compound.journal).dwelling_key("3-2-501")
    compound.journal.append(passage(at=MORNING - 6 * HOUR, direction=OUT), mover=Mover("c1", house))
    since = MORNING.astimezone(CHINA)
    desk.mark(Seen("c1", "", "", "", "", "resident", since, True, HOUR), left=False)
    compound.journal.close()

    salvage(tmp_path / "station", tmp_path / "saved", now=MORNING)

    with Journal.open(tmp_path / "saved", now=lambda: MORNING) as saved:
        assert counted(Compound(saved)) == "0"


def test_who_moved_out_of_their_dwelling_is_a_visitor_when_they_come_back(compound: Compound) -> None:
    """The center's list has them with a house, then without one: a passage tells, a mark does not."""
    journal, house = compound.journal, People(compound.journal).dwelling_key("3-2-501")
    journal.append(passage(at=MORNING - 6 * HOUR, direction=OUT), mover=Mover("c1", house))
    journal.append(passage(at=MORNING - HOUR, direction=IN), mover=Mover("c1"))
    assert counted(compound) == "1"
    assert Tracing(journal.connection, journal.vault).households(["c1"]) == set(), "nor is a trace of theirs"


def test_who_moved_out_and_is_corrected_is_a_visitor_still(compound: Compound) -> None:
    journal, house = compound.journal, People(compound.journal).dwelling_key("3-2-501")
    journal.append(passage(at=MORNING - 6 * HOUR, direction=OUT), mover=Mover("c1", house))
    stopped = passage(at=MORNING - HOUR, direction=IN, severity=Severity.STOP)
    before = journal.append(stopped, mover=Mover("c1"))
    journal.append(amendment(before, Severity.PASS, id=b"a" * 16, at=MORNING, mono=1.0, boot="boot"))
    assert counted(compound) == "1"


def told_inside(compound: Compound, who: str, entry_id: bytes) -> tuple[str, ...]:
    task = Task(entry_id, 1, 0, "in", compound.key("somebody"), False, 0, None)
    kept = Kept("lookback/1", 0, "nobody", 0, (), (task,), "open")
    return _report(compound.journal.connection, compound.journal.vault, kept).still_inside


def test_the_center_hears_of_nobody_inside_who_went_out_under_their_own_name(compound: Compound) -> None:
    """Who stood beside a red came in by an unknown code, which is hers by now; she went home since."""
    came = compound.go("somebody", IN, MORNING - 2 * HOUR)
    bind(compound, "孙宝山", "somebody")
    assert told_inside(compound, "孙宝山", came.entry.id)
    compound.go("孙宝山", OUT, MORNING - HOUR)
    assert told_inside(compound, "孙宝山", came.entry.id) == ()


def test_of_the_limit_the_command_tells_whom_it_limits(
    compound: Compound, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two at home and one worker: of two places one is free, and nobody lives in a place."""
    for name in ("张小强", "李红", "孙宝山"):
        compound.go(name, IN, MORNING)
    limited = policy_text("open").replace("limit = 0 ", "limit = 2 ", 1)
    Policies(compound.journal).record(PolicyEventKind.ACTIVATED, limited, now=MORNING, by="07")
    main(["inside", "--data", str(tmp_path / "station")])
    assert capsys.readouterr().out.splitlines()[-1].endswith(" · 1/2")
