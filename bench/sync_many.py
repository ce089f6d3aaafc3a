"""Eight stations at once into PostgreSQL, against COPY of the same rows as text that was made before.

What stations send is made, sealed and signed before, too: measured is what a center and its database bear.
"""

from __future__ import annotations

import http.client
import secrets
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import msgspec
import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from bench import sync_content
from bench.figures import Table
from bench.sync_center import Center, new_place, serving
from bench.sync_push import HEADINGS, Rates, await_rows, must_hold
from bench.sync_station import SyncError
from center.projection import COLUMNS, DAY, DAY_MS, Arrival, project
from center.store import open_store
from station.core.entry import encode
from station.core.moments import to_ms
from station.sync import bundle
from station.sync.client import Signer, unpinned
from station.sync.sealing import seal_together
from tests.center.store.server import Server

STATIONS = 8
OF_A_BATCH = bundle.LONG_RECORDS  # as a station sends a backlog on a good line
_COPY = f"COPY entry ({', '.join(COLUMNS)}) FROM STDIN"


@dataclass(frozen=True, slots=True)
class Request:
    """A push, ready to be posted."""

    body: bytes
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sender:
    """A station with all that it will ever send, and the same as rows."""

    station: bytes
    public_key: bytes
    requests: list[Request]
    copies: list[bytes]  # text for COPY, one for each batch
    days: frozenset[int]


def senders(entries: int, center_key: bytes) -> list[Sender]:
    """Eight stations with this number of entries together."""
    return [_sender(entries // STATIONS, number, center_key) for number in range(STATIONS)]


def _sender(count: int, number: int, center_key: bytes) -> Sender:
    key, station = Ed25519PrivateKey.generate(), secrets.token_bytes(16)
    signer = Signer(station, key.sign)
    previous = bundle.genesis(station, 1, b"")
    requests, copies, days = list[Request](), list[bytes](), set[int]()
    arrival = Arrival(station, 1, to_ms(sync_content.newest_day()), 0, 0)
    made = [
        (
            msgspec.structs.replace(entry, commitment=secrets.token_bytes(32)),
            sync_content.personal_part(entry),
        )
        for entry in sync_content.entries(count, seed=number)
    ]
    for first in range(0, count, OF_A_BATCH):
        some = made[first : first + OF_A_BATCH]
        records = tuple(encode(entry) for entry, _ in some)
        parts = seal_together(center_key, station, 1, list(enumerate([part for _, part in some], first + 1)))
        last = bundle.chain(previous, records)[-1]
        payload = bundle.pack(bundle.Batch(1, station, 1, b"", first + 1, previous, last, records))
        signature = key.sign(bundle.to_sign(bundle.Purpose.BATCH, payload))
        requests.append(_request(signer, bundle.pack(bundle.Push(1, payload, signature, parts))))
        rows = [project(arrival, at, record) for at, record in enumerate(records, first + 1)]
        copies.append("".join(_line(row) for row in rows).encode())
        days |= {row[DAY] for row in rows}
        previous = last
    return Sender(station, key.public_key().public_bytes_raw(), requests, copies, frozenset(days))


def _request(signer: Signer, body: bytes) -> Request:
    return Request(body, {"Authorization": signer.header("POST", "/v1/push", 0, body)})


def _line(row: Sequence[object]) -> str:
    """As COPY reads it (postgresql.org, COPY, text format); no text here holds a tab or a backslash."""
    return "\t".join(_cell(value) for value in row) + "\n"


def _cell(value: object) -> str:
    if value is None:
        return "\\N"
    return f"\\\\x{value.hex()}" if isinstance(value, bytes) else str(value)


def table(folder: Path, entries: int, rounds: int, server: Server) -> Table:
    """All ways, by turns."""
    ready = senders(entries, X25519PrivateKey.generate().public_key().public_bytes_raw())
    count = sum(text.count(b"\n") for sender in ready for text in sender.copies)
    raw, rows, ledger = (
        Rates("COPY of text made before"),
        Rates("stations: typed rows"),
        Rates("stations: ledger only"),
    )
    for _ in range(rounds):
        raw.a_second.append(count / _copy_all(ready, server))
        rows.a_second.append(count / _push_all(folder, ready, server, count, ledger_only=False))
        ledger.a_second.append(count / _push_all(folder, ready, server, count, ledger_only=True))
    cells = [
        (one.name, *one.row(raw)[1:3], f"{100 * one.median / raw.median:.0f} %")
        for one in (raw, rows, ledger)
    ]
    title = f"{STATIONS} stations at once: {count:,} entries into PostgreSQL"
    return Table(title, (*HEADINGS[:3], "share"), cells, "bars: typed rows 45 %, ledger only 200 %")


def _all_at_once(ready: Sequence[Sender], send: Callable[[Sender], None]) -> float:
    """One thread for each station; how long the slowest took, s."""
    with ThreadPoolExecutor(len(ready)) as threads:
        began = perf_counter()
        list(threads.map(send, ready))
        return perf_counter() - began


def _copy_all(ready: Sequence[Sender], server: Server) -> float:
    """Each batch is a COPY and a commit, as a center's is."""
    url = new_place(server)
    _with_days(ready, url)

    def send(sender: Sender) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            for text in sender.copies:
                with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
                    copy.write(text)

    return _all_at_once(ready, send)


def _push_all(
    folder: Path, ready: Sequence[Sender], server: Server, count: int, *, ledger_only: bool
) -> float:
    url = new_place(server)
    _with_days(ready, url)
    with (
        tempfile.TemporaryDirectory(dir=folder) as place,
        serving(Path(place), url, ledger_only=ledger_only) as center,
    ):
        with center.store() as store:
            for sender in ready:
                store.stations.remember(
                    sender.station, public_key=sender.public_key, name="门", enrolled_ms=0
                )
        began = perf_counter()
        _all_at_once(ready, lambda sender: _send(sender, center))
        if not ledger_only:
            await_rows(center)
        took = perf_counter() - began
        must_hold(center, count, rows=not ledger_only)
    return took


def _send(sender: Sender, center: Center) -> None:
    place = center.url.removeprefix("https://")
    line = http.client.HTTPSConnection(place, context=unpinned())
    for request in sender.requests:
        line.request("POST", "/v1/push", request.body, request.headers)
        answer = line.getresponse()
        said = answer.read()
        if answer.status != 200:
            raise SyncError(f"{answer.status} {said[:200]!r}")
    line.close()


def _with_days(ready: Sequence[Sender], url: str) -> None:
    """Tables and partitions are there, so that neither way has to make them."""
    store = open_store(url)
    with store.database.write() as connection:
        days = {day for sender in ready for day in sender.days}
        connection.prepare_days(days, to_ms(sync_content.newest_day()) // DAY_MS)
    store.close()
