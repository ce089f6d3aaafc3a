"""One verdict in one row: shape, word, reason. It stays in sight while something else has the panel."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from station.ui.face import Face
from station.ui.lettering import LEFT, Line
from station.ui.painted import Painted
from station.ui.shapes import paint_shape
from station.ui.theme import Theme

HEIGHT = 56.0


class Strip(Painted):
    """Invisible while there is nothing to show."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._face: Face | None = None
        self.hide()

    def show_face(self, face: Face | None) -> None:
        if face != self._face:
            self._face = face
            self.setVisible(face is not None)
            self.setAccessibleName(face.spoken() if face else "")
            self.update()

    def lines(self) -> tuple[Line, ...]:
        if self._face is None:
            return ()
        u = self.scale
        room = self.inside(0).adjusted(66 * u, 0, -14 * u, 0)
        return (Line(self._text(self._face), room, 26 * u, 20 * u, align=LEFT),)

    def _text(self, face: Face) -> str:
        verdict = self.tr("刚才：{verdict}").format(verdict=face.headline.text)
        first_reason = face.reason.partition("\n")[0]
        return f"{verdict} · {first_reason}" if first_reason else verdict

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._face is None:
            return
        painter = QPainter(self)
        pair = self.theme.looks[self._face.look]
        painter.fillRect(self.rect(), pair.ground)
        paint_shape(painter, self._face.shape, self.box(18, (HEIGHT - 36) / 2, 36, 36), pair)
        self.paint_lines(painter, pair.ink)
        painter.end()
