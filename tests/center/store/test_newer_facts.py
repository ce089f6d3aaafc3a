"""What a list says of somebody, when something newer was told while it was being read."""

from __future__ import annotations

import pytest

from center.store import SqlStore
from center.store.newer_facts import put_newer
from station.sync.items import FactItem, decode_item, encode_item

DAY_MS = 86_400_000
NOW_MS = 20 * DAY_MS
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

    left = put_newer(
        store.lists, [(*colour("green", 1000), BRANCH), (*colour("yellow", 1000, "p2"), OTHER)], NOW_MS
    )

    assert [key for _, key, *_ in left] == ["person:p1:colour"]
    assert told(store) == ("red", BRANCH)
    assert told(store, "p2") == ("yellow", OTHER)
    assert not put_newer(store.lists, [(*colour("green", 3000), BRANCH)], NOW_MS)
    assert told(store) == ("green", BRANCH)


@pytest.mark.parametrize("before", ["green", "yellow"])
def test_nothing_better_from_the_future_keeps_a_red_out(store: SqlStore, before: str) -> None:
    store.lists.put("quick", [colour(before, NOW_MS + DAY_MS)], BRANCH)

    assert put_newer(store.lists, [(*colour("green", NOW_MS - 1), BRANCH)], NOW_MS)
    assert not put_newer(store.lists, [(*colour("red", NOW_MS - 1), BRANCH)], NOW_MS)
    assert told(store) == ("red", BRANCH)


def result(value: str, at_ms: int) -> tuple[str, str, bytes, str]:
    return "fact", "person:p1:test", encode_item(FactItem("person", "p1", "test", value, at_ms)), BRANCH


def newest_test(store: SqlStore) -> str:
    fact = decode_item("fact", store.lists.get("quick", "fact", "person:p1:test") or b"")
    assert isinstance(fact, FactItem)
    return fact.value


@pytest.mark.parametrize("value", ["positive", "negative"])
def test_the_result_of_yesterdays_sample_comes_when_todays_is_taken_already(
    store: SqlStore, value: str
) -> None:
    put_newer(store.lists, [result("unknown", 2 * DAY_MS)], NOW_MS)

    assert not put_newer(store.lists, [result(value, DAY_MS)], NOW_MS)
    assert newest_test(store) == value


def test_a_sample_without_a_result_undoes_no_positive_one_while_that_counts(store: SqlStore) -> None:
    put_newer(store.lists, [result("positive", DAY_MS)], NOW_MS)

    assert put_newer(store.lists, [result("unknown", DAY_MS)], NOW_MS)  # the former list once more
    assert put_newer(store.lists, [result("unknown", 2 * DAY_MS)], NOW_MS)
    assert newest_test(store) == "positive"
    assert not put_newer(store.lists, [result("unknown", 16 * DAY_MS)], NOW_MS)
    assert not put_newer(store.lists, [result("negative", 17 * DAY_MS)], NOW_MS)
    assert newest_test(store) == "negative"


def test_a_sample_from_the_future_keeps_no_positive_result_out(store: SqlStore) -> None:
    put_newer(store.lists, [result("unknown", NOW_MS + 30 * DAY_MS)], NOW_MS + 30 * DAY_MS)

    assert put_newer(store.lists, [result("unknown", NOW_MS)], NOW_MS)
    assert not put_newer(store.lists, [result("positive", NOW_MS - 1)], NOW_MS)
    assert newest_test(store) == "positive"


def test_what_was_taken_back_may_be_told_again(store: SqlStore) -> None:
    store.lists.put("quick", [colour("red", 2000)], BRANCH)
    store.lists.put("quick", [("fact", "person:p1:colour", None)], BRANCH)

    assert not put_newer(store.lists, [(*colour("green", 1000), BRANCH)], NOW_MS)
    assert told(store) == ("green", BRANCH)


def test_all_of_some_or_none_of_them(store: SqlStore) -> None:
    store.lists.put("quick", [colour("red", 2000)], BRANCH)
    some = [(*colour("green", 9), BRANCH), (*colour("green", 9, "p2"), BRANCH)]

    before = store.lists.newest("quick")
    left = store.lists.put_where("quick", some, lambda _, body, scope: body is None, together=True)

    assert left == some
    assert store.lists.newest("quick") == before
    assert store.lists.get("quick", "fact", "person:p2:colour") is None
