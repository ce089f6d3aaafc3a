"""A reading on its way to a decision: calibration, surroundings, limit; and what it teaches the baseline."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.core.baseline import BaselineRule
from station.core.calibration import RULE_OFFSET, Calibration
from station.core.judgement import Judgement
from station.core.measurability import parse_limits
from station.core.model import Instrument, Obstacle, Reading, Sample, Site, Temperature
from station.core.policy import Policy, parse_policy
from station.core.temperature import RULE_RAW

ASSETS = Path(__file__).parents[2] / "assets"
LIMITS = parse_limits((ASSETS / "thermometers/limits.toml").read_text("utf-8"))
SHIPPED = parse_policy((ASSETS / "policies/open.toml").read_text("utf-8"))
MODULE = Instrument("module", "lu90614")
NOW = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)


def policy(baseline: BaselineRule | None) -> Policy:
    return msgspec.structs.replace(
        SHIPPED, temperature=msgspec.structs.replace(SHIPPED.temperature, baseline=baseline)
    )


ROLLING = policy(BaselineRule())


@pytest.fixture
def judgement() -> Judgement:
    return Judgement(ROLLING, LIMITS)


def forehead(value_c: float, ambient_c: float | None = 22.0) -> Temperature:
    return Temperature(value_c, value_c, Site.FOREHEAD, ambient_c, MODULE, RULE_RAW, (value_c,), 1.0)


def staff(*values: float) -> list[Temperature]:
    return [forehead(value) for value in values]


def test_before_staff_were_measured_the_sites_limit_holds(judgement: Judgement) -> None:
    judged = judgement.judge(forehead(36.2), NOW)
    assert (judged.limit_c, ROLLING.is_high(judged), judged.obstacle) == (36.8, False, None)
    assert judgement.wants_staff(MODULE, Site.FOREHEAD, NOW)


def test_after_that_whoever_lies_clearly_above_them_is_high(judgement: Judgement) -> None:
    judgement.staff_measured(staff(35.3, 35.5, 35.7), NOW)
    assert not judgement.wants_staff(MODULE, Site.FOREHEAD, NOW)
    assert ROLLING.is_high(judgement.judge(forehead(36.4), NOW))
    assert not ROLLING.is_high(judgement.judge(forehead(36.2), NOW))


def test_people_move_the_limit_as_the_morning_warms_up(judgement: Judgement) -> None:
    judgement.staff_measured(staff(35.3, 35.5, 35.7), NOW)
    limits = [judgement.judge(forehead(35.5 + step / 10), NOW).limit_c or 0.0 for step in range(8)]
    assert limits[-1] > limits[0] + 0.2


def test_another_instrument_has_its_own_baseline(judgement: Judgement) -> None:
    judgement.staff_measured(staff(35.3, 35.5, 35.7), NOW)
    assert judgement.wants_staff(Instrument("other", "idc-50"), Site.FOREHEAD, NOW)


def test_policy_without_a_baseline_never_asks_for_staff() -> None:
    judgement = Judgement(policy(None), LIMITS)
    judgement.staff_measured(staff(35.3, 35.5, 35.7), NOW)
    assert judgement.baselines == ()
    assert not judgement.wants_staff(MODULE, Site.FOREHEAD, NOW)


def test_cold_forehead_is_nothing_and_teaches_nothing(judgement: Judgement) -> None:
    judgement.staff_measured(staff(36.0, 36.2, 36.4), NOW)
    before = judgement.baselines
    assert judgement.judge(forehead(33.0), NOW).obstacle is Obstacle.COLD_SKIN
    assert judgement.baselines == before


def test_fever_in_the_cold_is_high_by_the_fixed_limit(judgement: Judgement) -> None:
    judgement.staff_measured(staff(36.0, 36.2, 36.4), NOW)
    judged = judgement.judge(forehead(37.6, ambient_c=3.0), NOW)
    assert ROLLING.is_high(judged)
    assert (judged.obstacle, judged.limit_c) == (Obstacle.AMBIENT_TOO_COLD, 36.8)


def test_staff_who_came_in_from_the_frost_do_not_define_normal(judgement: Judgement) -> None:
    judgement.staff_measured([forehead(33.0), forehead(33.2), forehead(36.2)], NOW)
    assert judgement.wants_staff(MODULE, Site.FOREHEAD, NOW)


def test_calibration_derives_the_value_and_keeps_the_raw_one() -> None:
    known = Calibration(MODULE, Site.FOREHEAD, 37.0, 36.6, "operator-1", NOW)
    judged = Judgement(ROLLING, LIMITS, known=(known,)).judge(forehead(36.5), NOW)
    assert (judged.raw_c, judged.value_c, ROLLING.is_high(judged)) == (36.5, 36.9, True)
    assert judged.rule.startswith(RULE_OFFSET)


def test_new_calibration_begins_a_new_baseline(judgement: Judgement) -> None:
    judgement.staff_measured(staff(36.0, 36.2, 36.4), NOW)
    judgement.calibrated(Calibration(MODULE, Site.FOREHEAD, 37.0, 36.6, "operator-1", NOW))
    assert judgement.wants_staff(MODULE, Site.FOREHEAD, NOW)
    assert judgement.judge(forehead(36.0), NOW).value_c == 36.4


def test_gate_that_was_closed_to_be_calibrated_does_not_judge_by_what_was_usual_before(
    judgement: Judgement,
) -> None:
    judgement.staff_measured(staff(36.8, 37.0, 37.2), NOW)  # it showed 0.9 too much
    compared = Calibration(MODULE, Site.FOREHEAD, 36.1, 37.0, "1001", NOW + timedelta(minutes=5))
    opened, later = NOW + timedelta(minutes=10), NOW + timedelta(minutes=15)
    restarted = Judgement(ROLLING, LIMITS, known=(compared,), baselines=judgement.baselines)
    assert restarted.wants_staff(MODULE, Site.FOREHEAD, opened)
    assert ROLLING.is_high(restarted.judge(forehead(37.8), opened)), "36.9 by the calibration"
    restarted.staff_measured(staff(36.8, 37.0, 37.2), opened)
    once_more = Judgement(ROLLING, LIMITS, known=(compared,), baselines=restarted.baselines)
    assert not once_more.wants_staff(MODULE, Site.FOREHEAD, later)
    assert once_more.judge(forehead(36.9), later).limit_c == pytest.approx(36.9)


def test_instrument_that_warms_up_measures_nobody(judgement: Judgement) -> None:
    for second in range(0, 120, 5):
        own = 18.0 + second / 60
        judgement.sample(Sample(Reading(20.0, Site.FOREHEAD, own), float(second), MODULE))
    assert judgement.judge(forehead(36.2), NOW).obstacle is Obstacle.NOT_SETTLED


def test_restart_does_not_need_staff_again(judgement: Judgement) -> None:
    judgement.staff_measured(staff(36.0, 36.2, 36.4), NOW)
    restarted = Judgement(ROLLING, LIMITS, baselines=judgement.baselines)
    assert not restarted.wants_staff(MODULE, Site.FOREHEAD, NOW + timedelta(minutes=10))


@given(
    st.lists(st.tuples(st.floats(28, 44), st.floats(-10, 45), st.floats(0, 600)), max_size=60),
    st.booleans(),
    st.floats(37.3, 44),
)
def test_from_the_regulatory_line_on_everybody_is_high_whoever_came_before(
    crowd: list[tuple[float, float, float]], staffed: bool, fever: float
) -> None:
    judgement, now = Judgement(ROLLING, LIMITS), NOW
    if staffed:
        judgement.staff_measured(staff(36.0, 36.2, 36.4), now)
    for value_c, ambient_c, seconds in crowd:
        now += timedelta(seconds=seconds)
        judged = judgement.judge(forehead(round(value_c, 2), round(ambient_c, 1)), now)
        assert judged.value_c == judged.raw_c
        assert (judged.limit_c or 99.9) <= 37.3
    assert ROLLING.is_high(judgement.judge(forehead(fever, ambient_c=None), now))
    assert all(len(baseline.noted) <= 10 for baseline in judgement.baselines)
