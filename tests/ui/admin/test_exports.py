"""An admin hands the log of some days over, with and without names, and lets each day's go by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import pyzipper
from PySide6.QtWidgets import QApplication

from station.core.audit import Audited
from station.core.outcome import DailyExport, ExportProblem
from station.journal.audit import read_audit
from station.ui import afterwards_words
from tests.journal.samples import NOON, passage
from tests.ui.admin.export_office import ExportOffice
from tests.ui.admin.staff import ADMIN, GUARD, take_on


@pytest.fixture
def office(qapp: QApplication, tmp_path: Path) -> Iterator[ExportOffice]:
    office = ExportOffice.open(tmp_path)
    yield office
    office.close()


def exports_on_record(office: ExportOffice) -> list[tuple[dict[str, str], str, str]]:
    office.gate_goes_on()
    lines = read_audit(office.folder / "data", NOON - timedelta(days=1), NOON + timedelta(days=9))
    return [(dict(line.facts), line.who, line.note) for line in lines if line.what == Audited.EXPORTED]


def choose(picker: object, text: str) -> None:
    picker.setCurrentIndex(picker.findText(text))  # type: ignore[attr-defined]


def test_a_day_lies_on_the_stick_masked_and_on_record(office: ExportOffice) -> None:
    section = office.show()
    choose(section.kind, "CSV 文本")
    section.go.click()
    office.settle()

    [path] = office.files
    assert path.name == "出入登记日报-东门-2022-04-01.csv"
    assert "王*英" in path.read_text("utf-8-sig")
    assert str(path) in office.said
    [(facts, _, _)] = exports_on_record(office)
    assert (facts["rows"], facts["masked"]) == ("3", "yes")
    assert not list((office.folder / "data" / "audit-notes").iterdir())


@pytest.mark.parametrize("kind", ["Excel 表格", "PDF，打印用"])
def test_the_other_formats(office: ExportOffice, kind: str) -> None:
    section = office.show()
    choose(section.kind, kind)
    choose(section.verdict, "禁止")
    section.go.click()
    office.settle()

    assert len(office.files) == 1
    assert office.said.startswith("导出了 1 条")


def test_names_need_a_reason_and_two_people(office: ExportOffice) -> None:
    take_on(office.running.journal)
    section = office.want_names(reason="")
    choose(section.kind, "CSV 文本")
    section.go.click()
    assert office.said == "请写明为什么要全名"

    section.clear.reason.setText("街道要核对")
    section.go.click()
    assert office.said == "导出全名要两个人一起签"
    for at, (number, pin) in enumerate((ADMIN, ADMIN)):
        section.clear.numbers[at].setText(number)
        section.clear.pins[at].setText(pin)
    section.go.click()
    assert office.files == []

    section.clear.numbers[1].setText(GUARD[0])
    section.clear.pins[1].setText(GUARD[1])
    section.go.click()
    office.settle()
    assert "王小英" in office.files[0].read_text("utf-8-sig")
    [(facts, who, note)] = exports_on_record(office)
    assert (facts["masked"], who, note) == ("no", ADMIN[0], "街道要核对")
    assert not section.clear.wanted.isChecked()


def test_a_password_locks_the_file(office: ExportOffice) -> None:
    section = office.show()
    section.password.setText("三号楼1234")
    section.go.click()
    office.settle()

    [path] = office.files
    assert path.name.endswith(".xlsx.zip")
    with pyzipper.AESZipFile(path) as archive:
        archive.setpassword("三号楼1234".encode())
        assert archive.read(path.name.removesuffix(".zip")).startswith(b"PK")


def test_a_file_that_was_changed_is_named(office: ExportOffice) -> None:
    section = office.show()
    choose(section.kind, "CSV 文本")
    section.go.click()
    office.settle()
    [path] = office.files
    section.check(path)
    office.settle()
    assert office.said == "文件和登记本一致：3 条"

    path.write_bytes(path.read_bytes().replace(b"36.5", b"38.5", 1))
    section.check(path)
    office.settle()
    assert "被改过" in office.said


def test_a_file_with_a_password_is_checked_with_it(office: ExportOffice) -> None:
    section = office.show()
    section.password.setText("三号楼1234")
    section.go.click()
    office.settle()
    [path] = office.files

    section.check(path)
    office.settle()
    assert "文件加了密码" in office.said

    section.password.setText("三号楼")
    section.to_check.click()
    office.settle()
    assert "密码不对" in office.said

    section.password.setText("三号楼1234")
    section.to_check.click()
    office.settle()
    assert office.said == "文件和登记本一致：3 条"
    assert section.password.text() == ""


def test_a_wrong_date_is_said(office: ExportOffice) -> None:
    section = office.show()
    section.first.setText("4 月 1 日")
    section.go.click()

    assert "2022-04-01" in office.said
    assert office.files == []


def test_a_place_that_takes_nothing_is_said(office: ExportOffice) -> None:
    section = office.show()
    (office.folder / "KINGSTON").rmdir()
    (office.folder / "KINGSTON").write_text("no folder")
    section.go.click()
    office.settle()

    assert office.said.startswith("没有存成")


def test_each_day_goes_to_the_stick_from_now_on(office: ExportOffice) -> None:
    section = office.show()
    section.show_page(1)
    section.daily.to.setCurrentIndex(section.daily.to.findData("stick"))
    section.daily.go.click()
    assert office.settings[0].export_to == "stick"
    office.gate_goes_on()
    office.running.journal.append(passage(at=office.now[0]))
    office.now[0] += timedelta(days=1)
    office.gate_goes_on()

    assert [path.name for path in office.files] == ["出入登记日报-东门-2022-04-01.xlsx"]
    section.daily.enter()
    assert "04-02" in section.daily.state.text()
    assert not section.daily.trouble.isVisibleTo(section.daily)

    section.daily.to.setCurrentIndex(0)
    section.daily.go.click()
    assert office.settings[0].export_to is None


def test_a_missing_stick_is_said_at_the_gate_and_here(office: ExportOffice) -> None:
    section = office.show()
    section.show_page(1)
    section.daily.to.setCurrentIndex(section.daily.to.findData("stick"))
    section.daily.go.click()
    office.gate_goes_on()
    office.plugged.clear()
    office.now[0] += timedelta(days=1)
    office.gate_goes_on()
    section.daily.enter()

    told = office.said_at_gate[-1]
    assert told == DailyExport(ExportProblem.NO_STICK, 1)
    assert "U 盘" in afterwards_words.daily_export(told)
    assert "U 盘" in section.daily.trouble.text()
