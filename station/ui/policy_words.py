"""The words of a policy's form: sections, fields, units, and what is wrong with a value."""

from __future__ import annotations

from station.core.model import Site
from station.core.policy_errors import PolicyError, Problem
from station.core.policy_form import FormField, Unit
from station.translation import QT_TRANSLATE_NOOP, translate
from station.ui import words

_SECTIONS: dict[str, object] = {
    "temperature": QT_TRANSLATE_NOOP("policy", "体温"),
    "colour": QT_TRANSLATE_NOOP("policy", "健康码颜色"),
    "identity": QT_TRANSLATE_NOOP("policy", "认不认识"),
    "freshness": QT_TRANSLATE_NOOP("policy", "码新不新"),
    "passback": QT_TRANSLATE_NOOP("policy", "同向重复"),
    "isolation": QT_TRANSLATE_NOOP("policy", "隔离"),
    "test": QT_TRANSLATE_NOOP("policy", "核酸"),
    "right": QT_TRANSLATE_NOOP("policy", "进门许可"),
    "block": QT_TRANSLATE_NOOP("policy", "社区关照"),
    "expected": QT_TRANSLATE_NOOP("policy", "预约访客"),
    "travel": QT_TRANSLATE_NOOP("policy", "重点区域"),
    "outing": QT_TRANSLATE_NOOP("policy", "出门次数"),
    "curfew": QT_TRANSLATE_NOOP("policy", "夜间"),
    "occupancy": QT_TRANSLATE_NOOP("policy", "人数"),
    "code": QT_TRANSLATE_NOOP("policy", "读码结果"),
}

_LABELS: dict[str, object] = {
    "temperature.required": QT_TRANSLATE_NOOP("policy", "要量体温"),
    "temperature.high": QT_TRANSLATE_NOOP("policy", "体温偏高"),
    "temperature.confirmed": QT_TRANSLATE_NOOP("policy", "复测还高"),
    "temperature.not_measured": QT_TRANSLATE_NOOP("policy", "测不准"),
    "temperature.limit_c": QT_TRANSLATE_NOOP("policy", "偏高的线"),
    "temperature.lowest_c": QT_TRANSLATE_NOOP("policy", "低于这个不算测到"),
    "temperature.highest_c": QT_TRANSLATE_NOOP("policy", "高于这个不是人"),
    "temperature.measured_minutes": QT_TRANSLATE_NOOP("policy", "刚量过多久内不用再量"),
    "temperature.baseline.allowed_c": QT_TRANSLATE_NOOP("policy", "比这会儿的平常高多少算偏高"),
    "temperature.baseline.readings": QT_TRANSLATE_NOOP("policy", "平常值看最近几个人"),
    "temperature.baseline.needed": QT_TRANSLATE_NOOP("policy", "先量几个值班的人"),
    "temperature.baseline.max_age_minutes": QT_TRANSLATE_NOOP("policy", "平常值多久作废"),
    "temperature.recheck.wait_minutes": QT_TRANSLATE_NOOP("policy", "休息多久再测"),
    "temperature.recheck.overdue_minutes": QT_TRANSLATE_NOOP("policy", "多久没回来就问"),
    "temperature.recheck.apart_seconds": QT_TRANSLATE_NOOP("policy", "两次测温隔多久"),
    "temperature.recheck.left_minutes": QT_TRANSLATE_NOOP("policy", "多久没回来算走了"),
    "temperature.recheck.kept_hours": QT_TRANSLATE_NOOP("policy", "确认发热记多久"),
    "temperature.recheck.highs": QT_TRANSLATE_NOOP("policy", "几次偏高算确认"),
    "temperature.recheck.normals": QT_TRANSLATE_NOOP("policy", "几次正常算没事"),
    "colour.required": QT_TRANSLATE_NOOP("policy", "一定要知道颜色"),
    "colour.max_age_hours": QT_TRANSLATE_NOOP("policy", "颜色多久算旧"),
    "colour.yellow": QT_TRANSLATE_NOOP("policy", "黄码"),
    "colour.red": QT_TRANSLATE_NOOP("policy", "红码"),
    "colour.missing": QT_TRANSLATE_NOOP("policy", "不知道颜色"),
    "colour.stale": QT_TRANSLATE_NOOP("policy", "颜色太旧"),
    "identity.unknown": QT_TRANSLATE_NOOP("policy", "名单里没有"),
    "identity.vouched": QT_TRANSLATE_NOOP("policy", "志愿者说认识"),
    "identity.known": QT_TRANSLATE_NOOP("policy", "名单里有"),
    "identity.expired": QT_TRANSLATE_NOOP("policy", "登记到期"),
    "identity.at_home": QT_TRANSLATE_NOOP("policy", "哪些人住这里"),
    "freshness.max_age_minutes": QT_TRANSLATE_NOOP("policy", "码打开多久算旧"),
    "freshness.stale": QT_TRANSLATE_NOOP("policy", "码太旧"),
    "passback.same_way": QT_TRANSLATE_NOOP("policy", "同一个方向又来"),
    "passback.within_hours": QT_TRANSLATE_NOOP("policy", "多久以内算重复"),
    "code.valid": QT_TRANSLATE_NOOP("policy", "有效"),
    "code.expired": QT_TRANSLATE_NOOP("policy", "过期"),
    "code.not_yet_valid": QT_TRANSLATE_NOOP("policy", "没到日子"),
    "code.revoked": QT_TRANSLATE_NOOP("policy", "作废"),
    "code.wrong_use": QT_TRANSLATE_NOOP("policy", "不是这里用的"),
    "code.bad_signature": QT_TRANSLATE_NOOP("policy", "可能是假的"),
    "code.unknown_issuer": QT_TRANSLATE_NOOP("policy", "不知谁发的"),
    "code.damaged": QT_TRANSLATE_NOOP("policy", "残缺"),
    "code.cannot_check": QT_TRANSLATE_NOOP("policy", "本机查不了"),
    "code.not_a_health_code": QT_TRANSLATE_NOOP("policy", "不是健康码"),
    "code.missing": QT_TRANSLATE_NOOP("policy", "没有亮码"),
    "isolation.isolation": QT_TRANSLATE_NOOP("policy", "居家隔离"),
    "isolation.close_contact": QT_TRANSLATE_NOOP("policy", "密接"),
    "isolation.sub_close_contact": QT_TRANSLATE_NOOP("policy", "次密接"),
    "isolation.returning": QT_TRANSLATE_NOOP("policy", "这些人回自己家"),
    "isolation.pending": QT_TRANSLATE_NOOP("policy", "有人报了还没核实"),
    "isolation.over": QT_TRANSLATE_NOOP("policy", "到期没办解除"),
    "test.asked": QT_TRANSLATE_NOOP("policy", "要看核酸"),
    "test.everyone_hours": QT_TRANSLATE_NOOP("policy", "人人要几小时内的（0 是不要）"),
    "test.hours": QT_TRANSLATE_NOOP("policy", "各行业要几小时内的"),
    "test.missing": QT_TRANSLATE_NOOP("policy", "没有核酸"),
    "test.stale": QT_TRANSLATE_NOOP("policy", "核酸太久"),
    "test.unknown": QT_TRANSLATE_NOOP("policy", "结果没出"),
    "test.positive": QT_TRANSLATE_NOOP("policy", "阳性"),
    "test.positive_hours": QT_TRANSLATE_NOOP("policy", "阳性多久以后不再算"),
    "test.report_lag_hours": QT_TRANSLATE_NOOP("policy", "采样到报告按几小时算"),
    "right.missing": QT_TRANSLATE_NOOP("policy", "没登记许可"),
    "right.other_gate": QT_TRANSLATE_NOOP("policy", "许可是别的门"),
    "right.expired": QT_TRANSLATE_NOOP("policy", "许可到期"),
    "block.entering": QT_TRANSLATE_NOOP("policy", "外人进"),
    "block.returning": QT_TRANSLATE_NOOP("policy", "住户回家"),
    "block.leaving": QT_TRANSLATE_NOOP("policy", "出去"),
    "expected.in_time": QT_TRANSLATE_NOOP("policy", "准时到"),
    "expected.other_time": QT_TRANSLATE_NOOP("policy", "不是约的时间"),
    "expected.missing": QT_TRANSLATE_NOOP("policy", "名单里的访客没约"),
    "travel.asked": QT_TRANSLATE_NOOP("policy", "要问去过哪里"),
    "travel.declared": QT_TRANSLATE_NOOP("policy", "去过重点区域"),
    "travel.missing": QT_TRANSLATE_NOOP("policy", "还没问"),
    "travel.max_age_hours": QT_TRANSLATE_NOOP("policy", "问过多久要再问"),
    "outing.limited": QT_TRANSLATE_NOOP("policy", "限制出门次数"),
    "outing.outings": QT_TRANSLATE_NOOP("policy", "一户几个人次"),
    "outing.days": QT_TRANSLATE_NOOP("policy", "几天里"),
    "outing.hours": QT_TRANSLATE_NOOP("policy", "每次几小时"),
    "outing.used_up": QT_TRANSLATE_NOOP("policy", "次数用完"),
    "outing.missing": QT_TRANSLATE_NOOP("policy", "不知道次数"),
    "outing.overstayed": QT_TRANSLATE_NOOP("policy", "回来晚了"),
    "outing.exempt": QT_TRANSLATE_NOOP("policy", "哪些行业不限"),
    "curfew.begins": QT_TRANSLATE_NOOP("policy", "几点开始"),
    "curfew.ends": QT_TRANSLATE_NOOP("policy", "几点结束"),
    "curfew.verdict": QT_TRANSLATE_NOOP("policy", "夜里进出"),
    "occupancy.limit": QT_TRANSLATE_NOOP("policy", "最多几个人（0 是不限）"),
    "occupancy.warn_share": QT_TRANSLATE_NOOP("policy", "到几成就提醒"),
    "occupancy.nearly": QT_TRANSLATE_NOOP("policy", "快满了"),
    "occupancy.full": QT_TRANSLATE_NOOP("policy", "满了"),
}

_UNITS: dict[Unit, object] = {
    Unit.NONE: "",
    Unit.CELSIUS: QT_TRANSLATE_NOOP("policy", "℃"),
    Unit.HOURS: QT_TRANSLATE_NOOP("policy", "小时"),
    Unit.MINUTES: QT_TRANSLATE_NOOP("policy", "分钟"),
    Unit.SECONDS: QT_TRANSLATE_NOOP("policy", "秒"),
    Unit.DAYS: QT_TRANSLATE_NOOP("policy", "天"),
    Unit.PEOPLE: QT_TRANSLATE_NOOP("policy", "人"),
    Unit.SHARE: QT_TRANSLATE_NOOP("policy", "成"),
}

_CATEGORIES: dict[str, object] = {
    "resident": QT_TRANSLATE_NOOP("policy", "住户"),
    "tenant": QT_TRANSLATE_NOOP("policy", "租户"),
    "worker": QT_TRANSLATE_NOOP("policy", "工人"),
    "courier": QT_TRANSLATE_NOOP("policy", "快递外卖"),
    "visitor": QT_TRANSLATE_NOOP("policy", "访客"),
    "volunteer": QT_TRANSLATE_NOOP("policy", "志愿者"),
    "staff": QT_TRANSLATE_NOOP("policy", "物业"),
    "medical": QT_TRANSLATE_NOOP("policy", "医护"),
}

_PROBLEMS: dict[Problem, object] = {
    Problem.SYNTAX: QT_TRANSLATE_NOOP("policy", "规则文件写得不对：{detail}"),
    Problem.UNKNOWN: QT_TRANSLATE_NOOP("policy", "规则里没有「{field}」这一项"),
    Problem.MISSING: QT_TRANSLATE_NOOP("policy", "规则里缺了「{field}」"),
    Problem.WRONG_KIND: QT_TRANSLATE_NOOP("policy", "「{field}」填得不对，看看是不是数字和文字弄混了"),
    Problem.OUT_OF_RANGE: QT_TRANSLATE_NOOP("policy", "「{field}」的数太大或太小"),
    Problem.NOT_A_CHOICE: QT_TRANSLATE_NOOP("policy", "「{field}」只能选通行、复核、禁止"),
    Problem.WRONG_FORM: QT_TRANSLATE_NOOP("policy", "「{field}」请写成 23:00 这样"),
}


def _translated(text: object) -> str:
    return translate("policy", str(text)) if text else ""


def section(name: str) -> str:
    return _translated(_SECTIONS[name])


def label(field: FormField) -> str:
    """What a value is about, without its section: 偏高的线 · 额头."""
    return _label(field.path)


def _label(path: str) -> str:
    if path in _LABELS:
        return _translated(_LABELS[path])
    table, _, name = path.rpartition(".")
    own = words.site(Site(name)) if name in list(Site) else name
    return f"{_translated(_LABELS[table])} · {own}" if table in _LABELS else path


def unit(field: FormField) -> str:
    return _translated(_UNITS[field.unit])


def category(name: str) -> str:
    """The admin's own categories are written as they are."""
    return _translated(_CATEGORIES.get(name)) or name


def problem(error: PolicyError) -> str:
    """Why a policy cannot be used, in one sentence that names the field as the form does."""
    return _translated(_PROBLEMS[error.problem]).format(field=_named(error.field), detail=error.detail)


def _named(field: str) -> str:
    """The field with its section, wherever it is overridden; as written if the form has no such field."""
    names = field.split(".")
    for start in range(len(names)):
        path = ".".join(names[start:])
        if names[start] in _SECTIONS and _label(path) != path:
            return f"{section(names[start])} · {_label(path)}"
    return field
