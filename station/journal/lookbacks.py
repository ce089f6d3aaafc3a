"""Looking back over a journal: which facts are news, which records have to be read, what became of it.

Of a hundred thousand entries only those of one person and those within a quarter hour of them are read, by
the movements and by time. A look-back is kept as one sealed record of tasks; a tick replaces the record.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import msgspec

from station.core.entry import from_ms, to_ms
from station.journal.center_cursor import Cursor, read_cursor
from station.journal.center_people import CenterPeople
from station.journal.center_subjects import all_subjects, living_in, sure_subjects, whose_it_may_be
from station.journal.connection import transaction
from station.journal.entries import Journal
from station.journal.errors import storage_errors
from station.journal.facts import counting
from station.journal.migrations import version
from station.journal.movements import last_seen
from station.journal.reports import Reports
from station.journal.spans import within
from station.journal.vault import Vault
from station.sync.reports import Kind, LookbackReport

_POLICIES_SINCE = 7  # schema
_CENTER_SINCE = 8
_PREFIX = "lookback/"
PEOPLE_COME = timedelta(minutes=1)  # after a red of one of them: asked for at once, and again each minute
_SEEN = "lookback-seen"
_AWAITED = "lookback-awaited"
_OPENED = "lookback-opened"


@dataclass(frozen=True, slots=True)
class BadNews:
    """A fact that has been told since somebody looked last, and that may make entries look otherwise."""

    position: int
    about: str  # person, code, dwelling
    subject: str = field(repr=False)
    kind: str
    value: str
    as_of: datetime  # UTC


class Task(msgspec.Struct, frozen=True, array_like=True):
    """One passage to follow up. Fields are only ever appended."""

    entry_id: bytes
    number: int
    at_ms: int
    direction: str
    subject: str | None  # person's id or code's key; None: nobody said who they are
    theirs: bool  # of the person that the change is about; else of somebody beside them
    before: int  # Severity that stands
    now: int | None = None  # what it would be under the changed facts, if that is another one
    done_at_ms: int | None = None
    done_by: str = ""


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """A look-back with its tasks."""

    name: str
    made_at_ms: int
    subject: str  # whose facts changed
    since_ms: int
    facts: tuple[tuple[str, str], ...]  # kind and value
    tasks: tuple[Task, ...]
    policy: str  # under whose rules it was judged

    @property
    def made_at(self) -> datetime:
        return from_ms(self.made_at_ms)

    @property
    def open(self) -> int:
        """How many tasks nobody has ticked."""
        return sum(task.done_at_ms is None for task in self.tasks)


@dataclass(frozen=True, slots=True)
class Records:
    """What a look-back reads, oldest first, and whose entries they are."""

    records: tuple[bytes, ...]
    theirs: frozenset[bytes]  # ids of entries of the person asked about
    subjects: dict[bytes, str] = field(repr=False)  # by entry id
    numbers: dict[bytes, int]
    stands: dict[bytes, int]  # Severity of those that were corrected, whenever that was


class Passages:
    """The entries of a journal, by person and time. Reads only; methods raise JournalError.

    With the vault also those of whom the center speaks under another id or key; these raise VaultError too.
    """

    def __init__(self, connection: sqlite3.Connection, vault: Vault | None = None) -> None:
        self._connection = connection
        self._vault = vault if version(connection) >= _CENTER_SINCE else None

    def around(self, subject: str, since: datetime, within: timedelta) -> Records:
        """A person's entries since then, whatever their code was, and all that lie within this of them."""
        begin, apart = to_ms(since), within // timedelta(milliseconds=1)
        with storage_errors():
            subjects = msgspec.json.encode(self._subjects(subject)).decode()
            own = self._connection.execute(_OWN, {"subjects": subjects, "begin": begin}).fetchall()
            spans = _merged((at_ms - apart, at_ms + apart) for _, at_ms in own)
            rows = [row for span in spans for row in self._connection.execute(_BETWEEN, span)]
            rows += [row for one, _ in own for row in self._connection.execute(_AMENDING, (one,))]
            by_position = {row[0]: row for row in rows}
            said = [
                row for each in by_position.values() for row in self._connection.execute(_SAID, (each[1],))
            ]
        ordered = [by_position[position] for position in sorted(by_position)]
        return Records(
            records=tuple(row[2] for row in ordered),
            theirs=frozenset(one for one, _ in own),
            subjects={row[1]: row[3] for row in ordered if row[3] is not None},
            numbers={row[1]: row[4] for row in ordered},
            stands=dict(said),
        )

    def numbered(self, number: int) -> tuple[str, datetime] | None:
        """Whose entry this is, and when; None if there is none or nobody said who they are."""
        with storage_errors():
            row = self._connection.execute(_NUMBERED, (number,)).fetchone()
        return (row[0], from_ms(row[1])) if row else None

    def subject_of(self, entry_id: bytes) -> str | None:
        """Whose entry this is, by person's id, pass or code; None if nobody said who they are."""
        with storage_errors():
            row = self._connection.execute(_SUBJECT, (entry_id,)).fetchone()
        return row[0] if row else None

    def normal_after(self, entry_id: bytes) -> bool:
        """Whether whoever made this entry was let through with a normal temperature later."""
        with storage_errors():
            return self._connection.execute(_NORMAL_AFTER, (entry_id,)).fetchone() is not None

    def policy_text(self, digest: str) -> str | None:
        """The exact text of a policy of this station; None if it was not kept."""
        with storage_errors():
            if version(self._connection) < _POLICIES_SINCE:
                return None
            row = self._connection.execute(
                "SELECT text FROM policy_text WHERE digest = ?", (digest,)
            ).fetchone()
        return row[0] if row else None

    def members(self, house: str) -> list[str]:
        """The ids of those who live in a dwelling, by its key."""
        with storage_errors():
            if self._vault:
                return living_in(self._connection, self._vault, house)
            rows = self._connection.execute("SELECT id FROM person WHERE house = ?", (house,)).fetchall()
        return [person_id for (person_id,) in rows]

    def known_here_as(self, subject: str) -> str:
        """Our own person, if the center's fact is about one; else the subject itself."""
        with storage_errors():
            rows = self._connection.execute(_OURS, (msgspec.json.encode(self._subjects(subject)).decode(),))
            return next((person_id for (person_id,) in rows), subject)

    def _subjects(self, subject: str) -> list[str]:
        return all_subjects(self._connection, self._vault, subject) if self._vault else [subject]

    def newest_fact(self) -> int:
        """The position of the last fact that was told; 0 before the first."""
        with storage_errors():
            (position,) = self._connection.execute("SELECT coalesce(max(position), 0) FROM fact").fetchone()
        return int(position)

    def news_after(self, position: int, awaited: Iterable[int] = ()) -> list[BadNews]:
        """Bad facts that were told after this position, or wait for their person, and still count; oldest
        first."""
        with storage_errors():
            waiting = msgspec.json.encode(tuple(awaited)).decode()
            rows = self._connection.execute(_NEWS, (position, waiting)).fetchall()
            news = [BadNews(row[0], row[1], row[2], row[3], row[4], from_ms(row[5])) for row in rows]
            of_one_kind = {(one.about, one.subject, one.kind) for one in news}
            count = {each for those in of_one_kind for each in counting(self._connection, *those)}
        return [one for one in news if one.position in count]

    def awaited_since(self, news: BadNews, now: datetime) -> datetime | None:
        """When the center told it of somebody who may still come with its people; None: nobody is awaited.

        Who comes at all is there when that list was complete once more, behind a network that went away too.
        A list that our clock heard later than `now` was heard before that clock was set back.
        """
        if news.about != "person" or self._vault is None:
            return None
        with storage_errors():
            row = self._connection.execute(_OF_A_STRANGER, (news.position,)).fetchone()
            if row is None or CenterPeople(self._connection, self._vault).by_id(news.subject):
                return None
        told, here = from_ms(row[0]), self.people_here()
        came = here.complete and here.heard is not None and told + PEOPLE_COME <= here.heard <= now
        return None if came else told

    def people_here(self) -> Cursor:
        """How far the center's people have come."""
        with storage_errors():
            return read_cursor(self._connection, "people")


class Lookbacks:
    """The look-backs of a journal with their ticks. Methods raise JournalError, VaultError."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._connection, self._vault = journal.connection, journal.vault

    @property
    def seen(self) -> int:
        """Up to which fact somebody has looked back."""
        record = _load(self._connection, self._vault, _SEEN)
        return int(record) if record else 0

    @property
    def awaited(self) -> tuple[int, ...]:
        """What was told before that, and is about somebody who may still come."""
        record = _load(self._connection, self._vault, _AWAITED)
        return tuple(map(int, record.decode().split())) if record else ()

    def saw(self, position: int, awaited: Iterable[int] = ()) -> None:
        """All up to there but these."""
        wanted = tuple(awaited)
        if wanted != self.awaited:  # first: a power cut in between must not leave one behind
            self._save(_AWAITED, " ".join(map(str, wanted)).encode())
        if position != self.seen:
            self._save(_SEEN, str(position).encode())

    def unopened(self) -> int:
        """Of how many people somebody has to look at what became of their passages, and nobody has yet."""
        record = _load(self._connection, self._vault, _OPENED)
        opened = record.decode() if record else ""
        names = frozenset(opened.splitlines())
        new = (one for one in self.all() if one.name not in names)
        if "\n" not in opened:  # of a former version: this one, and all before it
            new = (one for one in new if one.name > opened)
        return len({one.subject for one in new if one.open})

    def open_all(self) -> None:
        """Somebody has the list before them. Each is named: a clock that was ahead made the newest of all."""
        if self.unopened():
            self._save(_OPENED, "".join(f"{one.name}\n" for one in self.all()).encode())

    def all(self) -> list[Kept]:
        """Newest first."""
        return read_lookbacks(self._connection, self._vault)

    def add(self, kept: Kept) -> Kept:
        """Keep a new one; it gets its name."""
        named = msgspec.structs.replace(kept, name=f"{_PREFIX}{kept.made_at_ms:015d}-{secrets.token_hex(4)}")
        self._save_told(named, from_ms(kept.made_at_ms))
        return named

    def tick(self, name: str, entry_ids: Iterable[bytes], *, by: str, now: datetime | None) -> None:
        """These tasks are done since `now`, or not done after all: None."""
        ticked, at_ms = frozenset(entry_ids), None if now is None else to_ms(now)
        record = _load(self._connection, self._vault, name)
        if record is None:
            return
        kept = msgspec.msgpack.decode(record, type=Kept)
        tasks = tuple(
            msgspec.structs.replace(task, done_at_ms=at_ms, done_by=by) if task.entry_id in ticked else task
            for task in kept.tasks
        )
        changed = msgspec.structs.replace(kept, tasks=tasks)
        self._save_told(changed, now or kept.made_at)

    def _save_told(self, kept: Kept, now: datetime) -> None:
        """Kept here, and told to the center, in one commit."""
        sealed = self._vault.seal(msgspec.msgpack.encode(kept), _context(kept.name))
        with storage_errors(), transaction(self._connection):
            self._connection.execute(_SAVE, (kept.name, sealed))
            body = _report(self._connection, self._vault, kept)
            Reports(self._journal).put_named_within(Kind.LOOKBACK, kept.name, body, now)

    def _save(self, name: str, record: bytes) -> None:
        """Unlike the lane's memory it raises: a tick that was lost would be a visit that nobody makes."""
        sealed = self._vault.seal(record, _context(name))
        with storage_errors(), transaction(self._connection):
            self._connection.execute(_SAVE, (name, sealed))


def _report(connection: sqlite3.Connection, vault: Vault, kept: Kept) -> LookbackReport:
    """What the center is told: how many passed, and who of them is inside now."""
    theirs = tuple(task for task in kept.tasks if task.theirs)
    own = all_subjects(connection, vault, kept.subject)
    others = dict.fromkeys(task.subject for task in kept.tasks if task.subject and not task.theirs)
    inside = [
        one
        for one in others
        if one not in own and _is_inside(connection, sure_subjects(connection, vault, one))
    ]
    if any(_is_inside(connection, one) for one in whose_it_may_be(connection, vault, kept.subject)):
        inside.insert(0, kept.subject)
    done = [task.done_at_ms for task in kept.tasks]
    return LookbackReport(
        at_ms=kept.made_at_ms,
        person_id=kept.subject,
        cause=", ".join(f"{kind} {value}" for kind, value in kept.facts)[:200],
        since_ms=kept.since_ms,
        entries=tuple(task.entry_id for task in theirs if task.now is not None)[:1000],
        passages=len(theirs),
        beside=len(kept.tasks) - len(theirs),
        still_inside=tuple(inside)[:1000],
        seen_ms=max((at for at in done if at is not None), default=None) if kept.open == 0 else None,
    )


def _is_inside(connection: sqlite3.Connection, subjects: list[str]) -> bool:
    last = last_seen(connection, subjects)
    return bool(last and last[0] == "in")


def read_lookbacks(connection: sqlite3.Connection, vault: Vault) -> list[Kept]:
    """Newest first. Raises JournalError, VaultError."""
    with storage_errors():
        rows = connection.execute(_ALL, (f"{_PREFIX}*",)).fetchall()
    return [msgspec.msgpack.decode(vault.open(sealed, _context(name)), type=Kept) for name, sealed in rows]


def _load(connection: sqlite3.Connection, vault: Vault, name: str) -> bytes | None:
    with storage_errors():
        row = connection.execute("SELECT sealed FROM lane_memory WHERE name = ?", (name,)).fetchone()
    return vault.open(row[0], _context(name)) if row else None


def _context(name: str) -> bytes:
    return f"lane/{name}".encode()


def _merged(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Overlapping spans as one, so that no entry is read twice."""
    begin = end = None
    for first, last in sorted(spans):
        if end is None or first > end:
            if begin is not None and end is not None:
                yield begin, end
            begin, end = first, last
        else:
            end = max(end, last)
    if begin is not None and end is not None:
        yield begin, end


_ROW = "SELECT entry.position, entry.id, record, subject, number FROM"
_MOVED = "LEFT JOIN movement ON movement.position = entry.position"
_OWN = """
SELECT entry.id, movement.at_ms FROM movement JOIN entry USING (position)
WHERE movement.at_ms >= :begin AND subject IN (
    WITH asked (subject) AS (SELECT value FROM json_each(:subjects)),
         who (id) AS (SELECT coalesce((SELECT person_id FROM code WHERE key = subject), subject) FROM asked)
    SELECT subject FROM asked UNION SELECT id FROM who
    UNION SELECT key FROM code JOIN who ON person_id = who.id)
"""
_OURS = "SELECT person.id FROM json_each(?) AS asked CROSS JOIN person ON person.id = asked.value"
_BETWEEN = f"{_ROW} {within('?1', '?2 + 1')} {_MOVED}"
_AMENDING = f"{_ROW} entry {_MOVED} WHERE entry.amends = ?"
_SAID = "SELECT amends, severity FROM entry WHERE amends = ? ORDER BY position"
_NUMBERED = """
SELECT mover, at_ms FROM entry
WHERE incarnation IN (SELECT id FROM incarnation) AND number = ? AND mover NOT NULL
ORDER BY position DESC LIMIT 1
"""
_SUBJECT = "SELECT subject FROM movement JOIN entry USING (position) WHERE entry.id = ?"
_NORMAL_AFTER = """
SELECT 1 FROM movement AS one JOIN entry USING (position)
JOIN movement AS later ON later.subject = one.subject AND later.position > one.position
WHERE entry.id = ? AND later.passed AND later.normal_c LIMIT 1
"""
_NEWS = """
SELECT position, about, subject, kind, value, as_of_ms
FROM (SELECT position FROM fact WHERE position > ? UNION SELECT value FROM json_each(?))
JOIN fact USING (position)
WHERE kind = 'colour' AND value IN ('yellow', 'red') OR kind = 'isolation' AND value <> 'none'
  OR kind = 'block' AND value <> 'none' OR kind = 'test' AND value = 'positive'
ORDER BY position
"""
_OF_A_STRANGER = """
SELECT told_at_ms FROM fact WHERE position = ? AND source = 'center'
  AND NOT EXISTS (SELECT 1 FROM person WHERE id = subject)
"""
_ALL = "SELECT name, sealed FROM lane_memory WHERE name GLOB ? ORDER BY name DESC"
_SAVE = """
INSERT INTO lane_memory (name, sealed) VALUES (?, ?)
ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed
"""
