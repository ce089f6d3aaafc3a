"""The recovery key on A4: printed once, kept in a locked drawer, never photographed.

Needs a QGuiApplication. Boxes and sizes are millimetres.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QFileDevice, QIODevice, QMarginsF, QPointF, QRectF, QSaveFile
from PySide6.QtGui import QColor, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from station.reports.lettering import CENTRE, Slot
from station.reports.passes import PrintError

_MM_PER_INCH, _DPI = 25.4, 1200
_LEFT, _WIDTH = 20.0, 170.0
_INK, _GREY = QColor("#000000"), QColor("#333333")
_FRAME = QPen(QColor("#000000"), 0.6)

_STEPS = (
    "1. 这张纸只打印这一次。电脑里没有留底，丢了就重新做一张，旧的马上作废。",
    "2. 装进信封，封口签名，锁进社区办公室的柜子。不要拍照，不要发到群里。",
    "3. 管理员忘了密码时：按 F10，点“密码忘了”，照着输入上面的恢复码，再定一个新密码。",
    "4. 用过一次就作废，电脑会给一张新的，请再打印、再锁好。",
    "5. 志愿者和保安忘了密码不用它：管理员在“账号”里重设就行。",
)
_ENGLISH = (
    "Recovery key: printed once, kept locked, never photographed. If an admin forgets the PIN: F10, "
    "“Forgot the PIN”, type the key, set a new PIN. Each use makes a new sheet; the old one is void."
)


def write_sheet(path: Path, key: str, gate: str, at: datetime) -> None:
    """Write it to a file for its owner only, complete or not at all. Raises PrintError."""
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise PrintError(file.errorString())
    file.setPermissions(QFileDevice.Permission.ReadOwner | QFileDevice.Permission.WriteOwner)
    writer = QPdfWriter(file)
    writer.setTitle("恢复码")
    writer.setResolution(_DPI)
    size = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    painter = QPainter(writer)
    painter.scale(_DPI / _MM_PER_INCH, _DPI / _MM_PER_INCH)
    paint(painter, key, gate, at)
    painter.end()
    if not file.commit():
        raise PrintError(file.errorString())


def paint(painter: QPainter, key: str, gate: str, at: datetime) -> None:
    """The whole sheet; one unit is one millimetre."""
    Slot(QRectF(_LEFT, 20, _WIDTH, 16), 13, bold=True).write(painter, "管理员恢复码", _INK)
    Slot(QRectF(_LEFT, 38, _WIDTH, 9), 6).write(painter, f"{gate}　{at:%Y-%m-%d %H:%M}", _INK)
    painter.setPen(_FRAME)
    painter.drawRect(QRectF(_LEFT, 54, _WIDTH, 44))
    groups = key.split("-")
    for line, part in enumerate((groups[:3], groups[3:])):
        box = QRectF(_LEFT, 58 + 18 * line, _WIDTH, 18)
        Slot(box, 13, align=CENTRE).write(painter, "  –  ".join(part), _INK)
    Slot(QRectF(_LEFT, 99, _WIDTH, 7), 4).write(
        painter, "没有字母 I、L、O、U；0 是数字零，1 是数字一。", _GREY
    )
    for number, step in enumerate(_STEPS):
        Slot(QRectF(_LEFT, 114 + 17 * number, _WIDTH, 15), 5).write(painter, step, _INK)
    Slot(QRectF(_LEFT, 202, _WIDTH, 16), 4.2).write(painter, _ENGLISH, _GREY)
    for number, word in enumerate(("交给（签名）", "封存日期")):
        top = 240.0 + 20 * number
        Slot(QRectF(_LEFT, top - 9, 40, 9), 5.5).write(painter, word, _INK)
        painter.setPen(_FRAME)
        painter.drawLine(QPointF(_LEFT + 42, top), QPointF(_LEFT + _WIDTH, top))
