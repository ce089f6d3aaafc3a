"""What one item of the center's lists changes in the journal's tables. Only within a transaction.

Facts go where all facts are, revoked passes to the revoked passes; every item is kept besides, so that one
that is gone can be told from one that never was.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from station.core.entry import to_ms
from station.journal.center_pages import SOURCE, PreparedItem
from station.journal.facts import News, add_fact
from station.journal.vault import Vault

_KEPT_UNTIL_TAKEN = "trust"  # its end is put to use by a step of its own, as its beginning


class Changes:
    """One transaction's writing, and what came of it."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        vault: Vault,
        channel: str,
        generation: int,
        now: datetime,
        clock_ms: int | None = None,
    ) -> None:
        self.connection, self.vault, self.channel = connection, vault, channel
        self.generation, self.now, self.clock_ms = generation, now, clock_ms
        self.facts: list[News] = []
        self.facts_gone = 0
        self.counts: Counter[str] = Counter()  # by list


def put_items(changes: Changes, items: Iterable[PreparedItem]) -> None:
    """Each in its turn."""
    for item in items:
        changes.counts[item.list] += 1
        if item.sealed is None:
            _forget(changes, item.list, item.key)
            continue
        taken = 0
        if item.news:
            _put_fact(changes, item.news)
        elif item.pass_id is not None:
            taken = _revoke(changes, item.pass_id, item.at_ms)
        row = (item.list, item.key, changes.channel, item.version, changes.generation, taken, item.sealed)
        changes.connection.execute(_KEEP, row)


def drop_old(changes: Changes) -> None:
    """What did not come again is gone."""
    old = changes.connection.execute(
        "SELECT list, key FROM center_item WHERE channel = ? AND generation < ?",
        (changes.channel, changes.generation),
    ).fetchall()
    for list_name, key in old:
        changes.counts[list_name] += 1
        _forget(changes, list_name, key)


def _forget(changes: Changes, list_name: str, key: str) -> None:
    connection, place = changes.connection, (list_name, key)
    row = connection.execute("SELECT taken FROM center_item WHERE list = ? AND key = ?", place).fetchone()
    if row is None:
        return
    if list_name == "fact":
        _take_back(changes, key)
    elif list_name == "revoked_pass" and row[0]:  # not if it was revoked here too
        connection.execute("DELETE FROM pass_revocation WHERE pass_id = ?", (bytes.fromhex(key),))
    if list_name == _KEPT_UNTIL_TAKEN:
        connection.execute(_EMPTY, (changes.generation, *place))
    else:
        connection.execute("DELETE FROM center_item WHERE list = ? AND key = ?", place)


def _put_fact(changes: Changes, news: News) -> None:
    """What the center said before and takes back by saying this does not count any more."""
    about, as_of_ms = (news.about, news.subject, news.kind), to_ms(news.as_of)
    until_ms = None if news.valid_until is None else to_ms(news.valid_until)
    _delete(changes, _LATER, (*about, SOURCE, as_of_ms, as_of_ms, news.value, until_ms))
    before = changes.connection.total_changes
    add_fact(changes.connection, changes.vault, news, changes.now, clock_ms=changes.clock_ms)
    if changes.connection.total_changes > before:
        changes.facts.append(news)


def _take_back(changes: Changes, key: str) -> None:
    about, _, rest = key.partition(":")
    subject, _, kind = rest.rpartition(":")
    changes.facts_gone += _delete(changes, _ALL, (about, subject, kind, SOURCE))


def _delete(changes: Changes, which: str, parameters: tuple[object, ...]) -> int:
    """A row that says nothing keeps the highest position: none is used twice, for look-backs go by them."""
    if not changes.connection.execute(f"SELECT 1 FROM fact WHERE {which}", parameters).fetchone():
        return 0
    changes.connection.execute(_HOLD_PLACE, (to_ms(changes.now),))
    gone = changes.connection.execute(f"DELETE FROM fact WHERE {which}", parameters).rowcount
    changes.connection.execute(_ONE_PLACE)
    return gone


def _revoke(changes: Changes, pass_id: bytes, at_ms: int) -> int:
    """1 if it was not revoked before, here or there."""
    inserted = changes.connection.execute(
        "INSERT INTO pass_revocation (pass_id, at_ms) VALUES (?, ?) ON CONFLICT DO NOTHING", (pass_id, at_ms)
    ).rowcount
    return int(inserted > 0)


_KEEP = """
INSERT INTO center_item (list, key, channel, version, generation, taken, sealed) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (list, key) DO UPDATE SET
    channel = excluded.channel, version = excluded.version, generation = excluded.generation,
    sealed = excluded.sealed,
    taken = CASE WHEN list IN ('revoked_pass', 'notice', 'task') THEN max(taken, excluded.taken) ELSE 0 END
"""
_EMPTY = "UPDATE center_item SET sealed = NULL, taken = 0, generation = ? WHERE list = ? AND key = ?"
_ALL = "about = ? AND subject = ? AND kind = ? AND source = ?"
_LATER = f"{_ALL} AND as_of_ms >= ? AND NOT (as_of_ms = ? AND value = ? AND until_ms IS ?)"
_NOBODY = "about = 'code' AND subject = '' AND kind = 'withdrawn'"
_HOLD_PLACE = """
INSERT INTO fact (about, subject, kind, value, as_of_ms, source, told_at_ms, said)
VALUES ('code', '', 'withdrawn', '', 0, 'center', ?, x'')
"""
_ONE_PLACE = f"""
DELETE FROM fact WHERE {_NOBODY}
AND position < (SELECT max(position) FROM fact WHERE {_NOBODY})
"""
