"""The door of the admin page, the operators behind it, and who did what."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path
from typing import SupportsIndex

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from station.core.audit import Audited, Event
from station.core.operators import Operator, Refusal, Who
from station.core.override import Role
from station.journal.audit import put_on_record
from station.journal.check import check
from station.journal.people import People, Person
from station.journal.recovery import is_key
from station.journal.rotating import Rotation
from station.signing_in import vouched_by_two
from station.ui.admin import table
from station.ui.admin.audit_page import AuditPage
from tests.journal.samples import NOON
from tests.journal.test_policies import rewrite
from tests.patience import PATIENCE_S
from tests.ui.admin.looking import cut, filled, until
from tests.ui.duty_desk import ADMIN, EMPTY_STATES, GUARD, PINS, STATES, VOLUNTEER, DutyDesk, audited


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


def come_in(office: DutyDesk, number: str = ADMIN) -> None:
    office.admin.open()
    office.at_the_door(number, PINS[number])


def escape(office: DutyDesk) -> None:
    QTest.keyClick(QApplication.focusWidget() or office.admin, Qt.Key.Key_Escape)
    QApplication.processEvents()


def test_nobody_sees_the_page_without_a_pin(office: DutyDesk) -> None:
    office.admin.open()
    assert office.door.isVisible()
    assert not office.section.isVisible()
    office.at_the_door(ADMIN, "111111")
    assert not office.section.isVisible()
    office.gate.wait(6)
    office.at_the_door(ADMIN, PINS[ADMIN])
    assert office.section.isVisible()
    assert not office.door.isVisible()


def test_the_keyboard_does_it_too(office: DutyDesk) -> None:
    office.admin.open()
    office.door.tiles[0].tapped.emit()
    for digit in PINS[ADMIN]:
        QTest.keyClicks(office.door, digit)
        office.admin.keys.settle()
    QTest.keyClick(office.door, Qt.Key.Key_Return)
    assert office.section.isVisible()


def test_at_a_gate_with_many_guards_the_admin_who_came_last_comes_in(office: DutyDesk) -> None:
    STATES["door_many"](office)
    last, pin = "1009", "460928"
    office.signing.operators.add(last, "孙丽", Role.ADMIN, pin, by=Who(ADMIN, Role.ADMIN))
    office.signing.operators.change_pin(last, pin)
    office.admin.close_page()
    office.admin.open()
    office.at_the_door(last, pin)
    page = office.desk.page()
    assert page is not None
    assert page.number == last
    assert office.section.isVisible()


def test_without_a_mouse_one_chooses_oneself_by_the_digit_of_the_tile(office: DutyDesk) -> None:
    office.admin.open()
    for digit in "2" + PINS[GUARD]:
        QTest.keyClicks(office.door, digit)
        office.admin.keys.settle()
    assert office.door.note.text().startswith("张伟")
    QTest.keyClick(office.door, Qt.Key.Key_Return)
    page = office.desk.page()
    assert page is not None
    assert page.number == GUARD


def test_the_digit_of_a_tile_that_is_pressed_for_long_is_no_pin(office: DutyDesk) -> None:
    """Eight times the tile's digit stood there, and there was no place for the right ones."""
    office.admin.open()
    hold(office.door, Qt.Key.Key_2, "2")
    for digit in PINS[GUARD]:
        QTest.keyClicks(office.door, digit)
        office.admin.keys.settle()
    QTest.keyClick(office.door, Qt.Key.Key_Return)
    assert (Audited.SIGN_IN_FAILED, GUARD) not in office.told()
    page = office.desk.page()
    assert page is not None
    assert page.number == GUARD


def hold(where: QWidget, key: Qt.Key, text: str) -> None:
    """For a second, as a quick PC hears it from X11."""
    events = [(5000, QEvent.Type.KeyPress)]
    for at_ms in range(5660, 6000, 40):
        events += [(at_ms, QEvent.Type.KeyRelease), (at_ms, QEvent.Type.KeyPress)]
    for at_ms, kind in [*events, (6000, QEvent.Type.KeyRelease)]:
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
        event.setTimestamp(at_ms)
        QApplication.sendEvent(where, event)


def test_the_way_back_from_the_door_is_seen(office: DutyDesk) -> None:
    office.admin.open()
    office.door.back.click()
    assert office.admin.isHidden()


def test_what_a_scanner_types_opens_nothing(office: DutyDesk) -> None:
    office.admin.open()
    office.door.tiles[0].tapped.emit()
    QTest.keyClicks(office.door, PINS[ADMIN])
    QTest.keyClick(office.door, Qt.Key.Key_Return)
    assert not office.section.isVisible()
    assert (Audited.SIGN_IN_FAILED, ADMIN) not in office.told(), "no try was used up"


def test_a_volunteer_has_no_tile_and_no_way_in(office: DutyDesk) -> None:
    office.admin.open()
    assert VOLUNTEER not in [one.number for one in office.desk.trusted()]
    assert not office.desk.unlock(VOLUNTEER, PINS[VOLUNTEER]).operator
    assert office.desk.page() is None


def half_way(office: DutyDesk) -> None:
    """The guard signs in with the PIN that the admin gave, and is asked for one of his own."""
    office.signing.operators.reset_pin(GUARD, "604815", by=Who(ADMIN, Role.ADMIN))
    office.admin.open()
    office.at_the_door(GUARD, "604815")


def given(office: DutyDesk) -> bool:
    """Whether the guard's PIN is still the one that the admin gave."""
    guard = office.signing.operators.find(GUARD)
    return guard is not None and guard.new_pin


def test_a_guard_who_is_asked_for_a_new_pin_cannot_choose_the_admins(office: DutyDesk) -> None:
    half_way(office)
    for _ in range(2):
        office.at_the_door(ADMIN, "918273")
    assert not office.section.isVisible()
    assert (Audited.PIN_CHANGED, ADMIN) not in office.told()[-3:]
    assert office.desk.page() is None
    assert given(office), "asked again next time"


def test_a_given_pin_typed_again_is_not_ones_own(office: DutyDesk) -> None:
    """The admin who gave it could sign as the guard, also where two people must."""
    half_way(office)
    for pin in ("604815", "918273"):
        assert given(office)
        for _ in range(2):
            for digit in pin:
                office.door.pad.type(digit)
            office.door.pad.enter()
    assert not given(office)
    assert not office.door.isVisible()


def test_whoever_comes_after_somebody_left_half_way_does_not_choose_their_pin(office: DutyDesk) -> None:
    half_way(office)
    office.gate.wait(6 * 60)
    office.admin.tick()
    assert "点自己的名字" in office.door.note.text()
    for _ in range(2):
        for digit in "918273":
            office.door.pad.type(digit)
        office.door.pad.enter()
    assert not office.section.isVisible()
    assert given(office)


def test_whoever_is_half_way_and_goes_to_the_lost_pins_is_not_signed_in_behind_the_door(
    office: DutyDesk,
) -> None:
    """The door asked for a name again, and what was done at the gate was written down as the guard's."""
    half_way(office)
    office.door.forgot.click()
    office.door.lost.done.emit()
    assert office.door.isVisible()
    assert office.desk.page() is None
    assert office.told()[-1] == (Audited.SIGNED_OUT, GUARD)
    assert given(office)


def test_a_page_that_nobody_uses_locks_and_shows_nothing(office: DutyDesk) -> None:
    come_in(office)
    office.gate.wait(4 * 60)
    QTest.mouseClick(office.section, Qt.MouseButton.LeftButton)
    office.gate.wait(4 * 60)
    office.admin.tick()
    assert office.section.isVisible(), "a tap is use"
    office.gate.wait(61)
    office.admin.tick()
    assert office.door.isVisible()
    assert not office.section.isVisible()
    assert office.told()[-1] == (Audited.SIGNED_OUT, ADMIN)


def test_leaving_locks_at_once(office: DutyDesk) -> None:
    come_in(office)
    office.admin.close_page()
    office.admin.open()
    assert office.door.isVisible()


def test_an_admin_who_just_came_on_duty_need_not_type_it_again(office: DutyDesk) -> None:
    office.sign_in(ADMIN)
    office.admin.open()
    assert office.section.isVisible()
    office.admin.close_page()
    office.gate.wait(5 * 60)
    office.admin.open()
    assert office.door.isVisible()


def test_enter_goes_on_from_field_to_field_and_ends_the_form(office: DutyDesk) -> None:
    come_in(office)
    office.gate.window.activateWindow()
    office.section.add.click()
    form = office.section.form
    for field, text in ((form.number, "4004"), (form.name, "赵敏")):
        assert field.hasFocus()
        field.setText(text)
        QTest.keyClick(field, Qt.Key.Key_Return)
    form.pin.setText("5831")
    form.pin.setFocus()
    QTest.keyClick(form.pin, Qt.Key.Key_Return)
    assert form.again.hasFocus()
    form.again.setText("5831")
    QTest.keyClick(form.again, Qt.Key.Key_Return)
    assert "4004" in [one.number for one in office.desk.people()]


def test_a_guard_does_not_see_what_is_the_admins(office: DutyDesk) -> None:
    come_in(office, GUARD)
    assert not office.admin.menu.buttons[0].isEnabled()
    office.section.add.click()
    office.section.form.number.setText("4004")
    office.section.form.name.setText("赵敏")
    for field in (office.section.form.pin, office.section.form.again):
        field.setText("5831")
    office.section.form.go.click()
    assert [one.number for one in office.desk.people()] == [ADMIN, GUARD, VOLUNTEER]


def test_the_first_admin_is_made_and_gets_the_paper(empty: DutyDesk, tmp_path: Path) -> None:
    empty.admin.open()
    section, form = empty.section, empty.section.form
    section.add.click()
    form.number.setText("1001")
    form.name.setText("王建国")
    form.pin.setText("730518")
    form.again.setText("730519")
    form.go.click()
    assert not empty.desk.used(), "typed differently"
    form.again.setText("730518")
    form.go.click()
    empty.admin.tick()
    assert section.sheet.isVisible(), "not locked out of it"
    key = section.sheet._shown.text()
    section.sheet.write(tmp_path / "recovery.pdf")
    assert (tmp_path / "recovery.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "recovery.pdf").stat().st_mode & 0o077 == 0
    section.sheet.ready.click()
    assert key not in section.sheet._shown.text()
    assert section.table.isVisible()


def test_a_lost_pin_is_replaced_with_the_paper_and_there_is_a_new_one(office: DutyDesk) -> None:
    come_in(office)
    key = office.desk.new_recovery()
    office.admin.close_page()
    office.admin.open()
    office.door.forgot.click()
    lost = office.door.lost
    lost.key.setText("00000-" + key[6:])
    for field in (lost.pin, lost.again):
        field.setText("846205")
    lost.go.click()
    assert "恢复码不对" in lost._trouble.text()
    lost.key.setText(key.lower())
    lost.go.click()
    assert lost.sheet.isVisible()
    assert lost.sheet._shown.text() != key
    lost.sheet.ready.click()
    office.at_the_door(ADMIN, "846205")
    assert office.section.isVisible()


def test_esc_on_the_new_paper_after_a_lost_pin_asks_before_it_is_gone(
    office: DutyDesk, tmp_path: Path
) -> None:
    come_in(office)
    key = office.desk.new_recovery()
    office.admin.close_page()
    STATES["lost"](office)
    lost = office.door.lost
    lost.key.setText(key)
    for field in (lost.pin, lost.again):
        field.setText("846205")
    lost.go.click()
    for asked in (True, False, True):
        escape(office)
        assert lost.sheet.isVisible(), "the former paper counts no more: this one must not be lost"
        assert lost.sheet.question.isVisible() == asked
    assert is_key(office.journal, lost.sheet._shown.text())
    lost.sheet.question.answer(yes=True)
    assert office.door.tiles[0].isVisible()
    assert lost.sheet._shown.text() == ""


def test_recovery_key_is_copied_by_hand_at_arms_length(office: DutyDesk) -> None:
    """Shown this once, and a letter misread means that nobody comes in: it is as large as the page allows."""
    STATES["recovery"](office)
    QApplication.processEvents()
    shown = office.section.sheet._shown
    assert shown.fontMetrics().height() >= 60
    shown.setText("-".join(["W" * 5] * 5) + "-W")  # the widest there may be
    for size in ((1366, 768), (1920, 1080)):
        office.gate.window.resize(*size)
        QApplication.processEvents()
        assert not cut(shown)


def test_esc_on_a_new_recovery_key_asks_unless_it_was_written(office: DutyDesk, tmp_path: Path) -> None:
    STATES["recovery"](office)
    sheet = office.section.sheet
    escape(office)
    assert sheet.question.isVisible()
    sheet.question.answer(yes=False)
    assert sheet.isVisible()
    sheet.write(tmp_path / "recovery.pdf")
    escape(office)
    assert not sheet.isVisible()


def test_a_volunteer_who_becomes_a_guard_is_given_a_longer_pin(office: DutyDesk) -> None:
    come_in(office)
    section, form = office.section, office.section.form
    section.table.mark([section.table.lines[2].about])
    section.change.click()
    assert not form.pin.isVisible()
    form.role.setCurrentIndex(form.role.findData(Role.GUARD))
    assert form.pin.isVisible()
    form.go.click()
    assert "6 位" in form._trouble.text()
    for field in (form.pin, form.again):
        field.setText("605814")
    form.role.setCurrentIndex(form.role.findData(Role.VOLUNTEER))
    assert not form.pin.isVisible(), "nobody rises"
    form.role.setCurrentIndex(form.role.findData(Role.GUARD))
    for field in (form.pin, form.again):
        field.setText("605814")
    form.go.click()
    assert not form.isVisible()
    one = section.table.lines[2].about
    assert isinstance(one, Operator)
    assert (one.role, one.new_pin) == (Role.GUARD, True)
    office.admin.close_page()
    office.admin.open()
    office.at_the_door(VOLUNTEER, "605814")
    assert office.door.isVisible(), "first a PIN of their own"
    for _ in range(2):
        for digit in "830517":
            office.door.pad.type(digit)
        office.door.pad.enter()
    assert not office.door.isVisible()


def test_an_admin_resets_a_pin_and_takes_somebody_away(office: DutyDesk) -> None:
    come_in(office)
    section = office.section
    section.table.mark([section.table.lines[2].about])
    section.reset.click()
    for field in (section.form.pin, section.form.again):
        field.setText("1234")
    section.form.go.click()
    assert section.form.isVisible(), "everybody guesses it"
    for field in (section.form.pin, section.form.again):
        field.setText("6058")
    section.form.go.click()
    assert not section.form.isVisible()
    one = section.table.lines[2].about
    assert isinstance(one, Operator)
    assert one.new_pin
    section.table.mark([one])
    section.remove.click()
    section.question.answer(yes=True)
    assert len(section.table.lines) == 2
    assert office.told()[-2:] == [(Audited.PIN_RESET, ADMIN), (Audited.OPERATOR_REMOVED, ADMIN)]


def test_names_in_full_are_on_record(office: DutyDesk) -> None:
    come_in(office)
    office.section.in_full.emit()
    assert office.told()[-1] == (Audited.UNMASKED, ADMIN)


def test_who_did_what_is_read_by_operator_and_by_kind(office: DutyDesk) -> None:
    STATES["audit"](office)
    page = office.section.audit
    everything = len(page.table.lines)
    page.who.setCurrentIndex(page.who.findData(GUARD))
    assert 0 < len(page.table.lines) < everything
    page.who.setCurrentIndex(0)
    page.kind.setCurrentIndex(page.kind.findData("exported"))
    (line,) = page.table.lines
    assert "姓名全显示" in line.cells[3]
    page.before.click()
    office.settle()
    assert page.table.lines == []
    assert page.count.text().startswith("0 条")


def _busy_day(office: DutyDesk) -> AuditPage:
    """Four hundred deeds of today, and the page of an admin who has just come in."""
    at = office.gate.clock.now().astimezone(UTC)
    for entry in range(400):
        put_on_record(office.journal, Event(Audited.SEARCHED, facts=(("page", str(entry)),)), at)
    come_in(office)
    return office.section.audit


def test_a_day_is_read_beside_the_gate_and_can_be_stopped(office: DutyDesk) -> None:
    """3,000 lines, each with a signature to check, kept the lane waiting for a second."""
    page = _busy_day(office)
    office.section.looked.click()
    assert office.admin.work_bar.busy
    assert page.table.lines == []
    assert "还没有读出来" in page.count.text(), "nobody takes it for a day without deeds"
    office.admin.work_bar.cancel.click()
    office.settle()
    assert page.table.lines == []
    assert "还没有读出来" in page.count.text()
    office.section.looked.click()
    office.settle()
    assert len(page.table.lines) > 400
    assert "没有人能改" in page.count.text()


def test_another_day_that_is_chosen_while_one_is_read_is_what_is_listed(office: DutyDesk) -> None:
    page = _busy_day(office)
    office.section.looked.click()
    page.before.click()
    assert page.table.lines == []
    until(lambda: page.count.text().startswith("0 条"))
    assert page.day.text() == f"{office.desk.today() - timedelta(days=1):%Y-%m-%d}"
    page.after.click()
    page.before.click()
    page.after.click()
    until(lambda: len(page.table.lines) > 400)
    office.settle()
    assert len(page.table.lines) > 400
    assert page.day.text() == f"{office.desk.today():%Y-%m-%d}"


def test_what_was_chosen_to_be_seen_stays_chosen_on_the_next_day(office: DutyDesk) -> None:
    page = _busy_day(office)
    put_on_record(office.journal, Event(Audited.SEARCHED), office.gate.clock.now() - timedelta(days=1))
    office.section.looked.click()
    office.settle()
    page.kind.setCurrentIndex(page.kind.findData(Audited.SEARCHED))
    assert len(page.table.lines) == 400
    page.before.click()
    office.settle()
    assert page.kind.currentData() == Audited.SEARCHED
    assert len(page.table.lines) == 1


@pytest.mark.parametrize("leave", ["the page", "to the operators"])
def test_who_leaves_while_a_day_is_read_finds_nothing_of_it_listed(office: DutyDesk, leave: str) -> None:
    page = _busy_day(office)
    office.section.looked.click()
    if leave == "the page":
        office.admin.close_page()
    else:
        office.section.who.click()
    office.settle()
    assert page.table.lines == []
    assert not office.admin.work_bar.busy


def test_who_comes_back_while_a_day_is_still_read_gets_it(office: DutyDesk) -> None:
    page = _busy_day(office)
    office.section.looked.click()
    office.section.who.click()
    office.section.looked.click()
    until(lambda: len(page.table.lines) > 400)


def test_the_gate_closes_while_a_day_is_read(office: DutyDesk) -> None:
    """No thread reads a journal that is closed."""
    _busy_day(office)
    office.section.looked.click()
    office.admin.shut_down()
    assert not any(one.name == "admin work" for one in threading.enumerate())


def test_while_something_else_is_done_a_day_is_asked_for_once_more(office: DutyDesk) -> None:
    page = _busy_day(office)
    go_on = threading.Event()
    office.admin.work(
        "正在备份", lambda progress: go_on.wait(PATIENCE_S), lambda done: None, lambda error: None
    )
    office.section.looked.click()
    assert "还没有读出来" in page.count.text()
    go_on.set()
    office.settle()
    office.section.looked.click()
    office.settle()
    assert len(page.table.lines) > 400


class _Counted(list[table.Line]):
    """Lines of a table; how often one was asked for."""

    asked = 0

    def __getitem__(self, place: SupportsIndex) -> table.Line:  # type: ignore[override]
        self.asked += 1
        return super().__getitem__(place)


def test_a_day_of_many_lines_measures_those_in_view_only(office: DutyDesk) -> None:
    """3,000 lines, each long: measuring them all held the gate's window for seconds."""
    STATES["audit"](office)
    seen = office.section.audit.table
    titles = ("时间", "谁", "做了什么", "说明")
    cells = ("08:00:00", "王医生 1001 管理员", "看了姓名", "街道流调组要 · " * 60)
    lines = _Counted(table.Line(number, cells, can_be_marked=False) for number in range(3_000))
    seen.show_lines(lines, titles)
    QApplication.processEvents()
    assert seen.rowHeight(0) > seen.verticalHeader().defaultSectionSize(), "a long note is there in full"
    seen.scrollToBottom()
    assert seen.rowHeight(2_999) > seen.verticalHeader().defaultSectionSize(), "and so is the last one"
    assert lines.asked < 10 * len(lines)


def test_with_the_arrow_keys_each_long_line_comes_into_view_whole(office: DutyDesk) -> None:
    STATES["audit"](office)
    seen = office.section.audit.table
    cells = ("08:00:00", "王医生 1001 管理员", "看了姓名", "街道流调组要 · " * 12)
    seen.show_lines([table.Line(number, cells) for number in range(40)], ("时间", "谁", "做了什么", "说明"))
    QApplication.processEvents()
    seen.setCurrentIndex(seen.model().index(0, 0))
    for row in range(1, 40):
        QTest.keyClick(seen, Qt.Key.Key_Down)
        assert seen.currentIndex().row() == row
        top = seen.rowViewportPosition(row)
        assert 0 <= top <= seen.viewport().height() - seen.rowHeight(row), row


def test_a_record_that_was_changed_is_marked(office: DutyDesk, tmp_path: Path) -> None:
    STATES["audit"](office)
    rewrite(tmp_path / "data", "UPDATE audit SET operator = '9999' WHERE kind = 'exported'")
    office.section.show_page(1)
    office.settle()
    assert any(line.cells[2].startswith("▲") for line in office.section.audit.table.lines)
    assert "1 条被别的程序动过" in office.section.audit.count.text()
    assert not check(tmp_path / "data").ok


def test_two_sign_in_at_once_and_each_is_themselves(office: DutyDesk) -> None:
    """An admin on the page while a volunteer comes on duty at the same moment."""
    come_in(office)
    assert office.signing.sign_in(VOLUNTEER, PINS[VOLUNTEER]).operator
    assert office.journal.on_duty().number == ADMIN, "what is done on the page is the admin's"
    office.admin.close_page()
    assert office.journal.on_duty().number == VOLUNTEER


@pytest.mark.parametrize(
    ("first", "second", "refusal"),
    [
        (ADMIN, ADMIN, Refusal.SAME_PERSON),
        (GUARD, VOLUNTEER, Refusal.NEEDS_ADMIN),
        (ADMIN, VOLUNTEER, Refusal.NEEDS_GUARD),
        (GUARD, ADMIN, None),
    ],
)
def test_two_people_are_an_admin_and_somebody_who_answers_for_data(
    office: DutyDesk, first: str, second: str, refusal: Refusal | None
) -> None:
    found = vouched_by_two(office.signing, (first, PINS[first]), (second, PINS[second]))
    assert found[-1].refusal is refusal
    wrong = vouched_by_two(office.signing, (first, PINS[first]), (second, "999999"))
    assert wrong[-1].operator is None


def test_the_clock_of_the_day_is_the_gates(office: DutyDesk) -> None:
    come_in(office)
    assert audited(office.desk, office.desk.today() - timedelta(days=1)) == []


PAGES = ("door", "door_many", "door_wrong", "lost", "operators", "form", "recovery", "audit")
RESETS = ("reset", "reset_long")
KEYS = ("keys", "keys_asked", "keys_in_pins", "keys_changing")


@pytest.mark.parametrize("size", [(1366, 768)])
@pytest.mark.parametrize("state", [*PAGES, *RESETS, *KEYS, *EMPTY_STATES])
def test_no_text_is_cut(
    application: QApplication, tmp_path: Path, language: str, size: tuple[int, int], state: str
) -> None:
    office = DutyDesk.open(tmp_path, size, staff=state not in EMPTY_STATES)
    (STATES | EMPTY_STATES)[state](office)
    QApplication.processEvents()
    parts = [*office.admin.findChildren(QLabel), *office.admin.findChildren(QAbstractButton)]
    assert [part.property("text") for part in parts if part.isVisible() and cut(part)] == []
    office.close()


def test_a_role_that_is_taken_away_counts_at_once(office: DutyDesk) -> None:
    come_in(office)
    office.desk.change(GUARD, "张伟", Role.VOLUNTEER)
    assert [one.number for one in office.desk.trusted()] == [ADMIN]


def test_the_keys_are_locked_changed_and_put_back_from_the_page(office: DutyDesk, tmp_path: Path) -> None:
    People(office.journal).add([Person("p1", "张三", "1-1-1", "resident")], as_of=NOON)
    STATES["keys_asked"](office)
    section, page = office.section, office.section.keys
    page.form.pin.setText("000000")
    page.form.go.click()
    assert page.form.isVisible()
    assert page.form.trouble.text()
    assert not office.journal.vault.wrapped

    office.gate.wait(6)
    page.form.pin.setText(PINS[ADMIN])
    page.form.go.click()
    assert section.sheet.isVisible(), "the paper, this once"
    section.sheet.write(tmp_path / "recovery.pdf")
    assert is_key(office.journal, section.sheet._shown.text())
    section.sheet.ready.click()
    section.lock.click()
    assert "王建国" in page.said.text()
    assert page.unwrap.isVisible()
    assert not page.wrap.isVisible()

    Rotation(office.journal).run()
    page.rotate.click()
    page.form.pin.setText(PINS[ADMIN])
    page.form.go.click()
    assert page.bar.isVisible()
    Rotation(office.journal).run()
    page.look()
    assert not page.bar.isVisible()

    page.unwrap.click()
    page.form.pin.setText(PINS[ADMIN])
    page.form.go.click()
    assert page.wrap.isVisible()
    assert not office.journal.vault.wrapped
    done = [what for what, _ in office.told()]
    order = [one for one in done if one in CHANGES]
    assert order == [*CHANGES]


def test_a_pin_that_was_typed_does_not_stay_in_the_page(office: DutyDesk) -> None:
    STATES["keys_asked"](office)
    page = office.section.keys
    page.form.pin.setText(PINS[ADMIN])
    office.section.who.click()
    assert not page.form.pin.text()
    assert not page.form.isVisible()


def test_below_a_question_only_its_answer_stands_out(office: DutyDesk) -> None:
    """The filled button that opened it was pressed again, and what had been typed was gone."""
    STATES["keys_asked"](office)
    page = office.section.keys
    assert filled(page) == ["锁"]
    page.form.end()
    assert filled(page) == ["锁进密码"]


def test_whoever_is_given_a_new_pin_is_not_added_by_mistake(office: DutyDesk) -> None:
    come_in(office)
    section = office.section
    section.table.mark([section.table.lines[2].about])
    assert section.add.text() in filled(section)
    section.reset.click()
    assert filled(section) == [section.form.go.text()]
    escape(office)
    assert section.add.text() in filled(section)


CHANGES = (Audited.KEYS_WRAPPED, Audited.KEY_CHANGED, Audited.KEYS_UNWRAPPED)
