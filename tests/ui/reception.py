"""A desk for tests of the page for visitors, parcels and errands: it remembers what it was asked to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from station.core.errand import Ending, ErrandKind
from station.core.visit import Purpose
from station.roster.house_digits import houses_like
from station.ui.visitor_desk import Chore, Draft, Expected, Guest, Rules, VisitorDeskError

HOUSES = [("3", "2", "501"), ("3", "2", "502"), ("32", "501"), ("12", "1", "101"), ("平房", "15")]
GUESTS = (
    Guest("visit:a", "12-1-101", "钱*", Purpose.REPAIR, timedelta(hours=13), late=True),
    Guest("visit:b", "3-2-501", "", Purpose.FAMILY, timedelta(minutes=35), late=False),
    Guest("visit:c", "3-2-501", "孙*", Purpose.DELIVERY, timedelta(minutes=5), late=False),
)
EXPECTED = (
    Expected("t1", "3-2-501", "张*强", "5678", "09:00-12:00", 2, now=True),
    Expected("t2", "12-1-101", "", "", "14:00-18:00", 1, now=False),
)
CHORES = (
    Chore("e1", ErrandKind.TAKEAWAY, "3-2-501", timedelta(minutes=50), late=True, parcel=True),
    Chore("e2", ErrandKind.EXPRESS, "12-1-101", timedelta(hours=3), late=False, parcel=True, note="顺丰"),
    Chore("e3", ErrandKind.PRESCRIPTION, "3-2-502", timedelta(hours=2), late=False, parcel=False),
)


@dataclass
class Reception:
    """`ui.visitor_desk.VisitorDesk`."""

    said: Rules = field(default_factory=Rules)
    there: tuple[Guest, ...] = GUESTS
    to_come: tuple[Expected, ...] = EXPECTED
    waiting: tuple[Chore, ...] = CHORES
    known: bool = True
    broken: bool = False
    awaited: str = ""
    done: list[object] = field(default_factory=list)

    def rules(self) -> Rules:
        return self.said

    def houses(self, digits: str) -> list[str]:
        return houses_like(digits, HOUSES if self.known else ())

    def knows_houses(self) -> bool:
        return self.known

    def guests(self) -> tuple[Guest, ...]:
        return self.there

    def expected(self) -> tuple[Expected, ...]:
        return self.to_come

    def chores(self) -> tuple[Chore, ...]:
        return self.waiting

    def begin(self, draft: Draft, *, with_code: bool) -> str:
        if self.broken:
            raise VisitorDeskError("磁盘满了：请叫管理员")
        self.done.append(("begin", draft))
        self.awaited = "visit:new" if with_code else ""
        return "visit:new"

    def awaits_code(self, visit_id: str) -> bool:
        return self.awaited == visit_id

    def name(self, visit_id: str, surname: str) -> None:
        self.done.append(("name", visit_id, surname))

    def open(self, visit_id: str) -> None:
        self.awaited = ""
        self.done.append(("open", visit_id))

    def cancel(self, visit_id: str) -> None:
        self.awaited = ""
        self.done.append(("cancel", visit_id))

    def leave(self, guest: Guest) -> None:
        self.there = tuple(one for one in self.there if one is not guest)
        self.done.append(("leave", guest.id))

    def take(self, kind: ErrandKind, house: str) -> None:
        if self.broken:
            raise VisitorDeskError("磁盘满了：请叫管理员")
        self.done.append(("take", kind, house))

    def close(self, chore: Chore, ending: Ending) -> bool:
        open_still = chore in self.waiting
        self.waiting = tuple(one for one in self.waiting if one is not chore)
        self.done.append(("close", chore.id, ending))
        return open_still

    def code_shown(self) -> bool:
        """Somebody shows a code that nobody knows; whether it was awaited."""
        awaited, self.awaited = bool(self.awaited), ""
        return awaited
