"""A screen that is shown at 150 % or 200 %, an old 1024x768 monitor, a monitor on its side."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from station.ui.buttons import KeyButton
from tests.ui.states import Stand
from tests.ui.test_layout import show, start_over, too_wide

OpenGate = Callable[..., Stand]
SMALL = [(1093, 614), (960, 540), (911, 512), (1024, 768), (768, 1366)]
LEAST_PX = 44  # as drawn on a screen at 100 %; at 150 % it is half as much again
SHOWN = (  # noqa: SIM905 - a list of words reads best as words
    "pass stop barrier no_code_page many_buildings building temperature_page clinical recheck_page visitors "
    "visitors_what_for correction_page reasons_to_let_pass guard_is_asked_for opening_number travel_page"
).split()


@pytest.mark.parametrize("size", SMALL)
def test_no_key_lies_over_another_or_beyond_the_screen(
    open_gate: OpenGate, language: str, size: tuple[int, int]
) -> None:
    """38.2 is not tapped for 37.2, and what every key does can be read to its end."""
    stand = open_gate(size)
    for name in SHOWN:
        show(stand, name)
        buttons = [one for one in stand.window.findChildren(QAbstractButton) if one.isVisible()]
        uncovered = [one for one in buttons if _on_top(stand.window, one)]
        places = {one: _place(stand.window, one) for one in uncovered}
        for one, place in places.items():
            assert stand.window.rect().contains(place), (name, one.accessibleName())
            assert min(place.width(), place.height()) >= LEAST_PX, (name, one.accessibleName())
        for one, other in itertools.combinations(uncovered, 2):
            assert not places[one].intersects(places[other]), (name, one.accessibleName())
        assert [text for text in too_wide(stand.window) if text in _labels(stand.window)] == [], name
        start_over(stand)


def test_keys_are_as_large_as_ever_once_the_window_is(open_gate: OpenGate) -> None:
    stand = open_gate((911, 512))
    stand.press(Qt.Key.Key_F3)
    stand.window.resize(1366, 768)
    show(stand, "temperature_page")
    usual = open_gate((1366, 768))
    show(usual, "temperature_page")
    of = [
        [_place(one.window, key) for key in one.window.findChildren(QAbstractButton) if key.isVisible()]
        for one in (stand, usual)
    ]
    assert of[0] == of[1]


def _labels(window: QWidget) -> set[str]:
    return {label.text() for key in window.findChildren(KeyButton) for label in key.findChildren(QLabel)}


def _place(window: QWidget, one: QWidget) -> QRect:
    return QRect(one.mapTo(window, QPoint(0, 0)), one.size())


def _on_top(window: QWidget, one: QWidget) -> bool:
    """Whether it is not under a page that covers the gate."""
    at = window.childAt(_place(window, one).center())
    return at is not None and (at is one or one.isAncestorOf(at))
