"""Reading CBOR (RFC 8949) that a stranger wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import cbor2

from station.codes.result import damaged

# cbor2 6 raises nothing but its own error. 5.9, which the cwt library still needs, also lets through map keys
# that have no hash (TypeError, RuntimeError), impossible dates (ValueError), huge decimals (ArithmeticError).
_REFUSALS = (cbor2.CBORError, TypeError, ValueError, ArithmeticError, RuntimeError)

# What the formats need: dates, large numbers, COSE, CWT, "this is CBOR". cbor2 gives many more a meaning, and
# some of them let a code of 4 kB occupy the gate for seconds: 35 is compiled as a regular expression.
_TAGS = frozenset({0, 1, 2, 3, 16, 18, 61, 55799})

_BYTES, _TEXT, _TAG = 2, 3, 6  # major types


def load(data: bytes) -> Any:
    """The first data item. Raises CodeError (damaged)."""
    if not _TAGS.issuperset(tags(data)):
        raise damaged("a CBOR tag that no health code needs")
    try:
        return cbor2.loads(data)
    except _REFUSALS:
        raise damaged("not CBOR") from None


def load_map(data: bytes) -> Mapping[Any, Any]:
    """The map in `data`. A Mapping, not a dict: cbor2 6 gives frozendict inside of tags."""
    item = load(data)
    if not isinstance(item, Mapping):
        raise damaged("not a CBOR map")
    return item


def tags(data: bytes) -> Iterator[int]:
    """The tags in `data`, however deep: heads just follow each other, but for the content of strings."""
    at = 0
    while at < len(data):
        major, short = divmod(data[at], 32)
        size = 1 << (short - 24) if 24 <= short < 28 else 0  # RFC 8949 section 3; 28 to 31 hold no number
        number = int.from_bytes(data[at + 1 : at + 1 + size], "big") if size else short
        if major == _TAG:
            yield number
        at += 1 + size + (number if major in (_BYTES, _TEXT) and short < 28 else 0)
