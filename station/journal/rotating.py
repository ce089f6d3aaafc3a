"""After a new data key: what the former ones sealed is sealed anew, some rows at a time, whatever kills it.

Each row is opened and sealed in the transaction that replaces it, and a row of the newest key is left alone:
so a run that was killed is simply begun again. Not sealed anew is what a hash or a signature binds, or what
the journal never changes: the sealed parts of entries and notes of the audit, who said a fact, errands,
proposals, signed sheets, names of operators. They stay under the key of their day, which the ring keeps,
until retention takes them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from station.journal import leftovers, upstream
from station.journal.connection import transaction
from station.journal.entries import Journal
from station.journal.errors import VaultError, storage_errors
from station.journal.sealed_columns import SEALED_ANEW, SealedColumn
from station.journal.vault import Vault

_NOTE = "sealed_anew"  # in sync_note: the generation that everything has reached
_HEAD = 8  # bytes that tell which key it was
_AT_ONCE = 50  # rows in a step: about 2 ms


class Rotation:
    """One run through all tables. `step` belongs to the journal's thread and takes some milliseconds."""

    def __init__(self, journal: Journal, *, done: bool = False) -> None:
        """Nothing to do if everything has the newest key; with `done`, nothing in any case."""
        self.sealed = self.skipped = 0  # rows sealed anew, and such as did not open
        self._journal, self._vault = journal, journal.vault
        self.generation = journal.vault.ring.generation
        reached = _reached(journal.connection)
        self._work = iter(()) if done or reached >= self.generation else self._through()

    def step(self) -> bool:
        """Whether there is more to do. Raises JournalError; VaultError if the vault is locked."""
        return next(self._work, False)

    def run(self) -> None:
        """All steps, for whoever has the journal for themselves."""
        while self.step():
            continue

    def _through(self) -> Iterator[bool]:
        for column in SEALED_ANEW:
            after: tuple[object, ...] | None = ()
            while after is not None:
                after = self._some(column, after)
                yield True
        connection = self._journal.connection
        with storage_errors(), transaction(connection):
            upstream.put_note(connection, _NOTE, str(self.generation).encode())
        self._journal.checkpoint()
        yield True
        leftovers.empty_wal(connection)  # what was sealed with a former key lies there too

    def _some(self, one: SealedColumn, after: tuple[object, ...]) -> tuple[object, ...] | None:
        """Some rows of a table; the key of the last of them, None at its end."""
        connection, keys = self._journal.connection, len(one.key)
        with storage_errors(), transaction(connection):
            rows = connection.execute(_page(one, first=not after), (*after, _AT_ONCE)).fetchall()
            for row in rows:
                self._seal_anew(connection, one, row[:keys], row[keys], row[keys + 1 :])
        return tuple(rows[-1][:keys]) if len(rows) == _AT_ONCE else None

    def _seal_anew(
        self,
        connection: sqlite3.Connection,
        one: SealedColumn,
        key: tuple[object, ...],
        sealed: object,
        known: object,
    ) -> None:
        assert isinstance(known, tuple)
        if not isinstance(sealed, bytes) or not sealed or self._vault.is_newest(sealed):
            return
        context = one.context(*key, *known)
        try:
            plain = self._vault.open(sealed, context)
        except VaultError:
            if self._vault.locked:
                raise
            self.skipped += 1  # damaged: it stays, and the journal's check or whoever reads it says so
            return
        where = " AND ".join(f"{name} = ?" for name in one.key)
        connection.execute(
            f"UPDATE {one.table} SET {one.column} = ? WHERE {where}", (self._vault.seal(plain, context), *key)
        )
        self.sealed += 1


def _page(one: SealedColumn, *, first: bool) -> str:
    key = ", ".join(one.key)
    columns = ", ".join((*one.key, one.column, *one.known))
    marks = ", ".join("?" * len(one.key))
    where = "" if first else f"WHERE ({key}) > ({marks})"
    return f"SELECT {columns} FROM {one.table} {where} ORDER BY {key} LIMIT ?"


def is_done(connection: sqlite3.Connection, vault: Vault) -> bool:
    """Whether all that can be has the newest key. Raises JournalError; VaultError if locked."""
    with storage_errors():
        return _reached(connection) >= vault.ring.generation


def progress(connection: sqlite3.Connection, vault: Vault) -> tuple[int, int]:
    """Values that the newest key sealed, and all there are. Raises JournalError; VaultError if locked."""
    done = every = 0
    with storage_errors():
        for one in SEALED_ANEW:
            query = f"SELECT substr({one.column}, 1, ?) FROM {one.table} WHERE length({one.column}) > 0"
            heads = [head for (head,) in connection.execute(query, (_HEAD,))]
            every += len(heads)
            done += sum(vault.is_newest(bytes(head)) for head in heads)
    return done, every


def _reached(connection: sqlite3.Connection) -> int:
    found = upstream.note(connection, _NOTE)
    return int(found) if found else 0
