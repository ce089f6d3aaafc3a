"""What the gate announces that somebody has to look into at the admin page, in one line."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def lookbacks(people: int) -> str:
    return translate("words", "有 {people} 人需要回看 · F10").format(people=people)


def drill(entries: int, exceptions: int) -> str:
    if not exceptions:
        return translate("words", "停码期间 {entries} 人，都核过了").format(entries=entries)
    said = translate("words", "停码期间 {entries} 人，{exceptions} 人待核对 · F10 查看")
    return said.format(entries=entries, exceptions=exceptions)
