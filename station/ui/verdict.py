"""The verdict panel: shape, two large words, why, what to do, and a bar for the time that is left.

It paints the `Scene` it is given; which scene that is, `stage` knows.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from station.core.outcome import Phase, Waiting
from station.ui import ages
from station.ui.face import Face, waiting
from station.ui.lettering import Line
from station.ui.painted import Painted
from station.ui.shapes import paint_shape
from station.ui.stage import Scene
from station.ui.strip import HEIGHT, Strip
from station.ui.theme import Look, Pair, Theme

_MARGIN = 32.0
_MARKED_STEP = 74.0  # height of the next step: two lines in English
_PLAIN_STEP = 50.0


class VerdictPanel(Painted):
    """Drawn for 656x596 at 1366x768. Text boxes shrink their letters before anything is cut."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._scene = Scene(waiting(Waiting(Phase.IDLE)))
        self._now = 0.0
        self.former = Strip(theme, self)
        self.setAccessibleName(self._scene.face.spoken())

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        self.former.dress(theme, scale)
        self._place_former()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_former()

    @property
    def face(self) -> Face:
        return self._scene.face

    def show_scene(self, scene: Scene, now: float) -> None:
        """Show a scene at monotonic time `now` (s); a new face is also announced to screen readers."""
        changed = scene.face != self._scene.face
        if changed or scene != self._scene or scene.face.until is not None:
            self.update()
        self._scene, self._now = scene, now
        self.former.show_face(scene.former)
        if changed:
            self.setAccessibleName(scene.face.spoken())
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, scene.face.spoken()))

    def remaining(self) -> float | None:
        """Seconds until the face goes by itself; None if it stays."""
        until = self.face.until
        return None if until is None else max(0.0, until - self._now)

    def lines(self) -> tuple[Line, ...]:
        """Every text on the panel, each in its box."""
        face, u = self.face, self.scale
        lines = [
            Line(face.headline.text, self._headline_box(), 168 * u, 48 * u),
            Line(face.headline.other, self._wide(298, 42), 36 * u, 24 * u),
            self._person_line(),
            self._reason_line(),
            Line(face.step, self._step_box().adjusted(12 * u, 0, -12 * u, 0), 32 * u, 22 * u, one_line=False),
            self._countdown_line(),
        ]
        return tuple(line for line in lines if line.text)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pair = self.theme.looks[self.face.look]
        self._paint_ground(painter, pair)
        paint_shape(painter, self.face.shape, self._shape_box(), pair)
        self._paint_step(painter, pair)
        self._paint_bar(painter, pair)
        for line in self.lines():
            painter.setPen(self._ink_of(line, pair))
            line.paint(painter)
        painter.end()

    def _place_former(self) -> None:
        self.former.setGeometry(0, 0, self.width(), round(HEIGHT * self.scale))

    # --- where things are, as at 1366x768 -----------------------------------------------------

    def _wide(self, y: float, height: float) -> QRectF:
        return self.box(_MARGIN, y, self.width() / self.scale - 2 * _MARGIN, height)

    def _top(self) -> float:
        return HEIGHT + 14.0 if self._scene.former else 24.0

    def _shape_box(self) -> QRectF:
        size = 62.0 if self._scene.former else 92.0
        return self.box((self.width() / self.scale - size) / 2, self._top(), size, size)

    def _headline_box(self) -> QRectF:
        top = self._shape_box().bottom() / self.scale
        return self._wide(top, 294 - top)

    def _bottom(self) -> float:
        """Below the sentences; a time bar takes its part."""
        return self.height() / self.scale - (26.0 if self.remaining() is None else 60.0)

    def _step_box(self) -> QRectF:
        height = _MARKED_STEP if self._step_is_marked() else _PLAIN_STEP
        return self._wide(self._bottom() - height, height)

    # --- the sentences ------------------------------------------------------------------------

    def _person_line(self) -> Line:
        return Line(self.face.person, self._wide(342, 38), 30 * self.scale, 22 * self.scale, bold=False)

    def _reason_line(self) -> Line:
        top = 380.0 if self.face.person else 350.0
        box = self._wide(top, self._step_box().top() / self.scale - 4 - top)
        return Line(self.face.reason, box, 34 * self.scale, 22 * self.scale, one_line=False)

    def _countdown_line(self) -> Line:
        remaining, bottom = self.remaining(), self.height() / self.scale
        text = "" if remaining is None else ages.left(math.ceil(remaining))
        return Line(text, self._wide(bottom - 59, 28), 22 * self.scale, 20 * self.scale)

    # --- painting -----------------------------------------------------------------------------

    def _paint_ground(self, painter: QPainter, pair: Pair) -> None:
        painter.fillRect(self.rect(), pair.ground)
        pen = QPen(pair.ink, 4 * self.scale)
        if self.face.look is Look.FAILURE:  # a broken frame: it is the station that failed, not the person
            pen.setDashPattern([6, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        covered = HEIGHT * self.scale if self._scene.former else 0.0
        painter.drawRect(self.inside(8).adjusted(0, covered, 0, 0))

    def _paint_step(self, painter: QPainter, pair: Pair) -> None:
        """What to do now stands on its own ground, unless it is a plain welcome."""
        if self._step_is_marked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(pair.ink)
            painter.drawRoundedRect(self._step_box(), 10 * self.scale, 10 * self.scale)

    def _step_is_marked(self) -> bool:
        return bool(self.face.step) and self.face.look not in (Look.PASS, Look.IDLE)

    def _paint_bar(self, painter: QPainter, pair: Pair) -> None:
        """The time that is left; it shrinks and never blinks."""
        remaining, face = self.remaining(), self.face
        if remaining is None or face.until is None or face.until <= face.since:
            return
        full = self._wide(self.height() / self.scale - 28, 8)
        left = QRectF(full)
        left.setWidth(full.width() * min(1.0, remaining / (face.until - face.since)))
        painter.fillRect(left, pair.ink)

    def _ink_of(self, line: Line, pair: Pair) -> QColor:
        on_mark = self._step_is_marked() and line.text == self.face.step
        return pair.ground if on_mark else pair.ink
