"""Facts of the lists, followed: which colours changed, who became isolated; whoever wrote them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import msgspec

from center.store import colours
from center.store.colours import Said
from center.store.database import Connection, Database
from center.store.health import Event, put_event
from center.store.lists import Lists
from center.store.migrations import meta, set_meta
from center.store.private_items import PrivateItems
from station.core.facts import FactKind, IsolationState
from station.sync.items import FactItem, PersonItem, decode_item

_SEEN = "facts_followed"  # the version up to which it was done
_MOST, _AT_ONCE = 20_000, 1000
_ISOLATED = frozenset(IsolationState) - {IsolationState.NONE}
_FACTS = (
    "SELECT key, version, body, scope FROM item WHERE list = 'fact' AND channel = 'quick' AND version > ?"
    " ORDER BY version LIMIT ?"
)
Owners = dict[tuple[str, str], list[str]]


@dataclass(frozen=True, slots=True)
class _Told:
    """One fact of the list; `fact` None: it is gone."""

    about: str
    subject: str
    kind: str
    version: int
    scope: str
    fact: FactItem | None


class Following:
    """`step` looks at what is new. Twice, or in two centers at once, does no harm."""

    def __init__(self, database: Database, private: PrivateItems, lists: Lists) -> None:
        self._database, self._private, self._lists = database, private, lists

    def step(self, now_ms: int) -> int:
        """How many facts were looked at."""
        told, until, unnamed = self._news()
        owners = self._owners({*unnamed, *_unowned(told)})
        for place in range(0, len(told), _AT_ONCE):
            some = told[place : place + _AT_ONCE]
            with self._database.write() as connection:
                for one in some:
                    self._take(connection, one, owners, now_ms)
                set_meta(connection, _SEEN, str(some[-1].version).encode())
        if unnamed or until:
            with self._database.write() as connection:
                _name(connection, unnamed, owners)
                if until:
                    set_meta(connection, _SEEN, str(until).encode())
        return len(told)

    def _news(self) -> tuple[list[_Told], int, list[tuple[str, str]]]:
        """What is new; up to which version that is all (0: nothing is); codes that nobody was looked for."""
        with self._database.read() as connection:
            unnamed = [
                ("code", subject)
                for (subject,) in connection.rows(
                    "SELECT DISTINCT subject FROM colour_change WHERE person IS NULL LIMIT 1000"
                )
            ]
            row = connection.row("SELECT newest FROM channel WHERE channel = 'quick'")
            newest, seen = int(row[0]) if row else 0, int(meta(connection, _SEEN) or b"0")
            if newest == seen:
                return [], 0, unnamed
            rows = connection.rows(_FACTS, seen if seen < newest else 0, _MOST)
        return list(_read(rows)), newest if len(rows) < _MOST else int(rows[-1][1]), unnamed

    def _owners(self, wanted: set[tuple[str, str]]) -> Owners:
        """Whose these codes and dwellings are: one look through the list of people, if any is asked for."""
        owners: Owners = {}
        for item in self._lists.each("people", "person") if wanted else ():
            person = decode_item("person", item.body or b"")
            assert isinstance(person, PersonItem)
            for place in (*(("code", code) for code in person.codes), ("dwelling", person.house)):
                if place in wanted:
                    owners.setdefault(place, []).append(item.key)
        return owners

    def _take(self, connection: Connection, told: _Told, owners: Owners, now_ms: int) -> None:
        whose = [told.subject] if told.about == "person" else owners.get((told.about, told.subject), [])
        if told.kind == FactKind.COLOUR and told.about in ("person", "code"):
            fact = told.fact
            value, as_of_ms, source = (fact.value, fact.as_of_ms, fact.source) if fact else ("", now_ms, "")
            said = Said(told.about, told.subject, value, as_of_ms, source, told.scope)
            colours.change(connection, said, whose[0] if whose else "", now_ms)
        elif told.kind == FactKind.ISOLATION:
            self._isolate(connection, told, whose, now_ms)
        elif told.kind == FactKind.TEST and told.about == "person" and told.fact:
            self._test(connection, told.subject, told.fact)

    def _isolate(self, connection: Connection, told: _Told, whose: Sequence[str], now_ms: int) -> None:
        fact = told.fact
        if fact is None or fact.value not in _ISOLATED:
            self._lift(connection, told.subject, fact.as_of_ms if fact else now_ms)
            return
        for person in whose:
            known = connection.row(
                "SELECT value, lifted_ms FROM isolation WHERE person = ? AND subject = ?",
                person,
                told.subject,
            )
            values = (person, told.subject, told.scope, fact.value, fact.as_of_ms, fact.until_ms)
            connection.run(_ISOLATE, *values)
            if known != (fact.value, None):
                self._event(connection, person, "begun", fact)

    def _lift(self, connection: Connection, subject: str, at_ms: int) -> None:
        lifted = connection.rows(
            "UPDATE isolation SET lifted_ms = ? WHERE subject = ? AND lifted_ms IS NULL RETURNING person",
            at_ms,
            subject,
        )
        for (person,) in lifted:
            self._event(connection, person, "lifted", FactItem("", subject, "isolation", "none", at_ms))

    def _test(self, connection: Connection, person: str, fact: FactItem) -> None:
        """Only on the card of somebody who has one."""
        if connection.row("SELECT 1 FROM isolation WHERE person = ? LIMIT 1", person):
            self._event(connection, person, "test", fact)

    def _event(self, connection: Connection, person: str, kind: str, fact: FactItem) -> None:
        name = f"{person} {fact.subject} {kind} {fact.value} {fact.as_of_ms}"
        id = sha256(name.encode()).digest()[:16]
        event = Event(value=fact.value)
        put_event(connection, self._private, id, person, kind, event, "", fact.as_of_ms)


def _read(rows: Sequence[tuple[Any, ...]]) -> Iterator[_Told]:
    for key, version, body, scope in rows:
        about, _, rest = str(key).partition(":")
        subject, _, kind = rest.rpartition(":")
        try:
            fact = decode_item("fact", bytes(body)) if body is not None else None
        except msgspec.DecodeError:
            continue  # of a newer center
        assert fact is None or isinstance(fact, FactItem)
        yield _Told(about, subject, kind, int(version), scope, fact)


def _unowned(told: Sequence[_Told]) -> Iterator[tuple[str, str]]:
    for one in told:
        if one.about != "person" and one.kind in (FactKind.COLOUR, FactKind.ISOLATION):
            yield one.about, one.subject


def _name(connection: Connection, unnamed: Sequence[tuple[str, str]], owners: Owners) -> None:
    for place in unnamed:
        person = owners.get(place, [""])[0]
        connection.run(
            "UPDATE colour_change SET person = ? WHERE subject = ? AND person IS NULL", person, place[1]
        )


_ISOLATE = """
INSERT INTO isolation (person, subject, branch, value, since_ms, until_ms, lifted_ms)
VALUES (?, ?, ?, ?, ?, ?, NULL)
ON CONFLICT (person, subject) DO UPDATE SET
    branch = excluded.branch, value = excluded.value, until_ms = excluded.until_ms, lifted_ms = NULL,
    since_ms = CASE WHEN isolation.lifted_ms IS NULL THEN isolation.since_ms ELSE excluded.since_ms END
"""
