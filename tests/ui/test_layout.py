"""Everything can be read and hit, in both languages, at both sizes, in every theme."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from station.core.model import DeviceKind, DeviceState, Obstacle, ReasonCode, Severity
from station.core.outcome import LeftUncleared, NotStored, StorageProblem
from station.settings import MOST_OF_DOCTOR
from station.ui import face, words
from station.ui.buttons import LEAST_PX, VerdictButton
from station.ui.code_words import OF_KIND
from station.ui.light import Choice, Light
from station.ui.painted import Painted
from station.ui.recheck_page import WaiterButton
from station.ui.stage import Scene
from station.ui.theme import load_theme
from station.ui.verdict import VerdictPanel
from tests.ui import scenes
from tests.ui.states import STATES, Stand

SIZES = [(1366, 768), (1920, 1080)]
OpenGate = Callable[..., Stand]


def too_wide(window: QWidget) -> list[str]:
    """Texts that do not fit the place they have."""
    visible = [widget for widget in (window, *window.findChildren(QWidget)) if widget.isVisible()]
    labels = [widget for widget in visible if isinstance(widget, QLabel | QAbstractButton)]
    painted = [widget for widget in visible if isinstance(widget, Painted | VerdictButton | WaiterButton)]
    cut = [label.text() for label in labels if _width(label) > label.contentsRect().width()]
    return cut + [line.text for widget in painted for line in widget.lines() if not line.fits()]


def _laid_out(window: QWidget) -> list[tuple[object, ...]]:
    """Place, letters and texts of all that is visible; only the word for the light is left out."""
    lights = [Light(choice).said() for choice in Choice]
    found: list[tuple[object, ...]] = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        found.append((type(widget), widget.geometry(), widget.contentsRect(), widget.font().toString()))
        if isinstance(widget, QLabel | QAbstractButton):
            found.append((widget.text(), widget.sizeHint()))
        if isinstance(widget, Painted | VerdictButton | WaiterButton):
            found += [
                (replace(line, text=""),) if line.text in lights else (line,) for line in widget.lines()
            ]
    return found


def _width(widget: QLabel | QAbstractButton) -> float:
    widget.ensurePolished()
    return QFontMetricsF(widget.font()).horizontalAdvance(widget.text())


@pytest.mark.parametrize("size", [(1280, 720), *SIZES])
@pytest.mark.parametrize("name", STATES)
def test_no_text_is_wider_than_its_place(
    open_gate: OpenGate, language: str, size: tuple[int, int], name: str
) -> None:
    """By day; the other themes have the same places and letters, as the next test shows."""
    stand = open_gate(size)
    STATES[name](stand)
    stand.wait(0.0)
    QApplication.processEvents()
    assert not too_wide(stand.window)
    for choice in Choice:
        stand.window.header.show_light(Light(choice).said())
        assert not too_wide(stand.window.header), choice


@pytest.mark.parametrize("name", STATES)
def test_another_theme_moves_nothing_and_says_nothing_else(gate: Stand, name: str) -> None:
    STATES[name](gate)
    gate.wait(0.0)
    QApplication.processEvents()
    by_day = _laid_out(gate.window)
    for theme in ("night", "sun"):
        gate.press(Qt.Key.Key_F9)
        assert gate.window.theme.name == theme
        QApplication.processEvents()
        assert _laid_out(gate.window) == by_day, theme


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", DeviceState)
def test_the_health_of_all_devices_fits_the_header(
    open_gate: OpenGate, language: str, size: tuple[int, int], state: DeviceState
) -> None:
    stand = open_gate(size)
    stand.tell(*(scenes.status(kind, state, emulated=True) for kind in DeviceKind))
    lines = stand.window.header.lines()
    assert [line.text for line in lines if not line.fits()] == []
    boxes = [line.box for line in lines]
    assert not any(box.intersects(other) for at, box in enumerate(boxes) for other in boxes[at + 1 :])


@pytest.mark.parametrize("size", SIZES)
def test_every_reason_and_problem_fits_the_panel(
    application: QApplication, language: str, size: tuple[int, int]
) -> None:
    scale = size[0] / 1366
    panel = VerdictPanel(load_theme("day"))
    panel.resize(round(656 * scale), round(596 * scale))
    panel.dress(load_theme("day"), scale)
    companion = max(ReasonCode, key=lambda code: len(words.reason(code).sentence))
    outcomes = [
        scenes.recorded((severity, code), (severity, companion), facts=(scenes.colour("green", 30.0),))
        for code in ReasonCode
        for severity in (Severity.RECHECK, Severity.STOP)
    ]
    outcomes += [
        scenes.recorded((Severity.RECHECK, code), (Severity.RECHECK, companion), kind=kind)
        for code, kind in OF_KIND
    ]
    faces = [face.verdict(outcome, at=0.0, now=scenes.NOW) for outcome in outcomes]
    faces += [face.not_stored(NotStored(problem)) for problem in StorageProblem]
    for shown in faces:
        panel.show_scene(Scene(shown), 0.0)
        assert [line.text for line in panel.lines() if not line.fits()] == []


@pytest.mark.parametrize("size", [(1280, 720), *SIZES])
def test_every_button_is_large_enough_for_a_glove(open_gate: OpenGate, size: tuple[int, int]) -> None:
    stand = open_gate(size)
    stand.tell(scenes.who_wait(7))
    keys = (Qt.Key.Key_F1, Qt.Key.Key_F3, Qt.Key.Key_F4, Qt.Key.Key_F8, Qt.Key.Key_Escape)
    for key in keys:
        stand.press(key)
        QApplication.processEvents()
        for button in stand.window.findChildren(QAbstractButton):
            if button.isVisible():
                assert button.width() >= LEAST_PX
                assert button.height() >= LEAST_PX


def test_nothing_can_take_the_focus(gate: Stand) -> None:
    focusable = [w for w in gate.window.findChildren(QWidget) if w.focusPolicy() != Qt.FocusPolicy.NoFocus]
    assert focusable == []
    assert gate.window.focusWidget() is None


@pytest.mark.parametrize("size", SIZES)
def test_panels_keep_apart_and_inside_the_window(open_gate: OpenGate, size: tuple[int, int]) -> None:
    stand = open_gate(size)
    window, sidelines = stand.window, stand.window.sidelines
    stand.tell(scenes.who_wait(3), LeftUncleared(scenes.one_who_waits(121.0)))
    panels = (
        window.header, sidelines.bar, window.preview, window.thermometer, window.counters,
        sidelines.rechecks, window.last_five, window.verdict, window.buttons,
    )  # fmt: skip
    for number, panel in enumerate(panels):
        assert window.rect().contains(panel.geometry())
        assert not any(panel.geometry().intersects(other.geometry()) for other in panels[number + 1 :])


def test_the_two_large_words_are_read_from_two_metres(gate: Stand) -> None:
    """161 px for eyes of 20/70 at 2 m on a 15.6 inch screen (ISO 9241 reading size times 3.5)."""
    gate.tell(scenes.passed())
    headline = gate.window.verdict.lines()[0]
    assert headline.text == "通行"
    assert headline.font().pixelSize() >= 161


@pytest.mark.parametrize("size", SIZES)
def test_every_obstacle_fits_the_panel(open_gate: OpenGate, language: str, size: tuple[int, int]) -> None:
    stand = open_gate(size)
    for obstacle in Obstacle:
        stand.tell(scenes.needs_temperature(), scenes.not_measured(obstacle))
        assert too_wide(stand.window) == []


def test_longest_doctor_fits_the_verdict_and_the_page(application: QApplication, language: str) -> None:
    doctor = "社区医院欧阳医生 0571-8888 8888"
    assert len(doctor) + 1 == MOST_OF_DOCTOR
    stand = Stand.open(doctor=doctor)
    stand.tell(scenes.confirmed(), scenes.who_wait(7), LeftUncleared(scenes.one_who_waits(121.0)))
    assert too_wide(stand.window) == []
    stand.press(Qt.Key.Key_F4)
    assert too_wide(stand.window) == []
