"""The admin page lies over a gate that goes on, and says what happens there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from station.core.model import DeviceKind, Severity
from station.core.outcome import NotStored, StorageProblem
from station.ui.admin.sections import Host, Section
from station.ui.theme import Look
from tests.ui import scenes
from tests.ui.admin.office import Office
from tests.ui.admin.states import revoking


def frame_of(office: Office) -> QColor:
    """The colour of the page's edge, as it is painted."""
    QApplication.processEvents()
    return office.admin.grab().toImage().pixelColor(2, 400)


def test_f10_at_the_gate_asks_for_the_page(office: Office) -> None:
    office.gate.window.admin_asked.connect(office.admin.open)
    office.gate.press(Qt.Key.Key_F10)
    assert office.admin.isVisible()
    assert office.admin.geometry() == office.gate.window.rect()


def test_the_button_at_the_gate_asks_for_it_too_and_is_small(office: Office) -> None:
    asked: list[bool] = []
    office.gate.window.admin_asked.connect(lambda: asked.append(True))
    button = office.gate.window.buttons._buttons[Qt.Key.Key_F10]
    button.click()
    assert asked == [True]
    others = [one for key, one in office.gate.window.buttons._buttons.items() if key != Qt.Key.Key_F10]
    assert button.width() < min(other.width() for other in others)


def test_the_page_keeps_the_size_of_the_gate(office: Office) -> None:
    office.admin.open()
    office.gate.window.resize(1920, 1080)
    QApplication.processEvents()
    assert office.admin.geometry() == office.gate.window.rect()


def test_a_verdict_is_in_sight_while_somebody_works_here(office: Office) -> None:
    office.admin.open()
    office.tell(scenes.passed())
    assert "通行" in office.admin.strip.accessibleName()
    assert "张*强" in office.admin.strip.accessibleName()


def test_a_pass_leaves_the_frame_quiet(office: Office) -> None:
    office.admin.open()
    quiet = frame_of(office)
    office.tell(scenes.passed())
    assert frame_of(office) == quiet


@pytest.mark.parametrize("theme", ["day", "night", "sun"])
@pytest.mark.parametrize(
    ("told", "look"),
    [
        (scenes.red(), Look.STOP),
        (scenes.fever(), Look.RECHECK),
        (NotStored(StorageProblem.DISK_FULL), Look.FAILURE),
    ],
)
def test_what_must_not_be_overlooked_frames_the_whole_page(
    open_office: Callable[..., Office], theme: str, told: object, look: Look
) -> None:
    office = open_office(theme=theme)
    office.admin.open()
    office.tell(told)  # type: ignore[arg-type]
    pair, window = office.admin.theme.looks[look], office.admin.theme.colours["window"]
    colour = frame_of(office)
    assert colour in (pair.ground, pair.ink)
    far = max(abs(a - b) for a, b in zip(colour.getRgb(), window.getRgb(), strict=True))  # type: ignore[operator]
    assert far > 100


def test_what_is_emulated_is_marked_here_too(office: Office) -> None:
    office.admin.open()
    assert "演示" not in office.admin.strip.accessibleName()
    office.tell(scenes.status(DeviceKind.CAMERA, emulated=True))
    office.admin.tick()
    assert "演示" in office.admin.strip.accessibleName()


def test_a_stop_stays_until_somebody_went_to_the_gate(office: Office) -> None:
    office.admin.open()
    office.tell(scenes.red(), scenes.passed())
    office.gate.wait(600)
    office.admin.tick()
    assert "禁止" in office.admin.strip.accessibleName()
    assert "通行" in office.admin.strip.accessibleName()
    office.admin.strip.tapped.emit()
    assert office.admin.isHidden()
    office.admin.open()
    assert office.admin.strip.news.alarm is None


def test_a_correction_takes_the_alarm_away(office: Office) -> None:
    office.admin.open()
    stop = scenes.red()
    office.tell(stop, scenes.correction(stop, Severity.PASS))
    assert office.admin.strip.news.alarm is None


def test_what_happened_before_the_page_was_opened_is_known(office: Office) -> None:
    office.tell(scenes.passed())
    office.admin.open()
    assert "通行" in office.admin.strip.accessibleName()


def test_pictures_go_on_though_the_preview_is_covered(office: Office) -> None:
    """The gate's day and night follow them, and the set-up section shows them."""
    office.admin.open()
    seen: list[object] = []
    office.gate.bridge.view.connect(seen.append)
    for _ in range(3):
        office.tell(scenes.view())
    assert len(seen) == 3


def test_escape_first_takes_away_a_question_and_then_the_page(office: Office) -> None:
    revoking(office)
    valid = len(office.desk.passes())
    office.press(Qt.Key.Key_Escape)
    assert office.admin.isVisible()
    assert office.passes.question.isHidden()
    assert len(office.desk.passes()) == valid
    office.press(Qt.Key.Key_Escape)
    assert office.admin.isHidden()


def test_the_gate_decides_on_while_the_page_is_open(office: Office) -> None:
    office.admin.open()
    office.tell(scenes.passed())
    office.admin.close_page()
    assert "通行" in office.gate.window.verdict.accessibleName()


def test_another_theme_at_the_gate_is_another_theme_here(open_office: Callable[..., Office]) -> None:
    office = open_office(theme="day")
    office.admin.open()
    office.gate.window._next_light()
    assert office.admin.theme is office.gate.window.theme
    assert office.admin.theme.name == "night"


def test_a_section_more_is_one_line_more(office: Office) -> None:
    from station.ui.admin.window import AdminWindow

    class Notes(Section):
        entered = left = 0

        def __init__(self, host: Host) -> None:
            super().__init__(host)

        @property
        def title(self) -> str:
            return "便签"

        def enter(self) -> None:
            self.entered += 1

        def leave(self) -> None:
            self.left += 1

    admin = AdminWindow(office.gate.window, office.gate.bridge, (Notes, Notes), theme=office.admin.theme)
    first, second = admin.sections
    assert isinstance(first, Notes)
    assert isinstance(second, Notes)
    admin.open()
    admin.menu.buttons[1].click()
    admin.go_back()
    assert [button.text() for button in admin.menu.buttons] == ["便签", "便签"]
    assert (first.entered, first.left, second.entered, second.left) == (1, 1, 1, 1)
    admin.shut_down()
