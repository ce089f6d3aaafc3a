"""Tables as Parquet, as much of the format as a flat table of texts, numbers and moments needs.

Apache Parquet Format 2.x (github.com/apache/parquet-format): one data page (version 1) for each column of a
row group, PLAIN, levels in the RLE/bit-packed hybrid, GZIP; metadata in Thrift's compact protocol
(github.com/apache/thrift, doc/specs/thrift-compact-protocol.md). A library that writes it weighs 12 to 55 MB.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from typing import Any, BinaryIO

MAGIC = b"PAR1"
ROWS = 50_000  # of a row group; they are in memory at once
_GZIP = 2
_PLAIN, _RLE = 0, 3
_I32, _I64, _BINARY, _LIST, _STRUCT = 5, 6, 8, 9, 12
_OPTIONAL = 1


class Kind(Enum):
    """(physical type, converted type or None)"""

    TEXT = (6, 0)  # BYTE_ARRAY, UTF8
    NUMBER = (5, None)  # DOUBLE
    COUNT = (2, None)  # INT64
    MOMENT = (2, 9)  # INT64, TIMESTAMP_MILLIS, UTC


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Chunk:
    offset: int
    plain: int  # bytes before compression, with the page's header
    packed: int
    values: int


def write_parquet(file: BinaryIO, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> int:
    """Write it all; None is null. How many rows."""
    file.write(MAGIC)
    place, groups, total, each = len(MAGIC), [], 0, iter(rows)
    while part := list(islice(each, ROWS)):
        chunks = []
        for column, values in zip(columns, zip(*part, strict=True), strict=True):
            page, plain = _page(column.kind, values)
            file.write(page)
            chunks.append(_Chunk(place, plain, len(page), len(values)))
            place += len(page)
        groups.append(_group(columns, chunks, len(part)))
        total += len(part)
    footer = _footer(columns, groups, total)
    file.write(footer + struct.pack("<I", len(footer)) + MAGIC)
    return total


def _page(kind: Kind, values: Sequence[Any]) -> tuple[bytes, int]:
    """A data page with its header; its size without compression."""
    body = _levels(values) + _plain(kind, [value for value in values if value is not None])
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    packed = packer.compress(body) + packer.flush()
    data = _struct((1, _I32, len(values)), (2, _I32, _PLAIN), (3, _I32, _RLE), (4, _I32, _RLE))
    header = _struct((1, _I32, 0), (2, _I32, len(body)), (3, _I32, len(packed)), (5, _STRUCT, data))
    return header + packed, len(header) + len(body)


def _levels(values: Sequence[Any]) -> bytes:
    """Which values are there, a bit each: one bit-packed run."""
    groups = (len(values) + 7) // 8
    bits = bytearray(groups)
    for place, value in enumerate(values):
        if value is not None:
            bits[place >> 3] |= 1 << (place & 7)
    run = _varint(groups << 1 | 1) + bytes(bits)
    return struct.pack("<I", len(run)) + run


def _plain(kind: Kind, values: Sequence[Any]) -> bytes:
    if kind is Kind.TEXT:
        texts = [value.encode("utf-8", "replace") for value in values]
        return b"".join(struct.pack("<I", len(text)) + text for text in texts)
    return struct.pack(f"<{len(values)}{'d' if kind is Kind.NUMBER else 'q'}", *values)


def _group(columns: Sequence[Column], chunks: Sequence[_Chunk], rows: int) -> bytes:
    made = [_column(column, chunk) for column, chunk in zip(columns, chunks, strict=True)]
    size = sum(chunk.plain for chunk in chunks)
    return _struct((1, _LIST, _list(_STRUCT, made)), (2, _I64, size), (3, _I64, rows))


def _column(column: Column, chunk: _Chunk) -> bytes:
    about = _struct(
        (1, _I32, column.kind.value[0]),
        (2, _LIST, _list(_I32, [_zigzag(_PLAIN), _zigzag(_RLE)])),
        (3, _LIST, _list(_BINARY, [_binary(column.name)])),
        (4, _I32, _GZIP),
        (5, _I64, chunk.values),
        (6, _I64, chunk.plain),
        (7, _I64, chunk.packed),
        (9, _I64, chunk.offset),
    )
    return _struct((2, _I64, chunk.offset), (3, _STRUCT, about))


def _footer(columns: Sequence[Column], groups: Sequence[bytes], rows: int) -> bytes:
    root = _struct((4, _BINARY, _binary("schema")), (5, _I32, len(columns)))
    schema = [root, *map(_element, columns)]
    return _struct(
        (1, _I32, 1),
        (2, _LIST, _list(_STRUCT, schema)),
        (3, _I64, rows),
        (4, _LIST, _list(_STRUCT, groups)),
        (6, _BINARY, _binary("kakou")),
    )


def _element(column: Column) -> bytes:
    kind, converted = column.kind.value
    more = () if converted is None else ((6, _I32, converted),)
    return _struct((1, _I32, kind), (3, _I32, _OPTIONAL), (4, _BINARY, _binary(column.name)), *more)


def _struct(*fields: tuple[int, int, int | bytes]) -> bytes:
    """Fields in rising order of their numbers; numbers are given plain, all else as its bytes."""
    made, last = b"", 0
    for number, kind, value in fields:
        said = _zigzag(value) if isinstance(value, int) else value
        made += bytes([(number - last) << 4 | kind]) + said
        last = number
    return made + b"\0"


def _list(kind: int, items: Sequence[bytes]) -> bytes:
    size = len(items)
    head = bytes([size << 4 | kind]) if size < 15 else bytes([0xF0 | kind]) + _varint(size)
    return head + b"".join(items)


def _binary(text: str) -> bytes:
    said = text.encode()
    return _varint(len(said)) + said


def _zigzag(number: int) -> bytes:
    return _varint(number << 1 if number >= 0 else (-number << 1) - 1)


def _varint(number: int) -> bytes:
    made = bytearray()
    while number > 0x7F:
        made.append(number & 0x7F | 0x80)
        number >>= 7
    made.append(number)
    return bytes(made)
