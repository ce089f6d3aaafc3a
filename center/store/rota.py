"""The rota of all gates: shifts that go down to them, and who signed up, here or at a gate."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

import msgspec

from center.scope import above
from center.store.database import Connection, Database
from center.store.lists import Lists
from center.store.private_items import PrivateItems
from station.core.shift import (
    MOST_OF_NAME,
    Shift,
    ShiftError,
    ShiftProblem,
    SignupProblem,
    Source,
    clash,
    signup_problem,
)
from station.sync.items import ShiftItem, decode_item, encode_item
from station.sync.reports import Signup

CHANNEL, LIST = "quick", "shift"
RESERVE = 10  # names beyond what a shift wants: of gates that could not know of each other's


class Refusal(StrEnum):
    """Why what a gate reported is not done. The report itself stays, and the center shows it."""

    ELSEWHERE = "elsewhere"  # the shift is another branch's
    LONG_NAME = "long_name"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Planned:
    """A shift of a branch; `gate` empty: of all its gates."""

    key: str
    branch: str
    item: ShiftItem = field(repr=False)

    @property
    def shift(self) -> Shift:
        """For the rules of `station.core.shift`."""
        item = self.item
        span = _moment(item.begin_ms), _moment(item.end_ms)
        return Shift(self.key, *span, max(item.needed, 1), Source.CENTER, item.names, item.title)


class Rota:
    """All methods are transactions of their own."""

    def __init__(self, database: Database, private: PrivateItems, lists: Lists) -> None:
        self._database, self._private, self._lists = database, private, lists

    def all(self, since_ms: int = 0) -> list[Planned]:
        """Those that end after this time, the first to begin first."""
        planned = []
        for item, branch in self._lists.each_with_scope(CHANNEL, LIST):
            said = decode_item(LIST, item.body or b"")
            if isinstance(said, ShiftItem) and said.end_ms > since_ms:
                planned.append(Planned(item.key, branch, said))
        return sorted(planned, key=lambda one: (one.item.begin_ms, one.branch, one.item.gate, one.key))

    def get(self, key: str) -> Planned | None:
        return next((one for one in self.all() if one.key == key), None)

    def add(self, branch: str, gate: str, made: Iterable[tuple[datetime, datetime, int]], title: str) -> int:
        """New shifts, how many. Raises ShiftError: one is there at that time already."""
        shifts = [Shift("", begins, ends, needed) for begins, ends, needed in made]
        there = [one.shift for one in self.all() if one.branch == branch and one.item.gate == gate]
        if old := clash(shifts, there):
            raise ShiftError(ShiftProblem.OVERLAPS, old.begins.date())
        items: list[tuple[str, str, bytes | None]] = []
        for shift in shifts:
            span = _ms(shift.begins), _ms(shift.ends)
            item = ShiftItem(str(shift.begins.date()), *span, gate, (), shift.needed, title)
            items.append((LIST, uuid.uuid4().hex[:12], encode_item(item)))
        self._lists.put(CHANNEL, items, branch)
        return len(items)

    def take_back(self, planned: Planned) -> None:
        self._lists.put(CHANNEL, [(LIST, planned.key, None)], planned.branch)

    def sign_up(self, key: str, name: str, now: datetime) -> None:
        """Put a name down. Raises ShiftError."""
        with self._database.write() as connection:
            planned, others = self._locked(connection, key)
            shift = planned.shift if planned else None
            if problem := signup_problem(shift, name, others, now):
                raise ShiftError(problem)
            assert planned is not None
            newest = self._name(connection, planned, (*planned.item.names, name.strip()))
        self._lists.tell(CHANNEL, newest)

    def leave(self, key: str, name: str) -> None:
        """Take a name off again. Raises ShiftError: it does not stand there."""
        with self._database.write() as connection:
            planned, _ = self._locked(connection, key)
            if planned is None or name.strip() not in planned.item.names:
                raise ShiftError(SignupProblem.GONE)
            left = tuple(one for one in planned.item.names if one != name.strip())
            newest = self._name(connection, planned, left)
        self._lists.tell(CHANNEL, newest)

    def take_signup(self, connection: Connection, branch: str, signup: Signup) -> int | Refusal | None:
        """What somebody did at a gate of this branch, within a transaction.

        The lists' newest version, if it changed.
        """
        planned, _ = self._locked(connection, signup.shift)
        if planned is None or not signup.name.strip():
            return None
        name, names = signup.name.strip(), planned.item.names
        if planned.branch not in above(branch):
            return Refusal.ELSEWHERE
        if signup.leaves == (name not in names):
            return None
        if signup.leaves:
            return self._name(connection, planned, tuple(one for one in names if one != name))
        if len(name) > MOST_OF_NAME:
            return Refusal.LONG_NAME
        if len(names) >= planned.shift.needed + RESERVE:
            return Refusal.FULL
        return self._name(connection, planned, (*names, name))

    def _locked(self, connection: Connection, key: str) -> tuple[Planned | None, Sequence[Shift]]:
        """This shift, which nobody else changes until the end, and the shifts of its branch.

        The same name in another branch is somebody else.
        """
        connection.rows(f"SELECT newest FROM channel WHERE channel = ?{connection.row_lock}", CHANNEL)
        sql = "SELECT key, body, scope FROM item WHERE channel = ? AND list = ? AND body IS NOT NULL"
        said = [
            (item_key, branch, decode_item(LIST, self._private.given(LIST, item_key, body) or b""))
            for item_key, body, branch in connection.rows(sql, CHANNEL, LIST)
        ]
        all_ = {
            place: Planned(place, branch, item) for place, branch, item in said if isinstance(item, ShiftItem)
        }
        found = all_.get(key)
        beside = [one.shift for one in all_.values() if found and one.branch == found.branch]
        return found, beside

    def _name(self, connection: Connection, planned: Planned, names: tuple[str, ...]) -> int:
        body = encode_item(msgspec.structs.replace(planned.item, names=names))
        return self._lists.put_within(connection, CHANNEL, (LIST, planned.key, body), planned.branch)


def _moment(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
