"""Reports of gates: calls for help, what is done, who is on duty. What they become is `store.reports`'s."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from center.http.answers import RefusedError, packed
from center.http.callers import caller
from center.http.office import Office
from center.http.reading import read_body, unpacked
from center.store import StationRow
from station.sync.bundle import Purpose, Signed
from station.sync.reports import Reports, Taken


async def report(office: Office, request: Request) -> Response:
    body = await read_body(office, request)
    row, _ = await caller(office, request, body)
    message = unpacked(body, Reports)
    if message.station != row.station:
        raise RefusedError("bad_signature", "the reports are of another station")
    return packed(await office.in_thread(_take, office, row, message))


def _take(office: Office, row: StationRow, message: Reports) -> Signed:
    now_ms = office.now_ms()
    taken = office.store.reports.take(row.station, row.branch, message.reports, now_ms)
    answer = Taken(v=1, station=row.station, taken=tuple(taken), server_ms=now_ms, epoch=office.store.epoch)
    return office.keys.signed(Purpose.REPORTS, answer)
