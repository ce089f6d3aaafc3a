"""The bad-input corpus of the sync: what somebody sends, and the answer that is expected, in one table.

Answers are written as they are compared: "taken" is 200 with everything durable; "taken, 1 waits" the same
with record 1 in quarantine, "taken, 1 is kept" if it only waits for an update and nobody is alarmed;
"at 0" is 200 with nothing stored and where the center is; else status and problem.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from station.sync import bundle
from station.sync.bundle import Batch, Push
from tests.center.gate import NOON_MS, Gate, record

YEAR_MS = 365 * 86_400_000
HUGE = bytes(bundle.MOST_BODY_BYTES + 1)
DEEP = b"\x91" * 100_000 + b"\x01"  # MessagePack: arrays in arrays
FIELDS: list[Any] = msgspec.msgpack.decode(record(1))


@dataclass(frozen=True)
class Request:
    """To be signed by the gate, unless it brings headers of its own."""

    method: str
    target: str
    body: bytes = b""
    headers: dict[str, str] | None = None


Make = Callable[[Gate], Request]


def with_field(index: int, value: object) -> bytes:
    """An entry in which somebody has put something else."""
    return msgspec.msgpack.encode([*FIELDS[:index], value, *FIELDS[index + 1 :]])


def temperature(value_c: float) -> bytes:
    return with_field(11, [value_c, value_c, "forehead", None, "t1", "x", "raw", [value_c]])


# --- one record, and a good one behind it -------------------------------------------------------

RECORDS: dict[str, tuple[bytes, str]] = {
    "NUL in a text": (record(1, lane="1\0"), "taken, 1 waits"),
    "half of a character": (record(1, lane="AAA").replace(b"AAA", b"\xed\xa0\x80"), "taken, 1 waits"),
    "2^63 - 1 as a time": (record(1, at_ms=2**63 - 1_001), "taken, 1 waits"),
    "2^64 - 1 as a time": (with_field(2, 2**64 - 1), "taken, 1 waits"),
    "a severity of -1": (record(1, severity=-1), "taken, 1 waits"),
    "99999 °C": (temperature(99999.0), "taken, 1 waits"),
    "no number °C": (temperature(float("nan")), "taken, 1 waits"),
    "a text for a number": (with_field(7, "red"), "taken, 1 waits"),
    "64 kB of name": (record(1, operator="n" * 65_536), "taken, 1 waits"),
    "10^5 arrays deep": (DEEP, "taken, 1 waits"),
    "nothing at all": (b"", "taken, 1 waits"),
    "no MessagePack": (b"\xc1", "taken, 1 waits"),
    "a newer schema": (msgspec.msgpack.encode([99, *FIELDS[1:], "of tomorrow"]), "taken, 1 is kept"),
    "fields of tomorrow": (msgspec.msgpack.encode([*FIELDS, *["tomorrow"] * 30]), "taken"),
    "a clock at 1970": (record(1, at_ms=-1_000), "taken"),
    "a clock before 1970": (record(1, at_ms=-YEAR_MS), "taken"),
    "a clock at 2100": (record(1, at_ms=130 * YEAR_MS), "taken"),
}


def pushed(push: Push) -> Request:
    return Request("POST", "/v1/push", bundle.pack(push))


def changed(gate: Gate, **fields: object) -> Request:
    """The gate's batch with other fields, signed by the gate: nobody else could."""
    return pushed(signed(gate, msgspec.structs.replace(batch_of(gate), **fields)))


def batch_of(gate: Gate, first: int = 1) -> Batch:
    return bundle.unpack(gate.batch(first).payload, Batch)


def signed(by: Gate, batch: Batch) -> Push:
    payload = bundle.pack(batch)
    return Push(1, payload, by.sign(bundle.Purpose.BATCH, payload))


def push_with(gate: Gate, **fields: object) -> Request:
    return pushed(msgspec.structs.replace(gate.batch(), **fields))


def raw(body: bytes, path: str = "/v1/push") -> Make:
    return lambda gate: Request("POST", path, body)


def get(target: str) -> Make:
    return lambda gate: Request("GET", target)


def hello(**fields: object) -> Make:
    return lambda gate: Request("POST", "/v1/hello", bundle.pack(gate.hello(**fields)))


def unsigned(make: Make, authorization: str = "") -> Make:
    def made(gate: Gate) -> Request:
        request = make(gate)
        return Request(request.method, request.target, request.body, {"Authorization": authorization})

    return made


def at_the_clock(wall_ms: int) -> Make:
    def made(gate: Gate) -> Request:
        gate.wall_ms = wall_ms
        return Request("POST", "/v1/hello", bundle.pack(gate.hello()))

    return made


def fork(gate: Gate) -> Request:
    return pushed(Gate(gate.number, records=[record(1), record(20)]).batch())


def other(gate: Gate) -> Gate:
    """Another enrolled station."""
    return Gate(OTHER, records=[record(1), record(2)])


OTHER = 9_999
QUICK = "/v1/pull?channel=quick"

# --- one request of a gate that has two entries, none of them sent yet --------------------------

REQUESTS: dict[str, tuple[Make, str]] = {
    "an ordinary batch": (lambda gate: pushed(gate.batch()), "taken"),
    "its end first: a gap": (lambda gate: pushed(gate.batch(2)), "at 0"),
    "wrong hash before": (lambda gate: changed(gate, previous=bytes(32)), "422 damaged"),
    "wrong hash behind": (lambda gate: changed(gate, last=bytes(32)), "422 damaged"),
    "records swapped": (lambda gate: changed(gate, records=batch_of(gate).records[::-1]), "422 damaged"),
    "no records": (lambda gate: changed(gate, records=()), "422 damaged"),
    "numbers from 0": (lambda gate: changed(gate, first=0), "422 damaged"),
    "numbers from 2^63": (lambda gate: pushed(signed(gate, beyond(gate))), "422 damaged"),
    "a bit of the signature": (lambda gate: push_with(gate, signature=bytes(64)), "422 damaged"),
    "a payload cut short": (lambda gate: push_with(gate, payload=gate.batch().payload[:-9]), "422 damaged"),
    "a bomb inside the push": (lambda gate: push_with(gate, payload=zlib.compress(HUGE)), "422 damaged"),
    "another station's batch, carried": (lambda gate: pushed(other(gate).batch()), "taken"),
    "another station's, signed by us": (
        lambda gate: pushed(signed(gate, batch_of(other(gate)))),
        "422 damaged",
    ),
    "a stranger's batch, carried": (lambda gate: pushed(stranger().batch()), "401 unknown_station"),
    "no zlib": (raw(b"no zlib"), "422 damaged"),
    "nothing": (raw(b""), "422 damaged"),
    "half a body": (lambda gate: Request("POST", "/v1/push", bundle.pack(gate.batch())[:-20]), "422 damaged"),
    "10^5 arrays deep for a body": (raw(zlib.compress(DEEP)), "422 damaged"),
    "64 kB that unpack to 64 MB": (raw(zlib.compress(bytes(64 * 2**20), 9)), "413 too_large"),
    "4 MiB and a byte": (raw(HUGE), "413 too_large"),
    "not signed": (unsigned(lambda gate: pushed(gate.batch())), "401 bad_signature"),
    "a header of 8 kB": (unsigned(get(QUICK), "Kakou " + "a" * 8_000), "401 bad_signature"),
    "hello at 1970": (at_the_clock(0), "hello: clock"),
    "hello at 2100": (at_the_clock(130 * YEAR_MS), "hello: clock"),
    "hello of a far schema": (hello(schema=2**62), "hello: clock"),
    "hello of another station": (hello(station=bytes(16)), "401 bad_signature"),
    "hello with NUL in its words": (hello(boot="\0", fingerprint="\0", app="\0"), "hello: clock"),
    "hello that forgets its chains": (hello(chains=()), "hello: clock"),
    "chain at 2^63": (get(f"/v1/chain?incarnation={2**63}&number={2**63}"), "400 not_understood"),
    "chain at -1": (get("/v1/chain?incarnation=7&number=-1"), "400 not_understood"),
    "chain of nobody": (get("/v1/chain?incarnation=7&number=1"), "404 not_here"),
    "pull since -1": (get(QUICK + "&since=-1"), "400 not_understood"),
    "pull since 2^63": (get(QUICK + f"&since={2**63}"), "400 not_understood"),
    "pull with a torn epoch": (get(QUICK + "&epoch=abc"), "400 not_understood"),
    "pull of no channel": (get("/v1/pull?channel=%00"), "400 not_understood"),
    "ask that is no JSON": (raw(b"{", "/v1/ask"), "400 not_understood"),
    "ask with half a character": (raw(b'{"token": "\\ud800"}', "/v1/ask"), "400 not_understood"),
    "ask 10^5 deep": (raw(b"[" * 100_000, "/v1/ask"), "400 not_understood"),
    "enrol with NUL": (
        raw(json.dumps({"code": "\0", "station": "\0"}).encode(), "/v1/enrol"),
        "400 not_understood",
    ),
    "reconcile with a batch": (
        lambda gate: Request("POST", "/v1/reconcile", gate.batch().payload),
        "422 damaged",
    ),
    "no such path": (get("/v1/../etc/passwd"), "404 not_found"),
    "no such method": (lambda gate: Request("DELETE", "/v1/push"), "405 wrong_method"),
}


def beyond(gate: Gate) -> Batch:
    return msgspec.structs.replace(batch_of(gate), first=2**63)


def stranger() -> Gate:
    return Gate(7_777, records=[record(1)])


# --- several, one after another -----------------------------------------------------------------

SERIES: dict[str, tuple[Iterable[Make], list[str]]] = {
    "the same batch twice": ([lambda gate: pushed(gate.batch())] * 2, ["taken", "taken"]),
    "a larger one after a lost ack": (
        [lambda gate: pushed(batch_up_to(gate, 1)), lambda gate: pushed(gate.batch())],
        ["at 1", "at 1"],
    ),
    "another history": ([lambda gate: pushed(gate.batch()), fork], ["taken", "taken"]),
}


def batch_up_to(gate: Gate, last: int) -> Push:
    return gate.batch(1, last)


__all__ = ["NOON_MS", "OTHER", "RECORDS", "REQUESTS", "SERIES", "Make", "Request", "pushed"]
