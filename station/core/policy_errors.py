"""Why a policy cannot be used: which field, and what is the matter with it, for words elsewhere."""

from __future__ import annotations

import re
from enum import StrEnum

import msgspec


class Problem(StrEnum):
    SYNTAX = "syntax"  # no TOML; `detail` says where
    UNKNOWN = "unknown"  # there is no such field
    MISSING = "missing"
    WRONG_KIND = "wrong_kind"  # a text instead of a number …
    OUT_OF_RANGE = "out_of_range"
    NOT_A_CHOICE = "not_a_choice"  # something else than pass, recheck, stop …
    WRONG_FORM = "wrong_form"  # 25:00


class PolicyError(ValueError):
    """The policy text cannot be used; the message names the field. `detail` is technical."""

    def __init__(self, detail: str, problem: Problem = Problem.SYNTAX, field: str = "") -> None:
        super().__init__(": ".join(part for part in (field, detail) if part))
        self.detail = detail
        self.problem = problem
        self.field = field  # with dots, e.g. category.courier.test.everyone_hours


_NAMED = {
    "contains unknown field": Problem.UNKNOWN,
    "missing required field": Problem.MISSING,
}
_AT = re.compile(r"^(?P<said>.*?)(?: - at `(?:key in )?\$\.?(?P<path>[^`]*)`)?$", re.DOTALL)


def from_msgspec(error: msgspec.ValidationError) -> PolicyError:
    """The same with its field. msgspec says: Expected `int`, got `str` - at `$.version`."""
    match = _AT.match(str(error))
    said, path = (match["said"], match["path"] or "") if match else (str(error), "")
    path = path.replace("[...]", "").strip(".")
    for words, problem in _NAMED.items():
        if words in said:
            return PolicyError(said, problem, ".".join(part for part in (path, said.split("`")[1]) if part))
    return PolicyError(said, _problem(said), path)


def _problem(said: str) -> Problem:
    if "enum value" in said:
        return Problem.NOT_A_CHOICE
    if "matching regex" in said:
        return Problem.WRONG_FORM
    return Problem.OUT_OF_RANGE if re.search(r"`(int|float)` [<>]", said) else Problem.WRONG_KIND
