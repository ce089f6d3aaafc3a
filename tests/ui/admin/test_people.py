"""The people section as an admin uses it, with real widgets and a real journal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from station.core.model import Scan
from station.journal.batches import Batches
from station.journal.people import People
from station.ui.admin.people import Mode
from station.ui.admin.people_desk import Block, Hit
from station.ui.admin.person_codes import LISTEN_S
from tests.compound import MORNING
from tests.ui.admin.looking import ORDERS, cut_texts, out_of_reach, until
from tests.ui.admin.over_gate import opening
from tests.ui.admin.people_office import STATES, PeopleOffice

OpenOffice = Callable[..., PeopleOffice]


@pytest.fixture
def open_people(application: QApplication, tmp_path: Path) -> Iterator[OpenOffice]:
    with opening(PeopleOffice.open, tmp_path) as open_one:
        yield open_one


@pytest.fixture
def office(open_people: OpenOffice) -> PeopleOffice:
    return open_people()


@pytest.mark.parametrize("sizes", ORDERS)
@pytest.mark.parametrize("state", STATES)
def test_everything_can_be_read_and_hit(
    open_people: OpenOffice, language: str, sizes: list[tuple[int, int]], state: str
) -> None:
    office = open_people(sizes[0])
    STATES[state](office)
    for size in sizes:
        office.gate.window.resize(*size)
        QApplication.processEvents()
        assert cut_texts(office.admin) == [], size
        assert out_of_reach(office.admin) == [], size


# --- finding --------------------------------------------------------------------------------------


def cells(office: PeopleOffice) -> list[tuple[str, ...]]:
    return [line.cells for line in office.section.finder.table.lines]


def test_typing_initials_finds_and_a_tap_opens_the_masked_card(office: PeopleOffice) -> None:
    section = office.enter()
    section.finder.typed.setText("zxq")
    assert len(cells(office)) == 1
    cell = section.finder.table.model().index(0, 0)
    where = section.finder.table.visualRect(cell).center()
    QTest.mouseClick(section.finder.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert section.card.isVisible()
    assert "张*强" in section.card.heading.text()
    assert "张小强" not in section.card.heading.text()


def test_from_the_building_by_the_dwelling_to_the_person_and_back(office: PeopleOffice) -> None:
    finder = office.enter().finder
    assert [line[0] for line in cells(office)][:2] == ["2 号楼", "3 号楼"]
    finder.open(Block("3", 5))
    assert ("3-2-501", "张*强、李*", "2") in cells(office)
    finder.open("3-2-501")
    assert [line[:2] for line in cells(office)] == [("3-2-501", "张*强"), ("3-2-501", "李*")]
    assert finder.go_back()
    assert finder.go_back()
    assert not finder.go_back(), "Esc then leaves the page"


def test_people_without_a_dwelling_are_listed_at_once(office: PeopleOffice) -> None:
    office.enter().finder.open(Block("", 3))
    assert all(isinstance(line.about, Hit) for line in office.section.finder.table.lines)
    office.section.finder.up.click()
    assert cells(office)[-1][0] == "没有房号"


def test_without_a_journal_the_page_says_what_to_do(office: PeopleOffice) -> None:
    office.desk._journal = lambda: None
    office.enter()
    assert "登记本" in office.said
    assert cells(office) == []


# --- the card -------------------------------------------------------------------------------------


def test_what_was_unmasked_is_masked_when_one_leaves(office: PeopleOffice) -> None:
    STATES["card_full"](office)
    assert "13800005501" in office.section.card.details.text()
    office.admin.go_back()
    assert not office.section.card.isVisible()
    office.section.open("张小强")
    assert "13800005501" not in office.section.card.details.text()
    office.section.card.edit.click()
    office.admin.close_page()
    assert office.section.card.form.typed.phones == "", "nothing in clear stays behind the page"


def test_long_note_is_read_to_its_end(office: PeopleOffice, language: str) -> None:
    """What had no room ended with the frame: "please help them" was the line below it."""
    STATES["card"](office)
    person = office.people.person("张小强")
    assert person is not None
    long = replace(person, note="腿脚不便，请扶一下，电梯坏了先打电话给他女儿。" * 8 + "钥匙在门卫")
    office.people.add([long], as_of=MORNING + timedelta(minutes=1))
    card = office.section.card
    card.full.click()
    office.settle()
    until(lambda: cut_texts(office.admin) == [])
    assert card.details.text().endswith("钥匙在门卫")
    bar = card.about.verticalScrollBar()
    assert bar.maximum() > 0
    card.about.setFocus()
    for _ in range(3):
        QTest.keyClick(card.about, Qt.Key.Key_PageDown)
    assert bar.value() == bar.maximum()


def test_somebody_is_added_once_the_operator_says_who_they_are(office: PeopleOffice) -> None:
    STATES["adding"](office)
    card = office.section.card
    card.form.name.setText("王芳")
    card.form.dwelling.setText("3-2-502")
    card.form.save.click()
    assert "编号" in office.said
    assert card.form.name.text() == "王芳", "nothing that was typed is lost"
    office.section.operator.setText("017")
    card.form.save.click()
    assert card.heading.text() == "王* · 3-2-502 · 居民"
    card.leave()
    office.section.finder.typed.setText("wf")
    assert len(cells(office)) == 1


def test_a_person_is_moved_and_a_wrong_phone_is_refused(office: PeopleOffice) -> None:
    STATES["editing"](office)
    section = office.section
    section.operator.setText("017")
    section.card.form.phones.setText("1380000")
    section.card.form.save.click()
    assert "电话号码不对" in office.said
    section.card.form.phones.setText("13800005501")
    section.card.form.dwelling.setText("5-1-1")
    section.card.form.save.click()
    assert "5-1-1" in section.card.heading.text()


def test_a_person_is_removed_only_when_asked_twice(office: PeopleOffice) -> None:
    section = office.card_of("李红")
    section.operator.setText("017")
    section.card.remove.click()
    section.card.question.answer(yes=False)
    assert People(office.journal).person("李红")
    section.card.remove.click()
    section.card.question.more.setText("去女儿家了")
    section.card.question.answer(yes=True)
    assert People(office.journal).person("李红") is None
    (removed, *_) = Batches(office.journal).all()
    assert (removed.kind, removed.by, removed.note) == ("remove", "017", "moved_away\n去女儿家了")
    assert section.finder.isVisible()


# --- codes ----------------------------------------------------------------------------------------


def scan(office: PeopleOffice, text: str) -> None:
    office.gate.bridge.publish(Scan(text, 1.0, "scanner", "scanner"))
    QApplication.processEvents()


def test_a_scanned_code_is_bound_when_somebody_says_whose_it_is(office: PeopleOffice) -> None:
    STATES["heard"](office)
    card = office.section.card
    assert "张*强" in card.codes.question.text
    card.codes.question.answer(yes=True)
    key = office.journal.vault.code_key("https://example.org/code/1")
    found = People(office.journal).find_by_code(key)
    assert found is not None
    assert found.person_id == "张小强"
    assert "2 个码" in card.details.text()


def test_the_code_of_somebody_else_at_the_gate_is_not_bound(office: PeopleOffice) -> None:
    STATES["heard"](office)
    office.section.card.codes.question.answer(yes=False)
    assert office.people.find_by_code(office.journal.vault.code_key("https://example.org/code/1")) is None


@pytest.mark.parametrize("how", ["time", "esc", "leave"])
def test_the_gate_has_its_codes_back_when_the_wait_ends(office: PeopleOffice, how: str) -> None:
    STATES["listening"](office)
    card = office.section.card
    if how == "time":
        for _ in range(LISTEN_S):
            card.codes._listening.timeout.emit()
        assert "没有扫到" in office.said
    elif how == "esc":
        office.admin.go_back()
        assert card.isVisible()
    else:
        office.admin.close_page()
    assert not card.codes.listening
    scan(office, "somebody at the gate")
    assert not card.codes.question.isVisible()


def test_a_code_is_taken_away_with_a_reason_and_by_somebody(office: PeopleOffice) -> None:
    STATES["unbinding"](office)
    page = office.section.card.codes
    page.reasons.reason.setCurrentIndex(1)
    page.reasons.more.setText("换了号")
    office.section.operator.clear()
    page.reasons.answer(yes=True)
    assert "编号" in office.said
    assert len(office.people.code_keys("李红")) == 2
    office.section.operator.setText("021")
    page.unbind.click()
    page.reasons.reason.setCurrentIndex(1)
    page.reasons.more.setText("换了号")
    page.reasons.answer(yes=True)
    assert [line.cells[0] for line in page.table.lines] == ["出入证"]
    page.back.click()
    office.section.card.who_changed.click()
    assert "解绑；原因：换了手机：换了号" in office.section.card.changes.lines.texts
    assert any("编号 021" in text for text in office.section.card.changes.lines.texts)


def test_a_pass_that_is_taken_away_still_holds_and_the_question_says_so(office: PeopleOffice) -> None:
    STATES["codes"](office)
    page = office.section.card.codes
    assert not page.unbind.isEnabled(), "nothing is marked yet"
    page.table.mark([page.table.lines[0].about])
    page.unbind.click()
    assert "要作废" in page.reasons.text


# --- guardians ------------------------------------------------------------------------------------


def test_a_guardian_is_found_by_search_asked_about_and_added(office: PeopleOffice) -> None:
    STATES["relating_asked"](office)
    page = office.section.card.family
    assert page.question.text == "欧**国 3-1-302 是 张*强 的监护人？"
    page.question.answer(yes=True)
    assert [line.cells[0] for line in page.table.lines] == [
        "欧**国 是 张*强 的监护人",
        "李* 是 张*强 的代办人",
        "张*强 是 王*英 的监护人",
    ]
    assert page.picker.typed.text() == "", "nobody stays listed"
    page.back.click()
    assert "监护人：欧**国" in office.section.card.details.text()


def test_the_other_way_round_is_one_choice_away(office: PeopleOffice) -> None:
    STATES["relating"](office)
    page = office.section.card.family
    assert page.kind.itemText(3) == "张*强 是 下面选的人 的代办人"
    page.kind.setCurrentIndex(3)
    page.picker.table.clicked.emit(page.picker.table.model().index(0, 0))
    page.question.answer(yes=True)
    assert [one.kind for one in office.people.for_whom_speaks("张小强")] == ["guardian", "proxy"]


def test_a_guardian_is_taken_away_only_when_asked_twice(office: PeopleOffice) -> None:
    STATES["unrelating"](office)
    page = office.section.card.family
    assert "李* 是 张*强 的代办人" in page.reasons.text
    page.reasons.answer(yes=False)
    assert office.people.who_speaks_for("张小强")
    page.remove.click()
    page.reasons.answer(yes=True)
    assert office.people.who_speaks_for("张小强") == []
    assert [line.cells[0] for line in page.table.lines] == ["张*强 是 王*英 的监护人"]


@pytest.mark.parametrize("state", ["unbinding", "unrelating", "relating_asked", "relating", "removing"])
def test_esc_takes_one_step_back_at_a_time(office: PeopleOffice, state: str) -> None:
    STATES[state](office)
    before, steps = office.journal.connection.total_changes, 0
    while office.section.card.isVisible():
        office.admin.go_back()
        steps += 1
    assert steps >= 2
    assert office.admin.isVisible()
    assert office.journal.connection.total_changes == before


# --- rights and who changed what ------------------------------------------------------------------


def test_a_permit_for_this_gate_takes_three_taps(office: PeopleOffice) -> None:
    section = office.card_of("孙宝山")
    section.operator.setText("017")
    section.card.note.click()
    form = section.card.fact
    form.kind.setCurrentIndex(form.kind.findData("right"))
    assert form.value.currentText() == "只能进 东门"
    thirty = next(one for one in form.lasting.findChildren(QAbstractButton) if one.text() == "30 天")
    thirty.click()
    assert form.until.text() == "2022-05-16 23:59"
    form.tell.click()
    (line,) = section.card.table.lines
    assert line.cells[:2] == ("能进的门：东门", "今早 10:24，到 5-16 23:59")


def test_gates_are_typed_only_if_they_are_others(office: PeopleOffice) -> None:
    STATES["permitting"](office)
    form = office.section.card.fact
    assert not form.gates.isVisible()
    form.value.setCurrentIndex(form.value.count() - 1)
    assert form.gates.isVisible()
    office.section.operator.setText("017")
    form.tell.click()
    assert "哪个门" in office.said
    form.gates.setText("西门，北门")
    form.tell.click()
    assert office.section.card.table.lines[-1].cells[0] == "能进的门：西门、北门"


def test_the_history_tells_who_did_what_and_who_verified_it(office: PeopleOffice) -> None:
    STATES["changed"](office)
    said = "\n".join(office.section.card.changes.lines.texts)
    for part in (
        "解绑；原因：手机或证丢了：他女儿打电话来说的",
        "编号 021 核对过；原因：街道通知 4 号",
        "先别放行：证丢了",
        "编号 021 核对后退回了",
        "记了：能进的门：东门",
    ):
        assert part in said, part
    assert "张小强" not in said
    office.section.card.changes.back.click()
    assert office.section.card.table.isVisible()


# --- facts ----------------------------------------------------------------------------------------


def test_a_colour_is_recorded_and_shown_with_its_age_and_source(office: PeopleOffice) -> None:
    section = office.card_of("李红")
    section.operator.setText("017")
    section.card.note.click()
    section.card.fact.value.setCurrentIndex(2)
    section.card.fact.tell.click()
    (line,) = section.card.table.lines
    assert line.cells == ("健康码：红码", "今早 10:24", "本门登记")
    section.card.past.click()
    assert section.card.table.lines[0].cells[2] == "本门登记 · 编号 017"


def test_only_another_operator_confirms_an_isolation(office: PeopleOffice) -> None:
    section = office.card_of("李红")
    section.operator.setText("017")
    section.card.isolate.click()
    section.card.fact.tell.click()
    assert section.modes.button(Mode.WAITING).text() == "待核对 1"
    assert section.card.table.lines[0].cells[0].startswith("隔离（等人核对）")
    section.show_mode(Mode.WAITING)
    assert not section.operator.isVisible(), "who confirms is somebody else"
    waiting = section.waiting
    waiting.table.mark_all()
    waiting.operator.setText("017")
    waiting.confirm.click()
    assert "换一个人" in office.said
    assert len(waiting.marked) == 1, "another number can be typed at once"
    waiting.operator.setText("021")
    waiting.confirm.click()
    assert waiting.table.lines == []
    assert section.modes.button(Mode.WAITING).text() == "待核对"
    section.open("李红")
    assert section.card.table.lines[0].cells[0] == "隔离：居家隔离"


def test_what_is_asked_fits_the_kind_of_fact(office: PeopleOffice) -> None:
    form = office.card_of("周凤").card.fact
    office.section.card.note.click()
    shown = {}
    for index in range(form.kind.count()):
        form.kind.setCurrentIndex(index)
        shown[form.kind.currentData()] = (
            form.until.isVisible(),
            form.household.isVisible(),
            form.tell.text(),
        )
    assert shown["test"] == (False, False, "记下来")
    assert shown["expected"] == (True, False, "记下来")
    assert shown["isolation"] == (True, True, "报上去")
    assert shown["block"] == (True, False, "报上去")
    assert shown["right"] == (True, False, "记下来")


# --- lists ----------------------------------------------------------------------------------------


def test_a_list_is_chosen_looked_at_imported_and_taken_back(office: PeopleOffice) -> None:
    office.put_list()
    section = office.enter()
    section.operator.setText("017")
    section.show_mode(Mode.IMPORT)
    page = section.lists
    page.files.clicked.emit(page.files.model().index(0, 0))
    office.settle()
    texts = [button.text() for button in page.preview.sorts.buttons()]
    assert texts == ["有问题 2", "新增 3", "更新 1", "要看看 0", "不变 1"]
    assert page.preview.table.lines[0].cells[2] == "钱*多"
    before = len(office.people.ids())
    page.preview.take.click()
    page.question.answer(yes=True)
    office.settle()
    assert len(office.people.ids()) == before + 3
    assert "新增 3 人，更新 1 人，不变 1 人" in office.said
    assert page.batches.lines[0].cells[2] == "5", "as many as were named above"
    page.batches.mark([page.batches.lines[0].about])
    page.undo.click()
    page.question.answer(yes=True)
    assert len(office.people.ids()) == before
    assert page.batches.lines[1].cells[-1] == "已撤销"


def test_the_wrong_rows_are_handed_back_on_the_stick(office: PeopleOffice) -> None:
    STATES["preview"](office)
    office.section.lists.preview.errors.click()
    assert (office.documents / "3号楼名单 要改的.csv").exists()
    assert "KINGSTON" in office.said


def test_a_broken_file_is_refused_and_nothing_is_shown(office: PeopleOffice) -> None:
    path = office.put_list("a,b\n1,2\n")
    office.enter().show_mode(Mode.IMPORT)
    office.section.lists.look_at(path)
    office.settle()
    assert "表头" in office.said
    assert not office.section.lists.preview.isVisible()


def test_nobody_is_imported_without_an_operator(office: PeopleOffice) -> None:
    STATES["asking_to_import"](office)
    office.section.operator.clear()
    before = office.people.newest_batch()
    office.section.lists.question.answer(yes=True)
    office.settle()
    assert "编号" in office.said
    assert office.people.newest_batch() == before


def test_files_that_excel_has_open_or_that_are_no_lists_are_not_offered(office: PeopleOffice) -> None:
    for name in ("~$名单.xlsx", ".hidden.csv", "photo.jpg"):
        office.put_list(name=name)
    (office.documents / "2022").mkdir()
    office.put_list(name="2022/四月.csv")
    office.enter().show_mode(Mode.IMPORT)
    assert [line.cells[0] for line in office.section.lists.files.lines] == ["四月.csv"]
