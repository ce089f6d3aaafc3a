"""The words of a policy's form, as the gate's own admin page has them. Chinese, for `_()`."""

from __future__ import annotations

from center.console.visit import Visit
from station.core.model import Site
from station.core.policy_errors import PolicyError, Problem
from station.core.policy_form import FormField, Unit

SECTIONS: dict[str, str] = {
    "temperature": "体温",
    "colour": "健康码颜色",
    "identity": "认不认识",
    "freshness": "码新不新",
    "passback": "同向重复",
    "isolation": "隔离",
    "test": "核酸",
    "right": "进门许可",
    "block": "社区关照",
    "expected": "预约访客",
    "travel": "重点区域",
    "outing": "出门次数",
    "curfew": "夜间",
    "occupancy": "人数",
    "code": "读码结果",
}
LABELS: dict[str, str] = {
    "temperature.required": "要量体温",
    "temperature.high": "体温偏高",
    "temperature.confirmed": "复测还高",
    "temperature.not_measured": "测不准",
    "temperature.limit_c": "偏高的线",
    "temperature.lowest_c": "低于这个不算测到",
    "temperature.highest_c": "高于这个不是人",
    "temperature.measured_minutes": "刚量过多久内不用再量",
    "temperature.baseline.allowed_c": "比这会儿的平常高多少算偏高",
    "temperature.baseline.readings": "平常值看最近几个人",
    "temperature.baseline.needed": "先量几个值班的人",
    "temperature.baseline.max_age_minutes": "平常值多久作废",
    "temperature.recheck.wait_minutes": "休息多久再测",
    "temperature.recheck.overdue_minutes": "多久没回来就问",
    "temperature.recheck.apart_seconds": "两次测温隔多久",
    "temperature.recheck.left_minutes": "多久没回来算走了",
    "temperature.recheck.kept_hours": "确认发热记多久",
    "temperature.recheck.highs": "几次偏高算确认",
    "temperature.recheck.normals": "几次正常算没事",
    "colour.required": "一定要知道颜色",
    "colour.max_age_hours": "颜色多久算旧",
    "colour.yellow": "黄码",
    "colour.red": "红码",
    "colour.missing": "不知道颜色",
    "colour.stale": "颜色太旧",
    "identity.unknown": "名单里没有",
    "identity.vouched": "志愿者说认识",
    "identity.known": "名单里有",
    "identity.expired": "登记到期",
    "identity.at_home": "哪些人住这里",
    "freshness.max_age_minutes": "码打开多久算旧",
    "freshness.stale": "码太旧",
    "passback.same_way": "同一个方向又来",
    "passback.within_hours": "多久以内算重复",
    "code.valid": "有效",
    "code.expired": "过期",
    "code.not_yet_valid": "没到日子",
    "code.revoked": "作废",
    "code.wrong_use": "不是这里用的",
    "code.bad_signature": "可能是假的",
    "code.unknown_issuer": "不知谁发的",
    "code.damaged": "残缺",
    "code.cannot_check": "本机查不了",
    "code.not_a_health_code": "不是健康码",
    "code.missing": "没有亮码",
    "isolation.isolation": "居家隔离",
    "isolation.close_contact": "密接",
    "isolation.sub_close_contact": "次密接",
    "isolation.returning": "这些人回自己家",
    "isolation.pending": "有人报了还没核实",
    "isolation.over": "到期没办解除",
    "test.asked": "要看核酸",
    "test.everyone_hours": "人人要几小时内的（0 是不要）",
    "test.hours": "各行业要几小时内的",
    "test.missing": "没有核酸",
    "test.stale": "核酸太久",
    "test.unknown": "结果没出",
    "test.positive": "阳性",
    "test.positive_hours": "阳性多久以后不再算",
    "test.report_lag_hours": "采样到报告按几小时算",
    "right.missing": "没登记许可",
    "right.other_gate": "许可是别的门",
    "right.expired": "许可到期",
    "block.entering": "外人进",
    "block.returning": "住户回家",
    "block.leaving": "出去",
    "expected.in_time": "准时到",
    "expected.other_time": "不是约的时间",
    "expected.missing": "名单里的访客没约",
    "travel.asked": "要问去过哪里",
    "travel.declared": "去过重点区域",
    "travel.missing": "还没问",
    "travel.max_age_hours": "问过多久要再问",
    "outing.limited": "限制出门次数",
    "outing.outings": "一户几个人次",
    "outing.days": "几天里",
    "outing.hours": "每次几小时",
    "outing.used_up": "次数用完",
    "outing.missing": "不知道次数",
    "outing.overstayed": "回来晚了",
    "outing.exempt": "哪些行业不限",
    "curfew.begins": "几点开始",
    "curfew.ends": "几点结束",
    "curfew.verdict": "夜里进出",
    "occupancy.limit": "最多几个人（0 是不限）",
    "occupancy.warn_share": "到几成就提醒",
    "occupancy.nearly": "快满了",
    "occupancy.full": "满了",
}
CATEGORIES: dict[str, str] = {
    "resident": "住户",
    "tenant": "租户",
    "worker": "工人",
    "courier": "快递外卖",
    "visitor": "访客",
    "volunteer": "志愿者",
    "staff": "物业",
    "medical": "医护",
}
UNITS: dict[Unit, str] = {
    Unit.NONE: "",
    Unit.CELSIUS: "℃",
    Unit.HOURS: "小时",
    Unit.MINUTES: "分钟",
    Unit.SECONDS: "秒",
    Unit.DAYS: "天",
    Unit.PEOPLE: "人",
    Unit.SHARE: "成",
}
PROBLEMS: dict[Problem, str] = {
    Problem.SYNTAX: "规则文件写得不对：{}",
    Problem.UNKNOWN: "规则里没有「{}」这一项",
    Problem.MISSING: "规则里缺了「{}」",
    Problem.WRONG_KIND: "「{}」填得不对，看看是不是数字和文字弄混了",
    Problem.OUT_OF_RANGE: "「{}」的数太大或太小",
    Problem.NOT_A_CHOICE: "「{}」只能选通行、复核、禁止",
    Problem.WRONG_FORM: "「{}」请写成 23:00 这样",
}
SITES: dict[str, str] = {
    Site.OBJECT: "皮肤",
    Site.FOREHEAD: "额头",
    Site.WRIST: "手腕",
    Site.NECK: "脖子",
    Site.EAR: "耳朵",
    Site.BODY: "身体",
}
NAMES: dict[str, str] = {"open": "平时", "precaution": "防范", "controlled": "管控", "sealed": "封控"}
VERDICTS: dict[str, str] = {"pass": "通行", "recheck": "复核", "stop": "禁止"}
SWITCHES: dict[str, str] = {"true": "是", "false": "否"}
GRADES: dict[str, str] = {"red": "红", "orange": "橙", "yellow": "黄", "blue": "蓝", "green": "绿"}
WAYS: dict[str, str] = {"": "两个方向", "in": "进", "out": "出"}


def label(visit: Visit, path: str) -> str:
    """What a value is about, without its section; the path itself if it has no words."""
    if path in LABELS:
        return visit.text(LABELS[path])
    table, _, name = path.rpartition(".")
    own = visit.text(SITES[name]) if name in SITES else name
    return f"{visit.text(LABELS[table])} · {own}" if table in LABELS else path


def unit(visit: Visit, field: FormField) -> str:
    return visit.text(UNITS[field.unit]) if UNITS[field.unit] else ""


def named(visit: Visit, path: str) -> str:
    """A field with whom it is for and its section, wherever it stands."""
    names = path.split(".")
    for start, name in enumerate(names):
        rest = ".".join(names[start:])
        if name in SECTIONS and label(visit, rest) != rest:
            whom = [visit.text(WAYS.get(one) or CATEGORIES.get(one, one)) for one in names[:start]]
            parts = [*(one for one in whom if one != "category"), visit.text(SECTIONS[name])]
            return " · ".join([*parts, label(visit, rest)])
    return path


def said(visit: Visit, text: str) -> str:
    """A value in words, if it is one of those that have words."""
    words = VERDICTS.get(text) or SWITCHES.get(text)
    return visit.text(words) if words else text


def problem(visit: Visit, error: PolicyError) -> str:
    """Why a text is no policy."""
    about = error.detail if error.problem is Problem.SYNTAX else named(visit, error.field)
    return visit.text(PROBLEMS[error.problem], about)


def name_of(visit: Visit, label: str) -> str:
    """controlled/3 → 管控 第 3 版"""
    name, _, version = label.partition("/")
    return visit.text("{} 第 {} 版", visit.text(NAMES[name]) if name in NAMES else name, version)
