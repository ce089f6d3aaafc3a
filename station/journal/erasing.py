"""Erasing somebody because they ask for it: all that this station knows of them, in one transaction.

Entries stay, chained as they were, with a person's id that belongs to nobody any more; what lay sealed beside
them goes. What a center or another gate got is theirs to erase: the receipt says so. What goes is overwritten
in the file (`leftovers`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo
from pathlib import Path

import msgspec

from station.core.audit import Audited, Event
from station.core.entry import Entry, from_ms, to_ms
from station.journal import batches, incarnation, receipts, resealing, upstream
from station.journal.center_subjects import subjects_of_ours
from station.journal.connection import open_reader, transaction
from station.journal.entries import Journal
from station.journal.erasing_steps import COUNTS, STEPS, Trace
from station.journal.errors import VaultError, storage_errors
from station.journal.gaps import Gaps
from station.journal.held_passes import codes_of, passes_of
from station.journal.lookbacks import Kept
from station.journal.mentions import Mention, erase_mentions
from station.journal.migrations import version
from station.journal.on_record import put
from station.journal.person import COLUMNS, open_what_is_whole
from station.journal.receipts import Receipt
from station.journal.vault import Vault

_SINCE_SCHEMA = 11
_PAGES_AT_ONCE = 8000  # of the file that are looked through at once: 32 MB
_AT_ONCE = 2000  # sealed parts opened between two looks at whether to stop


class StillWaitingError(Exception):
    """They wait to be measured again: who erased them now would let a fever walk in unseen."""


class NotInRosterError(Exception):
    """Nobody of this roster has that id (any more)."""


@dataclass(frozen=True, slots=True)
class Traces:
    """Where somebody stands in this journal. Nothing of it is in clear, but it points at one person."""

    person_id: str = field(repr=False)
    codes: tuple[str, ...] = field(repr=False)  # keys
    passes: tuple[bytes, ...] = field(repr=False)  # ids
    entries: tuple[int, ...] = field(repr=False)  # positions
    upto: int  # the newest entry that was looked at
    center_ids: tuple[str, ...] = field(default=(), repr=False)  # what the center calls them

    @property
    def subjects(self) -> tuple[str, ...]:
        """Under all of which movements of theirs lie."""
        return (self.person_id, *self.center_ids, *self.codes)


@dataclass(frozen=True, slots=True)
class Erased:
    """It is done. `clean`: the file holds nothing of it either.

    Else somebody reads, or the file is large, and what lies there still goes later (`gaps`).
    """

    receipt: Receipt
    signature: bytes
    clean: bool


def find_traces(connection: sqlite3.Connection, vault: Vault, person_id: str) -> Traces:
    """Reads only, with any connection: every sealed part is opened, 100,000 of them in half a second.

    Raises JournalError, NotInRosterError; VaultError if the keys are not this journal's.
    """
    with storage_errors():
        row = connection.execute(f"SELECT {COLUMNS} FROM person WHERE id = ?", (person_id,)).fetchone()
        if row is None:
            raise NotInRosterError
        ids, found = subjects_of_ours(connection, vault, open_what_is_whole(vault, row))
        codes = list(dict.fromkeys((*codes_of(connection, person_id), *found)))
        (upto,) = connection.execute("SELECT coalesce(max(position), 0) FROM entry").fetchone()
        passes = tuple(passes_of(connection, vault, person_id, frozenset(codes)))
        traces = Traces(person_id, tuple(codes), passes, (), upto, tuple(ids))
        return replace(traces, entries=_entries(connection, vault, traces, 0))


def count_traces(connection: sqlite3.Connection, traces: Traces) -> dict[str, int]:
    """How many there are of what, before it goes; not the tasks of look-backs. Raises JournalError."""
    values = _values(traces, traces.entries, from_ms(0))
    with storage_errors():
        counts = {trace: connection.execute(COUNTS[trace], values).fetchone()[0] for trace in Trace}
    return {trace.value: count for trace, count in counts.items() if count}


def erase(
    journal: Journal,
    traces: Traces,
    event: Event,
    *,
    now: datetime,
    zone: tzinfo,
    gate: str = "",
    mentions: Sequence[Mention] = (),
) -> Erased:
    """All of it or nothing, and one receipt. `event` says who answers; its kinds are filled in.

    `mentions`: the places where others named them, as an admin saw them.

    Raises StillWaitingError, JournalError, VaultError.
    """
    connection, vault = journal.connection, journal.vault
    with storage_errors(), transaction(connection):
        _refuse_if_waiting(connection, vault, traces)
        subjects = traces.subjects
        entries = (*traces.entries, *_entries(connection, vault, traces, traces.upto))
        values = _values(traces, entries, now)
        counts = {trace: connection.execute(COUNTS[trace], values).fetchone()[0] for trace in Trace}
        counts[Trace.MENTIONS] = erase_mentions(journal, mentions, now)
        counts[Trace.TASKS] = _drop_tasks(connection, vault, frozenset(subjects))
        _drop_told(connection, vault, subjects)
        _forget_details(connection, vault, traces.person_id)
        for step in STEPS:
            connection.execute(step, values)
        batches.begin(connection, vault, "remove", now, "operator", by=event.who.number)
        kinds = {trace.value: count for trace, count in counts.items() if count}
        receipt = _receipt(connection, kinds, entries, now, zone, gate)
        signature = receipts.signed(receipt, vault.sign)
        connection.execute(
            "INSERT INTO erasure (number, at_ms, record, signature) VALUES (?, ?, ?, ?)",
            (receipt.number, to_ms(now), receipts.encode(receipt), signature),
        )
        connection.executemany(
            "INSERT OR IGNORE INTO erased_entry (position, erasure) VALUES (?, ?)",
            [(position, receipt.number) for position in entries],
        )
        put(journal, _told(event, receipt), now)
    gaps = Gaps(connection)
    gaps.step(_PAGES_AT_ONCE)
    return Erased(receipt, signature, gaps.done)


@dataclass(frozen=True, slots=True)
class Fate:
    """Why an entry has no personal part any more: a request of that day, or its age (None)."""

    asked: date | None


def fate(folder: Path, entry: Entry, zone: tzinfo) -> Fate | None:
    """None: it is as it was recorded. Raises NoJournalError, JournalError."""
    with storage_errors(), closing(open_reader(folder)) as connection:
        if version(connection) >= _SINCE_SCHEMA:
            asked = connection.execute(_ASKED, (entry.id,)).fetchone()
            if asked:
                return Fate(from_ms(asked[0]).astimezone(zone).date())
        there = connection.execute(_PERSONAL, (entry.id,)).fetchone()
    return Fate(None) if entry.commitment and not there else None


# --- finding ------------------------------------------------------------------------------------


def _entries(connection: sqlite3.Connection, vault: Vault, traces: Traces, after: int) -> tuple[int, ...]:
    """Whose movement it is, or beside which one of these codes lies sealed."""
    values = {"subjects": json.dumps(traces.subjects), "after": after}
    found = {position for (position,) in connection.execute(_MOVED, values)}
    codes = {code.encode() for code in traces.codes}
    for position, entry_id, sealed in _sealed_parts(connection, after) if codes else ():
        if position not in found and vault.open(sealed, entry_id) in codes:
            found.add(position)
    return tuple(sorted(found))


def _sealed_parts(connection: sqlite3.Connection, after: int) -> Iterator[tuple[int, bytes, bytes]]:
    """By pages: an open cursor would keep the writer from starting its WAL afresh."""
    while rows := connection.execute(_PARTS, (after, _AT_ONCE)).fetchall():
        yield from rows
        after = rows[-1][0]


# --- erasing ------------------------------------------------------------------------------------


def _refuse_if_waiting(connection: sqlite3.Connection, vault: Vault, traces: Traces) -> None:
    """The list is the running lane's, which would write it anew."""
    for name, sealed in connection.execute(_RECHECKS).fetchall():
        try:
            waiting = vault.open(sealed, f"lane/{name}".encode())
        except VaultError:
            continue  # the lane cannot read it either, and begins another
        if any(subject.encode() in waiting for subject in traces.subjects):
            raise StillWaitingError


def _values(traces: Traces, entries: tuple[int, ...], now: datetime) -> dict[str, object]:
    return {
        "person": traces.person_id,
        "theirs": json.dumps(traces.center_ids),
        "subjects": json.dumps(traces.subjects),
        "codes": json.dumps(traces.codes),
        "passes": json.dumps([one.hex() for one in traces.passes]),
        "entries": json.dumps(entries),
        "now": to_ms(now),
    }


def _drop_tasks(connection: sqlite3.Connection, vault: Vault, subjects: frozenset[str]) -> int:
    """Look-backs on them go; of others they are taken out. How many tasks that were."""
    dropped = 0
    for name, sealed in connection.execute(_LOOKBACKS).fetchall():
        context = f"lane/{name}".encode()
        kept = msgspec.msgpack.decode(vault.open(sealed, context), type=Kept)
        others = tuple(task for task in kept.tasks if task.subject not in subjects)
        if kept.subject in subjects:
            connection.execute("DELETE FROM lane_memory WHERE name = ?", (name,))
            dropped += len(kept.tasks)
        elif len(others) < len(kept.tasks):
            record = msgspec.msgpack.encode(msgspec.structs.replace(kept, tasks=others))
            connection.execute(
                "UPDATE lane_memory SET sealed = ? WHERE name = ?", (vault.seal(record, context), name)
            )
            dropped += len(kept.tasks) - len(others)
    return dropped


def _drop_told(connection: sqlite3.Connection, vault: Vault, subjects: tuple[str, ...]) -> None:
    """What was just seen on their telephone: a gate that stands still would keep it until it begins again."""
    row = connection.execute("SELECT sealed FROM lane_memory WHERE name = 'told'").fetchone()
    try:
        told = vault.open(row[0], b"lane/told") if row else b""
    except VaultError:
        return  # nor does the lane read it
    if any(subject.encode() in told for subject in subjects):
        connection.execute("DELETE FROM lane_memory WHERE name = 'told'")


def _forget_details(connection: sqlite3.Connection, vault: Vault, person_id: str) -> None:
    """What was typed about changes of theirs that were made by hand; who made them stays."""
    for number, kind, sealed in connection.execute(_TOUCHED, (person_id,)).fetchall():
        context = f"batch/{kind}".encode()
        by = batches.open_detail(vault, kind, sealed).by
        detail = vault.seal(msgspec.msgpack.encode(batches.Detail(by)), context)
        connection.execute("UPDATE batch SET detail = ? WHERE id = ?", (detail, number))


def _receipt(
    connection: sqlite3.Connection,
    kinds: dict[str, int],
    entries: tuple[int, ...],
    now: datetime,
    zone: tzinfo,
    gate: str,
) -> Receipt:
    running = incarnation.current(connection)
    assert running is not None  # whoever opened the journal saw to it
    head_number, head = incarnation.head(connection, running)
    enrolled = connection.execute("SELECT 1 FROM enrolment").fetchone() is not None
    (number,) = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM erasure").fetchone()
    return Receipt(
        number=number,
        at_ms=to_ms(now),
        day=now.astimezone(zone).date().isoformat(),
        gate=gate,
        kinds=kinds,
        enrolled=enrolled,
        unsent=_unsent(connection, entries) if enrolled else 0,
        station=running.station.hex(),
        incarnation=running.id,
        head_number=head_number,
        head=head.hex(),
    )


def _unsent(connection: sqlite3.Connection, entries: tuple[int, ...]) -> int:
    waiting: set[int] = set()
    for one in incarnation.in_order(connection):
        acked, last = upstream.acked_and_archived(connection, one.id)[0], resealing.length(connection, one)
        wanted = {"incarnation": one.id, "first": acked + 1, "last": last}
        waiting.update(row[1] for row in connection.execute(resealing.RECORDS, wanted))
    return len(waiting.intersection(entries))


def _told(event: Event, receipt: Receipt) -> Event:
    facts = (
        ("why", "request"),
        ("receipt", str(receipt.number)),
        *((kind, str(count)) for kind, count in receipt.kinds.items()),
    )
    return Event(Audited.ERASED, event.who, "", facts, event.note)


_MOVED = """
SELECT position FROM movement WHERE position > :after AND subject IN (SELECT value FROM json_each(:subjects))
"""
_PARTS = """
SELECT position, entry.id, sealed FROM personal JOIN entry USING (position)
WHERE position > ? ORDER BY position LIMIT ?
"""
_RECHECKS = "SELECT name, sealed FROM lane_memory WHERE name IN ('rechecks', 'recheck-claims')"
_LOOKBACKS = "SELECT name, sealed FROM lane_memory WHERE name GLOB 'lookback/*'"
_TOUCHED = """
SELECT id, kind, batch.detail FROM batch JOIN batch_change ON batch_change.batch = batch.id
WHERE person_id = ? AND kind <> 'import'
"""
_ASKED = """
SELECT erasure.at_ms FROM entry JOIN erased_entry USING (position)
JOIN erasure ON erasure.number = erased_entry.erasure WHERE entry.id = ?
"""
_PERSONAL = "SELECT 1 FROM personal JOIN entry USING (position) WHERE entry.id = ?"
