"""What is said about operators and their PINs: roles, refusals, and what was put on record of them."""

from __future__ import annotations

import math
from collections.abc import Callable

from station.core.audit import Audited, Line
from station.core.operators import OperatorProblem, PinProblem, Refusal
from station.core.override import OverrideReason, Role
from station.translation import QT_TRANSLATE_NOOP
from station.translation import translate as said_now
from station.ui import override_words

Say = Callable[[str, str], str]

_REFUSALS: dict[Refusal, object] = {
    Refusal.WRONG: QT_TRANSLATE_NOOP("words", "密码不对。忘了就请管理员重设。"),
    Refusal.NOT_ALLOWED: QT_TRANSLATE_NOOP("words", "这一步要保安或管理员，请他来按密码。"),
    Refusal.SAME_PERSON: QT_TRANSLATE_NOOP("words", "要两个不同的人一起，请另一位也来按密码。"),
    Refusal.NEEDS_ADMIN: QT_TRANSLATE_NOOP("words", "两个人里要有一位管理员。"),
    Refusal.NEEDS_GUARD: QT_TRANSLATE_NOOP("words", "另一位要是保安或管理员：志愿者不用为别人的信息担责。"),
    Refusal.NO_KEY: QT_TRANSLATE_NOOP(
        "words", "密码对，但您还打不开数据。请一位已经能打开的同事先签到，您再按一次密码就行了。"
    ),
    Refusal.TAMPERED: QT_TRANSLATE_NOOP(
        "words", "这个账号被别的程序改过，不能用。大门照常登记，请马上告诉管理员。"
    ),
}

_PIN: dict[PinProblem, object] = {
    PinProblem.NOT_DIGITS: QT_TRANSLATE_NOOP("words", "密码只能是数字。"),
    PinProblem.TOO_SHORT: QT_TRANSLATE_NOOP("words", "短了一点：志愿者至少 4 位，保安和管理员至少 6 位。"),
    PinProblem.TOO_LONG: QT_TRANSLATE_NOOP("words", "最多 8 位，请短一点。"),
    PinProblem.ALL_ALIKE: QT_TRANSLATE_NOOP("words", "都是一样的数字，别人一试就开，请换一个。"),
    PinProblem.RUN: QT_TRANSLATE_NOOP("words", "1234 这样连着的，别人一试就开，请换一个。"),
    PinProblem.REPEATED: QT_TRANSLATE_NOOP("words", "1212 这样重复的，别人容易看出来，请换一个。"),
    PinProblem.YEAR: QT_TRANSLATE_NOOP("words", "像是年份，熟人容易猜到，请换一个。"),
    PinProblem.GIVEN: QT_TRANSLATE_NOOP("words", "还是别人给的那个密码，给的人也知道，请换一个。"),
    PinProblem.OWN_NUMBER: QT_TRANSLATE_NOOP("words", "和编号一样，大家都看得见，请换一个。"),
}

_PROBLEMS: dict[OperatorProblem, object] = {
    OperatorProblem.BAD_NUMBER: QT_TRANSLATE_NOOP("words", "编号要 4 到 8 位数字。"),
    OperatorProblem.NUMBER_TAKEN: QT_TRANSLATE_NOOP("words", "这个编号有人用过了，请换一个。"),
    OperatorProblem.NO_NAME: QT_TRANSLATE_NOOP("words", "请填姓名，他要在屏幕上找到自己。"),
    OperatorProblem.FIRST_IS_ADMIN: QT_TRANSLATE_NOOP("words", "第一位要是管理员，以后由他添加别人。"),
    OperatorProblem.LAST_ADMIN: QT_TRANSLATE_NOOP("words", "这是最后一位管理员，请先添加另一位。"),
    OperatorProblem.GONE: QT_TRANSLATE_NOOP("words", "没有这个人了，请重新选。"),
    OperatorProblem.WRONG_KEY: QT_TRANSLATE_NOOP("words", "恢复码不对。请照着最新那张纸，一组一组再输一遍。"),
    OperatorProblem.NEEDS_PIN: QT_TRANSLATE_NOOP(
        "words", "志愿者的密码可能只有 4 位：请给一个新的，至少 6 位，签到时再换成自己的。"
    ),
}

_AUDITED: dict[str, object] = {
    Audited.SIGNED_IN: QT_TRANSLATE_NOOP("words", "签到"),
    Audited.SIGNED_OUT: QT_TRANSLATE_NOOP("words", "签退"),
    Audited.SIGN_IN_FAILED: QT_TRANSLATE_NOOP("words", "密码输错"),
    Audited.SIGNED_ONCE: QT_TRANSLATE_NOOP("words", "为一件事签名"),
    Audited.OPERATOR_ADDED: QT_TRANSLATE_NOOP("words", "添加操作员"),
    Audited.OPERATOR_CHANGED: QT_TRANSLATE_NOOP("words", "改操作员"),
    Audited.OPERATOR_REMOVED: QT_TRANSLATE_NOOP("words", "停用操作员"),
    Audited.PIN_CHANGED: QT_TRANSLATE_NOOP("words", "自己换密码"),
    Audited.PIN_RESET: QT_TRANSLATE_NOOP("words", "替人重设密码"),
    Audited.RECOVERY_MADE: QT_TRANSLATE_NOOP("words", "做了新的恢复码"),
    Audited.RECOVERY_USED: QT_TRANSLATE_NOOP("words", "用了恢复码"),
    Audited.UNMASKED: QT_TRANSLATE_NOOP("words", "看了全名"),
    Audited.SEARCHED: QT_TRANSLATE_NOOP("words", "查了名册"),
    Audited.EXPORTED: QT_TRANSLATE_NOOP("words", "导出"),
    Audited.OVERRIDE: QT_TRANSLATE_NOOP("words", "改判"),
    Audited.POLICY: QT_TRANSLATE_NOOP("words", "改规则或停码"),
    Audited.SETTINGS: QT_TRANSLATE_NOOP("words", "改设置"),
    Audited.CLOCK_BACK: QT_TRANSLATE_NOOP("words", "电脑时间倒退"),
    Audited.CLOCK_FORWARD: QT_TRANSLATE_NOOP("words", "电脑时间往前跳了，或者电脑睡过"),
    Audited.ENROLLED: QT_TRANSLATE_NOOP("words", "登记到中心"),
    Audited.CENTER_LEFT: QT_TRANSLATE_NOOP("words", "退出中心"),
    Audited.TRUST_LIST: QT_TRANSLATE_NOOP("words", "换了验码用的名单"),
    Audited.CALIBRATED: QT_TRANSLATE_NOOP("words", "校准测温仪"),
    Audited.PEOPLE_IMPORTED: QT_TRANSLATE_NOOP("words", "导入名单"),
    Audited.PEOPLE_CHANGED: QT_TRANSLATE_NOOP("words", "改名册"),
    Audited.IMPORT_UNDONE: QT_TRANSLATE_NOOP("words", "撤回导入"),
    Audited.OPENED_BY_HAND: QT_TRANSLATE_NOOP("words", "手动开门"),
    Audited.PASSES_ISSUED: QT_TRANSLATE_NOOP("words", "发出入证"),
    Audited.PASS_REVOKED: QT_TRANSLATE_NOOP("words", "作废出入证"),
    Audited.ERASED: QT_TRANSLATE_NOOP("words", "删除个人信息"),
    Audited.WHISTLED: QT_TRANSLATE_NOOP("words", "吹哨或问中心"),
    Audited.WHISTLE_OVER: QT_TRANSLATE_NOOP("words", "求助到人或撤回"),
    Audited.KEYS_WRAPPED: QT_TRANSLATE_NOOP("words", "数据钥匙锁进了密码"),
    Audited.LISTS_SEALED: QT_TRANSLATE_NOOP("words", "名单按现状封好，以后改动能查出来"),
    Audited.KEYS_UNWRAPPED: QT_TRANSLATE_NOOP("words", "数据钥匙不再锁进密码"),
    Audited.KEY_CHANGED: QT_TRANSLATE_NOOP("words", "换了数据钥匙"),
    Audited.SALVAGED: QT_TRANSLATE_NOOP("words", "从损坏的登记本救出"),
    Audited.RESTORED: QT_TRANSLATE_NOOP("words", "从备份取回，记录从第 1 条重新编号"),
    Audited.NEW_INCARNATION: QT_TRANSLATE_NOOP("words", "记录从第 1 条重新编号"),
    Audited.PRUNED: QT_TRANSLATE_NOOP("words", "清理了早已存档的旧记录"),
    Audited.DUTY_BEGUN: QT_TRANSLATE_NOOP("words", "开始当班"),
    Audited.DUTY_ENDED: QT_TRANSLATE_NOOP("words", "结束当班"),
    Audited.HANDED_OVER: QT_TRANSLATE_NOOP("words", "签交班单"),
    Audited.TOOK_OVER: QT_TRANSLATE_NOOP("words", "签接班"),
}

_ROLES: dict[str, object] = {  # of one person; `override_words` counts them
    Role.VOLUNTEER: QT_TRANSLATE_NOOP("operators", "志愿者"),
    Role.GUARD: QT_TRANSLATE_NOOP("operators", "保安"),
    Role.ADMIN: QT_TRANSLATE_NOOP("operators", "管理员"),
}

_FACTS: dict[str, object] = {  # of the facts that a reader needs; the others stand in the JSON
    "rows": QT_TRANSLATE_NOOP("words", "{} 条"),
    "people": QT_TRANSLATE_NOOP("words", "{} 人"),
    "passes": QT_TRANSLATE_NOOP("words", "{} 张"),
    "entry": QT_TRANSLATE_NOOP("words", "第 {} 条"),
    "back_s": QT_TRANSLATE_NOOP("words", "倒退 {} 秒"),
    "forward_s": QT_TRANSLATE_NOOP("words", "往前 {} 秒"),
    "entries": QT_TRANSLATE_NOOP("words", "{} 条"),
    "upto": QT_TRANSLATE_NOOP("words", "到第 {} 条"),
    "places": QT_TRANSLATE_NOOP("words", "{} 处"),
    "undone": QT_TRANSLATE_NOOP("words", "第 {} 批"),
    "generation": QT_TRANSLATE_NOOP("words", "第 {} 次"),
    "receipt": QT_TRANSLATE_NOOP("words", "回执 {} 号"),
    "page": QT_TRANSLATE_NOOP("words", "在“{}”"),
    "days": QT_TRANSLATE_NOOP("words", "日期 {}"),
    "filters": QT_TRANSLATE_NOOP("words", "条件 {}"),
    "settings": QT_TRANSLATE_NOOP("words", "设置 {}"),
    "lane": QT_TRANSLATE_NOOP("words", "{} 道"),
    "as_of": QT_TRANSLATE_NOOP("words", "{} 的名单"),
    "offset_c": QT_TRANSLATE_NOOP("words", "加 {} °C"),
    "incarnation": QT_TRANSLATE_NOOP("words", "新的一册 {}"),
    "second": QT_TRANSLATE_NOOP("words", "和 {} 两个人签"),
    "minutes": QT_TRANSLATE_NOOP("words", "{} 分钟"),
}
_VALUES: dict[tuple[str, str], object] = {
    ("masked", "yes"): QT_TRANSLATE_NOOP("words", "姓名打码"),
    ("masked", "no"): QT_TRANSLATE_NOOP("words", "姓名全显示"),
    ("to", "pass"): QT_TRANSLATE_NOOP("words", "改成通行"),
    ("to", "recheck"): QT_TRANSLATE_NOOP("words", "改成复核"),
    ("to", "stop"): QT_TRANSLATE_NOOP("words", "改成禁止"),
    ("why", "absent"): QT_TRANSLATE_NOOP("words", "交班的人不在"),
    ("why", "signed_out"): QT_TRANSLATE_NOOP("words", "下班"),
    ("what", "trace"): QT_TRANSLATE_NOOP("words", "查谁同时过门"),
    ("what", "entries"): QT_TRANSLATE_NOOP("words", "查一个人的过门记录"),
    ("what", "lookback"): QT_TRANSLATE_NOOP("words", "倒查"),
    ("what", "passes"): QT_TRANSLATE_NOOP("words", "出入证"),
    ("what", "evacuation"): QT_TRANSLATE_NOOP("words", "疏散名单"),
    ("what", "backup"): QT_TRANSLATE_NOOP("words", "备份"),
    ("what", "restore"): QT_TRANSLATE_NOOP("words", "取回备份"),
    ("why", "moved"): QT_TRANSLATE_NOOP("words", "换了电脑，或者复制过硬盘"),
    ("why", "fork"): QT_TRANSLATE_NOOP("words", "中心有另一份不同的记录"),
    ("found", "start"): QT_TRANSLATE_NOOP("words", "大门关着的时候改的，开门时发现"),
    ("change", "center"): QT_TRANSLATE_NOOP("words", "中心发来的"),
    ("change", "gone"): QT_TRANSLATE_NOOP("words", "不再用了"),
    ("change", "unreadable"): QT_TRANSLATE_NOOP("words", "读不出来"),
    ("encrypted", "yes"): QT_TRANSLATE_NOOP("words", "文件加了密码"),
    ("why", "retention"): QT_TRANSLATE_NOOP("words", "到期自动删"),
    ("why", "request"): QT_TRANSLATE_NOOP("words", "本人要求"),
    ("why", "no_key"): QT_TRANSLATE_NOOP("words", "密码对，数据还打不开"),
    ("why", "recovery_key"): QT_TRANSLATE_NOOP("words", "恢复码不对"),
    ("kind", "whistle"): QT_TRANSLATE_NOOP("words", "吹哨"),
    ("kind", "question"): QT_TRANSLATE_NOOP("words", "问中心"),
    ("pin", "given"): QT_TRANSLATE_NOOP("words", "给了新密码"),
    ("change", "edit"): QT_TRANSLATE_NOOP("words", "加人或改资料"),
    ("change", "remove"): QT_TRANSLATE_NOOP("words", "移出名册"),
    ("change", "bind"): QT_TRANSLATE_NOOP("words", "绑码"),
    ("change", "unbind"): QT_TRANSLATE_NOOP("words", "解绑码"),
    ("change", "relate"): QT_TRANSLATE_NOOP("words", "记下谁照看谁"),
    ("change", "unrelate"): QT_TRANSLATE_NOOP("words", "去掉谁照看谁"),
    ("why", "taken_over"): QT_TRANSLATE_NOOP("words", "换班"),
    ("why", "no_handover"): QT_TRANSLATE_NOOP("words", "没有交班，开机时才发现"),
    ("why", "left_alone"): QT_TRANSLATE_NOOP("words", "管理页没人用，自动锁上"),
    ("why", "page"): QT_TRANSLATE_NOOP("words", "离开管理页"),
    ("why", "tampered"): QT_TRANSLATE_NOOP("words", "账号被改动过"),
    ("kind", "activated"): QT_TRANSLATE_NOOP("words", "启用规则"),
    ("kind", "draft"): QT_TRANSLATE_NOOP("words", "存规则草稿"),
    ("kind", "codes_down"): QT_TRANSLATE_NOOP("words", "停码"),
    ("kind", "codes_back"): QT_TRANSLATE_NOOP("words", "恢复查码"),
}


def role(which: str, translate: Say = said_now) -> str:
    """What somebody is here; a role of a newer program in its own word."""
    return translate("operators", str(_ROLES[which])) if which in _ROLES else which


def refusal(which: Refusal, wait_s: float = 0.0, translate: Say = said_now) -> str:
    """Why somebody is not signed in, and what to do; with the time to wait, if there is one."""
    told = [] if which is Refusal.WAIT else [translate("words", str(_REFUSALS[which]))]
    if wait_s > 0:
        told.append(_wait(wait_s, translate))
    return "\n".join(told)


def _wait(seconds: float, translate: Say) -> str:
    whole = math.ceil(seconds)
    if whole < 60:
        return translate("words", "请等 {} 秒再按。").format(whole)
    minutes = math.ceil(whole / 60)
    return translate("words", "输错好几次了，请等 {} 分钟再按，或者请管理员重设。").format(minutes)


def problem(which: OperatorProblem | PinProblem, translate: Say = said_now) -> str:
    """Why a change is not made, kindly."""
    if isinstance(which, PinProblem):
        return translate("words", str(_PIN[which]))
    return translate("words", str(_PROBLEMS[which]))


def audited(what: str, translate: Say = said_now) -> str:
    """What was done; a newer program's word as it is."""
    return translate("words", str(_AUDITED[Audited(what)])) if what in set(Audited) else what


def facts(line: Line, translate: Say = said_now) -> str:
    """The particulars of a record that a reader needs."""
    told = []
    for name, value in line.facts:
        if name == "why" and value in set(OverrideReason):
            told.append(override_words.reason(OverrideReason(value), translate))
        elif (name, value) in _VALUES:
            told.append(translate("words", str(_VALUES[name, value])))
        elif name in _FACTS:
            told.append(translate("words", str(_FACTS[name])).format(value))
    return " · ".join(told)
