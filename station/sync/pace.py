"""How many records a batch holds: more while answers come quickly, fewer on a line that hardly carries them.

A batch costs its center a request, two signatures and a commit, however long it is. Yet it must be through
well within the time limit of a request: of a long one that a weak line breaks off, nothing has arrived.
"""

from __future__ import annotations

from dataclasses import dataclass

from station.sync.bundle import LONG_RECORDS, MOST_RECORDS

_FIRST = 500
_LEAST = 50  # some 8 kB: a line that does not carry this carries nothing
_QUICK_S, _SLOW_S = 1.0, 5.0  # from sending to the answer


@dataclass(slots=True)
class Pace:
    """`most`: never more than this; `long`: the center takes more than `MOST_RECORDS`."""

    most: int = LONG_RECORDS
    long: bool = False
    _size: int = _FIRST

    @property
    def records(self) -> int:
        """Of the next batch."""
        return min(self._size, self.most, LONG_RECORDS if self.long else MOST_RECORDS)

    def answered(self, took_s: float, *, more: bool) -> None:
        """A batch was taken. One after which nothing is left was perhaps not a full one: it tells nothing."""
        if took_s <= _QUICK_S and more:
            self._size = min(2 * self._size, LONG_RECORDS)
        elif took_s > _SLOW_S:
            self._halve()

    def failed(self) -> None:
        """It did not get through, perhaps for its size: the next one is a small one."""
        self._size = min(self._size, _FIRST)
        self._halve()

    def _halve(self) -> None:
        self._size = max(self._size // 2, _LEAST)
