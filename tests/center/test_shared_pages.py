"""All gates of a district begin on one morning: each page of the lists is made once, and none grows stale."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from center.http.shared_pages import Asked, SharedPage, SharedPages

FIRST = Asked("people", "00" * 16, 0, 10, "west")


class Printer:
    """Makes pages of ten of a list that ends at 30; remembers where each began. `failing`: in vain.

    `there`: how many are left in a span in which something changed, by where its page begins.
    """

    def __init__(self, failing: int = -1) -> None:
        self.made, self.failing, self.last = list[Asked](), failing, 30
        self.upto = list[int | None]()
        self.looked_at, self.there = list[int](), dict[int, int]()

    async def make(self, asked: Asked, upto: int | None) -> SharedPage:
        self.made.append(asked)
        self.upto.append(upto)
        await asyncio.sleep(0)
        if asked.since == self.failing:
            raise RuntimeError("the disk is gone")
        until = min(asked.since + asked.limit, self.last) if upto is None else upto
        count = self.there.get(asked.since, until - asked.since)
        return SharedPage(b"x" * 100, True, until, until < self.last, count=count)

    async def left(self, asked: Asked, until: int) -> int:
        self.looked_at.append(asked.since)
        await asyncio.sleep(0)
        return self.there.get(asked.since, until - asked.since)

    @property
    def places(self) -> list[int]:
        return [asked.since for asked in self.made]


async def read_all(
    pages: SharedPages, printer: Printer, asked: Asked = FIRST, changes: int = 0
) -> list[SharedPage]:
    """As a gate that begins."""
    every = [await pages.get(asked, changes, printer)]
    while every[-1].more:
        every.append(await pages.get(replace(asked, since=every[-1].until), changes, printer))
    return every


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
        await pages.get(FIRST, 0, printer)

    assert ran(story, Printer()) == [0, 10]


def test_after_a_change_each_page_is_looked_at_once_and_only_what_changed_is_made_anew() -> None:
    async def story(pages: SharedPages, printer: Printer) -> None:
        await read_all(pages, printer)
        printer.there[10] = 9
        for _ in range(3):
            assert [page.until for page in await read_all(pages, printer, changes=1)] == [10, 20, 30]
        await at_rest()

    printer = Printer()
    assert ran(story, printer) == [0, 10, 20, 10, 20, 20, 20]
    assert printer.looked_at == [0, 10]


def test_a_page_keeps_its_span_so_that_those_behind_it_stay_good() -> None:
    async def story(pages: SharedPages, printer: Printer) -> None:
        await read_all(pages, printer)
        printer.there[0] = 5
        assert [page.count for page in await read_all(pages, printer, changes=1)] == [5, 10, 10]

    assert ran(story, Printer()) == [0, 10, 20, 0, 20]


def test_a_page_of_which_little_is_left_is_joined_to_the_next_and_those_behind_stay_good() -> None:
    async def story(pages: SharedPages, printer: Printer) -> None:
        printer.last = 50
        await read_all(pages, printer)
        printer.there |= {0: 4, 10: 6, 20: 9}
        spans = [page.until for page in await read_all(pages, printer, changes=1)]
        assert spans == [20, 30, 40, 50]

    assert ran(story, Printer()) == [0, 10, 20, 30, 40, 0, 20, 40]


def test_one_that_does_not_fit_to_the_next_stays_small() -> None:
    async def story(pages: SharedPages, printer: Printer) -> None:
        await read_all(pages, printer)
        printer.there[0] = 1
        assert [page.until for page in await read_all(pages, printer, changes=1)] == [10, 20, 30]

    assert ran(story, Printer()) == [0, 10, 20, 0, 20]


def test_when_everybody_has_changed_the_first_page_goes_on_to_what_is_new() -> None:
    async def story(pages: SharedPages, printer: Printer) -> None:
        await read_all(pages, printer)
        printer.there = {0: 0, 10: 0}
        await pages.get(FIRST, 1, printer)

    printer = Printer()
    ran(story, printer)
    assert printer.upto == [None, None, None, None, None]  # three, then the first and the one ahead of it


def test_a_gate_that_asked_before_the_change_may_have_what_was_good_after_it() -> None:
    async def story(pages: SharedPages, printer: Printer) -> None:
        await read_all(pages, printer, changes=7)
        await read_all(pages, printer, changes=6)

    assert ran(story, Printer()) == [0, 10, 20, 20]


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
        await pages.get(FIRST, 0, printer)

    assert ran(story, Printer(), **bounds) == [0, 10, 20, 0, 10]


def test_a_page_that_could_not_be_made_is_tried_again() -> None:
    async def story(pages: SharedPages, printer: Printer) -> None:
        with pytest.raises(RuntimeError):
            await pages.get(FIRST, 0, printer)
        printer.failing = -1
        await pages.get(FIRST, 0, printer)

    assert ran(story, Printer(failing=0)) == [0, 0, 10]


def test_a_page_that_could_not_be_made_ahead_is_asked_for_again_and_told() -> None:
    async def story(pages: SharedPages, printer: Printer) -> None:
        await pages.get(FIRST, 0, printer)
        await at_rest()
        with pytest.raises(RuntimeError):
            await pages.get(replace(FIRST, since=10), 0, printer)

    assert ran(story, Printer(failing=10)) == [0, 10, 10]


def test_a_gate_that_hangs_up_takes_the_page_from_nobody_else() -> None:
    async def story(pages: SharedPages, printer: Printer) -> None:
        hasty, patient = (asyncio.ensure_future(pages.get(FIRST, 0, printer)) for _ in range(2))
        await asyncio.sleep(0)
        hasty.cancel()
        assert (await patient).until == 10

    assert ran(story, Printer()) == [0, 10]
