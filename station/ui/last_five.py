"""The last five entries, so that "who was that?" has an answer. Names arrive masked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from station.core.entry import Entry, StoredEntry
from station.core.model import FactKind, ReasonCode, RecheckState, Severity
from station.core.outcome import PersonLine
from station.ui import override_words, words
from station.ui.face import VERDICT_LOOKS, VERDICT_SHAPES, leading
from station.ui.lettering import LEFT, RIGHT, Line
from station.ui.shapes import paint_shape
from station.ui.tappable import Tappable
from station.ui.theme import Theme
from station.ui.touch import Touch

translate = QCoreApplication.translate

NameOf = Callable[[str], PersonLine | None]  # by their id, as they stand on the screen

SHOWN = 5
STILL_THERE = timedelta(minutes=10)
_LEAST_ROW, _FOOT, _KEY = 33.0, 26.0, 44.0  # px at 1366x768
_RECHECKED = {state.value for state in RecheckState} - {RecheckState.BEGUN}


@dataclass(frozen=True, slots=True)
class LastLine:
    """One entry in the list. `at` is UTC; `name` is masked; `amended` tells a corrected verdict."""

    id: bytes
    at: datetime
    severity: Severity
    name: str | None = field(repr=False)
    has_code: bool
    temperature_c: float | None
    emulated: bool = False
    amended: bool = False
    rechecked: bool = False  # measured once more after a high reading
    dwelling: str = field(default="", repr=False)
    why: ReasonCode | None = None  # what was most pressing of the reasons

    @classmethod
    def of(cls, stored: StoredEntry, person: PersonLine | None) -> LastLine:
        entry = stored.entry
        return cls(
            id=entry.id,
            at=entry.at,
            severity=entry.decision,
            name=person.name if person else None,
            has_code=entry.code is not None,
            temperature_c=_measured_c(entry),
            emulated=entry.emulated,
            rechecked=any(fact.kind == FactKind.RECHECK and fact.value in _RECHECKED for fact in entry.facts),
            dwelling=person.dwelling if person else "",
            why=leading(entry, known=person is not None),
        )


def _measured_c(entry: Entry) -> float | None:
    """The reading; None for one that was no measurement."""
    none = any(reason.code == ReasonCode.TEMPERATURE_NOT_MEASURED for reason in entry.reasons)
    return entry.temperature.value_c if entry.temperature and not none else None


class LastFive(Tappable):
    """Drawn for 316x206 at 1366x768, newest on top. A tap shows them large."""

    def __init__(
        self, theme: Theme, touch: Touch, zone: tzinfo | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, touch, parent)
        self._zone = zone  # the gate's; None: the PC's
        self._last: tuple[LastLine, ...] = ()
        self._overrides: dict[str, int] = {}  # of today, by role
        self._name_it()

    @property
    def entries(self) -> tuple[LastLine, ...]:
        return self._last

    def show_lines(self, last: Sequence[LastLine]) -> None:
        """Show these entries, the newest first."""
        self._last = tuple(last[:SHOWN])
        self._name_it()
        self.update()

    def add(self, line: LastLine) -> None:
        self.show_lines((line, *self._last))

    def begin_day(self, wall: datetime) -> None:
        """Midnight: the list and its count begin anew, but whoever just came may still stand there."""
        self.show_lines([line for line in self._last if abs(wall - line.at) < STILL_THERE])
        self.show_overrides({})

    def show_overrides(self, overrides: Mapping[str, int]) -> None:
        """How often each role changed a verdict today."""
        self._overrides = dict(overrides)
        self.update()

    def count_override(self, role: str) -> None:
        """One more."""
        self.show_overrides({**self._overrides, role: self._overrides.get(role, 0) + 1})

    def amend(self, amended: bytes, severity: Severity) -> None:
        """Mark the entry with this id as corrected; its place in the list stays."""
        self.show_lines(
            [
                replace(line, severity=severity, amended=True) if line.id == amended else line
                for line in self._last
            ]
        )

    def said(self, line: LastLine) -> str:
        """One entry in a row, e.g. 10:24 张*强 通行."""
        return f"{clock(line, self._zone)} {who(line)} {words.verdict_name(line.severity)}"

    def lines(self) -> tuple[Line, ...]:
        if not self._last:
            return (Line(self.tr("今天还没有人"), self.inside(10), 24 * self.scale, 20 * self.scale),)
        rows = tuple(text for row, line in enumerate(self._visible()) for text in self._row(row, line))
        return (*rows, self._counted(), self._key()) if self._foot() else rows

    def _visible(self) -> tuple[LastLine, ...]:
        """As many as there is room for, when others need some of it."""
        return self._last[: self._rows()]

    def _rows(self) -> int:
        return max(1, min(SHOWN, int(self._room() / _LEAST_ROW)))

    def _room(self) -> float:
        """For the entries, as at 1366x768."""
        return self.height() / self.scale - 12 - self._foot()

    def _foot(self) -> float:
        """For the key and the count of today's overrides: nothing, when others need the room.

        The count is worth one of the entries, the key alone is not.
        """
        least = _LEAST_ROW if self._overrides else SHOWN * _LEAST_ROW
        return _FOOT if self.height() / self.scale - 12 - least >= _FOOT else 0.0

    def _row(self, row: int, line: LastLine) -> tuple[Line, ...]:
        u, width = self.scale, self.width() / self.scale
        top, height = self._top(row), self._row_height()
        degrees = f"{line.temperature_c:.1f}" if line.temperature_c is not None else "—"
        name = who(line)
        return (
            Line(clock(line, self._zone), self.box(14, top, 66, height), 22 * u, 18 * u, align=LEFT),
            Line(name, self.box(122, top, width - 198, height), 22 * u, 18 * u, bold=False, align=LEFT),
            Line(degrees, self.box(width - 74, top, 60, height), 22 * u, 18 * u, align=RIGHT),
        )

    def _counted(self) -> Line:
        u, high = self.scale, self.height() / self.scale
        box = self.box(14, high - _FOOT - 4, self.width() / u - 28 - _KEY, _FOOT)
        asked = translate("LastPage", "刚才是谁？")  # its title
        said = override_words.counted(self._overrides) if self._overrides else asked
        return Line(said, box, 20 * u, 15 * u, bold=False, align=LEFT)

    def _key(self) -> Line:
        u, high = self.scale, self.height() / self.scale
        box = self.box(self.width() / u - 14 - _KEY, high - _FOOT - 4, _KEY, _FOOT)
        return Line("PgUp", box, 18 * u, 16 * u, align=RIGHT)

    def _row_height(self) -> float:
        return self._room() / self._rows()

    def _top(self, row: int) -> float:
        return 6 + row * self._row_height()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_card(painter)
        size = min(24.0, self._row_height() - 4)
        for row, line in enumerate(self._visible()):
            box = self.box(88, self._top(row) + (self._row_height() - size) / 2, size, size)
            paint_shape(
                painter, VERDICT_SHAPES[line.severity], box, self.theme.mark(VERDICT_LOOKS[line.severity])
            )
        self.paint_lines(painter, self.theme.colours["text"])
        painter.end()

    def _name_it(self) -> None:
        spoken = ", ".join(self.said(line) for line in self._last) or self.tr("今天还没有人")
        self.setAccessibleName(f"{spoken}, PgUp")


def who(line: LastLine) -> str:
    """The masked name, or what stands for it, and whether they were decided again."""
    named = line.name or (translate("last", "未登记") if line.has_code else translate("last", "无码"))
    if line.amended:
        return translate("last", "{who} · 改判").format(who=named)
    return translate("last", "{who} · 复测").format(who=named) if line.rechecked else named


def clock(line: LastLine, zone: tzinfo | None) -> str:
    """When, in the gate's zone; None: the PC's."""
    return f"{line.at.astimezone(zone):%H:%M}"


def last_lines(
    entries: Sequence[StoredEntry],
    now: datetime,
    zone: tzinfo,
    name_of: NameOf,
) -> list[LastLine]:
    """Today's passages among these entries (newest first), each with its newest correction and its person."""
    corrected: dict[bytes, Severity] = {}
    for stored in entries:
        if stored.entry.amends is not None:
            corrected.setdefault(stored.entry.amends, stored.entry.decision)
    passages = (stored for stored in entries if stored.entry.amends is None)
    today = [stored for stored in passages if stored.entry.at.astimezone(zone).date() == now.date()]
    lines = [LastLine.of(one, _named(one, name_of)) for one in today[:SHOWN]]
    return [
        replace(line, severity=corrected[line.id], amended=True) if line.id in corrected else line
        for line in lines
    ]


def _named(stored: StoredEntry, name_of: NameOf) -> PersonLine | None:
    return name_of(stored.entry.person_id) if stored.entry.person_id else None
