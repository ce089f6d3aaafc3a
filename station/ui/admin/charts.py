"""Bars that are read at a glance: every one with its number, told apart by hatching as well as by colour.

A chart is a `Drawing` of blocks, rules and lines of text, so that tests can ask whether everything fits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from station.ui.lettering import CENTRE, LEFT, RIGHT, Line
from station.ui.theme import Look, Theme

# Under any colour blindness, and on a black and white print: full, hatched one way, hatched both ways.
_HATCHES = {Look.RECHECK: Qt.BrushStyle.BDiagPattern, Look.STOP: Qt.BrushStyle.DiagCrossPattern}
_LEAST = 0.72  # text shrinks to this part before it is cut
_WIDEST = 64.0  # px at 1366x768 of a column or a bar: a single one is no wall


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what stands below or before it, its parts from the axis on, and its number."""

    label: str
    parts: tuple[tuple[Look, int], ...]
    said: str = ""  # instead of the bare total

    @property
    def total(self) -> int:
        return sum(count for _, count in self.parts)


@dataclass(slots=True)
class Drawing:
    """What is to be painted."""

    lines: list[Line] = field(default_factory=list)
    blocks: list[tuple[QRectF, Look]] = field(default_factory=list)
    rules: list[tuple[QPointF, QPointF]] = field(default_factory=list)

    def add(self, other: Drawing) -> None:
        self.lines += other.lines
        self.blocks += other.blocks
        self.rules += other.rules

    def paint(self, painter: QPainter, theme: Theme, scale: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for box, look in self.blocks:
            _paint_block(painter, box, look, theme, scale)
        painter.setPen(QPen(theme.colours["text"], max(1.0, 1.5 * scale)))
        for one, other in self.rules:
            painter.drawLine(one, other)
        for line in self.lines:
            line.paint(painter)


def text(words: str, box: QRectF, px: float, *, bold: bool = False, align: Qt.AlignmentFlag = CENTRE) -> Line:
    return Line(words, box, px, px * _LEAST, bold=bold, align=align)


def columns(bars: Sequence[Bar], box: QRectF, px: float, scale: float, *, room: int = 1) -> Drawing:
    """Upright bars beside each other on one axis, labelled below.

    A label may be as wide as `room` columns, if the others there have none.
    """
    made, high = Drawing(), 1.5 * px
    if not bars:
        return made
    step = box.width() / len(bars)
    wide, base = min(0.78 * step, _WIDEST * scale), box.bottom() - high
    unit = (base - box.top() - high) / max(1, *(bar.total for bar in bars))
    for place, bar in enumerate(bars):
        middle, top = box.left() + (place + 0.5) * step, base
        for look, count in bar.parts:
            if count:
                top -= count * unit
                made.blocks.append((QRectF(middle - wide / 2, top, wide, count * unit), look))
        if bar.total:
            above = QRectF(middle - step / 2, top - high, step, high)
            made.lines.append(text(bar.said or f"{bar.total:,}", above, px, bold=True))
        if bar.label:
            left = min(max(box.left(), middle - room * step / 2), box.right() - room * step)
            align = CENTRE if room == 1 or 0 < place < len(bars) - 1 else (RIGHT if place else LEFT)
            below = QRectF(left, base, room * step, high)
            made.lines.append(text(bar.label, below, px, align=align))
    made.rules.append((QPointF(box.left(), base), QPointF(box.right(), base)))
    return made


def rows(bars: Sequence[Bar], box: QRectF, px: float, scale: float, *, label_part: float = 0.36) -> Drawing:
    """Lying bars below each other, labelled on the left, their numbers on the right."""
    made = Drawing()
    if not bars:
        return made
    step = min(box.height() / len(bars), 2.6 * px)
    left, gap = box.left() + label_part * box.width(), 0.6 * px
    said_wide = box.width() * (0.28 if any(bar.said for bar in bars) else 0.1)
    unit = (box.right() - said_wide - left) / max(1, *(bar.total for bar in bars))
    for place, bar in enumerate(bars):
        top, thick = box.top() + place * step, 0.66 * step
        row = QRectF(box.left(), top, left - box.left() - gap, step)
        made.lines.append(text(bar.label, row, px, align=RIGHT))
        at = left
        for look, count in bar.parts:
            if count:
                made.blocks.append((QRectF(at, top + (step - thick) / 2, count * unit, thick), look))
                at += count * unit
        beside = QRectF(at + gap, top, box.right() - at - gap, step)
        made.lines.append(text(bar.said or f"{bar.total:,}", beside, px, bold=not bar.said, align=LEFT))
    bottom = box.top() + len(bars) * step
    made.rules.append((QPointF(left, box.top()), QPointF(left, bottom)))
    return made


def legend(entries: Sequence[tuple[Look, str]], box: QRectF, px: float) -> Drawing:
    """What each hatching means, in one row."""
    made, side = Drawing(), 1.1 * px
    step = box.width() / max(1, len(entries))
    for place, (look, words) in enumerate(entries):
        left, middle = box.left() + place * step, box.center().y()
        made.blocks.append((QRectF(left, middle - side / 2, 1.6 * side, side), look))
        room = QRectF(left + 2 * side, box.top(), step - 2.2 * side, box.height())
        made.lines.append(text(words, room, px, align=LEFT))
    return made


def _paint_block(painter: QPainter, box: QRectF, look: Look, theme: Theme, scale: float) -> None:
    pair = theme.mark(look)
    edge = QPen(pair.ink, max(1.0, 1.5 * scale))
    edge.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    hatch = _HATCHES.get(look)
    painter.setPen(edge)
    painter.setBrush(pair.ink if hatch is None else pair.ground)
    painter.drawRect(box)
    if hatch is not None:
        brush = QBrush(pair.ink, hatch)
        painter.save()
        painter.setClipRect(box)
        painter.fillRect(box, brush)
        painter.restore()
