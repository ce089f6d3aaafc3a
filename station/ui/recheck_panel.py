"""Who waits to be measured again, always in sight while somebody does. A tap on it opens the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from station.core.recheck import Stage
from station.ui import recheck_words
from station.ui.face import Shape
from station.ui.lettering import LEFT, RIGHT, Line, beside
from station.ui.recheck_words import Waiter
from station.ui.shapes import paint_shape
from station.ui.tappable import Tappable
from station.ui.theme import Look, Pair, Theme
from station.ui.touch import Touch

ROWS = 3
KEY = "F4"
_HEAD, _ROW, _SIGN = 36.0, 36.0, 26.0
_SHAPES = {Stage.DUE: Shape.THERMOMETER, Stage.OVERDUE: Shape.TRIANGLE}
_PRESSING = (Stage.OVERDUE, Stage.DUE, Stage.WAIT)


def height(rows: int) -> float:
    """Of the panel with so many rows, as at 1366x768."""
    return _HEAD + rows * _ROW + 6 if rows else 0.0


def paint_stage(painter: QPainter, waiter: Waiter, box: QRectF, pair: Pair) -> None:
    """A clock that runs empty, a thermometer, or a warning: the stage without words and without colour."""
    if waiter.stage is not Stage.WAIT:
        paint_shape(painter, _SHAPES[waiter.stage], box, pair)
        return
    edge = box.height() / 10
    painter.setPen(QPen(pair.ink, edge))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    face = box.adjusted(edge, edge, -edge, -edge)
    painter.drawEllipse(face)
    painter.setBrush(pair.ink)
    painter.drawPie(face, 90 * 16, round(waiter.share * 360 * 16))


def stage_pair(theme: Theme, waiter: Waiter) -> Pair:
    """Calm while somebody waits; yellow as soon as they should be measured."""
    if waiter.stage is Stage.WAIT:
        return Pair(theme.colours["panel"], theme.colours["text"])
    return theme.looks[Look.RECHECK]


class RecheckPanel(Tappable):
    """Drawn 316 px wide at 1366x768. Whoever can be measured now comes first and is written on yellow."""

    def __init__(self, theme: Theme, touch: Touch, parent: QWidget | None = None) -> None:
        super().__init__(theme, touch, parent)
        self._waiters: tuple[Waiter, ...] = ()
        self._most = ROWS
        self.hide()

    @property
    def rows(self) -> int:
        return min(self._most, len(self._waiters))

    def show_at_most(self, rows: int) -> None:
        """So many of them by name; how many more there are stands beside the title."""
        self._most = rows
        self.update()

    @property
    def waiters(self) -> tuple[Waiter, ...]:
        return self._waiters

    def show_waiters(self, waiters: Sequence[Waiter]) -> None:
        ordered = sorted(waiters, key=lambda one: (_PRESSING.index(one.stage), one.line.due))
        if tuple(ordered) == self._waiters:
            return
        self._waiters = tuple(ordered)
        self.setVisible(bool(ordered))
        self.setAccessibleName(", ".join(line.text for line in self.lines()))
        self.update()

    def lines(self) -> tuple[Line, ...]:
        if not self._waiters:
            return ()
        rows = (line for row, one in enumerate(self._waiters[: self.rows]) for line in self._row(row, one))
        return (*self._head(), *rows)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = QPainter(self), self.theme.colours
        self.paint_card(painter)
        painter.setPen(QPen(colours["border"], 2 * self.scale))
        painter.drawRoundedRect(self._key_box(), 5 * self.scale, 5 * self.scale)
        painter.setPen(colours["text"])
        for line in self._head():
            line.paint(painter)
        for row, one in enumerate(self._waiters[: self.rows]):
            self._paint_row(painter, row, one)
        painter.end()

    def _head(self) -> tuple[Line, ...]:
        u, width, more = self.scale, self.width() / self.scale, len(self._waiters) - self.rows
        count = recheck_words.waiting(len(self._waiters))
        lines = (
            Line(count, self.box(14, 4, width - 136, _HEAD - 4), 24 * u, 18 * u, align=LEFT),
            Line(f"+{more}" if more else "", self.box(width - 120, 4, 46, _HEAD - 4), 22 * u, 18 * u),
            Line(KEY, self._key_box(), 20 * u, 18 * u),
        )
        return tuple(line for line in lines if line.text)

    def _row(self, row: int, one: Waiter) -> tuple[Line, Line]:
        u, width, top = self.scale, self.width() / self.scale, _HEAD + row * _ROW
        room = self.box(44, top, width - 56, _ROW)
        name = Line(one.name, room, 22 * u, 18 * u, bold=False, align=LEFT)
        state = Line(one.state, room, 22 * u, 18 * u, align=RIGHT)
        return beside(name, state, room, 8 * u)

    def _paint_row(self, painter: QPainter, row: int, one: Waiter) -> None:
        """What has to be done now is written on yellow."""
        u, top, pair = self.scale, _HEAD + row * _ROW, stage_pair(self.theme, one)
        painter.fillRect(self.box(6, top + 1, self.width() / u - 12, _ROW - 2), pair.ground)
        paint_stage(painter, one, self.box(12, top + (_ROW - _SIGN) / 2, _SIGN, _SIGN), pair)
        painter.setPen(pair.ink)
        for line in self._row(row, one):
            line.paint(painter)

    def _key_box(self) -> QRectF:
        return self.box(self.width() / self.scale - 66, 7, 54, _HEAD - 10)
