"""The entries section as an admin uses it, with real widgets and a real journal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from station.core.explained import Explained
from station.core.override import OverrideReason
from station.core.reasons import Decision, Reason, ReasonCode, Severity
from station.ui.admin import entries_words as words
from station.ui.admin.entries_desk import DeskError, EntryLine
from station.ui.admin.entry_list import PAGE, EntryTable
from tests.ui.admin.entries_office import STATES, EntriesOffice
from tests.ui.admin.looking import ORDERS, cut_texts, out_of_reach, until
from tests.ui.admin.over_gate import opening

OpenOffice = Callable[..., EntriesOffice]


@pytest.fixture
def open_entries(application: QApplication, tmp_path: Path) -> Iterator[OpenOffice]:
    with opening(EntriesOffice.open, tmp_path) as open_one:
        yield open_one


@pytest.fixture
def office(open_entries: OpenOffice) -> EntriesOffice:
    return open_entries()


@pytest.mark.parametrize("sizes", ORDERS)
@pytest.mark.parametrize("state", STATES)
def test_everything_can_be_read_and_hit(
    open_entries: OpenOffice, language: str, sizes: list[tuple[int, int]], state: str
) -> None:
    office = open_entries(sizes[0])
    STATES[state](office)
    for size in sizes:
        office.gate.window.resize(*size)
        QApplication.processEvents()
        assert cut_texts(office.admin) == [], size
        assert out_of_reach(office.admin) == [], size


# --- the list -------------------------------------------------------------------------------------


def test_today_is_listed_masked_with_what_became_of_it(office: EntriesOffice) -> None:
    STATES["listed"](office)
    cells = next(cells for cells in office.cells if "张*强" in cells[3])
    assert cells[1:] == ("10:15:00", "进", "张*强  3-2-501", "37.6", "禁止 → 复核", "红码")
    assert not [cells for cells in office.cells if "张小强" in "".join(cells)]
    assert office.section.total.text() == "13 条"


def test_the_summary_says_who_changed_verdicts_and_why(office: EntriesOffice) -> None:
    STATES["listed"](office)
    said = office.section.overridden.text()
    assert said.startswith("今天改判 4 次：保安 021：3 次（看过他手机了 2、老人孩子没有手机 1）")
    office.section.before.click()
    assert office.section.overridden.text() == "昨天没有人改判"
    assert [cells[0] for cells in office.cells] == ["3", "2", "1"]


def test_more_than_three_operators_are_counted_together() -> None:
    counts = {(f"保安 {number}", "mistake", Severity.PASS): number for number in range(1, 6)}
    said = words.overrides(counts, 3)
    assert said.startswith("保安 5：5 次")
    assert said.endswith("还有 2 个人")


def test_a_verdict_can_be_picked(office: EntriesOffice) -> None:
    STATES["listed"](office)
    verdict = office.section.verdict
    shown = {}
    for index in range(verdict.count()):
        verdict.setCurrentIndex(index)
        shown[verdict.currentText()] = len(office.cells)
    assert shown == {"判定：都看": 13, "只看禁止": 0, "只看复核": 1, "只看通行": 12, "只看改过判的": 4}


@pytest.mark.parametrize("typed", ["4-15", "4月15日", "2022-04-15", "2022.4.15"])
def test_a_day_is_found_however_it_is_written(office: EntriesOffice, typed: str) -> None:
    STATES["listed"](office)
    office.section.typed.setText(typed)
    office.section.typed.returnPressed.emit()
    assert office.section.shown_day.text() == "昨天"
    assert len(office.cells) == 3


def test_a_day_without_its_year_is_the_last_one_of_that_name(office: EntriesOffice) -> None:
    STATES["listed"](office)
    office.section.typed.setText("12-31")
    office.section.look.click()
    assert office.section.shown_day.text() == "2021 年 12 月 31 日"


@pytest.mark.parametrize(("typed", "said"), [("9999", "没有第 9999 条"), ("2-30", "请打"), ("abc", "请打")])
def test_what_is_not_there_is_said(office: EntriesOffice, typed: str, said: str) -> None:
    STATES["listed"](office)
    office.section.typed.setText(typed)
    office.section.look.click()
    assert said in office.said
    assert office.section.table.isVisible()


def test_somebodys_entries_of_all_days_are_two_taps_away(office: EntriesOffice) -> None:
    STATES["of_one"](office)
    assert [cells[3] for cells in office.cells] == ["李*  3-2-501"] * 3
    assert "李*" in office.section.whose.text()
    office.section.nobody.click()
    office.settle()
    assert len(office.cells) > 3


def test_all_days_are_searched_beside_the_gate_and_can_be_stopped(office: EntriesOffice) -> None:
    """A year of 300,000 passages took half a second, and on a slow disk seconds, in the lane's thread."""
    STATES["listed"](office)
    office.section.every_day.click()
    assert office.admin.work_bar.busy
    assert (office.cells, office.section.total.text()) == ([], ""), "nothing of before is taken for it"
    office.settle()
    assert (len(office.cells), office.section.total.text()) == (16, "16 条")
    office.section.every_day.click()
    assert not office.admin.work_bar.busy
    assert len(office.cells) == 13


def test_another_verdict_that_is_chosen_while_all_days_are_searched_is_what_is_listed(
    office: EntriesOffice,
) -> None:
    STATES["listed"](office)
    office.section.every_day.click()
    office.section.verdict.setCurrentIndex(2)
    until(lambda: bool(office.cells))
    assert office.section.verdict.currentText() == "只看复核"
    assert len(office.cells) == 1
    assert office.section.total.text() == "1 条"


def test_a_day_that_is_chosen_while_all_days_are_searched_stays(office: EntriesOffice) -> None:
    STATES["listed"](office)
    office.section.every_day.click()
    office.section.every_day.click()
    assert len(office.cells) == 13
    office.settle()
    assert len(office.cells) == 13


def test_who_leaves_a_filtered_list_leaves_no_search_behind(office: EntriesOffice) -> None:
    """It would keep the next section from counting its day."""
    STATES["overridden"](office)
    office.section.leave()
    assert not office.admin.work_bar.busy
    assert office.cells == []


def test_a_correction_in_the_list_of_all_days_is_shown_there_and_said(office: EntriesOffice) -> None:
    STATES["every_day"](office)
    section = office.section
    before = len(office.cells)
    section.open(next(line.about for line in section.table.lines if isinstance(line.about, EntryLine)))
    section.page.amended.emit(Severity.STOP, OverrideReason.SUSPICIOUS)
    office.settle()
    assert "更正好了" in office.said
    assert len(office.cells) == before
    assert "禁止" in office.cells[0][5]


def test_what_was_looked_for_is_forgotten_when_one_leaves(office: EntriesOffice) -> None:
    STATES["of_one"](office)
    office.admin.close_page()
    assert office.section.picker.typed.text() == ""
    section = office.enter()
    assert not section.whose.isVisible()
    assert len(office.cells) == 13


def test_without_a_journal_the_page_says_what_to_do(office: EntriesOffice) -> None:
    STATES["listed"](office)
    office.section._desk._journal = lambda: None  # type: ignore[attr-defined]
    office.section.read()
    assert "登记本" in office.said
    assert office.cells == []


# --- a hundred thousand of them -------------------------------------------------------------------


@dataclass
class Many:
    """`Entries` that remembers which pages were read."""

    count: int = 100_000
    read: list[int] = field(default_factory=list)
    broken: bool = False

    def __len__(self) -> int:
        return self.count

    def page(self, first: int, count: int) -> Sequence[EntryLine]:
        self.read.append(first // PAGE)
        if self.broken:
            raise DeskError("硬盘出错了")
        at = datetime(2022, 4, 16, 2, 24, tzinfo=UTC)
        line = EntryLine(0, 0, at, "in", "张*", "3-2-501", "", 36.4, Severity.PASS, Severity.PASS, "")
        last = min(first + count, self.count)
        return [replace(line, place=row, number=self.count - row) for row in range(first, last)]


def table_of(entries: Many, fail: Callable[[DeskError], None] = lambda error: None) -> EntryTable:
    table = EntryTable(fail)
    table.resize(1000, 600)
    table.dress(1.0)
    table.show()
    table.show_entries(entries, with_day=False)
    QApplication.processEvents()
    return table


def test_a_hundred_thousand_entries_scroll_and_only_what_is_seen_is_read(application: QApplication) -> None:
    entries = Many()
    table = table_of(entries)
    assert entries.read == [0]
    bar = table.verticalScrollBar()
    for part in (0.5, 1.0, 0.0):
        bar.setValue(round(bar.maximum() * part))
        table.grab()
    assert set(entries.read) <= {0, 499, 500, 999}
    assert len(entries.read) == len(set(entries.read)), "no page is read twice while it is kept"
    assert table.lines[99_999].cells[0] == "1"


def test_pages_that_nobody_looks_at_any_more_are_let_go(application: QApplication) -> None:
    entries = Many()
    table = table_of(entries)
    for number in range(200):
        assert table.lines[number * PAGE].cells[0]
    assert len(table.lines._pages) <= 20  # type: ignore[attr-defined]


def test_a_page_that_cannot_be_read_is_said_once_and_stays_empty(application: QApplication) -> None:
    said: list[str] = []
    table = table_of(Many(broken=True), lambda error: said.append(str(error)))
    table.grab()
    assert said == ["硬盘出错了"]
    assert table.lines[0].cells == ("",) * 7


# --- one entry ------------------------------------------------------------------------------------


def texts(office: EntriesOffice) -> str:
    page = office.section.page
    return "\n".join([page.outcome.text(), *page.reasons.texts, *page.evidence.texts])


def test_an_entry_is_explained_with_everything_that_was_known_and_said(office: EntriesOffice) -> None:
    STATES["explained"](office)
    said = texts(office)
    for part in (
        "重新判定：结果相同",
        "禁止 · 红码", "跟他说：请您站在这里别动", "接着做：请他站住别动",
        "复核 · 体温偏高",
        "健康码颜色：红 · 2 小时前（08:04）· 社区中心",
        "到 2022-04-21",
        "平时 第", "编号",
        "37.6 ℃ · 额头", "仪器：支架测温仪", "仪器的原数", "那时气温 21.0 ℃",
    ):  # fmt: skip
        assert part in said, part
    assert "10:17:00 志愿者 王秀兰 改判：复核（住这里，让他回家）" in office.section.page.corrections.text()


def test_a_correction_by_hand_is_somebodys_word(office: EntriesOffice) -> None:
    STATES["by_operator"](office)
    assert "这是人改判的" in office.section.page.outcome.text()
    assert "没有测" not in texts(office), "a word says nothing about what was measured"


def test_by_number_by_keyboard_and_back_with_esc(office: EntriesOffice) -> None:
    STATES["listed"](office)
    field = office.section.typed
    field.setFocus()
    QTest.keyClicks(field, "13")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert office.section.page.heading.text().startswith("第 13 条 · 10:15:00 · 进 · 张*强 3-2-501")
    assert not office.section.page.older.isEnabled(), "it was not opened from the list"
    office.admin.go_back()
    assert office.section.table.isVisible()
    assert office.section.page.heading.text() == "", "nothing of anybody stays behind"


def test_one_goes_from_entry_to_entry(office: EntriesOffice) -> None:
    STATES["explained"](office)
    page = office.section.page
    page.older.click()
    assert "赵*傅" in page.heading.text()
    page.newer.click()
    page.newer.click()
    page.newer.click()
    page.newer.click()
    assert "陈*珍" in page.heading.text()
    assert not page.newer.isEnabled()


def test_enter_opens_what_the_arrow_keys_are_on(office: EntriesOffice) -> None:
    STATES["listed"](office)
    table = office.section.table
    table.setFocus()
    table.setCurrentIndex(table.model().index(2, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert "徐*英" in office.section.page.heading.text()


def test_what_differs_is_told_with_why(office: EntriesOffice) -> None:
    STATES["explained"](office)
    assert office.section.page._explanation is not None
    first = office.section.page._explanation.steps[0]
    milder = Decision((Reason(Severity.PASS, ReasonCode.COLOUR_GREEN),))
    said = words.outcome(Explained(first.stored, milder))
    assert said.startswith("重新判定：那时禁止，现在算是通行。\n少了：红码")
    assert "多了：绿码" in said
    assert "程序换了版本" in said
    same = Decision((Reason(Severity.STOP, ReasonCode.COLOUR_RED),))
    assert "还是禁止，可是理由不同" in words.outcome(Explained(first.stored, same))


def test_a_past_verdict_is_corrected_with_a_reason_and_both_are_shown(office: EntriesOffice) -> None:
    STATES["passed"](office)
    page = office.section.page
    page.amend.click()
    page.question.to.setCurrentIndex(page.question.to.findData(int(Severity.STOP)))
    page.question.why.setCurrentIndex(page.question.why.findData(OverrideReason.MISTAKE.value))
    page.question._yes.click()

    assert office.said == "更正好了，原来的判定也留着"
    assert "通行 → 禁止" in page.heading.text()
    assert "刚才弄错了" in page.corrections.text()
    assert not page.question.isVisible()
    office.section.go_back()
    assert any("通行 → 禁止" in cells for cells in office.cells)
