"""Notices, tasks, policies and trust files of the center, as they are read here and put to use."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

import msgspec

from station.core.entry import to_ms
from station.core.policy import Policy, PolicyError, digest, kept_policy, parse_policy
from station.journal import upstream
from station.journal.center_cursor import read_cursor
from station.journal.center_pages import item_context, open_whole, read_body
from station.journal.connection import transaction
from station.journal.entries import Journal
from station.journal.errors import storage_errors
from station.journal.policies import Policies, PolicyEventKind, went_by
from station.journal.reports import Reports
from station.journal.vault import Vault
from station.sync.items import NoticeItem, PolicyItem, TaskItem, TrustItem
from station.sync.reports import Kind, NoticeRead, TaskDone

log = logging.getLogger(__name__)

_ACTIVATED = "center policy"  # the last that was brought into force, or could not be
_REFUSED = b" refused"
_NAMELESS = "center"
_NEVER_MS = 2**62

_Body = TypeVar("_Body", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class Notice:
    id: str
    item: NoticeItem = field(repr=False)
    read: bool = False  # by somebody at this gate


@dataclass(frozen=True, slots=True)
class CenterTask:
    id: str
    item: TaskItem = field(repr=False)
    done: bool = False  # said so here, or by the center


@dataclass(frozen=True, slots=True)
class TrustFile:
    """A list that the center gives; None: it takes it back."""

    name: str
    version: int
    text: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Activation:
    """A policy of the center whose time came."""

    digest: str
    text: str
    by: str
    refused: str = ""  # why it could not be brought into force, for the log


def center_ms(connection: sqlite3.Connection, now: datetime) -> int:
    """What time it is for whoever sent notices and tasks. Any connection. Raises JournalError."""
    with storage_errors():
        return read_cursor(connection, "quick").center_ms(now)


def notices(connection: sqlite3.Connection, vault: Vault, now: datetime) -> list[Notice]:
    """In force now by the center's clock, urgent ones first, then the newest. Any connection. Raises
    JournalError, VaultError."""
    now_ms, read = center_ms(connection, now), _ticked(connection, "notice")
    found = [
        Notice(key, item, key in read)
        for key, item in _whole_items(connection, vault, "notice", NoticeItem)
        if item.until_ms is None or now_ms < item.until_ms
    ]
    return sorted(found, key=lambda one: (not one.item.urgent, -one.item.at_ms))


def tasks(connection: sqlite3.Connection, vault: Vault) -> list[CenterTask]:
    """Those not done first, by when they are due. Any connection. Raises JournalError, VaultError."""
    ticked = _ticked(connection, "task")
    found = [
        CenterTask(key, item, item.done or key in ticked)
        for key, item in _whole_items(connection, vault, "task", TaskItem)
    ]
    return sorted(found, key=lambda one: (one.done, one.item.due_ms or _NEVER_MS, one.item.at_ms))


def fingerprint(connection: sqlite3.Connection) -> tuple[int, ...]:
    """Another one as soon as a notice or a task has come, gone or been ticked. Any connection."""
    with storage_errors():
        return tuple(
            connection.execute(
                "SELECT count(*), total(version), total(taken) FROM center_item WHERE list IN (?, ?)",
                ("notice", "task"),
            ).fetchone()
        )


class CenterItems:
    """What is put to use by a step of its own; the lane's thread. Methods raise JournalError, VaultError."""

    def __init__(self, journal: Journal) -> None:
        self._journal, self._connection, self._vault = journal, journal.connection, journal.vault
        self._refused = b""  # by this program

    @property
    def refuses(self) -> bool:
        """Whether the newest policy whose time has come is one that this program cannot use."""
        return bool(self._refused)

    def activate_due(self, now: datetime) -> Activation | None:
        """Bring the newest policy whose time has come at the center into force, once.

        A station that brings another into force afterwards keeps that one. What was refused is tried again
        after each start: the program may be a newer one. None: there is nothing to do.
        """
        policies, noted = Policies(self._journal), self._noted()
        due = self._due(now, noted)
        named = _named(due) if due else b""
        if due is None or (noted == named and policies.text_of(digest(due.text))):  # else it was refused once
            self._refused = b""
            return None
        if named == self._refused:
            return None
        known = went_by(policies.history(), due.text)
        refused = _refusal(due.text, kept_policy if known else parse_policy)
        self._refused = named if refused else b""
        if refused and noted == named + _REFUSED:
            return None
        done = Activation(digest(due.text), due.text, due.by.strip() or _NAMELESS, refused)
        if not done.refused:
            policies.record(PolicyEventKind.ACTIVATED, due.text, now=now, by=done.by, reason=_NAMELESS)
        # Killed before this it is recorded twice, which changes nothing; the other way round it is lost.
        with storage_errors(), transaction(self._connection):
            upstream.put_note(self._connection, _ACTIVATED, named + _REFUSED if refused else named)
        return done

    def tick(self, list_name: str, keys: Iterable[str], now: datetime, *, done: bool = True) -> None:
        """Notices are read, tasks are done, or not after all; the center hears of it, in the same commit."""
        reports, by = Reports(self._journal), self._journal.on_duty().number
        with storage_errors(), transaction(self._connection):
            for key in keys:
                self._connection.execute(
                    "UPDATE center_item SET taken = ? WHERE list = ? AND key = ?", (int(done), list_name, key)
                )
                if list_name == "task":
                    body = TaskDone(key, to_ms(now), by, done)
                    reports.put_named_within(Kind.TASK_DONE, key, body, now)
                elif list_name == "notice":
                    reports.put_named_within(Kind.NOTICE_READ, key, NoticeRead(key, to_ms(now), by), now)

    def trust_to_take(self) -> list[TrustFile]:
        """Files that are not in DATA/trust yet, and those to be taken from there."""
        with storage_errors():
            gone = self._connection.execute(
                "SELECT key, version FROM center_item WHERE list = 'trust' AND NOT taken AND sealed IS NULL"
            ).fetchall()
        return self._given("AND NOT taken") + [TrustFile(key, version, None) for key, version in gone]

    def trust_given(self) -> list[TrustFile]:
        """Every list of the center that can be read, used or not."""
        return self._given()

    def _given(self, only: str = "") -> list[TrustFile]:
        """In the order in which the center gave them."""
        rows = _rows(self._connection, "trust", only=only)
        given = list(_whole(self._vault, "trust", TrustItem, rows))  # a damaged one keeps no other out
        if len(given) < len(rows):
            log.error("%d lists of the center cannot be read", len(rows) - len(given))
        files = (TrustFile(key, version, item.text) for key, version, item in given)
        return sorted(files, key=lambda one: one.version)

    def took(self, file: TrustFile) -> None:
        """It is on disk, or gone from there; one that has come since is told again."""
        with storage_errors(), transaction(self._connection):
            self._connection.execute(
                "UPDATE center_item SET taken = 1 WHERE list = 'trust' AND key = ? AND version = ?"
                " AND (sealed IS NULL) = ?",
                (file.name, file.version, file.text is None),
            )
            self._connection.execute(
                "DELETE FROM center_item WHERE list = 'trust' AND taken AND sealed IS NULL"
            )

    def consider_again(self, names: Sequence[str]) -> None:
        """They are told once more."""
        with storage_errors(), transaction(self._connection):
            self._connection.executemany(
                "UPDATE center_item SET taken = 0 WHERE list = 'trust' AND sealed NOT NULL AND key = ?",
                [(name,) for name in names],
            )

    def _noted(self) -> bytes | None:
        with storage_errors():
            return upstream.note(self._connection, _ACTIVATED)

    def _center_ms(self, now: datetime) -> int:
        """By the exchanges, but never before the lists: a stick may have brought them since."""
        off = self._journal.clock_off()
        if off is None:
            return center_ms(self._connection, now)
        with storage_errors():
            as_of = read_cursor(self._connection, "quick").as_of
        return max(to_ms(now) + off, to_ms(as_of) if as_of else 0)

    def _may_be_ms(self, now: datetime) -> int:
        with storage_errors():
            return read_cursor(self._connection, "quick").run_on_ms(now)

    def _due(self, now: datetime, noted: bytes | None) -> PolicyItem | None:
        """Whose time came last for whoever orders: by the exchanges, or else since the lists came from there.

        A clock that began anew in another year takes back nothing that was in force, nor does one that is
        behind and may as well have been put right.
        """
        every = [item for _, _, item in _items(self._connection, self._vault, "policy", PolicyItem)]
        there_ms, is_told = self._center_ms(now), self._journal.clock_off() is not None
        kept = b"" if is_told else (noted or b"").removesuffix(_REFUSED)
        kept_ms = self._may_be_ms(now) if there_ms <= to_ms(now) else _NEVER_MS
        came = [
            one
            for one in every
            if one.activate_at_ms <= there_ms or (_named(one) == kept and one.activate_at_ms <= kept_ms)
        ]
        return max(came, key=lambda item: item.activate_at_ms, default=None)


def _named(policy: PolicyItem) -> bytes:
    return f"{digest(policy.text)} {policy.activate_at_ms}".encode()


def _ticked(connection: sqlite3.Connection, list_name: str) -> frozenset[str]:
    with storage_errors():
        rows = connection.execute("SELECT key FROM center_item WHERE list = ? AND taken", (list_name,))
        return frozenset(key for (key,) in rows)


def _refusal(text: str, read: Callable[[str], Policy]) -> str:
    try:
        read(text)
    except PolicyError as error:
        return str(error) or type(error).__name__
    return ""


def _whole_items(
    connection: sqlite3.Connection, vault: Vault, list_name: str, kind: type[_Body]
) -> Iterator[tuple[str, _Body]]:
    """What people read: one that is damaged hides no other."""
    for key, _, body in _whole(vault, list_name, kind, _rows(connection, list_name)):
        yield key, body


def _whole(
    vault: Vault, list_name: str, kind: type[_Body], rows: Iterable[tuple[str, int, bytes]]
) -> Iterator[tuple[str, int, _Body]]:
    for key, version, sealed in rows:
        opened = open_whole(vault, list_name, key, sealed)
        body = None if opened is None else _decoded(opened, kind)
        if body is not None:
            yield key, version, body


def _items(
    connection: sqlite3.Connection, vault: Vault, list_name: str, kind: type[_Body]
) -> Iterator[tuple[str, int, _Body]]:
    """Key, version and body of those that this version of the program understands."""
    for key, version, sealed in _rows(connection, list_name):
        body = _decoded(vault.open(sealed, item_context(list_name, key)), kind)
        if body is not None:
            yield key, version, body


def _rows(connection: sqlite3.Connection, list_name: str, *, only: str = "") -> list[tuple[str, int, bytes]]:
    with storage_errors():
        return connection.execute(
            f"SELECT key, version, sealed FROM center_item WHERE list = ? AND sealed NOT NULL {only}"
            " ORDER BY key",
            (list_name,),
        ).fetchall()


def _decoded(body: bytes, kind: type[_Body]) -> _Body | None:
    try:
        return read_body(body, kind)
    except ValueError:
        return None  # it was counted when it came
