"""The daily log as a table: its columns, and a passage as a line of CSV, which other formats take apart.

Words come from outside (`Wording`), because a list is exported in the language of whoever reads it. A million
rows have the same few: what many have in common is worded, guarded and quoted once (`_Traits`, `_Why`). Names
are masked unless they are asked for in clear, which whoever asks has to answer for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from itertools import chain
from typing import Any, NamedTuple, Protocol

import msgspec

from station.core.entry import ReasonPart
from station.core.model import Severity
from station.journal.daily_log import Correction, LoggedPage, LoggedRecord, Named
from station.journal.masking import mask_name
from station.reports.log_lines import cell, unquoted

_decode_reasons = msgspec.msgpack.Decoder(tuple[ReasonPart, ...]).decode

COLUMNS = (
    "number", "at", "direction", "lane", "verdict", "correction", "reasons", "temperature", "site",
    "instrument", "code", "code_status", "name", "dwelling", "category", "operator", "policy", "emulated",
)  # fmt: skip
PERSONAL = ("name", "dwelling", "category")  # as the roster has them at the moment of the export

_NOBODY = Named()
Row = str  # a line with its end; `csv.reader` gives its cells
_QUARTER_MS = 900_000
_MOST_ALIKE = 1000  # a kilobyte each
_MINUTES = tuple(f"{minute:02}:{second:02}" for minute in range(60) for second in range(60))


class Wording(Protocol):
    """The words of a log in one language."""

    def header(self, column: str) -> str: ...
    def verdict(self, severity: Severity) -> str: ...
    def direction(self, word: str) -> str: ...
    def reason(self, code: str) -> str: ...
    def site(self, word: str) -> str: ...
    def code(self, kind: str) -> str: ...
    def code_status(self, status: str) -> str: ...
    def category(self, word: str) -> str: ...
    def correction(self, before: str, reason: str | None, operator: str | None) -> str: ...
    def text(self, key: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Filter:
    """Which passages; empty: all. A house is as the roster writes it, 3-2-501, or its beginning, 3-."""

    verdicts: frozenset[Severity] = frozenset()
    categories: frozenset[str] = frozenset()
    house: str = field(default="", repr=False)
    instruments: frozenset[str] = frozenset()

    def takes(self, record: LoggedRecord, severity: int, who: Named) -> bool:
        """`severity` is what counts now."""
        warm = record.temperature
        return (
            (not self.verdicts or Severity(severity) in self.verdicts)
            and (not self.instruments or bool(warm and warm.instrument in self.instruments))
            and (not self.categories or who.category in self.categories)
            and (not self.house or who.dwelling == self.house or who.dwelling.startswith(f"{self.house}-"))
        )


class _Said(dict[str, str]):
    """Words that were asked for once, as cells."""

    def __init__(self, say: Callable[[str], str]) -> None:
        super().__init__({"": ""})
        self._say = say

    def __missing__(self, word: str) -> str:
        said = self[word] = cell(self._say(word))
        return said


class _Tenths(dict[float, str]):
    """Temperatures in °C as cells; most instruments have a hundred of them, some know no end."""

    def __missing__(self, value: float) -> str:
        if len(self) > 10_000:
            self.clear()
        said = self[value] = f"{value:.1f}"
        return said


class _Traits(NamedTuple):
    """What a row says whose words are few. As a key it equals a plain tuple."""

    direction: str
    lane: str
    severity: int  # as it was first
    corrected: Correction | None
    kind: str | None  # of the code
    status: str | None
    site: str | None
    instrument: str | None
    operator: str | None
    policy: str
    emulated: bool


@dataclass(slots=True)
class _Why:
    """The reasons of a verdict in words, and how many rows have just these."""

    text: str
    rows: int = 0


@dataclass(slots=True)
class _Alike:
    """Rows with the same traits: their cells, and how many there are in each hour of the day."""

    traits: _Traits
    severity: int  # what counts now
    before: str  # from the moment to the reasons
    between: str  # from the temperature to the person
    after: str  # from there to the end of the line
    hours: list[int] = field(default_factory=lambda: [0] * 24)


class _Quarter(NamedTuple):
    """A stretch of wall time within one local hour, whose moments are written alike."""

    hour: int  # of the day
    started_ms: int  # this hour, UTC
    begin: int  # of the stretch, in milliseconds of this hour
    end: int
    day_and_hour: str  # 2022-04-01 12:


class LogTable:
    """Makes rows of passages. `who` gives the person of an id, asked once for each."""

    def __init__(
        self, wording: Wording, zone: tzinfo, who: Callable[[str], Named], chosen: Filter, *, masked: bool
    ) -> None:
        self._wording, self._chosen, self._masked = wording, chosen, masked
        self._ask, self._zone = who, zone
        self._people: dict[str | None, str] = {None: ",,"}  # their cells
        self._named: dict[str | None, Named] = {None: _NOBODY}
        self._alikes: dict[tuple[object, ...], _Alike] = {}
        self._whys: dict[bytes, _Why] = {}
        self._tenths, self._quarter = _Tenths(), _Quarter(0, 0, 0, 0, "")
        self._verdicts = {int(severity): cell(wording.verdict(severity)) for severity in Severity}
        self._directions, self._reasons = _Said(wording.direction), _Said(wording.reason)
        self._codes, self._statuses = _Said(wording.code), _Said(wording.code_status)
        self._sites, self._plain = _Said(wording.site), _Said(str)
        self._summary = Summary()

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(self._wording.header(column) for column in COLUMNS)

    def rows(self, passages: Iterable[LoggedPage]) -> Iterator[Row]:
        """The rows of `pages`, one after another."""
        return chain.from_iterable(self.pages(passages))

    def pages(self, passages: Iterable[LoggedPage]) -> Iterator[list[Row]]:
        """Those that are chosen; the summary counts them as they go by. Raises JournalError."""
        made = self._summary
        for page in passages:
            with page.reading() as records:
                rows = self._rows(zip(page.numbers, records, strict=True), page.corrections.get)
            if rows:
                made.first = _number(rows[0]) if made.first is None else made.first
                made.last = _number(rows[-1])
                yield rows

    @property
    def summary(self) -> Summary:
        """Of all rows that were made so far."""
        self._count()
        return self._summary

    def _rows(
        self,
        passages: Iterable[tuple[int, LoggedRecord]],
        corrected: Callable[[bytes], Correction | None],
    ) -> list[Row]:
        """One loop, because a call for each row costs as much as its cells."""
        people, alikes, whys, tenths = self._people, self._alikes, self._whys, self._tenths
        takes = None if self._chosen == Filter() else self._chosen.takes
        hour, started_ms, begin, end, day_and_hour = self._quarter
        rows = list[Row]()
        for number, record in passages:
            if takes and not takes(
                record, (corrected(record.id) or record).severity, self._who(record.person_id)
            ):
                continue
            after = record.at_ms - started_ms
            if not begin <= after < end:
                self._quarter = self._quarter_of(record.at_ms)
                hour, started_ms, begin, end, day_and_hour = self._quarter
                after = record.at_ms - started_ms
            tenth, site, instrument, kind, status = "", None, None, None, None
            if warm := record.temperature:
                tenth, site, instrument = tenths[warm.value_c], warm.site, warm.instrument
            if code := record.code:
                kind, status = code.kind, code.status
            traits = (
                record.direction, record.lane, record.severity, corrected(record.id), kind, status,
                site, instrument, record.operator, record.policy, record.emulated,
            )  # fmt: skip
            alike = alikes.get(traits) or self._alike(_Traits(*traits))
            alike.hours[hour] += 1
            why = whys.get(bytes(record.reasons)) or self._why(record.reasons)
            why.rows += 1
            who = people.get(record.person_id) or self._cells_of(record.person_id)
            rows.append(
                f"{number},{day_and_hour}{_MINUTES[after // 1000]}{alike.before}{why.text},{tenth}"
                f"{alike.between}{who}{alike.after}"
            )
        return rows

    def _quarter_of(self, at_ms: int) -> _Quarter:
        """Clocks change at whole quarters of an hour; in a zone that knows none, a second for itself."""
        for length in (_QUARTER_MS, 1000):
            moment_ms = at_ms // length * length
            local = datetime.fromtimestamp(moment_ms // 1000, self._zone)
            offset = local.utcoffset()
            if offset is not None and offset.total_seconds() % 900 == 0:
                break
        begin = 1000 * (60 * local.minute + local.second)
        return _Quarter(local.hour, moment_ms - begin, begin, begin + length, f"{local:%Y-%m-%d %H}:")

    def _alike(self, traits: _Traits) -> _Alike:
        if len(self._alikes) >= _MOST_ALIKE:
            self._count()
            self._alikes.clear()
        corrected, plain = traits.corrected, self._plain
        severity = corrected.severity if corrected else traits.severity
        before = (
            self._directions[traits.direction], plain[traits.lane], self._verdicts[severity],
            self._correction(traits.severity, corrected) if corrected else "",
        )  # fmt: skip
        between = (
            self._sites[traits.site or ""], plain[traits.instrument or ""],
            self._codes[traits.kind or ""], self._statuses[traits.status or ""],
        )  # fmt: skip
        after = plain[traits.operator or ""], plain[traits.policy], "1" if traits.emulated else "0"
        made = self._alikes[traits] = _Alike(
            traits,
            severity,
            f",{','.join(before)},",
            f",{','.join(between)},",
            f",{','.join(after)}\r\n",
        )
        return made

    def _correction(self, before: int, new: Correction) -> str:
        return cell(self._wording.correction(unquoted(self._verdicts[before]), new.reason, new.operator))

    def _why(self, content: msgspec.Raw) -> _Why:
        reasons, between = _decode_reasons(content), self._wording.text("between")
        said = between.join(unquoted(self._reasons[reason.code]) for reason in reasons)
        why = self._whys[bytes(content)] = _Why(cell(said))
        return why

    def _who(self, person_id: str | None) -> Named:
        known = self._named.get(person_id)
        if known is not None or person_id is None:
            return known or _NOBODY
        who = self._ask(person_id)
        if self._masked:
            who = Named(mask_name(who.name), who.dwelling, who.category)
        if self._chosen != Filter():  # else nobody asks again; a large estate's people would take megabytes
            self._named[person_id] = who
        return who

    def _cells_of(self, person_id: str | None) -> str:
        who = self._who(person_id)
        category = self._wording.category(who.category) if who.category else ""
        cells = self._people[person_id] = ",".join(map(cell, (who.name, who.dwelling, category)))
        return cells

    def _count(self) -> None:
        """Counts the rows that were made since it was last called."""
        made = self._summary
        for alike in self._alikes.values():
            rows, traits = sum(alike.hours), alike.traits
            made.passages += rows
            made.verdicts[alike.severity] += rows
            made.corrected += rows if traits.corrected else 0
            made.emulated += rows if traits.emulated else 0
            if traits.instrument is not None:
                made.instruments[traits.instrument] += rows
            for hour, count in enumerate(alike.hours):
                if count:
                    made.hours.setdefault(hour, defaultdict(int))[alike.severity] += count
            alike.hours = [0] * 24
        for content, why in self._whys.items():
            for reason in _decode_reasons(content):
                if reason.severity:  # it did not let pass
                    made.reasons[reason.code] += why.rows
            why.rows = 0


def _number(row: Row) -> int:
    return int(row[: row.index(",")])


def _counts() -> dict[Any, int]:
    return defaultdict(int)


@dataclass(slots=True)
class Summary:
    """What stands at the end of a log."""

    passages: int = 0
    corrected: int = 0
    emulated: int = 0
    first: int | None = None  # number of the first row, and of the last
    last: int | None = None
    verdicts: dict[int, int] = field(default_factory=_counts)
    hours: dict[int, dict[int, int]] = field(default_factory=dict)  # hour of day, then severity
    reasons: dict[str, int] = field(default_factory=_counts)  # how often each did not let pass
    instruments: dict[str, int] = field(default_factory=_counts)
