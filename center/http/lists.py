"""Lists down: the next page of a channel, at once or as soon as there is something."""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from center.http.answers import PACKED
from center.http.callers import listed_caller, still_listed
from center.http.office import Office, SignedPage
from center.http.reading import from_query
from center.store import ListPage
from station.sync import bundle
from station.sync.items import MOST_ITEMS

LONGEST_WAIT_S = 25


class Cursor(msgspec.Struct, frozen=True):
    """Where a station is in a channel; `wait` is in seconds."""

    channel: Literal["quick", "people"]
    epoch: Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{32})?$")] = ""
    since: bundle.Number = 0
    wait: Annotated[int, msgspec.Meta(ge=0, le=3600)] = 0
    limit: Annotated[int, msgspec.Meta(ge=1, le=100_000)] = 100_000


async def pull(office: Office, request: Request) -> Response:
    row = await listed_caller(office, request, b"")
    cursor = from_query(request, Cursor)
    wait_s = min(cursor.wait, LONGEST_WAIT_S) if cursor.channel == "quick" else 0
    until = office.mono() + wait_s
    while True:
        changes = office.wakes.changes(cursor.channel)
        page = await _shared(office, row.branch, cursor, changes)
        if row.station.hex() in page.not_for:
            page = await office.in_thread(_made, office, row.branch, cursor, row.station)
        left = until - office.mono()
        if page.says or left <= 0 or not await office.wakes.changed(cursor.channel, changes, left):
            return Response(page.packed, media_type=PACKED)
        await still_listed(office, row)


async def _shared(office: Office, branch: str, cursor: Cursor, changes: int) -> SignedPage:
    """The page of this cursor. Whoever is woken by the same change gets the same one, made once.

    Only while it is being made, and never one that was begun before the change that woke them.
    """
    place = (cursor.channel, cursor.epoch, cursor.since, cursor.limit, branch, changes)
    making = office.pages.get(place)
    if making is None:
        making = asyncio.ensure_future(office.in_thread(_made, office, branch, cursor))
        office.pages[place] = making
        making.add_done_callback(lambda _: office.pages.pop(place))
    return await asyncio.shield(making)  # who hangs up takes it from nobody else


def _made(office: Office, branch: str, cursor: Cursor, station: bytes | None = None) -> SignedPage:
    epoch = bytes.fromhex(cursor.epoch) or office.store.epoch  # a station that begins knows none
    limit = min(cursor.limit, MOST_ITEMS[cursor.channel])
    page = office.store.lists.page(cursor.channel, epoch, cursor.since, limit, branch, station)
    says = bool(page.items) or page.refetch or page.more
    at = office.store.epoch if page.refetch else epoch  # a page of another epoch than asked for is none
    return SignedPage(bundle.pack(_signed(office, cursor, page, at)), says, page.not_for)


def _signed(office: Office, cursor: Cursor, page: ListPage, epoch: bytes) -> bundle.Signed:
    message = bundle.Page(
        v=1,
        channel=cursor.channel,
        epoch=epoch,
        since=cursor.since,
        until=page.until,
        more=page.more,
        server_ms=office.now_ms(),
        items=page.items,
        refetch=page.refetch,
        newest=page.newest,
    )
    return office.keys.signed(bundle.Purpose.PAGE, message)
