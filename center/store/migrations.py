"""The schema: made or brought up to date in one transaction, refused in words where it is not ours."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from pathlib import Path

from center.store.database import Connection, Database
from center.store.errors import WrongDatabaseError

SCRIPTS = sorted((Path(__file__).parent.parent / "schema").glob("[0-9]*.sql"))
NEWEST = max(int(script.stem) for script in SCRIPTS)
_APPLICATION = b"kakou center"
_BACKUP = "backup"  # in meta: when the last one was made
_NOT_WHOLE = "not whole"  # in meta: whose chains it could not hold to their end
_OWNER = "center"  # in meta: its public key


def migrate(database: Database, renew: Callable[[Connection, int], None]) -> None:
    """Make or renew the tables. Raises WrongDatabaseError, UnavailableError; then nothing was changed.

    `renew` does for tables of that version what no script can.
    """
    with database.write_schema() as connection:
        at = _version(connection, database.tables(connection))
        for script in (one for one in SCRIPTS if int(one.stem) > at):
            database.run_script(connection, script.read_text("utf-8"))
        if 0 < at < NEWEST:
            renew(connection, at)
        if at < NEWEST:
            _note(connection, begun=at == 0)


def _version(connection: Connection, tables: set[str]) -> int:
    """The number of the last script that ran, 0 for an empty database."""
    if not tables:
        return 0
    if "meta" not in tables or meta(connection, "application") != _APPLICATION:
        raise WrongDatabaseError(
            "this database belongs to another program; give the center an empty one of its own"
        )
    version = int(meta(connection, "schema"))
    if version > NEWEST:
        raise WrongDatabaseError(
            f"this database was written by a newer center (schema {version}, this program knows {NEWEST});"
            " install that version again"
        )
    return version


def _note(connection: Connection, *, begun: bool) -> None:
    if begun:
        set_meta(connection, "application", _APPLICATION)
        begin_epoch(connection)
    set_meta(connection, "schema", str(NEWEST).encode())


def meta(connection: Connection, name: str) -> bytes:
    """One word that the database says about itself; empty when it does not."""
    row = connection.row("SELECT value FROM meta WHERE name = ?", name)
    return bytes(row[0]) if row else b""


def set_meta(connection: Connection, name: str, value: bytes) -> None:
    connection.run(
        "INSERT INTO meta (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name,
        value,
    )


def begin_epoch(connection: Connection) -> None:
    """From now on no cursor of the lists means anything: all are fetched anew."""
    set_meta(connection, "epoch", secrets.token_bytes(16))


def owner(connection: Connection) -> bytes:
    """The public key of the center whose database this is; empty: nobody has said so yet."""
    return meta(connection, _OWNER)


def own(connection: Connection, center: bytes) -> None:
    set_meta(connection, _OWNER, center)


def last_backup(connection: Connection) -> int | None:
    """When it was made, UTC ms."""
    made_ms = meta(connection, _BACKUP)
    return int(made_ms) if made_ms else None


def note_backup(connection: Connection, made_ms: int, not_whole: Iterable[bytes] = ()) -> None:
    """`not_whole`: stations of which the ledger itself has not all that it should."""
    set_meta(connection, _BACKUP, str(made_ms).encode())
    set_meta(connection, _NOT_WHOLE, " ".join(sorted({one.hex() for one in not_whole})).encode())


def not_whole(connection: Connection) -> frozenset[bytes]:
    """Of the last backup."""
    return frozenset(bytes.fromhex(one) for one in meta(connection, _NOT_WHOLE).decode().split())


def disown(connection: Connection) -> None:
    """Whoever opens it next is its center."""
    connection.run("DELETE FROM meta WHERE name = ?", _OWNER)
