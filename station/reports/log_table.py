"""The daily log as a table: its columns, and a passage as a line of CSV, which other formats take apart.

Words come from outside (`Wording`), because a list is exported in the language of whoever reads it; a million
rows have the same few, so each is looked up, guarded and quoted once. Names are masked unless they are asked
for in clear, which whoever asks has to answer for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any, NamedTuple, Protocol

import msgspec

from station.core.entry import ReasonPart
from station.core.model import Severity
from station.journal.daily_log import Correction, LoggedPassage, LoggedRecord, Named
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


@dataclass(slots=True)
class _Why:
    """The reasons of a verdict in words, and how many rows have just these."""

    text: str
    held: tuple[str, ...]  # codes of those that did not let pass
    rows: int = 0


class _Quarter(NamedTuple):
    """A stretch of wall time within one local hour, whose moments are written alike. Milliseconds, UTC."""

    begin: int
    end: int
    hour: dict[int, int]  # the counts of this hour of the day
    day_and_hour: str  # 2022-04-01 12:
    second: int  # of the hour, at its begin


class LogTable:
    """Makes rows of passages. `who` gives the person of an id, asked once for each."""

    def __init__(
        self, wording: Wording, zone: tzinfo, who: Callable[[str], Named], chosen: Filter, *, masked: bool
    ) -> None:
        self._wording, self._chosen, self._masked = wording, chosen, masked
        self._ask, self._zone = who, zone
        self._known: dict[str | None, tuple[Named, str]] = {None: (_NOBODY, ",,")}
        self._whys: dict[bytes, _Why] = {}
        self._reasons, self._between = _Said(wording.reason), wording.text("between")
        self._verdicts = {int(severity): cell(wording.verdict(severity)) for severity in Severity}
        self._summary = Summary()

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(self._wording.header(column) for column in COLUMNS)

    def rows(self, passages: Iterable[LoggedPassage]) -> Iterator[Row]:  # noqa: C901 - see below
        """Those that are chosen; the summary counts them as they go by.

        One loop, because a call for each row costs as much as its cells.
        """
        wording, verdicts, known, whys = self._wording, self._verdicts, self._known, self._whys
        directions, sites, plain, tenths = (
            _Said(wording.direction),
            _Said(wording.site),
            _Said(str),
            _Tenths(),
        )
        codes, statuses, made = _Said(wording.code), _Said(wording.code_status), self._summary
        takes = None if self._chosen == Filter() else self._chosen.takes
        begin, end, hour, day_and_hour, second = _Quarter(0, 0, {}, "", 0)
        for number, record, corrected in passages:
            severity = corrected.severity if corrected else record.severity
            who, their_cells = known.get(record.person_id) or self._who(record.person_id)
            if takes and not takes(record, severity, who):
                continue
            at_ms = record.at_ms
            if not begin <= at_ms < end:
                begin, end, hour, day_and_hour, second = self._quarter(at_ms)
            why = whys.get(bytes(record.reasons)) or self._why(record.reasons)
            why.rows += 1
            hour[severity] += 1
            correction, measured, shown = "", ",,", ","
            if corrected:
                made.corrected += 1
                correction = self._correction(record.severity, corrected)
            if warm := record.temperature:
                made.instruments[warm.instrument] += 1
                measured = f"{tenths[warm.value_c]},{sites[warm.site]},{plain[warm.instrument]}"
            if code := record.code:
                shown = f"{codes[code.kind]},{statuses[code.status]}"
            if record.emulated:
                made.emulated += 1
            if made.first is None:
                made.first = number
            made.last = number
            yield (
                f"{number},{day_and_hour}{_MINUTES[second + (at_ms - begin) // 1000]}"
                f",{directions[record.direction]},{plain[record.lane]},{verdicts[severity]},{correction}"
                f",{why.text},{measured},{shown},{their_cells},{plain[record.operator or '']}"
                f",{plain[record.policy]},{'1' if record.emulated else '0'}\r\n"
            )

    @property
    def summary(self) -> Summary:
        """Of all rows that were made so far."""
        made = self._summary
        made.verdicts, made.reasons = defaultdict(int), defaultdict(int)
        for hour in made.hours.values():
            for severity, count in hour.items():
                made.verdicts[severity] += count
        for why in self._whys.values():
            for code in why.held:
                made.reasons[code] += why.rows
        made.passages = sum(made.verdicts.values())
        return made

    def _quarter(self, at_ms: int) -> _Quarter:
        """Clocks change at whole quarters of an hour; in a zone that knows none, a second for itself."""
        for length in (_QUARTER_MS, 1000):
            begin = at_ms // length * length
            local = datetime.fromtimestamp(begin // 1000, self._zone)
            offset = local.utcoffset()
            if offset is not None and offset.total_seconds() % 900 == 0:
                break
        hour = self._summary.hours.setdefault(local.hour, defaultdict(int))
        second = 60 * local.minute + local.second
        return _Quarter(begin, begin + length, hour, f"{local:%Y-%m-%d %H}:", second)

    def _correction(self, before: int, new: Correction) -> str:
        return cell(self._wording.correction(unquoted(self._verdicts[before]), new.reason, new.operator))

    def _why(self, content: msgspec.Raw) -> _Why:
        reasons = _decode_reasons(content)
        said = self._between.join(unquoted(self._reasons[reason.code]) for reason in reasons)
        held = tuple(reason.code for reason in reasons if reason.severity)
        why = self._whys[bytes(content)] = _Why(cell(said), held)
        return why

    def _who(self, person_id: str | None) -> tuple[Named, str]:
        assert person_id is not None  # None is known from the start
        who = self._ask(person_id)
        if self._masked:
            who = Named(mask_name(who.name), who.dwelling, who.category)
        category = self._wording.category(who.category) if who.category else ""
        cells = ",".join(map(cell, (who.name, who.dwelling, category)))
        kept = _NOBODY if self._chosen == Filter() else who  # a large estate's people would take megabytes
        known = self._known[person_id] = (kept, cells)
        return known


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
