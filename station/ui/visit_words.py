"""What is said about visitors, parcels and errands, at the gate and in the admin page."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from station.core.errand import Ending, ErrandKind
from station.core.visit import Purpose

translate = QCoreApplication.translate

_PURPOSES = {
    Purpose.FAMILY: QT_TRANSLATE_NOOP("words", "探亲访友"),
    Purpose.REPAIR: QT_TRANSLATE_NOOP("words", "装修维修"),
    Purpose.DELIVERY: QT_TRANSLATE_NOOP("words", "配送进门"),
    Purpose.OTHER: QT_TRANSLATE_NOOP("words", "其他事"),
}
_KINDS = {
    ErrandKind.EXPRESS: QT_TRANSLATE_NOOP("words", "快递"),
    ErrandKind.TAKEAWAY: QT_TRANSLATE_NOOP("words", "外卖"),
    ErrandKind.MEDICINE: QT_TRANSLATE_NOOP("words", "药"),
    ErrandKind.VEGETABLES: QT_TRANSLATE_NOOP("words", "菜"),
    ErrandKind.PRESCRIPTION: QT_TRANSLATE_NOOP("words", "代开药"),
    ErrandKind.DOCUMENT: QT_TRANSLATE_NOOP("words", "送文件"),
    ErrandKind.FETCH: QT_TRANSLATE_NOOP("words", "取物品"),
    ErrandKind.OTHER: QT_TRANSLATE_NOOP("words", "别的代办"),
}
_ENDINGS = {
    Ending.OWNER: QT_TRANSLATE_NOOP("words", "住户自己拿"),
    Ending.TO_THE_DOOR: QT_TRANSLATE_NOOP("words", "志愿者送到门口"),
    Ending.NEIGHBOUR: QT_TRANSLATE_NOOP("words", "家人邻居代拿"),
    Ending.RETURNED: QT_TRANSLATE_NOOP("words", "退回去了"),
    Ending.DONE: QT_TRANSLATE_NOOP("words", "办好了"),
    Ending.IMPOSSIBLE: QT_TRANSLATE_NOOP("words", "办不了"),
}


def purpose(which: Purpose) -> str:
    return translate("words", str(_PURPOSES[which]))


def kind(which: ErrandKind) -> str:
    return translate("words", str(_KINDS[which]))


def ending(which: Ending) -> str:
    return translate("words", str(_ENDINGS[which]))


def visitor() -> str:
    """Who stands there, if nobody knows their name."""
    return translate("words", "访客")


def for_long(span: timedelta) -> str:
    """E.g. 35 分钟, 3 小时, 2 天. A clock that was set back makes it no time at all."""
    minutes = max(int(span.total_seconds()) // 60, 0)
    if minutes < 60:
        return translate("words", "{count} 分钟").format(count=minutes)
    if minutes < 48 * 60:
        return translate("words", "{count} 小时").format(count=minutes // 60)
    return translate("words", "{count} 天").format(count=minutes // (24 * 60))
