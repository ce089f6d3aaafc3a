"""A line to type in on a page of the gate: letters of people reach it, a scanner's burst goes to the lane."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from station.ui.admin.keys import AdminKeys
from station.ui.theme import Theme, wear


class GuardedField(QLineEdit):
    """It takes the focus only while it is shown; ENTER and the F-keys go on to the window."""

    scanned = Signal(str)  # the text of a code: personal, never logged

    def __init__(self, parent: QWidget, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setReadOnly(True)  # no input method: it would swallow a scanner's keys
        self._keys = AdminKeys({}, self, monotonic=monotonic)
        self._keys.scanned.connect(self.scanned)

    def ask(self, hint: str, text: str = "", most: int = 20) -> None:
        """Ready to be typed into."""
        self.setMaxLength(most)
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setText(text)
        self.setReadOnly(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()

    @property
    def said(self) -> str:
        """What stands there, once the last letters have been told from a scanner's."""
        self._keys.settle()
        return self.text().strip()

    def dress(self, theme: Theme, scale: float) -> None:
        wear(self, theme.style_sheet(scale, "handover"))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._keys.watch(self)

    def hideEvent(self, event: QHideEvent) -> None:
        """The gate hears its keys again."""
        self._keys.watch(None)
        had = self.hasFocus()
        self.setReadOnly(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        super().hideEvent(event)
        if had:
            self.clearFocus()
            self.window().setFocus()
