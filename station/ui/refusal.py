"""The gate does not open, and nobody sees a terminal: the screen says so, why, and what to do meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QMessageBox

_POINTS = 20  # read while standing


def refusal(why: str, again_ms: int | None) -> QMessageBox:
    """`again_ms`: it closes by itself then, for somebody starts the gate again."""
    translate = QCoreApplication.translate
    box = QMessageBox(
        QMessageBox.Icon.Critical, translate("refusal", "卡口"), translate("refusal", "卡口没有打开")
    )
    box.setInformativeText("\n\n".join((translate("refusal", "先用纸笔登记；马上打电话给管理员"), why)))
    font = box.font()
    font.setPointSize(_POINTS)
    box.setFont(font)
    box.addButton(translate("refusal", "关掉"), QMessageBox.ButtonRole.RejectRole)
    if again_ms is not None:
        QTimer.singleShot(again_ms, box, box.reject)
    return box
