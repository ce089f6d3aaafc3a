"""Two of the center's people turned out to be one: what the gate knew of the one who went is of who stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from station.codekeys import CodeKeys
from station.core.audit import Audited, Event
from station.core.entry import Entry, to_ms
from station.core.facts import FactKind
from station.core.model import Direction
from station.core.operators import Who
from station.journal.center_lists import CenterLists
from station.journal.center_people import CenterPeople
from station.journal.center_roster import center_snapshot, open_center_people
from station.journal.center_subjects import all_subjects, living_in
from station.journal.entries import Journal
from station.journal.erasing import erase, find_traces
from station.journal.facts import Facts, News
from station.journal.lookbacks import Kept, Passages, Task, _report
from station.journal.movements import Movements, Mover
from station.journal.people import People, Person
from station.journal.presence import Presence
from station.journal.tracing import Tracing
from station.knowing import Knowing
from station.knowledge import mover_of
from station.looking_back import concerned
from station.sync.bundle import Item
from station.sync.items import PersonItem
from station.sync.people_chunks import id_key, packed, packed_people, placed
from tests.journal.given import Channel, enrol, fact, gone, key, person
from tests.journal.kept import ZONE
from tests.journal.samples import NOON, open_journal, passage

FATHERS = "110101195001010014"
SONS = "110101198001010019"
HOUR = timedelta(hours=1)


class Gate:
    """Passages under both ids, and the center's lists. `merge` is what comes from the center."""

    def __init__(self, journal: Journal, *, ready: bool) -> None:
        self.journal = journal
        enrol(journal)
        self.keys = CodeKeys(journal)
        self.keys.refresh()
        self.lists = CenterLists(journal)
        self.quick = Channel(self.lists, journal)
        self.roster = Channel(self.lists, journal, "people", ready=ready)
        self.knowing = Knowing(People(journal), self.keys, journal)
        self.roster.give(person("kept"), person("gone", codes=("C",)), person("other", "李红"))

    def passes(self, who: str, hours: int = 0, way: Direction = Direction.IN) -> Entry:
        made = passage(at=NOON + hours * HOUR, direction=way)
        entry = msgspec.structs.replace(made, person_id=who)
        return self.journal.append(entry, who.encode(), mover=Mover(who)).entry

    def merge(self) -> None:
        self.roster.give(person("kept", codes=("C",), former=("gone",)), gone("person", "gone"))

    def tidy(self) -> None:
        while self.lists.tidy():
            pass

    def who(self, person_id: str) -> str | None:
        found = CenterPeople(self.journal.connection, self.journal.vault).by_id(person_id)
        return found.id if found else None

    def subjects(self, subject: str) -> list[str]:
        return sorted(all_subjects(self.journal.connection, self.journal.vault, subject))

    def seen(self, way: Direction) -> list[tuple[str, str]]:
        found = Presence(self.journal.connection, self.journal.vault).seen(way)
        return [(one.where.subject, one.theirs.id if one.theirs else "") for one in found]


@pytest.fixture(params=[False, True], ids=["one by one", "made ready"])
def gate(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Gate]:
    with open_journal(tmp_path / "station") as journal:
        yield Gate(journal, ready=request.param)


@pytest.mark.parametrize("swept", [False, True])
def test_where_they_passed_under_the_former_id_is_looked_back_on(gate: Gate, swept: bool) -> None:
    """The one who stays turns red: whoever stood beside them under the other id is found."""
    then, other = gate.passes("gone"), gate.passes("other", 5)
    gate.merge()
    if swept:
        gate.tidy()
    now = gate.passes("kept", 1)
    gate.quick.give(fact("person", "kept", "colour", "red", to_ms(NOON + HOUR)))

    passages = Passages(gate.journal.connection, gate.journal.vault)
    (news,) = passages.news_after(0)
    (who,) = concerned(passages, news)
    assert passages.around(who, NOON, HOUR / 4).theirs == {then.id, now.id}
    tracing = Tracing(gate.journal.connection, gate.journal.vault)
    assert tracing.subjects("kept") == tracing.subjects("gone") == ["gone", "kept"]
    assert other.id not in passages.around(who, NOON, HOUR / 4).theirs


def test_who_is_inside_is_there_once_and_named(gate: Gate) -> None:
    """The evacuation list: nobody is looked for in the fire who went out under the other id."""
    gate.passes("gone")
    gate.passes("other")
    gate.merge()
    assert gate.seen(Direction.IN) == [("gone", "kept"), ("other", "other")]

    gate.passes("kept", 1, Direction.OUT)
    assert gate.seen(Direction.IN) == [("other", "other")]
    assert gate.seen(Direction.OUT) == [("kept", "kept")]


def test_who_went_out_under_the_former_id_is_not_inside(gate: Gate) -> None:
    gate.passes("kept")
    gate.passes("gone", 1, Direction.OUT)
    gate.merge()

    assert gate.seen(Direction.IN) == []
    found = Presence(gate.journal.connection, gate.journal.vault).of(["kept", "gone"])
    assert {one.where.direction for one in found.values()} == {Direction.OUT}


@pytest.mark.parametrize("merged", [False, True])
def test_who_was_taken_into_the_gates_roster_and_went_out_is_not_inside(gate: Gate, merged: bool) -> None:
    """Came in by the center's list: the evacuation list had them inside for ever, and twice once they came
    back."""
    gate.passes("gone" if merged else "kept")
    if merged:
        gate.merge()
    People(gate.journal).add([Person("ours", "王芳", "3-2-501", "resident")], as_of=NOON)
    if not merged:
        gate.roster.give(gone("person", "gone"))
    gate.tidy()
    assert [who for _, who in gate.seen(Direction.IN)] == ["kept"]

    gate.passes("ours", 1, Direction.OUT)
    assert gate.seen(Direction.IN) == []

    gate.passes("ours", 2)
    assert gate.seen(Direction.IN) == [("ours", "")]


def test_a_father_who_came_in_stays_inside_though_his_son_of_the_same_name_went_out(gate: Gate) -> None:
    gate.passes("other")
    gate.roster.give(person("other", "王强", id_number=FATHERS))
    his = Person("his", "王强", "3-2-501", "resident", id_number=FATHERS)
    sons = Person("sons", "王强", "3-2-501", "resident")
    People(gate.journal).add([his, sons], as_of=NOON)
    gate.tidy()

    gate.passes("sons", 1, Direction.OUT)
    assert gate.seen(Direction.IN) == [("other", "other")]

    gate.passes("his", 2, Direction.OUT)
    assert gate.seen(Direction.IN) == []


def test_the_center_is_told_that_they_went_out_since(gate: Gate) -> None:
    entry = gate.passes("gone")
    gate.merge()
    task = Task(entry.id, 1, entry.at_ms, "in", "gone", True, 0)
    kept = Kept("", entry.at_ms, "kept", entry.at_ms, (("colour", "red"),), (task,), "open 1")

    def told() -> tuple[str, ...]:
        return _report(gate.journal.connection, gate.journal.vault, kept).still_inside

    assert told() == ("kept",)

    gate.passes("kept", 1, Direction.OUT)

    assert told() == ()


@pytest.mark.parametrize("asked", ["his", "father"], ids=["in both rosters", "on the center's list"])
def test_who_is_red_and_inside_is_told_so_though_a_namesake_of_their_dwelling_went_out(
    gate: Gate, asked: str
) -> None:
    """Father and son of one name: it is the father who has to be looked for inside."""
    gate.roster.give(person("father", "王强", id_number=FATHERS))
    entry = gate.passes("father")
    his = Person("his", "王强", "3-2-501", "resident", id_number=FATHERS)
    sons = Person("sons", "王强", "3-2-501", "resident")
    People(gate.journal).add([his, sons], as_of=NOON)
    gate.tidy()
    gate.passes("sons")
    gate.passes("sons", 1, Direction.OUT)
    task = Task(entry.id, 1, entry.at_ms, "in", "father", True, 0)
    kept = Kept("", entry.at_ms, asked, entry.at_ms, (("colour", "red"),), (task,), "open 1")

    def told() -> tuple[str, ...]:
        return _report(gate.journal.connection, gate.journal.vault, kept).still_inside

    assert told() == (asked,)
    (seen,) = Presence(gate.journal.connection, gate.journal.vault).of(["father"]).values()
    assert seen.where.direction is Direction.IN

    gate.passes("his", 2, Direction.OUT)
    assert told() == ()


def test_what_the_volunteer_said_of_the_former_one_counts(gate: Gate) -> None:
    """A positive test that was told at this gate is nowhere at the center."""
    news = News("person", "gone", "test", "positive", NOON, "operator")
    Facts(gate.journal).receive([news], now=NOON)
    gate.merge()

    for known in (gate.knowing.find("kept"), gate.knowing.find("gone")):
        assert known
        assert known.person_id == "kept"
        assert [one.value for one in known.facts if one.kind is FactKind.TEST] == ["positive"]
    known = gate.knowing.find_by_code(gate.keys.of("C"))
    assert known
    assert known.person_id == "kept"


@pytest.mark.parametrize("red", ["kept", "gone"])
@pytest.mark.parametrize("kind", [("colour", "green", "red"), ("test", "negative", "positive")])
def test_of_two_who_are_one_the_worse_of_one_moment_counts(
    gate: Gate, red: str, kind: tuple[str, str, str]
) -> None:
    """A list of a day told of both, by two spellings. The center goes by the worse; the gate showed the red
    one green."""
    name, good, bad = kind
    told = {"kept": good, "gone": good, red: bad}
    gate.quick.give(*(fact("person", who, name, value) for who, value in told.items()))
    gate.merge()

    for who in told:
        known = gate.knowing.find(who)
        assert known
        assert [one.value for one in known.facts if one.kind == name] == [bad]


def test_of_one_of_them_the_last_word_about_a_moment_counts(gate: Gate) -> None:
    """It was put right: nobody is held up by what was a mistake."""
    for who in ("kept", "gone"):
        for value in ("red", "green"):
            gate.quick.give(fact("person", who, "colour", value))
    gate.merge()

    known = gate.knowing.find("kept")

    assert known
    assert [one.value for one in known.facts if one.kind is FactKind.COLOUR] == ["green"]


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("colour", "green", "red"),
        ("test", "negative", "positive"),
        ("isolation", "none", "isolation"),
        ("block", "none", "moved_out"),
    ],
)
def test_what_the_center_says_of_who_stays_counts_though_it_is_dated_before_what_the_former_one_had(
    gate: Gate, kind: str, good: str, bad: str
) -> None:
    """The sample was positive, though they were green since. Of the former id nothing new is told ever."""
    before, since = to_ms(NOON - 2 * HOUR), to_ms(NOON - HOUR)
    for who in ("gone", "kept"):  # as a merging hands it on
        gate.quick.give(fact("person", who, kind, good, since))
    gate.merge()
    gate.quick.give(fact("person", "kept", kind, bad, before))

    for who in ("kept", "gone"):
        known = gate.knowing.find(who)
        assert known
        assert [one.value for one in known.facts if one.kind == kind] == [bad]


def test_what_was_bad_of_the_former_one_counts_until_it_is_told_of_who_stays(gate: Gate) -> None:
    """People and colours come apart: in between nobody is green who is red."""
    gate.quick.give(fact("person", "gone", "colour", "red"))
    gate.quick.give(fact("person", "kept", "colour", "green", to_ms(NOON - HOUR)))
    gate.merge()

    known = gate.knowing.find("kept")

    assert known
    assert [one.value for one in known.facts if one.kind is FactKind.COLOUR] == ["red"]


@pytest.mark.parametrize("in_roster", [False, True], ids=["center's list", "own roster, too"])
def test_where_they_were_before_counts_at_the_lane(gate: Gate, in_roster: bool) -> None:
    """Who is out for too long, or comes the same way twice, was green once more after the merging."""
    gate.passes("kept")
    gate.passes("gone", 1, Direction.OUT)
    gate.merge()
    if in_roster:
        People(gate.journal).add([Person("ours", "王芳", "3-2-501", "resident")], as_of=NOON)
        gate.tidy()

    mover = mover_of(None, gate.knowing.find("ours" if in_roster else "kept"))

    assert mover
    facts = Movements(gate.journal.connection).facts(
        mover, NOON + 2 * HOUR, outing_days=None, others_than=None
    )
    said = [one.value for one in facts if one.kind in (FactKind.LAST_PASSAGE, FactKind.INSIDE)]
    assert said == ["out", "out"]


def test_a_father_who_was_measured_just_now_spares_his_son_of_the_same_name_nothing(gate: Gate) -> None:
    """He came by the center's list until both were taken into the gate's own."""
    gate.roster.give(person("father", "王强", id_number=FATHERS))
    gate.passes("father")
    his = Person("his", "王强", "3-2-501", "resident", id_number=FATHERS)
    sons = Person("sons", "王强", "3-2-501", "resident")
    People(gate.journal).add([his, sons], as_of=NOON)
    gate.tidy()

    known = {one: gate.knowing.find(one) for one in ("his", "sons")}

    assert {one: who.former for one, who in known.items() if who} == {"his": ("father",), "sons": ()}


def test_who_comes_back_by_an_import_is_nobody_else(gate: Gate) -> None:
    gate.merge()
    gate.roster.give(person("gone", "王芳", codes=()))

    assert (gate.who("gone"), gate.who("kept")) == ("gone", "kept")
    assert "gone" not in gate.subjects("kept")
    assert "kept" not in gate.subjects("gone")


def test_who_came_back_and_is_one_with_another_is_that_one(gate: Gate) -> None:
    gate.merge()
    gate.roster.give(person("gone"))
    gate.roster.give(person("kept"), person("other", "李红", former=("gone",)), gone("person", "gone"))
    assert gate.who("gone") == "other"
    assert (gate.subjects("kept"), gate.subjects("other")) == (["kept"], ["gone", "other"])


def test_a_merging_that_the_center_had_forgotten_of_whom_it_was_goes_by_the_newest(gate: Gate) -> None:
    """An older program had the former one's item written without it: the later merging counts."""
    gate.merge()
    gate.roster.give(person("other", "李红", former=("gone",)))
    assert gate.who("gone") == "other"
    assert gate.subjects("kept") == ["kept"]


def test_what_a_gate_of_before_took_by_a_stick_leads_to_the_former_id_too(gate: Gate) -> None:
    """The former id led nowhere there; whoever asks about the person finds it all the same."""
    page = gate.roster.page(person("kept", former=("gone",)), gone("person", "gone"))
    items = [Item("person", "kept", 4, person("kept", former=("gone",))[2]), Item("person", "gone", 5, None)]
    people, _ = packed_people(items)
    keys = memoryview(people.keys).cast("Q").tolist()
    old = packed(one for one in keys if one != placed(id_key("gone"), 0))
    gate.roster.take(
        msgspec.structs.replace(page, items=(), people=msgspec.structs.replace(people, keys=old))
    )

    assert gate.subjects("kept") == ["gone", "kept"]


@pytest.mark.parametrize("number", ["", FATHERS])
def test_who_stands_in_the_gates_own_roster_as_the_former_one_is_red_with_who_stays(
    gate: Gate, number: str
) -> None:
    """The other spelling is on no list of the center any more: nothing of theirs was known here."""
    gate.roster.give(person("wang", "王芳", "4-1-101"), person("wrong", "王方", "4-1-101", id_number=number))
    People(gate.journal).add([Person("ours", "王方", "4-1-101", "resident", id_number=number)], as_of=NOON)
    gate.tidy()
    keys = (key("resident", "王方\0004-1-101"), *([key("id_number", number)] if number else []))
    gate.roster.give(
        person("wang", "王芳", "4-1-101", former=("wrong",), went_by=keys), gone("person", "wrong")
    )
    gate.tidy()
    gate.quick.give(fact("person", "wang", "colour", "red"))

    known = gate.knowing.find("ours")

    assert known
    assert [one.value for one in known.facts if one.kind is FactKind.COLOUR] == ["red"]
    assert set(known.former) == {"wang", "wrong"}
    found = gate.knowing.find("wang")
    assert found
    assert found.person_id == "ours"
    assert gate.subjects("wrong") == gate.subjects("ours") == ["ours", "wang", "wrong"]
    assert Passages(gate.journal.connection, gate.journal.vault).known_here_as("wang") == "ours"
    snapshot = center_snapshot(gate.journal.connection)
    assert "wang" not in {one.id for one in open_center_people(gate.journal.vault, snapshot)}
    traces = find_traces(gate.journal.connection, gate.journal.vault, "ours")
    assert set(traces.center_ids) == {"wang", "wrong"}


def test_who_came_back_onto_the_list_is_not_red_with_whom_they_were_taken_for(gate: Gate) -> None:
    """They were two after all: the gate's own one is who has the same name and dwelling again."""
    other = person("wrong", "王方", "4-1-101")
    kept = person("wang", "王芳", "4-1-101", former=("wrong",), went_by=(key("resident", "王方\0004-1-101"),))
    People(gate.journal).add([Person("ours", "王方", "4-1-101", "resident")], as_of=NOON)
    gate.roster.give(kept)
    gate.tidy()
    gate.roster.give(other)
    gate.quick.give(fact("person", "wang", "colour", "red"))

    known = gate.knowing.find("ours")

    assert known
    assert [one for one in known.facts if one.kind is FactKind.COLOUR] == []
    assert gate.subjects("ours") == ["ours", "wrong"]
    assert gate.subjects("wang") == ["wang"]
    snapshot = center_snapshot(gate.journal.connection)
    offered = {one.id for one in open_center_people(gate.journal.vault, snapshot)}
    assert "wang" in offered
    assert "wrong" not in offered


def test_three_who_are_one(gate: Gate) -> None:
    gate.merge()
    gate.roster.give(person("other", "李红", former=("kept", "gone")), gone("person", "kept"))
    gate.tidy()
    assert {gate.who(one) for one in ("gone", "kept", "other")} == {"other"}
    assert gate.subjects("gone") == ["gone", "kept", "other"]


def test_who_is_erased_at_the_center_is_nobody(gate: Gate) -> None:
    gate.merge()
    gate.roster.give(gone("person", "kept"))
    gate.tidy()
    assert (gate.who("gone"), gate.who("kept")) == (None, None)


def test_after_the_center_came_back_from_a_backup_they_are_two_again(gate: Gate) -> None:
    gate.merge()
    gate.roster.restored(b"f" * 16)
    gate.roster.give(person("kept"), person("gone"), refetch=True)
    gate.tidy()
    assert (gate.who("gone"), gate.subjects("kept")) == ("gone", ["kept"])


def test_the_lists_of_a_center_that_dropped_its_tombstones_say_so_too(gate: Gate) -> None:
    gate.merge()
    gate.roster.restored(b"f" * 16)
    gate.roster.give(person("kept", former=("gone",)), refetch=True)
    gate.tidy()
    assert (gate.who("gone"), gate.subjects("kept")) == ("kept", ["gone", "kept"])


def test_what_lies_under_the_former_id_is_erased_with_who_stays(gate: Gate) -> None:
    for who in ("gone", "kept", "other"):
        gate.passes(who)
    news = News("person", "gone", "test", "positive", NOON, "operator")
    Facts(gate.journal).receive([news], now=NOON)
    gate.merge()
    People(gate.journal).add([Person("ours", "王芳", "3-2-501", "resident")], as_of=NOON)

    journal = gate.journal
    traces = find_traces(journal.connection, journal.vault, "ours")
    erase(journal, traces, Event(Audited.ERASED, Who("1001")), now=NOON, zone=ZONE)

    parts = journal.connection.execute("SELECT sealed FROM personal").fetchall()
    left = journal.connection.execute("SELECT subject FROM movement").fetchall()
    assert (len(parts), left) == (1, [("other",)])
    assert Facts(journal).history("person", "gone") == []


def test_a_gate_of_before_reads_the_same_person() -> None:
    """The list of former ids is the last field: what does not know of it reads all the others."""

    class Before(msgspec.Struct, frozen=True, array_like=True):
        category: str
        name: str

    _, _, body = person("kept", former=("gone",))
    assert msgspec.msgpack.decode(body, type=Before).name == "王芳"
    short = msgspec.msgpack.encode(("resident", "Cy"))
    assert msgspec.msgpack.decode(short, type=PersonItem).former == ()


@pytest.mark.parametrize("under", ["kept", "niece"], ids=["by the center's list", "by our own"])
def test_who_is_red_and_inside_is_told_so_though_nothing_tells_which_of_our_two_namesakes_they_are(
    gate: Gate, under: str
) -> None:
    """Niece and aunt of one name, without ID numbers: that it is one of the two, and inside, must be told."""
    if under == "kept":
        entry = gate.passes("kept")
    ours = [Person(one, "王芳", "3-2-501", "resident") for one in ("niece", "aunt")]
    gate.roster.give(gone("person", "gone"))
    People(gate.journal).add(ours, as_of=NOON)
    gate.tidy()
    if under == "niece":
        gate.passes("aunt")
        gate.passes("aunt", 1, Direction.OUT)
        entry = gate.passes("niece")
    who = Passages(gate.journal.connection, gate.journal.vault).known_here_as("kept")
    task = Task(entry.id, 1, entry.at_ms, "in", under, True, 0)
    kept = Kept("", entry.at_ms, who, entry.at_ms, (("colour", "red"),), (task,), "open 1")

    def told() -> tuple[str, ...]:
        return _report(gate.journal.connection, gate.journal.vault, kept).still_inside

    assert told() == (who,) == ("aunt",)

    gate.passes(under, 2, Direction.OUT)
    assert told() == ()


def test_a_father_and_a_son_who_were_taken_for_one_and_are_two_again_are_told_by_their_numbers(
    gate: Gate,
) -> None:
    """The son was red with his father for ever: his number stands among those the father went by."""
    sons = key("id_number", SONS)
    father = person("father", "王强", "4-1-101", id_number=FATHERS, former=("son",), went_by=(sons,))
    gate.roster.give(father)
    gate.roster.give(person("son", "王强", "4-1-101", id_number=SONS))
    People(gate.journal).add([Person("ours", "王强", "4-1-101", "resident", id_number=SONS)], as_of=NOON)
    gate.tidy()
    gate.quick.give(fact("person", "father", "colour", "red"))

    known = gate.knowing.find("ours")

    assert known
    assert [one for one in known.facts if one.kind is FactKind.COLOUR] == []
    assert known.former == ("son",)


def test_who_stands_in_the_gates_own_roster_by_both_spellings_went_out_by_the_right_one(gate: Gate) -> None:
    """The evacuation list had them inside for ever: of two of our own nobody knew who they are."""
    gate.roster.give(person("wang", "王芳", "4-1-101"), person("wrong", "王方", "4-1-101"))
    gate.passes("wang")
    ours = [Person("right", "王芳", "4-1-101", "resident"), Person("odd", "王方", "4-1-101", "resident")]
    People(gate.journal).add(ours, as_of=NOON)
    by = (key("resident", "王方\0004-1-101"),)
    gate.roster.give(
        person("wang", "王芳", "4-1-101", former=("wrong",), went_by=by), gone("person", "wrong")
    )
    gate.tidy()

    known = gate.knowing.find("right")
    assert known
    assert set(known.former) == {"wang", "wrong"}
    gate.passes("right", 1, Direction.OUT)
    assert gate.seen(Direction.IN) == []
    for one in ("right", "odd"):
        traces = find_traces(gate.journal.connection, gate.journal.vault, one)
        assert set(traces.center_ids) == {"wang", "wrong"}


@pytest.mark.parametrize("under", ["right", "odd", "wang"])
def test_who_is_red_and_inside_is_told_so_whichever_of_both_spellings_they_came_in_by(
    gate: Gate, under: str
) -> None:
    """Their own roster has them twice: the center was told that nobody is inside who is red."""
    gate.roster.give(person("wang", "王芳", "4-1-101"), person("wrong", "王方", "4-1-101"))
    ours = [Person("right", "王芳", "4-1-101", "resident"), Person("odd", "王方", "4-1-101", "resident")]
    People(gate.journal).add(ours, as_of=NOON)
    by = (key("resident", "王方\0004-1-101"),)
    gate.roster.give(
        person("wang", "王芳", "4-1-101", former=("wrong",), went_by=by), gone("person", "wrong")
    )
    gate.tidy()
    entry = gate.passes(under)
    who = Passages(gate.journal.connection, gate.journal.vault).known_here_as("wang")
    task = Task(entry.id, 1, entry.at_ms, "in", under, True, 0)
    kept = Kept("", entry.at_ms, who, entry.at_ms, (("colour", "red"),), (task,), "open 1")

    def told() -> tuple[str, ...]:
        return _report(gate.journal.connection, gate.journal.vault, kept).still_inside

    assert told() == (who,)

    gate.passes(under, 2, Direction.OUT)
    assert told() == ()
    assert gate.seen(Direction.IN) == []


def test_who_came_in_by_the_centers_list_and_went_out_by_our_other_spelling_is_not_inside(gate: Gate) -> None:
    gate.roster.give(person("wang", "王芳", "4-1-101"), person("wrong", "王方", "4-1-101"))
    gate.passes("wang")
    ours = [Person("right", "王芳", "4-1-101", "resident"), Person("odd", "王方", "4-1-101", "resident")]
    People(gate.journal).add(ours, as_of=NOON)
    by = (key("resident", "王方\0004-1-101"),)
    gate.roster.give(
        person("wang", "王芳", "4-1-101", former=("wrong",), went_by=by), gone("person", "wrong")
    )
    gate.tidy()

    gate.passes("odd", 1, Direction.OUT)
    assert gate.seen(Direction.IN) == []


def test_who_came_in_by_a_code_before_it_was_theirs_and_is_red_is_inside_until_they_go_out(
    gate: Gate,
) -> None:
    code = gate.journal.vault.code_key("their code")
    people = People(gate.journal)
    people.add([Person("ours", "周强", "7-1-101", "resident")], as_of=NOON)
    entry = gate.passes(code)
    people.bind("ours", "their code", now=NOON)
    task = Task(entry.id, 1, entry.at_ms, "in", code, True, 0)
    kept = Kept("", entry.at_ms, "ours", entry.at_ms, (("colour", "red"),), (task,), "open 1")

    def told() -> tuple[str, ...]:
        return _report(gate.journal.connection, gate.journal.vault, kept).still_inside

    assert told() == ("ours",)

    gate.passes("ours", 1, Direction.OUT)
    assert told() == ()


def test_a_father_is_not_looked_back_on_for_his_son_of_the_same_name_who_is_red(gate: Gate) -> None:
    """Each has his own ID number, and only the center knows the son: his red was shown as the father's."""
    gate.roster.give(person("son", "王强", "3-2-501", id_number=SONS))
    his = Person("his", "王强", "3-2-501", "resident", id_number=FATHERS)
    People(gate.journal).add([his], as_of=NOON)
    gate.tidy()
    gate.passes("his")
    gate.quick.give(fact("person", "son", "colour", "red"))

    passages = Passages(gate.journal.connection, gate.journal.vault)
    (news,) = passages.news_after(0)
    assert concerned(passages, news) == ["son"]
    assert gate.subjects("son") == ["son"]
    assert gate.subjects("his") == ["his"]
    home = living_in(gate.journal.connection, gate.journal.vault, key("dwelling", "3-2-501"))
    assert {"his", "son"} <= set(home)
