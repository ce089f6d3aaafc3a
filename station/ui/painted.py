"""The common ground of widgets that paint themselves: a theme, a scale, and a list of their texts."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from station.ui.lettering import Line
from station.ui.theme import Theme


class Painted(QWidget):
    """Sizes are given as at 1366x768 and multiplied by the window's scale."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.scale = theme, 1.0

    def dress(self, theme: Theme, scale: float) -> None:
        """Take another theme or another size of the window."""
        self.theme, self.scale = theme, scale
        self.update()

    def lines(self) -> tuple[Line, ...]:
        """Every text on the widget, each in its box; none, unless a widget says otherwise."""
        return ()

    def box(self, x: float, y: float, width: float, height: float) -> QRectF:
        """A rectangle given as at 1366x768."""
        u = self.scale
        return QRectF(x * u, y * u, width * u, height * u)

    def inside(self, margin: float) -> QRectF:
        """The widget without a margin given as at 1366x768."""
        cut = margin * self.scale
        return QRectF(self.rect()).adjusted(cut, cut, -cut, -cut)

    def paint_card(self, painter: QPainter) -> None:
        """The framed ground of a quiet panel."""
        colours = self.theme.colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours["border"], 2 * self.scale))
        painter.setBrush(colours["panel"])
        painter.drawRoundedRect(self.inside(1), 8 * self.scale, 8 * self.scale)

    def paint_lines(self, painter: QPainter, ink: QColor) -> None:
        painter.setPen(ink)
        for line in self.lines():
            line.paint(painter)
