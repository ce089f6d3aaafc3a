"""Charts as PNG files, drawn with QPainter: lines, dots and bars on axes. Computes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen, QPolygonF

from station.ui.theme import FAMILY

PAPER, INK, GRID = QColor("#ffffff"), QColor("#22262b"), QColor("#dfe3e8")
# Okabe and Ito's colours, which people without colour vision tell apart (jfly.uni-koeln.de/color)
COLOURS = [QColor(name) for name in ("#0072b2", "#e69f00", "#cc79a7", "#009e73", "#d55e00", "#56b4e9")]
DASHES = [Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine, Qt.PenStyle.SolidLine]

Point = tuple[float, float]
Points = Sequence[Point]


@dataclass(frozen=True)
class Axis:
    """One axis: what it shows, and where its marks are; the first and the last are its ends."""

    title: str
    marks: Sequence[float]

    def share(self, value: float) -> float:
        return (value - self.marks[0]) / (self.marks[-1] - self.marks[0])


@dataclass(frozen=True)
class Key:
    """One line of the legend."""

    name: str
    number: int
    dotted: bool = False


@dataclass
class Panel:
    """One chart. Series are drawn in the order in which they were added."""

    title: str
    across: Axis
    up: Axis
    legend: list[Key] = field(default_factory=list)
    _drawn: list[Callable[[QPainter, QRectF], None]] = field(default_factory=list)

    def line(self, name: str, points: Points, number: int) -> None:
        """A line in colour and dash `number`."""
        self.legend.append(Key(name, number))
        self._drawn.append(lambda painter, area: self._draw_line(painter, area, points, number))

    def dots(self, name: str, points: Points, number: int, size: float = 3.0) -> None:
        self.legend.append(Key(name, number, dotted=True))
        self._drawn.append(lambda painter, area: self._draw_dots(painter, area, points, number, size))

    def bars(self, points: Points, width: float, number: int) -> None:
        """Bars that begin at the left of each point and are `width` wide, in units of the axis."""
        self._drawn.append(lambda painter, area: self._draw_bars(painter, area, points, width, number))

    def draw(self, painter: QPainter, place: QRectF) -> None:
        area = place.adjusted(78, 44, -18, -56)
        self._draw_axes(painter, place, area)
        painter.save()
        painter.setClipRect(area.adjusted(-4, -4, 4, 4))
        for draw in self._drawn:
            draw(painter, area)
        painter.restore()

    def _at(self, area: QRectF, x: float, y: float) -> QPointF:
        return QPointF(
            area.left() + self.across.share(x) * area.width(),
            area.bottom() - self.up.share(y) * area.height(),
        )

    def _draw_axes(self, painter: QPainter, place: QRectF, area: QRectF) -> None:
        painter.setPen(INK)
        painter.setFont(_font(17, bold=True))
        painter.drawText(QRectF(place.left(), place.top(), place.width(), 40), _CENTRE, self.title)
        painter.setFont(_font(14))
        for mark in self.across.marks:
            at = self._at(area, mark, self.up.marks[0])
            _grid(painter, at, self._at(area, mark, self.up.marks[-1]))
            painter.drawText(QRectF(at.x() - 40, at.y() + 4, 80, 22), _CENTRE, f"{mark:g}")
        for mark in self.up.marks:
            at = self._at(area, self.across.marks[0], mark)
            _grid(painter, at, self._at(area, self.across.marks[-1], mark))
            painter.drawText(QRectF(at.x() - 56, at.y() - 11, 50, 22), _RIGHT, f"{mark:g}")
        painter.drawText(
            QRectF(area.left(), area.bottom() + 26, area.width(), 24), _CENTRE, self.across.title
        )
        painter.save()
        painter.translate(place.left() + 12, area.center().y())
        painter.rotate(-90)
        painter.drawText(QRectF(-area.height() / 2, -12, area.height(), 24), _CENTRE, self.up.title)
        painter.restore()

    def _draw_line(self, painter: QPainter, area: QRectF, points: Points, number: int) -> None:
        painter.setPen(_pen(number))
        painter.drawPolyline(QPolygonF([self._at(area, x, y) for x, y in points]))

    def _draw_dots(self, painter: QPainter, area: QRectF, points: Points, number: int, size: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(COLOURS[number])
        for x, y in points:
            painter.drawEllipse(self._at(area, x, y), size, size)

    def _draw_bars(self, painter: QPainter, area: QRectF, points: Points, width: float, number: int) -> None:
        painter.setPen(QPen(PAPER, 0.5))
        painter.setBrush(COLOURS[number])
        for x, y in points:
            corners = self._at(area, x, y), self._at(area, x + width, self.up.marks[0])
            painter.drawRect(QRectF(*corners))


def save(panels: Sequence[Panel], columns: int, file: Path, *, width: int = 560, height: int = 400) -> None:
    """Panels side by side in rows, with one legend below: that of the first. Needs a QGuiApplication."""
    rows = -(-len(panels) // columns)
    legend = 44 if panels[0].legend else 0
    image = QImage(columns * width, rows * height + legend, QImage.Format.Format_RGB32)
    image.fill(PAPER)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for place, panel in enumerate(panels):
        row, column = divmod(place, columns)
        panel.draw(painter, QRectF(column * width, row * height, width, height))
    _draw_legend(painter, panels[0].legend, QRectF(0, rows * height, columns * width, legend))
    painter.end()
    if not image.save(str(file)):
        raise OSError(f"{file} cannot be written")


_CENTRE = Qt.AlignmentFlag.AlignCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _draw_legend(painter: QPainter, legend: Sequence[Key], place: QRectF) -> None:
    painter.setFont(_font(15))
    widths = [painter.fontMetrics().horizontalAdvance(key.name) + 80 for key in legend]
    x, y = place.left() + (place.width() - sum(widths)) / 2, place.center().y()
    for key, width in zip(legend, widths, strict=True):
        if key.dotted:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(COLOURS[key.number])
            painter.drawEllipse(QPointF(x + 20, y), 5, 5)
        else:
            painter.setPen(_pen(key.number))
            painter.drawLine(QPointF(x, y), QPointF(x + 40, y))
        painter.setPen(INK)
        painter.drawText(QRectF(x + 48, y - 12, width, 24), Qt.AlignmentFlag.AlignVCenter, key.name)
        x += width


def _grid(painter: QPainter, start: QPointF, end: QPointF) -> None:
    painter.setPen(QPen(GRID, 1))
    painter.drawLine(start, end)
    painter.setPen(INK)


def _pen(number: int) -> QPen:
    return QPen(COLOURS[number], 2.6, DASHES[number % len(DASHES)])


def _font(pixels: int, *, bold: bool = False) -> QFont:
    font = QFont(FAMILY)
    font.setPixelSize(pixels)
    font.setBold(bold)
    return font
