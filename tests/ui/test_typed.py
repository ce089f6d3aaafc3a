"""A temperature typed on the keyboard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.ui import typed


@pytest.mark.parametrize(
    ("digits", "value"),
    [("65", 36.5), ("365", 36.5), ("50", 35.0), ("99", 39.9), ("401", 40.1), ("430", 43.0), ("348", 34.8)],
)
def test_short_and_full_spelling(digits: str, value: float) -> None:
    assert typed.accepts(digits)
    assert typed.degrees(digits) == pytest.approx(value)


@given(st.integers(330, 430))
def test_every_value_between_33_and_43_can_be_typed(tenths: int) -> None:
    digits = str(tenths)
    assert all(typed.accepts(digits[:length]) for length in (1, 2, 3))
    assert typed.degrees(digits) == tenths / 10


@given(st.text(max_size=5))
def test_nothing_else_becomes_a_temperature(keys: str) -> None:
    if typed.accepts(keys):
        value = typed.degrees(keys)
        assert value is None or 33.0 <= value <= 43.0


@pytest.mark.parametrize(("digits", "shown"), [("6", "36._"), ("3", "3_._"), ("36", "36._"), ("4", "4_._")])
def test_what_is_typed_is_seen(digits: str, shown: str) -> None:
    assert typed.so_far(digits) == shown
