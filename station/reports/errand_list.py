"""What waits for houses (代收代办清单) on A4: one building a page, with a box to tick, to be carried round.

Houses, kinds and times only: no name and no telephone number leaves the gate on it. Needs a QGuiApplication.
Boxes and sizes are millimetres.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QFileDevice, QIODevice, QMarginsF, QPointF, QRectF, QSaveFile, QSizeF, Qt
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
from station.reports.passes import PrintError

_MM_PER_INCH, _PDF_DPI = 25.4, 1200
_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 210.0, 297.0, 12.0, 36.0, 280.0
_RIGHT, _ROW, _BOX = _WIDTH - _LEFT, 13.0, 7.0
_PER_PAGE = int((_BOTTOM - _TOP) / _ROW)
_INK, _GREY = QColor("#000000"), QColor("#333333")
_RULE, _FRAME = QPen(QColor("#999999"), 0.2), QPen(QColor("#000000"), 0.6)
_AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

Drawn = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ToCarry:
    """One thing for one house. `at` is in the gate's time zone."""

    house: str = field(repr=False)
    kind: str  # in words
    at: datetime
    late: bool
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class _Page:
    building: str
    lines: Sequence[ToCarry]
    in_all: int


def write_errands(path: Path, lines: Sequence[ToCarry], gate: str, at: datetime, drawn: Drawn) -> int:
    """Write the list to a file for its owner only, complete or not at all; returns the pages. PrintError."""
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise PrintError(file.errorString())
    file.setPermissions(QFileDevice.Permission.ReadOwner | QFileDevice.Permission.WriteOwner)
    writer = QPdfWriter(file)
    writer.setTitle("代收代办清单")
    writer.setResolution(_PDF_DPI)
    pages = print_errands(writer, lines, gate, at, drawn)
    if not file.commit():
        raise PrintError(file.errorString())
    return pages


def print_errands(
    device: QPagedPaintDevice, lines: Sequence[ToCarry], gate: str, at: datetime, drawn: Drawn
) -> int:
    """Print the list, without margins, and return the number of pages. Raises PrintError."""
    pages, painter = _pages(lines), QPainter()
    size = QPageSize(QPageSize.PageSizeId.A4)
    device.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    if not painter.begin(device):
        raise PrintError("the printer does not take anything")
    try:
        painter.scale(device.logicalDpiX() / _MM_PER_INCH, device.logicalDpiY() / _MM_PER_INCH)
        for number, page in enumerate(pages):
            drawn(number, len(pages))
            if number:
                device.newPage()
            _paint(painter, page, gate, at)
    finally:
        painter.end()
    return len(pages)


def page_image(lines: Sequence[ToCarry], gate: str, at: datetime, *, page: int, dpi: float) -> QImage:
    """One page, counted from 0, as it will be printed. Raises IndexError for no such page."""
    scale = dpi / _MM_PER_INCH
    image = QImage((QSizeF(_WIDTH, _HEIGHT) * scale).toSize(), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    _paint(painter, _pages(lines)[page], gate, at)
    painter.end()
    return image


def _pages(lines: Sequence[ToCarry]) -> list[_Page]:
    """Buildings in order, each on a page of its own, so that each goes with another volunteer."""
    groups: dict[str, list[ToCarry]] = {}
    for one in sorted(lines, key=lambda one: (_in_order(one.house), one.at)):
        groups.setdefault(one.house.partition("-")[0], []).append(one)
    pages = [
        _Page(building, members[first : first + _PER_PAGE], len(members))
        for building, members in groups.items()
        for first in range(0, len(members), _PER_PAGE)
    ]
    return pages or [_Page("", (), 0)]


def _in_order(house: str) -> list[tuple[int, str]]:
    """2-1-101 before 10-1-101."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in house.split("-")]


def _paint(painter: QPainter, page: _Page, gate: str, at: datetime) -> None:
    building = f"{page.building} 号楼" if page.building.isdigit() else page.building
    title = f"{building}  代收代办 {page.in_all} 件" if page.lines else "没有要送的东西"
    Slot(QRectF(_LEFT, 8, 120, 13), 10, bold=True).write(painter, title, _INK)
    Slot(QRectF(_RIGHT - 62, 8, 62, 13), 5.5, align=_AT_RIGHT).write(painter, f"{at:%Y-%m-%d %H:%M}", _INK)
    Slot(QRectF(_LEFT, 22, _RIGHT - _LEFT, 8), 5).write(painter, f"{gate} · 送到打勾，写上谁送的", _GREY)
    for place, one in enumerate(page.lines):
        _paint_row(painter, one, _TOP + place * _ROW, at)


def _paint_row(painter: QPainter, one: ToCarry, top: float, now: datetime) -> None:
    painter.setPen(_FRAME)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(_LEFT + 1, top + (_ROW - _BOX) / 2, _BOX, _BOX))
    since = f"{one.at:%H:%M}" if one.at.date() == now.date() else f"{one.at.month}月{one.at.day}日"
    for left, width, size, text in (
        (23.0, 42.0, 7.5, one.house),
        (67.0, 34.0, 7.0, one.kind),
        (102.0, 30.0, 5.0, f"{since}{' 超时' if one.late else ''}"),
        (133.0, 40.0, 4.6, one.note),
    ):
        if text:
            Slot(QRectF(left, top, width, _ROW), size).write(painter, text, _INK)
    painter.setPen(_RULE)
    painter.drawLine(QPointF(175.0, top + _ROW - 2.5), QPointF(_RIGHT, top + _ROW - 2.5))
    painter.drawLine(QPointF(_LEFT, top + _ROW), QPointF(_RIGHT, top + _ROW))
