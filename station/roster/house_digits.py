"""A house typed on a number pad: 32501 and 3-2-501 are both 3-2-501, if it is in the roster.

Nothing is guessed: digits that mean two houses give both.
"""

from __future__ import annotations

from collections.abc import Iterable

MOST = 12  # keys: more is no house


def houses_like(typed: str, houses: Iterable[tuple[str, ...]], limit: int = 8) -> list[str]:
    """Names of houses that are meant exactly, or else of those that begin so, in the order given."""
    exact, begun = list[str](), list[str]()
    for parts in houses:
        fit = _fit(typed, parts)
        if fit is not None:
            (exact if fit else begun).append("-".join(parts))
    return (exact or begun)[:limit]


def _fit(typed: str, parts: tuple[str, ...]) -> bool | None:
    """True: exactly this house; False: it begins so; None: another one."""
    house, wanted = _spelt(parts, dashes="-" in typed), _typed(typed)
    if not wanted.strip("-"):
        return None
    if house == wanted:
        return True
    return False if house.startswith(wanted) else None


def _spelt(parts: tuple[str, ...], *, dashes: bool) -> str:
    """What a number pad can type of a house: 平房-15 is 15."""
    digits = ("".join(filter(str.isdigit, part)) for part in parts)
    return ("-" if dashes else "").join(part for part in digits if part)


def _typed(typed: str) -> str:
    """Without the zeros that stand before a number on some doors: 3-2-0501."""
    if "-" not in typed:
        return typed
    *whole, last = typed.split("-")
    return "-".join([*(part.lstrip("0") for part in whole), last.lstrip("0")])
