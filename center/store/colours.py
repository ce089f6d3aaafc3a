"""Colours that changed, from wherever the center heard of them, and who has been told (健康码预警通知)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from center.scope import Scope
from center.store.console_audit import Note, write_note
from center.store.database import Connection, Database

_COLUMNS = "id, about, subject, person, branch, before, after, as_of_ms, noticed_ms, source, told_ms, told_by"
# Where somebody is in the list of people decides whose they are.
OF_PERSON = (
    "LEFT JOIN item AS someone ON someone.channel = 'people' AND someone.list = 'person'"
    " AND someone.key = {0}.person AND someone.body IS NOT NULL"
)
BRANCH = "coalesce(someone.scope, {0}.branch)"
_HERE = BRANCH.format("colour_change")
_SELECT = (
    "SELECT colour_change.id, about, subject, coalesce(person, ''), "
    + f"{_HERE}, before, after, as_of_ms, noticed_ms, source, told_ms, told_by"
    + f" FROM colour_change {OF_PERSON.format('colour_change')}"
)


@dataclass(frozen=True, slots=True)
class ColourChange:
    """Somebody's colour, before and after. Times are UTC ms."""

    id: bytes
    about: str  # person, code
    subject: str
    person: str  # empty: a code of nobody that we know
    branch: str
    before: str  # empty: none was known
    after: str
    as_of_ms: int
    noticed_ms: int
    source: str
    told_ms: int | None
    told_by: str


@dataclass(frozen=True, slots=True)
class Said:
    """A colour as somebody says it is."""

    about: str
    subject: str
    value: str
    as_of_ms: int
    source: str
    branch: str


class Colours:
    """All methods are transactions of their own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def hear(self, said: Said, now_ms: int) -> None:
        """What a provider says of a code. Most often nothing new, and then nothing is written."""
        with self._database.read() as connection:
            before = now(connection, said.about, said.subject)
        if before != said.value:
            with self._database.write() as connection:
                change(connection, said, None, now_ms)

    def counts(self, scope: Scope, since_ms: int, until_ms: int) -> list[tuple[str, int, int]]:
        """(branch, changes, of which told), by branch."""
        where, values = scope.where(_HERE)
        sql = (
            f"SELECT {_HERE} AS here, count(*), count(told_ms) FROM colour_change"
            f" {OF_PERSON.format('colour_change')} WHERE noticed_ms >= ? AND noticed_ms < ? AND {where}"
            " GROUP BY 1 ORDER BY 1"
        )
        with self._database.read() as connection:
            rows = connection.rows(sql, since_ms, until_ms, *values)
        return [(branch, int(all_), int(told)) for branch, all_, told in rows]

    def between(
        self,
        scope: Scope,
        since_ms: int,
        until_ms: int,
        *,
        branch: str | None = None,
        after: tuple[int, bytes] | None = None,
        most: int = 200,
    ) -> list[ColourChange]:
        """By the time when the center noticed; `branch`: of this one alone; `after`: the next page."""
        where, values = scope.where(_HERE)
        at_ms, id = after or (since_ms, b"")
        condition = f"{where} AND (noticed_ms > ? OR (noticed_ms = ? AND colour_change.id > ?))"
        values = [*values, at_ms, at_ms, id]  # type: ignore[list-item]
        if branch is not None:
            condition, values = f"{condition} AND {_HERE} = ?", [*values, branch]
        sql = (
            f"{_SELECT} WHERE noticed_ms >= ? AND noticed_ms < ? AND {condition}"
            " ORDER BY noticed_ms, colour_change.id LIMIT ?"
        )
        with self._database.read() as connection:
            return [_read(row) for row in connection.rows(sql, at_ms, until_ms, *values, most)]

    def get(self, scope: Scope, id: bytes) -> ColourChange | None:
        where, values = scope.where(_HERE)
        with self._database.read() as connection:
            row = connection.row(f"{_SELECT} WHERE colour_change.id = ? AND {where}", id, *values)
        return _read(row) if row else None

    def of(self, person: str, most: int = 50) -> list[ColourChange]:
        """One person's, the newest first."""
        sql = f"{_SELECT} WHERE colour_change.person = ? ORDER BY noticed_ms DESC LIMIT ?"
        with self._database.read() as connection:
            return [_read(row) for row in connection.rows(sql, person, most)]

    def tell(self, change: ColourChange, who: str, now_ms: int, note: Note, *, told: bool = True) -> None:
        """They have been told; not `told`: that was a mistake."""
        with self._database.write() as connection:
            sql = (
                "UPDATE colour_change SET told_ms = coalesce(told_ms, ?), told_by = CASE WHEN told_ms IS NULL"
            )
            sql += " THEN ? ELSE told_by END WHERE id = ?"
            if told:
                connection.run(sql, now_ms, who, change.id)
            else:
                connection.run(
                    "UPDATE colour_change SET told_ms = NULL, told_by = '' WHERE id = ?", change.id
                )
            write_note(connection, note)


def now(connection: Connection, about: str, subject: str) -> str:
    """The colour as it was last, empty: none."""
    row = connection.row("SELECT value FROM colour_now WHERE about = ? AND subject = ?", about, subject)
    return row[0] if row else ""


def change(connection: Connection, said: Said, person: str | None, now_ms: int) -> bool:
    """Keep a colour; whether that is a change to be told. A first green is none."""
    before = now(connection, said.about, said.subject)
    if before == said.value:
        return False
    connection.run(_NOW, said.about, said.subject, said.value, said.as_of_ms)
    if not before and said.value in ("green", ""):
        return False
    name = f"{said.about} {said.subject} {before} {said.value} {said.as_of_ms} {now_ms}"
    values = (said.about, said.subject, person, said.branch, before, said.value, said.as_of_ms, now_ms)
    id = sha256(name.encode()).digest()[:16]
    connection.run(
        f"INSERT INTO colour_change ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, '')"
        " ON CONFLICT (id) DO NOTHING",
        *(id, *values, said.source),
    )
    return True


_NOW = (
    "INSERT INTO colour_now (about, subject, value, as_of_ms) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (about, subject) DO UPDATE SET value = excluded.value, as_of_ms = excluded.as_of_ms"
)


def _read(row: Sequence[Any]) -> ColourChange:
    id, *rest = row
    return ColourChange(bytes(id), *rest)
