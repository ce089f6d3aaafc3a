"""The thermal picture in a corner of the preview: somebody is there, and where they should stand.

It holds no degrees and shows none. Its colours run from blue to yellow and grow lighter all the way, as those
of cividis do, which people of any colour vision read alike (Nunez et al., PLoS ONE 13(7), 2018).
"""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF, qRgb
from PySide6.QtWidgets import QWidget

from station.core.model import ThermalView
from station.ui.lettering import Line
from station.ui.painted import Painted
from station.ui.theme import Look, Theme

STALE_S = 3.0  # an old picture would show somebody who has gone
_CAPTION = 34  # px at 1366x768
_BLACK, _WHITE = QColor("#000000"), QColor("#FFFFFF")
_CIVIDIS = (  # red, green, blue at equal steps
    (0, 34, 78),
    (42, 63, 109),
    (87, 93, 109),
    (125, 124, 120),
    (165, 156, 116),
    (210, 192, 96),
    (254, 232, 56),
)

# Shares of the picture's width and height:
OFF_CENTRE = 0.18  # from the middle of the picture to the middle of the face
TOO_SMALL = 0.22  # a face's height; at half a metre it is half the picture
TOO_LARGE = 0.85


class Hint(Enum):
    """What the person should do; sides are the picture's."""

    NONE = auto()  # nobody is there, or they stand well
    COME_CLOSER = auto()
    STEP_BACK = auto()
    MOVE_LEFT = auto()
    MOVE_RIGHT = auto()


def hint(view: ThermalView) -> Hint:
    """The one thing to say first: who is too far away is not told to step aside as well."""
    if view.face is None:
        return Hint.NONE
    left, _, width, height = view.face
    if height < TOO_SMALL * view.height:
        return Hint.COME_CLOSER
    if height > TOO_LARGE * view.height:
        return Hint.STEP_BACK
    off = (left + width / 2) / view.width - 0.5
    if abs(off) <= OFF_CENTRE:
        return Hint.NONE
    return Hint.MOVE_LEFT if off > 0 else Hint.MOVE_RIGHT


class ThermalPicture(Painted):
    """Drawn for 168x160 at 1366x768. Hidden while there is no fresh picture."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._view: ThermalView | None = None
        self._seen_at = 0.0
        self.hide()

    def show_view(self, view: ThermalView, now: float) -> None:
        """Take the newest picture, at monotonic time `now` (s)."""
        self._view, self._seen_at = view, now
        self.setAccessibleName(self._said())
        self.show()
        self.update()

    def tick(self, now: float) -> None:
        """Time passed, to monotonic time `now` (s)."""
        if self._view and now - self._seen_at > STALE_S:
            self._view = None
            self.hide()

    def lines(self) -> tuple[Line, ...]:
        u = self.scale
        box = QRectF(0, self.height() - _CAPTION * u, self.width(), _CAPTION * u)
        return (Line(self._said(), box.adjusted(6 * u, 0, -6 * u, -5 * u), 22 * u, 18 * u),)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), _BLACK)
        if self._view:
            box = self._picture_box()
            self._paint_warmth(painter, self._view, box)
            self._paint_face(painter, self._view, box)
            self._paint_words(painter, hint(self._view))
        painter.setPen(QPen(_WHITE, 2 * self.scale))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.inside(1))
        painter.end()

    def _said(self) -> str:
        asked = {
            Hint.COME_CLOSER: self.tr("请站近一点"),
            Hint.STEP_BACK: self.tr("请站远一点"),
            Hint.MOVE_LEFT: self.tr("请站到中间"),
            Hint.MOVE_RIGHT: self.tr("请站到中间"),
        }
        if self._view is None or self._view.face is None:
            return self.tr("没看到人")
        return asked.get(hint(self._view), self.tr("站得正好"))

    def _picture_box(self) -> QRectF:
        return QRectF(0, 0, self.width(), self.height() - _CAPTION * self.scale)

    def _paint_warmth(self, painter: QPainter, view: ThermalView, box: QRectF) -> None:
        image = QImage(view.shades, view.width, view.height, view.width, QImage.Format.Format_Indexed8)
        image.setColorTable(_PALETTE)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(box, image.convertToFormat(QImage.Format.Format_RGB32))
        painter.fillRect(box, QColor(0, 0, 0, round(255 * self.theme.preview_dim)))

    def _paint_face(self, painter: QPainter, view: ThermalView, box: QRectF) -> None:
        """A white frame on black around the face, and an arrow to where it should be."""
        if view.face is None:
            return
        left, top, width, height = view.face
        across, down = box.width() / view.width, box.height() / view.height
        frame = QRectF(left * across, top * down, width * across, height * down)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, thick in ((_BLACK, 5.0), (_WHITE, 2.5)):
            painter.setPen(QPen(colour, thick * self.scale))
            painter.drawRoundedRect(frame, 4 * self.scale, 4 * self.scale)
        towards = {Hint.MOVE_LEFT: -1, Hint.MOVE_RIGHT: 1}.get(hint(view))
        if towards:
            self._paint_arrow(painter, box.center(), towards)

    def _paint_arrow(self, painter: QPainter, tip: QPointF, towards: int) -> None:
        u = self.scale * towards
        shape = ((6, 0), (-14, -16), (-14, -6), (-34, -6), (-34, 6), (-14, 6), (-14, 16))
        painter.setPen(QPen(_BLACK, 2 * self.scale))
        painter.setBrush(_WHITE)
        painter.drawPolygon(QPolygonF([tip + QPointF(x * u, y * self.scale) for x, y in shape]))

    def _paint_words(self, painter: QPainter, asked: Hint) -> None:
        """In the colours of a question when somebody should move, never in those of a verdict."""
        urgent = self.theme.looks[Look.ASK]
        for line in self.lines():
            box = QRectF(0, self.height() - _CAPTION * self.scale, self.width(), _CAPTION * self.scale)
            painter.fillRect(box, _BLACK if asked is Hint.NONE else urgent.ground)
            painter.setPen(_WHITE if asked is Hint.NONE else urgent.ink)
            line.paint(painter)


def _colour(share: float) -> int:
    """The colour at this share of the way from the coolest to the warmest."""
    whole, part = divmod(min(share, 1 - 1e-9) * (len(_CIVIDIS) - 1), 1)
    one, other = _CIVIDIS[int(whole)], _CIVIDIS[int(whole) + 1]
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(one, other, strict=True))
    return qRgb(red, green, blue)


_PALETTE = [_colour(shade / 255) for shade in range(256)]
