"""Whoever works by keyboard sees where they are, and what is chosen, in every palette."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QPushButton

from station.ui.application import prepare
from station.ui.theme import load_theme
from tests.ui.test_theme import SHEETS, THEMES, _contrast

BUTTONS = [
    *(
        ("admin", name, checked)
        for name in ("section", "choice", "device", "flat")
        for checked in (False, True)
    ),
    *(("admin", name, False) for name in ("main", "danger", "back")),
    *(("wizard", name, False) for name in ("main", "choice", "key", "tile")),
    *(("wizard", name, True) for name in ("choice", "tile")),
]
CLEAR = 3.0  # WCAG 2.1, success criterion 1.4.11


@pytest.fixture(autouse=True)
def screen(qapp: QApplication) -> None:
    prepare(qapp, "zh")


def _picture(theme: str, sheet: str, name: str, *, checked: bool, focus: bool) -> QImage:
    page, button, other = QFrame(), QPushButton("导入 4 人"), QLineEdit()
    page.setObjectName(sheet)
    button.setObjectName(name)
    button.setCheckable(checked)
    button.setChecked(checked)
    row = QHBoxLayout(page)
    row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
    row.addWidget(button)
    row.addWidget(other)
    page.setStyleSheet(load_theme(theme).style_sheet(1.0, sheet))
    page.resize(600, 120)
    page.show()
    (button if focus else other).setFocus()
    QApplication.processEvents()
    made = page.grab(button.geometry()).toImage()
    page.close()
    return made


def _plainly_changed(one: QImage, other: QImage) -> int:
    """How many pixels differ so that they can be told apart without colour."""
    assert one.size() == other.size()
    places = ((x, y) for x in range(one.width()) for y in range(one.height()))
    pairs = {(one.pixel(x, y), other.pixel(x, y)): 0 for x, y in places}
    clear = {pair: _contrast(QColor(pair[0]), QColor(pair[1])) >= CLEAR for pair in pairs}
    return sum(
        clear[one.pixel(x, y), other.pixel(x, y)] for x in range(one.width()) for y in range(one.height())
    )


@pytest.mark.parametrize(("sheet", "name", "checked"), BUTTONS)
@pytest.mark.parametrize("theme", THEMES)
def test_the_button_that_a_key_would_press_is_seen(theme: str, sheet: str, name: str, checked: bool) -> None:
    calm, ring = (_picture(theme, sheet, name, checked=checked, focus=focus) for focus in (False, True))
    assert _plainly_changed(calm, ring) >= calm.width() + calm.height()


@pytest.mark.parametrize("name", ["section", "choice", "device", "flat"])
@pytest.mark.parametrize("theme", THEMES)
def test_what_is_chosen_is_not_taken_for_what_a_key_would_press(theme: str, name: str) -> None:
    chosen = _picture(theme, "admin", name, checked=True, focus=False)
    at_it = _picture(theme, "admin", name, checked=False, focus=True)
    assert _plainly_changed(chosen, at_it) >= 0.5 * chosen.width() * chosen.height()


@pytest.mark.parametrize("sheet", [sheet for sheet in SHEETS if sheet != "gate"])
@pytest.mark.parametrize("theme", THEMES)
def test_an_example_in_an_empty_field_is_not_taken_for_what_somebody_typed(theme: str, sheet: str) -> None:
    page, field = QFrame(), QLineEdit()
    QHBoxLayout(page).addWidget(field)
    page.setStyleSheet(load_theme(theme).style_sheet(1.0, sheet))
    page.ensurePolished()
    field.ensurePolished()
    palette = field.palette()
    written, example = palette.text().color(), palette.placeholderText().color()
    assert _contrast(example, load_theme(theme).colours["panel"]) >= 7.0
    assert _contrast(example, written) >= 1.6
