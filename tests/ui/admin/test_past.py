"""Figures and tracing as an admin uses them, with real widgets and a real journal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from station.core.day_statistics import DayStatistics
from station.ui.admin.charts import Bar, columns, rows
from station.ui.admin.statistics_desk import Day
from station.ui.admin.statistics_pages import PAGES
from station.ui.admin.tracing import moment_of
from station.ui.language import speak
from station.ui.theme import Look
from tests.compound import MORNING
from tests.ui import scenes
from tests.ui.admin.looking import cut_texts, out_of_reach
from tests.ui.admin.over_gate import opening
from tests.ui.admin.past_office import STATES, PastOffice, busy, figures, in_clear, saved, traced, why

OpenOffice = Callable[..., PastOffice]
NOW = MORNING.astimezone(scenes.ZONE)  # 10:24


@pytest.fixture
def open_past(application: QApplication, tmp_path: Path) -> Iterator[OpenOffice]:
    with opening(PastOffice.open, tmp_path) as open_one:
        yield open_one


@pytest.fixture
def office(open_past: OpenOffice) -> PastOffice:
    return open_past()


def unreadable(office: PastOffice) -> list[str]:
    """Texts that are cut, on widgets and in the chart."""
    found = cut_texts(office.admin)
    chart = office.figures.chart
    if chart.isVisible():
        inside = QRectF(chart.rect())
        found += [line.text for line in chart.lines() if not line.fits() or not inside.contains(line.box)]
        found += ["a bar" for box, _ in chart.drawing().blocks if not inside.contains(box)]
    return found


@pytest.mark.parametrize("state", STATES)
def test_everything_can_be_read_and_hit(language: str, office: PastOffice, state: str) -> None:
    STATES[state](office)
    QApplication.processEvents()

    assert unreadable(office) == []
    assert out_of_reach(office.admin) == []


@pytest.mark.parametrize("state", ["hours", "temperatures", "waiting", "in_clear"])
def test_everything_can_be_read_on_a_large_screen(open_past: OpenOffice, state: str) -> None:
    office = open_past((1920, 1080))
    STATES[state](office)
    QApplication.processEvents()

    assert unreadable(office) == []


# --- figures ------------------------------------------------------------------------------------


def test_the_day_is_told_in_words_and_to_who_cannot_see_bars(office: PastOffice) -> None:
    figures(office)

    section = office.figures
    assert section.headline.text().startswith("120 人次：通行 ")
    assert "最忙 7 点" in section.headline.text()
    assert section.chart.accessibleName() == "每小时人次"
    assert section.headline.text() in section.chart.accessibleDescription()


def test_numbers_stand_on_the_bars_and_add_up(office: PastOffice) -> None:
    figures(office)
    numbers = [line.text for line in office.figures.chart.lines() if line.bold]

    assert sum(int(text.replace(",", "")) for text in numbers) == 120


def test_an_empty_day_says_so_and_cannot_be_saved(office: PastOffice) -> None:
    figures(office)
    office.figures.chooser.before.click()
    office.settle()

    assert office.figures.headline.text() == "这一天没有人过门"
    assert office.figures.chooser.shown.text() == "昨天"
    assert not office.figures.save.isEnabled()
    office.figures.chooser.after.click()
    office.settle()
    assert office.figures.headline.text().startswith("120")
    assert not office.figures.chooser.after.isEnabled()


def test_a_day_is_typed_and_nonsense_is_said(office: PastOffice) -> None:
    figures(office)
    chooser = office.figures.chooser
    chooser.typed.setText("2-30")
    chooser.look.click()
    assert office.said == "请打日期，如 4-16"
    chooser.typed.setText("4-14")
    chooser.look.click()
    office.settle()
    assert chooser.shown.text() == "2022 年 4 月 14 日"
    assert office.said == ""


def test_a_page_is_saved_as_a_picture(office: PastOffice) -> None:
    saved(office)

    (path,) = (office.folder / "stick").iterdir()
    assert path.name == "统计-20220416-每小时.png"
    image = QImage(str(path))
    assert (image.width(), image.height()) == (1600, 900)
    assert str(path) in office.said


def test_a_stick_that_is_gone_is_said(office: PastOffice) -> None:
    (office.folder / "stick").write_text("no folder")
    saved(office)

    assert office.said.startswith("没有写成")


def test_without_any_journal_there_is_an_empty_day(office: PastOffice) -> None:
    office.enter()

    assert office.figures.headline.text() == "这一天没有人过门"


@pytest.mark.parametrize("page", PAGES)
def test_every_page_can_draw_a_day_on_which_nothing_was_measured(page: object) -> None:
    drawing = page(Day(NOW.date(), "", DayStatistics(), {}), QRectF(0, 0, 900, 300), 1.0)  # type: ignore[operator]

    assert all(box.height() > 0 for box, _ in drawing.blocks)


def test_bars_are_as_long_as_their_numbers() -> None:
    bars = [Bar("a", ((Look.PASS, 10),)), Bar("b", ((Look.PASS, 4), (Look.STOP, 1))), Bar("c", ())]

    high = [box.height() for box, _ in columns(bars, QRectF(0, 0, 300, 200), 10, 1.0).blocks]
    long = [box.width() for box, _ in rows(bars, QRectF(0, 0, 300, 200), 10, 1.0).blocks]

    for found in (high, long):
        assert [round(10 * one / found[0]) for one in found] == [10, 4, 1]


# --- tracing ------------------------------------------------------------------------------------


def test_a_person_is_picked_and_whoever_was_near_stands_there_masked(office: PastOffice) -> None:
    traced(office)

    assert office.tracing.asked.text() == "张*强 3-2-501 · 一个人最近 14 天，前后 15 分钟"
    assert office.tracing.summary.text() == "本人过门 1 次，同时段 7 人，同户 1 人，现在还在里面 6 人"
    assert ("4", "04-16 09:54", "同时", "进", "张*强  3-2-501", "本人", "通行", "在") in office.cells
    assert not any("张小强" in cell for cells in office.cells for cell in cells)


def test_other_limits_ask_again(office: PastOffice) -> None:
    traced(office)
    office.tracing.minutes.setCurrentIndex(office.tracing.minutes.findData(5))
    office.settle()
    assert "同时段 2 人" in office.tracing.summary.text()
    office.tracing.way.setCurrentIndex(office.tracing.way.findData("out"))
    office.settle()
    assert "同时段 0 人" in office.tracing.summary.text()


def test_no_names_without_a_reason_and_masked_again_when_the_page_is_left(office: PastOffice) -> None:
    why(office)
    office.tracing.question.answer(yes=True)
    assert office.tracing.question.isVisible()
    office.tracing.question.why.setText("街道要")
    office.tracing.question.answer(yes=True)
    assert any("张小强" in cell for cells in office.cells for cell in cells)
    office.group.show_part(0)
    office.settle()
    office.group.show_part(1)
    assert office.cells == []


def test_what_is_exported_is_what_is_shown(office: PastOffice) -> None:
    in_clear(office)
    office.tracing.save.click()
    office.settle()

    (path,) = (office.folder / "stick").iterdir()
    assert path.suffix == ".xlsx"
    assert str(path) in office.said


@pytest.mark.parametrize("typed", ["", "abc", "25:00", "7:99", "13-1 7:00"])
def test_what_is_no_entry_and_no_time_is_said(office: PastOffice, typed: str) -> None:
    busy(office)
    office.enter(1)
    office.tracing.typed.setText(typed)
    office.tracing.look.click()
    assert office.said.startswith("请打第几条")


def test_a_turned_clock_is_said(office: PastOffice) -> None:
    STATES["clock_turned"](office)

    assert office.tracing.unsure.text().startswith("▲ 有 1 条的时间说不准")
    assert any(cells[2].startswith("▲") for cells in office.cells)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("7:25", "2022-04-16 07:25"),
        ("23:50", "2022-04-15 23:50"),
        ("4-14 7:25", "2022-04-14 07:25"),
        ("2021-12-31 0:00", "2021-12-31 00:00"),
        ("12-31 0:00", "2021-12-31 00:00"),
    ],
)
def test_a_time_without_its_day_is_the_last_one(typed: str, said: str) -> None:
    found = moment_of(typed, NOW)

    assert found is not None
    assert f"{found:%Y-%m-%d %H:%M}" == said
    assert found.tzinfo is not None


def test_escape_closes_first_the_picker_then_the_tab(office: PastOffice) -> None:
    STATES["choosing"](office)
    shown = [office.group.parts.index(office.group.part)]
    while office.group.go_back():
        shown.append(office.group.parts.index(office.group.part))

    assert shown == [1, 1, 0]  # with the picker, without it, the first tab


def test_where_a_picture_goes_is_written_with_spaces_around_latin_letters(office: PastOffice) -> None:
    office.enter()

    assert office.figures.to.itemText(0) == "存到 U 盘 KINGSTON"


@pytest.mark.parametrize("look", ["day", "night", "sun"])
def test_qts_own_file_dialog_can_be_read_in_every_light(
    application: QApplication, tmp_path: Path, look: str
) -> None:
    """By night its labels were light on light, and beside a Chinese page it spoke English."""
    chinese = speak(application, "zh")
    assert chinese is not None
    office = PastOffice.open(tmp_path, theme=look)
    office.enter()
    dialog = QFileDialog(office.figures, "存")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    picture = dialog.grab().toImage()
    name = dialog.findChild(QLabel, "fileNameLabel")
    assert name is not None
    ground = picture.pixelColor(2, 2).lightness()
    ink = name.palette().color(name.foregroundRole()).lightness()
    shown, dialog_text = abs(ground - ink), name.text()
    dialog.deleteLater()
    office.close()
    office.gate.window.deleteLater()
    application.removeTranslator(chinese)

    assert shown > 100
    assert "name" not in dialog_text
