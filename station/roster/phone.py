"""Telephone numbers as people write them: with spaces, country code, a name beside, several in one cell."""

from __future__ import annotations

import re

from station.roster.problems import CellError, Trouble
from station.roster.text import clean

_BETWEEN = re.compile(r"[/,;、|]|\n|或")
_MOBILE = re.compile(r"1[3-9]\d{9}")  # numbering plan of the ministry (工信部), 2017
_FIXED = re.compile(r"0\d{9,11}|[2-8]\d{6,7}|[48]00\d{7}")
_ABROAD = re.compile(r"\+\d{7,15}")  # E.164
_TWO_MOBILES = re.compile(r"(1[3-9]\d{9})(1[3-9]\d{9})")


def read_phones(text: str) -> tuple[str, ...]:
    """Every number of a cell, in one spelling, each once. Raises CellError if a piece is none."""
    found: list[str] = []
    for piece in _BETWEEN.split(text.replace("，", ",").replace("；", ";")):
        found += _numbers(clean(piece))
    return tuple(dict.fromkeys(found))


def _numbers(piece: str) -> list[str]:
    if not piece:
        return []
    digits = re.sub(r"[^\d+]", "", piece)
    if two := _TWO_MOBILES.fullmatch(digits):
        return list(two.groups())
    number = re.sub(r"^(\+|00)86(?=\d{8,})", "", digits)
    if re.fullmatch(r"86" + _MOBILE.pattern, number):
        number = number[2:]
    if number != "" and (_MOBILE.fullmatch(number) or _FIXED.fullmatch(number) or _ABROAD.fullmatch(number)):
        return [number]
    raise CellError(Trouble.PHONE_WRONG)
