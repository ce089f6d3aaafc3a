"""Who is inside, away and too long, marks by hand, look-backs and fevers: with a real journal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path

import pytest

from station import presence_desk
from station.cli import main
from station.core import handover
from station.core.entry import amendment
from station.core.facts import Fact
from station.core.model import Direction, FactKind, Severity
from station.core.outcome import StorageProblem
from station.core.override import OverrideReason
from station.duty_facts import Live, Where, draft
from station.fever_desk import StationFeverDesk
from station.journal.audit import read
from station.journal.batches import Batches
from station.journal.check import check
from station.journal.duties import Comer, Duties
from station.journal.errors import JournalError
from station.journal.facts import Facts, News
from station.journal.lookbacks import Passages
from station.journal.memory import LaneMemory
from station.journal.movements import Movements, Mover
from station.journal.people import ColourFact, People, Person
from station.journal.policies import Policies
from station.journal.proposals import Proposals
from station.lookback_desk import StationLookbackDesk
from station.policy_desk import policy_text
from station.presence_desk import StationPresenceDesk
from station.ui.admin.inside_desk import Changed, DeskError, FeverState
from tests.compound import MORNING, Compound, busy
from tests.ui.admin.entries_office import change

CHINA = timezone(timedelta(hours=8))
IN, OUT = Direction.IN, Direction.OUT


@pytest.fixture
def compound(tmp_path: Path) -> Iterator[Compound]:
    compound = Compound.open(tmp_path / "station")
    yield compound
    compound.journal.close()


@pytest.fixture
def desk(compound: Compound) -> StationPresenceDesk:
    return StationPresenceDesk(
        lambda: compound.journal,
        lambda: compound.lane,
        lambda: compound.policy,
        compound.clock,
        CHINA,
        stay_hours=lambda: 12.0,
    )


@pytest.fixture
def lookbacks(compound: Compound) -> StationLookbackDesk:
    return StationLookbackDesk(lambda: compound.journal, lambda: compound.policy, compound.clock.now, CHINA)


@pytest.fixture
def fevers(compound: Compound) -> StationFeverDesk:
    return StationFeverDesk(lambda: compound.journal, lambda: compound.policy, compound.clock.now, CHINA)


# --- inside and away --------------------------------------------------------------------------


def test_visitors_and_workers_stand_apart_and_who_is_too_long_comes_first(
    compound: Compound, desk: StationPresenceDesk
) -> None:
    busy(compound)
    now = desk.now()
    assert [(one.masked, one.late) for one in now.others] == [
        ("阿**********明", True), ("孙*山", False), ("J***", False), ("", False), ("赵*傅", False),
    ]  # fmt: skip
    assert [one.masked for one in now.residents] == ["王*英", "周*", "欧**国"]
    assert now.counts == {"worker": 2, "visitor": 1, "courier": 1, "": 1, "resident": 2, "tenant": 1}


def test_who_is_out_longer_than_the_household_may_is_late(
    compound: Compound, desk: StationPresenceDesk
) -> None:
    busy(compound)
    assert [(one.masked, one.late) for one in desk.now().away] == [
        ("李*", True), ("陈*珍", False), ("徐*英", False),
    ]  # fmt: skip


def test_nobody_is_late_at_exactly_the_limit(compound: Compound, desk: StationPresenceDesk) -> None:
    compound.go("李红", OUT, MORNING - timedelta(hours=3))
    compound.go("孙宝山", IN, MORNING - timedelta(hours=12))
    assert not any(one.late for one in (*desk.now().away, *desk.now().others))
    compound.clock.at += timedelta(seconds=1)
    assert all(one.late for one in (*desk.now().away, *desk.now().others))


def test_who_left_unseen_is_marked_by_hand_and_nothing_is_taken_away(
    compound: Compound, desk: StationPresenceDesk
) -> None:
    busy(compound)
    worker, stranger = desk.now().others[0], desk.now().others[3]
    for one in (worker, stranger):
        desk.mark(one, left=True)
    assert len(desk.now().others) == 3
    folder = Path(compound.journal.connection.execute("PRAGMA database_list").fetchone()[2]).parent
    report = check(folder)
    assert (report.ok, report.entries) == (True, 13)


def test_a_mark_by_hand_is_no_outing_of_the_household(compound: Compound, desk: StationPresenceDesk) -> None:
    compound.go("张小强", IN, MORNING)
    (zhang,) = desk.now().residents
    desk.mark(zhang, left=True)
    compound.clock.at += timedelta(minutes=1)
    house = People(compound.journal).dwelling_key("3-2-501")
    facts = Movements(compound.journal.connection).facts(
        Mover("李红", house), compound.clock.now(), outing_days=2, others_than=None
    )
    assert FactKind.OUTING not in {fact.kind for fact in facts}
    (out,) = desk.now().away
    desk.mark(out, left=False)
    assert [one.masked for one in desk.now().residents] == ["张*强"]


def test_without_a_journal_the_admin_hears_what_to_do(compound: Compound) -> None:
    desk = StationPresenceDesk(
        lambda: None, lambda: compound.lane, lambda: compound.policy, compound.clock, CHINA,
        stay_hours=lambda: 12.0,
    )  # fmt: skip
    with pytest.raises(DeskError, match="登记本"):
        desk.now()


def test_a_stranger_who_turned_out_to_live_here_takes_no_visitors_place(compound: Compound) -> None:
    """Their code was bound since: the limit counts whom the page counts, and they went out long ago."""

    def counted() -> str:
        facts = Movements(compound.journal.connection).facts(
            Mover("nobody"), compound.clock.now(), outing_days=None, others_than=("resident", "tenant")
        )
        return facts[-1].value

    compound.go("somebody", IN, MORNING - timedelta(hours=5))
    assert counted() == "1"
    People(compound.journal).bind("李红", "code of somebody", now=MORNING)
    assert counted() == "0"
    compound.go("another", IN, MORNING - timedelta(hours=3))
    People(compound.journal).bind("赵师傅", "code of another", now=MORNING)
    assert counted() == "1"
    compound.go("赵师傅", OUT, MORNING)
    assert counted() == "0"


def test_a_worker_who_was_picked_by_name_and_left_under_an_unknown_code_takes_no_place(
    compound: Compound, desk: StationPresenceDesk
) -> None:
    """The code was bound afterwards: the page saw them leave, and so does the limit."""
    compound.go("孙宝山", IN, MORNING - timedelta(hours=5))
    compound.go("somebody", OUT, MORNING - timedelta(hours=1))
    People(compound.journal).bind("孙宝山", "code of somebody", now=MORNING)
    facts = Movements(compound.journal.connection).facts(
        Mover("nobody"), compound.clock.now(), outing_days=None, others_than=("resident", "tenant")
    )
    assert not desk.now().others
    assert facts[-1].value == "0"


# --- looking back -----------------------------------------------------------------------------


def red_since(compound: Compound, name: str, hours_ago: float) -> None:
    as_of = compound.clock.now() - timedelta(hours=hours_ago)
    news = News("person", name, FactKind.COLOUR, "red", as_of, "center")
    Facts(compound.journal).receive([news], now=compound.clock.now())


def test_a_colour_that_turned_red_lists_what_would_differ_and_who_was_beside(
    compound: Compound, lookbacks: StationLookbackDesk
) -> None:
    busy(compound)
    red_since(compound, "欧阳建国", 1)
    assert lookbacks.refresh() == 1
    (one,) = lookbacks.all()
    assert (one.masked, one.facts) == ("欧**国", (("colour", "red"),))
    theirs, *beside = one.tasks
    assert (theirs.theirs, theirs.before, theirs.now, theirs.inside) == (True, "pass", "stop", True)
    assert [(task.masked, task.phone_tail, task.inside) for task in beside] == [
        ("", "", True), ("赵*傅", "1602", True),
    ]  # fmt: skip
    assert "徐*英" not in [task.masked for task in beside]  # 18 minutes before


def test_a_verdict_that_was_corrected_in_the_evening_stands_corrected_when_looked_back(
    compound: Compound, lookbacks: StationLookbackDesk
) -> None:
    """Who was beside them was measured again and let in: nobody has to ask why they were."""
    for name in ("陈玉珍", "徐桂英"):
        one = compound.go(name, Direction.IN, MORNING - timedelta(hours=5), degrees=37.9)
        change(compound, one, Severity.PASS, OverrideReason.MEASURED_AGAIN, "王秀兰")
    (asked,) = lookbacks.who("3-1-402")
    assert lookbacks.look(asked, Changed.RED, MORNING - timedelta(days=1))
    (found,) = lookbacks.all()
    assert [(one.masked, one.before) for one in found.tasks] == [("陈*珍", "pass"), ("徐*英", "pass")]


def test_news_are_followed_once_and_old_ones_never(
    compound: Compound, lookbacks: StationLookbackDesk
) -> None:
    busy(compound)
    red_since(compound, "欧阳建国", 1)
    red_since(compound, "周凤", 24 * 20)
    red_since(compound, "张小强", 1)  # never passed
    assert [lookbacks.refresh(), lookbacks.refresh()] == [1, 0]


def test_an_isolation_counts_when_the_second_person_confirmed_it(
    compound: Compound, lookbacks: StationLookbackDesk
) -> None:
    busy(compound)
    proposals, house = Proposals(compound.journal), People(compound.journal).dwelling_key("3-1-302")
    news = News("dwelling", house, FactKind.ISOLATION, "close_contact", MORNING, "center")
    number = proposals.propose(news, "wang", now=MORNING)
    assert lookbacks.refresh() == 0
    proposals.confirm(number, "li", now=MORNING)
    assert lookbacks.refresh() == 1


def test_a_red_that_was_lifted_again_is_no_news(compound: Compound, lookbacks: StationLookbackDesk) -> None:
    busy(compound)
    red_since(compound, "欧阳建国", 1)
    green = News("person", "欧阳建国", FactKind.COLOUR, "green", MORNING, "center")
    Facts(compound.journal).receive([green], now=MORNING)
    assert lookbacks.refresh() == 0


def test_a_red_of_an_import_that_was_taken_back_is_no_news(
    compound: Compound, lookbacks: StationLookbackDesk
) -> None:
    busy(compound)
    red = Person("欧阳建国", "欧阳建国", "3-1-302", "resident", colour=ColourFact("red", MORNING, "roster"))
    batch = People(compound.journal).add([red], as_of=MORNING, kind="import")
    Batches(compound.journal).undo(batch, now=MORNING)
    assert lookbacks.refresh() == 0
    People(compound.journal).add([red], as_of=MORNING, kind="import")
    assert lookbacks.refresh() == 1


def test_each_passage_is_judged_by_the_policy_of_its_day(
    compound: Compound, lookbacks: StationLookbackDesk
) -> None:
    """Under `open` a yellow code is a recheck; under `controlled`, which is in force now, a stop."""
    busy(compound)
    (asked,) = lookbacks.who("3-1-302")
    since = MORNING - timedelta(days=1)
    lookbacks.look(asked, Changed.YELLOW, since)
    Policies(compound.journal).remember(policy_text("open"), now=MORNING)
    compound.clock.at += timedelta(seconds=1)
    lookbacks.look(asked, Changed.YELLOW, since)
    newest = lookbacks.all()[0]
    older = lookbacks.all(lookbacks.all()[1].name)[1]
    assert (newest.tasks[0].now, older.tasks[0].now) == ("recheck", "stop")


def test_tasks_are_ticked_and_stay_so(compound: Compound, lookbacks: StationLookbackDesk) -> None:
    busy(compound)
    (asked,) = lookbacks.who("3-1-302")
    name = lookbacks.look(asked, Changed.POSITIVE, MORNING - timedelta(days=1))
    assert name
    (one,) = lookbacks.all()
    lookbacks.tick(name, one.tasks[:2], done=True)
    (after,) = lookbacks.all()
    assert (one.open, after.open) == (3, 1)
    lookbacks.tick(name, one.tasks[:1], done=False)
    assert lookbacks.all()[0].open == 2


def test_an_entry_number_finds_its_holder_also_if_nobody_knows_them(
    compound: Compound, lookbacks: StationLookbackDesk
) -> None:
    busy(compound)
    assert [one.masked for one in lookbacks.who("9")] == ["欧**国"]
    (stranger,) = lookbacks.who("10")
    assert lookbacks.look(stranger, Changed.RED, MORNING - timedelta(days=1))
    assert lookbacks.who("99") == []


def test_a_person_is_found_by_the_code_they_had_before(compound: Compound) -> None:
    compound.go("newcomer", IN, MORNING)
    People(compound.journal).bind("张小强", "code of newcomer", now=MORNING)
    read = Passages(compound.journal.connection).around("张小强", MORNING, timedelta(minutes=15))
    assert len(read.theirs) == 1


def test_a_mark_by_hand_makes_nobody_a_neighbour(
    compound: Compound, desk: StationPresenceDesk, lookbacks: StationLookbackDesk
) -> None:
    busy(compound)
    desk.mark(desk.now().others[0], left=True)  # at 10:24, when the courier had just gone in
    (asked,) = lookbacks.who("11")
    lookbacks.look(asked, Changed.RED, MORNING - timedelta(hours=1))
    assert "阿" not in "".join(task.masked for task in lookbacks.all()[0].tasks)


# --- fevers -----------------------------------------------------------------------------------


def test_who_waits_who_left_and_who_is_confirmed(compound: Compound, fevers: StationFeverDesk) -> None:
    compound.go("周凤", IN, MORNING - timedelta(hours=3), degrees=37.6)
    compound.go("陈玉珍", IN, MORNING - timedelta(minutes=7), degrees=37.4)
    compound.wait_at_the_side("陈玉珍", 37.4, 37.1, minutes_ago=7)
    compound.go("王秀英", IN, MORNING - timedelta(hours=2), degrees=37.9)
    compound.go("王秀英", IN, MORNING - timedelta(hours=1), degrees=36.4)  # back, and well
    waits, left = fevers.today()
    assert (waits.state, waits.masked, [one.value_c for one in waits.readings]) == (
        FeverState.WAITS, "陈*珍", [37.4, 37.1],
    )  # fmt: skip
    assert (left.state, left.masked, left.phone_tail) == (FeverState.LEFT, "周*", "3401")


def test_who_was_let_in_by_hand_did_not_leave(compound: Compound, fevers: StationFeverDesk) -> None:
    stored = compound.go("周凤", IN, MORNING - timedelta(hours=3), degrees=37.6)
    assert [one.state for one in fevers.today()] == [FeverState.LEFT]
    compound.journal.append(amendment(stored, Severity.PASS, id=b"a" * 16, at=MORNING, mono=1.0, boot="boot"))
    assert fevers.today() == []


def test_who_was_let_in_by_mistake_and_sent_away_after_all_left(
    compound: Compound, fevers: StationFeverDesk
) -> None:
    stored = compound.go("周凤", IN, MORNING - timedelta(hours=3), degrees=37.6)
    for id, to in ((b"a", Severity.PASS), (b"b", Severity.STOP)):
        compound.journal.append(amendment(stored, to, id=id * 16, at=MORNING, mono=1.0, boot="boot"))
    assert [one.state for one in fevers.today()] == [FeverState.LEFT]


def test_a_fever_that_was_confirmed_is_told_as_such_also_if_only_the_code_was_shown_again(
    compound: Compound, fevers: StationFeverDesk
) -> None:
    confirmed = Fact(FactKind.RECHECK, "confirmed", MORNING, "journal")
    compound.go("周凤", IN, MORNING - timedelta(minutes=9), degrees=38.2, facts=(confirmed,))
    (one,) = fevers.today()
    assert (one.state, one.masked) == (FeverState.CONFIRMED, "周*")


def test_a_list_that_does_not_open_is_said(compound: Compound, fevers: StationFeverDesk) -> None:
    LaneMemory(compound.journal).save("rechecks", b"nonsense")
    with pytest.raises(DeskError, match="复测名单"):
        fevers.today()


def test_yesterdays_fever_is_not_todays(compound: Compound, fevers: StationFeverDesk) -> None:
    compound.go("周凤", IN, MORNING - timedelta(hours=11), degrees=37.6)
    assert fevers.today() == []


def test_who_left_before_midnight_is_found_when_the_gate_announces_it_behind_midnight(
    compound: Compound, fevers: StationFeverDesk
) -> None:
    """The night guard is told at 00:30 of who was too warm at 22:30, and opens the list."""
    midnight = MORNING.astimezone(CHINA).replace(hour=0, minute=0)
    compound.go("周凤", IN, midnight - timedelta(minutes=90), degrees=37.6)
    compound.clock.at = midnight + timedelta(minutes=30)
    assert [(one.state, one.masked) for one in fevers.today()] == [(FeverState.LEFT, "周*")]


def test_the_sheet_of_a_night_shift_has_the_fevers_of_the_evening(
    compound: Compound, fevers: StationFeverDesk
) -> None:
    """From 20:00 to 8:00: whoever left with a fever at 21:00 is on it, as the passage itself is."""
    midnight = MORNING.astimezone(CHINA).replace(hour=0, minute=0)
    Duties(compound.journal).begin(Comer("老张", lane="1"), midnight - timedelta(hours=4))
    compound.go("周凤", IN, midnight - timedelta(hours=3), degrees=37.6)
    now = midnight + timedelta(hours=8)
    compound.clock.at = now
    sheet = draft(compound.journal, Where("东门", "1", compound.policy, 12.0, CHINA), Live(), (), now, "")
    assert sheet.counts.total == 1
    assert [(one.who, one.note) for one in sheet.rechecks] == [("周*", "left")]


def test_of_hundreds_that_are_late_the_sheet_opens_only_whom_it_names(
    compound: Compound, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thousands were decrypted in the lane's thread, and all but two hundred thrown away again."""
    out = ["李红", "王秀英", "周凤"]
    for minutes, name in enumerate(out):
        compound.go(name, OUT, MORNING - timedelta(hours=30, minutes=-minutes))
    where = Where("东门", "1", compound.policy, 12.0, CHINA)
    whole = draft(compound.journal, where, Live(), (), MORNING, "")
    assert len(whole.unreturned) == 3
    monkeypatch.setattr(handover, "MOST", 1)
    asked = list[str]()
    compound.journal.connection.set_trace_callback(asked.append)
    sheet = draft(compound.journal, where, Live(), (), MORNING, "")
    compound.journal.connection.set_trace_callback(None)
    assert (sheet.unreturned, sheet.count("unreturned")) == (whole.unreturned[:1], 3)
    assert sum("FROM person\nWHERE id = " in one for one in asked) == 1


# --- commands ---------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "station").mkdir(exist_ok=True)
    (tmp_path / "station" / "settings.toml").write_text('policy = "controlled"\nstay_hours = 12\n', "utf-8")
    return tmp_path / "station"


def test_commands_answer_beside_the_running_gate(
    compound: Compound, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    busy(compound)
    assert main(["inside", "--json", "--data", str(folder)]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (len(lines), lines[0]["name"], lines[0]["late"]) == (8, "阿**********明", True)
    assert main(["away", "--data", str(folder)]) == 0
    assert "李*" in capsys.readouterr().out
    since = (MORNING - timedelta(days=1)).isoformat()
    assert main(["lookback", "--entry", "9", "--since", since, "--json", "--data", str(folder)]) == 0
    theirs, *beside = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (theirs["would_be"], len(beside)) == ("stop", 2)


def test_nobody_is_answered_with_one_and_nonsense_with_two(
    compound: Compound, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["inside", "--data", str(folder)]) == 1
    assert main(["lookback", "--entry", "9", "--since", "2022-04-16", "--data", str(folder)]) == 2
    wrong = ["lookback", "--person", "周凤", "--since", "2022-04-16", "--fact", "red"]
    assert main([*wrong, "--data", str(folder)]) == 2


def test_a_list_is_told_from_another_by_what_it_is_about(
    compound: Compound, desk: StationPresenceDesk
) -> None:
    busy(compound)
    one = desk.now().others[0]
    assert "阿卜杜" not in repr(replace(one, late=False))


def test_one_damaged_row_keeps_nobody_off_the_evacuation_list(
    compound: Compound, desk: StationPresenceDesk
) -> None:
    busy(compound)
    whole = desk.evacuation(with_unseen=True)
    for column, name in (("name", "周凤"), ("detail", "孙宝山")):
        compound.journal.connection.execute(f"UPDATE person SET {column} = zeroblob(80) WHERE id = ?", [name])
    fresh = StationPresenceDesk(
        lambda: compound.journal,
        lambda: compound.lane,
        lambda: compound.policy,
        compound.clock,
        CHINA,
        stay_hours=lambda: 12.0,
    )
    sheet = fresh.evacuation(with_unseen=True)
    assert sheet.people == whole.people
    assert [one.name for one in sheet.to_find if not one.named and one.dwelling] == ["周凤"], (
        "by the id alone"
    )
    houses = sorted(one.dwelling for one in sheet.to_find)
    assert houses == sorted(one.dwelling for one in whole.to_find), "where to look is known"


def test_an_evacuation_list_is_on_record_and_a_fire_does_not_wait_for_it(
    compound: Compound, desk: StationPresenceDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy(compound)
    sheet = desk.evacuation(with_unseen=False)
    now, day = compound.clock.now(), timedelta(days=1)
    line = read(compound.journal.connection, compound.journal.vault, now - day, now + day)[-1]
    assert (line.what, dict(line.facts)) == (
        "exported",
        {"what": "evacuation", "rows": str(sheet.people), "masked": "no"},
    )

    def full(*_: object) -> None:
        raise JournalError(StorageProblem.DISK_FULL, "no room")

    monkeypatch.setattr(presence_desk, "put_on_record", full)
    assert desk.evacuation(with_unseen=False).people == sheet.people


def test_one_damaged_row_keeps_no_fever_off_the_list(compound: Compound, fevers: StationFeverDesk) -> None:
    """Nor any shift from being handed over: its sheet names those who wait."""
    compound.go("周凤", IN, MORNING - timedelta(hours=3), degrees=37.6)
    compound.go("王秀英", IN, MORNING - timedelta(hours=2), degrees=37.9)
    compound.journal.connection.execute("UPDATE person SET name = zeroblob(80) WHERE id = '周凤'")
    assert [one.masked for one in fevers.today()] == ["周凤", "王*英"], "by the id alone"
    where = Where("东门", "1", compound.policy, 12.0, CHINA)
    sheet = draft(compound.journal, where, Live(), (), compound.clock.now(), "")
    assert len(sheet.rechecks) == 2
