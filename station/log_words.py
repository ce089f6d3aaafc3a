"""The words of an exported log, in the language that is spoken now."""

from __future__ import annotations

from station.core.model import Direction, ReasonCode, Severity, Site
from station.core.override import OverrideReason
from station.translation import QT_TRANSLATE_NOOP, translate
from station.ui import override_words, policy_words, words

_HEADERS: dict[str, object] = {
    "number": QT_TRANSLATE_NOOP("log", "编号"),
    "at": QT_TRANSLATE_NOOP("log", "时间"),
    "direction": QT_TRANSLATE_NOOP("log", "进出"),
    "lane": QT_TRANSLATE_NOOP("log", "通道"),
    "verdict": QT_TRANSLATE_NOOP("log", "结果"),
    "correction": QT_TRANSLATE_NOOP("log", "更正"),
    "reasons": QT_TRANSLATE_NOOP("log", "原因"),
    "temperature": QT_TRANSLATE_NOOP("log", "体温 °C"),
    "site": QT_TRANSLATE_NOOP("log", "部位"),
    "instrument": QT_TRANSLATE_NOOP("log", "测温仪"),
    "code": QT_TRANSLATE_NOOP("log", "码"),
    "code_status": QT_TRANSLATE_NOOP("log", "码的情况"),
    "name": QT_TRANSLATE_NOOP("log", "姓名"),
    "dwelling": QT_TRANSLATE_NOOP("log", "住址"),
    "category": QT_TRANSLATE_NOOP("log", "身份"),
    "operator": QT_TRANSLATE_NOOP("log", "经手人"),
    "policy": QT_TRANSLATE_NOOP("log", "规则"),
    "emulated": QT_TRANSLATE_NOOP("log", "演示"),
}

_TEXTS: dict[str, object] = {
    "between": QT_TRANSLATE_NOOP("log", "；"),
    "sheet": QT_TRANSLATE_NOOP("log", "出入记录"),
    "summary": QT_TRANSLATE_NOOP("log", "汇总"),
    "title": QT_TRANSLATE_NOOP("log", "出入登记日报"),
    "gate": QT_TRANSLATE_NOOP("log", "卡口"),
    "days": QT_TRANSLATE_NOOP("log", "日期"),
    "passages": QT_TRANSLATE_NOOP("log", "人次"),
    "corrected": QT_TRANSLATE_NOOP("log", "其中更正过"),
    "emulated": QT_TRANSLATE_NOOP("log", "其中演示"),
    "numbers": QT_TRANSLATE_NOOP("log", "编号从到"),
    "head": QT_TRANSLATE_NOOP("log", "记录链"),
    "made_at": QT_TRANSLATE_NOOP("log", "导出时间"),
    "hour": QT_TRANSLATE_NOOP("log", "钟点"),
    "by_hour": QT_TRANSLATE_NOOP("log", "每小时人次"),
    "by_reason": QT_TRANSLATE_NOOP("log", "复核、禁止的原因"),
    "by_instrument": QT_TRANSLATE_NOOP("log", "各测温仪的读数"),
    "page": QT_TRANSLATE_NOOP("log", "第 {page} 页，共 {pages} 页"),
    "signed": QT_TRANSLATE_NOOP("log", "值班人签名"),
    "received": QT_TRANSLATE_NOOP("log", "接收人签名"),
    "nobody": QT_TRANSLATE_NOOP("log", "这几天没有人经过"),
}

_KINDS: dict[str, object] = {
    "gate_pass": QT_TRANSLATE_NOOP("log", "出入证"),
    "hcert": QT_TRANSLATE_NOOP("log", "国际证书"),
    "other_health": QT_TRANSLATE_NOOP("log", "别的健康证明"),
    "other": QT_TRANSLATE_NOOP("log", "别的码"),
    "shc": QT_TRANSLATE_NOOP("log", "健康卡"),
    "regional": QT_TRANSLATE_NOOP("log", "健康码"),
    "place": QT_TRANSLATE_NOOP("log", "场所码"),
    "payment": QT_TRANSLATE_NOOP("log", "付款码"),
    "link": QT_TRANSLATE_NOOP("log", "网址"),
}

_STATUSES: dict[str, object] = {
    "valid": QT_TRANSLATE_NOOP("log", "有效"),
    "expired": QT_TRANSLATE_NOOP("log", "过期"),
    "not_yet_valid": QT_TRANSLATE_NOOP("log", "还没生效"),
    "revoked": QT_TRANSLATE_NOOP("log", "已作废"),
    "wrong_use": QT_TRANSLATE_NOOP("log", "用错地方"),
    "bad_signature": QT_TRANSLATE_NOOP("log", "签名不对"),
    "unknown_issuer": QT_TRANSLATE_NOOP("log", "不认识发证单位"),
    "damaged": QT_TRANSLATE_NOOP("log", "码坏了"),
    "cannot_check": QT_TRANSLATE_NOOP("log", "没法核验"),
    "not_a_health_code": QT_TRANSLATE_NOOP("log", "不是健康码"),
}


class LogWords:
    """Words that a newer version wrote, and this one does not know, stay as they are."""

    def header(self, column: str) -> str:
        return _said(_HEADERS[column])

    def verdict(self, severity: Severity) -> str:
        return words.verdict_name(severity)

    def direction(self, word: str) -> str:
        return words.way(Direction(word)) if word in set(Direction) else word

    def reason(self, code: str) -> str:
        return words.reason(ReasonCode(code)).sentence if code in set(ReasonCode) else code

    def site(self, word: str) -> str:
        return words.site(Site(word)) if word in set(Site) else word

    def code(self, kind: str) -> str:
        return _said(_KINDS[kind]) if kind in _KINDS else kind

    def code_status(self, status: str) -> str:
        return _said(_STATUSES[status]) if status in _STATUSES else status

    def category(self, word: str) -> str:
        return policy_words.category(word)

    def correction(self, before: str, reason: str | None, operator: str | None) -> str:
        """E.g. 原来：复核（急事，王师傅）."""
        why = override_words.reason(OverrideReason(reason)) if reason in set(OverrideReason) else reason
        said = translate("log", "、").join(part for part in (why, operator) if part)
        first = translate("log", "原来：{verdict}").format(verdict=before)
        return translate("log", "{first}（{said}）").format(first=first, said=said) if said else first

    def text(self, key: str) -> str:
        return _said(_TEXTS[key])


def _said(text: object) -> str:
    return translate("log", str(text))
