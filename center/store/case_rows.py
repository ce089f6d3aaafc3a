"""Cases as rows, within a transaction of the caller's: what gates report of them, what they are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from center.store.database import Connection
from center.store.pages import Place
from center.store.private_items import PrivateItems
from station.sync.items import CaseItem, CaseSaid
from station.sync.reports import CaseLine, CaseReport, CaseState, decode_body, encode_body

FULL_KEY = 32  # hexadecimal digits
NO_STATION = bytes(16)  # of a case that no gate reported: a hotline's, a household's
MOST_LINES = 50  # that a gate is told, the newest
_COLUMNS = (
    "station, id, branch, gate, kind, what, state, at_ms, received_ms, changed_ms, answered_ms, arrived_ms,"
    " closed_ms, owner, going, person_id, picture, words"
)
SELECT = f"SELECT {_COLUMNS} FROM case_file"


@dataclass(frozen=True, slots=True)
class Case:
    """A case as it stands. States: new, answered, going, arrived, closed. Times are UTC ms."""

    station: bytes  # sixteen zero bytes: no gate's
    id: bytes
    branch: str
    gate: str
    kind: str
    what: str
    state: str
    at_ms: int
    received_ms: int
    changed_ms: int
    answered_ms: int | None
    arrived_ms: int | None
    closed_ms: int | None
    owner: str = field(repr=False)
    going: str = field(repr=False)
    person_id: str | None
    has_picture: bool
    said: CaseReport = field(repr=False)  # title, text, lane, by, about: as the gate reported it
    is_cleared: bool = False  # closed so long ago that nothing personal of it is here any more

    @property
    def key(self) -> str:
        """What its gate, commands and the API call it. Another gate may have used the same id: `address`."""
        return self.id.hex()

    @property
    def address(self) -> str:
        """What it alone is called: its key and its station."""
        return f"{self.key}-{self.station.hex()}"

    @property
    def waits(self) -> bool:
        """Whether nobody has done anything about it: not here, and nobody has come to the gate."""
        return self.answered_ms is None and self.arrived_ms is None and not self.owner

    @property
    def place(self) -> Place:
        """Where it stands among all."""
        return Place(self.received_ms, (self.id, self.station))


@dataclass(frozen=True, slots=True)
class Waiting:
    """What says how far up a case has to go; nothing personal."""

    station: bytes
    id: bytes
    branch: str
    kind: str
    received_ms: int


@dataclass(frozen=True, slots=True)
class CaseSays:
    """A line of a case. `shown`: the gate sees it, too."""

    at_ms: int
    received_ms: int
    from_gate: bool
    shown: bool
    by: str = field(repr=False)
    text: str = field(repr=False)


def plain(text: str) -> str:
    """Without NUL, which PostgreSQL has no place for."""
    return text.replace("\0", "")


def case_of(private: PrivateItems, row: Sequence[Any]) -> Case:
    """A row of SELECT. Raises StoreError, ValueError."""
    *known, going, person_id, picture, words = row
    if words:
        said = decode_body(private.open(bytes(words), _context(known[0], known[1], b"words")), CaseReport)
    else:  # retention has been here
        said = CaseReport(kind=known[4], at_ms=known[7], what=known[5], state=CaseState.CLOSED.value)
    going = private.open_text(going, _context(known[0], known[1], b"going"))
    values: list[Any] = [*known, going, person_id, bool(picture), said, not words]
    return Case(*values)


def sealed_going(private: PrivateItems, case: Case, who: str) -> str:
    """Who is on the way, for the column: typed by somebody, as all words of a case are."""
    return private.seal_text(plain(who), _context(case.station, case.id, b"going"))


def put_reported(
    connection: Connection,
    private: PrivateItems,
    station: bytes,
    branch: str,
    case_id: bytes,
    report: CaseReport,
    now_ms: int,
) -> None:
    """A gate reports a case, or how it sees it now. What was done here stays.

    The gate is called as the center calls it, as in every right to one gate: many PCs keep the name that
    they came with.
    """
    words = msgspec.structs.replace(report, picture=b"")
    sealed = private.seal(encode_body(words), _context(station, case_id, b"words"))
    arrived_ms, closed_ms = report.arrived_ms, report.closed_ms
    if report.state == CaseState.ARRIVED and arrived_ms is None:
        arrived_ms = now_ms
    if closed_ms is not None or report.state == CaseState.CLOSED:
        # By a gate's clock that is a year ahead: what was said would be kept a year longer.
        closed_ms = now_ms if closed_ms is None else min(closed_ms, now_ms)
    state = {CaseState.ARRIVED: "arrived", CaseState.CLOSED: "closed"}.get(report.state, "new")  # type: ignore[call-overload]  # any word
    known = connection.row("SELECT gate FROM station WHERE station = ?", station)
    gate = known[0] if known else plain(report.lane.gate)
    connection.run(
        _PUT,
        *(station, case_id, branch, gate, plain(report.kind), plain(report.what), state),
        *(report.at_ms, now_ms, now_ms, arrived_ms, closed_ms, "", "", plain(report.person_id) or None),
        *(int(bool(report.picture)), sealed),
    )


def put_line(
    connection: Connection,
    private: PrivateItems,
    station: bytes,
    line_id: bytes,
    line: CaseLine,
    now_ms: int,
    *,
    from_gate: bool,
    shown: bool = True,
) -> None:
    """Something was said in a case; the same line twice is one."""
    sealed = private.seal(encode_body(line), _context(station, line.case, line_id))
    connection.run(
        "INSERT INTO case_line (station, case_id, id, at_ms, received_ms, from_gate, shown, body)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (station, case_id, id) DO NOTHING",
        *(station, line.case, line_id, line.at_ms, now_ms, int(from_gate), int(shown), sealed),
    )
    connection.run(
        "UPDATE case_file SET changed_ms = ? WHERE station = ? AND id = ?", now_ms, station, line.case
    )


def lines_of(connection: Connection, private: PrivateItems, station: bytes, case_id: bytes) -> list[CaseSays]:
    """All that was said, in the order in which it came here."""
    rows = connection.rows(
        "SELECT id, at_ms, received_ms, from_gate, shown, body FROM case_line"
        " WHERE station = ? AND case_id = ? ORDER BY received_ms, at_ms, id",
        station,
        case_id,
    )
    found = []
    for line_id, at_ms, received_ms, from_gate, shown, body in rows:
        sealed = private.open(bytes(body), _context(station, case_id, bytes(line_id)))
        line = decode_body(sealed, CaseLine)
        found.append(CaseSays(at_ms, received_ms, bool(from_gate), bool(shown), line.by, line.text))
    return found


def item_of(case: Case, lines: Sequence[CaseSays]) -> CaseItem:
    """What its gate is told of it."""
    told = [CaseSaid(one.at_ms, one.by, one.text) for one in lines if one.shown and not one.from_gate]
    return CaseItem(
        state=case.state,
        lines=tuple(told[-MOST_LINES:]),
        owner=case.owner,
        going=case.going,
        at_ms=case.changed_ms,
        received_ms=case.received_ms,
        closed_ms=case.closed_ms,
    )


def _context(station: bytes, case_id: bytes, part: bytes) -> bytes:
    """A body cannot be moved to another case."""
    return b"kakou case " + station + case_id + part


_PUT = f"""
INSERT INTO case_file ({_COLUMNS.replace("answered_ms, ", "")})
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (station, id) DO UPDATE SET
    gate = excluded.gate, what = excluded.what, person_id = excluded.person_id, words = excluded.words,
    changed_ms = excluded.changed_ms,
    picture = CASE WHEN excluded.picture = 1 THEN 1 ELSE case_file.picture END,
    arrived_ms = coalesce(case_file.arrived_ms, excluded.arrived_ms),
    closed_ms = coalesce(case_file.closed_ms, excluded.closed_ms),
    state = CASE
        WHEN case_file.state = 'closed' OR excluded.state = 'closed' THEN 'closed'
        WHEN case_file.state = 'arrived' OR excluded.state = 'arrived' THEN 'arrived'
        ELSE case_file.state END
"""
