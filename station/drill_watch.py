"""When codes are back, all who passed without them are judged again, and the gate says how many are left.

Some entries at every tick, in the lane's own thread: a passage never waits for more than a few milliseconds
of it, and the roster needs no second connection.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from station.core.explain import ExplainError
from station.core.hindsight import Verified
from station.core.outcome import DrillVerified
from station.core.policy import PolicyError
from station.journal.entries import Journal
from station.journal.errors import JournalError, NoJournalError, VaultError
from station.journal.memory import LaneMemory
from station.journal.policies import Policies
from station.policy_desk import Drill, drills, verify_in_portions

log = logging.getLogger(__name__)

_VERIFIED = "drill-verified"


class DrillWatch:
    """One gate's. `publish` hears once what a drill that is over came to, and once that it was looked at."""

    def __init__(
        self,
        folder: Path,
        journal: Journal,
        zone: tzinfo,
        now: Callable[[], datetime],
        publish: Callable[[DrillVerified], None],
    ) -> None:
        """`now` is wall time in UTC."""
        self._folder, self._journal, self._zone = folder, journal, zone
        self._now, self._publish = now, publish
        self._drill: Drill | None = None
        self._portions: Generator[Verified, None, None] | None = None
        self._entries = self._exceptions = 0
        self._announced = False

    def begin(self) -> None:
        """Codes went down, or came back, or the program starts: is there a drill that nobody verified?"""
        self.close()
        drill = self._drill = self._unverified()
        self._entries = self._exceptions = 0
        if drill:
            self._portions = verify_in_portions(self._journal, self._folder, drill, self._zone, self._now())

    def tick(self) -> None:
        """Time passed: judge some more. What cannot be judged is logged; the admin page says it in words."""
        if self._portions is None:
            self._take_back()
            return
        try:
            part = next(self._portions, None)
        except (JournalError, NoJournalError, VaultError, ExplainError, PolicyError) as error:
            log.error("the drill cannot be verified: %s", error)
            self.close()
            return
        if part is None:
            self._portions, self._announced = None, self._exceptions > 0
            if self._entries:
                self._publish(DrillVerified(self._entries, self._exceptions))
        else:
            self._entries += part.entries
            self._exceptions += len(part.exceptions)

    def close(self) -> None:
        if self._portions:
            self._portions.close()
        self._portions = None

    def _take_back(self) -> None:
        """Somebody has looked at the exceptions: there is nothing to announce any more."""
        if self._announced and self._drill and self._was_looked_at(self._drill):
            self._announced = False
            self._publish(DrillVerified(self._entries, 0))

    def _unverified(self) -> Drill | None:
        """The last drill, if it is over and nobody has looked at what it came to."""
        try:
            found = drills(Policies(self._journal).history())
        except (JournalError, VaultError) as error:
            log.error("the history of policies is not readable: %s", error)
            return None
        last = found[-1] if found else None
        return last if last and last.end and not self._was_looked_at(last) else None

    def _was_looked_at(self, drill: Drill) -> bool:
        return LaneMemory(self._journal).load(_VERIFIED) == _name(drill)


def looked_at(journal: Journal, drill: Drill) -> None:
    """An admin has the exceptions of this drill before them."""
    if drill.end:
        LaneMemory(journal).save(_VERIFIED, _name(drill))


def _name(drill: Drill) -> bytes:
    return drill.end.astimezone(UTC).isoformat().encode() if drill.end else b""
