"""A visitor at the gate: whose guest, what for, and what follows from it for the decision. Pure.

What a volunteer took down is their word (source "operator"); that somebody was announced is the host's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from station.core.asking import BY_OPERATOR
from station.core.facts import Fact, FactKind

PREFIX = "visit:"  # of the ids of visits, so that no person's is one
BY_HOST = "host"
HOLDS_FOR = timedelta(hours=24)  # then a visitor is taken down anew
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"  # the most frequent ones (公安部, 2020)
TO_BE_USED_WITHIN = timedelta(hours=2)  # taken down, and not let in yet: measured again, sent for a test


class Purpose(StrEnum):
    FAMILY = "family"  # 探亲访友
    REPAIR = "repair"  # 装修维修
    DELIVERY = "delivery"  # 配送
    OTHER = "other"


_SHORT = 4  # characters by which somebody without a name is told from another
_CATEGORIES = {Purpose.DELIVERY: "courier"}  # the policies have rules of their own for them


@dataclass(frozen=True, slots=True)
class Announced:
    """Whom a host expects, from `begins` until `ends` (UTC), `people` of them."""

    id: str
    house: str = field(repr=False)
    begins: datetime
    ends: datetime
    people: int = 1
    name: str = field(default="", repr=False)
    phone_tail: str = field(default="", repr=False)
    said_by: str = field(default="", repr=False)  # the host, or who took the call

    def covers(self, now: datetime) -> bool:
        return self.begins <= now <= self.ends


@dataclass(frozen=True, slots=True)
class Visit:
    """One visitor, from the gate to their way out. `at` is when they were taken down, UTC."""

    id: str  # PREFIX and random hex
    house: str = field(repr=False)
    purpose: Purpose
    at: datetime
    phone: str = field(default="", repr=False)
    name: str = field(default="", repr=False)  # or the surname alone
    travel: str = ""  # been to a key area: yes, no; empty: nobody asked
    announced: Announced | None = None
    by: str = ""  # the operator's number, where it is known

    @property
    def category(self) -> str:
        """As what the policy judges them."""
        return _CATEGORIES.get(self.purpose, "visitor")

    def facts(self) -> tuple[Fact, ...]:
        """What is known of them by this visit alone."""
        return tuple(self._facts())

    def _facts(self) -> Iterator[Fact]:
        told, until = self.announced, self.at + HOLDS_FOR
        until = max(until, told.ends) if told else until
        yield Fact(FactKind.IDENTITY, self.category, self.at, BY_OPERATOR, until)
        if self.purpose is Purpose.DELIVERY:
            yield Fact(FactKind.OCCUPATION, "courier", self.at, BY_OPERATOR)
        if self.travel:
            yield Fact(FactKind.TRAVEL, self.travel, self.at, BY_OPERATOR)
        if told:
            yield Fact(FactKind.EXPECTED, "yes", told.begins, BY_HOST, told.ends)
            yield Fact(FactKind.RIGHT, "all", told.begins, BY_HOST, told.ends)


def short(subject: str) -> str:
    """What a code, or a visitor whose words are erased, is called in a list."""
    return subject.removeprefix(PREFIX)[:_SHORT].upper()


def is_visit(subject: str) -> bool:
    return subject.startswith(PREFIX)


def holds(visit: Visit, last_way: str | None, now: datetime) -> bool:
    """Whether a code shown now still means this visit. `last_way`: in, out, or None: not let through yet."""
    if last_way is None:
        return abs(now - visit.at) <= TO_BE_USED_WITHIN  # abs: the clock may have been set back
    return last_way == "in"
