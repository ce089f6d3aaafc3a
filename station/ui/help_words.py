"""What is said about calls for help and questions to the center: short, and always with what to do next."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from station.core.help import Help, HelpHere, HelpKind, Need, Stage, Unclear

translate = QCoreApplication.translate

_NEEDS = {
    Need.FEVER: QT_TRANSLATE_NOOP("words", "有人发烧"),
    Need.QUARREL: QT_TRANSLATE_NOOP("words", "起冲突"),
    Need.FAINTED: QT_TRANSLATE_NOOP("words", "有人晕倒"),
    Need.DEVICE: QT_TRANSLATE_NOOP("words", "设备坏了"),
    Need.OTHER: QT_TRANSLATE_NOOP("words", "其他"),
}
_UNCLEAR = {
    Unclear.NOT_LISTED: QT_TRANSLATE_NOOP("words", "说住这里，名单上没有"),
    Unclear.CODE: QT_TRANSLATE_NOOP("words", "码看不懂、打不开"),
    Unclear.COLOUR: QT_TRANSLATE_NOOP("words", "码的颜色和他说的不一样"),
    Unclear.PAPERS: QT_TRANSLATE_NOOP("words", "拿来的证明不认得"),
    Unclear.MOVING: QT_TRANSLATE_NOOP("words", "隔离的人要进出"),
    Unclear.OTHER: QT_TRANSLATE_NOOP("words", "别的，请打电话来问我"),
}
_URGENT_NUMBERS = {Need.FAINTED: "120", Need.QUARREL: "110"}


@dataclass(frozen=True, slots=True)
class Words:
    """How it stands, and what to do."""

    sentence: str
    step: str


def need(what: str) -> str:
    """What a whistle is for, on its button; "" if nobody has said it."""
    return translate("words", str(_NEEDS[Need(what)])) if what in set(Need) else ""


def unclear(what: str) -> str:
    """Why the center is asked."""
    return translate("words", str(_UNCLEAR[Unclear(what)])) if what in set(Unclear) else ""


def told(one: Help, phone: str) -> Words:
    """Of a case, for the bar and for its page."""
    return _whistle(one, phone) if one.kind is HelpKind.WHISTLE else _question(one, phone)


def withdrawn(here: HelpHere, case: str) -> str:
    """Of a whistle by mistake, as it stood before that."""
    if any(one.id == case and one.stage is Stage.ALONE for one in here.helps):
        return translate("words", "撤回了")
    return translate("words", "撤回了，已告诉中心")


def emergency(what: str) -> str:
    """Whom to call besides, whoever comes; "" if nobody."""
    number = _URGENT_NUMBERS.get(Need(what)) if what in set(Need) else None
    return translate("words", "同时请打 {number}").format(number=number) if number else ""


def _whistle(one: Help, phone: str) -> Words:
    stages = {
        Stage.SENDING: _sending,
        Stage.NOT_OUT: lambda: _not_out(phone),
        Stage.ALONE: lambda: _alone(one, phone),
        Stage.OUT: _out,
        Stage.SEEN: lambda: _seen(one),
        Stage.GOING: lambda: _going(one),
        Stage.ARRIVED: _arrived,
        Stage.CLOSED: _closed,
    }
    return stages[one.stage]()


def _sending() -> Words:
    return Words(translate("words", "正在呼叫中心…"), translate("words", "请等一下"))


def _not_out(phone: str) -> Words:
    return Words(
        translate("words", "没有网，请打 {phone}").format(phone=phone),
        translate("words", "求助还没发出去；有网了会自己发"),
    )


def _alone(one: Help, phone: str) -> Words:
    """Nothing will go out by itself, ever."""
    if one.kind is HelpKind.QUESTION:
        return Words(
            translate("words", "没有接中心，请打 {phone} 问").format(phone=phone),
            translate("words", "问题只记在这里，没人会在网上答复；请他先在旁边等"),
        )
    return Words(
        translate("words", "没有接中心，请打 {phone}").format(phone=phone),
        translate("words", "网上没有呼叫任何人，只有您打电话才有人来"),
    )


def _out() -> Words:
    return Words(translate("words", "中心已收到"), translate("words", "看好现场，等人来"))


def _seen(one: Help) -> Words:
    who = one.owner or (one.said[-1].by if one.said else "")
    if who:
        return Words(translate("words", "{who}在处理").format(who=who), _newest(one))
    return Words(translate("words", "中心在处理"), _newest(one))


def _going(one: Help) -> Words:
    sentence = translate("words", "{who}在路上").format(who=one.going or one.owner)
    return Words(sentence, translate("words", "人到了，请按“到了”"))


def _arrived() -> Words:
    return Words(translate("words", "人到了"), translate("words", "记下了，辛苦了"))


def _closed() -> Words:
    return Words(translate("words", "中心说这件事办完了"), "")


def _newest(one: Help) -> str:
    return one.said[-1].text if one.said else translate("words", "看好现场，等人来")


def _question(one: Help, phone: str) -> Words:
    if one.said:
        answer = translate("words", "中心答复：{text}").format(text=one.said[-1].text)
        return Words(
            answer, translate("words", "{about} · 这是建议，要改判还按 F8").format(about=_about(one))
        )
    if one.stage is Stage.ALONE:
        return _alone(one, phone)
    if one.stage is Stage.NOT_OUT:
        return Words(
            translate("words", "没有网，问题还没发出去"),
            translate("words", "急事请打电话 {phone}；有网了会自己发").format(phone=phone),
        )
    if one.stage is Stage.CLOSED:
        return Words(translate("words", "中心说这件事办完了"), _about(one))
    return Words(
        translate("words", "问出去了，等中心答复"), translate("words", "请他先在旁边等，后面的人照常过")
    )


def _about(one: Help) -> str:
    return one.about or unclear(one.what)
