"""How policies, their values, places and facts are said: in the rules section and by `station policy`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from station.core.facts import FactKind
from station.core.model import Direction
from station.core.policy import NO_CODES, Policy
from station.core.policy_form import FieldKind, FormField, Place, Unit
from station.core.reasons import Decision
from station.core.rules import severity
from station.ui import policy_words, words

translate = QCoreApplication.translate

_NAMES = {
    "open": QT_TRANSLATE_NOOP("policy", "平时"),
    "precaution": QT_TRANSLATE_NOOP("policy", "防范"),
    "controlled": QT_TRANSLATE_NOOP("policy", "管控"),
    "sealed": QT_TRANSLATE_NOOP("policy", "封控"),
}

_FACTS = {
    FactKind.IDENTITY: QT_TRANSLATE_NOOP("policy", "身份"),
    FactKind.COLOUR: QT_TRANSLATE_NOOP("policy", "健康码颜色"),
    FactKind.LAST_PASSAGE: QT_TRANSLATE_NOOP("policy", "上次走的方向"),
    FactKind.RECHECK: QT_TRANSLATE_NOOP("policy", "复测"),
    FactKind.ISOLATION: QT_TRANSLATE_NOOP("policy", "隔离"),
    FactKind.ISOLATION_PENDING: QT_TRANSLATE_NOOP("policy", "隔离（还没核实）"),
    FactKind.TEST: QT_TRANSLATE_NOOP("policy", "核酸"),
    FactKind.RIGHT: QT_TRANSLATE_NOOP("policy", "进门许可"),
    FactKind.BLOCK: QT_TRANSLATE_NOOP("policy", "社区关照"),
    FactKind.EXPECTED: QT_TRANSLATE_NOOP("policy", "预约访客"),
    FactKind.TRAVEL: QT_TRANSLATE_NOOP("policy", "去过重点区域"),
    FactKind.OCCUPATION: QT_TRANSLATE_NOOP("policy", "行业"),
    FactKind.OUTING: QT_TRANSLATE_NOOP("policy", "这户出门次数"),
    FactKind.INSIDE: QT_TRANSLATE_NOOP("policy", "在里面还是外面"),
    FactKind.OCCUPANCY: QT_TRANSLATE_NOOP("policy", "里面的人数"),
    FactKind.MEASURED: QT_TRANSLATE_NOOP("policy", "刚量过体温"),
    FactKind.BROUGHT: QT_TRANSLATE_NOOP("policy", "跟谁来的"),
}

_VALUES = {
    "green": QT_TRANSLATE_NOOP("policy", "绿"),
    "yellow": QT_TRANSLATE_NOOP("policy", "黄"),
    "red": QT_TRANSLATE_NOOP("policy", "红"),
    "in": QT_TRANSLATE_NOOP("policy", "进"),
    "out": QT_TRANSLATE_NOOP("policy", "出"),
    "yes": QT_TRANSLATE_NOOP("policy", "是"),
    "no": QT_TRANSLATE_NOOP("policy", "不是"),
    "none": QT_TRANSLATE_NOOP("policy", "没有"),
    "all": QT_TRANSLATE_NOOP("policy", "都行"),
    "normal": QT_TRANSLATE_NOOP("policy", "正常"),
    "isolation": QT_TRANSLATE_NOOP("policy", "居家隔离"),
    "close_contact": QT_TRANSLATE_NOOP("policy", "密接"),
    "sub_close_contact": QT_TRANSLATE_NOOP("policy", "次密接"),
    "negative": QT_TRANSLATE_NOOP("policy", "阴性"),
    "guardian": QT_TRANSLATE_NOOP("policy", "监护人"),
    "proxy": QT_TRANSLATE_NOOP("policy", "代办人"),
    "negative_reported": QT_TRANSLATE_NOOP("policy", "阴性（按报告时间）"),
    "positive": QT_TRANSLATE_NOOP("policy", "阳性"),
    "unknown": QT_TRANSLATE_NOOP("policy", "没出结果"),
    "begun": QT_TRANSLATE_NOOP("policy", "刚开始"),
    "open": QT_TRANSLATE_NOOP("policy", "还要再测"),
    "too_early": QT_TRANSLATE_NOOP("policy", "测早了"),
    "confirmed": QT_TRANSLATE_NOOP("policy", "确认偏高"),
    "cleared": QT_TRANSLATE_NOOP("policy", "没事了"),
}

_GROUPS = {
    "cold_chain": QT_TRANSLATE_NOOP("policy", "冷链"),
    "courier": QT_TRANSLATE_NOOP("policy", "快递外卖"),
    "driver": QT_TRANSLATE_NOOP("policy", "司机"),
    "transport": QT_TRANSLATE_NOOP("policy", "客运货运"),
    "market": QT_TRANSLATE_NOOP("policy", "菜场超市"),
    "construction": QT_TRANSLATE_NOOP("policy", "工地"),
    "medical": QT_TRANSLATE_NOOP("policy", "医护"),
    "police": QT_TRANSLATE_NOOP("policy", "民警"),
    "supply": QT_TRANSLATE_NOOP("policy", "保供"),
}

HOURS = "test.hours"  # the one table whose keys the admin names
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


def name(preset: str) -> str:
    """The shipped ones have a word; others are written as they are."""
    return translate("policy", str(_NAMES[preset])) if preset in _NAMES else preset


def label(policy: Policy) -> str:
    """管控 第 3 版."""
    return said_label(policy.label)


def said_label(text: str) -> str:
    """The label of an entry in words."""
    plain = text.removesuffix(NO_CODES)
    which, slash, number = plain.rpartition("/")
    said = (
        translate("policy", "{name} 第 {number} 版").format(name=name(which), number=number)
        if slash
        else plain
    )
    return translate("policy", "{policy}，停码").format(policy=said) if plain != text else said


def direction(way: Direction) -> str:
    return translate("policy", "进来") if way is Direction.IN else translate("policy", "出去")


def place(where: Place) -> str:
    """For whom a value holds."""
    if not where.category:
        return direction(where.direction) if where.direction else translate("policy", "所有人")
    who = policy_words.category(where.category)
    return f"{who} · {direction(where.direction)}" if where.direction else who


def heading(field: FormField) -> str:
    """The field with its section: 体温 · 偏高的线 · 额头."""
    return f"{policy_words.section(field.section)} · {field_label(field)}"


def field_label(field: FormField) -> str:
    """The same without its section; of a table by occupation, the occupation."""
    table, _, name = field.path.rpartition(".")
    return group(name) if table == HOURS else policy_words.label(field)


def value(field: FormField, what: object) -> str:
    """A value of a policy as the form says it."""
    if what is None:
        return translate("policy", "不用")
    if field.kind is FieldKind.SWITCH:
        return translate("policy", "要") if what else translate("policy", "不要")
    if field.kind is FieldKind.VERDICT:
        return words.verdict_name(severity(str(what)))
    if field.kind is FieldKind.HOURS_BY_NAME and isinstance(what, Mapping):
        each = [f"{group(one)} {_number(hours)}" for one, hours in what.items()]
        return translate("policy", "、").join(each) if each else translate("policy", "没有")
    if isinstance(what, list | tuple):
        return translate("policy", "、").join(group(str(one)) for one in what) or translate("policy", "没有")
    return _measured(field, what) or translate("policy", "没有")


def line(field: FormField, said: str) -> str:
    """A value in a list: 体温 · 体温偏高：复核."""
    return translate("policy", "{what}：{value}").format(what=heading(field), value=said)


def group(name: str) -> str:
    """An occupation or a sort of people; the admin's own are written as they are."""
    return translate("policy", str(_GROUPS[name])) if name in _GROUPS else policy_words.category(name)


def _measured(field: FormField, what: object) -> str:
    if isinstance(what, str):
        return what
    if field.unit is Unit.SHARE and isinstance(what, int | float):
        return f"{round(100 * what)}%"
    return f"{_number(what)} {policy_words.unit(field)}".strip()


def _number(what: object) -> str:
    return f"{what:g}" if isinstance(what, float) else str(what)


def fact(kind: str) -> str:
    """What a fact is about; one of a newer program is written as it is."""
    known = {each.value: text for each, text in _FACTS.items()}
    return translate("policy", str(known[kind])) if kind in known else kind


def fact_value(kind: str, what: str) -> str:
    if kind == FactKind.IDENTITY.value:
        return policy_words.category(what)
    return translate("policy", str(_VALUES[what])) if what in _VALUES else what


def age(how_old: timedelta) -> str:
    """How old a fact was then: 3 小时前."""
    if how_old < timedelta(0):
        return translate("policy", "后来的")
    if how_old >= 2 * _DAY:
        return translate("policy", "{n} 天前").format(n=how_old // _DAY)
    if how_old >= _HOUR:
        return translate("policy", "{n} 小时前").format(n=how_old // _HOUR)
    return translate("policy", "{n} 分钟前").format(n=how_old // timedelta(minutes=1))


_EVENTS = {
    "draft": QT_TRANSLATE_NOOP("policy", "存了草稿"),
    "used": QT_TRANSLATE_NOOP("policy", "按设置使用"),
    "activated": QT_TRANSLATE_NOOP("policy", "启用"),
    "codes_down": QT_TRANSLATE_NOOP("policy", "停码"),
    "codes_back": QT_TRANSLATE_NOOP("policy", "恢复查码"),
}


def event(kind: str) -> str:
    """What was done with a policy."""
    return translate("policy", str(_EVENTS[kind]))


def reasons(decision: Decision) -> str:
    """Those that decide, in one line."""
    deciding = (one for one in decision.reasons if one.severity is decision.severity)
    return translate("policy", "、").join(words.reason(one.code).sentence for one in deciding)


def no_entries() -> str:
    return translate("policy", "那天没有记录，看不出会有什么不一样。")


def tried(day: str, judged: int, counts: list[str]) -> str:
    """What a trial came to: the day, how many, and what would differ."""
    differing = translate("policy", "；").join(counts) if counts else translate("policy", "都一样")
    return translate("policy", "{day} 的 {judged} 条：{differing}。").format(
        day=day, judged=judged, differing=differing
    )


def only_first(count: int) -> str:
    return translate("policy", "下面只列前 {count} 条。").format(count=count)


def not_tried(count: int) -> str:
    return translate("policy", "另有 {count} 条是新版程序记的，算不了。").format(count=count)
