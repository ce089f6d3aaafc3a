"""A record of the ledger as a typed row. Pure; which table it goes to is the store's affair.

Every value is checked against the range of its column before a database sees it: one NUL, one 2^63, one
NaN would otherwise refuse a whole batch, or be stored as something else without a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from station.core import entry as entries
from station.core.entry import Entry
from station.core.model import Severity

DAY_MS = 86_400_000
MOST_TEXT = 640  # characters; the longest that an index of PostgreSQL bears is 2,704 bytes
MOST_SEVERITY = max(Severity)
MOST_MS = 2**53
LEAST_C, MOST_C = -273.15, 1000.0

COLUMNS = (
    "station",
    "day",
    "id",
    "incarnation",
    "number",
    "at_ms",
    "corrected_ms",
    "uncertainty_ms",
    "received_ms",
    "gate",
    "lane",
    "direction",
    "severity",
    "closing",
    "reasons",
    "code_kind",
    "code_trust",
    "code_status",
    "value_c",
    "site",
    "person_id",
    "operator",
    "policy",
    "amends",
    "override",
    "emulated",
)
Row = tuple[Any, ...]
DAY = COLUMNS.index("day")
_FIRST_TEXT = COLUMNS.index("gate")


class NotUnderstoodError(Exception):
    """This record is kept as it is. The words never hold what stands in it."""


class NewerError(NotUnderstoodError):
    """Of a newer schema than this program's: nothing is wrong with it, it waits for an update."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a segment came: all that a row needs beside the record."""

    station: bytes
    incarnation: int
    received_ms: int
    offset_ms: int  # center minus station
    uncertainty_ms: int


class _Head(msgspec.Struct, array_like=True):
    schema: int


_heads = msgspec.msgpack.Decoder(_Head)


def project(arrival: Arrival, number: int, record: bytes) -> Row:
    """The row of a record, in the order of COLUMNS. Raises NotUnderstoodError."""
    entry = _decode(record)
    code, temperature = entry.code, entry.temperature
    row = (
        arrival.station,
        entry.at_ms // DAY_MS,
        entry.id,
        arrival.incarnation,
        number,
        entry.at_ms,
        entry.at_ms + arrival.offset_ms,
        arrival.uncertainty_ms,
        arrival.received_ms,
        entry.gate,
        entry.lane,
        entry.direction,
        entry.severity,
        entry.closing,
        " ".join([reason.code for reason in entry.reasons]),
        code.kind if code else None,
        code.trust if code else None,
        code.status if code else None,
        temperature.value_c if temperature else None,
        temperature.site if temperature else None,
        entry.person_id,
        entry.operator,
        entry.policy,
        entry.amends,
        entry.override,
        int(entry.emulated),
    )
    _check(entry, row)
    return row


def _decode(record: bytes) -> Entry:
    try:
        entry = entries.decode(record)
    except (msgspec.DecodeError, RecursionError) as error:
        _refuse_newer(_schema(record))
        raise NotUnderstoodError(_words(error)) from error
    _refuse_newer(entry.schema)
    return entry


def _words(error: Exception) -> str:
    """What msgspec says (types and places, no values), so that every database can hold it."""
    return f"{type(error).__name__}: {error}".replace("\0", "")[:200]


def _schema(record: bytes) -> int:
    """The schema number before all else in a record; 0 when not even that can be read."""
    try:
        return _heads.decode(record).schema
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return 0


def _refuse_newer(schema: int) -> None:
    if schema > entries.SCHEMA:
        raise NewerError(f"schema {schema} is newer than this center; it waits for an update")


def _check(entry: Entry, row: Row) -> None:
    if len(entry.id) != 16 or (entry.amends is not None and len(entry.amends) != 16):
        raise NotUnderstoodError("id is out of range")
    if not -MOST_MS <= entry.at_ms <= MOST_MS:
        raise NotUnderstoodError("at_ms is out of range")
    if not 0 <= entry.severity <= MOST_SEVERITY:
        raise NotUnderstoodError("severity is out of range")
    # A comparison with NaN is false.
    if entry.temperature and not LEAST_C <= entry.temperature.value_c <= MOST_C:
        raise NotUnderstoodError("value_c is out of range")
    check_texts([value for value in row[_FIRST_TEXT:] if value.__class__ is str])


def check_texts(texts: Sequence[str]) -> None:
    """Raises NotUnderstoodError for what no database, or no index, can hold."""
    together = "".join(texts)
    if "\0" in together:
        raise NotUnderstoodError("a text holds NUL")
    if len(together) > MOST_TEXT and max(map(len, texts)) > MOST_TEXT:
        raise NotUnderstoodError("a text is too long")
