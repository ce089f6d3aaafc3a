"""One value of a policy's TOML changed in place: comments, order and line endings stay as they were.

Only lines of the plain form `key = value # comment` under `[a.table]` are edited, as in the shipped files.
The result is read again, and refused unless it says exactly what was wanted; so a file in some other form
is never spoilt, it has to be edited by hand.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from typing import Any

from station.core.toml_text import written

Value = bool | int | float | str | list[str]

_HEADER = re.compile(r"\s*\[([^\[\]#]+)\]\s*(#.*)?$")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ASSIGNMENT = re.compile(
    r"""(?P<key>\s*(?:[A-Za-z0-9_-]+|"[^"\\]+")\s*=\s*)
        (?P<value>(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^"'#])*?)
        (?P<rest>\s*(\#.*)?)$""",
    re.VERBOSE,
)


class PolicyEditError(ValueError):
    """The text is written in a way that is not edited here; the message names the field."""


def with_value(text: str, path: str, value: Value) -> str:
    """The text with `value` at a path such as category.courier.test.everyone_hours; new tables go to the end.

    Raises PolicyEditError. Whether the result is a sound policy, `parse_policy` says.
    """
    table, _, key = path.rpartition(".")
    lines = text.splitlines(keepends=True)
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    value_text, begin = written(value), _table_at(lines, table)
    if begin is None:
        lines += [
            *_blank_after(lines, end),
            f"[{_quoted(table)}]{end}",
            f"{_quoted(key)} = {value_text}{end}",
        ]
    elif (at := _key_at(lines, begin, key)) is not None:
        lines[at] = _rewritten(lines[at], value_text)
    else:
        lines.insert(_last_of(lines, begin), f"{_quoted(key)} = {value_text}{end}")
    return _checked(text, "".join(lines), path, lambda parent: parent.__setitem__(key, value))


def without_value(text: str, path: str) -> str:
    """The text without the value at this path: what it overrode holds again. Raises PolicyEditError."""
    table, _, key = path.rpartition(".")
    lines = text.splitlines(keepends=True)
    begin = _table_at(lines, table)
    at = None if begin is None else _key_at(lines, begin, key)
    if at is None:
        raise PolicyEditError(f"{path}: not written on a line of its own")
    del lines[at]
    return _checked(text, "".join(lines), path, lambda parent: parent.__delitem__(key))


def _table_at(lines: list[str], table: str) -> int | None:
    """The index of the first line after a table's header; the top of the file for none."""
    if not table:
        return 0
    for index, line in enumerate(lines):
        if (header := _HEADER.match(line)) and _name(header[1]) == table:
            return index + 1
    return None


def _name(header: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in header.split("."))


def _end_of(lines: list[str], begin: int) -> int:
    """The index of the next header."""
    return next((index for index in range(begin, len(lines)) if _HEADER.match(lines[index])), len(lines))


def _key_at(lines: list[str], begin: int, key: str) -> int | None:
    for index in range(begin, _end_of(lines, begin)):
        match = _ASSIGNMENT.match(lines[index])
        if match and match["key"].strip('= \t"') == key:
            return index
    return None


def _last_of(lines: list[str], begin: int) -> int:
    """Where a new key goes: behind the last one of its table."""
    keys = [index for index in range(begin, _end_of(lines, begin)) if _ASSIGNMENT.match(lines[index])]
    return keys[-1] + 1 if keys else begin


def _rewritten(line: str, value_text: str) -> str:
    body = line.rstrip("\r\n")
    match = _ASSIGNMENT.match(body)
    assert match, "found by `_key_at`"
    return f"{match['key']}{value_text}{match['rest']}{line[len(body) :]}"


def _blank_after(lines: list[str], end: str) -> list[str]:
    """What has to stand between the last line and a new table."""
    if not lines:
        return []
    return [end] if lines[-1].endswith("\n") else [end, end]


def _quoted(path: str) -> str:
    """A path as TOML spells it: 户主 and other names that are not plain ASCII stand in quotes."""
    return ".".join(name if _BARE.fullmatch(name) else written(name) for name in path.split("."))


def _checked(before: str, after: str, path: str, change: Callable[[dict[str, Any]], None]) -> str:
    """`after`, if it says what `before` says but for this change."""
    try:
        wanted, parent = tomllib.loads(before), dict[str, Any]()
        parent = wanted
        for name in path.split(".")[:-1]:
            parent = parent.setdefault(name, {})
        change(parent)
        said = tomllib.loads(after)
    except (tomllib.TOMLDecodeError, AttributeError, TypeError, KeyError) as error:
        raise PolicyEditError(f"{path}: {error}") from error
    if _pruned(said) != _pruned(wanted):
        raise PolicyEditError(f"{path}: written in a way that is not edited here")
    return after


def _pruned(value: object) -> object:
    """Without empty tables: a table whose last key went says nothing. Kinds of numbers are told apart."""
    if not isinstance(value, dict):
        return type(value), value
    tables = {name: _pruned(inner) for name, inner in value.items()}
    return {name: inner for name, inner in tables.items() if inner != {}}
