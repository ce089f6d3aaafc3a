"""Where two ends of one chain part: a binary search, as equal hashes mean that all before is equal too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from station.sync.bundle import Ack
from station.sync.outbox import OutboxChain


@dataclass(slots=True)
class Settling:
    """Both have the same up to `low`; at `high` they differ, or one of them ends before."""

    incarnation: int
    low: int
    high: int
    archived: int  # at the center; counts for us as far as both are the same
    _sure_of_end: bool = False

    @classmethod
    def of(cls, chain: OutboxChain, ack: Ack) -> Self:
        """From an Ack that does not fit. What is pruned here counts as common: it was so once."""
        if ack.durable > chain.length:
            return cls(chain.incarnation, chain.pruned, chain.length + 1, ack.archived)
        return cls(chain.incarnation, chain.pruned, max(ack.durable, chain.pruned + 1), ack.archived, True)

    @property
    def is_over(self) -> bool:
        return self.high - self.low <= 1

    def probe(self) -> int:
        """The number to ask for. At first the end of ours: mostly the center is just ahead of it."""
        if not self._sure_of_end:
            return self.high - 1
        return (self.low + self.high) // 2

    def heard(self, number: int, *, same: bool) -> None:
        """What the center has at this number is ours, or is not."""
        self._sure_of_end = True
        if same:
            self.low = max(self.low, number)
        else:
            self.high = min(self.high, number)
