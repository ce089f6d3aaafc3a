"""Once a day both ends sign what they have of it; the center keeps both, and differences are named."""

from __future__ import annotations

from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from center.http.answers import RefusedError, packed
from center.http.callers import caller
from center.http.office import Office
from center.http.reading import read_body, unpacked
from center.store import StationRow
from station.sync import bundle
from station.sync.bundle import DayRun, Purpose, Reconciliation

MOST_SPANS = 1000  # that are named of a run
_EPOCH_DAY = date(1970, 1, 1).toordinal()


async def reconcile(office: Office, request: Request) -> Response:
    body = await read_body(office, request)
    row, _ = await caller(office, request, body)
    theirs = _verified(row, unpacked(body, bundle.Signed))
    day = day_number(theirs.day)
    return packed(await office.in_thread(_answer, office, theirs, body, day))


def day_number(day: str) -> int:
    """Days since 1970-01-01. Refuses not_understood for a date that does not exist."""
    try:
        return date.fromisoformat(day).toordinal() - _EPOCH_DAY
    except ValueError as error:
        raise RefusedError("not_understood", "no such day") from error


def _verified(row: StationRow, signed: bundle.Signed) -> Reconciliation:
    theirs = unpacked(signed.payload, Reconciliation)
    by = any(
        bundle.is_signed(key, Purpose.RECONCILIATION, signed.payload, signed.signature)
        for key in row.public_keys
    )
    if not by or theirs.station != row.station:
        raise RefusedError("bad_signature", "the reconciliation is not signed by this station")
    if any(run.last < run.first for run in theirs.runs):
        raise RefusedError("not_understood", "a run ends before it begins")
    return theirs


def _answer(office: Office, theirs: Reconciliation, body: bytes, day: int) -> bundle.Signed:
    now_ms = office.now_ms()
    runs = tuple(_run(office, theirs.station, run) for run in theirs.runs)
    ours = Reconciliation(1, theirs.station, theirs.day, now_ms, runs)
    signed = office.keys.signed(Purpose.RECONCILIATION, ours)
    same = not bundle.differences(theirs, ours)
    office.store.reconciliations.keep(theirs.station, day, now_ms, bundle.pack(signed), body, same)
    return signed


def _run(office: Office, station: bytes, run: DayRun) -> DayRun:
    summary = office.store.reconciliations.summary(station, run.incarnation, run.first, run.last)
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
