"""The barrier by hand: for a guard, with a reason, on record before it opens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from station.core.audit import Audited, Line
from station.core.operators import Refusal, Who
from station.core.override import Role
from station.journal.audit import read
from station.journal.entries import Journal
from station.journal.operators import Operators
from station.journal.pins import Cost
from station.opening_office import OpeningOffice
from station.operators_desk import StationOperatorsDesk
from station.signing_in import SigningIn
from station.ui.admin.desk import DeskError
from tests.ui import scenes
from tests.ui.states import Stand

CHEAP = Cost(64, 1)
INSERT = Qt.Key.Key_Insert
GUARD, PIN = "1001", "730519"
VOLUNTEER, THEIRS = "2002", "4071"


@dataclass
class Gate:
    """A gate window over a real journal; at each opening the barrier counts what is on record."""

    stand: Stand
    journal: Journal
    has_barrier: bool = True
    opened: list[int] = field(default_factory=list)
    desk: StationOperatorsDesk = field(init=False)

    def open_barrier(self) -> None:
        self.opened.append(len(self.on_record()))

    def on_record(self) -> list[Line]:
        day = timedelta(days=1)
        now = datetime.now(UTC)
        lines = read(self.journal.connection, self.journal.vault, now - day, now + day)
        return [one for one in lines if one.what == Audited.OPENED_BY_HAND]

    def said(self) -> str:
        self.stand.wait(0.0)
        return self.stand.window.preview.accessibleName()

    def tap(self, name: str) -> None:
        visible = [one for one in self.stand.window.findChildren(QAbstractButton) if one.isVisible()]
        button = next(one for one in visible if one.accessibleName().startswith(name))
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.stand.wait(0.5)

    def enter(self, digits: str) -> None:
        self.stand.type(digits)
        self.stand.press(Qt.Key.Key_Return)


@pytest.fixture
def gate(application: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    with Journal.open(tmp_path, now=lambda: datetime.now(UTC)) as journal:
        stand = Stand.open()
        monkeypatch.setattr("station.opening_office.time.monotonic", stand.clock.monotonic)
        found = Gate(stand, journal)
        signing = SigningIn(lambda: journal, cost=CHEAP)
        signing.attend(journal)
        desk = StationOperatorsDesk(signing, lambda: journal, UTC, lambda: "东门")
        found.desk = desk
        office = OpeningOffice(stand.window, lambda: found, signing, desk)
        office.begin(found)
        yield found


def with_operators(gate: Gate) -> Gate:
    operators = Operators(gate.journal, cost=CHEAP)
    operators.add("9009", "赵管理", Role.ADMIN, "730518")
    operators.add(GUARD, "钱保安", Role.GUARD, PIN)
    operators.add(VOLUNTEER, "李阿姨", Role.VOLUNTEER, THEIRS)
    return gate


def test_a_guard_opens_with_number_and_pin_and_it_is_on_record_first(gate: Gate) -> None:
    with_operators(gate)
    gate.stand.press(INSERT)
    gate.stand.type("1")
    gate.enter(GUARD)
    gate.enter(PIN)

    assert gate.opened == [1]  # it stood there when the barrier was told
    [line] = gate.on_record()
    assert (line.who, line.role, line.note) == (GUARD, Role.GUARD, "救护、消防、警察")
    assert "闸开了一次" in gate.said()


@pytest.mark.parametrize("what", ["removed", "made a volunteer"])
def test_a_guard_on_duty_opens_nothing_from_the_moment_the_admin_says_so(gate: Gate, what: str) -> None:
    desk, signing, ended = with_operators(gate).desk, gate.desk.signing, list[str]()
    signing.ends = lambda: ended.append("shift")
    assert desk.sign_in(GUARD, PIN).operator
    assert desk.unlock("9009", "730518").operator
    assert signing.open_by_hand(lambda: None, "急救") is None
    if what == "removed":
        desk.remove(GUARD)
    else:
        desk.change(GUARD, "钱保安", Role.VOLUNTEER)

    assert signing.open_by_hand(gate.open_barrier, "急救") is Refusal.NOT_ALLOWED
    assert gate.opened == []
    if what == "removed":
        assert (desk.on_duty(), desk.shown(), ended) == (None, "", ["shift"])
    else:
        assert desk.answering() == Who(GUARD, Role.VOLUNTEER)
        assert ended == []
    assert desk.page(), "whoever did it goes on"


def test_an_admin_page_shuts_for_whoever_has_no_right_to_it_any_more(gate: Gate) -> None:
    desk = with_operators(gate).desk
    desk.unlock("9009", "730518")
    desk.add("9010", "孙管理", Role.ADMIN, "730517")
    assert desk.unlock("9010", "730517").operator
    desk.change("9010", "孙管理", Role.GUARD)
    with pytest.raises(DeskError):
        desk.add("3003", "周", Role.ADMIN, "730516")
    assert desk.page(), "a guard may look at it"

    assert desk.unlock("9009", "730518").operator
    desk.change("9010", "孙管理", Role.ADMIN)
    desk.change("9009", "赵管理", Role.VOLUNTEER)
    assert desk.page() is None


def test_another_operator_that_changes_leaves_whoever_is_on_duty_alone(gate: Gate) -> None:
    desk = with_operators(gate).desk
    desk.sign_in(GUARD, PIN)
    desk.unlock("9009", "730518")
    desk.remove(VOLUNTEER)
    assert desk.answering() == Who(GUARD, Role.GUARD)


def test_a_volunteer_does_not(gate: Gate) -> None:
    with_operators(gate)
    gate.stand.press(INSERT)
    gate.stand.type("1")
    gate.enter(VOLUNTEER)
    gate.enter(THEIRS)

    assert (gate.opened, gate.on_record()) == ([], [])
    assert gate.stand.window.pages.opening.isVisible()  # whoever may can still come


def test_a_wrong_pin_opens_nothing(gate: Gate) -> None:
    with_operators(gate)
    gate.stand.press(INSERT)
    gate.stand.type("2")
    gate.enter(GUARD)
    gate.enter("9999")

    assert gate.opened == []


def test_before_there_are_operators_a_guards_number_does(gate: Gate) -> None:
    gate.tap("开闸")
    gate.tap("货车")
    gate.enter("4711")  # nobody's
    assert gate.opened == []
    gate.enter(scenes.GUARD)
    assert gate.opened == [1]


def test_a_gate_without_a_barrier_has_no_such_key(gate: Gate) -> None:
    gate.has_barrier = False
    gate.stand.window.buttons.show_barrier(False)
    gate.stand.press(INSERT)

    assert not gate.stand.window.pages.any_open
    assert not gate.stand.window.buttons.barrier.isVisible()


def test_nothing_opens_that_cannot_be_put_on_record(gate: Gate) -> None:
    gate.stand.press(INSERT)
    gate.stand.type("1")
    gate.journal.connection.execute("PRAGMA query_only = ON")
    gate.enter(scenes.GUARD)
    gate.journal.connection.execute("PRAGMA query_only = OFF")

    assert gate.opened == []
    assert "闸没有开" in gate.said()
