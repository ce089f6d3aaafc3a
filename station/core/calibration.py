"""An instrument's calibration: what it showed, what was true, who compared them and when.

`value_c` is `raw_c` unless a named rule derives it. There are two: raw, and a constant offset from a
calibration on record. A constant offset keeps every difference between two people; a rule that draws readings
together would hide a fever, and does not pass the test that holds for all RULES. On more than 1000 subjects a
constant offset also found elevated temperatures better than regressions did (Wang 2021, Sensors 22:215).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

import msgspec

from station.core.model import Instrument, Site, Temperature
from station.core.temperature import RULE_RAW

RULE_OFFSET = "offset/1"

LARGEST_C = 1.0  # own judgement: an instrument that is further off is broken, not uncalibrated
REFERENCE_C = (33.0, 43.0)  # skin to fever: what the station measures, so what it may be compared at


class CalibrationError(ValueError):
    """The calibration cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """One comparison of an instrument with a reference. The newest of an instrument counts.

    Raises CalibrationError if it is no calibration but a mistake or a broken instrument.
    """

    instrument: Instrument
    site: Site
    reference_c: float  # black body or clinical thermometer
    shown_c: float  # by the instrument, raw
    by: str  # operator's id, not a name
    at: Annotated[datetime, msgspec.Meta(tz=True)]  # UTC

    def __post_init__(self) -> None:
        lowest, highest = REFERENCE_C
        if not lowest <= self.reference_c <= highest:
            raise CalibrationError(f"reference {self.reference_c} °C is not within {lowest} and {highest} °C")
        if not abs(self.offset_c) <= LARGEST_C:
            raise CalibrationError(f"{self.offset_c:+.2f} °C is too much to correct: repair or replace it")

    @property
    def offset_c(self) -> float:
        """What is added to a raw value, in hundredths: finer would pretend precision."""
        return round(self.reference_c - self.shown_c, 2)


# From a raw temperature to one with its value derived. raw_c and samples stay, and the name of the
# rule is in the result whenever the value is another one.
Rule = Callable[[Temperature, Calibration | None], Temperature]


def raw(temperature: Temperature, calibration: Calibration | None) -> Temperature:
    """The instrument's own word."""
    return replace(temperature, value_c=temperature.raw_c, rule=RULE_RAW)


def offset(temperature: Temperature, calibration: Calibration | None) -> Temperature:
    """The raw value plus the calibration's offset, named with amount and day: `offset/1 +0.30 2026-11-20`."""
    if calibration is None or not _belongs(calibration, temperature):
        return raw(temperature, None)
    name = f"{RULE_OFFSET} {calibration.offset_c:+.2f} {calibration.at.date().isoformat()}"
    return replace(temperature, value_c=round(temperature.raw_c + calibration.offset_c, 2), rule=name)


RULES: tuple[Rule, ...] = (raw, offset)


def _belongs(calibration: Calibration, temperature: Temperature) -> bool:
    return (calibration.instrument, calibration.site) == (temperature.instrument, temperature.site)


def encode(calibration: Calibration) -> bytes:
    return msgspec.json.encode(calibration)


def decode(record: bytes) -> Calibration:
    """The calibration in a record. Raises CalibrationError, also for one that must not be used."""
    try:
        return msgspec.json.decode(record, type=Calibration)
    except msgspec.DecodeError as error:
        raise CalibrationError(str(error)) from error
