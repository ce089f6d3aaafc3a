"""A kept comparison read again: both sides verified by their signatures, and what differs. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from center.reconciliation import KeptReconciliation
from station.sync import bundle
from station.sync.bundle import Difference, Purpose, Reconciliation, Signed

_EPOCH_DAY = date(1970, 1, 1)


def compared(
    kept: KeptReconciliation, station_keys: tuple[bytes, ...], center_key: bytes
) -> list[Difference] | None:
    """The differences of that day; None: a signature does not hold, so nothing is proved."""
    theirs = verified(kept.theirs, station_keys)
    ours = verified(kept.ours, (center_key,))
    return bundle.differences(theirs, ours) if theirs and ours else None


def day_of(kept: KeptReconciliation) -> str:
    return (_EPOCH_DAY + timedelta(days=kept.day)).isoformat()


def verified(packed: bytes, keys: tuple[bytes, ...]) -> Reconciliation | None:
    """What was signed with one of these keys; None: it was not, or nobody can read it."""
    try:
        signed = bundle.unpack(packed, Signed)
        if not any(
            bundle.is_signed(key, Purpose.RECONCILIATION, signed.payload, signed.signature) for key in keys
        ):
            return None
        return bundle.unpack(signed.payload, Reconciliation)
    except bundle.BundleError:
        return None
