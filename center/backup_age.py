"""How old the last backup is: a nightly one that fails tells nobody by itself."""

from __future__ import annotations

from dataclasses import dataclass

from center.store import SqlStore

DAY_MS = 86_400_000
_LATE_DAYS = 2  # of a nightly one: it may take until the day after, and the clock an hour more or less


@dataclass(frozen=True, slots=True)
class BackupAge:
    """`days`: of the last one; None: none is on record, or with a date of a clock that was wrong.

    `is_late`: somebody has to look why.
    """

    days: int | None
    is_late: bool


def backup_age(store: SqlStore, now_ms: int) -> BackupAge:
    """`is_late` without any: once a gate has been here for so long. Raises UnavailableError."""
    made_ms = store.last_backup_ms()
    if made_ms is None:
        first_ms = min((one.enrolled_ms for one in store.stations.all()), default=now_ms)
        return BackupAge(None, now_ms - first_ms >= _LATE_DAYS * DAY_MS)
    if made_ms - now_ms >= DAY_MS:  # it would seem new for as long as the clock was ahead
        return BackupAge(None, True)
    days = max(0, now_ms - made_ms) // DAY_MS
    return BackupAge(days, days >= _LATE_DAYS)
