"""Acceptance rules: whether a genuine HC1 certificate is enough here and now.

Rules are data in the form that the EU's DCC gateway publishes (ehn-dcc-development/eu-dcc-business-rules,
"Rule"), with their logic in CertLogic. They ask for doses, ages of tests and the like; who signed a
certificate and whether it has run out is known before any rule is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from station.codes import certlogic
from station.codes.certlogic import CertLogicError
from station.codes.result import Problem
from station.core.model import CodeStatus

# Names of the groups in a certificate that a rule is about.
_GROUPS = {"General": "tvr", "Test": "t", "Vaccination": "v", "Recovery": "r"}
_UtcTime = Annotated[datetime, msgspec.Meta(tz=True)]


class RulesError(ValueError):
    """A file of rules that cannot be used, and why."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One demand, in force from `start` up to `end` (UTC). Its logic says true when it is met."""

    id: str
    version: tuple[int, ...]
    demand: str  # one English sentence
    groups: str  # t, v, r
    issuer: str | None  # an invalidation rule concerns the certificates of one country only
    start: datetime
    end: datetime
    logic: certlogic.Expression = field(repr=False, compare=False)

    def concerns(self, content: Mapping[Any, Any], issuer: str | None) -> bool:
        """Whether a certificate with this content, from this country, has to meet the rule."""
        return self.issuer in (None, issuer) and any(content.get(group) for group in self.groups)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All rules of one place, as published at `as_of` (UTC), with the value sets that they refer to."""

    as_of: datetime
    rules: tuple[Rule, ...] = ()
    value_sets: Mapping[str, list[str]] = field(default_factory=dict, repr=False)

    def problem(self, content: Mapping[Any, Any], issuer: str | None, now: datetime) -> Problem | None:
        """What keeps a certificate from being accepted at `now`: an unmet rule, else one left open."""
        rules = [rule for rule in self._in_force(now) if rule.concerns(content, issuer)]
        data = self._data(content, now)
        problems = [problem for rule in rules if (problem := _problem(rule, data))]
        unmet = [problem for problem in problems if problem.status is CodeStatus.WRONG_USE]
        return next(iter(unmet or problems), None)

    def _in_force(self, now: datetime) -> list[Rule]:
        """Of each rule the newest version whose time it is."""
        current = [rule for rule in self.rules if rule.start <= now < rule.end]
        newest = {rule.id: rule for rule in sorted(current, key=lambda rule: rule.version)}
        return list(newest.values())

    def _data(self, content: Mapping[Any, Any], now: datetime) -> bytes | None:
        """What the rules look at, or None: an issuer may sign CBOR that JSON cannot say."""
        external = {"validationClock": now.isoformat(), "valueSets": self.value_sets}
        try:
            return msgspec.json.encode({"payload": _trimmed(content), "external": external})
        except (TypeError, ValueError, RecursionError):
            return None


def parse_rules(text: str, *, as_of: datetime) -> RuleSet:
    """Rules as a JSON array, or as `{"rules": […], "valueSets": {name: [value, …]}}`. Raises RulesError."""
    try:
        document = msgspec.json.decode(text, type=list[_Published] | _Document)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise RulesError(f"not acceptance rules: {error}") from error
    if isinstance(document, list):
        document = _Document(document)
    if not document.rules:
        raise RulesError("no rule in this file")
    return RuleSet(as_of, tuple(map(_rule, document.rules)), document.value_sets)


class _Text(msgspec.Struct):
    lang: str
    desc: str


class _Published(msgspec.Struct, rename="pascal"):
    """A rule in its published form, as far as it matters here."""

    identifier: str
    type: Literal["Acceptance", "Invalidation"]
    country: str
    version: str
    engine: Literal["CERTLOGIC"]
    certificate_type: Literal["General", "Test", "Vaccination", "Recovery"]
    description: list[_Text]
    valid_from: _UtcTime
    valid_to: _UtcTime
    logic: Any


class _Document(msgspec.Struct, rename="camel"):
    rules: list[_Published]
    value_sets: dict[str, list[str]] = {}


def _rule(published: _Published) -> Rule:
    try:
        return Rule(
            id=published.identifier,
            version=tuple(int(number) for number in published.version.split(".")),
            demand=next((text.desc for text in published.description if text.lang == "en"), ""),
            groups=_GROUPS[published.certificate_type],
            issuer=published.country if published.type == "Invalidation" else None,
            start=published.valid_from,
            end=published.valid_to,
            logic=certlogic.compile_expression(published.logic),
        )
    except ValueError as error:
        raise RulesError(f"rule {published.identifier}: {error}") from error


def _problem(rule: Rule, data: bytes | None) -> Problem | None:
    match _verdict(rule, data):
        case True:
            return None
        case False:
            return Problem(CodeStatus.WRONG_USE, f"rule {rule.id} is not met: {rule.demand}")
    return Problem(CodeStatus.CANNOT_CHECK, f"rule {rule.id} cannot be decided: {rule.demand}")


def _verdict(rule: Rule, data: bytes | None) -> object:
    """True or False; anything else leaves the rule open, as when the certificate lacks what it looks at."""
    if data is None:
        return None
    try:
        return certlogic.evaluate(rule.logic, data)
    except CertLogicError:
        return None


def _trimmed(value: object) -> object:
    """What was signed, as JSON has it: "all fields MUST be trimmed for whitespaces", because real issuers put
    some behind the name of a vaccine (SpecialCaseHandling.md of the EU's dcc-quality-assurance)."""
    match value:
        case str():
            return value.strip()
        case Mapping():  # cbor2 gives maps of its own type inside of tags
            return {key: _trimmed(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_trimmed(inner) for inner in value]
    return value
