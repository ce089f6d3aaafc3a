"""Facts that are told of people and say nothing any more: test results of long ago, and what is told of
somebody who is on no list. What holds for anybody whom a gate may meet stays, however old it is.

A watch that was lifted stays as a value: were it taken away, what a gate itself once wrote would hold again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import msgspec

from center.store.database import Connection, Database
from center.store.lists import Lists
from station.sync.items import FactItem, decode_item

_CHANNEL, _LIST = "quick", "fact"
_AT_ONCE = 1000
_MAYBE = (
    "SELECT key, body, scope FROM item WHERE channel = 'quick' AND list = 'fact' AND body IS NOT NULL"
    " AND (key LIKE '%:test' OR key LIKE 'person:%')"
)
_PEOPLE = "SELECT key FROM item WHERE channel = 'people' AND list = 'person' AND body IS NOT NULL"


def told_ms(connection: Connection) -> list[int]:
    """When each of them was told last, UTC ms."""
    return [as_of_ms for *_, as_of_ms in _old(connection)]


def erase(database: Database, lists: Lists, before_ms: int) -> int:
    """Take back from all gates what was told last before this moment, UTC ms. How many."""
    by_scope: dict[str, list[tuple[str, str, None]]] = defaultdict(list)
    with database.read() as connection:
        for key, scope, as_of_ms in _old(connection):
            if as_of_ms < before_ms:
                by_scope[scope].append((_LIST, key, None))
    for scope, items in by_scope.items():
        for place in range(0, len(items), _AT_ONCE):
            some = items[place : place + _AT_ONCE]
            forget_colours(database, [key for _, key, _ in some])
            lists.put(_CHANNEL, some, scope)
    return sum(map(len, by_scope.values()))


def forget_colours(database: Database, keys: list[str]) -> None:
    """Before the facts go: that they are gone is no change of a colour, of which somebody must be told."""
    with database.write() as connection:
        for about, subject, kind in map(parts_of, keys):
            if kind == "colour":
                connection.run("DELETE FROM colour_now WHERE about = ? AND subject = ?", about, subject)


def parts_of(key: str) -> tuple[str, str, str]:
    """About what kind of thing, which one, what: person:…:colour."""
    about, _, rest = key.partition(":")
    subject, _, kind = rest.rpartition(":")
    return about, subject, kind


def _old(connection: Connection) -> Iterator[tuple[str, str, int]]:
    """Key, scope, and when it was told last."""
    people = {key for (key,) in connection.rows(_PEOPLE)}
    for key, body, scope in connection.each(_MAYBE):
        about, subject, kind = parts_of(key)
        if kind != "test" and (about != "person" or subject in people):
            continue
        try:
            fact = decode_item(_LIST, bytes(body))
        except msgspec.DecodeError:
            continue  # of a newer center
        assert isinstance(fact, FactItem)
        yield key, scope, fact.as_of_ms
