"""What the commands about the center say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from station.center_desk import NOT_ENROLLED
from station.commands.words import translate
from station.core.contact import Alarm, ClockState, Trouble
from station.journal.enrolment import Enrolment
from station.journal.incarnation import FORK
from station.journal.upstream import Begun, ListAge, Status
from station.sync.reconciling import Compared
from station.sync.wishes import Granted
from station.ui import center_words, enrol_words


def not_done(said: Granted, *, stick: bool = False) -> str:
    """Why an enrolment or a stick came to nothing, and what to do."""
    if said.problem == NOT_ENROLLED:
        return translate("cli", "还没有登记到中心。要登记：station enrol 地址 一次性码")
    if words := enrol_words.problem(said.problem, translate, stick=stick):
        return words
    if said.trouble:
        return center_words.trouble(Trouble(said.trouble), translate)
    return translate("cli", "没有做成：{}").format(said.detail)


def enrolment_json(found: Enrolment | None) -> dict[str, Any]:
    if found is None:
        return {"enrolled": False}
    return {"enrolled": True, "url": found.url, "name": found.name}


def status_json(
    kept: Status, enrolled: Enrolment | None, live: Granted | None, compared: Iterable[Compared] = ()
) -> dict[str, Any]:
    """`live` is what the gate that runs says; absent: none runs."""
    said: dict[str, Any] = {
        **enrolment_json(enrolled),
        "pending": kept.pending,
        "oldest_pending": _iso(kept.oldest_pending),
        "last_contact": _iso(kept.contact),
        "lists": {
            channel: {"complete": age.complete, "as_of": _iso(age.as_of), "skipped": age.skipped}
            for channel, age in kept.lists.items()
        },
        "incarnations": [{"why": one.why, "at": _iso(one.at)} for one in kept.incarnations],
        "disagreed": list(kept.disagreed),
        "reconciliations": [_compared_json(one) for one in compared],
        "running": live is not None,
    }
    if live:
        said |= {
            "link": live.link,
            "trouble": live.trouble or None,
            "clock_offset_s": None if live.offset_s is None else round(live.offset_s, 3),
            "alarms": list(live.alarms),
        }
    return said


def status_lines(
    kept: Status, enrolled: Enrolment | None, live: Granted | None, now: datetime
) -> Iterator[str]:
    if enrolled is None:
        yield translate("cli", "还没有登记到中心。大门照常用；要登记：station enrol 地址 一次性码")
        return
    yield translate("cli", "中心 {}，这台机器叫 {}").format(enrolled.url, enrolled.name)
    yield from _live_lines(live)
    contact = _ago(kept.contact, now)
    yield translate("cli", "上次联系：{}").format(contact or translate("cli", "还没有"))
    if kept.pending:
        since = _ago(kept.oldest_pending, now) or "—"
        yield translate("cli", "待同步 {} 条，最早的一条在{}").format(kept.pending, since)
    else:
        yield translate("cli", "记录都送到了")
    for channel, age in kept.lists.items():
        yield from _list_lines(channel, age, now)
    for one in kept.incarnations:
        yield _begun_line(one)


def _list_lines(channel: str, age: ListAge, now: datetime) -> Iterator[str]:
    heard = _ago(age.heard, now) if age.heard else translate("cli", "还没收全")
    if channel == "people":
        yield translate("cli", "居民名单：{}").format(heard)
    else:
        yield translate("cli", "健康码颜色、隔离、规则、通知：{}").format(heard)
    if age.skipped:
        yield translate("cli", "其中 {} 项这个版本看不懂，没有用上：请更新大门的程序").format(age.skipped)


def _begun_line(one: Begun) -> str:
    words = (
        translate("cli", "{} 中心有另一份不同的记录：这里后面的重新编了号送去，一条没少")
        if one.why == FORK
        else translate("cli", "{} 换了电脑或恢复了备份：记录从第 1 条重新编号，以前的都在")
    )
    return words.format(one.at.astimezone().strftime("%Y-%m-%d %H:%M"))


def compared_lines(compared: Iterable[Compared]) -> Iterator[str]:
    """Which days both ends compared, and what differs."""
    for one in compared:
        if not one.differences:
            yield translate("cli", "{} 对过账：{} 条，两边一样").format(one.day, one.records)
        for differs in one.differences:
            words = (
                translate("cli", "{} 对账有出入：中心少 {} 到 {} 号，请联系技术人员")
                if differs.what == "missing"
                else translate("cli", "{} 对账有出入：{} 到 {} 号两边不一样，请联系技术人员")
            )
            yield words.format(one.day, differs.first, differs.last)


def _compared_json(one: Compared) -> dict[str, Any]:
    differences = [
        {
            "incarnation": differs.incarnation,
            "what": differs.what,
            "first": differs.first,
            "last": differs.last,
        }
        for differs in one.differences
    ]
    return {
        "day": one.day,
        "records": one.records,
        "quarantined": one.quarantined,
        "same": not differences,
        "differences": differences,
    }


def _live_lines(live: Granted | None) -> Iterator[str]:
    if live is None:
        yield translate("cli", "大门的程序没有开")
        return
    if live.trouble:
        yield center_words.trouble(Trouble(live.trouble), translate)
    else:
        yield translate("cli", "在线") if live.link == "online" else translate("cli", "正在连中心")
    if live.offset_s is not None and ClockState(live.offset_s, 0.0).alarming:
        yield center_words.clock_line(ClockState(live.offset_s, 0.0), translate)
    for word in live.alarms:
        yield center_words.alarm(Alarm(word), translate)


def _ago(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return ""
    span = center_words.length(max(now - moment, timedelta()), translate)
    return translate("cli", "{}前").format(span)


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
