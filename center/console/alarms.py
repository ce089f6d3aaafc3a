"""Isolated people at a gate: a banner on every open page within two seconds, until somebody saw to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from starlette.responses import Response

from center.console import health_words
from center.console.attention import Colour, Matter
from center.console.page import ComplaintError, NotHereError, Page
from center.console.reason_words import REASONS
from center.console.rights import Permission
from center.console.someone import people_of, shown
from center.console.visit import Visit, hex_bytes
from center.scope import Scope
from center.store import SqlStore
from center.store.alarms import GateAlarm

FRESH_S = 0.3
PAGE = 100
MOST_WAITING = 500  # of one page
_BANNER = 3


def show_all(visit: Visit) -> Response:
    """What waits for somebody stands first, however old it is."""
    before = visit.query_place("before")
    some = visit.store.alarms.all(visit.scope, before=before, most=PAGE)
    waiting = visit.store.alarms.unseen(visit.scope, MOST_WAITING) if before is None else []
    among = {(one.station, one.id) for one in waiting}
    alarms = [*waiting, *(one for one in some if (one.station, one.id) not in among)]
    full = len(waiting) == MOST_WAITING > 0
    return visit.render(
        "alarms.html",
        alarms=alarms,
        last=some[-1].place if len(some) == PAGE else None,
        hidden=_count(visit.store, visit.scope) - len(waiting) if full else 0,
        may_act=visit.may(Permission.ACT),
        **_looks(visit, alarms),
    )


def show_live(visit: Visit) -> Response:
    """The banner; 204 while it is as the browser has it."""
    console, scope = visit.console, visit.scope
    alarms, count = console.recent.get(
        ("alarms", scope.branches),
        visit.office.mono(),
        FRESH_S,
        lambda: (visit.store.alarms.unseen(scope, most=_BANNER), _count(visit.store, scope)),
    )
    digest = _digest(alarms, count)
    if visit.query("seen") == digest:
        return visit.unchanged()
    return visit.render(
        "alarm_banner.html",
        digest=digest,
        count=count,
        alarms=alarms,
        **_looks(visit, alarms),
    )


def see(visit: Visit) -> Response:
    """Somebody has seen to it, and says what was done."""
    station, _, id = visit.path("alarm").partition("-")
    alarm = visit.store.alarms.get(visit.scope, hex_bytes(station), hex_bytes(id))
    if alarm is None:
        raise NotHereError
    if alarm.seen_ms is not None:
        return visit.redirect("/alarms", "别人已经处理了，没有再记")
    said = visit.field("said", 200)
    if not said:
        raise ComplaintError("请写一句怎么处理的，例如：已送回家，通知了社区")
    note = visit.make_note("处理了隔离人员到门口", branch=alarm.branch, about=alarm.id.hex())
    visit.store.alarms.see(alarm, visit.who, said, visit.now_ms, note)
    return visit.redirect("/alarms", "记下了")


def matters(store: SqlStore, scope: Scope, _now_ms: int) -> Mapping[bytes, Iterable[Matter]]:
    """What the overview's tiles say."""
    counts = store.alarms.count_unseen(scope)
    return {
        station: [Matter(Colour.RED, "隔离的人到门口 {} 次，没处理", number)]
        for station, number in counts.items()
    }


def _count(store: SqlStore, scope: Scope) -> int:
    """How many wait, also of those that no page has room for."""
    return sum(store.alarms.count_unseen(scope).values())


def _digest(alarms: list[GateAlarm], count: int) -> str:
    seen = repr([count, *((one.station, one.id) for one in alarms)]).encode()
    return sha256(seen).hexdigest()[:16] if alarms else "0"


def _looks(visit: Visit, alarms: list[GateAlarm]) -> dict[str, Any]:
    """Names are masked, and only of people of ours."""
    people = people_of(visit, [one.person for one in alarms])
    ours = {id: one for id, one in people.items() if visit.scope.holds(one.branch)}
    return {
        "shown": {one.id: shown(ours.get(one.person)) for one in alarms},
        "cards": {one.person for one in alarms if one.person in ours},
        "said_of": lambda alarm: [visit.text(REASONS.get(one, one)) for one in alarm.reasons],
        "words": health_words,
    }


PAGES = (
    Page("GET", "/alarms", Permission.PEOPLE, show_all),
    Page("GET", "/alarms/live", Permission.PEOPLE, show_live, polls=True),
    Page("POST", "/alarms/{alarm}/seen", Permission.ACT, see),
)
