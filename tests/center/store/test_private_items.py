"""Whoever has the center's database, but not its key file, reads nobody's name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from time import process_time

import pytest

from center.scope import EVERYWHERE, Scope
from center.store import SqlStore, StoreError, one_person, open_store
from center.store.console_audit import Note
from station.core.entry import ReasonPart
from station.sync.items import NoticeItem, PersonItem, TaskItem, encode_item
from station.sync.reports import CaseReport
from tests.center.gate import NOON_MS, record
from tests.center.store.gate import ITEMS_KEY, Gate
from tests.center.store.server import Server

KEY, OTHER_KEY = ITEMS_KEY, b"o" * 32
NAME = "欧阳震华"
SEALED, IN_CLEAR = f"{NAME}甲", f"{NAME}乙"


def person(name: str) -> bytes:
    return encode_item(PersonItem("resident", name, "3-2-501", phones=("13800001111",)))


def on_disk(where: str, request: pytest.FixtureRequest) -> bytes:
    """Every byte of the database's files, the log of transactions with them."""
    folder = Path(where).parent
    if where.startswith("postgresql"):
        server: Server = request.getfixturevalue("postgresql")
        server.run("CHECKPOINT")
        folder = server.folder
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def some_lists(store: SqlStore, name: str) -> None:
    store.lists.put("people", [("person", name[-1], person(name))])
    notice = NoticeItem(0, f"{name}家停水")
    task = TaskItem(0, f"看看{name}")
    store.lists.put(
        "quick", [("notice", name[-1], encode_item(notice)), ("task", name[-1], encode_item(task))]
    )


def test_no_name_lies_in_the_files_of_the_database(where: str, request: pytest.FixtureRequest) -> None:
    with_key, without = open_store(where, items_key=KEY), open_store(where)
    some_lists(with_key, SEALED)
    some_lists(without, IN_CLEAR)
    with_key.close()
    without.close()

    files = on_disk(where, request)

    assert SEALED.encode() not in files
    assert files.count(IN_CLEAR.encode()) >= 3  # the test can see names


def see_to_it(store: SqlStore, gate: Gate, name: str) -> None:
    """Somebody isolated comes to a gate: an alarm, a whistle, and what the duty officer types about both."""
    code = gate.station[-10:]
    store.stations.add_enrol_code(code, name="东门", gate="东门", branch="", expires_ms=2**50)
    store.stations.enrol(code, station=gate.station, public_key=bytes(32), seal_key=bytes(32), now_ms=NOON_MS)
    reasons = (ReasonPart("isolated_leaving", 2),)
    gate.push(store, [record(1, reasons=reasons, person_id="p1", severity=2)])
    (alarm,) = [one for one in store.alarms.unseen(Scope(("",))) if one.station == gate.station]
    store.alarms.see(alarm, "duty", f"{name}送回家了", NOON_MS, Note(NOON_MS, "duty", "看了告警"))
    case = store.cases.begin("", CaseReport("request", NOON_MS, "food", "买菜"), NOON_MS)
    store.cases.go(case.key, f"{name}的儿子", NOON_MS)


def test_what_was_done_about_somebody_isolated_does_not_lie_in_the_files(
    where: str, request: pytest.FixtureRequest
) -> None:
    with_key, without = open_store(where, items_key=KEY), open_store(where)
    see_to_it(with_key, Gate(b"south gate 00001"), SEALED)
    told = {one.said for one in with_key.alarms.all(Scope(("",)))}
    told |= {case.going for case in with_key.cases.open("")}
    see_to_it(without, Gate(b"north gate 00002"), IN_CLEAR)
    with_key.close()
    without.close()

    files = on_disk(where, request)

    assert told == {f"{SEALED}送回家了", f"{SEALED}的儿子"}
    assert SEALED.encode() not in files
    assert files.count(IN_CLEAR.encode()) >= 2  # the test can see names


def test_what_was_typed_before_it_was_sealed_is_still_read(where: str) -> None:
    without = open_store(where)
    see_to_it(without, Gate(b"north gate 00002"), IN_CLEAR)
    without.close()
    store = open_store(where, items_key=KEY)
    assert [one.said for one in store.alarms.all(Scope(("",)))] == [f"{IN_CLEAR}送回家了"]
    store.close()


def test_who_has_the_key_reads_what_was_written(where: str) -> None:
    store = open_store(where, items_key=KEY)
    some_lists(store, NAME)
    (item,) = store.lists.page("people", store.epoch, 0, 100).items
    (listed,) = store.lists.each("people", "person")

    assert item.body == listed.body == store.lists.get("people", "person", NAME[-1]) == person(NAME)
    assert store.lists.put("people", [("person", NAME[-1], person(NAME))]) == 1  # nothing new
    assert store.lists.put("people", [("person", NAME[-1], person("别人"))]) == 2
    store.close()


@pytest.mark.parametrize("key", [OTHER_KEY, None], ids=["another key", "no key"])
def test_without_the_key_that_is_said(where: str, key: bytes | None) -> None:
    store, thief = open_store(where, items_key=KEY), open_store(where, items_key=key)
    some_lists(store, NAME)

    with pytest.raises(StoreError, match="sealed"):
        thief.lists.get("people", "person", NAME[-1])
    store.close()
    thief.close()


def test_nobody_is_given_the_name_of_another(where: str) -> None:
    store = open_store(where, items_key=KEY)
    store.lists.put("people", [("person", "a", person("张三")), ("person", "b", person("李四"))])
    with store.database.write() as connection:
        connection.run(
            "UPDATE item SET body = (SELECT body FROM item WHERE channel = 'people' AND key = 'a')"
            " WHERE channel = 'people' AND key = 'b'"
        )

    assert store.lists.get("people", "person", "a") == person("张三")
    with pytest.raises(StoreError):
        store.lists.get("people", "person", "b")
    store.close()


def test_what_lay_in_clear_is_sealed_when_it_is_written_again(where: str) -> None:
    before, store = open_store(where), open_store(where, items_key=KEY)
    before.lists.put("people", [("person", "a", person(NAME))])
    assert store.lists.get("people", "person", "a") == person(NAME)

    store.lists.put("people", [("person", "a", person(NAME))])

    assert store.lists.get("people", "person", "a") == person(NAME)
    with pytest.raises(StoreError):
        before.lists.get("people", "person", "a")
    before.close()
    store.close()


def test_sealing_costs_a_page_little(tmp_path: Path) -> None:
    """Some microseconds a person; the limit leaves room for a busy machine."""
    seconds = []
    for key in (None, KEY):
        store = open_store(tmp_path / f"{bool(key)}.db", items_key=key)
        store.lists.put("people", [("person", f"{n:032x}", person(f"{NAME}{n}")) for n in range(2000)])
        best = 1.0
        for _ in range(5):
            began = process_time()
            store.lists.page("people", store.epoch, 0, 2000)
            best = min(best, process_time() - began)
        seconds.append(best)
        store.close()

    assert seconds[1] - seconds[0] < 0.05


@pytest.mark.both_databases
def test_somebody_is_erased_where_names_lie_sealed_also_who_came_back_after_a_merging(where: str) -> None:
    """As at every real center: the list's body was read as it lay, and nobody could be erased."""
    store, kept, back = open_store(where, items_key=KEY), "b" * 32, "c" * 32
    other = PersonItem("resident", "Sy", "4-1-102", former=(back,), went_by=("d" * 64,))
    store.lists.put("people", [("person", kept, encode_item(other)), ("person", back, person(NAME))])
    with store.database.write() as connection:
        one_person.make_one(connection, kept, back)
    note = Note(NOON_MS, "admin", "x")
    erasure = store.erasures.get(EVERYWHERE, store.erasures.ask("", back, "self", note))
    assert erasure is not None

    store.erasures.confirm(erasure, lambda *_: None, lambda *_: "receipt", replace(note, who="second"))

    assert store.directory.get(EVERYWHERE, back) is None
    stays = store.directory.get(EVERYWHERE, kept)
    assert stays is not None
    assert stays.person.former == ()
    store.close()
