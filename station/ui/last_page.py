"""刚才是谁: the last five, large, with what was decided and why. Nothing is chosen here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from station.ui import words
from station.ui.face import BEHIND_NAME, VERDICT_LOOKS, VERDICT_SHAPES
from station.ui.last_five import SHOWN, LastLine, clock, who
from station.ui.lettering import LEFT, RIGHT, Line
from station.ui.note import Note
from station.ui.pages import Page
from station.ui.painted import Painted
from station.ui.shapes import paint_shape
from station.ui.theme import Theme
from station.ui.touch import Touch

translate = QCoreApplication.translate

_SIGN = 64.0  # px at 1366x768


def _nobody() -> str:
    return translate("last", "今天还没有人")


class LastRows(Painted):
    """One below the other, the newest on top."""

    def __init__(self, theme: Theme, zone: tzinfo | None, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._zone = zone
        self._last: tuple[LastLine, ...] = ()

    def show_lines(self, last: Sequence[LastLine]) -> None:
        self._last = tuple(last)
        self.setAccessibleName("\n".join(", ".join(self._said(line)) for line in self._last) or _nobody())
        self.update()

    def lines(self) -> tuple[Line, ...]:
        if not self._last:
            return (Line(_nobody(), self.inside(20), 48 * self.scale, 30 * self.scale),)
        return tuple(text for row, line in enumerate(self._last) for text in self._row(row, line))

    def _row(self, row: int, line: LastLine) -> tuple[Line, ...]:
        u, width, high = self.scale, self.width() / self.scale, self._high()
        top, middle = row * high + 0.06 * high, row * high + 0.54 * high
        time, name, degrees, verdict, why = self._said(line)
        return (
            Line(time, self.box(20, row * high, 130, high), 44 * u, 36 * u, align=LEFT),
            Line(
                name,
                self.box(260, top, width - 760, 0.5 * high),
                40 * u,
                26 * u,
                bold=False,
                align=LEFT,
                uncut=BEHIND_NAME,
            ),
            Line(degrees, self.box(width - 480, top, 170, 0.5 * high), 40 * u, 30 * u, align=RIGHT),
            Line(verdict, self.box(width - 290, top, 270, 0.5 * high), 40 * u, 26 * u, align=RIGHT),
            Line(why, self.box(260, middle, width - 280, 0.4 * high), 26 * u, 18 * u, bold=False, align=LEFT),
        )

    def _said(self, line: LastLine) -> tuple[str, str, str, str, str]:
        degrees = f"{line.temperature_c:.1f} ℃" if line.temperature_c is not None else "—"
        name = f"{who(line)}{BEHIND_NAME}{line.dwelling}" if line.dwelling else who(line)
        why = words.reason(line.why).sentence if line.why else ""
        return clock(line, self._zone), name, degrees, words.verdict_name(line.severity), why

    def _high(self) -> float:
        return self.height() / self.scale / SHOWN

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, high = QPainter(self), self._high()
        self.paint_card(painter)
        for row, line in enumerate(self._last):
            if row:
                at = round(row * high * self.scale)
                painter.setPen(self.theme.colours["border"])
                painter.drawLine(0, at, self.width(), at)
            box = self.box(168, row * high + (high - _SIGN) / 2, _SIGN, _SIGN)
            paint_shape(
                painter, VERDICT_SHAPES[line.severity], box, self.theme.mark(VERDICT_LOOKS[line.severity])
            )
        self.paint_lines(painter, self.theme.colours["text"])
        painter.end()


class LastPage(Page):
    """Below them, how every device and the data are, in words: whoever is asked can tell that too."""

    def __init__(self, theme: Theme, touch: Touch, zone: tzinfo | None, parent: QWidget) -> None:
        super().__init__(theme, touch, parent)
        self.title.setText(self.tr("刚才是谁？"))
        self._rows, self._state = LastRows(theme, zone, self), Note(26, theme, self)
        self.body.addWidget(self._rows, 0, 0)
        self.foot.insertWidget(0, self._state, 1)

    def show_last(self, last: Sequence[LastLine], state: Sequence[str]) -> None:
        """The last entries, newest first, and how the gate is: every device, then the data."""
        self._rows.show_lines(last)
        *devices, data = state
        self._state.show_text("  ".join(devices) + "\n" + data)

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        self._rows.dress(theme, scale)
        self._state.dress(theme, scale)
