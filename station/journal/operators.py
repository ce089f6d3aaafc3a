"""The operators in a journal: made, changed and signed in, each change with its record in the audit.

How often a PIN was wrong is counted in the audit: there is nothing else that could be set to zero. What lies
in the journal, and whether anybody else touched it, is operator_rows.py.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import msgspec

from station.core.audit import Audited, Event
from station.core.entry import from_ms
from station.core.operators import (
    NOBODY,
    Operator,
    OperatorError,
    OperatorProblem,
    Patience,
    Refusal,
    Who,
    Wrong,
    is_number,
    needs_longer_pin,
    pin_problem,
)
from station.core.override import Role
from station.journal import audit
from station.journal.connection import folder_of, transaction
from station.journal.entries import Journal
from station.journal.errors import storage_errors
from station.journal.operator_rows import (
    COLUMNS,
    Row,
    blank,
    name_context,
    newest_record,
    newest_rows,
    operator_of,
)
from station.journal.pins import USUAL_COST, Cost, PinLock
from station.journal.wrapped_file import public_of
from station.journal.wrapping import Wrapping

_WRONG = """
SELECT at_ms FROM audit WHERE operator = :number AND kind = 'sign_in_failed' AND number > max(:since,
    (SELECT coalesce(max(number), 0) FROM audit
     WHERE operator = :number AND kind IN ('signed_in', 'signed_once')))
ORDER BY number DESC
"""


@dataclass(frozen=True, slots=True)
class SignIn:
    """What came of a PIN. `wait_s`: nobody is listened to before that. `key`: see `journal.pins`."""

    operator: Operator | None = None
    refusal: Refusal | None = None
    wait_s: float = 0.0
    key: bytes = field(default=b"", repr=False)


def utc_now() -> datetime:
    return datetime.now(UTC)


class Operators:
    """Of a journal that is open for writing. All methods raise JournalError; those with names VaultError.

    `monotonic` is in seconds: within one run nobody shortens a delay by setting the wall clock.
    """

    def __init__(
        self,
        journal: Journal,
        *,
        now: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
        cost: Cost = USUAL_COST,
        patience: Patience | None = None,
    ) -> None:
        self._journal, self._now, self._monotonic, self._cost = journal, now, monotonic, cost
        self._connection, self._vault = journal.connection, journal.vault
        self._patience = patience or Patience()
        self._wrapping = Wrapping(folder_of(journal.connection), journal.vault)

    # --- who there is ---------------------------------------------------------------------------

    def any(self) -> bool:
        """Whether an operator was ever made: from then on roles need a PIN."""
        with storage_errors():
            return self._connection.execute("SELECT 1 FROM operator LIMIT 1").fetchone() is not None

    def all(self) -> list[Operator]:
        """Everybody who can sign in, longest here first."""
        with storage_errors():
            rows = [row for row in newest_rows(self._connection) if row.active]
        firsts = [operator_of(self._vault, row) for row in rows]
        return [one for one in firsts if one]

    def find(self, number: str) -> Operator | None:
        """Whoever has this number and can sign in."""
        return next((one for one in self.all() if one.number == number), None)

    # --- changes --------------------------------------------------------------------------------

    def add(self, number: str, name: str, role: Role, pin: str, *, by: Who = NOBODY) -> Operator:
        """A new operator; the first one must be an admin. Raises OperatorError."""
        if not is_number(number):
            raise OperatorError(OperatorProblem.BAD_NUMBER)
        if not name.strip():
            raise OperatorError(OperatorProblem.NO_NAME)
        if self._row(number):
            raise OperatorError(OperatorProblem.NUMBER_TAKEN)
        first = not self.any()
        if first and role is not Role.ADMIN:
            raise OperatorError(OperatorProblem.FIRST_IS_ADMIN)
        row = self._with_pin(blank(number, role, self._seal(number, name)), pin, new_pin=bool(by))
        self._store(row, Audited.OPERATOR_ADDED, by or Who(number, role), pin)
        return Operator(number, name.strip(), role, new_pin=bool(by))

    def change(self, number: str, name: str, role: Role, pin: str = "", *, by: Who) -> None:
        """Another name or role; whoever rises needs a `pin`, given as at a reset. Raises OperatorError."""
        if not name.strip():
            raise OperatorError(OperatorProblem.NO_NAME)
        row = self._there(number)
        if row.role == Role.ADMIN and role is not Role.ADMIN:
            self._keep_an_admin(number)
        rises = needs_longer_pin(Role(row.role), role)
        if rises and not pin:
            raise OperatorError(OperatorProblem.NEEDS_PIN)
        changed = msgspec.structs.replace(row, name=self._seal(number, name), role=role.value)
        if rises:
            changed = self._with_pin(changed, pin, new_pin=True)
        self._store(changed, Audited.OPERATOR_CHANGED, by, pin if rises else "")

    def remove(self, number: str, *, by: Who) -> None:
        """From now on nobody signs in with this number; it is not given to another. Raises OperatorError."""
        row = self._there(number)
        if row.role == Role.ADMIN:
            self._keep_an_admin(number)
        self._store(msgspec.structs.replace(row, active=0), Audited.OPERATOR_REMOVED, by)
        self._wrapping.shut_out(number)

    def reset_pin(self, number: str, pin: str, *, by: Who) -> None:
        """A PIN that an admin gives; it is changed at the next sign-in. Raises OperatorError."""
        self._store(self._with_pin(self._there(number), pin, new_pin=True), Audited.PIN_RESET, by, pin)

    def is_given(self, number: str, pin: str) -> bool:
        """Whether this is the PIN that an admin gave them, and knows. Raises OperatorError."""
        row = self._there(number)
        return bool(row.new_pin) and row.lock.key(pin) is not None

    def change_pin(self, number: str, pin: str) -> None:
        """Their own, after they signed in. Raises OperatorError."""
        row = self._with_pin(self._there(number), pin, new_pin=False)
        self._store(row, Audited.PIN_CHANGED, Who(number, Role(row.role)), pin)

    def restore(self, number: str, pin: str) -> None:
        """An admin's new PIN, for whoever showed the recovery key (`journal.recovery`).

        Raises OperatorError.
        """
        row = self._with_pin(self._there(number), pin, new_pin=False)
        if row.role != Role.ADMIN:
            raise OperatorError(OperatorProblem.GONE)
        self._store(row, Audited.RECOVERY_USED, NOBODY, pin)

    # --- signing in -----------------------------------------------------------------------------

    def sign_in(
        self, number: str, pin: str, *, what: Audited = Audited.SIGNED_IN, unlock: bool = True
    ) -> SignIn:
        """Compare a PIN; what came of it is on record. While a delay runs it is not looked at.

        With `unlock`, the data keys are open from then on, if they were wrapped. Raises VaultError if what
        lies wrapped was changed.
        """
        row = self._row(number)
        if row is None or not row.active:
            return self._nobody()
        if wait_s := self._wait_s(row.number, row.audit):
            return SignIn(refusal=Refusal.WAIT, wait_s=wait_s)
        operator = operator_of(self._vault, row)
        if operator is None or not self._is_newest(row):
            self._note(Audited.SIGN_IN_FAILED, Who(number), (("why", Refusal.TAMPERED.value),))
            return SignIn(refusal=Refusal.TAMPERED)
        key = row.lock.key(pin)
        if key is None:
            self._note(Audited.SIGN_IN_FAILED, Who(number))
            return SignIn(refusal=Refusal.WRONG, wait_s=self._wait_s(number, row.audit))
        if unlock and not self._wrapping.unlock(number, key):
            self._note(Audited.SIGNED_ONCE, operator.who, (("why", Refusal.NO_KEY.value),))
            return SignIn(refusal=Refusal.NO_KEY)
        self._note(what, operator.who)
        return SignIn(operator_of(self._vault, row), key=key)

    def sign_out(self, who: Who, why: str = "") -> None:
        """`why`: a slug, if it was not themselves."""
        self._note(Audited.SIGNED_OUT, who, (("why", why),) if why else ())

    def wait_s(self, number: str) -> float:
        """Seconds until a PIN of this operator is looked at."""
        row = self._row(number)
        return self._wait_s(number, row.audit) if row else 0.0

    def _nobody(self) -> SignIn:
        """A number that is nobody's. On record, but no flood of them."""
        if self._wait_s("", 0) == 0:
            self._note(Audited.SIGN_IN_FAILED, NOBODY)
        return SignIn(refusal=Refusal.WRONG)

    def _wait_s(self, number: str, since: int) -> float:
        """After the wrong PINs that came after this record of the audit."""
        with storage_errors():
            found = self._connection.execute(_WRONG, {"number": number, "since": since}).fetchall()
        wrong = Wrong(len(found), from_ms(found[0][0]) if found else None)
        return self._patience.wait_s(number, wrong, wall=self._now(), mono=self._monotonic())

    def _is_newest(self, row: Row) -> bool:
        """Whether nobody put an older state back: the audit knows which row was made last."""
        made = newest_record(self._connection, row.number)
        return made is not None and made == (row.audit, row.digest)

    # --- rows -----------------------------------------------------------------------------------

    def _row(self, number: str) -> Row | None:
        with storage_errors():
            return next((row for row in newest_rows(self._connection) if row.number == number), None)

    def _there(self, number: str) -> Row:
        row = self._row(number)
        if row is None or not row.active:
            raise OperatorError(OperatorProblem.GONE)
        return row

    def _keep_an_admin(self, besides: str) -> None:
        admins = [one for one in self.all() if one.role is Role.ADMIN and one.number != besides]
        if not admins:
            raise OperatorError(OperatorProblem.LAST_ADMIN)

    def _with_pin(self, row: Row, pin: str, *, new_pin: bool) -> Row:
        if problem := pin_problem(pin, row.number, Role(row.role)):
            raise OperatorError(problem)
        lock = PinLock.of(pin, self._cost)
        return msgspec.structs.replace(
            row, new_pin=int(new_pin), salt=lock.salt, cost=lock.cost, verifier=lock.verifier
        )

    def _seal(self, number: str, name: str) -> bytes:
        return self._vault.seal(name.strip().encode(), name_context(number))

    def _store(self, row: Row, what: Audited, by: Who, pin: str = "") -> None:
        """`pin`: a new one, which is let in first, and their former ones shut out at the end."""
        key = row.lock.key(pin) if pin and self._wrapping.on else None
        if key:
            self._wrapping.let_in(row.number, key)
        with storage_errors(), transaction(self._connection):
            facts: tuple[tuple[str, str], ...] = (("role", row.role), ("row", row.digest))
            if pin and what is Audited.OPERATOR_CHANGED:
                facts += (("pin", "given"),)
            event = Event(what, by, row.number, facts, by_duty=what is not Audited.RECOVERY_USED)
            written = audit.write(self._journal, event, self._now())
            (last,) = self._connection.execute("SELECT coalesce(max(position), 0) FROM operator").fetchone()
            row = msgspec.structs.replace(row, position=last + 1, audit=written.number)
            row = msgspec.structs.replace(row, signature=self._vault.sign(row.to_sign()))
            self._connection.execute(
                f"INSERT INTO operator ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                msgspec.structs.astuple(row),
            )
        if key:
            self._wrapping.shut_out(row.number, but=public_of(key))

    def _note(self, what: Audited, who: Who, facts: tuple[tuple[str, str], ...] = ()) -> None:
        """Of `who` alone: a wrong number is no wrong PIN of whoever is on duty."""
        event = Event(what, who, who.number, facts, by_duty=False)
        audit.put_on_record(self._journal, event, self._now())
