"""What may be told of somebody in place of what is told already. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from station.core.facts import AHEAD_MS, RESULTS, FactKind, TestState, is_bad, weight
from station.core.moments import HOUR_MS
from station.sync.items import FactItem

_RESULT_MS = 14 * 24 * HOUR_MS  # so long a result says something: as long as a positive one counts, usually


def takes_place(new: FactItem, told: FactItem | None, now_ms: int) -> bool:
    """Of one kind about one subject: what is newer.

    But the result of yesterday's sample comes when today's is taken already, and a sample that has no result
    yet undoes no positive one: a gate that is new knows only what is told last. And good news from the
    future, of a clock that was ahead, keep no bad news out, and a sample from there no positive result.
    """
    if told is None:
        return True
    if _is_worse(new, told) and told.as_of_ms > now_ms + AHEAD_MS:
        return new.kind != FactKind.TEST or new.value in RESULTS
    if new.kind == FactKind.TEST and (new.value in RESULTS) != (told.value in RESULTS):
        if new.value in RESULTS:
            return new.as_of_ms + _RESULT_MS >= told.as_of_ms
        return new.as_of_ms > told.as_of_ms + (_RESULT_MS if told.value == TestState.POSITIVE else 0)
    return told.as_of_ms <= new.as_of_ms


def outdoes(new: FactItem, other: FactItem | None, now_ms: int) -> bool:
    """The same of what is told by one list, or of one person who was listed twice: in whatever order it
    stands there, of two of one moment the worse counts."""
    if other and new.as_of_ms == other.as_of_ms and _weight(new) <= _weight(other):
        return False
    return takes_place(new, other, now_ms)


def newest_of(facts: Iterable[FactItem]) -> tuple[FactItem, ...]:
    """One of each kind: what the rows of one list say of one subject. None of them is from the future."""
    newest: dict[str, FactItem] = {}
    for fact in sorted(facts, key=lambda one: one.as_of_ms):
        if outdoes(fact, newest.get(fact.kind), fact.as_of_ms):
            newest[fact.kind] = fact
    return tuple(newest.values())


def _weight(fact: FactItem) -> int:
    return weight(fact.kind, fact.value)


def _is_worse(new: FactItem, told: FactItem) -> bool:
    if new.kind == FactKind.COLOUR:
        return _weight(new) > _weight(told)  # of two that are bad red is the worse
    return is_bad(new.kind, new.value) and not _tells_bad(told)


def _tells_bad(fact: FactItem) -> bool:
    return is_bad(fact.kind, fact.value) and (fact.kind != FactKind.TEST or fact.value in RESULTS)
