"""What lies over the gate in practice: its mark, how far it is, and what whoever stands there says.

It only paints: every touch and key goes to the gate under it.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from station.ui.lettering import LEFT, Line
from station.ui.painted import Painted
from station.ui.theme import Theme
from station.ui.wireframe import BASE

FRAME = 8.0  # px at 1366x768
_BAND = (12.0, 62.0, 676.0, 44.0)  # over the upper edge of the camera's picture
_BUBBLE = (28.0, 316.0, 644.0, 76.0)  # over the table, not over a face
_MARK = (384.0, 7.0, 105.0, 38.0)  # where the header says that things are emulated
_BUBBLE_IN_HEADER = (492.0, 2.0, 662.0, 48.0)  # while a page covers the picture


class PracticeOverlay(Painted):
    """Covers the whole window, and takes nothing from it."""

    def __init__(self, theme: Theme, over: QWidget) -> None:
        super().__init__(theme, over)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._band = self._says = ""
        self._page_open = False

    def show_play(self, band: str, says: str, *, page_open: bool) -> None:
        """`says` moves into the header while a page lies over the picture."""
        shown = (band, says, page_open)
        if shown != (self._band, self._says, self._page_open):
            self._band, self._says, self._page_open = shown
            self.setAccessibleName(f"{band} {says}")
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
        return (Line(self._band, self._at(_BAND), 26 * u, 20 * u), says)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, u, colours = QPainter(self), self.scale, self.theme.colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours["demo"], FRAME * u))
        inset = FRAME * u / 2
        below = self._at(
            (0.0, 52.0, float(BASE.width()), BASE.height() - 52.0)
        )  # the header is violet already
        painter.drawRect(below.adjusted(inset, -inset, -inset, -inset))
        self._chip(painter, self._at(_MARK), "demo_ink")
        if self._band and not self._page_open:
            self._chip(painter, self._at(_BAND), "demo")
        if self._says:
            self._chip(painter, self._bubble_box(), "panel")
        for line in self.lines():
            painter.setPen(colours[self._ink(line)])
            line.paint(painter)
        painter.end()

    def _ink(self, line: Line) -> str:
        if line.text == self._says:
            return "text"
        return "demo_ink" if line.text == self._band else "demo"

    def _chip(self, painter: QPainter, box: QRectF, colour: str) -> None:
        painter.setPen(QPen(self.theme.colours["border"], 2 * self.scale))
        painter.setBrush(self.theme.colours[colour])
        painter.drawRoundedRect(box, 8 * self.scale, 8 * self.scale)

    def _bubble_box(self) -> QRectF:
        return self._at(_BUBBLE_IN_HEADER if self._page_open else _BUBBLE)

    def _at(self, place: tuple[float, float, float, float]) -> QRectF:
        """A place of the gate's wireframe in a window of this size."""
        x, y, width, height = place
        wide, high = self.width() / BASE.width(), self.height() / BASE.height()
        return QRectF(x * wide, y * high, width * wide, height * high)
