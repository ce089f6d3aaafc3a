"""Passes on paper: A4 sheets of cards to cut out, single cards, A6 sheets; as a PDF, or as a picture to preview.

Needs a QGuiApplication. What a pass looks like is `pass_card`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QFileDevice, QIODevice, QMarginsF, QPointF, QSaveFile, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from station.journal.passes import SignedPass
from station.reports.pass_card import CARD, SHEET, CardDesign, paint_pass

_MM_PER_INCH = 25.4
_PDF_DPI = 1200  # only the grid that positions are rounded to: everything is drawn in vectors
_COLUMNS, _ROWS = 2, 5
_A4 = QSizeF(210.0, 297.0)


class PrintError(Exception):
    """The file cannot be written; the message says why."""


class Paper(StrEnum):
    """What comes out of the printer."""

    A4 = "a4"  # ten cards to cut out
    CARD = "card"  # one card a page, for a card printer
    A6 = "a6"  # one large pass a page


@dataclass(frozen=True, slots=True)
class _Form:
    """One kind of page: its size in mm, and where the passes stand on it."""

    page: QSizeF
    design: CardDesign
    places: tuple[QPointF, ...]


def _cards_on_a4() -> tuple[QPointF, ...]:
    """Side by side and edge to edge, so that one cut serves two cards."""
    width, height = CARD.size.width(), CARD.size.height()
    left, top = (_A4.width() - _COLUMNS * width) / 2, (_A4.height() - _ROWS * height) / 2
    places = (
        (left + column * width, top + row * height) for row in range(_ROWS) for column in range(_COLUMNS)
    )
    return tuple(QPointF(*place) for place in places)


_FORMS = {
    Paper.A4: _Form(_A4, CARD, _cards_on_a4()),
    Paper.CARD: _Form(CARD.size, CARD, (QPointF(0, 0),)),
    Paper.A6: _Form(SHEET.size, SHEET, (QPointF(0, 0),)),
}


def write_pdf(path: Path, passes: Sequence[SignedPass], paper: Paper, zone: tzinfo) -> int:
    """Write the passes to a file for its owner only, and return the number of pages.

    The file is complete or absent. Raises PrintError, and PassError for a pass that does not fit its card.
    """
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise PrintError(file.errorString())
    file.setPermissions(QFileDevice.Permission.ReadOwner | QFileDevice.Permission.WriteOwner)
    pages = _pages(passes, paper)
    _paint_pdf(file, pages, _FORMS[paper], zone)
    if not file.commit():
        raise PrintError(file.errorString())
    return len(pages)


def page_image(passes: Sequence[SignedPass], paper: Paper, zone: tzinfo, *, page: int, dpi: float) -> QImage:
    """One page, counted from 0, as it will be printed. Raises PassError, and IndexError for no such page."""
    form, scale = _FORMS[paper], dpi / _MM_PER_INCH
    image = QImage((form.page * scale).toSize(), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(scale, scale)
        _paint_page(painter, form, _pages(passes, paper)[page], zone)
    finally:
        painter.end()
    return image


def _pages(passes: Sequence[SignedPass], paper: Paper) -> list[Sequence[SignedPass]]:
    each = len(_FORMS[paper].places)
    return [passes[start : start + each] for start in range(0, len(passes), each)]


def _paint_pdf(device: QIODevice, pages: Sequence[Sequence[SignedPass]], form: _Form, zone: tzinfo) -> None:
    writer = QPdfWriter(device)
    writer.setTitle("出入证")
    writer.setResolution(_PDF_DPI)
    writer.setPageLayout(_page_layout(form))
    painter = QPainter(writer)
    try:
        painter.scale(_PDF_DPI / _MM_PER_INCH, _PDF_DPI / _MM_PER_INCH)
        for number, page in enumerate(pages):
            if number:
                writer.newPage()
            _paint_page(painter, form, page, zone)
    finally:
        painter.end()


def _page_layout(form: _Form) -> QPageLayout:
    size = QPageSize(form.page, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch)
    return QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))


def _paint_page(painter: QPainter, form: _Form, page: Sequence[SignedPass], zone: tzinfo) -> None:
    for place, signed in zip(form.places, page, strict=False):
        painter.save()
        painter.translate(place)
        paint_pass(painter, form.design, signed, zone)
        painter.restore()
