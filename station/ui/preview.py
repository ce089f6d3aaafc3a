"""The camera's picture with the codes found in it, or words in its place. Holds one frame, no queue."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from station.core.model import DeviceKind, DeviceState, DeviceStatus, Found, View
from station.ui import words
from station.ui.lettering import Line
from station.ui.painted import Painted
from station.ui.theme import Look, Theme

_BLACK, _WHITE = QColor("#000000"), QColor("#FFFFFF")
_CORNER = 0.28  # of a code's side is drawn at each of its corners
_ONE_LINE = 18  # characters: more may not fit beside each other where the picture is small
_FAILED = (DeviceState.SILENT, DeviceState.LOST, DeviceState.ABSENT)


class Preview(Painted):
    """Shows the newest `View`; `painted` tells that the next one may come."""

    painted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._view: View | None = None
        self._image: QImage | None = None
        self._status: DeviceStatus | None = None
        self._notice = self._announcement = self._queue = ""
        self._asking, self._narrow = True, False
        self._name_it()

    def show_large(self, large: bool) -> None:
        """Where everything is large the picture is small, and its words take two lines."""
        self._narrow = large
        self.update()

    def show_view(self, view: View) -> None:
        """Take the newest frame. The image lies on the view's own bytes, so the view is kept with it."""
        self._view = view
        self._image = QImage(
            view.pixels, view.width, view.height, 3 * view.width, QImage.Format.Format_BGR888
        )
        self.update()

    def show_status(self, status: DeviceStatus) -> None:
        """The camera's health: without data, words take the place of the last picture."""
        self._status = status
        self._name_it()
        self.update()

    def show_notice(self, notice: str) -> None:
        """A sentence for the volunteer in place of the usual hint; "" takes it away."""
        if notice != self._notice:
            self._notice = notice
            self._name_it()
            self.update()

    def show_announcement(self, announcement: str) -> None:
        """What stays until somebody has looked into it, while nothing else is said; "" takes it away."""
        if announcement != self._announcement:
            self._announcement = announcement
            self._name_it()
            self.update()

    def show_queue(self, queue: str) -> None:
        """That people stand in a queue, while there is nothing else to say; "" takes it away."""
        if queue != self._queue:
            self._queue = queue
            self._name_it()
            self.update()

    def ask_for_code(self, asking: bool) -> None:
        """Whether a code is awaited; the hint how to hold it would only confuse at any other moment."""
        if asking != self._asking:
            self._asking = asking
            self._name_it()
            self.update()

    def lines(self) -> tuple[Line, ...]:
        u = self.scale
        box = self._caption_box().adjusted(16 * u, 0, -16 * u, 0)
        named = bool(self._notice)  # it may hold a rare character of a name, which the bold face lacks
        caption = Line(self._caption(), box, 24 * u, 20 * u, bold=not named, one_line=not self._narrow)
        if self._live():
            return (caption,) if caption.text else ()
        return (*((caption,) if self._notice or self._announcement else ()), *self._trouble_lines())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#14181D"))
        if self._live():
            self._paint_picture(painter)
        self._paint_words(painter)
        painter.end()
        self.painted.emit()

    def _live(self) -> bool:
        return self._image is not None and self._state() is DeviceState.WORKING

    def _state(self) -> DeviceState:
        return self._status.state if self._status else DeviceState.SEARCHING

    # --- the picture --------------------------------------------------------------------------

    def _paint_picture(self, painter: QPainter) -> None:
        assert self._view is not None
        assert self._image is not None
        box = self._picture_box(self._view)
        painter.drawImage(box, self._image)
        dim = QColor(0, 0, 0, round(255 * self.theme.preview_dim))
        painter.fillRect(box, dim)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for found in self._view.found:
            self._paint_found(painter, found, box, box.width() / self._view.width)

    def _picture_box(self, view: View) -> QRectF:
        """The whole widget filled, the picture's proportions kept, the rest cut off evenly."""
        enlarge = max(self.width() / view.width, self.height() / view.height)
        width, height = view.width * enlarge, view.height * enlarge
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)

    def _paint_found(self, painter: QPainter, found: Found, box: QRectF, enlarge: float) -> None:
        """White corners on black, readable on any picture; the whole frame once the code is confirmed."""
        corners = [box.topLeft() + QPointF(x, y) * enlarge for x, y in found.corners]
        strokes = [[*corners, corners[0]]] if found.confirmed else _corner_strokes(corners)
        for colour, width in ((_BLACK, 9.0), (_WHITE, 5.0)):
            pen = QPen(colour, width * self.scale)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            for stroke in strokes:
                painter.drawPolyline(QPolygonF(stroke))

    # --- the words ----------------------------------------------------------------------------

    def _caption(self) -> str:
        if self._notice:
            return self._notice
        if self._crowded():
            return self.tr("一次只亮一个码")
        if self._too_small():
            return self.tr("请把码再靠近一点")
        if self._announcement:
            return self._announcement
        return self.tr("请把健康码对准摄像头") if self._asking and not self._queue else self._queue

    def _crowded(self) -> bool:
        return self._live() and self._view is not None and self._view.crowded

    def _too_small(self) -> bool:
        return self._live() and self._view is not None and self._view.too_small

    def _caption_box(self) -> QRectF:
        height = self._caption_px() * self.scale
        return QRectF(0, self.height() - height, self.width(), height)

    def _caption_px(self) -> float:
        return 74.0 if self._narrow and len(self._caption()) > _ONE_LINE else 46.0

    def _trouble_lines(self) -> tuple[Line, ...]:
        u, state = self.scale, self._state()
        middle = (self.height() - self._caption_px() * u) / 2
        box = QRectF(24 * u, middle - 60 * u, self.width() - 48 * u, 60 * u)
        what = Line(words.device(DeviceKind.CAMERA, state), box, 44 * u, 28 * u)
        if state not in _FAILED:
            return (what,)
        below = box.translated(0, 64 * u)
        wraps = self._narrow
        advice = Line(
            words.device_advice(DeviceKind.CAMERA),
            below,
            28 * u,
            (18 if wraps else 22) * u,
            one_line=not wraps,
        )
        return (what, advice)

    def _paint_words(self, painter: QPainter) -> None:
        """Captions lie on black, urgent ones in the colours of a RECHECK."""
        urgent = self.theme.looks[Look.RECHECK]
        asking = bool(self._notice or self._announcement) or self._crowded() or self._too_small()
        if asking or (self._live() and self._caption()):
            painter.fillRect(self._caption_box(), urgent.ground if asking else _BLACK)
        for line in self.lines():
            painter.setPen(urgent.ink if asking and line.text == self._caption() else _WHITE)
            line.paint(painter)

    def _name_it(self) -> None:
        """Screen readers hear the value, not just the name of the field."""
        self.setAccessibleName(f"{words.device(DeviceKind.CAMERA, self._state())}, {self._caption()}")


def _corner_strokes(corners: list[QPointF]) -> list[list[QPointF]]:
    """A short angle at every corner."""
    around = zip(corners[-1:] + corners[:-1], corners, corners[1:] + corners[:1], strict=True)
    return [[_towards(corner, before), corner, _towards(corner, after)] for before, corner, after in around]


def _towards(corner: QPointF, other: QPointF) -> QPointF:
    return corner + (other - corner) * _CORNER
