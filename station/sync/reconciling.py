"""Once a day both ends sign what they have of the day before; what differs is named by numbers.

A check beside the protocol, which needs none: it would show a fault of ours, or of a disk.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from station.core.contact import Alarm, Link
from station.core.moments import MINUTE_MS, from_ms
from station.journal.connection import open_reader
from station.journal.errors import JournalError, storage_errors
from station.journal.spans import first_after
from station.journal.upstream import TO_BE_COMPARED_AGAIN, Reconciled, day_runs, reconciliations
from station.sync.batching import MESSAGE_VERSION
from station.sync.bundle import (
    BundleError,
    DayRun,
    Difference,
    Purpose,
    Reconciliation,
    Signed,
    covers,
    differences,
    pack,
    to_sign,
    unpack,
)
from station.sync.calls import Calls
from station.sync.client import ContactError
from station.sync.status import Board
from station.sync.talk import Clock

log = logging.getLogger(__name__)
Sign = Callable[[bytes], bytes]

LOOK_EVERY_S = 600.0
BACK_DAYS = 31  # a gate that was off-line for a month makes up for it at once
AWAY_DAYS = 365  # and for more little by little: as long as entries certainly are here (KEEP_ENTRIES_DAYS)
MOST_OPEN = 31  # older days that are not settled, of one look
MOST_RUNS = 1000
_LONG_AGO_MS = -(2**53)


@dataclass(frozen=True, slots=True)
class Compared:
    """A day that both ends have signed."""

    day: str  # YYYY-MM-DD
    records: int  # at the station
    quarantined: int  # of them the center keeps without understanding them
    differences: tuple[Difference, ...]


def compared(kept: Reconciled) -> Compared:
    """What was signed of a day, read again. Raises BundleError if those bytes are damaged."""
    ours, theirs = _sides(kept)
    return Compared(
        kept.day,
        sum(run.count for run in ours.runs),
        sum(len(run.quarantined) for run in theirs.runs),
        tuple(differences(ours, theirs)),
    )


def _sides(kept: Reconciled) -> tuple[Reconciliation, Reconciliation]:
    ours, theirs = (unpack(one, Signed).payload for one in (kept.ours, kept.theirs))
    return unpack(ours, Reconciliation), unpack(theirs, Reconciliation)


def open_days(folder: Path, now: datetime) -> list[date]:
    """The finished days that are not settled, oldest first. Raises JournalError."""
    with storage_errors(), closing(open_reader(folder)) as connection:
        first = first_after(connection, _LONG_AGO_MS)
    begun = from_ms(first[0]).astimezone().date() if first else date.max
    return _unsettled(kept_days(folder, now), begun, now)


def kept_days(folder: Path, now: datetime) -> list[Reconciled]:
    """What was compared, newest day first. A clock that was ahead, and is right again, signed days of late
    that went on: those are to be compared again. Raises JournalError."""
    with storage_errors(), closing(open_reader(folder)) as connection:
        kept = reconciliations(connection)
    lately = now.astimezone().date() - timedelta(days=BACK_DAYS)
    return [
        replace(one, at=TO_BE_COMPARED_AGAIN)
        if one.agreed and (day := date.fromisoformat(one.day)) >= lately and _went_on(folder, day, one)
        else one
        for one in kept
    ]


def _went_on(folder: Path, day: date, kept: Reconciled) -> bool:
    try:
        ours, theirs = _sides(kept)
    except BundleError:  # whoever reads it is told
        return False
    if abs(ours.at_ms - theirs.at_ms) <= MINUTE_MS:  # by network, and our clock was right
        return False
    return not covers(ours.runs, runs_of(folder, day))


def runs_of(folder: Path, day: date) -> tuple[DayRun, ...]:
    """What is here of a day. Raises JournalError."""
    with storage_errors(), closing(open_reader(folder)) as connection:
        return tuple(day_runs(connection, _midnight(day), _midnight(day + timedelta(days=1)))[:MOST_RUNS])


def our_day(folder: Path, station: bytes, day: date, now: datetime) -> Reconciliation:
    """Raises JournalError."""
    at_ms = int(now.astimezone(UTC).timestamp() * 1000)
    return Reconciliation(MESSAGE_VERSION, station, day.isoformat(), at_ms, runs_of(folder, day))


def signed_day(ours: Reconciliation, sign: Sign) -> Signed:
    payload = pack(ours)
    return Signed(payload, sign(to_sign(Purpose.RECONCILIATION, payload)))


def tell(day: str, found: Iterable[Difference]) -> None:
    for one in found:
        log.error("the center has records %d to %d of %s %s", one.first, one.last, day, one.what)


Keep = Callable[[str, bytes, bytes, bool], None]


class Reconciling:
    """`keep` stores a day, what we signed, what the center signed, and whether they agree."""

    def __init__(
        self,
        folder: Path,
        calls: Calls,
        station: bytes,
        sign: Sign,
        clock: Clock,
        board: Board,
        keep: Keep,
    ) -> None:
        self._folder, self._calls, self._station, self._sign = folder, calls, station, sign
        self._clock, self._board, self._keep = clock, board, keep
        self._due = float("-inf")

    def hurry(self) -> None:
        self._due = float("-inf")

    def turn(self) -> float:
        now, status = self._clock.monotonic(), self._board.status
        if now < self._due:
            return self._due - now
        if status.link is not Link.ONLINE or status.pending:
            return LOOK_EVERY_S if status.link is not Link.ONLINE else 5.0  # another turn brings it on-line
        self._due = now + LOOK_EVERY_S
        try:
            self._look()
        except (JournalError, ContactError) as error:
            log.warning("reconciliation put off: %s", error)
        return LOOK_EVERY_S

    def _look(self) -> None:
        days = open_days(self._folder, self._clock.now())
        differing = [day for day in days if not self._compare(day)]
        self._board.alarm("reconciliation", [Alarm.DIFFERENCE] if differing else [])

    def _compare(self, day: date) -> bool:
        ours = our_day(self._folder, self._station, day, self._clock.now())
        signed = signed_day(ours, self._sign)
        theirs, answer = self._calls.reconcile(signed)
        found = differences(ours, theirs)
        tell(ours.day, found)
        self._keep(day.isoformat(), pack(signed), answer, not found)
        return not found


def _unsettled(kept: list[Reconciled], begun: date, now: datetime) -> list[date]:
    """The days to compare: those of late that are not settled, and some of what differed before, or of months
    without a center that nobody has signed; oldest first.

    None before the gate's first entry: a new gate has more urgent questions than a month of empty days.
    """
    today = now.astimezone().date()
    by_day = {date.fromisoformat(one.day): one for one in kept}
    begun_here = [day for back in range(1, AWAY_DAYS + 1) if (day := today - timedelta(days=back)) >= begun]
    lately = set(begun_here[:BACK_DAYS])
    settled = {day for day, one in by_day.items() if is_settled(day, one, now)}
    before = sorted(day for day in {*by_day, *begun_here} - lately - settled if day < today)
    return [*before[-MOST_OPEN:], *sorted(lately - settled)]


def is_settled(day: date, kept: Reconciled, now: datetime) -> bool:
    """Both agreed on the whole day; while our clock was ahead it may have been signed before it was over."""
    return kept.agreed and _midnight(day + timedelta(days=1)) <= kept.at <= now


def _midnight(day: date) -> datetime:
    """When this day begins where the station is."""
    return datetime.combine(day, time.min).astimezone()
