"""Elder mode (大字): larger and fewer things; all that the usual arrangement promises holds here too.

That no text is cut in any state, `test_layout` sees.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from station.core.model import Obstacle, ReasonCode, Severity
from station.core.outcome import LeftUncleared
from station.ui.buttons import LEAST_PX, KeyButton
from tests.ui import scenes
from tests.ui.states import Stand
from tests.ui.test_layout import SIZES

OpenGate = Callable[..., Stand]


def large(stand: Stand) -> Stand:
    stand.press(Qt.Key.Key_End)
    return stand


def visible_buttons(stand: Stand) -> list[QAbstractButton]:
    return [one for one in stand.window.findChildren(QAbstractButton) if one.isVisible()]


@pytest.mark.parametrize("size", SIZES)
def test_every_reason_fits(open_gate: OpenGate, language: str, size: tuple[int, int]) -> None:
    stand = large(open_gate(size))
    for code, severity in itertools.product(ReasonCode, (Severity.RECHECK, Severity.STOP)):
        stand.tell(scenes.recorded((severity, code)))
        assert [line.text for line in stand.window.verdict.lines() if not line.fits()] == [], code
    for obstacle in Obstacle:
        stand.tell(scenes.needs_temperature(), scenes.not_measured(obstacle))
        assert [line.text for line in stand.window.verdict.lines() if not line.fits()] == [], obstacle


@pytest.mark.parametrize("size", SIZES)
def test_panels_keep_apart_and_inside_the_window(open_gate: OpenGate, size: tuple[int, int]) -> None:
    stand = large(open_gate(size))
    sidelines, window = stand.window.sidelines, stand.window
    stand.tell(scenes.who_wait(3), LeftUncleared(scenes.one_who_waits(121.0)))
    panels: list[QWidget] = [
        window.header, sidelines.bar, window.preview, window.thermometer, sidelines.rechecks,
        window.last_five, window.verdict, window.buttons,
    ]  # fmt: skip
    seen = [panel for panel in panels if panel.isVisible()]
    assert window.last_five not in seen  # whoever waits and what is announced are more pressing
    for panel in seen:
        assert window.rect().contains(panel.geometry())
    for one, other in itertools.combinations(seen, 2):
        assert not one.geometry().intersects(other.geometry())


def test_it_shows_fewer_and_larger_keys(open_gate: OpenGate) -> None:
    stand = open_gate()
    usual = {button.accessibleName() for button in visible_buttons(stand)}
    large(stand)
    few = visible_buttons(stand)
    assert [one.accessibleName() for one in few if isinstance(one, KeyButton)] == [
        "无码 F1", "手测体温 F3", "看颜色 F6", "改判 F8",
    ]  # fmt: skip
    assert len(few) < len(usual)
    assert all(one.width() >= LEAST_PX and one.height() >= 110 for one in few)


def test_the_verdict_is_larger(open_gate: OpenGate) -> None:
    stand = open_gate()
    stand.tell(scenes.passed())
    before = stand.window.verdict.lines()[0].font().pixelSize()
    large(stand)
    after = stand.window.verdict.lines()[0]
    assert after.text == "通行"
    assert after.font().pixelSize() > 1.3 * before


def test_what_is_not_shown_is_still_on_its_key(open_gate: OpenGate) -> None:
    stand = large(open_gate())
    stand.press(Qt.Key.Key_F5)
    assert stand.wishes.made == [("start_over",)]


def test_end_goes_back_to_all_of_it(open_gate: OpenGate) -> None:
    stand = open_gate()
    before = [(one.geometry(), one.isVisible()) for one in stand.window.findChildren(QWidget)]
    large(stand)
    assert [(one.geometry(), one.isVisible()) for one in stand.window.findChildren(QWidget)] != before
    large(stand)
    assert [(one.geometry(), one.isVisible()) for one in stand.window.findChildren(QWidget)] == before


def test_nothing_can_take_the_focus(open_gate: OpenGate) -> None:
    stand = large(open_gate())
    focusable = [w for w in stand.window.findChildren(QWidget) if w.focusPolicy() != Qt.FocusPolicy.NoFocus]
    assert focusable == []


def test_a_gate_can_begin_large(application: QApplication) -> None:
    stand = Stand.open(elder=True)
    assert stand.window.wardrobe.large
    assert len([one for one in visible_buttons(stand) if isinstance(one, KeyButton)]) == 4
