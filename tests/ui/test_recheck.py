"""Who waits to be measured again: seen without a click, named when it is time, measured in two taps."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from station.core.model import DeviceKind, ReasonCode, Severity, Vouch
from station.core.outcome import InstrumentState, LeftUncleared, PersonLine, RecheckLine, RecheckList
from station.core.recheck import Ask, Stage
from station.ui import face, recheck_words, words
from station.ui.lettering import Line
from station.ui.note import Somebody
from station.ui.notices import Notices
from station.ui.recheck_page import ROWS, WaiterButton
from station.ui.sidelines import DUE_S
from tests.lane import Gate
from tests.ui import scenes
from tests.ui.states import DOCTOR, Stand

F3, F4, ESC = Qt.Key.Key_F3, Qt.Key.Key_F4, Qt.Key.Key_Escape
UNBROKEN = DOCTOR.replace(" ", "\N{NO-BREAK SPACE}")


def _told(gate: Stand) -> str:
    return gate.window.sidelines.rechecks.accessibleName()


def _visible_pages(gate: Stand) -> list[object]:
    return [page for page in gate.window.pages if page.isVisible()]


def _rows(gate: Stand) -> list[WaiterButton]:
    return gate.window.pages.recheck.findChildren(WaiterButton)


def _texts_of_temperature_page(gate: Stand) -> list[str]:
    page = gate.window.pages.temperature
    labels = [label.text() for label in page.findChildren(QLabel)]
    return labels + [line.text for one in page.findChildren(Somebody) for line in one.lines()]


# --- the list beside the verdict ------------------------------------------------------------------


def test_nobody_who_waits_no_list(gate: Stand) -> None:
    assert not gate.window.sidelines.rechecks.isVisible()
    assert gate.window.last_five.geometry().height() == 206


def test_whoever_waits_is_seen_with_the_time_that_is_left(gate: Stand) -> None:
    gate.tell(RecheckList((scenes.one_who_waits(1.0),)))
    assert gate.window.sidelines.rechecks.isVisible()
    assert "张*强" in _told(gate)
    assert "还要等 2 分" in _told(gate)


@pytest.mark.parametrize(
    ("minutes", "stage", "said"),
    [
        (0.0, Stage.WAIT, "还要等 3 分"),
        (1.01, Stage.WAIT, "还要等 2 分"),
        (2.0, Stage.WAIT, "还要等 60 秒"),
        (2.99, Stage.WAIT, "还要等 1 秒"),
        (3.0, Stage.DUE, "可以复测了"),
        (4.99, Stage.DUE, "可以复测了"),
        (5.0, Stage.OVERDUE, "过点了，人呢？"),
        (500.0, Stage.OVERDUE, "过点了，人呢？"),
    ],
)
def test_stage_of_whoever_waits_is_said_in_words(minutes: float, stage: Stage, said: str) -> None:
    waiter = recheck_words.waiter(scenes.one_who_waits(minutes), scenes.NOW)
    assert (waiter.stage, waiter.state) == (stage, said)
    assert 0 <= waiter.share <= 1


def test_clock_that_went_back_makes_no_share_above_one() -> None:
    waiter = recheck_words.waiter(scenes.one_who_waits(-10.0), scenes.NOW)
    assert waiter.share == 1.0
    assert waiter.state == "还要等 13 分"


def test_list_counts_down_by_itself(gate: Stand) -> None:
    gate.tell(RecheckList((scenes.one_who_waits(1.0),)))
    gate.wait(61)
    assert "还要等 59 秒" in _told(gate)
    gate.wait(60)
    assert "可以复测了" in _told(gate)


def test_person_without_a_name_is_known_by_when_they_came(gate: Stand) -> None:
    stranger = scenes.one_who_waits(4.0, None, key="code of nobody in the list")
    gate.tell(RecheckList((scenes.one_who_waits(4.0, None, key="hand:1"), stranger)))
    assert "没有码 10:20" in _told(gate)
    assert "没登记 10:20" in _told(gate)


def test_those_who_can_be_measured_come_first_and_the_rest_is_counted(gate: Stand) -> None:
    lines = [scenes.one_who_waits(1.0, key=f"waits {number}") for number in range(4)]
    due = replace(scenes.one_who_waits(3.5), person=scenes.PersonLine("王*英", "1-1-101"), key="due")
    gate.tell(RecheckList((*lines, due)))
    panel = gate.window.sidelines.rechecks
    assert panel.waiters[0].name == "王*英"
    assert panel.rows == 3
    assert "等复测 5 人" in _told(gate)
    assert "+2" in _told(gate)


def test_list_shares_the_place_of_the_last_five_and_covers_nothing(gate: Stand) -> None:
    window = gate.window
    gate.tell(scenes.who_wait(5))
    panels = (window.preview, window.thermometer, window.counters, window.last_five, window.verdict)
    panel = window.sidelines.rechecks
    assert not any(panel.geometry().intersects(other.geometry()) for other in panels)
    assert panel.height() >= 76
    gate.tell(RecheckList(()))
    assert window.last_five.geometry().height() == 206


def test_newest_entry_stays_in_sight_beside_the_longest_list(gate: Stand) -> None:
    gate.tell(scenes.who_wait(5), scenes.fever())
    assert any(line.text == "37.8" for line in gate.window.last_five.lines())


def test_entry_of_a_recheck_is_marked_as_one(gate: Stand) -> None:
    gate.tell(scenes.confirmed())
    assert "张*强 · 复测" in gate.window.last_five.accessibleName()


# --- when it is time ------------------------------------------------------------------------------


def test_whoever_can_be_measured_is_named_once_without_a_click(gate: Stand) -> None:
    heard: list[RecheckLine] = []
    gate.window.sidelines.due.connect(heard.append)
    gate.tell(scenes.status(DeviceKind.CAMERA), scenes.view(), RecheckList((scenes.one_who_waits(1.0),)))
    assert heard == []
    gate.wait(121)
    assert "可以复测了：张*强" in gate.window.preview.accessibleName()
    gate.wait(DUE_S)
    assert "可以复测了" not in gate.window.preview.accessibleName()
    gate.wait(300)
    assert [line.key for line in heard] == ["key"]


def test_whoever_was_measured_again_is_not_asked_for_any_more(gate: Stand) -> None:
    gate.tell(scenes.status(DeviceKind.CAMERA), scenes.view(), RecheckList((scenes.one_who_waits(1.0),)))
    gate.wait(121)
    assert "可以复测了" in gate.window.preview.accessibleName()
    gate.tell(RecheckList(()))
    gate.wait(1)
    assert "可以复测了" not in gate.window.preview.accessibleName()


def test_one_who_has_to_come_a_third_time_is_named_again(gate: Stand) -> None:
    heard: list[RecheckLine] = []
    gate.window.sidelines.due.connect(heard.append)
    first = scenes.one_who_waits(3.5)
    gate.tell(RecheckList((first,)))
    again = replace(first, due=first.due + timedelta(minutes=2), highs=2, ask=Ask.CLINICAL)
    gate.tell(RecheckList((again,)))
    gate.wait(120)
    assert [line.highs for line in heard] == [1, 2]


# --- the page -------------------------------------------------------------------------------------


def test_nobody_waits_and_f4_opens_nothing(gate: Stand) -> None:
    gate.press(F4)
    assert _visible_pages(gate) == []


def test_tap_on_the_list_opens_the_page(gate: Stand) -> None:
    gate.tell(scenes.who_wait())
    QTest.mouseClick(gate.window.sidelines.rechecks, Qt.MouseButton.LeftButton)
    assert _visible_pages(gate) == [gate.window.pages.recheck]


def test_value_of_somebody_who_waits_takes_two_keys_and_its_digits(gate: Stand) -> None:
    gate.tell(scenes.who_wait())
    gate.press(F4)
    gate.type("2")
    gate.type("65")
    assert gate.wishes.made == [("recheck", "hand:0123", 36.5, False)]
    assert gate.wishes.held == 0  # whoever stands in front is not meant


def test_clinical_value_of_somebody_who_waits_is_told_as_that(gate: Stand) -> None:
    gate.tell(scenes.who_wait())
    gate.press(F4)
    gate.type("1")
    gate.press(Qt.Key.Key_F2)
    gate.type("384")
    assert gate.wishes.made == [("recheck", "one", 38.4, True)]


def test_page_says_for_whom_what_was_measured_and_with_what_to_go_on(gate: Stand) -> None:
    gate.tell(scenes.who_wait())
    gate.press(F4)
    told = [button.accessibleName() for button in _rows(gate)]
    assert "高过 2 次" in told[0]
    assert "水银" in told[0]
    assert "换手腕" in told[1]
    gate.type("1")
    assert "张*强 · 3-2-501" in _texts_of_temperature_page(gate)


def test_not_measured_is_no_answer_for_somebody_who_waits(gate: Stand) -> None:
    gate.tell(scenes.who_wait())
    gate.press(F4)
    gate.type("1")
    gate.type("0")
    assert gate.wishes.made == []
    assert _visible_pages(gate) == [gate.window.pages.temperature]


def test_name_of_the_former_is_not_left_for_whoever_stands_in_front(gate: Stand) -> None:
    gate.tell(scenes.who_wait())
    gate.press(F4)
    gate.type("1")
    gate.press(ESC)
    gate.press(F3)
    assert not any("张*强" in text for text in _texts_of_temperature_page(gate))
    gate.type("65")
    assert gate.wishes.made == [("temperature", 36.5)]


def test_page_closes_when_the_person_was_decided_meanwhile(gate: Stand) -> None:
    gate.tell(scenes.who_wait(3))
    gate.press(F4)
    gate.type("1")
    gate.tell(RecheckList(scenes.who_wait(3).waiting[1:]))
    gate.type("65")
    assert gate.wishes.made == []


def test_list_that_becomes_empty_closes_its_page(gate: Stand) -> None:
    gate.tell(scenes.who_wait())
    gate.press(F4)
    gate.tell(RecheckList(()))
    assert _visible_pages(gate) == []


def test_finger_on_its_way_hits_nobody_when_the_list_moves(gate: Stand) -> None:
    gate.tell(scenes.who_wait(3))
    gate.press(F4)
    gate.tell(RecheckList(scenes.who_wait(3).waiting[1:]))
    page = gate.window.pages.recheck
    QTest.mouseClick(_rows(gate)[0], Qt.MouseButton.LeftButton)
    assert _visible_pages(gate) == [page]


def test_page_counts_down_while_it_is_open_and_keeps_everybody_in_place(gate: Stand) -> None:
    gate.tell(scenes.who_wait(3))
    gate.press(F4)
    gate.wait(15)
    names = [button.accessibleName() for button in _rows(gate)[:3]]
    gate.type("7")  # no such row
    assert "王*英" in names[2]
    gate.type("3")
    gate.type("65")
    assert gate.wishes.made == [("recheck", "three", 36.5, False)]


def test_more_people_than_rows_are_on_the_next_page(gate: Stand) -> None:
    gate.tell(scenes.who_wait(ROWS + 2))
    gate.press(F4)
    gate.type("0")
    gate.type("2")
    gate.type("65")
    assert gate.wishes.made == [("recheck", "more 3", 36.5, False)]


def test_row_without_a_person_chooses_nobody(gate: Stand) -> None:
    gate.tell(scenes.who_wait(2))
    gate.press(F4)
    gate.type("5")
    assert _visible_pages(gate) == [gate.window.pages.recheck]


def test_stop_interrupts_the_list(gate: Stand) -> None:
    gate.tell(scenes.who_wait())
    gate.press(F4)
    gate.tell(scenes.red())
    assert _visible_pages(gate) == []


# --- whom to call ---------------------------------------------------------------------------------


def test_confirmed_fever_names_the_doctor(gate: Stand) -> None:
    gate.tell(scenes.confirmed())
    assert UNBROKEN in gate.window.verdict.face.step


def test_confirmed_fever_without_a_doctor_keeps_its_words() -> None:
    told = scenes.confirmed()
    shown = face.verdict(told, at=0.0, now=scenes.NOW)
    assert recheck_words.with_doctor(shown, "") == shown


def test_red_code_that_is_feverish_as_well_keeps_the_step_of_the_red_code(gate: Stand) -> None:
    reasons = ((Severity.STOP, ReasonCode.COLOUR_RED), (Severity.STOP, ReasonCode.RECHECK_CONFIRMED))
    gate.tell(scenes.recorded(*reasons, degrees=38.1, facts=(scenes.colour("red"),)))
    assert gate.window.verdict.face.step == words.reason(ReasonCode.COLOUR_RED).step


def test_doctor_is_not_named_for_a_first_high_reading(gate: Stand) -> None:
    gate.tell(scenes.fever())
    assert UNBROKEN not in gate.window.verdict.face.step


# --- who never came back --------------------------------------------------------------------------


def test_whoever_left_uncleared_is_named_until_somebody_has_seen_it(gate: Stand) -> None:
    gate.tell(LeftUncleared(scenes.one_who_waits(121.0)))
    bar = gate.window.sidelines.bar
    assert "张*强 · 3-2-501" in bar.accessibleName()
    assert UNBROKEN in bar.accessibleName()
    gate.wait(3600)
    assert bar.isVisible()
    gate.press(ESC)
    assert not bar.isVisible()


def test_escape_first_closes_a_page(gate: Stand) -> None:
    gate.tell(LeftUncleared(scenes.one_who_waits(121.0)))
    gate.press(F3)
    gate.press(ESC)
    assert gate.window.sidelines.bar.isVisible()


def test_each_of_several_has_to_be_seen(gate: Stand) -> None:
    gate.tell(*(LeftUncleared(scenes.one_who_waits(121.0, key=key)) for key in "ab"))
    bar = gate.window.sidelines.bar
    for _ in range(2):
        assert bar.isVisible()
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton)
        gate.clock.advance(1.0)
    assert not bar.isVisible()


def test_somebody_who_left_comes_before_an_instrument(gate: Stand) -> None:
    gate.tell(InstrumentState((scenes.finding(),)), LeftUncleared(scenes.one_who_waits(121.0)))
    bar = gate.window.sidelines.bar
    assert "张*强" in bar.accessibleName()
    gate.press(ESC)
    assert "卡住" in bar.accessibleName()


def test_names_do_not_reach_a_repr(gate: Stand) -> None:
    waiter = recheck_words.waiter(scenes.one_who_waits(), scenes.NOW)
    notices = Notices()
    notices.left("张*强", "x")
    assert "张" not in repr(waiter)
    assert "张" not in repr(notices.bar())
    gate.tell(scenes.who_wait(1))
    assert "张" not in repr(gate.window.sidelines.waiting)


def test_key_of_somebody_without_a_code_tells_so(tmp_path: Path) -> None:
    lane = Gate(tmp_path)
    lane.leave()
    lane.checkpoint.no_code(Vouch.KNOWN)
    lane.measure(37.9)
    (line,) = lane.of(RecheckList)[-1].waiting
    assert recheck_words.name(line, scenes.NOW).startswith("没有码")
    lane.journal.close()


def test_nobody_who_left_is_dropped_unseen() -> None:
    notices = Notices()
    for number in range(40):
        notices.left(str(number), "")
    bar = notices.bar()
    assert bar
    assert (bar.sentence, bar.more) == ("0", 39)


# --- long names -----------------------------------------------------------------------------------

LONG = PersonLine("阿" + 23 * "*" + "孜", "12 幢 3 单元东侧裙楼小区二期 1801 室西户")  # 25 signs, masked
LONG_HOME = "钱塘江畔幸福里花园别墅区东南苑十二号楼附-2-1801"  # its house is as long as one may be


def _painted(line: Line) -> str:
    return line.shown(QFontMetricsF(line.font()))


@pytest.mark.parametrize("minutes_ago", [1.0, 3.5, 7.0])
def test_what_to_do_is_read_to_its_end_whoever_waits(gate: Stand, language: str, minutes_ago: float) -> None:
    gate.tell(RecheckList((scenes.one_who_waits(minutes_ago, LONG),)))
    panel = gate.window.sidelines.rechecks
    assert panel.lines()[-1].fits(), panel.lines()[-1].text
    assert "孜" in _painted(panel.lines()[-2]), "and whose turn it is"


def test_how_to_measure_whoever_is_due_is_read_to_its_end(gate: Stand, language: str) -> None:
    gate.tell(RecheckList((scenes.one_who_waits(3.5, LONG),)))
    assert all(line.fits() for line in gate.window.preview.lines())


def test_that_somebody_with_a_fever_left_is_not_cut_off_by_their_long_home(
    gate: Stand, language: str
) -> None:
    gate.tell(LeftUncleared(scenes.one_who_waits(121.0, LONG)))
    sentence = gate.window.sidelines.bar.lines()[0]
    shown = _painted(sentence)
    assert shown.startswith("阿***孜 · 12 幢"), shown
    assert "37.8" in shown
    assert shown.endswith(sentence.text[-6:]), shown


def test_call_to_the_doctor_is_not_painted_over_by_a_long_home_in_large_letters(
    gate: Stand, language: str
) -> None:
    """The alarm about a fever that went away said neither who it was nor whom to call."""
    gate.window.wardrobe.turn_large()
    gate.tell(LeftUncleared(scenes.one_who_waits(121.0, replace(LONG, dwelling=LONG_HOME))))
    sentence, step, *_ = gate.window.sidelines.bar.lines()
    shown = replace(sentence, text=sentence.wrapped())
    assert step.fits()
    assert shown.fits()
    assert shown.text.startswith("阿***孜 · 钱")
    assert "-2-1801" in shown.text
    assert shown.text.endswith(sentence.text[-6:])


def test_room_of_whoever_is_measured_again_is_read_beside_what_to_do(gate: Stand, language: str) -> None:
    """The words at the right lay over it: two of one house who wait were told apart by nothing."""
    gate.tell(RecheckList((scenes.one_who_waits(3.5, replace(LONG, dwelling=LONG_HOME)),)))
    gate.press(Qt.Key.Key_F4)
    gate.type("1")
    page = gate.window.pages.temperature
    [somebody] = page.findChildren(Somebody)
    [line] = somebody.lines()
    shown = _painted(line)
    assert shown.startswith("阿***孜 · 钱")
    assert shown.endswith("-2-1801")
    assert QFontMetricsF(line.font()).horizontalAdvance(shown) <= line.box.width()
    beside = [label for label in page.findChildren(QLabel) if label.text()]
    assert not any(label.geometry().intersects(somebody.geometry()) for label in beside)
