"""Several large lists at once: one is dealt with at a time, and whoever is too many is told to come again."""

from __future__ import annotations

import asyncio
import time
import tracemalloc
from pathlib import Path
from threading import Event

import httpx2
import pytest
from starlette.responses import Response

from center.app import make_app
from center.console import colour_import, roster_import, turns
from center.console.app import Console
from center.console.page import Access, Page
from center.console.visit import Visit
from tests.center.console.district import FIRST, District
from tests.center.office import QUICK_HASHER, SHANGHAI, open_center
from tests.patience import PATIENCE_S

LIST_MB = 2
PATH = "/hooks/list"


class Reader:
    """What reading a list does to memory; it goes on when it may."""

    def __init__(self, *, held: bool = False) -> None:
        self.now = self.most = self.read = 0
        self.goes_on, self.begun = Event(), Event()
        if not held:
            self.goes_on.set()

    def __call__(self, visit: Visit) -> Response:
        self.now += 1
        self.most = max(self.most, self.now)
        rows = [visit.body[place : place + 50] for place in range(0, len(visit.body), 50)]
        self.begun.set()
        assert self.goes_on.wait(PATIENCE_S)
        self.read += len(rows) > 0
        self.now -= 1
        return Response()


def send(folder: Path, reader: Reader, count: int, *, before: int = 0) -> list[httpx2.Response]:
    """So many at once; `before`: so many are answered before the reader goes on."""
    page = Page("POST", PATH, Access.MACHINE, reader, most_bytes=LIST_MB << 20, by_turns=True)

    async def all_at_once() -> list[httpx2.Response]:
        with open_center(folder) as center:
            console = Console(center.office, [page], zone=SHANGHAI, hasher=QUICK_HASHER)
            transport = httpx2.ASGITransport(make_app(center.office, console))
            async with httpx2.AsyncClient(transport=transport, base_url="http://center") as client:
                sent = [asyncio.create_task(client.post(PATH, content=_list())) for _ in range(count)]
                until = time.monotonic() + PATIENCE_S
                while time.monotonic() < until and sum(one.done() for one in sent) < before:
                    await asyncio.sleep(0.01)
                reader.goes_on.set()
                return await asyncio.gather(*sent)

    return asyncio.run(all_at_once())


def _list() -> bytes:
    return bytes(LIST_MB << 20)


def test_lists_that_come_at_once_are_dealt_with_one_by_one(tmp_path: Path) -> None:
    reader = Reader()
    tracemalloc.start()
    answers = send(tmp_path, reader, turns.MOST_BODIES)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert [answer.status_code for answer in answers] == [200] * turns.MOST_BODIES
    assert (reader.most, reader.read) == (1, turns.MOST_BODIES)
    one_read = LIST_MB * (50 + 33 + 8) / 50  # MB: the rows, what Python needs for each, and the list of them
    bodies = turns.MOST_BODIES * 4 * LIST_MB  # the client's, in this process too; received; put together
    assert most < (bodies + 2 * one_read) * 2**20


def test_whoever_is_too_many_is_told_to_come_again_and_the_first_is_not_disturbed(tmp_path: Path) -> None:
    reader = Reader(held=True)
    answers = send(tmp_path, reader, turns.MOST_BODIES + 3, before=3)

    codes = [answer.status_code for answer in answers]
    assert sorted(codes) == [200] * turns.MOST_BODIES + [503] * 3
    assert "别人正在导入名单" in next(one for one in answers if one.status_code == 503).text


def test_whoever_waits_too_long_for_their_turn_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "WAIT_S", 0.05)
    reader = Reader(held=True)
    answers = send(tmp_path, reader, 2, before=1)

    assert sorted(answer.status_code for answer in answers) == [200, 503]
    assert reader.read == 1


def test_every_page_that_takes_a_list_goes_by_turns() -> None:
    large = [page for page in (*roster_import.PAGES, *colour_import.PAGES) if page.most_bytes > 1 << 20]
    assert large
    assert all(page.by_turns for page in large)


def test_a_list_of_very_many_short_rows_is_refused_at_once(district: District) -> None:
    browser, content = district.browser("checker1"), "姓名,房号\n".encode() + b"a\n" * 4_000_000
    began = time.process_time()
    fields = {"csrf": browser.csrf, "branch": FIRST, "kind": "people"}
    answer = browser.client.post("/people/import", data=fields, files={"file": ("long.csv", content)})

    assert answer.status_code == 400
    assert time.process_time() - began < 3  # minutes before


@pytest.mark.parametrize("path", ["/people/import", "/colours/import"])
def test_a_list_of_a_million_columns_keeps_nobody_waiting(district: District, path: str) -> None:
    """A copied format leaves empty cells to the right; names there are no list of people."""
    browser, wide = district.browser("checker1"), "," * 300_000
    fields = {"csrf": browser.csrf, "branch": FIRST, "kind": "people", "do": "look"}
    for last, status in (("", (200, 303)), ("x", (400,))):
        content = f"姓名,房号{wide}\n张三,1-1-101{wide}{last}\n".encode()
        began = time.process_time()
        answer = browser.client.post(path, data=fields, files={"file": ("wide.csv", content)})

        assert answer.status_code in status
        assert time.process_time() - began < 1.5  # 5 s before
