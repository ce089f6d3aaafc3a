"""A large tile of the page for people without a code: a building, or a person of it."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from station.ui.buttons import TouchButton
from station.ui.lettering import Line
from station.ui.offers import Offer
from station.ui.theme import Theme
from station.ui.touch import Touch


class PersonTile(TouchButton):
    """Two lines: what is looked for in large letters, what it is in small ones."""

    def __init__(self, theme: Theme, touch: Touch, parent: QWidget) -> None:
        super().__init__(touch, parent)
        self._theme, self._scale = theme, 1.0
        self._large = self._small = ""
        self._marked = False

    def show_marked(self, marked: bool) -> None:
        """Whether the arrow keys stand on it."""
        if marked != self._marked:
            self._marked = marked
            self.update()

    def dress(self, theme: Theme, scale: float) -> None:
        self._theme, self._scale = theme, scale
        self.update()

    def show_offer(self, offer: Offer | None) -> None:
        """Nothing to tell is nothing to tap."""
        self._large, self._small = (offer.large, offer.small) if offer else ("", "")
        self.setAccessibleName(f"{self._large} {self._small}".strip())
        self.setEnabled(offer is not None)
        self.update()

    def lines(self) -> tuple[Line, ...]:
        u, width, height = self._scale, self.width() - 16 * self._scale, self.height()
        share, px = (0.52, 0.36) if self._small.strip() else (0.84, 0.48)  # of the height
        large = QRectF(8 * u, 0.08 * height, width, share * height)
        small = QRectF(8 * u, 0.58 * height, width, 0.34 * height)
        # In the regular face: a name may hold a rare character.
        return (
            Line(self._large, large, min(px * height, 60 * u), 26 * u, bold=False),
            Line(self._small, small, min(0.24 * height, 36 * u), 18 * u, bold=False),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.isEnabled():
            return
        painter, u, colours = QPainter(self), self._scale, self._theme.colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        at_it, inset = self.isDown() or self._marked, 3 if self._marked else 1
        painter.setPen(QPen(colours["text" if at_it else "border"], (6 if self._marked else 2) * u))
        painter.setBrush(colours["press" if at_it else "panel"])
        painter.drawRoundedRect(self.rect().adjusted(inset, inset, -inset, -inset), 10 * u, 10 * u)
        painter.setPen(colours["text"])
        for line in self.lines():
            line.paint(painter)
        painter.end()
