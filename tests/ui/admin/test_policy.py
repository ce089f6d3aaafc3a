"""The rules section: nobody activates what was not tried, and everything has somebody who answers for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QScrollBar, QWidget

from station.core.policy import Policy, parse_policy
from station.core.policy_form import Place
from station.core.rules import SECTIONS
from station.journal.policies import Policies, PolicyEventKind
from station.policy_desk import policy_text
from station.ui.admin.parts import Field, Picker
from station.ui.admin.policy import DRILL, FORM, HISTORY, NOW, TRIAL
from station.ui.admin.policy_form_page import places
from station.ui.admin.work import Progress
from tests.patience import PATIENCE_S
from tests.ui.admin.looking import until
from tests.ui.admin.make_policy_screens import STATES
from tests.ui.admin.over_gate import opening
from tests.ui.admin.rules_office import RulesOffice

CONTROLLED = parse_policy(policy_text("controlled"))


@pytest.fixture
def open_rules(application: QApplication, tmp_path: Path) -> Iterator[Callable[..., RulesOffice]]:
    with opening(RulesOffice.open, tmp_path) as open_one:
        yield open_one


@pytest.fixture
def office(open_rules: Callable[..., RulesOffice]) -> RulesOffice:
    return open_rules()


def sideways_bars(page: QWidget) -> list[QScrollBar]:
    return [area.horizontalScrollBar() for area in page.findChildren(QAbstractScrollArea)]


def begin_from(office: RulesOffice, number: int) -> None:
    """0 is the policy in force; then those that come with the program."""
    office.rules.form.start.setCurrentIndex(number)
    office.rules.form.start.activated.emit(number)


def choose(office: RulesOffice, path: str, number: int) -> None:
    picker = office.rules.form.editors[path]
    assert isinstance(picker, Picker)
    picker.setCurrentIndex(number)
    picker.activated.emit(number)


def type_in(office: RulesOffice, path: str, text: str) -> None:
    field = office.rules.form.editors[path]
    assert isinstance(field, Field)
    field.setText(text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def sign(office: RulesOffice, by: str = "07", reason: str = "街道通知 4 号") -> None:
    office.rules.trial.signature.by.setText(by)
    office.rules.trial.signature.reason.setText(reason)


def activate(office: RulesOffice) -> None:
    office.rules.trial.activate.click()
    office.rules.question.answer(yes=True)


def test_the_policy_in_force_stands_there_in_plain_words(office: RulesOffice) -> None:
    texts = [text.replace("\u00a0", " ") for text in office.rules.now.everybody.texts]
    assert (
        "要量。额头 36.8 ℃、手腕 36.8 ℃、耳朵 37.6 ℃、体温 37.3 ℃ 起算偏高：复核；复测还高：禁止。" in texts
    )
    assert office.rules.now.name.text().startswith("平时")
    assert "设置文件" in office.rules.now.since.text()


def test_a_preset_is_tried_on_the_day_and_only_then_activated_with_number_and_reason(
    office: RulesOffice,
) -> None:
    begin_from(office, 3)
    office.rules.show_page(TRIAL)
    assert not office.rules.trial.activate.isEnabled()
    office.try_out()
    assert "通行 → 复核 1；复核 → 禁止 1" in office.rules.trial.summary.text()
    cells = [line.cells for line in office.rules.trial.table.lines]
    assert cells[0][1:] == ("进", "复核 → 禁止", "3-2-502 李*", "黄码")
    sign(office)
    activate(office)
    used = office.desk.in_use()
    assert (used.policy.label, used.by, used.reason) == (CONTROLLED.label, "07", "街道通知 4 号")
    assert office.taken_over == [1]
    assert office.rules.modes.checkedId() == NOW
    assert "管控" in office.said


def test_a_draft_is_kept_for_another_day_and_is_not_in_force(office: RulesOffice) -> None:
    type_in(office, "temperature.limit_c.forehead", "36.5")
    sign(office)
    office.rules.trial.keep.click()
    assert "存好了" in office.said
    assert office.taken_over == []
    begin_from(office, 0)
    office.rules.show_page(HISTORY)
    assert office.rules.history.table.lines[0].cells[1:4] == ("存了草稿", "平时 第 3 版", "07")
    office.rules.history.take.click()
    field = office.rules.form.editors["temperature.limit_c.forehead"]
    assert isinstance(field, Field)
    assert field.text() == "36.5"
    assert office.desk.in_use().policy.temperature.limit_c["forehead"] == 36.8


def test_without_a_number_nothing_is_activated(office: RulesOffice) -> None:
    begin_from(office, 3)
    office.try_out()
    sign(office, by=" ")
    activate(office)
    assert "编号" in office.said
    assert office.taken_over == []


def test_a_draft_that_was_changed_after_its_trial_has_to_be_tried_again(office: RulesOffice) -> None:
    begin_from(office, 3)
    office.try_out()
    assert office.rules.trial.activate.isEnabled()
    type_in(office, "temperature.limit_c.forehead", "36.9")
    assert not office.rules.trial.activate.isEnabled()


def test_a_trial_that_was_stopped_allows_nothing(
    office: RulesOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = office.desk.trial

    def slow(draft: Policy, day: date | None) -> Callable[[Progress], object]:
        """So many entries that somebody has the time to press 停下."""

        def job(progress: Progress) -> object:
            while not progress.cancelled:
                threading.Event().wait(0.01)
            return real(draft, day)(progress)

        return job

    monkeypatch.setattr(office.desk, "trial", slow)
    begin_from(office, 3)
    office.rules.trial.start.click()
    office.admin.work_bar.cancel.click()
    until(lambda: not office.admin.work_bar.busy)
    assert "停下了" in office.said
    assert not office.rules.trial.activate.isEnabled()


def test_a_trial_of_what_the_draft_was_before_allows_nothing(
    office: RulesOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, edited = office.desk.trial, threading.Event()

    def slow(draft: Policy, day: date | None) -> Callable[[Progress], object]:
        def job(progress: Progress) -> object:
            edited.wait(PATIENCE_S)
            return real(draft, day)(progress)

        return job

    monkeypatch.setattr(office.desk, "trial", slow)
    begin_from(office, 3)
    office.rules.trial.start.click()
    type_in(office, "temperature.limit_c.forehead", "36.9")
    edited.set()
    until(lambda: not office.admin.work_bar.busy)
    assert not office.rules.trial.activate.isEnabled()


def test_edited_numbers_and_verdicts_are_marked_and_come_into_force_as_a_new_version(
    office: RulesOffice,
) -> None:
    office.rules.show_page(FORM)
    assert office.rules.form.count.text() == "和现行一样"
    type_in(office, "temperature.limit_c.forehead", "36.5")
    choose(office, "temperature.confirmed", 1)
    assert office.rules.form.matters.button(0).text() == "体温 · 2"
    before = office.desk.in_use().policy
    office.try_out()
    sign(office)
    activate(office)
    now = office.desk.in_use().policy
    assert now.temperature.limit_c["forehead"] == 36.5
    assert (now.temperature.confirmed, now.version) == ("recheck", before.version + 1)
    assert "# at or above is high" in office.desk.in_use().text  # its comments are still there


def test_a_number_that_cannot_be_is_refused_in_words_and_the_former_one_stands(office: RulesOffice) -> None:
    type_in(office, "temperature.limit_c.forehead", "368")
    assert "「体温 · 偏高的线」的数太大或太小" in office.said
    type_in(office, "temperature.limit_c.forehead", "三十七")
    assert "请填数字" in office.said
    field = office.rules.form.editors["temperature.limit_c.forehead"]
    assert isinstance(field, Field)
    assert field.text() == "36.8"
    assert office.rules.form.count.text() == "和现行一样"


def test_a_night_that_begins_and_never_ends_is_not_activated(office: RulesOffice) -> None:
    """Or the admin would go home and nobody would be asked anything at night."""
    form = office.rules.form
    next(button for button in form.matters.buttons() if button.text() == "夜间").click()
    type_in(office, "curfew.begins", "23：00")
    choose(office, "curfew.verdict", 1)
    office.try_out()
    sign(office)
    activate(office)
    assert "缺了「夜间 · 几点结束」" in office.said
    assert office.desk.in_use().policy.curfew.begins == ""
    type_in(office, "curfew.ends", "5:00")
    assert "请写成 23:00 这样" in office.said
    type_in(office, "curfew.ends", "05:00")
    office.try_out()
    activate(office)
    curfew = office.desk.in_use().policy.curfew
    assert (curfew.begins, curfew.ends, curfew.verdict) == ("23:00", "05:00", "recheck")


def test_rules_of_before_an_update_are_told_and_mended_where_they_stand(
    open_rules: Callable[..., RulesOffice],
) -> None:
    office = open_rules()
    journal = office.journal
    text = (
        policy_text("open").replace('begins = ""', 'begins = "23:00"').replace("body = 37.3", "body = 47.3")
    )
    Policies(journal).record(PolicyEventKind.ACTIVATED, text, now=office.desk.now(), by="07", reason="")
    office.rules.refresh()
    assert "「体温 · 偏高的线 · 体温」的数太大或太小" in office.rules.alarm.text()

    begin_from(office, 0)
    type_in(office, "temperature.limit_c.body", "37.3")
    office.try_out()
    sign(office)
    activate(office)
    assert "缺了「夜间 · 几点结束」" in office.said


def test_a_rule_for_couriers_only_leaves_all_others_as_they_are(office: RulesOffice) -> None:
    form = office.rules.form
    courier = next(number for number, place in enumerate(places()) if place == Place("courier"))
    form.whom.setCurrentIndex(courier)
    form.whom.activated.emit(courier)
    type_in(office, "temperature.measured_minutes", "30")
    office.try_out()
    sign(office)
    activate(office)
    policy = office.desk.in_use().policy
    assert policy.temperature.measured_minutes == 0
    assert {key: rules.temperature.measured_minutes for key, rules in policy.variants.items()}[
        "courier/in"
    ] == 30
    assert any("30 分钟" in text for text in office.rules.now.some.texts)


def test_every_matter_has_a_form_for_everybody_and_for_some(office: RulesOffice) -> None:
    form = office.rules.form
    begin_from(office, 3)
    for whom in (0, 1, 5, 12):
        form.whom.setCurrentIndex(whom)
        for button in form.matters.buttons():
            button.click()
            assert form.editors
    assert len(form.matters.buttons()) == len(SECTIONS)


def test_the_history_tells_who_changed_which_value_and_gives_it_back_as_a_draft(office: RulesOffice) -> None:
    office.desk.activate(policy_text("controlled"), "07", "街道通知")
    office.desk.activate(policy_text("sealed"), "12", "三号楼")
    rules = office.rules
    rules.show_page(HISTORY)
    assert [line.cells[3] for line in rules.history.table.lines] == ["12", "07"]
    assert "夜间 · 几点开始：23:00 → 20:00" in rules.history.changed.texts
    rules.history.table.mark([rules.history.table.lines[1].about])
    rules.history.take.click()
    assert rules.modes.checkedId() == FORM
    office.try_out()
    sign(office)
    activate(office)
    assert office.desk.in_use().policy.label == CONTROLLED.label  # the same text needs no new number


def test_the_drill_is_switched_on_verified_and_switched_off(office: RulesOffice) -> None:
    office.desk.activate(policy_text("controlled"), "07", "")
    rules = office.rules
    rules.show_page(DRILL)
    drill = rules.drill
    drill.signature.by.setText("07")
    drill.switch.click()
    rules.question.answer(yes=True)
    assert office.desk.in_use().policy.codes_down
    assert drill.switch.text() == "恢复查码"
    office.pass_without_codes()
    rules.show_page(NOW)
    assert "停码" in rules.alarm.text()
    rules.show_page(DRILL)
    drill.signature.by.setText("07")
    drill.switch.click()
    rules.question.answer(yes=True)
    assert not office.desk.in_use().policy.codes_down
    drill.verify.click()
    assert drill.result.text() == "2 条里有 1 条要找人补核："
    assert [line.cells[1] for line in drill.table.lines] == ["1-1-101 王*英"]


def test_escape_takes_the_question_away_and_changes_nothing(office: RulesOffice) -> None:
    rules = office.rules
    rules.show_page(DRILL)
    rules.drill.signature.by.setText("07")
    rules.drill.switch.click()
    assert rules.go_back()
    assert not rules.go_back()
    assert office.desk.in_use().down_since is None


def test_a_policy_that_was_changed_in_the_file_is_told(office: RulesOffice) -> None:
    office.desk.activate(policy_text("controlled"), "07", "")
    connection = office.journal.connection
    (trigger,) = connection.execute(
        "SELECT sql FROM sqlite_schema WHERE name = 'policy_text_is_never_changed'"
    ).fetchone()
    connection.execute("DROP TRIGGER policy_text_is_never_changed")
    connection.execute("UPDATE policy_text SET text = text || '#'")
    connection.execute(trigger)
    assert "不是本机签的" in office.rules.alarm.text()
    assert Policies(office.journal).history()[0].genuine is False
    office.rules.show_page(HISTORY)
    assert office.rules.history.table.lines[0].cells[3] == "不是本机签的"


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("size", [(1366, 768), (1280, 720)])
def test_nothing_is_wider_than_the_page(
    open_rules: Callable[..., RulesOffice], state: str, size: tuple[int, int], language: str
) -> None:
    office = open_rules(size)
    STATES[state](office)
    QApplication.processEvents()
    rules = office.rules
    assert rules.minimumSizeHint().width() <= rules.width(), rules.minimumSizeHint()
    assert rules.geometry().right() <= office.admin.width()
    assert [bar for bar in sideways_bars(rules) if bar.isVisible()] == []
