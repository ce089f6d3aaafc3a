"""The rule book as a table: one row per situation at the gate."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.core.decision import decide, is_conclusive
from station.core.model import (
    Claim,
    Closing,
    CodeKind,
    CodeStatus,
    Credential,
    Direction,
    Fact,
    FactKind,
    Instrument,
    Obstacle,
    Passage,
    ReasonCode,
    RecheckState,
    Severity,
    Site,
    Temperature,
    Trust,
    Vouch,
)
from station.core.policy import Policy, parse_policy

POLICIES = Path(__file__).parents[2] / "assets" / "policies"
OPEN, CONTROLLED = (parse_policy((POLICIES / f"{n}.toml").read_text("utf-8")) for n in ("open", "controlled"))
NOW = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
PASS, RECHECK, STOP = Severity.PASS, Severity.RECHECK, Severity.STOP


def temp(value: float, site: Site = Site.BODY) -> Temperature:
    return Temperature(value, value, site, None, Instrument("t", "lu90614"), "raw/1", (value,), 1.0)


def credential(kind: CodeKind, status: CodeStatus, trust: Trust = Trust.VERIFIED) -> Credential:
    return Credential(kind, trust, status)


TOKEN = credential(CodeKind.REGIONAL, CodeStatus.CANNOT_CHECK, Trust.RECOGNISED)
MADE_JUST_NOW = replace(TOKEN, made_at=NOW - timedelta(minutes=3))
SCREENSHOT = replace(TOKEN, made_at=NOW - timedelta(hours=3))
GATE_PASS = credential(CodeKind.GATE_PASS, CodeStatus.VALID)
CERTIFICATE = credential(CodeKind.HCERT, CodeStatus.VALID)
LINK = credential(CodeKind.LINK, CodeStatus.NOT_A_HEALTH_CODE, Trust.UNKNOWN)
RESIDENT = Fact(FactKind.IDENTITY, "resident", NOW - timedelta(days=90), "roster")


def colour(value: str, hours: float = 1) -> Fact:
    return Fact(FactKind.COLOUR, value, NOW - timedelta(hours=hours), "center")


def someone(code: Credential | None = None, vouch: Vouch | None = None) -> Claim:
    return Claim("key", 0.0, code, vouch=vouch)


OK = temp(36.5)
IN_TWO_HOURS_AGO = Fact(FactKind.LAST_PASSAGE, "in", NOW - timedelta(hours=2), "journal")
OUT_JUST_NOW = Fact(FactKind.LAST_PASSAGE, "out", NOW - timedelta(minutes=9), "journal")
IN_YESTERDAY = Fact(FactKind.LAST_PASSAGE, "in", NOW - timedelta(hours=20), "journal")
TOO_COLD_HERE = replace(temp(35.1, Site.OBJECT), ambient_c=2.0, obstacle=Obstacle.AMBIENT_TOO_COLD)
USUAL_IS_35 = replace(temp(36.2, Site.OBJECT), limit_c=36.0)


def recheck(state: RecheckState) -> Fact:
    return Fact(FactKind.RECHECK, state, NOW, "journal")


HIGH = "temperature_high"
Row = tuple[str, Policy, Claim | None, tuple[Fact, ...], Temperature | None, Severity, str]
TABLE: list[Row] = [
    # situation, policy, who, facts, temperature, decision, first reason
    ("住户绿码体温正常", OPEN, someone(TOKEN), (RESIDENT, colour("green")), OK, PASS, "person_known"),
    ("住户没有颜色,平时放行", OPEN, someone(TOKEN), (RESIDENT,), OK, PASS, "person_known"),
    ("管控时没有颜色要复核", CONTROLLED, someone(TOKEN), (RESIDENT,), OK, RECHECK, "colour_missing"),
    (
        "管控时绿码是昨天前的",
        CONTROLLED,
        someone(TOKEN),
        (RESIDENT, colour("green", 25)),
        OK,
        RECHECK,
        "colour_stale",
    ),
    (
        "旧的红码不再算数,要复核",
        OPEN,
        someone(TOKEN),
        (RESIDENT, colour("red", 25)),
        OK,
        RECHECK,
        "colour_stale",
    ),
    (
        "颜色来自将来:时钟不可信",
        OPEN,
        someone(TOKEN),
        (RESIDENT, colour("green", -48)),
        OK,
        RECHECK,
        "colour_stale",
    ),
    ("黄码平时复核", OPEN, someone(TOKEN), (RESIDENT, colour("yellow")), OK, RECHECK, "colour_yellow"),
    ("黄码管控时禁止", CONTROLLED, someone(TOKEN), (RESIDENT, colour("yellow")), OK, STOP, "colour_yellow"),
    ("红码禁止", OPEN, someone(TOKEN), (RESIDENT, colour("red")), OK, STOP, "colour_red"),
    ("红码发热,先说禁止", OPEN, someone(TOKEN), (colour("red"),), temp(39), STOP, "colour_red"),
    (
        "新颜色盖过旧颜色",
        OPEN,
        someone(TOKEN),
        (RESIDENT, colour("red", 5), colour("green", 1)),
        OK,
        PASS,
        "person_known",
    ),
    ("颜色的词不认识", CONTROLLED, someone(TOKEN), (RESIDENT, colour("blue")), OK, RECHECK, "colour_missing"),
    ("不认识的健康码", OPEN, someone(TOKEN), (), OK, RECHECK, "code_cannot_check"),
    ("本小区出入证", OPEN, someone(GATE_PASS), (), OK, PASS, "code_valid"),
    ("出入证不能代替颜色", CONTROLLED, someone(GATE_PASS), (), OK, RECHECK, "colour_missing"),
    ("外来访客证书有效,但门口没人认识", OPEN, someone(CERTIFICATE), (), OK, RECHECK, "person_unknown"),
    ("扫了付款码或网址", OPEN, someone(LINK), (), OK, RECHECK, "code_not_a_health_code"),
    ("老人自己的纸码,名单里有", OPEN, someone(LINK), (RESIDENT,), OK, PASS, "person_known"),
    ("认识的人,手工登记", OPEN, someone(vouch=Vouch.KNOWN), (), OK, PASS, "person_vouched"),
    ("认识的人,管控时还要复核", CONTROLLED, someone(vouch=Vouch.KNOWN), (), OK, RECHECK, "person_vouched"),
    ("不认识也没有码", OPEN, someone(vouch=Vouch.STRANGER), (), OK, RECHECK, "code_missing"),
    ("发热的人没有出示码", OPEN, None, (), temp(38.4), RECHECK, "code_missing"),
    ("住户发热", OPEN, someone(TOKEN), (RESIDENT,), temp(37.3), RECHECK, "temperature_high"),
    ("三十七度二不算发热", OPEN, someone(TOKEN), (RESIDENT,), temp(37.2), PASS, "person_known"),
    (
        "额头皮肤三十六度八",
        OPEN,
        someone(TOKEN),
        (RESIDENT,),
        temp(36.8, Site.OBJECT),
        RECHECK,
        "temperature_high",
    ),
    ("额头皮肤三十六度七", OPEN, someone(TOKEN), (RESIDENT,), temp(36.7, Site.OBJECT), PASS, "person_known"),
    (
        "冻冷的额头不算测到",
        OPEN,
        someone(TOKEN),
        (RESIDENT,),
        temp(33.1, Site.OBJECT),
        RECHECK,
        "temperature_too_low",
    ),
    ("冷天测手腕", OPEN, someone(TOKEN), (RESIDENT,), temp(33.1, Site.WRIST), PASS, "person_known"),
    ("二百三十一度", OPEN, someone(TOKEN), (RESIDENT,), temp(231.3), RECHECK, "temperature_implausible"),
    (
        "管控时同一个码又进一次",
        CONTROLLED,
        someone(TOKEN),
        (RESIDENT, colour("green"), IN_TWO_HOURS_AGO),
        OK,
        RECHECK,
        "same_way_again",
    ),
    (
        "平时同一个码又进一次,只提一句",
        OPEN,
        someone(TOKEN),
        (RESIDENT, IN_TWO_HOURS_AGO),
        OK,
        PASS,
        "person_known",
    ),
    (
        "出去过再进来",
        CONTROLLED,
        someone(TOKEN),
        (RESIDENT, colour("green"), OUT_JUST_NOW),
        OK,
        PASS,
        "person_known",
    ),
    (
        "昨天进来过",
        CONTROLLED,
        someone(TOKEN),
        (RESIDENT, colour("green"), IN_YESTERDAY),
        OK,
        PASS,
        "person_known",
    ),
    ("随申码是刚打开的", OPEN, someone(MADE_JUST_NOW), (RESIDENT,), OK, PASS, "person_known"),
    ("随申码是三小时前的截图", OPEN, someone(SCREENSHOT), (RESIDENT,), OK, RECHECK, "code_not_fresh"),
    ("没有测到体温", OPEN, someone(TOKEN), (RESIDENT,), None, RECHECK, "temperature_missing"),
    (
        "天太冷,额头测不准",
        OPEN,
        someone(TOKEN),
        (RESIDENT,),
        TOO_COLD_HERE,
        RECHECK,
        "temperature_not_measured",
    ),
    (
        "天太冷也挡不住发热",
        OPEN,
        someone(TOKEN),
        (RESIDENT,),
        replace(TOO_COLD_HERE, value_c=37.6),
        RECHECK,
        "temperature_high",
    ),
    (
        "今早大家都三十五度,他三十六度二",
        OPEN,
        someone(TOKEN),
        (RESIDENT,),
        USUAL_IS_35,
        RECHECK,
        "temperature_high",
    ),
    (
        "刚才偏高,还没到三分钟又来测",
        OPEN,
        someone(TOKEN),
        (RESIDENT, recheck(RecheckState.TOO_EARLY)),
        OK,
        RECHECK,
        "recheck_too_early",
    ),
    (
        "刚才偏高,同一支枪测一次正常还不够",
        OPEN,
        someone(TOKEN),
        (RESIDENT, recheck(RecheckState.OPEN)),
        OK,
        RECHECK,
        "recheck_open",
    ),
    (
        "第三次还高,去发热门诊",
        OPEN,
        someone(TOKEN),
        (RESIDENT, recheck(RecheckState.CONFIRMED)),
        temp(37.9),
        STOP,
        "recheck_confirmed",
    ),
    (
        "已确认发热的人又来亮码",
        OPEN,
        someone(TOKEN),
        (RESIDENT, recheck(RecheckState.CONFIRMED)),
        None,
        STOP,
        "recheck_confirmed",
    ),
    (
        "复测正常,可以走了",
        OPEN,
        someone(TOKEN),
        (RESIDENT, recheck(RecheckState.CLEARED)),
        OK,
        PASS,
        "person_known",
    ),
    (
        "第一次偏高,去坐一会儿",
        OPEN,
        someone(TOKEN),
        (RESIDENT, recheck(RecheckState.BEGUN)),
        temp(37.5),
        RECHECK,
        "temperature_high",
    ),
]
TABLE += [
    (
        f"证书{status.value}",
        OPEN,
        someone(credential(CodeKind.HCERT, status)),
        (RESIDENT,),
        OK,
        outcome,
        f"code_{status}",
    )
    for status, outcome in (
        (CodeStatus.EXPIRED, RECHECK),
        (CodeStatus.NOT_YET_VALID, RECHECK),
        (CodeStatus.REVOKED, STOP),
        (CodeStatus.WRONG_USE, RECHECK),
        (CodeStatus.BAD_SIGNATURE, STOP),
        (CodeStatus.DAMAGED, RECHECK),
    )
]


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_rule_book(row: Row) -> None:
    _, policy, claim, facts, temperature, expected, first_reason = row
    passage = Passage(claim, temperature, Closing.PAIRED if claim else Closing.NO_CLAIM)
    decision = decide(passage, facts, policy, NOW)
    assert decision.severity is expected
    assert decision.reasons[0].code == first_reason


def test_reading_in_doubt_is_rechecked_and_its_fever_is_still_said() -> None:
    passage = Passage(someone(TOKEN), None, Closing.IN_DOUBT, in_doubt=temp(38.5))
    decision = decide(passage, (RESIDENT,), OPEN, NOW)
    codes = {reason.code for reason in decision.reasons}
    assert decision.severity is RECHECK
    assert {ReasonCode.TEMPERATURE_IN_DOUBT, ReasonCode.TEMPERATURE_HIGH} <= codes


def test_red_and_revoked_need_no_temperature_but_green_and_expired_do() -> None:
    revoked = someone(credential(CodeKind.GATE_PASS, CodeStatus.REVOKED))
    assert is_conclusive(someone(TOKEN), (colour("red"),), OPEN, NOW)
    assert is_conclusive(revoked, (), OPEN, NOW)
    assert not is_conclusive(someone(TOKEN), (colour("green"),), OPEN, NOW)
    assert not is_conclusive(someone(TOKEN), (), OPEN, NOW)


def test_leaving_after_coming_in_is_not_the_same_way_again_even_where_that_means_stop() -> None:
    strict = msgspec.structs.replace(OPEN, passback=msgspec.structs.replace(OPEN.passback, same_way="stop"))
    claim, facts = someone(TOKEN), (RESIDENT, IN_TWO_HOURS_AGO)
    assert is_conclusive(claim, facts, strict, NOW, Direction.IN)
    assert not is_conclusive(claim, facts, strict, NOW, Direction.OUT)


credentials = st.none() | st.builds(
    Credential, st.sampled_from(CodeKind), st.sampled_from(Trust), st.sampled_from(CodeStatus)
)
claims = st.none() | st.builds(
    Claim, st.just("key"), st.just(0.0), credentials, vouch=st.none() | st.sampled_from(Vouch)
)
moments = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive
facts = st.lists(
    st.builds(
        Fact,
        st.sampled_from(FactKind),
        st.sampled_from(["green", "yellow", "red", "x"]),
        moments,
        st.just("s"),
    )
)
temperatures = st.none() | st.builds(temp, st.floats(-70, 400), st.sampled_from(Site))
passages = st.builds(Passage, claims, temperatures, st.sampled_from(Closing), in_doubt=temperatures)
policies = st.sampled_from([OPEN, CONTROLLED])


@given(passages, facts, policies, moments)
def test_deciding_is_total_pure_and_severity_beats_order(
    passage: Passage, known: list[Fact], policy: Policy, now: datetime
) -> None:
    decision = decide(passage, known, policy, now)
    assert decision.reasons, "an empty reason list could not be explained"
    assert decision.severity is max(reason.severity for reason in decision.reasons)
    assert decision == decide(passage, known, policy, now)
    for shuffled in itertools.islice(itertools.permutations(known), 6):
        assert decide(passage, shuffled, policy, now).severity is decision.severity


@given(passages, facts, policies, moments, st.floats(0, 5))
def test_a_higher_temperature_is_never_judged_milder(
    passage: Passage, known: list[Fact], policy: Policy, now: datetime, warmer: float
) -> None:
    measured = passage.temperature
    if measured is None or policy.is_too_low(measured):
        return
    hotter = replace(passage, temperature=replace(measured, value_c=measured.value_c + warmer))
    assert decide(hotter, known, policy, now).severity >= decide(passage, known, policy, now).severity
