"""Facts of lists that took their time to be read: meanwhile something newer may have been told."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from center.newer import takes_place
from center.store.lists import Lists, ScopedItem
from station.sync.items import FactItem

_CHANNEL = "quick"


def put_newer(lists: Lists, items: Iterable[ScopedItem], now_ms: int) -> list[ScopedItem]:
    """Tell them, but for those of which something newer is told by now: a green of yesterday must not come
    after the red of a minute ago. Those that were not put."""

    def takes(item: ScopedItem, kept: bytes | None, _scope: str) -> bool:
        return kept is None or item[2] is None or takes_place(read_fact(item[2]), read_fact(kept), now_ms)

    return lists.put_where(_CHANNEL, items, takes)


def read_fact(body: bytes) -> FactItem:
    return msgspec.msgpack.decode(body, type=FactItem)
