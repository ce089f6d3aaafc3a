"""Buttons for gloves: large, never focused, acting on release, deaf to a bouncing finger."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from station.core.model import Severity
from station.ui import words
from station.ui.face import VERDICT_LOOKS, VERDICT_SHAPES
from station.ui.lettering import Line
from station.ui.shapes import paint_shape
from station.ui.theme import Pair, Theme
from station.ui.touch import Touch
from station.ui.wireframe import scale as scale_of

LEAST_PX = 76  # 20 mm at the usual 0.25 mm a pixel: right even standing (Colle & Hiszem 2004)
_MARGIN, _SPACING = 9, 14  # px, round a label and between it and its key
_FITS = 1280 / 1366  # the smallest window in which so large a button has its place everywhere


class TouchButton(QPushButton):
    """`tapped` comes once a touch, on release."""

    tapped = Signal()

    def __init__(self, touch: Touch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a scanner's ENTER presses the focused button
        self.setMinimumSize(LEAST_PX, LEAST_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._touch, self._room = touch, 1.0
        self.clicked.connect(self._tap)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:  # whoever changes the letters' size says so by the sheet
            self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        self._fit()
        super().showEvent(event)

    def _fit(self) -> None:
        """In a window that is smaller (a screen shown at 150 % or 200 %) no key lies over the next one."""
        room = min(1.0, scale_of(self.window().size()) / _FITS)
        if room != self._room:
            before, self._room = self._room, room
            self._take_room(room, before)

    def _take_room(self, room: float, before: float) -> None:
        """At least as large as in a usual window times `room`; whoever fixed its size goes on doing so."""
        least, former = round(LEAST_PX * room), round(LEAST_PX * before)
        if self.minimumWidth() == former:
            self.setMinimumWidth(least)
        if self.minimumHeight() == former:
            self.setMinimumHeight(least)

    def _tap(self) -> None:
        if self._touch.counts():
            self.tapped.emit()


class Tile(TouchButton):
    """A plain value, e.g. 36.5."""

    def __init__(self, touch: Touch, parent: QWidget | None = None) -> None:
        super().__init__(touch, parent)
        self.setObjectName("tile")

    def show_text(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleName(text)


class KeyButton(TouchButton):
    """A label and the key that does the same, if there is one."""

    def __init__(self, label: str, key: str, touch: Touch, parent: QWidget | None = None) -> None:
        super().__init__(touch, parent)
        self._key, self._label = key, _part(label, "label")
        self.show_label(label)
        row = self._row = QHBoxLayout(self)
        row.setSpacing(_SPACING)
        row.addStretch()
        row.addWidget(self._label, 0, Qt.AlignmentFlag.AlignVCenter)
        if key:
            row.addWidget(_part(key, "keycap"), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch()

    def _take_room(self, room: float, before: float) -> None:
        super()._take_room(room, before)
        margin = round(_MARGIN * room * room)  # letters are whole pixels and shrink by less than the key
        self._row.setContentsMargins(margin, margin, margin, margin)
        self._row.setSpacing(round(_SPACING * room))

    def show_label(self, label: str) -> None:
        self._label.setText(label)
        self.setAccessibleName(f"{label} {self._key}".strip())

    def wear(self, name: str, value: object) -> None:
        """The colours that the style sheet has for this property."""
        self.setProperty(name, value)
        for part in (self, *self.findChildren(QLabel)):  # Qt asks for a property's style only once
            part.style().unpolish(part)
            part.style().polish(part)


class Switch(KeyButton):
    """On or off, by its mark and by its colour; whoever owns it turns it."""

    def __init__(self, label: str, key: str, touch: Touch, parent: QWidget | None = None) -> None:
        super().__init__(label, key, touch, parent)
        self.setObjectName("switch")
        self._text = label
        self.turn(on=False)

    def turn(self, *, on: bool) -> None:
        self.show_label(f"{'●' if on else '○'} {self._text}")
        self.wear("on", on)


class SmallKeyButton(TouchButton):
    """A command that is not the volunteer's: its label over its key, in small letters."""

    def __init__(self, label: str, key: str, touch: Touch, parent: QWidget | None = None) -> None:
        super().__init__(touch, parent)
        self.setObjectName("small")
        self._key, self._label = key, _part(label, "small")
        self.show_label(label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(2)
        for part in (self._label, _part(key, "key")):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignCenter)

    def show_label(self, label: str) -> None:
        self._label.setText(label)
        self.setAccessibleName(f"{label} {self._key}")


class VerdictButton(TouchButton):
    """A verdict to choose: its shape, its word and its key, in its colours."""

    def __init__(self, severity: Severity, key: str, theme: Theme, touch: Touch, parent: QWidget) -> None:
        super().__init__(touch, parent)
        self._severity, self._key, self._theme, self._scale = severity, key, theme, 1.0
        self.show_note("")

    def show_note(self, note: str) -> None:
        """What is to be known before it is chosen."""
        self._note = note
        parts = (words.verdict(self._severity).text, note, self._key)
        self.setAccessibleName(" ".join(part for part in parts if part))
        self.update()

    def dress(self, theme: Theme, scale: float) -> None:
        self._theme, self._scale = theme, scale
        self.update()

    def lines(self) -> tuple[Line, ...]:
        u, middle = self._scale, self.height() / 2
        word = QRectF(20 * u, middle, self.width() - 40 * u, 110 * u)
        key = QRectF(0, self.height() - 60 * u, self.width(), 40 * u)
        note = QRectF(16 * u, middle + 116 * u, self.width() - 32 * u, 44 * u)
        return (
            Line(words.verdict(self._severity).text, word, 84 * u, 48 * u),
            Line(self._note, note, 30 * u, 22 * u),
            Line(self._key if self.isEnabled() else "", key, 28 * u, 22 * u),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        pair = self._theme.looks[VERDICT_LOOKS[self._severity]]
        if self.isDown():
            pair = Pair(pair.ink, pair.ground)
        if not self.isEnabled():
            pair = Pair(self._theme.colours["window"], self._theme.colours["text"])
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pair.ink)
        painter.setBrush(pair.ground)
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 10 * self._scale, 10 * self._scale)
        size = 130 * self._scale
        box = QRectF((self.width() - size) / 2, self.height() / 2 - size - 20 * self._scale, size, size)
        paint_shape(painter, VERDICT_SHAPES[self._severity], box, pair)
        painter.setPen(pair.ink)
        for line in self.lines():
            line.paint(painter)
        painter.end()


def _part(text: str, name: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return label
