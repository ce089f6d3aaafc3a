"""People type into fields of the admin page; what a scanner types goes to the gate, and to nothing else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from station.core.model import Scan
from station.ui.admin.keys import Composing
from station.ui.admin.passes import PassesSection
from station.ui.wedge import PAUSE_S
from tests.patience import PATIENCE_MS
from tests.ui.admin.office import Office
from tests.ui.admin.states import issuing

CODE = "https://kakou.invalid/00112233445566778899"
SCANNER_MS, QUICK_PERSON_MS, PERSON_MS = 2, 70, 150
NO_MODIFIER = Qt.KeyboardModifier.NoModifier


class Keyboard:
    """Presses keys where the focus is, at the window system's times; no timer of ours runs out meanwhile."""

    def __init__(self, office: Office) -> None:
        self._office, self._now_ms = office, 5000
        self._scans: list[Scan] = []
        office.gate.bridge.device_event.connect(self._hear)

    @property
    def scans(self) -> list[str]:
        QApplication.processEvents()
        return [scan.text for scan in self._scans]

    def type(self, text: str, gap_ms: int) -> None:
        for character in text:
            self.key(Qt.Key.Key_unknown, character, gap_ms)

    def hold(self, key: Qt.Key, text: str = "") -> None:
        """For two seconds, as a quick PC hears it from X11: no repetition is called one."""
        self._now_ms += PERSON_MS
        self._send(QEvent.Type.KeyPress, key, text)
        self._now_ms += 660
        for _ in range(34):
            self._send(QEvent.Type.KeyRelease, key, text)
            self._send(QEvent.Type.KeyPress, key, text)
            self._now_ms += 40
        self._send(QEvent.Type.KeyRelease, key, text)

    def _send(self, kind: QEvent.Type, key: Qt.Key, text: str) -> None:
        event = QKeyEvent(kind, key, NO_MODIFIER, text)
        event.setTimestamp(self._now_ms)
        QApplication.sendEvent(self.focus, event)

    def key(self, key: Qt.Key, text: str = "", gap_ms: int = SCANNER_MS) -> None:
        self._now_ms += gap_ms
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            self._send(kind, key, text)

    @property
    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self._office.admin

    def _hear(self, event: object) -> None:
        if isinstance(event, Scan):
            self._scans.append(event)


@pytest.fixture
def section(office: Office) -> PassesSection:
    """With the cursor in the field for a house."""
    issuing(office)
    office.gate.window.activateWindow()
    office.passes.house.clear()
    office.passes.house.setFocus()
    QApplication.processEvents()
    assert QApplication.focusWidget() is office.passes.house
    return office.passes


@pytest.fixture
def keyboard(office: Office, section: PassesSection) -> Keyboard:
    return Keyboard(office)


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_a_scan_goes_to_the_gate_and_leaves_the_field_alone(
    section: PassesSection, keyboard: Keyboard, end: Qt.Key
) -> None:
    keyboard.type("3-2", PERSON_MS)
    keyboard.key(Qt.Key.Key_unknown, CODE[0], PERSON_MS)
    keyboard.type(CODE[1:], SCANNER_MS)
    keyboard.key(end, "\r")
    assert keyboard.scans == [CODE]
    assert section.house.text() == "3-2"
    assert keyboard.focus is section.house


def test_a_slow_scanner_is_taken_out_of_the_field_again(section: PassesSection, keyboard: Keyboard) -> None:
    """Its first gap is long, so its beginning looked like a person's."""
    section.house.setText("5-1")
    keyboard.key(Qt.Key.Key_unknown, CODE[0], PERSON_MS)
    keyboard.key(Qt.Key.Key_unknown, CODE[1], 90)
    assert section.house.text() == "5-1" + CODE[:2]
    keyboard.type(CODE[2:], SCANNER_MS)
    keyboard.key(Qt.Key.Key_Return, "\r")
    assert keyboard.scans == [CODE]
    assert section.house.text() == "5-1"


def test_a_scanner_without_enter_is_understood_after_a_pause(keyboard: Keyboard, qtbot: QtBot) -> None:
    keyboard.type(CODE, SCANNER_MS)
    qtbot.waitUntil(lambda: bool(keyboard.scans), timeout=PATIENCE_MS)
    assert keyboard.scans == [CODE]


@pytest.mark.parametrize("gap_ms", [PERSON_MS, QUICK_PERSON_MS])
def test_what_a_person_types_stands_in_the_field_in_its_order(
    section: PassesSection, keyboard: Keyboard, qtbot: QtBot, gap_ms: int
) -> None:
    keyboard.type("3-2-501", gap_ms)
    qtbot.waitUntil(lambda: section.house.text() == "3-2-501", timeout=PATIENCE_MS)
    assert keyboard.scans == []


def test_enter_of_a_person_comes_after_what_they_typed(section: PassesSection, keyboard: Keyboard) -> None:
    keyboard.type("3-2", PERSON_MS)
    keyboard.key(Qt.Key.Key_Return, "\r", PERSON_MS)
    assert [line.cells[0] for line in section.table.lines] == ["3-2-101", *["3-2-501"] * 3]


def test_a_deletion_comes_after_what_was_typed_before_it(section: PassesSection, keyboard: Keyboard) -> None:
    keyboard.type("3-25", PERSON_MS)
    keyboard.key(Qt.Key.Key_Backspace, "\b", PERSON_MS)
    assert section.house.text() == "3-2"


def test_a_scan_presses_no_button(office: Office, section: PassesSection, keyboard: Keyboard) -> None:
    """A code may hold a space, and ends with ENTER: either would press what has the focus."""
    section.look_up()
    section.issue.setFocus()
    before = len(office.desk.passes())
    keyboard.type("SPACE IN A CODE", SCANNER_MS)
    keyboard.key(Qt.Key.Key_Return, "\r")
    keyboard.key(Qt.Key.Key_Return, "\n")  # the second of a scanner that sends both
    assert keyboard.scans == ["SPACE IN A CODE"]
    assert len(office.desk.passes()) == before


def test_a_person_presses_a_button_with_space(
    office: Office, section: PassesSection, keyboard: Keyboard, qtbot: QtBot
) -> None:
    section.house.setText("3-2-501")
    section.look_up()
    section.issue.setFocus()
    keyboard.key(Qt.Key.Key_Space, " ", PERSON_MS)
    qtbot.waitUntil(lambda: "发了 3 张证" in office.said, timeout=PATIENCE_MS)


def test_escape_and_f10_go_back_to_the_gate_also_from_a_field(office: Office, keyboard: Keyboard) -> None:
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_F10):
        office.admin.open()
        office.passes.house.setFocus()
        keyboard.key(key, gap_ms=PERSON_MS)
        assert office.admin.isHidden()


def test_no_key_reaches_the_gate_under_the_page(office: Office, keyboard: Keyboard) -> None:
    for key in (Qt.Key.Key_F1, Qt.Key.Key_F3, Qt.Key.Key_F5, Qt.Key.Key_F8):
        keyboard.key(key, gap_ms=PERSON_MS)
    assert office.gate.wishes.made == []
    assert office.gate.window.pages.no_code.isHidden()


def test_after_the_page_the_gate_hears_its_keys_again(office: Office, keyboard: Keyboard) -> None:
    office.admin.close_page()
    office.gate.press(Qt.Key.Key_F1)
    assert office.gate.window.pages.no_code.isVisible()


def compose(office: Office, shown: str) -> None:
    QApplication.sendEvent(office.passes.house, QInputMethodEvent(shown, []))


def test_a_scanner_that_types_into_an_input_method_is_not_lost_silently(
    office: Office, section: PassesSection, keyboard: Keyboard
) -> None:
    for end in range(1, len(CODE)):
        compose(office, CODE[:end])
        office.gate.clock.advance(0.003)
    assert "再扫一次" in office.said
    assert section.house.text() == ""
    assert keyboard.scans == []


def test_a_person_may_write_with_an_input_method(office: Office, section: PassesSection) -> None:
    for shown in ("z", "zh", "zha", "zhan", "zhang", "zhangq", "zhangqi", "zhangqia", "zhangqian"):
        compose(office, shown)
        office.gate.clock.advance(0.09)
    done = QInputMethodEvent("", [])
    done.setCommitString("张强")
    QApplication.sendEvent(section.house, done)
    assert section.house.text() == "张强"
    assert "再扫" not in office.said


def test_a_burst_for_an_input_method_ends_with_a_pause() -> None:
    now = [0.0]
    composing = Composing(lambda: now[0])
    assert [composing.is_a_scanner("x" * n) for n in range(1, 8)][-1]
    now[0] += PAUSE_S
    assert not composing.is_a_scanner("y")


@pytest.mark.parametrize("key", [Qt.Key.Key_F10, Qt.Key.Key_Escape])
def test_the_key_that_opened_the_page_and_is_still_held_down_does_not_close_it(
    office: Office, keyboard: Keyboard, key: Qt.Key
) -> None:
    for moment in range(6000, 9000, 40):
        for kind in (QEvent.Type.KeyRelease, QEvent.Type.KeyPress):
            event = QKeyEvent(kind, key, NO_MODIFIER)
            event.setTimestamp(moment)
            QApplication.sendEvent(keyboard.focus, event)
    assert office.admin.isVisible()
    keyboard.key(Qt.Key.Key_F10, gap_ms=5000)
    assert not office.admin.isVisible()


def test_a_digit_held_down_in_a_field_is_no_code_and_stays_there(
    section: PassesSection, keyboard: Keyboard
) -> None:
    keyboard.hold(Qt.Key.Key_3, "3")
    assert keyboard.scans == []
    assert section.house.text() == "3" * 35


@pytest.mark.parametrize(("key", "text"), [(Qt.Key.Key_Space, " "), (Qt.Key.Key_Return, "\r")])
def test_a_button_is_pressed_once_however_long_its_key_is_held(
    office: Office, section: PassesSection, keyboard: Keyboard, key: Qt.Key, text: str
) -> None:
    pressed = list[bool]()
    section.issue.setEnabled(True)
    section.issue.clicked.disconnect()
    section.issue.clicked.connect(lambda: pressed.append(True))
    section.issue.setFocus()
    keyboard.hold(key, text)
    office.admin.keys.settle()
    assert pressed == [True]
    assert keyboard.scans == []
