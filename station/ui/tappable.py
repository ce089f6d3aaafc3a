"""Painted panels that a finger may tap. They never take the focus; a bouncing finger counts once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from station.ui.painted import Painted
from station.ui.theme import Theme
from station.ui.touch import Touch


class Tappable(Painted):
    """`tapped` comes on release, while there is something to tap."""

    tapped = Signal()

    def __init__(self, theme: Theme, touch: Touch, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._touch = touch

    def can_be_tapped(self) -> bool:
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Taken here, so that the release comes here too."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        meant = inside and event.button() is Qt.MouseButton.LeftButton and self.can_be_tapped()
        if meant and self._touch.counts():
            self.tapped.emit()
