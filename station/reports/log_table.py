"""The daily log as a table: its columns, and a passage as a row of typed cells. Knows no file format.

Words come from outside (`Wording`), because a list is exported in the language of whoever reads it. Names are
masked unless they are asked for in clear, which whoever asks has to answer for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Protocol

from station.core.entry import ReasonPart
from station.core.model import Severity
from station.journal.daily_log import Correction, LoggedPassage, LoggedRecord, Named
from station.journal.masking import mask_name

COLUMNS = (
    "number", "at", "direction", "lane", "verdict", "correction", "reasons", "temperature", "site",
    "instrument", "code", "code_status", "name", "dwelling", "category", "operator", "policy", "emulated",
)  # fmt: skip
PERSONAL = ("name", "dwelling", "category")  # as the roster has them at the moment of the export

Cell = str | int | float | datetime | None
Row = tuple[Cell, ...]


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

    def takes(self, passage: LoggedPassage, who: Named) -> bool:
        temperature = passage.record.temperature
        return (
            (not self.verdicts or Severity(severity_of(passage)) in self.verdicts)
            and (not self.instruments or bool(temperature and temperature.instrument in self.instruments))
            and (not self.categories or who.category in self.categories)
            and (not self.house or who.dwelling == self.house or who.dwelling.startswith(f"{self.house}-"))
        )

    @property
    def asks_who(self) -> bool:
        return bool(self.categories or self.house)


def severity_of(passage: LoggedPassage) -> int:
    """What is true now."""
    return passage.correction.severity if passage.correction else passage.record.severity


class _Said(dict[str, str]):
    """Words that were asked for once; a million rows ask for the same few."""

    def __init__(self, say: Callable[[str], str]) -> None:
        super().__init__({"": ""})
        self._say = say

    def __missing__(self, word: str) -> str:
        said = self[word] = self._say(word)
        return said


@dataclass(slots=True)
class _Why:
    """The reasons of a verdict in words, and how many rows have just these."""

    text: str
    held: tuple[str, ...]  # codes of those that did not let pass
    rows: int = 0


class LogTable:
    """Makes rows of passages. `who` gives the person of an id, asked once for each."""

    def __init__(
        self, wording: Wording, zone: tzinfo, who: Callable[[str], Named], chosen: Filter, *, masked: bool
    ) -> None:
        self._wording, self._chosen, self._masked = wording, chosen, masked
        self._ask, self._zone = who, zone
        self._known: dict[str | None, Named] = {None: Named()}
        self._whys: dict[tuple[ReasonPart, ...], _Why] = {}
        self._verdicts = {int(severity): wording.verdict(severity) for severity in Severity}
        self._directions, self._sites = _Said(wording.direction), _Said(wording.site)
        self._codes, self._statuses = _Said(wording.code), _Said(wording.code_status)
        self._categories = _Said(wording.category)
        self._hours: dict[tuple[int, int], int] = {}
        self._instruments: dict[str, int] = {}
        self._summary = Summary()

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(self._wording.header(column) for column in COLUMNS)

    def rows(self, passages: Iterable[LoggedPassage]) -> Iterator[Row]:
        """Those that are chosen; the summary counts them as they go by."""
        takes, row, known = self._chosen.takes, self._row, self._known
        everything = self._chosen == Filter()
        for passage in passages:
            who = known.get(passage.record.person_id) or self._who(passage.record.person_id)
            if everything or takes(passage, who):
                yield row(passage, who)

    @property
    def summary(self) -> Summary:
        """Of all rows that were made so far."""
        made = self._summary
        made.verdicts, made.hours, made.reasons = {}, {}, {}
        for (hour, severity), count in self._hours.items():
            made.hours.setdefault(hour, {})[severity] = count
            made.verdicts[severity] = made.verdicts.get(severity, 0) + count
        for why in self._whys.values():
            for code in why.held:
                made.reasons[code] = made.reasons.get(code, 0) + why.rows
        made.instruments = self._instruments
        made.passages = sum(made.verdicts.values())
        return made

    def _row(self, passage: LoggedPassage, who: Named) -> Row:
        number, _, record, corrected = passage
        warm, code = record.temperature, record.code
        severity = corrected.severity if corrected else record.severity
        at = datetime.fromtimestamp(record.at_ms // 1000, self._zone).replace(tzinfo=None)
        self._count(number, record, corrected, severity, at.hour)
        return (
            number,
            at,
            self._directions[record.direction],
            record.lane,
            self._verdicts[severity],
            self._correction(record.severity, corrected) if corrected else "",
            self._why(record.reasons),
            warm.value_c if warm else None,
            self._sites[warm.site] if warm else "",
            warm.instrument if warm else "",
            self._codes[code.kind] if code else "",
            self._statuses[code.status] if code else "",
            who.name,
            who.dwelling,
            self._categories[who.category],
            record.operator or "",
            record.policy,
            1 if record.emulated else 0,
        )

    def _count(
        self, number: int, record: LoggedRecord, corrected: Correction | None, severity: int, hour: int
    ) -> None:
        made, key = self._summary, (hour, severity)
        self._hours[key] = self._hours.get(key, 0) + 1
        if made.first is None:
            made.first = number
        made.last = number
        if corrected:
            made.corrected += 1
        if record.emulated:
            made.emulated += 1
        if record.temperature:
            name = record.temperature.instrument
            self._instruments[name] = self._instruments.get(name, 0) + 1

    def _correction(self, before: int, new: Correction) -> str:
        return self._wording.correction(self._verdicts[before], new.reason, new.operator)

    def _why(self, reasons: tuple[ReasonPart, ...]) -> str:
        why = self._whys.get(reasons)
        if why is None:
            said = self._wording.text("between").join(self._wording.reason(reason.code) for reason in reasons)
            held = tuple(reason.code for reason in reasons if reason.severity)
            why = self._whys[reasons] = _Why(said, held)
        why.rows += 1
        return why.text

    def _who(self, person_id: str | None) -> Named:
        assert person_id is not None  # None is known from the start
        known = self._ask(person_id)
        if self._masked:
            known = Named(mask_name(known.name), known.dwelling, known.category)
        self._known[person_id] = known
        return known


@dataclass(slots=True)
class Summary:
    """What stands at the end of a log."""

    passages: int = 0
    corrected: int = 0
    emulated: int = 0
    first: int | None = None  # number of the first row, and of the last
    last: int | None = None
    verdicts: dict[int, int] = field(default_factory=dict)
    hours: dict[int, dict[int, int]] = field(default_factory=dict)  # hour of day, then severity
    reasons: dict[str, int] = field(default_factory=dict)  # how often each did not let pass
    instruments: dict[str, int] = field(default_factory=dict)
