"""Changes that two people must agree on: isolation, close contact, block. One proposes, another one confirms.

A data checker is asked for zero errors (零差错), and a wrong isolation locks a family in. Until it is
confirmed, a proposed isolation is known as such (`isolation_pending`); what is rejected stays in the history.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from station.core.entry import from_ms, to_ms
from station.core.model import Fact, FactKind
from station.journal.connection import transaction
from station.journal.entries import Journal
from station.journal.errors import storage_errors
from station.journal.facts import About, News, Said, add_fact, open_said, seal_said


class Outcome(StrEnum):
    WAITS = "waits"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that one person asked for, and what became of it."""

    id: int
    news: News
    proposed_at: datetime
    proposed: Said
    outcome: Outcome = Outcome.WAITS
    settled_at: datetime | None = None
    settled: Said | None = None


class SamePersonError(Exception):
    """Nobody confirms what they proposed themselves."""


class SettledError(Exception):
    """There is no such proposal that waits: it was confirmed or rejected already, or never made."""


class Proposals:
    """What waits for a second person, and what became of the rest. Methods raise JournalError, VaultError."""

    def __init__(self, journal: Journal) -> None:
        self._journal, self._connection = journal, journal.connection
        self._vault = journal.vault

    def propose(self, news: News, by: str, *, now: datetime, note: str = "") -> int:
        """Ask for a change; returns its number, to confirm it by. Raises ValueError if `by` is empty."""
        if not _operator(by):
            raise ValueError("somebody must answer for a proposal")
        until_ms = to_ms(news.valid_until) if news.valid_until else None
        with storage_errors(), transaction(self._connection):
            row = self._connection.execute(
                "INSERT INTO proposal (about, subject, kind, value, as_of_ms, until_ms, source,"
                " proposed_at_ms, proposed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(news.about, news.subject, news.kind, news.value, to_ms(news.as_of), until_ms),
                    *(news.source, to_ms(now), seal_said(self._vault, Said(by, note), news)),
                ),
            )
            return row.lastrowid or 0

    def confirm(self, number: int, by: str, *, now: datetime, note: str = "") -> None:
        """Bring it into force. Raises SettledError, SamePersonError, ValueError if `by` is empty."""
        if not _operator(by):
            raise ValueError("somebody must answer for a confirmation")
        with storage_errors(), transaction(self._connection):
            proposal = self._waiting(number)
            if _operator(by) == _operator(proposal.proposed.by):
                raise SamePersonError
            self._settle(proposal, Outcome.CONFIRMED, Said(by, note), now)
            said = Said(proposal.proposed.by, proposal.proposed.note, by)
            clock_ms = self._journal.clock_off()
            add_fact(self._connection, self._vault, proposal.news, now, said=said, clock_ms=clock_ms)

    def reject(self, number: int, by: str, *, now: datetime, note: str = "") -> None:
        """Say no, also to one's own; it stays in the history. Raises SettledError."""
        with storage_errors(), transaction(self._connection):
            self._settle(self._waiting(number), Outcome.REJECTED, Said(by, note), now)

    def waiting(self) -> list[Proposal]:
        """What waits for a second person, oldest first."""
        return self._all("WHERE outcome IS NULL")

    def about(self, about: About, subject: str) -> list[Proposal]:
        """Everything that was ever proposed about a subject, oldest first."""
        return self._all("WHERE about = ? AND subject = ?", about, subject)

    def _waiting(self, number: int) -> Proposal:
        found = self._all("WHERE id = ? AND outcome IS NULL", number)
        if not found:
            raise SettledError(number)
        return found[0]

    def _settle(self, proposal: Proposal, outcome: Outcome, said: Said, now: datetime) -> None:
        self._connection.execute(
            "UPDATE proposal SET outcome = ?, settled_at_ms = ?, settled = ? WHERE id = ?",
            (outcome, to_ms(now), seal_said(self._vault, said, proposal.news), proposal.id),
        )

    def _all(self, where: str, *parameters: object) -> list[Proposal]:
        with storage_errors():
            rows = self._connection.execute(f"{_SELECT} {where} ORDER BY id", parameters).fetchall()
        return [self._proposal(*row) for row in rows]

    def _proposal(
        self,
        number: int,
        about: About,
        subject: str,
        kind: str,
        value: str,
        as_of_ms: int,
        until_ms: int | None,
        source: str,
        proposed_at_ms: int,
        proposed: bytes,
        outcome: str | None,
        settled_at_ms: int | None,
        settled: bytes | None,
    ) -> Proposal:
        until = None if until_ms is None else from_ms(until_ms)
        news = News(about, subject, kind, value, from_ms(as_of_ms), source, until)
        return Proposal(
            number,
            news,
            from_ms(proposed_at_ms),
            open_said(self._vault, proposed, news),
            Outcome(outcome or Outcome.WAITS),
            None if settled_at_ms is None else from_ms(settled_at_ms),
            None if settled is None else open_said(self._vault, settled, news),
        )


def pending_facts(
    connection: sqlite3.Connection, key: str | None, person_id: str | None, house: str | None
) -> list[Fact]:
    """Isolations that were proposed and wait, as facts of their own kind."""
    rows = connection.execute(_PENDING, {"key": key, "person_id": person_id, "house": house or None})
    return [
        Fact(
            FactKind.ISOLATION_PENDING,
            value,
            from_ms(as_of_ms),
            source,
            None if until_ms is None else from_ms(until_ms),
        )
        for value, as_of_ms, until_ms, source in rows
    ]


_SELECT = """
SELECT id, about, subject, kind, value, as_of_ms, until_ms, source, proposed_at_ms, proposed,
       outcome, settled_at_ms, settled
FROM proposal
"""

_PENDING = """
SELECT value, as_of_ms, until_ms, source FROM proposal
WHERE outcome IS NULL AND kind = 'isolation' AND (
      (about = 'code' AND subject = :key) OR (about = 'person' AND subject = :person_id)
   OR (about = 'dwelling' AND subject = :house))
ORDER BY as_of_ms DESC, id DESC
"""


def _operator(name: str) -> str:
    """Zhang and ＺＨＡＮＧ are one person."""
    return unicodedata.normalize("NFKC", name).strip().casefold()
