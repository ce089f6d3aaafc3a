"""The center in words: the one small line of the gate, and why something does not work and what to do.

`translate` is the translation of whoever speaks: the window's or the terminal's. Knows no network.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QT_TRANSLATE_NOOP

from station.core.contact import LIST_IS_NEW, Alarm, CenterStatus, ClockState, Link, Trouble

Say = Callable[[str, str], str]  # context and text, as QCoreApplication.translate

_TROUBLES: dict[Trouble, object] = {
    Trouble.NO_ADDRESS: QT_TRANSLATE_NOOP("words", "找不到中心的地址：看看网线、路由器和中心的地址"),
    Trouble.NO_WAY: QT_TRANSLATE_NOOP("words", "连不到中心：看看网络，再问中心的电脑开着没有"),
    Trouble.NO_ANSWER: QT_TRANSLATE_NOOP("words", "中心没有回答：网络太慢，或者中心太忙"),
    Trouble.OTHER_CERTIFICATE: QT_TRANSLATE_NOOP(
        "words", "中心的证书不是登记时的那一张：可能连到了别处，请问中心的管理员"
    ),
    Trouble.NOT_THE_CENTER: QT_TRANSLATE_NOOP(
        "words", "回答的不是中心：网络可能要先打开网页登录，或者地址不对"
    ),
    Trouble.BUSY: QT_TRANSLATE_NOOP("words", "中心正忙，过一会儿自己再试"),
    Trouble.FAULT: QT_TRANSLATE_NOOP("words", "中心出错了，过一会儿自己再试；一直这样请告诉中心的管理员"),
    Trouble.NOT_TAKEN: QT_TRANSLATE_NOOP("words", "中心不收发过去的东西：请看看两边的程序版本"),
    Trouble.UNKNOWN_HERE: QT_TRANSLATE_NOOP(
        "words", "中心不认这台机器：请在中心取一个新的一次性码，再登记一次"
    ),
    Trouble.REVOKED: QT_TRANSLATE_NOOP("words", "中心撤销了这台机器的登记：记录照常送，名单不再更新"),
    Trouble.HERE: QT_TRANSLATE_NOOP("words", "这台电脑的登记本读写有问题：请看看硬盘"),
}

_ALARMS: dict[Alarm, object] = {
    Alarm.DUPLICATE_STATION: QT_TRANSLATE_NOOP(
        "words", "有两台电脑用同一个登记：换过电脑或复制过硬盘的，请重新登记一台"
    ),
    Alarm.FORK: QT_TRANSLATE_NOOP("words", "中心有另一份不同的记录：已经自动接上，请查一查是不是复制过硬盘"),
    Alarm.CLOCK: QT_TRANSLATE_NOOP("words", "电脑时间和中心差得多：请校准时间"),
    Alarm.CLOCK_BACK: QT_TRANSLATE_NOOP("words", "电脑时间比最后一条记录还早：请校准时间"),
    Alarm.RECORD_REFUSED: QT_TRANSLATE_NOOP("words", "有一条记录送不上去，后面的在等：请联系技术人员"),
    Alarm.ARCHIVE_LOST: QT_TRANSLATE_NOOP("words", "中心丢了已经备份过的记录：请中心从备份恢复"),
    Alarm.QUARANTINED: QT_TRANSLATE_NOOP("words", "有的记录中心收下了但看不懂：请更新中心的程序"),
    Alarm.DIFFERENCE: QT_TRANSLATE_NOOP("words", "每日对账有出入：请联系技术人员"),
    Alarm.TOO_OLD: QT_TRANSLATE_NOOP("words", "中心发来的东西这个版本用不了：请更新程序"),
}


def gate_line(status: CenterStatus, now: datetime, translate: Say) -> str:
    """The one small line of the gate screen; the most pressing thing only."""
    if status.link is Link.NONE:
        return " · ".join((translate("words", "未连中心"), *_own_list(status, now, translate)))
    if status.clock and status.clock.alarming:
        return clock_line(status.clock, translate)
    if Alarm.CLOCK_BACK in status.alarms:
        return translate("words", "电脑时间往回跳了 · 请管理员校准")
    if status.link is Link.PAUSED:
        return _paused(status, translate)
    told = [link(status, translate), *_waiting(status, translate), *_old_lists(status, now, translate)]
    return " · ".join(told)


def clock_line(clock: ClockState, translate: Say) -> str:
    """How far the clock is out, and who sets it right."""
    slow = clock.offset_s > 0
    text = (
        translate("words", "电脑时间比中心慢 {} · 请管理员校准")
        if slow
        else translate("words", "电脑时间比中心快 {} · 请管理员校准")
    )
    return text.format(length(timedelta(seconds=abs(clock.offset_s)), translate))


def link(status: CenterStatus, translate: Say) -> str:
    return {
        Link.NONE: translate("words", "未连中心"),
        Link.TRYING: translate("words", "正在连中心"),
        Link.ONLINE: translate("words", "中心在线"),
        Link.OFFLINE: translate("words", "中心离线"),
        Link.PAUSED: translate("words", "中心不认这台机器"),
    }[status.link]


def is_pressing(status: CenterStatus) -> bool:
    """Whether an admin has to come; being off-line is everyday."""
    clock = status.clock is not None and status.clock.alarming
    return status.link is Link.PAUSED or clock or Alarm.CLOCK_BACK in status.alarms


def trouble(of: Trouble, translate: Say) -> str:
    """Why, and what to do."""
    return translate("words", str(_TROUBLES[of]))


def alarm(of: Alarm, translate: Say) -> str:
    return translate("words", str(_ALARMS[of]))


def length(span: timedelta, translate: Say) -> str:
    """A time span as people say it, one unit."""
    minutes = round(span.total_seconds() / 60)
    if minutes < 1:
        return translate("words", "不到 1 分钟")
    if minutes < 60:
        return translate("words", "{} 分钟").format(minutes)
    if minutes < 48 * 60:
        return translate("words", "{} 小时").format(round(minutes / 60))
    return translate("words", "{} 天").format(round(minutes / 1440))


def _paused(status: CenterStatus, translate: Say) -> str:
    if status.trouble is Trouble.REVOKED:
        return translate("words", "中心停了这台机器的名单 · 请管理员看 F10")
    return translate("words", "中心不认这台机器 · 请管理员看 F10")


def _own_list(status: CenterStatus, now: datetime, translate: Say) -> list[str]:
    if status.own is None:
        return []
    if status.own.at is None:
        return [translate("words", "还没有名单")]
    age, imported = max(now - status.own.at, timedelta()), status.own.imported
    if age < LIST_IS_NEW:
        return [translate("words", "名单刚导入") if imported else translate("words", "名单刚改过")]
    said = translate("words", "名单 {}前导入") if imported else translate("words", "名单 {}前改过")
    return [said.format(length(age, translate))]


def _waiting(status: CenterStatus, translate: Say) -> list[str]:
    return [translate("words", "待同步 {}").format(status.pending)] if status.pending else []


def _old_lists(status: CenterStatus, now: datetime, translate: Say) -> list[str]:
    if status.lists_left:
        return [translate("words", "名单还差 {}").format(status.lists_left)]
    age = status.lists_age(now)
    if age is None:
        return [translate("words", "还没有名单")] if status.link is not Link.TRYING else []
    if age < LIST_IS_NEW:
        return [translate("words", "名单是新的")]
    return [translate("words", "名单 {}前").format(length(age, translate))]
