"""Once a day both ends sign what they have of it; the center keeps both, and differences are named."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from center.comparing import day_number, here, keep
from center.http.answers import RefusedError, packed
from center.http.callers import caller
from center.http.office import Office
from center.http.reading import read_body, unpacked
from center.store import StationRow
from station.sync import bundle
from station.sync.bundle import Purpose, Reconciliation


async def reconcile(office: Office, request: Request) -> Response:
    body = await read_body(office, request)
    row, _ = await caller(office, request, body)
    theirs = _verified(row, unpacked(body, bundle.Signed))
    async with office.returning:
        return packed(await office.in_thread(_answer, office, theirs, body))


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
    try:
        day_number(theirs.day)
    except ValueError as error:
        raise RefusedError("not_understood", "no such day") from error
    return theirs


def _answer(office: Office, theirs: Reconciliation, body: bytes) -> bundle.Signed:
    now_ms = office.now_ms()
    ours = here(office.store, theirs, now_ms)
    return keep(office.store, office.keys, theirs, body, ours, now_ms)
