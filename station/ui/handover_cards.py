"""The painted parts of the page for handing over: a card of the sheet, a point of a checklist."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from station.reports.handover_sheet import Block
from station.ui.buttons import TouchButton
from station.ui.handover_desk import PointLine
from station.ui.lettering import LEFT, RIGHT, Line
from station.ui.theme import Look, Pair, Theme
from station.ui.touch import Touch

_UP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class SheetCard(TouchButton):
    """One thing to know: its title, how much, and what it is about. With a key it can be tapped."""

    _BESIDE = 130  # where the title of what somebody wrote has ended, in both languages

    def __init__(self, theme: Theme, touch: Touch, parent: QWidget) -> None:
        super().__init__(touch, parent)
        self._theme, self._scale, self._key = theme, 1.0, ""
        self._block = Block("", "", "")

    @property
    def slug(self) -> str:
        return self._block.slug

    @property
    def key(self) -> str:
        """The digit that does the same as a tap; empty: there is nothing to do."""
        return self._key

    def dress(self, theme: Theme, scale: float) -> None:
        self._theme, self._scale = theme, scale
        self.update()

    def show_block(self, block: Block, key: str = "") -> None:
        self._block, self._key = block, key
        told = (block.title, block.value, *block.lines, key)
        self.setAccessibleName(" ".join(part for part in told if part))
        self.setEnabled(bool(key))
        self.update()

    def lines(self) -> tuple[Line, ...]:
        u, width, height = self._scale, self.width(), self.height()
        left, wide = 14 * u, width - 28 * u
        keyed = 34 * u if self._key else 0.0
        title = QRectF(left, 4 * u, wide - keyed, 30 * u)
        value = QRectF(left, 32 * u, wide, 40 * u)
        rest = QRectF(left, 72 * u, wide, height - 74 * u)
        if not self._block.value:
            rest = QRectF(left, 34 * u, wide, height - 36 * u)
        about = self._text(rest)
        mark = "▲ " if self._block.pressing else ""
        return (
            Line(mark + self._block.title, title, 24 * u, 22 * u, align=LEFT),
            Line(self._key, QRectF(width - 46 * u, 6 * u, 34 * u, 30 * u), 24 * u, 22 * u, align=RIGHT),
            Line(self._block.value, value, 36 * u, 22 * u, align=LEFT),
            *([about] if about else []),
        )

    def _text(self, room: QRectF) -> Line | None:
        """What somebody wrote is all there, beside the title and smaller if it must be."""
        u, whole = self._scale, "\n".join(self._block.lines)
        if self._block.whole and whole:
            below = Line(whole, room, 22 * u, 22 * u, False, _UP, False)
            beside = QRectF(
                self._BESIDE * u, 6 * u, self.width() - (self._BESIDE + 52) * u, self.height() - 10 * u
            )
            return below if below.fits() else Line(whole, beside, 22 * u, 11 * u, False, _UP, False)
        about = "\n".join(self._about(room))
        return Line(about, room, 22 * u, 22 * u, False, _UP, False) if about else None

    def _about(self, room: QRectF) -> list[str]:
        """As many whole lines as there is room for; the number above says how many there are."""
        told: list[str] = []
        for line in self._block.lines:
            longer = "\n".join([*told, line])
            if not Line(longer, room, 22 * self._scale, 22 * self._scale, False, _UP, False).fits():
                break
            told.append(line)
        return told

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, u, colours = QPainter(self), self._scale, self._theme.colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pair = Pair(colours["press" if self.isDown() else "panel"], colours["text"])
        if self._block.pressing:
            pair = self._theme.looks[Look.RECHECK]
        painter.setPen(QPen(pair.ink if self._key else colours["border"], 2 * u))
        painter.setBrush(pair.ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8 * u, 8 * u)
        painter.setPen(pair.ink)
        for line in self.lines():
            line.paint(painter)
        painter.end()


class PointTile(TouchButton):
    """Something to do, with a box that a tap ticks, and when and by whom it was done."""

    def __init__(self, theme: Theme, touch: Touch, parent: QWidget) -> None:
        super().__init__(touch, parent)
        self._theme, self._scale = theme, 1.0
        self._point: PointLine | None = None
        self._key = ""

    def dress(self, theme: Theme, scale: float) -> None:
        self._theme, self._scale = theme, scale
        self.update()

    def show_point(self, point: PointLine | None, key: str = "") -> None:
        self._point, self._key = point, key
        self.setVisible(point is not None)
        if point:
            done = self.tr("做好了") if point.done else self.tr("没做")
            self.setAccessibleName(" ".join(filter(None, (point.text, done, point.when, key))))
        self.update()

    def lines(self) -> tuple[Line, ...]:
        if self._point is None:
            return ()
        u, width, height = self._scale, self.width(), self.height()
        left = 84 * u
        room, share = width - left - 50 * u, 0.64 if self._point.when else 0.92
        text = QRectF(left, 0.04 * height, room, share * height)
        when = QRectF(left, 0.64 * height, room, 0.34 * height)
        key = QRectF(width - 46 * u, 0, 34 * u, height)
        return (
            Line(self._point.text, text, 30 * u, 22 * u, align=LEFT, one_line=False),
            Line(self._point.when, when, 22 * u, 22 * u, bold=False, align=LEFT),
            Line(self._key, key, 24 * u, 22 * u, bold=False),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._point is None:
            return
        painter, u, colours = QPainter(self), self._scale, self._theme.colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours["text" if self.isDown() else "border"], 2 * u))
        painter.setBrush(colours["press" if self.isDown() else "panel"])
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10 * u, 10 * u)
        self._paint_box(painter, self._point.done)
        painter.setPen(colours["text"])
        for line in self.lines():
            line.paint(painter)
        painter.end()

    def _paint_box(self, painter: QPainter, done: bool) -> None:
        u, text, panel = self._scale, self._theme.colours["text"], self._theme.colours["panel"]
        side = 46 * u
        box = QRectF(20 * u, (self.height() - side) / 2, side, side)
        painter.setPen(QPen(text, 4 * u))
        painter.setBrush(text if done else panel)
        painter.drawRoundedRect(box, 6 * u, 6 * u)
        if done:
            painter.setPen(QPen(panel, 6 * u))
            painter.drawLine(
                QPointF(box.left() + 10 * u, box.center().y()),
                QPointF(box.center().x() - 3 * u, box.bottom() - 12 * u),
            )
            painter.drawLine(
                QPointF(box.center().x() - 3 * u, box.bottom() - 12 * u),
                QPointF(box.right() - 9 * u, box.top() + 12 * u),
            )
