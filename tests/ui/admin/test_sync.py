"""The center section: what an admin reads there, and what a tap does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.core.contact import Alarm, CenterStatus, Link, Trouble
from station.ui.admin.sync_section import MOST_ALARMS
from station.ui.language import speak
from tests.patience import PATIENCE_MS
from tests.ui import scenes
from tests.ui.admin.looking import cut_texts, settle
from tests.ui.admin.sync_office import STATES, SyncOffice


@pytest.fixture
def office(qtbot: QtBot, tmp_path: Path) -> Iterator[SyncOffice]:
    found = SyncOffice.open(tmp_path)
    yield found
    found.close()


def test_a_station_is_enrolled_with_address_and_code(office: SyncOffice, qtbot: QtBot) -> None:
    section = office.show()
    assert not section.sync_now.isEnabled()
    section.url.setText(" https://10.0.0.7:8443 ")
    section.code.setText("DBF0-WXX6")

    section.enrol.click()
    qtbot.waitUntil(lambda: section.enrol.isHidden(), timeout=PATIENCE_MS)

    assert office.desk.asked == ["enrol https://10.0.0.7:8443 DBF0-WXX6"]
    assert section.state.text() == "中心在线"
    assert section.code.text() == ""


def test_what_is_missing_is_asked_for(office: SyncOffice) -> None:
    office.show().enrol.click()

    assert office.desk.asked == []


def test_a_stick_is_written_and_read(office: SyncOffice, qtbot: QtBot, tmp_path: Path) -> None:
    section = office.show(CenterStatus(Link.OFFLINE, Trouble.NO_WAY, 12))

    section.export_to(tmp_path)
    qtbot.waitUntil(lambda: office.desk.asked == [f"export {tmp_path}"], timeout=PATIENCE_MS)

    assert "待同步 12 条" in section.details.text()


def test_an_old_file_of_the_center_is_said_to_bring_nothing(office: SyncOffice, qtbot: QtBot) -> None:
    section, office.desk.pages = office.show(), 0

    section.take_from(Path("kakou-to-1.kkb"))

    qtbot.waitUntil(lambda: "没有新名单" in office.said, timeout=PATIENCE_MS)


def test_the_worst_is_said_first_and_the_rest_is_counted(office: SyncOffice) -> None:
    section = office.show(CenterStatus(Link.ONLINE, alarms=frozenset(Alarm)))

    said = section.alarms.text().splitlines()
    assert "有一条记录送不上去" in said[0]
    assert said[-1] == f"还有 {len(Alarm) - MOST_ALARMS} 件"


def test_the_trouble_is_said_with_what_to_do(office: SyncOffice) -> None:
    section = office.show(CenterStatus(Link.OFFLINE, Trouble.OTHER_CERTIFICATE, 3, scenes.NOW))

    assert "中心的证书不是登记时的那一张" in section.why.text()
    assert "待同步 3 条" in section.details.text()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_on_the_worst_day_no_line_is_cut_and_the_alarms_are_seen_first(
    qtbot: QtBot, tmp_path: Path, language: str
) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    translator = speak(application, language)
    office = SyncOffice.open(tmp_path)
    STATES["everything_wrong"](office)
    settle(office.admin)

    assert cut_texts(office.section) == []
    assert office.section.alarms.y() < office.section.details.y()
    assert office.section.alarms.visibleRegion().boundingRect().height() > office.section.alarms.height() / 2

    office.close()
    if translator:
        application.removeTranslator(translator)


def test_in_english_the_last_contact_is_told_in_english(qtbot: QtBot, tmp_path: Path) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    translator = speak(application, "en")
    office = SyncOffice.open(tmp_path)
    STATES["offline"](office)
    said = office.section.details.text()
    office.close()
    if translator:
        application.removeTranslator(translator)
    assert "Last contact: 5 h ago" in said


def test_the_number_to_call_is_kept_without_stray_spaces(office: SyncOffice) -> None:
    form = office.show().phone
    assert form.number.text() == "12345"
    assert not form.keep.isEnabled(), "nothing has changed"
    form.number.setText(" 值班室  8765 4321 ")

    form.keep.click()

    assert office.phone.holds == "值班室 8765 4321"
    assert "请打 值班室 8765 4321" in office.admin.work_bar.sentence.text()
    assert not form.keep.isEnabled()


def test_a_gate_always_has_somebody_to_call(office: SyncOffice) -> None:
    form = office.show().phone
    form.number.setText("  ")
    assert not form.keep.isEnabled()


def test_a_number_that_cannot_be_kept_is_said_and_the_old_one_holds(office: SyncOffice) -> None:
    office.phone.refusal = "写不进去"
    form = office.show().phone
    form.number.setText("110")

    form.keep.click()

    assert office.admin.work_bar.sentence.text() == "写不进去"
    assert office.phone.holds == "12345"


def test_a_number_is_never_longer_than_the_gate_has_room_for(office: SyncOffice) -> None:
    form = office.show().phone
    form.number.setText("1" * 60)
    form.keep.click()
    assert len(office.phone.holds) == office.phone.longest
