"""The section of kept data: what an admin sees before it goes, two people who sign, a receipt, a backup."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from station.core.audit import Audited, Event
from station.journal import receipts
from station.journal.audit import put_on_record, read_audit
from station.journal.check import check
from station.journal.memory import LaneMemory
from station.journal.people import People
from station.journal.restoring import restore
from tests.journal import kept
from tests.journal.samples import NOON
from tests.ui.admin.looking import cut
from tests.ui.admin.retention_office import STATES, RetentionOffice
from tests.ui.admin.staff import ADMIN, GUARD, take_on

PHRASE = "correct horse battery"


@pytest.fixture
def office(application: QApplication, tmp_path: Path) -> Iterator[RetentionOffice]:
    office = RetentionOffice.open(tmp_path)
    yield office
    office.close()


def on_record(office: RetentionOffice) -> list[str]:
    lines = read_audit(office.folder / "station", NOON - timedelta(days=1), NOON + timedelta(days=1))
    return [line.what for line in lines if line.genuine]


def test_what_goes_is_shown_by_day_before_it_goes(office: RetentionOffice) -> None:
    section = office.show()

    days = [line.cells for line in section.table.lines]
    assert ("2022-02-20", "6", "6") in {cells[:3] for cells in days}
    assert "30 天" in section.heading.text()
    assert "明天开始自动清理" in section.state.text()
    assert "删不到" in section.hint.text()


def test_an_admin_may_do_it_now_after_one_more_question(office: RetentionOffice) -> None:
    section = office.show()
    section.run.click()
    assert "找不回来" in section.question.text

    section.question.answer(yes=True)
    office.minutes()
    section.read()
    office.settle()

    assert check(office.folder / "station").personal == 6
    assert "现在没有到期的" in section.state.text()
    assert not section.run.isEnabled()
    assert Audited.ERASED in on_record(office)


def test_a_clock_that_jumped_is_said(office: RetentionOffice) -> None:
    office.minutes()
    office.now[0] += timedelta(days=300)

    assert "没有自动清理" in office.show().state.text()


def test_what_waits_for_the_center_is_said_with_the_reason(office: RetentionOffice) -> None:
    STATES["held"](office)

    assert "条中心还没收到" in office.section.waiting.text()


def test_two_names_are_needed_and_they_are_two(office: RetentionOffice) -> None:
    page = office.choose().erasing
    assert "名册里的人 1" in page.counts.text()
    assert page.first.pin.isHidden()
    for first, second in (("", ""), ("老李", ""), ("老李", " 老李 "), ("Li", "ＬＩ")):
        page.first.name.setText(first)
        page.second.name.setText(second)
        page.go.click()
        assert "两个不同的人" in office.said
    assert People(office.running.journal).find(office.him)


def test_it_is_erased_and_the_receipt_goes_to_the_stick(office: RetentionOffice) -> None:
    page = office.choose().erasing
    page.first.name.setText("郑主任")
    page.second.name.setText("老李")
    page.why.setText("本人书面申请")
    page.go.click()
    assert People(office.running.journal).find(office.him) is None
    assert "个人信息删除回执" in page.said.text()
    assert kept.NAME not in page.said.text()

    page.save.click()

    stick = office.folder / "stick"
    text = (stick / "个人信息删除回执-1.txt").read_text("utf-8")
    assert receipts.check(text, [office.running.journal.vault.public_key]).kinds["entries"] == 6
    assert (stick / "个人信息删除回执-1.pdf").read_bytes().startswith(b"%PDF")
    assert not [plain for plain in kept.PLAIN if plain.decode() in text]
    assert Audited.ERASED in on_record(office)


def test_where_others_named_them_is_shown_before_it_goes(office: RetentionOffice) -> None:
    put_on_record(office.running.journal, Event(Audited.SEARCHED, note=f"找{kept.NAME}"), NOON)
    page = office.choose().erasing
    assert f"操作时写的原因：找{kept.NAME}" in page.mentions.toPlainText()
    assert page.with_mentions.isChecked()
    page.first.name.setText("郑主任")
    page.second.name.setText("老李")
    page.go.click()
    assert "别人写的话里提到的地方：" in page.said.text()
    assert page.mentions.toPlainText() == ""


def test_operators_sign_with_their_pins_and_one_is_an_admin(office: RetentionOffice) -> None:
    take_on(office.running.journal)
    page = office.choose().erasing
    assert not page.first.pin.isHidden()
    page.first.name.setText(ADMIN[0])
    page.first.pin.setText("000000")
    page.second.name.setText(GUARD[0])
    page.second.pin.setText(GUARD[1])
    page.go.click()
    assert "密码不对" in office.said
    assert page.first.pin.text() == ""
    assert People(office.running.journal).find(office.him)

    office.now[0] += timedelta(minutes=1)
    office.monotonic[0] += 60.0  # nobody is listened to at once after a wrong PIN
    page.first.pin.setText(ADMIN[1])
    page.second.pin.setText(GUARD[1])
    page.go.click()

    assert "个人信息删除回执" in page.said.text()


def test_two_right_pins_erase(office: RetentionOffice) -> None:
    take_on(office.running.journal)
    page = office.choose().erasing
    for signer, (number, pin) in ((page.first, ADMIN), (page.second, GUARD)):
        signer.name.setText(number)
        signer.pin.setText(pin)
    page.go.click()

    assert People(office.running.journal).find(office.him) is None
    lines = read_audit(office.folder / "station", NOON - timedelta(days=1), NOON + timedelta(days=1))
    erased = [line for line in lines if line.what == Audited.ERASED]
    assert [(line.who, line.note) for line in erased] == [(ADMIN[0], f"+ {GUARD[0]}")]


def test_who_waits_to_be_measured_again_is_told_why_not(office: RetentionOffice) -> None:
    LaneMemory(office.running.journal).save("rechecks", office.him.encode())
    page = office.choose().erasing
    page.first.name.setText("郑主任")
    page.second.name.setText("老李")
    page.go.click()

    assert "还在复测名单上" in office.said
    assert People(office.running.journal).find(office.him)


def test_nothing_of_anybody_stays_when_the_page_is_left(office: RetentionOffice) -> None:
    section = office.choose()
    assert section.erasing.who.text()

    section.go_back()

    assert section.erasing.who.text() == section.erasing.counts.text() == ""


def test_a_backup_is_made_beside_the_gate(office: RetentionOffice) -> None:
    section = office.show()
    section.back_up.click()
    section.backup.passphrase.setText(PHRASE)
    section.backup.again.setText("another one")
    section.backup.go.click()
    assert "两遍口令不一样" in office.said
    section.backup.again.setText(PHRASE)
    section.backup.go.click()
    office.settle()

    (file,) = (office.folder / "stick").glob("*.kakou")
    assert restore(file, office.folder / "new", PHRASE, now=NOON).report.ok
    assert section.backup.passphrase.text() == ""
    assert Audited.EXPORTED in on_record(office)


def test_a_short_passphrase_is_refused(office: RetentionOffice) -> None:
    section = office.show()
    section.back_up.click()
    for field in (section.backup.passphrase, section.backup.again):
        field.setText("123")
    section.backup.go.click()

    assert "至少 10 个字" in office.said


@pytest.mark.parametrize("state", STATES)
def test_nothing_is_cut_off(application: QApplication, tmp_path: Path, state: str) -> None:
    office = RetentionOffice.open(tmp_path)
    try:
        STATES[state](office)
        QApplication.processEvents()
        texts = [*office.section.findChildren(QLabel), *office.section.findChildren(QPushButton)]
        assert [one.text() for one in texts if one.isVisible() and cut(one)] == []
    finally:
        office.close()
