"""How the screen says when something was and how long it lasts: 今早 8:12, 3 秒前. Times are passed in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from station.core.entry import FactPart, from_ms
from station.core.model import FactKind

translate = QCoreApplication.translate


def colour(facts: Iterable[FactPart], now: datetime) -> str | None:
    """The newest health-code colour with its age, e.g. 绿码 · 今早 8:12; None if there is none.

    `now` is aware; its time zone is the gate's.
    """
    newest = max(
        (fact for fact in facts if fact.kind == FactKind.COLOUR), key=lambda f: f.as_of_ms, default=None
    )
    if newest is None:
        return None
    return f"{_colour_word(newest.value)} · {moment(from_ms(newest.as_of_ms).astimezone(now.tzinfo), now)}"


def _colour_word(value: str) -> str:
    words = {
        "green": translate("ages", "绿码"),
        "yellow": translate("ages", "黄码"),
        "red": translate("ages", "红码"),
    }
    return words.get(value, value)


def moment(at: datetime, now: datetime) -> str:
    """A past moment as one says it; both in the gate's own time zone."""
    days = (now.date() - at.date()).days
    if days == 0:
        spoken = translate("ages", "今早 {time}") if at.hour < 12 else translate("ages", "今天 {time}")
    elif days == 1:
        spoken = translate("ages", "昨天 {time}")
    else:
        spoken = translate("ages", "{month} 月 {day} 日")
    return spoken.format(time=f"{at.hour}:{at.minute:02}", month=at.month, day=at.day)


def ago(seconds: float) -> str:
    """How long ago, in whole seconds or minutes."""
    if seconds < 2:
        return translate("ages", "刚刚")
    if seconds < 60:
        return translate("ages", "{n} 秒前").format(n=int(seconds))
    return translate("ages", "{n} 分钟前").format(n=int(seconds // 60))


def left(seconds: int) -> str:
    return translate("ages", "还有 {n} 秒").format(n=seconds)


def clock_behind(seconds: float) -> str:
    """What to say when the PC's clock went back by so much."""
    minutes = max(1, round(seconds / 60))
    return translate("ages", "电脑的钟慢了 {n} 分钟：照常登记，告诉管理员").format(n=minutes)
