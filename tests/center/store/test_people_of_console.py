"""What the console keeps of people, on both databases: directory, watches of two, passes, rows kept aside."""

from __future__ import annotations

import gc
from dataclasses import replace

import pytest

from center.scope import EVERYWHERE, Scope
from center.store import SqlStore, open_store
from center.store.center_passes import CenterPass
from center.store.console_audit import Note
from center.store.houses import ChangedError, Compound, House, HouseSays
from center.store.roster_files import FILE_KEPT_MS, FileSays, HeldRow, Reason, RowSays
from center.store.watches import Proposal, WatchError, WatchProblem
from station.roster.sheets import Row, Sheet
from station.sync.items import FactItem, PersonItem, decode_item, encode_item
from tests.center.store.gate import ITEMS_KEY

FIRST, SECOND = "a/b", "a/c"
OURS = Scope((FIRST,))


def by(who: str, at_ms: int = 1000) -> Note:
    return Note(at_ms, who, "x", FIRST)


def put(store: SqlStore, number: int, branch: str = FIRST, dwelling: str = "3-2-501", name: str = "N") -> str:
    key = f"{number:032x}"
    body = encode_item(PersonItem("resident", name, dwelling, house=f"h{dwelling}", keys=(f"n{number}", "r")))
    store.lists.put("people", [("person", key, body)], branch)
    return key


def told(store: SqlStore, person: str, kind: str) -> str:
    body = store.lists.get("quick", "fact", f"person:{person}:{kind}")
    fact = decode_item("fact", body) if body else None
    return fact.value if isinstance(fact, FactItem) else ""


def proposal(urgent: bool = False, value: str = "isolation", kind: str = "isolation") -> Proposal:
    return Proposal(FIRST, f"{1:032x}", kind, value, None, urgent, "why")


def test_the_directory_follows_the_lists_whoever_changes_them(store: SqlStore, where: str) -> None:
    one = put(store, 1)
    assert [known.id for known in store.directory.everybody(EVERYWHERE)] == [one]
    other = open_store(where, items_key=ITEMS_KEY)  # another process
    two = put(other, 2, dwelling="3-2-1001")
    put(other, 1, dwelling="3-10-501")
    other.close()
    assert [known.id for known in store.directory.everybody(EVERYWHERE)] == [two, one]  # 2 before 10
    put(store, 1, SECOND)
    assert [known.id for known in store.directory.everybody(OURS)] == [two]
    store.lists.put("people", [("person", two, None)], FIRST)
    assert store.directory.everybody(OURS) == []
    store.lists.forget_tombstones()  # a new epoch
    assert [known.id for known in store.directory.everybody(EVERYWHERE)] == [one]
    assert store.directory.with_number("n1") == {one}
    assert store.directory.get(OURS, one) is None


def test_several_are_found_at_once_and_nobody_of_other_branches(store: SqlStore) -> None:
    one, two = put(store, 1), put(store, 2, SECOND)
    assert set(store.directory.some(OURS, [one, two, f"{3:032x}"])) == {one}
    assert set(store.directory.some(EVERYWHERE, [two, one, two])) == {one, two}


def test_many_changes_keep_the_order(store: SqlStore) -> None:
    for number in (5, 3, 9, 1, 7):
        put(store, number, dwelling=f"1-1-{number}")
        store.directory.counts(EVERYWHERE)
    put(store, 3, dwelling="1-1-8")
    put(store, 3, dwelling="1-1-2")
    found = [known.person.dwelling for known in store.directory.everybody(EVERYWHERE)]
    assert found == ["1-1-1", "1-1-2", "1-1-5", "1-1-7", "1-1-9"]
    page = store.directory.page(EVERYWHERE, f"{3:032x}", 2)
    assert [known.person.dwelling for known in page] == ["1-1-5", "1-1-7"]


def test_a_second_person_is_somebody_else_and_only_one_decides(store: SqlStore) -> None:
    watch_id = store.watches.propose(proposal(), by("first"))
    watch = store.watches.get(OURS, watch_id)
    assert watch is not None
    assert told(store, watch.person, "isolation") == ""
    assert told(store, watch.person, "isolation_pending") == "isolation"
    with pytest.raises(WatchError) as error:
        store.watches.verify(watch, "", by("first", 2000))
    assert error.value.what is WatchProblem.SAME_PERSON
    store.watches.verify(watch, "", by("second", 2000))
    assert told(store, watch.person, "isolation") == "isolation"
    with pytest.raises(WatchError) as error:
        store.watches.refuse(watch, "", by("third", 3000))
    assert error.value.what is WatchProblem.DECIDED
    assert told(store, watch.person, "isolation") == "isolation"  # what was refused too late is undone


def test_a_refused_proposal_leaves_nothing_at_the_gates(store: SqlStore) -> None:
    for urgent in (False, True):
        watch = store.watches.get(OURS, store.watches.propose(proposal(urgent), by("first")))
        assert watch is not None
        assert told(store, watch.person, "isolation") == ("isolation" if urgent else "")
        with pytest.raises(WatchError):
            store.watches.propose(proposal(), by("second"))
        store.watches.refuse(watch, "no", by("second", 2000))
        assert told(store, watch.person, "isolation_pending") == "none"
        assert told(store, watch.person, "isolation") == ("none" if urgent else "")
        assert store.watches.get(Scope((SECOND,)), watch.id) is None
    assert [one.said.answer for one in store.watches.latest(OURS)] == ["no", "no"]


def test_a_lifting_takes_two_as_well(store: SqlStore) -> None:
    with pytest.raises(WatchError):
        store.watches.propose(proposal(True, "none"), by("first"))
    first = store.watches.get(OURS, store.watches.propose(proposal(True), by("first")))
    assert first is not None
    store.watches.verify(first, "", by("second", 2000))
    lifting = store.watches.get(OURS, store.watches.propose(proposal(value="none"), by("first", 3000)))
    assert lifting is not None
    assert told(store, first.person, "isolation") == "isolation"
    store.watches.verify(lifting, "", by("second", 4000))
    assert told(store, first.person, "isolation") == "none"


def test_passes_are_known_and_revoked_everywhere(store: SqlStore) -> None:
    one = CenterPass(b"12345678", FIRST, "p", 1000, 9000, None, "first", "GP1:x")
    store.passes.add(one, ("gate-keys-x.pem", "text"), by("first"))
    assert store.passes.of(OURS, "p") == [one]
    assert store.passes.get(Scope((SECOND,)), one.id) is None
    store.passes.revoke(one, 5000, by("first"))
    (again,) = store.passes.latest(OURS)
    assert (again.revoked_ms, again.is_current(5001)) == (5000, False)
    page = store.lists.page("quick", store.epoch, 0, 500, SECOND)
    assert {item.list for item in page.items} == {"trust", "revoked_pass"}


def test_uploads_and_rows_that_were_not_taken(store: SqlStore) -> None:
    said = FileSays("x.csv", (Sheet("", (Row(1, ("a", "b")),)),))
    file = store.roster_files.get(OURS, store.roster_files.keep(FIRST, "people", said, by("first")))
    assert file is not None
    assert file.said == said
    rows = [
        HeldRow(
            bytes([n]) * 16,
            FIRST,
            "people",
            1000,
            "x",
            ("r",),
            RowSays("x.csv", n, (), ("c",), (Reason("r"),)),
        )
        for n in range(5)
    ]
    store.roster_files.finish(file, rows, by("first"))
    assert store.roster_files.get(OURS, file.id) is None
    assert store.roster_files.count_held(OURS) == 5
    first = store.roster_files.held(OURS, most=2)
    after = store.roster_files.held(OURS, (first[-1].at_ms, first[-1].id.hex()), most=9)
    assert [one.said.number for one in (*first, *after)] == [0, 1, 2, 3, 4]
    store.roster_files.drop_held(rows[0].id, by("first"))
    assert store.roster_files.held_row(OURS, rows[0].id) is None
    store.roster_files.keep(FIRST, "people", said, by("first"))
    store.roster_files.forget_files(1001 + FILE_KEPT_MS)
    store.roster_files.settle(FIRST, "f", by("first"))
    store.roster_files.settle(FIRST, "f", by("first"))
    assert store.roster_files.settled(OURS) == {"f"}


def test_an_upload_of_a_clock_that_was_ahead_is_not_kept_until_then(store: SqlStore) -> None:
    said = FileSays("people.csv", ())
    ids = [store.roster_files.keep(FIRST, "people", said, by("first", at_ms)) for at_ms in (10**12, 1001)]
    store.roster_files.forget_files(1001)
    assert [store.roster_files.get(OURS, id) is not None for id in ids] == [False, True]


def test_compounds_and_houses(store: SqlStore) -> None:
    court, renamed = Compound(FIRST, "Court"), Compound(FIRST, "Court 2")
    store.houses.put_compound(court, by("first"))
    store.houses.put_compound(renamed, by("first"), court)
    for was in (None, court):  # as a page of before has it
        with pytest.raises(ChangedError):
            store.houses.put_compound(court, by("first"), was)
    assert [one.name for one in store.houses.compounds(OURS)] == ["Court 2"]
    house = House(FIRST, "h", "let", "red", HouseSays("1-1-1", "Bob"), 5)
    store.houses.put(house, by("first"))
    for seen in (None, replace(house, grade="")):
        with pytest.raises(ChangedError):
            store.houses.put(replace(house, grade="green"), by("first"), seen)
    store.houses.put(house, by("first"), replace(house, changed_ms=4))
    assert store.houses.get(FIRST, "h") == house
    assert store.houses.all(Scope((SECOND,))) == {}
    store.houses.drop(FIRST, "h", by("first"))
    store.houses.drop_compound(FIRST, by("first"))
    assert store.houses.all(EVERYWHERE) == {}


def test_no_name_lies_open_in_the_database(where: str) -> None:
    store = open_store(where, items_key=ITEMS_KEY)
    put(store, 1, name="Secretname")
    store.houses.put(House(FIRST, "h", "", "", HouseSays("1-1-1", "Secretname")), by("first"))
    store.watches.propose(
        Proposal(FIRST, "p", "isolation", "isolation", None, False, "Secretname"), by("first")
    )
    said = FileSays("x", (Sheet("", (Row(1, ("Secretname",)),)),))
    store.roster_files.keep(FIRST, "people", said, by("first"))
    one = CenterPass(b"12345678", FIRST, "p", 1000, 9000, None, "first", "Secretname")
    store.passes.add(one, ("t", "x"), by("first"))
    with store.database.read() as connection:
        tables = ("item", "house", "watch", "roster_file", "center_pass")
        kept = [bytes(row[0]) for table in tables for row in connection.rows(f"SELECT body FROM {table}")]
    assert len(kept) >= 7
    assert not any(b"Secretname" in body for body in kept)
    assert store.directory.everybody(EVERYWHERE)[0].person.name == "Secretname"
    store.close()


def test_many_at_once_are_read_once_and_the_collector_goes_on(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("center.store.directory._VERY_MANY", 3)
    for number in range(10):
        put(store, number)
    assert len(store.directory.everybody(EVERYWHERE)) == 10
    assert store.directory.version() == store.directory.version()
    assert gc.isenabled()
    gc.unfreeze()


def test_a_search_finds_the_changed_and_not_the_gone_page_by_page(store: SqlStore) -> None:
    ids = [put(store, number, dwelling=f"3-2-{number}", name=f"Wang {number}") for number in range(1, 6)]
    put(store, 1, dwelling="3-2-1", name="Li")
    store.lists.put("people", [("person", ids[1], None)], FIRST)
    put(store, 9, SECOND, dwelling="3-2-1", name="Wang 9")
    directory = store.directory
    found = directory.fitting(OURS, lambda names, *_: names.holding("wang"))
    assert found == {ids[2], ids[3], ids[4]}
    first = directory.page(OURS, "", 2, found)
    assert [known.id for known in first] == [ids[2], ids[3]]
    assert [known.id for known in directory.page(OURS, first[-1].id, 2, found)] == [ids[4]]
    assert directory.page(EVERYWHERE, ids[0], 9, {ids[0]}) == []
    assert len(directory.fitting(EVERYWHERE, lambda _, dwellings, __: dwellings.same("3-2-1"))) == 2
