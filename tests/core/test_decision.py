"""What holds of every decision, whoever comes and whatever is known of them. Single cases: `rulebook.md`."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station.core.asking import BY_OPERATOR
from station.core.decision import decide, is_conclusive, wants_temperature
from station.core.facts import Fact, FactKind
from station.core.model import (
    Claim,
    Closing,
    CodeKind,
    CodeStatus,
    Credential,
    Direction,
    Instrument,
    Passage,
    Site,
    Temperature,
    Trust,
)
from station.core.policy import Policy, parse_policy
from station.core.policy_edit import with_value
from station.core.reasons import Reason, ReasonCode, Severity
from tests.core.crowd import NOW, facts, moments, passages, policies
from tests.core.rulebook import POLICIES, RULES, situations

OPEN = RULES["平时"]
TOKEN = Credential(CodeKind.REGIONAL, Trust.RECOGNISED, CodeStatus.CANNOT_CHECK)
HOLDER = Claim("key", 0.0, TOKEN)


def fact(kind: FactKind, value: str, hours: float = 1.0) -> Fact:
    return Fact(kind, value, NOW - timedelta(hours=hours), "s")


RESIDENT, COURIER = fact(FactKind.IDENTITY, "resident"), fact(FactKind.IDENTITY, "courier")
GREEN, RED = fact(FactKind.COLOUR, "green"), fact(FactKind.COLOUR, "red")

# From good to bad, all other things being equal:
LADDERS = {
    FactKind.COLOUR: ["green", "yellow", "red"],
    FactKind.ISOLATION: ["none", "sub_close_contact", "close_contact", "isolation"],
    FactKind.ISOLATION_PENDING: ["none", "close_contact"],
    FactKind.BLOCK: ["none", "moved_out"],
    FactKind.TEST: ["negative", "positive"],
    FactKind.TRAVEL: ["no", "yes"],
    FactKind.OUTING: ["0", "1", "5"],
    FactKind.INSIDE: ["in", "out"],
    FactKind.OCCUPANCY: ["1/180", "170/180", "180/180"],
    FactKind.RIGHT: ["all", "none"],
    FactKind.EXPECTED: ["yes", "no"],
    FactKind.RECHECK: ["cleared", "open", "confirmed"],
    FactKind.MEASURED: ["normal", "high"],
}


@settings(max_examples=150)
@given(passages, st.lists(facts, max_size=12), policies, moments | st.just(NOW), st.randoms())
def test_deciding_is_total_pure_and_knows_no_order(
    passage: Passage, known: list[Fact], policy: Policy, now: datetime, chance: random.Random
) -> None:
    decision = decide(passage, known, policy, now)
    assert decision.reasons, "an empty reason list could not be explained"
    assert decision.severity is max(reason.severity for reason in decision.reasons)
    assert len(set(decision.reasons)) == len(decision.reasons)
    assert decision == decide(passage, known, policy, now)
    assert decision == decide(passage, chance.sample(known, len(known)), policy, now)


@pytest.mark.parametrize("kind", LADDERS)
@settings(max_examples=50)
@given(data=st.data())
def test_a_worse_fact_is_never_judged_milder(kind: FactKind, data: st.DataObject) -> None:
    passage, policy = data.draw(passages), data.draw(policies)
    known = [one for one in data.draw(st.lists(facts, max_size=8)) if one.kind is not kind]
    hours = data.draw(st.floats(0, 60))
    verdicts = [
        decide(passage, [*known, fact(kind, value, hours)], policy, NOW).severity for value in LADDERS[kind]
    ]
    assert verdicts == sorted(verdicts)


@pytest.mark.parametrize(
    ("kind", "value"), [(FactKind.TEST, "negative"), (FactKind.COLOUR, "green"), (FactKind.TRAVEL, "no")]
)
@settings(max_examples=50)
@given(data=st.data(), hours=st.floats(0, 400), later=st.floats(0, 400))
def test_good_news_never_gets_better_with_age(
    kind: FactKind, value: str, data: st.DataObject, hours: float, later: float
) -> None:
    passage, policy = data.draw(passages), data.draw(policies)
    known = [one for one in data.draw(st.lists(facts, max_size=8)) if one.kind is not kind]
    fresh, old = (
        decide(passage, [*known, fact(kind, value, age)], policy, NOW).severity
        for age in (hours, hours + later)
    )
    assert old >= fresh


@given(passages, st.lists(facts), policies, st.floats(0, 5))
def test_a_higher_temperature_is_never_judged_milder(
    passage: Passage, known: list[Fact], policy: Policy, warmer: float
) -> None:
    measured = passage.temperature
    if measured is None or measured.obstacle or policy.is_too_low(measured):
        return
    hotter = replace(passage, temperature=replace(measured, value_c=measured.value_c + warmer))
    assert decide(hotter, known, policy, NOW).severity >= decide(passage, known, policy, NOW).severity


@settings(max_examples=150)
@given(passages, st.lists(facts, max_size=12), st.datetimes(timezones=st.just(UTC)) | st.just(NOW))
def test_a_stricter_zone_is_never_milder(passage: Passage, known: list[Fact], now: datetime) -> None:
    zones = [RULES[name] for name in ("平时", "防范", "管控", "封控")]
    verdicts = [decide(passage, known, zone, now).severity for zone in zones]
    assert verdicts == sorted(verdicts)


@given(passages, st.lists(facts), st.sampled_from(list(RULES.values())))
def test_without_codes_nothing_is_judged_harder_and_everything_is_marked(
    passage: Passage, known: list[Fact], policy: Policy
) -> None:
    usual, drill = (decide(passage, known, rules, NOW) for rules in (policy, policy.without_codes()))
    assert drill.severity <= usual.severity
    assert ReasonCode.CODE_SYSTEM_DOWN in {reason.code for reason in drill.reasons}


@pytest.mark.parametrize("set_back", [timedelta(hours=-40), timedelta(days=400)])
@pytest.mark.parametrize("policy", RULES.values())
def test_without_codes_whoever_was_red_is_asked_however_old_that_is_and_whatever_the_clock_says(
    policy: Policy, set_back: timedelta
) -> None:
    """A PC whose battery is empty begins in another year: all reds lie in its future."""
    known = [fact(FactKind.IDENTITY, "resident", 0), Fact(FactKind.COLOUR, "red", NOW + set_back, "center")]
    normal = Temperature(36.5, 36.5, Site.BODY, None, Instrument("t", "lu90614"), "raw/1", (36.5,), 1.0)
    drill = decide(Passage(HOLDER, normal, Closing.PAIRED), known, policy.without_codes(), NOW)
    assert drill.severity is Severity.RECHECK
    assert ReasonCode.COLOUR_STALE in {reason.code for reason in drill.reasons}


@pytest.mark.parametrize(
    ("told", "typed", "severity"),
    [
        (("red", 40), ("yellow", -72), Severity.RECHECK),
        (("red", 40), ("green", 60), Severity.RECHECK),
        (("green", 40), ("red", 60), Severity.PASS),
        (("green", 60), ("red", 40), Severity.RECHECK),
    ],
)
def test_without_codes_of_two_old_colours_the_newer_one_counts_whoever_told_it(
    told: tuple[str, int], typed: tuple[str, int], severity: Severity
) -> None:
    """The center tells the colour of their code, and somebody typed one on their page three days ago: that
    hides no red that came since, and nobody is red for ever who was green since."""
    known = [
        fact(FactKind.IDENTITY, "resident", 0),
        Fact(FactKind.COLOUR, told[0], NOW - timedelta(hours=told[1]), "center"),
        Fact(FactKind.COLOUR, typed[0], NOW - timedelta(hours=typed[1]), "operator"),
    ]
    normal = Temperature(36.5, 36.5, Site.BODY, None, Instrument("t", "lu90614"), "raw/1", (36.5,), 1.0)
    policy = RULES["平时"].without_codes()
    assert decide(Passage(HOLDER, normal, Closing.PAIRED), known, policy, NOW).severity is severity


@given(st.lists(facts), st.sampled_from(list(RULES.values())), st.sampled_from(["resident", "tenant"]))
def test_whoever_lives_here_is_never_stopped_from_coming_home_by_a_list_of_the_community(
    known: list[Fact], policy: Policy, category: str
) -> None:
    """Only health stops them: a red or yellow code, a positive test, a confirmed fever."""
    healthy = {
        FactKind.COLOUR: GREEN,
        FactKind.RECHECK: fact(FactKind.RECHECK, "cleared"),
        FactKind.TEST: fact(FactKind.TEST, "negative"),
    }
    others = [one for one in known if one.kind not in {*healthy, FactKind.IDENTITY}]
    home = fact(FactKind.IDENTITY, category)
    passage = Passage(HOLDER, None, Closing.TIMEOUT)
    decision = decide(passage, [*others, *healthy.values(), home], policy, NOW)
    assert decision.severity is not Severity.STOP


def test_reading_in_doubt_is_rechecked_and_its_fever_is_still_said() -> None:
    text = "| 分不清 | 平时 | 进 | 住户 | 健康码 | — | 分不清38.5 | 复核 | 分不清是谁的体温 |"
    (one,) = situations(text)
    codes = {reason.code for reason in decide(one.passage, one.facts, one.policy, one.now).reasons}
    assert {ReasonCode.TEMPERATURE_IN_DOUBT, ReasonCode.TEMPERATURE_HIGH} <= codes


def test_red_and_revoked_need_no_temperature_but_green_and_expired_do() -> None:
    revoked = Claim("key", 0.0, Credential(CodeKind.GATE_PASS, Trust.VERIFIED, CodeStatus.REVOKED))
    assert is_conclusive(HOLDER, (RED,), OPEN, NOW)
    assert is_conclusive(revoked, (), OPEN, NOW)
    assert not is_conclusive(HOLDER, (GREEN,), OPEN, NOW)
    assert not is_conclusive(HOLDER, (), OPEN, NOW)


def test_isolation_is_conclusive_on_the_way_out_only() -> None:
    known = (RESIDENT, fact(FactKind.ISOLATION, "isolation"))
    assert is_conclusive(HOLDER, known, OPEN, NOW, Direction.OUT)
    assert not is_conclusive(HOLDER, known, OPEN, NOW, Direction.IN)


def test_leaving_after_coming_in_is_not_the_same_way_again_even_where_that_means_stop() -> None:
    strict = msgspec.structs.replace(OPEN, passback=msgspec.structs.replace(OPEN.passback, same_way="stop"))
    known = (RESIDENT, fact(FactKind.LAST_PASSAGE, "in", 2))
    assert is_conclusive(HOLDER, known, strict, NOW, Direction.IN)
    assert not is_conclusive(HOLDER, known, strict, NOW, Direction.OUT)


@pytest.mark.parametrize(
    ("begins", "ends", "held"),
    [("16:00", "17:00", True), ("16:30", "17:00", True), ("16:00", "16:30", False), ("17:00", "16:00", False),
     ("17:00", "16:31", True), ("16:00", "", False), ("00:00", "00:00", True), ("", "", False)],
)  # fmt: skip
def test_a_curfew_may_lie_within_a_day_or_over_midnight(begins: str, ends: str, held: bool) -> None:
    """It is half past four at the gate."""
    rule = msgspec.structs.replace(OPEN.curfew, begins=begins, ends=ends, verdict="recheck")
    passage = Passage(HOLDER, None, Closing.PAIRED, direction=Direction.OUT)
    reasons = decide(passage, (), msgspec.structs.replace(OPEN, curfew=rule, variants={}), NOW).reasons
    assert (ReasonCode.CURFEW in {reason.code for reason in reasons}) is held


def test_a_courier_who_was_measured_a_while_ago_is_not_measured_again() -> None:
    measured = fact(FactKind.MEASURED, "normal", 0.5)
    assert not wants_temperature(HOLDER, (COURIER, measured), OPEN, NOW)
    assert wants_temperature(HOLDER, (COURIER, fact(FactKind.MEASURED, "normal", 3)), OPEN, NOW)
    assert wants_temperature(HOLDER, (COURIER,), OPEN, NOW)
    assert wants_temperature(HOLDER, (RESIDENT, measured), OPEN, NOW)
    waits = fact(FactKind.RECHECK, "open", 0.1)
    assert wants_temperature(HOLDER, (COURIER, measured, waits), OPEN, NOW), "too warm since then"


def test_where_the_policy_measures_nobody_on_the_way_out_no_missing_temperature_holds_anybody() -> None:
    out = msgspec.structs.replace(OPEN, temperature=msgspec.structs.replace(OPEN.temperature, required=False))
    policy = msgspec.structs.replace(OPEN, variants={"/out": out})
    for way, missing in ((Direction.IN, True), (Direction.OUT, False)):
        passage = Passage(HOLDER, None, Closing.PAIRED, direction=way)
        codes = {one.code for one in decide(passage, (RESIDENT, GREEN), policy, NOW).reasons}
        assert (ReasonCode.TEMPERATURE_MISSING in codes) is missing


@pytest.mark.parametrize("zone", RULES)
def test_of_a_fever_that_walks_on_without_a_code_nothing_else_is_said(zone: str) -> None:
    """Nobody can be asked for a colour, a test or a right who is not there, not even by night."""
    fever = Temperature(38.4, 38.4, Site.BODY, None, Instrument("t", "lu90614"), "raw/1", (38.4,), 1.0)
    passage = Passage(None, fever, Closing.NO_CLAIM, gate="东门")
    night = NOW.replace(hour=15, minute=40)
    codes = {reason.code for reason in decide(passage, (), RULES[zone], night).reasons}
    assert codes == {ReasonCode.CODE_MISSING, ReasonCode.TEMPERATURE_HIGH}


def test_a_positive_test_that_is_too_old_to_condemn_is_no_negative_one() -> None:
    """Where a policy condemns for a day and asks couriers for 48 hours."""
    rule = msgspec.structs.replace(OPEN.test, positive_hours=24.0)
    policy = msgspec.structs.replace(OPEN, test=rule, variants={})
    known = (COURIER, fact(FactKind.OCCUPATION, "courier"), fact(FactKind.TEST, "positive", 30))
    codes = {one.code for one in decide(Passage(HOLDER, None, Closing.PAIRED), known, policy, NOW).reasons}
    assert ReasonCode.TEST_STALE in codes
    assert ReasonCode.TEST_NEGATIVE not in codes


def test_a_sample_without_a_result_that_is_too_old_is_no_missing_one() -> None:
    """Somebody was tested, and who reads "no test" sends them to be tested for the first time."""
    known = (COURIER, fact(FactKind.OCCUPATION, "courier"), fact(FactKind.TEST, "unknown", 100))
    codes = {one.code for one in decide(Passage(HOLDER, None, Closing.PAIRED), known, OPEN, NOW).reasons}
    assert ReasonCode.TEST_STALE in codes
    assert not codes & {ReasonCode.TEST_NONE, ReasonCode.TEST_MISSING, ReasonCode.TEST_UNKNOWN}


def test_an_occupation_of_which_the_policy_asks_no_test_is_asked_for_none() -> None:
    known = (RESIDENT, fact(FactKind.OCCUPATION, "teacher"))
    codes = {one.code for one in decide(Passage(HOLDER, None, Closing.PAIRED), known, OPEN, NOW).reasons}
    assert not codes & {ReasonCode.TEST_MISSING, ReasonCode.TEST_STALE}


@pytest.mark.parametrize(("minutes", "stale"), [(60, False), (61, True)])
def test_a_code_of_exactly_the_greatest_age_is_still_fresh(minutes: int, stale: bool) -> None:
    token = replace(TOKEN, made_at=NOW - timedelta(minutes=minutes))
    passage = Passage(replace(HOLDER, credential=token), None, Closing.PAIRED)
    codes = {one.code for one in decide(passage, (RESIDENT,), OPEN, NOW).reasons}
    assert (ReasonCode.CODE_NOT_FRESH in codes) is stale


def test_who_is_measured_is_asked_of_the_way_they_go() -> None:
    """Here nobody is measured on the way out."""
    out = msgspec.structs.replace(OPEN, temperature=msgspec.structs.replace(OPEN.temperature, required=False))
    policy = msgspec.structs.replace(OPEN, variants={"/out": out})
    assert wants_temperature(HOLDER, (RESIDENT,), policy, NOW, Direction.IN)
    assert not wants_temperature(HOLDER, (RESIDENT,), policy, NOW, Direction.OUT)


def colours(*known: Fact) -> set[ReasonCode]:
    reasons = decide(Passage(HOLDER, None, Closing.PAIRED), known, OPEN, NOW).reasons
    return {one.code for one in reasons} & {
        ReasonCode.COLOUR_GREEN, ReasonCode.COLOUR_RED, ReasonCode.COLOUR_STALE
    }  # fmt: skip


def test_a_green_picture_on_the_phone_takes_back_no_red_that_was_told() -> None:
    seen = Fact(FactKind.COLOUR, "green", NOW, BY_OPERATOR)
    assert colours(RED, seen) == {ReasonCode.COLOUR_RED, ReasonCode.COLOUR_GREEN}
    assert colours(seen, RED) == {ReasonCode.COLOUR_RED, ReasonCode.COLOUR_GREEN}


def test_a_colour_that_is_too_old_to_count_gives_way_to_the_one_that_is_seen() -> None:
    seen = Fact(FactKind.COLOUR, "green", NOW, BY_OPERATOR)
    assert colours(fact(FactKind.COLOUR, "red", 25), seen) == {ReasonCode.COLOUR_GREEN}


def test_of_what_was_told_the_newest_counts_whenever_the_volunteer_looked() -> None:
    seen = Fact(FactKind.COLOUR, "green", NOW - timedelta(hours=2), BY_OPERATOR)
    assert ReasonCode.COLOUR_RED in colours(seen, RED, fact(FactKind.COLOUR, "green", 3))
    assert colours(seen, GREEN, fact(FactKind.COLOUR, "red", 3)) == {ReasonCode.COLOUR_GREEN}


def test_a_red_that_the_volunteer_saw_counts_beside_a_green_that_is_told_a_minute_later() -> None:
    seen = Fact(FactKind.COLOUR, "red", NOW - timedelta(minutes=2), BY_OPERATOR)
    assert colours(seen, fact(FactKind.COLOUR, "green", 0.01)) == {
        ReasonCode.COLOUR_RED,
        ReasonCode.COLOUR_GREEN,
    }


def test_a_pass_of_last_year_is_no_screenshot() -> None:
    old = Credential(CodeKind.GATE_PASS, Trust.VERIFIED, CodeStatus.VALID, made_at=NOW - timedelta(days=300))
    reasons = decide(Passage(replace(HOLDER, credential=old), None, Closing.PAIRED), (), OPEN, NOW).reasons
    assert ReasonCode.CODE_NOT_FRESH not in {one.code for one in reasons}


def test_what_a_volunteer_wrote_of_an_expected_visitor_makes_no_payment_code_a_health_code() -> None:
    payment = Credential(CodeKind.PAYMENT, Trust.UNKNOWN, CodeStatus.NOT_A_HEALTH_CODE)
    passage = Passage(replace(HOLDER, credential=payment), None, Closing.PAIRED)
    visitor = Fact(FactKind.IDENTITY, "visitor", NOW, BY_OPERATOR)
    reasons = decide(passage, (fact(FactKind.EXPECTED, "yes"), visitor), OPEN, NOW).reasons
    assert Reason(Severity.RECHECK, ReasonCode.CODE_NOT_A_HEALTH_CODE) in reasons


def test_two_blocks_of_one_moment_hold_though_only_one_has_an_end() -> None:
    """Of the household and of the person, say: which was read first decides nothing, and upsets nothing."""
    open_end = fact(FactKind.BLOCK, "moved_out")
    until = replace(open_end, valid_until=NOW + timedelta(days=1))
    for known in ((open_end, until), (until, open_end)):
        assert is_conclusive(HOLDER, known, OPEN, NOW)


def test_a_pass_for_the_other_gate_needs_no_temperature_where_that_means_stop() -> None:
    strict = msgspec.structs.replace(OPEN, right=msgspec.structs.replace(OPEN.right, other_gate="stop"))
    west = Credential(CodeKind.GATE_PASS, Trust.VERIFIED, CodeStatus.VALID, gates=("西门",))
    claim = replace(HOLDER, credential=west)
    assert is_conclusive(claim, (), strict, NOW, gate="东门")
    assert not is_conclusive(claim, (), strict, NOW, gate="西门")


@pytest.mark.parametrize(
    ("value", "minutes", "again"),
    [("normal", 120, False), ("normal", 120.1, True), ("normal", -1, True), ("high", 5, True)],
)
def test_only_a_normal_value_of_the_last_two_hours_spares_a_courier_the_measurement(
    value: str, minutes: float, again: bool
) -> None:
    known = (COURIER, fact(FactKind.MEASURED, value, minutes / 60))
    assert wants_temperature(HOLDER, known, OPEN, NOW) is again
    both = (*known, fact(FactKind.MEASURED, "high", minutes / 60))
    assert wants_temperature(HOLDER, both, OPEN, NOW), "of two of one moment the worse counts"


@pytest.mark.parametrize(("counted", "held"), [((), True), (("0",), False), (("?",), True)])
def test_who_goes_out_while_nobody_has_counted_is_asked_where_the_policy_wants_a_count(
    counted: tuple[str, ...], held: bool
) -> None:
    text = (POLICIES / "controlled.toml").read_text("utf-8")
    strict = parse_policy(with_value(text, "outing.missing", "recheck"))
    known = [RESIDENT, *(fact(FactKind.OUTING, value) for value in counted)]
    leaving = Passage(HOLDER, None, Closing.PAIRED, direction=Direction.OUT)

    reasons = decide(leaving, known, strict, NOW).reasons
    assert (Reason(Severity.RECHECK, ReasonCode.OUTING_UNKNOWN) in reasons) is held


@pytest.mark.parametrize(
    ("hours", "severity"), [(2, Severity.PASS), (48, Severity.PASS), (49, Severity.RECHECK)]
)
@pytest.mark.parametrize("before", [None, 60.0, 900.0])
def test_a_sample_without_a_result_counts_no_longer_than_a_result_would(
    hours: float, before: float | None, severity: Severity
) -> None:
    """Where a sample is enough (采样即放行), nobody lives on the one of last month."""
    text = (POLICIES / "open.toml").read_text("utf-8")
    lenient = parse_policy(with_value(text, "test.unknown", "pass"))
    sampled = [fact(FactKind.TEST, "unknown", hours)]
    known = [COURIER, fact(FactKind.OCCUPATION, "courier"), GREEN, *sampled]
    if before:
        known.append(fact(FactKind.TEST, "negative", before))
    assert decide(Passage(HOLDER, None, Closing.CONCLUSIVE), known, lenient, NOW).severity is severity


def test_a_gate_pass_that_nobody_verified_makes_nobody_known() -> None:
    shown = {trust: Credential(CodeKind.GATE_PASS, trust, CodeStatus.VALID) for trust in Trust}
    known = {
        trust
        for trust, credential in shown.items()
        if ReasonCode.PERSON_KNOWN
        in {one.code for one in decide(coming_with(credential), [], OPEN, NOW).reasons}
    }
    assert known == {Trust.VERIFIED}


def coming_with(credential: Credential) -> Passage:
    return Passage(Claim("key", 0.0, credential), None, Closing.PAIRED)


def test_a_curfew_of_which_only_the_end_was_filled_in_holds_nobody_up() -> None:
    text = (POLICIES / "open.toml").read_text("utf-8")
    half = parse_policy(with_value(with_value(text, "curfew.ends", "05:00"), "curfew.verdict", "stop"))
    codes = {one.code for one in decide(coming_with(TOKEN), [RESIDENT], half, NOW).reasons}
    assert ReasonCode.CURFEW not in codes


@pytest.mark.parametrize(("inside", "full"), [("180/180", True), ("?/180", False), ("/", False), ("", False)])
def test_a_number_of_people_inside_that_cannot_be_read_keeps_nobody_out(inside: str, full: bool) -> None:
    known = [COURIER, fact(FactKind.OCCUPANCY, inside)]
    codes = {one.code for one in decide(coming_with(TOKEN), known, OPEN, NOW).reasons}
    assert (ReasonCode.OCCUPANCY_FULL in codes) is full


def test_whoever_lives_here_comes_home_whenever_they_were_announced_for() -> None:
    tomorrow = fact(FactKind.EXPECTED, "yes", hours=-24)
    for known, held in (([RESIDENT], False), ([fact(FactKind.IDENTITY, "visitor")], True)):
        codes = {one.code for one in decide(coming_with(TOKEN), [*known, tomorrow], OPEN, NOW).reasons}
        assert (ReasonCode.EXPECTED_OTHER_TIME in codes) is held


@pytest.mark.parametrize(
    ("kind", "good", "bad", "reason"),
    [
        (FactKind.COLOUR, "green", "red", ReasonCode.COLOUR_RED),
        (FactKind.COLOUR, "yellow", "red", ReasonCode.COLOUR_RED),
        (FactKind.TEST, "negative", "positive", ReasonCode.TEST_POSITIVE),
        (FactKind.TRAVEL, "no", "yes", ReasonCode.TRAVEL_DECLARED),
        (FactKind.ISOLATION, "none", None, ReasonCode.ISOLATION_PENDING),
    ],
)
def test_good_news_from_the_future_hide_no_bad_news(
    kind: FactKind, good: str, bad: str | None, reason: ReasonCode
) -> None:
    known = fact(kind, bad) if bad else fact(FactKind.ISOLATION_PENDING, "close_contact")
    for hours, held in ((-20.0, True), (-0.1, False)):
        facts = [RESIDENT, known, fact(kind, good, hours=hours)]
        codes = {one.code for one in decide(coming_with(TOKEN), facts, OPEN, NOW).reasons}
        assert (reason in codes) is held


@pytest.mark.parametrize("red", [None, 30.0, 5.0])
def test_who_is_yellow_by_a_clock_that_was_ahead_is_not_green_for_having_been_red_before(
    red: float | None,
) -> None:
    """Whether the yellow came before the green or since nobody knows: a red of yesterday made it a pass."""
    was_red = [fact(FactKind.COLOUR, "red", hours=red)] if red else []
    told = [fact(FactKind.COLOUR, "green", hours=1.0), fact(FactKind.COLOUR, "yellow", hours=-20.0)]
    codes = {one.code for one in decide(coming_with(TOKEN), [RESIDENT, *was_red, *told], OPEN, NOW).reasons}
    assert ReasonCode.COLOUR_YELLOW in codes


def test_a_gate_whose_clock_is_behind_holds_nobody_whose_red_was_lifted_minutes_later() -> None:
    """Red by the code, green by the person: all that the center says is from the future there."""
    for lifted, held in ((-8.1, False), (-7.9, True), (-12.0, True)):
        facts = [
            RESIDENT,
            fact(FactKind.COLOUR, "red", hours=30.0),  # before that, by the code as well
            fact(FactKind.COLOUR, "red", hours=-8.0),
            fact(FactKind.COLOUR, "green", hours=lifted),
        ]
        codes = {one.code for one in decide(coming_with(TOKEN), facts, OPEN, NOW).reasons}
        assert (ReasonCode.COLOUR_RED in codes) is held


def test_who_is_announced_is_announced_for_coming_in() -> None:
    for way, known in ((Direction.IN, True), (Direction.OUT, False)):
        passage = replace(coming_with(TOKEN), direction=way)
        codes = {one.code for one in decide(passage, [fact(FactKind.EXPECTED, "yes")], OPEN, NOW).reasons}
        assert (ReasonCode.PERSON_UNKNOWN not in codes) is known
