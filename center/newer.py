"""What may be told of somebody in place of what is told already. Pure."""

from __future__ import annotations

from station.core.facts import AHEAD_MS, FactKind, TestState, is_bad
from station.core.moments import HOUR_MS
from station.sync.items import FactItem

_RESULTS = frozenset({TestState.NEGATIVE, TestState.NEGATIVE_REPORTED, TestState.POSITIVE})
_RESULT_MS = 14 * 24 * HOUR_MS  # so long a result says something: as long as a positive one counts, usually


def takes_place(new: FactItem, told: FactItem | None, now_ms: int) -> bool:
    """Of one kind about one subject: what is newer.

    But the result of yesterday's sample comes when today's is taken already, and a sample that has no result
    yet undoes no positive one: a gate that is new knows only what is told last. And good news from the
    future, of a clock that was ahead, keep no bad news out, and a sample from there no positive result.
    """
    if told is None:
        return True
    if is_bad(new.kind, new.value) and not _tells_bad(told) and told.as_of_ms > now_ms + AHEAD_MS:
        return new.kind != FactKind.TEST or new.value in _RESULTS
    if new.kind == FactKind.TEST and (new.value in _RESULTS) != (told.value in _RESULTS):
        if new.value in _RESULTS:
            return new.as_of_ms + _RESULT_MS >= told.as_of_ms
        return new.as_of_ms > told.as_of_ms + (_RESULT_MS if told.value == TestState.POSITIVE else 0)
    return told.as_of_ms <= new.as_of_ms


def _tells_bad(fact: FactItem) -> bool:
    return is_bad(fact.kind, fact.value) and (fact.kind != FactKind.TEST or fact.value in _RESULTS)
