"""The center's lists as they are kept here: each page is applied in one transaction with its cursor.

A page that came before, or that comes out of turn, changes nothing. When lists are fetched anew, what was
here stays in force until the last page has come; then what did not come again is gone.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from station.core.entry import from_ms, to_ms
from station.journal import center_people, shared_keys, upstream
from station.journal.center_cursor import NO_EPOCH, Cursor, read_cursor, write_cursor
from station.journal.center_pages import PreparedPage
from station.journal.center_sweeping import Sweeping
from station.journal.center_writing import Changes, drop_old, put_items
from station.journal.connection import transaction
from station.journal.entries import Journal
from station.journal.errors import KeyProblem, VaultError, storage_errors
from station.journal.facts import News
from station.sync.items import CHANNELS

log = logging.getLogger(__name__)

_HEARD_KEPT_EVERY = timedelta(minutes=1)
_ITEMS_IN_WAL = 4000  # some 4 MB of it: then a checkpoint is due
_ITEMS_IN_STEP = 50  # of tidying
_LEFT = "epochs left"  # of the center's lists, since it was restored; the last of them
_ASKED_AGAIN = "asked again for "
_READ_BY = "lists read by"  # which version of the program
_LEFT_KEPT = 64 * len(NO_EPOCH)
_NEVER = datetime.min.replace(tzinfo=UTC)
_NEVER_COMES = datetime.max.replace(tzinfo=UTC)


class Outcome(StrEnum):
    APPLIED = "applied"
    KNOWN = "known"  # it was here already
    GAP = "gap"  # something before it is missing: ask with the cursor
    OTHER_EPOCH = "other_epoch"  # of lists that are not ours any more, or not yet: ask with the cursor


@dataclass(frozen=True, slots=True)
class Applied:
    """What a page changed."""

    outcome: Outcome
    facts: tuple[News, ...] = ()  # that were not known, subjects as the center gives them
    facts_gone: int = 0
    passes: int = 0  # revoked, or not any more: codes are to be judged anew
    policies: int = 0  # one may have to be activated
    trust: int = 0  # files to take
    notices: int = 0
    tasks: int = 0
    people: int = 0  # new, changed, gone
    skipped: int = 0  # not understood
    complete: bool = False  # all that the center has is here now


class CenterLists:
    """Belongs to the lane's thread. Methods raise JournalError, and then nothing is changed."""

    def __init__(self, journal: Journal) -> None:
        self._journal, self._connection, self._vault = journal, journal.connection, journal.vault
        self._sweeping = Sweeping(journal.connection, journal.vault)
        self._written = 0  # items since the last checkpoint

    def cursor(self, channel: str) -> Cursor:
        """What to ask for next."""
        with storage_errors():
            return read_cursor(self._connection, channel)

    def apply(self, page: PreparedPage, now: datetime, *, by_stick: bool = False) -> Applied:
        """Take a page. `by_stick`: it may be an old one, and must not turn the lists back."""
        with storage_errors():
            before = read_cursor(self._connection, page.channel)
            if by_stick and self._has_less(before, page):
                return Applied(Outcome.KNOWN)
            latest = self._latest(before, page, now) if by_stick else None
            outcome, cursor = _place(before, page, latest)
            if outcome is not Outcome.APPLIED:
                return Applied(outcome)
            if _says_nothing_new(before, page, now):
                return Applied(outcome, complete=True)
            with transaction(self._connection):
                if cursor.epoch != before.epoch:
                    self._leave(before.epoch)
                return self._write(page, cursor, now, by_stick=by_stick)

    def refetch(self, channel: str) -> None:
        """Ask for everything again, as after an update that knows more lists."""
        with storage_errors(), transaction(self._connection):
            before = read_cursor(self._connection, channel)
            version = max(before.version, self._asked_at(channel, before.epoch))
            asked = before.epoch + str(version).encode()
            upstream.put_note(self._connection, _ASKED_AGAIN + channel, asked)
            write_cursor(self._connection, channel, before.anew())

    def read_by(self, program: str) -> None:
        """What a former program did not understand this one may: lists that hold such are asked for again."""
        with storage_errors():
            if upstream.note(self._connection, _READ_BY) == program.encode():
                return
            for channel in CHANNELS:
                if read_cursor(self._connection, channel).skipped:
                    self.refetch(channel)
            with transaction(self._connection):
                upstream.put_note(self._connection, _READ_BY, program.encode())

    def _asked_at(self, channel: str, epoch: bytes) -> int:
        """How far the list was when everything was asked for again, if that was in this epoch."""
        asked = upstream.note(self._connection, _ASKED_AGAIN + channel) or b""
        return int(asked[len(epoch) :]) if asked.startswith(epoch) else 0

    def _has_less(self, before: Cursor, page: PreparedPage) -> bool:
        """Of a stick, while all that is here is to come again: it was written before that came."""
        if page.epoch != before.epoch or not before.is_fetching:
            return False
        return page.newest < self._asked_at(page.channel, page.epoch)

    def tidy(self) -> bool:
        """Do a little of what may wait; a few milliseconds. True: there is more of it. Raises VaultError."""
        if self._written > _ITEMS_IN_WAL:
            self._journal.checkpoint()
            self._written = 0
            return True
        with storage_errors():
            self._written += _ITEMS_IN_STEP
            return shared_keys.follow(self._connection, self._vault) or self._sweep()

    def _sweep(self) -> bool:
        """What does not open any more the center has still: once all came anew, it is forgotten here."""
        try:
            return self._sweeping.step()
        except VaultError as error:
            cursor = read_cursor(self._connection, "people")
            if error.problem is not KeyProblem.DAMAGED or cursor.is_fetching:
                raise
            log.error("some of the center's people do not open, all are asked for again: %s", error)
        self.refetch("people")
        return False

    def _latest(self, before: Cursor, page: PreparedPage, now: datetime) -> datetime | None:
        """What a stick must be written after. The center's clock may have been wrong when it wrote what we
        have: of an epoch that we never had ours may tell as well, or no stick of a restored center would be
        taken until that date. Of one that we left, which an old stick brings again, both must, and a date
        that has not come tells nothing.
        """
        if before.as_of is None:
            return _NEVER
        if page.epoch == before.epoch or before.heard is None:
            return before.as_of
        if page.epoch not in _epochs(upstream.note(self._connection, _LEFT) or b""):
            return min(before.as_of, before.heard)
        return _NEVER_COMES if page.server_ms > to_ms(now) else max(before.as_of, before.heard)

    def _leave(self, epoch: bytes) -> None:
        """Only within a transaction."""
        left = upstream.note(self._connection, _LEFT) or b""
        if epoch != NO_EPOCH and epoch not in _epochs(left):
            upstream.put_note(self._connection, _LEFT, (left + epoch)[-_LEFT_KEPT:])

    def _write(self, page: PreparedPage, cursor: Cursor, now: datetime, *, by_stick: bool) -> Applied:
        items = [item for item in page.items if item.version > cursor.version]
        people = page.people.count
        self._written += len(items) + people
        clock_ms = None if by_stick else self._journal.clock_off()
        changes = Changes(self._connection, self._vault, page.channel, cursor.generation, now, clock_ms)
        put_items(changes, items)
        center_people.put(self._connection, self._vault, page.people, cursor.generation)
        after = replace(
            cursor,
            version=page.until,
            complete=not page.more,
            skipped=cursor.skipped + page.skipped.total(),
        )
        if not page.more:
            as_of = from_ms(page.server_ms)
            heard = min(as_of, now) if by_stick else now  # a stick may have been on its way for days
            after = replace(after, live=after.generation, as_of=as_of, heard=heard)
            drop_old(changes)
        write_cursor(self._connection, page.channel, after)
        return Applied(
            Outcome.APPLIED,
            facts=tuple(changes.facts),
            facts_gone=changes.facts_gone,
            passes=changes.counts["revoked_pass"],
            policies=changes.counts["policy"],
            trust=changes.counts["trust"],
            notices=changes.counts["notice"],
            tasks=changes.counts["task"],
            people=people,
            skipped=page.skipped.total(),
            complete=not page.more,
        )


def _epochs(epochs: bytes) -> list[bytes]:
    return [epochs[place : place + len(NO_EPOCH)] for place in range(0, len(epochs), len(NO_EPOCH))]


def _place(before: Cursor, page: PreparedPage, latest: datetime | None) -> tuple[Outcome, Cursor]:
    """Whether this page goes on where we are, and the cursor that it is written under.

    `latest`: of a stick, what it must be written after.
    """
    anew = page.epoch != before.epoch and page.since == 0
    if anew or (page.refetch and not (before.is_fetching and before.version == page.since == 0)):
        if latest is not None and _is_older(page, before, latest):
            return Outcome.KNOWN, before
        return Outcome.APPLIED, replace(before.anew(), epoch=page.epoch)
    if page.epoch != before.epoch:
        return Outcome.OTHER_EPOCH, before
    if page.since > before.version:
        return Outcome.GAP, before
    if page.until < before.version or page.since < page.until == before.version:
        return Outcome.KNOWN, before
    return Outcome.APPLIED, before


def _says_nothing_new(before: Cursor, page: PreparedPage, now: datetime) -> bool:
    """An empty answer to a long poll is not worth a write each time."""
    same = page.epoch == before.epoch and page.until == before.version and not page.more and not page.refetch
    lately = before.heard is not None and abs(now - before.heard) < _HEARD_KEPT_EVERY
    return same and before.complete and not before.is_fetching and lately


def _is_older(page: PreparedPage, before: Cursor, latest: datetime) -> bool:
    """Of a stick: whether its lists are not newer than ours.

    Within an epoch their numbers tell, as the center's clock may have been ahead for a day.
    """
    if page.epoch != before.epoch or page.newest == before.version or before.is_fetching:
        return latest is not _NEVER and page.server_ms <= to_ms(latest)
    return page.newest < before.version
