"""Signing in at the gate: two taps, patience, scanners that type, and nothing that holds up the lane."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from station.core.audit import Audited
from station.core.model import Scan, Severity
from station.core.operators import Who
from station.core.override import Override, Role
from station.ui.buttons import LEAST_PX
from station.ui.painted import Painted
from station.ui.person_tile import PersonTile
from tests.ui import scenes
from tests.ui.duty_desk import ADMIN, EMPTY_STATES, GUARD, PINS, STATES, VOLUNTEER, DutyDesk

ENTER = Qt.Key.Key_Return


@pytest.fixture
def office(application: QApplication, tmp_path: Path) -> Iterator[DutyDesk]:
    office = DutyDesk.open(tmp_path)
    yield office
    office.close()


@pytest.fixture
def empty(application: QApplication, tmp_path: Path) -> Iterator[DutyDesk]:
    office = DutyDesk.open(tmp_path, staff=False)
    yield office
    office.close()


def on_screen(office: DutyDesk) -> str:
    return office.gate.window.header.accessibleName()


def overrides(office: DutyDesk) -> list[Override]:
    return [wish for _, wish in office.gate.wishes.made if isinstance(wish, Override)]


def burst(office: DutyDesk, text: str) -> None:
    """A scanner types: all at once, and ENTER."""
    QTest.keyClicks(office.gate.window, text)
    office.gate.press(ENTER)


def test_a_volunteer_signs_in_with_a_tap_and_the_pin(office: DutyDesk) -> None:
    assert "没有人签到" in on_screen(office)
    office.sign_in(VOLUNTEER)
    assert "当班 李*英" in on_screen(office), "masked: everybody sees it"
    assert not office.gate.window.pages.any_open
    assert office.journal.on_duty() == Who(VOLUNTEER, Role.VOLUNTEER)


def test_fingers_do_it_without_a_keyboard(office: DutyDesk) -> None:
    page = office.gate.window.pages.sign_in
    header = office.gate.window.header
    QTest.mouseClick(header, Qt.MouseButton.LeftButton, pos=QPoint(header.width() - 60, 30))
    office.gate.clock.advance(1)
    page.tiles[2].click()
    for digit in (*PINS[VOLUNTEER], "确定 Enter"):
        office.gate.clock.advance(1)
        (button,) = [b for b in page.pad.findChildren(QAbstractButton) if b.accessibleName() == digit]
        button.click()
    assert office.journal.on_duty().number == VOLUNTEER


def test_before_there_are_operators_nothing_is_different(empty: DutyDesk) -> None:
    assert "签到" not in on_screen(empty)
    header = empty.gate.window.header
    QTest.mouseClick(header, Qt.MouseButton.LeftButton, pos=QPoint(header.width() - 60, 30))
    assert not empty.gate.window.pages.any_open
    empty.gate.press(Qt.Key.Key_Home)
    assert not empty.gate.window.pages.any_open
    empty.gate.tell(scenes.stranger())
    empty.gate.press(Qt.Key.Key_F8)
    empty.gate.type("1")
    empty.type(scenes.GUARD)
    empty.gate.type("1")
    (wish,) = overrides(empty)
    assert (wish.operator, wish.role) == (scenes.GUARD, Role.GUARD), "a number is typed and believed"


def test_a_wrong_pin_lets_nobody_in_and_is_said_kindly(office: DutyDesk) -> None:
    office.gate.press(Qt.Key.Key_Home)
    office.choose("李秀英")
    office.type("9999")
    assert "请等 5 秒" in office.gate.window.pages.sign_in.note.accessibleName()
    office.type(PINS[VOLUNTEER])
    assert not office.journal.on_duty(), "the right one comes too early"
    office.gate.wait(6)
    office.type(PINS[VOLUNTEER])
    assert office.journal.on_duty().number == VOLUNTEER


@pytest.mark.parametrize("text", ["4071", "40714071407140714071", "730518", "https://x.example/4071"])
def test_what_a_scanner_types_is_no_pin_and_its_enter_presses_nothing(office: DutyDesk, text: str) -> None:
    office.gate.press(Qt.Key.Key_Home)
    burst(office, text)
    assert office.gate.window.pages.sign_in.isVisible()
    office.choose("李秀英")
    office.gate.clock.advance(1)
    burst(office, text)
    assert not office.journal.on_duty()
    assert (Audited.SIGN_IN_FAILED, VOLUNTEER) not in office.told(), "no try was used up"
    office.type(PINS[VOLUNTEER])
    assert office.journal.on_duty().number == VOLUNTEER


def test_a_code_that_is_shown_meanwhile_goes_to_the_lane(office: DutyDesk) -> None:
    heard: list[object] = []
    office.gate.bridge.device_event.connect(heard.append)
    office.gate.press(Qt.Key.Key_Home)
    office.choose("李秀英")
    burst(office, "GX:0042:token")
    QApplication.processEvents()
    assert [event.text for event in heard if isinstance(event, Scan)] == ["GX:0042:token"]


def test_nothing_that_was_typed_waits_for_the_next_one(office: DutyDesk) -> None:
    office.gate.press(Qt.Key.Key_Home)
    office.choose("李秀英")
    office.gate.type("40")
    office.gate.wait(61)
    assert not office.gate.window.pages.any_open, "it goes by itself"
    office.gate.press(Qt.Key.Key_Home)
    office.choose("李秀英")
    office.type("71")
    assert not office.journal.on_duty()


def test_a_stop_takes_the_page_away(office: DutyDesk) -> None:
    office.gate.press(Qt.Key.Key_Home)
    office.gate.tell(scenes.red())
    assert not office.gate.window.pages.any_open


def test_a_given_pin_is_changed_at_once(office: DutyDesk) -> None:
    office.signing.operators.reset_pin(VOLUNTEER, "6058", by=Who(ADMIN, Role.ADMIN))
    office.gate.press(Qt.Key.Key_Home)
    office.choose("李秀英")
    for typed in ("6058", "1234", "1234", "5831", "5813", "5831", "5831"):
        office.type(typed)
    assert not office.gate.window.pages.any_open
    assert office.signing.sign_once(VOLUNTEER, "5831").operator


def test_another_pin_for_oneself_and_going_off(office: DutyDesk) -> None:
    office.sign_in(VOLUNTEER)
    office.gate.press(Qt.Key.Key_Home)
    office.gate.type(".")
    for typed in (PINS[VOLUNTEER], "5831", "5831"):
        office.type(typed)
    office.gate.press(Qt.Key.Key_Home)
    office.gate.type("0")
    assert not office.journal.on_duty()
    assert "没有人签到" in on_screen(office)
    assert office.told()[-1] == (Audited.SIGNED_OUT, VOLUNTEER)
    assert office.signing.sign_once(VOLUNTEER, "5831").operator


def test_taking_over_signs_the_former_one_out(office: DutyDesk) -> None:
    office.sign_in(VOLUNTEER)
    office.sign_in(GUARD)
    assert office.told()[-2:] == [(Audited.SIGNED_IN, GUARD), (Audited.SIGNED_OUT, VOLUNTEER)]


# --- overrides --------------------------------------------------------------------------------


def ask_for_a_pass(office: DutyDesk) -> None:
    office.gate.tell(scenes.stranger())
    office.gate.press(Qt.Key.Key_F8)
    office.gate.type("1")


def test_a_guard_signs_for_one_pass_and_the_shift_stays_whose_it_is(office: DutyDesk) -> None:
    office.sign_in(VOLUNTEER)
    ask_for_a_pass(office)
    office.type(GUARD)
    office.type(PINS[GUARD])
    office.gate.type("1")
    (wish,) = overrides(office)
    assert (wish.to, wish.operator, wish.role) == (Severity.PASS, GUARD, Role.GUARD)
    assert office.journal.on_duty().number == VOLUNTEER
    assert (Audited.SIGNED_ONCE, GUARD) in office.told()


@pytest.mark.parametrize(
    ("number", "pin"), [(GUARD, "111111"), (VOLUNTEER, PINS[VOLUNTEER]), ("7777", "591736")]
)
def test_nobody_else_signs_for_a_pass(office: DutyDesk, number: str, pin: str) -> None:
    ask_for_a_pass(office)
    office.type(number)
    office.type(pin)
    office.gate.type("1")
    assert overrides(office) == []


def test_a_guard_on_duty_lets_pass_in_his_own_name_until_his_role_lapses(office: DutyDesk) -> None:
    office.sign_in(GUARD)
    ask_for_a_pass(office)
    office.gate.type("1")
    assert overrides(office)[0].operator == GUARD
    office.gate.wait(29 * 60)
    assert office.journal.on_duty() == Who(GUARD, Role.GUARD)
    office.gate.wait(61)
    assert office.journal.on_duty() == Who(GUARD, Role.VOLUNTEER), "the number stays, the right goes"
    ask_for_a_pass(office)
    office.gate.type("1")
    assert len(overrides(office)) == 1


# --- what is seen ----------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1366, 768), (1280, 720)])
@pytest.mark.parametrize("name", ["names", "pin", "wrong", "new_pin", "on_duty", "going_off", "guard_signs"])
def test_everything_fits_and_can_be_hit(
    application: QApplication, tmp_path: Path, language: str, size: tuple[int, int], name: str
) -> None:
    office = DutyDesk.open(tmp_path, size)
    STATES[name](office)
    QApplication.processEvents()
    window = office.gate.window
    for label in window.findChildren(QLabel):
        if label.isVisible():
            assert QFontMetricsF(label.font()).horizontalAdvance(label.text()) <= label.contentsRect().width()
    painted: list[Painted | PersonTile] = [*window.findChildren(Painted), *window.findChildren(PersonTile)]
    assert [line.text for one in painted if one.isVisible() for line in one.lines() if not line.fits()] == []
    for button in window.findChildren(QAbstractButton):
        if button.isVisible():
            assert min(button.width(), button.height()) >= LEAST_PX
    office.close()


def test_a_gate_without_operators_says_how_to_begin(empty: DutyDesk) -> None:
    EMPTY_STATES["begin"](empty)
    assert "第一位管理员" in empty.section.hint.text()
