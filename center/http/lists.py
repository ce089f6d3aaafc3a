"""Lists down: the next page of a channel, at once or as soon as there is something."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from center.http.answers import PACKED
from center.http.callers import listed_caller, still_listed
from center.http.office import Office
from center.http.reading import from_query
from center.http.shared_pages import Asked, SharedPage
from center.store import ListPage, StationRow
from station.sync import bundle
from station.sync.items import MOST_ITEMS
from station.sync.people_chunks import packed_people

LONGEST_WAIT_S = 25


class Cursor(msgspec.Struct, frozen=True):
    """Where a station is in a channel; `wait` is in seconds."""

    channel: Literal["quick", "people"]
    epoch: Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{32})?$")] = ""
    since: bundle.Number = 0
    wait: Annotated[int, msgspec.Meta(ge=0, le=3600)] = 0
    limit: Annotated[int, msgspec.Meta(ge=1, le=100_000)] = 100_000
    takes: bundle.Word = ""  # `chunks`: people made ready


async def pull(office: Office, request: Request) -> Response:
    if request.query_params.get("channel") == "quick":
        return await _pull(office, request)
    async with office.returning:
        return await _pull(office, request)


async def _pull(office: Office, request: Request) -> Response:
    row = await listed_caller(office, request, b"")
    cursor = from_query(request, Cursor)
    wait_s = min(cursor.wait, LONGEST_WAIT_S) if cursor.channel == "quick" else 0
    until = office.mono() + wait_s
    while True:
        changes = office.wakes.changes(cursor.channel)
        page = await _page(office, row, await _asked(office, row, cursor), changes)
        left = until - office.mono()
        if page.says or left <= 0 or not await office.wakes.changed(cursor.channel, changes, left):
            return Response(page.packed, media_type=PACKED)
        await still_listed(office, row)


async def _asked(office: Office, row: StationRow, cursor: Cursor) -> Asked:
    epoch = cursor.epoch or await office.in_thread(epoch_of, office)  # a station that begins knows none
    limit = min(cursor.limit, MOST_ITEMS[cursor.channel])
    ready = cursor.takes == bundle.CHUNKS and cursor.channel == "people"
    return Asked(cursor.channel, epoch, cursor.since, limit, row.branch, ready)


def epoch_of(office: Office) -> str:
    return office.store.epoch.hex()


async def _page(office: Office, row: StationRow, asked: Asked, changes: int) -> SharedPage:
    """What all gates of its branch get, or its own where there is something for it alone."""
    maker = Maker(office)
    shared = _of_all_below(office, asked, changes, maker) if asked.ready else None
    page = await (shared or office.pages.get(asked, changes, maker))
    return await maker.make(asked, None, row.station) if row.station.hex() in page.not_for else page


async def _of_all_below(office: Office, asked: Asked, changes: int, maker: Maker) -> SharedPage:
    """A page that gates of other branches get, too, if nothing is for one of these branches alone.

    How far that is so is asked after the page was made: what comes later is of versions after it.
    """
    reach = office.reaches.get(asked.branch)
    while True:
        page = None if reach is None else await office.pages.get(replace(asked, branch=reach), changes, maker)
        if page and reach == asked.branch:
            return page
        now = await office.in_thread(office.store.lists.reach, asked.channel, asked.branch, reach or "")
        if page and now == reach:
            return page
        office.reaches[asked.branch] = reach = now


class Maker:
    """`shared_pages.Maker` over the store."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def make(self, asked: Asked, upto: int | None, station: bytes | None = None) -> SharedPage:
        return await self._office.in_thread(_made, self._office, asked, upto, station)

    async def left(self, asked: Asked, until: int) -> int:
        left, epoch = self._office.store.lists.left, bytes.fromhex(asked.epoch)
        return await self._office.in_thread(left, asked.channel, epoch, asked.since, until, asked.branch)


def _made(office: Office, asked: Asked, upto: int | None, station: bytes | None) -> SharedPage:
    epoch = bytes.fromhex(asked.epoch)
    page = office.store.lists.page(
        asked.channel, epoch, asked.since, asked.limit, asked.branch, station, upto
    )
    if asked.ready and len(page.items) * 2 >= asked.limit:  # worth keeping: what comes later comes after it
        page = replace(page, more=True)
    says = bool(page.items) or page.refetch or page.more
    at = office.store.epoch if page.refetch else epoch  # a page of another epoch than asked for is none
    packed = bundle.pack(_signed(office, asked, page, at))
    # Where a cursor means nothing the station begins at 0: nobody asks for what would follow.
    more = page.more and not page.refetch
    return SharedPage(packed, says, page.until, more, page.not_for, len(page.items))


def _signed(office: Office, asked: Asked, page: ListPage, epoch: bytes) -> bundle.Signed:
    items, people = _in_form(asked, page)
    message = bundle.Page(
        v=1,
        channel=asked.channel,
        epoch=epoch,
        since=asked.since,
        until=page.until,
        more=page.more,
        server_ms=0 if page.more else office.now_ms(),  # one that is kept would tell an old time
        items=items,
        refetch=page.refetch,
        newest=page.newest,
        people=people,
    )
    return office.keys.signed(bundle.Purpose.PAGE, message)


def _in_form(asked: Asked, page: ListPage) -> tuple[tuple[bundle.Item, ...], bundle.ReadyPeople]:
    """As items, or as a station keeps them; not if there is somebody whom only a newer one may understand."""
    if asked.ready:
        people, not_understood = packed_people(page.items)
        if not not_understood:
            return (), people
    return page.items, bundle.ReadyPeople()
