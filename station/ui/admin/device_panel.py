"""What is known and done about one device: a title, a live reading or picture, a sentence, and commands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from station.core.model import DeviceEvent, DeviceStatus, Reading, Sample, Scan, View
from station.ui.admin import device_words
from station.ui.admin.parts import Command, label
from station.ui.theme import Theme

STALE_MS = 2500  # a reading that is older is not a live one


class Picture(QWidget):
    """A camera's picture, small."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._view: View | None = None  # QImage does not own its pixels
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def shows_something(self) -> bool:
        return self._image is not None

    def show_view(self, view: View | None) -> None:
        """None: no picture yet."""
        self._view, self._image = view, None
        if view:
            stride = 3 * view.width
            self._image = QImage(view.pixels, view.width, view.height, stride, QImage.Format.Format_BGR888)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.black)
        if self._image:
            size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            box = self.rect()
            box.setSize(size)
            box.moveCenter(self.rect().center())
            painter.drawImage(box, self._image)
        painter.end()


class DevicePanel(QFrame):
    """Shows what a trial or the gate publishes about one device."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.title = label(name="heading")
        self.place = label(name="note")
        self.big = label(name="reading")
        self.about = label(name="note", wrap=True)
        self.picture = Picture()
        self.sentence = label(wrap=True)
        self.detail = label(name="note", wrap=True)  # technical, for whoever is called for help
        self._commands: list[Command] = []
        self._column, self._foot = QVBoxLayout(self), QHBoxLayout()
        for part in (self.title, self.place, self.big, self.about):
            self._column.addWidget(part)
        self._column.addWidget(self.picture, 1)
        self._column.addWidget(self.sentence)
        self._column.addWidget(self.detail)
        self._column.addStretch(0)
        self._column.addLayout(self._foot)
        self._stale = QTimer(self, interval=STALE_MS)
        self._stale.setSingleShot(True)
        self._stale.timeout.connect(self._grow_stale)
        self.clear()

    @property
    def commands(self) -> list[Command]:
        return list(self._commands)

    def clear(self, title: str = "", place: str = "") -> None:
        """Another device, of which nothing is known yet."""
        for part, text in ((self.title, title), (self.place, place)):
            part.setText(text)
            part.setVisible(bool(text))
        self.say("")
        self.picture.show_view(None)
        self.picture.hide()
        self.big.hide()
        self.about.hide()
        self._stale.stop()
        self.offer()

    def say(self, sentence: str, *, trouble: bool = False, detail: str = "") -> None:
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))
        self.sentence.setObjectName("trouble" if trouble else "text")
        self.sentence.style().unpolish(self.sentence)
        self.sentence.style().polish(self.sentence)
        self.sentence.setText(sentence)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def offer(self, *commands: Command) -> None:
        """These and no other commands."""
        for old in self._commands:
            self._foot.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._commands = list(commands)
        for command in commands:
            self._foot.addWidget(command)

    def show_reading(self, reading: Reading, family: str) -> None:
        """A live reading; it counts as one for a few seconds."""
        self.big.setText(device_words.degrees(reading))
        self.about.setText(device_words.about_reading(reading, family))
        self.big.show()
        self.about.show()
        self._stale.start()

    def take(self, event: DeviceEvent, hear_code: Callable[[Scan], None]) -> None:
        """An event of this device."""
        match event:
            case Sample():
                self.show_reading(event.reading, event.instrument.family)
            case View():
                self.picture.show()
                self.picture.show_view(event)
            case Scan():
                hear_code(event)
            case DeviceStatus():
                pass

    def _grow_stale(self) -> None:
        self.big.setText("— —")
        self.about.setText(self.tr("现在没有读数"))

    def dress(self, theme: Theme, scale: float) -> None:
        gap = round(18 * scale)
        self._column.setContentsMargins(gap, gap, gap, gap)
        self._column.setSpacing(round(10 * scale))
        self._foot.setSpacing(round(10 * scale))
