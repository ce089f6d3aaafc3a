"""Policies are data: the shipped ones are sound, exceptions are laid over them, a wrong one is named."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from station.core.model import Direction
from station.core.policy import Policy, PolicyError, parse_policy
from station.core.policy_errors import Problem
from station.core.rules import CATEGORIES, OCCUPATIONS, Grade, severity
from station.roster import words

POLICIES = Path(__file__).parents[2] / "assets" / "policies"
PATHS = sorted(POLICIES.glob("*.toml"))
SHIPPED = {path.stem: parse_policy(path.read_text(encoding="utf-8")) for path in PATHS}
OPEN = (POLICIES / "open.toml").read_text(encoding="utf-8")
IN, OUT = Direction.IN, Direction.OUT


def with_tables(text: str) -> Policy:
    return parse_policy(f"{OPEN}\n{text}\n")


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_policy_is_sound_and_named_like_its_file(name: str) -> None:
    policy = SHIPPED[name]
    assert policy.label == f"{name}/{policy.version}"
    assert policy.temperature.limit_c["body"] == 37.3
    assert policy.temperature == SHIPPED["open"].temperature, "a body is as warm in every zone"


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_line_of_a_shipped_policy_can_be_read_on_paper(path: Path) -> None:
    assert [line for line in path.read_text("utf-8").splitlines() if len(line) > 130] == []


def test_each_of_the_five_colours_of_a_place_has_one_policy() -> None:
    assert Counter(grade for policy in SHIPPED.values() for grade in policy.grades) == dict.fromkeys(
        get_args(Grade), 1
    )


def test_zones_are_ordered_from_mild_to_strict() -> None:
    zones = [SHIPPED[name] for name in ("open", "precaution", "controlled", "sealed")]
    for verdict in ("yellow", "red"):
        verdicts = [severity(getattr(zone.colour, verdict)) for zone in zones]
        assert verdicts == sorted(verdicts)
    assert [zone.freshness.max_age_minutes for zone in zones] == [60, 30, 10, 10]


def test_exceptions_are_laid_over_the_base_the_closer_over_the_wider() -> None:
    policy = with_tables(
        """
        [out.colour]
        required = true
        yellow = "stop"
        [category.worker.colour]
        yellow = "pass"
        [category.worker.in.colour]
        red = "recheck"
        """
    )
    told = {
        (who, way.value): (rules.colour.required, rules.colour.yellow, rules.colour.red)
        for who in ("", "worker", "nobody's word")
        for way in Direction
        for rules in [policy.rules_for(who, way)]
    }
    assert told == {
        ("", "in"): (False, "recheck", "stop"),
        ("", "out"): (True, "stop", "stop"),
        ("worker", "in"): (False, "pass", "recheck"),
        ("worker", "out"): (True, "pass", "stop"),
        ("nobody's word", "in"): (False, "recheck", "stop"),
        ("nobody's word", "out"): (True, "stop", "stop"),
    }


def test_a_policy_of_before_these_sections_still_holds_and_waves_no_isolation_through() -> None:
    old = parse_policy(OPEN.split("\n[isolation]")[0] + "\n[code]" + OPEN.split("\n[code]")[1])
    assert (old.isolation.isolation, old.block.entering, old.test.positive) == ("stop", "stop", "stop")
    assert (old.travel.asked, old.outing.limited, old.test.everyone_hours) == (False, False, 0)


def test_the_text_and_not_only_the_version_tells_policies_apart() -> None:
    changed = parse_policy(OPEN.replace('vouched = "pass"', 'vouched = "stop"'))
    assert changed.label == SHIPPED["open"].label
    assert changed.digest != SHIPPED["open"].digest


@pytest.mark.parametrize(
    ("wrong", "problem", "field"),
    [
        (OPEN.replace("version = 3", 'version = "one"'), Problem.WRONG_KIND, "version"),
        (OPEN.replace('revoked = "stop"', 'revoked = "halt"'), Problem.NOT_A_CHOICE, "code.revoked"),
        (OPEN.replace('revoked = "stop"\n', ""), Problem.MISSING, "code.revoked"),
        (OPEN.replace("body = 37.3", "bodi = 37.3"), Problem.MISSING, "temperature.limit_c.body"),
        (OPEN.replace("body = 37.3", "body = 373"), Problem.OUT_OF_RANGE, "temperature.limit_c"),
        (
            OPEN.replace("\nforehead = 36.8", "\nforhead = 36.8"),
            Problem.UNKNOWN,
            "temperature.limit_c.forhead",
        ),
        (OPEN.replace("\nwrist = 30.0", "\nwirst = 30.0"), Problem.UNKNOWN, "temperature.lowest_c.wirst"),
        (OPEN.replace("body = 37.3", "body = 47.3"), Problem.OUT_OF_RANGE, "temperature.limit_c.body"),
        (
            OPEN.replace("highest_c = 43.0", "highest_c = 37.4"),
            Problem.OUT_OF_RANGE,
            "temperature.limit_c.ear",
        ),
        (OPEN.replace("\near = 35.0", "\near = 38.0"), Problem.OUT_OF_RANGE, "temperature.limit_c.ear"),
        (
            OPEN + "\n[out.temperature.limit_c]\nneck = 47",
            Problem.OUT_OF_RANGE,
            "out.temperature.limit_c.neck",
        ),
        (
            OPEN + "\n[category.courier.temperature.limit_c]\nnekc = 36",
            Problem.UNKNOWN,
            "category.courier.temperature.limit_c.nekc",
        ),
        (OPEN.replace('begins = ""', 'begins = "25:00"'), Problem.WRONG_FORM, "curfew.begins"),
        (OPEN.replace('begins = ""', 'begins = "23:00"'), Problem.MISSING, "curfew.ends"),
        (OPEN + '\n[out.curfew]\nbegins = "23:00"', Problem.MISSING, "curfew.ends"),
        (OPEN.replace("warn_share = 0.9", "warn_share = 90"), Problem.OUT_OF_RANGE, "occupancy.warn_share"),
        (OPEN.replace('"green", "blue"', '"pink"'), Problem.NOT_A_CHOICE, "grades[0]"),
        ("surprise = 1\n" + OPEN, Problem.UNKNOWN, "surprise"),
        ("[", Problem.SYNTAX, ""),
        (OPEN + "\n[out.tests]\nasked = true", Problem.UNKNOWN, "out.tests"),
        (OPEN + "\n[out.colour]\nyelow = 1", Problem.UNKNOWN, "out.colour.yelow"),
        (OPEN + '\n[category.worker]\nname = "x"', Problem.UNKNOWN, "category.worker.name"),
        (OPEN + "\n[category.worker]\nin = 1", Problem.WRONG_KIND, "category.worker.in"),
        (OPEN + "\n[category.worker.test]\nasked = 3", Problem.WRONG_KIND, "category.worker.test.asked"),
        (
            OPEN + "\n[category.worker.in.test]\neveryone_hours = -1",
            Problem.OUT_OF_RANGE,
            "category.worker.in.test.everyone_hours",
        ),
        (OPEN + "\n[category.couriers.in.identity]\nknown = 'stop'", Problem.UNKNOWN, "category.couriers"),
        (OPEN + "\n[category.'快递'.test]\neveryone_hours = 24", Problem.UNKNOWN, "category.快递"),
        (OPEN + "\n[out.test.hours]\ncurier = 24", Problem.UNKNOWN, "out.test.hours.curier"),
        (OPEN.replace('"tenant"]', '"tennant"]'), Problem.UNKNOWN, "identity.at_home.tennant"),
        ("category = 1\n" + OPEN.partition("\n# --- sorts")[0], Problem.WRONG_KIND, "category"),
        ("in = []\n" + OPEN, Problem.WRONG_KIND, "in"),
        ("variants = {}\n" + OPEN, Problem.UNKNOWN, "variants"),
    ],
)
def test_wrong_policy_is_refused_and_the_field_is_named(wrong: str, problem: Problem, field: str) -> None:
    with pytest.raises(PolicyError) as raised:
        parse_policy(wrong)
    assert (raised.value.problem, raised.value.field) == (problem, field), raised.value


def test_the_rules_know_the_sorts_of_people_whom_a_list_may_hold() -> None:
    assert set(CATEGORIES) == set(words.CATEGORIES)
    assert set(OCCUPATIONS) == set(words.OCCUPATIONS)
