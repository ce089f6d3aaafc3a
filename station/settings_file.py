"""Changes settings in DATA/settings.toml as a careful person would: one line each, all else as it stood.

Comments, order and the settings that are not named stay. What was written is read back before it counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import msgspec

from station.core.toml_text import written
from station.journal.durable import is_there, make_folder, write_file
from station.settings import Settings, SettingsError, load_settings

FILE_NAME = "settings.toml"  # as in `station.settings`
Value = str | tuple[str, ...] | None
_TABLE = re.compile(r"^\s*\[", re.MULTILINE)  # from here on names belong to a table
_STRING = r"\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'"
_LIST = r"\[[^\[\]\n]*\]"  # on one line, as this module writes it


def change_settings(data: Path, changes: Mapping[str, Value]) -> Settings:
    """Write these settings and return all of them as they are now; None takes a setting out of the file.

    The file is whole at every moment, and its owner's only. Raises SettingsError when the file cannot be
    used, changed or written; then it is as it was.
    """
    wanted = msgspec.structs.replace(load_settings(data), **changes)
    path = data / FILE_NAME
    try:
        text = path.read_text(encoding="utf-8-sig") if is_there(path) else ""
        for name, value in changes.items():
            text = _changed(text, name, value)
        if _read(text, path) != wanted:
            raise SettingsError(f"{path}: cannot be changed here, only in an editor")
        make_folder(data)
        write_file(path, text.encode())
    except (OSError, UnicodeError) as error:
        raise SettingsError(f"{path}: {error}") from error
    return wanted


def _changed(text: str, name: str, value: Value) -> str:
    """The text with another value for a name at its top level; what is said in a comment beside it stays."""
    first_table = _TABLE.search(text)
    top, tables = (text[: first_table.start()], text[first_table.start() :]) if first_table else (text, "")
    line = re.compile(
        rf"^([ \t]*{re.escape(name)}[ \t]*=[ \t]*)(?:{_STRING}|{_LIST})([ \t]*(?:#.*)?)$", re.MULTILINE
    )
    if value is None:
        return re.sub(line.pattern + r"\n?", "", top, flags=re.MULTILINE) + tables
    quoted = written(value)
    if line.search(top):
        return line.sub(lambda found: f"{found[1]}{quoted}{found[2]}", top) + tables
    top = top if not top or top.endswith("\n") else f"{top}\n"
    return f"{top}{name} = {quoted}\n{tables}"


def _read(text: str, path: Path) -> Settings:
    try:
        return msgspec.toml.decode(text, type=Settings)
    except msgspec.DecodeError as error:
        raise SettingsError(f"{path}: cannot be changed here, only in an editor ({error})") from error
