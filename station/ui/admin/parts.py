"""The parts that sections are made of: buttons, fields, labels, and a question that is asked in its place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPolygonF, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)


class Command(QPushButton):
    """A button of a section. `name` picks its looks: command, main (the one to press), danger."""

    def __init__(self, text: str, act: Callable[[], None], name: str = "command") -> None:
        super().__init__(text)
        self.setObjectName(name)
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda checked: act())


class Field(QLineEdit):
    """One line to type in. `plain`: digits and latin letters, so that no input method comes up for it."""

    def __init__(self, hint: str, *, plain: bool = False) -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        if plain:
            self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)


class Switch(QPushButton):
    """A button that stays down: `toggled` says whether it is."""

    def __init__(self, text: str, name: str = "choice") -> None:
        super().__init__(text)
        self.setObjectName(name)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)


class Picker(QComboBox):
    """One of several, with an arrow that every theme shows."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        for changed in (self.model().rowsInserted, self.model().rowsRemoved, self.model().modelReset):
            changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Room for the longest, where there is any: what is chosen is read in full."""
        hint, letters = super().sizeHint(), self.fontMetrics()
        longest = max((letters.horizontalAdvance(self.itemText(n)) for n in range(self.count())), default=0)
        return QSize(max(hint.width(), longest + 2 * hint.height()), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = self.height() / 4
        right, top = self.width() - 0.8 * side, self.height() / 2 - side / 4
        arrow = (QPointF(right - side, top), QPointF(right, top), QPointF(right - side / 2, top + 0.6 * side))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().text())
        painter.drawPolygon(QPolygonF(arrow))
        painter.end()


def label(text: str = "", name: str = "text", *, wrap: bool = False) -> QLabel:
    """A text; `name` picks its looks: text, title, note, big."""
    made = QLabel(text)
    made.setObjectName(name)
    made.setWordWrap(wrap)
    return made


def row(*widgets: QWidget | None) -> QHBoxLayout:
    """Side by side; None is the room that is left."""
    layout = QHBoxLayout()
    for widget in widgets:
        if widget is None:
            layout.addStretch()
        else:
            layout.addWidget(widget)
    return layout


class Asking(QFrame):
    """Something is asked in a frame of its own. While it is open, no other button of the page is filled:

    the one that is pressed next stands out, and nobody presses the one that opened the frame again.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("question")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        _fill_only_answers(self.window())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        _fill_only_answers(self.window())


def _fill_only_answers(page: QWidget) -> None:
    """Where nothing is asked, all are filled again."""
    asking = [one for one in page.findChildren(Asking) if one.isVisible()]
    for command in page.findChildren(Command, "main"):
        quiet = bool(asking) and not any(one.isAncestorOf(command) for one in asking)
        if bool(command.property("quiet")) != quiet:
            command.setProperty("quiet", quiet)
            command.style().unpolish(command)
            command.style().polish(command)


class Question(Asking):
    """Asked where it belongs, without a dialog; nothing happens until it is answered.

    The button that does nothing comes first and has the focus.
    """

    answered = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._act: Callable[[], None] | None = None
        self._text = label(wrap=True)
        self._no = Command(self.tr("不用了"), lambda: self.answer(yes=False))
        self._yes = Command("", lambda: self.answer(yes=True), "danger")
        line = QHBoxLayout(self)
        line.addWidget(self._text, 1)
        line.addWidget(self._no)
        line.addWidget(self._yes)
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def ask(self, text: str, yes: str, act: Callable[[], None]) -> None:
        """`yes` says what happens, e.g. 作废; `act` does it."""
        self._act = act
        self._text.setText(text)
        self._yes.setText(yes)
        self.show()
        self._no.setFocus()

    def answer(self, *, yes: bool) -> None:
        act, self._act = self._act, None
        self.hide()
        if yes and act:
            act()
        self.answered.emit(yes)
