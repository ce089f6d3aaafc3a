"""What a list says of somebody, when something newer was told while it was being read."""

from __future__ import annotations

from center.store import SqlStore
from center.store.newer_facts import put_newer
from station.sync.items import FactItem, decode_item, encode_item

BRANCH, OTHER = "江北区/和平", "江北区/幸福"


def colour(value: str, at_ms: int, person: str = "p1") -> tuple[str, str, bytes]:
    return "fact", f"person:{person}:colour", encode_item(FactItem("person", person, "colour", value, at_ms))


def told(store: SqlStore, person: str = "p1") -> tuple[str, str | None]:
    key = f"person:{person}:colour"
    fact = decode_item("fact", store.lists.get("quick", "fact", key) or b"")
    assert isinstance(fact, FactItem)
    return fact.value, store.lists.scope_of("quick", "fact", key)


def test_a_green_of_yesterdays_list_does_not_take_back_the_red_of_a_minute_ago(store: SqlStore) -> None:
    store.lists.put("quick", [colour("red", 2000)], BRANCH)

    left = put_newer(store.lists, [(*colour("green", 1000), BRANCH), (*colour("yellow", 1000, "p2"), OTHER)])

    assert [key for _, key, *_ in left] == ["person:p1:colour"]
    assert told(store) == ("red", BRANCH)
    assert told(store, "p2") == ("yellow", OTHER)
    assert not put_newer(store.lists, [(*colour("green", 3000), BRANCH)])
    assert told(store) == ("green", BRANCH)


def test_what_was_taken_back_may_be_told_again(store: SqlStore) -> None:
    store.lists.put("quick", [colour("red", 2000)], BRANCH)
    store.lists.put("quick", [("fact", "person:p1:colour", None)], BRANCH)

    assert not put_newer(store.lists, [(*colour("green", 1000), BRANCH)])
    assert told(store) == ("green", BRANCH)


def test_all_of_some_or_none_of_them(store: SqlStore) -> None:
    store.lists.put("quick", [colour("red", 2000)], BRANCH)
    some = [(*colour("green", 9), BRANCH), (*colour("green", 9, "p2"), BRANCH)]

    before = store.lists.newest("quick")
    left = store.lists.put_where("quick", some, lambda _, body, scope: body is None, together=True)

    assert left == some
    assert store.lists.newest("quick") == before
    assert store.lists.get("quick", "fact", "person:p2:colour") is None
