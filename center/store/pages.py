"""Pages of rows, the newest first, on either database: by time and by ids, so that none is skipped.

A hostile gate, or a busy millisecond, makes more rows of one moment than a page has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_END = 2**62  # after every moment
_MOST_DIGITS = 15
_WRITTEN = re.compile(rf"([0-9]{{1,{_MOST_DIGITS}}})((?:\.(?:[0-9a-f]{{2}}){{1,32}}){{0,2}})")


class PlaceError(ValueError):
    """This is no place of a list."""


@dataclass(frozen=True, slots=True)
class Place:
    """The last row of a page. Without ids: all rows of this moment are on it."""

    at_ms: int
    ids: tuple[bytes, ...] = ()

    def __str__(self) -> str:
        """As an address has it."""
        return ".".join([str(self.at_ms), *(id.hex() for id in self.ids)])


def read_place(text: str) -> Place:
    """What `str` wrote of a place; a moment alone is one, too. Raises PlaceError."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise PlaceError(text)
    return Place(int(found[1]), tuple(bytes.fromhex(id) for id in found[2].split(".")[1:]))


def newest_first(columns: str) -> str:
    """The order of rows by these columns: a moment, and the ids of a row."""
    return ", ".join(f"{column} DESC" for column in columns.split())


def next_page(columns: str, before: Place | None) -> tuple[str, list[Any]]:
    """The condition for the rows after this place, and its values."""
    names, place = columns.split(), before or Place(_END)
    ids = [*place.ids, *[b""] * len(names)][: len(names) - 1]
    return f"({', '.join(names)}) < ({', '.join('?' * len(names))})", [place.at_ms, *ids]
