"""Lines of painted text that shrink to fit their box, in the bundled typeface."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from station.ui.theme import FAMILY

CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SHRINK = 0.94
_UNBOUNDED = 1e5


@dataclass(frozen=True, slots=True)
class Line:
    """One text in one box, at `px` or as much smaller as it must be, but never below `least_px`.

    Names are set with `bold=False`: only the regular face holds every character of real names.
    `one_line` text is cut with "…" when even the least size is too wide; other text wraps.
    """

    text: str
    box: QRectF
    px: float
    least_px: float
    bold: bool = True
    align: Qt.AlignmentFlag = CENTRE
    one_line: bool = True

    def font(self) -> QFont:
        """The largest font in which the text fits, or the least allowed."""
        px = self.px
        while px > self.least_px and not self._fits_at(px):
            px *= _SHRINK
        return letters(max(px, self.least_px), self.bold)

    def fits(self) -> bool:
        """Whether the whole text can be read at the least size or above."""
        return self._fits_at(self.least_px)

    def paint(self, painter: QPainter) -> None:
        font = self.font()
        painter.setFont(font)
        text, flags = (
            self.text,
            int(self.align) | int(Qt.TextFlag.TextDontClip),
        )  # hanzi lose their feet otherwise
        if self.one_line:
            text = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, self.box.width())
            flags |= int(Qt.TextFlag.TextSingleLine)
        else:
            flags |= int(Qt.TextFlag.TextWordWrap)
        painter.drawText(self.box, flags, text)

    def _fits_at(self, px: float) -> bool:
        metrics = QFontMetricsF(letters(px, self.bold))
        if self.one_line:
            return metrics.horizontalAdvance(self.text) <= self.box.width()
        open_ended = QRectF(0, 0, self.box.width(), _UNBOUNDED)
        needed = metrics.boundingRect(open_ended, int(Qt.TextFlag.TextWordWrap), self.text)
        return needed.width() <= self.box.width() and needed.height() <= self.box.height()


def beside(left: Line, right: Line, room: QRectF, gap: float) -> tuple[Line, Line]:
    """Two lines in one row: the right one gets what it needs, or its fair share if both need more."""
    widths = [QFontMetricsF(letters(one.px, one.bold)).horizontalAdvance(one.text) for one in (left, right)]
    wide = room.width() - gap
    taken = min(widths[1] + 1, max(wide - widths[0], wide * widths[1] / (sum(widths) or 1.0)))
    first, second = QRectF(room), QRectF(room)
    first.setRight(room.right() - taken - gap)
    second.setLeft(room.right() - taken)
    return replace(left, box=first), replace(right, box=second)


def letters(px: float, bold: bool) -> QFont:
    """The bundled typeface at a size in pixels."""
    font = QFont(FAMILY)
    font.setPixelSize(max(1, round(px)))
    font.setBold(bold)
    return font
