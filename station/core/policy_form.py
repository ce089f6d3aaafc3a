"""The editable fields of a policy, taken from its types, so that a form can be made of them.

Labels are keys for words elsewhere (`ui/policy_words`). The same fields may be overridden for a category
or a way: put `Place.prefix` before the path.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import inspect

from station.core.model import Direction, Site
from station.core.rules import SECTIONS, Rules


class FieldKind(StrEnum):
    SWITCH = "switch"
    VERDICT = "verdict"  # pass, recheck or stop
    NUMBER = "number"
    COUNT = "count"  # a whole number
    TIME = "time"  # of day, 23:00, or empty
    WORDS = "words"  # a list of them
    HOURS_BY_NAME = "hours_by_name"  # a table that the admin may extend: each key is a name, each value hours


class Unit(StrEnum):
    NONE = ""
    CELSIUS = "celsius"
    HOURS = "hours"
    MINUTES = "minutes"
    SECONDS = "seconds"
    DAYS = "days"
    PEOPLE = "people"
    SHARE = "share"  # of one; a form may show percent


@dataclass(frozen=True, slots=True)
class FormField:
    """One value. Limits are inclusive, but for `above`; None means there is none."""

    path: str  # temperature.limit_c.body
    kind: FieldKind
    unit: Unit = Unit.NONE
    minimum: float | None = None
    maximum: float | None = None
    above: float | None = None  # the value has to be greater than this

    @property
    def section(self) -> str:
        return self.path.partition(".")[0]

    @property
    def label(self) -> str:
        """The key of its words."""
        return self.path


@dataclass(frozen=True, slots=True)
class Place:
    """For whom a form's values hold: everybody, one way, one category, or both."""

    category: str = ""
    direction: Direction | None = None

    @property
    def prefix(self) -> str:
        """What stands before a path in the TOML: category.courier.in. and the like."""
        category = f"category.{self.category}." if self.category else ""
        return category + (f"{self.direction.value}." if self.direction else "")


_UNITS = {
    "_c": Unit.CELSIUS,
    "hours": Unit.HOURS,
    "minutes": Unit.MINUTES,
    "seconds": Unit.SECONDS,
    "days": Unit.DAYS,
    "share": Unit.SHARE,
    "limit": Unit.PEOPLE,
}


def fields() -> tuple[FormField, ...]:
    """All fields of all sections, in the order of the file."""
    rules = inspect.type_info(Rules)
    assert isinstance(rules, inspect.StructType)
    sections = [field for field in rules.fields if field.encode_name in SECTIONS]
    return tuple(found for section in sections for found in _walk(section.encode_name, section.type))


def value_of(rules: Rules, path: str) -> Any:
    """What holds at a path; None where an optional part, such as the baseline, is left out."""
    value: Any = msgspec.to_builtins(rules)
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _walk(path: str, kind: inspect.Type) -> Iterator[FormField]:
    if isinstance(kind, inspect.StructType):
        for field in kind.fields:
            yield from _walk(f"{path}.{field.encode_name}", field.type)
    elif isinstance(kind, inspect.UnionType):  # a part that may be left out
        for part in kind.types:
            yield from _walk(path, part)
    elif isinstance(kind, inspect.DictType) and path.endswith("_c"):
        for site in Site:
            yield from _walk(f"{path}.{site.value}", kind.value_type)
    elif leaf := _leaf(path, kind):
        yield leaf


def _leaf(path: str, kind: inspect.Type) -> FormField | None:
    if isinstance(kind, inspect.BoolType):
        return FormField(path, FieldKind.SWITCH)
    if isinstance(kind, inspect.LiteralType):
        return FormField(path, FieldKind.VERDICT)
    if isinstance(kind, inspect.IntType | inspect.FloatType):
        return _number(path, kind)
    if isinstance(kind, inspect.StrType):
        return FormField(path, FieldKind.TIME)
    if isinstance(kind, inspect.VarTupleType):
        return FormField(path, FieldKind.WORDS)
    if isinstance(kind, inspect.DictType):
        return FormField(path, FieldKind.HOURS_BY_NAME, Unit.HOURS)
    return None


def _number(path: str, kind: inspect.IntType | inspect.FloatType) -> FormField:
    whole = isinstance(kind, inspect.IntType)
    return FormField(
        path,
        FieldKind.COUNT if whole else FieldKind.NUMBER,
        _unit(path),
        minimum=kind.ge,
        maximum=kind.le,
        above=kind.gt,
    )


def _unit(path: str) -> Unit:
    names = [name for name in path.split(".") if name not in list(Site)]
    return next((unit for ending, unit in _UNITS.items() if names[-1].endswith(ending)), Unit.NONE)
