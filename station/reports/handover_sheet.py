"""The hand-over sheet (交班单) on one A4 page, to be signed by hand too and hung up. Names are masked.

What does not fit is counted, never left out unsaid: "还有 n 个". Needs a QGuiApplication. Boxes and sizes are
millimetres.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QFileDevice,
    QIODevice,
    QMarginsF,
    QPointF,
    QRectF,
    QSaveFile,
    QSizeF,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
)

from station.reports.lettering import Slot
from station.reports.print_error import PrintError

translate = QCoreApplication.translate

_MM_PER_INCH, _PDF_DPI = 25.4, 1200
_WIDTH, _HEIGHT, _LEFT, _TOP, _FOOT = 210.0, 297.0, 12.0, 36.0, 262.0
_RIGHT, _GAP = _WIDTH - _LEFT, 3.0
_COLUMN = (_RIGHT - _LEFT - _GAP) / 2
_HEAD, _LINE, _PAD, _INSET = 8.5, 5.0, 1.5, 2.5
_LETTER = 3.7  # of a line
_MOST = 9  # lines of a block
_INK, _GREY = QColor("#000000"), QColor("#333333")
_RULE, _FRAME, _PRESSING = QPen(QColor("#999999"), 0.2), QPen(QColor("#000000"), 0.3), QPen(_INK, 1.0)
_AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Block:
    """One thing to know. `value` in large letters, `lines` below; `pressing`: somebody has to act.

    `whole`: somebody wrote it, so that it is neither shortened nor made small.
    """

    slug: str
    title: str
    value: str
    lines: tuple[str, ...] = field(default=(), repr=False)
    pressing: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Signed:
    party: str
    name: str = field(repr=False)
    at: str


@dataclass(frozen=True, slots=True)
class Paper:
    """All in words, as it is printed."""

    title: str
    gate: str
    span: str
    blocks: tuple[Block, ...] = field(repr=False)
    signed: tuple[Signed, ...] = field(repr=False)
    note: str = ""


def write_sheet(path: Path, paper: Paper) -> None:
    """Write it to a file for its owner only, complete or not at all. Raises PrintError."""
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise PrintError(file.errorString())
    file.setPermissions(QFileDevice.Permission.ReadOwner | QFileDevice.Permission.WriteOwner)
    writer = QPdfWriter(file)
    writer.setTitle(paper.title)
    writer.setResolution(_PDF_DPI)
    print_sheet(writer, paper)
    if not file.commit():
        raise PrintError(file.errorString())


def print_sheet(device: QPagedPaintDevice, paper: Paper) -> None:
    """Print it on one page, without margins. Raises PrintError."""
    size, painter = QPageSize(QPageSize.PageSizeId.A4), QPainter()
    device.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    if not painter.begin(device):
        raise PrintError("the printer does not take anything")
    try:
        painter.scale(device.logicalDpiX() / _MM_PER_INCH, device.logicalDpiY() / _MM_PER_INCH)
        _paint(painter, paper)
    finally:
        painter.end()


def sheet_image(paper: Paper, dpi: float) -> QImage:
    """The page as it will be printed."""
    scale = dpi / _MM_PER_INCH
    image = QImage((QSizeF(_WIDTH, _HEIGHT) * scale).toSize(), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    _paint(painter, paper)
    painter.end()
    return image


# --- where everything lies ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Placed:
    """A block at its place, with the lines that have room there."""

    block: Block
    box: QRectF
    lines: tuple[str, ...] = field(repr=False)


def arrange(blocks: Sequence[Block]) -> list[Placed]:
    """Two columns, filled one after the other; lines are left out from the longest until all fits."""
    most = _MOST
    while True:
        shown = [
            (block, _written(block.lines) if block.whole else shortened(block.lines, most))
            for block in blocks
        ]
        placed = _columns(shown)
        if placed or most == 0:
            return placed
        most -= 1


def shortened(lines: Sequence[str], most: int) -> tuple[str, ...]:
    """So many lines, the last of which says how many more there are."""
    if len(lines) <= most:
        return tuple(lines)
    kept = max(most - 1, 0)
    more = translate("handover", "还有 {count} 条，在电脑里看").format(count=len(lines) - kept)
    return (*lines[:kept], more) if most else ()


def _written(texts: Sequence[str]) -> tuple[str, ...]:
    """In as many lines as they take at the size of all lines."""
    row = Slot(QRectF(0, 0, _COLUMN - 2 * _INSET, _LINE), _LETTER)
    return tuple(line for text in texts for line in row.broken(text))


def _columns(shown: Sequence[tuple[Block, tuple[str, ...]]]) -> list[Placed]:
    """Empty: it does not fit."""
    heights = [_HEAD + _LINE * len(lines) + 2 * _PAD for _, lines in shown]
    half, placed, column, top = sum(heights) / 2, list[Placed](), 0, _TOP
    for (block, lines), height in zip(shown, heights, strict=True):
        used = top - _TOP
        if column == 0 and used and (used + height / 2 > half or top + height > _FOOT):
            column, top = 1, _TOP
        if top + height > _FOOT:
            return []
        left = _LEFT + column * (_COLUMN + _GAP)
        placed.append(Placed(block, QRectF(left, top, _COLUMN, height), lines))
        top += height + _GAP
    return placed


# --- painting -----------------------------------------------------------------------------------


def _paint(painter: QPainter, paper: Paper) -> None:
    Slot(QRectF(_LEFT, 9, 60, 13), 10, bold=True).write(painter, paper.title, _INK)
    Slot(QRectF(_LEFT + 62, 9, _RIGHT - _LEFT - 62, 13), 5.5, align=_AT_RIGHT).write(
        painter, paper.span, _INK
    )
    head = " · ".join(part for part in (paper.gate, paper.note) if part)
    Slot(QRectF(_LEFT, 23, _RIGHT - _LEFT, 9), 6).write(painter, head, _GREY)
    for placed in arrange(paper.blocks):
        _paint_block(painter, placed)
    for place in range(2):
        signed = paper.signed[place] if place < len(paper.signed) else None
        _paint_signature(painter, signed, _LEFT + place * (_COLUMN + _GAP))


def _paint_block(painter: QPainter, placed: Placed) -> None:
    box, block = placed.box, placed.block
    painter.setPen(_PRESSING if block.pressing else _FRAME)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
    inner = box.adjusted(_INSET, _PAD, -_INSET, -_PAD)
    title = f"▲ {block.title}" if block.pressing else block.title
    half = inner.width() * 0.52
    Slot(QRectF(inner.left(), inner.top(), half, _HEAD), 4.6, bold=True).write(painter, title, _INK)
    value = QRectF(inner.left() + half + 1, inner.top(), inner.width() - half - 1, _HEAD)
    Slot(value, 5.4, bold=True, align=_AT_RIGHT).write(painter, block.value, _INK)
    for place, line in enumerate(placed.lines):
        row = QRectF(inner.left(), inner.top() + _HEAD + place * _LINE, inner.width(), _LINE)
        Slot(row, _LETTER).write(painter, line, _INK)


def _paint_signature(painter: QPainter, signed: Signed | None, left: float) -> None:
    painter.setPen(_FRAME)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(left, _FOOT + 4, _COLUMN, 22))
    party = signed.party if signed else translate("handover", "接班")
    told = f"{signed.name}  {signed.at}" if signed else translate("handover", "还没有人接班")
    Slot(QRectF(left + 2.5, _FOOT + 5, 26, 10), 5.5, bold=True).write(painter, party, _INK)
    Slot(QRectF(left + 28, _FOOT + 5, _COLUMN - 30, 10), 4.6).write(painter, told, _INK)
    Slot(QRectF(left + 2.5, _FOOT + 16, 26, 8), 4).write(painter, translate("handover", "签名"), _GREY)
    painter.setPen(_RULE)
    painter.drawLine(QPointF(left + 26, _FOOT + 23.5), QPointF(left + _COLUMN - 3, _FOOT + 23.5))
