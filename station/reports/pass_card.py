"""How a pass looks: the card for a purse, and the A6 sheet for whoever reads large letters only.

Made for black and white printers and for old eyes: name, house and last day as large as there is room for.
Boxes and sizes are millimetres.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, tzinfo

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from station.core.passes import GatePass, Holder, PassError, PassKind
from station.journal.passes import SignedPass
from station.reports.lettering import CENTRE, Slot
from station.reports.qr import PrintedCode

LEAST_MODULE_MM = 0.5  # a code with smaller modules does not survive folding and a camera at arm's length
_INK, _GREY, _PAPER, _BAND = QColor("#000000"), QColor("#444444"), QColor("#FFFFFF"), QColor("#12325F")
_CUT = QPen(QColor("#999999"), 0.1)

_TITLE = "出入证"
_LOST = "遗失请马上告诉大门值班员：原证作废，补发新证。仅限本人使用。"
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
    issuer=Slot(QRectF(27, 0.5, 38, 9.5), 4.2),
    kind=Slot(QRectF(66.6, 2.2, 15, 6.1), 3.8, bold=True, align=CENTRE),
    name=Slot(QRectF(4, 11.5, 37.5, 14.5), 11.0),
    dwelling=Slot(QRectF(4, 25.0, 37.5, 10), 7.6),
    validity=Slot(QRectF(4, 34.5, 37.5, 6), 4.0, bold=True),
    details=Slot(QRectF(4, 40.0, 37.5, 4), 2.8),
    lost=Slot(QRectF(4, 44.0, 37.5, 6.2), 2.2),
    number=Slot(QRectF(4, 49.8, 37.5, 3), 2.0),
    code=QRectF(42.1, 10.75, 43, 43),
    module=LEAST_MODULE_MM,
)
SHEET = CardDesign(  # A6, upright
    size=QSizeF(105.0, 148.0),
    band=19,
    title=Slot(QRectF(7, 0, 40, 19), 11.5, bold=True),
    issuer=Slot(QRectF(45, 1.5, 54, 8), 5.0),
    kind=Slot(QRectF(45, 9.8, 26, 7), 4.6, bold=True, align=CENTRE),
    name=Slot(QRectF(7, 20, 91, 25), 20.0),
    dwelling=Slot(QRectF(7, 43, 91, 18), 14.0),
    validity=Slot(QRectF(7, 60, 91, 9), 7.2, bold=True),
    details=Slot(QRectF(7, 69, 91, 6), 4.4),
    lost=Slot(QRectF(7, 132, 91, 10.5), 3.5),
    number=Slot(QRectF(7, 142, 91, 4), 2.8),
    code=QRectF(22.5, 73, 60, 60),
    module=0.8,
)


def paint_pass(painter: QPainter, design: CardDesign, signed: SignedPass, zone: tzinfo) -> None:
    """Paint one pass at the painter's origin; its last day is told in `zone`.

    Raises PassError when the code would need modules too small to be read.
    """
    gate_pass, holder = signed.gate_pass, signed.gate_pass.holder
    _paint_head(painter, design, gate_pass)
    design.name.write(painter, holder.name, _INK)
    design.dwelling.write(painter, holder.dwelling, _INK)
    design.validity.write(painter, _last_day(gate_pass.valid_until.astimezone(zone).date()), _INK)
    design.details.write(painter, _details(holder), _GREY)
    design.lost.write(painter, _LOST, _GREY)
    design.number.write(painter, f"编号 {_grouped(gate_pass.number)}", _GREY)
    _paint_code(painter, design, signed)
    painter.setPen(_CUT)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(0, 0, design.size.width(), design.size.height()))


def _paint_head(painter: QPainter, design: CardDesign, gate_pass: GatePass) -> None:
    painter.fillRect(QRectF(0, 0, design.size.width(), design.band), _BAND)
    design.title.write(painter, _TITLE, _PAPER)
    design.issuer.write(painter, gate_pass.issuer, _PAPER)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_PAPER)
    painter.drawRoundedRect(design.kind.box, 1.2, 1.2)
    design.kind.write(painter, _KINDS[gate_pass.holder.kind], _BAND)


def _paint_code(painter: QPainter, design: CardDesign, signed: SignedPass) -> None:
    code, room = PrintedCode(signed.text), design.code
    module = min(design.module, room.width() / code.modules)
    if module < LEAST_MODULE_MM:
        raise PassError(f"pass {signed.gate_pass.number}: says too much for a card, print it as A6")
    box = QRectF(0, 0, module * code.modules, module * code.modules)
    box.moveCenter(room.center())
    code.paint(painter, box)


def _last_day(day: date) -> str:
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
