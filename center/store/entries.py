"""Typed rows of the ledger's records: `entry`, and `quarantine` for what is not understood."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from center.ledger import BadRecord
from center.projection import COLUMNS, DAY, DAY_MS, Arrival, NewerError, NotUnderstoodError, Row, project
from center.store import alarms, hours
from center.store.database import DATA_ERRORS, DATABASE_ERRORS, INTEGRITY_ERRORS, Connection, Database
from center.store.errors import UnavailableError, where_it_broke
from station.sync import bundle

log = logging.getLogger(__name__)

_SHOW = ", ".join(COLUMNS)
_NEW = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS if name not in {"station", "day", "id"})
_BEFORE = "({0}.received_ms, {0}.incarnation, {0}.number)"
# Of a resealed record, the place where it came first stays, whatever the order of projecting: so a
# projection made anew is the same.
_PUT = (
    f"INSERT INTO entry ({_SHOW}) VALUES ({', '.join('?' * len(COLUMNS))})"
    f" ON CONFLICT (station, day, id) DO UPDATE SET {_NEW}"
    f" WHERE {_BEFORE.format('excluded')} < {_BEFORE.format('entry')}"
)
_QUARANTINE = (
    "INSERT INTO quarantine (station, incarnation, number, record, error, received_ms, offset_ms,"
    " uncertainty_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (station, incarnation, number) DO NOTHING"
)


@dataclass(frozen=True, slots=True)
class Projected:
    """Records of one segment, sorted into rows and what is not understood."""

    rows: list[Row]
    bad: list[BadRecord]


def understand(arrival: Arrival, first: int, records: Sequence[bytes]) -> Projected:
    """The typed rows of these records, numbered from `first`."""
    rows, bad = [], []
    for number, record in enumerate(records, first):
        try:
            rows.append(project(arrival, number, record))
        except NotUnderstoodError as error:
            bad.append(BadRecord(number, record, str(error), isinstance(error, NewerError)))
    return Projected(rows, bad)


def write(connection: Connection, arrival: Arrival, projected: Projected) -> None:
    """Write rows and quarantine. What was resealed, and is here already, stays one row."""
    rows = projected.rows
    _prepare_days(connection, arrival, rows)
    try:
        with connection.savepoint():
            _add(connection, arrival, projected)
    except INTEGRITY_ERRORS:
        before = hours.of_known(connection, rows)
        connection.run_many(_PUT, rows)
        hours.change(connection, hours.of_known(connection, rows), before)
        alarms.note(connection, rows)
        _keep_apart(connection, arrival, projected.bad)


def write_new(connection: Connection, arrival: Arrival, projected: Projected) -> None:
    """The same without a savepoint: if one of the rows is here already, the transaction is lost."""
    _prepare_days(connection, arrival, projected.rows)
    _add(connection, arrival, projected)


def _prepare_days(connection: Connection, arrival: Arrival, rows: Sequence[Row]) -> None:
    connection.prepare_days({row[DAY] for row in rows}, arrival.received_ms // DAY_MS)


def _add(connection: Connection, arrival: Arrival, projected: Projected) -> None:
    connection.load("entry", COLUMNS, projected.rows)
    hours.change(connection, hours.counted(projected.rows))
    alarms.note(connection, projected.rows)
    _keep_apart(connection, arrival, projected.bad)


def _keep_apart(connection: Connection, arrival: Arrival, bad: Sequence[BadRecord]) -> None:
    if bad:
        connection.run_many(_QUARANTINE, [_quarantined(arrival, one) for one in bad])


def _quarantined(arrival: Arrival, bad: BadRecord) -> Row:
    times = (arrival.received_ms, arrival.offset_ms, arrival.uncertainty_ms)
    return (arrival.station, arrival.incarnation, bad.number, bad.record, bad.error, *times)


def write_one_by_one(connection: Connection, arrival: Arrival, first: int, records: Sequence[bytes]) -> None:
    """For a segment that did not go in as a whole: what fails alone is quarantined alone.

    Faults of the database itself go on: the segment then stays pending until they are mended.
    """
    for number, record in enumerate(records, first):
        try:
            with connection.savepoint():
                write(connection, arrival, understand(arrival, number, [record]))
        except Exception as error:  # one record must not hold up those after it
            of_database = isinstance(error, (*DATABASE_ERRORS, UnavailableError))
            if of_database and not isinstance(error, DATA_ERRORS):
                raise
            log.error("record %d of a segment goes to quarantine: %s", number, where_it_broke(error))
            bad = BadRecord(number, record, f"could not be projected: {type(error).__name__}")
            write(connection, arrival, Projected([], [bad]))


def project_pending(database: Database, most_segments: int) -> int:
    """Make up for records without typed rows; how many. Each segment is a transaction of its own."""
    with database.read() as connection:
        chains = connection.rows(
            "SELECT station, incarnation FROM chain WHERE projected < durable"
            " ORDER BY station, incarnation LIMIT ?",
            most_segments,
        )
    made = 0
    for station, incarnation in chains:
        while most_segments > 0 and (records := _project_next(database, station, incarnation)):
            made += records
            most_segments -= 1
    return made


def _project_next(database: Database, station: bytes, incarnation: int) -> int:
    with database.write() as connection:
        row = connection.row(
            "SELECT projected, durable FROM chain WHERE station = ? AND incarnation = ?"
            + connection.row_lock,
            station,
            incarnation,
        )
        if row is None or row[0] >= row[1]:
            return 0
        return _project_segment(connection, station, incarnation, row[0] + 1)


def _project_segment(connection: Connection, station: bytes, incarnation: int, first: int) -> int:
    ((last, payload, *times),) = connection.rows(
        "SELECT last, payload, received_ms, offset_ms, uncertainty_ms FROM segment"
        " WHERE station = ? AND incarnation = ? AND first = ?",
        station,
        incarnation,
        first,
    )
    records = bundle.unpack(payload, bundle.Batch).records
    arrival = Arrival(station, incarnation, *times)
    try:
        with connection.savepoint():
            write(connection, arrival, understand(arrival, first, records))
    except UnavailableError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault of one record is found by trying each
        log.error("a segment is projected record by record: %s", where_it_broke(error))
        write_one_by_one(connection, arrival, first, records)
    connection.run(
        "UPDATE chain SET projected = ? WHERE station = ? AND incarnation = ?", last, station, incarnation
    )
    return len(records)


def interpret_again(database: Database) -> int:
    """Project what waits in quarantine and is understood by now; how many records."""
    made = 0
    for chunk in _chunks(database):
        with database.write() as connection:
            made += sum(_interpret(connection, *row) for row in chunk)
    return made


def interpret_one(database: Database, station: bytes, incarnation: int, number: int) -> bool:
    """The same for one record; whether it left the quarantine."""
    with database.write() as connection:
        row = connection.row(
            "SELECT station, incarnation, number, record, received_ms, offset_ms, uncertainty_ms"
            " FROM quarantine WHERE station = ? AND incarnation = ? AND number = ?",
            station,
            incarnation,
            number,
        )
        return row is not None and bool(_interpret(connection, *row))


def _chunks(database: Database, size: int = 500) -> Iterator[list[Row]]:
    place: Row = (b"", -1, -1)
    while True:
        with database.read() as connection:
            rows = connection.rows(
                "SELECT station, incarnation, number, record, received_ms, offset_ms, uncertainty_ms"
                " FROM quarantine WHERE (station, incarnation, number) > (?, ?, ?)"
                " ORDER BY station, incarnation, number LIMIT ?",
                *place,
                size,
            )
        if not rows:
            return
        yield rows
        place = rows[-1][:3]


def _interpret(
    connection: Connection, station: bytes, incarnation: int, number: int, record: bytes, *times: int
) -> int:
    arrival = Arrival(station, incarnation, *times)
    projected = understand(arrival, number, [record])
    if projected.bad:
        return 0
    write(connection, arrival, projected)
    return connection.run(
        "DELETE FROM quarantine WHERE station = ? AND incarnation = ? AND number = ?",
        station,
        incarnation,
        number,
    )


def forget_all(database: Database) -> None:
    """Drop everything typed; it is made again from the ledger by `project_pending`."""
    with database.write() as connection:
        for statement in _FORGET:
            connection.run(statement)


_FORGET: Iterable[str] = (
    "DELETE FROM entry",
    "DELETE FROM quarantine",
    "DELETE FROM passed_hour",
    "UPDATE chain SET projected = 0",
)
