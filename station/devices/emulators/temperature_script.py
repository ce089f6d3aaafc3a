"""A day at the gate as text: what an emulated thermometer sees, second by second. Pure.

One step a line, `SECONDS CELSIUS`; `#` begins a comment; after the last step it begins again:

    3.0 22.5   # nobody
    2.0 36.4   # a person
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from station.core.model import Reading, Site

Profile = Callable[[float], Reading]  # seconds since the start → what is in front of the sensor

DEFAULT = """\
4 22.4    # empty stand
2 36.4    # a resident
3 22.6
2 36.2
5 22.3
2 38.2    # a fever
4 22.5
2 33.1    # in from the frost: no measurement
3 22.4
2 36.7
"""


class ScriptError(ValueError):
    """The script cannot be read; the message names the line."""


@dataclass(frozen=True, slots=True)
class Step:
    seconds: float
    value_c: float


def parse(text: str) -> tuple[Step, ...]:
    """The steps of a script. Raises ScriptError."""
    lines = (line.partition("#")[0].split() for line in text.splitlines())
    steps = tuple(_step(number, words) for number, words in enumerate(lines, start=1) if words)
    if not steps:
        raise ScriptError("the script has no step")
    return steps


def _step(number: int, words: list[str]) -> Step:
    try:
        seconds, value_c = (float(word) for word in words)
    except ValueError:
        raise ScriptError(f"line {number}: expected SECONDS CELSIUS, found {' '.join(words)!r}") from None
    if not (math.isfinite(seconds) and seconds > 0):
        raise ScriptError(f"line {number}: a step lasts more than 0 seconds, not {words[0]}")
    if not -70 <= value_c <= 380:  # the range of an MLX90614's object
        raise ScriptError(f"line {number}: {words[1]} °C is out of an infrared thermometer's range")
    return Step(seconds, value_c)


def profile(
    steps: Sequence[Step],
    *,
    ambient_c: float = 22.0,
    noise_c: float = 0.05,
    seed: int = 0,
) -> Profile:
    """Play the steps over and over. Each reading is off by up to `noise_c`, the same way for a seed."""
    noise = random.Random(seed)
    length = sum(step.seconds for step in steps)

    def reading(at: float) -> Reading:
        value_c = _step_at(steps, at % length).value_c + noise.uniform(-noise_c, noise_c)
        return Reading(round(value_c, 2), Site.OBJECT, ambient_c)

    return reading


def _step_at(steps: Sequence[Step], at: float) -> Step:
    for step in steps:
        at -= step.seconds
        if at < 0:
            return step
    return steps[-1]  # where rounding leaves a remainder at the very end
