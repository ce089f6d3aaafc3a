"""What the gate says of itself: it has crashed again and again, or its keys go elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from station.core.crash import Cause

translate = QCoreApplication.translate


def why(cause: Cause) -> str:
    """What it crashed of, in a few words."""
    match cause:
        case Cause.CAMERA:
            return translate("words", "一用摄像头就出错")
        case Cause.SERIAL:
            return translate("words", "一用测温仪或扫码枪就出错")
        case Cause.SYNC:
            return translate("words", "一连中心就出错")
        case Cause.PROGRAM:
            return translate("words", "程序自己出错")
        case Cause.KILLED:
            return translate("words", "程序被强行关掉了")


def manual_only(cause: Cause) -> tuple[str, str]:
    """What is the matter, and what to do, for the bar over the preview."""
    sentence = translate("words", "反复出错，先手工登记：{why}").format(why=why(cause))
    return sentence, translate("words", "请管理员看 F10 → 设备")


def elsewhere() -> tuple[str, str]:
    """Another program has the keyboard: what is the matter, and what to do, for the bar over the preview."""
    sentence = translate("words", "别的窗口占了键盘：按键、键盘式扫码枪都到不了这里")
    return sentence, translate("words", "请点一下这个画面")
