"""Cases (事项): read, begun, answered and closed by the district's own systems; gates read the answers."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from center.api.call import Call, ProblemError
from center.api.words import Branch, Done, Line, Milliseconds, ShortLine, Text
from center.store.case_rows import FULL_KEY, NO_STATION, Case
from center.store.pages import Place, PlaceError, read_place
from station.sync.reports import MOST_LINE, CaseReport

MOST = 200


class CaseQuery(msgspec.Struct, frozen=True):
    """`before`: `next_before` of the page before. `before_ms`: what is older than this moment."""

    state: Literal["open", "all"] = "open"
    before_ms: Milliseconds | None = None
    before: Annotated[str, msgspec.Meta(max_length=160)] = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=MOST)] = 100


class CaseLine(msgspec.Struct, frozen=True):
    at_ms: int
    by: str
    text: str
    from_gate: bool


class CaseOut(msgspec.Struct, frozen=True):
    """`gate_id`: null if no gate reported it. `lines` are only in the answer for one case.

    Should two gates use the same id: `id` alone means the case that came first, `id-gate_id` each of them.
    """

    id: str
    gate_id: str | None
    branch: str
    gate: str
    kind: str
    what: str
    state: str
    title: str
    text: str
    owner: str
    received_ms: int
    changed_ms: int
    answered_ms: int | None
    arrived_ms: int | None
    closed_ms: int | None
    lines: tuple[CaseLine, ...] = ()


class Cases(msgspec.Struct, frozen=True):
    cases: tuple[CaseOut, ...]
    next_before_ms: int | None = None  # as `next_before`, for programs of before; may skip some of one moment
    next_before: str | None = None
    left_out: int = 0  # of those that are open, beyond `limit`: the newest that are no whistles


class NewCase(msgspec.Struct, frozen=True):
    """Something that no gate reported: a note of the hotline, a request of a household."""

    kind: Literal["request", "hotline"]
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern="^[^\x00-\x1f\x7f]*$")]
    what: ShortLine = ""
    text: Text = ""
    branch: Branch = ""


class Said(msgspec.Struct, frozen=True):
    """`shown`: the gate reads it. `close`: and the case is closed with it."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_LINE, pattern="^[^\x00]*$")]
    by: Line = ""
    shown: bool = True
    close: bool = False


def some(call: Call) -> Cases:
    query: CaseQuery = call.query
    if query.state == "open":
        oldest = call.store.cases.open(call.scope, query.limit)
        every = sum(call.store.cases.count_open(call.scope).values())
        return Cases(tuple(map(_out, oldest)), left_out=max(0, every - len(oldest)))
    cases = call.store.cases.all(call.scope, before=_before(query), most=query.limit)
    last = cases[-1].place if len(cases) == query.limit else None
    at_ms, place = (last.at_ms, str(last)) if last else (None, None)
    return Cases(tuple(_out(case) for case in cases), at_ms, place)


def one(call: Call) -> CaseOut:
    case = _case(call)
    lines = call.store.cases.lines(case)
    call.note("看了事项", branch=case.branch, about=case.key)
    return _out(case, tuple(CaseLine(line.at_ms, line.by, line.text, line.from_gate) for line in lines))


def begin(call: Call) -> Done:
    new: NewCase = call.body
    branch = call.branch(new.branch)
    report = CaseReport(
        new.kind, call.now_ms, what=new.what, title=new.title, text=new.text, by=call.token.name
    )
    case = call.store.cases.begin(branch, report, call.now_ms)
    call.note("记下了事项", branch=branch, about=case.key)
    return Done(case.key)


def say(call: Call) -> Done:
    case, said = _case(call), call.body
    by = f"{call.who}：{said.by}" if said.by else call.who  # never only a name that the program gives
    if said.close:
        call.store.cases.close(case.address, by, said.text, call.now_ms)
    else:
        shown = said.shown and case.station != NO_STATION
        call.store.cases.say(case.address, by, said.text, call.now_ms, shown=shown)
    call.note("办结了事项" if said.close else "答复了事项", branch=case.branch, about=case.key)
    return Done(case.key)


def _before(query: CaseQuery) -> Place | None:
    if not query.before:
        return None if query.before_ms is None else Place(query.before_ms)
    try:
        return read_place(query.before)
    except PlaceError as error:
        raise ProblemError("not_understood", "before: next_before of the page before") from error


def _case(call: Call) -> Case:
    key = call.parts["case"]
    case = call.store.cases.get(key) if len(key) >= FULL_KEY else None
    if case is None or not call.holds(case.branch, case.gate):
        raise ProblemError("not_found")
    return case


def _out(case: Case, lines: tuple[CaseLine, ...] = ()) -> CaseOut:
    return CaseOut(
        id=case.key,
        gate_id=None if case.station == NO_STATION else case.station.hex(),
        branch=case.branch,
        gate=case.gate,
        kind=case.kind,
        what=case.what,
        state=case.state,
        title=case.said.title,
        text=case.said.text,
        owner=case.owner,
        received_ms=case.received_ms,
        changed_ms=case.changed_ms,
        answered_ms=case.answered_ms,
        arrived_ms=case.arrived_ms,
        closed_ms=case.closed_ms,
        lines=lines,
    )
