"""Whatever is imported, edited and removed: taking it back in turn goes through the very same states."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from station.journal.batches import Batches, CodeOwnedError, Relation, UndoRefusedError
from station.journal.importing import load, prepare, write
from station.journal.people import People, Person
from station.journal.vault import DATA_KEY_FILE, STATION_KEY_FILE
from tests.journal.samples import NOON, open_journal
from tests.roster.lists import READING

NAMES, HOUSES = st.sampled_from(["张强", "李红", "单曾"]), st.sampled_from(["1-1", "1-2", "2-1"])
NUMBERS = st.sampled_from(["", "", "11010519491231002X", "110105194912310011"])
ROWS = st.lists(
    st.tuples(NAMES, HOUSES, NUMBERS, st.sampled_from(["", "a", "b", "c"])), min_size=1, max_size=4
)
TABLES = ("code", "person_key", "relation")


class Roster(RuleBasedStateMachine):
    """A roster with a stack of what it was before each batch."""

    @initialize()
    def open(self) -> None:
        self._folder = TemporaryDirectory()
        folder = Path(self._folder.name)
        for key in (DATA_KEY_FILE, STATION_KEY_FILE):
            (folder / key).write_bytes(bytes(32))  # ids follow from it, and must be the same in every run
        self.journal = open_journal(folder)
        self.people = People(self.journal)
        self.done: list[tuple[int, list[object]]] = []

    def contents(self) -> list[object]:
        rows = self.journal.connection.execute
        people = "SELECT id, category, name, dwelling, house, detail, as_of_ms, source FROM person"
        tables = [people, *(f"SELECT * FROM {table}" for table in TABLES)]
        return [sorted(rows(table).fetchall(), key=repr) for table in tables]

    def ids(self) -> list[str]:
        return sorted(self.people.ids())

    @rule(rows=ROWS)
    def bring_in(self, rows: list[tuple[str, ...]]) -> None:
        before = self.contents()
        text = "姓名,房号,身份证,健康码\n" + "\n".join(",".join(row) for row in rows)
        plan = load(self.journal, text.encode(), READING).plan
        if plan.people:
            batch = write(self.journal, prepare(self.journal.vault, plan), now=NOON)
            self.done.append((batch, before))

    @precondition(lambda self: self.ids())
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        before = self.contents()
        gone = data.draw(st.lists(st.sampled_from(self.ids()), min_size=1, unique=True))
        self.done.append((self.people.remove(gone, now=NOON), before))

    @precondition(lambda self: len(self.ids()) > 1)
    @rule(data=st.data())
    def relate(self, data: st.DataObject) -> None:
        before = self.contents()
        child, other = data.draw(st.permutations(self.ids()))[:2]
        batch = self.people.relate([Relation(child, "guardian", other)], now=NOON)
        self.done.append((batch, before))

    @precondition(lambda self: self.ids())
    @rule(data=st.data(), code=st.sampled_from(["a", "b", "c", "d"]))
    def bind(self, data: st.DataObject, code: str) -> None:
        before = self.contents()
        try:
            batch = self.people.bind(data.draw(st.sampled_from(self.ids())), code, now=NOON)
        except CodeOwnedError:
            assert self.contents() == before
        else:
            self.done.append((batch, before))

    @precondition(lambda self: self.ids())
    @rule(data=st.data())
    def unbind(self, data: st.DataObject) -> None:
        before, person_id = self.contents(), data.draw(st.sampled_from(self.ids()))
        keys = sorted(self.people.code_keys(person_id))
        batch = self.people.unbind(person_id, keys[:1], now=NOON)
        assert self.people.code_keys(person_id) == frozenset(keys[1:])
        self.done.append((batch, before))

    @precondition(lambda self: self.ids())
    @rule(data=st.data())
    def unrelate(self, data: st.DataObject) -> None:
        """Each time the first of somebody's guardians, if there is one."""
        before = self.contents()
        for relation in self.people.who_speaks_for(data.draw(st.sampled_from(self.ids())))[:1]:
            self.done.append((self.people.unrelate(relation, now=NOON), before))
            assert relation not in self.people.who_speaks_for(relation.person_id)

    @precondition(lambda self: self.ids())
    @rule(data=st.data(), house=HOUSES)
    def edit(self, data: st.DataObject, house: str) -> None:
        before = self.contents()
        person = Person(data.draw(st.sampled_from(self.ids())), "王五", house, "tenant")
        self.done.append((self.people.add([person], as_of=NOON), before))

    @precondition(lambda self: self.done)
    @rule()
    def undo_the_last(self) -> None:
        batch, before = self.done.pop()
        Batches(self.journal).undo(batch, now=NOON)
        assert self.contents() == before

    @precondition(lambda self: len(self.done) > 1)
    @rule(data=st.data())
    def undo_an_earlier_one(self, data: st.DataObject) -> None:
        """Refused, and nothing changes; or it is one that the later ones did not touch."""
        batch, _ = data.draw(st.sampled_from(self.done[:-1]))
        before = self.contents()
        try:
            Batches(self.journal).undo(batch, now=NOON)
        except UndoRefusedError:
            assert self.contents() == before
        else:
            self.done.clear()  # the later ones' former states are of another history now

    @invariant()
    def nothing_points_nowhere(self) -> None:
        assert self.journal.connection.execute("PRAGMA foreign_key_check").fetchall() == []

    def teardown(self) -> None:
        self.journal.close()
        self._folder.cleanup()


Roster.TestCase.settings = settings(max_examples=20, stateful_step_count=12, deadline=None)
TestRoster = Roster.TestCase
