"""The language of acceptance rules, by its specification (CertLogic 1.3.2)."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station.codes.certlogic import CertLogicError, compile_expression, evaluate


def value(logic: object, data: object = None) -> Any:
    return evaluate(compile_expression(logic), json.dumps(data).encode())


def plus(date: str, amount: int = 0, unit: str = "day") -> object:
    return {"plusTime": [date, amount, unit]}


@pytest.mark.parametrize(
    ("date", "amount", "unit", "expected"),
    [
        ("2020-02-29", 1, "day", "2020-03-01"),  # the specification's table of leap days
        ("2020-02-29", 1, "month", "2020-03-29"),
        ("2020-02-29", 1, "year", "2021-03-01"),
        ("2021-01-31", 1, "month", "2021-03-03"),
        ("2021-01-31", -2, "month", "2020-12-01"),
        ("2021-12-31", 12, "month", "2022-12-31"),
        ("2021-03-28", 24, "hour", "2021-03-29"),  # Europe put its clocks forward
        ("2021-03-01", -1, "day", "2021-02-28"),
    ],
)
def test_time_is_added_as_javascript_does(date: str, amount: int, unit: str, expected: str) -> None:
    assert value(plus(date, amount, unit)) == f"{expected}T00:00:00.000Z"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021", "2021-12-31T00:00:00.000Z"),  # the last day that agrees
        ("2020-02", "2020-02-29T00:00:00.000Z"),
        ("2021-06-01T12:34:56", "2021-06-01T12:34:56.000Z"),
        ("2021-06-01T12:34:56Z", "2021-06-01T12:34:56.000Z"),
        ("2021-06-01T12:34:56.1", "2021-06-01T12:34:56.100Z"),
        ("2021-06-01T12:34:56.98765+02:30", "2021-06-01T10:04:56.987Z"),
        ("2021-06-01T12:34:56+2", "2021-06-01T10:34:56.000Z"),
        ("2021-06-01T12:34:56-02", "2021-06-01T14:34:56.000Z"),
        ("2021-06-01T12:34:56+230", "2021-06-01T10:04:56.000Z"),
        ("2021-06-01T12:34:56-0230", "2021-06-01T15:04:56.000Z"),
        ("2021-06-01T12:34:56+2:30", "2021-06-01T10:04:56.000Z"),
    ],
)
def test_every_form_of_a_date_is_read(text: str, expected: str) -> None:
    assert value(plus(text)) == expected


@pytest.mark.parametrize(
    "text",
    ["", "2021-13", "2021-06-31", "21-06-01", "2021-06-01 12:00:00", "2021-06-01T12:00", "٢٠٢١", "0000"],
)
def test_what_is_no_date_decides_nothing(text: str) -> None:
    with pytest.raises(CertLogicError):
        value(plus(text))


def test_a_child_is_a_child_until_its_birthday_is_certain() -> None:
    young = {"after": [{"dccDateOfBirth": [{"var": "dob"}]}, plus("2022-06-15", -18, "year")]}
    assert value(young, {"dob": "2004-06-16"})
    assert not value(young, {"dob": "2004-06-15"})
    assert value(young, {"dob": "2004"})
    assert not value(young, {"dob": "2004-05"})


@pytest.mark.parametrize(
    ("operator", "two", "three"),
    [
        ("before", True, True),
        ("not-after", True, True),
        ("after", False, False),
        ("not-before", False, False),
    ],
)
def test_dates_are_compared_by_twos_and_threes(operator: str, two: bool, three: bool) -> None:
    first, second, last = plus("2021-01-01"), plus("2021-01-01T00:00:01Z"), plus("2021-02")
    assert value({operator: [first, second]}) is two
    assert value({operator: [first, second, last]}) is three
    assert value({operator: [first, last, second]}) is False


def test_a_missing_dose_number_is_not_enough_doses() -> None:
    complete = {">=": [{"var": "v.0.dn"}, {"var": "v.0.sd"}]}
    assert value(complete, {"v": [{"dn": 2, "sd": 2}]}) is True
    assert value(complete, {"v": [{"sd": 2}]}) is False
    assert value(complete, {}) is False


@pytest.mark.parametrize(
    "logic",
    [
        {"now": []},
        {"unknown": [1]},
        {"if": [True, {"vr": "x"}, 1]},
        {"a": 1, "b": 2},
        {"var": "\ud800"},
        {"+": [1, object()]},
    ],
)
def test_an_expression_with_an_unknown_operation_is_refused(logic: object) -> None:
    with pytest.raises(CertLogicError):
        compile_expression(logic)


def test_an_endless_nesting_is_refused() -> None:
    logic: object = 1
    for _ in range(5_000):
        logic = {"!": [logic]}
    with pytest.raises(CertLogicError):
        compile_expression(logic)


def test_a_rule_that_would_take_for_ever_is_stopped() -> None:
    count = {"reduce": [{"var": "current"}, {"+": [1, {"var": "accumulator"}]}, 0]}
    with pytest.raises(CertLogicError, match="BudgetExceeded"):
        value({"reduce": [{"var": ""}, count, 0]}, [[0] * 1_000] * 1_000)


def test_an_error_does_not_repeat_what_the_certificate_says() -> None:
    with pytest.raises(CertLogicError) as caught:
        value(plus({"var": "dob"}), {"dob": "born in May"})  # type: ignore[arg-type]
    assert "May" not in str(caught.value)
    assert caught.value.__cause__ is None


LOGICAL = ["var", "if", "and", "!", "===", "<", ">=", "+", "in", "reduce", "unknown"]
OF_DATES = ["plusTime", "dccDateOfBirth", "after", "not-before", "extractFromUVCI"]
OPERATORS = st.sampled_from(LOGICAL + OF_DATES)
LITERALS = (
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["2021-06", "v.0"])
)
LOGIC = st.recursive(
    LITERALS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(OPERATORS, st.lists(inner, max_size=4), max_size=2)
    ),
    max_leaves=12,
)
JSON = st.recursive(
    LITERALS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)


@given(LOGIC, JSON)
@settings(deadline=None, max_examples=300)
def test_no_expression_and_no_data_is_another_error(logic: object, data: object) -> None:
    with suppress(CertLogicError):
        value(logic, data)
