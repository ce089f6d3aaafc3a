"""The language of the console: Chinese stands in the source, English in `center.console.english`."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request

from center.console.english import ENGLISH

LANGUAGES = ("zh", "en")
COOKIE = "kakou-lang"


def words(lang: str, chinese: str) -> str:
    """A text in this language; Chinese, where English is missing."""
    return ENGLISH.get(chinese, chinese) if lang == "en" else chinese


def language(request: Request) -> str:
    """What was asked for: ?lang=en, or once, or by the browser's own language; Chinese first."""
    asked = request.query_params.get("lang") or request.cookies.get(COOKIE, "")
    if asked in LANGUAGES:
        return asked
    return _first_of(request.headers)


def _first_of(headers: Mapping[str, str]) -> str:
    return "en" if headers.get("accept-language", "").lower().startswith("en") else "zh"
