"""The language of the command line: Chinese stands in the source, English in `center.english`."""

from __future__ import annotations

from collections.abc import Mapping

from center.english import ENGLISH
from center.result import Say


def speaker(language: str | None, environment: Mapping[str, str]) -> Say:
    """Texts in the language that was asked for, or in that of the locale."""
    if in_english(language, environment):
        return lambda text: ENGLISH.get(text, text)
    return lambda text: text


def in_english(language: str | None, environment: Mapping[str, str]) -> bool:
    return (language or _locale(environment)).startswith("en")


def _locale(environment: Mapping[str, str]) -> str:
    """The first of the variables that decide on messages (POSIX, 8.2)."""
    variables = ("LC_ALL", "LC_MESSAGES", "LANG")
    return next((value for name in variables if (value := environment.get(name))), "")
