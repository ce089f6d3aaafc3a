"""All gates of a district begin on one morning: each page of the lists is made once, and none grows stale."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from center.http.shared_pages import Asked, SharedPage, SharedPages

FIRST = Asked("people", "00" * 16, 0, 10, "west", 0)
LAST = 30  # where the list ends


class Printer:
    """Makes pages of ten; remembers where each began. `failing` is asked for in vain."""

    def __init__(self, failing: int = -1) -> None:
        self.made, self.failing = list[Asked](), failing

    async def __call__(self, asked: Asked) -> SharedPage:
        self.made.append(asked)
        await asyncio.sleep(0)
        if asked.since == self.failing:
            raise RuntimeError("the disk is gone")
        until = min(asked.since + asked.limit, LAST)
        return SharedPage(b"x" * 100, True, until, until < LAST)

    @property
    def places(self) -> list[int]:
        return [asked.since for asked in self.made]


async def read_all(pages: SharedPages, printer: Printer, asked: Asked = FIRST) -> None:
    """As a gate that begins."""
    while (page := await pages.get(asked, printer)).more:
        asked = replace(asked, since=page.until)


async def at_rest() -> None:
    """Whatever was begun ahead has come to an end."""
    for _ in range(5):
        await asyncio.sleep(0)


def ran(
    story: Callable[[SharedPages, Printer], Awaitable[None]], printer: Printer, **bounds: int
) -> list[int]:
    async def told() -> None:
        await story(SharedPages(**bounds), printer)
        await at_rest()

    asyncio.run(told())
    return printer.places


async def _three_gates(pages: SharedPages, printer: Printer) -> None:
    for _ in range(3):
        await read_all(pages, printer)


def test_full_pages_are_made_once_for_all_and_the_end_anew_for_each() -> None:
    assert ran(_three_gates, Printer()) == [0, 10, 20, 20, 20]


def test_gates_that_ask_at_the_same_moment_get_one_page() -> None:
    async def story(pages: SharedPages, printer: Printer) -> None:
        await asyncio.gather(*(read_all(pages, printer) for _ in range(5)))

    assert ran(story, Printer()) == [0, 10, 20]


def test_the_next_page_is_made_while_this_one_travels() -> None:
    async def story(pages: SharedPages, printer: Printer) -> None:
        await pages.get(FIRST, printer)

    assert ran(story, Printer()) == [0, 10]


def test_after_a_change_nothing_old_is_shown() -> None:
    async def story(pages: SharedPages, printer: Printer) -> None:
        await read_all(pages, printer)
        await read_all(pages, printer, replace(FIRST, changes=1))

    assert ran(story, Printer()) == [0, 10, 20, 0, 10, 20]


def test_another_branch_gets_pages_of_its_own() -> None:
    async def story(pages: SharedPages, printer: Printer) -> None:
        await read_all(pages, printer)
        await read_all(pages, printer, replace(FIRST, branch="east"))

    printer = Printer()
    ran(story, printer)
    assert [asked.branch for asked in printer.made] == ["west"] * 3 + ["east"] * 3


@pytest.mark.parametrize("bounds", [{"most": 1}, {"most_bytes": 150}], ids=["pages", "bytes"])
def test_no_more_is_kept_than_there_is_room_for(bounds: dict[str, int]) -> None:
    async def story(pages: SharedPages, printer: Printer) -> None:
        await read_all(pages, printer)
        await pages.get(FIRST, printer)

    assert ran(story, Printer(), **bounds) == [0, 10, 20, 0, 10]


def test_a_page_that_could_not_be_made_is_tried_again() -> None:
    async def story(pages: SharedPages, printer: Printer) -> None:
        with pytest.raises(RuntimeError):
            await pages.get(FIRST, printer)
        printer.failing = -1
        await pages.get(FIRST, printer)

    assert ran(story, Printer(failing=0)) == [0, 0, 10]


def test_a_page_that_could_not_be_made_ahead_is_asked_for_again_and_told() -> None:
    async def story(pages: SharedPages, printer: Printer) -> None:
        await pages.get(FIRST, printer)
        await at_rest()
        with pytest.raises(RuntimeError):
            await pages.get(replace(FIRST, since=10), printer)

    assert ran(story, Printer(failing=10)) == [0, 10, 10]


def test_a_gate_that_hangs_up_takes_the_page_from_nobody_else() -> None:
    async def story(pages: SharedPages, printer: Printer) -> None:
        hasty, patient = (asyncio.ensure_future(pages.get(FIRST, printer)) for _ in range(2))
        await asyncio.sleep(0)
        hasty.cancel()
        assert (await patient).until == 10

    assert ran(story, Printer()) == [0, 10]
