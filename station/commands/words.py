"""The terminal's language: Chinese is in the source, English in `assets/i18n`, if the locale asks for it.

Without a window there is no Qt application to install a translator in, so the terminal asks one directly.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache

from station.assets import ASSETS
from station.commands.result import Exit, print_error


def translate(context: str, text: str) -> str:
    """This text in the terminal's language."""
    say = _translator(_locale())
    return (say(context, text) if say else "") or text


def found_or_said(found: object) -> Exit:
    """How a command ends that lists: with nothing to list it says so, or people wait before an empty line."""
    if not found:
        print_error(translate("cli", "没有找到"))
    return Exit.DONE if found else Exit.NEGATIVE


def in_english() -> bool:
    """Whether the terminal's language is English, for texts that stand in data files in both."""
    return _locale().startswith("en")


def _locale() -> str:
    """The first of the variables that decide on messages (POSIX, 8.2)."""
    variables = ("LC_ALL", "LC_MESSAGES", "LANG")
    return next((value for name in variables if (value := os.environ.get(name))), "")


@cache
def _translator(locale: str) -> Callable[[str, str], str | None] | None:
    if not locale.startswith("en"):
        return None
    from PySide6.QtCore import QTranslator  # 18 MB that Chinese does not need

    translator = QTranslator()
    return translator.translate if translator.load(str(ASSETS / "i18n" / "en.qm")) else None
