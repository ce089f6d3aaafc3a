"""The top line: which gate, which way, whether anything is emulated, how the devices are, light and time."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from station.core.contact import CenterStatus, Link
from station.core.model import DeviceKind, DeviceState, DeviceStatus, Direction
from station.ui import center_words, words
from station.ui.instruments import Health
from station.ui.lettering import LEFT, RIGHT, Line
from station.ui.tappable import Tappable
from station.ui.theme import Look, Pair, Theme
from station.ui.touch import Touch
from station.ui.wireframe import BASE

_SIGNS = {
    DeviceState.WORKING: "●",
    DeviceState.SEARCHING: "○",
    DeviceState.SILENT: "▲",
    DeviceState.LOST: "■",
    DeviceState.ABSENT: "○",
}
_TROUBLED = (DeviceState.SILENT, DeviceState.LOST)
_EXPECTED = (DeviceKind.CAMERA, DeviceKind.THERMOMETER)  # what every gate has; others are shown once heard of
_STRETCHES = {  # px from and to, as at 1366 px
    DeviceKind.CAMERA: (492, 696),
    DeviceKind.THERMOMETER: (702, 957),
    DeviceKind.SCANNER: (962, 1150),
    DeviceKind.BARRIER: (962, 1150),  # the same place: whichever of them has something to say
    DeviceKind.SOUND: (962, 1150),
}
TURN_S = 4  # each of them is read in that time
_AIDS = (DeviceKind.SCANNER, DeviceKind.BARRIER, DeviceKind.SOUND)


class Header(Tappable):
    """Drawn for 1366x52. While anything is emulated the whole line turns violet and says so.

    A tap on the way turns it, one on the word for the light chooses the next light, one on who is on duty
    asks who it is. Of scanner, barrier and sound there is room for one: whichever is in trouble, by turns.
    """

    duty_tapped = Signal()
    light_tapped = Signal()

    def __init__(self, gate_name: str, theme: Theme, touch: Touch, parent: QWidget | None = None) -> None:
        super().__init__(theme, touch, parent)
        self._direction = Direction.IN
        self._gate_name = gate_name
        self._health = {kind: _health(kind, DeviceState.SEARCHING) for kind in _EXPECTED}
        self._entry_emulated = self._codes_down = False
        self._light = self._clock = ""
        self._center, self._center_line = CenterStatus(), ""
        self._wall: datetime | None = None
        self._duty = ""
        self._name_it()

    @property
    def demo(self) -> bool:
        """Whether a device or the last entry is emulated."""
        return self._entry_emulated or any(health.emulated for health in self._health.values())

    def show_status(self, status: DeviceStatus) -> None:
        """One device's health, in words."""
        self.show_health(status.kind, _health(status.kind, status.state, emulated=status.emulated))

    def show_health(self, kind: DeviceKind, health: Health) -> None:
        """The health of all devices of one kind."""
        self._health[kind] = health
        self._changed()

    def show_entry(self, *, emulated: bool) -> None:
        """Whether the entry that is shown last came from an emulated device."""
        self._entry_emulated = emulated
        self._changed()

    def show_codes_down(self, down: bool) -> None:
        """Whether the code system is down and the gate goes by roster and temperature alone."""
        self._codes_down = down
        self._changed()

    @property
    def codes_down(self) -> bool:
        return self._codes_down

    def show_direction(self, direction: Direction) -> None:
        """Which way people go."""
        self._direction = direction
        self._changed()

    def turn(self) -> Direction:
        """The other way from now on, which is returned."""
        self.show_direction(Direction.IN if self._direction is Direction.OUT else Direction.OUT)
        return self._direction

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._way_box().contains(event.position()):
            super().mouseReleaseEvent(event)
        elif self._light_box().contains(event.position()) and self._touch.counts():
            self.light_tapped.emit()
        elif self._duty and self._right_end().contains(event.position()) and self._touch.counts():
            self.duty_tapped.emit()

    def show_light(self, light: str) -> None:
        self._light = light
        self._changed()

    def take(self, outcome: object) -> None:
        """How the station stands with its center is said here; other outcomes are for others."""
        if isinstance(outcome, CenterStatus):
            self._center = outcome
            self._say_center()

    def show_duty(self, said: str) -> None:
        """Who is on duty, under light and time; "" where nobody signs in."""
        if said != self._duty:
            self._duty = said
            self._changed()

    def show_time(self, wall: datetime) -> None:
        """The gate's wall time: the clock, and how old the lists of the center are by now."""
        shown, self._wall = self._shown(), wall
        if (clock := f"{wall:%H:%M}") != self._clock or shown != self._shown():
            self._clock = clock
            self._changed()
        self._say_center()

    def state(self) -> tuple[str, ...]:
        """How every device and the data are, in words, also those for which there is no room in the line."""
        told = [f"{_SIGNS[health.state]} {health.text}" for health in self._health.values()]
        return (*told, self._center_line)

    def _say_center(self) -> None:
        if self._wall is None:
            return
        line = center_words.gate_line(self._center, self._wall, QCoreApplication.translate)
        if line != self._center_line:
            self._center_line = line
            self._changed()

    def lines(self) -> tuple[Line, ...]:
        u = self.scale
        demo = self.tr("演示 DEMO") if self.demo else ""
        return (
            self._name_line(),
            Line(words.way(self._direction), self._part(222, 336), 32 * u, 22 * u),
            Line("F12", self._part(336, 376), 18 * u, 16 * u),
            Line(demo, self._demo_words_box(), 26 * u, 18 * u),
            *(self._health_line(kind) for kind in self._shown()),
            Line(self._center_line, self._center_box(), 20 * u, 18 * u, bold=self._is_center_pressing()),
            Line(f"{self._light} F9", self._light_box(), 20 * u, 16 * u, bold=False, align=RIGHT),
            Line(self._clock, self._upper(1272, 1350), 26 * u, 20 * u, align=RIGHT),
            *(
                [Line(self._duty, self._duty_box(), 20 * u, 18 * u, bold=False, align=RIGHT)]
                if self._duty
                else []
            ),
        )

    def _name_line(self) -> Line:
        """The gate's name; while codes are down that comes first, all the time."""
        u = self.scale
        if self._codes_down:
            return Line(self.tr("停码：看名册"), self._down_box(), 26 * u, 18 * u)
        spare = 3 * u  # two lines of the least size need it; nothing is above and below
        box = self._part(16, 210).adjusted(0, -spare, 0, spare)
        return Line(self._gate_name, box, 26 * u, 18 * u, bold=False, align=LEFT, one_line=False)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self.theme.colours
        painter.fillRect(self.rect(), colours["demo"] if self.demo else colours["panel"])
        way = self._way_pair()
        self._paint_chip(painter, self._way_box(), way.ground)
        painter.setPen(QPen(colours["border"], 2 * self.scale))
        painter.drawRoundedRect(self._way_box(), 6 * self.scale, 6 * self.scale)
        trouble = self.theme.looks[Look.RECHECK]
        if self._codes_down:
            self._paint_chip(painter, self._down_box(), trouble.ground)
        if self.demo:
            self._paint_chip(painter, self._demo_box(), colours["demo_ink"])
        for kind in self._shown():
            if self._is_troubled(kind):
                self._paint_chip(painter, self._health_box(kind), trouble.ground)
        if self._is_center_pressing():
            self._paint_chip(painter, self._center_box(), trouble.ground)
        for line in self.lines():
            painter.setPen(self._ink_of(line))
            line.paint(painter)
        painter.end()

    def _paint_chip(self, painter: QPainter, box: QRectF, ground: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 6 * self.scale, 6 * self.scale)

    def _ink_of(self, line: Line) -> QColor:
        colours = self.theme.colours
        if any(self._is_troubled(kind) and line == self._health_line(kind) for kind in self._shown()):
            return self.theme.looks[Look.RECHECK].ink
        if self._codes_down and line.box == self._down_box():
            return self.theme.looks[Look.RECHECK].ink
        if self._way_box().contains(line.box.center()):
            return self._way_pair().ink
        if line.box == self._center_box():
            return self._center_ink()
        if line.box == self._demo_words_box():
            return colours["demo"]
        return colours["demo_ink" if self.demo else "text"]

    def _part(self, left: float, right: float) -> QRectF:
        """A stretch of the line, given as at 1366 px."""
        wide = self.width() / (BASE.width() * self.scale)
        return self.box(left * wide, 0, (right - left) * wide, self.height() / self.scale)

    def _first_line(self, box: QRectF) -> QRectF:
        """Hanzi stand below the middle of their line, so there is more air below than above."""
        return box.adjusted(0, 0, 0, -25 * self.scale)

    def _second_line(self, box: QRectF) -> QRectF:
        return box.adjusted(0, 27 * self.scale, 0, -3 * self.scale)

    def _upper(self, left: float, right: float) -> QRectF:
        """Of the right end, what whoever is on duty leaves."""
        box = self._part(left, right)
        return self._first_line(box) if self._duty else box

    def _light_box(self) -> QRectF:
        return self._upper(1152, 1268)

    def _duty_box(self) -> QRectF:
        return self._second_line(self._right_end())

    def _right_end(self) -> QRectF:
        return self._part(1154, 1350)

    def _demo_box(self) -> QRectF:
        inset = 7 * self.scale
        return self._part(384, 489).adjusted(0, inset, 0, -inset)

    def _demo_words_box(self) -> QRectF:
        return self._demo_box().adjusted(4 * self.scale, 0, -4 * self.scale, 0)

    def _down_box(self) -> QRectF:
        inset = 7 * self.scale
        return self._part(12, 210).adjusted(0, inset, 0, -inset)

    def _way_box(self) -> QRectF:
        inset = 3 * self.scale
        return self._part(216, 379).adjusted(0, inset, 0, -inset)

    def _way_pair(self) -> Pair:
        """Dark on light one way, light on dark the other."""
        window, text = self.theme.colours["window"], self.theme.colours["text"]
        return Pair(text, window) if self._direction is Direction.OUT else Pair(window, text)

    def _center_box(self) -> QRectF:
        """Under the devices, as wide as all of them."""
        box = self._part(_STRETCHES[DeviceKind.CAMERA][0], _STRETCHES[DeviceKind.SCANNER][1])
        return self._second_line(box)

    def _is_center_pressing(self) -> bool:
        return center_words.is_pressing(self._center)

    def _center_ink(self) -> QColor:
        if self._is_center_pressing():
            return self.theme.looks[Look.RECHECK].ink
        if self.demo:
            return self.theme.colours["demo_ink"]
        return self.theme.colours["muted" if self._center.link is Link.NONE else "text"]

    def _shown(self) -> list[DeviceKind]:
        """What every gate has, and one of the others: those in trouble by turns."""
        aids = [kind for kind in _AIDS if kind in self._health]
        troubled = [kind for kind in aids if self._is_troubled(kind)]
        turn = self._wall.second // TURN_S if self._wall else 0
        return [*_EXPECTED, *(troubled[turn % len(troubled) :][:1] if troubled else aids[:1])]

    def _health_box(self, kind: DeviceKind) -> QRectF:
        return self._first_line(self._part(*_STRETCHES[kind]))

    def _health_line(self, kind: DeviceKind) -> Line:
        u = self.scale
        inner = self._health_box(kind).adjusted(6 * u, 0, -6 * u, 0)
        return Line(f"{self._sign(kind)} {self._health[kind].text}", inner, 22 * u, 18 * u)

    def _sign(self, kind: DeviceKind) -> str:
        """Of a device that works while another of its kind does not, the warning one."""
        health = self._health[kind]
        aside = health.troubled and health.state not in _TROUBLED
        return _SIGNS[DeviceState.SILENT if aside else health.state]

    def _is_troubled(self, kind: DeviceKind) -> bool:
        return self._health[kind].troubled

    def _changed(self) -> None:
        self._name_it()
        self.update()

    def _name_it(self) -> None:
        aside = (
            self._health[kind].text for kind in _AIDS if kind in self._health and kind not in self._shown()
        )
        told = (*(line.text for line in self.lines()), *aside)
        self.setAccessibleName(", ".join(text for text in told if text))


def _health(kind: DeviceKind, state: DeviceState, *, emulated: bool = False) -> Health:
    return Health(state, words.device(kind, state), state in _TROUBLED, emulated)
