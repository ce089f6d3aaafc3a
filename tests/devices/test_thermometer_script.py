"""The text form of what an emulated thermometer sees."""

from __future__ import annotations

import pytest

from station.devices.emulators import temperature_script
from station.devices.emulators.temperature_script import ScriptError, Step, parse, profile

SCRIPT = """
# the night shift
3.0 22.5   # nobody

2 36.4
"""


def test_steps_are_read_and_comments_are_not() -> None:
    assert parse(SCRIPT) == (Step(3.0, 22.5), Step(2.0, 36.4))


@pytest.mark.parametrize(
    "line", ["3.0", "3 abc", "1 2 3", "0 36.5", "-1 36.5", "inf 36.5", "nan 36.5", "1 nan", "1 999"]
)
def test_the_bad_line_is_named(line: str) -> None:
    with pytest.raises(ScriptError, match=r"^line 2: "):
        parse(f"3 22.5\n{line}\n")


def test_a_script_without_a_step_is_refused() -> None:
    with pytest.raises(ScriptError, match="no step"):
        parse("# nothing\n")


def test_steps_follow_each_other_and_begin_again() -> None:
    play = profile(parse(SCRIPT), noise_c=0)
    seen = [play(at).value_c for at in (0.0, 2.99, 3.0, 4.99, 5.0, 8.5)]
    assert seen == [22.5, 22.5, 36.4, 36.4, 22.5, 36.4]


def test_noise_is_small_and_the_same_for_a_seed() -> None:
    steps = parse("1 36.4")
    first, again = ([play(0.0).value_c for _ in range(50)] for play in (profile(steps), profile(steps)))
    assert first == again
    assert len(set(first)) > 1
    assert all(abs(value - 36.4) <= 0.051 for value in first)


def test_the_default_day_has_an_empty_stand_a_resident_and_a_fever() -> None:
    values = [step.value_c for step in parse(temperature_script.DEFAULT)]
    assert min(values) < 25
    assert 36.4 in values
    assert max(values) > 37.3
