"""From when on a value is high: the site's limit, or the baseline's, and never above the regulatory line."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.core.baseline import BaselineRule
from station.core.model import Site
from station.core.policy import PolicyError, parse_policy
from station.core.recheck import RecheckRule
from station.core.temperature import CLINICAL, by_hand, clinical

TEXT = (Path(__file__).parents[2] / "assets/policies/open.toml").read_text("utf-8")
OPEN = parse_policy(TEXT)
BARE = re.sub(r"\[temperature\.(baseline|recheck)\][^\[]*", "", TEXT)


def test_without_a_baseline_the_sites_limit_holds() -> None:
    assert OPEN.limit_c(Site.FOREHEAD) == 36.8
    assert OPEN.limit_c(Site.BODY) == 37.3


def test_baseline_of_a_cold_morning_lowers_the_limit() -> None:
    assert OPEN.limit_c(Site.FOREHEAD, 35.9) == 35.9
    assert OPEN.is_high(replace(by_hand(36.2, Site.FOREHEAD, 0.0), limit_c=35.9))


def test_baseline_of_a_hot_noon_raises_it_to_the_regulatory_line_at_most() -> None:
    assert OPEN.limit_c(Site.FOREHEAD, 37.1) == 37.1
    assert OPEN.limit_c(Site.FOREHEAD, 38.0) == 37.3


@given(st.sampled_from(Site), st.floats(30, 45))
def test_from_the_regulatory_line_on_everybody_is_high_but_for_the_ear(site: Site, usual: float) -> None:
    line = 37.6 if site is Site.EAR else 37.3
    assert OPEN.is_high(replace(by_hand(line, site, 0.0), limit_c=OPEN.limit_c(site, usual)))


def test_clinical_thermometer_is_told_apart_from_a_gun() -> None:
    typed = clinical(37.4, 1.0)
    assert (typed.instrument, typed.site, typed.raw_c, typed.value_c) == (CLINICAL, Site.BODY, 37.4, 37.4)
    assert typed.instrument != by_hand(37.4, Site.BODY, 1.0).instrument


def test_policy_may_go_without_baseline_and_recheck() -> None:
    rule = parse_policy(BARE).temperature
    assert (rule.baseline, rule.recheck) == (None, None)


def test_policy_may_name_baseline_and_recheck() -> None:
    text = BARE + "\n[temperature.baseline]\nallowed_c = 1.0\n\n[temperature.recheck]\nwait_minutes = 4\n"
    rule = parse_policy(text).temperature
    assert (rule.baseline, rule.recheck) == (BaselineRule(allowed_c=1.0), RecheckRule(wait_minutes=4.0))


@pytest.mark.parametrize(
    "wrong",
    [
        "allowed_c = 0",
        "allowed_c = 10.5",
        "needed = 2",
        "readings = 2",
        "max_age_minutes = -1",
        "allow = 1.0",
    ],
)
def test_baseline_that_would_make_no_sense_is_refused(wrong: str) -> None:
    with pytest.raises(PolicyError, match=wrong.split()[0]):
        parse_policy(f"{BARE}\n[temperature.baseline]\n{wrong}\n")


def test_the_strictest_baseline_that_makes_sense_is_taken() -> None:
    least = BaselineRule(allowed_c=0.5, readings=3, needed=3)
    text = f"{BARE}\n[temperature.baseline]\nallowed_c = 0.5\nreadings = 3\nneeded = 3\n"
    assert parse_policy(text).temperature.baseline == least


@pytest.mark.parametrize("wrong", ["wait_minutes = -1", "highs = 1", "normals = 0", "wait = 4"])
def test_recheck_that_would_make_no_sense_is_refused(wrong: str) -> None:
    with pytest.raises(PolicyError, match=wrong.split()[0]):
        parse_policy(f"{BARE}\n[temperature.recheck]\n{wrong}\n")
