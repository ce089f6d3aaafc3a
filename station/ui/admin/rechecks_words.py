"""What is said about fevers and where they were measured."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from station.ui.admin.inside_desk import FeverState

translate = QCoreApplication.translate

_STATES = {
    FeverState.WAITS: QT_TRANSLATE_NOOP("admin", "在等复测"),
    FeverState.LEFT: QT_TRANSLATE_NOOP("admin", "没复测就走了"),
    FeverState.CONFIRMED: QT_TRANSLATE_NOOP("admin", "确认发热"),
}
_SITES = {
    "forehead": QT_TRANSLATE_NOOP("admin", "额头"),
    "wrist": QT_TRANSLATE_NOOP("admin", "手腕"),
    "neck": QT_TRANSLATE_NOOP("admin", "脖子"),
    "ear": QT_TRANSLATE_NOOP("admin", "耳温"),
    "body": QT_TRANSLATE_NOOP("admin", "体温计"),
    "object": QT_TRANSLATE_NOOP("admin", "皮肤"),
}


def state(which: FeverState) -> str:
    return translate("admin", str(_STATES[which]))


def site(word: str) -> str:
    found = _SITES.get(word)
    return translate("admin", str(found)) if found else word


def list_lost() -> str:
    return translate("admin", "复测名单读不出来。请看今天的记录，把体温偏高的人找出来")
