"""Passes are issued, shown, printed, replaced and taken back on the admin page, in the gate's own journal."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from station.core.outcome import StorageProblem
from station.devices.frame import Image
from station.journal.errors import JournalError
from station.journal.passes import Passes, read_pass_trust
from station.reports.passes import Paper, print_on
from station.ui.admin.work import CancelledError, Progress
from station.ui.theme import load_theme
from tests.devices.qr_pictures import read_codes
from tests.reports.paper import printed
from tests.ui import scenes
from tests.ui.admin.looking import until
from tests.ui.admin.office import Office
from tests.ui.admin.states import issued, issuing, nobody_there, passes, revoking

FULL_NAMES = ("张小强", "李红", "李小宝", "王秀英", "陈玉珍")


def cells(office: Office) -> list[tuple[str, ...]]:
    return [line.cells for line in office.passes.table.lines]


def find(office: Office, house: str) -> None:
    office.passes.show_mode(issuing=True)
    office.passes.house.setText(house)
    office.passes.look.click()


def test_a_house_is_found_and_who_has_no_pass_is_marked(office: Office) -> None:
    issuing(office)
    assert cells(office) == [
        ("3-2-101", "王*英", "租户", "已有"),
        ("3-2-501", "张*强", "居民", "没有"),
        ("3-2-501", "李*宝", "居民", "没有"),
        ("3-2-501", "李*", "居民", "没有"),
    ]
    assert [one.dwelling for one in office.passes.marked_people] == ["3-2-501"] * 3
    assert office.passes.issue.text() == "发 3 张证"


def test_who_has_a_pass_cannot_be_marked_for_another(office: Office) -> None:
    issuing(office)
    office.passes.all.click()
    assert len(office.passes.marked_people) == 3


def test_new_passes_are_on_record_known_to_the_gate_and_ready_to_print(office: Office) -> None:
    issued(office)
    assert len(Passes(office.journal).all()) == 4
    assert len(office.judged_anew) == 2  # one for each time that passes were issued
    assert [one.dwelling for one in office.passes.marked_passes] == ["3-2-501"] * 3
    assert office.passes.preview.picture.image is not None
    assert "发了 3 张证" in office.said


def test_the_preview_is_the_page_that_will_be_printed(office: Office) -> None:
    passes(office)
    office.passes.table.mark([office.passes.table.lines[0].about])
    office.passes.preview.paper.setCurrentIndex(list(Paper).index(Paper.A6))
    office.passes.preview.show_now()
    until(lambda: not office.passes.preview.busy)
    image = office.passes.preview.picture.image
    assert image is not None
    pixels = image.convertToFormat(image.Format.Format_Grayscale8)
    assert (pixels.width() / pixels.height()) == pytest.approx(105 / 148, abs=0.01)
    assert [code.text for code in read_codes(_as_bgr(image))] == [
        one.text
        for one in Passes(office.journal).all()
        if one.gate_pass.id == office.passes.marked_passes[0].id
    ]


def _as_bgr(image: object) -> Image:
    import numpy as np
    from PySide6.QtGui import QImage

    assert isinstance(image, QImage)
    made = image.convertToFormat(QImage.Format.Format_BGR888)
    rows = np.frombuffer(made.constBits(), np.uint8).reshape(made.height(), made.bytesPerLine())
    return np.ascontiguousarray(rows[:, : 3 * made.width()].reshape(made.height(), made.width(), 3))


def test_eleven_passes_on_a4_are_two_pages(office: Office) -> None:
    passes(office)
    office.passes.all.click()
    preview = office.passes.preview
    preview.show_now()
    until(lambda: not preview.busy)
    assert preview.number.text() == "1 / 2"
    assert not preview.before.isEnabled()
    preview.after.click()
    preview.show_now()
    until(lambda: not preview.busy)
    assert preview.number.text() == "2 / 2"
    assert not preview.after.isEnabled()


def test_the_pdf_is_its_owners_only_and_holds_the_marked_passes(office: Office, tmp_path: Path) -> None:
    passes(office)
    office.passes.preview.save.click()
    until(lambda: not office.admin.work_bar.busy)
    (file,) = (office.folder / "documents").glob("*.pdf")
    assert str(file) in office.said
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    (page,) = printed(file, 200)
    assert page.shape[0] > page.shape[1]


def test_names_that_come_out_as_boxes_are_said_by_their_houses(office: Office) -> None:
    office.move_in(("བསྟན་འཛིན", "4-1-402", "resident"), ("阿卜杜·买买提", "4-1-403", "resident"))
    office.give_passes("4-1-402", "4-1-403")
    office.passes.enter()
    office.passes.all.click()
    office.passes.preview.save.click()
    until(lambda: not office.admin.work_bar.busy)

    assert "4-1-402：姓名里有打不出的字，印成了方框，请用手写上" in office.said
    assert "4-1-403" not in office.said


def test_writing_tells_how_far_it_is_and_leaves_no_file_when_it_is_stopped(
    office: Office, tmp_path: Path
) -> None:
    passes(office)
    sheet, steps = office.passes.preview.sheet, list[float]()
    sheet.write(tmp_path / "whole.pdf", Progress(steps.append))
    assert steps == [0.0, 0.25, 0.5, 0.75]

    stopped = Progress(lambda part: stopped.cancel() if part > 0.3 else None)
    with pytest.raises(CancelledError):
        sheet.write(tmp_path / "stopped.pdf", stopped)
    assert [file.name for file in tmp_path.glob("*.pdf")] == ["whole.pdf"]


def test_marks_made_while_a_page_is_drawn_are_drawn_next(office: Office) -> None:
    passes(office)
    preview = office.passes.preview
    for line in office.passes.table.lines:
        office.passes.table.mark([line.about])
        preview.show_now()
    until(lambda: not preview.busy)
    assert preview.picture.image == office.passes.preview.sheet.image(0, preview.picture.image.width())


def test_the_end_of_the_program_waits_for_a_page_that_is_drawn(office: Office) -> None:
    passes(office)
    office.passes.all.click()
    preview = office.passes.preview
    preview.show_now()
    drawing = preview._drawing
    assert drawing is not None
    office.admin.shut_down()
    assert not drawing._thread.is_alive()


def test_a_folder_that_takes_nothing_is_said_with_what_to_do(office: Office) -> None:
    passes(office)
    (office.folder / "documents").write_text("a file where a folder should be")
    office.passes.preview.save.click()
    until(lambda: not office.admin.work_bar.busy)
    assert "U 盘" in office.said
    assert office.admin.work_bar.sentence.objectName() == "trouble"


def test_what_goes_to_a_printer_has_the_size_of_the_paper(office: Office, tmp_path: Path) -> None:
    """A printer that is a file: no printer is needed for this test."""
    passes(office)
    signed = Passes(office.journal).all()[:2]
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFullPage(True)
    assert print_on(printer, signed, Paper.CARD, scenes.ZONE) == 2
    pages = printed(tmp_path / "printed.pdf", 300)
    assert len(pages) == 2
    assert pages[0].shape[1] / pages[0].shape[0] == pytest.approx(85.6 / 54, abs=0.01)
    assert [code.text for code in read_codes(pages[0])] == [signed[0].text]


def test_without_a_printer_nothing_offers_to_print(office: Office) -> None:
    passes(office)
    assert office.passes.preview.print.isHidden()


def test_names_are_masked_until_asked_for_and_again_afterwards(office: Office) -> None:
    passes(office)
    assert not any(name in cell for line in cells(office) for cell in line for name in FULL_NAMES)
    office.passes.unmasked.click()
    assert any("张小强" in line for line in cells(office))
    office.admin.close_page()
    office.admin.open()
    assert not any(name in cell for line in cells(office) for cell in line for name in FULL_NAMES)


def test_no_name_stays_on_the_page_when_it_is_closed(office: Office) -> None:
    shown = list[bool]()
    office.admin.sections[0].in_full.connect(lambda: shown.append(True))
    passes(office)
    office.admin.close_page()
    assert office.passes.preview.picture.image is None
    assert shown == [True], "a picture of passes shows names: that goes on record, once"


def test_no_name_is_in_a_repr(office: Office) -> None:
    passes(office)
    told = repr(office.desk.passes()) + repr(office.desk.living_in("3-2"))
    assert not any(name in told for name in FULL_NAMES)
    assert "3-2-501" not in told


def test_typing_a_house_shows_only_its_passes(office: Office) -> None:
    passes(office)
    office.passes.house.setText("5-")
    assert [line[0] for line in cells(office)] == ["5-1-1203", "5-2-101"]


def test_nothing_is_taken_back_before_the_question_is_answered(office: Office) -> None:
    revoking(office)
    assert len(office.desk.passes()) == 11
    assert "作废 4 张证" in office.passes.question.text
    assert "周凤" not in office.passes.question.text
    office.passes.question.answer(yes=False)
    assert len(office.desk.passes()) == 11


def test_the_safe_answer_has_the_focus(office: Office) -> None:
    revoking(office)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.property("text") == "不用了"


def test_passes_taken_back_are_revoked_and_gone_from_the_list(office: Office) -> None:
    revoking(office)
    before = len(office.judged_anew)
    chosen = {one.id for one in office.passes.marked_passes}
    office.passes.question.answer(yes=True)
    assert len(office.passes.table.lines) == 7
    assert read_pass_trust(office.folder / "station").revoked == chosen
    assert len(office.judged_anew) == before + 1


def test_a_lost_pass_is_replaced_by_another_number(office: Office) -> None:
    passes(office)
    lost = office.passes.table.lines[0].about
    office.passes.table.mark([lost])
    office.passes.lost.click()
    office.passes.question.answer(yes=True)
    (new,) = office.passes.marked_passes
    assert (new.dwelling, new.name) == (lost.dwelling, lost.name)  # type: ignore[attr-defined]
    assert read_pass_trust(office.folder / "station").revoked == {lost.id}  # type: ignore[attr-defined]
    assert len(office.passes.table.lines) == 11


def test_only_one_pass_at_a_time_is_lost(office: Office) -> None:
    passes(office)
    assert not office.passes.lost.isEnabled()
    office.passes.none.click()
    assert not office.passes.lost.isEnabled()
    assert not office.passes.revoke.isEnabled()


def test_a_house_where_nobody_lives_is_said(office: Office) -> None:
    nobody_there(office)
    assert "9-9" in office.said
    assert not office.passes.issue.isEnabled()


def test_an_empty_house_is_asked_for(office: Office) -> None:
    find(office, " ")
    assert "房号" in office.said


def test_somebody_of_a_category_without_a_pass_cannot_be_marked(office: Office) -> None:
    office.move_in(("张小强", "3-2-501", "lodger"))
    find(office, "3-2-501")
    assert cells(office) == [("3-2-501", "张*强", "别的类别", "没有")]
    assert office.passes.marked_people == []


def test_a_journal_that_fails_is_said_in_its_words(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    passes(office)

    def full() -> None:
        raise JournalError(StorageProblem.DISK_FULL, "SQLITE_FULL")

    monkeypatch.setattr(office.desk, "_office", full)
    office.passes.enter()
    assert "硬盘满了" in office.said


def test_a_mark_survives_neither_another_list_nor_a_filter(office: Office) -> None:
    passes(office)
    office.passes.house.setText("6")
    assert office.passes.marked_passes == []
    assert not office.passes.revoke.isEnabled()


def test_a_tap_marks_a_line_and_another_takes_the_mark_away(office: Office) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    passes(office)
    table = office.passes.table
    office.passes.none.click()
    where = table.visualRect(table.model().index(1, 0)).center()
    for marked in (1, 0):
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
        assert len(office.passes.marked_passes) == marked


@pytest.mark.parametrize("clear", [False, True], ids=["masked", "in full"])
def test_long_name_stands_in_full_on_more_lines(office: Office, language: str, clear: bool) -> None:
    """阿卜杜热合曼·买买提依明 was "阿…" in the list of passes, and so was everybody else with such a name."""
    passes(office)
    if clear:
        office.passes.unmasked.click()
    QApplication.processEvents()
    table = office.passes.table
    row = next(at for at, line in enumerate(table.lines) if len(line.cells[1]) > 10)
    name, room = str(table.model().index(row, 1).data()), table.columnWidth(1) - 22
    flags = int(Qt.TextFlag.TextWordWrap)
    needed = table.fontMetrics().boundingRect(QRect(0, 0, room, 0), flags, name)
    assert needed.width() <= room
    assert needed.height() <= table.rowHeight(row)


def test_by_night_the_page_of_passes_does_not_light_the_tent(office: Office) -> None:
    passes(office)
    office.passes.dress(load_theme("night"), 1.0)
    picture = office.passes.preview.picture
    page = QImage(100, 141, QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    picture.show_image(page)
    shown = picture.grab().toImage()
    assert shown.pixelColor(shown.rect().center()).lightness() <= 180
