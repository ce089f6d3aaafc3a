"""Schema files, applied in order, each whole or not at all.

Every file in schema/ is one script of BEGIN IMMEDIATE … PRAGMA user_version = N … COMMIT, because
`executescript` commits a transaction that Python opened before it; `user_version` rolls back with the rest.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path

APPLICATION_ID = 0x4B414B4F  # "KAKO" in the file's header

_SCRIPTS = sorted((Path(__file__).parent / "schema").glob("[0-9]*.sql"))
NEWEST = max(int(script.name[:4]) for script in _SCRIPTS)  # by number: they may come out of turn


def version(connection: sqlite3.Connection) -> int:
    """The schema's number, 0 before the first."""
    number: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return number


def schema(connection: sqlite3.Connection) -> set[tuple[str, str, str | None]]:
    """How the file describes its tables, indices and triggers."""
    return set(connection.execute("SELECT type, name, sql FROM sqlite_schema"))


def has_our_tables(connection: sqlite3.Connection) -> bool:
    """Tables and views of the newest schema, word for word; a flipped bit there makes queries fail oddly."""
    return {part for part in newest_schema() if part[0] in ("table", "view")} <= schema(connection)


@cache
def newest_schema() -> frozenset[tuple[str, str, str | None]]:
    """The same, as these scripts make it."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        migrate(fresh)
        return frozenset(schema(fresh))


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file to the newest schema.

    A table that is made anew goes by another name until the former one is gone, and others go on pointing at
    the name (https://www.sqlite.org/lang_altertable.html, section 7).
    """
    at = version(connection)
    (enforced,) = connection.execute("PRAGMA foreign_keys").fetchone()
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA legacy_alter_table = ON")
    try:
        for script in (one for one in _SCRIPTS if int(one.name[:4]) > at):
            apply(connection, script.read_text(encoding="utf-8"))
    finally:
        connection.execute("PRAGMA legacy_alter_table = OFF")
        connection.execute(f"PRAGMA foreign_keys = {enforced}")


def apply(connection: sqlite3.Connection, script: str) -> None:
    """Run one schema script; after an error nothing of it remains."""
    try:
        connection.executescript(script)
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
