"""What the screen says about measuring: readings that are none, staff, instruments that look false."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from station.core.instrument_record import FindingCode
from station.core.measurability import Advice
from station.core.model import DeviceKind, DeviceState, Obstacle, ReasonCode, Severity
from station.core.outcome import InstrumentState, PartShown, Phase, StaffReadings, Waiting
from station.ui import measuring_words, prompts
from station.ui.buttons import Switch
from station.ui.instruments import Instruments
from station.ui.sidelines import NOTICE_S
from station.ui.theme import Look, load_theme
from tests.ui import scenes
from tests.ui.states import Stand, two_thermometers

F2, F3, F5, F7, ESC = (
    Qt.Key.Key_F2,
    Qt.Key.Key_F3,
    Qt.Key.Key_F5,
    Qt.Key.Key_F7,
    Qt.Key.Key_Escape,
)
OpenGate = Callable[..., Stand]


def _sentence(stand: Stand) -> str:
    return stand.window.verdict.face.reason


# --- readings that are none -----------------------------------------------------------------------


@pytest.mark.parametrize("obstacle", Obstacle)
def test_every_obstacle_says_what_is_the_matter_and_what_to_do(language: str, obstacle: Obstacle) -> None:
    said = measuring_words.not_measured(obstacle)
    assert said.sentence
    assert said.step


@pytest.mark.parametrize("advice", Advice)
def test_every_advice_is_written_in_both_languages(language: str, advice: Advice) -> None:
    asked = measuring_words.asking(advice)
    assert asked.text
    assert asked.other != asked.text


def test_cold_forehead_is_said_until_the_wait_ends(gate: Stand) -> None:
    gate.tell(scenes.needs_temperature(), scenes.not_measured(Obstacle.COLD_SKIN))
    gate.wait(9.9)
    assert _sentence(gate) == "额头太凉，测不准"
    assert gate.window.verdict.remaining() == pytest.approx(0.1)


def test_advice_goes_when_a_better_reading_came(gate: Stand) -> None:
    gate.tell(scenes.needs_temperature(), scenes.not_measured(), scenes.passed(), Waiting(Phase.IDLE))
    assert gate.window.verdict.face.look is Look.PASS
    gate.wait(3.1)
    assert gate.window.verdict.face.look is Look.IDLE


def test_advice_for_one_is_not_said_to_the_next(gate: Stand) -> None:
    gate.tell(scenes.needs_temperature(1000.0), scenes.not_measured())
    gate.wait(2)
    gate.tell(scenes.needs_temperature(1002.0))
    assert gate.window.verdict.face.headline.text == "请测体温"


def test_advice_stays_while_a_value_is_typed_for_that_person(gate: Stand) -> None:
    gate.tell(scenes.needs_temperature(), scenes.not_measured(Obstacle.AMBIENT_TOO_COLD))
    gate.tell(Waiting(Phase.NEEDS_TEMPERATURE, 1000.0, 1030.0))
    gate.wait(20)
    assert "F3" in gate.window.verdict.face.step


def test_weather_that_hinders_is_said_for_some_seconds_when_nobody_has_shown_a_code(gate: Stand) -> None:
    gate.tell(scenes.not_measured(Obstacle.AMBIENT_TOO_HOT))
    assert gate.window.verdict.face.look is Look.ASK
    gate.wait(prompts.UNCLAIMED_S)
    assert gate.window.verdict.face.look is Look.IDLE


def test_reading_that_was_none_is_never_shown_as_a_temperature(gate: Stand) -> None:
    told = scenes.recorded((Severity.RECHECK, ReasonCode.TEMPERATURE_NOT_MEASURED), degrees=36.2)
    gate.tell(told)
    assert gate.window.thermometer.shown is None
    assert gate.window.last_five.entries[0].temperature_c is None


def test_value_that_is_high_by_the_baseline_says_from_where_on(gate: Stand) -> None:
    gate.tell(scenes.fever(degrees=36.5, limit_c=36.3))
    assert [line.text for line in gate.window.thermometer.lines()][1] == "额头 · 36.3 起算高"


# --- a certificate in parts -----------------------------------------------------------------------


def test_part_of_a_certificate_asks_for_the_others(gate: Stand) -> None:
    gate.tell(PartShown(1, 3, (2, 3)))
    assert "3 张" in _sentence(gate)
    assert "第 2、3 张" in gate.window.verdict.face.step
    gate.wait(prompts.PART_S)
    assert gate.window.verdict.face.look is Look.IDLE


def test_whole_certificate_ends_the_asking(gate: Stand) -> None:
    gate.tell(PartShown(1, 2, (2,)), scenes.needs_temperature())
    assert gate.window.verdict.face.headline.text == "请测体温"


# --- clinical thermometer -------------------------------------------------------------------------


def test_value_of_a_clinical_thermometer_is_told_as_that(gate: Stand) -> None:
    gate.press(F3)
    gate.press(F2)
    assert "体温计" in gate.window.pages.temperature.title.text()
    gate.type("382")
    assert gate.wishes.made == [("clinical", 38.2)]


def test_clinical_thermometer_is_forgotten_when_the_page_closes(gate: Stand) -> None:
    gate.press(F3)
    gate.press(F2)
    gate.press(ESC)
    gate.press(F3)
    gate.type("65")
    assert gate.wishes.made == [("temperature", 36.5)]


def test_switch_can_be_turned_back(gate: Stand) -> None:
    gate.press(F3)
    gate.press(F2)
    gate.press(F2)
    gate.type("65")
    assert gate.wishes.made == [("temperature", 36.5)]


def test_clinical_thermometer_means_nothing_without_its_page(gate: Stand) -> None:
    gate.press(F2)
    gate.press(F3)
    gate.type("65")
    assert gate.wishes.made == [("temperature", 36.5)]


@pytest.mark.parametrize("theme", ["day", "night", "sun"])
def test_switch_can_be_read_on_and_off(open_gate: OpenGate, theme: str) -> None:
    gate = open_gate(theme=theme)
    gate.press(F3)
    (switch,) = gate.window.pages.temperature.findChildren(Switch)
    looks = []
    for _ in range(2):
        label = switch.findChildren(QLabel)[0]
        label.ensurePolished()
        looks.append((label.text()[0], label.palette().color(QPalette.ColorRole.WindowText).name()))
        QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
    wears = load_theme(theme)
    assert looks == [("○", wears.colours["text"].name()), ("●", wears.mark(Look.ASK).ground.name())]


def test_bouncing_finger_turns_the_switch_once(gate: Stand) -> None:
    gate.press(F3)
    (switch,) = gate.window.pages.temperature.findChildren(Switch)
    for _ in range(2):
        QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
        gate.clock.advance(0.1)
    assert switch.accessibleName().startswith("●")


# --- staff ----------------------------------------------------------------------------------------


def test_hint_to_measure_staff_is_quiet_and_begins_at_a_tap(gate: Stand) -> None:
    gate.tell(scenes.status(DeviceKind.THERMOMETER), InstrumentState(wants_staff=True))
    assert gate.window.verdict.face.look is Look.IDLE
    assert "F7" in gate.window.thermometer.accessibleName()
    QTest.mouseClick(gate.window.thermometer, Qt.MouseButton.LeftButton)
    assert gate.wishes.made == [("staff",)]


def test_tap_on_a_temperature_begins_nothing(gate: Stand) -> None:
    gate.tell(scenes.status(DeviceKind.THERMOMETER), InstrumentState(wants_staff=True), scenes.passed())
    QTest.mouseClick(gate.window.thermometer, Qt.MouseButton.LeftButton)
    assert gate.wishes.made == []


def test_staff_are_not_asked_for_while_somebody_waits(gate: Stand) -> None:
    gate.tell(scenes.status(DeviceKind.THERMOMETER), InstrumentState(wants_staff=True))
    gate.tell(scenes.needs_temperature())
    assert "F7" not in gate.window.thermometer.accessibleName()
    QTest.mouseClick(gate.window.thermometer, Qt.MouseButton.LeftButton)
    gate.tell(scenes.passed(), Waiting(Phase.IDLE))
    gate.wait(3)
    assert "F7" in gate.window.thermometer.accessibleName()
    assert gate.wishes.made == []


def test_staff_are_counted_and_what_did_not_count_is_said(gate: Stand) -> None:
    gate.press(F7)
    gate.tell(StaffReadings((), 3), StaffReadings((35.4,), 3))
    assert "1 位" in _sentence(gate)
    assert "35.4" in _sentence(gate)
    gate.tell(StaffReadings((35.4,), 3, hindered=True))
    assert "不算" in _sentence(gate)
    gate.tell(StaffReadings((35.4, 35.5, 35.6), 3))
    assert gate.window.verdict.face.headline.text == "测好了"
    gate.wait(prompts.STAFF_DONE_S)
    assert gate.window.verdict.face.look is Look.IDLE
    assert gate.wishes.made == [("staff",)]


@pytest.mark.parametrize("key", [ESC, F5])
def test_measuring_staff_can_be_ended(gate: Stand, key: Qt.Key) -> None:
    gate.tell(StaffReadings((35.4,), 3))
    gate.press(key)
    assert gate.wishes.made == [("start_over",)]
    assert gate.window.verdict.face.look is Look.IDLE


def test_staff_who_went_away_do_not_leave_the_lane_measuring_them(gate: Stand) -> None:
    gate.tell(StaffReadings((35.4,), 3))
    gate.wait(prompts.STAFF_S)
    assert gate.wishes.made == [("start_over",)]


def test_code_that_is_shown_ends_the_measuring_of_staff(gate: Stand) -> None:
    gate.tell(StaffReadings((35.4,), 3), scenes.needs_temperature())
    assert gate.window.verdict.face.headline.text == "请测体温"
    gate.tell(scenes.passed(), Waiting(Phase.IDLE))
    gate.wait(prompts.STAFF_S)
    assert gate.wishes.made == []


def test_nobody_who_waits_is_measured_as_staff(gate: Stand) -> None:
    gate.tell(scenes.needs_temperature())
    gate.press(F7)
    assert gate.wishes.made == []


def test_pressing_f7_twice_does_not_begin_anew(gate: Stand) -> None:
    gate.press(F7)
    gate.tell(StaffReadings((), 3))
    gate.press(F7)
    assert gate.wishes.made == [("staff",)]


# --- instruments ----------------------------------------------------------------------------------


@pytest.mark.parametrize("code", FindingCode)
def test_every_finding_names_the_instrument_its_figures_and_what_to_do(
    open_gate: OpenGate, language: str, code: FindingCode
) -> None:
    stand = open_gate()
    two_thermometers(stand)
    found = scenes.finding(code, scenes.FIGURES[code], name="first")
    stand.tell(InstrumentState((found,), active="first", doubtful=True))
    notice = stand.window.sidelines.bar.notice
    assert notice
    assert "1" in notice.sentence
    assert "{" not in notice.sentence
    assert "F3" in notice.step
    assert [line.text for line in stand.window.sidelines.bar.lines() if not line.fits()] == []


def test_sign_of_a_drift_is_said_in_words(gate: Stand) -> None:
    above, below = (scenes.finding(FindingCode.DRIFT, (figure,)) for figure in (0.7, -0.7))
    assert "高了 0.7 度" in measuring_words.finding(above, str)
    assert "低了 0.7 度" in measuring_words.finding(below, str)


def test_trouble_stands_until_it_is_over_and_no_key_hides_it(gate: Stand) -> None:
    gate.tell(InstrumentState((scenes.finding(),), doubtful=True))
    gate.press(ESC)
    gate.wait(3600)
    assert gate.window.sidelines.bar.isVisible()
    gate.tell(InstrumentState())
    assert not gate.window.sidelines.bar.isVisible()


def test_bar_takes_its_room_from_the_preview_and_hides_nothing(gate: Stand) -> None:
    window = gate.window
    before = window.verdict.geometry(), window.preview.geometry()
    gate.tell(InstrumentState((scenes.finding(),)))
    bar, preview = window.sidelines.bar.geometry(), window.preview.geometry()
    assert not bar.intersects(preview)
    assert not bar.intersects(window.verdict.geometry())
    assert window.verdict.geometry() == before[0]
    gate.tell(InstrumentState())
    assert window.preview.geometry() == before[1]


def test_lane_that_goes_over_to_the_other_instrument_says_so_for_a_while(gate: Stand) -> None:
    two_thermometers(gate)
    gate.tell(scenes.status(DeviceKind.CAMERA), scenes.view())
    gate.tell(InstrumentState(active="first"), InstrumentState(active="second"))
    assert "2 号测温仪" in gate.window.preview.accessibleName()
    gate.wait(NOTICE_S)
    assert "2 号测温仪" not in gate.window.preview.accessibleName()


def test_instrument_that_is_not_used_is_not_doubled_by_hand(gate: Stand) -> None:
    two_thermometers(gate)
    gate.tell(InstrumentState((scenes.finding(name="first"),), active="second"))
    notice = gate.window.sidelines.bar.notice
    assert notice
    assert "2 号测温仪" in notice.step
    assert "F3" not in notice.step


def test_finding_about_the_instrument_that_counts_is_said_first(gate: Stand) -> None:
    two_thermometers(gate)
    both = tuple(scenes.finding(name=name) for name in ("first", "second"))
    gate.tell(InstrumentState(both, active="second", doubtful=True))
    notice = gate.window.sidelines.bar.notice
    assert notice
    assert notice.sentence.startswith("2 号")
    assert notice.more == 1


def test_one_of_two_thermometers_that_is_lost_is_named_while_the_gate_goes_on(gate: Stand) -> None:
    two_thermometers(gate)
    gate.tell(scenes.status(DeviceKind.THERMOMETER, DeviceState.LOST, name="second"))
    assert "▲ 2 号测温仪断了" in gate.window.header.accessibleName()
    gate.tell(scenes.needs_temperature())
    assert "看测温仪" in gate.window.verdict.face.step


def test_both_thermometers_lost_is_said_as_one(gate: Stand) -> None:
    two_thermometers(gate)
    for name in ("first", "second"):
        gate.tell(scenes.status(DeviceKind.THERMOMETER, DeviceState.LOST, name=name))
    assert "■ 测温仪断了" in gate.window.header.accessibleName()
    assert "F3" in gate.window.thermometer.accessibleName()


def test_single_thermometer_needs_no_number() -> None:
    instruments = Instruments()
    instruments.name_them(["ttyUSB0"])
    assert instruments.called("ttyUSB0") == "测温仪"


def test_thermometers_of_former_settings_are_gone() -> None:
    instruments = Instruments()
    instruments.status(scenes.status(DeviceKind.THERMOMETER, DeviceState.LOST, name="old"))
    instruments.name_them(["new"])
    instruments.status(scenes.status(DeviceKind.THERMOMETER, name="new"))
    assert not instruments.health().troubled


# --- the picture of warmth ------------------------------------------------------------------------


def test_picture_of_warmth_lies_in_a_corner_of_the_preview_and_goes_when_it_is_old(gate: Stand) -> None:
    gate.tell(scenes.warmth())
    window = gate.window
    assert window.thermal.isVisible()
    assert window.preview.geometry().contains(window.thermal.geometry())
    gate.tell(InstrumentState((scenes.finding(),)))
    assert window.preview.geometry().contains(window.thermal.geometry())
    gate.wait(4)
    assert not window.thermal.isVisible()
