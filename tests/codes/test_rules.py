"""A visitor's genuine certificate meets the acceptance rules of the place, or not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from station.codes import hcert
from station.codes.rules import RulesError, RuleSet, parse_rules
from station.codes.trust import TrustStore
from station.core.model import CodeStatus, Credential, Trust
from tests.codes import issuing
from tests.codes.issuing import DCC, NOW, VACCINATION, hcert_claims, hcert_list, rule, rules

KEY = issuing.new_key()
DER = issuing.certificate(KEY)
YOUNGER_THAN_A_DAY = {
    "not-after": [
        {"plusTime": [{"var": "external.validationClock"}, 0, "day"]},
        {"plusTime": [{"var": "payload.t.0.sc"}, 24, "hour"]},
    ]
}
KNOWN_VACCINE = {"in": [{"var": "payload.v.0.mp"}, {"var": "external.valueSets.vaccines"}]}


def shown(rule_set: RuleSet, now: datetime = NOW, **entry: Any) -> Credential:
    """A vaccination certificate, with this in its entry."""
    dcc = {**DCC, "v": [{**VACCINATION, **entry}]}
    trust = TrustStore((hcert_list(DER),), rules=(rule_set,))
    return hcert.read(issuing.hcert(KEY, DER, hcert_claims(dcc)), trust, now)


def with_sample(rule_set: RuleSet, hours_ago: float) -> CodeStatus:
    sampled = (NOW - timedelta(hours=hours_ago)).isoformat()
    trust = TrustStore((hcert_list(DER),), rules=(rule_set,))
    claims = hcert_claims({"nam": DCC["nam"], "t": [{"sc": sampled}]})
    return hcert.read(issuing.hcert(KEY, DER, claims), trust, NOW).status


def test_two_doses_are_enough_where_two_are_asked_for() -> None:
    assert shown(rules(rule())).status is CodeStatus.VALID


def test_one_dose_is_not_and_the_rule_is_named() -> None:
    credential = shown(rules(rule()), dn=1)
    assert (credential.status, credential.trust) == (CodeStatus.WRONG_USE, Trust.VERIFIED)
    assert credential.reason == "rule VR-XX-0001 is not met: Two doses are needed."
    assert credential.subject == "Ana Ito"


def test_a_sample_counts_for_a_day_and_not_a_minute_longer() -> None:
    asked = rules(rule(YOUNGER_THAN_A_DAY, CertificateType="Test"))
    assert with_sample(asked, hours_ago=24) is CodeStatus.VALID
    assert with_sample(asked, hours_ago=24.1) is CodeStatus.WRONG_USE


def test_a_rule_for_tests_asks_nothing_of_the_vaccinated() -> None:
    assert shown(rules(rule(YOUNGER_THAN_A_DAY, CertificateType="Test"))).status is CodeStatus.VALID
    assert shown(rules(rule(CertificateType="General")), dn=1).status is CodeStatus.WRONG_USE


def test_value_sets_travel_with_the_rules() -> None:
    asked = rules(rule(KNOWN_VACCINE), vaccines=["EU/1/20/1528"])
    assert shown(asked, mp="EU/1/20/1528").status is CodeStatus.VALID
    assert shown(asked, mp="Tea").status is CodeStatus.WRONG_USE


@pytest.mark.parametrize("written", ["EU/1/20/1528 ", "\tEU/1/20/1528\r\n"])
def test_a_blank_behind_the_name_of_a_vaccine_turns_nobody_away(written: str) -> None:
    """So Greece issued them (SpecialCaseHandling.md of the EU's dcc-quality-assurance)."""
    asked = rules(rule(KNOWN_VACCINE), vaccines=["EU/1/20/1528"])
    assert shown(asked, mp=written).status is CodeStatus.VALID


def test_a_rule_counts_from_its_first_day_to_its_last() -> None:
    day = timedelta(days=1)
    asked = rules(rule(ValidFrom=(NOW - day).isoformat(), ValidTo=(NOW + day / 2).isoformat()))
    statuses = [shown(asked, NOW + shift, dn=1).status for shift in (-day / 2, day * 0, day / 2)]
    assert statuses == [CodeStatus.WRONG_USE, CodeStatus.WRONG_USE, CodeStatus.VALID]
    assert not asked.problem({"v": [{"dn": 1}]}, "XX", NOW - 2 * day)


def test_the_newest_version_of_a_rule_counts() -> None:
    """Ten comes after nine."""
    asked = rules(rule(Version="1.10.0"), rule({"===": [1, 2]}, Version="1.9.0"))
    assert shown(asked).status is CodeStatus.VALID


def test_an_invalidation_rule_concerns_its_own_country() -> None:
    assert shown(rules(rule(Type="Invalidation")), dn=1).status is CodeStatus.WRONG_USE
    assert shown(rules(rule(Type="Invalidation", Country="YY")), dn=1).status is CodeStatus.VALID


def test_a_rule_that_cannot_be_decided_is_left_open() -> None:
    credential = shown(rules(rule({"plusTime": [{"var": "payload.v.0.dt"}, 1, "day"]})))
    assert (credential.status, credential.trust) == (CodeStatus.CANNOT_CHECK, Trust.VERIFIED)
    assert credential.reason == "rule VR-XX-0001 cannot be decided: Two doses are needed."
    assert shown(rules(rule({"+": [{"var": "payload.v"}, 1]}))).status is CodeStatus.CANNOT_CHECK


def test_an_unmet_rule_weighs_more_than_one_left_open() -> None:
    asked = rules(rule({"+": [{"var": "payload.v"}, 1]}, Identifier="GR-XX-0001"), rule())
    assert shown(asked, dn=1).status is CodeStatus.WRONG_USE


@pytest.mark.parametrize(
    "odd", [{"b": b"\x00"}, {"t": {1: 2}}, {"n": float("nan")}, {"i": 2**70}, {"s": {(1,): 2}}]
)
def test_a_certificate_with_odd_content_is_judged_or_left_open(odd: dict[str, Any]) -> None:
    assert shown(rules(rule()), **odd).status in (CodeStatus.VALID, CodeStatus.CANNOT_CHECK)


def test_an_expired_certificate_is_expired_whatever_the_rules_say() -> None:
    assert shown(rules(rule()), NOW + timedelta(days=9), dn=1).status is CodeStatus.EXPIRED


def test_rules_come_as_a_plain_array_too() -> None:
    assert parse_rules(json.dumps([rule()]), as_of=NOW).rules == rules(rule()).rules


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"Logic": {"unknown": [1]}}, "rule VR-XX-0001: not a CertLogic expression"),
        ({"Version": "one"}, "rule VR-XX-0001"),
        ({"ValidTo": "2030-06-01T00:00:00"}, "ValidTo"),
        ({"CertificateType": "Haircut"}, "CertificateType"),
        ({"Engine": "REGO"}, "Engine"),
    ],
)
def test_a_wrong_rule_is_refused_and_named(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(RulesError, match=words):
        rules(rule(), rule(**changes))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"rules": []}', "[1]", '"rules"', "\ud800", "[" * 9_999])
def test_no_rules_are_made_of_another_text(text: str) -> None:
    with pytest.raises(RulesError):
        parse_rules(text, as_of=NOW)


def test_without_rules_every_genuine_certificate_is_valid() -> None:
    assert shown(replace(rules(rule()), rules=()), dn=1).status is CodeStatus.VALID
