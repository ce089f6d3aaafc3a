"""Codes known by their shape alone: tokens of provincial health codes, payments, links, other formats.

The shapes are data (assets/codes/regional.toml), so that they change without a release. A shape proves
nothing: the best that it says is "ask the center for this token's colour".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from station.codes.result import Problem, unproved
from station.core.entry import from_ms
from station.core.model import CodeKind, CodeStatus, Credential

# What makes a backtracking search explode: repetition without a bound, repeated groups, and
# back-references. Such characters are written as \xNN where a class needs them.
_UNSAFE = re.compile(r"[*+]|,\}|\)\{|\\[1-9]")

_MADE_MS = "made_ms"  # a group of this name holds milliseconds since 1970
_MILLISECONDS = re.compile("[0-9]{13}")  # the years 2001 to 2286

_STATUS = {
    CodeKind.REGIONAL: CodeStatus.CANNOT_CHECK,
    CodeKind.OTHER_HEALTH: CodeStatus.CANNOT_CHECK,
    CodeKind.PLACE: CodeStatus.NOT_A_HEALTH_CODE,
    CodeKind.PAYMENT: CodeStatus.NOT_A_HEALTH_CODE,
    CodeKind.LINK: CodeStatus.NOT_A_HEALTH_CODE,
    CodeKind.OTHER: CodeStatus.NOT_A_HEALTH_CODE,
}


class ShapesError(ValueError):
    """A file of shapes that cannot be used, and why."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of text: the pattern must match all of it.

    `explanation` is one English sentence; `name_zh` and `name_en` are what a volunteer calls it.
    """

    name: str
    kind: CodeKind
    pattern: re.Pattern[str]
    explanation: str
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True)
class RegionalShapes:
    """All shapes, the special ones first: the first that matches names the code."""

    version: str
    shapes: tuple[Shape, ...]

    def named(self, name: str | None) -> Shape | None:
        """The shape that a credential's `region` names, if any does."""
        return next((shape for shape in self.shapes if shape.name == name), None)

    def recognise(self, text: str) -> Credential | None:
        """What kind of code this is by its looks, or None."""
        for shape in self.shapes:
            if match := shape.pattern.fullmatch(text):
                problem = Problem(_STATUS[shape.kind], shape.explanation)
                return unproved(shape.kind, problem, region=shape.name, made_at=_made_at(match))
        return None


def _made_at(match: re.Match[str]) -> datetime | None:
    """The time stamp in a token, if its shape names one: anybody could have written it."""
    digits = match.groupdict().get(_MADE_MS) or ""
    return from_ms(int(digits)) if _MILLISECONDS.fullmatch(digits) else None


def parse_shapes(text: str) -> RegionalShapes:
    """The shapes in a TOML file. Raises ShapesError, naming the shape at fault."""
    try:
        document = tomllib.loads(text)
        return RegionalShapes(str(document["version"]), tuple(_shape(table) for table in document["shape"]))
    except tomllib.TOMLDecodeError as error:
        raise ShapesError(f"not TOML: {error}") from error
    except (KeyError, TypeError) as error:
        raise ShapesError(f"a missing or misplaced entry: {error}") from error


def _shape(table: Mapping[str, Any]) -> Shape:
    name, explanation = str(table["name"]), str(table["explanation"])
    called = (str(table.get(key, name)) for key in ("name_zh", "name_en"))  # absent from lists before these
    try:
        return Shape(name, _kind(table["kind"]), _pattern(table["pattern"]), explanation, *called)
    except (ValueError, re.error) as error:
        raise ShapesError(f"shape {name}: {error}") from error


def _kind(word: str) -> CodeKind:
    kind = CodeKind(word)
    if kind not in _STATUS:
        raise ValueError(f"{word} is verified, not recognised by shape")
    return kind


def _pattern(source: str) -> re.Pattern[str]:
    if _UNSAFE.search(source):
        raise ValueError("pattern repeats without a bound, repeats a group, or refers back")
    return re.compile(source, re.ASCII)
