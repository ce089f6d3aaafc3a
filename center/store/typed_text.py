"""Typed rows as COPY's text, made straight from records: nothing else of a push costs a center as much.

What `projection.project` says is so. The short way here is for an everyday passage, and gives the text of
the same row; whatever is not everyday (an amendment, a time before 1970, a text with a NUL, what does not
decode) is left to `project`, whose row or refusal counts.

Text, not COPY's binary format: that takes 99999 for a smallint as -31073 without a word, and PostgreSQL reads
it no faster. Lines are Latin-1 that stands for UTF-8, so that no character on the way is wider than a byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from center.projection import (
    COLUMNS,
    DAY_MS,
    LEAST_C,
    MOST_C,
    MOST_MS,
    MOST_SEVERITY,
    Arrival,
    NotUnderstoodError,
    check_texts,
    project,
)
from center.store import alarms, hours
from center.store.database import Connection
from center.store.typed import Part, Typed, prepare_days
from station.core import entry as entries
from station.core.entry import CodePart, Entry, FactPart, ReasonPart
from station.core.facts import FactKind
from station.core.model import Closing, CodeKind, CodeStatus, Direction, Trust

# The order of the text's columns: first what is the same for an hour of a segment.
TEXT_COLUMNS = (
    *("station", "incarnation", "uncertainty_ms", "received_ms", "amends", "override", "day"),
    *("number", "id", "at_ms", "corrected_ms", "severity", "reasons"),
    *("gate", "lane", "direction", "closing", "policy", "operator", "person_id"),
    *("code_kind", "code_trust", "code_status", "value_c", "site", "emulated"),
)
_BLOCK = 500  # records
_FROM_ROW = tuple(COLUMNS.index(name) for name in TEXT_COLUMNS)
_NULL = "\\N\t"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_EMULATED, _REAL = "1\n", "0\n"
_SEVERITIES = {number: f"{number}\t" for number in range(MOST_SEVERITY + 1)}


# Words as the enumerations that gates take them from: msgspec looks those up, and makes no text of each (a
# sixth less to decode). A word of a newer gate is unusual, no more.
class _Fact(FactPart, frozen=True, array_like=True, gc=False):
    kind: FactKind


class _Code(CodePart, frozen=True, array_like=True, gc=False):
    kind: CodeKind
    trust: Trust
    status: CodeStatus


class _Passage(Entry, frozen=True, array_like=True, gc=False, kw_only=True):
    """An entry whose reasons stay packed: gates know a few dozens of them, and those are looked up."""

    direction: Direction
    reasons: msgspec.Raw  # type: ignore[assignment]
    closing: Closing
    code: _Code | None = None
    facts: tuple[_Fact, ...] = ()


_decode = msgspec.msgpack.Decoder(_Passage).decode
_decode_reasons = msgspec.msgpack.Decoder(tuple[ReasonPart, ...]).decode


class _UnusualError(Exception):
    """Not for the short way."""


# What msgspec and we raise at a record that the short way has no line for.
_UNUSUAL = (_UnusualError, NotUnderstoodError, msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class _Cells(dict[str | None, str]):
    """The cell of each text that was met in a segment; what may not stand in a row never gets one."""

    def __missing__(self, text: str | None) -> str:
        if text is None:
            cell = _NULL
        else:
            check_texts([text])
            cell = _plain(text)
        self[text] = cell
        return cell


class _Degrees(dict[float, str]):
    """The cell of each temperature, °C."""

    def __missing__(self, value_c: float) -> str:
        if not LEAST_C <= value_c <= MOST_C:  # NaN neither
            raise _UnusualError
        cell = _cell(value_c)
        if value_c:  # 0.0 and -0.0 are one key
            self[value_c] = cell
        return cell


class _Reasons(dict[bytes, tuple[str, bool]]):
    """By packed reasons: their cell, and whether somebody should be alarmed."""

    def __missing__(self, packed: bytes) -> tuple[str, bool]:
        text = " ".join([reason.code for reason in _decode_reasons(packed)])
        check_texts([text])
        self[packed] = known = _plain(text), alarms.is_alarming(text)
        return known


class TypedText(Typed):
    """As lines of TEXT_COLUMNS, by hundreds: the database takes in some while we make the next."""

    def __init__(self, *parts: Part) -> None:
        super().__init__(*parts)
        self._lines: list[str] = []
        self._cells, self._degrees, self._reasons = _Cells(), _Degrees(), _Reasons()

    def load(self, connection: Connection) -> None:
        prepared = set[tuple[int, int]]()
        blocks = self.blocks()
        block = next(blocks, None)

        def ready() -> Iterator[list[str]]:
            nonlocal block
            while block is not None and self.days <= prepared:
                yield block
                block = next(blocks, None)

        while block is not None:  # one COPY, and another after a day that has no partition yet
            prepare_days(connection, self.days - prepared)
            prepared |= self.days
            connection.load_text("entry", TEXT_COLUMNS, ready())

    def blocks(self) -> Iterator[list[str]]:
        """All lines. What is counted is of the lines up to here."""
        for part in self.parts:
            for begin in range(0, len(part.records), _BLOCK):
                self._lines = []
                self._add(part.arrival, part.first + begin, part.records[begin : begin + _BLOCK])
                yield self._lines

    def _add(self, arrival: Arrival, first: int, records: Sequence[bytes]) -> None:
        hour, write = _Hour(arrival, 0, 0), self._write
        for number, record in enumerate(records, first):
            try:
                entry = _decode(record)
                if not hour.begin_ms <= entry.at_ms < hour.end_ms:
                    after = _hour_of(arrival, entry.at_ms)
                    self._count(hour)
                    hour = after
                if write(hour, number, entry):
                    self.to_note.append(project(arrival, number, record))
            except _UNUSUAL:
                self._write_slowly(arrival, number, record)
        self._count(hour)

    def _write(self, hour: _Hour, number: int, entry: _Passage) -> bool:
        """Whether somebody should be alarmed. Raises one of _UNUSUAL, and then nothing is written."""
        id, at_ms, severity, cells = entry.id, entry.at_ms, entry.severity, self._cells
        if (
            len(id) != 16
            or severity not in _SEVERITIES
            or entry.schema > entries.SCHEMA
            or entry.amends is not None
            or entry.override is not None
        ):
            raise _UnusualError
        reasons, alarming = self._reasons[bytes(entry.reasons)]
        code, temperature = entry.code, entry.temperature
        kind = trust = status = value_c = site = _NULL
        if code:
            kind, trust, status = cells[code.kind], cells[code.trust], cells[code.status]
        if temperature:
            value_c, site = self._degrees[temperature.value_c], cells[temperature.site]
        self._lines.append(
            f"{hour.head}{number}\t\\\\x{id.hex()}\t{at_ms}\t{at_ms + hour.offset_ms}\t"
            f"{_SEVERITIES[severity]}{reasons}"
            f"{cells[entry.gate]}{cells[entry.lane]}{cells[entry.direction]}{cells[entry.closing]}"
            f"{cells[entry.policy]}{cells[entry.operator]}{cells[entry.person_id]}"
            f"{kind}{trust}{status}{value_c}{site}{_EMULATED if entry.emulated else _REAL}"
        )
        hour.passed[severity] += 1
        return alarming

    def _write_slowly(self, arrival: Arrival, number: int, record: bytes) -> None:
        row = self._project(arrival, number, record)
        if row is not None:
            self._lines.append("".join([_cell(row[place]) for place in _FROM_ROW])[:-1] + "\n")
            self.counts.update(hours.counted([row]))
            self.to_note.append(row)

    def _count(self, hour: _Hour) -> None:
        for severity, passed in enumerate(hour.passed):
            if passed:
                self.counts[hour.station, hour.hour, min(severity, 2)] += passed
                self.days.add((hour.day, hour.today))


class _Hour:
    """What is the same for the passages of an hour of a day: by the center's clock and by the station's."""

    def __init__(self, arrival: Arrival, begin_ms: int, end_ms: int) -> None:
        self.begin_ms, self.end_ms = begin_ms, end_ms  # by the station's clock
        self.station, self.offset_ms = arrival.station, arrival.offset_ms
        self.day, self.today = begin_ms // DAY_MS, arrival.received_ms // DAY_MS
        self.hour = (begin_ms + arrival.offset_ms) // hours.HOUR_MS
        self.passed = [0] * (MOST_SEVERITY + 1)  # by severity
        known = (arrival.station, arrival.incarnation, arrival.uncertainty_ms, arrival.received_ms)
        self.head = "".join([_cell(value) for value in (*known, None, None, self.day)])


def _hour_of(arrival: Arrival, at_ms: int) -> _Hour:
    """Raises _UnusualError for what hours are not counted of in the same way."""
    corrected_ms = at_ms + arrival.offset_ms
    if corrected_ms < 0 or abs(at_ms) > MOST_MS:
        raise _UnusualError
    hour_ms = corrected_ms - corrected_ms % hours.HOUR_MS - arrival.offset_ms
    day_ms = at_ms - at_ms % DAY_MS
    end_ms = min(hour_ms + hours.HOUR_MS, day_ms + DAY_MS, MOST_MS + 1)
    return _Hour(arrival, max(hour_ms, day_ms), end_ms)


def _plain(text: str) -> str:
    """A text as it stands in a line; postgresql.org, COPY, "Text Format"."""
    return text.translate(_ESCAPES).encode().decode("latin-1") + "\t"


def _cell(value: Any) -> str:
    if value is None:
        return _NULL
    if isinstance(value, bytes):
        return f"\\\\x{value.hex()}\t"
    return _plain(value) if isinstance(value, str) else f"{value}\t"
