"""What is said of a verdict: to the volunteer, to the resident, and how old the fact behind it is."""

from __future__ import annotations

import re
from datetime import UTC, timedelta

import pytest
from PySide6.QtWidgets import QApplication

from station.core.decision import decide
from station.core.entry import FactPart, to_ms
from station.core.explain import Unexplained
from station.core.facts import Fact, FactKind
from station.core.override import OverrideProblem, OverrideReason
from station.core.policy import PolicyError, parse_policy
from station.core.policy_form import fields
from station.core.reasons import ReasonCode, Severity
from station.ui import ages, face, override_words, policy_words, words
from tests.core.rulebook import BOOK, POLICIES, situations
from tests.ui import scenes
from tests.ui.scenes import NOW

TEXT = (POLICIES / "open.toml").read_text("utf-8")
WHOM_TO_CALL = re.compile("电话|社区|120")
# Nobody may be left outside with nobody to call:
LOCKED_OUT = {
    ReasonCode.PERSON_UNKNOWN,
    ReasonCode.PERSON_EXPIRED,
    ReasonCode.BLOCKED,
    ReasonCode.RIGHT_MISSING,
    ReasonCode.RIGHT_EXPIRED,
    ReasonCode.ISOLATION_OVER,
    ReasonCode.CURFEW,
}
STOPPING = {
    reason.code
    for one in situations(BOOK.read_text("utf-8"))
    for reason in decide(one.passage, one.facts, one.policy, one.now).reasons
    if reason.severity is Severity.STOP
}


def part(kind: FactKind, value: str, hours: float, until_hours: float | None = None) -> FactPart:
    now = NOW.astimezone(UTC)
    until = None if until_hours is None else to_ms(now + timedelta(hours=until_hours))
    return FactPart(kind.value, value, to_ms(now - timedelta(hours=hours)), "list", until)


@pytest.mark.parametrize("code", sorted(STOPPING | LOCKED_OUT))
def test_whoever_is_stopped_or_locked_out_has_somebody_to_call(
    application: QApplication, code: ReasonCode
) -> None:
    assert WHOM_TO_CALL.search(words.reason(code).step)


@pytest.mark.parametrize("code", ReasonCode)
def test_the_resident_is_spoken_to_kindly(application: QApplication, code: ReasonCode) -> None:
    said = words.reason(code).resident
    assert len(said) <= 22, "longer than one breath"
    assert not re.search("你|禁止|不准|违", said)


@pytest.mark.parametrize(
    ("code", "fact", "said"),
    [
        (ReasonCode.TEST_NEGATIVE, part(FactKind.TEST, "negative", 20), "昨天 14:24 采样"),
        (ReasonCode.TEST_STALE, part(FactKind.TEST, "negative_reported", 2), "今早 8:24 出报告"),
        (ReasonCode.TEST_STALE, part(FactKind.TEST, "negative", 72), "4 月 13 日 采样"),
        (ReasonCode.OUTING_USED_UP, part(FactKind.OUTING, "1", 20), "昨天 14:24"),
        (ReasonCode.OUTING_OVERSTAYED, part(FactKind.INSIDE, "out", 4), "今早 6:24"),
        (ReasonCode.TEMPERATURE_MEASURED_BEFORE, part(FactKind.MEASURED, "normal", 1), "今早 9:24"),
        (ReasonCode.PERSON_EXPIRED, part(FactKind.IDENTITY, "tenant", 9000, -20), "昨天 14:24"),
        (ReasonCode.ISOLATED_LEAVING, part(FactKind.ISOLATION, "isolation", 48, 120), "到 4 月 21 日"),
        (ReasonCode.ISOLATED_LEAVING, part(FactKind.ISOLATION, "isolation", 48), None),
        (ReasonCode.OCCUPANCY_NEARLY_FULL, part(FactKind.OCCUPANCY, "170/180", 0), "170/180 人"),
        (ReasonCode.PERSON_KNOWN, part(FactKind.IDENTITY, "resident", 9000), None),
        (ReasonCode.TEST_MISSING, part(FactKind.COLOUR, "green", 1), None),
    ],
)
def test_the_age_of_a_fact_is_said_where_it_matters(
    application: QApplication, code: ReasonCode, fact: FactPart, said: str | None
) -> None:
    assert ages.of_reason(code, [fact], NOW) == said


def test_an_old_test_is_shown_with_its_sampling(application: QApplication) -> None:
    at = (NOW - timedelta(hours=73)).astimezone(UTC)
    shown = face.verdict(
        scenes.recorded(
            (Severity.RECHECK, ReasonCode.TEST_STALE), facts=(Fact(FactKind.TEST, "negative", at, "center"),)
        ),
        at=0.0,
        now=NOW,
    )
    assert shown.reason == "核酸太久了 · 4 月 13 日 采样"
    assert shown.resident == words.reason(ReasonCode.TEST_STALE).resident


def test_a_drill_is_seen_at_every_pass(application: QApplication) -> None:
    shown = face.verdict(
        scenes.recorded(
            (Severity.PASS, ReasonCode.PERSON_KNOWN), (Severity.PASS, ReasonCode.CODE_SYSTEM_DOWN)
        ),
        at=0.0,
        now=NOW,
    )
    assert shown.reason.startswith("健康码系统停了")


def test_every_field_of_the_policy_form_has_words(language: str) -> None:
    for field in fields():
        assert policy_words.section(field.section)
        assert policy_words.label(field) != field.path, field.path
        assert isinstance(policy_words.unit(field), str)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            TEXT.replace("body = 37.3", 'body = "warm"'),
            "「体温 · 偏高的线」填得不对，看看是不是数字和文字弄混了",
        ),
        (TEXT.replace('revoked = "stop"', 'revoked = "no"'), "「读码结果 · 作废」只能选通行、复核、禁止"),
        (TEXT.replace('begins = ""', 'begins = "11 pm"'), "「夜间 · 几点开始」请写成 23:00 这样"),
        (
            TEXT + "\n[category.worker.in.test]\neveryone_hours = -1\n",
            "「核酸 · 人人要几小时内的（0 是不要）」的数太大或太小",
        ),
        (TEXT.replace("version = 3\n", ""), "规则里缺了「version」"),
        (TEXT + "\n[colours]\n", "规则里没有「colours」这一项"),
    ],
)
def test_a_wrong_policy_is_told_in_words_of_the_form(
    application: QApplication, wrong: str, said: str
) -> None:
    with pytest.raises(PolicyError) as raised:
        parse_policy(wrong)
    assert policy_words.problem(raised.value) == said


def test_a_policy_that_is_no_toml_says_where(application: QApplication) -> None:
    with pytest.raises(PolicyError) as raised:
        parse_policy("[colour\n")
    assert "line 1" in policy_words.problem(raised.value)


def test_overrides_and_explanations_have_words(language: str) -> None:
    assert all(override_words.reason(which) for which in OverrideReason)
    assert all(override_words.problem(which) for which in OverrideProblem)
    assert all(override_words.unexplained(why) for why in Unexplained)


def test_categories_of_the_admins_own_are_written_as_they_are(application: QApplication) -> None:
    assert policy_words.category("courier") == "快递外卖"
    assert policy_words.category("送水工") == "送水工"
