"""The evacuation list (疏散清点名单) on A4: everybody who may be inside, by building, with a box to tick.

Made to be read by torchlight: black on white, names and houses large, nothing cut off. Names are in full,
because rescuers call them. Needs a QGuiApplication. Boxes and sizes are millimetres.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
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

_MM_PER_INCH = 25.4
_PDF_DPI = 1200
_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 210.0, 297.0, 12.0, 42.0, 280.0
_RIGHT = _WIDTH - _LEFT
_ROW, _HEADING, _BOX = 11.0, 11.0, 6.5
_INK, _GREY, _BAND = QColor("#000000"), QColor("#333333"), QColor("#DDDDDD")
_RULE, _FRAME = QPen(QColor("#999999"), 0.2), QPen(QColor("#000000"), 0.6)
_RIGHT_ALIGNED = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

_CATEGORIES = {
    "": "没登记", "tenant": "租户", "worker": "工作人员", "courier": "快递员", "visitor": "访客",
    "volunteer": "志愿者", "staff": "物业", "medical": "医护",
}  # fmt: skip

_NOTE = "找到一个，打一个勾。时间是最后一次从本门进来的时间；“没过门”是名册里有、大门没见过的人，可能在家。"

Drawn = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ToFind:
    """Somebody who may be inside. `since` is None for whom the gate never saw: they may be at home."""

    name: str = field(repr=False)  # or what stands for it, if `named` is false
    dwelling: str = field(repr=False)
    category: str
    phone_tail: str = field(repr=False)
    since: datetime | None
    named: bool = True


@dataclass(frozen=True, slots=True)
class _Heading:
    text: str


_Item = _Heading | ToFind


def _nobody(done: int, total: int) -> None:
    """Nobody wants to know how far it is."""


def write_evacuation(
    path: Path, people: Sequence[ToFind], gate: str, at: datetime, zone: tzinfo, drawn: Drawn = _nobody
) -> int:
    """Write the list to a file for its owner only, complete or not at all; returns the number of pages.

    Raises PrintError.
    """
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise PrintError(file.errorString())
    file.setPermissions(QFileDevice.Permission.ReadOwner | QFileDevice.Permission.WriteOwner)
    pages = _pages(people)
    _paint_pdf(file, _Paper(gate, at.astimezone(zone), zone, len(people), len(pages)), pages, drawn)
    if not file.commit():
        raise PrintError(file.errorString())
    return len(pages)


def page_image(
    people: Sequence[ToFind], gate: str, at: datetime, zone: tzinfo, *, page: int, dpi: float
) -> QImage:
    """One page, counted from 0, as it will be printed. Raises IndexError for no such page."""
    pages, scale = _pages(people), dpi / _MM_PER_INCH
    image = QImage((QSizeF(_WIDTH, _HEIGHT) * scale).toSize(), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    _Paper(gate, at.astimezone(zone), zone, len(people), len(pages)).paint(painter, pages[page], page)
    painter.end()
    return image


def print_on(
    device: QPagedPaintDevice,
    people: Sequence[ToFind],
    gate: str,
    at: datetime,
    zone: tzinfo,
    drawn: Drawn = _nobody,
) -> int:
    """Print the list on a printer, without margins, and return the number of pages. Raises PrintError."""
    pages = _pages(people)
    device.setPageLayout(_layout())
    _paint_pages(device, _Paper(gate, at.astimezone(zone), zone, len(people), len(pages)), pages, drawn)
    return len(pages)


def _layout() -> QPageLayout:
    size = QPageSize(QPageSize.PageSizeId.A4)
    return QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))


def _paint_pdf(device: QIODevice, paper: _Paper, pages: Sequence[Sequence[_Item]], drawn: Drawn) -> None:
    writer = QPdfWriter(device)
    writer.setTitle("疏散清点名单")
    writer.setResolution(_PDF_DPI)
    writer.setPageLayout(_layout())
    _paint_pages(writer, paper, pages, drawn)


def _paint_pages(
    device: QPagedPaintDevice, paper: _Paper, pages: Sequence[Sequence[_Item]], drawn: Drawn
) -> None:
    painter = QPainter()
    if not painter.begin(device):
        raise PrintError("the printer does not take anything")
    try:
        painter.scale(device.logicalDpiX() / _MM_PER_INCH, device.logicalDpiY() / _MM_PER_INCH)
        for number, page in enumerate(pages):
            drawn(number, len(pages))
            if number:
                device.newPage()
            paper.paint(painter, page, number)
    finally:
        painter.end()


# --- which line stands where ------------------------------------------------------------------


def _pages(people: Sequence[ToFind]) -> list[list[_Item]]:
    """Lines by building; one page at least, and no building's name at the foot of a page."""
    pages: list[list[_Item]] = [[]]
    room = _BOTTOM - _TOP
    for building, members in _by_building(people):
        heading = _Heading(f"{building}    {len(members)} 人")
        if room < _HEADING + _ROW:
            pages.append([])
            room = _BOTTOM - _TOP
        pages[-1].append(heading)
        room -= _HEADING
        for one in members:
            if room < _ROW:
                pages.append([_Heading(f"{building}（续）")])
                room = _BOTTOM - _TOP - _HEADING
            pages[-1].append(one)
            room -= _ROW
    return pages


def _by_building(people: Sequence[ToFind]) -> list[tuple[str, list[ToFind]]]:
    """Those without a house first: nobody at home will miss them."""
    groups: dict[str, list[ToFind]] = {}
    for one in sorted(people, key=lambda one: (_in_order(one.dwelling), one.name)):
        first = one.dwelling.partition("-")[0]
        building = f"{first} 号楼" if first.isdigit() else first or "没有房号（访客、快递、施工等）"
        groups.setdefault(building, []).append(one)
    return list(groups.items())


def _in_order(dwelling: str) -> list[tuple[int, str]]:
    """2-1-101 before 10-1-101."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", dwelling) if part]


# --- how it looks -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Paper:
    """What every page of one list has in common."""

    gate: str
    at: datetime
    zone: tzinfo
    people: int
    pages: int

    def paint(self, painter: QPainter, items: Sequence[_Item], page: int) -> None:
        self._paint_head(painter)
        top = _TOP
        for item in items:
            if isinstance(item, _Heading):
                _paint_heading(painter, item, top)
                top += _HEADING
            else:
                self._paint_row(painter, item, top)
                top += _ROW
        if not items:
            Slot(QRectF(_LEFT, _TOP, _RIGHT - _LEFT, 20), 7).write(painter, "里面没有人", _INK)
        self._paint_foot(painter, page)

    def _paint_head(self, painter: QPainter) -> None:
        half = (_RIGHT - _LEFT) / 2
        Slot(QRectF(_LEFT, 8, half + 15, 13), 10, bold=True).write(painter, "疏散清点名单", _INK)
        Slot(QRectF(_LEFT + half + 15, 8, half - 15, 13), 10, bold=True, align=_RIGHT_ALIGNED).write(
            painter, f"共 {self.people} 人", _INK
        )
        Slot(QRectF(_LEFT, 22, half + 15, 8), 5.5).write(painter, self.gate, _INK)
        Slot(QRectF(_LEFT + half + 15, 22, half - 15, 8), 5.5, align=_RIGHT_ALIGNED).write(
            painter, f"{self.at:%Y-%m-%d %H:%M}", _INK
        )
        Slot(QRectF(_LEFT, 31, _RIGHT - _LEFT, 8), 3.8).write(painter, _NOTE, _GREY)

    def _paint_row(self, painter: QPainter, one: ToFind, top: float) -> None:
        painter.setPen(_FRAME)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(_LEFT + 1, top + (_ROW - _BOX) / 2, _BOX, _BOX))
        name = one.name if one.named else f"没登记的人 {one.name}"
        for left, width, size, text in (
            (23.0, 37.0, 6.5, one.dwelling or "—"),
            (61.0, 62.0, 7.0, name),
            (124.0, 20.0, 4.6, _CATEGORIES.get(one.category, "")),
            (145.0, 27.0, 5.0, f"尾号 {one.phone_tail}" if one.phone_tail else ""),
            (173.0, 25.0, 5.0, self._since(one)),
        ):
            if text:
                Slot(QRectF(left, top, width, _ROW), size).write(painter, text, _INK)
        painter.setPen(_RULE)
        painter.drawLine(QPointF(_LEFT, top + _ROW), QPointF(_RIGHT, top + _ROW))

    def _since(self, one: ToFind) -> str:
        if one.since is None:
            return "没过门"
        since = one.since.astimezone(self.zone)
        return f"{since:%H:%M}" if since.date() == self.at.date() else f"{since.month}月{since.day}日"

    def _paint_foot(self, painter: QPainter, page: int) -> None:
        Slot(QRectF(_LEFT, 283, 130, 8), 3.8).write(
            painter, "有姓名和电话尾号：用完交回社区，不要拍照外传。", _GREY
        )
        Slot(QRectF(_RIGHT - 50, 283, 50, 8), 5, align=_RIGHT_ALIGNED).write(
            painter, f"第 {page + 1} 页，共 {self.pages} 页", _INK
        )


def _paint_heading(painter: QPainter, heading: _Heading, top: float) -> None:
    box = QRectF(_LEFT, top + 1, _RIGHT - _LEFT, _HEADING - 1.5)
    painter.fillRect(box, _BAND)
    Slot(box.adjusted(2, 0, -2, 0), 6, bold=True).write(painter, heading.text, _INK)
