"""The section of notices and tasks: what stands there, and what a tap does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from tests.ui.admin.notice_office import LONG, NoticeOffice


@pytest.fixture
def office(qtbot: QtBot, tmp_path: Path) -> Iterator[NoticeOffice]:
    found = NoticeOffice.open(tmp_path)
    yield found
    found.close()


def test_notices_stand_there_with_their_text_and_are_new_once(office: NoticeOffice) -> None:
    office.give(notices=2)
    section = office.show()

    said = section.notices.text()
    assert said.startswith("▲ 今晚停水（新）")
    assert "八点到十点" in said
    assert "<b>值班表</b>换了" in said  # as it was written

    section.read()
    assert "（新）" not in section.notices.text()


def test_a_notice_with_a_long_link_cuts_no_line_of_the_others(office: NoticeOffice) -> None:
    office.give(notices=2, tasks=3)
    link = "https://meeting.invalid/join?token=" + "a1B2" * 60
    office.desk.has = [replace(one, text=f"{LONG}\n{link}") for one in office.desk.has]
    section = office.show()
    scroll = section.findChild(QScrollArea)
    assert scroll is not None
    assert section.notices.width() <= scroll.viewport().width()
    assert link in section.notices.text().replace("\u200b", "")


def test_whoever_ticks_a_task_reads_that_the_center_is_told(office: NoticeOffice) -> None:
    office.give()
    section = office.show()
    assert section.hint.isVisible()
    assert "报给管理中心" in section.hint.text()


def test_a_task_is_ticked_off_and_back(office: NoticeOffice) -> None:
    office.give(tasks=3)
    section = office.show()
    assert section.total.text() == "还有 3 件事要办"
    assert not section.done.isEnabled()

    section.table.mark([office.desk.to_do[1]])
    section.done.click()

    assert section.total.text() == "还有 2 件事要办"
    assert [one.done for one in office.desk.to_do] == [False, True, False]

    section.table.mark([office.desk.to_do[1]])
    section.undone.click()
    assert section.total.text() == "还有 3 件事要办"


def test_what_is_late_says_so(office: NoticeOffice) -> None:
    office.give(tasks=2)
    first = office.show().table.lines[0]

    assert first.cells[0].endswith("，过了")


def test_without_anything_there_is_one_sentence(office: NoticeOffice) -> None:
    section = office.show()

    assert section.notices.text().startswith("现在没有通知。")
    assert section.table.isHidden()
