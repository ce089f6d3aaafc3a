"""Changing a verdict by hand: what is right, and why; what a volunteer may not do, and who may."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from station.core.model import DeviceKind, Severity
from station.core.override import Override, OverrideProblem, OverrideReason, Role
from station.ui import override_words
from station.ui.correction_page import CorrectionPage
from station.ui.signed_page import GUARD_COMES_S
from tests.ui import scenes
from tests.ui.states import Stand

F8, ENTER = Qt.Key.Key_F8, Qt.Key.Key_Return
VOLUNTEER = "volunteer"


def _page(gate: Stand) -> CorrectionPage:
    return gate.window.pages.correction


def _open_after(gate: Stand, outcome: object) -> None:
    gate.tell(outcome)  # type: ignore[arg-type]
    gate.press(F8)


def test_volunteer_holds_somebody_in_two_keys_and_it_says_why(gate: Stand) -> None:
    _open_after(gate, scenes.passed())
    gate.type("31")
    wish = Override(Severity.STOP, OverrideReason.SUSPICIOUS, VOLUNTEER, Role.VOLUNTEER)
    assert gate.wishes.made == [("correct", wish)]
    assert not _page(gate).isVisible()


def test_volunteer_turns_a_stop_into_a_recheck(gate: Stand) -> None:
    _open_after(gate, scenes.red())
    gate.type("21")
    wish = Override(Severity.RECHECK, OverrideReason.COMMUNITY_AGREED, VOLUNTEER, Role.VOLUNTEER)
    assert gate.wishes.made == [("correct", wish)]


@pytest.mark.parametrize("held", [scenes.red, scenes.stranger])
def test_volunteer_who_lets_somebody_pass_is_told_whom_to_call(gate: Stand, held: object) -> None:
    _open_after(gate, held())  # type: ignore[operator]
    gate.type("1")
    said = _page(gate)._told.accessibleName()
    assert "保安或管理员" in said
    assert "社区值班电话" in said
    gate.type("1")  # a digit of a number now, no reason
    assert gate.wishes.made == []


def test_guard_types_a_number_and_a_reason_and_lets_pass(gate: Stand) -> None:
    _open_after(gate, scenes.red())
    gate.type("1" + scenes.GUARD)
    gate.press(ENTER)
    gate.type("2")
    wish = Override(Severity.PASS, OverrideReason.GOING_HOME, scenes.GUARD, Role.GUARD)
    assert gate.wishes.made == [("correct", wish)]


def test_unknown_number_is_said_and_can_be_typed_again(gate: Stand) -> None:
    _open_after(gate, scenes.red())
    gate.type("177")
    gate.press(ENTER)
    assert "没有这个编号" in _page(gate)._told.accessibleName()
    gate.type(scenes.GUARD + "9")
    gate.press(Qt.Key.Key_Backspace)
    gate.press(ENTER)
    gate.type("1")
    assert len(gate.wishes.made) == 1


def test_guard_is_a_guard_for_one_time_only(gate: Stand) -> None:
    _open_after(gate, scenes.red())
    gate.type("1" + scenes.GUARD)
    gate.press(ENTER)
    gate.press(Qt.Key.Key_Escape)
    gate.press(F8)
    gate.type("12")
    assert gate.wishes.made == []


def test_verdict_as_it_stands_cannot_be_chosen(gate: Stand) -> None:
    _open_after(gate, scenes.passed())
    gate.type("11")
    assert gate.wishes.made == []


def test_page_waits_for_the_guard_to_come(gate: Stand) -> None:
    _open_after(gate, scenes.red())
    gate.type("1")
    gate.wait(GUARD_COMES_S - 1)
    assert _page(gate).isVisible()
    gate.wait(2)
    assert not _page(gate).isVisible()


def test_number_is_not_written_on_the_screen(gate: Stand) -> None:
    _open_after(gate, scenes.red())
    gate.type("1" + scenes.GUARD)
    assert scenes.GUARD not in _page(gate)._pad._shown.text()


def test_refusal_of_the_lane_is_said(gate: Stand) -> None:
    gate.wishes.refusal = OverrideProblem.NOTHING_CHANGES
    gate.tell(scenes.status(DeviceKind.CAMERA), scenes.view())
    _open_after(gate, scenes.passed())
    gate.type("31")
    gate.wait(0.0)
    said = " ".join(line.text for line in gate.window.preview.lines())
    assert override_words.problem(OverrideProblem.NOTHING_CHANGES) in said
