"""New gates: a one-time code to type there or to hold before the camera; gates that are ours no longer."""

from __future__ import annotations

from typing import Any

import segno
from starlette.responses import Response

from center.console.page import NotHereError, Page
from center.console.rights import Permission
from center.console.tokens import branch_typed
from center.console.visit import Visit
from center.enrolment import CODE_LIFE, make_code
from station.sync.onetime import write_link

_MOST_NAME = 60


def show_all(visit: Visit) -> Response:
    return _list(visit, {}, "")


def make(visit: Visit) -> Response:
    """The code is shown on this page alone, and is good for ten minutes."""
    typed = {name: visit.field(name) for name in ("name", "gate", "branch")}
    branch = branch_typed(visit, typed["branch"])
    if not typed["name"] or max(len(typed["name"]), len(typed["gate"])) > _MOST_NAME:
        return _list(visit, typed, "请给大门起个名字，60 个字以内")
    gate = typed["gate"] or typed["name"]
    now_ms, url = visit.now_ms, str(visit.request.base_url).rstrip("/")
    code = make_code(
        visit.store, visit.office.keys, name=typed["name"], gate=gate, branch=branch, now_ms=now_ms
    )
    visit.note("发了大门的一次性码", branch=branch)
    picture = segno.make(write_link(url, code), error="m", micro=False).svg_data_uri(scale=6, border=4)
    until_ms = now_ms + int(CODE_LIFE.total_seconds() * 1000)
    return visit.render(
        "enrol_code.html", name=typed["name"], code=code, url=url, picture=picture, until_ms=until_ms
    )


def revoke(visit: Visit) -> Response:
    """It gets no lists any more; what it has recorded is taken all the same."""
    gate = visit.store.gates.get(visit.scope, visit.id_bytes("station"))
    if gate is None:
        raise NotHereError
    visit.store.stations.revoke(gate.station, visit.now_ms)
    visit.note("撤销了大门", branch=gate.branch, about=gate.station.hex())
    return visit.redirect("/enrol", "撤销了：不再给它名单，它的记录照收")


def _list(visit: Visit, typed: dict[str, Any], wrong: str) -> Response:
    return visit.render(
        "enrol.html",
        status=400 if wrong else 200,
        gates=visit.store.gates.overview(visit.scope),
        own=visit.scope.branches[0],
        typed=typed,
        wrong=wrong,
    )


PAGES = (
    Page("GET", "/enrol", Permission.GATES, show_all, menu="接大门"),
    Page("POST", "/enrol", Permission.GATES, make, ids=("branch",)),
    Page("POST", "/enrol/{station}/revoke", Permission.GATES, revoke),
)
