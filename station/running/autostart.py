"""Opening the gate with the desktop: a service of the user's systemd, and an autostart entry that starts it.

The entry is for desktops that never reach graphical-session.target. Files only; no process is started here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import platformdirs

from station.journal.durable import write_file

ROOT = Path(__file__).parents[2]
SERVICE = "kakou.service"
TEMPLATES = ROOT / "assets" / "autostart"


def program() -> list[str]:
    """How this program is started: the one of the .deb, or ./run of the source tree."""
    return [sys.executable] if getattr(sys, "frozen", False) else [str(ROOT / "run")]


def settings_folder() -> Path:
    """Where this user's programs keep their settings, e.g. ~/.config."""
    return Path(platformdirs.user_config_dir())


class Autostart:
    """`config` is the user's folder for settings, e.g. ~/.config; `options` go with every command."""

    def __init__(self, config: Path, program: Sequence[str], options: Sequence[str] = ()) -> None:
        self._words = {"{program}": program, "{options}": options}
        units = config / "systemd" / "user"
        self._unit = units / SERVICE
        self._wanted = units / "graphical-session.target.wants" / SERVICE  # as `systemctl enable` makes it
        self._entry = config / "autostart" / "kakou.desktop"

    @property
    def is_on(self) -> bool:
        return self._unit.is_file() and self._wanted.is_symlink() and self._entry.is_file()

    def turn_on(self) -> None:
        """Raises OSError."""
        for folder in (self._wanted.parent, self._entry.parent):
            folder.mkdir(parents=True, exist_ok=True)
        self._write(self._unit, for_systemd, lambda path: path.replace("%", "%%"))
        self._write(self._entry, for_desktop, lambda path: path.replace("\\", "\\\\"))
        self._wanted.unlink(missing_ok=True)
        self._wanted.symlink_to(self._unit)

    def turn_off(self) -> None:
        """Raises OSError."""
        for path in (self._wanted, self._unit, self._entry):
            path.unlink(missing_ok=True)

    def _write(self, path: Path, quoted: Callable[[str], str], bare: Callable[[str], str]) -> None:
        """`bare`: a path that is a whole value. Conditions and TryExec know no quotes."""
        text = (TEMPLATES / path.name).read_text("utf-8")
        text = text.replace("{installed}", bare(self._words["{program}"][0]))
        for place, words in self._words.items():
            text = text.replace(place, " ".join(map(quoted, words)))
        write_file(path, text.encode())


def for_systemd(word: str) -> str:
    """A word of ExecStart: systemd.service(5), "Command lines"."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'


def for_desktop(word: str) -> str:
    """A word of Exec: Desktop Entry Specification, "The Exec key", inside a string value."""
    for character in '\\"`$':
        word = word.replace(character, f"\\{character}")
    escaped = word.replace("\\", "\\\\").replace("%", "%%")
    return f'"{escaped}"'
