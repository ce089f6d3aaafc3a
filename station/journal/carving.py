"""Rows of a journal found in raw bytes, whatever has become of the tables, pages and files around them.

A row of SQLite is a run of bytes with a header that gives the type of each column (fileformat2.html, section
2.1). The headers of ours are so particular that they can be looked for. What is found proves nothing: that is
for `salvage`, by hashes and signatures. Nothing here opens a database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from station.journal.durable import is_there
from station.journal.msgpack_span import end_of

_USUAL_PAGE = 4096
_WAL_HEAD, _FRAME_HEAD = 32, 24

# Serial types: 0 NULL, 1-6 integers, 8 and 9 the integers 0 and 1, from 12 on blobs (even) and texts (odd).
_INT, _BLOB = rb"[\x01-\x06\x08\x09]", rb"((?:[\x80-\xff]{0,2}[\x00-\x7f]))"
# position, incarnation, number, id, at_ms, amends, severity, direction, record, hash, signature, and since
# schema 17 salt and sealed part, and five columns of a movement.
_ENTRY = re.compile(
    rb"[\x0d-\x1c]\x00"
    + _INT
    + _INT
    + rb"\x2c"
    + _INT
    + rb"[\x00\x2c]"
    + _INT
    + rb"[\x11\x13]"
    + _BLOB
    + rb"\x4c\x81\x0c"
)
_BESIDE = 7
_RECORD = re.compile(rb"\xdc\x00[\x10-\x60][\x01-\x7f]\xc4\x10")  # an array: schema, 16 bytes of id, …
_PERSONAL = re.compile(rb"[\x04-\x06]\x00\x2c" + _BLOB)  # position, salt, sealed
_INCARNATION = re.compile(  # id, parent, parent_head, station, public_key, data_key_id, began_at_ms
    rb"[\x08\x09]\x00[\x00-\x06\x08\x09][\x0c\x4c]\x2c\x4c\x2c" + _INT
)
_RESEALED = re.compile(
    rb"\x07" + _INT + _INT + _INT + rb"\x4c\x81\x0c"
)  # incarnation, number, position, hash, signature

# What remains of records that left the journal (pruned.py), as far as it tells where they ended.
_PRUNED = re.compile(
    rb'"incarnation":(\d{1,15}),"first":\d{1,15},"upto":(\d{1,15}),"before":"[0-9a-f]{64}","hash":"([0-9a-f]{64})"'
)


class CarvedEntry(NamedTuple):
    incarnation: int
    number: int
    record: bytes
    hash: bytes
    signature: bytes
    where: int  # byte of the material

    @property
    def place(self) -> tuple[int, int]:
        return self.incarnation, self.number


class CarvedPersonal(NamedTuple):
    salt: bytes
    sealed: bytes


class CarvedIncarnation(NamedTuple):
    id: int
    parent: int | None
    parent_head: bytes
    station: bytes
    public_key: bytes
    data_key_id: bytes


class CarvedHash(NamedTuple):
    """A record's hash under another number."""

    incarnation: int
    number: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Material:
    """The bytes of a journal's files: the database, then every page that its WAL holds, in their order."""

    raw: bytes
    page: int  # bytes
    newest: dict[int, int]  # where the newest copy of a page begins, by its number

    @classmethod
    def read(cls, database: Path) -> Material:
        """Raises OSError. What is missing is empty."""
        raw = database.read_bytes() if is_there(database) else b""
        page = _page_size(raw)
        wal = database.with_name(f"{database.name}-wal")
        newest = {number + 1: at for number, at in enumerate(range(0, len(raw), page))}
        raw += bytes(-len(raw) % page)
        frames = [raw]
        at = len(raw)
        for number, content in _frames(wal.read_bytes() if is_there(wal) else b"", page):
            frames.append(content)
            newest[number] = at
            at += page
        return cls(b"".join(frames), page, newest)

    def payload(self, start: int, size: int) -> bytes:
        """A row from its header on; what does not fit into its page goes on in others (section 1.5)."""
        most = self.page - 35
        if size <= most:
            return self.raw[start : start + size]
        least = (self.page - 12) * 32 // 255 - 23
        local = least + (size - least) % (self.page - 4)
        local = local if local <= most else least
        content = self.raw[start : start + local]
        following = int.from_bytes(self.raw[start + local : start + local + 4], "big")
        seen = set[int]()
        while following in self.newest and following not in seen and len(content) < size:
            seen.add(following)
            at = self.newest[following]
            following = int.from_bytes(self.raw[at : at + 4], "big")
            content += self.raw[at + 4 : at + self.page]
        return content[:size]


def entries(material: Material) -> Iterator[CarvedEntry]:
    """Whatever looks like one, often several times: pages are copied to the WAL again and again."""
    for found in _ENTRY.finditer(material.raw):
        values = _values(material, found.start(), 11, _BESIDE)
        if values:
            _, incarnation, number, _, _, _, _, _, record, digest, signature = values[:11]
            yield CarvedEntry(
                _int(incarnation),
                _int(number),
                _bytes(record),
                _bytes(digest),
                _bytes(signature),
                found.start(),
            )


def loose_entries(material: Material) -> Iterator[CarvedEntry]:
    """The same by the record alone, for rows whose header was damaged: hash and signature lie behind it.

    Which number it had is not known then: 0 of incarnation 0.
    """
    raw = material.raw
    for found in _RECORD.finditer(raw):
        end = end_of(raw, found.start())
        if end is not None and end + 96 <= len(raw):
            record = raw[found.start() : end]
            yield CarvedEntry(0, 0, record, raw[end : end + 32], raw[end + 32 : end + 96], found.start())


def pruned_ends(material: Material) -> Iterator[CarvedHash]:
    """The last number of each run of records that left the journal, and the hash there."""
    for incarnation, upto, head in _PRUNED.findall(material.raw):
        yield CarvedHash(int(incarnation), int(upto), bytes.fromhex(head.decode()))


def personals(material: Material) -> Iterator[CarvedPersonal]:
    """Of entries' rows, and of the table that they had before schema 17."""
    for found in _ENTRY.finditer(material.raw):
        beside = (_values(material, found.start(), 11, _BESIDE) or [])[11:13]
        if len(beside) == 2 and None not in beside:
            yield CarvedPersonal(_bytes(beside[0]), _bytes(beside[1]))
    for found in _PERSONAL.finditer(material.raw):
        values = _values(material, found.start(), 3)
        if values:
            yield CarvedPersonal(_bytes(values[1]), _bytes(values[2]))


def incarnations(material: Material) -> Iterator[CarvedIncarnation]:
    """Their ids stand before the row, as its number does for every table of this kind."""
    for found in _INCARNATION.finditer(material.raw):
        values = _values(material, found.start(), 7)
        for rowid in _before(material.raw, found.start()):
            if values:
                _, parent, head, station, key, data_key, _ = values[:7]
                parent = None if parent is None else _int(parent)
                yield CarvedIncarnation(
                    rowid, parent, _bytes(head), _bytes(station), _bytes(key), _bytes(data_key)
                )


def hashes(material: Material) -> Iterator[CarvedHash]:
    """Of records that got another number."""
    for found in _RESEALED.finditer(material.raw):
        values = _values(material, found.start(), 5)
        if values:
            yield CarvedHash(_int(values[0]), _int(values[1]), _bytes(values[3]))


def _int(value: int | bytes | None) -> int:
    return value if isinstance(value, int) else 0


def _bytes(value: int | bytes | None) -> bytes:
    return value if isinstance(value, bytes) else b""


# --- the format ---------------------------------------------------------------------------------


def _page_size(raw: bytes) -> int:
    """As the file's header says, if that can be true."""
    said = int.from_bytes(raw[16:18], "big")
    return said if 512 <= said <= 32768 and said & (said - 1) == 0 else _USUAL_PAGE


def _frames(wal: bytes, page: int) -> Iterator[tuple[int, bytes]]:
    """Also frames that SQLite would not read any more: whoever uses what is in them verifies it."""
    for at in range(_WAL_HEAD, len(wal) - _FRAME_HEAD, _FRAME_HEAD + page):
        content = wal[at + _FRAME_HEAD : at + _FRAME_HEAD + page]
        yield int.from_bytes(wal[at : at + 4], "big"), content.ljust(page, b"\0")


def _values(material: Material, start: int, columns: int, later: int = 1) -> list[int | bytes | None] | None:
    """The columns of a row whose header begins here, with up to so many that a later schema added.

    None if it is none, or not all of it is there.
    """
    head = material.raw[start]
    types, at = list[int](), start + 1
    while at < start + head and len(types) < columns + later:
        kind, at = _varint(material.raw, at)
        types.append(kind)
    if at != start + head or len(types) < columns:
        return None
    sizes = [_size(kind) for kind in types]
    content = material.payload(start, head + sum(sizes))
    if len(content) < head + sum(sizes):
        return None
    values, place = [], head
    for kind, size in zip(types, sizes, strict=True):
        values.append(_value(kind, content[place : place + size]))
        place += size
    return values


def _varint(raw: bytes, at: int) -> tuple[int, int]:
    value = 0
    for count in range(9):
        byte = raw[at] if at < len(raw) else 0
        at += 1
        if count == 8:
            return value << 8 | byte, at
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            break
    return value, at


def _size(kind: int) -> int:
    if kind >= 12:
        return (kind - 12) // 2
    return (0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0)[kind]


def _value(kind: int, content: bytes) -> int | bytes | None:
    if kind == 0:
        return None
    if kind in (8, 9):
        return kind - 8
    return content if kind >= 12 else int.from_bytes(content, "big", signed=True)


def _before(raw: bytes, start: int) -> Iterator[int]:
    """What the varint that ends just before here may be: an id of 48 bits takes five to seven bytes."""
    for length in range(1, 9):
        value, end = _varint(raw, start - length)
        if end == start:
            yield value
