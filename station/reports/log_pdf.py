"""The daily log on A4: a summary with a chart of the hours, the rows, page numbers, lines to sign.

Painted by hand: Qt's rich text takes seconds for a day's table. Needs a QGuiApplication. Sizes
are millimetres.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import itemgetter
from typing import BinaryIO

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLineF, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGlyphRun,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextLayout,
    QTextOption,
)

from station.core.model import Severity
from station.reports.lettering import typeface
from station.reports.log_claims import Claims, encode
from station.reports.log_headline import headline
from station.reports.log_lines import cells_of, unguarded
from station.reports.log_table import COLUMNS, Row, Summary, Wording

CLAIMS_FILE = "kakou.json"  # attached, for whoever checks it
MOST_ROWS = 20_000  # 600 pages: nobody prints more
_MM = 10.0  # painter units of a millimetre: a tenth each, because fonts have whole sizes
_DPI = 254
_WIDTH, _HEIGHT, _SIDE = 297.0, 210.0, 12.0
_TOP, _BOTTOM, _ROW = 22.0, 196.0, 5.6
_SHOWN = {
    "number": 12.0, "at": 34.0, "direction": 14.0, "verdict": 15.0, "temperature": 15.0, "name": 18.0,
    "dwelling": 20.0, "category": 15.0, "code": 16.0, "reasons": 78.0, "correction": 36.0,
}  # fmt: skip
_UNLIKE = {"number", "at", "dwelling"}
_FIGURES = re.compile(r"[0-9][0-9: -]*").fullmatch
_SMALLER = 2.4  # the letters of a cell that one line does not hold
_APART = 2.6  # two lines of them
_shown_of = itemgetter(*(COLUMNS.index(column) for column in _SHOWN))
_INK, _GREY, _LINE = QColor("#000000"), QColor("#444444"), QPen(QColor("#999999"), 1.5)
_COLOURS = {
    Severity.PASS: QColor("#005F56"), Severity.RECHECK: QColor("#FFC400"), Severity.STOP: QColor("#B3001B"),
}  # fmt: skip
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
_CENTRE = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip


class PdfError(OSError):
    """The file could not be written."""


def write_pdf(
    file: BinaryIO, rows: Sequence[Row], claims: Claims, *, wording: Wording, summary: Summary
) -> None:
    """Write all pages. Raises PdfError, OSError."""
    made = QBuffer()
    made.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(made)
    writer.setResolution(_DPI)
    writer.setTitle(wording.text("title"))
    writer.addFileAttachment(CLAIMS_FILE, QByteArray(encode(claims).encode()), "application/json")
    page = QPageSize(QSizeF(_HEIGHT, _WIDTH), QPageSize.Unit.Millimeter)
    writer.setPageLayout(
        QPageLayout(page, QPageLayout.Orientation.Landscape, QMarginsF(), QPageLayout.Unit.Millimeter)
    )
    painter = QPainter()
    if not painter.begin(writer):
        raise PdfError("no PDF can be painted")
    try:
        _Pages(painter, writer, wording, claims).paint(rows, summary)
    finally:
        painter.end()
    file.write(made.data().data())


class _Column(dict[str, list[QGlyphRun]]):
    """Cells as they are painted, their base line at 0. What a log says again and again is laid out once.

    `figures` is how many of them surely fit.
    """

    def __init__(self, left: float, room: float, font: QFont, figures: int) -> None:
        super().__init__({"": []})
        self.left, self._room, self._font, self.figures = left, room, font, figures

    def __missing__(self, cell: str) -> list[QGlyphRun]:
        runs = self[cell] = _fitted(unguarded(cell), self._font, self._room)
        return runs


class _Pages:
    """The pages of one file, one after another."""

    def __init__(self, painter: QPainter, writer: QPdfWriter, wording: Wording, claims: Claims) -> None:
        self._painter, self._writer, self._wording, self._claims = painter, writer, wording, claims
        self._small, self._plain, self._bold, self._title = (
            _font(size, bold=bold) for size, bold in ((2.6, False), (3.0, False), (3.0, True), (6.0, True))
        )
        self._metrics = QFontMetricsF(self._plain)
        self._heads, self._cells = _columns(self._bold), _columns(self._plain)
        self._places: dict[float, list[QPointF]] = {}
        self._page = 0

    def paint(self, rows: Sequence[Row], summary: Summary) -> None:
        each = int((_BOTTOM - _TOP) / _ROW) - 1
        pages = 1 + (len(rows) + each - 1) // each
        self._begin(pages)
        self._first(summary)
        for start in range(0, len(rows), each):
            self._writer.newPage()
            self._begin(pages)
            self._table(rows[start : start + each])

    def _begin(self, pages: int) -> None:
        """What stands on every page."""
        self._page += 1
        claims, text = self._claims, self._wording.text
        days = (
            claims.first_day
            if claims.first_day == claims.last_day
            else f"{claims.first_day} – {claims.last_day}"
        )
        top = QRectF(_SIDE, 8, _WIDTH - 2 * _SIDE, 10)
        self._draw(top, _LEFT, f"{text('title')} · {claims.gate} · {days}", self._bold)
        number = text("page").format(page=self._page, pages=pages)
        self._draw(top, _RIGHT, number, self._plain)
        foot = QRectF(_SIDE, _HEIGHT - 12, _WIDTH - 2 * _SIDE, 6)
        proof = (
            f"{text('head')} {claims.head_number} · {claims.head[:32]} · {text('made_at')} {claims.made_at}"
        )
        self._draw(foot, _LEFT, proof, self._small, _GREY)

    def _first(self, summary: Summary) -> None:
        text = self._wording.text
        self._draw(QRectF(_SIDE, 24, 200, 10), _LEFT, text("title"), self._title)
        y = 40.0
        for name, value in headline(self._wording, summary, self._claims):
            self._draw(QRectF(_SIDE, y, 45, 6), _LEFT, name, self._plain, _GREY)
            self._value(QRectF(_SIDE + 45, y, 70, 6), str(value))
            y += 7
        self._reasons(summary, y + 4)
        self._hours(summary, QRectF(130, 52, _WIDTH - 130 - _SIDE, 76))
        for x, key in ((130.0, "signed"), (215.0, "received")):
            self._draw(QRectF(x, 168, 30, 6), _LEFT, text(key), self._plain)
            self._rule(x, 186, x + 68)

    def _value(self, box: QRectF, text: str) -> None:
        """A gate of a long name has it on two lines: beside it stands the chart."""
        metrics = QFontMetricsF(self._bold)
        base = box.top() * _MM + (box.height() * _MM + metrics.ascent() - metrics.descent()) / 2
        self._painter.setPen(_INK)
        for run in _fitted(text, self._bold, box.width() * _MM):
            self._painter.drawGlyphRun(QPointF(box.left() * _MM, base), run)

    def _reasons(self, summary: Summary, y: float) -> None:
        """The commonest; all of them are in the table."""
        self._draw(QRectF(_SIDE, y, 110, 6), _LEFT, self._wording.text("by_reason"), self._bold)
        most = sorted(summary.reasons.items(), key=lambda one: -one[1])[: int((_BOTTOM - y - 8) / 6)]
        for code, count in most:
            y += 6
            self._draw(
                QRectF(_SIDE, y, 90, 6), _LEFT, self._fitting(self._wording.reason(code), 90), self._plain
            )
            self._draw(QRectF(_SIDE + 92, y, 14, 6), _RIGHT, str(count), self._plain)

    def _hours(self, summary: Summary, box: QRectF) -> None:
        """A column for each hour, its verdicts one over the other."""
        title = QRectF(box.left(), box.top() - 12, 80, 6)
        self._draw(title, _LEFT, self._wording.text("by_hour"), self._bold)
        most = max((sum(hour.values()) for hour in summary.hours.values()), default=0)
        step = box.width() / 24
        self._rule(box.left(), box.bottom(), box.right())
        for hour in range(24):
            counts, bottom = summary.hours.get(hour, {}), box.bottom()
            left = box.left() + hour * step
            for severity in Severity:
                height = box.height() * counts.get(severity, 0) / most if most else 0.0
                bottom -= height
                self._fill(QRectF(left + 0.8, bottom, step - 1.6, height), _COLOURS[severity])
            if counts:
                over = QRectF(left, bottom - 5, step, 4)
                self._draw(over, _CENTRE, str(sum(counts.values())), self._small)
            self._draw(QRectF(left, box.bottom() + 1, step, 4), _CENTRE, f"{hour}", self._small, _GREY)
        self._legend(box)

    def _legend(self, box: QRectF) -> None:
        x = box.left()
        for severity in Severity:
            self._fill(QRectF(x, box.bottom() + 8, 4, 4), _COLOURS[severity])
            self._draw(
                QRectF(x + 6, box.bottom() + 7, 20, 6), _LEFT, self._wording.verdict(severity), self._plain
            )
            x += 28

    def _table(self, rows: Sequence[Row]) -> None:
        self._painter.setFont(self._bold)
        self._painter.setPen(_INK)
        self._line(_TOP, self._heads, [self._wording.header(column) for column in _SHOWN])
        lines = [_TOP + count * _ROW for count in range(1, len(rows) + 1)]
        self._painter.setPen(_LINE)
        self._painter.drawLines([_across(y) for y in lines])
        self._painter.setFont(self._plain)
        self._painter.setPen(_INK)
        for y, row in zip(lines, rows, strict=True):
            self._line(y, self._cells, _shown_of(cells_of(row)))

    def _line(self, y: float, columns: Sequence[_Column], cells: Sequence[str]) -> None:
        """At points, not in boxes: Qt lays a text in a box out anew, which takes longer than all else."""
        draw = self._painter.drawGlyphRun
        places = self._places.get(y) or self._places_of(y)
        for column, place, cell in zip(columns, places, cells, strict=True):
            if len(cell) <= column.figures and _FIGURES(cell):  # hardly one like another
                self._painter.drawText(place, cell)
                continue
            for run in column[cell]:
                draw(place, run)

    def _places_of(self, y: float) -> list[QPointF]:
        """Where the cells of a line begin, on its base line: on every page the same."""
        base = y * _MM + (_ROW * _MM + self._metrics.ascent() - self._metrics.descent()) / 2
        places = self._places[y] = [QPointF(column.left, base) for column in self._cells]
        return places

    def _fitting(self, text: str, width: float) -> str:
        return self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, width * _MM)

    def _draw(
        self,
        box: QRectF,
        how: Qt.AlignmentFlag | Qt.TextFlag | int,
        text: str,
        font: QFont,
        ink: QColor = _INK,
    ) -> None:
        self._painter.setFont(font)
        self._painter.setPen(ink)
        self._painter.drawText(_scaled(box), int(how), text)

    def _fill(self, box: QRectF, colour: QColor) -> None:
        self._painter.fillRect(_scaled(box), colour)

    def _rule(self, left: float, y: float, right: float) -> None:
        self._painter.setPen(_LINE)
        self._painter.drawLine(QPointF(left * _MM, y * _MM), QPointF(right * _MM, y * _MM))


def _columns(font: QFont) -> list[_Column]:
    figure, made, left = QFontMetricsF(font).horizontalAdvance("0"), list[_Column](), _SIDE
    for name, width in _SHOWN.items():
        room = (width - 1.5) * _MM
        made.append(_Column(left * _MM, room, font, int(room / figure) if name in _UNLIKE else 0))
        left += width
    return made


def _fitted(text: str, font: QFont, room: float) -> list[QGlyphRun]:
    """In one line on its base line; what is too long in two small ones, and cut where these end."""
    metrics = QFontMetricsF(font)
    if metrics.horizontalAdvance(text) <= room:
        return _laid_out(text, font, room, (0.0,))
    small = _font(_SMALLER, bold=font.bold())
    lower = QFontMetricsF(small)
    middle = (lower.ascent() - lower.descent() - metrics.ascent() + metrics.descent()) / 2
    if lower.horizontalAdvance(text) <= room:
        return _laid_out(text, small, room, (middle,))
    apart = _APART * _MM / 2
    return _laid_out(text, small, room, (middle - apart, middle + apart))


def _laid_out(text: str, font: QFont, room: float, bases: Sequence[float]) -> list[QGlyphRun]:
    """From the left, whatever its script; a line on each base."""
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setTextDirection(Qt.LayoutDirection.LeftToRight)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout, end = QTextLayout(text, font), 0
    layout.setTextOption(option)
    layout.beginLayout()
    for base in bases:
        line = layout.createLine()
        if not line.isValid():  # all of it stands on the lines before
            break
        line.setLineWidth(room + 1)  # widths are rounded up
        line.setPosition(QPointF(0, base - line.ascent()))
        end = line.textStart() + line.textLength()
    layout.endLayout()
    if end < len(text):
        return _laid_out(f"{text[: end - 2]}…", font, room, bases)
    return layout.glyphRuns()


def _font(millimetres: float, *, bold: bool) -> QFont:
    font = QFont(typeface())
    font.setPixelSize(round(millimetres * _MM))
    font.setBold(bold)
    return font


def _across(y: float) -> QLineF:
    return QLineF(_SIDE * _MM, y * _MM, (_WIDTH - _SIDE) * _MM, y * _MM)


def _scaled(box: QRectF) -> QRectF:
    return QRectF(box.left() * _MM, box.top() * _MM, box.width() * _MM, box.height() * _MM)
