"""Typed rows of the ledger's records: `entry`, and `quarantine` for what is not understood."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence

from center.ledger import BadRecord
from center.projection import COLUMNS, Arrival, Row
from center.store import alarms, hours
from center.store.database import DATA_ERRORS, DATABASE_ERRORS, INTEGRITY_ERRORS, Connection, Database
from center.store.errors import UnavailableError, where_it_broke
from center.store.typed import Part, Typed, TypedRows, prepare_days
from center.store.typed_text import TypedText
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
# In the order in which they came: what is corrected in a later incarnation is there before its correction.
_CHAINS = (
    "SELECT station, incarnation FROM chain WHERE projected < durable ORDER BY station,"
    " (SELECT received_ms FROM segment WHERE segment.station = chain.station"
    " AND segment.incarnation = chain.incarnation ORDER BY first LIMIT 1), incarnation LIMIT ?"
)
_MOST_AT_ONCE = 10_000  # records that one transaction makes up for, unless one segment has more


class _OvertakenError(Exception):
    """Somebody else has made these rows meanwhile; the transaction is undone."""


def understand(connection: Connection, *parts: Part) -> Typed:
    """These records, in the form that this database takes fastest."""
    return TypedText(*parts) if connection.reads_text else TypedRows(*parts)


def write(connection: Connection, typed: Typed) -> list[BadRecord]:
    """Write rows and quarantine. What was resealed, and is here already, stays one row.

    Returns what is not understood.
    """
    try:
        with connection.savepoint():
            return write_new(connection, typed)
    except INTEGRITY_ERRORS:
        return _put(connection, TypedRows(*typed.parts))


def write_new(connection: Connection, typed: Typed, *, alone: bool = False) -> list[BadRecord]:
    """The same without a savepoint: if one of the rows is here already, the transaction is lost.

    `alone`: the gate has no other chain, in which one of these may have been corrected before.
    """
    typed.load(connection)
    counts = hours.Counts(typed.counts)
    counts.update(hours.corrections(connection, typed.to_note))
    if not alone:
        came = _came(typed.parts, typed.days)
        counts.update(hours.corrected_before(connection, typed.to_note, came))
    hours.change(connection, counts)
    alarms.note(connection, typed.to_note)
    return _keep_apart(connection, typed.bad)


def _came(parts: Sequence[Part], days: Iterable[tuple[int, int]]) -> hours.Came:
    """Parts of one chain, one after another."""
    of, last = parts[0], parts[-1]
    numbers = range(of.first, last.first + len(last.records))
    return hours.Came(of.arrival.station, of.arrival.incarnation, numbers, {day for day, _ in days})


def _put(connection: Connection, typed: TypedRows) -> list[BadRecord]:
    prepare_days(connection, typed.days)
    before = hours.of_known(connection, typed.rows)
    connection.run_many(_PUT, typed.rows)
    hours.change(connection, hours.of_known(connection, typed.rows), before)
    alarms.note(connection, typed.to_note)
    return _keep_apart(connection, typed.bad)


def _keep_apart(connection: Connection, bad: Sequence[tuple[Arrival, BadRecord]]) -> list[BadRecord]:
    if bad:
        connection.run_many(_QUARANTINE, [_quarantined(*one) for one in bad])
    return [one for _, one in bad]


def _quarantined(arrival: Arrival, bad: BadRecord) -> Row:
    times = (arrival.received_ms, arrival.offset_ms, arrival.uncertainty_ms)
    return (arrival.station, arrival.incarnation, bad.number, bad.record, bad.error, *times)


def write_one_by_one(connection: Connection, part: Part) -> None:
    """For a segment that did not go in as a whole: what fails alone is quarantined alone.

    Faults of the database itself go on: the segment then stays pending until they are mended.
    """
    for number, record in enumerate(part.records, part.first):
        try:
            with connection.savepoint():
                write(connection, understand(connection, Part(part.arrival, number, [record])))
        except Exception as error:  # one record must not hold up those after it
            if _is_of_database(error):
                raise
            log.error("record %d of a segment goes to quarantine: %s", number, where_it_broke(error))
            bad = BadRecord(number, record, f"could not be projected: {type(error).__name__}")
            _keep_apart(connection, [(part.arrival, bad)])


def _is_of_database(error: Exception) -> bool:
    """And not of what was to be written."""
    of_database = isinstance(error, (*DATABASE_ERRORS, UnavailableError))
    return of_database and not isinstance(error, DATA_ERRORS)


def project_pending(database: Database, most_segments: int) -> int:
    """Make up for records without typed rows; how many.

    Some thousand records of a chain are a transaction. Several threads or centers may do this at once: each
    station is one's at a time. Raises what one chain's fault is once there is nothing else to do.
    """
    with database.read() as connection:
        chains = connection.rows(_CHAINS, most_segments)
    made, fault = 0, None
    for station, incarnation in chains:
        try:
            while most_segments > 0 and (
                done := _project_next(database, station, incarnation, most_segments)
            ):
                most_segments -= len(done)
                made += sum(len(part.records) for part in done)
        except UnavailableError:
            raise
        except Exception as error:  # noqa: BLE001 - of this chain (a segment that is rotten): others go on
            fault = error
    if fault and not made:
        raise fault
    return made


def _project_next(database: Database, station: bytes, incarnation: int, most: int) -> list[Part]:
    """The next segments of a chain; none when there are none, or when somebody else is at it."""
    try:
        with database.write() as connection:
            # Not the chain's row: the next batch of the station need not wait for rows of those before. Of
            # all chains of the station: what one corrects in another is there, or not made at the same time.
            if not connection.try_lock(b"projecting" + station):
                return []
            parts = _pending(connection, station, incarnation, most)
            if parts:
                _project(connection, parts)
                _advance(connection, parts)
            return parts
    except _OvertakenError:
        return []


def _advance(connection: Connection, parts: Sequence[Part]) -> None:
    first, last, of = parts[0], parts[-1], parts[0].arrival
    moved = connection.run(
        "UPDATE chain SET projected = ? WHERE station = ? AND incarnation = ? AND projected = ?",
        last.first + len(last.records) - 1,
        of.station,
        of.incarnation,
        first.first - 1,
    )
    if not moved:
        raise _OvertakenError


def _pending(connection: Connection, station: bytes, incarnation: int, most: int) -> list[Part]:
    rows = connection.rows(
        "SELECT segment.first, payload, received_ms, offset_ms, uncertainty_ms FROM chain JOIN segment"
        " ON segment.station = chain.station AND segment.incarnation = chain.incarnation"
        " WHERE chain.station = ? AND chain.incarnation = ? AND first > projected"
        " AND (first = projected + 1 OR last <= projected + ?) ORDER BY first LIMIT ?",
        station,
        incarnation,
        _MOST_AT_ONCE,
        most,
    )
    return [
        Part(Arrival(station, incarnation, *times), first, bundle.unpack(payload, bundle.Batch).records)
        for first, payload, *times in rows
    ]


def _project(connection: Connection, parts: Sequence[Part]) -> None:
    try:
        with connection.savepoint():
            write(connection, understand(connection, *parts))
    except UnavailableError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault of one record is found by trying each
        if len(parts) > 1:
            for part in parts:
                _project(connection, [part])
        else:
            log.error("a segment is projected record by record: %s", where_it_broke(error))
            write_one_by_one(connection, parts[0])


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
    known = TypedRows(Part(Arrival(station, incarnation, *times), number, [record]))
    if known.bad:
        return 0
    try:
        with connection.savepoint():
            _put(connection, known)  # which counts it as it stands, if it was corrected while it waited
    except Exception as error:  # as when it came: it stays where it is, and the center begins all the same
        if _is_of_database(error):
            raise
        log.error("record %d stays in quarantine: %s", number, where_it_broke(error))
        return 0
    return connection.run(
        "DELETE FROM quarantine WHERE station = ? AND incarnation = ? AND number = ?",
        station,
        incarnation,
        number,
    )


def project_all(database: Database) -> int:
    """Until nothing waits; of how many records. Raises as `project_pending`."""
    made = 0
    while records := project_pending(database, 1000):
        made += records
    return made


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
