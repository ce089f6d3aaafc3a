"""Cases for whoever works on them: what is open, what is said and done, and the gate hears of it at once."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from center.scope import Scope
from center.store import case_rows
from center.store.case_rows import NO_STATION, Case, CaseSays, Waiting, case_of
from center.store.database import Connection, Database
from center.store.lists import Lists, alone_in, only_for
from center.store.pages import Place, newest_first, next_page
from center.store.private_items import PrivateItems
from station.sync.items import encode_item
from station.sync.reports import CaseLine, CaseReport, decode_body

CHANNEL, LIST = "quick", "case"
URGENT = "whistle"
TOLD_FOR_MS = 7 * 24 * 3600 * 1000  # so long a gate is told of a closed case
_ADDRESS = re.compile("([0-9a-f]{32})(?:-([0-9a-f]{32}))?")
_PLACES = "received_ms id station"
_NEWEST = f" ORDER BY {newest_first(_PLACES)}"
_OPEN = "closed_ms IS NULL"
_WAITS_AGAIN = """
UPDATE case_file SET answered_ms = NULL WHERE station = ? AND id = ?
AND NOT EXISTS (SELECT 1 FROM case_line WHERE station = ? AND case_id = ? AND from_gate = 0)
"""  # a remark is something done
_ORDER = f" ORDER BY CASE WHEN kind = '{URGENT}' THEN 0 ELSE 1 END, received_ms"
_IN_ORDER = f"{_ORDER} LIMIT ?"
_CALLS = f"CASE WHEN kind = '{URGENT}' AND arrived_ms IS NULL THEN 1 ELSE 0 END"
_WAITS = "answered_ms IS NULL AND arrived_ms IS NULL AND owner = ''"


class NoCaseError(LookupError):
    """There is no such case."""


class Cases:
    """All methods are transactions of their own; `now_ms` is UTC. They raise UnavailableError."""

    def __init__(self, database: Database, private: PrivateItems, lists: Lists) -> None:
        self._database, self._private, self._lists = database, private, lists

    # --- reading --------------------------------------------------------------------------------

    def open(self, branch: str | Scope = "", most: int = 500) -> list[Case]:
        """Those of the branch and below that nobody has closed: whistles first, then the oldest."""
        where, values = _below(branch)
        return self._read(f" WHERE {_OPEN}{where}{_IN_ORDER}", *values, most)

    def all(self, branch: str | Scope = "", *, before: Place | None = None, most: int = 100) -> list[Case]:
        """Those of the branch and below, newest first; `before` (the last one's place) for the next page."""
        where, values = _below(branch)
        after, place = next_page(_PLACES, before)
        return self._read(f" WHERE {after}{where}{_NEWEST} LIMIT ?", *place, *values, most)

    def count_open(self, branch: str | Scope = "") -> dict[str, int]:
        """How many are open, by kind."""
        where, values = _below(branch)
        with self._database.read() as connection:
            sql = f"SELECT kind, count(*) FROM case_file WHERE {_OPEN}{where} GROUP BY kind"
            return dict(connection.rows(sql, *values))

    def count_by_gate(self, scope: Scope) -> dict[bytes, tuple[int, int]]:
        """By station: whistles for which nobody has come yet, and how many others are open. All of them."""
        where, values = _below(scope)
        sql = f"SELECT station, {_CALLS}, count(*) FROM case_file WHERE {_OPEN}{where} GROUP BY 1, 2"
        found: dict[bytes, tuple[int, int]] = {}
        with self._database.read() as connection:
            for station, calls, count in connection.rows(sql, *values):
                urgent, others = found.get(bytes(station), (0, 0))
                now = (urgent + count, others) if calls else (urgent, others + count)
                found[bytes(station)] = now
        return found

    def waiting(self) -> list[Waiting]:
        """All for which nobody has done anything (`Case.waits`): whistles first, then the oldest."""
        sql = f"SELECT station, id, branch, kind, received_ms FROM case_file WHERE {_OPEN} AND {_WAITS}"
        with self._database.read() as connection:
            rows = connection.rows(sql + _ORDER)
        return [Waiting(bytes(station), bytes(id), *rest) for station, id, *rest in rows]

    def get(self, key: str) -> Case | None:
        """By its address, or by its key: 32 hexadecimal digits, or the first eight or more of one key only.

        Of several gates' cases with one key, the first that came: nobody takes the place of another's.
        """
        with self._database.read() as connection:
            return self._find(connection, key)

    def lines(self, case: Case) -> list[CaseSays]:
        """What was said, in the order in which it came."""
        with self._database.read() as connection:
            return case_rows.lines_of(connection, self._private, case.station, case.id)

    def picture(self, case: Case) -> bytes:
        """The gate's JPEG; empty: there is none."""
        sql = "SELECT body FROM report WHERE station = ? AND id = ?"
        with self._database.read() as connection:
            row = connection.row(sql, case.station, case.id)
        if row is None or not case.has_picture:
            return b""
        body = self._private.open(bytes(row[0]), report_context(case.station, case.id))
        return decode_body(body, CaseReport).picture

    # --- doing ----------------------------------------------------------------------------------

    def say(self, key: str, by: str, text: str, now_ms: int, *, shown: bool = True) -> Case:
        """Answer the gate; not `shown`: a remark for those at the center. Raises NoCaseError."""
        with self._changing(key, now_ms) as (connection, case):
            self._line(connection, case, by, text, now_ms, shown=shown)
            if shown:
                _to(connection, case, "answered", over=("new",))
        return self._must_get(key)

    def assign(self, key: str, owner: str, now_ms: int) -> Case:
        """Somebody's from now on; "": nobody's, and waiting again if nothing else was done."""
        with self._changing(key, now_ms, acts=bool(owner)) as (connection, case):
            _set(connection, case, "owner", owner)
            if not owner and case.state == "new":
                connection.run(_WAITS_AGAIN, *2 * (case.station, case.id))
        return self._must_get(key)

    def go(self, key: str, who: str, now_ms: int) -> Case:
        """Somebody is on the way: the gate reads who."""
        with self._changing(key, now_ms) as (connection, case):
            _set(connection, case, "going", case_rows.sealed_going(self._private, case, who))
            _to(connection, case, "going", over=("new", "answered"))
        return self._must_get(key)

    def arrive(self, key: str, now_ms: int) -> Case:
        """Whoever was sent has said that they are there; the gate says so itself, as a rule."""
        with self._changing(key, now_ms) as (connection, case):
            _to(connection, case, "arrived", over=("new", "answered", "going"))
            _stamp(connection, case, "arrived_ms", now_ms)
        return self._must_get(key)

    def close(self, key: str, by: str, text: str, now_ms: int) -> Case:
        """Done. With a text the gate reads it. A closed case stays closed."""
        with self._changing(key, now_ms) as (connection, case):
            if text:
                self._line(connection, case, by, text, now_ms)
            _to(connection, case, "closed", over=("new", "answered", "going", "arrived"))
            _stamp(connection, case, "closed_ms", now_ms)
        return self._must_get(key)

    def begin(self, branch: str, report: CaseReport, now_ms: int, station: bytes = NO_STATION) -> Case:
        """A case that no gate reported: a hotline's note, a household's request."""
        case_id = secrets.token_bytes(16)
        with self._database.write() as connection:
            case_rows.put_reported(connection, self._private, station, branch, case_id, report, now_ms)
        return self._must_get(f"{case_id.hex()}-{station.hex()}")

    def forget_told(self, now_ms: int) -> int:
        """Gates need not be told any more of what was closed long ago. How many; call it now and then."""
        told = [(item.key, scope) for item, scope in self._lists.each_with_scope(CHANNEL, LIST)]
        gone = 0
        for key, scope in told:
            case = self.get(f"{key}-{alone_in(scope)}")
            if case and case.closed_ms is not None and case.closed_ms < now_ms - TOLD_FOR_MS:
                self._lists.put(CHANNEL, [(LIST, key, None)], only_for(case.station))
                gone += 1
        return gone

    def tell_gate(self, connection: Connection, station: bytes, case_id: bytes) -> int | None:
        """Within a transaction: the gate is told how its case stands. The newest version of the channel.

        A gate that uses the id of another's case is told nothing: the other would not be told any more.
        """
        row = connection.row(f"{case_rows.SELECT} WHERE station = ? AND id = ?", station, case_id)
        if row is None or station == NO_STATION:
            return None
        case, scope = case_of(self._private, row), only_for(station)
        if self._lists.scope_within(connection, CHANNEL, LIST, case.key) not in (None, scope):
            return None
        item = case_rows.item_of(case, case_rows.lines_of(connection, self._private, station, case_id))
        return self._lists.put_within(connection, CHANNEL, (LIST, case.key, encode_item(item)), scope)

    # --- within ---------------------------------------------------------------------------------

    @contextmanager
    def _changing(self, key: str, now_ms: int, *, acts: bool = True) -> Iterator[tuple[Connection, Case]]:
        with self._database.write() as connection:
            case = self._find(connection, key, connection.row_lock)
            if case is None:
                raise NoCaseError(key)
            yield connection, case
            connection.run(
                "UPDATE case_file SET changed_ms = ?, answered_ms = coalesce(answered_ms, ?)"
                " WHERE station = ? AND id = ?",
                *(now_ms, now_ms if acts else None, case.station, case.id),
            )
            newest = self.tell_gate(connection, case.station, case.id)
        if newest is not None:
            self._lists.tell(CHANNEL, newest)

    def _line(
        self, connection: Connection, case: Case, by: str, text: str, now_ms: int, *, shown: bool = True
    ) -> None:
        line = CaseLine(case.id, now_ms, by, text)
        line_id = secrets.token_bytes(16)
        case_rows.put_line(
            connection, self._private, case.station, line_id, line, now_ms, from_gate=False, shown=shown
        )

    def _find(self, connection: Connection, key: str, lock: str = "") -> Case | None:
        """Short keys are looked for among the newest 1,000."""
        if named := _ADDRESS.fullmatch(key):
            ids = [bytes.fromhex(part) for part in named.groups() if part]
            which = "id = ?" if len(ids) == 1 else "id = ? AND station = ?"
            first = f" WHERE {which} ORDER BY received_ms, station LIMIT 1{lock}"
            row = connection.row(case_rows.SELECT + first, *ids)
            return case_of(self._private, row) if row else None
        if not 8 <= len(key) < 32:
            return None
        newest = connection.rows("SELECT id FROM case_file ORDER BY received_ms DESC LIMIT 1000")
        found = {bytes(case_id).hex() for (case_id,) in newest if bytes(case_id).hex().startswith(key)}
        return self._find(connection, found.pop(), lock) if len(found) == 1 else None

    def _must_get(self, key: str) -> Case:
        case = self.get(key)
        if case is None:
            raise NoCaseError(key)
        return case

    def _read(self, tail: str, *values: object) -> list[Case]:
        with self._database.read() as connection:
            return [case_of(self._private, row) for row in connection.rows(case_rows.SELECT + tail, *values)]


def report_context(station: bytes, report_id: bytes) -> bytes:
    """What a report's sealed body is bound to."""
    return b"kakou report " + station + report_id


def _below(branch: str | Scope) -> tuple[str, list[str | int]]:
    """A condition for this branch and all below it, or for all that somebody may see."""
    scope = branch if isinstance(branch, Scope) else Scope((branch,))
    condition, values = scope.where("branch", "gate")
    return f" AND {condition}", values


def _set(connection: Connection, case: Case, column: str, value: str) -> None:
    connection.run(
        f"UPDATE case_file SET {column} = ? WHERE station = ? AND id = ?",
        case_rows.plain(value),
        case.station,
        case.id,
    )


def _stamp(connection: Connection, case: Case, column: str, now_ms: int) -> None:
    """When it was first."""
    connection.run(
        f"UPDATE case_file SET {column} = coalesce({column}, ?) WHERE station = ? AND id = ?",
        now_ms,
        case.station,
        case.id,
    )


def _to(connection: Connection, case: Case, state: str, *, over: tuple[str, ...]) -> None:
    """Into a state, from those before it only."""
    if case.state in over:
        _set(connection, case, "state", state)
