"""Who asks: requests are signed by the station's own key (docs/sync.md). `at` is no proof of the time."""

from __future__ import annotations

import binascii
import re
from base64 import urlsafe_b64decode
from dataclasses import dataclass

from starlette.requests import Request

from center.http.answers import RefusedError
from center.http.office import Office
from center.store import StationRow
from station.sync import bundle

_HEADER = re.compile(
    r"Kakou station=([0-9a-f]{32}), ?at=(-?\d{1,16}), ?signature=([\w-]{86})(?:==)?", re.ASCII
)
_LARGE = 64 * 1024  # bytes of a body


@dataclass(frozen=True, slots=True)
class Claim:
    """What a request says of its sender, not verified yet."""

    station: bytes
    at_ms: int  # by the station's clock
    payload: bytes  # what is signed
    signature: bytes

    def is_by(self, public_key: bytes) -> bool:
        return bundle.is_signed(public_key, bundle.Purpose.REQUEST, self.payload, self.signature)


def claim(request: Request, body: bytes) -> Claim:
    """Refuses bad_signature if the header is not of our form."""
    found = _HEADER.fullmatch(request.headers.get("Authorization", ""))
    if not found:
        raise RefusedError("bad_signature", "no Authorization of our form")
    try:
        signature = urlsafe_b64decode(found[3] + "==")
    except binascii.Error as error:
        raise RefusedError("bad_signature") from error
    at_ms = int(found[2])
    payload = bundle.request_payload(request.method, _target(request), at_ms, body)
    return Claim(bytes.fromhex(found[1]), at_ms, payload, signature)


async def known_station(office: Office, request: Request) -> bytes | None:
    """The station whose id the header has, if it is enrolled; that it sent this is not proven yet."""
    found = _HEADER.fullmatch(request.headers.get("Authorization", ""))
    if not found:
        return None
    station = bytes.fromhex(found[1])
    if station in office.heard or await office.in_thread(office.store.stations.get, station) is not None:
        return station
    return None


async def caller(office: Office, request: Request, body: bytes) -> tuple[StationRow, Claim]:
    """The enrolled station that signed this. Refuses too_many, unknown_station, bad_signature."""
    said = claim(request, body)
    office.admit(said.station.hex())
    row = await office.in_thread(office.store.stations.get, said.station)
    if row is None:
        raise RefusedError("unknown_station")
    if not any(said.is_by(key) for key in row.public_keys):
        raise RefusedError("bad_signature")
    office.heard[row.station] = office.now_ms()
    return row, said


async def sender(office: Office, request: Request, body: bytes) -> tuple[StationRow, Claim]:
    """`caller` for batches, which are taken from the revoked too: who was known a moment ago is known."""
    if len(body) > _LARGE:  # it is hashed: nobody else waits for that
        said = await office.in_thread(claim, request, body)
    else:
        said = claim(request, body)
    row = office.known_senders.get(said.station, office.mono())
    if row is None or not any(said.is_by(key) for key in row.public_keys):
        row, said = await caller(office, request, body)
        office.known_senders.put(said.station, row, office.mono())
    else:
        office.admit(said.station.hex())
    return row, said


async def listed_caller(office: Office, request: Request, body: bytes) -> StationRow:
    """One that may have lists. Refuses revoked, and what `caller` refuses."""
    row, _ = await caller(office, request, body)
    if row.revoked_ms is not None:
        raise RefusedError("revoked")
    return row


async def still_listed(office: Office, row: StationRow) -> None:
    """After a long wait: refuses revoked if that happened meanwhile."""
    now = await office.in_thread(office.store.stations.get, row.station)
    if now is None or now.revoked_ms is not None:
        raise RefusedError("revoked")


def _target(request: Request) -> str:
    """Path with query as they were sent: a proxy must not change them."""
    path = request.scope.get("raw_path") or request.url.path.encode()
    query = request.scope.get("query_string", b"")
    return (path + (b"?" + query if query else b"")).decode("latin-1")
