"""A whole district waits for the same news: it is looked up and signed once, and nobody misses it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from time import process_time

import httpx2
import pytest

from center.app import make_app
from station.sync.items import FactItem, encode_item
from tests.center.gate import NOON_MS, Gate, signed_page
from tests.center.office import Center, open_center

GATES = 100
RED = encode_item(FactItem("person", "p1", "colour", "red", NOON_MS))


def test_all_gates_hear_of_one_change_by_one_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_center(tmp_path) as center:
        gates = [center.know(Gate(number)) for number in range(1, GATES + 1)]
        looks = []
        look = center.store.lists.page
        monkeypatch.setattr(center.store.lists, "page", lambda *wanted: looks.append(wanted) or look(*wanted))

        answers, seconds = asyncio.run(_all_wait(center, gates, looks))

        pages = [signed_page(answer, center.keys.public_key) for answer in answers]
        assert {item.key for page in pages for item in page.items} == {"person:p1:colour"}
        assert all(len(page.items) == 1 for page in pages)
        assert len(looks) < GATES / 5
        assert seconds < 2.0


async def _all_wait(
    center: Center, gates: list[Gate], looks: list[object]
) -> tuple[list[httpx2.Response], float]:
    """Everybody asks and sleeps; then one colour turns red."""
    app, target = make_app(center.office), "/v1/pull?channel=quick&since=0&wait=25"
    transport = httpx2.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://center") as client,
    ):
        asked = [
            asyncio.create_task(client.get(target, headers=gate.headers("GET", target))) for gate in gates
        ]
        while len(center.office.wakes.sleeping) < GATES:
            await asyncio.sleep(0.01)
        looks.clear()
        began = process_time()
        await asyncio.to_thread(center.store.lists.put, "quick", [("fact", "person:p1:colour", RED)])
        return await asyncio.gather(*asked), process_time() - began
