"""What the gate demands, as data: typed, versioned, readable as TOML in `assets/policies/`.

Parsing takes text, so that reading the file stays at the edge. Every limit names its source in the file.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import msgspec

from station.core.baseline import BaselineRule
from station.core.model import CodeStatus, Severity, Site, Temperature
from station.core.recheck import RecheckRule

TEN_YEARS_H = 87_660  # any longer means "for ever", and would overflow a time
Celsius = Annotated[float, msgspec.Meta(ge=0, le=60)]


class PolicyError(ValueError):
    """The policy text cannot be used; the message names the field."""


class TemperatureRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    required: bool
    high: str  # severity of a value at or above the limit
    confirmed: str  # severity of a recheck that confirmed a high value
    not_measured: str  # severity of a reading that is no measurement, when nothing better came
    limit_c: dict[str, Celsius]  # by site; at or above is high
    lowest_c: dict[str, Celsius]  # by site; below is a cold forehead, not a measurement
    highest_c: Celsius  # above is not a living person
    baseline: BaselineRule | None = None  # None: the limits above hold by themselves
    recheck: RecheckRule | None = None  # None: a high value is rechecked without a list of who waits


class ColourRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    required: bool
    max_age_hours: Annotated[float, msgspec.Meta(gt=0, le=TEN_YEARS_H)]
    yellow: str
    red: str


class IdentityRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    unknown: str  # nobody here knows this person
    vouched: str  # the volunteer says "I know them"


class PassbackRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same code twice in the same direction: two people with one code, or a way out past the gate."""

    same_way: str  # severity
    within_hours: Annotated[float, msgspec.Meta(ge=0, le=TEN_YEARS_H)]


class FreshnessRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A regional code that says when it was made; older than this it must be shown anew."""

    max_age_minutes: Annotated[float, msgspec.Meta(gt=0, le=TEN_YEARS_H * 60)]
    stale: str  # severity


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule book. `label` (name and version) is stored with every entry."""

    name: str
    version: int
    temperature: TemperatureRule
    colour: ColourRule
    identity: IdentityRule
    freshness: FreshnessRule
    passback: PassbackRule
    code: dict[str, str]  # severity by code status

    @property
    def label(self) -> str:
        return f"{self.name}/{self.version}"

    @property
    def colour_max_age(self) -> timedelta:
        return timedelta(hours=self.colour.max_age_hours)

    def limit_c(self, site: Site, usual_limit_c: float | None = None) -> float:
        """At or above is high. A site without a limit uses the body limit.

        A baseline's limit replaces that of the site, up to the body limit: whatever is usual here, at 37.3 °C
        somebody is asked to wait.
        """
        limits = self.temperature.limit_c
        fixed = limits.get(site, limits[Site.BODY])
        return fixed if usual_limit_c is None else min(usual_limit_c, max(fixed, limits[Site.BODY]))

    def is_high(self, temperature: Temperature) -> bool:
        """At or above the limit that it was judged by, or else that of its site."""
        limit_c = temperature.limit_c
        return temperature.value_c >= (self.limit_c(temperature.site) if limit_c is None else limit_c)

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
    words = [policy.temperature.high, policy.temperature.confirmed, policy.temperature.not_measured]
    words += [
        policy.colour.yellow,
        policy.colour.red,
        policy.freshness.stale,
        policy.passback.same_way,
        policy.identity.unknown,
        policy.identity.vouched,
        *policy.code.values(),
    ]
    for word in words:
        severity(word)
    for field in ("limit_c", "lowest_c"):
        if Site.BODY not in getattr(policy.temperature, field):
            raise PolicyError(f"temperature.{field}.body is missing")
    missing = {status.value for status in CodeStatus} - policy.code.keys()
    if missing:
        raise PolicyError(f"code.{sorted(missing)[0]} is missing")
