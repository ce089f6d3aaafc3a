"""How a pass looks: the card for a purse, and the A6 sheet for whoever reads large letters only.

Made for black and white printers and for old eyes: name, house and last day as large as there is room for.
Boxes and sizes are millimetres.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, tzinfo

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from station.core.passes import Holder, PassError, PassKind
from station.journal.passes import SignedPass
from station.reports.lettering import CENTRE, Slot
from station.reports.qr import PrintedCode

LEAST_MODULE_MM = 0.5  # a code with smaller modules does not survive folding and a camera at arm's length
_INK, _GREY, _PAPER, _BAND = QColor("#000000"), QColor("#444444"), QColor("#FFFFFF"), QColor("#12325F")
_EDGE = QPen(QColor("#999999"), 0.1)

_TITLE = "出入证"
_LOST = "遗失请马上告诉大门值班员：原证作废，补发新证。"
_KINDS = {
    PassKind.RESIDENT: "居民",
    PassKind.TENANT: "租户",
    PassKind.WORKER: "工作人员",
    PassKind.COURIER: "快递员",
    PassKind.VOLUNTEER: "志愿者",
    PassKind.VISITOR: "访客",
    PassKind.MEDICAL: "医护",
}


@dataclass(frozen=True, slots=True)
class CardDesign:
    """Where everything stands on one size of card."""

    size: QSizeF
    band: float  # height of the dark band at the top
    title: Slot
    issuer: Slot
    kind: Slot
    name: Slot
    dwelling: Slot
    validity: Slot
    details: Slot
    lost: Slot
    number: Slot
    code: QRectF  # the code is centred in it
    module: float  # of the code, where there is room for it


CARD = CardDesign(  # ISO/IEC 7810 ID-1, as a bank card
    size=QSizeF(85.6, 54.0),
    band=10.5,
    title=Slot(QRectF(4, 0, 22, 10.5), 6.4, bold=True),
    issuer=Slot(QRectF(27, 0.5, 37, 9.5), 4.2),
    kind=Slot(QRectF(67.6, 2.2, 13, 6.1), 3.6, bold=True, align=CENTRE),
    name=Slot(QRectF(4, 10.8, 37.5, 14), 11.0),
    dwelling=Slot(QRectF(4, 23.8, 37.5, 9.5), 7.6),
    validity=Slot(QRectF(4, 33.0, 37.5, 5.6), 4.0, bold=True),
    details=Slot(QRectF(4, 38.2, 37.5, 4.2), 2.8),
    lost=Slot(QRectF(4, 42.4, 37.5, 7.9), 2.7),
    number=Slot(QRectF(4, 50.0, 37.5, 3), 2.2),
    code=QRectF(42.1, 10.75, 43, 43),
    module=LEAST_MODULE_MM,
)
SHEET = CardDesign(  # A6, upright
    size=QSizeF(105.0, 148.0),
    band=19,
    title=Slot(QRectF(7, 0, 40, 19), 11.5, bold=True),
    issuer=Slot(QRectF(46, 1.5, 53, 8), 5.4),
    kind=Slot(QRectF(47, 10.2, 22, 6.8), 4.8, bold=True, align=CENTRE),
    name=Slot(QRectF(7, 19.5, 91, 25), 20.0),
    dwelling=Slot(QRectF(7, 42, 91, 17), 14.0),
    validity=Slot(QRectF(7, 58, 91, 10), 8.0, bold=True),
    details=Slot(QRectF(7, 67, 91, 6.5), 4.6),
    lost=Slot(QRectF(7, 131.5, 91, 11), 3.9),
    number=Slot(QRectF(7, 142, 91, 4), 3.0),
    code=QRectF(23.25, 73.5, 58.5, 58.5),
    module=0.8,
)


class PassCard:
    """One pass on one size of card. Raises PassError if its code would be too fine to read."""

    def __init__(self, signed: SignedPass, design: CardDesign) -> None:
        self._pass, self._design = signed.gate_pass, design
        self._code = PrintedCode(signed.text)
        self._module = min(design.module, design.code.width() / self._code.modules)
        if self._module < LEAST_MODULE_MM:
            raise PassError(f"pass {self._pass.number}: says too much for a card, print it as A6")

    def paint(self, painter: QPainter, zone: tzinfo) -> None:
        """Paint at the painter's origin; the last day is told in `zone`."""
        self._paint_head(painter)
        self._write_holder(painter)
        self._write_rest(painter, zone)
        self._paint_code(painter)
        self._paint_edge(painter)

    def _paint_head(self, painter: QPainter) -> None:
        design = self._design
        painter.fillRect(QRectF(0, 0, design.size.width(), design.band), _BAND)
        design.title.write(painter, _TITLE, _PAPER)
        design.issuer.write(painter, self._pass.issuer, _PAPER)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_PAPER)
        painter.drawRoundedRect(design.kind.box.adjusted(-1, 0, 1, 0), 1.2, 1.2)
        design.kind.write(painter, _KINDS[self._pass.holder.kind], _BAND)

    def _write_holder(self, painter: QPainter) -> None:
        design, holder = self._design, self._pass.holder
        design.name.write(painter, holder.name, _INK)
        design.dwelling.write(painter, holder.dwelling, _INK)
        design.details.write(painter, _details(holder), _GREY)

    def _write_rest(self, painter: QPainter, zone: tzinfo) -> None:
        design, last_day = self._design, self._pass.valid_until.astimezone(zone).date()
        design.validity.write(painter, _until(last_day), _INK)
        design.lost.write(painter, _LOST, _GREY)
        design.number.write(painter, f"编号 {_grouped(self._pass.number)}", _GREY)

    def _paint_code(self, painter: QPainter) -> None:
        side = self._module * self._code.modules
        box = QRectF(0, 0, side, side)
        box.moveCenter(self._design.code.center())
        self._code.paint(painter, box)

    def _paint_edge(self, painter: QPainter) -> None:
        """The line to cut along."""
        painter.setPen(_EDGE)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(QPointF(0, 0), self._design.size))


def _until(day: date) -> str:
    return f"有效至 {day.year}年{day.month}月{day.day}日"


def _details(holder: Holder) -> str:
    """What the guard can compare with the person and their ID card."""
    parts = (
        f"{holder.birth[:4]}年生" if holder.birth else "",
        f"证件尾号 {holder.id_tail}" if holder.id_tail else "",
        f"监护人 {holder.guardian}" if holder.guardian else "",
    )
    return " · ".join(part for part in parts if part)


def _grouped(number: str) -> str:
    """Four digits at a time, as one reads them out."""
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4)).upper()
