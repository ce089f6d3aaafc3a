"""Operators at the gate that runs: who signs in there and on the admin page, who they are, what is on record.

Everything here is called in the GUI thread, which owns the journal; a job reads beside it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path

from station.core.audit import Audited, Event, Line
from station.core.operators import (
    NOBODY,
    Operator,
    OperatorError,
    OperatorProblem,
    Refusal,
    Who,
    pin_problem,
)
from station.core.outcome import StorageProblem
from station.core.override import Role
from station.journal.audit import put_on_record, read
from station.journal.connection import folder_of, open_reader
from station.journal.entries import Journal
from station.journal.errors import JournalError, VaultError, storage_errors
from station.journal.masking import mask_name
from station.journal.operators import SignIn
from station.journal.recovery import is_key, new_key, unlock, was_wrong
from station.keys_desk import StationKeysDesk
from station.reports.passes import PrintError
from station.reports.recovery_sheet import write_sheet
from station.signing_in import SigningIn
from station.translation import stated
from station.ui import operator_words, words
from station.ui.admin import desk_words
from station.ui.admin.desk import DeskError
from station.ui.admin.work import Job, Progress
from station.ui.duty import Answer

log = logging.getLogger(__name__)

SHOWN = 8  # characters of a name, where there is room for no more


def utc_now() -> datetime:
    return datetime.now(UTC)


class StationDuty:
    """`ui.duty.Duty` and `ui.admin.operators_desk.DoorDesk`: a journal that does not open lets nobody in."""

    def __init__(
        self,
        signing: SigningIn,
        journal: Callable[[], Journal | None],
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.signing, self._journal, self._now = signing, journal, now
        self._used = False

    def used(self) -> bool:
        """Once they were made they stay made, also while the journal is closed for a moment."""
        if not self._used:
            try:
                self._used = self._journal() is not None and self.signing.operators.any()
            except JournalError as error:
                log.error("operators not readable: %s", error)
        return self._used

    def people(self) -> Sequence[Operator]:
        try:
            return self.signing.operators.all()
        except JournalError as error:
            log.error("operators not readable: %s", error)
            return ()

    def trusted(self) -> Sequence[Operator]:
        return [one for one in self.people() if one.role is not Role.VOLUNTEER]

    # --- the shift ------------------------------------------------------------------------------

    def on_duty(self) -> Operator | None:
        return self.signing.shift

    def shown(self) -> str:
        """Whoever is on duty, masked, for a screen that everybody sees."""
        return mask_name(self.signing.shift.name)[:SHOWN] if self.signing.shift else ""

    def answering(self) -> Who:
        return self.signing.on_duty

    def sign_in(self, number: str, pin: str) -> Answer:
        return answer(lambda: self.signing.sign_in(number, pin))

    def sign_once(self, number: str, pin: str) -> Answer:
        return answer(lambda: self.signing.sign_once(number, pin))

    def sign_out(self) -> None:
        answer(self.signing.sign_out)

    def used_role(self) -> None:
        self.signing.used_role()

    def change_pin(self, number: str, pin: str) -> str:
        try:
            self.signing.change_pin(number, pin)
        except OperatorError as error:
            return operator_words.problem(error.problem)
        except JournalError as error:
            return _storage(error.problem)
        return ""

    # --- the admin page -------------------------------------------------------------------------

    def page(self) -> Operator | None:
        try:
            return self.signing.page
        except JournalError as error:
            log.error("not put on record: %s", error)
            return None

    def unlock(self, number: str, pin: str) -> Answer:
        return answer(lambda: self.signing.unlock(number, pin))

    def unlock_as_shift(self) -> bool:
        return self.signing.unlock_as_shift()

    def used_page(self) -> None:
        if self.page():
            self.signing.used_page()

    def lock(self) -> None:
        answer(self.signing.lock)

    def looked(self, what: str) -> None:
        journal = self._journal()
        if journal is None:
            return
        try:
            put_on_record(journal, Event(Audited.UNMASKED, facts=(("page", what),)), self._now())
        except JournalError as error:
            log.error("not put on record: %s", error)


class StationOperatorsDesk(StationDuty):
    """`ui.admin.operators_desk.OperatorsDesk`."""

    def __init__(
        self,
        signing: SigningIn,
        journal: Callable[[], Journal | None],
        zone: tzinfo,
        gate: Callable[[], str],
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__(signing, journal, now)
        self._zone, self._gate = zone, gate
        self.keys = StationKeysDesk(signing, journal, now, _in_words)

    def add(self, number: str, name: str, role: Role, pin: str) -> None:
        """The first one is at once the admin on whose page this is."""
        first = not self.used()
        with _in_words():
            self.signing.operators.add(number, name, role, pin, by=self._admin())
            if first:
                self.signing.unlock(number, pin)

    def change(self, number: str, name: str, role: Role, pin: str = "") -> None:
        with _in_words(), self._followed(number):
            self.signing.operators.change(number, name, role, pin, by=self._admin())

    def reset(self, number: str, pin: str) -> None:
        with _in_words():
            self.signing.operators.reset_pin(number, pin, by=self._admin())

    def remove(self, number: str) -> None:
        with _in_words(), self._followed(number):
            self.signing.operators.remove(number, by=self._admin())

    @contextmanager
    def _followed(self, number: str) -> Iterator[None]:
        """Whoever is at work with this number has no rights of before, also if only the rest failed."""
        try:
            yield
        finally:
            self.signing.follow(number)

    def new_recovery(self) -> str:
        with _in_words():
            return new_key(self._open(), by=self._admin(), now=self._now())

    def recover(self, key: str, number: str, pin: str) -> str:
        with _in_words():
            journal = self._open()
            if problem := pin_problem(pin, number, Role.ADMIN):
                raise OperatorError(problem)
            if not is_key(journal, key):
                was_wrong(journal, self._now())
                raise OperatorError(OperatorProblem.WRONG_KEY)
            unlock(journal, key)
            self.signing.operators.restore(number, pin)
            return new_key(journal, by=Who(number, Role.ADMIN), now=self._now())

    def write_recovery(self, path: Path, key: str) -> None:
        try:
            write_sheet(path, key, self._gate(), self.local(self._now()))
        except PrintError as error:
            raise DeskError(desk_words.not_written(str(error))) from error

    def audit(self, day: date) -> Job:
        begin = datetime.combine(day, time(), self._zone)
        end = begin + timedelta(days=1)
        with _in_words():
            journal = self._open()
            folder, vault = folder_of(journal.connection), journal.vault

        def job(progress: Progress) -> Sequence[Line]:
            with _in_words(), storage_errors(), closing(open_reader(folder)) as connection:
                return read(connection, vault, begin, end, told=progress.step)[::-1]

        return job

    def local(self, at: datetime) -> datetime:
        return at.astimezone(self._zone)

    def today(self) -> date:
        return self.local(self._now()).date()

    def _admin(self) -> Who:
        """Whoever does it. Before there are operators, nobody: whoever makes the first one is that one."""
        if not self.used():
            return NOBODY
        page = self.page()
        if page is None or page.role is not Role.ADMIN:
            raise DeskError(operator_words.refusal(Refusal.NOT_ALLOWED))
        return page.who

    def _open(self) -> Journal:
        journal = self._journal()
        if journal is None:
            raise JournalError(StorageProblem.LOCKED, "the gate has no journal now")
        self.signing.attend(journal)
        return journal


def answer(act: Callable[[], SignIn | None]) -> Answer:
    try:
        found = act()
    except JournalError as error:
        return Answer(refusal=_storage(error.problem))
    except VaultError as error:
        log.error("the data keys do not open: %s", error)
        return Answer(refusal=desk_words.no_key())
    if found is None:
        return Answer()
    if found.refusal:
        return Answer(refusal=operator_words.refusal(found.refusal, found.wait_s))
    return Answer(found.operator)


def _storage(problem: StorageProblem) -> str:
    said = words.problem(problem)
    return stated(said.sentence, said.step)


@contextmanager
def _in_words() -> Iterator[None]:
    """What went wrong, as the admin reads it."""
    try:
        yield
    except OperatorError as error:
        raise DeskError(operator_words.problem(error.problem)) from error
    except JournalError as error:
        raise DeskError(_storage(error.problem)) from error
    except VaultError as error:
        raise DeskError(desk_words.no_key()) from error
