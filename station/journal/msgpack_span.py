"""How long a MessagePack value is (msgpack spec.md), where nothing says where it ends. Pure."""

from __future__ import annotations

# Bytes of a value behind its first byte, where they do not depend on what follows.
_FIXED = {
    0xC0: 0, 0xC2: 0, 0xC3: 0, 0xCA: 4, 0xCB: 8, 0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8,
    0xD0: 1, 0xD1: 2, 0xD2: 4, 0xD3: 8,
}  # fmt: skip
_LENGTHS = {0xC4: 1, 0xC5: 2, 0xC6: 4, 0xD9: 1, 0xDA: 2, 0xDB: 4}  # of bytes and texts
_ARRAYS, _MAPS = {0xDC: 2, 0xDD: 4}, {0xDE: 2, 0xDF: 4}
_MOST_VALUES = 100_000


def end_of(raw: bytes, at: int) -> int | None:
    """Where the value that begins here ends; None: there is none, or it goes on behind the end."""
    left = 1
    for _ in range(_MOST_VALUES):
        if left == 0:
            return at if at <= len(raw) else None
        if at >= len(raw):
            return None
        step = _step(raw, at)
        if step is None:
            return None
        at, more = step
        left += more - 1
    return None


def _step(raw: bytes, at: int) -> tuple[int, int] | None:
    """Behind this value's own bytes, and how many values belong to it."""
    kind, at = raw[at], at + 1
    if kind < 0x80 or kind >= 0xE0:
        return at, 0
    if kind < 0x90:
        return at, 2 * (kind & 0x0F)
    if kind < 0xA0:
        return at, kind & 0x0F
    if kind < 0xC0:
        return at + (kind & 0x1F), 0
    if kind in _FIXED:
        return at + _FIXED[kind], 0
    size = _LENGTHS.get(kind) or _ARRAYS.get(kind) or _MAPS.get(kind)
    if size is None:
        return None  # extensions are not used
    count, at = int.from_bytes(raw[at : at + size], "big"), at + size
    if kind in _LENGTHS:
        return at + count, 0
    return at, count if kind in _ARRAYS else 2 * count
