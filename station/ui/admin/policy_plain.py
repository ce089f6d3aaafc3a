"""A policy in plain words: what it asks for, one or two sentences to a matter."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from station.core.model import Site
from station.core.policy import Policy
from station.core.rules import Rules, severity
from station.ui import policy_words, words
from station.ui.admin import policy_speech

translate = QCoreApplication.translate

_SITES = (Site.FOREHEAD, Site.WRIST, Site.EAR, Site.BODY)


def sentences(policy: Policy) -> list[tuple[str, str]]:
    """What each section comes to for everybody: its name, and a sentence."""
    said = {
        "temperature": _temperature(policy),
        "colour": _colour(policy),
        "test": _test(policy),
        "isolation": _isolation(policy),
        "identity": _identity(policy),
        "expected": _expected(policy),
        "travel": _travel(policy),
        "outing": _outing(policy),
        "curfew": _curfew(policy),
        "occupancy": _occupancy(policy),
        "code": _code(policy),
    }
    return [(policy_words.section(section), sentence) for section, sentence in said.items()]


def _verdict(word: str) -> str:
    return words.verdict_name(severity(word))


def _temperature(rules: Rules) -> str:
    rule = rules.temperature
    limits = translate("policy", "、").join(
        f"{words.site(site)} {rules.limit_c(site):g}\u00a0℃" for site in _SITES
    )
    begin = translate("policy", "要量。") if rule.required else translate("policy", "不一定要量。")
    high = translate("policy", "{limits} 起算偏高：{verdict}；复测还高：{confirmed}。")
    return begin + high.format(limits=limits, verdict=_verdict(rule.high), confirmed=_verdict(rule.confirmed))


def _colour(rules: Rules) -> str:
    rule = rules.colour
    begin = translate("policy", "不一定要看。")
    if rule.required:
        begin = translate("policy", "要 {hours:g} 小时内的绿码，没有：{missing}，太旧：{stale}。").format(
            hours=rule.max_age_hours, missing=_verdict(rule.missing), stale=_verdict(rule.stale)
        )
    return begin + translate("policy", "黄码：{yellow}，红码：{red}。").format(
        yellow=_verdict(rule.yellow), red=_verdict(rule.red)
    )


def _test(rules: Rules) -> str:
    rule = rules.test
    positive = translate("policy", "阳性：{verdict}。").format(verdict=_verdict(rule.positive))
    groups = translate("policy", "、").join(
        f"{policy_speech.group(name)} {hours:g}" for name, hours in rule.hours.items()
    )
    everyone = translate("policy", "人人要 {hours:g} 小时内的。").format(hours=rule.everyone_hours)
    some = translate("policy", "重点行业（小时）：{groups}。").format(groups=groups)
    if not rule.asked or not (rule.everyone_hours or groups):
        return translate("policy", "不查。") + positive
    return (everyone if rule.everyone_hours else "") + (some if groups else "") + positive


def _isolation(rules: Rules) -> str:
    rule = rules.isolation
    return translate(
        "policy", "居家隔离：{isolation}，密接：{close}，次密接：{sub}；回自己家：{home}。"
    ).format(
        isolation=_verdict(rule.isolation),
        close=_verdict(rule.close_contact),
        sub=_verdict(rule.sub_close_contact),
        home=_verdict(rule.returning),
    )


def _identity(rules: Rules) -> str:
    said = translate("policy", "名单里没有：{unknown}；志愿者认识：{vouched}；没登记这个门：{right}。")
    return said.format(
        unknown=_verdict(rules.identity.unknown),
        vouched=_verdict(rules.identity.vouched),
        right=_verdict(rules.right.missing),
    )


def _expected(rules: Rules) -> str:
    rule = rules.expected
    return translate("policy", "准时：{in_time}，不是约的时间：{other}，没约：{missing}。").format(
        in_time=_verdict(rule.in_time), other=_verdict(rule.other_time), missing=_verdict(rule.missing)
    )


def _travel(rules: Rules) -> str:
    if not rules.travel.asked:
        return translate("policy", "不问。")
    return translate("policy", "要问；去过：{declared}，没问到：{missing}。").format(
        declared=_verdict(rules.travel.declared), missing=_verdict(rules.travel.missing)
    )


def _outing(rules: Rules) -> str:
    rule = rules.outing
    if not rule.limited:
        return translate("policy", "不限。")
    return translate(
        "policy", "一户 {days} 天里 {outings} 人次，每次 {hours:g} 小时；超了：{used_up}。"
    ).format(days=rule.days, outings=rule.outings, hours=rule.hours, used_up=_verdict(rule.used_up))


def _curfew(rules: Rules) -> str:
    rule = rules.curfew
    if not rule.begins or not rule.ends or rule.verdict == "pass":
        return translate("policy", "不另外管。")
    return translate("policy", "{begins} 到 {ends}：{verdict}。").format(
        begins=rule.begins, ends=rule.ends, verdict=_verdict(rule.verdict)
    )


def _occupancy(rules: Rules) -> str:
    rule = rules.occupancy
    if not rule.limit:
        return translate("policy", "不限。")
    return translate("policy", "最多 {limit} 人，满了：{full}。").format(
        limit=rule.limit, full=_verdict(rule.full)
    )


def _code(rules: Rules) -> str:
    rule = rules.code
    return translate(
        "policy", "没亮码：{missing}；过期：{expired}；作废：{revoked}；可能是假的：{forged}。"
    ).format(
        missing=_verdict(rule.missing),
        expired=_verdict(rule.expired),
        revoked=_verdict(rule.revoked),
        forged=_verdict(rule.bad_signature),
    )
