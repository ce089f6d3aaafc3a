"""Calling for help at the gate's window: held, not pressed; followed on the screen; answers that stay."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from station.core.contact import CenterStatus, Link
from station.core.help import HelpKind, Stage
from station.sync.reports import CaseReport, decode_body
from station.ui.buttons import LEAST_PX, TouchButton
from station.ui.help_words import told
from station.ui.holding import BLINK_S
from tests.ui import scenes
from tests.ui.helping import ANSWER, HELP_STATES, PHONE, HelpStand
from tests.ui.make_screens import camera_picture
from tests.ui.test_layout import OpenGate, too_wide


@pytest.fixture
def open_help(tmp_path: Path, open_gate: OpenGate) -> Iterator[Callable[..., HelpStand]]:
    opened: list[HelpStand] = []

    def at(size: tuple[int, int] = (1366, 768)) -> HelpStand:
        opened.append(HelpStand(tmp_path / str(len(opened)), open_gate(size)))
        return opened[-1]

    yield at
    for one in opened:
        one.close()


@pytest.fixture
def at(open_help: Callable[..., HelpStand]) -> HelpStand:
    return open_help()


def reports(at: HelpStand) -> list[CaseReport]:
    """What would go out now."""
    return [decode_body(one.body, CaseReport) for one in at.gate.send()]


def test_space_held_calls_the_center(at: HelpStand) -> None:
    at.hold()

    (report,) = reports(at)
    assert (report.kind, report.state, report.what) == ("whistle", "open", "")
    assert "正在呼叫中心" in at.page


def test_space_let_go_early_does_nothing(at: HelpStand) -> None:
    at.hold(1.4)

    assert reports(at) == []
    assert at.page == ""


def test_a_tap_shows_no_ring_and_a_held_key_does(at: HelpStand) -> None:
    QTest.keyPress(at.window, Qt.Key.Key_Space)
    at.pass_hold(0.1)
    ring = at.office._ring
    assert not ring.isVisible()
    at.pass_hold(0.6)
    assert ring.isVisible()
    QTest.keyRelease(at.window, Qt.Key.Key_Space)
    at.pass_hold(BLINK_S)
    assert not ring.isVisible()


def test_a_key_that_repeats_as_x11_tells_it_is_held_all_the_time(at: HelpStand) -> None:
    """Each repetition as a release and a press, neither marked as repeated: seen on a busy PC."""
    typed: list[str] = []
    QTest.keyPress(at.window, Qt.Key.Key_Space)
    at.window.keys.settle()
    at.window.keys.typed.connect(typed.append)
    at.pass_hold(0.66)
    for _ in range(25):
        QTest.keyRelease(at.window, Qt.Key.Key_Space)
        at.pass_hold(0.01)
        QTest.keyPress(at.window, Qt.Key.Key_Space)
        at.pass_hold(0.03)
    at.window.keys.settle()

    assert len(reports(at)) == 1
    assert typed == [], "its repetitions type nothing"


def test_a_key_let_go_after_it_repeated_does_nothing(at: HelpStand) -> None:
    QTest.keyPress(at.window, Qt.Key.Key_Space)
    at.pass_hold(1.45)
    QTest.keyRelease(at.window, Qt.Key.Key_Space)
    at.pass_hold(0.06)
    at.pass_hold(BLINK_S)

    assert reports(at) == []
    assert not at.office.holding.is_on


def test_two_spaces_of_a_scanner_both_belong_to_its_code(at: HelpStand) -> None:
    codes: list[str] = []
    at.window.keys.scanned.connect(codes.append)
    QTest.keyClicks(at.window, "KAKOU  PASS 12345\r")

    assert codes == ["KAKOU  PASS 12345"]


def test_a_scanner_whose_code_holds_a_space_calls_nobody(at: HelpStand) -> None:
    QTest.keyPress(at.window, Qt.Key.Key_Space)
    QTest.keyClicks(at.window, "ABC")
    at.pass_hold(2)

    assert reports(at) == []


def test_a_window_that_loses_the_keyboard_calls_nobody(at: HelpStand) -> None:
    QTest.keyPress(at.window, Qt.Key.Key_Space)
    QApplication.sendEvent(at.window, QEvent(QEvent.Type.WindowDeactivate))
    at.pass_hold(2)

    assert reports(at) == []


def test_the_button_is_held_too(at: HelpStand) -> None:
    button = at.window.buttons.help
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    at.pass_hold(1.6)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    at.stand.clock.advance(1)

    assert len(reports(at)) == 1
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert reports(at) == []


def test_what_it_is_for_may_be_said_afterwards_and_the_picture_goes_along(at: HelpStand) -> None:
    at.stand.tell(camera_picture())
    at.hold()
    at.gate.send()
    at.stand.type("1")

    (words,), (report,) = reports(at), reports(at)
    assert (words.what, words.picture) == ("fever", b"")
    assert report.what == "fever"
    assert report.picture.startswith(b"\xff\xd8")
    assert len(report.picture) <= 100_000


def test_no_picture_goes_when_somebody_says_so(at: HelpStand) -> None:
    at.stand.tell(camera_picture())
    at.hold()
    at.stand.type("72")

    (report,) = reports(at)
    assert (report.what, report.picture) == ("quarrel", b"")


def test_the_picture_goes_by_itself_when_nobody_has_time_to_choose(at: HelpStand) -> None:
    at.stand.tell(camera_picture())
    at.hold()
    at.gate.send()
    at.office._send_picture()  # ten seconds later

    assert reports(at)[0].picture


def test_offline_the_screen_says_which_number_to_call(at: HelpStand) -> None:
    HELP_STATES["not_out"](at)

    assert "还没发出去" in at.page
    assert PHONE in at.page
    at.stand.press(Qt.Key.Key_Escape)
    assert PHONE in at.bar


def test_somebody_who_fainted_needs_the_ambulance_besides(at: HelpStand) -> None:
    HELP_STATES["fainted_offline"](at)

    assert "120" in at.page


def test_the_screen_follows_until_somebody_is_there(at: HelpStand) -> None:
    HELP_STATES["on_the_way"](at)
    assert "社区民警小李在路上" in at.page
    at.stand.type("9")
    at.lane()

    assert at.page == ""
    assert [report.state for report in reports(at)] == ["arrived"]
    assert at.gate.desk.followed().helps[0].stage is Stage.ARRIVED


def test_a_second_hold_shows_the_call_that_is_out(at: HelpStand) -> None:
    at.hold()
    at.stand.press(Qt.Key.Key_Escape)
    at.hold()

    assert at.page
    assert len(at.gate.desk.followed().helps) == 1


def test_another_need_later_in_the_night_calls_again_though_nobody_said_that_help_had_come(
    at: HelpStand,
) -> None:
    at.hold()
    first = at.window.pages.help.case
    at.gate.send()
    at.gate.answer(first, "马上来", state="going", going="社区民警小李")
    at.lane()
    at.stand.press(Qt.Key.Key_Escape)
    at.stand.clock.advance(3 * 3600)
    at.lane(3 * 3600)
    at.hold()

    assert at.window.pages.help.case != first
    assert "在路上" not in at.page
    assert len(at.gate.send()) == 1


@pytest.mark.parametrize(("minutes", "calls"), [(2, 1), (60, 2)])
def test_a_hold_after_a_restart_shows_the_call_that_is_out_unless_it_is_old(
    at: HelpStand, minutes: int, calls: int
) -> None:
    """The program was started anew, or the call was made by a command: nobody is sent for twice."""
    at.gate.desk.blow()
    at.gate.send()
    at.lane(60 * minutes)
    at.hold()

    assert at.window.pages.help.isVisible()
    assert len(at.gate.desk.followed().helps) == calls


def test_a_call_that_never_went_out_is_not_put_twice(at: HelpStand) -> None:
    at.gate.status = CenterStatus(Link.OFFLINE)
    at.hold()
    at.stand.press(Qt.Key.Key_Escape)
    at.stand.clock.advance(3600)
    at.lane(3600)
    at.hold()

    assert PHONE in at.page
    assert len(at.gate.desk.followed().helps) == 1


def test_a_mistake_is_taken_back(at: HelpStand) -> None:
    at.hold()
    at.stand.type("8")
    at.lane()

    assert at.bar == ""
    assert [report.state for report in reports(at)] == ["closed"]


def test_a_red_code_meanwhile_does_not_close_the_call(at: HelpStand) -> None:
    at.hold()
    at.stand.tell(scenes.red())

    assert at.page


def test_the_center_is_asked_about_whoever_was_last(at: HelpStand) -> None:
    at.stand.tell(scenes.passed())
    at.gate.desk.heard(scenes.passed(number=37))
    at.stand.press(Qt.Key.Key_F8)
    at.stand.press(Qt.Key.Key_F2)
    at.stand.clock.advance(1)
    at.stand.type("3")

    (report,) = reports(at)
    assert (report.kind, report.what, report.lane.entry) == ("question", "colour", 37)
    assert report.about.startswith("张*强")


def test_an_answer_stands_on_the_screen_until_it_was_seen(at: HelpStand) -> None:
    HELP_STATES["answered"](at)
    assert "中心答复" in at.bar
    at.stand.press(Qt.Key.Key_Escape)
    assert ANSWER in at.page
    assert "这是建议" in at.page
    at.stand.type("9")
    at.lane()

    assert at.bar == ""


def test_while_the_journal_is_closed_the_screen_says_whom_to_call(at: HelpStand) -> None:
    at._running = None
    at.hold()
    at.window.tick()

    assert PHONE in at.window.sidelines.notices.caption(at.stand.clock.monotonic())


def test_a_question_offline_says_that_it_waits(at: HelpStand) -> None:
    at.gate.status = CenterStatus(Link.OFFLINE)
    HELP_STATES["asked_offline"](at)

    (one,) = at.gate.desk.followed().helps
    assert (one.kind, one.stage) == (HelpKind.QUESTION, Stage.NOT_OUT)


@pytest.mark.parametrize("name", ["without_center", "asked_without_center"])
def test_without_a_center_nobody_is_promised_but_who_is_telephoned(at: HelpStand, name: str) -> None:
    HELP_STATES[name](at)
    one = at.gate.desk.followed().helps[0]
    words = told(one, PHONE)

    assert one.stage is Stage.ALONE
    assert PHONE in words.sentence
    assert "没有接中心" in words.sentence
    assert "自己发" not in words.sentence + words.step
    assert one.kind is HelpKind.QUESTION or (words.sentence in at.page and words.step in at.page)


def test_a_mistake_without_a_center_was_told_to_nobody(at: HelpStand) -> None:
    HELP_STATES["without_center"](at)
    at.stand.type("8")
    at.window.tick()

    said = at.window.sidelines.notices.caption(at.stand.clock.monotonic())
    assert "撤回了" in said
    assert "已告诉" not in said
    assert at.gate.desk.followed().helps == ()


@pytest.mark.parametrize("name", HELP_STATES)
def test_nothing_of_it_is_cut_and_all_of_it_can_be_hit(
    open_help: Callable[..., HelpStand], view_size: tuple[int, int], name: str
) -> None:
    at = open_help(view_size)
    HELP_STATES[name](at)
    QApplication.processEvents()

    assert not too_wide(at.window)
    for button in at.window.findChildren(TouchButton):
        if button.isVisible():
            assert min(button.width(), button.height()) >= LEAST_PX
            assert button.accessibleName()
            assert button.focusPolicy() is Qt.FocusPolicy.NoFocus
