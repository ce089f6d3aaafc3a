"""Facts of lists that took their time to be read: meanwhile something newer may have been told."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from center.store.lists import Lists, ScopedItem
from station.sync.items import FactItem

_CHANNEL = "quick"


def put_newer(lists: Lists, items: Iterable[ScopedItem]) -> list[ScopedItem]:
    """Tell them, but for those of which something newer is told by now: a green of yesterday must not come
    after the red of a minute ago. Those that were not put."""
    return lists.put_where(_CHANNEL, items, _is_newest)


def as_of(body: bytes) -> int:
    """When it was so, UTC ms."""
    return msgspec.msgpack.decode(body, type=FactItem).as_of_ms


def _is_newest(item: ScopedItem, kept: bytes | None, _scope: str) -> bool:
    return kept is None or item[2] is None or as_of(kept) <= as_of(item[2])
