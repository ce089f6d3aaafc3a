"""Base45 (RFC 9285): two bytes as three characters of a QR code's alphanumeric mode."""

from __future__ import annotations

from station.codes.result import damaged

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"  # RFC 9285 section 4.2, table 1
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}


def decode(text: str) -> bytes:
    """The bytes that `text` stands for. Raises CodeError (damaged) when it is not base45."""
    try:
        values = [_VALUES[character] for character in text]
    except KeyError:
        raise damaged("a character that base45 does not have") from None
    return b"".join(_group(values[start : start + 3]) for start in range(0, len(values), 3))


def encode(data: bytes) -> str:
    """The text that stands for `data`."""
    return "".join(_characters(data[start : start + 2]) for start in range(0, len(data), 2))


def _characters(pair: bytes) -> str:
    """Two bytes as three characters, the lowest place first; one byte, only at the end, as two."""
    number = int.from_bytes(pair, "big")
    return "".join(_ALPHABET[number // 45**place % 45] for place in range(len(pair) + 1))


def _group(values: list[int]) -> bytes:
    """Three values as two bytes; two values, only at the end, as one."""
    if len(values) == 1:
        raise damaged("base45 text is cut")
    number = values[0] + 45 * values[1] + (45 * 45 * values[2] if len(values) == 3 else 0)
    length = len(values) - 1
    if number >> 8 * length:  # RFC 9285 section 6: implementations MUST reject it
        raise damaged("a base45 group is too large")
    return number.to_bytes(length, "big")
