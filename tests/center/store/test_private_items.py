"""Whoever has the center's database, but not its key file, reads nobody's name."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from center.store import SqlStore, StoreError, open_store
from station.sync.items import NoticeItem, PersonItem, TaskItem, encode_item
from tests.center.store.server import Server

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
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
