"""People through the admin page's desk: what is typed, told, confirmed and bound, in a real journal."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from station.codekeys import CodeKeys
from station.core.facts import FactKind
from station.core.model import DeviceKind, Direction, Scan
from station.journal.center_lists import CenterLists
from station.journal.facts import Facts, News
from station.journal.passes import Passes
from station.journal.people import People, Person
from station.knowing import Knowing
from station.pass_desk import StationPassDesk
from station.people_desk import StationPeopleDesk
from station.people_import import StationImportDesk
from station.ui.admin.people_desk import Card, DeskError, NewFact, Preview, RelationLine, Typed
from station.ui.admin.work import CancelledError, Progress
from tests.compound import MORNING, Compound
from tests.journal.given import Channel, enrol, person
from tests.ui import scenes
from tests.ui.scenes import ZONE

ID = "11010519491231002X"
WANG = Typed("王芳", "3号楼2单元502室", "tenant", "138 0000 5511", ID, "快递", "")


@pytest.fixture
def compound(tmp_path: Path) -> Iterator[Compound]:
    made = Compound.open(tmp_path / "station")
    yield made
    made.journal.close()


@pytest.fixture
def desk(compound: Compound) -> StationPeopleDesk:
    made = StationPeopleDesk(lambda: compound.journal, ZONE, compound.clock.now)
    index(made)
    return made


def index(desk: StationPeopleDesk) -> None:
    job = desk.index()
    assert job is not None
    desk.take_index(job(Progress(lambda part: None)))


def known(compound: Compound, person_id: str) -> dict[str, str]:
    """What the gate would know of somebody."""
    found = People(compound.journal).find(person_id)
    assert found is not None
    return {fact.kind: fact.value for fact in found.facts}


# --- finding --------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["zxq", "张小强", "3-2-501 zxq", "5501"])
def test_somebody_is_found_by_whatever_one_knows(desk: StationPeopleDesk, typed: str) -> None:
    assert [hit.person_id for hit in desk.search(typed)] == ["张小强"]
    assert [hit.masked for hit in desk.search(typed)] == ["张*强"]


def test_the_index_is_made_once_and_follows_the_roster(desk: StationPeopleDesk) -> None:
    assert desk.index() is None
    desk.save(None, WANG, "017")
    assert [hit.dwelling for hit in desk.search("wf")] == ["3-2-502"]
    assert {block.name: block.people for block in desk.blocks()}["3"] == 6
    assert "3-2-502" in [hit.dwelling for hit in desk.of_block("3")]


def test_the_index_can_be_stopped(desk: StationPeopleDesk) -> None:
    desk.forget_index()
    job, progress = desk.index(), Progress(lambda part: None)
    assert job is not None
    progress.cancel()
    with pytest.raises(CancelledError):
        job(progress)


def test_another_journal_is_indexed_anew(compound: Compound, desk: StationPeopleDesk, tmp_path: Path) -> None:
    other = Compound.open(tmp_path / "other")
    first, compound.journal = compound.journal, other.journal
    assert desk.index() is not None
    other.journal.close()
    compound.journal = first


def test_without_a_journal_it_says_what_to_do() -> None:
    desk = StationPeopleDesk(lambda: None, ZONE)
    for ask in (desk.index, desk.waiting, lambda: desk.card("x")):
        with pytest.raises(DeskError, match="登记本"):
            ask()


# --- the card -------------------------------------------------------------------------------------


def texts(card: Card) -> str:
    return " ".join((card.name, *card.phones, card.id_number, card.note))


def test_a_card_is_masked_until_it_is_asked_for_in_full(
    desk: StationPeopleDesk, caplog: pytest.LogCaptureFixture
) -> None:
    person_id = desk.save(None, replace(WANG, note="女儿在上海 13912345678"), "017")
    masked, full = desk.card(person_id), None
    assert not [text for text in ("王芳", "13800005511", ID, "13912345678") if text in texts(masked)]
    with caplog.at_level(logging.INFO):
        full = desk.card(person_id, in_full=True)
    assert [text for text in ("王芳", "13800005511", ID, "13912345678") if text in texts(full)] == [
        "王芳", "13800005511", ID, "13912345678",
    ]  # fmt: skip
    journal = desk._journal()
    assert journal is not None
    (seen,) = journal.connection.execute("SELECT subject FROM audit WHERE kind = 'unmasked'").fetchall()
    assert seen == (person_id,)
    assert "王芳" not in caplog.text
    assert "王芳" not in repr(full)


def test_the_card_of_somebody_with_a_fact_for_ever_opens(compound: Compound, desk: StationPeopleDesk) -> None:
    """The center takes any date up to the last second of 9999 in UTC, which is the next year at the gate."""
    for_ever = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    news = News("person", "王秀英", "right", "all", compound.clock.now(), "center", for_ever)
    Facts(compound.journal).receive([news], now=compound.clock.now())
    (right,) = (one for one in desk.card("王秀英").facts if one.kind == "right")
    assert right.until is not None
    assert right.until.year == 9999


def test_codes_and_passes_are_counted_apart(compound: Compound, desk: StationPeopleDesk) -> None:
    passes = StationPassDesk(lambda: compound.journal, lambda: "东门", lambda: None, ZONE, compound.clock.now)
    passes.issue(passes.living_in("3-2-101"))
    card = desk.card("王秀英")
    assert (card.codes, card.passes) == (1, 1)  # her id is not made of name and dwelling: bound all the same


def test_a_pass_that_is_issued_again_stays_with_its_holder(
    compound: Compound, desk: StationPeopleDesk
) -> None:
    passes = StationPassDesk(lambda: compound.journal, lambda: "东门", lambda: None, ZONE, compound.clock.now)
    (line,) = passes.issue(passes.living_in("3-2-101"))
    passes.reissue(line)
    assert desk.card("王秀英").passes == 1


def test_a_pass_that_was_taken_back_while_its_list_stood_open_is_not_replaced(
    compound: Compound, desk: StationPeopleDesk
) -> None:
    passes = StationPassDesk(lambda: compound.journal, lambda: "东门", lambda: None, ZONE, compound.clock.now)
    (line,) = passes.issue(passes.living_in("3-2-101"))
    Passes(compound.journal).revoke([line.id], now=compound.clock.now())
    with pytest.raises(DeskError, match="已经作废"):
        passes.reissue(line)
    assert not passes.passes()


# --- changing somebody ----------------------------------------------------------------------------


def test_somebody_new_is_written_as_a_list_would_be(desk: StationPeopleDesk) -> None:
    card = desk.card(desk.save(None, WANG, "017"), in_full=True)
    assert (card.dwelling, card.phones, card.id_number) == ("3-2-502", ("13800005511",), ID)
    assert card.occupation == "快递"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (replace(WANG, name=" "), "姓名"),
        (replace(WANG, name="3-2-501"), "姓名"),
        (replace(WANG, dwelling=""), "房号"),
        (replace(WANG, phones="1380000"), "电话"),
        (replace(WANG, id_number="110105194912310021"), "身份证号"),
        (Typed("李红", "3-2-501", "tenant", "", "", "", ""), "已经有"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_changed(
    desk: StationPeopleDesk, compound: Compound, typed: Typed, said: str
) -> None:
    people = People(compound.journal)
    people.add([Person(people.id_for("李红", "3-2-501"), "李红", "3-2-501", "resident")], as_of=MORNING)
    before = people.newest_batch()
    with pytest.raises(DeskError, match=said):
        desk.save(None, typed, "017")
    assert people.newest_batch() == before


def test_an_id_number_belongs_to_one_person_only(desk: StationPeopleDesk) -> None:
    desk.save(None, WANG, "017")
    with pytest.raises(DeskError, match="王\\* 3-2-502"):
        desk.save("李红", Typed("李红", "3-2-501", "resident", "", ID, "", ""), "017")


def test_nobody_changes_anything_without_saying_who_they_are(desk: StationPeopleDesk) -> None:
    for act in (
        lambda: desk.save(None, WANG, " "),
        lambda: desk.remove("李红", ""),
        lambda: desk.bind("李红", "a new code", " "),
        lambda: desk.unbind("李红", desk.card("李红").held[0], ""),
        lambda: desk.relate("李红", RelationLine("guardian", "周凤", "", "", True), ""),
        lambda: desk.unrelate("李红", RelationLine("guardian", "周凤", "", "", True), ""),
        lambda: desk.tell("李红", NewFact("colour", "red", desk.local()), ""),
        lambda: desk.settle(1, "", confirmed=True),
    ):
        with pytest.raises(DeskError, match="编号"):
            act()


def test_a_move_keeps_the_person_their_codes_and_what_is_known(
    desk: StationPeopleDesk, compound: Compound
) -> None:
    desk.tell("李红", NewFact("travel", "yes", desk.local()), "017")
    typed = Typed("李红", "5-1-1", "resident", "13800005502", "", "", "")
    assert desk.save("李红", typed, "017") == "李红"
    card = desk.card("李红")
    assert (card.dwelling, card.codes) == ("5-1-1", 1)
    assert [(fact.kind, fact.value) for fact in card.facts] == [("travel", "yes")]


def test_whoever_is_removed_is_gone(desk: StationPeopleDesk) -> None:
    desk.remove("李红", "017")
    assert desk.search("李红") == []
    with pytest.raises(DeskError, match="没有这个人"):
        desk.card("李红")


# --- codes ----------------------------------------------------------------------------------------

SCAN = Scan("a new code", 1.0, "scanner", "scanner")


def test_while_a_card_waits_the_next_code_is_not_the_gates(desk: StationPeopleDesk) -> None:
    heard: list[str] = []
    assert not desk.take(SCAN)
    desk.listen(heard.append)
    assert not desk.take(scenes.status(DeviceKind.CAMERA))
    assert desk.take(SCAN)
    assert not desk.take(SCAN), "only one"
    assert heard == ["a new code"]


def test_a_code_is_bound_to_one_person_only(desk: StationPeopleDesk) -> None:
    desk.bind("李红", "a new code", "017")
    assert desk.card("李红").codes == 2
    with pytest.raises(DeskError, match="别人的"):
        desk.bind("周凤", "a new code", "017")
    assert desk.card("周凤").codes == 1


def test_a_lost_phone_is_taken_away_and_the_history_says_who_and_why(
    desk: StationPeopleDesk, compound: Compound
) -> None:
    desk.bind("李红", "a new code", "017")
    key = compound.journal.vault.code_key("a new code")
    held = next(one for one in desk.card("李红").held if one.key == key)
    assert (held.tag, held.until) == (key[:4].upper(), None)
    desk.unbind("李红", held, "021", "lost\n她女儿打电话来的")
    assert People(compound.journal).find_by_code(key) is None
    unbound, bound = desk.changes("李红")[:2]
    assert (unbound.kind, unbound.by, unbound.why) == ("unbind", "021", "lost\n她女儿打电话来的")
    assert (bound.kind, bound.by) == ("bind", "017")
    assert "她女儿" not in repr(unbound)


def test_a_pass_is_told_by_its_number_and_last_day(compound: Compound, desk: StationPeopleDesk) -> None:
    passes = StationPassDesk(lambda: compound.journal, lambda: "东门", lambda: None, ZONE, compound.clock.now)
    (line,) = passes.issue(passes.living_in("3-2-101"))
    first, second = desk.card("王秀英").held
    assert (first.tag, first.until, first.valid) == (line.number, line.until, True)
    assert second.until is None, "passes come first"
    passes.revoke([line])
    assert not desk.card("王秀英").held[0].valid
    assert desk.card("王秀英").passes == 0


# --- who speaks for whom --------------------------------------------------------------------------


def of(card: Card) -> list[tuple[str, str, bool]]:
    return [(one.kind, one.name, one.speaks) for one in card.relations]


def test_a_guardian_is_seen_from_both_sides_and_can_be_taken_away(desk: StationPeopleDesk) -> None:
    desk.relate("张小强", RelationLine("guardian", "李红", "", "", speaks=True), "017")
    desk.relate("张小强", RelationLine("proxy", "王秀英", "", "", speaks=False), "017")
    assert of(desk.card("张小强")) == [("guardian", "李*", True), ("proxy", "王*英", False)]
    assert of(desk.card("李红")) == [("guardian", "张*强", False)]
    assert of(desk.card("王秀英")) == [("proxy", "张*强", True)]
    desk.unrelate("李红", desk.card("李红").relations[0], "021", "mistake")
    assert of(desk.card("张小强")) == [("proxy", "王*英", False)]
    for person_id, other, speaks in (("张小强", "李*", True), ("李红", "张*强", False)):
        change = next(one for one in desk.changes(person_id) if one.kind == "unrelate")
        assert (change.by, change.why, change.relation) == ("021", "mistake", "guardian")
        assert (change.other, change.speaks) == (other, speaks)


def test_nobody_is_their_own_guardian_nor_that_of_whoever_is_gone(desk: StationPeopleDesk) -> None:
    with pytest.raises(DeskError, match="自己"):
        desk.relate("李红", RelationLine("guardian", "李红", "", "", True), "017")
    with pytest.raises(DeskError, match="没有这个人"):
        desk.relate("李红", RelationLine("guardian", "nobody", "", "", True), "017")


# --- who changed what -----------------------------------------------------------------------------


def test_an_edit_says_which_fields_were_changed_and_not_what_was_in_them(desk: StationPeopleDesk) -> None:
    person_id = desk.save(None, WANG, "017")
    desk.save(person_id, replace(WANG, phones="13900000000", note="搬到一楼"), "021")
    edited, added = desk.changes(person_id)
    assert (edited.by, edited.fields) == ("021", ("phones", "note"))
    assert (added.by, added.fields) == ("017", ("new",))


def test_both_who_agreed_on_an_isolation_stand_in_the_history(desk: StationPeopleDesk) -> None:
    fact = NewFact("isolation", "close_contact", desk.local(), household=True, why="街道通知 4 号")
    desk.tell("李红", fact, "017")
    assert [one.kind for one in desk.changes("张小强") if one.fact] == ["proposed"]
    assert desk.waiting()[0].why == "街道通知 4 号"
    desk.settle(desk.waiting()[0].number, "021", confirmed=True)
    desk.tell("李红", NewFact("block", "asked", desk.local()), "017")
    desk.settle(desk.waiting()[0].number, "022", confirmed=False)
    told = [one for one in desk.changes("李红") if one.fact]
    assert {(one.kind, one.by, one.second, one.why) for one in told} == {
        ("rejected", "017", "022", ""),
        ("told", "017", "021", "街道通知 4 号"),
    }
    assert [one.kind for one in desk.changes("张小强") if one.fact] == ["told"], "the whole household"


# --- rights ---------------------------------------------------------------------------------------


def test_a_workers_permit_ends_with_its_last_day(desk: StationPeopleDesk, compound: Compound) -> None:
    permit = NewFact("right", "东门", desk.local(), "2022-05-16 23:59", why="物业")
    assert desk.tell("孙宝山", permit, "017")
    (line,) = desk.card("孙宝山").facts
    assert (line.kind, line.value, f"{line.until:%m-%d %H:%M}") == ("right", "东门", "05-16 23:59")
    assert known(compound, "孙宝山")[FactKind.RIGHT] == "东门"


def test_several_gates_are_typed_with_any_comma(desk: StationPeopleDesk, compound: Compound) -> None:
    desk.tell("孙宝山", NewFact("right", " 东门 ， 西门、北门,", desk.local()), "017")
    assert known(compound, "孙宝山")[FactKind.RIGHT] == "东门,西门,北门"
    with pytest.raises(DeskError, match="哪个门"):
        desk.tell("孙宝山", NewFact("right", " ，", desk.local()), "017")


def test_the_gate_is_called_as_its_settings_say_or_else_as_in_its_entries(compound: Compound) -> None:
    named = StationPeopleDesk(lambda: compound.journal, ZONE, gate=lambda: "东门")
    assert named.gate() == "东门"
    unnamed = StationPeopleDesk(lambda: compound.journal, ZONE)
    assert unnamed.gate() == ""
    compound.go("李红", Direction.IN, MORNING)
    assert unnamed.gate() == "east"


# --- facts ----------------------------------------------------------------------------------------


def test_a_test_counts_from_its_sampling(desk: StationPeopleDesk, compound: Compound) -> None:
    assert desk.tell("李红", NewFact("test", "negative", "2022-4-16 8:30"), "017")
    (line,) = desk.card("李红").facts
    assert (line.value, f"{line.as_of:%H:%M}") == ("negative", "08:30")
    assert desk.card("李红").history[0].by == "017"


def test_a_red_told_in_the_minute_of_the_centers_green_is_newer(
    desk: StationPeopleDesk, compound: Compound
) -> None:
    opened, begun = desk.local(), compound.clock.now().replace(second=0)
    green = News("person", "李红", "colour", "green", begun + timedelta(seconds=20), "center")
    compound.clock.at = begun + timedelta(seconds=40)
    Facts(compound.journal).receive([green], now=compound.clock.now())
    desk.tell("李红", NewFact("colour", "red", opened), "017")
    assert known(compound, "李红")[FactKind.COLOUR] == "red"

    compound.clock.at = begun + timedelta(seconds=55)
    desk.tell("李红", NewFact("colour", "green", opened), "017")
    assert known(compound, "李红")[FactKind.COLOUR] == "green", "it was a slip of the finger"


def test_a_green_told_in_the_minute_of_the_centers_red_does_not_undo_it(
    desk: StationPeopleDesk, compound: Compound
) -> None:
    """The red came while the form was open; whoever knows of it tells the green a minute later."""
    opened, begun = desk.local(), compound.clock.now().replace(second=0)
    red = News("person", "李红", "colour", "red", begun + timedelta(seconds=20), "center")
    compound.clock.at = begun + timedelta(seconds=40)
    Facts(compound.journal).receive([red], now=compound.clock.now())
    desk.tell("李红", NewFact("colour", "green", opened), "017")
    assert known(compound, "李红")[FactKind.COLOUR] == "red"

    compound.clock.at = begun + timedelta(seconds=70)
    desk.tell("李红", NewFact("colour", "green", desk.local()), "017")
    assert known(compound, "李红")[FactKind.COLOUR] == "green"


def test_a_red_told_by_a_form_that_was_open_over_the_minute_is_newer_than_the_green_that_came_meanwhile(
    desk: StationPeopleDesk, compound: Compound
) -> None:
    opened, begun = desk.local(), compound.clock.now().replace(second=0)
    green = News("person", "李红", "colour", "green", begun + timedelta(seconds=50), "center")
    compound.clock.at = begun + timedelta(seconds=70)
    Facts(compound.journal).receive([green], now=compound.clock.now())
    desk.tell("李红", NewFact("colour", "red", opened), "017")
    assert known(compound, "李红")[FactKind.COLOUR] == "red"

    opened = desk.local()
    compound.clock.at = begun + timedelta(seconds=130)
    desk.tell("李红", NewFact("colour", "green", opened), "017")
    assert known(compound, "李红")[FactKind.COLOUR] == "green", "it was a slip of the finger"


def test_who_takes_back_a_red_of_their_own_does_not_undo_the_centers_of_the_same_minute(
    desk: StationPeopleDesk, compound: Compound
) -> None:
    opened, begun = desk.local(), compound.clock.now().replace(second=0)
    red = News("person", "李红", "colour", "red", begun + timedelta(seconds=20), "center")
    compound.clock.at = begun + timedelta(seconds=30)
    Facts(compound.journal).receive([red], now=compound.clock.now())
    desk.tell("李红", NewFact("colour", "red", opened), "017")
    compound.clock.at = begun + timedelta(seconds=40)
    desk.tell("李红", NewFact("colour", "green", opened), "017")
    assert known(compound, "李红")[FactKind.COLOUR] == "red"


def test_a_red_that_was_told_minutes_after_it_was_seen_is_taken_back_with_the_time_that_was_typed(
    desk: StationPeopleDesk, compound: Compound
) -> None:
    """The sample's time stands on the paper: whoever chose the wrong result types the same time once more."""
    typed, begun = desk.local(), compound.clock.now().replace(second=0)
    compound.clock.at = begun + timedelta(minutes=3)
    desk.tell("李红", NewFact("test", "positive", typed), "017")
    compound.clock.at = begun + timedelta(minutes=4)
    desk.tell("李红", NewFact("test", "negative", typed), "017")
    assert known(compound, "李红")[FactKind.TEST] == "negative"


def test_a_green_of_a_form_that_was_open_does_not_undo_the_red_that_another_admin_told_meanwhile(
    desk: StationPeopleDesk, compound: Compound
) -> None:
    opened, begun = desk.local(), compound.clock.now().replace(second=0)
    compound.clock.at = begun + timedelta(seconds=20)
    desk.tell("李红", NewFact("colour", "red", opened), "018")
    compound.clock.at = begun + timedelta(seconds=40)
    desk.tell("李红", NewFact("colour", "green", opened), "017")
    assert known(compound, "李红")[FactKind.COLOUR] == "red"

    compound.clock.at = begun + timedelta(seconds=70)
    desk.tell("李红", NewFact("colour", "green", desk.local()), "017")
    assert known(compound, "李红")[FactKind.COLOUR] == "green"


def test_who_takes_back_a_red_of_their_own_does_not_undo_the_centers_under_its_own_id_of_them(
    desk: StationPeopleDesk, compound: Compound
) -> None:
    """The card shows what was told of them here; the center knows them as somebody else."""
    enrol(compound.journal)
    keys, lists = CodeKeys(compound.journal), CenterLists(compound.journal)
    keys.refresh()
    Channel(lists, compound.journal, "people").give(person("c-li", "李红", "3-2-501"))
    while lists.tidy():
        pass
    begun = compound.clock.now().replace(second=0)
    compound.clock.at = begun + timedelta(seconds=20)
    red = News("person", "c-li", "colour", "red", compound.clock.now(), "center")
    Facts(compound.journal).receive([red], now=compound.clock.now())
    compound.clock.at = begun + timedelta(seconds=30)
    desk.tell("李红", NewFact("colour", "red", desk.local()), "017")
    compound.clock.at = begun + timedelta(seconds=50)
    desk.tell("李红", NewFact("colour", "green", desk.local()), "017")

    found = Knowing(People(compound.journal), keys, compound.journal).find("李红")
    assert found
    colours = [fact for fact in found.facts if fact.kind is FactKind.COLOUR]
    assert max(colours, key=lambda one: one.as_of).value == "red"


def test_a_visitor_is_expected_later_today(desk: StationPeopleDesk, compound: Compound) -> None:
    fact = NewFact("expected", "yes", "2022-4-16 14:00", "2022-4-16 17:00")
    assert desk.tell("John Fernández", fact, "017")
    assert known(compound, "John Fernández")[FactKind.EXPECTED] == "yes"


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (NewFact("test", "negative", "明天"), "时间看不懂"),
        (NewFact("test", "negative", "2022-4-17 8:30"), "比现在还晚"),
        (NewFact("expected", "yes", "2022-4-16 14:00", "2022-4-16 13:00"), "结束的时间"),
    ],
)
def test_a_time_that_cannot_be_is_refused(desk: StationPeopleDesk, fact: NewFact, said: str) -> None:
    with pytest.raises(DeskError, match=said):
        desk.tell("李红", fact, "017")
    assert desk.card("李红").history == ()


def test_an_isolation_counts_when_another_person_has_confirmed_it(
    desk: StationPeopleDesk, compound: Compound
) -> None:
    assert not desk.tell("李红", NewFact("isolation", "isolation", desk.local(), household=True), "017")
    assert FactKind.ISOLATION not in known(compound, "张小强")
    assert FactKind.ISOLATION_PENDING in known(compound, "张小强"), "the whole household"
    (one,) = desk.waiting()
    assert (one.who, one.dwelling, one.by) == ("", "3-2-501", "017")
    for same in ("017", " ０１７ "):
        with pytest.raises(DeskError, match="换一个人"):
            desk.settle(one.number, same, confirmed=True)
    desk.settle(one.number, "021", confirmed=True)
    assert known(compound, "张小强")[FactKind.ISOLATION] == "isolation"
    assert desk.waiting() == []
    (line,) = desk.card("李红").history
    assert (line.by, line.second, line.household) == ("017", "021", True)


def test_what_is_rejected_never_counts_and_is_settled_once(
    desk: StationPeopleDesk, compound: Compound
) -> None:
    desk.tell("周凤", NewFact("block", "lost_card", desk.local()), "017")
    (one,) = desk.waiting()
    assert one.who == "周*"
    desk.settle(one.number, "017", confirmed=False)
    assert FactKind.BLOCK not in known(compound, "周凤")
    with pytest.raises(DeskError, match="已经有人处理"):
        desk.settle(one.number, "021", confirmed=True)


# --- lists ----------------------------------------------------------------------------------------


def looked_at(lists: StationImportDesk, path: Path) -> Preview:
    preview = lists.read(path)(Progress(lambda part: None))
    assert isinstance(preview, Preview)
    return preview


@pytest.fixture
def lists(compound: Compound, desk: StationPeopleDesk) -> StationImportDesk:
    return StationImportDesk(lambda: compound.journal, ZONE, desk.forget_index, compound.clock.now)


def a_list(folder: Path, *rows: str) -> Path:
    path = folder / "list.csv"
    path.write_text("\n".join(("姓名,房号,手机", *rows)), "utf-8")
    return path


def test_a_list_is_looked_at_written_and_taken_back(
    lists: StationImportDesk, desk: StationPeopleDesk, tmp_path: Path
) -> None:
    preview = looked_at(lists, a_list(tmp_path, "王芳,3-2-502,13800005511", "李红,3-2-501,1380000"))
    assert (preview.count("new"), preview.count("wrong"), preview.taken) == (1, 1, 1)
    assert desk.search("wf") == [], "nothing is changed yet"
    batch = lists.write(preview, lists.seal(preview)(Progress(lambda part: None)), "017")
    index(desk)
    assert len(desk.search("wf")) == 1
    assert lists.batches()[0].can_be_undone
    assert lists.undo(batch, "017") == 1
    index(desk)
    assert desk.search("wf") == []
    with pytest.raises(DeskError, match="撤销不了"):
        lists.undo(batch, "017")


def test_who_was_removed_by_whom_and_why_is_told_where_it_can_be_taken_back(
    lists: StationImportDesk, desk: StationPeopleDesk
) -> None:
    desk.relate("周凤", RelationLine("guardian", "李红", "", "", speaks=True), "017")
    desk.remove("李红", "021", "moved_away\n去女儿家")
    removed = lists.batches()[0]
    assert (removed.kind, removed.by, removed.note) == ("remove", "021", "李* 3-2-501 · 搬走了：去女儿家")
    lists.undo(removed.number, "017")
    assert [one.note for one in lists.batches() if one.kind == "remove"] == ["搬走了：去女儿家"]
    assert "李" not in repr(removed)


def test_wrong_rows_come_back_as_a_table_to_correct(lists: StationImportDesk, tmp_path: Path) -> None:
    preview = looked_at(lists, a_list(tmp_path, "王芳,3-2-502,13800005511", "李红,3-2-501,1380000"))
    path = lists.hand_back(preview, tmp_path / "stick")
    text = path.read_text("utf-8-sig")
    assert "电话号码不对" in text
    assert "李红" in text
    assert "王芳" not in text
    assert looked_at(lists, path).count("wrong") == 1, "it can be imported as it is"


def test_a_roster_that_changed_meanwhile_is_looked_at_again(
    lists: StationImportDesk, desk: StationPeopleDesk, tmp_path: Path
) -> None:
    preview = looked_at(lists, a_list(tmp_path, "王芳,3-2-502,13800005511"))
    sealed = lists.seal(preview)(Progress(lambda part: None))
    desk.remove("周凤", "017")
    with pytest.raises(DeskError, match="再看一遍"):
        lists.write(preview, sealed, "017")


def test_an_import_can_be_stopped_before_anything_is_written(
    lists: StationImportDesk, tmp_path: Path
) -> None:
    preview, progress = (
        looked_at(lists, a_list(tmp_path, "王芳,3-2-502,13800005511")),
        Progress(lambda part: None),
    )
    progress.cancel()
    for job in (lists.seal(preview), lists.read(tmp_path / "list.csv")):
        with pytest.raises(CancelledError):
            job(progress)


@pytest.mark.parametrize(("content", "said"), [(b"", "空的"), (b"a,b\n1,2\n", "表头"), (None, "打不开")])
def test_a_file_that_is_no_list_is_refused_in_words(
    lists: StationImportDesk, tmp_path: Path, content: bytes | None, said: str
) -> None:
    path = tmp_path / "odd.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DeskError, match=said):
        looked_at(lists, path)
