"""What differs between two texts of a policy, value by value: for its history, and for a last look before
it is activated. Comments and order do not count."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from station.core.policy_errors import PolicyError


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One value as the files write it; None where a file does not name it."""

    path: str  # category.courier.test.everyone_hours
    before: Any
    after: Any


def changes(before: str, after: str) -> tuple[ValueChange, ...]:
    """Every value that is not the same in both, by path. Raises PolicyError if a text is no TOML."""
    old, new = dict(_values(_read(before))), dict(_values(_read(after)))
    return tuple(
        ValueChange(path, old.get(path), new.get(path))
        for path in sorted(old.keys() | new.keys())
        if old.get(path) != new.get(path)
    )


def _read(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(str(error)) from error


def _values(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _values(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value
