"""Comparison (对账) of gates and center day by day, and the quarantine: what could not be read, and why."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from center.compared import compared, day_of
from center.console.page import NotHereError, Page
from center.console.rights import Permission
from center.console.visit import Visit
from center.store import GateRow
from station.sync.bundle import Difference

_DAYS = 7
_KEPT_S = 30.0  # a gate compares once a day
MOST = 200  # records in quarantine that are shown at once
_MOST_BYTES = 2000  # of one
# What `projection` says, and what it means to people.
WHY = (
    ("is newer than this center", "大门的程序比中心新。中心更新以后会自己读懂"),
    ("could not be projected", "内容读得懂，但数据库收不下。请联系维护的人"),
    ("out of range", "里面有一个数不可能（比如体温 900 度）。大门的程序或硬盘可能有毛病"),
    ("too long", "里面有一段文字太长。大门的程序可能有毛病"),
    ("NUL", "里面有一段文字坏了。大门的硬盘可能有毛病"),
    ("", "内容坏了，读不出来。大门的程序或硬盘可能有毛病"),
)


@dataclass(frozen=True, slots=True)
class DayOfGate:
    """`state`: same, differs, unproved (a signature does not hold)."""

    day: str
    made_ms: int
    state: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A record in quarantine. Its bytes hold no name."""

    gate: GateRow
    incarnation: int
    number: int
    received_ms: int
    error: str
    why: str
    size: int


def show_days(visit: Visit) -> Response:
    rows = visit.console.recent.get(
        ("reconciling", visit.scope.branches), visit.office.mono(), _KEPT_S, lambda: _by_gate(visit)
    )
    wrong = sum(any(day.state != "same" for day in days) for _, days in rows)
    quarantined = sum(gate.quarantined for gate, _ in rows)
    return visit.render("reconciling.html", rows=rows, wrong=wrong, quarantined=quarantined)


def _by_gate(visit: Visit) -> list[tuple[GateRow, list[DayOfGate]]]:
    """Those that differ first. Two signatures for each day of each gate: some 200 ms for a district."""
    gates = [gate for gate in visit.store.gates.overview(visit.scope) if not gate.revoked]
    rows = [(gate, _days(visit, gate)) for gate in gates]
    rows.sort(
        key=lambda row: (all(day.state == "same" for day in row[1]), bool(row[1]), row[0].branch, row[0].name)
    )
    return rows


def show_unread(visit: Visit) -> Response:
    gates = [gate for gate in visit.store.gates.overview(visit.scope) if gate.quarantined]
    found: list[Unread] = []
    for gate in gates:
        for one in visit.store.quarantined(gate.station, MOST - len(found)) if len(found) < MOST else ():
            found.append(
                Unread(
                    gate,
                    one.incarnation,
                    one.number,
                    one.received_ms,
                    one.error,
                    why(one.error),
                    len(one.record),
                )
            )
    total = sum(gate.quarantined for gate in gates)
    return visit.render("quarantine.html", found=found, total=total)


def read_again(visit: Visit) -> Response:
    """One record, with what this program understands by now."""
    gate, incarnation, number = _record(visit)
    done = visit.store.interpret_one(gate.station, incarnation, number)
    visit.note("让一条看不懂的记录再读一次", branch=gate.branch, about=f"{incarnation}/{number}")
    return visit.redirect("/quarantine", "读懂了，已经放进记录里" if done else "还是读不懂，原样收着")


def read_all_again(visit: Visit) -> Response:
    """All of these branches."""
    done = 0
    for gate in visit.store.gates.overview(visit.scope):
        for one in visit.store.quarantined(gate.station, gate.quarantined):
            done += visit.store.interpret_one(gate.station, one.incarnation, one.number)
    visit.note("让看不懂的记录再读一次", about=f"{done}")
    return visit.redirect(
        "/quarantine", "都再读了一次，读懂的已经放进记录里" if done else "还是读不懂，原样收着"
    )


def show_record(visit: Visit) -> Response:
    """As it came, in hexadecimal, for whoever repairs the gate."""
    gate, incarnation, number = _record(visit)
    for one in visit.store.quarantined(gate.station):
        if (one.incarnation, one.number) == (incarnation, number):
            visit.note("看了一条看不懂的记录的原样", branch=gate.branch, about=f"{incarnation}/{number}")
            return visit.render(
                "unread.html",
                gate=gate,
                one=one,
                why=why(one.error),
                dump=_dump(one.record[:_MOST_BYTES]),
                cut=len(one.record) > _MOST_BYTES,
            )
    raise NotHereError


def why(error: str) -> str:
    """What an error of the projection means, in Chinese."""
    return next(words for mark, words in WHY if mark in error)


def _days(visit: Visit, gate: GateRow) -> list[DayOfGate]:
    row = visit.store.stations.get(gate.station)
    keys = row.public_keys if row else ()
    found = []
    for kept in visit.store.reconciliations.kept(gate.station, _DAYS):
        differences = compared(kept, keys, visit.office.keys.public_key)
        state = "unproved" if differences is None else "differs" if differences else "same"
        found.append(DayOfGate(day_of(kept), kept.made_ms, state, tuple(differences or ())))
    return found


def _record(visit: Visit) -> tuple[GateRow, int, int]:
    gate = visit.store.gates.get(visit.scope, visit.id_bytes("station"))
    incarnation, number = visit.path("incarnation"), visit.path("number")
    if gate is None or not (_is_number(incarnation) and _is_number(number)):
        raise NotHereError
    return gate, int(incarnation), int(number)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _dump(record: bytes) -> str:
    return "\n".join(record[place : place + 32].hex(" ") for place in range(0, len(record), 32))


PAGES = (
    Page("GET", "/reconciling", Permission.LOOK, show_days),
    Page("GET", "/quarantine", Permission.GATES, show_unread),
    Page("POST", "/quarantine", Permission.GATES, read_all_again),
    Page("GET", "/quarantine/{station}/{incarnation}/{number}", Permission.GATES, show_record),
    Page("POST", "/quarantine/{station}/{incarnation}/{number}", Permission.GATES, read_again),
)
