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
from station.ui.header import Header
from station.ui.light import Choice, Light
from station.ui.painted import Painted
from station.ui.recheck_page import WaiterButton
from station.ui.stage import Scene
from station.ui.theme import load_theme
from station.ui.touch import Touch
from station.ui.verdict import VerdictPanel
from tests.ui import neighbours, scenes
from tests.ui.reception import CHORES, GUESTS, Reception
from tests.ui.states import STATES, Stand

SIZES = [(1366, 768), (1920, 1080)]
OpenGate = Callable[..., Stand]
_ON_PAGES = (  # noqa: SIM905 - a list of words reads best as words
    "no_code_page many_buildings building large_building unit typed_house nobody roster temperature_page "
    "colour_page test_page travel_page companions code_held codes_go codes_come correction reasons guard_is "
    "unknown_number recheck_page full_recheck recheck_value clinical visitors parcel errand opening last_page"
).split()
# States in which a page covers what lies below the header.
PAGES = [name for name in STATES if name.startswith(tuple(_ON_PAGES))]


def too_wide(window: QWidget) -> list[str]:
    """Texts that do not fit the place they have."""
    visible = [widget for widget in (window, *window.findChildren(QWidget)) if widget.isVisible()]
    labels = [widget for widget in visible if isinstance(widget, QLabel | QAbstractButton)]
    painted = [widget for widget in visible if isinstance(widget, Painted | VerdictButton | WaiterButton)]
    cut = [label.text() for label in labels if _width(label) > label.contentsRect().width()]
    return cut + [line.text for widget in painted for line in widget.lines() if not line.fits()]


def out_of_reach(window: QWidget) -> list[str]:
    """What a glove, a key or a screen reader cannot use: too small, in the focus, or without a name."""
    found = []
    for one in window.findChildren(QWidget):
        if not one.isVisible():
            continue
        if one.focusPolicy() != Qt.FocusPolicy.NoFocus:
            found.append(f"{one} takes the focus")
        speaks = isinstance(one, QAbstractButton) or (isinstance(one, Painted) and one.lines())
        if speaks and not one.accessibleName() and one.isEnabled():
            found.append(f"{one} has no name")
        if isinstance(one, QAbstractButton) and min(one.width(), one.height()) < LEAST_PX:
            found.append(f"{one.accessibleName()} is too small: {one.size()}")
    return found


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
                (replace(line, text=""),) if line.text.removesuffix(" F9") in lights else (line,)
                for line in widget.lines()
            ]
    return found


def _width(widget: QLabel | QAbstractButton) -> float:
    widget.ensurePolished()
    return QFontMetricsF(widget.font()).horizontalAdvance(widget.text())


@pytest.mark.parametrize("name", [name for name in STATES if name not in PAGES])
def test_no_text_is_wider_than_its_place(open_gate: OpenGate, view_size: tuple[int, int], name: str) -> None:
    """By day, in every light's word, and in large letters; other themes move nothing."""
    stand = open_gate(view_size)
    show(stand, name)
    assert not stand.window.pages.any_open, "belongs to the PAGES"
    assert not too_wide(stand.window)
    assert not out_of_reach(stand.window)
    for choice in Choice:
        stand.window.header.show_light(Light(choice).said())
        assert not too_wide(stand.window.header), choice
    if view_size == SIZES[-1]:
        assert_themes_move_nothing(stand)
    stand.press(Qt.Key.Key_End)
    QApplication.processEvents()
    assert not too_wide(stand.window), "in large letters"
    assert not out_of_reach(stand.window), "in large letters"


def test_no_text_of_a_page_is_wider_than_its_place(open_gate: OpenGate, view_size: tuple[int, int]) -> None:
    """All of them in one window, one after the other, as in a long shift."""
    stand = open_gate(view_size)
    for name in PAGES:
        show(stand, name)
        assert stand.window.pages.any_open, name
        assert not too_wide(stand.window), name
        assert not out_of_reach(stand.window), name
        start_over(stand)


def test_two_digits_of_guests_and_parcels_that_are_late_are_read_whole(
    open_gate: OpenGate, view_size: tuple[int, int]
) -> None:
    gate = open_gate(view_size)
    late = [one for one in GUESTS if one.late] * 12, [one for one in CHORES if one.late] * 14
    errands = [replace(one, parcel=False) for one in late[1]]
    gate.window.pages.visitor.use(Reception(there=tuple(late[0]), waiting=(*late[1], *errands)))
    gate.press(Qt.Key.Key_F1)
    gate.press(Qt.Key.Key_F1)
    assert gate.window.pages.visitor.isVisible()
    assert too_wide(gate.window.pages.visitor) == []


def test_another_theme_moves_nothing_on_a_page(open_gate: OpenGate) -> None:
    stands = [open_gate(SIZES[0], theme) for theme in ("day", "night", "sun")]
    for name in PAGES:
        for stand in stands:
            show(stand, name)
        by_day, night, sun = (_laid_out(stand.window) for stand in stands)
        assert by_day == night == sun, name
        for stand in stands:
            start_over(stand)


def show(stand: Stand, name: str) -> None:
    STATES[name](stand)
    stand.wait(0.0)
    QApplication.processEvents()


def start_over(stand: Stand) -> None:
    """As if nothing had been asked."""
    stand.press(Qt.Key.Key_Escape)
    stand.press(Qt.Key.Key_F5)
    stand.window.show_codes_down(False)
    stand.window.pages.no_code.use(neighbours.Neighbours())
    stand.window.pages.visitor.use(Reception())
    stand.wait(1.0)


def assert_themes_move_nothing(stand: Stand) -> None:
    """And that they say nothing else."""
    by_day = _laid_out(stand.window)
    for theme in ("night", "sun"):
        stand.press(Qt.Key.Key_F9)
        assert stand.window.theme.name == theme
        QApplication.processEvents()
        assert _laid_out(stand.window) == by_day, theme


def test_no_line_of_the_header_stands_on_its_edge(open_gate: OpenGate) -> None:
    """Nor does what says that all this is practice fill its chip from edge to edge."""
    stand = open_gate((1366, 768))
    STATES["demo"](stand)
    header = stand.window.header
    header.show_duty("当班 李*英 Home")
    for line in header.lines():
        if line.text and line.box.top() > header.height() / 3:
            assert line.box.bottom() <= header.height() - 3 * header.scale, line.text
        if "DEMO" in line.text:
            assert line.box.width() <= 105 * header.width() / 1366 - 8 * header.scale
            assert line.fits()


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
@pytest.mark.parametrize("kind", DeviceKind)
def test_how_a_device_is_that_is_named_alone_is_read_whole(
    open_gate: OpenGate, language: str, size: tuple[int, int], kind: DeviceKind
) -> None:
    """Scanner, barrier and sound share one place: beside each other only the scanner was seen."""
    stand = open_gate(size)
    for state in DeviceState:
        stand.tell(scenes.status(kind, state))
        assert too_wide(stand.window.header) == []


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


@pytest.mark.parametrize("name", ["Happiness Lane, East Gate", "幸福里小区三期 · 地下车库北门"])
@pytest.mark.parametrize("size", SIZES)
def test_a_gate_with_a_long_name_is_named_in_full(
    application: QApplication, size: tuple[int, int], name: str
) -> None:
    header = Header(name, load_theme("day"), Touch(scenes.Clock().monotonic))
    scale = size[0] / 1366
    header.resize(size[0], round(52 * scale))
    header.dress(load_theme("day"), scale)
    line = header.lines()[0]
    assert line.text == name
    assert line.fits()


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


def test_a_thermometer_is_drawn_only_beside_what_is_about_one(gate: Stand) -> None:
    """Whose keyboard is taken by another window is not sent to look at the thermometer."""
    notices = gate.window.sidelines.notices
    notices.elsewhere(("别的窗口占了键盘", "请点一下这个画面"))
    about_keys = notices.bar()
    notices.elsewhere(None)
    notices.trouble(("测温仪卡住了", "拔下来再插上"), 1)
    about_instrument = notices.bar()
    assert about_keys is not None
    assert about_instrument is not None
    assert (about_keys.shape, about_instrument.shape) == (face.Shape.TRIANGLE, face.Shape.THERMOMETER)


def test_counts_of_six_digits_are_read_whole(open_gate: OpenGate, view_size: tuple[int, int]) -> None:
    """1234… people is another number."""
    stand = open_gate(view_size)
    stand.window.show_day(dict.fromkeys(Severity, 888_888), ())
    assert not too_wide(stand.window)
