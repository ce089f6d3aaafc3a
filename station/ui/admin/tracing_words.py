"""What is said about a trace (流调), on the admin page, in the terminal and in its sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from station.core.operators import ALONE_AT_MOST
from station.ui import words
from station.ui.admin.tracing_desk import AskedTrace, Relation, Trace, TraceLine

translate = QCoreApplication.translate


def sheet_headers() -> Sequence[str]:
    return (
        translate("trace", "第几条"),
        translate("trace", "时间"),
        translate("trace", "相差（分钟）"),
        translate("trace", "时间准不准"),
        translate("trace", "进出"),
        translate("trace", "判定"),
        translate("trace", "关系"),
        translate("trace", "姓名"),
        translate("trace", "房号"),
        translate("trace", "电话"),
        translate("trace", "还在里面"),
        translate("trace", "通道"),
    )


def about(trace: Trace, gate: str, *, masked: bool) -> Sequence[tuple[str, str]]:
    """What was asked, for whoever reads the sheet later; it names nobody."""
    return (
        (translate("trace", "流调名单"), asked(trace.asked)),
        (translate("trace", "卡口"), gate),
        (translate("trace", "查询时间"), f"{trace.made_at:%Y-%m-%d %H:%M:%S}"),
        (translate("trace", "结果"), summary(trace)),
        (translate("trace", "姓名"), translate("trace", "打码") if masked else translate("trace", "全名")),
    )


def asked(one: AskedTrace) -> str:
    """前后 15 分钟，第 104 条."""
    minutes = translate("trace", "前后 {minutes:g} 分钟").format(minutes=one.minutes)
    if one.number is not None:
        what = translate("trace", "第 {number} 条").format(number=one.number)
    elif one.at is not None:
        what = f"{one.at:%Y-%m-%d %H:%M}"
    else:
        what = translate("trace", "一个人最近 {days} 天").format(days=one.days)
    return translate("trace", "{what}，{minutes}").format(what=what, minutes=minutes)


def summary(trace: Trace) -> str:
    """How many were near, of the same household, inside."""
    told = [
        translate("trace", "同时段 {people} 人").format(people=trace.people),
        translate("trace", "同户 {people} 人").format(people=trace.household),
        translate("trace", "现在还在里面 {people} 人").format(people=trace.inside),
    ]
    if trace.asked.person_id is not None:
        told.insert(0, translate("trace", "本人过门 {times} 次").format(times=trace.anchors))
    return translate("trace", "，").join(told)


def unsure(trace: Trace) -> str:
    """Empty, if all clocks agree."""
    if not trace.unsure:
        return ""
    said = translate("trace", "▲ 有 {count} 条的时间说不准：电脑的钟被拨过，或者停过机。宁可多问，不要漏人")
    return said.format(count=trace.unsure)


def way(one: TraceLine) -> str:
    if not one.way:
        return ""
    return translate("trace", "出") if one.way == "out" else translate("trace", "进")


def verdict(one: TraceLine) -> str:
    return words.verdict_name(one.stands) if one.stands is not None else ""


def relation(one: TraceLine) -> str:
    if one.relation is Relation.SELF:
        return translate("trace", "本人")
    return translate("trace", "同户") if one.relation is Relation.HOUSEHOLD else ""


def inside(one: TraceLine) -> str:
    if one.inside is None:
        return translate("trace", "不知道")
    return translate("trace", "在") if one.inside else translate("trace", "不在")


def sure(one: TraceLine) -> str:
    return translate("trace", "准") if one.sure else translate("trace", "说不准")


def unnamed(one: TraceLine) -> str:
    if one.code:
        return translate("trace", "不认识的码 {code}").format(code=one.code)
    return translate("trace", "不知道是谁")


def apart(one: TraceLine) -> str:
    """−3 分, +12 分; of the household who was not near, nothing to say."""
    if one.apart is None:
        return translate("trace", "不在这段时间")
    minutes = one.apart.total_seconds() / 60
    said = translate("trace", "{minutes:+.0f} 分").format(minutes=minutes).replace("-", "\u2212")
    if round(minutes) == 0:
        said = translate("trace", "同时")
    return said if one.sure else f"▲ {said}"


def moment(at: datetime | None) -> str:
    return f"{at:%m-%d %H:%M}" if at else "—"


def file_name() -> str:
    return translate("trace", "流调名单")


def no_entry(number: int | None) -> str:
    return translate("trace", "没有第 {number} 条，请看“记录”里的号").format(number=number)


def say_why() -> str:
    return translate("trace", "要看全名，请先写明为什么")


def by_two() -> str:
    return translate("trace", "名单上超过 {most} 个人，全名要管理员和保安（或另一位管理员）两个人签").format(
        most=ALONE_AT_MOST
    )
