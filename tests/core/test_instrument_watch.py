"""Thermometers that lie, stick, fade or fall silent are named; honest ones are left in peace."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest

from bench import accused
from bench.crowd import LIARS
from station.core.instrument_record import PEOPLE, FindingCode
from station.core.instrument_watch import Finding, InstrumentWatch
from station.core.model import Instrument, Reading, Sample, Site, Temperature
from station.core.temperature import RULE_RAW, by_hand

LEFT, RIGHT = Instrument("left", "gy-mcu90614"), Instrument("right", "idc-50")


@pytest.fixture
def watch() -> InstrumentWatch:
    return InstrumentWatch()


def stream(
    watch: InstrumentWatch,
    seconds: float,
    *values: float,
    hz: float = 14.0,
    start: float = 0.0,
    instrument: Instrument = LEFT,
) -> list[Finding]:
    """Samples that show these values in turn."""
    found = []
    for number in range(round(seconds * hz)):
        value_c = values[number % len(values)]
        found += watch.sample(Sample(Reading(value_c, Site.OBJECT), start + number / hz, instrument))
    return found


def measured(
    watch: InstrumentWatch,
    values: Iterable[float],
    *,
    instrument: Instrument = LEFT,
    ambients: Iterable[float] | None = None,
    start: float = 0.0,
    apart: float = 30.0,
    site: Site = Site.OBJECT,
) -> list[Finding]:
    found = []
    steady = iter(ambients) if ambients else None
    for number, value in enumerate(values):
        ambient = next(steady) if steady else 22.0
        at = start + number * apart
        found += watch.measured(Temperature(value, value, site, ambient, instrument, RULE_RAW, (value,), at))
    return found


def honest(count: int, mean: float = 36.2, seed: int = 1) -> list[float]:
    rng = random.Random(seed)
    return [round(rng.gauss(mean, 0.4), 1) for _ in range(count)]


def codes(findings: Iterable[Finding]) -> list[FindingCode]:
    return [finding.code for finding in findings]


# --- rates that docs/temperature.md states ----------------------------------------------------


def test_honest_instruments_are_accused_on_less_than_one_morning_in_twenty_five() -> None:
    """60 mornings from 0 to 35 °C. The docs state less than one in a hundred: 3 of 60 would be rare."""
    record = accused.honest(5)
    assert record.mornings == 60
    assert record.accused <= 2


@pytest.mark.parametrize(
    ("lie", "ambient_c"),
    [
        ("30-36 becomes 36.x", 18.0),
        ("35-36 becomes one of 36.0-36.3", 18.0),
        ("35-36 becomes one of 36.0-36.3", 25.0),
        ("0.4 off 36.8-37.3", 25.0),
        ("0.4 off 36.8-37.3", 32.0),
        ("34-35.9 becomes 36.1x-36.3x, 0.4 off 36.8-37.3", 18.0),
        ("34-35.9 becomes 36.1x-36.3x, 0.4 off 36.8-37.3", 32.0),
    ],
)
def test_liar_is_found_within_a_morning(lie: str, ambient_c: float) -> None:
    record = accused.lying(LIARS[lie], ambient_c, 5)
    assert record.accused == record.mornings


def test_battery_that_fades_is_found() -> None:
    record = accused.failing(accused.FAILURES["sags by 0.8 °C over 200 people"], 10)
    assert record.accused >= 8
    assert FindingCode.SAGGING in record.codes


# --- what people's values say -----------------------------------------------------------------


def test_finding_names_the_instrument_the_site_and_the_figures(watch: InstrumentWatch) -> None:
    rng = random.Random(1)
    found = measured(watch, [rng.choice((36.0, 36.1, 36.2, 36.3)) for _ in range(80)])
    crowded = next(finding for finding in found if finding.code is FindingCode.CROWDED)
    assert (crowded.instrument, crowded.site) == (LEFT, Site.OBJECT)
    assert crowded.figures == (1.0, 36.0, 36.3)


def test_it_is_said_once_and_stands_until_it_is_over(watch: InstrumentWatch) -> None:
    rng = random.Random(1)
    narrow = [rng.choice((36.0, 36.1, 36.2, 36.3)) for _ in range(160)]
    assert codes(measured(watch, narrow)).count(FindingCode.CROWDED) == 1
    assert FindingCode.CROWDED in codes(watch.standing)
    measured(watch, honest(100), start=4800)
    assert FindingCode.CROWDED not in codes(watch.standing)


def test_instrument_that_says_body_temperature_may_always_say_36(watch: InstrumentWatch) -> None:
    rng = random.Random(1)
    values = [round(min(max(rng.gauss(36.5, 0.25), 36.0), 36.9), 1) for _ in range(80)]
    assert FindingCode.ALWAYS_36 in codes(measured(watch, values))
    assert FindingCode.ALWAYS_36 not in codes(measured(watch, values, site=Site.BODY, start=4000))


def test_values_that_a_volunteer_makes_up_are_seen(watch: InstrumentWatch) -> None:
    rng, found = random.Random(1), list[Finding]()
    for number in range(80):
        found += watch.measured(by_hand(rng.choice((35.5, 36.0, 36.5, 37.0)), Site.BODY, number * 30.0))
    assert FindingCode.MADE_UP_DIGITS in codes(found)


def test_two_dozen_people_are_too_few_to_accuse_anybody(watch: InstrumentWatch) -> None:
    assert measured(watch, [36.2] * 40) == []


# --- what their order says --------------------------------------------------------------------


def test_instrument_that_jumped_is_drifting(watch: InstrumentWatch) -> None:
    (drift,) = measured(watch, honest(80) + honest(20, 37.0, seed=2))
    assert drift.code is FindingCode.DRIFT
    assert drift.figures[0] == pytest.approx(0.8, abs=0.2)


def test_weather_explains_a_drift(watch: InstrumentWatch) -> None:
    values, ambients = honest(80) + honest(20, 37.0, seed=2), [18.0] * 80 + [24.0] * 20
    assert measured(watch, values, ambients=ambients) == []


def test_after_a_long_pause_nothing_is_compared(watch: InstrumentWatch) -> None:
    measured(watch, honest(80))
    assert FindingCode.DRIFT not in codes(measured(watch, honest(20, 37.0, seed=2), start=20_000))


def test_two_instruments_that_differ_are_both_named(watch: InstrumentWatch) -> None:
    measured(watch, honest(20))
    found = measured(watch, honest(20, 37.0, seed=2), instrument=RIGHT)
    (apart,) = found
    assert (apart.code, apart.instrument, apart.other) == (FindingCode.DISAGREEMENT, RIGHT, LEFT)
    assert apart.figures[0] == pytest.approx(0.8, abs=0.2)


def test_forehead_and_wrist_are_not_compared(watch: InstrumentWatch) -> None:
    measured(watch, honest(20))
    assert measured(watch, honest(20, 35.0), instrument=RIGHT, site=Site.WRIST) == []


def test_replaced_instrument_begins_anew(watch: InstrumentWatch) -> None:
    measured(watch, honest(20))
    measured(watch, honest(20, 37.0, seed=2), instrument=RIGHT)
    stream(watch, 12, 36.55)
    watch.replaced(LEFT)
    assert watch.standing == ()
    assert measured(watch, honest(20, 37.0, seed=2), start=700) == []


# --- the stream -------------------------------------------------------------------------------


def test_bit_identical_for_more_than_ten_seconds_is_stuck(watch: InstrumentWatch) -> None:
    assert stream(watch, 9.9, 36.52) == []
    (stuck,) = stream(watch, 2, 36.52, start=9.95)
    assert (stuck.code, stuck.figures[0]) == (FindingCode.STUCK, 36.52)
    stream(watch, 1, 36.53, start=12)
    assert watch.standing == ()


def test_instrument_of_tenths_may_repeat_itself_for_a_minute(watch: InstrumentWatch) -> None:
    assert stream(watch, 59, 36.5, hz=2) == []
    assert codes(stream(watch, 5, 36.5, hz=2, start=59)) == [FindingCode.STUCK]


def test_empty_stand_in_tenths_is_the_same_all_night(watch: InstrumentWatch) -> None:
    assert stream(watch, 3600, 22.4, hz=2) == []


def test_moving_hundredths_are_alive(watch: InstrumentWatch) -> None:
    assert stream(watch, 60, 36.51, 36.53, 36.51) == []


def test_stream_that_ends_is_silent_until_it_speaks(watch: InstrumentWatch) -> None:
    stream(watch, 10, 22.41, 22.43)
    assert watch.tick(14.0) == []
    assert codes(watch.tick(16.0)) == [FindingCode.SILENT]
    assert watch.tick(17.0) == []
    stream(watch, 1, 22.41, 22.43, start=18)
    assert watch.standing == ()


def test_gun_between_two_people_is_not_silent(watch: InstrumentWatch) -> None:
    stream(watch, 2, 36.4, hz=1)
    assert watch.tick(600.0) == []


def test_pause_does_not_make_a_value_stuck(watch: InstrumentWatch) -> None:
    stream(watch, 1, 36.52)
    assert stream(watch, 1, 36.52, start=60) == []


# --- a long day -------------------------------------------------------------------------------


def test_memory_stays_bounded_over_a_long_day(watch: InstrumentWatch) -> None:
    stream(watch, 600, 22.41, 22.43, 36.51)
    measured(watch, honest(3 * PEOPLE), apart=10)
    (people,) = watch._people.values()
    assert len(people.last) == PEOPLE
    assert (len(watch._streams), len(watch._until_look)) == (1, 1)
    assert len(watch.standing) <= len(FindingCode)
