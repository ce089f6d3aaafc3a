"""A fever that was measured before its code, and whatever was typed so, waits some seconds for it: kept
sealed at once, so that it does not vanish when the program dies meanwhile.

Its entry has the id that it waited with, so that it is recorded once, whatever is kept of it where. So is a
fever whose entry the disk refused: it is tried again until there is room, and has the time of its reading.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated

import msgspec

from station.core.entry import Entry, make_id, to_ms
from station.core.model import Claim, Closing, Direction, Passage, Temperature
from station.journal.errors import JournalError
from station.memory import Memory
from station.recording import AGAIN_S, Clock

log = logging.getLogger(__name__)

UNCLAIMED = "unclaimed"
NEWS_FOR = timedelta(minutes=2)  # whoever it was may stand there still; later nobody looks up from the table


@dataclass(frozen=True, slots=True)
class Waits:
    """One reading, and all that its entry says of when and where."""

    entry: bytes  # the id that it has then
    temperature: Temperature
    at: Annotated[datetime, msgspec.Meta(tz=True)]  # UTC
    boot: str
    way: Direction
    former: bool = False  # the run that it waited in is over

    def is_news(self, now: datetime) -> bool:
        return not self.former or abs(now - self.at) <= NEWS_FOR

    def as_it_was(self, entry: Entry, newest: datetime | None) -> Entry:
        """Of its own time. `newest` is that of the newest passage: behind one that was recorded since, its
        seconds would mislead who looks for neighbours (`core.nearness`)."""
        entry = msgspec.structs.replace(entry, id=self.entry)
        if not self.former:
            return entry
        entry = msgspec.structs.replace(entry, at_ms=to_ms(self.at), waited_ms=None)
        if newest and newest > self.at:
            return entry
        return msgspec.structs.replace(entry, boot=self.boot, mono_ms=int(self.temperature.at * 1000))


class Unclaimed:
    """One lane's. `position`: of the entry of an id, -1 if there is none."""

    def __init__(self, memory: Memory, position: Callable[[bytes], int], clock: Clock) -> None:
        self._memory, self._clock, self._position = memory, clock, position
        kept = _decoded(memory.load(UNCLAIMED))
        self._kept = [replace(one, former=True) for one in kept if position(one.entry) < 0]
        self._due = {one.entry: Passage(None, one.temperature, Closing.NO_CLAIM) for one in self._kept}
        self._again_at, self._refused = float("-inf"), set[bytes]()
        if len(self._kept) < len(kept):
            self._save()

    def due(self, *, at_once: bool = False) -> Iterator[Passage]:
        """What is to be recorded now: what waited when a run ended, for nobody claims it any more, and what
        the disk refused. The next one only if it took the former; `at_once`: somebody is decided about."""
        if self._clock.monotonic() < self._again_at and not at_once:
            return
        for entry, passage in tuple(self._due.items()):
            if self._is_stored(entry):
                continue
            yield passage
            if entry in self._due:  # refused, and so would the others be
                self._again_at = self._clock.monotonic() + AGAIN_S
                return

    def _is_stored(self, entry: bytes) -> bool:
        """A disk that fails within a commit may have refused it and hold it all the same, once it is back."""
        try:
            stored = self._position(entry) >= 0
        except JournalError:
            return False  # and it will not be stored now
        if stored:
            self.keep(next((one for one in self._kept if one.entry == entry), None))
            self._due.pop(entry, None)
            self._save()
        return stored

    def wait(self, temperature: Temperature | None, way: Direction) -> None:
        """This one waits for its code, or none does."""
        if temperature is None or any(one.temperature is temperature for one in self._kept):
            return
        self._wait_as(make_id(self._clock.now(), secrets.token_bytes(10)), temperature, way)

    def _wait_as(self, entry: bytes, temperature: Temperature, way: Direction) -> None:
        self._kept.append(Waits(entry, temperature, self._clock.now(), self._clock.boot, way))
        self._save()

    def is_again(self, waits: Waits | None) -> bool:
        """That this one was refused has been said."""
        return waits is not None and waits.entry in self._refused

    def refuse(self, entry: Entry, passage: Passage, waits: Waits | None, fever: Temperature | None) -> None:
        """This entry of this passage could not be stored. `fever` None: nobody in it had one. Of somebody who
        shows the same code again and again the newest is kept."""
        if waits is None and fever:
            self._replace(passage)
            self._wait_as(entry.id, fever, Direction(entry.direction))
            waits = self._kept[-1]
        if waits:
            self._kept = [replace(one, former=one.former or one is waits) for one in self._kept]
            self._due[waits.entry] = passage
            self._refused.add(waits.entry)

    def _replace(self, newer: Passage) -> None:
        """What the disk refused of the same code."""
        of_it = {one for one, due in self._due.items() if newer.claim and _is_of(due, newer.claim)}
        self._kept = [one for one in self._kept if one.entry not in of_it]
        self._due = {entry: passage for entry, passage in self._due.items() if entry not in of_it}

    def rekey(self, key_now: Callable[[str], str]) -> None:
        """Whoever was refused is known by the same code under another key."""
        self._due = {entry: _rekeyed(passage, key_now) for entry, passage in self._due.items()}

    def go_on_from(self, before: Unclaimed, *, same_keys: bool = True) -> None:
        """The lane that ended: what the disk refused is not read from there. Not `same_keys`: nobody knows
        any more whose it is."""
        refused = [one for one in before._kept if one.entry in before._due]
        of_before = {one.entry for one in refused}
        self._kept = [*(one for one in self._kept if one.entry not in of_before), *refused]
        for one in refused:
            nobodys = Passage(None, one.temperature, Closing.NO_CLAIM)
            self._due[one.entry] = before._due[one.entry] if same_keys else nobodys
        self._refused |= before._refused

    def of(self, passage: Passage) -> Waits | None:
        """What waited until this passage."""
        readings = passage.temperature, passage.in_doubt
        return next(
            (one for one in self._kept if any(reading is one.temperature for reading in readings)), None
        )

    def records(self, settled: Waits | None) -> dict[str, bytes]:
        """What must be kept together with the entry that settles it."""
        return {UNCLAIMED: _encoded([one for one in self._kept if one is not settled])} if settled else {}

    def keep(self, settled: Waits | None) -> None:
        """The entry, and these records, are on disk."""
        self._kept = [one for one in self._kept if one is not settled]
        if settled:
            self._due.pop(settled.entry, None)
            self._refused.discard(settled.entry)

    def _save(self) -> None:
        self._memory.save(UNCLAIMED, _encoded(self._kept))


def joined_waits(before: bytes | None, noted: Sequence[bytes]) -> bytes:
    """What the lane had kept, with what waited while nobody could be looked up."""
    waits = {one.entry: one for record in (before, *noted) for one in _decoded(record)}
    return _encoded(list(waits.values()))


def _is_of(passage: Passage, claim: Claim) -> bool:
    return passage.claim is not None and passage.claim.key == claim.key


def _rekeyed(passage: Passage, key_now: Callable[[str], str]) -> Passage:
    claim = passage.claim
    return replace(passage, claim=replace(claim, key=key_now(claim.key))) if claim else passage


def _encoded(waits: list[Waits]) -> bytes:
    return msgspec.msgpack.encode(waits)


def _decoded(record: bytes | None) -> list[Waits]:
    try:
        return msgspec.msgpack.decode(record, type=list[Waits]) if record else []
    except msgspec.DecodeError as error:
        log.error("a fever that waited for its code is lost: %s", error)
        return []
