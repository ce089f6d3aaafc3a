"""The checklists of shifts (履职清单): written for a branch, pushed to its gates, how far each gate is."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote

from starlette.responses import Response

from center import checklists
from center.checklists import CHANNEL, LIST, InForce, Progress
from center.console.houses import CHANGED_MEANWHILE
from center.console.notices import branch_typed
from center.console.on_duty import duty_of
from center.console.page import NotHereError, Page
from center.console.rights import Permission
from center.console.visit import Visit
from center.scope import is_within, place_of
from center.store import GateRow
from center.store.lists import only_for
from station.core.checklist import (
    MOST_OF_ENGLISH,
    MOST_OF_TEXT,
    MOST_POINTS,
    LineProblem,
    LinesError,
    as_lines,
    read_lines,
)
from station.sync.items import ChecklistItem, decode_item, encode_item
from station.sync.reports import DutyReport

_MOST_TYPED = 4000
PROBLEMS: dict[LineProblem, str] = {
    LineProblem.NOTHING: "至少写一项；不想改，就用“改回平常的清单”",
    LineProblem.MANY: "最多 10 项，大门的屏幕只放得下这么多",
    LineProblem.LONG: "这一行太长，或者少了中文：{}",
    LineProblem.TWICE: "这一项写了两遍：{}",
}
assert MOST_POINTS == 10
assert (MOST_OF_TEXT, MOST_OF_ENGLISH) == (40, 60)  # as the page says


@dataclass(frozen=True, slots=True)
class GateDuty:
    """A gate, and what whoever is on duty there has done; no `report`: nobody is."""

    gate: GateRow
    report: DutyReport | None
    lists: tuple[Progress, ...] = ()


def show_all(visit: Visit) -> Response:
    asked = visit.query("branch")
    branch = branch_typed(visit, asked) if "branch" in visit.request.query_params else _own(visit)
    return _page(visit, branch)


def write(visit: Visit) -> Response:
    branch, kind = branch_typed(visit, visit.field("branch")), _kind(visit)
    typed = visit.long_field("points", _MOST_TYPED)
    if visit.field("was", 64) not in ("", _mark_now(visit, kind, branch)):
        return _page(visit, branch, wrong=visit.text(CHANGED_MEANWHILE))
    usual = next(one for one in checklists.usual() if one.id == kind)
    try:
        points = read_lines(typed, usual.points)
    except LinesError as error:
        return _page(visit, branch, (kind, typed), visit.text(PROBLEMS[error.problem], error.line))
    body = encode_item(checklists.item(kind, branch, points, visit.now_ms))
    _put(visit, kind, branch, body)
    visit.note("改了履职清单", branch=branch, about=kind)
    return _back(visit, branch, "发下去了，在线的大门马上换成这张清单")


def take_back(visit: Visit) -> Response:
    branch, kind = branch_typed(visit, visit.field("branch")), _kind(visit)
    _put(visit, kind, branch, None)
    visit.note("改回了平常的履职清单", branch=branch, about=kind)
    return _back(visit, branch, "改回去了，大门用平常的清单")


def _put(visit: Visit, kind: str, branch: str, body: bytes | None) -> None:
    """For a branch with all below it; a gate's place is no branch, so its stations get theirs one by one."""
    gates = visit.store.gates.overview(visit.scope)
    alone = [gate.station for gate in gates if place_of(gate.branch, gate.gate) == branch]
    scopes = [only_for(station) for station in alone] or [branch]
    for scope in scopes:
        visit.store.lists.put(CHANNEL, [(LIST, checklists.key_of(kind, scope), body)], scope)


def given_lists(visit: Visit) -> list[ChecklistItem]:
    """All that there are, of every branch: show what concerns the visitor only."""
    found = [decode_item(LIST, one.body or b"") for one in visit.store.lists.each(CHANNEL, LIST)]
    return [one for one in found if isinstance(one, ChecklistItem)]


def _page(visit: Visit, branch: str, typed: tuple[str, str] = ("", ""), wrong: str = "") -> Response:
    given = given_lists(visit)
    lists = checklists.in_force(given, branch)
    return visit.render(
        "checklists.html",
        status=400 if wrong else 200,
        branch=branch,
        own=_own(visit),
        lists=lists,
        lines={one.list.id: _lines(one, *typed) for one in lists},
        was={one.list.id: _mark(one) for one in lists},
        typed=typed[0],
        below=_below(given, branch),
        duty=_duty(visit, given, branch),
        wrong=wrong,
    )


def _mark(shown: InForce) -> str:
    """Of what the form was opened with: it is another once somebody else has written the list."""
    return sha256(as_lines(shown.list.points).encode()).hexdigest()[:16]


def _mark_now(visit: Visit, kind: str, branch: str) -> str:
    found = checklists.in_force(given_lists(visit), branch)
    return next(_mark(one) for one in found if one.list.id == kind)


def _lines(shown: InForce, kind: str, typed: str) -> str:
    """What stands in the form: what was typed, if that could not be taken."""
    return typed if kind == shown.list.id else as_lines(shown.list.points)


def _below(given: list[ChecklistItem], branch: str) -> list[tuple[str, str]]:
    """(branch, kind) of lists further down, which stay as they are."""
    return sorted(
        {(one.branch, one.kind) for one in given if is_within(one.branch, branch) and one.branch != branch}
    )


def _duty(visit: Visit, given: list[ChecklistItem], branch: str) -> list[GateDuty]:
    """The gates of this branch, those where nobody is on duty last."""
    gates, rows = visit.store.gates.overview(visit.scope), []
    newest = duty_of(visit, [gate.station for gate in gates])
    for gate in gates:
        place = place_of(gate.branch, gate.gate)
        if not is_within(place, branch):
            continue
        said = newest.get(gate.station)
        if said is None or said.until_ms is not None:
            rows.append(GateDuty(gate, None))
        else:
            far = checklists.progress(said, checklists.in_force(given, place), visit.lang)
            rows.append(GateDuty(gate, said, far))
    return sorted(rows, key=lambda row: (row.report is None, row.gate.branch, row.gate.name))


def _kind(visit: Visit) -> str:
    """Raises NotHereError."""
    kind = visit.field("list")
    if kind not in {one.id for one in checklists.usual()}:
        raise NotHereError
    return kind


def _own(visit: Visit) -> str:
    return visit.scope.branches[0]


def _back(visit: Visit, branch: str, said: str) -> Response:
    return visit.redirect(f"/checklists?branch={quote(branch)}", said)


PAGES = (
    Page("GET", "/checklists", Permission.SHIFTS, show_all, ids=("branch",)),
    Page("POST", "/checklists", Permission.SHIFTS, write, ids=("branch",)),
    Page("POST", "/checklists/usual", Permission.SHIFTS, take_back, ids=("branch",)),
)
