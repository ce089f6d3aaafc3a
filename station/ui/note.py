"""Plain text: who it is about, and, in lines that wrap, why something is refused or how it is done."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from station.ui.face import BEHIND_NAME
from station.ui.lettering import LEFT, Line
from station.ui.painted import Painted
from station.ui.theme import Look, Theme


class Banner(Painted):
    """One thing that matters now, in large letters on the ground of its look."""

    def __init__(self, px: float, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._px, self._text, self._look = px, "", Look.ASK

    def show_text(self, text: str, look: Look) -> None:
        self._text, self._look = text, look
        self.setAccessibleName(text)
        self.update()

    def lines(self) -> tuple[Line, ...]:
        u = self.scale
        # In the regular face: it may hold a rare character of a name.
        return (
            Line(self._text, self.inside(24), self._px * u, 26 * u, bold=False, align=LEFT, one_line=False),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        pair, u = self.theme.looks[self._look], self.scale
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(pair.ink, 3 * u))
        painter.setBrush(pair.ground)
        painter.drawRoundedRect(self.inside(2), 10 * u, 10 * u)
        self.paint_lines(painter, pair.ink)
        painter.end()


class Note(Painted):
    """Letters of `px` as at 1366x768, or as much smaller as they must be, down to 20."""

    def __init__(self, px: float, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._px, self._text = px, ""

    def show_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.update()

    def lines(self) -> tuple[Line, ...]:
        u = self.scale
        # In the regular face: it may hold a rare character of a name.
        return (
            Line(self._text, self.inside(10), self._px * u, 20 * u, bold=False, align=LEFT, one_line=False),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_lines(painter, self.theme.colours["text"])
        painter.end()


class Somebody(Painted):
    """A name with its home in one row, as wide as there is room: cut so that the room's number is read."""

    def __init__(self, px: float, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._px, self._text = px, ""

    def show_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.update()

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        self.setFixedHeight(round(1.45 * self._px * scale))  # as a label's

    def lines(self) -> tuple[Line, ...]:
        if not self._text:
            return ()
        u = self.scale
        # In the regular face: it may hold a rare character of a name.
        return (Line(self._text, self.inside(0), self._px * u, 24 * u, False, LEFT, uncut=BEHIND_NAME),)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_lines(painter, self.theme.colours["text"])
        painter.end()
