"""Lines of painted text that shrink to fit their box, in the bundled typeface."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from station.ui.theme import FAMILY

CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SHRINK = 0.94
_UNBOUNDED = 1e5
_EVENING_STEPS = 6
# A home whose house has a long name, and after it the unit and the room that tell it from its neighbours.
_HOME = re.compile(r"([^\s·:-]{5,})(?:-[^\s·:-]*\d[^\s·:-]*)+(?=$|[\s·])")

# Words of Hebrew, Arabic and other scripts from right to left; and the marks that turn text round.
_RIGHT_TO_LEFT = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]+"
_TURNING = re.compile(f"{_RIGHT_TO_LEFT}(?: +{_RIGHT_TO_LEFT})*")
_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def in_order(text: str) -> str:
    """A name from right to left turns nothing but itself: the room behind it would be 501-2-3 for 3-2-501."""
    return _TURNING.sub("\u2068\\g<0>\u2069", _MARKS.sub("", text))


@dataclass(frozen=True, slots=True)
class Line:
    """One text in one box, at `px` or as much smaller as it must be, but never below `least_px`.

    Names are set with `bold=False`: only the regular face holds every character of real names.
    `one_line` text is cut with "…" when even the least size is too wide; other text wraps, and is cut when
    even so it is too high. What follows `uncut` (e.g. the home behind a name) is spared: it is the part
    before that gets shorter. Of a home it is the name of the house, never the room.
    """

    text: str
    box: QRectF
    px: float
    least_px: float
    bold: bool = True
    align: Qt.AlignmentFlag = CENTRE
    one_line: bool = True
    uncut: str = ""

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
        flags = int(self.align) | int(Qt.TextFlag.TextDontClip)  # hanzi lose their feet otherwise
        line = self if self.one_line else replace(self, text=self.wrapped())
        font = line.font()
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        if self.one_line:
            flags |= int(Qt.TextFlag.TextSingleLine)
            painter.drawText(self.box, flags, in_order(line.shown(metrics)))
        else:
            flags |= int(Qt.TextFlag.TextWordWrap)
            painter.drawText(line._evened(metrics), flags, in_order(line.text))

    def wrapped(self) -> str:
        """The text of several lines, cut where it has to be: what is below must not be painted over."""
        line, home = self, _HOME.search(self.text)
        if home:
            line = replace(line, text=line._cut(*home.span(1)))
        return line._cut(0, len(line.text.removesuffix(self.uncut)))

    def _cut(self, begin: int, end: int) -> str:
        """As much of this part as there is room for, its first letter at least."""
        if self.fits() or end <= begin:
            return self.text
        fewest, too_many = begin + 1, end
        while too_many - fewest > 1:
            middle = (fewest + too_many) // 2
            if replace(self, text=f"{self.text[:middle]}…{self.text[end:]}").fits():
                fewest = middle
            else:
                too_many = middle
        return f"{self.text[:fewest]}…{self.text[end:]}"

    def shown(self, metrics: QFontMetricsF) -> str:
        """The text of one line, cut where it has to be."""
        width, cut = self.box.width(), Qt.TextElideMode.ElideRight
        house, short = _house(self.text, metrics, width)
        whole, uncut = (
            self.text.replace(house, short),
            self.uncut.replace(house, short) or _home_behind(self.text, house, short),
        )
        first, mark, spared = whole.rpartition(uncut) if uncut else ("", "", "")
        room = width - metrics.horizontalAdvance(mark + spared)
        if not first or room < metrics.horizontalAdvance("…"):
            return metrics.elidedText(whole, cut, width)
        return metrics.elidedText(first, cut, room) + mark + spared

    def _evened(self, metrics: QFontMetricsF) -> QRectF:
        """The box made so narrow that no last word stands alone, and no line is added."""
        tall = self._needed(metrics, self.box.width()).height()
        least, wide = self.box.width() / 2, self.box.width()
        if tall < 2 * metrics.height():
            return self.box
        for _ in range(_EVENING_STEPS):
            middle = (least + wide) / 2
            needed = self._needed(metrics, middle)
            if needed.height() <= tall and needed.width() <= middle:
                wide = middle
            else:
                least = middle
        left = Qt.AlignmentFlag.AlignLeft in self.align
        right = Qt.AlignmentFlag.AlignRight in self.align
        spare = self.box.width() - wide
        before = 0.0 if left else spare if right else spare / 2
        return self.box.adjusted(before, 0, before - spare, 0)

    def _needed(self, metrics: QFontMetricsF, width: float) -> QRectF:
        open_ended = QRectF(0, 0, width, _UNBOUNDED)
        return metrics.boundingRect(open_ended, int(Qt.TextFlag.TextWordWrap), self.text)

    def _fits_at(self, px: float) -> bool:
        metrics = QFontMetricsF(letters(px, self.bold))
        if self.one_line:
            return metrics.horizontalAdvance(self.text) <= self.box.width()
        needed = self._needed(metrics, self.box.width())
        return needed.width() <= self.box.width() and needed.height() <= self.box.height()


def _house(text: str, metrics: QFontMetricsF, width: float) -> tuple[str, str]:
    """A house's name in a text that is too wide, and what there is room for.

    Cut at their end, all rooms of that house would look alike.
    """
    found = _HOME.search(text)
    if not found or metrics.horizontalAdvance(text) <= width:
        return "\0", ""  # stands in no text
    house, (begin, end) = found[1], found.span(1)
    room = width - metrics.horizontalAdvance(text[:begin] + text[end:])
    least = metrics.horizontalAdvance(house[0] + "…") + 1
    return house, metrics.elidedText(house, Qt.TextElideMode.ElideRight, max(room, least))


def _home_behind(text: str, house: str, short: str) -> str:
    """A home at the end of a text, with what stands before it; empty: none was cut."""
    before, found, rooms = text.partition(house)
    return before[len(before.rstrip(" ·")) :] + short + rooms if found else ""


def beside(left: Line, right: Line, room: QRectF, gap: float) -> tuple[Line, Line]:
    """Two lines in one row: the right one gets what it needs, or its fair share if both need more.

    Its whole text is seen in any case: a long name gets shorter, not what has to be done.
    """
    widths = [QFontMetricsF(letters(one.px, one.bold)).horizontalAdvance(one.text) for one in (left, right)]
    least = QFontMetricsF(letters(right.least_px, right.bold)).horizontalAdvance(right.text) + 1
    wide = room.width() - gap
    taken = min(widths[1] + 1, max(wide - widths[0], wide * widths[1] / (sum(widths) or 1.0), least))
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
