"""Which passes are somebody's, and taking them back: inside a transaction of the caller."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from datetime import datetime

import msgspec

from station.core.audit import Audited, Event
from station.core.entry import to_ms
from station.journal.audit import write
from station.journal.entries import Journal
from station.journal.vault import Vault


def codes_of(connection: sqlite3.Connection, person_id: str) -> list[str]:
    """The keys of all that is somebody's or was, as far as it is nobody else's now."""
    return [code for (code,) in connection.execute(_CODES, {"person": person_id})]


def passes_of(
    connection: sqlite3.Connection, vault: Vault, person_id: str, codes: Collection[str]
) -> Iterator[bytes]:
    """The ids of all that were ever issued to them; every pass is opened for it."""
    owners = dict(connection.execute("SELECT key, person_id FROM code").fetchall())
    for pass_id, found in _opened(connection, vault):
        holder, key = found.gate_pass.holder, vault.code_key(found.text)
        by_name = vault.person_key(holder.name, holder.dwelling) == person_id
        if key in codes or (by_name and key not in owners):  # else it is a namesake's who moved in since
            yield pass_id


def bound_since(connection: sqlite3.Connection, vault: Vault, batch: int) -> list[tuple[str, str]]:
    """Keys of passes, and whose: of people whom this batch changed, and it was not the batch that bound them.

    Issuing a pass is no change of the roster, so that nothing else tells.
    """
    codes = connection.execute(_CODES_SINCE, {"batch": batch}).fetchall()
    if not codes:
        return []
    passes = [found for _, found in _opened(connection, vault)]
    issued = {vault.code_key(found.text): to_ms(found.gate_pass.issued_at) for found in passes}
    return [(key, person_id) for key, person_id, bound_ms in codes if issued.get(key, -1) > bound_ms]


def bind_to_newcomers(connection: sqlite3.Connection, vault: Vault, batch: int) -> None:
    """Whoever this batch brought in is known by the pass they have: of a list that was undone and is back."""
    new = {person_id for (person_id,) in connection.execute(_BROUGHT_IN, (batch,))}
    if not new:
        return
    revoked = {pass_id for (pass_id,) in connection.execute("SELECT pass_id FROM pass_revocation")}
    for pass_id, found in _opened(connection, vault):
        holder = found.gate_pass.holder
        person_id = vault.person_key(holder.name, holder.dwelling)
        if person_id in new and pass_id not in revoked:
            code = (vault.code_key(found.text), person_id)
            connection.execute("INSERT OR IGNORE INTO code (key, person_id) VALUES (?, ?)", code)


def take_back(journal: Journal, pass_id: bytes, now: datetime) -> bool:
    """A pass that was taken back before keeps its date: then it was not this that took it."""
    taken = journal.connection.execute(
        "INSERT INTO pass_revocation (pass_id, at_ms) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (pass_id, to_ms(now)),
    )
    if taken.rowcount:
        write(journal, Event(Audited.PASS_REVOKED, subject=pass_id.hex()), now)
    return bool(taken.rowcount)


def take_all_back(journal: Journal, person_id: str, now: datetime) -> None:
    """Whoever leaves the roster opens the gate by none of them."""
    codes = frozenset(codes_of(journal.connection, person_id))
    for pass_id in passes_of(journal.connection, journal.vault, person_id, codes):
        take_back(journal, pass_id, now)


def _opened(connection: sqlite3.Connection, vault: Vault) -> Iterator[tuple[bytes, _Pass]]:
    for pass_id, content in connection.execute("SELECT id, content FROM gate_pass").fetchall():
        yield pass_id, _pass.decode(vault.open(content, b"pass/" + pass_id))


class _Holder(msgspec.Struct):
    name: str
    dwelling: str


class _GatePass(msgspec.Struct):
    holder: _Holder
    issued_at: datetime


class _Pass(msgspec.Struct):
    """Of `passes.SignedPass` what is asked here."""

    gate_pass: _GatePass
    text: str


_pass = msgspec.msgpack.Decoder(_Pass)

_BROUGHT_IN = "SELECT person_id FROM batch_change WHERE batch = ? AND category IS NULL"
# A change `bind` bound one code, at this moment; others bind none that are passes.
_CODES_SINCE = """
SELECT code.key, code.person_id, CASE batch.kind WHEN 'bind' THEN batch.at_ms ELSE -1 END
FROM batch_change AS change
JOIN batch ON batch.id = change.batch
JOIN code ON code.person_id = change.person_id
WHERE change.batch = :batch AND change.category NOTNULL
  AND code.key NOT IN (SELECT value FROM json_each(change.links, '$.codes'))
"""
# That are theirs, or were and are nobody else's now.
_CODES = """
SELECT key FROM code WHERE person_id = :person
UNION
SELECT link.value FROM batch_change, json_each(links, '$.codes') AS link
WHERE batch_change.person_id = :person
  AND NOT EXISTS (SELECT 1 FROM code WHERE key = link.value AND person_id <> :person)
"""
