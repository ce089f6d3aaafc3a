"""The daily log on A4: a summary with a chart of the hours, the rows, page numbers, lines to sign.

Painted by hand: Qt's rich text takes seconds for a day's table. Needs a QGuiApplication. Sizes
are millimetres.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLineF, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
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
    "number": 14.0, "at": 31.0, "direction": 14.0, "verdict": 15.0, "temperature": 15.0, "name": 20.0,
    "dwelling": 24.0, "category": 18.0, "code": 20.0, "reasons": 66.0, "correction": 36.0,
}  # fmt: skip
_ALWAYS_FIT = {"number", "at"}  # hardly one like another, so that measuring them costs
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


class _Pages:
    """The pages of one file, one after another."""

    def __init__(self, painter: QPainter, writer: QPdfWriter, wording: Wording, claims: Claims) -> None:
        self._painter, self._writer, self._wording, self._claims = painter, writer, wording, claims
        self._small, self._plain, self._bold, self._title = (
            _font(size, bold=bold) for size, bold in ((2.6, False), (3.0, False), (3.0, True), (6.0, True))
        )
        self._metrics = QFontMetricsF(self._plain)
        self._fitted: dict[tuple[str, float], str] = {}
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
            self._draw(QRectF(_SIDE + 45, y, 70, 6), _LEFT, str(value), self._bold)
            y += 7
        self._reasons(summary, y + 4)
        self._hours(summary, QRectF(130, 52, _WIDTH - 130 - _SIDE, 76))
        for x, key in ((130.0, "signed"), (215.0, "received")):
            self._draw(QRectF(x, 168, 30, 6), _LEFT, text(key), self._plain)
            self._rule(x, 186, x + 68)

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
        self._line(_TOP, [self._wording.header(column) for column in _SHOWN], self._bold)
        indices = [COLUMNS.index(column) for column in _SHOWN]
        lines = [_TOP + count * _ROW for count in range(1, len(rows) + 1)]
        self._painter.setPen(_LINE)
        self._painter.drawLines([_across(y) for y in lines])
        for y, row in zip(lines, rows, strict=True):
            cells = cells_of(row)
            self._line(y, [unguarded(cells[index]) for index in indices], self._plain)

    def _line(self, y: float, texts: Sequence[str], font: QFont) -> None:
        """At points, not in boxes: Qt lays a text in a box out anew, which is most of a day's time."""
        painter, x = self._painter, _SIDE
        painter.setFont(font)
        painter.setPen(_INK)
        base = y * _MM + (_ROW * _MM + self._metrics.ascent() - self._metrics.descent()) / 2
        for (column, width), text in zip(_SHOWN.items(), texts, strict=True):
            if text:
                shown = text if column in _ALWAYS_FIT else self._fitting(text, width - 1.5)
                painter.drawText(QPointF(x * _MM, base), shown)
            x += width

    def _fitting(self, text: str, width: float) -> str:
        """Measured once: a log says the same few things."""
        fitted = self._fitted.get((text, width))
        if fitted is None:
            fitted = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, width * _MM)
            self._fitted[text, width] = fitted
        return fitted

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


def _font(millimetres: float, *, bold: bool) -> QFont:
    font = QFont(typeface())
    font.setPixelSize(round(millimetres * _MM))
    font.setBold(bold)
    return font


def _across(y: float) -> QLineF:
    return QLineF(_SIDE * _MM, y * _MM, (_WIDTH - _SIDE) * _MM, y * _MM)


def _scaled(box: QRectF) -> QRectF:
    return QRectF(box.left() * _MM, box.top() * _MM, box.width() * _MM, box.height() * _MM)
