"""Operators with their PINs: who is let in, who waits, and what was done to a row behind our back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from station.core.audit import Audited
from station.core.operators import OperatorError, OperatorProblem, PinProblem, Refusal, Who
from station.core.override import Role
from station.journal.audit import read
from station.journal.check import check
from station.journal.entries import Journal
from station.journal.operators import Operators
from station.journal.pins import Cost, PinLock
from station.journal.recovery import is_key, new_key
from tests.journal.samples import NOON, open_journal
from tests.journal.test_policies import rewrite

CHEAP = Cost(64, 1)
ADMIN = Who("1001", Role.ADMIN)


@dataclass
class Clocks:
    """Wall time, which anybody may set, and seconds, which nobody can."""

    wall: datetime = NOON
    mono: float = 100.0

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.mono

    def wait(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.mono += seconds


@dataclass
class Office:
    journal: Journal
    clocks: Clocks = field(default_factory=Clocks)

    def __post_init__(self) -> None:
        self.operators = Operators(
            self.journal, now=self.clocks.now, monotonic=self.clocks.monotonic, cost=CHEAP
        )

    def staff(self) -> None:
        """An admin and a volunteer."""
        self.operators.add("1001", "王建国", Role.ADMIN, "730518")
        self.operators.add("2002", "李秀英", Role.VOLUNTEER, "4071", by=ADMIN)

    def told(self) -> list[tuple[str, str, str]]:
        always = (NOON - timedelta(days=99), NOON + timedelta(days=99))
        lines = read(self.journal.connection, self.journal.vault, *always)
        return [(line.what, line.who, line.subject) for line in lines]


@pytest.fixture
def office(journal: Journal) -> Office:
    office = Office(journal)
    office.staff()
    return office


def test_the_first_operator_is_an_admin(journal: Journal) -> None:
    empty = Office(journal)
    assert not empty.operators.any()
    with pytest.raises(OperatorError) as refused:
        empty.operators.add("2002", "李秀英", Role.VOLUNTEER, "4071")
    assert refused.value.problem is OperatorProblem.FIRST_IS_ADMIN
    empty.operators.add("1001", "王建国", Role.ADMIN, "730518")
    assert empty.operators.any()


def test_the_right_pin_signs_in_and_is_on_record(office: Office) -> None:
    found = office.operators.sign_in("2002", "4071")
    assert found.operator is not None
    assert (found.operator.name, found.operator.role) == ("李秀英", Role.VOLUNTEER)
    assert found.operator.new_pin, "an admin knows it"
    assert len(found.key) == 32
    assert found.key == office.operators.sign_in("2002", "4071").key, "the same key each time"
    assert office.told()[-1] == (Audited.SIGNED_IN, "2002", "2002")


def test_a_wrong_pin_makes_wait_longer_each_time_and_never_for_ever(office: Office) -> None:
    waits = []
    for _ in range(8):
        refused = office.operators.sign_in("2002", "9999")
        assert refused.refusal is Refusal.WRONG
        waits.append(round(refused.wait_s))
        office.clocks.wait(refused.wait_s)
    assert waits == [5, 30, 120, 300, 900, 900, 900, 900]
    assert office.operators.sign_in("2002", "4071").operator


def test_a_storm_of_pins_is_not_even_looked_at(office: Office) -> None:
    office.operators.sign_in("2002", "9999")
    before = len(office.told())
    for pin in range(10_000, 10_200):
        assert office.operators.sign_in("2002", str(pin)[1:]).refusal is Refusal.WAIT
    assert office.operators.sign_in("2002", "4071").refusal is Refusal.WAIT, "the right one too"
    assert len(office.told()) == before, "a storm does not fill the disk"
    assert office.operators.sign_in("1001", "730518").operator, "others do not wait for it"


def test_a_right_pin_makes_the_wrong_ones_forgotten(office: Office) -> None:
    office.clocks.wait(office.operators.sign_in("2002", "9999").wait_s)
    assert office.operators.sign_in("2002", "4071").operator
    assert office.operators.sign_in("2002", "9999").wait_s == pytest.approx(5)


@pytest.mark.parametrize("jump", [timedelta(days=1), timedelta(days=-1)])
def test_setting_the_clock_shortens_no_delay(office: Office, jump: timedelta) -> None:
    for _ in range(3):
        office.clocks.wait(office.operators.sign_in("2002", "9999").wait_s)
    assert office.operators.sign_in("2002", "9999").wait_s == pytest.approx(300)
    office.clocks.wall += jump
    office.clocks.wait(299)
    assert office.operators.sign_in("2002", "4071").refusal is Refusal.WAIT
    office.clocks.wait(1)
    assert office.operators.sign_in("2002", "4071").operator


def restart(office: Office) -> Office:
    """The same journal in a new run: seconds begin anew."""
    return Office(office.journal, Clocks(office.clocks.wall, mono=5.0))


def test_a_delay_survives_a_restart(office: Office) -> None:
    for _ in range(3):
        office.clocks.wait(office.operators.sign_in("2002", "9999").wait_s)
    office.operators.sign_in("2002", "9999")
    office.clocks.wait(100)
    again = restart(office)
    assert again.operators.sign_in("2002", "4071").wait_s == pytest.approx(200)
    again.clocks.wait(200)
    assert again.operators.sign_in("2002", "4071").operator


def test_the_clock_set_back_over_a_restart_begins_the_delay_anew(office: Office) -> None:
    office.operators.sign_in("2002", "9999")
    office.clocks.wall -= timedelta(hours=5)
    again = restart(office)
    assert again.operators.sign_in("2002", "4071").wait_s == pytest.approx(5)
    again.clocks.wait(5)
    assert again.operators.sign_in("2002", "4071").operator, "not locked out until the clock has caught up"


def test_numbers_that_are_nobodys_leave_a_trace_and_no_flood(office: Office) -> None:
    before = len(office.told())
    for number in range(5000, 5200):
        assert office.operators.sign_in(str(number), "4071").refusal is Refusal.WRONG
    assert office.told()[before:] == [(Audited.SIGN_IN_FAILED, "", "")], "the number may be a PIN: not kept"
    assert office.operators.sign_in("2002", "4071").operator


@pytest.mark.parametrize(
    ("pin", "problem"),
    [
        ("1234", PinProblem.RUN),
        ("7890", PinProblem.RUN),
        ("4321", PinProblem.RUN),
        ("0000", PinProblem.ALL_ALIKE),
        ("1212", PinProblem.REPEATED),
        ("1952", PinProblem.YEAR),
        ("2002", PinProblem.YEAR),
        ("123", PinProblem.TOO_SHORT),
        ("407140719", PinProblem.TOO_LONG),
        ("40 71", PinProblem.NOT_DIGITS),
        ("４０７１", PinProblem.NOT_DIGITS),
    ],
)
def test_a_pin_that_everybody_guesses_is_not_taken(office: Office, pin: str, problem: PinProblem) -> None:
    with pytest.raises(OperatorError) as refused:
        office.operators.change_pin("2002", pin)
    assert refused.value.problem is problem
    assert office.operators.sign_in("2002", "4071").operator, "the old one still counts"


def test_a_guards_pin_is_longer(office: Office) -> None:
    with pytest.raises(OperatorError) as refused:
        office.operators.add("3003", "张伟", Role.GUARD, "8264", by=ADMIN)
    assert refused.value.problem is PinProblem.TOO_SHORT


def test_a_reset_pin_is_changed_by_its_owner(office: Office) -> None:
    for _ in range(4):
        office.clocks.wait(office.operators.sign_in("2002", "9999").wait_s)
    office.operators.sign_in("2002", "9999")
    office.operators.reset_pin("2002", "6058", by=ADMIN)
    signed = office.operators.sign_in("2002", "6058")
    assert signed.operator is not None, "a new PIN has no wrong ones behind it"
    assert signed.operator.new_pin
    office.operators.change_pin("2002", "5831")
    again = office.operators.sign_in("2002", "5831").operator
    assert again is not None
    assert not again.new_pin
    assert office.operators.sign_in("2002", "6058").refusal is Refusal.WRONG


def test_somebody_who_left_does_not_come_in_and_their_number_stays_theirs(office: Office) -> None:
    office.operators.remove("2002", by=ADMIN)
    assert office.operators.sign_in("2002", "4071").refusal is Refusal.WRONG
    assert [one.number for one in office.operators.all()] == ["1001"]
    with pytest.raises(OperatorError) as refused:
        office.operators.add("2002", "赵敏", Role.VOLUNTEER, "5831", by=ADMIN)
    assert refused.value.problem is OperatorProblem.NUMBER_TAKEN


@pytest.mark.parametrize("role", [Role.GUARD, Role.ADMIN])
def test_a_volunteer_with_four_digits_does_not_become_a_guard_with_them(office: Office, role: Role) -> None:
    operators = office.operators
    for pin, problem in (("", OperatorProblem.NEEDS_PIN), ("6058", PinProblem.TOO_SHORT)):
        with pytest.raises(OperatorError) as refused:
            operators.change("2002", "李秀英", role, pin, by=ADMIN)
        assert refused.value.problem is problem
    assert operators.find("2002") == operators.sign_in("2002", "4071").operator, "still a volunteer"
    operators.change("2002", "李秀英", role, "605814", by=ADMIN)
    assert operators.sign_in("2002", "4071").refusal is Refusal.WRONG
    office.clocks.wait(5)
    found = operators.sign_in("2002", "605814").operator
    assert found is not None
    assert (found.role, found.new_pin) == (role, True), "an admin knows it: it is changed at once"
    operators.change_pin("2002", "920735")
    operators.change("2002", "李秀英", Role.GUARD, by=ADMIN)
    assert operators.sign_in("2002", "920735").operator, "who has six digits keeps them"


@pytest.mark.parametrize(
    "act",
    [
        lambda operators: operators.remove("1001", by=ADMIN),
        lambda operators: operators.change("1001", "王建国", Role.GUARD, by=ADMIN),
    ],
)
def test_the_last_admin_stays(office: Office, act: Callable[[Operators], None]) -> None:
    with pytest.raises(OperatorError) as refused:
        act(office.operators)
    assert refused.value.problem is OperatorProblem.LAST_ADMIN


def test_a_lost_pin_is_replaced_with_the_paper(office: Office, journal: Journal) -> None:
    first = new_key(journal, by=ADMIN, now=NOON)
    second = new_key(journal, by=ADMIN, now=NOON)
    assert not is_key(journal, first), "a new paper ends the old one"
    assert is_key(journal, second.lower().replace("-", " ").replace("0", "o"))
    assert not is_key(journal, second[:-1])
    office.operators.restore("1001", "846205")
    assert office.operators.sign_in("1001", "846205").operator
    with pytest.raises(OperatorError):
        office.operators.restore("2002", "846205")


def test_names_pins_and_keys_lie_nowhere_in_clear(office: Office, folder: Path, journal: Journal) -> None:
    key = new_key(journal, by=ADMIN, now=NOON)
    signed = office.operators.sign_in("1001", "730518")
    assert "730518" not in repr(signed)
    assert "王建国" not in repr(signed)
    journal.checkpoint()
    content = b"".join(path.read_bytes() for path in folder.glob("journal.db*"))
    for text in ("王建国", "李秀英", "730518", key, key.replace("-", "")):
        assert text.encode() not in content


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE operator SET role = 'admin' WHERE number = '2002'",
        "UPDATE operator SET salt = (SELECT salt FROM operator WHERE number = '1001'),"
        " verifier = (SELECT verifier FROM operator WHERE number = '1001') WHERE number = '2002'",
        "UPDATE operator SET cost = '4194304,9,1' WHERE number = '2002'",
        "DELETE FROM operator WHERE number = '2002' AND position = (SELECT max(position) FROM operator)",
        "INSERT INTO operator SELECT 99, number, role, active, new_pin, name, salt, cost, verifier, audit,"
        " signature FROM operator WHERE number = '2002' AND position = 2",
    ],
    ids=["role", "somebody else's PIN", "cost", "rolled back", "old row again"],
)
def test_a_row_that_somebody_changed_lets_nobody_in_and_is_named(folder: Path, statement: str) -> None:
    with open_journal(folder) as journal:
        office = Office(journal)
        office.staff()
        office.operators.change_pin("2002", "5831")
    rewrite(folder, statement)
    with open_journal(folder) as journal:
        for pin in ("4071", "730518", "5831"):
            office = Office(journal, Clocks(NOON + timedelta(hours=1)))
            found = office.operators.sign_in("2002", pin)
            if "active" not in statement:
                assert found.operator is None
            office.clocks.wait(10_000)
        assert office.operators.sign_in("1001", "730518").operator
    damaged = {damage.what for damage in check(folder).damages}
    assert damaged
    assert all("operator 2002" in what for what in damaged)


def test_a_cost_that_would_eat_the_pc_is_not_paid() -> None:
    lock = PinLock.of("730518", CHEAP)
    for cost in ("99999999,1,1", "64,999999,1", "64,1", "", "x,y,z", "-64,1,1"):
        assert PinLock(lock.salt, cost, lock.verifier).key("730518") is None
