"""A key or a button that means it only when it is held: a ring fills, and letting go early does nothing.

A scanner types and never holds a key; a sleeve on the keyboard holds for a moment only.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from station.ui.lettering import CENTRE, Line
from station.ui.painted import Painted
from station.ui.theme import Look, Theme

HOLD_S = 1.5
SHOWN_AFTER_S = 0.15  # what is only tapped shows nothing
BLINK_S = 0.12  # a key that repeats may look as if it were let go between two repetitions, under X11
STEP_MS = 30
RING_PX = 320.0


class Holding(QObject):
    """`held` comes once, when it was held for long enough; `turned` tells how far it is, 0 to 1."""

    held = Signal()
    turned = Signal(float)

    def __init__(self, monotonic: Callable[[], float], parent: QObject) -> None:
        super().__init__(parent)
        self._monotonic, self._since = monotonic, float("inf")
        self._loose = float("inf")  # when it was let go, if it was
        self._timer = QTimer(self, interval=STEP_MS)
        self._timer.timeout.connect(self.tick)

    @property
    def is_on(self) -> bool:
        return self._since != float("inf")

    @property
    def shows(self) -> bool:
        """Whether it is held for longer than any scanner types."""
        return self.is_on and self._monotonic() - self._since >= SHOWN_AFTER_S

    def begin(self) -> None:
        """Or go on, if it was let go for a blink only."""
        self._loose = float("inf")
        if not self.is_on:
            self._since = self._monotonic()
            self._timer.start()

    def let_go(self) -> None:
        """Early: nothing has happened."""
        if self.is_on:
            self._end()

    def loosen(self) -> None:
        """Let go, unless it begins again at once."""
        self._loose = min(self._loose, self._monotonic())

    def tick(self) -> None:
        now = self._monotonic()
        passed = now - self._since
        if now - self._loose >= BLINK_S:
            self._end()
        elif self._loose != float("inf"):
            return
        elif passed >= HOLD_S:
            self._end()
            self.held.emit()
        elif passed >= SHOWN_AFTER_S:
            self.turned.emit(passed / HOLD_S)

    def _end(self) -> None:
        self._since = self._loose = float("inf")
        self._timer.stop()
        self.turned.emit(0.0)


class HeldKey(QObject):
    """An event filter in front of the window's `Keys`: this key held down, whatever else it does when typed.

    Any other key meanwhile is a scanner's or a person's typing, and ends it.
    """

    def __init__(self, key: Qt.Key, holding: Holding) -> None:
        super().__init__(holding)
        self._key, self._holding = key, holding

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QKeyEvent):
            return self._key_event(event)
        if kind in (QEvent.Type.WindowDeactivate, QEvent.Type.FocusOut, QEvent.Type.Hide):
            self._holding.let_go()
        return False

    def _key_event(self, event: QKeyEvent) -> bool:
        """While it is held its repetitions type nothing.

        X11 tells each repetition as a release and a press. Qt calls them repeated only where both came
        together: on a busy PC they do not.
        """
        ours, repeated = event.key() == self._key, event.isAutoRepeat()
        if event.type() is QEvent.Type.KeyPress:
            again = repeated or self._holding.shows
            if not ours:
                self._holding.let_go()
            elif not repeated:
                self._holding.begin()
            return ours and again
        if event.type() is QEvent.Type.KeyRelease and ours and not repeated:
            self._holding.loosen()
        return False


class Ring(Painted):
    """Over the middle of the window while something is held."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._window = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._share = 0.0
        self.hide()

    def show_share(self, share: float) -> None:
        """How far it is; 0: not at all."""
        self._share = share
        self.setVisible(share > 0)
        if share > 0:
            self.setAccessibleName(f"{self.lines()[0].text} {round(share * 100)} %")
            self._place()
            self.raise_()
            self.update()

    def lines(self) -> tuple[Line, ...]:
        u = self.scale
        box = self.inside(56)
        upper, lower = QRectF(box), QRectF(box)
        upper.setHeight(box.height() * 0.6)
        lower.setTop(upper.bottom())
        lower.adjust(12 * u, 0, -12 * u, -24 * u)  # a ring is narrow there
        return (
            Line(self.tr("求助"), upper, 72 * u, 40 * u, align=CENTRE),
            Line(self.tr("按住别松"), lower, 34 * u, 24 * u, align=CENTRE),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        pair = self.theme.looks[Look.STOP]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(pair.ink, 4 * self.scale))
        painter.setBrush(pair.ground)
        painter.drawEllipse(self.inside(4))
        painter.setPen(QPen(pair.ink, 22 * self.scale, c=Qt.PenCapStyle.FlatCap))
        painter.drawArc(self.inside(28), 90 * 16, -round(360 * 16 * self._share))
        self.paint_lines(painter, pair.ink)
        painter.end()

    def _place(self) -> None:
        window, side = self._window, round(RING_PX * self.scale)
        self.setGeometry((window.width() - side) // 2, (window.height() - side) // 2, side, side)
