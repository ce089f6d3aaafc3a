"""Who is isolated, and who has not checked in today. What is known of them comes from the gates' lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from center.scope import Scope, above
from center.store.colours import BRANCH, OF_PERSON
from center.store.console_audit import Note, write_note
from center.store.database import Database
from center.store.private_items import PrivateItems
from station.sync.items import PersonItem, decode_item

USUAL_MINUTE = 10 * 60  # of the day: checked in by ten
_HERE = BRANCH.format("isolation")
_IN_FORCE = "lifted_ms IS NULL AND (until_ms IS NULL OR until_ms > ?)"
_SELECT = f"""
    SELECT isolation.person, min({_HERE}), min(value), min(since_ms),
           CASE WHEN count(until_ms) = count(*) THEN max(until_ms) END,
           (SELECT max(at_ms) FROM health_event
            WHERE health_event.person = isolation.person AND kind = 'checkin' AND at_ms <= ?)
    FROM isolation {OF_PERSON.format("isolation")}
"""
Which = Literal["all", "missing"]


@dataclass(frozen=True, slots=True)
class Isolated:
    """Somebody who is isolated now. Times are UTC ms."""

    person: str
    branch: str
    value: str  # close_contact, isolation, sub_close_contact
    since_ms: int
    until_ms: int | None  # None: until it is lifted
    checkin_ms: int | None  # the last; None: never


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the lists, with the branch where they are."""

    id: str
    branch: str
    item: PersonItem = field(repr=False)


class Isolations:
    """All methods are transactions of their own; `now_ms` is UTC."""

    def __init__(self, database: Database, private: PrivateItems) -> None:
        self._database, self._private = database, private

    def some(
        self, scope: Scope, now_ms: int, *, since_ms: int | None = None, after: str = "", most: int = 100
    ) -> list[Isolated]:
        """By id, after this one. `since_ms`: only who has not checked in from then on (and was isolated)."""
        where, values = scope.where(_HERE)
        condition = f"{_IN_FORCE} AND isolation.person > ? AND {where}"
        if since_ms is not None:
            condition += (
                " AND since_ms < ? AND NOT EXISTS (SELECT 1 FROM health_event WHERE"
                " health_event.person = isolation.person AND kind = 'checkin' AND at_ms >= ?)"
            )
            values = [*values, now_ms, since_ms]
        sql = f"{_SELECT} WHERE {condition} GROUP BY isolation.person ORDER BY isolation.person LIMIT ?"
        with self._database.read() as connection:
            return [Isolated(*row) for row in connection.rows(sql, now_ms, now_ms, after, *values, most)]

    def count(self, scope: Scope, now_ms: int) -> int:
        where, values = scope.where(_HERE)
        sql = (
            f"SELECT count(DISTINCT isolation.person) FROM isolation {OF_PERSON.format('isolation')}"
            f" WHERE {_IN_FORCE} AND {where}"
        )
        with self._database.read() as connection:
            row = connection.row(sql, now_ms, *values)
        return int(row[0]) if row else 0

    def get(self, scope: Scope, person: str, now_ms: int) -> Isolated | None:
        """None: not isolated now, or of another branch."""
        where, values = scope.where(_HERE)
        sql = f"{_SELECT} WHERE {_IN_FORCE} AND isolation.person = ? AND {where} GROUP BY isolation.person"
        with self._database.read() as connection:
            row = connection.row(sql, now_ms, now_ms, person, *values)
        return Isolated(*row) if row else None

    def branch_of(self, scope: Scope, person: str) -> str | None:
        """Of somebody who is or was isolated; None: never, or of another branch."""
        where, values = scope.where(_HERE)
        sql = f"SELECT {_HERE} FROM isolation {OF_PERSON.format('isolation')} WHERE person = ? AND {where}"
        with self._database.read() as connection:
            row = connection.row(f"{sql} LIMIT 1", person, *values)
        return row[0] if row else None

    def was_isolated(self, person: str, at_ms: int) -> bool:
        """At that moment."""
        sql = (
            "SELECT 1 FROM isolation WHERE person = ? AND since_ms <= ?"
            " AND (until_ms IS NULL OR until_ms > ?) AND (lifted_ms IS NULL OR lifted_ms > ?)"
        )
        with self._database.read() as connection:
            return connection.row(sql, person, at_ms, at_ms, at_ms) is not None

    def someone(self, person: str) -> Someone | None:
        """Of the list of people."""
        return self.people([person]).get(person)

    def people(self, ids: Sequence[str]) -> dict[str, Someone]:
        """Those of these who are in the list of people; a gate may have reported any text as an id."""
        ids = [one for one in ids if "\0" not in one]  # PostgreSQL has no place for it
        if not ids:
            return {}
        marks = ", ".join("?" * len(ids))
        sql = (
            "SELECT key, scope, body FROM item WHERE channel = 'people' AND list = 'person'"
            f" AND body IS NOT NULL AND key IN ({marks})"
        )
        with self._database.read() as connection:
            rows = connection.rows(sql, *ids)
        return {key: self._someone(key, scope, body) for key, scope, body in rows}

    def _someone(self, key: str, scope: str, body: Any) -> Someone:
        item = decode_item("person", self._private.given("person", key, bytes(body)) or b"")
        assert isinstance(item, PersonItem)
        return Someone(key, scope, item)

    # --- by when everybody has checked in --------------------------------------------------------

    def minutes(self) -> dict[str, int]:
        """By branch, as far as somebody has set it."""
        with self._database.read() as connection:
            return dict(connection.rows("SELECT branch, minute FROM checkin_hour"))

    def set_minute(self, branch: str, minute: int, note: Note) -> None:
        with self._database.write() as connection:
            connection.run(
                "INSERT INTO checkin_hour (branch, minute) VALUES (?, ?)"
                " ON CONFLICT (branch) DO UPDATE SET minute = excluded.minute",
                branch,
                minute,
            )
            write_note(connection, note)


def minute_for(minutes: dict[str, int], branch: str) -> int:
    """What holds in this branch: its own, or that of the nearest above."""
    return next((minutes[one] for one in reversed(above(branch)) if one in minutes), USUAL_MINUTE)
