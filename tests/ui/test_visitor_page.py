"""Visitors, parcels and errands at the gate: F1 and F1 again, digits, a few taps."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from station.core.errand import Ending, ErrandKind
from station.core.model import Scan, Vouch
from station.core.visit import Purpose
from station.ui.buttons import LEAST_PX, TouchButton
from station.ui.visitor_desk import Draft, NoVisitorDesk, Rules
from station.ui.visitor_flow import VisitorFlow
from station.ui.visitor_page import VisitorPage
from station.ui.visitor_said import Step
from tests.ui import scenes
from tests.ui.reception import Reception
from tests.ui.states import Stand

F1, ENTER, ESC, ERASE = Qt.Key.Key_F1, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Backspace


def page_of(gate: Stand) -> VisitorPage:
    return gate.window.pages.visitor


def open_page(gate: Stand, desk: Reception | None = None) -> Reception:
    desk = desk or Reception()
    page_of(gate).use(desk)
    gate.press(F1)
    gate.press(F1)
    gate.clock.advance(1)
    return desk


def told(gate: Stand) -> list[str]:
    page = page_of(gate)
    shown = [*page._choices, *page._tiles]
    return [one.accessibleName() for one in shown if one.isVisible() and one.isEnabled()]


def tap(gate: Stand, text: str) -> None:
    """A finger on what reads so."""
    gate.clock.advance(1)
    page = page_of(gate)
    (found,) = [
        one
        for one in page.findChildren(TouchButton)
        if one.isVisible() and one.accessibleName().startswith(text)
    ]
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def test_f1_and_f1_again_opens_it_and_it_tells_what_waits(gate: Stand) -> None:
    open_page(gate)
    assert page_of(gate).isVisible()
    assert told(gate) == [
        "张*强 → 3-2-501 预约 09:00-12:00 · 还有 2 位 · 尾号 5678",
        "访客 → 12-1-101 预约 14:00-18:00",
    ]


def test_button_on_the_page_for_people_without_a_code_opens_it_too(gate: Stand) -> None:
    page_of(gate).use(Reception())
    gate.press(F1)
    gate.clock.advance(1)
    QTest.mouseClick(gate.window.pages.no_code._visitors, Qt.MouseButton.LeftButton)
    assert page_of(gate).isVisible()
    assert not gate.window.pages.no_code.isVisible()


def test_visitor_is_taken_down_in_digits_and_three_taps(gate: Stand) -> None:
    desk = open_page(gate, Reception(Rules(phone=False)))
    gate.type("32502")
    gate.press(ENTER)
    tap(gate, "装修维修")
    assert desk.done == [("begin", Draft("3-2-502", Purpose.REPAIR)), ("open", "visit:new")]
    assert not page_of(gate).isVisible()


def test_all_is_asked_where_the_rules_want_it(gate: Stand) -> None:
    desk = open_page(gate, Reception(Rules(phone=True, phone_must=True, travel=True, code=True)))
    gate.type("3-2-502")
    gate.press(ENTER)
    gate.type("1")
    gate.press(ENTER)
    assert "要留手机号" in page_of(gate).flow.hint
    gate.type("1380000")
    gate.press(ERASE)
    gate.press(ENTER)
    assert "位数不对" in page_of(gate).flow.hint
    gate.type("05678")
    gate.press(ENTER)
    gate.type("2")
    assert desk.done == [("begin", Draft("3-2-502", Purpose.FAMILY, "13800005678", "yes"))]
    assert "请他亮健康码" in page_of(gate).flow.title
    desk.code_shown()
    gate.wait(0.3)
    assert not page_of(gate).isVisible(), "the lane has them: nothing more to tap"
    assert len(desk.done) == 1


def test_visitor_without_a_code_says_so_with_one_tap(gate: Stand) -> None:
    desk = open_page(gate, Reception(Rules(phone=False, code=True)))
    tap(gate, "访客 → 12-1-101")
    tap(gate, "他没有码")
    assert desk.done[1:] == [("open", "visit:new")]
    assert isinstance(desk.done[0], tuple)
    assert desk.done[0][1].announced == "t2"


def test_surname_is_one_tap_for_whoever_has_a_minute(gate: Stand) -> None:
    desk = open_page(gate, Reception(Rules(phone=False, code=True)))
    tap(gate, "访客 → 12-1-101")
    tap(gate, "记下姓")
    tap(gate, "周")
    assert desk.done[1:] == [("name", "visit:new", "周")]
    assert page_of(gate).flow.step is Step.CODE


def test_announced_visitor_is_in_front_of_the_lane_with_one_tap(gate: Stand) -> None:
    desk = open_page(gate, Reception(Rules(phone=False)))
    tap(gate, "张*强")
    assert desk.done == [("begin", Draft("3-2-501", Purpose.FAMILY, announced="t1")), ("open", "visit:new")]


@pytest.mark.parametrize("digits", ["99999", "000", "0", "777777777777777777", "3-2-999", "---"])
def test_house_that_does_not_exist_is_said_kindly_and_opens_nothing(gate: Stand, digits: str) -> None:
    desk = open_page(gate)
    gate.type(digits)
    gate.press(ENTER)
    assert desk.done == []
    assert "请再问一遍门牌" in page_of(gate).flow.hint
    assert len(page_of(gate).flow.typed) <= 12


def test_digits_that_mean_two_houses_ask_which(gate: Stand) -> None:
    open_page(gate)
    gate.type("32501")
    assert told(gate) == ["3-2-501 访客", "32-501 访客"]
    gate.press(ENTER)
    assert "有几户像" in page_of(gate).flow.hint
    tap(gate, "32-501")
    assert page_of(gate).flow.title.startswith("32-501")


def test_zeros_before_a_number_on_the_door_and_words_are_no_obstacle(gate: Stand) -> None:
    open_page(gate)
    gate.type("03-2-0502")
    assert told(gate) == ["3-2-502 访客"]
    for _ in range(9):
        gate.press(ERASE)
    gate.type("15")
    assert told(gate) == ["平房-15 访客"]


def test_gate_without_a_list_takes_every_number(gate: Stand) -> None:
    desk = open_page(gate, Reception(Rules(phone=False), known=False))
    gate.type("77")
    gate.press(ENTER)
    gate.type("4")
    assert desk.done[0] == ("begin", Draft("77", Purpose.OTHER))


def test_visitor_leaves_with_two_taps(gate: Stand) -> None:
    desk = open_page(gate)
    tap(gate, "访客要走 3 · 1 超时")
    assert told(gate)[0] == "12-1-101 钱* 装修维修 · 超时 13 小时"
    tap(gate, "12-1-101")
    assert desk.done == [("leave", "visit:a")]
    assert "走了" in page_of(gate).flow.hint


def test_guests_of_one_house_are_found_by_its_digits(gate: Stand) -> None:
    desk = open_page(gate)
    gate.type("/12")
    gate.press(ENTER)
    assert desk.done == [("leave", "visit:a")]


def test_parcel_is_logged_in_and_handed_over(gate: Stand) -> None:
    desk = open_page(gate)
    gate.type("32502")
    gate.press(ENTER)
    tap(gate, "放东西")
    tap(gate, "药")
    assert desk.done == [("take", ErrandKind.MEDICINE, "3-2-502")]
    tap(gate, "代收 2 · 1 超时")
    tap(gate, "3-2-501 外卖")
    tap(gate, "志愿者送到门口")
    assert desk.done[1:] == [("close", "e1", Ending.TO_THE_DOOR)]


def test_errand_is_taken_and_closed_by_keys_alone(gate: Stand) -> None:
    desk = open_page(gate)
    gate.type("32502")
    gate.press(ENTER)
    gate.type("61")
    gate.type("+")
    gate.type("3")
    gate.press(ENTER)
    gate.type("1")
    assert desk.done == [
        ("take", ErrandKind.PRESCRIPTION, "3-2-502"),
        ("close", "e3", Ending.DONE),
    ]


def test_what_somebody_else_closed_meanwhile_is_said(gate: Stand) -> None:
    desk = open_page(gate)
    gate.type("*")
    tap(gate, "3-2-501 外卖")
    desk.waiting = desk.waiting[1:]
    gate.type("1")
    assert "已经有人记过了" in page_of(gate).flow.hint


def test_double_tap_takes_one_parcel(gate: Stand) -> None:
    desk = open_page(gate)
    gate.type("32502")
    gate.press(ENTER)
    gate.type("5")
    gate.clock.advance(1)
    (tile,) = [
        one for one in page_of(gate)._choices if one.accessibleName().startswith("快递") and one.isVisible()
    ]
    for _ in range(3):  # a bouncing finger
        QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert desk.done == [("take", ErrandKind.EXPRESS, "3-2-502")]


def test_full_disk_is_said_and_nothing_that_was_typed_is_lost(gate: Stand) -> None:
    desk = open_page(gate, Reception(Rules(phone=False), broken=True))
    gate.type("32502")
    gate.press(ENTER)
    gate.type("1")
    assert "磁盘满了" in page_of(gate).flow.hint
    desk.broken = False
    gate.type("1")
    assert desk.done[0] == ("begin", Draft("3-2-502", Purpose.FAMILY))


def test_scanner_that_is_a_keyboard_types_nothing_into_the_pad(gate: Stand) -> None:
    desk, heard = open_page(gate), list[object]()
    gate.bridge.device_event.connect(heard.append)
    QTest.keyClicks(gate.window, "12345678901234567890")
    gate.press(ENTER)
    QApplication.processEvents()
    assert page_of(gate).flow.typed == ""
    assert desk.done == []
    assert any(isinstance(one, Scan) for one in heard)


def test_visitor_who_looks_for_a_phone_for_too_long_is_recorded_as_one_without(gate: Stand) -> None:
    desk = open_page(gate, Reception(Rules(phone=False, code=True)))
    tap(gate, "访客 → 12-1-101")
    gate.wait(61)
    assert desk.done[1:] == [("open", "visit:new")]
    assert not page_of(gate).isVisible()


def test_volunteer_who_goes_back_forgets_the_visitor(gate: Stand) -> None:
    desk = open_page(gate, Reception(Rules(phone=False, code=True)))
    tap(gate, "访客 → 12-1-101")
    gate.press(ESC)
    assert desk.done[1:] == [("cancel", "visit:new")]


def test_way_out_takes_no_new_visitor_and_says_how_to_turn(gate: Stand) -> None:
    desk = open_page(gate, Reception(Rules(coming_in=False), waiting=()))
    assert "F12" in page_of(gate).flow.hint
    assert told(gate) == []
    gate.type("32502")
    gate.press(ENTER)
    gate.type("1")
    assert "F12" in page_of(gate).flow.hint
    assert desk.done == []


def test_what_became_late_is_said_once_at_the_gate(gate: Stand) -> None:
    desk, said = Reception(waiting=()), list[str]()
    page_of(gate).use(desk)
    page_of(gate).noticed.connect(said.append)
    gate.wait(61)
    assert said == []
    desk.waiting = Reception().waiting
    gate.wait(61)
    gate.wait(61)
    assert said == ["有 1 件代收代办超时了，请催一催"]


def test_gate_without_a_journal_offers_nothing_and_takes_nothing(gate: Stand) -> None:
    page_of(gate).use(NoVisitorDesk())
    gate.press(F1)
    gate.press(F1)
    gate.type("32501")
    gate.press(ENTER)
    assert page_of(gate).flow.step is Step.HOUSE


def test_nothing_takes_the_focus_and_everything_is_large_enough_for_a_glove(gate: Stand) -> None:
    open_page(gate, Reception(Rules(code=True)))
    for keys in ("", "32502", "\r", "1", "\r", "1"):
        for key in keys:
            gate.press(ENTER) if key == "\r" else gate.type(key)
        widgets = [one for one in page_of(gate).findChildren(QWidget) if one.isVisible()]
        assert all(one.focusPolicy() is Qt.FocusPolicy.NoFocus for one in widgets)
        buttons = [one for one in widgets if isinstance(one, TouchButton)]
        assert all(min(one.width(), one.height()) >= LEAST_PX for one in buttons)


def test_known_neighbour_is_still_picked_as_before(gate: Stand) -> None:
    gate.press(F1)
    gate.type("+")
    assert gate.wishes.made == [("no_code", Vouch.KNOWN)] or gate.wishes.made == [
        ("no_code", Vouch.KNOWN, None)
    ]


def test_verdict_is_seen_beside_the_title(gate: Stand) -> None:
    gate.tell(scenes.passed())
    open_page(gate)
    gate.wait(0.3)
    assert page_of(gate).strip.accessibleName()


KEYS = st.lists(
    st.sampled_from([*"0123456789-/*+", "\r", "\b", "tick", "code", "back", "tap0", "tap1"]), max_size=60
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    keys=KEYS,
    rules=st.builds(Rules, st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.booleans()),
)
def test_whatever_is_pressed_every_visitor_ends_once(
    application: QApplication, keys: list[str], rules: Rules
) -> None:
    """Begun is begun once, and opened by hand, by a code or cancelled; never two of these."""
    desk = Reception(rules)
    flow, shown = VisitorFlow(desk), list[bool]()
    acts: dict[str, Callable[[], object]] = {
        "\r": flow.enter,
        "\b": flow.erase,
        "tick": flow.tick,
        "back": flow.back,
        "code": lambda: shown.append(desk.code_shown()),
        "tap0": lambda: _tap_flow(flow, 0),
        "tap1": lambda: _tap_flow(flow, 1),
    }
    for key in keys:
        acts.get(key, partial(flow.type, key))()
        flow.tick()
        if flow.done:
            flow.start()
        assert len(flow.typed) <= 12
        assert flow.title
    flow.leave()
    done = [one[0] for one in desk.done if isinstance(one, tuple)]
    assert done.count("begin") == done.count("open") + done.count("cancel") + sum(shown)
    assert not desk.awaited


def _tap_flow(flow: VisitorFlow, place: int) -> None:
    options = flow.options()
    if place < len(options):
        flow.take(options[place])
