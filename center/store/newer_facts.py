"""Facts of lists that took their time to be read: meanwhile something newer may have been told."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from center.newer import takes_place
from center.store.lists import Lists, ScopedItem
from station.sync.items import FactItem

_CHANNEL = "quick"


def put_newer(lists: Lists, items: Iterable[ScopedItem]) -> list[ScopedItem]:
    """Tell them, but for those of which something newer is told by now: a green of yesterday must not come
    after the red of a minute ago. Those that were not put."""
    return lists.put_where(_CHANNEL, items, _is_newest)


def read_fact(body: bytes) -> FactItem:
    return msgspec.msgpack.decode(body, type=FactItem)


def _is_newest(item: ScopedItem, kept: bytes | None, _scope: str) -> bool:
    return kept is None or item[2] is None or takes_place(read_fact(item[2]), read_fact(kept))
