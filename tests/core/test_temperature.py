"""One temperature per person out of a stream that mostly shows an empty stand."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from station.core.model import Instrument, Reading, Sample, Site, Temperature
from station.core.temperature import GAP_S, PresenceDetector

MODULE = Instrument("module", "gy-mcu90614")


def stream(
    *phases: tuple[float, float], hz: float = 14.0, start: float = 0.0, noise: float = 0.05
) -> list[Sample]:
    """Samples of (seconds, °C) phases, with the sensor's own noise."""
    rng, at, samples = random.Random(1), start, []
    for seconds, value in phases:
        for _ in range(round(seconds * hz)):
            at += 1 / hz
            reading = Reading(round(value + rng.uniform(-noise, noise), 2), Site.OBJECT, 22.0)
            samples.append(Sample(reading, at, MODULE))
    return samples


def measured(samples: list[Sample], detector: PresenceDetector | None = None) -> list[Temperature]:
    detector = detector or PresenceDetector()
    return [temperature for sample in samples if (temperature := detector.feed(sample))]


def test_each_person_is_measured_once() -> None:
    found = measured(stream((2, 23), (2, 36.4), (2, 23), (3, 38.2), (1, 23)))
    assert [round(t.raw_c, 1) for t in found] == [36.4, 38.2]


def test_value_is_the_plateaus_highest_sample_and_the_samples_are_kept() -> None:
    (found,) = measured(stream((1, 23), (2, 36.4)))
    assert found.raw_c == found.value_c == max(found.samples)
    assert len(found.samples) >= 5


def test_empty_stand_and_a_warm_tent_measure_nobody() -> None:
    assert measured(stream((30, 23))) == []
    assert measured(stream(*((20, 23 + step / 2) for step in range(20)))) == []


def test_hand_waved_past_is_no_measurement() -> None:
    assert measured(stream((2, 23), (0.2, 35), (2, 23))) == []


def test_sensor_that_starts_with_somebody_before_it_measures_them() -> None:
    assert len(measured(stream((2, 36.5)))) == 1


def test_person_who_stays_is_not_measured_again() -> None:
    assert len(measured(stream((1, 23), (20, 36.5)))) == 1


def test_whoever_steps_closer_is_told_again_if_clearly_warmer() -> None:
    found = measured(stream((1, 23), (1, 35.4), (1, 35.6), (2, 38.2), (3, 36.0), (3, 38.3), (1, 23)))
    assert [round(t.raw_c, 1) for t in found] == [35.4, 38.2]


def test_short_flicker_does_not_make_a_second_person() -> None:
    assert len(measured(stream((1, 23), (1, 36.5), (0.2, 24), (2, 36.5)))) == 1


def test_slow_instrument_of_two_readings_a_second_measures_within_a_second_and_a_half() -> None:
    (found,) = measured(stream((3, 23), (1.5, 36.5), hz=2))
    assert len(found.samples) >= 2


def test_slow_instrument_sees_two_people_with_one_empty_sample_between_them() -> None:
    found = measured(stream((5, 22), (3, 36.9), (1, 22), (3, 36.2), hz=1, noise=0))
    assert [t.raw_c for t in found] == [36.9, 36.2]


def test_wall_in_the_sun_becomes_background_and_people_are_measured_again() -> None:
    detector = PresenceDetector()
    assert len(measured(stream((2, 23), (70, 33)), detector)) == 1  # the wall itself, once
    assert len(measured(stream((2, 33), (2, 36.5), start=72), detector)) == 1


def test_stream_that_broke_off_takes_the_next_samples_for_a_new_person() -> None:
    detector = PresenceDetector()
    measured(stream((1, 23), (2, 36.5)), detector)
    assert len(measured(stream((2, 37.9), start=3 + GAP_S + 1), detector)) == 1


@given(st.lists(st.tuples(st.floats(0.1, 4), st.floats(-40, 120)), max_size=12))
def test_no_reading_is_ever_changed(phases: list[tuple[float, float]]) -> None:
    samples = stream(*phases)
    values = {sample.reading.value_c for sample in samples}
    for found in measured(samples):
        assert found.value_c == found.raw_c
        assert {found.raw_c, *found.samples} <= values
