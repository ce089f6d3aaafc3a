"""The temperature of the person in front: value, instrument, place and age; or what to do without one."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from station.core.entry import Entry
from station.core.model import DeviceKind, DeviceState, ReasonCode, Site, Temperature
from station.core.temperature import BY_HAND, CLINICAL
from station.ui import ages, measuring_words, words
from station.ui.instruments import Instruments
from station.ui.lettering import LEFT, RIGHT, Line, beside
from station.ui.tappable import Tappable
from station.ui.theme import Theme
from station.ui.touch import Touch

_GONE = (DeviceState.SILENT, DeviceState.LOST, DeviceState.ABSENT)
_BY_HAND = BY_HAND.family  # of values that a volunteer typed
_CLINICAL = CLINICAL.family


@dataclass(frozen=True, slots=True)
class Shown:
    """A temperature as it is shown: °C, and monotonic seconds of its reading."""

    value_c: float
    instrument: str
    family: str
    site: Site
    at: float
    limit_c: float | None = None  # at or above is high

    @classmethod
    def of_reading(cls, reading: Temperature) -> Shown:
        instrument = reading.instrument
        return cls(
            reading.value_c, instrument.name, instrument.family, reading.site, reading.at, reading.limit_c
        )

    @classmethod
    def of_entry(cls, entry: Entry) -> Shown | None:
        """The reading that an entry was decided by, as old as the entry; None for one that was none."""
        part = entry.temperature
        if part is None or any(
            reason.code == ReasonCode.TEMPERATURE_NOT_MEASURED for reason in entry.reasons
        ):
            return None
        at = entry.mono_ms / 1000
        return cls(part.value_c, part.instrument, part.family, Site(part.site), at, part.limit_c)


class ThermometerPanel(Tappable):
    """Drawn for 350x134 at 1366x768. While nobody is measured a tap begins with staff, if they are wanted."""

    def __init__(
        self, theme: Theme, touch: Touch, instruments: Instruments, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, touch, parent)
        self._shown: Shown | None = None
        self._instruments = instruments
        self._now, self._idle = 0.0, True
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

    def tick(self, now: float, *, idle: bool) -> None:
        """Time passed, to monotonic time `now` (s); `idle`: nobody is there whose the reading could be."""
        if idle:
            self.show_temperature(None, now)
        before = self._age_text(), self._idle
        self._now, self._idle = now, idle
        if (self._age_text(), self._idle) != before:
            self._name_it()
            self.update()

    def show_instruments(self) -> None:
        """They changed."""
        self._name_it()
        self.update()

    def can_be_tapped(self) -> bool:
        return self._asks_for_staff()

    def _asks_for_staff(self) -> bool:
        working = self._state() is DeviceState.WORKING
        return self._idle and self._shown is None and working and self._instruments.wants_staff

    def _state(self) -> DeviceState:
        return self._instruments.health().state

    def lines(self) -> tuple[Line, ...]:
        u, width, height = self.scale, self.width() / self.scale, self.height() / self.scale
        value = self.box(16, 2, width - 32, height - 44)
        below = self.box(16, height - 44, width - 32, 34)
        if self._asks_for_staff():
            said = measuring_words.staff_wanted()
            return (Line(said.sentence, value, 40 * u, 24 * u), Line(said.step, below, 24 * u, 18 * u))
        if self._shown is None and self._state() in _GONE:
            return (
                Line(words.device(DeviceKind.THERMOMETER, self._state()), value, 44 * u, 28 * u),
                Line(words.device_advice(DeviceKind.THERMOMETER), below, 24 * u, 18 * u),
            )
        if self._shown is None:
            return (Line("— —", value, 60 * u, 60 * u), Line(self.tr("还没测体温"), below, 24 * u, 18 * u))
        source = Line(self._source(self._shown), below, 22 * u, 18 * u, bold=False, align=LEFT)
        age = Line(self._age_text(), below, 22 * u, 18 * u, bold=False, align=RIGHT)
        celsius = Line(f"{self._shown.value_c:.1f} ℃", value, 92 * u, 60 * u)
        return (celsius, *beside(source, age, below, 8 * u))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_card(painter)
        self.paint_lines(painter, self.theme.colours["text" if self._shown else "muted"])
        painter.end()

    def _source(self, shown: Shown) -> str:
        """Where it was measured and with what; of a high one, from where on it is high."""
        if shown.limit_c is not None and shown.value_c >= shown.limit_c:
            return self.tr("{site} · {limit} 起算高").format(
                site=words.site(shown.site), limit=f"{shown.limit_c:.1f}"
            )
        if shown.family == _CLINICAL:
            return self.tr("体温计")
        if shown.family == _BY_HAND:
            return self.tr("手测")
        return f"{words.site(shown.site)} · {self._instruments.called(shown.instrument)}"

    def _age_text(self) -> str:
        return ages.ago(self._now - self._shown.at) if self._shown else ""

    def _name_it(self) -> None:
        """The value is in the name, or a screen reader would say "temperature" and stop."""
        self.setAccessibleName(", ".join(line.text for line in self.lines()))
