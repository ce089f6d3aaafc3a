"""What tests look at on any page of the admin: texts that are cut, parts that nobody can hit, work beside."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from station.ui.admin.parts import Command
from station.ui.admin.window import AdminWindow
from station.ui.painted import Painted
from station.ui.theme import load_theme
from tests.patience import PATIENCE_S

SIZES = [(1366, 768), (1920, 1080)]
# A window that grew is laid out like one that was opened so large, but for a pixel or two.
ORDERS = [
    pytest.param(SIZES, id="grows"),
    pytest.param(SIZES[::-1], id="shrinks", marks=pytest.mark.slow),
]
LEAST_PX = 38  # as at 1366 px: an admin sits, with bare fingers or a mouse (WCAG 2.2 asks for 24)


def until(true: Callable[[], bool]) -> None:
    """Let events come until this is so."""
    end = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < end, "it never came"
        QTest.qWait(1)  # work that is done beside needs the interpreter


def settle(admin: AdminWindow) -> None:
    """Until the work beside the screen is done."""
    until(lambda: not admin.work_bar.busy)
    QApplication.processEvents()


def visible(page: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [one for one in page.findChildren(kind) if one.isVisible() and not isinstance(one, Painted)]


def cut(widget: QWidget) -> bool:
    """Whether a label or a button does not show all of its text."""
    widget.ensurePolished()
    if isinstance(widget, QLabel):
        room = widget.contentsRect()
        flags = Qt.TextFlag.TextWordWrap if widget.wordWrap() else Qt.TextFlag.TextSingleLine
        box, metrics = QRect(0, 0, room.width(), 0), QFontMetrics(widget.font())
        needed = metrics.boundingRect(box, int(flags), widget.text())
        return needed.width() > room.width() + 1 or needed.height() > room.height() + 1
    assert isinstance(widget, QAbstractButton)
    high = len(widget.text().split("\n")) * QFontMetrics(widget.font()).height()
    return widget.sizeHint().width() > widget.width() or high > widget.height()


def chosen_in_part(picker: QComboBox) -> bool:
    """Whether what is chosen runs under the arrow."""
    option = QStyleOptionComboBox()
    picker.initStyleOption(option)
    box, field = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    room = picker.style().subControlRect(box, option, field, picker)
    return picker.fontMetrics().horizontalAdvance(picker.currentText()) > room.width()


def filled(page: QWidget) -> list[str]:
    """The buttons in the colour of the one to press."""
    shown = visible(page, Command)
    fills = {load_theme("day").button_colours()[name].name() for name in ("main", "danger")}
    return [str(one.property("text")) for one in shown if one.isEnabled() and _ground(one) in fills]


def _ground(button: QWidget) -> str:
    """Beside its letters, within its border."""
    return button.grab().toImage().pixelColor(8, button.height() // 2).name()


def cut_texts(page: QWidget) -> list[str]:
    texts = [*visible(page, QLabel), *visible(page, QAbstractButton)]
    pickers = [one for one in visible(page, QComboBox) if isinstance(one, QComboBox)]
    return [
        *(str(one.property("text")) for one in texts if cut(one)),
        *(one.currentText() for one in pickers if chosen_in_part(one)),
    ]


def out_of_reach(page: QWidget) -> list[str]:
    """What is too small for a finger, or lies outside the page."""
    parts = [one for kind in (QAbstractButton, QLineEdit, QComboBox) for one in visible(page, kind)]
    return [
        str(one.property("text"))
        for one in parts
        if min(one.width(), one.height()) < LEAST_PX
        or not page.rect().contains(one.mapTo(page, one.rect().bottomRight()))
    ]
