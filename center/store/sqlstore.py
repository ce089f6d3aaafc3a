"""The store of a center, on either database: `open_store` is the way in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from center.ledger import Ledger
from center.reconciliation import Reconciliations
from center.store import chains, entries, migrations, standing
from center.store.alarms import Alarms
from center.store.cases import Cases
from center.store.center_passes import CenterPasses
from center.store.colours import Colours
from center.store.console_audit import ConsoleAudit
from center.store.contacts import Contacts
from center.store.database import Database
from center.store.directory import Directory
from center.store.doors import Doors
from center.store.entry_pages import EntryPages
from center.store.erasures import Erasures
from center.store.errors import StoreError
from center.store.escalations import Escalations
from center.store.export_jobs import ExportJobs
from center.store.following import Following
from center.store.gates import Gates
from center.store.happenings import Happenings
from center.store.health import Health
from center.store.houses import Houses
from center.store.isolations import Isolations
from center.store.keeping import Keeping
from center.store.links import Links
from center.store.lists import Lists
from center.store.passages import Passages
from center.store.policies import Policies
from center.store.postgresql import PostgresqlDatabase
from center.store.private_items import PrivateItems
from center.store.projector import Burst
from center.store.records import Records
from center.store.reports import Reports
from center.store.roster_files import RosterFiles
from center.store.rota import Rota
from center.store.sessions import Sessions
from center.store.sqlite import SqliteDatabase
from center.store.stations import Stations
from center.store.statistics import Statistics
from center.store.sticks import Sticks
from center.store.tokens import Tokens
from center.store.users import Users
from center.store.watches import Watches
from center.store.webhooks import Webhooks

Projecting = Literal["at_once", "later"]


@dataclass(frozen=True, slots=True)
class QuarantinedRecord:
    """A record that is in the ledger and not understood."""

    station: bytes
    incarnation: int
    number: int
    error: str
    received_ms: int
    record: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Fork:
    """A place where a station showed another record than the one that is stored."""

    station: bytes
    incarnation: int
    number: int
    seen_ms: int


class SqlStore:
    """All of the center's data. Thread-safe; every method is a transaction of its own."""

    def __init__(
        self, database: Database, *, projecting: Projecting = "at_once", items_key: bytes | None = None
    ) -> None:
        self.database = database  # for backup and restore
        self._project = projecting == "at_once"
        self.burst = Burst()
        self.stations = Stations(database)
        self.contacts = Contacts(database)
        private = PrivateItems(items_key)
        self.lists = Lists(database, private)
        self.cases = Cases(database, private, self.lists)
        self.escalations = Escalations(database, self.cases)
        self.rota = Rota(database, private, self.lists)
        self.links = Links(database)
        self.reports = Reports(database, private, self.lists, self.cases, self.rota)
        self.directory = Directory(database, private)
        self.houses = Houses(database, private)
        self.roster_files = RosterFiles(database, private)
        self.watches = Watches(database, private, self.lists)
        self.passes = CenterPasses(database, private, self.lists)
        self.reconciliations = Reconciliations(database)
        self.sticks = Sticks(database)
        self.users = Users(database)
        self.sessions = Sessions(database)
        self.audit = ConsoleAudit(database)
        self.gates = Gates(database)
        self.policies = Policies(database, self.lists)
        self.records = Records(database)
        self.statistics = Statistics(database)
        self.export_jobs = ExportJobs(database)
        self.passages = Passages(database)
        self.alarms = Alarms(database, private)
        self.colours = Colours(database)
        self.health = Health(database, private)
        self.isolations = Isolations(database, private)
        self.doors = Doors(database, private)
        self.following = Following(database, private, self.lists)
        self.entry_pages = EntryPages(database)
        self.happenings = Happenings(database)
        self.tokens = Tokens(database)
        self.webhooks = Webhooks(database, private)
        self.keeping = Keeping(database, self.lists)
        self.erasures = Erasures(database, private, self.lists, self.directory)

    @contextmanager
    def transaction(self) -> Iterator[Ledger]:
        """What is written is on disk when this has ended well. Raises UnavailableError."""
        with self.database.write() as connection:
            yield chains.SqlLedger(connection, project=self._project, left=self.burst.came)

    @property
    def epoch(self) -> bytes:
        """Of the lists: another one after a restore."""
        with self.database.read() as connection:
            return migrations.meta(connection, "epoch")

    def belongs_to(self, center: bytes) -> bool:
        """Whether this is the database of the center of this public key; the first that asks is the one."""
        with self.database.read() as connection:
            owner = migrations.owner(connection)
        if not owner:
            with self.database.write_schema() as connection:
                owner = migrations.owner(connection) or center
                migrations.own(connection, owner)
        return owner == center

    def healthy(self) -> bool:
        """Whether the database answers."""
        try:
            with self.database.read() as connection:
                return connection.row("SELECT 1") is not None
        except StoreError:
            return False

    def project_pending(self, most_segments: int = 1000) -> int:
        """Make typed rows that are missing; of how many records. 0: nothing is missing."""
        return entries.project_pending(self.database, most_segments)

    def pending_rows(self) -> int:
        """How many records have no typed row yet, nor are in quarantine."""
        with self.database.look() as connection:
            row = connection.row("SELECT coalesce(sum(durable - projected), 0) FROM chain")
        return int(row[0]) if row else 0

    def pending_since(self) -> int | None:
        """When the first of those came, UTC ms; None: everything has its row."""
        with self.database.look() as connection:
            row = connection.row(
                "SELECT min(received_ms) FROM chain JOIN segment ON segment.station = chain.station"
                " AND segment.incarnation = chain.incarnation AND first = projected + 1"
                " WHERE projected < durable"
            )
        return row[0] if row else None

    def interpret_again(self) -> int:
        """Try what is in quarantine with this version's understanding; how many left it."""
        return entries.interpret_again(self.database)

    def interpret_one(self, station: bytes, incarnation: int, number: int) -> bool:
        """The same for one record."""
        return entries.interpret_one(self.database, station, incarnation, number)

    def reproject(self) -> int:
        """Throw the typed rows away and make them again from the ledger; of how many records."""
        entries.forget_all(self.database)
        return entries.project_all(self.database)

    def quarantined(self, station: bytes | None = None, limit: int = 1000) -> list[QuarantinedRecord]:
        """What is not understood, of one station or of all."""
        where, values = _of(station)
        with self.database.read() as connection:
            rows = connection.rows(
                "SELECT station, incarnation, number, error, received_ms, record FROM quarantine"
                + where
                + " ORDER BY station, incarnation, number LIMIT ?",
                *values,
                limit,
            )
        return [QuarantinedRecord(*row) for row in rows]

    def forks(self, station: bytes | None = None) -> list[Fork]:
        """Where this station, or any, showed two histories."""
        where, values = _of(station)
        with self.database.read() as connection:
            rows = connection.rows(
                "SELECT station, incarnation, number, seen_ms FROM fork"
                + where
                + " ORDER BY seen_ms, station, incarnation",
                *values,
            )
        return [Fork(*row) for row in rows]

    def mark_archived(
        self,
        watermarks: Mapping[tuple[bytes, int], int],
        made_ms: int | None = None,
        not_whole: Iterable[bytes] = (),
    ) -> None:
        """A verified copy elsewhere, made then, holds these (station, incarnation) up to these numbers; of
        stations that are `not_whole` it could not hold all."""
        with self.database.write() as connection:
            chains.mark_archived(connection, [(*place, number) for place, number in watermarks.items()])
            if made_ms is not None:
                migrations.note_backup(connection, made_ms, not_whole)

    def last_backup_ms(self) -> int | None:
        """When the last one that was verified was made, UTC; None: there is none on record."""
        with self.database.read() as connection:
            return migrations.last_backup(connection)

    def not_whole(self) -> frozenset[bytes]:
        """The stations of whose entries the last backup found a part damaged here."""
        with self.database.read() as connection:
            return migrations.not_whole(connection)

    def close(self) -> None:
        self.lists.close()
        self.database.close()


def _of(station: bytes | None) -> tuple[str, tuple[bytes, ...]]:
    return ("", ()) if station is None else (" WHERE station = ?", (station,))


POSTGRESQL = ("postgresql://", "postgres://")  # how the URL of one begins


def open_store(
    where: str | Path, *, projecting: Projecting = "at_once", items_key: bytes | None = None
) -> SqlStore:
    """`postgresql://…` is a PostgreSQL, anything else the path of an SQLite file, made when it is missing.

    "later" writes pushes to the ledger only: for bursts, with a `Projector` beside it. `items_key`, 32
    bytes, seals what tells who somebody is (`private_items`).
    Raises WrongDatabaseError, UnavailableError.
    """
    database = _open(where)
    try:
        migrations.migrate(database, standing.renew)
    except BaseException:
        database.close()
        raise
    return SqlStore(database, projecting=projecting, items_key=items_key)


def _open(where: str | Path) -> Database:
    if isinstance(where, str) and where.startswith(POSTGRESQL):
        return PostgresqlDatabase(where)
    return SqliteDatabase(Path(where))
