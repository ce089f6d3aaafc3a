"""The daily comparison by stick: days that a gate signed, compared with what is here once its stick is in.

Sticks come late and in any order, so a day that was asked about is known by its numbers: what tells of fewer
records than we know of is older, and changes nothing. Whatever differed before is compared anew with every
stick, as that may have brought what was missing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from center import comparing
from center.compared import verified
from center.keys import CenterKeys
from center.reconciliation import KeptReconciliation
from center.store import SqlStore, StationRow
from station.sync import bundle
from station.sync.bundle import Reconciliation, SignedDay

log = logging.getLogger(__name__)

MOST_DAYS = 62  # of a stick, and of those that differed before


@dataclass(frozen=True, slots=True)
class _Day:
    """The gate's side: what it says, and as it came."""

    said: Reconciliation
    packed: bytes


_Compared = tuple[_Day, Reconciliation]  # and what is here of it


def take_days(
    store: SqlStore, keys: CenterKeys, row: StationRow, days: Iterable[bytes], now_ms: int
) -> tuple[int, ...]:
    """Compare and keep; the days that are to be answered. What its gate did not sign is passed over."""
    given = _given(row, days)
    before = store.reconciliations.differing(row.station, MOST_DAYS)
    known = {one.day: one for one in before}
    for day in {*given, *known}:
        kept = _kept(row, known.get(day) or store.reconciliations.of_day(row.station, day))
        if sides := [one for one in (given.get(day), kept) if one]:
            _compare(store, keys, sides, now_ms)
    return tuple(dict.fromkeys((*given, *known)))


def to_answer(days: Iterable[int], before: Iterable[int]) -> tuple[int, ...]:
    """Those of this stick, and of earlier ones: the newest may not be the last that is handed in."""
    return tuple(dict.fromkeys((*days, *before)))[:MOST_DAYS]


def answers(
    store: SqlStore, keys: CenterKeys, row: StationRow, days: Iterable[int], now_ms: int
) -> Iterator[SignedDay]:
    """What is here of them now, which may be less than it was: a center that was restored."""
    for day in days:
        row_of_day = store.reconciliations.of_day(row.station, day)
        kept = _kept(row, row_of_day)
        if row_of_day is None or kept is None:
            continue
        before = verified(row_of_day.ours, (keys.public_key,))
        ours, signed = comparing.here(store, kept.said, now_ms), row_of_day.ours
        if before is None or before.runs != ours.runs:
            signed = bundle.pack(comparing.keep(store, keys, kept.said, kept.packed, ours, now_ms))
        yield SignedDay(1, store.epoch, kept.packed, signed)


def _given(row: StationRow, days: Iterable[bytes]) -> dict[int, _Day]:
    """The newest ones first, if somebody sends more than there can be."""
    found = dict[int, _Day]()
    for packed in days:
        said = verified(packed, row.public_keys)
        day = None if said is None else _day_of(said, row.station)
        if said is None or day is None:
            log.warning("a day on a stick is none that its gate signed")
        else:
            found[day] = _Day(said, packed)
    return {day: found[day] for day in sorted(found, reverse=True)[:MOST_DAYS]}


def _day_of(said: Reconciliation, station: bytes) -> int | None:
    if said.station != station or any(run.last < run.first for run in said.runs):
        return None
    try:
        return comparing.day_number(said.day)
    except ValueError:
        return None


def _kept(row: StationRow, kept: KeptReconciliation | None) -> _Day | None:
    said = verified(kept.theirs, row.public_keys) if kept else None
    return _Day(said, kept.theirs) if kept and said else None


def _compare(store: SqlStore, keys: CenterKeys, sides: list[_Day], now_ms: int) -> None:
    """`sides`: what came, and what was kept; one of them at least."""
    compared = [(one, comparing.here(store, one.said, now_ms)) for one in sides]
    counts, ours = compared[0] if len(compared) == 1 else _that_counts(*compared)
    comparing.keep(store, keys, counts.said, counts.packed, ours, now_ms)


def _that_counts(new: _Compared, kept: _Compared) -> _Compared:
    """By numbers, as far as they tell. Where each has some that the other lacks (a fork): what is the same
    here, as a stick of before the fork may come late; of two that differ the one that was signed last.
    """
    if bundle.covers(new[0].said.runs, kept[0].said.runs):
        return new
    if bundle.covers(kept[0].said.runs, new[0].said.runs):
        return kept
    same = [(one, ours) for one, ours in (new, kept) if not bundle.differences(one.said, ours)]
    return same[0] if same else max(new, kept, key=lambda one: one[0].said.at_ms)
