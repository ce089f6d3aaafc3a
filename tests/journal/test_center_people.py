"""The center's people: found by their keys, the newest counts, and whoever is gone is erased."""

from __future__ import annotations

import random
import zlib
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from station.journal.center_index import CenterIndex, add_run, merge_small
from station.journal.center_lists import Applied, CenterLists
from station.journal.center_people import CenterPeople, open_chunk
from station.journal.center_roster import center_snapshot, center_version, open_center_people
from station.journal.entries import Journal
from station.journal.people import People, Person
from station.sync.bundle import ReadyPeople
from station.sync.people_chunks import MOST_CHUNK_BYTES, PLACES, ChunksError, id_key, packed, placed
from tests.journal.given import Channel, enrol, gone, key, person
from tests.journal.samples import NOON

ANOTHER = b"f" * 16


@pytest.fixture(params=[False, True], ids=["one by one", "made ready"])
def people(journal: Journal, request: pytest.FixtureRequest) -> Channel:
    enrol(journal)
    return Channel(CenterLists(journal), journal, "people", ready=request.param)


@pytest.fixture
def ready(journal: Journal) -> Channel:
    enrol(journal)
    return Channel(CenterLists(journal), journal, "people", ready=True)


def center(channel: Channel) -> CenterPeople:
    return CenterPeople(channel.journal.connection, channel.journal.vault)


def tidy(channel: Channel) -> None:
    while channel.lists.tidy():
        pass


def code_of(channel: Channel, code: str) -> str | None:
    found = center(channel).by_code(key("code", code))
    return found.id if found else None


def lying_there(channel: Channel) -> list[str]:
    """The ids of all whose data can still be opened."""
    rows = channel.journal.connection.execute("SELECT chunk, sealed FROM center_chunk")
    every = [one for chunk, sealed in rows for one in open_chunk(channel.journal.vault, chunk, sealed)]
    return sorted(one.id for one in every if one.body is not None)


def test_somebody_is_found_by_id_code_and_house(people: Channel) -> None:
    applied = people.give(person("p1", codes=("A", "B")), person("p2", "李红", "5-1-101"))

    assert (applied.people, applied.complete) == (2, True)
    assert [code_of(people, code) for code in "ABC"] == ["p1", "p1", None]
    found = center(people).by_id("p2")
    assert found
    assert (found.item.name, found.item.dwelling) == ("李红", "5-1-101")
    assert center(people).by_id("p3") is None
    assert [one.id for one in center(people).living_in(key("dwelling", "3-2-501"))] == ["p1"]
    assert center(people).by_code("no key at all") is None


def test_a_code_goes_to_whoever_got_it_last(people: Channel) -> None:
    people.give(person("p1", codes=("A",)))
    people.give(person("p2", "李红", codes=("A",)))
    assert code_of(people, "A") == "p2"

    people.give(person("p2", "李红"))
    assert code_of(people, "A") == "p1"


def test_a_changed_person_is_not_found_by_what_was(people: Channel) -> None:
    people.give(person("p1", codes=("A",)))
    people.give(person("p1", dwelling="5-1-101", codes=("B",)))

    assert [code_of(people, code) for code in "AB"] == [None, "p1"]
    assert center(people).living_in(key("dwelling", "3-2-501")) == []


def test_whoever_is_gone_is_not_found_and_soon_erased(people: Channel) -> None:
    people.give(person("p1", codes=("A",)), person("p2", codes=("B",)))
    people.give(gone("person", "p1"))

    assert code_of(people, "A") is None
    assert center(people).by_id("p1") is None
    tidy(people)
    assert lying_there(people) == ["p2"]
    assert code_of(people, "B") == "p2"


def test_former_versions_are_erased_too(people: Channel) -> None:
    for dwelling in ("1-1-1", "2-2-2", "3-3-3"):
        people.give(person("p1", dwelling=dwelling))
    tidy(people)

    assert lying_there(people) == ["p1"]
    found = center(people).by_id("p1")
    assert found
    assert found.item.dwelling == "3-3-3"


def test_a_refetch_keeps_everybody_until_it_is_whole(people: Channel) -> None:
    people.give(person("p1", codes=("A",)), person("p2", codes=("B",)))
    people.restored(ANOTHER)
    people.give(person("p2", codes=("C",)), more=True, refetch=True)

    assert [code_of(people, code) for code in "ABC"] == ["p1", None, "p2"]
    people.give(person("p3", codes=("D",)))
    assert [code_of(people, code) for code in "ABCD"] == [None, None, "p2", "p3"]
    tidy(people)
    assert lying_there(people) == ["p2", "p3"]


def test_many_small_changes_become_few_runs(people: Channel) -> None:
    for number in range(60):
        people.give(person(f"p{number % 25}", dwelling=f"1-1-{number}", codes=(f"code {number}",)))
    tidy(people)

    (runs,) = people.journal.connection.execute("SELECT count(*) FROM center_run").fetchone()
    assert runs <= 16
    assert [code_of(people, f"code {number}") for number in (0, 34, 35, 59)] == [None, None, "p10", "p9"]


class Plain:
    """The same people in a plain table."""

    def __init__(self, seed: int) -> None:
        self.chance, self.version = random.Random(seed), 0
        self.now: dict[str, tuple[str, str]] = {}  # dwelling and code by id

    def change(self) -> tuple[str, str, bytes | None]:
        who = f"p{self.chance.randrange(200)}"
        if self.chance.random() < 0.3:
            self.now.pop(who, None)
            return gone("person", who)
        self.version += 1
        dwelling, code = self.now[who] = f"1-{self.version}", f"code {self.version}"
        return person(who, dwelling=dwelling, codes=(code,))

    def compare(self, channel: Channel) -> None:
        asked = center(channel)
        for who in (f"p{number}" for number in range(200)):
            found = asked.by_id(who)
            assert (found.item.dwelling if found else None) == self.now.get(who, (None,))[0]
        assert [code_of(channel, code) for _, code in self.now.values()] == list(self.now)


@pytest.mark.parametrize("seed", range(3))
def test_random_changes_end_as_in_a_plain_table(people: Channel, seed: int) -> None:
    plain = Plain(seed)
    for _ in range(40):
        people.give(*(plain.change() for _ in range(plain.chance.choice([1, 3, 120]))))
        if plain.chance.random() < 0.3:
            people.lists.tidy()
    plain.compare(people)
    tidy(people)
    plain.compare(people)
    assert lying_there(people) == sorted(plain.now)


def test_the_list_to_search_in_leaves_out_our_own_people(people: Channel) -> None:
    roster = People(people.journal)
    roster.add([Person("ours", "王芳", "3栋2单元501", "resident")], as_of=NOON)
    tidy(people)
    before = center_version(people.journal.connection)
    people.give(person("same", "王芳", "3-2-501"), person("other", "李红"), person("gone", "赵六"))
    people.give(gone("person", "gone"))

    found = open_center_people(people.journal.vault, center_snapshot(people.journal.connection))
    assert [(one.id, one.name, one.dwelling, one.phones) for one in found] == [
        ("other", "李红", "3-2-501", ("13800001234",))
    ]
    assert center_version(people.journal.connection) != before


@pytest.mark.parametrize("merged", [False, True], ids=["", "who was both"])
def test_a_son_of_his_fathers_name_is_found_by_name_though_our_roster_has_the_father_alone(
    people: Channel, merged: bool
) -> None:
    """He is red by the center: whoever could pick the father alone let him in as the father."""
    his, fathers = "110101198001010019", "110101195001010014"
    father = Person("father", "王强", "3栋2单元501", "resident", id_number=fathers)
    People(people.journal).add([father], as_of=NOON)
    tidy(people)
    by = (key("resident", "王强\0003-2-501"),)
    name, former = ("王蔷", ("twice",)) if merged else ("王强", ())
    son = person("son", name, id_number=his, former=former, went_by=by if merged else ())
    people.give(son, *([] if merged else [person("father too", "王强", id_number=fathers)]))

    found = open_center_people(people.journal.vault, center_snapshot(people.journal.connection))
    assert [one.id for one in found] == ["son"]


def test_an_open_roster_of_two_thousand_is_one_short_write(people: Channel, folder: Path) -> None:
    """The lane's part of a page: forty rows and one run."""
    people.give(*(person(f"p{number}", codes=(f"code {number}",)) for number in range(2000)))

    assert people.journal.connection.execute("SELECT count(*) FROM center_chunk").fetchone() == (40,)
    assert people.journal.connection.execute("SELECT count(*) FROM center_run").fetchone() == (1,)
    assert code_of(people, "code 1999") == "p1999"


def test_many_small_runs_are_merged_a_few_at_a_time_and_nothing_is_lost(journal: Journal) -> None:
    connection, runs, keys = journal.connection, 60, 3000
    for run in range(runs):
        numbers = [placed(key * 7919 % 2**32, key % PLACES) for key in range(run * keys, (run + 1) * keys)]
        add_run(connection, 1, 1 + run * 50, packed(numbers))
    before = [CenterIndex(connection).places(key * 7919 % 2**32, 0) for key in range(0, runs * keys, 997)]

    sizes = [[size for (size,) in connection.execute("SELECT length(keys) / 8 FROM center_run")]]
    while merge_small(connection):
        sizes.append([size for (size,) in connection.execute("SELECT length(keys) / 8 FROM center_run")])

    assert max(map(max, sizes)) < 20_000  # no step takes them all: at 100,000 people that was 0.3 s
    assert len(sizes[-1]) < len(sizes[0]) / 2
    assert sum(sizes[-1]) == runs * keys
    assert [
        CenterIndex(connection).places(key * 7919 % 2**32, 0) for key in range(0, runs * keys, 997)
    ] == before


# --- what this version does not understand, or what the center made wrong --------------------------


def made_by(channel: Channel, people: ReadyPeople) -> Applied:
    """A page of three versions."""
    page = channel.page()
    channel.version += 3
    until = channel.version
    return channel.take(msgspec.structs.replace(page, until=until, people=people))


def chunk_of(*people: tuple[str, int, bytes | None]) -> bytes:
    return zlib.compress(msgspec.msgpack.encode(people))


def ids(*people: str) -> bytes:
    return packed(placed(id_key(one), place) for place, one in enumerate(people))


def test_somebody_of_a_form_of_tomorrow_is_counted_and_kept_and_what_was_known_counts(ready: Channel) -> None:
    ready.give(person("p1", codes=("A",)))
    tomorrow, other = msgspec.msgpack.encode([{"new": "form"}]), person("p2", codes=("B",))[2]
    made_by(ready, ReadyPeople(2, (chunk_of(("p1", 2, tomorrow), ("p2", 3, other)),), ids("p1", "p2")))
    tidy(ready)

    assert [getattr(center(ready).by_id(one), "id", None) for one in ("p1", "p2")] == ["p1", "p2"]
    assert code_of(ready, "A") == "p1"
    assert lying_there(ready) == ["p1", "p1", "p2"]
    assert ready.lists.cursor("people").skipped == 1
    sealed = center_snapshot(ready.journal.connection)
    assert [one.id for one in open_center_people(ready.journal.vault, sealed)] == ["p1", "p2"]


WRONG = {
    "not zlib": b"\x78 no zlib at all",
    "no MessagePack": zlib.compress(b"\xc1"),
    "nobody": chunk_of(),
    "too much": zlib.compress(bytes(MOST_CHUNK_BYTES + 1)),
    "people without ids": zlib.compress(msgspec.msgpack.encode([[7, 1, None]] * 3)),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_a_chunk_that_is_none_is_counted_and_holds_nothing_up(ready: Channel, wrong: bytes) -> None:
    ready.give(person("p1", codes=("A",)), person("p2", codes=("B",)))
    applied = made_by(ready, ReadyPeople(3, (wrong,), ids("p1", "p2", "p3")))
    ready.give(person("p4", codes=("C",)))
    tidy(ready)

    assert applied.outcome == "applied"
    assert [code_of(ready, code) for code in "ABC"] == ["p1", "p2", "p4"]
    assert center(ready).by_id("p3") is None
    assert ready.lists.cursor("people").skipped == 1
    sealed = center_snapshot(ready.journal.connection)
    assert [one.id for one in open_center_people(ready.journal.vault, sealed)] == ["p1", "p2", "p4"]


def test_more_than_a_chunk_has_places_for_are_not_found_and_harm_nobody(ready: Channel) -> None:
    many = [(f"p{number}", 1, person(f"p{number}")[2]) for number in range(PLACES + 20)]
    made_by(ready, ReadyPeople(PLACES, (chunk_of(*many),), ids(*(one for one, *_ in many[:PLACES]))))
    ready.give(person("after", codes=("A",)))
    tidy(ready)

    assert code_of(ready, "A") == "after"
    assert len(lying_there(ready)) == PLACES + 1


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    chunks=st.lists(st.binary(max_size=60), min_size=1, max_size=3),
    packs=st.booleans(),
    keys=st.lists(st.tuples(st.sampled_from(["p1", "p2", "after"]), st.integers(0, 300)), max_size=12),
    count=st.integers(0, 200),
)
def test_no_page_that_the_center_may_sign_does_harm(
    ready: Channel, chunks: list[bytes], packs: bool, keys: list[tuple[str, int]], count: int
) -> None:
    """Refused whole, or kept and skipped: who was known is found, nobody else."""
    ready.give(person("p1", codes=("A",)))
    numbers = packed(placed(id_key(who), place) for who, place in keys)
    made = tuple(zlib.compress(one) if packs else one for one in chunks)
    before = ready.version
    try:
        made_by(ready, ReadyPeople(count, made, numbers))
    except ChunksError:
        ready.version = before
    ready.give(person("after", codes=("B",)))
    tidy(ready)

    assert [code_of(ready, code) for code in "AB"] == ["p1", "after"]
    assert center(ready).by_id("p2") is None
