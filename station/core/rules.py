"""What a policy says about each fact: one small struct per section of its TOML. Nothing is decided here.

Sections that a policy file leaves out mean what their defaults say. Defaults are those of an open gate, but
isolation, a block and a positive test are never waved through because an old file does not mention them.
"""

from __future__ import annotations

import math
from typing import Annotated, Literal

import msgspec

from station.core.baseline import BaselineRule
from station.core.model import CodeStatus, Direction, Severity, Site, Temperature
from station.core.recheck import RecheckRule

CATEGORIES = ("resident", "tenant", "worker", "courier", "visitor", "volunteer", "staff", "medical")
OCCUPATIONS = (  # groups of those whom a rule may ask for a test of their own
    *("courier", "cold_chain", "driver", "transport", "construction", "medical", "market"),
    *("school", "property", "catering", "police", "supply", "none"),
)

TEN_YEARS_H = 87_660  # any longer means "for ever", and would overflow a time

Verdict = Literal["pass", "recheck", "stop"]
Grade = Literal["green", "blue", "yellow", "orange", "red"]  # of the place (五色), not of a person's code
Celsius = Annotated[float, msgspec.Meta(ge=0, le=60)]
Hours = Annotated[float, msgspec.Meta(ge=0, le=TEN_YEARS_H)]
SomeHours = Annotated[float, msgspec.Meta(gt=0, le=TEN_YEARS_H)]
Minutes = Annotated[float, msgspec.Meta(ge=0, le=TEN_YEARS_H * 60)]
SomeMinutes = Annotated[float, msgspec.Meta(gt=0, le=TEN_YEARS_H * 60)]
Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
Share = Annotated[float, msgspec.Meta(gt=0, le=1)]
ClockTime = Annotated[
    str, msgspec.Meta(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9])?$")
]  # of the gate's own day

_SEVERITIES = {severity.word: severity for severity in Severity}


def severity(word: str) -> Severity:
    """The severity that a policy file spells pass, recheck or stop. Raises ValueError."""
    try:
        return _SEVERITIES[word]
    except KeyError:
        raise ValueError(f"{word!r} is not one of pass, recheck, stop") from None


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One section."""


class TemperatureRule(Rule, frozen=True):
    required: bool
    high: Verdict  # a value at or above the limit
    confirmed: Verdict  # a recheck that confirmed a high value
    not_measured: Verdict  # a reading that is no measurement, when nothing better came
    limit_c: dict[str, Celsius]  # by site; at or above is high
    lowest_c: dict[str, Celsius]  # by site; below is a cold forehead, not a measurement
    highest_c: Celsius  # above is not a living person
    measured_minutes: Minutes = 0.0  # so long a normal value need not be measured again; 0: always measured
    baseline: BaselineRule | None = None  # None: the limits above hold by themselves
    recheck: RecheckRule | None = None  # None: a high value is rechecked without a list of who waits


class ColourRule(Rule, frozen=True):
    required: bool
    max_age_hours: SomeHours
    yellow: Verdict
    red: Verdict
    missing: Verdict = "recheck"  # where it is required
    stale: Verdict = "recheck"


class IdentityRule(Rule, frozen=True):
    unknown: Verdict  # nobody here knows this person
    vouched: Verdict  # the volunteer says "I know them"
    known: Verdict = "pass"  # of this category; not pass: they are not let in, or not let out
    expired: Verdict = "recheck"  # the registration has run out
    at_home: tuple[str, ...] = ("resident", "tenant")  # categories of those who live here


class PassbackRule(Rule, frozen=True):
    """The same code twice in the same direction: two people with one code, or a way out past the gate."""

    same_way: Verdict
    within_hours: Hours


class FreshnessRule(Rule, frozen=True):
    """A regional code that says when it was made; older than this it must be shown anew."""

    max_age_minutes: SomeMinutes
    stale: Verdict


class CodeRule(Rule, frozen=True):
    """What each result of reading a code means."""

    valid: Verdict
    expired: Verdict
    not_yet_valid: Verdict
    revoked: Verdict
    wrong_use: Verdict
    bad_signature: Verdict
    unknown_issuer: Verdict
    damaged: Verdict
    cannot_check: Verdict
    not_a_health_code: Verdict
    missing: Verdict = "recheck"  # none was shown

    def of(self, status: CodeStatus) -> Severity:
        return _SEVERITIES[getattr(self, status.value)]


class IsolationRule(Rule, frozen=True):
    isolation: Verdict = "stop"
    close_contact: Verdict = "stop"
    sub_close_contact: Verdict = "recheck"
    returning: Verdict = "recheck"  # any of them, of somebody who lives here and comes home
    pending: Verdict = "recheck"  # reported by one, not yet verified by a second
    over: Verdict = "recheck"  # its time is up, nobody has lifted it


class SwabRule(Rule, frozen=True):
    """Nucleic-acid tests (核酸), counted from the sampling."""

    asked: bool = True  # false: only a positive one counts
    everyone_hours: Hours = 0.0  # 0: not asked of everyone
    hours: dict[str, SomeHours] = {}  # by occupation group
    missing: Verdict = "recheck"
    stale: Verdict = "recheck"
    unknown: Verdict = "recheck"  # no result yet
    positive: Verdict = "stop"
    positive_hours: SomeHours = 14 * 24.0  # an older one counts as too old, no longer as positive
    report_lag_hours: Hours = 6.0  # between sampling and report, where only the report's time is known


class RightRule(Rule, frozen=True):
    """To this gate, on the way in; nobody needs a right to leave."""

    missing: Verdict = "pass"
    other_gate: Verdict = "recheck"
    expired: Verdict = "recheck"


class BlockRule(Rule, frozen=True):
    entering: Verdict = "stop"
    returning: Verdict = "recheck"  # of somebody who lives here and comes home
    leaving: Verdict = "pass"


class ExpectedRule(Rule, frozen=True):
    """Visitors who were announced (绿色通道), on the way in."""

    in_time: Verdict = "pass"
    other_time: Verdict = "recheck"
    missing: Verdict = "pass"  # a visitor of the roster whom nobody announced


class TravelRule(Rule, frozen=True):
    """Declared travel to key areas (重点区域), on the way in."""

    asked: bool = False
    declared: Verdict = "recheck"
    missing: Verdict = "recheck"  # or asked too long ago
    max_age_hours: SomeHours = 14 * 24.0


class OutingRule(Rule, frozen=True):
    """How often and how long a household may go out; of those who live here."""

    limited: bool = False
    outings: Annotated[int, msgspec.Meta(ge=1, le=100)] = 1
    days: Annotated[int, msgspec.Meta(ge=1, le=60)] = 2
    hours: SomeHours = 3.0
    used_up: Verdict = "recheck"
    missing: Verdict = "pass"  # the station counts them itself: none recorded is none used
    overstayed: Verdict = "recheck"
    exempt: tuple[str, ...] = ()  # occupation groups that go out to work


class CurfewRule(Rule, frozen=True):
    begins: ClockTime = ""  # 23:00; empty: none
    ends: ClockTime = ""
    verdict: Verdict = "pass"


class OccupancyRule(Rule, frozen=True):
    """How many may be inside, on the way in; those who live here always may."""

    limit: Count = 0  # 0: none
    warn_share: Share = 0.9
    nearly: Verdict = "pass"
    full: Verdict = "recheck"


class Rules(Rule, frozen=True):
    """All sections for one sort of person in one direction, with the name and version of their policy."""

    name: str
    version: int
    temperature: TemperatureRule
    colour: ColourRule
    identity: IdentityRule
    freshness: FreshnessRule
    passback: PassbackRule
    code: CodeRule
    isolation: IsolationRule = IsolationRule()
    test: SwabRule = SwabRule()
    right: RightRule = RightRule()
    block: BlockRule = BlockRule()
    expected: ExpectedRule = ExpectedRule()
    travel: TravelRule = TravelRule()
    outing: OutingRule = OutingRule()
    curfew: CurfewRule = CurfewRule()
    occupancy: OccupancyRule = OccupancyRule()
    grades: tuple[Grade, ...] = ()  # grades of a place that this policy is meant for
    utc_offset_hours: Annotated[float, msgspec.Meta(ge=-14, le=14)] = 8.0  # the gate's clock, for curfews

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
        """Not of a living person; nor is what is not a number, of which every comparison is false."""
        return temperature.value_c > self.temperature.highest_c or math.isnan(temperature.value_c)


SECTIONS = frozenset(
    field.name
    for field in msgspec.structs.fields(Rules)
    if isinstance(field.type, type) and issubclass(field.type, Rule)
)
DIRECTIONS = tuple(direction.value for direction in Direction)
