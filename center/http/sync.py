"""Entries: hello, push, chain. What is taken in is decided by `center.ingest` alone."""

from __future__ import annotations

import logging
from collections.abc import Callable

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from center.clocks import clock_now, is_alarming, told_clock
from center.enrolment import is_due, read_credential, sign_credential
from center.http.answers import RefusedError, packed
from center.http.callers import Claim, caller, claim, sender
from center.http.office import Office
from center.http.reading import from_query, read_body, unpacked
from center.ingest import (
    DamagedError,
    Enrolment,
    NotHereError,
    UnknownStationError,
    chain_at,
    greet,
    ingest,
)
from center.ledger import Clock
from center.limits import FullError
from center.stick_news import of_gate
from center.store import Contact, StationRow
from center.store.contacts import FORK_MS, NEVER_MS
from station.sync import bundle

log = logging.getLogger(__name__)

BUSY_RETRY_S = 2.0
_MOST_SCHEMA = 1 << 31


async def hello(office: Office, request: Request) -> Response:
    body = await read_body(office, request)
    said = claim(request, body)
    office.admit(said.station.hex())
    message = unpacked(body, bundle.Hello)
    if message.station != said.station:
        raise RefusedError("bad_signature", "the hello is of another station")
    async with office.returning:
        return packed(await office.in_thread(_hello, office, said, message))


async def push(office: Office, request: Request) -> Response:
    body = await read_body(office, request)
    row, said = await sender(office, request, body)
    clock = clock_now(office.now_ms(), said.at_ms, office.clocks.get(row.station))
    try:
        with office.pushes.place():
            return packed(await office.in_push_thread(_push, office, row, body, clock))
    except FullError as error:
        raise RefusedError("busy", retry_after_s=BUSY_RETRY_S) from error
    except DamagedError as error:
        raise RefusedError("damaged", str(error)) from error
    except UnknownStationError as error:
        raise RefusedError(
            "unknown_station", "The batch is of a station that is not enrolled here."
        ) from error


class ChainQuery(msgspec.Struct, frozen=True):
    """A number within an incarnation; 0 is its beginning."""

    incarnation: bundle.Incarnation
    number: bundle.Number


async def chain(office: Office, request: Request) -> Response:
    row, _ = await caller(office, request, b"")
    place = from_query(request, ChainQuery)
    try:
        ack = await office.in_thread(
            chain_at, office.store, row.station, place.incarnation, place.number, office.now_ms()
        )
    except NotHereError as error:
        raise RefusedError("not_here") from error
    return packed(office.keys.signed(bundle.Purpose.ACK, ack))


def enrolments(office: Office) -> Callable[[bytes], Enrolment | None]:
    """What ingest asks about whoever signed a batch."""

    def enrolment(station: bytes) -> Enrolment | None:
        row = office.store.stations.get(station)
        return _enrolment(row) if row else None

    return enrolment


def _enrolment(row: StationRow) -> Enrolment:
    return Enrolment(row.public_keys, row.revoked_ms is not None)


def _push(office: Office, sender: StationRow, body: bytes, clock: Clock) -> bundle.Signed:
    """Refuses too_large, damaged; raises what ingest raises.

    The batch may be of another station than its sender, who need not be looked up again."""

    def enrolment(station: bytes) -> Enrolment | None:
        return _enrolment(sender) if station == sender.station else enrolments(office)(station)

    message = unpacked(body, bundle.Push)
    ack = ingest(office.store, message, enrolment, office.now_ms(), clock)
    return office.keys.signed(bundle.Purpose.ACK, ack)


def _hello(office: Office, said: Claim, message: bundle.Hello) -> bundle.HelloAnswer:
    row = _known(office, said, message)
    now_ms = office.now_ms()
    acks = greet(office.store, message, now_ms) if message.chains else ()
    return bundle.HelloAnswer(
        v=1,
        epoch=office.store.epoch,
        server_ms=office.now_ms(),
        acks=acks,
        credential=_newer_credential(office, row, message, now_ms),
        revoked=row.revoked_ms is not None,
        alarms=_note_contact(office, said, message, now_ms),
        takes=(bundle.TOGETHER, bundle.LONG),
    )


def _known(office: Office, said: Claim, message: bundle.Hello) -> StationRow:
    """The station's row; one that a restored center has forgotten is known again by its credential."""
    row = office.store.stations.get(message.station)
    if row is None:
        credential = read_credential(office.keys.public_key, message.credential)
        if (
            credential is None
            or credential.station != message.station
            or not said.is_by(credential.public_key)
        ):
            raise RefusedError("unknown_station")
        log.warning("station %s is known again by its credential", message.station.hex())
        return office.store.stations.remember(
            message.station,
            public_key=credential.public_key,
            name=credential.name,
            enrolled_ms=credential.issued_ms,
        )
    if not any(said.is_by(key) for key in row.public_keys):
        raise RefusedError("bad_signature")
    return row


def _newer_credential(office: Office, row: StationRow, message: bundle.Hello, now_ms: int) -> bytes:
    """One to keep, if the station's is not our newest or that one is nearly over; not for the revoked."""
    if row.revoked_ms is not None:
        return b""
    held = read_credential(office.keys.public_key, row.credential)
    newest = row.credential
    if held is None or is_due(held, now_ms):
        key = held.public_key if held else row.public_keys[-1]
        newest = sign_credential(office.keys, row.station, key, row.name, now_ms)
        office.store.stations.keep_credential(row.station, newest)
    return newest if newest != message.credential else b""


def _note_contact(office: Office, said: Claim, message: bundle.Hello, now_ms: int) -> tuple[str, ...]:
    """Keep how the station is; returns its alarms."""
    told = told_clock(message.state)
    clock = clock_now(now_ms, said.at_ms, told)
    office.note_clock(message.station, told)
    before = office.store.contacts.get(message.station)
    alarms = []
    if before and before.seen_ms != NEVER_MS and before.fingerprint != message.fingerprint:
        alarms.append("duplicate_station")
    if is_alarming(clock):
        alarms.append("clock")
    contact = _contact(message, clock, tuple(alarms), now_ms)
    return office.store.contacts.keep(contact, forks_since_ms=now_ms - FORK_MS).alarms


def _contact(message: bundle.Hello, clock: Clock, alarms: tuple[str, ...], now_ms: int) -> Contact:
    pending = dict(message.state).get("pending", "")
    return Contact(
        station=message.station,
        seen_ms=now_ms,
        offset_ms=clock.offset_ms,
        uncertainty_ms=clock.uncertainty_ms,
        app=_plain(message.app),
        schema=max(0, min(message.schema, _MOST_SCHEMA)),
        boot=_plain(message.boot),
        fingerprint=_plain(message.fingerprint),
        pending=int(pending[:12]) if pending.isascii() and pending.isdigit() else 0,
        state=of_gate(message.state),
        alarms=alarms,
    )


def _plain(text: str) -> str:
    """Without NUL, which PostgreSQL has no place for."""
    return text.replace("\0", "")
