"""Who works here, and what their PINs are worth: numbers, roles, PINs that are refused, delays. Pure.

How a PIN is kept and compared is `journal.operators`; whoever is at the gate now, `signing_in`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from station.core.override import Role

LEAST_OF_PIN, MOST_OF_PIN = 4, 8  # digits
LEAST_OF_TRUSTED = 6  # of a guard's or an admin's PIN: it is asked for where somebody has time to try
DELAYS_S = (0.0, 5.0, 30.0, 120.0, 300.0, 900.0)  # after so many wrong PINs in a row; the last one stays
ROLE_ENDS_S = 30 * 60.0  # a guard or admin who did nothing so long counts as a volunteer until the next PIN
ALONE_AT_MOST = 50  # people: the names of more of them at once take two signatures, as an export does
PAGE_LOCKS_S = 5 * 60.0  # the admin page without use

_NUMBER = re.compile(r"[0-9]{4,8}")
_RUNS = ("01234567890", "09876543210")
_YEAR = re.compile(r"(19|20)[0-9]{2}")


class PinProblem(StrEnum):
    """Why a PIN is not taken. None of them says what it was."""

    NOT_DIGITS = "not_digits"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    ALL_ALIKE = "all_alike"  # 0000
    RUN = "run"  # 1234, 8765
    REPEATED = "repeated"  # 1212, 123123
    YEAR = "year"  # 1952: half the estate knows when one was born
    OWN_NUMBER = "own_number"
    GIVEN = "given"  # the one that somebody else gave, and knows


class Refusal(StrEnum):
    """Why somebody is not signed in."""

    WRONG = "wrong"  # the PIN, or nobody has this number
    WAIT = "wait"  # too many wrong ones: not even looked at
    NOT_ALLOWED = "not_allowed"  # the PIN is right, the role is not
    SAME_PERSON = "same_person"  # two different people are needed
    NEEDS_ADMIN = "needs_admin"  # one of the two must be an admin
    NEEDS_GUARD = (
        "needs_guard"  # a volunteer answers for nobody's data: the other one must be a guard or admin
    )
    TAMPERED = "tampered"  # what is stored of this operator was changed by somebody else
    NO_KEY = "no_key"  # the PIN is right; the data keys are locked away, and not wrapped for them yet


class OperatorProblem(StrEnum):
    """Why a change of the operators is not made."""

    BAD_NUMBER = "bad_number"
    NUMBER_TAKEN = "number_taken"
    NO_NAME = "no_name"
    FIRST_IS_ADMIN = "first_is_admin"
    LAST_ADMIN = "last_admin"
    GONE = "gone"
    WRONG_KEY = "wrong_key"  # the recovery key
    NEEDS_PIN = "needs_pin"  # a volunteer becomes a guard or admin: four digits are no longer enough


class OperatorError(ValueError):
    """This change is not made."""

    def __init__(self, problem: OperatorProblem | PinProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who answers for what is done; nobody: an empty number."""

    number: str = ""
    role: Role | None = None

    def __bool__(self) -> bool:
        return self.number != ""


NOBODY = Who()


@dataclass(frozen=True, slots=True)
class Operator:
    """Somebody with a number and a PIN. `new_pin`: an admin gave them one, which they change first."""

    number: str
    name: str = field(repr=False)
    role: Role
    new_pin: bool = False

    @property
    def who(self) -> Who:
        return Who(self.number, self.role)


@dataclass(frozen=True, slots=True)
class Wrong:
    """Wrong PINs in a row, and when the last one was, by wall time (UTC)."""

    count: int = 0
    last_at: datetime | None = None


def is_number(text: str) -> bool:
    """Whether this can be an operator's number."""
    return _NUMBER.fullmatch(text) is not None


def pin_problem(pin: str, number: str, role: Role) -> PinProblem | None:
    """Why this PIN is not taken for an operator; None: it is."""
    if not pin.isascii() or not pin.isdigit():
        return PinProblem.NOT_DIGITS
    least = LEAST_OF_PIN if role is Role.VOLUNTEER else LEAST_OF_TRUSTED
    if not least <= len(pin) <= MOST_OF_PIN:
        return PinProblem.TOO_SHORT if len(pin) < least else PinProblem.TOO_LONG
    return _easy_to_guess(pin, number)


def _easy_to_guess(pin: str, number: str) -> PinProblem | None:
    if len(set(pin)) == 1:
        return PinProblem.ALL_ALIKE
    if any(pin in run for run in _RUNS):
        return PinProblem.RUN
    if any(pin == pin[:length] * (len(pin) // length) for length in (2, 3, 4) if length < len(pin)):
        return PinProblem.REPEATED
    if _YEAR.fullmatch(pin):
        return PinProblem.YEAR
    return PinProblem.OWN_NUMBER if pin == number else None


def needs_longer_pin(before: Role, after: Role) -> bool:
    """Whether a PIN that was long enough may be too short now. Nobody can tell: only its lock is kept."""
    return before is Role.VOLUNTEER and after is not Role.VOLUNTEER


def delay_s(wrong: int) -> float:
    """For how many seconds nobody is listened to after so many wrong PINs in a row; never for ever."""
    return DELAYS_S[min(wrong, len(DELAYS_S) - 1)]


class Patience:
    """How long an operator still has to wait.

    Within one run of the program only the monotonic clock counts, so that setting the wall clock shortens
    nothing. After a restart the stored wall time counts; if the clock stands before it, somebody set it back,
    and the whole delay begins anew.
    """

    def __init__(self) -> None:
        self._until: dict[str, tuple[int, float]] = {}  # wrong PINs, and monotonic seconds

    def wait_s(self, number: str, wrong: Wrong, *, wall: datetime, mono: float) -> float:
        """Seconds until a PIN of this operator is looked at again; 0: now."""
        known = self._until.get(number)
        if known is None or known[0] != wrong.count:
            known = (wrong.count, mono + _left_s(wrong, wall))
            self._until[number] = known
        return max(0.0, known[1] - mono)


def _left_s(wrong: Wrong, wall: datetime) -> float:
    whole = delay_s(wrong.count)
    since = (wall - wrong.last_at).total_seconds() if wrong.last_at else whole
    return whole if since < 0 else max(0.0, whole - since)


def two_people(first: Who, second: Who) -> Refusal | None:
    """The two-person rule: an admin, and another admin or a guard. None: they may.

    A volunteer is no second: whoever helps for a morning would sign because the admin asks them to.
    """
    if not first or not second or first.number == second.number:
        return Refusal.SAME_PERSON
    if Role.ADMIN not in (first.role, second.role):
        return Refusal.NEEDS_ADMIN
    return None if {first.role, second.role} <= {Role.ADMIN, Role.GUARD} else Refusal.NEEDS_GUARD
