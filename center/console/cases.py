"""Cases (事项): calls for help and questions of gates, requests of households, the hotline's notes.

From reported to closed, with times and owners. What is answered here is on the gate's screen at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from starlette.responses import Response

from center.console import case_words
from center.console.attention import Colour, Matter
from center.console.page import ComplaintError, NotHereError, Page
from center.console.rights import Permission
from center.console.visit import Visit
from center.escalation import waits_ms
from center.scope import BranchError, Scope, read_branch
from center.store import SqlStore
from center.store.case_rows import FULL_KEY, NO_STATION, Case
from station.sync.reports import MOST_LINE, CaseReport

PAGE = 100  # closed ones at a time
MOST_OPEN = 500  # of one page


def show_all(visit: Visit) -> Response:
    return visit.render("cases.html", **_open(visit))


def show_live(visit: Visit) -> Response:
    """The part of the list that changes; 204 while it is as the browser has it."""
    values = _open(visit)
    if visit.query("seen") == values["digest"]:
        return visit.unchanged()
    return visit.render("cases_live.html", **values)


def show_closed(visit: Visit) -> Response:
    cases = visit.store.cases.all(visit.scope, before=visit.query_place("before"), most=PAGE)
    last = cases[-1].place if len(cases) == PAGE else None
    return visit.render("cases_all.html", cases=cases, last=last, **_words(visit))


def ask_new(visit: Visit) -> Response:
    return visit.render("case_new.html", own=visit.scope.branches[0], typed={}, wrong="", **_choices(visit))


def begin(visit: Visit) -> Response:
    """Something that no gate reported: from the telephone, from a household."""
    typed = {name: visit.field(name) for name in ("kind", "what", "branch", "title")}
    typed["text"] = visit.long_field("text", 4000)
    branch, wrong = _branch(visit), _wrong(typed)
    if wrong:
        return visit.render(
            "case_new.html", own=typed["branch"], typed=typed, wrong=wrong, status=400, **_choices(visit)
        )
    report = CaseReport(
        typed["kind"],
        visit.now_ms,
        what=typed["what"],
        title=typed["title"],
        text=typed["text"],
        by=visit.who,
    )
    case = visit.store.cases.begin(branch, report, visit.now_ms)
    visit.note("记下了事项", branch=branch, about=case.key)
    return visit.redirect(f"/cases/{case.address}", "记下了")


def show(visit: Visit) -> Response:
    return visit.render("case.html", **_one(visit))


def show_one_live(visit: Visit) -> Response:
    one = _one(visit)
    if visit.query("seen") == one["digest"]:
        return visit.unchanged()
    return visit.render("case_live.html", **one)


def picture(visit: Visit) -> Response:
    """What the gate's camera saw when the whistle was blown. Every look is on record."""
    case = _case(visit)
    jpeg = visit.store.cases.picture(case)
    if not jpeg.startswith(b"\xff\xd8\xff"):
        raise NotHereError
    visit.note("看了吹哨的照片", branch=case.branch, about=case.key)
    return Response(jpeg, media_type="image/jpeg", headers={"Cache-Control": "no-store"})


def answer(visit: Visit) -> Response:
    """A line for the gate's screen, or a remark for those at the center."""
    case, text = _open_case(visit), visit.long_field("text", MOST_LINE)
    if not text:
        raise ComplaintError("请先写一句话")
    shown = visit.field("shown") == "1" and case.station != NO_STATION
    visit.store.cases.say(case.address, visit.who, text, visit.now_ms, shown=shown)
    visit.note("答复了事项" if shown else "写了备注", branch=case.branch, about=case.key)
    return _back(visit, case, "答复发给大门了" if shown else "备注记下了")


def take(visit: Visit) -> Response:
    """It is mine from now on, or nobody's again."""
    case = _open_case(visit)
    mine = visit.field("on") == "1"
    visit.store.cases.assign(case.address, visit.who if mine else "", visit.now_ms)
    visit.note("接了事项" if mine else "放下了事项", branch=case.branch, about=case.key)
    return _back(visit, case, "这件事归您办了" if mine else "这件事现在没人办")


def go(visit: Visit) -> Response:
    case, who = _open_case(visit), visit.field("who", 40)
    if not who:
        raise ComplaintError("请写清谁过去")
    visit.store.cases.go(case.address, who, visit.now_ms)
    visit.note("派了人", branch=case.branch, about=case.key)
    return _back(visit, case, "大门看得到谁在路上了")


def arrive(visit: Visit) -> Response:
    case = _open_case(visit)
    visit.store.cases.arrive(case.address, visit.now_ms)
    visit.note("记了报到", branch=case.branch, about=case.key)
    return _back(visit, case, "记下了：人到了")


def close(visit: Visit) -> Response:
    """Done, with what came of it: nobody closes a case without a word."""
    case, text = _open_case(visit), visit.long_field("text", MOST_LINE)
    if not text:
        raise ComplaintError("请写一句结果再办结，例如：已送医；误会，已劝开")
    visit.store.cases.close(case.address, visit.who, text, visit.now_ms)
    visit.note("办结了事项", branch=case.branch, about=case.key)
    return visit.redirect("/cases", "办结了")


def matters(store: SqlStore, scope: Scope, _now_ms: int) -> Mapping[bytes, Iterable[Matter]]:
    """What the overview's tiles say of open cases."""
    whistles, others = (Colour.RED, "吹哨 {} 件，没人到"), (Colour.ORANGE, "事项 {} 件没办结")
    return {
        station: [
            Matter(*looks, number) for looks, number in zip((whistles, others), counts, strict=True) if number
        ]
        for station, counts in store.cases.count_by_gate(scope).items()
    }


def _open(visit: Visit) -> dict[str, Any]:
    cases = visit.store.cases.open(visit.scope, MOST_OPEN)
    full = len(cases) == MOST_OPEN
    hidden = sum(visit.store.cases.count_open(visit.scope).values()) - len(cases) if full else 0
    late = {case.address for case in cases if _is_late(case, visit.now_ms)}
    seen = repr([hidden, *((case.address, case.changed_ms) for case in cases), *sorted(late)]).encode()
    return {
        "cases": cases,
        "hidden": hidden,
        "late": late,
        "reached": visit.store.escalations.newest(),
        "digest": sha256(seen).hexdigest()[:16],
        **_words(visit),
    }


def _is_late(case: Case, now_ms: int) -> bool:
    """Whether nobody has done anything about it for too long."""
    return case.waits and now_ms - case.received_ms > waits_ms(case.kind)


def _one(visit: Visit) -> dict[str, Any]:
    case = _case(visit)
    lines = visit.store.cases.lines(case)
    seen = repr((case.address, case.changed_ms, len(lines), _is_late(case, visit.now_ms))).encode()
    return {
        "case": case,
        "lines": lines,
        "late": _is_late(case, visit.now_ms),
        "steps": visit.store.escalations.of(case.station, case.id),
        "of_gate": case.station != NO_STATION,
        "may_look": visit.may(Permission.UNMASK, case.branch),
        "devices": case_words.DEVICES,
        "digest": sha256(seen).hexdigest()[:16],
        **_words(visit),
    }


def _case(visit: Visit) -> Case:
    """Of our branches. Raises NotHereError."""
    key = visit.path("case")
    case = visit.store.cases.get(key) if len(key) >= FULL_KEY else None
    if case is None or not _is_ours(visit.scope, case):
        raise NotHereError
    return case


def _open_case(visit: Visit) -> Case:
    """One that is still to be changed. Raises NotHereError, ComplaintError."""
    case = _case(visit)
    if case.closed_ms is not None:
        raise ComplaintError("这件事已经有人办结了，没有再改")
    return case


def _is_ours(scope: Scope, case: Case) -> bool:
    return scope.holds(case.branch) or (
        bool(case.gate) and scope.holds(f"{case.branch}/{case.gate}".strip("/"))
    )


def _wrong(typed: Mapping[str, str]) -> str:
    """What is to be mended in a new case, empty if nothing."""
    if typed["kind"] not in case_words.TYPED_KINDS or typed["what"] not in case_words.TYPED_WHATS:
        return "请选是哪一种"
    return "" if typed["title"] else "请用一句话写清是什么事"


def _branch(visit: Visit) -> str:
    """The branch that was typed. Raises ComplaintError, NotHereError."""
    try:
        return visit.in_scope(read_branch(visit.field("branch")))
    except BranchError as error:
        raise ComplaintError("所属写成这样：区/街道/村/网格") from error


def _back(visit: Visit, case: Case, said: str) -> Response:
    return visit.redirect(f"/cases/{case.address}", said)


def _choices(visit: Visit) -> dict[str, Any]:
    return {"kinds": case_words.TYPED_KINDS, "whats": case_words.TYPED_WHATS, **_words(visit)}


def _words(visit: Visit) -> dict[str, Any]:
    return {
        "kind_words": lambda case: visit.text(case_words.kind_words(case)),
        "what_words": lambda what: visit.text(case_words.what_words(what)),
        "state_words": lambda state: visit.text(case_words.state_words(state)),
        "most_line": MOST_LINE,
    }


PAGES = (
    Page("GET", "/cases", Permission.ACT, show_all, menu="事项"),
    Page("POST", "/cases", Permission.ACT, begin, ids=("branch",)),
    Page("GET", "/cases/live", Permission.ACT, show_live, polls=True),
    Page("GET", "/cases/all", Permission.ACT, show_closed),
    Page("GET", "/cases/new", Permission.ACT, ask_new),
    Page("GET", "/cases/{case}", Permission.ACT, show),
    Page("GET", "/cases/{case}/live", Permission.ACT, show_one_live, polls=True),
    Page("GET", "/cases/{case}/picture", Permission.UNMASK, picture),
    Page("POST", "/cases/{case}/answer", Permission.ACT, answer),
    Page("POST", "/cases/{case}/take", Permission.ACT, take),
    Page("POST", "/cases/{case}/go", Permission.ACT, go),
    Page("POST", "/cases/{case}/arrive", Permission.ACT, arrive),
    Page("POST", "/cases/{case}/close", Permission.ACT, close),
)
