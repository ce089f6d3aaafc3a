"""A day of a station compared with the ledger: what is here of the same runs, signed; both sides are kept.

How the station's side came, by network or by stick, and whether to believe it, is not looked at here.
"""

from __future__ import annotations

from datetime import date

from center.keys import CenterKeys
from center.store import SqlStore
from station.sync import bundle
from station.sync.bundle import DayRun, Purpose, Reconciliation, Signed

MOST_SPANS = 1000  # that are named of a run
_EPOCH_DAY = date(1970, 1, 1).toordinal()


def day_number(day: str) -> int:
    """Days since 1970-01-01. Raises ValueError for a date that does not exist."""
    return date.fromisoformat(day).toordinal() - _EPOCH_DAY


def here(store: SqlStore, theirs: Reconciliation, now_ms: int) -> Reconciliation:
    """What the ledger has of these runs."""
    runs = tuple(_run(store, theirs.station, run) for run in theirs.runs)
    return Reconciliation(1, theirs.station, theirs.day, max(now_ms, _after(store, theirs)), runs)


def _after(store: SqlStore, theirs: Reconciliation) -> int:
    """Later than what we signed of that day before, though our clock was ahead then."""
    kept = store.reconciliations.of_day(theirs.station, day_number(theirs.day))
    try:
        signed = bundle.unpack(kept.ours, Signed) if kept else None
        return bundle.unpack(signed.payload, Reconciliation).at_ms + 1 if signed else 0
    except bundle.BundleError:
        return 0


def keep(
    store: SqlStore,
    keys: CenterKeys,
    theirs: Reconciliation,
    packed: bytes,
    ours: Reconciliation,
    now_ms: int,
) -> Signed:
    """Both sides in the place of what was kept of that day; ours, signed. `packed`: theirs, as it came."""
    signed = keys.signed(Purpose.RECONCILIATION, ours)
    day, same = day_number(theirs.day), not bundle.differences(theirs, ours)
    store.reconciliations.keep(theirs.station, day, now_ms, bundle.pack(signed), packed, same)
    return signed


def _run(store: SqlStore, station: bytes, run: DayRun) -> DayRun:
    summary = store.reconciliations.summary(station, run.incarnation, run.first, run.last)
    return DayRun(
        run.incarnation,
        run.first,
        run.last,
        summary.count,
        summary.first_hash,
        summary.last_hash,
        summary.quarantined,
        summary.missing[:MOST_SPANS],
    )
