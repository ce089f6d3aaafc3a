"""Wrapped text on the screen: no last word alone on its line, and no line more for that."""

from __future__ import annotations

import os
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QTextLayout
from PySide6.QtWidgets import QApplication

from station.core.outcome import PersonLine, RecheckList
from station.ui import face
from station.ui.application import prepare
from station.ui.lettering import CENTRE, LEFT, Line, in_order, letters
from station.ui.recheck_page import WaiterButton
from tests.ui import scenes
from tests.ui.states import Stand

OpenGate = Callable[..., Stand]

STEP = "Look at the colour on their phone, then press F6"


@pytest.fixture(autouse=True)
def screen(qapp: QApplication) -> None:
    prepare(qapp, "zh")


def line(text: str, align: object = CENTRE) -> Line:
    return Line(text, QRectF(100, 0, 560, 80), 26, 26, align=align, one_line=False)  # type: ignore[arg-type]


def evened(one: Line) -> QRectF:
    return one._evened(QFontMetricsF(one.font()))


def test_key_of_the_next_step_does_not_stand_alone() -> None:
    one = line(STEP)
    box, metrics = evened(one), QFontMetricsF(one.font())
    assert box.width() < 0.75 * one.box.width()
    assert one._needed(metrics, box.width()).height() == one._needed(metrics, one.box.width()).height()
    assert box.center().x() == pytest.approx(one.box.center().x())


def test_text_at_the_left_stays_there_and_one_that_fits_one_line_stays_as_it_is() -> None:
    assert evened(line(STEP, LEFT)).left() == 100
    assert evened(line("Press F6")) == QRectF(100, 0, 560, 80)


def test_it_is_painted_in_that_box() -> None:
    image = QImage(760, 80, QImage.Format.Format_Grayscale8)
    image.fill(255)
    one, painter = line(STEP), QPainter(image)
    box = evened(one)
    one.paint(painter)
    painter.end()
    dark = [x for x in range(760) if any(image.pixelColor(x, y).lightness() < 128 for y in range(80))]
    assert box.left() - 1 <= dark[0]
    assert dark[-1] <= box.right() + 1


def test_courier_who_lives_nowhere_here_has_no_dot_after_the_name() -> None:
    shown = face.verdict(scenes.passed(person=PersonLine("马*", "")), at=0.0, now=scenes.Clock().now())
    assert shown.person == "马*"


LONG = PersonLine("阿卜杜热合曼·买买提依明江·吐尔", "幸福里小区东区12号楼3单元2501室")


@pytest.mark.parametrize("large", [False, True])
def test_room_number_behind_the_longest_name_is_read_whole(open_gate: OpenGate, large: bool) -> None:
    stand = open_gate((1280, 720))
    if large:
        stand.window.wardrobe.turn_large()
    stand.tell(scenes.passed(person=LONG))
    [person] = [one for one in stand.window.verdict.lines() if LONG.dwelling in one.text]
    shown = person.shown(QFontMetricsF(person.font()))
    assert shown.endswith(f" · {LONG.dwelling}")
    assert shown.startswith("阿卜杜")
    assert QFontMetricsF(person.font()).horizontalAdvance(shown) <= person.box.width()


def test_who_was_that_says_the_room_number_of_the_longest_name(open_gate: OpenGate) -> None:
    stand = open_gate((1280, 720))
    stand.tell(scenes.passed(person=LONG))
    stand.press(Qt.Key.Key_PageUp)
    rows = stand.window.pages.last._rows.lines()
    [person] = [one for one in rows if LONG.dwelling in one.text]
    assert person.shown(QFontMetricsF(person.font())).endswith(f" · {LONG.dwelling}")


def test_who_waits_to_be_measured_again_is_found_by_their_room(open_gate: OpenGate) -> None:
    stand = open_gate((1280, 720))
    stand.tell(RecheckList((scenes.one_who_waits(person=LONG),)))
    stand.press(Qt.Key.Key_F4)
    [row, *_] = [one for one in stand.window.pages.recheck.findChildren(WaiterButton) if one.isVisible()]
    [person] = [one for one in row.lines() if LONG.dwelling in one.text]
    assert person.shown(QFontMetricsF(person.font())).endswith(f" · {LONG.dwelling}")


HOUSE = "钱塘江畔幸福里花园别墅区东南苑十二号楼附"  # as long as a house's name may be


def shown(text: str, width: float, uncut: str = "") -> str:
    one = Line(text, QRectF(0, 0, width, 40), 18, 18, bold=False, uncut=uncut)
    return one.shown(QFontMetricsF(one.font()))


@pytest.mark.parametrize("home", [f"{HOUSE}-2-1801", f"{HOUSE}-2 单元", f"老人 · {HOUSE}-1801"])
def test_rooms_of_a_house_with_a_long_name_do_not_look_alike(home: str) -> None:
    """Twenty tiles said 李* and the same cut name of the house: whoever taps one writes down a neighbour."""
    said = shown(home, 230)
    before, behind = home.split(HOUSE)
    assert said.startswith(f"{before}钱塘")
    assert said.endswith(f"…{behind}")


def test_a_long_name_at_a_long_house_keeps_something_of_the_name_and_the_room() -> None:
    mark = " · "
    said = shown(f"张*强{mark}{HOUSE}-12-1801", 300, mark)
    assert said.startswith("张*强 · 钱")
    assert said.endswith("…-12-1801")
    said = shown(f"阿{'*' * 23}江{mark}{HOUSE}-12-1801", 230, mark)
    assert said.startswith("阿*")
    assert said.endswith(" · 钱…-12-1801")


def test_a_long_name_on_a_tile_leaves_room_for_the_home_behind_it() -> None:
    """Of a visitor who was announced it is the home that is asked."""
    said = shown(f"阿{'*' * 23}江 {HOUSE}-12-1801", 230)
    assert said.startswith("阿*")
    assert said.endswith("… 钱…-12-1801")


def test_what_follows_a_home_is_spared_with_a_long_house_too() -> None:
    said = shown(f"阿{'*' * 23}江 {HOUSE}-12-1801 走了，没复测", 330, f" {HOUSE}-12-1801 走了，没复测")
    assert said.startswith("阿*")
    assert said.endswith("… 钱…-12-1801 走了，没复测")


@pytest.mark.parametrize(
    "text", ["预约 09:00-12:00 · 还有 12 位要来的客人", "Nucleic-acid test within 48 hours, please"]
)
def test_a_time_or_a_word_with_a_dash_is_no_home(text: str) -> None:
    assert text.startswith(shown(text, 150).removesuffix("…"))


def _read(text: str) -> str:
    """What stands there from left to right, of what ASCII has."""
    layout = QTextLayout(in_order(text), letters(30, bold=False))
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(2000)
    layout.endLayout()
    seen = [
        (position.x(), layout.text()[index])
        for run in line.glyphRuns(0, -1, QTextLayout.GlyphRunRetrievalFlag.RetrieveAll)
        for position, index in zip(run.positions(), run.stringIndexes(), strict=True)
    ]
    return "".join(character for _, character in sorted(seen) if character.isascii() and character != " ")


@pytest.mark.parametrize(
    "name",
    [
        "\u0645***",
        "\u0645\u062d\u0645\u062f \u0639\u0644\u064a",
        "\u05d3***",
        "\u202e***",
        "\u2067***",
        "张*强",
    ],
)
def test_the_room_behind_a_name_that_runs_from_right_to_left_is_that_room(name: str) -> None:
    """It was shown as 501-2-3."""
    assert _read(f"{name} · 3-2-501").removeprefix("***").removeprefix("*") == "3-2-501"


def test_a_line_is_painted_in_order() -> None:
    def painted(text: str) -> QImage:
        image = QImage(400, 60, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        Line(text, QRectF(0, 0, 400, 60), 30, 20, bold=False).paint(painter)
        painter.end()
        return image

    assert painted("\u0645*** · 3-2-501") == painted("\u2068\u0645\u2069*** · 3-2-501")
    assert painted("\u0645*** · 3-2-501") != painted("\u0645*** · 501-2-3")
