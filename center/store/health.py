"""One health card per person: what became known of somebody, and when. Bodies are sealed."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

import msgspec

from center.store import case_rows
from center.store.case_rows import NO_STATION
from center.store.console_audit import Note, write_note
from center.store.database import Connection, Database
from center.store.private_items import PrivateItems
from station.sync.reports import CaseLine, CaseReport


class Event(msgspec.Struct, frozen=True, array_like=True):
    """What one line of a card says."""

    text: str = ""
    temperature_c: float | None = None
    symptoms: tuple[str, ...] = ()  # words of console.health_words
    needs: tuple[str, ...] = ()
    value: str = ""  # of a test, of an isolation

    def __repr__(self) -> str:
        return "Event(…)"


@dataclass(frozen=True, slots=True)
class CardLine:
    """`who` is a user; empty: the person, a sensor, the lists. `at_ms` is UTC."""

    id: bytes
    at_ms: int
    kind: str  # checkin, visit, test, temperature, note, door_open, door_closed, begun, lifted
    who: str
    event: Event = field(repr=False)


@dataclass(frozen=True, slots=True)
class Need:
    """A case that a check-in or a sensor brings about, or adds a line to."""

    kind: str
    what: str
    title: str = field(repr=False)
    text: str = field(repr=False)
    about: str = field(repr=False)  # masked


class Health:
    """All methods are transactions of their own."""

    def __init__(self, database: Database, private: PrivateItems) -> None:
        self._database, self._private = database, private

    def add(
        self, person: str, kind: str, event: Event, *, who: str, at_ms: int, note: Note | None = None
    ) -> None:
        with self._database.write() as connection:
            put_event(connection, self._private, secrets.token_bytes(16), person, kind, event, who, at_ms)
            write_note(connection, note)

    def check_in(
        self, person: str, branch: str, event: Event, needs: list[Need], now_ms: int, note: Note
    ) -> None:
        """A check-in with what they need: all of it, or nothing."""
        with self._database.write() as connection:
            event_id = secrets.token_bytes(16)
            put_event(connection, self._private, event_id, person, "checkin", event, "", now_ms)
            for need in needs:
                begin_case(connection, self._private, branch, person, need, now_ms)
            write_note(connection, note)

    def card(self, person: str, *, before_ms: int | None = None, most: int = 100) -> list[CardLine]:
        """The newest first; `before_ms` for the next page."""
        sql = (
            "SELECT id, at_ms, kind, who, body FROM health_event WHERE person = ? AND at_ms < ?"
            " ORDER BY at_ms DESC, id LIMIT ?"
        )
        before = 2**62 if before_ms is None else before_ms
        with self._database.read() as connection:
            rows = connection.rows(sql, person, before, most)
        return [
            CardLine(bytes(id), at_ms, kind, who, self._open(bytes(id), body))
            for id, at_ms, kind, who, body in rows
        ]

    def _open(self, id: bytes, body: bytes) -> Event:
        return msgspec.msgpack.decode(self._private.open(bytes(body), _context(id)), type=Event)


def put_event(
    connection: Connection,
    private: PrivateItems,
    id: bytes,
    person: str,
    kind: str,
    event: Event,
    who: str,
    at_ms: int,
) -> bool:
    """Within a transaction. False: it is there already."""
    sealed = private.seal(msgspec.msgpack.encode(event), _context(id))
    return (
        connection.run(
            "INSERT INTO health_event (id, person, at_ms, kind, who, body) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO NOTHING",
            *(id, person, at_ms, kind, who, sealed),
        )
        > 0
    )


def begin_case(
    connection: Connection, private: PrivateItems, branch: str, person: str, need: Need, now_ms: int
) -> bytes:
    """Within a transaction: a case for this, or a line of the one that is open; its id."""
    row = connection.row(
        "SELECT id FROM case_file WHERE closed_ms IS NULL AND station = ? AND branch = ? AND person_id = ?"
        " AND kind = ? AND what = ? ORDER BY received_ms DESC LIMIT 1",
        *(NO_STATION, branch, person, need.kind, need.what),
    )
    if row:
        line = CaseLine(bytes(row[0]), now_ms, need.about, need.text or need.title)
        place = (NO_STATION, secrets.token_bytes(16))
        case_rows.put_line(connection, private, *place, line, now_ms, from_gate=False, shown=False)
        return bytes(row[0])
    case_id = secrets.token_bytes(16)
    report = CaseReport(
        need.kind, now_ms, need.what, need.title, need.text, about=need.about, person_id=person
    )
    case_rows.put_reported(connection, private, NO_STATION, branch, case_id, report, now_ms)
    return case_id


def _context(id: bytes) -> bytes:
    return b"kakou health " + id
