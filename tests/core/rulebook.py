"""Reads `rulebook.md`: a table of situations at the gate, in the words of those who stand there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from station.core.checks.case import Facts
from station.core.facts import Fact, FactKind, IsolationState, RecheckState
from station.core.model import (
    Claim,
    Closing,
    CodeKind,
    CodeStatus,
    Credential,
    Direction,
    Instrument,
    Obstacle,
    Passage,
    Site,
    Temperature,
    Trust,
    Vouch,
)
from station.core.policy import Policy, parse_policy
from station.core.reasons import ReasonCode, Severity
from station.ui.reason_words import REASONS

POLICIES = Path(__file__).parents[2] / "assets" / "policies"
BOOK = Path(__file__).with_name("rulebook.md")
AFTERNOON = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)  # half past four at the gate
GATE = "东门"

_FILES = {"平时": "open", "防范": "precaution", "管控": "controlled", "封控": "sealed"}
RULES = {word: parse_policy((POLICIES / f"{name}.toml").read_text("utf-8")) for word, name in _FILES.items()}
VERDICTS = {"通行": Severity.PASS, "复核": Severity.RECHECK, "禁止": Severity.STOP}
CODE_BY_SENTENCE = {str(texts.sentence): code for code, texts in REASONS.items()}

_CATEGORIES = {
    "住户": "resident", "租户": "tenant", "快递": "courier", "访客": "visitor", "物业": "staff",
    "医生": "medical", "工人": "worker", "志愿者": "volunteer",
}  # fmt: skip
_STATES = {
    "隔离": IsolationState.ISOLATION,
    "密接": IsolationState.CLOSE_CONTACT,
    "次密接": IsolationState.SUB_CLOSE_CONTACT,
    "解除隔离": IsolationState.NONE,
}
_COLOURS = {"绿": "green", "黄": "yellow", "红": "red", "蓝": "blue"}
_GROUPS = {
    "冷链": "cold_chain",
    "跑快递": "courier",
    "开车": "driver",
    "工地": "construction",
    "行医": "medical",
}
_RESULTS = {
    "核酸阴性": "negative", "核酸阳性": "positive", "核酸没出": "unknown",
    "核酸报告阴性": "negative_reported", "核酸看不懂": "?", "核酸没做": "none",
}  # fmt: skip
_RECHECKS = {
    "偏高没歇够": RecheckState.TOO_EARLY, "偏高还差一次": RecheckState.OPEN,
    "复测确认": RecheckState.CONFIRMED, "复测正常": RecheckState.CLEARED, "头一次偏高": RecheckState.BEGUN,
}  # fmt: skip


def _code(kind: CodeKind, status: CodeStatus, trust: Trust = Trust.VERIFIED) -> Credential:
    return Credential(kind, trust, status)


_TOKEN = _code(CodeKind.REGIONAL, CodeStatus.CANNOT_CHECK, Trust.RECOGNISED)
_PASS = _code(CodeKind.GATE_PASS, CodeStatus.VALID)
_CODES: dict[str, Credential | None] = {
    "无码": None,
    "健康码": _TOKEN,
    "刚开的随申码": replace(_TOKEN, made_at=AFTERNOON - timedelta(minutes=3)),
    "三小时前的随申码": replace(_TOKEN, made_at=AFTERNOON - timedelta(hours=3)),
    "出入证": _PASS,
    "西门出入证": replace(_PASS, gates=("西门",)),
    "东门出入证": replace(_PASS, gates=("东门", "南门")),
    "作废出入证": replace(_PASS, status=CodeStatus.REVOKED),
    "过期出入证": replace(_PASS, status=CodeStatus.EXPIRED),
    "假出入证": replace(_PASS, status=CodeStatus.BAD_SIGNATURE),
    "证书": _code(CodeKind.HCERT, CodeStatus.VALID),
    "过期证书": _code(CodeKind.HCERT, CodeStatus.EXPIRED),
    "未生效证书": _code(CodeKind.HCERT, CodeStatus.NOT_YET_VALID),
    "别处用的证书": _code(CodeKind.HCERT, CodeStatus.WRONG_USE),
    "不知谁发的证书": _code(CodeKind.HCERT, CodeStatus.UNKNOWN_ISSUER),
    "残缺证书": _code(CodeKind.HCERT, CodeStatus.DAMAGED),
    "网址": _code(CodeKind.LINK, CodeStatus.NOT_A_HEALTH_CODE, Trust.UNKNOWN),
    "付款码": _code(CodeKind.PAYMENT, CodeStatus.NOT_A_HEALTH_CODE, Trust.UNKNOWN),
}


@dataclass(frozen=True)
class Situation:
    """One row."""

    name: str
    policy: Policy
    passage: Passage
    facts: Facts
    now: datetime
    verdict: Severity
    first: ReasonCode


def situations(text: str) -> Iterator[Situation]:
    """The rows of all tables. Raises ValueError, KeyError or TypeError for what is not of the book."""
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[0] not in ("情形", "---"):
            yield _situation(*cells)


def _situation(
    name: str, rules: str, way: str, who: str, code: str, known: str, measured: str, verdict: str, says: str
) -> Situation:
    policy = RULES[rules.removesuffix("停码")]
    words = [word for word in known.split("，") if word and word != "—"]
    now = next((_night(word) for word in words if word.startswith("夜里")), AFTERNOON)
    facts = [_fact(word, now) for word in words if word != "登记过期" and not word.startswith("夜里")]
    if who in _CATEGORIES:
        until = now - timedelta(days=1) if "登记过期" in words else None
        facts.append(Fact(FactKind.IDENTITY, _CATEGORIES[who], now - timedelta(days=90), "roster", until))
    return Situation(
        name,
        policy.without_codes() if rules.endswith("停码") else policy,
        _passage(way, who, code, measured),
        tuple(facts),
        now,
        VERDICTS[verdict],
        CODE_BY_SENTENCE[says],
    )


def _passage(way: str, who: str, code: str, measured: str) -> Passage:
    vouch = {"志愿者认识": Vouch.KNOWN, "志愿者不认识": Vouch.STRANGER}.get(who)
    claim = None if who == "没人认领" else Claim("key", 0.0, _CODES[code], vouch=vouch)
    direction = {"进": Direction.IN, "出": Direction.OUT}[way]
    if measured.startswith("分不清"):
        doubt = _temperature(measured.removeprefix("分不清"))
        return Passage(claim, None, Closing.IN_DOUBT, doubt, direction, GATE)
    closing = Closing.PAIRED if claim else Closing.NO_CLAIM
    return Passage(claim, _temperature(measured), closing, direction=direction, gate=GATE)


def _temperature(words: str) -> Temperature | None:
    if words == "—":
        return None
    match = re.fullmatch(r"(皮肤|手腕|耳朵|天冷皮肤|平常35皮肤)?([\d.]+)", words)
    assert match, words
    where, value = match[1] or "", float(match[2])
    site = {"手腕": Site.WRIST, "耳朵": Site.EAR, "": Site.BODY}.get(where, Site.OBJECT)
    taken = Temperature(value, value, site, None, Instrument("t", "lu90614"), "raw/1", (value,), 1.0)
    if where == "天冷皮肤":
        return replace(taken, ambient_c=2.0, obstacle=Obstacle.AMBIENT_TOO_COLD)
    return replace(taken, limit_c=36.0) if where == "平常35皮肤" else taken


def _night(word: str) -> datetime:
    hour, minute = map(int, word.removeprefix("夜里").split(":"))
    return AFTERNOON.replace(hour=(hour - 8) % 24, minute=minute)


def _hours(number: str, unit: str) -> timedelta:
    return timedelta(**{{"天": "days", "小时": "hours", "分钟": "minutes"}[unit]: float(number)})


def _fact(word: str, now: datetime) -> Fact:
    """A fact such as 绿码1小时前, 核酸阴性20小时前, 全家出去过1次, 许可过期."""
    match = re.fullmatch(r"(.+?)(?:(\d+)(天|小时|分钟)(前|后))?", word)
    assert match, word
    what, number, unit, sign = match.groups()
    age = _hours(number, unit) if number else timedelta(hours=1)
    as_of = now + age if sign == "后" else now - age
    for pattern, make in _PHRASES:
        if found := re.fullmatch(pattern, what):
            return make(found, as_of, now)
    raise ValueError(f"{word} is no word of the book")


Make = Callable[[re.Match[str], datetime, datetime], Fact]


def _plain(kind: FactKind, value: str | dict[str, str]) -> Make:
    def make(found: re.Match[str], as_of: datetime, now: datetime) -> Fact:
        return Fact(kind, value if isinstance(value, str) else value[found[1]], as_of, "list")

    return make


def _until(kind: FactKind, value: str | dict[str, str], hours: float) -> Make:
    def make(found: re.Match[str], as_of: datetime, now: datetime) -> Fact:
        word = value if isinstance(value, str) else value[found[1]]
        return Fact(kind, word, as_of, "list", now + timedelta(hours=hours))

    return make


def _counted(kind: FactKind) -> Make:
    return lambda found, as_of, now: Fact(kind, found[1], as_of, "journal")


def _any(words: dict[str, str]) -> str:
    return f"({'|'.join(sorted(words, key=len, reverse=True))})"


_PHRASES: list[tuple[str, Make]] = [
    ("([绿黄红蓝])码", _plain(FactKind.COLOUR, _COLOURS)),
    (f"{_any(dict(_STATES))}期满", _until(FactKind.ISOLATION, dict(_STATES), -2)),
    (f"{_any(dict(_STATES))}未核", _plain(FactKind.ISOLATION_PENDING, dict(_STATES))),
    (_any(dict(_STATES)), _plain(FactKind.ISOLATION, dict(_STATES))),
    ("隔离登记看不懂", _plain(FactKind.ISOLATION, "?")),
    (_any(_RESULTS), _plain(FactKind.TEST, _RESULTS)),
    (_any(_GROUPS), _plain(FactKind.OCCUPATION, _GROUPS)),
    (_any(dict(_RECHECKS)), _plain(FactKind.RECHECK, dict(_RECHECKS))),
    ("名单锁着", _plain(FactKind.LOOKUP, "locked")),
    ("名单读不出", _plain(FactKind.LOOKUP, "unreadable")),
    ("登记被改动", _plain(FactKind.LOOKUP, "changed")),
    ("约好", _until(FactKind.EXPECTED, "yes", 2)),
    ("约到这一刻", _until(FactKind.EXPECTED, "yes", 0)),
    ("约过", _until(FactKind.EXPECTED, "yes", -1)),
    ("没约", _plain(FactKind.EXPECTED, "no")),
    ("去过重点区域", _plain(FactKind.TRAVEL, "yes")),
    ("没去过重点区域", _plain(FactKind.TRAVEL, "no")),
    ("许可全部", _plain(FactKind.RIGHT, "all")),
    (
        "许可(.+门)",
        lambda found, as_of, now: Fact(FactKind.RIGHT, found[1].replace("和", ","), as_of, "list"),
    ),
    ("没有许可", _plain(FactKind.RIGHT, "none")),
    ("过期许可", _until(FactKind.RIGHT, "all", -24)),
    ("社区关照", _plain(FactKind.BLOCK, "moved_out")),
    ("关照过期", _until(FactKind.BLOCK, "moved_out", -1)),
    ("关照撤了", _plain(FactKind.BLOCK, "none")),
    ("全家出去过([0-9]+)次", _counted(FactKind.OUTING)),
    ("全家出去过", _plain(FactKind.OUTING, "1")),
    ("出门次数看不懂", _plain(FactKind.OUTING, "?")),
    ("自己出去", _plain(FactKind.INSIDE, "out")),
    ("里面([0-9/]+)人", _counted(FactKind.OCCUPANCY)),
    ("测过正常", _plain(FactKind.MEASURED, "normal")),
    ("进过", _plain(FactKind.LAST_PASSAGE, "in")),
    ("出过", _plain(FactKind.LAST_PASSAGE, "out")),
]
