"""When to ask for the next page of a channel, and how patiently. No network, no journal, no clock.

Where the cursor stands, what a refetch means and what is gone, the journal knows (`journal.center_lists`): a
page is applied with its cursor or not at all, and the next question begins wherever the cursor is then.
"""

from __future__ import annotations

from dataclasses import dataclass

from station.sync.backoff import Backoff
from station.sync.bundle import CHUNKS

POLL_S = 25  # the center holds the question so long, if there is nothing new
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
    """

    def __init__(self, channel: str, backoff: Backoff, *, limit: int, every_s: float = 0.0) -> None:
        self.channel, self._backoff, self._limit, self._every_s = channel, backoff, limit, every_s
        self._complete = False
        self._takes = CHUNKS if channel == "people" else ""

    def question(self, place: Place) -> Pull:
        """The first one after a start or a trouble never waits: it tells soon whether the center is there."""
        wait_s = POLL_S if self._complete and not self._every_s else 0
        return Pull(self.channel, place, wait_s, self._limit, self._takes)

    def applied(self, before: Place, after: Place, *, more: bool, took_s: float) -> float:
        """A page is in the journal. One that brought the cursor nowhere must not be asked for in a circle."""
        if more and before == after:
            return self.failed()
        self._backoff.worked()
        self._complete = not more
        if more:
            return 0.0
        if self._every_s:
            return self._every_s
        return max(CALM_S - took_s, 0.0) if before == after else 0.0

    def not_as_it_should_be(self) -> float:
        """What the center made ready cannot be used: from now on it is asked for one by one."""
        if not self._takes:
            return self.failed()
        self._takes = ""
        return 0.0

    def failed(self, retry_after_s: float = 0.0) -> float:
        self._complete = False
        return self._backoff.next_s(retry_after_s or None)
