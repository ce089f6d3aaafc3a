"""What the gate announces that somebody has to look into at the admin page, in one line."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from station.core.outcome import (
    DailyExport,
    ExportProblem,
    ListsChanged,
    NoticesHere,
    SpaceLeft,
    TrustUnreadable,
)
from station.core.space import Level

MOST = 16  # characters of a title: the line has room for no more beside F10

translate = QCoreApplication.translate

_EXPORTS: dict[ExportProblem, object] = {
    ExportProblem.NO_STICK: QT_TRANSLATE_NOOP("words", "{days} 天的日报没存：请插上 U 盘 · F10"),
    ExportProblem.NO_PLACE: QT_TRANSLATE_NOOP("words", "{days} 天的日报没存：找不到文件夹 · F10"),
    ExportProblem.FULL: QT_TRANSLATE_NOOP("words", "{days} 天的日报没存：盘满了，请换一个 · F10"),
    ExportProblem.NOT_WRITTEN: QT_TRANSLATE_NOOP("words", "{days} 天的日报没存：写不进去，请换个地方 · F10"),
    ExportProblem.LOCKED: QT_TRANSLATE_NOOP("words", "{days} 天的日报没存：请先签到"),
    ExportProblem.NOT_READ: QT_TRANSLATE_NOOP("words", "{days} 天的日报没存：登记本读不出来 · F10"),
}


def lookbacks(people: int) -> str:
    return translate("words", "有 {people} 人需要回溯 · F10").format(people=people)


def drill(entries: int, exceptions: int) -> str:
    if not exceptions:
        return translate("words", "停码期间 {entries} 人，都核过了").format(entries=entries)
    said = translate("words", "停码期间 {entries} 人，{exceptions} 人待核对 · F10 查看")
    return said.format(entries=entries, exceptions=exceptions)


def from_center(told: NoticesHere) -> str:
    """A notice first, then what is due; "" if there is neither."""
    if told.title:
        short = told.title if len(told.title) <= MOST else f"{told.title[: MOST - 1]}…"
        return translate("words", "通知：{title} · F10").format(title=short)
    if told.due:
        return translate("words", "中心有 {count} 件事要办 · F10").format(count=told.due)
    return ""


def space(told: SpaceLeft) -> str:
    """What gives out first, days or room; "" while there is enough."""
    if told.level is Level.ENOUGH:
        return ""
    if told.level is Level.VERY_LOW:
        return translate("words", "硬盘快满了，只剩 {size}，请今天处理 · F10").format(size=size(told.free))
    if told.days is not None:
        said = translate("words", "硬盘剩 {size}，大约还能记 {days} 天 · F10")
        return said.format(size=size(told.free), days=told.days)
    return translate("words", "硬盘只剩 {size}，请腾一点地方 · F10").format(size=size(told.free))


def lists(told: ListsChanged) -> str:
    """How much is not as it was written."""
    return translate("words", "名单有 {count} 处被别的软件改过，请告诉管理员").format(count=told.found)


def trust(told: TrustUnreadable) -> str:
    """How many; "" while all can be read."""
    if not told.lists:
        return ""
    said = translate("words", "信任名单有 {count} 份读不出来，有的码验不了，请告诉管理员")
    return said.format(count=told.lists)


def daily_export(told: DailyExport) -> str:
    """How many days wait, and what to do; "" while nothing is wrong."""
    if told.problem is None:
        return ""
    return translate("words", str(_EXPORTS[told.problem])).format(days=told.days)


def size(free: int) -> str:
    """Bytes as people say them."""
    return f"{free / 10**9:.1f} GB" if free >= 10**9 else f"{free // 10**6} MB"
