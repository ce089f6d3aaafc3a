"""When to ask for the next page of a channel, and how patiently. No network, no journal, no clock.

Where the cursor stands, what a refetch means and what is gone, the journal knows (`journal.center_lists`): a
page is applied with its cursor or not at all, and the next question begins wherever the cursor is then.
"""

from __future__ import annotations

from dataclasses import dataclass

from station.sync.backoff import Backoff
from station.sync.bundle import CHUNKS

POLL_S = 25  # the center holds the question so long, if there is nothing new
LEAST = 50  # items of a page, some 11 kB of people: a line that does not carry this carries nothing
_QUICK_S, _SLOW_S = 1.0, 5.0  # for a page, as in `pace`
CALM_S = 1.0  # at least this between two questions that brought nothing, whatever the center does with them


@dataclass(frozen=True, slots=True)
class Place:
    """Where a channel's cursor stands."""

    epoch: bytes
    version: int


@dataclass(frozen=True, slots=True)
class Pull:
    """The question to ask now."""

    channel: str
    place: Place
    wait_s: int
    limit: int
    takes: str = ""


class Downlink:
    """One channel. `every_s`: how often to look when the list is complete; 0: the center holds the question.

    `apply` and its failures are the caller's; what came of a question is told by exactly one of `applied` and
    `failed`, which return after how many seconds to ask again.

    `limit`: items of a page, of which a line that is too slow for it is asked for half, and half again: of a
    page that is broken off nothing is here, and the next attempt would end as this one did.
    """

    def __init__(self, channel: str, backoff: Backoff, *, limit: int, every_s: float = 0.0) -> None:
        self.channel, self._backoff, self._limit, self._every_s = channel, backoff, limit, every_s
        self._complete = False
        self._halved = 0  # times; the same few sizes for all gates: the center makes each page once
        self._takes = CHUNKS if channel == "people" else ""

    def question(self, place: Place) -> Pull:
        """The first one after a start or a trouble never waits: it tells soon whether the center is there."""
        wait_s = POLL_S if self._complete and not self._every_s else 0
        return Pull(self.channel, place, wait_s, self._size, self._takes)

    @property
    def _size(self) -> int:
        return max(self._limit >> self._halved, min(self._limit, LEAST))

    def applied(self, before: Place, after: Place, *, more: bool, took_s: float) -> float:
        """A page is in the journal. One that brought the cursor nowhere must not be asked for in a circle."""
        if more and before == after:
            return self.failed()
        self._backoff.worked()
        if more and not self._complete:  # it was not held, and travelled so long
            self._travelled(took_s)
        self._complete = not more
        if more:
            return 0.0
        if self._every_s:
            return self._every_s
        return max(CALM_S - took_s, 0.0) if before == after else 0.0

    def hurry(self) -> None:
        """What failed before tells nothing of now: tried in vain once more, it is soon tried again."""
        self._backoff.worked()

    def not_as_it_should_be(self) -> float:
        """What the center made ready cannot be used: from now on it is asked for one by one."""
        if not self._takes:
            return self.failed()
        self._takes = ""
        return 0.0

    def failed(self, retry_after_s: float = 0.0, *, broken_off: bool = False) -> float:
        """`broken_off`: it did not come through, perhaps for its size."""
        self._complete = False
        if broken_off:
            self._halve()
        return self._backoff.next_s(retry_after_s or None)

    def _travelled(self, took_s: float) -> None:
        if took_s > _SLOW_S:
            self._halve()
        elif took_s <= _QUICK_S:
            self._halved = max(self._halved - 1, 0)

    def _halve(self) -> None:
        if self._size > LEAST:
            self._halved += 1
