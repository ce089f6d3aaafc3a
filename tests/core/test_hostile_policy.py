"""Policy texts that would fell the gate later: numbers beyond all times, nesting, half characters."""

from __future__ import annotations

from pathlib import Path

import pytest

from station.core.policy import PolicyError, parse_policy
from station.core.policy_errors import Problem

OPEN = (Path(__file__).parents[2] / "assets/policies/open.toml").read_text("utf-8")


def problem(text: str) -> Problem:
    with pytest.raises(PolicyError) as wrong:
        parse_policy(text)
    return wrong.value.problem


@pytest.mark.parametrize("value", ["inf", "1e300", "nan", "-1"])
@pytest.mark.parametrize("field", ["left_minutes", "kept_hours", "apart_seconds"])
def test_time_of_a_recheck_that_no_clock_can_add_is_refused(field: str, value: str) -> None:
    assert problem(f"{OPEN}\n[out.temperature.recheck]\n{field} = {value}\n") is Problem.OUT_OF_RANGE


@pytest.mark.parametrize("line", ["allowed_c = inf", "max_age_minutes = 1e308", "readings = 1000000000"])
def test_baseline_without_end_is_refused(line: str) -> None:
    text = OPEN.replace("allowed_c = 0.8", line, 1)
    assert (text != OPEN, problem(text)) == (True, Problem.OUT_OF_RANGE)


@pytest.mark.parametrize(
    "text",
    [
        OPEN.replace("version = 3", f"version = {'9' * 5000}", 1),
        f"x = {'[' * 5000}{']' * 5000}\n{OPEN}",
        f"x = {'{a = ' * 3000}1{'}' * 3000}\n{OPEN}",
        f"{OPEN}# \ud800",
    ],
    ids=["digits", "lists", "tables", "half a character"],
)
def test_text_that_the_parser_itself_stumbles_over_is_no_policy(text: str) -> None:
    assert problem(text) is Problem.SYNTAX
