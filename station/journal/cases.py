"""The cases of this gate with what the center says to them, and what somebody here does about one.

Each deed is one commit with its line in the audit. Methods and functions raise JournalError, VaultError.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from station.core.audit import Audited, Event
from station.core.entry import from_ms, to_ms
from station.core.help import FOLLOWED_FOR, Help, HelpKind, Said, in_order, stage_of
from station.journal import audit
from station.journal.center_pages import item_context, read_body
from station.journal.connection import transaction
from station.journal.entries import Journal
from station.journal.errors import KeyProblem, VaultError, storage_errors
from station.journal.reports import Reports, Told, fingerprint, new_id, read_one, read_open
from station.journal.vault import Vault
from station.sync.items import CaseItem
from station.sync.reports import CaseKind, CaseLine, CaseReport, CaseState, Kind

_KINDS = {CaseKind.WHISTLE: HelpKind.WHISTLE, CaseKind.QUESTION: HelpKind.QUESTION}


@dataclass(frozen=True, slots=True)
class _Answer:
    seen: bool
    item: CaseItem = field(repr=False)


class Cases:
    """Of the lane's thread. Ids are hexadecimal, as the screen has them."""

    def __init__(self, journal: Journal, reports: Reports) -> None:
        self._journal, self._reports = journal, reports
        self._connection, self._vault = journal.connection, journal.vault

    def begin(self, report: CaseReport, now: datetime) -> str:
        """A new case; it is on the disk when this returns, and goes out by itself."""
        case_id = new_id()
        facts = (("kind", report.kind), ("what", report.what or "-"), ("entry", str(report.lane.entry)))
        with storage_errors(), transaction(self._connection):
            self._reports.put_within(Kind.CASE, case_id, report, now, is_open=True)
            self._record(Audited.WHISTLED, case_id, facts, now)
        return case_id.hex()

    def change(self, case: str, now: datetime, **changes: object) -> None:
        """Something of it is known better: what it is for, a picture. One that is over stays as it is."""
        found = self._find(case)
        if found and found[0].open:
            report = msgspec.structs.replace(found[1], **changes)
            self._reports.put(Kind.CASE, found[0].id, report, now, is_open=True)

    def arrived(self, case: str, now: datetime) -> None:
        """Somebody has come (报到)."""
        self._end(case, now, CaseState.ARRIVED, arrived_ms=to_ms(now))

    def withdraw(self, case: str, now: datetime) -> None:
        """It was a mistake, or is over without anybody coming."""
        self._end(case, now, CaseState.CLOSED, closed_ms=to_ms(now))

    def say(self, case: str, by: str, text: str, now: datetime) -> None:
        """One more line to the center."""
        line = CaseLine(bytes.fromhex(case), to_ms(now), by, text)
        self._reports.put(Kind.CASE_LINE, new_id(), line, now)

    def seen(self, case: str, now: datetime) -> None:
        """Somebody has read what the center says; a newer answer is unseen again."""
        with storage_errors(), transaction(self._connection):
            self._connection.execute(
                "UPDATE center_item SET taken = 1 WHERE list = 'case' AND key = ?", (case,)
            )
        found, answer = self._find(case), self._answers().get(case)
        over = answer is not None and answer.item.state == "closed"
        if found and found[0].open and (over or found[1].state == CaseState.CLOSED):
            self._reports.put(Kind.CASE, found[0].id, found[1], now)

    def followed(self, now: datetime, *, online: bool, alone: bool) -> tuple[Help, ...]:
        """What of this gate is not over, or was not seen yet."""
        answers, helps = self._answers(), []
        for told, report in read_open(self._connection, self._vault, CaseReport, self._reports.plain):
            if now - told.made < FOLLOWED_FOR:
                answer = answers.get(told.id.hex())
                helps.append(_help(told, report, answer, now, online=online, alone=alone))
        return in_order(helps)

    def fingerprint(self) -> tuple[int, ...]:
        """Another one as soon as a case was put, sent, answered or seen."""
        return (*fingerprint(self._connection), *_came(self._connection))

    def _end(self, case: str, now: datetime, state: CaseState, **when: int) -> None:
        """Followed on until the center's last word was seen; a withdrawn one is not."""
        found = self._find(case)
        if found is None or not found[0].open or found[1].state != CaseState.OPEN:
            return
        report = msgspec.structs.replace(found[1], state=state.value, **when)
        with storage_errors(), transaction(self._connection):
            is_open = state is CaseState.ARRIVED
            self._reports.put_within(Kind.CASE, found[0].id, report, now, is_open=is_open)
            facts = (("kind", report.kind), ("state", state.value))
            self._record(Audited.WHISTLE_OVER, found[0].id, facts, now)

    def _record(
        self, what: Audited, case_id: bytes, facts: tuple[tuple[str, str], ...], now: datetime
    ) -> None:
        audit.write(self._journal, Event(what, subject=case_id.hex(), facts=facts), now)

    def _find(self, case: str) -> tuple[Told, CaseReport] | None:
        return read_one(self._connection, self._vault, bytes.fromhex(case), CaseReport, self._reports.plain)

    def _answers(self) -> Mapping[str, _Answer]:
        return _answers(self._connection, self._vault)


def _help(
    told: Told, report: CaseReport, answer: _Answer | None, now: datetime, *, online: bool, alone: bool
) -> Help:
    item = answer.item if answer else CaseItem("")
    since = now - told.made
    return Help(
        told.id.hex(),
        _KINDS.get(report.kind, HelpKind.QUESTION),  # type: ignore[call-overload]  # any word
        report.what,
        from_ms(report.at_ms),
        stage_of(report.state, item.state, out=told.sent > 0, since=since, online=online, alone=alone),
        report.about,
        item.owner,
        item.going,
        tuple(Said(from_ms(line.at_ms), line.by, line.text) for line in item.lines),
        unseen=bool(answer and not answer.seen and (item.lines or item.state not in ("", "new"))),
    )


def _answers(connection: sqlite3.Connection, vault: Vault) -> Mapping[str, _Answer]:
    """What the center says, by case. What is locked away or damaged is not there, and hides no other."""
    with storage_errors():
        rows = connection.execute(
            "SELECT key, taken, sealed FROM center_item WHERE list = 'case' AND sealed NOT NULL"
        ).fetchall()
    found = {}
    for key, taken, sealed in rows:
        try:
            item = read_body(vault.open(sealed, item_context("case", key)), CaseItem)
        except VaultError as error:
            if error.problem not in (KeyProblem.LOCKED, KeyProblem.DAMAGED):
                raise
            continue
        except ValueError:
            continue  # it was counted when it came
        found[key] = _Answer(bool(taken), item)
    return found


def _came(connection: sqlite3.Connection) -> tuple[int, ...]:
    query = "SELECT count(*), total(version), total(taken) FROM center_item WHERE list = 'case'"
    with storage_errors():
        return tuple(connection.execute(query).fetchone())
