"""Door sensors (门磁): who has one, and the webhook by which they tell that a door was opened.

The body is JSON: {"id": "…", "event": "open" or "closed", "at_ms": 1650000000000}. Headers: X-Kakou-Time (ms
since 1970), X-Kakou-Nonce (anything that is new each time) and X-Kakou-Signature: HMAC-SHA-256 over `to_sign`
under the sensor's secret, in hexadecimal. The same `id` again changes nothing; the same request is refused.
"""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import Annotated, Literal

import msgspec
from starlette.responses import JSONResponse, Response

from center.console.isolation import whose
from center.console.page import Access, ComplaintError, NotHereError, Page
from center.console.rights import Permission
from center.console.visit import Visit
from center.scope import EVERYWHERE
from center.store.doors import DoorEvent, Sensor
from center.store.health import Need
from station.journal.masking import mask_name

WINDOW_MS = 5 * 60_000  # that a time stamp may be off
_OLDEST_MS = 7 * 24 * 3600_000  # of an event that a hub had kept
_MOST_BYTES = 4096
_STATUS = {"taken": 200, "again": 200, "replayed": 409}


class _Said(msgspec.Struct, frozen=True):
    id: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    event: Literal["open", "closed"]
    at_ms: Annotated[int, msgspec.Meta(ge=0, le=2**53)]


def add(visit: Visit) -> Response:
    """A sensor at somebody's door; its secret is shown once."""
    person, branch = whose(visit)
    name = visit.field("name", 40)
    if not name:
        raise ComplaintError("请写门磁装在哪里，例如：501 入户门")
    note = visit.make_note("装了门磁", branch=branch, about=person)
    sensor = visit.store.doors.add(person, branch, name, visit.now_ms, note)
    address = f"{visit.request.url.scheme}://{visit.request.url.netloc}/hooks/door/{sensor.id.hex()}"
    return visit.render("door_secret.html", sensor=sensor, address=address)


def revoke(visit: Visit) -> Response:
    sensor = visit.store.doors.get(visit.scope, visit.id_bytes("sensor"))
    if sensor is None:
        raise NotHereError
    note = visit.make_note("撤了门磁", branch=sensor.branch, about=sensor.id.hex())
    visit.store.doors.revoke(sensor, visit.now_ms, note)
    return visit.redirect(f"/isolation/{sensor.person}", "这个门磁不再收了")


def hear(visit: Visit) -> Response:
    """What a sensor, or the hub that it hangs on, tells."""
    if visit.console.by_sensor.wait(visit.path("sensor"), visit.office.mono()):
        return _answer(429, "too_many")
    sensor = visit.store.doors.get(EVERYWHERE, _id(visit.path("sensor")))
    headers = visit.request.headers
    time, nonce = headers.get("X-Kakou-Time", ""), headers.get("X-Kakou-Nonce", "")
    signed = to_sign(visit.path("sensor"), time, nonce, visit.body)
    secret = sensor.secret if sensor else bytes(32)
    right = hmac.digest(secret, signed, sha256).hex()
    given = headers.get("X-Kakou-Signature", "").strip().lower()
    if not hmac.compare_digest(right.encode(), given.encode()) or sensor is None or sensor.revoked_ms:
        return _answer(401, "wrong_signature")
    if not time.isascii() or not time.isdigit() or abs(visit.now_ms - int(time[:16])) > WINDOW_MS:
        return _answer(401, "wrong_time")
    if not 8 <= len(nonce) <= 100 or not nonce.isprintable():
        return _answer(400, "no_nonce")
    return _take(visit, sensor, nonce)


def to_sign(sensor: str, time: str, nonce: str, body: bytes) -> bytes:
    """What is signed: every part that counts, none that could run into the next."""
    return "\n".join(("kakou door 1", sensor, time, nonce, "")).encode("utf-8", "surrogatepass") + body


def _take(visit: Visit, sensor: Sensor, nonce: str) -> Response:
    try:
        said = msgspec.json.decode(visit.body, type=_Said)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _answer(400, "not_understood")
    if not visit.now_ms - _OLDEST_MS <= said.at_ms <= visit.now_ms + WINDOW_MS:
        return _answer(400, "at_ms_absurd")
    event = DoorEvent(said.id, said.event == "open", said.at_ms)
    told = visit.store.doors.hear(sensor, nonce, event, _need(visit, sensor, event), visit.now_ms)
    return _answer(_STATUS[told], told)


def _need(visit: Visit, sensor: Sensor, event: DoorEvent) -> Need | None:
    """A door that opens while its household is isolated: somebody has to ask."""
    if not event.opened or not visit.store.isolations.was_isolated(sensor.person, event.at_ms):
        return None
    someone = visit.store.isolations.someone(sensor.person)
    about = mask_name(someone.item.name) if someone else ""
    return Need("door", "door_open", f"隔离住户的门开了：{sensor.name}", "", about)


def _id(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def _answer(status: int, said: str) -> Response:
    return JSONResponse({"said": said}, status)


PAGES = (
    Page("POST", "/isolation/{isolated}/sensors", Permission.ACT, add),
    Page("POST", "/sensors/{sensor}/revoke", Permission.ACT, revoke),
    Page("POST", "/hooks/door/{sensor}", Access.MACHINE, hear, most_bytes=_MOST_BYTES),
)
