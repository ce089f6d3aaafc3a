"""F6: what the volunteer sees on a phone or asks, one question after another; F1: who came with whom."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from station.core.asking import Asked, Question
from station.core.model import DeviceKind, Severity, Vouch
from station.core.outcome import Corrected, DrillVerified, LookbacksOpen, Phase, Recorded, Waiting
from station.core.override import OverrideReason
from station.ui.codes_down_page import READ_FIRST_S
from station.ui.pages import CLOSES_AFTER_S
from station.ui.preview import Preview
from tests.ui import neighbours, scenes
from tests.ui.states import Stand, tap_place

F1, F2, F3, F6 = Qt.Key.Key_F1, Qt.Key.Key_F2, Qt.Key.Key_F3, Qt.Key.Key_F6


def tap(stand: Stand, name: str) -> None:
    """A finger on the visible button whose label begins like this; half a second passes."""
    visible = [button for button in stand.window.findChildren(QAbstractButton) if button.isVisible()]
    button = next(button for button in visible if button.accessibleName().startswith(name))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    stand.wait(0.5)


def test_a_test_seen_on_a_phone_is_told_in_two_taps(gate: Stand) -> None:
    gate.tell(scenes.no_test())
    for name in ("看核酸", "48 小时阴性"):
        tap(gate, name)
    assert gate.wishes.made == [("answered", (Question.TEST, "negative", 48.0))]


def test_three_questions_are_one_after_another_and_told_together(gate: Stand) -> None:
    gate.tell(scenes.nothing_asked_yet())
    for name in ("看手机", "绿码", "24 小时阴性"):
        tap(gate, name)
    assert gate.wishes.made == []
    tap(gate, "没去过")
    assert gate.wishes.made == [
        (
            "answered",
            (Question.COLOUR, "green", 0.0),
            (Question.TEST, "negative", 24.0),
            (Question.TRAVEL, "no", 0.0),
        )
    ]


def test_after_a_red_code_nothing_else_is_asked(gate: Stand) -> None:
    gate.tell(scenes.nothing_asked_yet())
    gate.press(F6)
    gate.type("3")
    assert gate.wishes.made == [("answered", (Question.COLOUR, "red", 0.0))]


def test_an_answer_is_taken_back_with_backspace(gate: Stand) -> None:
    gate.tell(scenes.nothing_asked_yet())
    gate.press(F6)
    gate.type("1")
    gate.press(Qt.Key.Key_Backspace)
    gate.type("2")
    gate.type("12")
    (made,) = gate.wishes.made
    assert made[1] == (Question.COLOUR, "yellow", 0.0)


def test_what_was_answered_is_told_when_nobody_goes_on(gate: Stand) -> None:
    gate.tell(scenes.nothing_asked_yet())
    gate.press(F6)
    gate.type("1")
    gate.wait(CLOSES_AFTER_S + 1)
    assert gate.wishes.made == [("answered", (Question.COLOUR, "green", 0.0))]


def test_answers_are_never_given_to_the_next_person(gate: Stand) -> None:
    gate.tell(scenes.nothing_asked_yet())
    gate.press(F6)
    gate.type("1")
    gate.tell(scenes.passed())
    gate.wait(CLOSES_AFTER_S + 1)
    assert gate.wishes.made == []


def stopped_by_hand(before: Recorded) -> Corrected:
    corrected = scenes.correction(before, Severity.STOP)
    entry = msgspec.structs.replace(corrected.stored.entry, override=OverrideReason.SUSPICIOUS.value)
    return replace(corrected, stored=msgspec.structs.replace(corrected.stored, entry=entry))


def test_what_an_operator_decided_no_answer_changes(gate: Stand) -> None:
    before = scenes.nothing_asked_yet()
    gate.tell(before)
    gate.tell(stopped_by_hand(before))
    gate.press(F6)
    gate.type("3")
    gate.wait(CLOSES_AFTER_S + 1)
    assert gate.wishes.made == []


def test_whoever_waits_is_asked_also_when_the_former_verdict_was_corrected(gate: Stand) -> None:
    before = scenes.nothing_asked_yet()
    gate.tell(before)
    asks = (Asked(Question.TRAVEL),)
    gate.tell(Waiting(Phase.NEEDS_TEMPERATURE, 1000.0, 1010.0, asks=asks))
    gate.tell(stopped_by_hand(before))
    tap(gate, "问行程")
    tap(gate, "去过")
    assert gate.wishes.made == [("answered", (Question.TRAVEL, "yes", 0.0))]


def test_what_is_asked_of_whoever_is_being_measured_is_known_at_once(gate: Stand) -> None:
    asks = (Asked(Question.TRAVEL),)
    gate.tell(Waiting(Phase.NEEDS_TEMPERATURE, 1000.0, 1010.0, asks=asks))
    for name in ("问行程", "去过"):
        tap(gate, name)
    assert gate.wishes.made == [("answered", (Question.TRAVEL, "yes", 0.0))]


@pytest.mark.parametrize("hours", [24.0, 48.0, 72.0, 36.0, 168.0])
def test_every_class_of_hours_has_a_button_and_every_button_an_answer(gate: Stand, hours: float) -> None:
    asked = Asked(Question.TEST, hours)
    gate.tell(scenes.no_test(asks=(asked,)))
    count = len(asked.classes_h) + 3
    for place in range(count):
        gate.press(F6)
        gate.type(str(place + 1))
    assert len(gate.wishes.made) == count


# --- together -----------------------------------------------------------------------------------


def with_family(gate: Stand, *, held_up: bool = False) -> None:
    family = neighbours.wang_and_hers(held_up=held_up)
    gate.window.pages.no_code.use(neighbours.Neighbours(with_them=family))


def test_a_child_is_picked_with_one_tap_after_its_mother(gate: Stand) -> None:
    with_family(gate)
    gate.press(F1)
    tap_place(gate, 0)
    assert gate.wishes.made == [("no_code", Vouch.KNOWN, "child", "wang")]


def test_somebody_else_is_still_found_by_their_house(gate: Stand) -> None:
    with_family(gate)
    gate.press(F1)
    for place in (2, 0):
        tap_place(gate, place)
        gate.wait(0.5)
    assert gate.wishes.made == [("no_code", Vouch.KNOWN, "father")]


def test_page_asks_for_whom_a_code_was_held_up(gate: Stand) -> None:
    with_family(gate, held_up=True)
    gate.press(F1)
    assert gate.window.pages.no_code.title.text() == "王*英 的码，给谁用？"


def test_whoever_is_to_step_up_is_named(gate: Stand) -> None:
    gate.tell(scenes.brought())
    assert "只量 王*明" in gate.window.verdict.accessibleName()


# --- codes down, and afterwards -----------------------------------------------------------------


def test_codes_go_down_with_one_key_twice_and_a_moment_between(gate: Stand) -> None:
    gate.press(F2)
    gate.press(F2)
    assert gate.wishes.made == []
    gate.wait(READ_FIRST_S)
    gate.press(F2)
    assert gate.wishes.made == [("switch_codes", True)]


def test_codes_go_down_and_come_back_by_two_taps(gate: Stand) -> None:
    for name in ("停码", "是，停码"):
        tap(gate, name)
    gate.window.show_codes_down(True)
    for name in ("查码", "是，恢复查码"):
        tap(gate, name)
    assert gate.wishes.made == [("switch_codes", True), ("switch_codes", False)]


def test_value_that_is_typed_after_the_wrong_key_switches_nothing(gate: Stand) -> None:
    gate.press(F2)
    gate.type("365")
    gate.press(Qt.Key.Key_Return)
    gate.wait(CLOSES_AFTER_S + 1)
    assert gate.wishes.made == []


def test_key_means_the_clinical_thermometer_while_a_value_is_typed(gate: Stand) -> None:
    gate.press(F3)
    gate.press(F2)
    assert not gate.window.pages.codes_down.isVisible()


def caption(gate: Stand) -> str:
    preview: Preview = gate.window.preview
    return preview.accessibleName().partition(", ")[2]


def test_lookbacks_come_before_the_drill_and_each_stays_until_it_is_opened(gate: Stand) -> None:
    gate.tell(DrillVerified(132, 3), LookbacksOpen(2))
    gate.wait(3600)
    assert caption(gate) == "有 2 人需要回溯 · F10"
    gate.tell(LookbacksOpen(0))
    assert caption(gate) == "停码期间 132 人，3 人待核对 · F10 查看"
    gate.tell(DrillVerified(132, 0))
    assert "停码" not in caption(gate)


def test_drill_without_exceptions_is_said_and_goes(gate: Stand) -> None:
    gate.tell(DrillVerified(132, 0))
    assert caption(gate) == "停码期间 132 人，都核过了"
    gate.wait(61)
    assert "停码" not in caption(gate)


def test_two_codes_at_once_are_said_over_any_announcement(gate: Stand) -> None:
    gate.tell(LookbacksOpen(2), scenes.status(DeviceKind.CAMERA), scenes.view(crowded=True))
    assert gate.window.preview.lines()[0].text == "一次只亮一个码"
