"""How a gate becomes known: the CA in clear, and the one-time code for a signed credential and the keys."""

from __future__ import annotations

from typing import Annotated

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from center.enrolment import sign_credential
from center.http.answers import RefusedError, json_of
from center.http.office import Office
from center.http.reading import from_json, read_body
from center.store import EnrolError
from station.sync.onetime import CodeError, read_code

Hex16 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]
Hex32 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Word = Annotated[str, msgspec.Meta(max_length=200)]

_REASONS = {
    "unknown_code": "code_wrong",
    "used_code": "code_used",
    "expired_code": "code_expired",
    "other_key": "other_key",
}


class Enrolment(msgspec.Struct, frozen=True):
    """A station with its one-time code, its Ed25519 key and its X25519 key."""

    code: Word
    station: Hex16
    public_key: Hex32
    sealing_key: Hex32
    fingerprint: Word = ""
    app: Word = ""

    def __repr__(self) -> str:
        return "Enrolment(…)"


class Enrolled(msgspec.Struct, frozen=True):
    name: str
    credential: str  # hex of packed `Signed(Credential)`
    signing_key: str
    sealing_key: str
    district_key: str
    server_ms: int

    def __repr__(self) -> str:
        return "Enrolled(…)"


async def ca(office: Office, request: Request) -> Response:
    return Response(office.keys.authority.pem, media_type="application/x-pem-file")


async def enrol(office: Office, request: Request) -> Response:
    wait = office.enrolments.wait(request.client.host if request.client else "", office.mono())
    if wait:
        raise RefusedError("too_many", retry_after_s=wait)
    wanted = from_json(await read_body(office, request), Enrolment)
    try:
        code = read_code(wanted.code)
    except CodeError as error:
        raise RefusedError("code_wrong") from error
    if code.ca != office.keys.ca_mark:
        raise RefusedError("code_wrong", "The one-time code is of another center.")
    try:
        return json_of(await office.in_thread(_enrol, office, code.secret, wanted))
    except EnrolError as error:
        raise RefusedError(_REASONS.get(error.reason, "code_wrong")) from error


def _enrol(office: Office, secret: bytes, wanted: Enrolment) -> Enrolled:
    now_ms = office.now_ms()
    row = office.store.stations.enrol(
        secret,
        station=bytes.fromhex(wanted.station),
        public_key=bytes.fromhex(wanted.public_key),
        seal_key=bytes.fromhex(wanted.sealing_key),
        now_ms=now_ms,
    )
    credential = sign_credential(office.keys, row.station, bytes.fromhex(wanted.public_key), row.name, now_ms)
    office.store.stations.keep_credential(row.station, credential)
    keys = office.keys
    return Enrolled(
        row.name,
        credential.hex(),
        keys.public_key.hex(),
        keys.sealing_public_key.hex(),
        keys.district.hex(),
        now_ms,
    )
