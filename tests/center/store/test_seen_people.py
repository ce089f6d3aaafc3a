"""A list of people is planned, which takes its time, and then written: meanwhile others go on working."""

from __future__ import annotations

from center.scope import EVERYWHERE
from center.store import SqlStore
from center.store.lists import ScopedItem
from center.store.seen_people import put_seen
from station.sync.items import PersonItem, encode_item

AMY, BOB = "a" * 32, "b" * 32


def item(person_id: str, **said: str) -> ScopedItem:
    return "person", person_id, encode_item(PersonItem("resident", "Amy", **said)), "江北区"  # type: ignore[arg-type]


def test_a_list_takes_nobody_while_one_of_them_was_changed_since(store: SqlStore) -> None:
    lists, directory = store.lists, store.directory
    assert put_seen(lists, [item(AMY)], {})
    seen = {one.id: one for one in directory.everybody(EVERYWHERE)}
    lists.put("people", [item(AMY, note="耳背")[:3]], "江北区")

    assert not put_seen(lists, [item(AMY, occupation="司机"), item(BOB)], seen)
    (amy,) = directory.everybody(EVERYWHERE)  # Bob neither: the list is planned anew as a whole
    assert (amy.person.note, amy.person.occupation) == ("耳背", "")

    assert put_seen(lists, [item(AMY, note="耳背", occupation="司机"), item(BOB)], {AMY: amy})
    assert {one.id for one in directory.everybody(EVERYWHERE)} == {AMY, BOB}


def test_whoever_was_removed_or_moved_or_came_meanwhile_is_another_than_was_seen(store: SqlStore) -> None:
    lists, directory = store.lists, store.directory
    put_seen(lists, [item(AMY)], {})
    seen = {one.id: one for one in directory.everybody(EVERYWHERE)}

    assert not put_seen(lists, [item(AMY)], {})  # the list took them for new
    lists.put("people", [item(AMY)[:3]], "江北区/和平街道")
    assert not put_seen(lists, [item(AMY)], seen)
    lists.put("people", [("person", AMY, None)], "江北区")
    assert not put_seen(lists, [item(AMY)], seen)
    assert put_seen(lists, [item(AMY)], {})
