"""Policies as the console handles them: the shipped ones, which grade of a zone means which, a form's values.

Reads the shipped files; all else is pure. Words are in `console.policy_words`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from station.core.model import Direction
from station.core.policy import Policy, kept_policy, parse_policy
from station.core.policy_edit import PolicyEditError, Value, with_value, without_value
from station.core.policy_form import FieldKind, FormField, Place, fields, value_of

ASSETS = Path(__file__).parent.parent / "assets" / "policies"
PRESETS = ("open", "precaution", "controlled", "sealed")  # from mild to strict
GRADES = ("red", "orange", "yellow", "blue", "green")  # of a zone (五色), the gravest first
MOST_CHARACTERS = 200_000
VERDICTS = ("pass", "recheck", "stop")
_LEAF = (bool, int, float, str, list)


class TypedError(ValueError):
    """What stands in a field cannot be taken; `path` is the field's."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


@dataclass(frozen=True, slots=True)
class Shown:
    """A field with what stands in it."""

    field: FormField
    text: str


def preset(name: str) -> str:
    """The text of a shipped policy."""
    return (ASSETS / f"{name}.toml").read_text("utf-8-sig")


def preset_for(grade: str) -> str:
    """The text of the shipped policy that is meant for a zone of this grade."""
    texts = (preset(name) for name in PRESETS)
    return next(text for text in texts if grade in parse_policy(text).grades)


def numbered(text: str, version: int) -> str:
    """The same text with another number of its version. Raises PolicyEditError."""
    return with_value(text, "version", version)


def shown(policy: Policy, place: Place) -> dict[str, list[Shown]]:
    """All fields by their section, with what holds for these people."""
    rules = policy.rules_for(place.category, place.direction or Direction.IN)
    found: dict[str, list[Shown]] = {}
    for one in fields():
        found.setdefault(one.section, []).append(Shown(one, written(one, value_of(rules, one.path))))
    return found


def edited(text: str, place: Place, typed: Mapping[str, str]) -> str:
    """The text with what was typed into the form, for these people. Raises TypedError, PolicyEditError."""
    rules = kept_policy(text).rules_for(place.category, place.direction or Direction.IN)
    for one in fields():
        now = value_of(rules, one.path)
        said = typed.get(one.path)
        if said is None or said.strip() == written(one, now):
            continue
        if one.kind is FieldKind.HOURS_BY_NAME:
            text = _with_hours(text, place.prefix + one.path, now or {}, read_hours(one, said))
        else:
            text = with_value(text, place.prefix + one.path, read_value(one, said))
    return text


def exceptions(text: str) -> list[tuple[str, str]]:
    """What is written for a category or a way alone: (path, value), in the order of the file."""
    said = tomllib.loads(text)
    parts = {name: said[name] for name in ("in", "out", "category") if name in said}
    return [(path, _plain(value)) for path, value in _leaves("", parts)]


def without(text: str, path: str) -> str:
    """The text without an exception. Raises PolicyEditError."""
    if path not in {name for name, _ in exceptions(text)}:
        raise PolicyEditError(path)
    return without_value(text, path)


def written(field: FormField, value: Any) -> str:
    """As it stands in the form."""
    if value is None:
        return ""
    if field.kind is FieldKind.HOURS_BY_NAME:
        return "\n".join(f"{name} {hours:g}" for name, hours in value.items())
    return _plain(value)


def read_value(field: FormField, said: str) -> Value:
    """Raises TypedError."""
    said = said.strip()
    if field.kind is FieldKind.SWITCH:
        return _one_of(field, said, ("true", "false")) == "true"
    if field.kind is FieldKind.VERDICT:
        return _one_of(field, said, VERDICTS)
    if field.kind is FieldKind.TIME:
        return said.replace("：", ":")
    if field.kind is FieldKind.WORDS:
        return said.replace("，", " ").replace(",", " ").replace("、", " ").split()
    return _number(field, said)


def read_hours(field: FormField, said: str) -> dict[str, float]:
    """Lines of a name and hours. Raises TypedError."""
    found = {}
    for line in said.strip().splitlines():
        name, _, hours = line.strip().rpartition(" ")
        if not name.strip():
            raise TypedError(field.path)
        found[name.strip()] = float(_number(field, hours))
    return found


def _with_hours(text: str, path: str, now: Mapping[str, float], wanted: Mapping[str, float]) -> str:
    for name, hours in wanted.items():
        if now.get(name) != hours:
            text = with_value(text, f"{path}.{name}", hours)
    for name in now:
        if name not in wanted:
            text = without_value(text, f"{path}.{name}")
    return text


def _one_of(field: FormField, said: str, choices: tuple[str, ...]) -> str:
    if said not in choices:
        raise TypedError(field.path)
    return said


def _number(field: FormField, said: str) -> int | float:
    try:
        number = int(said) if field.kind is FieldKind.COUNT else float(said)
    except ValueError as error:
        raise TypedError(field.path) from error
    low = field.minimum is not None and number < field.minimum
    high = field.maximum is not None and number > field.maximum
    if number != number or low or high or (field.above is not None and number <= field.above):
        raise TypedError(field.path)
    return number


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return " ".join(str(one) for one in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _leaves(path: str, value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, _LEAF):
        return [(path, value)]
    return [leaf for name, inner in value.items() for leaf in _leaves(f"{path}.{name}".strip("."), inner)]
