"""What is wrong with a list that an admin brought, in their own words.

`station.codes` says it in English, for `--json` and for support. Known sentences are translated; what only a
technician can use (a place in a file, the words of another library) stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP

from station.commands.words import translate

SENTENCES: Mapping[str, object] = {
    "no list of a kind that this program knows": QT_TRANSLATE_NOOP("cli", "不是本程序认识的名单"),
    "not JSON": QT_TRANSLATE_NOOP("cli", "文件坏了，不是 JSON"),
    "not TOML": QT_TRANSLATE_NOOP("cli", "文件坏了，不是 TOML"),
    "not a dated GDHCN trust list": QT_TRANSLATE_NOOP("cli", "不是带日期的世卫组织名单（GDHCN）"),
    "not a JWK set": QT_TRANSLATE_NOOP("cli", "不是一组公钥（JWK）"),
    "not a dated directory of SMART Health Card issuers": QT_TRANSLATE_NOOP(
        "cli", "不是带日期的健康卡单位名单（VCI）"
    ),
    "not a revocation batch of the EU gateway": QT_TRANSLATE_NOOP("cli", "不是欧盟的作废名单"),
    "not a dated list of gate passes taken back": QT_TRANSLATE_NOOP("cli", "不是带日期的出入证作废名单"),
    "not a card revocation list": QT_TRANSLATE_NOOP("cli", "不是健康卡的作废名单"),
    "hashes of a length that is not looked up": QT_TRANSLATE_NOOP("cli", "里面的摘要太短或太长，对不上码"),
    "no usable key in this list": QT_TRANSLATE_NOOP("cli", "里面没有能用的公钥"),
    "these keys do not say whose they are: name their issuer": QT_TRANSLATE_NOOP(
        "cli", "公钥没写是谁的，请加 --issuer 说明"
    ),
    "a missing or misplaced entry": QT_TRANSLATE_NOOP("cli", "少写了一项，或写错了地方"),
    "pattern repeats without a bound, repeats a group, or refers back": QT_TRANSLATE_NOOP(
        "cli", "写法不安全：重复要有上限，不能重复一组，不能引用前面"
    ),
    "not acceptance rules": QT_TRANSLATE_NOOP("cli", "不是准入规定"),
    "no rule in this file": QT_TRANSLATE_NOOP("cli", "里面一条规定也没有"),
    "not a CertLogic expression": QT_TRANSLATE_NOOP("cli", "算式写错了（CertLogic）"),
    "not a certificate": QT_TRANSLATE_NOOP("cli", "不是证书"),
    "not a usable JWK": QT_TRANSLATE_NOOP("cli", "用不了的公钥（JWK）"),
    "not a public key": QT_TRANSLATE_NOOP("cli", "不是公钥"),
    "not a P-256 key": QT_TRANSLATE_NOOP("cli", "不是 P-256 的公钥"),
    "an incomplete key": QT_TRANSLATE_NOOP("cli", "公钥不完整"),
    "not base64": QT_TRANSLATE_NOOP("cli", "不是 base64"),
    "a key without an id": QT_TRANSLATE_NOOP("cli", "公钥没有编号"),
    "a key type that signs no code": QT_TRANSLATE_NOOP("cli", "这种公钥不签码"),
}
_NUMBERED = (
    (re.compile(r"key (\d+)"), QT_TRANSLATE_NOOP("cli", "第 {} 个公钥")),
    (re.compile(r"shape (.+)"), QT_TRANSLATE_NOOP("cli", "码的样子 {}")),
    (re.compile(r"rule (.+)"), QT_TRANSLATE_NOOP("cli", "规定 {}")),
)


def say(problem: object) -> str:
    """The words of a TrustError in the terminal's language."""
    text = str(problem)
    if text in SENTENCES:
        return _said(SENTENCES[text])
    first, colon, rest = text.partition(": ")
    return f"{_part(first)}：{say(rest)}" if colon else _part(first)


def _part(text: str) -> str:
    for pattern, words in _NUMBERED:
        if match := pattern.fullmatch(text):
            return _said(words).format(match[1])
    return _said(SENTENCES[text]) if text in SENTENCES else text


def _said(text: object) -> str:
    return translate("cli", str(text))
