"""Readings that are none: what stood in the way, and what the volunteer hears."""

from __future__ import annotations

from pathlib import Path

import pytest

from station.core.measurability import (
    ADVICE,
    Advice,
    AmbientTrend,
    LimitsError,
    obstacle,
    parse_limits,
)
from station.core.model import Instrument, Obstacle, Reading, Sample, Site, Temperature
from station.core.temperature import RULE_RAW
from station.devices.thermometers import FAMILIES

TEXT = (Path(__file__).parents[2] / "assets/thermometers/limits.toml").read_text("utf-8")
TABLE = parse_limits(TEXT)
MODULE = Instrument("module", "lu90614")
LOWEST = {Site.OBJECT: 34.5, Site.FOREHEAD: 34.5, Site.NECK: 34.5, Site.WRIST: 30.0, Site.BODY: 35.0}


def seen(
    value_c: float,
    ambient_c: float | None = 22.0,
    site: Site = Site.FOREHEAD,
    *,
    family: str = "lu90614",
    ambient_c_per_minute: float | None = None,
    distance_cm: float | None = None,
) -> Obstacle | None:
    temperature = Temperature(value_c, value_c, site, ambient_c, MODULE, RULE_RAW, (value_c,), 1.0)
    return obstacle(
        temperature,
        TABLE.of(family),
        lowest_c=LOWEST[site],
        ambient_c_per_minute=ambient_c_per_minute,
        distance_cm=distance_cm,
    )


def test_forehead_at_room_temperature_is_measured() -> None:
    assert seen(36.2) is None
    assert seen(38.4) is None


def test_in_from_the_frost_goes_to_the_wrist_or_indoors() -> None:
    assert seen(33.1) is Obstacle.COLD_SKIN
    assert ADVICE[Obstacle.COLD_SKIN] is Advice.WRIST_OR_NECK


def test_wall_behind_is_nobody() -> None:
    assert seen(23.0) is Obstacle.NOBODY


def test_half_a_face_and_half_a_wall_is_too_far() -> None:
    assert seen(31.5, ambient_c=28.0) is Obstacle.TOO_FAR


def test_person_beyond_the_instruments_reach_is_too_far_whatever_it_shows() -> None:
    assert seen(36.2, distance_cm=51) is Obstacle.TOO_FAR
    assert seen(36.2, distance_cm=16, family="gy-mcu90614") is Obstacle.TOO_FAR
    assert seen(36.2, distance_cm=14, family="gy-mcu90614") is None


@pytest.mark.parametrize(
    ("ambient_c", "expected"),
    [(15.9, Obstacle.AMBIENT_TOO_COLD), (16, None), (35, None), (35.1, Obstacle.AMBIENT_TOO_HOT)],
)
def test_outside_its_surroundings_an_instrument_measures_nobody(
    ambient_c: float, expected: Obstacle | None
) -> None:
    assert seen(36.4, ambient_c) is expected


@pytest.mark.parametrize("site", [Site.WRIST, Site.NECK])
def test_in_the_cold_the_wrist_and_the_neck_count(site: Site) -> None:
    assert seen(35.0, 8.0, site) is None
    assert seen(36.4, 36.0, site) is Obstacle.AMBIENT_TOO_HOT


def test_instrument_out_of_a_warm_car_has_to_settle() -> None:
    assert seen(36.4, ambient_c_per_minute=-0.8) is Obstacle.NOT_SETTLED
    assert seen(36.4, ambient_c_per_minute=0.3) is None


def test_typed_value_without_an_ambient_is_judged_by_itself() -> None:
    assert seen(36.5, None, Site.BODY) is None
    assert seen(34.0, None, Site.BODY) is Obstacle.COLD_SKIN


def test_every_obstacle_says_what_to_do() -> None:
    assert set(ADVICE) == set(Obstacle)


# --- the instrument's own temperature ---------------------------------------------------------


def trend(seconds: float, c_per_minute: float, start: float = 0.0, ambient: bool = True) -> AmbientTrend:
    trend = AmbientTrend()
    feed(trend, seconds, c_per_minute, start, ambient)
    return trend


def feed(
    trend: AmbientTrend, seconds: float, c_per_minute: float, start: float = 0.0, ambient: bool = True
) -> None:
    for number in range(round(seconds * 14)):
        at = start + number / 14
        own = 20.0 + c_per_minute * at / 60 if ambient else None
        trend.feed(Sample(Reading(30.0, Site.OBJECT, own), at, MODULE))


def test_warming_is_told_after_a_minute() -> None:
    assert trend(30, 1.0).c_per_minute is None
    assert trend(90, 1.0).c_per_minute == pytest.approx(1.0)


def test_settled_instrument_is_steady_again_within_two_minutes() -> None:
    warmed = trend(180, 2.0)
    feed(warmed, 180, 0.0, start=180)
    assert warmed.c_per_minute == pytest.approx(0.0)


def test_pause_of_the_stream_begins_anew() -> None:
    paused = trend(120, 1.0)
    feed(paused, 15, 1.0, start=300)
    assert paused.c_per_minute is None


def test_instrument_without_an_ambient_tells_nothing() -> None:
    assert trend(120, 1.0, ambient=False).c_per_minute is None


def test_trend_stays_small_over_eight_hours() -> None:
    assert len(trend(8 * 3600 / 20, 0.0)._seen) <= 12


# --- limits as data ---------------------------------------------------------------------------


def test_every_family_has_limits_and_every_named_one_is_a_family() -> None:
    assert set(FAMILIES) >= TABLE.named
    assert all(TABLE.of(slug).ambient_lowest_c < TABLE.of(slug).ambient_highest_c for slug in FAMILIES)


def test_family_differs_only_in_what_it_names() -> None:
    assert TABLE.of("gy-mcu90614").farthest_cm == 15
    assert TABLE.of("gy-mcu90614").ambient_lowest_c == TABLE.of("lu90614").ambient_lowest_c == 16


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (TEXT.replace("farthest_cm = 50.0", "farthest_cm = 0"), "farthest_cm"),
        (TEXT.replace("ambient_lowest_c = 16.0", 'ambient_lowest_c = "16"'), "ambient_lowest_c"),
        (TEXT.replace("farthest_cm = 15.0", "furthest_cm = 15.0"), "furthest_cm"),
        (TEXT.replace("farthest_cm = 15.0", "farthest_cm = -1"), "farthest_cm"),
        ("surprise = 1\n" + TEXT, "surprise"),
        ("[", "Invalid"),
    ],
)
def test_wrong_limits_are_refused_and_the_field_is_named(wrong: str, named: str) -> None:
    with pytest.raises(LimitsError, match=named):
        parse_limits(wrong)
