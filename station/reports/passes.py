"""Passes on paper: A4 sheets of cards to cut out, single cards, A6 sheets; as a PDF or a picture to preview.

Needs a QGuiApplication. What a pass looks like is `pass_card`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QFileDevice, QIODevice, QMarginsF, QPointF, QSaveFile, QSizeF
from PySide6.QtGui import QImage, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from station.journal.passes import SignedPass
from station.reports.pass_card import CARD, SHEET, CardDesign, PassCard
from station.reports.print_error import PrintError as PrintError

_MM_PER_INCH = 25.4
_PDF_DPI = 1200  # only the grid that positions are rounded to: everything is drawn in vectors
_COLUMNS, _ROWS = 2, 5
_A4 = QSizeF(210.0, 297.0)

Page = Sequence[PassCard]
Drawn = Callable[[int, int], None]  # is told how many of how many are drawn; what it raises ends the work


class Paper(StrEnum):
    """What comes out of the printer."""

    A4 = "a4"  # ten cards to cut out
    CARD = "card"  # one card a page, for a card printer
    A6 = "a6"  # one large pass a page


@dataclass(frozen=True, slots=True)
class _Form:
    """One kind of page: its size in mm, and where the passes stand on it."""

    size: QSizeF
    design: CardDesign
    places: tuple[QPointF, ...]

    @property
    def layout(self) -> QPageLayout:
        size = QPageSize(self.size, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch)
        return QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))


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


def _nobody(done: int, total: int) -> None:
    """Nobody wants to know how far it is."""


def write_pdf(
    path: Path, passes: Sequence[SignedPass], paper: Paper, zone: tzinfo, drawn: Drawn = _nobody
) -> int:
    """Write the passes to a file for its owner only, and return the number of pages.

    The file is complete or absent. Raises PrintError, and PassError for a pass that does not fit its card.
    """
    form, pages = _FORMS[paper], _pages(passes, _FORMS[paper], drawn)
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise PrintError(file.errorString())
    file.setPermissions(QFileDevice.Permission.ReadOwner | QFileDevice.Permission.WriteOwner)
    _paint_pdf(file, form, pages, zone)
    if not file.commit():
        raise PrintError(file.errorString())
    return len(pages)


def print_on(
    device: QPagedPaintDevice,
    passes: Sequence[SignedPass],
    paper: Paper,
    zone: tzinfo,
    drawn: Drawn = _nobody,
) -> int:
    """Print the passes on a printer, without margins, and return the number of pages.

    Raises PrintError if the printer takes nothing, and PassError for a pass that does not fit its card.
    """
    form, pages = _FORMS[paper], _pages(passes, _FORMS[paper], drawn)
    device.setPageLayout(form.layout)
    _paint_pages(device, form, pages, zone)
    return len(pages)


def page_count(passes: Sequence[SignedPass], paper: Paper) -> int:
    """How many pages these passes take."""
    return -(-len(passes) // len(_FORMS[paper].places))


def page_image(passes: Sequence[SignedPass], paper: Paper, zone: tzinfo, *, page: int, dpi: float) -> QImage:
    """One page, counted from 0, as it will be printed. Raises PassError, and IndexError for no such page."""
    form, scale = _FORMS[paper], dpi / _MM_PER_INCH
    each = len(form.places)
    cards = _pages(passes[page * each : (page + 1) * each], form, _nobody)[0]
    image = QImage((form.size * scale).toSize(), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    _paint_page(painter, form, cards, zone)
    painter.end()
    return image


def _pages(passes: Sequence[SignedPass], form: _Form, drawn: Drawn) -> list[Page]:
    """The cards of each page; nothing is painted before all of them are known to fit."""
    cards, each = list[PassCard](), len(form.places)
    for number, signed in enumerate(passes):
        drawn(number, len(passes))  # the code takes nearly all of the time
        cards.append(PassCard(signed, form.design))
    return [cards[start : start + each] for start in range(0, len(cards), each)]


def _paint_pdf(device: QIODevice, form: _Form, pages: Sequence[Page], zone: tzinfo) -> None:
    writer = QPdfWriter(device)
    writer.setTitle("出入证")
    writer.setResolution(_PDF_DPI)
    writer.setPageLayout(form.layout)
    _paint_pages(writer, form, pages, zone)


def _paint_pages(device: QPagedPaintDevice, form: _Form, pages: Sequence[Page], zone: tzinfo) -> None:
    painter = QPainter()
    if not painter.begin(device):
        raise PrintError("the printer does not take anything")
    painter.scale(device.logicalDpiX() / _MM_PER_INCH, device.logicalDpiY() / _MM_PER_INCH)
    for number, page in enumerate(pages):
        if number:
            device.newPage()
        _paint_page(painter, form, page, zone)
    painter.end()


def _paint_page(painter: QPainter, form: _Form, page: Page, zone: tzinfo) -> None:
    for place, card in zip(form.places, page, strict=False):  # the last page may have empty places
        painter.save()
        painter.translate(place)
        card.paint(painter, zone)
        painter.restore()
