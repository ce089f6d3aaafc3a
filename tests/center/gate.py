"""A gate in a few lines, for tests of the center: its keys, signed requests, batches of real entries."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any

import httpx2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from station.core.entry import Entry, encode
from station.sync import bundle
from station.sync.bundle import Ack, Batch, ChainAt, Hello, HelloAnswer, Page, Purpose, Push, Signed

NOON_MS = 1_650_000_000_000


def record(number: int, at_ms: int = NOON_MS, **fields: Any) -> bytes:
    """The bytes of an entry."""
    usual: dict[str, Any] = {
        "id": number.to_bytes(16, "big"),
        "at_ms": at_ms + number * 1000,
        "mono_ms": number * 1000,
        "boot": "boot",
        "lane": "1",
        "direction": "in",
        "severity": 0,
        "reasons": (),
        "closing": "paired",
        "policy": "open 1",
    }
    return encode(Entry(**usual | fields))


@dataclass
class Gate:
    """`number` tells gates apart."""

    number: int = 1
    incarnation: int = 7
    wall_ms: int = NOON_MS
    records: list[bytes] = field(default_factory=list)
    credential: bytes = b""

    def __post_init__(self) -> None:
        self.station = self.number.to_bytes(16, "big")
        self.key = Ed25519PrivateKey.from_private_bytes(self.number.to_bytes(32, "big"))
        self.public_key = self.key.public_key().public_bytes_raw()

    def record_entries(self, count: int) -> None:
        self.records += [record(len(self.records) + 1 + index) for index in range(count)]

    @property
    def hashes(self) -> list[bytes]:
        first = bundle.genesis(self.station, self.incarnation, b"")
        return [first, *bundle.chain(first, self.records)]

    def sign(self, purpose: Purpose, payload: bytes) -> bytes:
        return self.key.sign(bundle.to_sign(purpose, payload))

    def headers(self, method: str, target: str, body: bytes = b"") -> dict[str, str]:
        signature = self.sign(Purpose.REQUEST, bundle.request_payload(method, target, self.wall_ms, body))
        text = base64.urlsafe_b64encode(signature).rstrip(b"=").decode()
        return {"Authorization": f"Kakou station={self.station.hex()}, at={self.wall_ms}, signature={text}"}

    def post(self, client: httpx2.Client, target: str, body: bytes) -> httpx2.Response:
        return client.post(target, content=body, headers=self.headers("POST", target, body))

    def get(self, client: httpx2.Client, target: str) -> httpx2.Response:
        return client.get(target, headers=self.headers("GET", target))

    def hello(self, **fields: Any) -> Hello:
        hashes = self.hashes
        chains = (ChainAt(self.incarnation, b"", len(self.records), hashes[-1]),)
        usual: dict[str, Any] = {
            "v": 1,
            "station": self.station,
            "app": "0.1",
            "schema": 1,
            "boot": "boot",
            "wall_ms": self.wall_ms,
            "mono_ms": 1,
            "fingerprint": "pc",
            "chains": chains,
            "credential": self.credential,
        }
        return Hello(**usual | fields)

    def batch(self, first: int = 1, last: int | None = None) -> Push:
        last = last or len(self.records)
        hashes = self.hashes
        batch = Batch(
            1,
            self.station,
            self.incarnation,
            b"",
            first,
            hashes[first - 1],
            hashes[last],
            tuple(self.records[first - 1 : last]),
        )
        payload = bundle.pack(batch)
        return Push(1, payload, self.sign(Purpose.BATCH, payload))


def hello_answer(response: httpx2.Response) -> HelloAnswer:
    assert response.status_code == 200, response.text
    return bundle.unpack(response.content, HelloAnswer)


def signed_ack(response: httpx2.Response, center_key: bytes) -> Ack:
    ack: Ack = _signed(response, center_key, Purpose.ACK, Ack)
    return ack


def signed_page(response: httpx2.Response, center_key: bytes) -> Page:
    page: Page = _signed(response, center_key, Purpose.PAGE, Page)
    return page


def _signed(response: httpx2.Response, center_key: bytes, purpose: Purpose, kind: Any) -> Any:
    assert response.status_code == 200, response.text
    signed = bundle.unpack(response.content, Signed, most=bundle.MOST_ANSWER_BYTES)
    assert bundle.is_signed(center_key, purpose, signed.payload, signed.signature)
    return bundle.unpack(signed.payload, kind, most=bundle.MOST_ANSWER_BYTES)
