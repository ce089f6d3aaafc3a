"""Corrections are on record, named, and never draw a reading toward normal unseen."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.crowd import LIARS
from station.core.calibration import (
    LARGEST_C,
    RULE_OFFSET,
    RULES,
    Calibration,
    CalibrationError,
    Rule,
    decode,
    encode,
    offset,
)
from station.core.model import Instrument, Site, Temperature
from station.core.temperature import RULE_RAW

MODULE = Instrument("module", "gy-mcu90614")
NORMAL_C = 36.5
DAY = datetime(2026, 11, 20, 6, 30, tzinfo=UTC)

celsius = st.floats(28, 45).map(lambda value: round(value, 2))
offsets = st.floats(-LARGEST_C, LARGEST_C).map(lambda value: round(value, 2))


def temperature(raw_c: float, site: Site = Site.OBJECT, instrument: Instrument = MODULE) -> Temperature:
    return Temperature(raw_c, raw_c, site, 22.0, instrument, RULE_RAW, (raw_c,), 1.0)


def calibration(offset_c: float = 0.3, site: Site = Site.OBJECT) -> Calibration:
    return Calibration(MODULE, site, 37.0, 37.0 - offset_c, "operator-1", DAY)


def broken_promises(
    rule: Rule, warm: Temperature, warmer: Temperature, known: Calibration | None
) -> list[str]:
    """What a rule must never do: touch the raw value, change unnamed, draw two readings together."""
    one, other = rule(warm, known), rule(warmer, known)
    broken = []
    if (one.raw_c, one.samples) != (warm.raw_c, warm.samples):
        broken.append("raw changed")
    if one.value_c != one.raw_c and one.rule.startswith(RULE_RAW):
        broken.append("changed without a name")
    if (
        abs(one.value_c - NORMAL_C) < abs(one.raw_c - NORMAL_C)
        and f"{one.value_c - one.raw_c:+.2f}" not in one.rule
    ):
        broken.append("toward normal without saying by how much")
    if abs((other.value_c - one.value_c) - (warmer.raw_c - warm.raw_c)) > 0.011:
        broken.append("drawn together")
    return broken


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@given(warm=celsius, warmer=celsius, offset_c=st.none() | offsets)
def test_no_rule_draws_toward_normal_unseen(
    rule: Rule, warm: float, warmer: float, offset_c: float | None
) -> None:
    known = None if offset_c is None else calibration(offset_c)
    assert not broken_promises(rule, temperature(warm), temperature(warmer), known)


@pytest.mark.parametrize("lie", LIARS.values(), ids=LIARS)
def test_rules_of_a_lying_device_would_be_seen(lie: object) -> None:
    assert callable(lie)

    def lying(temperature: Temperature, calibration: Calibration | None) -> Temperature:
        value = lie(temperature.raw_c, random.Random(1))
        return Temperature(
            temperature.raw_c, value, Site.OBJECT, 22.0, MODULE, RULE_RAW, temperature.samples, 1.0
        )

    broken = [
        broken_promises(lying, temperature(tenth / 10), temperature(38.5), None) for tenth in range(340, 375)
    ]
    assert any("drawn together" in one for one in broken)
    assert any("changed without a name" in one for one in broken)


def test_offset_is_named_with_amount_and_day_beside_the_raw_value() -> None:
    derived = offset(temperature(36.1), calibration(0.3))
    assert (derived.raw_c, derived.value_c) == (36.1, 36.4)
    assert derived.rule == f"{RULE_OFFSET} +0.30 2026-11-20"


def test_without_a_calibration_the_instrument_has_its_own_word() -> None:
    derived = offset(temperature(36.1), None)
    assert (derived.value_c, derived.rule) == (36.1, RULE_RAW)


@pytest.mark.parametrize(
    "other", [temperature(36.1, Site.WRIST), temperature(36.1, instrument=Instrument("gun", "by-hand"))]
)
def test_calibration_of_another_site_or_instrument_does_not_count(other: Temperature) -> None:
    assert offset(other, calibration(0.3)).rule == RULE_RAW


def test_correcting_twice_corrects_once() -> None:
    once = offset(temperature(36.1), calibration(0.3))
    assert offset(once, calibration(0.3)) == once


def test_instrument_that_is_far_off_is_broken_and_not_corrected() -> None:
    with pytest.raises(CalibrationError, match="repair or replace"):
        calibration(1.4)


@pytest.mark.parametrize("reference_c", [22.0, 370.0, float("nan")])
def test_reference_that_is_no_body_is_refused(reference_c: float) -> None:
    with pytest.raises(CalibrationError, match="reference"):
        Calibration(MODULE, Site.OBJECT, reference_c, reference_c, "operator-1", DAY)


def test_it_survives_a_restart() -> None:
    assert decode(encode(calibration())) == calibration()


@pytest.mark.parametrize(
    "record",
    [b"", b"{}", encode(calibration()).replace(b"36.7", b"31.0"), encode(calibration()).replace(b"Z", b"")],
)
def test_damaged_record_is_refused(record: bytes) -> None:
    with pytest.raises(CalibrationError):
        decode(record)
