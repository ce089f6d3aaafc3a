"""People as a plan has them, written if nobody has changed one of them since the plan was made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from center.scope import is_within
from center.store.database import Connection
from center.store.directory import Known
from center.store.lists import Lists, ScopedItem
from station.sync.items import decode_item

CHANNEL = "people"
TRIES = 5  # to plan anew; a large list takes seconds, and others go on working


def where_known(
    items: Iterable[tuple[str, str, bytes]], seen: Mapping[str, Known], branch: str
) -> Iterator[ScopedItem]:
    """People of a list for this branch, or facts of them (`person:ID:kind`), with where each belongs: whoever
    is known in a compound below it stays there, in sight of those who look after them."""
    for name, key, body in items:
        known = seen.get(key if name == "person" else key.split(":")[1])
        yield name, key, body, known.branch if known and is_within(known.branch, branch) else branch


def put_seen(
    lists: Lists,
    items: Iterable[ScopedItem],
    seen: Mapping[str, Known],
    also: Callable[[Connection], None] | None = None,
) -> bool:
    """All of them and what is `also` done with them, or none.

    False if what is there is not what was `seen` of it (by id; not there: nobody).

    A whole person is written, and what somebody else wrote of them in between would be gone.
    """

    def is_as_seen(item: ScopedItem, body: bytes | None, scope: str) -> bool:
        one = seen.get(item[1])
        if one is None or body is None:
            return one is None and body is None
        return scope == one.branch and decode_item("person", body) == one.person

    return not lists.put_where(CHANNEL, items, is_as_seen, together=True, also=also)
