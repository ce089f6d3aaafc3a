"""The pictograms, drawn from paths in a unit square, for whoever cannot read the words. No text here."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from station.ui.face import Shape
from station.ui.theme import Pair

_Stroke = tuple[tuple[float, float], ...]


def paint_shape(painter: QPainter, shape: Shape, box: QRectF, pair: Pair) -> None:
    """Draw `shape` into the square `box`: its body in ink, its sign cut out in the ground's colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width(), box.height())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(pair.ink)
    _DRAW[shape](painter, pair.ground)
    painter.restore()


def _strokes(painter: QPainter, colour: QColor, width: float, *strokes: _Stroke) -> None:
    pen = QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for stroke in strokes:
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in stroke]))


def _tick(painter: QPainter, ground: QColor) -> None:
    painter.drawEllipse(QRectF(0, 0, 1, 1))
    _strokes(painter, ground, 0.11, ((0.26, 0.53), (0.44, 0.70), (0.75, 0.33)))


def _triangle(painter: QPainter, ground: QColor) -> None:
    painter.setPen(QPen(painter.brush().color(), 0.08, j=Qt.PenJoinStyle.RoundJoin))
    painter.drawPolygon(QPolygonF([QPointF(0.5, 0.08), QPointF(0.96, 0.92), QPointF(0.04, 0.92)]))
    _strokes(painter, ground, 0.11, ((0.5, 0.38), (0.5, 0.62)), ((0.5, 0.79), (0.5, 0.795)))


def _octagon(painter: QPainter, ground: QColor) -> None:
    corners = (math.pi / 8 + eighth * math.pi / 4 for eighth in range(8))
    radius = 0.5 / math.cos(math.pi / 8)
    painter.drawPolygon(
        QPolygonF([QPointF(0.5 + radius * math.cos(a), 0.5 + radius * math.sin(a)) for a in corners])
    )
    _strokes(painter, ground, 0.12, ((0.32, 0.32), (0.68, 0.68)), ((0.68, 0.32), (0.32, 0.68)))


def _phone(painter: QPainter, ground: QColor) -> None:
    ink = painter.brush().color()
    painter.drawRoundedRect(QRectF(0.22, 0, 0.56, 1), 0.1, 0.1)
    painter.fillRect(QRectF(0.28, 0.1, 0.44, 0.76), ground)
    for x, y in ((0.33, 0.27), (0.53, 0.27), (0.33, 0.47)):  # a QR code's finder squares
        painter.fillRect(QRectF(x, y, 0.14, 0.14), ink)
        painter.fillRect(QRectF(x + 0.045, y + 0.045, 0.05, 0.05), ground)
    painter.fillRect(QRectF(0.57, 0.51, 0.07, 0.07), ink)


def _thermometer(painter: QPainter, ground: QColor) -> None:
    painter.drawRoundedRect(QRectF(0.37, 0, 0.26, 0.8), 0.13, 0.13)
    painter.drawEllipse(QRectF(0.28, 0.56, 0.44, 0.44))
    _strokes(painter, ground, 0.09, ((0.5, 0.28), (0.5, 0.72)))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawEllipse(QRectF(0.38, 0.66, 0.24, 0.24))


def _two_people(painter: QPainter, ground: QColor) -> None:
    for x in (0.02, 0.66):
        painter.drawEllipse(QRectF(x + 0.06, 0.12, 0.2, 0.2))
        painter.drawRoundedRect(QRectF(x, 0.38, 0.32, 0.52), 0.12, 0.12)
    ink = painter.brush().color()
    arrow = ((0.41, 0.55), (0.59, 0.55))
    _strokes(
        painter,
        ink,
        0.035,
        arrow,
        ((0.45, 0.5), (0.41, 0.55), (0.45, 0.6)),
        ((0.55, 0.5), (0.59, 0.55), (0.55, 0.6)),
    )


def _notebook(painter: QPainter, ground: QColor) -> None:
    """An empty page, struck through: what should be written there is not."""
    painter.drawRoundedRect(QRectF(0.14, 0, 0.72, 1), 0.06, 0.06)
    _strokes(painter, ground, 0.05, ((0.3, 0.22), (0.7, 0.22)), ((0.3, 0.38), (0.7, 0.38)))
    _strokes(painter, ground, 0.11, ((0.34, 0.56), (0.66, 0.86)), ((0.66, 0.56), (0.34, 0.86)))


def _hourglass(painter: QPainter, ground: QColor) -> None:
    """Wait: it goes on by itself."""
    glass = ((0.24, 0.08), (0.76, 0.08), (0.53, 0.5), (0.76, 0.92), (0.24, 0.92), (0.47, 0.5))
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in glass]))
    for top in (0.0, 0.9):
        painter.drawRoundedRect(QRectF(0.14, top, 0.72, 0.1), 0.04, 0.04)
    painter.setBrush(ground)
    painter.drawPolygon(
        QPolygonF([QPointF(0.34, 0.16), QPointF(0.66, 0.16), QPointF(0.58, 0.32), QPointF(0.42, 0.32)])
    )


_DRAW: dict[Shape, Callable[[QPainter, QColor], None]] = {
    Shape.TICK: _tick,
    Shape.TRIANGLE: _triangle,
    Shape.OCTAGON: _octagon,
    Shape.PHONE: _phone,
    Shape.THERMOMETER: _thermometer,
    Shape.TWO_PEOPLE: _two_people,
    Shape.NOTEBOOK: _notebook,
    Shape.HOURGLASS: _hourglass,
}
