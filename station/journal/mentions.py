"""Where somebody is named in what others typed: calls for help, hand-over sheets, errands, visits, notes.

Nothing there points at a person, so everything that is sealed is opened and looked through for their name,
phone and ID number. That finds namesakes too: an admin sees each place before it goes. A call for help is
blanked and told to the center anew; what is signed or only ever about that goes whole.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from station.journal import batches
from station.journal.audit import note_context
from station.journal.entries import Journal
from station.journal.errors import VaultError, storage_errors
from station.journal.person import COLUMNS, Person, open_person
from station.journal.reports import Reports
from station.journal.vault import Vault
from station.sync.reports import CaseLine, CaseReport, HandoverReport, Kind, TaskDone, decode_body

_AROUND = 14  # characters that are shown on either side
_SHORTEST_NAME, _SHORTEST_NUMBER = 2, 7  # characters: a tail of four digits is anybody's
_CLEAR = "—"


@dataclass(frozen=True, slots=True)
class Mention:
    """One place. `kind` is a word of `journal.retention_rules.Kind`; `excerpt` is what stands around it."""

    kind: str
    table: str
    key: tuple[object, ...]
    excerpt: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Place:
    """Sealed texts of a table, and what takes them away."""

    kind: str
    table: str
    query: str  # the columns of the key, and what is sealed
    keys: int
    context: Callable[..., bytes]
    erase: tuple[str, ...] = ()


def find_mentions(connection: sqlite3.Connection, vault: Vault, person_id: str) -> tuple[Mention, ...]:
    """Reads only, with any connection. What does not open is left out. Raises JournalError, VaultError."""
    with storage_errors():
        row = connection.execute(f"SELECT {COLUMNS} FROM person WHERE id = ?", (person_id,)).fetchone()
        wanted = _wanted(open_person(vault, row)) if row else []
        found = dict[tuple[str, tuple[object, ...]], Mention]()
        for place in _PLACES if wanted else ():
            for mention in _in_place(connection, vault, place, person_id, wanted):
                found.setdefault((mention.table, mention.key), mention)
    return tuple(found.values())


def erase_mentions(journal: Journal, mentions: Sequence[Mention], now: datetime) -> int:
    """Only within a transaction; how many places that were. Raises VaultError."""
    by_table = {place.table: place for place in _PLACES}
    for mention in mentions:
        if mention.table == "report":
            _blank_report(journal, mention.key[0], now)
        elif mention.table == "batch":
            _blank_batch(journal, *mention.key)
        for step in by_table[mention.table].erase:
            journal.connection.execute(step, mention.key[: step.count("?")])
    return len(mentions)


def _wanted(person: Person) -> list[bytes]:
    names = [person.name] if len(person.name) >= _SHORTEST_NAME else []
    numbers = [one for one in (*person.phones, person.id_number or "") if len(one) >= _SHORTEST_NUMBER]
    return [one.encode() for one in (*names, *numbers)]


def _in_place(
    connection: sqlite3.Connection, vault: Vault, place: _Place, person_id: str, wanted: list[bytes]
) -> Iterator[Mention]:
    for *key, sealed in connection.execute(place.query, {"person": person_id}).fetchall():
        try:
            plain = vault.open(sealed, place.context(*key))
        except VaultError:
            if vault.locked:
                raise
            continue  # the journal's check names it
        at = next((plain.find(one) for one in wanted if one in plain), None)
        if at is not None:
            yield Mention(place.kind, place.table, tuple(key[: place.keys]), _excerpt(plain, at))


def _excerpt(plain: bytes, at: int) -> str:
    """Some characters on either side; what is no text of people's is left out."""
    before = plain[max(0, at - 3 * _AROUND) : at].decode(errors="ignore")
    after = plain[at : at + 4 * _AROUND].decode(errors="ignore")
    text = "".join(one if one.isprintable() else " " for one in before[-_AROUND:] + after[: 2 * _AROUND])
    return " ".join(text.split())


def _blank_report(journal: Journal, report_id: object, now: datetime) -> None:
    assert isinstance(report_id, bytes)
    row = journal.connection.execute(
        "SELECT kind, sealed, open FROM report WHERE id = ?", (report_id,)
    ).fetchone()
    body = decode_body(journal.vault.open(row[1], b"report/" + report_id), _BODIES[row[0]])
    blank = msgspec.structs.replace(body, **_BLANK[row[0]])
    Reports(journal).put_within(row[0], report_id, blank, now, is_open=bool(row[2]))


def _blank_batch(journal: Journal, number: object, kind: object) -> None:
    """Who made the change stays."""
    vault, context = journal.vault, f"batch/{kind}".encode()
    (sealed,) = journal.connection.execute("SELECT detail FROM batch WHERE id = ?", (number,)).fetchone()
    by = batches.open_detail(vault, str(kind), sealed).by
    detail = vault.seal(msgspec.msgpack.encode(batches.Detail(by)), context)
    journal.connection.execute("UPDATE batch SET detail = ? WHERE id = ?", (detail, number))


_BODIES: dict[str, type[msgspec.Struct]] = {
    Kind.CASE: CaseReport,
    Kind.CASE_LINE: CaseLine,
    Kind.TASK_DONE: TaskDone,
    Kind.HANDOVER: HandoverReport,
}
_BLANK: dict[str, dict[str, object]] = {
    Kind.CASE: {"title": "", "text": "", "about": "", "person_id": "", "picture": b""},
    Kind.CASE_LINE: {"text": _CLEAR},
    Kind.TASK_DONE: {"note": ""},
    Kind.HANDOVER: {"points": (), "remark": ""},
}
_KINDS = ", ".join(f"'{kind}'" for kind in _BODIES)

_PLACES = (
    _Place(
        *("reports", "report", f"SELECT id, sealed FROM report WHERE kind IN ({_KINDS})"),
        *(1, lambda one: b"report/" + one),
    ),
    _Place(
        *("duty", "handover", "SELECT id, sealed FROM handover", 1, lambda one: f"handover/{one}".encode()),
        ("DELETE FROM handover_sign WHERE handover = ?", "DELETE FROM handover WHERE id = ?"),
    ),
    _Place(
        *(
            "errands",
            "errand",
            "SELECT id, sealed FROM errand",
            1,
            lambda one: f"errand/errand/{one}".encode(),
        ),
        ("DELETE FROM errand WHERE id = ?",),
    ),
    _Place(
        *("errands", "errand", "SELECT id, closed FROM errand WHERE closed NOTNULL", 1),
        lambda one: f"errand/closed/{one}".encode(),
        ("DELETE FROM errand WHERE id = ?",),
    ),
    _Place(
        *("visits", "visit", "SELECT id, sealed FROM visit", 1, lambda one: f"visit/{one}".encode()),
        ("DELETE FROM visit WHERE id = ?",),
    ),
    _Place(
        *("visits", "announced_visit", "SELECT id, sealed FROM announced_visit", 1),
        lambda one: f"announced/{one}".encode(),
        ("DELETE FROM announced_visit WHERE id = ?",),
    ),
    _Place(
        *("said", "fact", "SELECT position, about, subject, kind, said FROM fact WHERE said <> x''", 1),
        lambda _, about, subject, kind: f"fact/{about}/{subject}/{kind}".encode(),
        ("UPDATE fact SET said = x'' WHERE position = ?",),
    ),
    _Place(
        *("former", "batch", "SELECT id, kind, detail FROM batch", 2),
        lambda _, kind: f"batch/{kind}".encode(),
    ),
    _Place(
        *("notes", "audit_note", "SELECT number, sealed FROM audit_note", 1, note_context),
        ("DELETE FROM audit_note WHERE number = ?",),
    ),
)
