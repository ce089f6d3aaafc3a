"""What is said about passes on the admin page."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from station.core.passes import PassKind
from station.reports.lettering import prints_boxes
from station.reports.passes import Paper

translate = QCoreApplication.translate

_MOST_NAMED = 3  # houses in one sentence

_KINDS = {
    PassKind.RESIDENT: QT_TRANSLATE_NOOP("admin", "居民"),
    PassKind.TENANT: QT_TRANSLATE_NOOP("admin", "租户"),
    PassKind.WORKER: QT_TRANSLATE_NOOP("admin", "工作人员"),
    PassKind.COURIER: QT_TRANSLATE_NOOP("admin", "快递员"),
    PassKind.VOLUNTEER: QT_TRANSLATE_NOOP("admin", "志愿者"),
    PassKind.VISITOR: QT_TRANSLATE_NOOP("admin", "访客"),
    PassKind.MEDICAL: QT_TRANSLATE_NOOP("admin", "医护"),
}

_PAPERS = {
    Paper.A4: QT_TRANSLATE_NOOP("admin", "A4 一页十张"),
    Paper.CARD: QT_TRANSLATE_NOOP("admin", "单张卡片"),
    Paper.A6: QT_TRANSLATE_NOOP("admin", "A6 大字"),
}


def kind(which: PassKind | None) -> str:
    return translate("admin", str(_KINDS[which])) if which else translate("admin", "别的类别")


def paper(which: Paper) -> str:
    return translate("admin", str(_PAPERS[which]))


def no_key() -> str:
    return translate("admin", "数据锁着或者钥匙打不开：请先签到；签到了还不行，请找装机的人")


def unfit(why: str) -> str:
    """A name or a house that no pass can say; `why` names the field, never what stands in it."""
    return translate("admin", "有人写不进出入证，请在名册里改短：{why}").format(why=why)


def taken_back() -> str:
    """Meanwhile, or by another hand: whoever left the roster gets no new pass for the old one."""
    return translate("admin", "这张证已经作废，不能补办。要发新的，请按房号重新发证")


def by_hand(people: Iterable[tuple[str, str]]) -> str:
    """What to add after names (with their dwellings) came to paper: whose name is boxes. They are so on the
    screen, too: houses are named."""
    houses = list(dict.fromkeys(dwelling for name, dwelling in people if prints_boxes(name)))
    if not houses:
        return ""
    named = translate("admin", "、").join(house or "—" for house in houses[:_MOST_NAMED])
    more = translate("admin", " 等 {count} 户").format(count=len(houses)) if houses[_MOST_NAMED:] else ""
    said = translate("admin", "。{houses}：姓名里有打不出的字，印成了方框，请用手写上")
    return said.format(houses=named + more)


def not_written(why: str) -> str:
    return translate("admin", "没有写成。请看盘满了没有、U 盘拔了没有：{why}").format(why=why)


def admin_first() -> str:
    """Names of many take two signatures, and nobody here can sign yet."""
    return translate("admin", "全名要两个人签字，这里还没有管理员：先到“管理 → 值班 → 账号”添加，再来")
