"""Who is on duty at the gates, as each of them told last."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from center.console.visit import Visit
from center.store.reports import Reported
from station.sync.reports import DutyReport

_FOR_MS = 3 * 24 * 3600 * 1000  # what is older is of nobody who still stands there
_MOST = 4  # of a gate: two words of a hand-over may come at once


def duty_of(visit: Visit, stations: Collection[bytes]) -> Mapping[bytes, DutyReport]:
    """By station; one that told nothing in three days is left out."""
    newest = dict[bytes, Reported]()
    since_ms = visit.now_ms - _FOR_MS
    for one in visit.store.reports.newest_of_each("duty", stations, since_ms=since_ms, most=_MOST):
        before = newest.get(one.station)
        if before is None or _tells_later(one) > _tells_later(before):
            newest[one.station] = one
    return {station: one.body for station, one in newest.items()}


def _tells_later(one: Reported) -> tuple[int, bool, int]:
    """A hand-over is two words that come at once: whoever is still there came after whoever went."""
    return one.received_ms, one.body.until_ms is None, one.body.since_ms
