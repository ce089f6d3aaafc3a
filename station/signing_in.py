"""Who is at work now: the shift's operator, whoever opened the admin page, and who signs for one action.

Nothing at the lane needs any of them: without an operator entries have none. As long as no operator was ever
made, everybody may do what they could before there were PINs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from station.core.audit import Audited, Event
from station.core.operators import (
    NOBODY,
    PAGE_LOCKS_S,
    ROLE_ENDS_S,
    Operator,
    OperatorError,
    Patience,
    PinProblem,
    Refusal,
    Who,
    two_people,
)
from station.core.outcome import StorageProblem
from station.core.override import Role
from station.journal.audit import put_on_record
from station.journal.entries import Journal
from station.journal.errors import JournalError
from station.journal.operators import Operators, SignIn, utc_now
from station.journal.pins import USUAL_COST, Cost
from station.steady import elapsed


class SigningIn:
    """One gate's. `journal` gives the open one, or None while the gate has none; then JournalError is raised.

    Where the data keys are wrapped, they are open from a sign-in until nobody is at work any more.
    """

    def __init__(
        self,
        journal: Callable[[], Journal | None],
        *,
        role_ends_s: float = ROLE_ENDS_S,
        page_locks_s: float = PAGE_LOCKS_S,
        now: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = elapsed,
        cost: Cost = USUAL_COST,
    ) -> None:
        self._journal, self._now, self._monotonic, self._cost = journal, now, monotonic, cost
        self._role_ends_s, self._page_locks_s = role_ends_s, page_locks_s
        self._patience = Patience()
        self._shift: Operator | None = None
        self._page: Operator | None = None
        self._shift_seen = self._page_seen = float("-inf")  # when they last did something as such
        # Hear that somebody is on duty from now on, or nobody any more: `station.duty_office` keeps record.
        self.begins: Callable[[Operator], None] = lambda operator: None
        self.ends: Callable[[], None] = lambda: None

    @property
    def operators(self) -> Operators:
        """Of the open journal, whose records from now on name whoever is at work. Raises JournalError."""
        journal = self._journal()
        if journal is None:
            raise JournalError(StorageProblem.LOCKED, "the gate has no journal now")
        self.attend(journal)
        return Operators(
            journal, now=self._now, monotonic=self._monotonic, cost=self._cost, patience=self._patience
        )

    def attend(self, journal: Journal) -> None:
        """What is written there is answered for by whoever is at work."""
        journal.on_duty = self.answering

    # --- the shift ------------------------------------------------------------------------------

    @property
    def shift(self) -> Operator | None:
        """Whoever is on duty; a guard or admin who did nothing for long counts as a volunteer."""
        return self._shift

    @property
    def on_duty(self) -> Who:
        if self._shift is None:
            return NOBODY
        lapsed = self._monotonic() - self._shift_seen >= self._role_ends_s
        return Who(self._shift.number, Role.VOLUNTEER if lapsed else self._shift.role)

    def sign_in(self, number: str, pin: str, *, begins: bool = True) -> SignIn:
        """Take over the shift. Whoever had it is signed out. Raises JournalError.

        Without `begins`, whoever asks keeps record of it: with the sheet that is handed over.
        """
        found = self.operators.sign_in(number, pin)
        if found.operator:
            if self._shift and self._shift.number != number:
                self.operators.sign_out(self._shift.who, "taken_over")
            self._shift, self._shift_seen = found.operator, self._monotonic()
            if begins:
                self.begins(found.operator)
        return found

    def resume(self, operator: Operator) -> None:
        """After a restart: still on duty, with the rights of a volunteer until the next PIN."""
        self._shift = operator

    def sign_out(self) -> None:
        """Nobody is on duty. Raises JournalError."""
        if self._shift:
            self.operators.sign_out(self._shift.who)
        self._shift = None
        self._went_off()

    def _went_off(self) -> None:
        self.ends()
        self._lock_keys()

    def sign_once(self, number: str, pin: str) -> SignIn:
        """Somebody signs for one action; the shift stays whose it is, and locked data stays locked.

        Raises JournalError.
        """
        return self.operators.sign_in(number, pin, what=Audited.SIGNED_ONCE, unlock=False)

    def open_by_hand(self, act: Callable[[], None], reason: str, by: Who | None = None) -> Refusal | None:
        """Let `act` open the barrier for a guard or an admin: on record first. Why not, if it was not done.

        `by`: who signed for it, if it is not whoever is on duty. Raises JournalError, and then stays shut.
        """
        who = by or self.on_duty
        if self.operators.any() and who.role not in (Role.GUARD, Role.ADMIN):
            return Refusal.NOT_ALLOWED
        journal = self._journal()
        assert journal is not None  # `operators` saw to it
        put_on_record(journal, Event(Audited.OPENED_BY_HAND, who, note=reason.strip()), self._now())
        act()
        return None

    def used_role(self) -> None:
        """A guard or admin on duty did something as such."""
        self._shift_seen = self._monotonic()

    def change_pin(self, number: str, pin: str) -> None:
        """Of somebody who has just signed in. Raises OperatorError, JournalError."""
        if self.operators.is_given(number, pin):
            raise OperatorError(PinProblem.GIVEN)
        self.operators.change_pin(number, pin)
        self.follow(number)

    def follow(self, number: str) -> None:
        """Somebody was changed or removed: from now on they may what they may now. Raises JournalError."""
        now = self.operators.find(number)
        if self._page and self._page.number == number:
            if now is None or now.role is Role.VOLUNTEER:
                self.lock()
            else:
                self._page = now
        if self._shift and self._shift.number == number:
            gone, self._shift = self._shift, now
            if now is None:
                self.operators.sign_out(gone.who)
                self._went_off()

    # --- the admin page -------------------------------------------------------------------------

    @property
    def page(self) -> Operator | None:
        """Whoever opened the admin page, as long as they use it."""
        if self._page and self._monotonic() - self._page_seen >= self._page_locks_s:
            self.lock("left_alone")
        return self._page

    def unlock(self, number: str, pin: str) -> SignIn:
        """Open the admin page: a guard's or an admin's. Raises JournalError."""
        found = self.operators.sign_in(number, pin)
        if found.operator is None:
            return found
        if found.operator.role is Role.VOLUNTEER:
            self._lock_keys()
            return SignIn(refusal=Refusal.NOT_ALLOWED)
        self._page, self._page_seen = found.operator, self._monotonic()
        return found

    def unlock_as_shift(self) -> bool:
        """A guard or admin who signed in a moment ago need not do it again."""
        fresh = self._monotonic() - self._shift_seen < self._page_locks_s
        if self._shift and fresh and self._shift.role is not Role.VOLUNTEER and not self._shift.new_pin:
            self._page, self._page_seen = self._shift, self._monotonic()
        return self._page is not None

    def used_page(self) -> None:
        """A key or a tap on the admin page."""
        if self.page:
            self._page_seen = self._monotonic()

    def lock(self, why: str = "") -> None:
        """The admin page asks anew. `why`: a slug, if nobody asked for it."""
        one, self._page = self._page, None
        if one and self._journal():
            self.operators.sign_out(one.who, why or "page")
            self._lock_keys()

    def _lock_keys(self) -> None:
        """Nobody is at work: wrapped data keys are locked away."""
        journal = self._journal()
        if journal and self._shift is None and self._page is None and journal.vault.wrapped:
            journal.vault.lock()

    def answering(self) -> Who:
        """Whoever answers for what is written now: on the admin page, or else at the gate."""
        return self._page.who if self._page else self.on_duty


def vouched_by_two(signing: SigningIn, first: tuple[str, str], second: tuple[str, str]) -> Sequence[SignIn]:
    """The two-person rule: numbers and PINs of two operators, one an admin.

    Two sign-ins with operators, or the refusal that came first. Raises JournalError.
    """
    if first[0] == second[0]:
        return (SignIn(refusal=Refusal.SAME_PERSON),)
    signed: list[SignIn] = []
    for number, pin in (first, second):
        found = signing.sign_once(number, pin)
        if found.operator is None:
            return (found,)
        signed.append(found)
    who = [one.operator.who for one in signed if one.operator]
    refusal = two_people(who[0], who[1])
    return (SignIn(refusal=refusal),) if refusal else signed
