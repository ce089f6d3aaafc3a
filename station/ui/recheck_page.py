"""The page with everybody who waits to be measured again: choose one, then the value is typed for them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QWidget

from station.ui import recheck_words
from station.ui.buttons import KeyButton, TouchButton
from station.ui.face import BEHIND_NAME
from station.ui.lettering import LEFT, RIGHT, Line
from station.ui.pages import Page
from station.ui.recheck_panel import paint_stage, stage_pair
from station.ui.recheck_words import Waiter
from station.ui.theme import Pair, Theme
from station.ui.touch import Touch

ROWS = 5
_NEXT = "0"


class WaiterButton(TouchButton):
    """One person: their key, the stage, the name, what was measured, and with what to measure next."""

    def __init__(self, key: str, theme: Theme, touch: Touch, parent: QWidget) -> None:
        super().__init__(touch, parent)
        self._key, self._theme, self._scale = key, theme, 1.0
        self._waiter: Waiter | None = None

    def dress(self, theme: Theme, scale: float) -> None:
        self._theme, self._scale = theme, scale
        self.update()

    def show_waiter(self, waiter: Waiter | None) -> None:
        if waiter != self._waiter:
            self._waiter = waiter
            self.setAccessibleName(", ".join(line.text for line in self.lines()))
            self.update()

    def lines(self) -> tuple[Line, ...]:
        one, u = self._waiter, self._scale
        if one is None:
            return ()
        height, width = self.height(), self.width()
        upper, lower = 0.06 * height, 0.52 * height
        left, middle = 150 * u, width * 0.56

        def box(x: float, y: float, right: float) -> QRectF:
            return QRectF(x, y, right - x, 0.44 * height)

        return (
            Line(self._key, self._key_box(), 26 * u, 20 * u),
            Line(
                one.whole_name, box(left, upper, middle), 34 * u, 24 * u, False, align=LEFT, uncut=BEHIND_NAME
            ),
            Line(one.state, box(middle, upper, width - 24 * u), 34 * u, 24 * u, align=RIGHT),
            Line(
                recheck_words.measured(one.line), box(left, lower, middle), 26 * u, 18 * u, False, align=LEFT
            ),
            Line(
                recheck_words.ask(one.line.ask),
                box(middle, lower, width - 24 * u),
                26 * u,
                18 * u,
                bold=False,
                align=RIGHT,
            ),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._waiter is None:
            return
        painter, u = QPainter(self), self._scale
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pair = stage_pair(self._theme, self._waiter)
        if self.isDown():
            pair = Pair(pair.ink, pair.ground)
        painter.setPen(QPen(self._theme.colours["border"], 2 * u))
        painter.setBrush(pair.ground)
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 10 * u, 10 * u)
        painter.setPen(QPen(pair.ink, 2 * u))
        painter.drawRoundedRect(self._key_box(), 5 * u, 5 * u)
        sign = 48 * u
        paint_stage(painter, self._waiter, QRectF(86 * u, (self.height() - sign) / 2, sign, sign), pair)
        painter.setPen(pair.ink)
        for line in self.lines():
            line.paint(painter)
        painter.end()

    def _key_box(self) -> QRectF:
        u = self._scale
        return QRectF(20 * u, self.height() / 2 - 22 * u, 48 * u, 44 * u)


class RecheckPage(Page):
    """Chooses a `RecheckLine`. The order is that of the list, so that nobody moves while a finger comes."""

    def __init__(self, theme: Theme, touch: Touch, doctor: str, parent: QWidget) -> None:
        super().__init__(theme, touch, parent)
        self._waiters: tuple[Waiter, ...] = ()
        self._first = 0
        self._tap = touch
        self.title.setText(self.tr("等着复测的人"))
        self._rows = [WaiterButton(str(row + 1), theme, touch, self) for row in range(ROWS)]
        for row, button in enumerate(self._rows):
            button.tapped.connect(lambda row=row: self._choose_row(row))
            self.body.addWidget(button, row, 0)
            self.body.setRowStretch(row, 1)
        self._next = KeyButton(self.tr("下一页"), _NEXT, touch, self)
        self._next.tapped.connect(self._turn)
        self.add_to_foot(self._next)
        call = QLabel(recheck_words.call(doctor), self)
        call.setObjectName("call")  # in the regular face: it may hold a name
        self.foot.addWidget(call)

    def open(self, now: float) -> None:
        self._first = 0
        self._show()
        super().open(now)

    def show_waiters(self, waiters: Sequence[Waiter]) -> None:
        """Everybody who waits now. When somebody comes or goes, a finger on its way hits nobody."""
        before = [one.line.key for one in self._waiters]
        self._waiters = tuple(waiters)
        if self.isVisible() and before != [one.line.key for one in waiters]:
            self._tap.hold()
        self._show()

    def type(self, character: str, now: float) -> None:
        super().type(character, now)
        if character == _NEXT:
            self._turn()
        elif character in {str(row + 1) for row in range(ROWS)}:
            self._choose_row(int(character) - 1)

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        for button in self._rows:
            button.dress(theme, scale)

    def _choose_row(self, row: int) -> None:
        if self._first + row < len(self._waiters):
            self._choose(self._waiters[self._first + row].line)

    def _turn(self) -> None:
        self._first += ROWS
        self.stay()
        self._show()

    def _show(self) -> None:
        if self._first >= len(self._waiters):
            self._first = 0
        shown = self._waiters[self._first : self._first + ROWS]
        for row, button in enumerate(self._rows):
            button.show_waiter(shown[row] if row < len(shown) else None)
            button.setEnabled(row < len(shown))
        self._next.setVisible(len(self._waiters) > ROWS)
