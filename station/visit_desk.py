"""Visitors, parcels and errands at the gate that runs (`ui.visitor_desk.VisitorDesk`).

A visitor's passage is a passage like any other: the checkpoint decides it, by what the visit says of them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, time, timedelta, tzinfo

from PySide6.QtCore import QCoreApplication

from station.app import Opening, Station, SystemClock
from station.core.errand import Ending, Errand, ErrandKind
from station.core.model import Direction, Severity, Vouch
from station.core.outcome import StorageProblem
from station.core.rules import severity
from station.core.visit import Announced, Visit
from station.journal.errands import Errands, new_errand_id
from station.journal.errors import JournalError, VaultError
from station.journal.masking import mask_name
from station.journal.movements import Mover
from station.journal.visits import new_visit_id
from station.picking import Picking
from station.presence_desk import by_hand
from station.recording import Lane
from station.translation import stated
from station.ui import words
from station.ui.admin.inside_desk import Seen
from station.ui.visitor_desk import Chore, Draft, Expected, Guest, Rules, VisitorDeskError

log = logging.getLogger(__name__)
translate = QCoreApplication.translate


class StationVisitorDesk:
    """`station` and `picking` give None while the journal is not open."""

    def __init__(
        self,
        station: Callable[[], Station | None],
        picking: Callable[[], Picking | None],
        opening: Callable[[], Opening],
        zone: tzinfo,
    ) -> None:
        self._station, self._picking, self._opening, self._zone = station, picking, opening, zone
        self._clock = SystemClock()

    # --- what is asked --------------------------------------------------------------------------

    def rules(self) -> Rules:
        running = self._station()
        if running is None:
            return Rules()
        rules = running.policy.policy.rules_for("visitor", Direction.IN)
        held = severity(rules.code.missing) is not Severity.PASS
        asked = self._opening().settings.visitor_phone
        return Rules(
            coming_in=running.checkpoint.direction is Direction.IN,
            phone=asked != "skip",
            phone_must=asked == "must",
            travel=rules.travel.asked and severity(rules.travel.missing) is not Severity.PASS,
            code=held or rules.colour.required,
        )

    def houses(self, digits: str) -> Sequence[str]:
        picking = self._picking()
        return picking.houses(digits) if picking else ()

    def knows_houses(self) -> bool:
        picking = self._picking()
        return bool(picking and picking.knows_houses())

    # --- who is there and what waits ------------------------------------------------------------

    def guests(self) -> Sequence[Guest]:
        with _in_words():
            running = self._station()
            inside = running.visiting.visits.inside() if running else []
        now, stay = self._clock.now(), timedelta(hours=self._opening().settings.stay_hours)
        guests = [_guest(visit, now - since, stay) for visit, since in inside]
        return sorted(guests, key=lambda one: (not one.late, one.house))

    def expected(self) -> Sequence[Expected]:
        now = self._clock.now().astimezone(self._zone)
        tonight = datetime.combine(now.date() + timedelta(days=1), time(), self._zone)
        with _in_words():
            running = self._station()
            found = running.visiting.visits.announced(now, tonight) if running else []
        return [self._expected(one, came, now) for one, came in found if came < one.people]

    def chores(self) -> Sequence[Chore]:
        with _in_words():
            running = self._station()
            waiting = Errands(running.journal).open() if running else []
        now = self._clock.now()
        chores = [_chore(one, now) for one in waiting]
        return sorted(chores, key=lambda one: (not one.late, -one.for_long))

    def _expected(self, one: Announced, came: int, now: datetime) -> Expected:
        begins, ends = one.begins.astimezone(self._zone), one.ends.astimezone(self._zone)
        hours = f"{begins:%H:%M}-{ends:%H:%M}"
        left, their_time = one.people - came, one.covers(now)
        return Expected(one.id, one.house, mask_name(one.name), one.phone_tail, hours, left, their_time)

    # --- visitors -------------------------------------------------------------------------------

    def begin(self, draft: Draft, *, with_code: bool) -> str:
        with _in_words():
            running = self._running()
            told = running.visiting.visits.announcement(draft.announced) if draft.announced else None
            if draft.announced and told is None:
                raise VisitorDeskError(translate("visitors", "这个预约刚取消了。请打门牌，当普通访客登记"))
            visit = Visit(
                new_visit_id(),
                draft.house,
                draft.purpose,
                self._clock.now(),
                draft.phone,
                told.name if told else "",
                draft.travel,
                told,
                self._operator(running),
            )
            running.visiting.begin(visit, with_code=with_code)
        return visit.id

    def awaits_code(self, visit_id: str) -> bool:
        running = self._station()
        return bool(running and running.visiting.awaits(visit_id))

    def name(self, visit_id: str, surname: str) -> None:
        self._running().visiting.visits.rename(visit_id, surname)

    def open(self, visit_id: str) -> None:
        running = self._running()
        running.visiting.await_no_more()
        running.checkpoint.no_code(Vouch.STRANGER, visit_id)

    def cancel(self, visit_id: str) -> None:
        running = self._station()
        if running and running.visiting.awaits(visit_id):
            running.visiting.await_no_more()
            running.visiting.visits.drop(visit_id)

    def leave(self, guest: Guest) -> None:
        """Where people go out they are looked at as everybody; elsewhere the volunteer's word counts."""
        running = self._running()
        if running.checkpoint.direction is Direction.OUT:
            running.checkpoint.no_code(Vouch.KNOWN, guest.id)  # we let them in: we know them
            return
        with _in_words():
            if guest.id not in {visit.id for visit, _ in running.visiting.visits.inside()}:
                return  # a finger that bounced
            settings, policy = self._opening().settings, running.policy.policy
            lane = Lane(settings.lane, Direction.OUT, self._opening().equipment.emulated, settings.gate)
            operator = self._operator(running)
            entry = by_hand(self._seen(guest), Direction.OUT, lane, self._clock, policy, operator)
            stored = running.journal.append(entry, mover=Mover(guest.id))
        log.info("entry %d stored: a visitor left, by hand", stored.number)

    def _seen(self, guest: Guest) -> Seen:
        now = self._clock.now().astimezone(self._zone)
        return Seen(guest.id, "", "", guest.house, "", "visitor", now, False, guest.for_long)

    # --- parcels and errands --------------------------------------------------------------------

    def take(self, kind: ErrandKind, house: str) -> None:
        with _in_words():
            running = self._running()
            by = self._operator(running)
            Errands(running.journal).take(Errand(new_errand_id(), kind, house, self._clock.now(), by=by))

    def close(self, chore: Chore, ending: Ending) -> bool:
        with _in_words():
            running = self._running()
            return Errands(running.journal).close(
                chore.id, ending, self._clock.now(), self._operator(running)
            )

    def _running(self) -> Station:
        running = self._station()
        if running is None:
            raise VisitorDeskError(_said(StorageProblem.LOCKED))
        return running

    def _operator(self, running: Station) -> str:
        return running.journal.on_duty().number


def _guest(visit: Visit, for_long: timedelta, stay: timedelta) -> Guest:
    return Guest(visit.id, visit.house, mask_name(visit.name), visit.purpose, for_long, for_long > stay)


def _chore(one: Errand, now: datetime) -> Chore:
    note = " ".join(filter(None, (one.from_whom, one.note)))
    return Chore(one.id, one.kind, one.house, now - one.at, one.is_late(now), one.is_parcel, note)


@contextmanager
def _in_words() -> Iterator[None]:
    """What went wrong, as the volunteer reads it."""
    try:
        yield
    except JournalError as error:
        raise VisitorDeskError(_said(error.problem)) from error
    except VaultError as error:
        raise VisitorDeskError(translate("visitors", "登记本的钥匙打不开，请叫管理员")) from error


def _said(problem: StorageProblem) -> str:
    said = words.problem(problem)
    return stated(said.sentence, said.step)
