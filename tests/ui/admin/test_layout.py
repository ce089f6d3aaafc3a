"""Everything on the admin page can be read and hit, in both languages, at both sizes."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLineEdit,
    QWidget,
)

from station.ui.theme import load_theme
from tests.ui.admin.looking import LEAST_PX, ORDERS, SIZES, cut_texts, until, visible
from tests.ui.admin.office import Office
from tests.ui.admin.states import STATES

OpenOffice = Callable[..., Office]


@pytest.mark.parametrize("sizes", ORDERS)
@pytest.mark.parametrize("state", STATES)
def test_everything_can_be_read_and_hit(
    open_office: OpenOffice, language: str, sizes: list[tuple[int, int]], state: str
) -> None:
    office = open_office(sizes[0])
    STATES[state](office)
    for size in sizes:
        office.gate.window.resize(*size)
        QApplication.processEvents()
        assert_no_text_is_cut(office)
        assert_all_can_be_hit(office)


def assert_no_text_is_cut(office: Office) -> None:
    assert cut_texts(office.admin) == []
    strip = office.admin.strip
    alarm = [
        *strip.lines()[: 3 if strip.news.alarm else 1],
        *strip.lines()[-2:],
    ]  # what is beside an alarm may be cut
    assert [line.text for line in alarm if not line.fits()] == []


def assert_all_can_be_hit(office: Office) -> None:
    """And lies inside the page."""
    least = LEAST_PX
    for kind in (QAbstractButton, QLineEdit, QComboBox):
        for one in visible(office.admin, kind):
            assert min(one.width(), one.height()) >= least, one.property("text")
    for one in visible(office.admin, QAbstractButton):
        if not _scrolls(one):
            corner = one.mapTo(office.admin, one.rect().bottomRight())
            assert office.admin.rect().contains(corner), one.property("text")


@pytest.mark.parametrize("size", SIZES)
def test_which_paper_is_read_in_full_beside_the_pages_of_a_whole_compound(
    open_office: OpenOffice, language: str, size: tuple[int, int]
) -> None:
    office = open_office(size)
    office.move_in(*((f"王{number}", f"1-1-{number}", "resident") for number in range(101, 202)))
    office.give_passes("1")
    section = office.passes
    section.table.mark_all()
    section.preview.show_now()
    until(lambda: not section.preview.busy)
    assert section.preview.number.text() == "1 / 11"
    assert cut_texts(office.admin) == []


def test_devices_of_a_long_list_do_not_cover_each_other(open_office: OpenOffice, language: str) -> None:
    for size in SIZES:
        office = open_office(size)
        STATES["many_devices"](office)
        QApplication.processEvents()
        boxes = [button.geometry() for button in office.setup.choices]
        assert not any(one.intersects(next_) for one, next_ in itertools.pairwise(boxes))


def _scrolls(widget: QWidget) -> bool:
    return any(isinstance(parent, QAbstractScrollArea) for parent in _parents(widget))


def _parents(widget: QWidget) -> list[QWidget]:
    parent = widget.parentWidget()
    return [parent, *_parents(parent)] if parent else []


def _luminance(colour: str) -> float:
    from PySide6.QtGui import QColor

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue, _ = QColor(colour).getRgbF()  # type: ignore[misc]
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


@pytest.mark.parametrize("name", ["day", "night", "sun"])
@pytest.mark.parametrize("button", ["main", "danger"])
def test_letters_on_coloured_buttons_keep_a_contrast_of_seven(name: str, button: str) -> None:
    theme = load_theme(name)
    colours = theme.button_colours()
    ground, ink = (_luminance(colours[key].name()) for key in (button, f"{button}_ink"))
    assert (max(ground, ink) + 0.05) / (min(ground, ink) + 0.05) >= 7


def test_every_section_can_be_reached_with_the_keyboard_alone(office: Office) -> None:
    office.admin.open()
    office.gate.window.activateWindow()
    seen = set()
    for _ in range(40):
        focus = QApplication.focusWidget()
        assert focus is not None
        assert office.admin.isAncestorOf(focus) or focus is office.admin
        seen.add(focus)
        focus.focusNextChild() if hasattr(focus, "focusNextChild") else None
    assert set(office.admin.menu.buttons[:1]) <= seen
    assert office.admin.menu.back in seen
    assert office.passes.house in seen
