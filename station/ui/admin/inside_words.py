"""What is said about who is inside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

translate = QCoreApplication.translate

_CATEGORIES = {
    "visitor": QT_TRANSLATE_NOOP("admin", "访客"),
    "courier": QT_TRANSLATE_NOOP("admin", "快递员"),
    "worker": QT_TRANSLATE_NOOP("admin", "工作人员"),
    "volunteer": QT_TRANSLATE_NOOP("admin", "志愿者"),
    "staff": QT_TRANSLATE_NOOP("admin", "物业"),
    "medical": QT_TRANSLATE_NOOP("admin", "医护"),
    "": QT_TRANSLATE_NOOP("admin", "没登记"),
    "resident": QT_TRANSLATE_NOOP("admin", "居民"),
    "tenant": QT_TRANSLATE_NOOP("admin", "租户"),
}


def category(word: str) -> str:
    found = _CATEGORIES.get(word)
    return translate("admin", str(found)) if found else word


def counts(by_category: Mapping[str, int]) -> str:
    """E.g. 访客 1 · 快递员 1 · 居民 2, those who do not live here first."""
    order = [*_CATEGORIES, *sorted(set(by_category) - set(_CATEGORIES))]
    return " · ".join(f"{category(word)} {by_category[word]}" for word in order if by_category.get(word))


def how_long(span: timedelta) -> str:
    minutes = int(span.total_seconds()) // 60
    days, hours = minutes // 1440, minutes // 60 % 24
    if days:
        return translate("admin", "{days} 天 {hours} 小时").format(days=days, hours=hours)
    if hours:
        return translate("admin", "{hours} 小时 {minutes} 分").format(hours=hours, minutes=minutes % 60)
    return translate("admin", "{minutes} 分钟").format(minutes=minutes)


def clock(at: datetime, now: datetime) -> str:
    """The time alone today, else with its day. Both in the gate's time zone."""
    return f"{at:%H:%M}" if at.date() == now.date() else f"{at.month}-{at.day} {at:%H:%M}"


def hours(value: float) -> str:
    return f"{value:g}"
