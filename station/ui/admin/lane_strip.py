"""The gate at the top of the admin page: the newest verdict, and what must not be overlooked.

It always has the same height, so that nothing jumps away under a finger when a STOP comes.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from station.ui.admin.news import News
from station.ui.face import Face
from station.ui.lettering import LEFT, RIGHT, Line, letters
from station.ui.painted import Painted
from station.ui.shapes import paint_shape
from station.ui.theme import Theme

HEIGHT, WORD_PX = 78.0, 44.0
_CLOCK, _DEMO = 110.0, 150.0
_SHARE_OF_ALARM = 0.66


class LaneStrip(Painted):
    """`tapped` when somebody touches it: they have seen it, and want to go to the gate."""

    tapped = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._news, self._clock, self._demo = News(), "", False
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def news(self) -> News:
        return self._news

    def show_news(self, news: News, clock: str, *, demo: bool = False) -> None:
        """`clock`: the gate's wall time, e.g. 10:24. `demo`: something at the gate is emulated."""
        if (news, clock, demo) != (self._news, self._clock, self._demo):
            self._news, self._clock, self._demo = news, clock, demo
            self.setAccessibleName(", ".join(line.text for line in self.lines() if line.text))
            self.update()

    def lines(self) -> tuple[Line, ...]:
        u, clock = self.scale, self._clock_box()
        told = [line for face, box in self._cells() for line in self._words(face, box)]
        if not told:
            quiet = self.tr("卡口照常工作；有人过门，结果显示在这里")
            told = [Line(quiet, self._room().adjusted(20 * u, 0, 0, 0), 26 * u, 20 * u, False, LEFT)]
        demo = self.tr("演示 DEMO") if self._demo else ""
        return (
            *told,
            Line(demo, self._demo_box(), 24 * u, 18 * u),
            Line(self._clock, clock, 28 * u, 22 * u, align=RIGHT),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self.theme.colours["panel"])
        for face, box in self._cells():
            self._paint_cell(painter, face, box)
        if not self._cells():
            painter.setPen(self.theme.colours["text"])
            self.lines()[0].paint(painter)
        *_, demo, clock = self.lines()
        if self._demo:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.colours["demo"])
            painter.drawRoundedRect(self._demo_box(), 6 * self.scale, 6 * self.scale)
        painter.setPen(self.theme.colours["demo_ink"])
        demo.paint(painter)
        painter.setPen(self.theme.colours["text"])
        clock.paint(painter)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.tapped.emit()

    def _cells(self) -> list[tuple[Face, QRectF]]:
        """The faces to show, each in its place; an alarm that is not the last has the larger part."""
        room, last, alarm = self._room(), self._news.last, self._news.alarm
        if last is None:
            return []
        if alarm is None or alarm is last:
            return [(last, room)]
        split = room.width() * _SHARE_OF_ALARM
        return [(alarm, room.adjusted(0, 0, split - room.width(), 0)), (last, room.adjusted(split, 0, 0, 0))]

    def _words(self, face: Face, box: QRectF) -> list[Line]:
        u = self.scale
        inner = box.adjusted(76 * u, 4 * u, -16 * u, -4 * u)
        wide = QFontMetricsF(letters(WORD_PX * u, bold=True)).horizontalAdvance(face.headline.text)
        word = QRectF(inner.left(), inner.top(), min(wide + 4 * u, 0.36 * inner.width()), inner.height())
        rest = QRectF(inner).adjusted(word.width() + 20 * u, 0, 0, 0)
        upper, lower = QRectF(rest), QRectF(rest)
        upper.setBottom(rest.center().y() + 2 * u)
        lower.setTop(rest.center().y() + 2 * u)
        first = " · ".join(part for part in (face.person, face.reason.partition("\n")[0]) if part)
        return [
            Line(face.headline.text, word, WORD_PX * u, 22 * u, align=LEFT),
            Line(first, upper, 26 * u, 18 * u, bold=False, align=LEFT),
            Line(face.step, lower, 24 * u, 18 * u, align=LEFT),
        ]

    def _paint_cell(self, painter: QPainter, face: Face, box: QRectF) -> None:
        u, loud = self.scale, face is self._news.alarm
        pair = self.theme.looks[face.look]
        if loud:
            painter.fillRect(box, pair.ground)
        mark = QRectF(box.left() + 16 * u, box.center().y() - 24 * u, 48 * u, 48 * u)
        paint_shape(painter, face.shape, mark, pair if loud else self.theme.mark(face.look))
        painter.setPen(pair.ink if loud else self.theme.colours["text"])
        for line in self._words(face, box):
            line.paint(painter)

    def _room(self) -> QRectF:
        kept = _CLOCK + (_DEMO + 14 if self._demo else 0)
        return QRectF(self.rect()).adjusted(0, 0, -kept * self.scale, 0)

    def _demo_box(self) -> QRectF:
        u = self.scale
        return QRectF(self.width() - (_CLOCK + _DEMO) * u, 16 * u, _DEMO * u, self.height() - 32 * u)

    def _clock_box(self) -> QRectF:
        u = self.scale
        return QRectF(self.width() - _CLOCK * u, 0, (_CLOCK - 18) * u, self.height())
