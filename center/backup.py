"""Backup and restore of a center, the same file for both databases.

A backup holds the ledger, lists, stations and key files; typed rows and quarantine are made again from the
ledger. Only when the finished file was read again and every chain in it verified is anything marked
`archived`: from then on stations may prune it.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from center.backup_file import BackupError, Reader, Writer, forget_cached, put_in_place
from center.store.chains import hash_at
from center.store.database import Connection
from center.store.errors import UnavailableError, where_it_broke
from center.store.migrations import NEWEST, begin_epoch, disown, note_backup
from center.store.one_person import make_one_again
from center.store.sqlstore import SqlStore
from station.sync import bundle

log = logging.getLogger(__name__)

# Every column of every table that is kept, parents before children; a test compares it with the schema.
TABLES = {
    "chain": "station incarnation parent_head genesis durable head archived projected",
    "segment": "station incarnation first last last_hash payload signature received_ms offset_ms"
    " uncertainty_ms flagged",
    "parts": "station incarnation first body",
    "fork": "station incarnation number seen_ms",
    "contact": "station seen_ms offset_ms uncertainty_ms app schema boot fingerprint pending state alarms",
    "waiting": "station incarnation first digest push received_ms",
    "reconciliation": "station day made_ms ours theirs same",
    "station": "station name gate branch seal_key enrolled_ms revoked_ms credential",
    "station_key": "station public_key added_ms",
    "enrol_code": "hash name gate branch expires_ms used_ms used_by",
    "channel": "channel newest",
    "item": "channel list key version body scope moved alone",
    "console_user": "name shown password must_change created_ms disabled_ms",
    "console_grant": "name branch role",
    "console_audit": "id at_ms who what branch about address",
    "report": "station id kind version at_ms received_ms typed body",
    "case_file": "station id branch gate kind what state at_ms received_ms changed_ms answered_ms arrived_ms"
    " closed_ms owner going person_id picture words",
    "case_line": "station case_id id at_ms received_ms from_gate shown body",
    "handover": "station id begin_ms end_ms signed",
    "duty": "station id since_ms until_ms shift",
    "notice_read": "station id notice at_ms",
    "task_done": "station id task at_ms done",
    "lookback": "station id at_ms person_id task passages beside still_inside seen_ms",
    "signup": "station id shift at_ms leaves refused",
    "escalation": "station case_id step branch at_ms",
    "compound": "branch name address note changed_ms",
    "house": "branch house held grade body changed_ms",
    "roster_file": "id branch kind at_ms who body",
    "held_row": "id branch kind at_ms who reasons body",
    "watch": "id branch person kind value until_ms urgent state at_ms who second_ms second body",
    "center_pass": "id branch person issued_ms until_ms revoked_ms who body",
    "settled": "branch finding at_ms who",
    "api_token": "id hash name branch scopes made_ms made_by expires_ms used_ms revoked_ms",
    "webhook": "id branch url events secret made_ms made_by looked_ms ended_ms",
    "delivery": "webhook id event at_ms body due_ms tries done_ms said",
    "colour_now": "about subject value as_of_ms",
    "colour_change": "id about subject person branch before after as_of_ms noticed_ms source told_ms told_by",
    "isolation": "person subject branch value since_ms until_ms lifted_ms",
    "health_event": "id person at_ms kind who body",
    "checkin_hour": "branch minute",
    "door_sensor": "id branch person made_ms made_by heard_ms revoked_ms body",
    "door_nonce": "sensor nonce at_ms",
    "gate_alarm": "station id person at_ms received_ms gate lane direction severity reasons seen_ms seen_by"
    " said",
    "policy_version": "id branch label digest toml made_ms made_by changed_ms signed_ms signed_by signature",
    "policy_activation": "id policy branch grade follows at_ms made_ms made_by cancelled_ms",
    "export_job": "id branch format first_day last_day masked made_ms made_by state seen total changed_ms"
    " path bytes hash",
    "link": "id purpose branch about made_ms made_by expires_ms revoked_ms",
    "keeping": "what value",
    "erasing_run": "id at_ms before_ms audit_before_ms who counts",
    "erasure": "id branch person state at_ms who reason second_ms second number receipt",
}
_ORDER = {"segment": " ORDER BY station, incarnation, first"}
_MOST_ROWS, _MOST_BYTES = 500, 8 * 1024 * 1024  # of a frame
_FILE = "file"


@dataclass(frozen=True, slots=True)
class Held:
    """What a backup holds, as it was read from the file."""

    made_ms: int
    archived: Mapping[tuple[bytes, int], int]  # (station, incarnation) and the last number that verifies
    damaged: tuple[tuple[bytes, int], ...]  # chains of which the center itself has not all that it should
    rows: Mapping[str, int]
    typed: Mapping[tuple[bytes, int], int]  # up to which number typed rows had been made of a chain
    files: Mapping[str, bytes] = field(repr=False)

    @property
    def records(self) -> int:
        return sum(self.archived.values())

    @property
    def chains(self) -> int:
        return len(self.archived)

    @property
    def stations(self) -> int:
        return self.rows.get("station", 0)

    @property
    def items(self) -> int:
        return self.rows.get("item", 0)


class _Rows(msgspec.Struct, array_like=True):
    """A frame: some rows of a table, or one file as (name, bytes)."""

    table: str
    columns: list[str]
    rows: list[list[Any]]


def back_up(
    store: SqlStore, to: Path, *, files: Mapping[str, bytes], made_ms: int, passphrase: str | None = None
) -> Held:
    """Write a backup, verify what is on the disk, then tell the store what is archived.

    `files`: keys and certificates, by name. Raises BackupError, UnavailableError, OSError; then nothing was
    marked, and a file of that name is as it was.
    """
    part = to.with_name(to.name + ".part")
    try:
        with open(part, "wb", opener=_private) as file:
            _write(Writer(file, made_ms, NEWEST, passphrase), store, files)
            forget_cached(file)
        held = verify(part, passphrase=passphrase)
        put_in_place(part, to)
    finally:
        part.unlink(missing_ok=True)  # it has its name, or its keys and its bytes are in the way
    store.mark_archived(held.archived, held.made_ms, {station for station, _ in held.damaged})
    return held


def verify(file: Path, *, passphrase: str | None = None) -> Held:
    """Read a backup from end to end, every chain with its hashes. Raises BackupError, OSError."""
    with file.open("rb") as opened:
        reader = Reader(opened, passphrase)
        check = _Check()
        for rows in _read(reader):
            check.take(rows)
        return check.held(reader.header.made_ms)


def restore(file: Path, into: SqlStore, *, passphrase: str | None = None) -> Held:
    """`fill`, and the typed rows at once."""
    held = fill(file, into, passphrase=passphrase)
    make_rows(into, held)
    return held


def fill(file: Path, into: SqlStore, *, passphrase: str | None = None) -> Held:
    """Fill an empty store. Its lists get a new epoch; stations fill up by themselves what came after.

    Raises BackupError when the store is not empty or the backup not whole, UnavailableError, OSError; then
    nothing was written.
    """
    held = verify(file, passphrase=passphrase)
    with file.open("rb") as opened, into.database.write() as connection:
        _require_empty(connection)
        connection.run("DELETE FROM channel")
        disown(connection)  # of whoever opened it before, with keys of their own
        reader = Reader(opened, passphrase)
        if reader.header.schema > NEWEST:
            raise BackupError("this backup is of a newer center: install that version first")
        for rows in _read(reader):
            if rows.table != _FILE:
                kept = _untyped(rows)
                connection.load(kept.table, kept.columns, kept.rows)
        for place in held.damaged:
            _cut(connection, *place, held.archived[place])
        begin_epoch(connection)
        note_backup(connection, held.made_ms)
    return held


def make_rows(of: SqlStore, held: Held) -> None:
    """Typed rows of what was restored. All is there without them: what fails the serving center makes up.

    Alarms are in the backup. One that is not, of a record that had its typed row, was erased before.
    """
    try:
        before = of.alarms.places()
        of.reproject()
        of.alarms.erase_again(before, held.typed)
        make_one_again(of.database)
    except (UnavailableError, bundle.BundleError) as error:
        log.error("restored; typed rows cannot be made just now: %s", where_it_broke(error))


def _write(writer: Writer, store: SqlStore, files: Mapping[str, bytes]) -> None:
    with store.database.read() as connection:
        for frame in _frames(connection):
            writer.add(msgspec.msgpack.encode(frame))
    for name, content in files.items():
        writer.add(msgspec.msgpack.encode(_Rows(_FILE, ["name", "content"], [[name, content]])))
    writer.finish()


def _untyped(rows: _Rows) -> _Rows:
    """Of chains: nothing is typed as long as there are no typed rows."""
    if "projected" not in rows.columns:
        return rows
    at = rows.columns.index("projected")
    cut = [[*row[:at], *row[at + 1 :]] for row in rows.rows]
    return _Rows(rows.table, [*rows.columns[:at], *rows.columns[at + 1 :]], cut)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _frames(connection: Connection) -> Iterator[_Rows]:
    for table, names in TABLES.items():
        columns = names.split()
        rows: list[list[Any]] = []
        size = 0
        for row in connection.each(f"SELECT {', '.join(columns)} FROM {table}{_ORDER.get(table, '')}"):
            rows.append(list(row))
            size += sum(len(value) for value in row if isinstance(value, bytes))
            if len(rows) == _MOST_ROWS or size > _MOST_BYTES:
                yield _Rows(table, columns, rows)
                rows, size = [], 0
        if rows:
            yield _Rows(table, columns, rows)


def _read(reader: Reader) -> Iterator[_Rows]:
    for frame in reader.frames():
        try:
            rows = msgspec.msgpack.decode(frame, type=_Rows)
        except msgspec.DecodeError as error:
            raise BackupError("the backup is damaged") from error
        if rows.table != _FILE and not set(rows.columns) <= set(TABLES.get(rows.table, "").split()):
            raise BackupError("this backup holds what this center does not know: it is of a newer one")
        yield rows


class _Check:
    """Follows every chain of a backup from its first hash to the head that it should reach."""

    def __init__(self) -> None:
        self._heads: dict[tuple[bytes, int], tuple[int, bytes]] = {}  # as the chain's row says
        self._reached: dict[tuple[bytes, int], tuple[int, bytes]] = {}
        self._rows: dict[str, int] = {}
        self._typed: dict[tuple[bytes, int], int] = {}
        self._files: dict[str, bytes] = {}

    def take(self, rows: _Rows) -> None:
        self._rows[rows.table] = self._rows.get(rows.table, 0) + len(rows.rows)
        for values in rows.rows:
            row = dict(zip(rows.columns, values, strict=True))
            if rows.table == "chain":
                place = row["station"], row["incarnation"]
                self._heads[place] = row["durable"], row["head"]
                self._reached[place] = 0, row["genesis"]
                self._typed[place] = row.get("projected", 0)  # a former backup does not tell
            elif rows.table == "segment":
                self._follow(row)
            elif rows.table == _FILE:
                self._files[row["name"]] = row["content"]

    def _follow(self, row: Mapping[str, Any]) -> None:
        place = row["station"], row["incarnation"]
        number, head = self._reached.get(place, (0, b""))
        try:
            batch = bundle.unpack(row["payload"], bundle.Batch)
            bundle.verify_chain(batch)
        except bundle.BundleError:
            return  # the chain is not reached any further, and is named as damaged
        if (batch.station, batch.incarnation, batch.first, batch.previous) == (*place, number + 1, head):
            self._reached[place] = number + len(batch.records), batch.last

    def held(self, made_ms: int) -> Held:
        return Held(
            made_ms,
            {place: number for place, (number, _) in self._reached.items()},
            tuple(place for place, head in self._heads.items() if head != self._reached[place]),
            self._rows,
            self._typed,
            self._files,
        )


def _cut(connection: Connection, station: bytes, incarnation: int, number: int) -> None:
    """A chain that does not reach its head ends where it verifies: its station sends the rest again."""
    place = station, incarnation
    head = hash_at(connection, station, incarnation, number)
    of_chain = " WHERE station = ? AND incarnation = ?"
    for table in ("segment", "parts"):  # the parts come again with their batches, which may be others
        connection.run(f"DELETE FROM {table}{of_chain} AND first > ?", *place, number)
    connection.run("UPDATE chain SET durable = ?, head = ?" + of_chain, number, head, *place)
    connection.run("UPDATE chain SET archived = durable" + of_chain + " AND archived > durable", *place)


def _require_empty(connection: Connection) -> None:
    for table in TABLES:
        if table != "channel" and connection.row(f"SELECT 1 FROM {table} LIMIT 1"):
            raise BackupError("a backup can only be restored into an empty database; give it a new one")


__all__ = ["BackupError", "Held", "back_up", "fill", "make_rows", "restore", "verify"]
