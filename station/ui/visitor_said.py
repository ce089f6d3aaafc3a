"""What the page for visitors, parcels and errands asks, and what it advises, in each of its steps."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from station.ui import visit_words
from station.ui.visitor_desk import Chore, Rules

translate = QCoreApplication.translate


class Step(StrEnum):
    HOUSE = "house"
    WHAT = "what"
    PHONE = "phone"
    TRAVEL = "travel"
    CODE = "code"
    SURNAME = "surname"
    GUESTS = "guests"
    PARCELS = "parcels"
    PARCEL_KIND = "parcel_kind"
    ERRANDS = "errands"
    ERRAND_KIND = "errand_kind"
    ENDING = "ending"


def title(step: Step, house: str, chore: Chore | None) -> str:
    texts = {
        Step.HOUSE: translate("visitors", "访客、代收、代办：哪一户？"),
        Step.WHAT: translate("visitors", "{house}：来做什么？"),
        Step.PHONE: translate("visitors", "{house}：访客的手机号？"),
        Step.TRAVEL: translate("visitors", "请问他：14 天里去过重点区域吗？"),
        Step.CODE: translate("visitors", "{house} 的访客：请他亮健康码"),
        Step.SURNAME: translate("visitors", "访客贵姓？"),
        Step.GUESTS: translate("visitors", "里面的访客：谁要走？"),
        Step.PARCELS: translate("visitors", "代收的东西：哪一件拿走了？"),
        Step.PARCEL_KIND: translate("visitors", "{house}：放下的是什么？"),
        Step.ERRANDS: translate("visitors", "代办的事：哪一件？"),
        Step.ERRAND_KIND: translate("visitors", "{house}：要办什么？"),
        Step.ENDING: "",
    }
    if step is Step.ENDING and chore:
        return _of_chore(chore)
    return texts[step].format(house=house)


def _of_chore(chore: Chore) -> str:
    text = (
        translate("visitors", "{house} 的{kind}：谁拿走的？")
        if chore.parcel
        else translate("visitors", "{house} {kind}：办得怎样？")
    )
    return text.format(house=chore.house, kind=visit_words.kind(chore.kind))


def advice(step: Step, rules: Rules, late: int, *, expected: bool) -> str:
    """What to do in this step; `late`: how many things have waited too long; `expected`: somebody is."""
    if step is Step.HOUSE and late:
        return late_chores(late)
    if step is Step.HOUSE and not rules.coming_in:
        return translate("visitors", "现在看的是出去的人。新来的访客：先按 F12 换成“进”")
    house = (
        translate("visitors", "打门牌的数字，3-2-501 就打 32501；今天预约的，点名字就行")
        if expected
        else translate("visitors", "打门牌的数字，3-2-501 就打 32501")
    )
    phone = (
        translate("visitors", "这里要留手机号，打完按确定")
        if rules.phone_must
        else translate("visitors", "不肯留，直接按确定")
    )
    texts = {
        Step.HOUSE: house,
        Step.CODE: translate("visitors", "亮一下就行。名单里的人照常过，不影响他"),
        Step.PHONE: phone,
        Step.GUESTS: translate("visitors", "点一下就算他走了；打门牌可以找"),
        Step.PARCELS: translate("visitors", "打门牌可以找"),
        Step.ERRANDS: translate("visitors", "打门牌可以找"),
    }
    return texts.get(step, "")


def typed_house(found: int) -> str:
    """Digits are there: what comes next."""
    if found == 1:
        return translate("visitors", "是这一户就按“确定”，也可以按回车")
    if found:
        return translate("visitors", "接着打门牌，或者点是哪一户")
    return translate("visitors", "打完门牌按“确定”")


def nothing(*, typed: bool) -> str:
    return translate("visitors", "这一户没有") if typed else translate("visitors", "没有了")


def late_chores(count: int) -> str:
    """The reminder, on this page and on the gate screen."""
    return translate("visitors", "有 {count} 件代收代办超时了，请催一催").format(count=count)
