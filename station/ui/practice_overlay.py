"""What lies over the gate in practice: its mark, how far it is, what is said, and how it went.

It only paints: every touch and key goes to the gate under it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from station.ui.face import Shape
from station.ui.lettering import LEFT, Line
from station.ui.painted import Painted
from station.ui.shapes import paint_shape
from station.ui.theme import Look, Theme
from station.ui.wireframe import BASE

FRAME = 8.0  # px at 1366x768
_BAND = (12.0, 62.0, 676.0, 64.0)  # over the upper edge of the camera's picture
_BUBBLE = (28.0, 316.0, 644.0, 76.0)  # over the table, not over a face
_TOLD = (28.0, 292.0, 644.0, 100.0)  # there too, while nobody stands there
_SIGN = 68.0  # px; the shape beside what is told
_MARK = (384.0, 7.0, 105.0, 38.0)  # where the header says that things are emulated
_BUBBLE_IN_HEADER = (492.0, 2.0, 662.0, 48.0)  # while a page covers the picture


@dataclass(frozen=True, slots=True)
class Told:
    """What the learner hears of the one who leaves; nothing if `text` is empty."""

    text: str = ""
    right: bool = True

    @property
    def look(self) -> Look:
        return Look.PASS if self.right else Look.RECHECK


class PracticeOverlay(Painted):
    """Covers the whole window, and takes nothing from it."""

    def __init__(self, theme: Theme, over: QWidget) -> None:
        super().__init__(theme, over)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._band = self._says = ""
        self._told = Told()
        self._page_open = False

    def show_play(self, band: str, says: str, told: Told, *, page_open: bool) -> None:
        """What is said moves into the header while a page lies over the picture; the rest waits."""
        shown = (band, says, told, page_open)
        if shown != (self._band, self._says, self._told, self._page_open):
            self._band, self._says, self._told, self._page_open = shown
            self.setAccessibleName(" ".join(filter(None, (self.tr("练习"), band, says, told.text))))
            self.update()
        self.raise_()

    def dress(self, theme: Theme, scale: float) -> None:
        parent = self.parentWidget()
        if parent:
            self.setGeometry(parent.rect())
        super().dress(theme, scale)

    def lines(self) -> tuple[Line, ...]:
        u = self.scale
        return (Line(self.tr("练习"), self._at(_MARK), 28 * u, 20 * u), *self._play_lines())

    def _play_lines(self) -> tuple[Line, ...]:
        u = self.scale
        says = Line(
            self._says,
            self._bubble_box().adjusted(14 * u, 0, -14 * u, 0),
            30 * u,
            20 * u,
            bold=False,  # it may hold a rare character of a name
            align=LEFT,
            one_line=False,
        )
        if self._page_open:
            return (replace(says, px=24 * u, least_px=16 * u),)
        band = self._at(_BAND).adjusted(12 * u, 0, -12 * u, 0)
        return (Line(self._band, band, 30 * u, 20 * u, one_line=False), self._told_line(), says)

    def _told_line(self) -> Line:
        u = self.scale
        box = self._at(_TOLD).adjusted((_SIGN + 32) * u, 0, -14 * u, 0)
        return Line(self._told.text, box, 36 * u, 22 * u, align=LEFT, one_line=False)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = QPainter(self), self.theme.colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter)
        self._chip(painter, self._at(_MARK), colours["demo_ink"])
        if self._band and not self._page_open:
            self._chip(painter, self._at(_BAND), colours["demo"])
        if self._told.text and not self._page_open:
            self._paint_sign(painter)
        if self._says:
            self._chip(painter, self._bubble_box(), colours["panel"])
        for line in self.lines():
            painter.setPen(self._ink(line))
            line.paint(painter)
        painter.end()

    def _paint_frame(self, painter: QPainter) -> None:
        """Round all but the header, which is violet already."""
        half = FRAME * self.scale / 2
        painter.setPen(QPen(self.theme.colours["demo"], 2 * half))
        below = self._at((0.0, 52.0, float(BASE.width()), BASE.height() - 52.0))
        box = below.adjusted(half, 0, -half, -half)
        painter.drawLines(
            [
                QLineF(box.topLeft(), box.bottomLeft()),
                QLineF(box.bottomLeft(), box.bottomRight()),
                QLineF(box.bottomRight(), box.topRight()),
            ]
        )

    def _paint_sign(self, painter: QPainter) -> None:
        """A tick, or the triangle of "look again", beside what is told."""
        box, size = self._at(_TOLD), _SIGN * self.scale
        pair = self.theme.looks[self._told.look]
        self._chip(painter, box, pair.ground)
        at = QRectF(box.left() + 16 * self.scale, box.center().y() - size / 2, size, size)
        paint_shape(painter, Shape.TICK if self._told.right else Shape.TRIANGLE, at, pair)

    def _ink(self, line: Line) -> QColor:
        colours = self.theme.colours
        if line.text == self._says:
            return colours["text"]
        if line.text == self._told.text:
            return self.theme.looks[self._told.look].ink
        return colours["demo_ink" if line.text == self._band else "demo"]

    def _chip(self, painter: QPainter, box: QRectF, colour: QColor) -> None:
        painter.setPen(QPen(self.theme.colours["border"], 2 * self.scale))
        painter.setBrush(colour)
        painter.drawRoundedRect(box, 8 * self.scale, 8 * self.scale)

    def _bubble_box(self) -> QRectF:
        return self._at(_BUBBLE_IN_HEADER if self._page_open else _BUBBLE)

    def _at(self, place: tuple[float, float, float, float]) -> QRectF:
        """A place of the gate's wireframe in a window of this size."""
        x, y, width, height = place
        wide, high = self.width() / BASE.width(), self.height() / BASE.height()
        return QRectF(x * wide, y * high, width * wide, height * high)
