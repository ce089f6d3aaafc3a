"""Reports of gates: every authentic one is kept, the newest version of each; known kinds get typed rows.

What is typed of `case` and `case_line` is in `case_rows`. Names and texts stay in the report's body, sealed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec

from center.store import case_rows
from center.store.case_rows import plain
from center.store.cases import CHANNEL, Cases, report_context
from center.store.database import DATA_ERRORS, Connection, Database
from center.store.lists import Lists
from center.store.private_items import PrivateItems
from center.store.rota import Refusal, Rota
from station.sync.reports import (
    BODIES,
    CaseLine,
    CaseReport,
    DutyReport,
    HandoverReport,
    Kind,
    LookbackReport,
    NoticeRead,
    Report,
    Signup,
    TaskDone,
    decode_body,
)

_Struct = TypeVar("_Struct", bound=msgspec.Struct)
MOST_ROWS = 500
_REFUSED_OF_A_GATE = 10  # that are shown
AT_ONCE = 200  # of what is typed again; each time one commit


@dataclass(frozen=True, slots=True)
class Reported:
    """A report as it is read: `body` is one of `station.sync.reports`."""

    station: bytes
    id: bytes
    at_ms: int  # by the station's clock
    received_ms: int
    body: Any = field(repr=False)


class Reports:
    """All methods are transactions of their own. They raise UnavailableError."""

    def __init__(
        self, database: Database, private: PrivateItems, lists: Lists, cases: Cases, rota: Rota
    ) -> None:
        self._database, self._private, self._lists, self._cases = database, private, lists, cases
        self._rota = rota

    def take(
        self, station: bytes, branch: str, reports: Iterable[Report], now_ms: int
    ) -> list[tuple[bytes, int]]:
        """Keep these; (id, version) of each, committed. One older than what is here changes nothing."""
        reports, newest = list(reports), None
        with self._database.write() as connection:
            for report in reports:
                if self._keep(connection, station, report, now_ms):
                    told = self._type(connection, station, branch, report, now_ms)
                    newest = newest if told is None else told
        if newest is not None:
            self._lists.tell(CHANNEL, newest)
        return [(report.id, report.version) for report in reports]

    def read(
        self, kind: str, stations: Collection[bytes], *, since_ms: int = 0, most: int = MOST_ROWS
    ) -> list[Reported]:
        """Those of a kind from these stations, received since then, newest first.

        Raises KeyError for an unknown kind.
        """
        sql = f"{_of_stations(stations)} {_NEWEST_FIRST} LIMIT ?"
        return self._read(sql, kind, since_ms, *stations, most)

    def one(self, kind: str, stations: Collection[bytes], report_id: bytes, since_ms: int) -> Reported | None:
        """That one of them."""
        sql = f"{_of_stations(stations)} AND id = ? ORDER BY received_ms DESC"
        return next(iter(self._read(sql, kind, since_ms, *stations, report_id)), None)

    def lookbacks(
        self, stations: Collection[bytes], since_ms: int, most: int
    ) -> tuple[list[Reported], int, int]:
        """Those that a gate has not finished first, then the newest; how many there are, and unfinished."""
        columns = ", ".join(f"report.{name}" for name in _COLUMNS.split(", "))
        newest = "received_ms DESC, report.at_ms DESC, report.id"
        order = f"ORDER BY CASE WHEN seen_ms IS NULL THEN 0 ELSE 1 END, {newest} LIMIT ?"
        which = (since_ms, *stations)
        with self._database.read() as connection:
            where = f"{_LOOKBACKS} ({_marks(stations)})"
            rows = connection.rows(f"SELECT {columns} {where} {order}", *which, most)
            ((every, seen),) = connection.rows(f"SELECT count(*), count(seen_ms) {where}", *which)
        return [self._reported(row, LookbackReport) for row in rows], int(every), int(every) - int(seen)

    def newest_of_each(
        self, kind: str, stations: Collection[bytes], *, since_ms: int, most: int
    ) -> list[Reported]:
        """The same, but so many of each station at most: one that tells much hides no other."""
        sql = (
            f"SELECT {_COLUMNS} FROM (SELECT found.*, row_number() OVER (PARTITION BY station"
            f" {_NEWEST_FIRST}) AS place FROM ({_of_stations(stations)}) AS found) AS ranked"
            f" WHERE place <= ? {_NEWEST_FIRST}"
        )
        return self._read(sql, kind, since_ms, *stations, most)

    def _read(self, sql: str, kind: str, *values: object) -> list[Reported]:
        body = BODIES[kind]
        with self._database.read() as connection:
            return [self._reported(row, body) for row in connection.rows(sql, kind, *values)]

    def refused_signups(
        self, stations: Collection[bytes], since_ms: int, most: int
    ) -> list[tuple[Reported, Refusal]]:
        """What these gates reported and nobody was put down for, received since then, newest first.

        The newest of each gate: one that reports thousands does not hide the others'.
        """
        with self._database.read() as connection:
            rows = connection.rows(_REFUSED, since_ms, _REFUSED_OF_A_GATE)
        ours = [row for row in rows if bytes(row[0]) in stations]
        return [(self._reported(row, Signup), Refusal(why)) for *row, why in ours[:most]]

    def of(self, table: str, column: str, value: object, most: int = MOST_ROWS) -> list[Reported]:
        """Reports by a column of their typed table: `of("task_done", "task", id)`.

        Raises KeyError for a table or column that there is not.
        """
        if column not in _TYPED[table][1].split():
            raise KeyError(column)
        sql = (
            f"SELECT {', '.join(f'report.{name}' for name in _COLUMNS.split(', '))}"
            f" FROM {table} AS typed_row JOIN report ON report.station = typed_row.station"
            f" AND report.id = typed_row.id WHERE typed_row.{column} = ? ORDER BY report.at_ms LIMIT ?"
        )
        with self._database.read() as connection:
            rows = connection.rows(sql, value, most)
            return [self._reported(row, BODIES[table]) for row in rows]

    def answered(
        self, table: str, column: str, keys: Sequence[str], stations: Collection[bytes]
    ) -> dict[str, set[bytes]]:
        """Which of these stations have answered each of these keys, and have not taken "done" back.

        Nothing is unsealed for it. Raises KeyError for a table or column that there is not.
        """
        names = _TYPED[table][1].split()
        if column not in names:
            raise KeyError(column)
        said: dict[str, dict[bytes, int]] = {}  # the newest of each
        wanted = f"{column}, station, {'done' if 'done' in names else '1'}"
        with self._database.read() as connection:
            for some in _by_hundreds(keys):
                where = f"{column} IN ({_marks(some)}) AND station IN ({_marks(stations)})"
                sql = f"SELECT {wanted} FROM {table} WHERE {where} ORDER BY at_ms"
                for key, station, done in connection.rows(sql, *some, *stations):
                    said.setdefault(key, {})[bytes(station)] = done
        return {key: {station for station, done in of.items() if done} for key, of in said.items()}

    def versions(self, station: bytes, ids: Sequence[bytes]) -> list[tuple[bytes, int]]:
        """(id, version) of those of these that are here."""
        sql = "SELECT version FROM report WHERE station = ? AND id = ?"
        with self._database.read() as connection:
            rows = [(one, connection.row(sql, station, one)) for one in ids]
        return [(one, row[0]) for one, row in rows if row]

    def type_again(self, branch_of: Callable[[bytes], str], now_ms: int) -> int:
        """Try what an older program did not understand; how many are understood now."""
        done, after = 0, (b"", b"")
        while True:
            with self._database.write() as connection:
                rows = connection.rows(_NOT_UNDERSTOOD, *BODIES, *after, AT_ONCE)
                told = [self._again(connection, row, branch_of, now_ms) for row in rows]
                done += sum(_is_typed(connection, bytes(row[0]), bytes(row[1])) for row in rows)
            if newest := max((version for version in told if version is not None), default=None):
                self._lists.tell(CHANNEL, newest)
            if len(rows) < AT_ONCE:
                return done
            after = bytes(rows[-1][0]), bytes(rows[-1][1])

    def _again(
        self, connection: Connection, row: Sequence[Any], branch_of: Callable[[bytes], str], now_ms: int
    ) -> int | None:
        station, report_id, at_ms, _, sealed, kind, version = row
        body = self._private.open(bytes(sealed), report_context(station, report_id))
        report = Report(report_id, kind, version, at_ms, body)
        return self._type(connection, station, branch_of(station), report, now_ms)

    def _reported(self, row: Sequence[Any], kind: type[_Struct]) -> Reported:
        station, report_id, at_ms, received_ms, sealed = row
        body = self._private.open(bytes(sealed), report_context(station, report_id))
        return Reported(station, report_id, at_ms, received_ms, decode_body(body, kind))

    def _keep(self, connection: Connection, station: bytes, report: Report, now_ms: int) -> bool:
        """Whether it is newer than what was here."""
        sealed = self._private.seal(report.body, report_context(station, report.id))
        values = (report.version, report.at_ms, now_ms, 0, sealed)
        return connection.run(_KEEP, station, report.id, plain(report.kind), *values) > 0

    def _type(
        self, connection: Connection, station: bytes, branch: str, report: Report, now_ms: int
    ) -> int | None:
        """Make its typed row; what is not understood stays as it came. The lists' newest version, if told."""
        kind = BODIES.get(report.kind)
        if kind is None:
            return None
        try:
            body = decode_body(report.body, kind)
            with connection.savepoint():
                newest = self._write(connection, station, branch, report.id, body, now_ms)
                connection.run("UPDATE report SET typed = 1 WHERE station = ? AND id = ?", station, report.id)
        except (ValueError, *DATA_ERRORS):
            return None
        return newest

    def _write(
        self, connection: Connection, station: bytes, branch: str, report_id: bytes, body: object, now_ms: int
    ) -> int | None:
        private = self._private
        if isinstance(body, CaseReport):
            case_rows.put_reported(connection, private, station, branch, report_id, body, now_ms)
            return self._cases.tell_gate(connection, station, report_id)
        if isinstance(body, CaseLine):
            case_rows.put_line(connection, private, station, report_id, body, now_ms, from_gate=True)
            return self._cases.tell_gate(connection, station, body.case)
        table, names, values = _row_of(body)
        columns = names.split()
        changes = ", ".join(f"{name} = excluded.{name}" for name in columns)
        connection.run(
            f"INSERT INTO {table} (station, id, {', '.join(columns)})"
            f" VALUES (?, ?{', ?' * len(columns)}) ON CONFLICT (station, id) DO UPDATE SET {changes}",
            *(station, report_id, *values),
        )
        if isinstance(body, Signup):
            return self._sign_up(connection, station, branch, report_id, body)
        return None

    def _sign_up(
        self, connection: Connection, station: bytes, branch: str, report_id: bytes, signup: Signup
    ) -> int | None:
        """On the rota, or on record why not: the gate hears that the report is here either way."""
        done = self._rota.take_signup(connection, branch, signup)
        refused = done.value if isinstance(done, Refusal) else ""
        sql = "UPDATE signup SET refused = ? WHERE station = ? AND id = ?"
        connection.run(sql, refused, station, report_id)
        return None if isinstance(done, Refusal) else done


def _of_stations(stations: Collection[bytes]) -> str:
    """Values: kind, received since, and the stations. There may be none."""
    return (
        f"SELECT {_COLUMNS} FROM report"
        f" WHERE kind = ? AND received_ms >= ? AND typed = 1 AND station IN ({_marks(stations)})"
    )


def _marks(values: Collection[Any]) -> str:
    return ", ".join("?" * len(values)) or "NULL"


def _by_hundreds(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for begin in range(0, len(keys), 100):
        yield keys[begin : begin + 100]


def _is_typed(connection: Connection, station: bytes, report_id: bytes) -> int:
    row = connection.row("SELECT typed FROM report WHERE station = ? AND id = ?", station, report_id)
    return int(row[0]) if row else 0


def _row_of(body: object) -> tuple[str, str, tuple[object, ...]]:
    """Table, columns and values of a body."""
    for kind, (struct, columns, values) in _TYPED.items():
        if isinstance(body, struct):
            return kind, columns, values(body)
    raise ValueError(type(body).__name__)


def _of_handover(body: HandoverReport) -> tuple[object, ...]:
    signed = (body.outgoing_signed_ms is not None) + (body.incoming_signed_ms is not None)
    return body.begin_ms, body.end_ms, signed


def _of_lookback(body: LookbackReport) -> tuple[object, ...]:
    who, task = plain(body.person_id), plain(body.task)
    return body.at_ms, who, task, body.passages, body.beside, len(body.still_inside), body.seen_ms


_TYPED: dict[str, tuple[type[msgspec.Struct], str, Callable[[Any], tuple[object, ...]]]] = {
    Kind.HANDOVER: (HandoverReport, "begin_ms end_ms signed", _of_handover),
    Kind.DUTY: (
        DutyReport,
        "since_ms until_ms shift",
        lambda body: (body.since_ms, body.until_ms, plain(body.shift)),
    ),
    Kind.NOTICE_READ: (NoticeRead, "notice at_ms", lambda body: (plain(body.notice), body.at_ms)),
    Kind.TASK_DONE: (
        TaskDone,
        "task at_ms done",
        lambda body: (plain(body.task), body.at_ms, int(body.done)),
    ),
    Kind.LOOKBACK: (
        LookbackReport,
        "at_ms person_id task passages beside still_inside seen_ms",
        _of_lookback,
    ),
    Kind.SIGNUP: (
        Signup,
        "shift at_ms leaves",
        lambda body: (plain(body.shift), body.at_ms, int(body.leaves)),
    ),
}
_COLUMNS = "station, id, at_ms, received_ms, body"
# After an outage a gate tells of weeks in one request: what came at one moment is told apart by its clock.
_NEWEST_FIRST = "ORDER BY received_ms DESC, at_ms DESC, id"
_LOOKBACKS = (
    "FROM lookback JOIN report ON report.station = lookback.station AND report.id = lookback.id"
    " WHERE report.kind = 'lookback' AND report.typed = 1 AND received_ms >= ? AND lookback.station IN"
)
_REFUSED = (
    f"SELECT {_COLUMNS}, refused FROM (SELECT report.*, signup.refused,"
    " row_number() OVER (PARTITION BY report.station"
    " ORDER BY received_ms DESC, report.at_ms DESC, report.id) AS place"
    " FROM signup CROSS JOIN report"  # so SQLite begins with the few that were refused
    " WHERE signup.refused <> '' AND report.station = signup.station AND report.id = signup.id"
    " AND report.received_ms >= ? AND report.typed = 1) AS ranked"
    f" WHERE place <= ? {_NEWEST_FIRST}"
)
_NOT_UNDERSTOOD = (
    f"SELECT {_COLUMNS}, kind, version FROM report"
    f" WHERE typed = 0 AND kind IN ({', '.join('?' * len(BODIES))}) AND (station, id) > (?, ?)"
    " ORDER BY station, id LIMIT ?"
)
_KEEP = """
INSERT INTO report (station, id, kind, version, at_ms, received_ms, typed, body)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (station, id) DO UPDATE SET
    kind = excluded.kind, version = excluded.version, at_ms = excluded.at_ms,
    received_ms = excluded.received_ms, typed = excluded.typed, body = excluded.body
WHERE excluded.version > report.version
"""
