"""How the screen says when something was and how long it lasts: 今早 8:12, 3 秒前. Times are passed in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from station.core.entry import FactPart, from_ms
from station.core.facts import TestState
from station.core.model import FactKind, ReasonCode

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


_OF_SAMPLING = {ReasonCode.TEST_NEGATIVE, ReasonCode.TEST_STALE, ReasonCode.TEST_POSITIVE}
_SINCE = {
    ReasonCode.SAME_WAY_AGAIN: FactKind.LAST_PASSAGE,
    ReasonCode.TEMPERATURE_MEASURED_BEFORE: FactKind.MEASURED,
    ReasonCode.OUTING_USED_UP: FactKind.OUTING,
    ReasonCode.OUTING_OVERSTAYED: FactKind.INSIDE,
    ReasonCode.TRAVEL_DECLARED: FactKind.TRAVEL,
    ReasonCode.ISOLATION_PENDING: FactKind.ISOLATION_PENDING,
    ReasonCode.BLOCKED: FactKind.BLOCK,
}
_UNTIL = {
    ReasonCode.PERSON_EXPIRED: FactKind.IDENTITY,
    ReasonCode.RIGHT_EXPIRED: FactKind.RIGHT,
    ReasonCode.ISOLATION_OVER: FactKind.ISOLATION,
    ReasonCode.ISOLATED_LEAVING: FactKind.ISOLATION,
    ReasonCode.ISOLATED_RETURNING: FactKind.ISOLATION,
    ReasonCode.CONTACT_LEAVING: FactKind.ISOLATION,
    ReasonCode.CONTACT_RETURNING: FactKind.ISOLATION,
}
_COUNTED = {ReasonCode.OCCUPANCY_FULL, ReasonCode.OCCUPANCY_NEARLY_FULL}


def of_reason(code: ReasonCode, facts: Iterable[FactPart], now: datetime) -> str | None:
    """When the fact behind a reason was true, e.g. 昨天 14:30 采样; None where its age does not matter.

    `now` is aware; its time zone is the gate's. Colours have words of their own (`colour`).
    """
    kind = _kind_of(code)
    newest = max((fact for fact in facts if fact.kind == kind), key=lambda f: f.as_of_ms, default=None)
    if newest is None:
        return None
    if code in _COUNTED:
        return translate("ages", "{count} 人").format(count=newest.value)
    if code in _UNTIL:
        return _until(newest.valid_until_ms, now)
    said = moment(from_ms(newest.as_of_ms).astimezone(now.tzinfo), now)
    if code not in _OF_SAMPLING:
        return said
    reported = newest.value == TestState.NEGATIVE_REPORTED
    spoken = translate("ages", "{time} 出报告") if reported else translate("ages", "{time} 采样")
    return spoken.format(time=said)


def _kind_of(code: ReasonCode) -> FactKind | None:
    if code in _OF_SAMPLING:
        return FactKind.TEST
    return FactKind.OCCUPANCY if code in _COUNTED else _SINCE.get(code) or _UNTIL.get(code)


def _until(until_ms: int | None, now: datetime) -> str | None:
    if until_ms is None:
        return None
    until = from_ms(until_ms).astimezone(now.tzinfo)
    said = moment(until, now)
    return translate("ages", "到 {time}").format(time=said) if until > now else said


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
