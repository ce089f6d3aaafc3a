"""Wrapped text on the screen: no last word alone on its line, and no line more for that."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QApplication

from station.core.outcome import PersonLine
from station.ui import face
from station.ui.application import prepare
from station.ui.lettering import CENTRE, LEFT, Line
from tests.ui import scenes

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
