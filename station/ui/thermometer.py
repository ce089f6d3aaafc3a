"""The temperature of the person in front: value, instrument, place and age; or what to do without one."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from station.core.entry import Entry
from station.core.model import DeviceKind, DeviceState, DeviceStatus, Site, Temperature
from station.ui import ages, words
from station.ui.lettering import LEFT, RIGHT, Line
from station.ui.painted import Painted
from station.ui.theme import Theme

_GONE = (DeviceState.SILENT, DeviceState.LOST, DeviceState.ABSENT)
_BY_HAND = "by-hand"  # the family of values that a volunteer typed


@dataclass(frozen=True, slots=True)
class Shown:
    """A temperature as it is shown: °C, and monotonic seconds of its reading."""

    value_c: float
    instrument: str
    family: str
    site: Site
    at: float

    @classmethod
    def of_reading(cls, reading: Temperature) -> Shown:
        instrument = reading.instrument
        return cls(reading.value_c, instrument.name, instrument.family, reading.site, reading.at)

    @classmethod
    def of_entry(cls, entry: Entry) -> Shown | None:
        """The reading that an entry was decided by, as old as the entry."""
        part = entry.temperature
        if part is None:
            return None
        return cls(part.value_c, part.instrument, part.family, Site(part.site), entry.mono_ms / 1000)


class ThermometerPanel(Painted):
    """Drawn for 350x134 at 1366x768."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._shown: Shown | None = None
        self._state = DeviceState.SEARCHING
        self._now = 0.0
        self._name_it()

    @property
    def shown(self) -> Shown | None:
        return self._shown

    def show_temperature(self, shown: Shown | None, now: float) -> None:
        """A reading, or None for nobody's; `now` in monotonic seconds gives its age."""
        if shown is not None or self._shown is not None:
            self._shown, self._now = shown, now
            self._name_it()
            self.update()

    def show_age(self, now: float) -> None:
        """Let the reading grow older, to monotonic time `now` (s)."""
        before, self._now = self._age_text(), now
        if self._age_text() != before:
            self._name_it()
            self.update()

    def show_status(self, status: DeviceStatus) -> None:
        self._state = status.state
        self._name_it()
        self.update()

    def lines(self) -> tuple[Line, ...]:
        u, width, height = self.scale, self.width() / self.scale, self.height() / self.scale
        value = self.box(16, 2, width - 32, height - 44)
        below = self.box(16, height - 44, width - 32, 34)
        if self._shown is None and self._state in _GONE:
            return (
                Line(words.device(DeviceKind.THERMOMETER, self._state), value, 44 * u, 28 * u),
                Line(words.device_advice(DeviceKind.THERMOMETER), below, 24 * u, 18 * u),
            )
        if self._shown is None:
            return (Line("— —", value, 60 * u, 60 * u), Line(self.tr("还没测体温"), below, 24 * u, 18 * u))
        split = 0.62 * (width - 32)
        source = self.box(16, height - 44, split, 34)
        age = self.box(16 + split, height - 44, width - 32 - split, 34)
        return (
            Line(f"{self._shown.value_c:.1f} ℃", value, 92 * u, 60 * u),
            Line(self._source(self._shown), source, 22 * u, 18 * u, bold=False, align=LEFT),
            Line(self._age_text(), age, 22 * u, 18 * u, bold=False, align=RIGHT),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_card(painter)
        self.paint_lines(painter, self.theme.colours["text" if self._shown else "muted"])
        painter.end()

    def _source(self, shown: Shown) -> str:
        if shown.family == _BY_HAND:
            return self.tr("手测")
        return f"{words.site(shown.site)} · {shown.instrument}"

    def _age_text(self) -> str:
        return ages.ago(self._now - self._shown.at) if self._shown else ""

    def _name_it(self) -> None:
        """The value is in the name, or a screen reader would say "temperature" and stop."""
        self.setAccessibleName(", ".join(line.text for line in self.lines()))
