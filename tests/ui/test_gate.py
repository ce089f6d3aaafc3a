"""What happens at the gate, as the screen shows it and as the volunteer works it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from station.core.asking import Question
from station.core.model import DeviceKind, DeviceState, Direction, Found, Scan, Severity, View, Vouch
from station.core.outcome import ClockWarning, NotStored, Phase, Recorded, Repeated, StorageProblem, Waiting
from station.ui.daylight import SETTLE_S
from station.ui.pages import CLOSES_AFTER_S, Page
from station.ui.theme import Look
from tests.ui import scenes
from tests.ui.admin.looking import cut
from tests.ui.states import STATES, Stand

F1, F3, F5, F6 = Qt.Key.Key_F1, Qt.Key.Key_F3, Qt.Key.Key_F5, Qt.Key.Key_F6
F8, F9 = Qt.Key.Key_F8, Qt.Key.Key_F9


def _tap(stand: Stand, name: str) -> None:
    """A finger on the visible button whose label begins like this; half a second passes."""
    visible = [button for button in stand.window.findChildren(QAbstractButton) if button.isVisible()]
    button = next(button for button in visible if button.accessibleName().startswith(name))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    stand.wait(0.5)


def _open_pages(stand: Stand) -> list[QWidget]:
    return [page for page in stand.window.pages if page.isVisible()]


# --- verdicts -------------------------------------------------------------------------------------


def test_nobody_is_asked_to_show_a_code(gate: Stand) -> None:
    assert gate.window.verdict.face.headline.text == "请亮码"


def test_a_recorded_pass_is_shown_for_three_seconds(gate: Stand) -> None:
    gate.tell(scenes.passed(), Waiting(Phase.IDLE))
    assert gate.window.verdict.face.look is Look.PASS
    gate.wait(2.9)
    assert gate.window.verdict.remaining() == pytest.approx(0.1)
    gate.wait(0.1)
    assert gate.window.verdict.face.look is Look.IDLE


@pytest.mark.parametrize(
    ("outcome", "look", "count"),
    [
        (scenes.passed(), Look.PASS, 328),
        (scenes.fever(), Look.RECHECK, 5),
        (scenes.red(), Look.STOP, 2),
    ],
)
def test_the_verdict_is_the_decision_and_nothing_else(
    gate: Stand, outcome: Recorded, look: Look, count: int
) -> None:
    gate.tell(outcome)
    assert gate.window.verdict.face.look is look
    assert gate.window.counters.counts[outcome.decision.severity] == count


def test_the_same_code_again_is_shown_again_and_not_counted(gate: Stand) -> None:
    first = scenes.passed()
    gate.tell(first)
    gate.wait(5.0)
    gate.tell(Repeated(first.stored, first.decision, first.person))
    assert gate.window.verdict.face.look is Look.PASS
    assert gate.window.counters.counts[Severity.PASS] == 328
    assert [line.text for line in gate.window.thermometer.lines()][-1] == "5 秒前"
    assert [line.id for line in gate.window.last_five.entries].count(first.stored.entry.id) == 1


def test_a_person_without_a_temperature_stays_in_sight_while_the_next_one_comes(gate: Stand) -> None:
    gate.tell(scenes.no_temperature(), scenes.needs_temperature())
    assert gate.window.verdict.face.headline.text == "请测体温"
    assert gate.window.verdict.former.isVisible()
    assert "复核" in gate.window.verdict.former.accessibleName()


def test_a_reading_that_waits_for_its_code_is_shown_with_its_age(gate: Stand) -> None:
    gate.tell(scenes.needs_code())
    gate.wait(4.0)
    texts = [line.text for line in gate.window.thermometer.lines()]
    assert texts == ["36.4 ℃", "额头 · 测温仪", "4 秒前"]


def test_the_age_of_a_reading_is_kept_when_its_code_comes(gate: Stand) -> None:
    gate.tell(scenes.needs_code())
    gate.wait(4.0)
    gate.tell(scenes.passed(degrees=36.4))
    shown = gate.window.thermometer.shown
    assert shown is not None
    assert shown.at == 1000.0


def test_no_reading_is_left_on_the_screen_for_the_next_person(gate: Stand) -> None:
    gate.tell(scenes.passed(), Waiting(Phase.IDLE))
    gate.wait(3.0)
    assert gate.window.thermometer.shown is None
    gate.tell(scenes.passed(), scenes.needs_temperature())
    assert gate.window.thermometer.shown is None


def test_two_people_at_once_are_asked_one_by_one(gate: Stand) -> None:
    gate.tell(scenes.one_by_one())
    assert gate.window.verdict.face.headline.text == "一个一个来"


def test_a_correction_moves_the_count_and_marks_the_entry(gate: Stand) -> None:
    first = scenes.stranger()
    gate.tell(first, scenes.correction(first, Severity.PASS))
    assert dict(gate.window.counters.counts) == {Severity.PASS: 328, Severity.RECHECK: 4, Severity.STOP: 1}
    newest = gate.window.last_five.entries[0]
    assert (newest.severity, newest.amended) == (Severity.PASS, True)
    assert gate.window.verdict.face.reason == "志愿者改判：复核 → 通行"


def test_midnight_starts_a_new_day_of_counts(gate: Stand) -> None:
    gate.tell(scenes.passed())
    gate.wait(24 * 3600.0)
    assert sum(gate.window.counters.counts.values()) == 0
    assert gate.window.last_five.entries == ()


def test_whoever_came_just_before_midnight_is_still_asked_and_can_be_decided_otherwise(gate: Stand) -> None:
    gate.clock.wall = scenes.NOW.replace(hour=23, minute=59, second=58)
    gate.window.tick()
    gate.tell(scenes.no_test(at=gate.clock.wall))
    gate.wait(4.0)
    assert sum(gate.window.counters.counts.values()) == 0
    gate.press(F6)
    assert gate.window.pages.asking.isVisible()
    gate.press(F8)
    assert gate.window.pages.correction.isVisible()


def test_a_finger_that_comes_when_a_page_has_just_gone_by_itself_hits_nothing_under_it(gate: Stand) -> None:
    gate.press(F3)
    gate.wait(CLOSES_AFTER_S)
    assert _open_pages(gate) == []
    QTest.mouseClick(gate.window.last_five, Qt.MouseButton.LeftButton)
    assert _open_pages(gate) == []
    gate.wait(0.5)
    QTest.mouseClick(gate.window.last_five, Qt.MouseButton.LeftButton)
    assert _open_pages(gate) == [gate.window.pages.last]


def test_whoever_looks_for_a_rare_value_is_given_time_to_tap_it(gate: Stand) -> None:
    gate.press(F3)
    gate.wait(CLOSES_AFTER_S - 1)
    _tap(gate, "其他度数")
    gate.wait(1.0)
    _tap(gate, "40.1")
    assert gate.wishes.made == [("temperature", 40.1)]


# --- what fails -----------------------------------------------------------------------------------


@pytest.mark.parametrize("problem", StorageProblem)
def test_not_recorded_never_looks_like_a_pass(gate: Stand, problem: StorageProblem) -> None:
    gate.tell(scenes.passed(), NotStored(problem))
    window = gate.window
    green = window.verdict.theme.looks[Look.PASS].ground
    picture = window.grab(window.verdict.geometry()).toImage()
    points = [QPoint(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)]
    assert window.verdict.face.look is Look.FAILURE
    assert not any(picture.pixelColor(point) == green for point in points)
    gate.wait(600.0)
    assert window.verdict.face.look is Look.FAILURE


def test_not_recorded_is_seen_even_while_a_page_is_open(gate: Stand) -> None:
    gate.press(F3)
    gate.tell(NotStored(StorageProblem.DISK_FULL))
    assert _open_pages(gate) == []


def test_a_journal_that_opens_at_last_ends_the_failure(gate: Stand) -> None:
    gate.tell(NotStored(StorageProblem.LOCKED))
    gate.window.show_day({}, ())
    assert gate.window.verdict.face.look is Look.IDLE


def test_midnight_does_not_hide_a_failure(gate: Stand) -> None:
    gate.tell(NotStored(StorageProblem.DISK_FULL))
    gate.wait(24 * 3600.0)
    assert gate.window.verdict.face.look is Look.FAILURE


def test_not_recorded_counts_nobody(gate: Stand) -> None:
    before = dict(gate.window.counters.counts)
    gate.tell(NotStored(StorageProblem.FAULT))
    assert dict(gate.window.counters.counts) == before


def test_a_clock_that_went_back_is_said_for_a_minute(gate: Stand) -> None:
    gate.tell(scenes.status(DeviceKind.CAMERA), scenes.view(), ClockWarning(7200.0))
    assert "120 分钟" in gate.window.preview.accessibleName()
    gate.wait(61.0)
    assert "120 分钟" not in gate.window.preview.accessibleName()


@pytest.mark.parametrize("state", [DeviceState.SILENT, DeviceState.LOST, DeviceState.ABSENT])
def test_a_dead_device_says_what_to_do_instead(gate: Stand, state: DeviceState) -> None:
    gate.tell(scenes.status(DeviceKind.CAMERA, state), scenes.status(DeviceKind.THERMOMETER, state))
    assert any("F1" in line.text for line in gate.window.preview.lines())
    assert any("F3" in line.text for line in gate.window.thermometer.lines())


def _asked_a_second_later(gate: Stand) -> str:
    gate.wait(1.0)
    return gate.window.verdict.face.headline.text


@pytest.mark.parametrize("state", [DeviceState.SILENT, DeviceState.LOST])
def test_nobody_is_asked_for_a_code_that_nothing_can_read(gate: Stand, state: DeviceState) -> None:
    gate.tell(scenes.status(DeviceKind.CAMERA, state))
    assert _asked_a_second_later(gate) == "请报住址"
    assert "F1" in gate.window.verdict.face.step
    gate.tell(scenes.needs_code())
    assert _asked_a_second_later(gate) == "请报住址"
    gate.tell(Waiting(Phase.IDLE), scenes.status(DeviceKind.CAMERA))
    assert _asked_a_second_later(gate) == "请亮码"


def test_whoever_has_a_scanner_in_the_hand_is_still_asked_for_a_code(gate: Stand) -> None:
    gate.tell(scenes.status(DeviceKind.SCANNER), scenes.status(DeviceKind.CAMERA, DeviceState.LOST))
    assert _asked_a_second_later(gate) == "请亮码"
    gate.tell(scenes.status(DeviceKind.SCANNER, DeviceState.LOST))
    assert _asked_a_second_later(gate) == "请报住址"
    gate.tell(Scan("token", 1.0, reader="keyboard", source="keyboard"))
    assert _asked_a_second_later(gate) == "请亮码"


def test_emulated_devices_turn_the_header_into_a_ribbon(gate: Stand) -> None:
    gate.tell(scenes.status(DeviceKind.CAMERA), scenes.status(DeviceKind.THERMOMETER))
    assert not gate.window.header.demo
    gate.tell(scenes.status(DeviceKind.THERMOMETER, emulated=True))
    assert gate.window.header.demo
    assert "DEMO" in gate.window.header.accessibleName()
    gate.tell(scenes.status(DeviceKind.THERMOMETER))
    assert not gate.window.header.demo


def test_an_emulated_entry_shows_the_ribbon_too(gate: Stand) -> None:
    gate.tell(scenes.passed(emulated=True))
    assert gate.window.header.demo


# --- by hand --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("taps", "wish"),
    [
        (("无码", "认识"), ("no_code", Vouch.KNOWN, None)),
        (("无码", "不认识"), ("no_code", Vouch.STRANGER, None)),
        (("手测体温", "36.5"), ("temperature", 36.5)),
        (("手测体温", "没测到"), ("temperature", None)),
        (("重来",), ("start_over",)),
    ],
)
def test_every_wish_takes_two_taps_at_most(
    gate: Stand, taps: tuple[str, ...], wish: tuple[object, ...]
) -> None:
    for tap in taps:
        _tap(gate, tap)
    assert gate.wishes.made == [wish]
    assert _open_pages(gate) == []


@pytest.mark.parametrize(
    ("key", "typed", "wish"),
    [
        (F1, "+", ("no_code", Vouch.KNOWN, None)),
        (F1, "/", ("no_code", Vouch.STRANGER, None)),
        (F3, "65", ("temperature", 36.5)),
        (F3, "401", ("temperature", 40.1)),
        (F3, "0", ("temperature", None)),
        (F5, "", ("start_over",)),
    ],
)
def test_every_wish_is_on_the_keyboard(
    gate: Stand, key: Qt.Key, typed: str, wish: tuple[object, ...]
) -> None:
    gate.press(key)
    gate.type(typed)
    assert gate.wishes.made == [wish]


def test_rare_temperatures_are_one_tap_further(gate: Stand) -> None:
    for tap in ("手测体温", "其他度数", "40.3"):
        _tap(gate, tap)
    assert gate.wishes.made == [("temperature", 40.3)]


def test_typed_digits_are_seen_before_they_count(gate: Stand) -> None:
    gate.press(F3)
    gate.type("6")
    assert gate.window.pages.temperature.title.text() == "36._"
    assert gate.wishes.made == []


def test_escape_goes_back_and_wishes_nothing(gate: Stand) -> None:
    gate.press(F1)
    gate.press(Qt.Key.Key_Escape)
    assert _open_pages(gate) == []
    assert gate.wishes.made == []


def test_a_forgotten_page_closes_by_itself(gate: Stand) -> None:
    gate.press(F3)
    gate.wait(CLOSES_AFTER_S - 0.1)
    assert _open_pages(gate) == [gate.window.pages.temperature]
    gate.wait(0.1)
    assert _open_pages(gate) == []


def test_the_temperature_page_survives_the_time_out_of_its_person(gate: Stand) -> None:
    gate.tell(scenes.needs_temperature())
    gate.press(F3)
    gate.tell(scenes.no_temperature())
    assert _open_pages(gate) == [gate.window.pages.temperature]
    assert "没测到体温" in gate.window.pages.temperature.strip.accessibleName()


@pytest.mark.parametrize("page", ["codes_down", "opening", "help", "last"])
def test_a_verdict_is_seen_beside_whatever_covers_it(gate: Stand, page: str) -> None:
    """Somebody with a fever came while F2 was read or help was called, and no screen said so."""
    covering: Page = getattr(gate.window.pages, page)
    gate.window.pages.open(covering)
    gate.tell(scenes.fever())
    gate.window.tick()
    assert covering.isVisible()
    assert covering.strip.isVisible()
    assert "体温偏高" in covering.strip.accessibleName()


@pytest.mark.parametrize("reason", "1234")
def test_a_verdict_beside_it_cuts_no_title(gate: Stand, language: str, reason: str) -> None:
    """What the barrier is opened for, in English, ended behind the verdict."""
    STATES["opening_page"](gate)
    gate.type(reason)
    page = gate.window.pages.opening
    gate.tell(scenes.fever())
    gate.window.tick()
    QApplication.processEvents()
    assert page.strip.isVisible()
    assert not cut(page.title)
    assert page.strip.geometry().right() < page.width()


def test_a_red_code_is_seen_while_help_is_called(gate: Stand) -> None:
    """The page of the call stays, also for a STOP."""
    gate.window.pages.open(gate.window.pages.help)
    gate.tell(scenes.red())
    gate.window.tick()
    assert "禁止" in gate.window.pages.help.strip.accessibleName()


def test_a_stop_interrupts_whatever_is_open(gate: Stand) -> None:
    gate.press(F3)
    gate.tell(scenes.red())
    assert _open_pages(gate) == []


def test_a_finger_aimed_at_a_page_that_went_by_itself_hits_nothing(gate: Stand) -> None:
    gate.press(F3)
    gate.tell(scenes.red())
    _tap(gate, "重来")
    assert gate.wishes.made == []
    _tap(gate, "重来")
    assert gate.wishes.made == [("start_over",)]


def test_a_correction_never_hits_the_next_person(gate: Stand) -> None:
    gate.press(F8)
    gate.tell(scenes.passed())
    gate.type("31")
    assert gate.wishes.made == []


def test_the_colour_of_a_regional_code_is_told_in_two_taps(gate: Stand) -> None:
    gate.tell(scenes.stranger())
    for tap in ("看颜色", "红码"):
        _tap(gate, tap)
    assert gate.wishes.made == [("answered", (Question.COLOUR, "red", 0.0))]


def test_nobody_is_asked_for_the_colour_of_a_gate_pass(gate: Stand) -> None:
    gate.tell(scenes.stranger(), scenes.passed())
    gate.press(F6)
    assert _open_pages(gate) == []


def test_the_colour_of_one_is_never_given_to_the_next(gate: Stand) -> None:
    gate.tell(scenes.stranger())
    gate.press(F6)
    gate.tell(scenes.stranger())
    gate.type("1")
    assert gate.wishes.made == []


def test_nobody_is_sent_to_a_thermometer_that_is_not_there(gate: Stand) -> None:
    gate.tell(scenes.status(DeviceKind.THERMOMETER, DeviceState.LOST), scenes.needs_temperature())
    assert "F3" in gate.window.verdict.accessibleName()


def test_the_lane_waits_while_a_value_is_typed(gate: Stand) -> None:
    gate.press(F3)
    assert gate.wishes.held == 1


def test_the_correction_page_names_the_entry(gate: Stand) -> None:
    gate.tell(scenes.stranger())
    gate.press(F8)
    assert gate.window.pages.correction.title.text() == "改判：10:24 未登记 复核"


def test_there_is_nothing_to_correct_on_a_new_day(gate: Stand) -> None:
    gate.window.show_day({}, ())
    gate.press(F8)
    assert _open_pages(gate) == []


def test_a_bouncing_finger_counts_once(gate: Stand) -> None:
    button = next(b for b in gate.window.findChildren(QAbstractButton) if b.accessibleName() == "重来 F5")
    for _ in range(3):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        gate.clock.advance(0.1)
    assert gate.wishes.made == [("start_over",)]


def test_starting_over_clears_a_mixed_up_lane(gate: Stand) -> None:
    gate.tell(scenes.one_by_one())
    gate.press(F5)
    assert gate.window.verdict.face.look is Look.IDLE


# --- scanners are keyboards -----------------------------------------------------------------------


@pytest.mark.parametrize("page", [None, F1, F3, F8])
def test_a_scanners_burst_and_its_enter_press_nothing(gate: Stand, page: Qt.Key | None) -> None:
    if page:
        gate.press(page)
    before = _open_pages(gate)
    for character in "65136512":
        QTest.keyClicks(gate.window, character)
        gate.clock.advance(0.005)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Tab):
        gate.press(key)
    gate.clock.advance(1.0)
    gate.window.keys.settle()
    assert gate.wishes.made == []
    assert _open_pages(gate) == before


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Tab])
def test_no_key_gets_past_the_window(gate: Stand, key: Qt.Key) -> None:
    press = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
    assert gate.window.keys.eventFilter(gate.window, press)


# --- light and pictures ---------------------------------------------------------------------------


def test_f9_goes_through_the_lights_and_comes_back(open_gate: Callable[..., Stand]) -> None:
    gate = open_gate(theme="auto")
    worn = []
    for _ in range(4):
        gate.press(F9)
        worn.append(gate.window.verdict.theme.preview_dim)
    assert worn == [0.0, 0.3, 0.0, 0.0]


def test_dusk_dims_the_screen_by_itself(open_gate: Callable[..., Stand]) -> None:
    gate = open_gate(theme="auto")
    for _ in range(2):
        gate.tell(scenes.view(brightness=20.0))
        gate.window.grab()
        gate.wait(SETTLE_S)
    assert gate.window.verdict.theme.name == "night"


def test_a_forced_light_ignores_the_dusk(gate: Stand) -> None:
    for _ in range(3):
        gate.tell(scenes.view(brightness=20.0))
        gate.window.grab()
        gate.wait(SETTLE_S)
    assert gate.window.verdict.theme.name == "day"


def test_a_picture_is_painted_and_the_next_may_come(gate: Stand) -> None:
    gate.tell(scenes.status(DeviceKind.CAMERA), scenes.view())
    window = gate.window
    grey = window.grab(window.preview.geometry()).toImage().pixelColor(20, 20)
    assert (grey.red(), grey.green(), grey.blue()) == (128, 128, 128)
    shown: list[View] = []
    gate.bridge.view.connect(shown.append)
    gate.tell(scenes.view())
    assert len(shown) == 1


def test_a_found_code_is_framed_in_white_on_black(gate: Stand) -> None:
    square = ((40.0, 20.0), (80.0, 20.0), (80.0, 60.0), (40.0, 60.0))
    gate.tell(scenes.status(DeviceKind.CAMERA), scenes.view(found=(Found(square, confirmed=True),)))
    preview = gate.window.preview
    picture = gate.window.grab(preview.geometry()).toImage()
    enlarge = preview.width() / 128  # the picture is as wide as the widget; its height is cut evenly
    x, y = 60 * enlarge, (preview.height() - 72 * enlarge) / 2 + 20 * enlarge
    column = [picture.pixelColor(round(x), round(y) + offset).lightness() for offset in range(-6, 7)]
    assert column[6] == 255
    assert min(column) == 0


# --- screen readers -------------------------------------------------------------------------------


def test_screen_readers_hear_values(gate: Stand) -> None:
    gate.tell(scenes.passed())
    window = gate.window
    assert "通行" in window.verdict.accessibleName()
    assert "36.5 ℃" in window.thermometer.accessibleName()
    assert window.counters.accessibleName() == "通行 328, 复核 4, 禁止 1"
    assert window.last_five.accessibleName().startswith("10:24 张*强 通行")
    assert "摄像头" in window.header.accessibleName()


# --- which way people go ---------------------------------------------------------------------------


def test_way_is_said_in_words_and_with_an_arrow_and_turns_by_a_key(gate: Stand) -> None:
    assert "→ 进门" in gate.window.header.accessibleName()
    gate.press(Qt.Key.Key_F12)
    assert "← 出门" in gate.window.header.accessibleName()
    assert gate.wishes.made[-1] == ("turn", Direction.OUT)
    gate.press(Qt.Key.Key_F12)
    assert gate.wishes.made[-1] == ("turn", Direction.IN)


def test_tap_turns_the_way_only_where_it_is_written(gate: Stand) -> None:
    header = gate.window.header
    for place in (QPoint(60, 20), QPoint(1300, 20)):
        QTest.mouseClick(header, Qt.MouseButton.LeftButton, pos=place)
        gate.clock.advance(1)
    assert gate.wishes.made == []
    QTest.mouseClick(header, Qt.MouseButton.LeftButton, pos=QPoint(300, 20))
    assert gate.wishes.made[-1] == ("turn", Direction.OUT)


def test_whoever_is_half_done_is_not_shown_any_more_when_the_way_turns(gate: Stand) -> None:
    gate.tell(scenes.needs_temperature())
    gate.press(Qt.Key.Key_F12)
    assert "请测体温" not in gate.window.verdict.accessibleName()


def test_gate_says_all_the_time_that_codes_are_down(gate: Stand) -> None:
    gate.window.header.show_codes_down(True)
    assert "停码：看名册" in gate.window.header.accessibleName()
    gate.window.header.show_codes_down(False)
    assert "停码" not in gate.window.header.accessibleName()


def test_while_codes_are_down_nobody_is_told_to_show_one(gate: Stand) -> None:
    """The queue would try to open what does not open; the volunteer looks in the roster."""
    gate.window.show_codes_down(True)
    for waits in (None, scenes.needs_code(gate.clock.monotonic())):
        if waits:
            gate.tell(waits)
        shown = gate.window.verdict.accessibleName()
        assert "请报住址" in shown
        assert "按 F1，从名册里找" in shown
        assert "亮码" not in shown
        assert "健康码对准" not in gate.window.preview.accessibleName()
    gate.window.start_over()
    gate.window.show_codes_down(False)
    assert "请亮码" in gate.window.verdict.accessibleName()
