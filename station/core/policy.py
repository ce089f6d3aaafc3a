"""What the gate demands, as data: typed, versioned, readable as TOML in `assets/policies/`.

Parsing takes text, so that reading the file stays at the edge. Every value names its source in the file.

The sections of a file hold for everybody. They are overridden, the later over the earlier, by

    [out.test]                  everybody on the way out
    [category.courier.test]     couriers, either way
    [category.courier.in.test]  couriers on the way in

of which each names only what differs.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

import msgspec

from station.core.model import CodeStatus, Direction, Site, Temperature
from station.core.policy_errors import PolicyError as PolicyError
from station.core.policy_errors import Problem, from_msgspec
from station.core.rules import CATEGORIES, DIRECTIONS, OCCUPATIONS, SECTIONS, Rules
from station.core.rules import severity as severity

NO_CODES = "+no-codes"  # ends the label of a policy whose code system is down

Table = dict[str, Any]
Check = Callable[[Rules], None]
R = TypeVar("R", bound=Rules)


class Policy(Rules, frozen=True, kw_only=True):
    """One rule book. `label` (name and version) is stored with every entry."""

    variants: Mapping[str, Rules] = {}  # what differs, by category and direction, e.g. courier/in
    digest: str = ""  # of the exact text: the first 16 hexadecimal digits of its SHA-256
    codes_down: bool = False  # the drill: see `without_codes`

    @property
    def label(self) -> str:
        return f"{self.name}/{self.version}{NO_CODES if self.codes_down else ''}"

    @property
    def colour_max_age(self) -> timedelta:
        return timedelta(hours=self.colour.max_age_hours)

    def rules_for(self, category: str, direction: Direction) -> Rules:
        """What holds for this sort of person on this way; for an unknown one, what holds for everybody."""
        variants = self.variants
        return variants.get(f"{category}/{direction.value}") or variants.get(f"/{direction.value}") or self

    def limited(self, temperature: Temperature, rules: Rules) -> Temperature:
        """A reading that was judged before anybody knew whose it is, with the limit of `rules`: those of this
        policy for one sort of person on one way. What was usual here goes on counting."""
        limits, site = (rules.temperature.limit_c, self.temperature.limit_c), temperature.site
        if temperature.limit_c is None or limits[0] == limits[1]:
            return temperature
        usual = None if temperature.limit_c == self.limit_c(site) else temperature.limit_c
        return replace(temperature, limit_c=rules.limit_c(site, usual))

    def alarms(self, temperature: Temperature, direction: Direction) -> bool:
        """High for anybody on this way: what nobody claims must not vanish, whosever it was."""
        way = self.rules_for("", direction)
        return self.is_high(temperature) or way.is_high(self.limited(temperature, way))

    def without_codes(self) -> Policy:
        """The same while the code system is down: identity, roster and temperature.

        A code that is missing, old or cannot be checked is not held against anybody, nor is a colour that
        is missing or old. What is known stays known: a fresh red or yellow, a pass that was taken back,
        a forged code; an old red is rechecked. Entries are marked by the label and by a reason, to be
        verified afterwards.
        """
        relaxed = {key: _without_codes(rules) for key, rules in self.variants.items()}
        return msgspec.structs.replace(_without_codes(self), codes_down=True, variants=relaxed)


_UNCHECKED = {status.value for status in CodeStatus} - {"valid", "revoked", "bad_signature"} | {"missing"}


def _without_codes(rules: R) -> R:
    replace = msgspec.structs.replace
    return replace(
        rules,
        code=replace(rules.code, **dict.fromkeys(_UNCHECKED, "pass")),
        colour=replace(rules.colour, required=False, missing="pass", stale="pass"),
        freshness=replace(rules.freshness, stale="pass"),
    )


def parse_policy(text: str, *, draft: bool = False) -> Policy:
    """The policy in TOML text. Raises PolicyError with the field that is wrong.

    A draft is edited value by value: it may lack the end of a curfew whose begin was typed just now.
    """
    return _read(text, _check_draft if draft else _check)


def kept_policy(text: str) -> Policy:
    """One that lies here already. A gate that went by it goes on: what is no longer taken of a new one means
    what it meant then. Raises PolicyError if it cannot be read at all."""
    return _read(text, _no_check)


def _read(text: str, check: Check) -> Policy:
    base = _tables(text)
    ways = {way: _table(base.pop(way, {}), way) for way in DIRECTIONS}
    categories = _table(base.pop("category", {}), "category")
    if check is not _no_check:
        _check_known(filter(lambda one: _says(categories[one]), categories), CATEGORIES, "category")
    rules = _rules(base, {}, check)
    variants = {
        f"{category}/{way}": _rules(base, overrides, check)
        for category in ("", *categories)
        for way in DIRECTIONS
        if (overrides := _overrides(ways[way], categories, category, way))
    }
    fields = {name: getattr(rules, name) for name in Rules.__struct_fields__}
    return Policy(**fields, variants=variants, digest=digest(text))


def digest(text: str) -> str:
    """What tells one text of a policy from another of the same label."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _tables(text: str) -> Table:
    """Besides its own error the parser raises these for numbers of 5000 digits and 5000 brackets in a row."""
    try:
        text.encode()  # half a character has no digest
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise PolicyError(str(error)) from error


def _overrides(way: Table, categories: Table, category: str, name: str) -> dict[str, Table]:
    """The tables that hold for a category on its way, by where they stand, weakest first."""
    here = f"category.{category}"
    both = _table(categories.get(category, {}), here)
    either = {section: table for section, table in both.items() if section not in DIRECTIONS}
    tables = {name: way, here: either, f"{here}.{name}": _table(both.get(name, {}), f"{here}.{name}")}
    for where, table in tables.items():
        _check_sections(table, where)
    return {where: table for where, table in tables.items() if table}


def _table(value: object, where: str) -> Table:
    if isinstance(value, dict):
        return value
    raise PolicyError("a table is wanted", Problem.WRONG_KIND, where)


def _check_sections(table: Table, where: str) -> None:
    for section in table:
        if section not in SECTIONS:
            raise PolicyError("no such section", Problem.UNKNOWN, f"{where}.{section}")


def _check_known(named: Iterable[str], known: Iterable[str], where: str) -> None:
    """A misspelt word is nobody's: what is written for it would hold for none."""
    for name in named:
        if name not in known:
            raise PolicyError("no such word", Problem.UNKNOWN, f"{where}.{name}")


def _rules(base: Table, overrides: Mapping[str, Table], check: Check) -> Rules:
    merged = base
    for table in overrides.values():
        merged = _merged(merged, table)
    try:
        rules = msgspec.convert(merged, Rules)
    except msgspec.ValidationError as error:
        raise _placed(from_msgspec(error), overrides) from error
    try:
        _check_body(rules)
        check(rules)
    except PolicyError as error:
        raise _placed(error, overrides) from error
    return rules


def _no_check(rules: Rules) -> None:
    """It was checked when it came into force, as was usual then."""


def _check(rules: Rules) -> None:
    _check_draft(rules)
    if rules.curfew.begins and not rules.curfew.ends:
        raise PolicyError("a curfew without end would be none", Problem.MISSING, "curfew.ends")


def _check_draft(rules: Rules) -> None:
    _check_limits(rules)
    _check_known(rules.identity.at_home, CATEGORIES, "identity.at_home")
    _check_known(rules.test.hours, OCCUPATIONS, "test.hours")


def _check_body(rules: Rules) -> None:
    limits = rules.temperature
    for name, of_sites in (("limit_c", limits.limit_c), ("lowest_c", limits.lowest_c)):
        if Site.BODY not in of_sites:
            raise PolicyError("the body's limit is missing", Problem.MISSING, f"temperature.{name}.body")


def _check_limits(rules: Rules) -> None:
    """A misspelt site would fall back to the body's limit, and a line that nobody reaches alive is none."""
    limits = rules.temperature
    for name, of_sites in (("limit_c", limits.limit_c), ("lowest_c", limits.lowest_c)):
        _check_known(of_sites, list(Site), f"temperature.{name}")
    for site, limit_c in limits.limit_c.items():
        lowest_c = limits.lowest_c.get(site, limits.lowest_c[Site.BODY])
        if not lowest_c < limit_c <= limits.highest_c:
            detail = f"not above {lowest_c:g} and up to {limits.highest_c:g}"
            raise PolicyError(detail, Problem.OUT_OF_RANGE, f"temperature.limit_c.{site}")


def _merged(base: Table, over: Table) -> Table:
    """`over` laid upon `base`, table by table."""
    both = {
        name: _merged(base[name], value)
        if isinstance(value, dict) and isinstance(base.get(name), dict)
        else value
        for name, value in over.items()
    }
    return base | both


def _placed(error: PolicyError, overrides: Mapping[str, Table]) -> PolicyError:
    """The same error with the table in which the field stands: the base was read without one."""
    path = error.field.split(".")
    standing = [where for where, table in overrides.items() if _holds(table, path)]
    if not standing:
        return error
    return PolicyError(error.detail, error.problem, f"{standing[-1]}.{error.field}")


def _says(value: object) -> bool:
    """An exception that was taken away leaves the headings of its tables."""
    return any(map(_says, value.values())) if isinstance(value, dict) else True


def _holds(table: object, path: Iterable[str]) -> bool:
    for name in path:
        if not isinstance(table, dict) or name not in table:
            return False
        table = table[name]
    return True
