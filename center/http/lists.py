"""Lists down: the next page of a channel, at once or as soon as there is something."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from center.http.answers import packed
from center.http.callers import listed_caller, still_listed
from center.http.office import Office
from center.http.reading import from_query
from center.store import ListPage, StationRow
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
        page = await office.in_thread(_page, office, row, cursor)
        left = until - office.mono()
        if page.items or page.refetch or page.more or left <= 0:
            break
        if not await office.wakes.changed(cursor.channel, changes, left):
            break
        await still_listed(office, row)
    return packed(await office.in_thread(_signed, office, cursor, page))


def _page(office: Office, row: StationRow, cursor: Cursor) -> ListPage:
    epoch = bytes.fromhex(cursor.epoch) or office.store.epoch  # a station that begins knows none
    limit = min(cursor.limit, MOST_ITEMS[cursor.channel])
    return office.store.lists.page(cursor.channel, epoch, cursor.since, limit, row.branch)


def _signed(office: Office, cursor: Cursor, page: ListPage) -> bundle.Signed:
    message = bundle.Page(
        v=1,
        channel=cursor.channel,
        epoch=office.store.epoch,
        since=cursor.since,
        until=page.until,
        more=page.more,
        server_ms=office.now_ms(),
        items=page.items,
        refetch=page.refetch,
        newest=page.newest,
    )
    return office.keys.signed(bundle.Purpose.PAGE, message)
