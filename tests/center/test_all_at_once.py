"""Power is back in a district: every gate comes at the same moment, and nobody else waits behind them all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import httpx2
import pytest

from center.app import make_app
from center.http import sync
from center.ingest import ingest
from center.store import SqlStore
from center.store.sqlite import SqliteDatabase
from station.sync import bundle
from station.sync.bundle import Push
from tests.center.gate import Gate
from tests.center.office import Center, open_center
from tests.patience import PATIENCE_S

GATES = 40  # more than there are threads
WITHIN_S = 2 * PATIENCE_S


def greeting(gate: Gate) -> tuple[str, str, bytes]:
    return "POST", "/v1/hello", bundle.pack(gate.hello())


def people(gate: Gate) -> tuple[str, str, bytes]:
    return "GET", "/v1/pull?channel=people&since=0&takes=chunks", b""


@pytest.mark.parametrize("coming_back", [greeting, people])
def test_who_is_asked_about_at_a_gate_does_not_wait_until_all_are_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, coming_back: Callable[[Gate], tuple[str, str, bytes]]
) -> None:
    with open_center(tmp_path) as center:
        gates = [center.know(Gate(number)) for number in range(1, GATES + 1)]
        asking, answered = center.know(Gate(GATES + 1)), Event()
        center.office.heard.update((gate.station, 1) for gate in gates)  # so that nothing else is looked up
        look = center.store.stations.get

        def slow(station: bytes) -> Any:
            if station != asking.station:
                answered.wait(WITHIN_S)
            return look(station)

        monkeypatch.setattr(center.store.stations, "get", slow)

        said, others = asyncio.run(_all_come(center, gates, asking, coming_back, answered))

    assert said.status_code == 200
    assert {other.status_code for other in others} == {200}


def test_an_admins_red_waits_for_two_batches_of_a_backlog_at_most_where_one_file_is_all_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All gates send after a night without a network; SQLite has one writer, and threads do not queue."""
    with open_center(tmp_path) as center:
        gates = [center.know(Gate(number)) for number in range(1, 13)]
        begun, go_on = list[Push](), Event()

        def slow(store: SqlStore, push: Push, *others: Any) -> bundle.Ack:
            begun.append(push)
            go_on.wait(WITHIN_S)
            return ingest(store, push, *others)

        monkeypatch.setattr(sync, "ingest", slow)
        answers, at_once = asyncio.run(_all_send(center, gates, begun, go_on))

    assert at_once == min(center.store.database.batches, len(gates))
    assert {answer.status_code for answer in answers} == {200}
    assert SqliteDatabase.batches == 2


async def _all_send(
    center: Center, gates: list[Gate], begun: list[Push], go_on: Event
) -> tuple[list[httpx2.Response], int]:
    """All answers, and how many batches were begun before the first was done."""
    app = make_app(center.office)
    transport = httpx2.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://center", timeout=None) as client,
    ):
        sent = []
        for gate in gates:
            gate.record_entries(2)
            body = bundle.pack(gate.batch())
            sent.append(asyncio.create_task(_sent(client, gate, "POST", "/v1/push", body)))
        while center.office.pushes.taken < len(gates) or len(begun) < min(
            center.store.database.batches, len(gates)
        ):
            await asyncio.sleep(0)
        at_once = len(begun)
        go_on.set()
        return await asyncio.gather(*sent), at_once


async def _all_come(
    center: Center,
    gates: list[Gate],
    asking: Gate,
    coming_back: Callable[[Gate], tuple[str, str, bytes]],
    answered: Event,
) -> tuple[httpx2.Response, list[httpx2.Response]]:
    """The answer to one question while the database is slow for all the others, and then theirs."""
    app = make_app(center.office)
    transport = httpx2.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://center", timeout=None) as client,
    ):
        back = [asyncio.create_task(_sent(client, gate, *coming_back(gate))) for gate in gates]
        while (
            center.office.returning.statistics().tasks_waiting < GATES - center.office.returning.total_tokens
        ):
            await asyncio.sleep(0)
        question = b'{"token": "https://kakou.invalid/code/1"}'
        try:
            said = await asyncio.wait_for(_sent(client, asking, "POST", "/v1/ask", question), WITHIN_S / 2)
        finally:
            answered.set()
        return said, await asyncio.gather(*back)


async def _sent(
    client: httpx2.AsyncClient, gate: Gate, method: str, target: str, body: bytes
) -> httpx2.Response:
    return await client.request(method, target, content=body, headers=gate.headers(method, target, body))
