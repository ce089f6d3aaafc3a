"""The traces that made-up readings leave, one by one."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.core.honesty import (
    crowding,
    difference,
    falls_steadily,
    hole,
    share_at_36,
    spread_for_tenths,
    tenths_chi_square,
)
from station.core.instrument_record import TENTHS_CHI_SQUARE

celsius = st.floats(30, 43).map(lambda value: round(value, 1))
lists = st.lists(celsius, min_size=2, max_size=100)


def people(count: int, mean: float = 36.2, spread: float = 0.42, seed: int = 1) -> list[float]:
    rng = random.Random(seed)
    return [round(rng.gauss(mean, spread), 1) for _ in range(count)]


def test_four_tenths_that_hold_everybody_are_found() -> None:
    crowd = crowding([36.0, 36.1, 36.2, 36.3] * 20 + [34.9, 37.8])
    assert (crowd.lowest_c, crowd.highest_c) == (36.0, 36.3)
    assert crowd.share == pytest.approx(80 / 82)


@given(lists)
def test_crowd_is_a_share_of_people_and_narrow(values: list[float]) -> None:
    crowd = crowding(values)
    inside = [value for value in values if crowd.lowest_c <= value <= crowd.highest_c]
    assert crowd.share == pytest.approx(len(inside) / len(values))
    assert crowd.highest_c - crowd.lowest_c <= 0.35


def test_one_degree_is_counted_with_its_lower_end_only() -> None:
    assert share_at_36([35.9, 36.0, 36.9, 37.0]) == 0.5


def test_significance_is_one_in_ten_thousand() -> None:
    """The upper tail of chi-square with 9 degrees of freedom, in closed form (DLMF 8.4)."""
    half = TENTHS_CHI_SQUARE / 2
    series = sum(half ** (k - 0.5) / math.gamma(k + 0.5) for k in range(1, 5))
    tail = math.erfc(math.sqrt(half)) + math.exp(-half) * series
    assert tail == pytest.approx(0.0001, rel=0.01)


def test_tenths_that_somebody_likes_are_seen() -> None:
    rng = random.Random(1)
    typed = [rng.choice([35.5, 36.0, 36.5, 36.6, 37.0]) for _ in range(80)]
    assert tenths_chi_square(typed) > TENTHS_CHI_SQUARE


def test_tenths_of_people_are_all_alike() -> None:
    assert tenths_chi_square(people(80)) < TENTHS_CHI_SQUARE


def test_where_people_differ_too_little_tenths_say_nothing() -> None:
    assert tenths_chi_square(people(80, spread=0.15)) == 0
    assert spread_for_tenths(80) == pytest.approx(0.3585, abs=1e-3)


def test_hundredths_in_steps_of_two_are_no_lie() -> None:
    """An MLX90614 counts in 0.02 K from -273.15 °C, so its hundredths are odd for ever."""
    rng = random.Random(1)
    odd = [round(rng.gauss(36.2, 0.42) * 50) / 50 - 0.01 for _ in range(80)]
    assert tenths_chi_square(odd) < TENTHS_CHI_SQUARE


def test_nobody_where_fevers_begin_is_a_hole() -> None:
    crowd = [value for value in people(600) if not 36.9 < value <= 37.3]
    assert hole(crowd).found == 0
    assert hole(crowd).expected > 10


def test_in_the_cold_nobody_is_expected_there() -> None:
    assert hole(people(600, mean=34.5)).expected < 0.01


def test_honest_people_fill_the_place_as_expected() -> None:
    found = hole(people(600))
    assert found.found == pytest.approx(found.expected, rel=0.6)


@given(lists, lists)
def test_difference_turns_its_sign_with_the_lists(some: list[float], others: list[float]) -> None:
    there, back = difference(some, others), difference(others, some)
    assert there.c == pytest.approx(-back.c)
    assert there.error_c == pytest.approx(back.error_c)


@pytest.mark.parametrize(
    ("lots", "falls"),
    [([[36.4], [36.3], [36.1]], True), ([[36.4], [36.1], [36.3]], False), ([[36.2], [36.2]], False)],
)
def test_falling_means_falling_at_every_step(lots: Sequence[Sequence[float]], falls: bool) -> None:
    assert falls_steadily(lots) is falls
