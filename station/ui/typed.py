"""A temperature typed on the keyboard: 6 5 is 36.5, and so is 3 6 5; 4 0 1 is 40.1. Pure."""

from __future__ import annotations


def degrees(digits: str) -> float | None:
    """The value in °C, or None while digits are missing.

    A value that begins with 3 or 4 is typed in full; any other leaves out its leading 3.
    """
    if digits[:1] in ("3", "4"):
        return int(digits) / 10 if len(digits) == 3 else None
    return 30 + int(digits) / 10 if len(digits) == 2 else None


def accepts(digits: str) -> bool:
    """Whether these digits are, or begin, a temperature between 33.0 and 43.0 °C."""
    if not digits.isascii() or not digits.isdigit():
        return False
    value = degrees(digits)
    if value is not None:
        return 33.0 <= value <= 43.0
    return digits in set("3456789") or digits[:2] in {str(whole) for whole in range(33, 44)}


def so_far(digits: str) -> str:
    """The digits as they will read: 6 → 36._"""
    whole = digits if digits[:1] in ("3", "4") else f"3{digits}"
    return f"{whole:_<2}._"
