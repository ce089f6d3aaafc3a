"""The sections about presence: real widgets, a real journal, made-up people who come and go."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from station.core.model import Direction
from station.journal.people import People, Person
from station.reports import lettering
from station.ui.admin import desk_words
from station.ui.admin.inside import Group
from tests.compound import MORNING, busy
from tests.reports.paper import words
from tests.ui.admin.looking import until
from tests.ui.admin.over_gate import opening
from tests.ui.admin.presence_office import (
    STATES,
    PresenceOffice,
    asking,
    away,
    fevers,
    marking,
    others,
    red,
    ticked,
)


@pytest.fixture
def open_office(application: QApplication, tmp_path: Path) -> Iterator[Callable[..., PresenceOffice]]:
    with opening(PresenceOffice.open, tmp_path) as open_one:
        yield open_one


@pytest.fixture
def office(open_office: Callable[..., PresenceOffice]) -> PresenceOffice:
    return open_office()


def column(office: PresenceOffice, number: int) -> list[str]:
    return [line.cells[number] for line in office.inside.table.lines]


# --- inside -----------------------------------------------------------------------------------


def test_strangers_come_first_and_whoever_stays_too_long_before_them(office: PresenceOffice) -> None:
    others(office)
    assert column(office, 1)[:3] == ["阿**********明", "孙*山", "J***"]
    assert column(office, 5)[0] == "超时！14 小时 30 分"
    assert [office.inside.groups.button(group).text() for group in Group] == [
        "外来的 5（超时 1）", "住户 3", "住户出去了 3（超时 1）",
    ]  # fmt: skip
    assert office.inside.total.text() == "里面 8 人"


def test_names_are_masked_again_when_the_admin_goes(office: PresenceOffice) -> None:
    away(office)
    assert "李红" in column(office, 1)
    office.show(1)
    office.show(0)
    office.inside.show_group(Group.AWAY)
    assert "李红" not in column(office, 1)


def test_who_left_unseen_is_marked_after_a_question(office: PresenceOffice) -> None:
    marking(office)
    assert "人工登记" in office.inside.question.text
    office.inside.question.answer(yes=False)
    assert len(column(office, 1)) == 5
    office.inside.table.mark([office.inside.table.lines[0].about])
    office.inside.mark.click()
    office.inside.question.answer(yes=True)
    assert column(office, 1)[0] == "孙*山"
    assert office.said == "记好了，1 人"


def test_who_came_home_unseen_is_inside_again(office: PresenceOffice) -> None:
    away(office)
    office.inside.table.mark([office.inside.table.lines[0].about])
    assert office.inside.mark.text() == "其实回来了 1"
    office.inside.mark.click()
    office.inside.question.answer(yes=True)
    assert "李红" not in column(office, 1)
    office.inside.show_group(Group.RESIDENTS)
    assert "李红" in column(office, 1)


def test_esc_answers_the_question_before_it_closes_the_page(office: PresenceOffice) -> None:
    marking(office)
    QTest.keyClick(QApplication.focusWidget() or office.admin, Qt.Key.Key_Escape)
    assert office.inside.question.isHidden()
    assert office.admin.isVisible()


def test_time_does_not_disturb_whoever_is_choosing(office: PresenceOffice) -> None:
    others(office)
    office.inside.table.mark([office.inside.table.lines[1].about])
    office.compound.go("赵师傅", Direction.OUT, MORNING)
    office.inside.read_again()
    assert len(office.inside.marked) == 1
    office.inside.table.mark([])
    office.inside.read_again()
    assert len(column(office, 1)) == 4


def test_a_house_or_a_family_name_is_found(office: PresenceOffice) -> None:
    others(office)
    for typed, found in (("5-1", ["J***"]), ("孙", ["孙*山"]), ("9", [])):
        office.inside.house.setText(typed)
        assert column(office, 1) == found
    assert office.inside.hint.text() == "没有找到，请换个房号或姓"


def test_the_evacuation_list_is_written_beside_the_screen(
    office: PresenceOffice, caplog: pytest.LogCaptureFixture
) -> None:
    others(office)
    office.inside.paper.to.setCurrentIndex(office.inside.paper.to.findText("PDF 存到 文档"))
    office.inside.paper.make.click()
    until(lambda: not office.admin.work_bar.busy)
    (pdf,) = office.documents.glob("*.pdf")
    assert "欧阳建国" in words(pdf)
    assert "8 人，1 页" in office.said
    (record,) = [one for one in caplog.records if "evacuation" in one.message]
    assert "欧阳" not in record.message


def test_a_name_that_the_rescuers_would_read_as_boxes_is_said(office: PresenceOffice) -> None:
    others(office)
    roster = People(office.compound.journal)
    name, house = "བསྟན་འཛིན", "6-1-402"
    roster.add([Person(roster.id_for(name, house), name, house, "resident")], as_of=MORNING)
    paper = office.inside.paper
    paper.unseen.setChecked(True)
    paper.to.setCurrentIndex(paper.to.findText("PDF 存到 文档"))
    paper.make.click()
    until(lambda: not office.admin.work_bar.busy)

    assert "6-1-402：姓名里有打不出的字" in office.said


def test_the_lane_does_not_wait_while_twenty_thousand_names_are_looked_at_for_boxes(
    office: PresenceOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes seconds, and whoever stands at the gate is decided about in the window's thread."""
    looked_at, prints_boxes = set[int](), lettering.prints_boxes

    def noted(text: str) -> bool:
        looked_at.add(threading.get_ident())
        return prints_boxes(text)

    monkeypatch.setattr(desk_words, "prints_boxes", noted)
    others(office)
    office.inside.paper.to.setCurrentIndex(office.inside.paper.to.findText("PDF 存到 文档"))
    office.inside.paper.make.click()
    until(lambda: not office.admin.work_bar.busy)

    assert "存好了" in office.said
    assert looked_at
    assert threading.get_ident() not in looked_at


def test_a_full_stick_is_said(office: PresenceOffice) -> None:
    others(office)
    office.documents.write_text("a file where the folder should be", "utf-8")
    office.inside.paper.to.setCurrentIndex(office.inside.paper.to.findText("PDF 存到 文档"))
    office.inside.paper.make.click()
    until(lambda: not office.admin.work_bar.busy)
    assert "没有写成" in office.said


# --- rechecks ---------------------------------------------------------------------------------


def test_who_waits_stands_before_who_left_with_every_reading(office: PresenceOffice) -> None:
    fevers(office)
    cells = [line.cells for line in office.rechecks.table.lines]
    assert [(each[0], each[1]) for each in cells] == [
        ("该测了！人在哪里", "王*英"), ("在等复测", "陈*珍"),
        ("没复测就走了", "周*"), ("没复测就走了", "孙*山"),
    ]  # fmt: skip
    assert cells[1][5] == "37.4↑ → 37.1↑ 手腕"
    assert office.rechecks.hint.text() == "没复测就走了的，请打电话找到人，或者告诉社区医生"


def test_every_reading_of_one_person_is_seen_with_its_instrument(office: PresenceOffice) -> None:
    fevers(office)
    section = office.rechecks
    assert section.detail.isHidden()
    section.table.mark([section.table.lines[1].about])
    assert section.detail.text() == "10:19 额头 37.4↑（支架测温仪） → 10:22 手腕 37.1↑（支架测温仪）"
    section.read()  # as every few seconds
    assert section.detail.isVisible()


# --- looking back -----------------------------------------------------------------------------


def test_a_red_code_is_looked_back_for_when_the_page_is_opened(office: PresenceOffice) -> None:
    red(office)
    assert office.said == "有新消息：多了 1 个人要回溯"
    cells = [line.cells for line in office.lookback.table.lines]
    assert cells[0] == ("10:02 进", "本人 欧**国", "3-1-302", "—", "通行 → 禁止", "还在里面！", "")
    assert [each[1][:5] for each in cells[1:]] == ["不认识的人", "赵*傅"]
    assert "3 人还在里面" in office.lookback.hint.text()


def test_ticks_stay_and_can_be_taken_back(office: PresenceOffice) -> None:
    ticked(office)
    done = [line.cells[6] for line in office.lookback.table.lines]
    assert done == ["✓ 10:24", "✓ 10:24", ""]
    assert office.lookback.total.text() == "还有 1 件没办"
    office.lookback.table.mark([office.lookback.table.lines[0].about])
    assert not office.lookback.done.isEnabled()
    office.lookback.undone.click()
    assert office.lookback.total.text() == "还有 2 件没办"


def test_another_person_is_looked_back_for_on_demand(office: PresenceOffice) -> None:
    asking(office)
    office.lookback.changed.setCurrentIndex(3)
    office.lookback.go.click()
    assert office.said == "查好了"
    assert "王*英 · 核酸阳性" in office.lookback.which.currentText()
    assert len(office.lookback.table.lines) == 1
    assert office.lookback.which.count() == 2
    which = office.lookback.which  # both were told at the same moment of the test's clock, in either order
    which.setCurrentIndex(1 - which.currentIndex())  # back to the first one, with its ticks
    assert [line.cells[6] for line in office.lookback.table.lines] == ["✓ 10:24", "✓ 10:24", ""]


def test_who_never_passed_is_said(office: PresenceOffice) -> None:
    busy(office.compound)
    office.show(2)
    section = office.lookback
    section.new.click()
    for typed, said in (("", "请先写房号，或记录的号码"), ("9-9", "没有找到，请换个房号或号码")):
        section.typed.setText(typed)
        section.find_them.click()
        assert office.said == said
    section.typed.setText("3-2-501")
    section.find_them.click()
    section.go.click()
    assert office.said == "这段时间大门没见过这个人"


# --- every state ------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1366, 768), (1280, 720)])
@pytest.mark.parametrize("state", STATES)
def test_nothing_is_cut_off(
    open_office: Callable[..., PresenceOffice], state: str, size: tuple[int, int]
) -> None:
    office = open_office(size)
    STATES[state](office)
    QApplication.processEvents()
    section = office.admin.section
    for button in section.findChildren(QPushButton):
        if button.isVisible():
            assert button.width() >= button.minimumSizeHint().width(), button.text()
    for label in section.findChildren(QLabel):
        if label.isVisible() and not label.wordWrap():
            assert label.width() >= label.sizeHint().width(), label.text()
    assert office.gate.window.width() == size[0]
