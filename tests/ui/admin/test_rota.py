"""The rota on the admin page: shifts are made, filled and taken back; what is absurd is refused in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from station.core.shift import Plan
from station.ui import rota_words
from station.ui.admin.rota import Mode
from tests.ui.admin.looking import cut
from tests.ui.duty_desk import ADMIN, GUARD, PINS, VOLUNTEER
from tests.ui.shift_office import ADMIN_STATES, ShiftOffice, done, one_sheet, week

LEAST_PX = 38


@pytest.fixture
def office(application: QApplication, tmp_path: Path) -> Iterator[ShiftOffice]:
    office = ShiftOffice.open(tmp_path)
    yield office
    office.close()


def lines(office: ShiftOffice) -> list[tuple[str, ...]]:
    return [line.cells for line in office.section.rota.table.lines]


def fill(office: ShiftOffice, **texts: str) -> None:
    for name, text in texts.items():
        office.section.rota.fields[name].setText(text)
    office.section.rota.add.click()


def mark(office: ShiftOffice, number: int) -> None:
    office.section.rota.table.mark([office.section.rota.table.lines[number].about])


def test_an_admin_plans_and_somebody_signs_up_and_leaves(office: ShiftOffice) -> None:
    office.signing.unlock(ADMIN, PINS[ADMIN])
    office.show_rota()
    fill(office, day="4-16", begins="19", ends="7", needed="2")
    assert lines(office) == [("今天 19:00–07:00", "2", "▲ 2 人", "没有人", "这里")]
    mark(office, 0)
    office.section.rota.names.setEditText("周凤")
    office.section.rota.sign_up.click()
    assert "周凤 报上名了" in office.said
    assert lines(office)[0][2:4] == ("▲ 1 人", "周凤")
    mark(office, 0)
    office.section.rota.names.setEditText("周凤")
    office.section.rota.leave_it.click()
    assert lines(office)[0][3] == "没有人"


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        ({"day": "4-17", "begins": "6", "ends": "8"}, "撞上了"),
        ({"day": "4-17", "begins": "7", "ends": "7"}, "一样"),
        ({"day": "4-15", "begins": "7", "ends": "19"}, "已经过去"),
        ({"day": "明天", "begins": "7", "ends": "19"}, "日期看不懂"),
        ({"day": "4-25", "begins": "7", "ends": "6"}, "16 小时"),
    ],
)
def test_what_is_absurd_is_refused_in_words(office: ShiftOffice, texts: dict[str, str], why: str) -> None:
    week(office)
    before = lines(office)
    fill(office, **texts)
    assert why in office.said
    assert lines(office) == before


def test_a_shift_without_anybody_within_a_day_is_warned_of(office: ShiftOffice) -> None:
    week(office)
    warned = office.section.rota.warning.text()
    assert "今天 19:00–07:00 没有人" in warned
    assert "4-18" not in warned
    now = office.compound.clock.now()
    assert "今天 19:00–07:00 的班还没有人" in rota_words.announced(office.rota.missing(), office.rota.now())
    assert rota_words.announced([], now) == ""


def test_a_guard_signs_up_but_does_not_plan(office: ShiftOffice) -> None:
    week(office)
    office.signing.unlock(GUARD, PINS[GUARD])
    office.section.enter()
    assert not office.section.rota.add.isVisible()
    assert office.section.rota.sign_up.isVisible()


def test_a_guard_is_not_told_to_write_a_shift_where_there_is_no_field(office: ShiftOffice) -> None:
    office.signing.unlock(GUARD, PINS[GUARD])
    office.show_rota()
    said = office.section.rota.warning.text()
    assert "还没有排班" in said
    assert "上面写" not in said


def test_a_shift_is_taken_back_after_a_question(office: ShiftOffice) -> None:
    week(office)
    count = len(lines(office))
    mark(office, 0)
    office.section.rota.withdraw.click()
    assert "2 人要打电话" in office.section.rota.question.text
    office.section.rota.question.answer(yes=True)
    assert len(lines(office)) == count - 1


def test_whoever_is_on_the_rota_is_offered_first_to_take_over(office: ShiftOffice) -> None:
    office.signing.unlock(ADMIN, PINS[ADMIN])
    office.plan(Plan("4-16", "8", "16"))
    office.rota.sign_up(office.rota.shifts()[0], "李秀英")
    assert next(iter(office.handover.people())).number == VOLUNTEER


def test_past_sheets_are_listed_looked_at_and_kept_as_a_page(office: ShiftOffice, tmp_path: Path) -> None:
    one_sheet(office)
    assert not office.section.sheets.sheet.pixmap().isNull()
    office.section.go_back()
    found = [line.cells for line in office.section.sheets.table.lines]
    assert [(cells[1], cells[2], cells[5]) for cells in found] == [
        ("张*", "—", "没有人接班"),
        ("李*英", "张*", "两人都签了"),
    ]


def test_a_sheet_of_before_a_month_is_found_by_going_back(office: ShiftOffice) -> None:
    done(office)
    office.later(24 * 40)
    office.show_rota(Mode.SHEETS)
    assert office.section.sheets.table.lines == []
    office.section.sheets.earlier.click()
    assert len(office.section.sheets.table.lines) == 1


@pytest.mark.parametrize("name", ADMIN_STATES)
def test_no_text_is_cut_and_everything_can_be_hit(
    application: QApplication, tmp_path: Path, language: str, name: str
) -> None:
    office = ShiftOffice.open(tmp_path)
    ADMIN_STATES[name](office)
    QApplication.processEvents()
    found = [*office.section.findChildren(QLabel), *office.section.findChildren(QAbstractButton)]
    visible = [one for one in found if one.isVisible() and one is not office.section.sheets.sheet]
    assert [one.property("text") for one in visible if cut(one)] == []
    for button in office.section.findChildren(QAbstractButton):
        if button.isVisible():
            assert min(button.width(), button.height()) >= LEAST_PX, button.text()
    office.close()


def test_by_night_a_sheet_does_not_light_the_tent(application: QApplication, tmp_path: Path) -> None:
    office = ShiftOffice.open(tmp_path, (1366, 768), "night")
    one_sheet(office)
    white = office.section.sheets.sheet.pixmap().toImage().pixelColor(3, 3).lightness()
    office.close()
    assert white <= 180
