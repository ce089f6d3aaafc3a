"""The daily comparison by stick: ours of days that are not settled go up, and come back with the center's.

It is the same as by network (`reconciling`), but for the time between question and answer: an answer that is
late, of a center that was restored since, or of a day that has changed here meanwhile, changes nothing. That
day is asked about again with the next stick.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from station.journal.upstream import TO_BE_COMPARED_AGAIN, Reconciled
from station.sync.bundle import (
    BundleError,
    Difference,
    Purpose,
    Reconciliation,
    Signed,
    SignedDay,
    covers,
    differences,
    is_signed,
    unpack,
)
from station.sync.reconciling import (
    BACK_DAYS,
    Sign,
    is_settled,
    kept_days,
    open_days,
    our_day,
    runs_of,
    signed_day,
)

log = logging.getLogger(__name__)

MOST_DAYS = BACK_DAYS  # on a stick: of a gate that never gets an answer, a month


@dataclass(frozen=True, slots=True)
class Both:
    """What both ends signed of a day, verified; `packed` as it is kept."""

    day: str
    ours: Reconciliation
    theirs: Reconciliation
    packed: tuple[bytes, bytes]

    @property
    def differences(self) -> list[Difference]:
        return differences(self.ours, self.theirs)


def days_to_send(folder: Path, station: bytes, sign: Sign, now: datetime) -> Iterator[Signed]:
    """Signed, oldest first. Raises JournalError, VaultError."""
    for day in open_days(folder, now)[-MOST_DAYS:]:
        yield signed_day(our_day(folder, station, day, now), sign)


def that_count(folder: Path, answers: Iterable[Both], now: datetime) -> Iterator[Both]:
    """Those that say more of a day than is kept of it. Raises JournalError."""
    kept = {one.day: one for one in kept_days(folder, now)}
    for both in answers:
        day = date.fromisoformat(both.day)
        if day >= now.astimezone().date():
            log.info("what the center signed of %s is of a day that is not over", both.day)
        elif not covers(both.ours.runs, runs_of(folder, day)):
            log.info("what the center signed of %s is of before the day changed here", both.day)
        elif both.day not in kept or _says_more(both, kept[both.day], day, now):
            yield both


def verified(
    days: Iterable[SignedDay], station: bytes, our_keys: Iterable[bytes], center_key: bytes, epoch: bytes
) -> Iterator[Both]:
    """Those that are of ours and of our center. `epoch`: of the lists that are here now."""
    keys = tuple(our_keys)
    for day in days:
        ours, theirs = _signed(day.station, keys), _signed(day.center, (center_key,))
        if day.epoch != epoch:
            log.info("a day that a center of before a restore signed is passed over")
        elif ours is None or theirs is None or ours.day != theirs.day or not _is_day(ours.day):
            log.warning("a day on the stick is not signed by both of us")
        elif not ours.station == theirs.station == station:
            log.warning("a day on the stick is of another station")
        else:
            yield Both(ours.day, ours, theirs, (day.station, day.center))


def _says_more(both: Both, kept: Reconciled, day: date, now: datetime) -> bool:
    """What is settled stays so; else the later answer counts: `at_ms` rises with each of a day."""
    if is_settled(day, kept, now):
        return False
    before = None if kept.at == TO_BE_COMPARED_AGAIN else _unpacked(kept.theirs)
    return before is None or before.at_ms < both.theirs.at_ms


def _signed(packed: bytes, keys: tuple[bytes, ...]) -> Reconciliation | None:
    try:
        signed = unpack(packed, Signed)
    except BundleError:
        return None
    purpose = Purpose.RECONCILIATION
    by = any(is_signed(key, purpose, signed.payload, signed.signature) for key in keys)
    return _unpacked(packed) if by else None


def _unpacked(packed: bytes) -> Reconciliation | None:
    try:
        return unpack(unpack(packed, Signed).payload, Reconciliation)
    except BundleError:
        return None


def _is_day(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True
