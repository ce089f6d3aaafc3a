"""What is said about look-backs."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from station.core.reasons import Severity
from station.ui import words
from station.ui.admin.inside_desk import Changed

translate = QCoreApplication.translate

_FACTS = {
    ("colour", "red"): QT_TRANSLATE_NOOP("admin", "红码"),
    ("colour", "yellow"): QT_TRANSLATE_NOOP("admin", "黄码"),
    ("isolation", "isolation"): QT_TRANSLATE_NOOP("admin", "居家隔离"),
    ("isolation", "close_contact"): QT_TRANSLATE_NOOP("admin", "密接"),
    ("isolation", "sub_close_contact"): QT_TRANSLATE_NOOP("admin", "次密接"),
    ("test", "positive"): QT_TRANSLATE_NOOP("admin", "核酸阳性"),
}


def fact(kind: str, value: str) -> str:
    """E.g. 红码."""
    found = _FACTS.get((kind, value))
    return translate("admin", str(found)) if found else translate("admin", "社区要求拦下")


def changed(which: Changed) -> str:
    kind, _, value = which.value.partition("=")
    return fact(kind, value)


def verdict(word: str) -> str:
    """As every other screen calls it."""
    return words.verdict_name(Severity[word.upper()])


def not_explained(why: str) -> str:
    return translate("admin", "有的记录是新版程序写的，这一版判不了。请更新程序再回溯：{why}").format(why=why)
