"""The rota (值班): who is on duty where, which shifts lack somebody, links to sign up, hand-over sheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from itertools import groupby
from typing import Any

from starlette.responses import Response

from center import checklists
from center.console.attention import Colour, Matter
from center.console.checklists import given_lists
from center.console.notices import branch_typed
from center.console.on_duty import duty_of
from center.console.page import NotHereError, Page
from center.console.rights import Permission
from center.console.shift_words import REFUSED, shift_words
from center.console.visit import Visit
from center.scope import Scope, above
from center.store import SqlStore
from center.store.reports import Reported
from center.store.rota import Planned
from station.core.shift import MOST_OF_NAME, Plan, ShiftError, empty, lacking, read_plan
from station.local_time import local_zone

_DAY_MS = 24 * 3600 * 1000
LINK = "signup"
_LINK_DAYS = 14
_REFUSED_FOR_MS, _MOST_REFUSED = 7 * _DAY_MS, 30
_SHEETS_MS, _SHEETS = 31 * _DAY_MS, 30


def show_all(visit: Visit) -> Response:
    return _page(visit, {}, "")


def add(visit: Visit) -> Response:
    names = ("branch", "gate", "day", "begins", "ends", "needed", "days", "title")
    typed = {name: visit.field(name, 100) for name in names}
    branch = branch_typed(visit, typed["branch"])
    plan = Plan(typed["day"], typed["begins"], typed["ends"], typed["needed"], typed["days"])
    try:
        made = read_plan(plan, _zone(visit), _now(visit))
        count = visit.store.rota.add(branch, typed["gate"], made, typed["title"])
    except ShiftError as error:
        return _page(visit, typed, shift_words(error))
    visit.note("排了班", branch=branch, about=f"{count}")
    return visit.redirect("/shifts", "排好了，大门马上看得到")


def take_back(visit: Visit) -> Response:
    planned = _planned(visit)
    visit.store.rota.take_back(planned)
    visit.note("撤了一班", branch=planned.branch, about=planned.key)
    return visit.redirect("/shifts", "这一班撤了")


def put_down(visit: Visit) -> Response:
    """Somebody telephoned: their name is put down, or taken off."""
    planned, name = _planned(visit), visit.field("name", 40)
    try:
        if visit.field("leaves") == "1":
            visit.store.rota.leave(planned.key, name)
        else:
            visit.store.rota.sign_up(planned.key, name, _now(visit))
    except ShiftError as error:
        return _page(visit, {}, shift_words(error))
    visit.note("改了值班的人", branch=planned.branch, about=planned.key)
    return visit.redirect("/shifts", "记下了")


def make_link(visit: Visit) -> Response:
    """A link for everybody of a branch; whoever has it may put a name down."""
    branch = branch_typed(visit, visit.field("branch"))
    secret = visit.store.links.make(
        LINK,
        branch,
        expires_ms=visit.now_ms + _LINK_DAYS * _DAY_MS,
        now_ms=visit.now_ms,
        note=visit.make_note("开了报名链接", branch=branch),
    )
    address = f"{visit.request.url.scheme}://{visit.request.url.netloc}/signup/{secret}"
    return visit.render("shift_link.html", address=address, branch=branch, days=_LINK_DAYS)


def close_link(visit: Visit) -> Response:
    note = visit.make_note("关了报名链接", about=visit.path("link")[:12])
    if not visit.store.links.revoke(visit.scope, visit.id_bytes("link"), visit.now_ms, note):
        raise NotHereError
    return visit.redirect("/shifts", "这个链接不能用了")


def show_sheet(visit: Visit) -> Response:
    """The hand-over sheet that a gate has sent."""
    since_ms, id = visit.now_ms - _SHEETS_MS, visit.id_bytes("sheet")
    sheet = visit.store.reports.one("handover", _stations(visit), id, since_ms)
    if sheet is None:
        raise NotHereError
    gate = visit.store.gates.get(visit.scope, sheet.station)
    texts = checklists.texts(given_lists(visit))
    return visit.render("sheet.html", sheet=sheet.body, gate=gate, texts=texts)


def matters(store: SqlStore, scope: Scope, now_ms: int) -> Mapping[bytes, Iterable[Matter]]:
    """A tile says that nobody comes to the shift of now, or of the next 24 hours."""
    now = datetime.fromtimestamp(now_ms / 1000, UTC)
    planned = store.rota.all(now_ms)
    nobody = {shift.id for shift in empty([one.shift for one in planned], now)}
    places = Counter((one.branch, one.item.gate) for one in planned if one.key in nobody)
    found: dict[bytes, list[Matter]] = {}
    for gate in store.gates.overview(scope) if nobody else []:
        names = {"", gate.gate}
        count = sum(places[branch, name] for branch in above(gate.branch) for name in names)
        if count:
            found[gate.station] = [Matter(Colour.ORANGE, "24 小时内 {} 班没人", count)]
    return found


def _is_for(planned: Planned, branch: str, gate: str) -> bool:
    return Scope((planned.branch,)).holds(branch) and planned.item.gate in ("", gate)


def _visible(visit: Visit) -> list[Planned]:
    """Of our branches, and what is planned further up for gates of ours."""
    gates = visit.store.gates.overview(visit.scope)
    return [
        one
        for one in visit.store.rota.all(visit.now_ms)
        if visit.scope.holds(one.branch) or any(_is_for(one, gate.branch, gate.gate) for gate in gates)
    ]


def _page(visit: Visit, typed: dict[str, str], wrong: str) -> Response:
    now = _now(visit)
    planned = _visible(visit)
    shifts = [one.shift for one in planned]
    names = {gate.station: gate.name for gate in visit.store.gates.overview(visit.scope)}
    refused = visit.store.reports.refused_signups(names, visit.now_ms - _REFUSED_FOR_MS, _MOST_REFUSED)
    lack = {shift.id for shift in lacking(shifts, now)}
    return visit.render(
        "shifts.html",
        status=400 if wrong else 200,
        days=_by_day(planned),
        lacking=[one for one in planned if one.key in lack],
        lack=lack,
        ours={one.key for one in planned if visit.scope.holds(one.branch)},
        duty=_on_duty(visit),
        sheets=_sheets(visit),
        names=names,
        refused=[(one, REFUSED[why]) for one, why in refused],
        spans={one.key: one.item for one in planned},
        most_of_name=MOST_OF_NAME,
        links=visit.store.links.all_open(LINK, visit.scope, visit.now_ms),
        own=visit.scope.branches[0],
        typed=typed,
        wrong=wrong,
    )


def _by_day(planned: Iterable[Planned]) -> list[tuple[str, list[Planned]]]:
    return [(day, list(some)) for day, some in groupby(planned, lambda one: one.item.day)]


def _on_duty(visit: Visit) -> list[tuple[Any, Any]]:
    """(gate, its newest report of duty or None) of every gate, those with nobody first."""
    gates = visit.store.gates.overview(visit.scope)
    newest = duty_of(visit, [gate.station for gate in gates])
    rows = []
    for gate in gates:
        said = newest.get(gate.station)
        rows.append((gate, said if said and said.until_ms is None else None))
    return sorted(rows, key=lambda row: (row[1] is not None, row[0].branch, row[0].name))


def _sheets(visit: Visit) -> list[Reported]:
    """The newest hand-over sheets of our gates, of the last month: a district has thousands of these."""
    since_ms = visit.now_ms - _SHEETS_MS
    return visit.store.reports.read("handover", _stations(visit), since_ms=since_ms, most=_SHEETS)


def _stations(visit: Visit) -> list[bytes]:
    return [gate.station for gate in visit.store.gates.overview(visit.scope)]


def _planned(visit: Visit) -> Planned:
    planned = visit.store.rota.get(visit.path("shift"))
    if planned is None or not visit.scope.holds(planned.branch):
        raise NotHereError
    return planned


def _zone(visit: Visit) -> tzinfo:
    """Of the hours that are typed: the same in which pages show them."""
    return visit.console.zone or local_zone()


def _now(visit: Visit) -> datetime:
    return datetime.fromtimestamp(visit.now_ms / 1000, UTC)


PAGES = (
    Page("GET", "/shifts", Permission.SHIFTS, show_all, menu="值班"),
    Page("POST", "/shifts", Permission.SHIFTS, add, ids=("branch",)),
    Page("POST", "/shifts/links", Permission.SHIFTS, make_link, ids=("branch",)),
    Page("POST", "/shifts/links/{link}/close", Permission.SHIFTS, close_link),
    Page("GET", "/shifts/sheets/{sheet}", Permission.SHIFTS, show_sheet),
    Page("POST", "/shifts/{shift}/take-back", Permission.SHIFTS, take_back),
    Page("POST", "/shifts/{shift}/name", Permission.SHIFTS, put_down),
)
