"""Shapes that say without words how the practice went: one beside a line, and one for each who came."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from station.ui.face import Shape
from station.ui.painted import Painted
from station.ui.shapes import paint_shape
from station.ui.theme import Look, Theme

_SMALL, _LARGE = 34, 60  # px at 1366x768; of the shape beside a line
_MARK, _GAP = 34.0, 8.0


class Sign(Painted):
    """One shape."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._shape, self._look, self._px = Shape.TICK, Look.PASS, _SMALL

    def show_shape(self, shape: Shape, look: Look, *, large: bool) -> None:
        self._shape, self._look, self._px = shape, look, _LARGE if large else _SMALL
        self._resize()
        self.update()

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        self._resize()

    def _resize(self) -> None:
        self.setFixedSize(round(self._px * self.scale), round(self._px * self.scale))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_shape(painter, self._shape, QRectF(self.rect()), self.theme.mark(self._look))
        painter.end()


class Marks(Painted):
    """All who came, in a row: right, to practise, or an empty ring for whoever did not get a turn."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._results: Sequence[bool | None] = ()

    def show_results(self, results: Sequence[bool | None]) -> None:
        self._results = results
        self.show()
        self.update()

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        self.setFixedHeight(round(_MARK * scale))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, u = QPainter(self), self.scale
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = min((_MARK + _GAP) * u, self.width() / max(len(self._results), 1))
        side = min(_MARK * u, step - 2 * u)
        for place, right in enumerate(self._results):
            self._paint_mark(painter, QRectF(place * step, (self.height() - side) / 2, side, side), right)
        painter.end()

    def _paint_mark(self, painter: QPainter, box: QRectF, right: bool | None) -> None:
        if right is None:
            painter.setPen(QPen(self.theme.colours["border"], 2 * self.scale))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inset = 2 * self.scale
            painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))
        elif right:
            paint_shape(painter, Shape.TICK, box, self.theme.mark(Look.PASS))
        else:
            paint_shape(painter, Shape.TRIANGLE, box, self.theme.mark(Look.RECHECK))
