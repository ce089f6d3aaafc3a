"""What the gate demands, as data: typed, versioned, readable as TOML in `assets/policies/`.

Parsing takes text, so that reading the file stays at the edge. Every limit names its source in the file.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import msgspec

from station.core.model import CodeStatus, Severity, Site, Temperature

Celsius = Annotated[float, msgspec.Meta(ge=0, le=60)]


class PolicyError(ValueError):
    """The policy text cannot be used; the message names the field."""


class TemperatureRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    required: bool
    high: str  # severity of a value at or above the limit
    limit_c: dict[str, Celsius]  # by site; at or above is high
    lowest_c: dict[str, Celsius]  # by site; below is a cold forehead, not a measurement
    highest_c: Celsius  # above is not a living person


class ColourRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    required: bool
    max_age_hours: Annotated[float, msgspec.Meta(gt=0)]
    yellow: str
    red: str


class IdentityRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    unknown: str  # nobody here knows this person
    vouched: str  # the volunteer says "I know them"


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule book. `label` (name and version) is stored with every entry."""

    name: str
    version: int
    temperature: TemperatureRule
    colour: ColourRule
    identity: IdentityRule
    code: dict[str, str]  # severity by code status

    @property
    def label(self) -> str:
        return f"{self.name}/{self.version}"

    @property
    def colour_max_age(self) -> timedelta:
        return timedelta(hours=self.colour.max_age_hours)

    def is_high(self, temperature: Temperature) -> bool:
        """At or above the limit of its site; a site without a limit uses the body limit."""
        limits = self.temperature.limit_c
        return temperature.value_c >= limits.get(temperature.site, limits[Site.BODY])

    def is_too_low(self, temperature: Temperature) -> bool:
        lowest = self.temperature.lowest_c
        return temperature.value_c < lowest.get(temperature.site, lowest[Site.BODY])

    def is_implausible(self, temperature: Temperature) -> bool:
        return temperature.value_c > self.temperature.highest_c


def severity(word: str) -> Severity:
    """The severity that a policy file spells pass, recheck or stop. Raises PolicyError."""
    try:
        return Severity[word.upper()]
    except KeyError:
        raise PolicyError(f"{word!r} is not one of pass, recheck, stop") from None


def parse_policy(text: str) -> Policy:
    """The policy in TOML text. Raises PolicyError with the field that is wrong."""
    try:
        policy = msgspec.toml.decode(text, type=Policy)
    except msgspec.DecodeError as error:
        raise PolicyError(str(error)) from error
    _check(policy)
    return policy


def _check(policy: Policy) -> None:
    words = [policy.temperature.high, policy.colour.yellow, policy.colour.red]
    words += [policy.identity.unknown, policy.identity.vouched, *policy.code.values()]
    for word in words:
        severity(word)
    for field in ("limit_c", "lowest_c"):
        if Site.BODY not in getattr(policy.temperature, field):
            raise PolicyError(f"temperature.{field}.body is missing")
    missing = {status.value for status in CodeStatus} - policy.code.keys()
    if missing:
        raise PolicyError(f"code.{sorted(missing)[0]} is missing")
