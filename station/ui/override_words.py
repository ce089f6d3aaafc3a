"""The words of changing a verdict by hand, and of explaining an old one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from station.core.override import OverrideProblem, OverrideReason, Role
from station.core.problems import Unexplained
from station.translation import QT_TRANSLATE_NOOP, translate

_REASONS: dict[OverrideReason, object] = {
    OverrideReason.COMMUNITY_AGREED: QT_TRANSLATE_NOOP("words", "社区电话里同意了"),
    OverrideReason.EMERGENCY: QT_TRANSLATE_NOOP("words", "急事：看病、生产、救火"),
    OverrideReason.GOING_HOME: QT_TRANSLATE_NOOP("words", "住这里，让他回家"),
    OverrideReason.SEEN_ON_PHONE: QT_TRANSLATE_NOOP("words", "看过他手机了"),
    OverrideReason.PAPERS_SEEN: QT_TRANSLATE_NOOP("words", "看过证件了"),
    OverrideReason.MEASURED_AGAIN: QT_TRANSLATE_NOOP("words", "重新量过了"),
    OverrideReason.NO_PHONE: QT_TRANSLATE_NOOP("words", "老人孩子没有手机"),
    OverrideReason.MISTAKE: QT_TRANSLATE_NOOP("words", "刚才弄错了"),
    OverrideReason.SUSPICIOUS: QT_TRANSLATE_NOOP("words", "有疑问，先留一下"),
    OverrideReason.OTHER: QT_TRANSLATE_NOOP("words", "别的原因"),
}

_PROBLEMS: dict[OverrideProblem, object] = {
    OverrideProblem.NOT_ALLOWED: QT_TRANSLATE_NOOP("words", "要值班保安或管理员才能放行，请打电话叫他"),
    OverrideProblem.NOTHING_CHANGES: QT_TRANSLATE_NOOP("words", "和现在的判定一样，不用改"),
    OverrideProblem.NO_NAME: QT_TRANSLATE_NOOP("words", "请先写上您的名字"),
    OverrideProblem.NO_NOTE: QT_TRANSLATE_NOOP("words", "请写一句是什么原因"),
}

_UNEXPLAINED: dict[Unexplained, object] = {
    Unexplained.OPERATOR: QT_TRANSLATE_NOOP("words", "这是人改判的，原因看第一条"),
    Unexplained.OTHER_POLICY: QT_TRANSLATE_NOOP("words", "那天的规则不在这里，请找管理员"),
    Unexplained.NEWER: QT_TRANSLATE_NOOP("words", "这条是新版程序记的，请更新程序"),
}


_ROLES: dict[str, object] = {
    Role.VOLUNTEER: QT_TRANSLATE_NOOP("words", "志愿者"),
    Role.GUARD: QT_TRANSLATE_NOOP("words", "保安"),
    Role.ADMIN: QT_TRANSLATE_NOOP("words", "管理员"),
}


def role(which: str) -> str:
    """Who; a role of a newer program in its own word."""
    return translate("words", str(_ROLES[which])) if which in _ROLES else which


def counted(overrides: Mapping[str, int]) -> str:
    """How often each role changed a verdict today."""
    told = " · ".join(
        f"{role(which)} {overrides[which]}"
        for which in (*_ROLES, *(overrides.keys() - _ROLES))
        if which in overrides
    )
    return translate("words", "今天改判：{who}").format(who=told)


def reason(which: OverrideReason, translate: Callable[[str, str], str] = translate) -> str:
    return translate("words", str(_REASONS[which]))


def problem(which: OverrideProblem) -> str:
    """Why an override is not recorded, and what to do."""
    return translate("words", str(_PROBLEMS[which]))


def unexplained(why: Unexplained) -> str:
    """Why an entry cannot be decided again, and where to look."""
    return translate("words", str(_UNEXPLAINED[why]))
