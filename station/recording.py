"""From a passage to an entry on disk: one decision, one commit. Nothing is shown from here.

The clock's jumps are noticed here too, because every entry passes.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from station.core import entry as entries
from station.core.asking import BY_OPERATOR
from station.core.decision import decide
from station.core.entry import Entry, StoredEntry
from station.core.model import Closing, Decision, Direction, Fact, Passage
from station.core.outcome import ClockWarning, NotStored, Recorded, StoresAgain
from station.core.override import Override, override
from station.core.policy import Policy
from station.journal.errors import JournalError
from station.journal.movements import Mover

log = logging.getLogger(__name__)

CLOCK_TOLERANCE = timedelta(seconds=60)  # below this, time services correct the clock as a matter of course
AGAIN_S = 5.0  # so often a journal that refused is tried again; a locked one holds the lane up for 1 s


class Clock(Protocol):
    boot: str  # random, new at every start of the program: monotonic times compare only within it

    def now(self) -> datetime: ...  # UTC
    def monotonic(self) -> float: ...  # s


class Recorder(Protocol):
    """The journal, as far as the lane needs it. `append` returns only after the commit.

    `memory` is what the lane must not forget, by name (`station.memory`), in the same commit.
    """

    def append(
        self,
        entry: Entry,
        personal: bytes | None = None,
        *,
        mover: Mover | None = None,
        memory: Mapping[str, bytes] | None = None,
    ) -> StoredEntry: ...

    def has_room(self) -> bool: ...  # tried: whether as much as an entry can be written now


@dataclass(frozen=True, slots=True)
class Lane:
    """What is written into every entry of this station."""

    name: str
    direction: Direction  # at first; the volunteer may turn it
    emulated: bool = False
    gate: str = ""  # its name, where rights to single gates are kept
    operator: Callable[[], str] = lambda: ""  # the number of whoever is on duty; nobody: empty


class Recording:
    """Decides and commits for one lane. `publish` hears of what went wrong."""

    def __init__(
        self,
        lane: Lane,
        policy: Policy,
        journal: Recorder,
        clock: Clock,
        publish: Callable[[NotStored | StoresAgain | ClockWarning], None],
        newest_entry_at: datetime | None = None,
    ) -> None:
        self._lane, self._policy, self._journal = lane, policy, journal
        self._clock, self._publish = clock, publish
        self._newest_entry_at = newest_entry_at
        self._again_at: float | None = None  # when to try a journal that refused an entry

    def decided(
        self, passage: Passage, facts: tuple[Fact, ...], *, amends: bytes | None = None
    ) -> tuple[Entry, Decision]:
        """The decision on this passage now, and the entry that records it."""
        now = self._clock.now()
        decision = decide(passage, facts, self._policy, now)
        entry = entries.from_passage(
            passage,
            facts,
            decision,
            id=entries.make_id(now, secrets.token_bytes(10)),
            at=now,
            mono=self._clock.monotonic(),
            boot=self._clock.boot,
            lane=self._lane.name,
            direction=passage.direction,
            policy=self._policy.label,
            policy_digest=self._policy.digest,
            emulated=self._lane.emulated,
            operator=(self._lane.operator() or None) if _is_by_hand(passage, facts) else None,
            amends=amends,
        )
        return entry, decision

    def correction(self, of: Recorded, wish: Override) -> Entry:
        """The entry by which an operator changes another. Raises OverrideError."""
        clock, now, before = self._clock, self._clock.now(), of.decision.severity
        one = entries.make_id(now, secrets.token_bytes(10))
        return override(of.stored, before, wish, id=one, at=now, mono=clock.monotonic(), boot=clock.boot)

    def store(
        self,
        entry: Entry,
        key: str | None,
        mover: Mover | None = None,
        memory: Mapping[str, bytes] | None = None,
        *,
        again: bool = False,
    ) -> StoredEntry | None:
        """Commit, or say why not: None. The code's keyed hash is sealed beside the entry. `again`: that this
        one was refused was said, and whoever has come since is on the screen."""
        if entry.at >= self._clock.now() - CLOCK_TOLERANCE:  # not of what waited when a run ended
            self._watch_clock(entry.at)
        try:
            stored = self._journal.append(entry, key.encode() if key else None, mover=mover, memory=memory)
        except JournalError as error:
            log.log(logging.DEBUG if again else logging.ERROR, "entry not stored: %s", error)
            self._again_at = self._clock.monotonic() + AGAIN_S
            if not again:
                self._publish(NotStored(error.problem))
            return None
        self._stores_again()
        log.info("entry %d stored: %s", stored.number, entry.decision.word)
        return stored

    def go_on_from(self, before: Recording) -> None:
        """The lane that ended: what it said of the disk stands on the screen."""
        self._again_at = before._again_at

    def tick(self) -> None:
        """Time passed: a disk that was full may have room again, and the screen should not say otherwise."""
        if self._again_at is None or self._clock.monotonic() < self._again_at:
            return
        if self._journal.has_room():
            self._stores_again()
        else:
            self._again_at = self._clock.monotonic() + AGAIN_S

    def _stores_again(self) -> None:
        if self._again_at is not None:
            self._again_at = None
            log.info("entries are stored again")
            self._publish(StoresAgain())

    def _watch_clock(self, at: datetime) -> None:
        """The newest entry is the floor of wall time; below it, somebody set the clock back."""
        newest = self._newest_entry_at
        if newest and at < newest - CLOCK_TOLERANCE:
            log.warning("the clock is %d s behind the newest entry", (newest - at).total_seconds())
            self._publish(ClockWarning((newest - at).total_seconds()))
        self._newest_entry_at = at  # said once per jump, not at every entry


def _is_by_hand(passage: Passage, facts: tuple[Fact, ...]) -> bool:
    """Whether somebody typed, vouched or answered, so that it matters who."""
    vouched = passage.claim is not None and passage.claim.vouch is not None
    return vouched or passage.closing is Closing.BY_HAND or any(fact.source == BY_OPERATOR for fact in facts)
