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
from station.ui.face import BEHIND_NAME, Face, waiting
from station.ui.lettering import Line
from station.ui.painted import Painted
from station.ui.shapes import paint_shape
from station.ui.stage import Scene
from station.ui.strip import HEIGHT, Strip
from station.ui.theme import Look, Pair, Theme

_MARGIN = 32.0
_MARKED_STEP = 74.0  # height of the next step: two lines in English
_PLAIN_STEP = 50.0
_LARGE_MARKED_STEP, _LARGE_PLAIN_STEP = 104.0, 64.0
_LARGE_HEAD = 262.0  # to here shape and headline stand side by side


class VerdictPanel(Painted):
    """Drawn for 656x596 at 1366x768, or large for 872x566, without the headline in the other language.

    Text boxes shrink their letters before anything is cut.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._scene = Scene(waiting(Waiting(Phase.IDLE)))
        self._now, self._large = 0.0, False
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

    def show_large(self, large: bool) -> None:
        """For old eyes."""
        self._large = large
        self.update()

    def remaining(self) -> float | None:
        """Seconds until the face goes by itself; None if it stays."""
        until = self.face.until
        return None if until is None else max(0.0, until - self._now)

    def lines(self) -> tuple[Line, ...]:
        """Every text on the panel, each in its box."""
        face, u = self.face, self.scale
        lines = [
            self._headline_line(),
            Line("" if self._large else face.headline.other, self._wide(298, 42), 36 * u, 24 * u),
            self._person_line(),
            self._reason_line(),
            self._step_line(),
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
        if self._large:
            size = min(170.0, _LARGE_HEAD - self._top() - 20)
            return self.box(_MARGIN + 10, self._top() + (_LARGE_HEAD - self._top() - size) / 2, size, size)
        size = 62.0 if self._scene.former else 92.0
        return self.box((self.width() / self.scale - size) / 2, self._top(), size, size)

    def _headline_box(self) -> QRectF:
        if self._large:
            left = self._shape_box().right() / self.scale + 30
            width, top = self.width() / self.scale - _MARGIN - left, self._top() - 6
            return self.box(left, top, width, _LARGE_HEAD - top)
        top = self._shape_box().bottom() / self.scale
        return self._wide(top, 294 - top)

    def _bottom(self) -> float:
        """Below the sentences; a time bar takes its part."""
        return self.height() / self.scale - (26.0 if self.remaining() is None else 60.0)

    def _step_box(self) -> QRectF:
        marked, plain = (
            (_LARGE_MARKED_STEP, _LARGE_PLAIN_STEP) if self._large else (_MARKED_STEP, _PLAIN_STEP)
        )
        height = marked if self._step_is_marked() else plain
        return self._wide(self._bottom() - height, height)

    # --- the sentences ------------------------------------------------------------------------

    def _headline_line(self) -> Line:
        text, box, u = self.face.headline.text, self._headline_box(), self.scale
        if self._large:
            return Line(text, box, min(236 * u, 0.94 * box.height()), 72 * u)
        return Line(text, box, 168 * u, 48 * u)

    def _person_line(self) -> Line:
        u = self.scale
        if self._large:
            return Line(self.face.person, self._wide(264, 46), 38 * u, 24 * u, bold=False, uncut=BEHIND_NAME)
        return Line(self.face.person, self._wide(342, 38), 30 * u, 22 * u, bold=False, uncut=BEHIND_NAME)

    def _reason_line(self) -> Line:
        u, person = self.scale, bool(self.face.person)
        top = (310.0 if person else 268.0) if self._large else (380.0 if person else 350.0)
        box = self._wide(top, self._step_box().top() / u - 4 - top)
        px, least = (44, 24) if self._large else (34, 22)
        return Line(self.face.reason, box, px * u, least * u, one_line=False)

    def _step_line(self) -> Line:
        u = self.scale
        px, least = (44, 26) if self._large else (32, 22)
        box = self._step_box().adjusted(12 * u, 0, -12 * u, 0)
        return Line(self.face.step, box, px * u, least * u, one_line=False)

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
