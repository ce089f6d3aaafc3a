"""A scanner that is a keyboard, at the gate window: its code goes to the lane, and to nothing else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodQueryEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from station.core.model import DeviceKind, DeviceState, Direction, Scan
from station.ui.codes_down_page import CodesDownPage
from station.ui.wedge import PAUSE_S
from tests.patience import PATIENCE_MS
from tests.ui import scenes
from tests.ui.states import Stand

CODE = "https://kakou.invalid/00112233445566778899"
SCANNER_MS, PERSON_MS = 2, 150
NO_MODIFIER = Qt.KeyboardModifier.NoModifier


class Keyboard:
    """Presses keys in the gate window at the window system's times, while no timer of ours can run out."""

    def __init__(self, stand: Stand) -> None:
        self._stand, self._window = stand, stand.window
        self._now_ms = 5000
        self._scans: list[Scan] = []
        stand.bridge.device_event.connect(self._hear)

    @property
    def scans(self) -> list[Scan]:
        """What the lane has been told so far."""
        QApplication.processEvents()
        return self._scans

    def type(self, text: str, gap_ms: int, *, repeated: bool = False) -> None:
        for character in text:
            self.key(Qt.Key.Key_unknown, character, gap_ms, repeated=repeated)

    def key(
        self,
        key: Qt.Key,
        text: str = "",
        gap_ms: int = SCANNER_MS,
        *,
        repeated: bool = False,
        modifier: Qt.KeyboardModifier = NO_MODIFIER,
    ) -> None:
        self._now_ms += gap_ms
        press = QKeyEvent(QEvent.Type.KeyPress, key, modifier, text, repeated)
        press.setTimestamp(self._now_ms)
        QApplication.sendEvent(self._window, press)

    def hold(self, key: Qt.Key, text: str = "", *, seconds: float = 10.0) -> None:
        """As X11 tells it on a quick PC: each repetition is a release and a press, not called repeated."""
        self.key(key, text, PERSON_MS)
        self._now_ms += 500
        for _ in range(round(seconds * 25)):
            self._now_ms += 40
            for kind in (QEvent.Type.KeyRelease, QEvent.Type.KeyPress):
                event = QKeyEvent(kind, key, NO_MODIFIER, text)
                event.setTimestamp(self._now_ms)
                QApplication.sendEvent(self._window, event)
            self._stand.wait(0.04)

    def _hear(self, event: object) -> None:
        if isinstance(event, Scan):
            self._scans.append(event)


@pytest.fixture
def keyboard(gate: Stand) -> Keyboard:
    return Keyboard(gate)


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
@pytest.mark.parametrize("page", [None, Qt.Key.Key_F1, Qt.Key.Key_F3, Qt.Key.Key_F8])
def test_a_code_goes_to_the_lane_whatever_is_open(
    gate: Stand, keyboard: Keyboard, end: Qt.Key, page: Qt.Key | None
) -> None:
    if page:
        gate.press(page)
    keyboard.type(CODE, SCANNER_MS)
    keyboard.key(end, "\r")
    assert keyboard.scans == [Scan(CODE, gate.clock.monotonic(), reader="keyboard", source="keyboard")]
    assert gate.wishes.made == []


def test_a_scanner_without_enter_is_understood_after_a_pause(keyboard: Keyboard, qtbot: QtBot) -> None:
    keyboard.type(CODE, SCANNER_MS)
    qtbot.waitUntil(lambda: bool(keyboard.scans), timeout=PATIENCE_MS)
    assert [scan.text for scan in keyboard.scans] == [CODE]


def test_two_codes_without_enter_are_two(keyboard: Keyboard) -> None:
    keyboard.type(CODE, SCANNER_MS)
    keyboard.type("1", round(PAUSE_S * 1000) + 1)
    keyboard.type(CODE, SCANNER_MS)
    keyboard.key(Qt.Key.Key_Return)
    assert [scan.text for scan in keyboard.scans] == [CODE, "1" + CODE]


def test_what_a_person_types_is_no_code_even_if_we_hear_it_all_at_once(
    gate: Stand, keyboard: Keyboard
) -> None:
    """Our clock stands still here, as when the disk is slow; the window system's does not."""
    gate.press(Qt.Key.Key_F3)
    keyboard.type("365", PERSON_MS)
    keyboard.key(Qt.Key.Key_Return, "\r", PERSON_MS)
    keyboard.type("12345678", PERSON_MS)
    keyboard.key(Qt.Key.Key_Return, "\r", PERSON_MS)
    assert keyboard.scans == []
    assert gate.wishes.made == [("temperature", 36.5)]


def test_keys_that_waited_while_we_were_busy_go_to_the_page_that_they_were_pressed_for(
    gate: Stand, keyboard: Keyboard
) -> None:
    keyboard.key(Qt.Key.Key_F1, gap_ms=PERSON_MS)
    keyboard.type("+", PERSON_MS)
    keyboard.key(Qt.Key.Key_F3, gap_ms=PERSON_MS)
    keyboard.type("0", PERSON_MS)
    gate.window.keys.settle()
    assert [wish[0] for wish in gate.wishes.made] == ["no_code", "temperature"]


def test_characters_that_the_system_takes_for_a_key_held_down_are_not_lost(keyboard: Keyboard) -> None:
    keyboard.type("1200", SCANNER_MS)
    keyboard.type("0000", 0, repeated=True)
    keyboard.key(Qt.Key.Key_Return)
    assert [scan.text for scan in keyboard.scans] == ["12000000"]


def test_a_key_held_down_is_one_key(gate: Stand, keyboard: Keyboard) -> None:
    gate.press(Qt.Key.Key_F3)
    keyboard.type("6", PERSON_MS)
    gate.window.keys.settle()
    keyboard.type("666666666", 33, repeated=True)
    gate.window.keys.settle()
    assert keyboard.scans == []
    assert gate.window.pages.temperature.title.text() == "36._"


def test_f2_held_down_does_not_stop_the_codes_and_begin_them_again(gate: Stand, keyboard: Keyboard) -> None:
    """Each repetition was another press: the gate went without codes from the second second to the next."""
    keyboard.hold(Qt.Key.Key_F2)
    assert gate.window.pages.is_open(CodesDownPage)
    assert gate.wishes.made == []


def test_f12_held_down_turns_the_way_once(gate: Stand, keyboard: Keyboard) -> None:
    keyboard.hold(Qt.Key.Key_F12)
    assert gate.wishes.made == [("start_over",), ("turn", Direction.OUT)]


def test_the_admin_page_is_asked_for_once(gate: Stand, keyboard: Keyboard) -> None:
    asked: list[bool] = []
    gate.window.admin_asked.connect(lambda: asked.append(True))
    keyboard.hold(Qt.Key.Key_F10)
    assert asked == [True]


def test_a_digit_and_enter_held_down_are_one_of_each(gate: Stand, keyboard: Keyboard) -> None:
    gate.press(Qt.Key.Key_F3)
    for digit in "365":
        keyboard.hold(Qt.Key.Key_unknown, digit, seconds=1.0)
        gate.window.keys.settle()
    keyboard.hold(Qt.Key.Key_Return, "\r")
    assert keyboard.scans == []
    assert gate.wishes.made == [("temperature", 36.5)]


def test_a_key_is_held_down_while_the_last_character_waits(gate: Stand, keyboard: Keyboard) -> None:
    keyboard.key(Qt.Key.Key_unknown, "1", PERSON_MS)
    keyboard.key(Qt.Key.Key_F12, gap_ms=30)
    keyboard.key(Qt.Key.Key_F12, gap_ms=30, repeated=True)
    assert [wish[0] for wish in gate.wishes.made] == ["start_over", "turn"]


_BLOCK = {  # as the window system names them while NumLock is off
    0: Qt.Key.Key_Insert,
    1: Qt.Key.Key_End,
    2: Qt.Key.Key_Down,
    3: Qt.Key.Key_PageDown,
    4: Qt.Key.Key_Left,
    5: Qt.Key.Key_Clear,
    6: Qt.Key.Key_Right,
    7: Qt.Key.Key_Home,
    8: Qt.Key.Key_Up,
    9: Qt.Key.Key_PageUp,
}


def test_a_value_typed_on_the_number_block_counts_though_numlock_is_off(
    gate: Stand, keyboard: Keyboard
) -> None:
    gate.press(Qt.Key.Key_F3)
    for digit in (3, 6, 5):
        keyboard.key(_BLOCK[digit], gap_ms=PERSON_MS, modifier=Qt.KeyboardModifier.KeypadModifier)
    gate.window.keys.settle()
    assert [wish[:2] for wish in gate.wishes.made] == [("temperature", 36.5)]


@pytest.mark.parametrize("digit", _BLOCK)
def test_a_digit_of_the_number_block_is_no_command_though_numlock_is_off(
    gate: Stand, keyboard: Keyboard, digit: int
) -> None:
    large = gate.window.wardrobe.large
    keyboard.key(_BLOCK[digit], gap_ms=PERSON_MS, modifier=Qt.KeyboardModifier.KeypadModifier)
    gate.window.keys.settle()
    assert not gate.window.pages.any_open
    assert gate.window.wardrobe.large is large


def test_capitals_come_with_a_shift_key_between_them(keyboard: Keyboard) -> None:
    for character in "HC1:NCF":
        keyboard.key(Qt.Key.Key_Shift)
        keyboard.type(character, SCANNER_MS)
    keyboard.key(Qt.Key.Key_Return)
    assert [scan.text for scan in keyboard.scans] == ["HC1:NCF"]


def test_commands_work_while_a_scanner_types(gate: Stand, keyboard: Keyboard) -> None:
    keyboard.type(CODE[:20], SCANNER_MS)
    keyboard.key(Qt.Key.Key_F3)
    keyboard.type(CODE[20:], SCANNER_MS)
    keyboard.key(Qt.Key.Key_Return)
    assert [scan.text for scan in keyboard.scans] == [CODE]
    assert gate.window.pages.temperature.isVisible()


def test_no_input_method_gets_the_keys_first(gate: Stand) -> None:
    """Qt offers keys to an input method only if the object in focus says that it takes its text."""
    assert not any(takes_text(one) for one in [gate.window, *gate.window.findChildren(QWidget)])


def test_hanzi_can_be_typed_where_a_name_is_asked_for_and_only_then(gate: Stand) -> None:
    page = gate.window.pages.handover
    page.show()
    page.field.show()
    page.field.ask("名字")
    assert takes_text(page.field)
    page.field.hide()
    assert not takes_text(page.field)


def takes_text(widget: QWidget) -> bool:
    asked = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
    QApplication.sendEvent(widget, asked)
    return bool(asked.value(Qt.InputMethodQuery.ImEnabled))


@pytest.mark.parametrize("state", DeviceState)
def test_a_scanner_is_in_the_header_only_if_there_is_one(gate: Stand, state: DeviceState) -> None:
    assert "扫码枪" not in gate.window.header.accessibleName()
    gate.tell(scenes.status(DeviceKind.SCANNER, state))
    assert "扫码枪" in gate.window.header.accessibleName()
