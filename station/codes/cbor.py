"""Reading CBOR (RFC 8949) that a stranger wrote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import cbor2

from station.codes.result import damaged

# cbor2 6 raises nothing but its own error. 5.9, which the cwt library still needs, also lets through
# unhashable map keys (TypeError), impossible dates (ValueError) and huge decimals (ArithmeticError).
_REFUSALS = (cbor2.CBORError, TypeError, ValueError, ArithmeticError)


def load(data: bytes) -> Any:
    """The first data item. Raises CodeError (damaged)."""
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
