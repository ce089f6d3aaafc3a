"""What `station scan` and `station verify` say of a code to a person: what it is, if it holds, what to do.

The English `reason` of a credential is for `--json` and for support; here it only tells what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QT_TRANSLATE_NOOP

from station.codes.parts import Part
from station.codes.regional import RegionalShapes
from station.codes.result import Missing
from station.commands.journal import local_zone
from station.commands.words import in_english, translate
from station.core.model import CodeKind, CodeStatus, Credential
from station.core.moments import in_zone

KINDS: Mapping[CodeKind, object] = {
    CodeKind.GATE_PASS: QT_TRANSLATE_NOOP("cli", "出入证"),
    CodeKind.HCERT: QT_TRANSLATE_NOOP("cli", "国际健康证明（HC1）"),
    CodeKind.SHC: QT_TRANSLATE_NOOP("cli", "智能健康卡（SHC）"),
    CodeKind.REGIONAL: QT_TRANSLATE_NOOP("cli", "地方健康码"),
    CodeKind.PLACE: QT_TRANSLATE_NOOP("cli", "场所码"),
    CodeKind.PAYMENT: QT_TRANSLATE_NOOP("cli", "付款码"),
    CodeKind.LINK: QT_TRANSLATE_NOOP("cli", "网址"),
    CodeKind.OTHER_HEALTH: QT_TRANSLATE_NOOP("cli", "别处的健康证明"),
    CodeKind.OTHER: QT_TRANSLATE_NOOP("cli", "别的码"),
}
STATUSES: Mapping[CodeStatus, object] = {
    CodeStatus.VALID: QT_TRANSLATE_NOOP("cli", "有效"),
    CodeStatus.EXPIRED: QT_TRANSLATE_NOOP("cli", "过期了"),
    CodeStatus.NOT_YET_VALID: QT_TRANSLATE_NOOP("cli", "还没到生效的时候"),
    CodeStatus.REVOKED: QT_TRANSLATE_NOOP("cli", "发码单位把它作废了"),
    CodeStatus.WRONG_USE: QT_TRANSLATE_NOOP("cli", "不能在这里用"),
    CodeStatus.BAD_SIGNATURE: QT_TRANSLATE_NOOP("cli", "签名不对，可能是假的"),
    CodeStatus.UNKNOWN_ISSUER: QT_TRANSLATE_NOOP("cli", "不认识发码的单位，名单里没有它"),
    CodeStatus.DAMAGED: QT_TRANSLATE_NOOP("cli", "码不完整，或者内容不合规矩"),
    CodeStatus.CANNOT_CHECK: QT_TRANSLATE_NOOP("cli", "本机查不了"),
    CodeStatus.NOT_A_HEALTH_CODE: QT_TRANSLATE_NOOP("cli", "不是健康码"),
}
# What the kind alone explains, when it is not a code that could be verified.
ADVICE: Mapping[CodeKind, object] = {
    CodeKind.REGIONAL: QT_TRANSLATE_NOOP("cli", "颜色不在码里，请看他手机上的颜色，或问社区"),
    CodeKind.PLACE: QT_TRANSLATE_NOOP("cli", "请他用自己的手机扫这个码"),
    CodeKind.PAYMENT: QT_TRANSLATE_NOOP("cli", "请他打开健康码"),
    CodeKind.OTHER_HEALTH: QT_TRANSLATE_NOOP("cli", "要用它自己的程序查"),
}
MISSING: Mapping[str, object] = {
    Missing.TRUST_LIST: QT_TRANSLATE_NOOP("cli", "还没有发码单位的名单，请用 station trust import 装上"),
    Missing.ALGORITHM: QT_TRANSLATE_NOOP("cli", "签名的算法不是这种码该用的"),
    Missing.COVID_CERTIFICATE: QT_TRANSLATE_NOOP("cli", "签名是对的，可里面不是新冠证明"),
    Missing.HEALTH_CARD: QT_TRANSLATE_NOOP("cli", "签名是对的，可里面不是健康卡"),
    Missing.ONE_CARD: QT_TRANSLATE_NOOP("cli", "几个码凑不成一张卡，请从第一个起再给它看一遍"),
    Missing.IDENTITY_TRUST: QT_TRANSLATE_NOOP("cli", "这种身份码没有公开的名单"),
}
_RULE = re.compile(r"rule (.+?) (?:is not met|cannot be decided): (.*)", re.DOTALL)  # as `rules` writes it


def describe(credential: Credential, shapes: RegionalShapes, part: Part | None = None) -> str:
    """One line in the terminal's language; `part` if the text is only a part of a card."""
    said = [_said(STATUSES[credential.status]), _date(credential), _explanation(credential, part)]
    return f"{_name(credential, shapes)}：{'；'.join(filter(None, said))}"


def _name(credential: Credential, shapes: RegionalShapes) -> str:
    shape = shapes.named(credential.region)
    if shape:
        return shape.name_en if in_english() else shape.name_zh
    return _said(KINDS[credential.kind])


def _date(credential: Credential) -> str:
    """The day that matters, in the gate's own time."""
    if credential.status is CodeStatus.NOT_YET_VALID and credential.made_at:
        return translate("cli", "{} 起有效").format(_here(credential.made_at))
    if credential.status in (CodeStatus.VALID, CodeStatus.EXPIRED) and credential.valid_until:
        return translate("cli", "有效期到 {}").format(_here(credential.valid_until))
    return ""


def _here(moment: datetime) -> str:
    return f"{in_zone(moment, local_zone()):%Y-%m-%d %H:%M}"


def _explanation(credential: Credential, part: Part | None) -> str:
    reason = credential.reason or ""
    if part:
        words = translate("cli", "这是 {} 个码里的第 {} 个，请把别的也给它看")
        return words.format(part.total, part.number)
    if rule := _RULE.fullmatch(reason):
        unmet = credential.status is CodeStatus.WRONG_USE
        words = translate("cli", "没有达到规定 {}：{}") if unmet else translate("cli", "判断不了规定 {}：{}")
        return words.format(rule[1], rule[2])
    if reason in MISSING:
        return _said(MISSING[reason])
    return _said(ADVICE.get(credential.kind, ""))


def _said(text: object) -> str:
    return translate("cli", str(text)) if text else ""
