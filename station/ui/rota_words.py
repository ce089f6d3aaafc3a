"""What is said about the rota: why a shift or a name is not taken, and which shift has nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from station.core.shift import Shift, ShiftError, ShiftProblem, SignupProblem

translate = QCoreApplication.translate

_PROBLEMS: dict[ShiftProblem | SignupProblem, object] = {
    ShiftProblem.NO_DAY: QT_TRANSLATE_NOOP("rota", "日期看不懂，请写成 4-17 或 2022-04-17"),
    ShiftProblem.NO_TIME: QT_TRANSLATE_NOOP("rota", "时间看不懂，请写成 7:00 或 19:30"),
    ShiftProblem.SAME_TIME: QT_TRANSLATE_NOOP("rota", "“从”和“到”一样，请改一个"),
    ShiftProblem.TOO_SHORT: QT_TRANSLATE_NOOP("rota", "不到半小时，不像一个班，请核对时间"),
    ShiftProblem.TOO_LONG: QT_TRANSLATE_NOOP("rota", "超过 16 小时，一个人撑不住，请分成两班"),
    ShiftProblem.OVER: QT_TRANSLATE_NOOP("rota", "这个班已经过去了，请核对日期"),
    ShiftProblem.TOO_FAR: QT_TRANSLATE_NOOP("rota", "最多排两个月，请核对日期"),
    ShiftProblem.NEEDED: QT_TRANSLATE_NOOP("rota", "要几个人，请写 1 到 20"),
    ShiftProblem.DAYS: QT_TRANSLATE_NOOP("rota", "连续几天，请写 1 到 31"),
    ShiftProblem.OVERLAPS: QT_TRANSLATE_NOOP("rota", "和已经有的班撞上了，请改时间，或者先取消那个班"),
    SignupProblem.NO_NAME: QT_TRANSLATE_NOOP("rota", "请写上名字"),
    SignupProblem.LONG_NAME: QT_TRANSLATE_NOOP("rota", "名字最多 20 个字"),
    SignupProblem.TWICE: QT_TRANSLATE_NOOP("rota", "这个名字已经报过了"),
    SignupProblem.FULL: QT_TRANSLATE_NOOP("rota", "这个班人够了，谢谢！请看看别的班"),
    SignupProblem.ELSEWHERE: QT_TRANSLATE_NOOP("rota", "这个人同一时间报了别的班"),
    SignupProblem.OVER: QT_TRANSLATE_NOOP("rota", "这个班已经过去了"),
    SignupProblem.GONE: QT_TRANSLATE_NOOP("rota", "这个班或者这个名字已经不在了，请再看一遍表"),
}


def refused(error: ShiftError) -> str:
    """Why, and what to do; with the day, of several."""
    said = translate("rota", str(_PROBLEMS[error.problem]))
    if error.on is None:
        return said
    return translate("rota", "{day}：{why}").format(day=f"{error.on.month}-{error.on.day}", why=said)


def day(one: date, today: date) -> str:
    """Today and tomorrow by these words."""
    if one == today:
        return translate("rota", "今天")
    if one == today + timedelta(days=1):
        return translate("rota", "明天")
    return f"{one.month}-{one.day}"


def span(shift: Shift, now: datetime) -> str:
    """E.g. 今天 19:00–07:00; both in the gate's time zone, which is `now`'s."""
    begins, ends = shift.begins.astimezone(now.tzinfo), shift.ends.astimezone(now.tzinfo)
    return f"{day(begins.date(), now.date())} {begins:%H:%M}–{ends:%H:%M}"


def announced(missing: Sequence[Shift], now: datetime) -> str:
    """The gate's one line: the first shift that has nobody, or too few; "" if there is none.

    `now` is in the gate's time zone.
    """
    if not missing:
        return ""
    first = next((one for one in missing if not one.names), missing[0])
    when = span(first, now)
    if not first.names:
        return translate("rota", "{when} 的班还没有人 · F10 值班").format(when=when)
    return translate("rota", "{when} 的班还差 {count} 人 · F10 值班").format(when=when, count=first.missing)


def warning(missing: Sequence[Shift], now: datetime) -> str:
    """All of them, for the admin; "" if there is none."""
    told = [
        translate("rota", "{when} 没有人").format(when=span(one, now))
        if not one.names
        else translate("rota", "{when} 差 {count} 人").format(when=span(one, now), count=one.missing)
        for one in missing
    ]
    if not told:
        return ""
    text = translate("rota", "24 小时内缺人：{shifts}。请打电话问问谁能来。")
    return text.format(shifts=translate("rota", "；").join(told[:4]) + ("…" if len(told) > 4 else ""))
