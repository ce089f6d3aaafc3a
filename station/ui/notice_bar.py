"""The bar above the preview: what must not be overlooked and is no verdict. Invisible if there is nothing."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from station.ui.lettering import CENTRE, LEFT, Line
from station.ui.notices import Notice
from station.ui.shapes import paint_shape
from station.ui.tappable import Tappable
from station.ui.theme import Look, Pair, Theme
from station.ui.touch import Touch

_SIGN, _ASIDE = 40.0, 130.0
_WRAPS_FROM = 40.0  # px at 1366x768 for a sentence


class NoticeBar(Tappable):
    """Drawn for 676x76 at 1366x768, or narrow and high, with letters that wrap.

    About a person it is yellow; about the station itself, dark.
    """

    def __init__(self, theme: Theme, touch: Touch, parent: QWidget | None = None) -> None:
        super().__init__(theme, touch, parent)
        self._notice: Notice | None = None
        self.hide()

    @property
    def notice(self) -> Notice | None:
        return self._notice

    def show_notice(self, notice: Notice | None) -> None:
        if notice == self._notice:
            return
        self._notice = notice
        self.setVisible(notice is not None)
        self.setAccessibleName(", ".join(line.text for line in self.lines()))
        self.update()

    def can_be_tapped(self) -> bool:
        return self._notice is not None and self._notice.seen

    def lines(self) -> tuple[Line, ...]:
        notice, u = self._notice, self.scale
        if notice is None:
            return ()
        left, half = 2 * 14 + _SIGN, (self.height() / u - 12) / 2
        room = self.width() / u - left - 14 - (_ASIDE if self._aside() else 0)
        wraps = half > _WRAPS_FROM
        said = (
            Line(
                text, self.box(left, 6 + row * half, room, half), 26 * u, 17 * u,
                bold=False, align=LEFT, one_line=not wraps, uncut="" if row else notice.uncut,
            )
            for row, text in enumerate((notice.sentence, notice.step))
        )  # fmt: skip
        return (*said, *self._aside_lines())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._notice is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pair = self._pair(self._notice)
        painter.setPen(QPen(pair.ink, 2 * self.scale))
        painter.setBrush(pair.ground)
        painter.drawRect(self.inside(1))
        top = (self.height() / self.scale - _SIGN) / 2
        paint_shape(painter, self._notice.shape, self.box(14, top, _SIGN, _SIGN), pair)
        if self._notice.seen:
            painter.setPen(QPen(pair.ink, 2 * self.scale))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._button_box(), 8 * self.scale, 8 * self.scale)
        self.paint_lines(painter, pair.ink)
        painter.end()

    def _pair(self, notice: Notice) -> Pair:
        if notice.urgent:
            return self.theme.looks[Look.STOP]
        return self.theme.looks[Look.RECHECK if notice.seen else Look.FAILURE]

    def _aside(self) -> bool:
        return self._notice is not None and (self._notice.seen or self._notice.more > 0)

    def _aside_lines(self) -> tuple[Line, ...]:
        """How to say that one has seen it, or how many more there are."""
        notice, u = self._notice, self.scale
        if notice is None or not self._aside():
            return ()
        box, more = self._button_box(), f" +{notice.more}" if notice.more else ""
        if not notice.seen:
            return (Line(more.strip(), box, 26 * u, 20 * u),)
        upper, lower = QRectF(box), QRectF(box)
        upper.setHeight(box.height() / 2)
        lower.setTop(upper.bottom())
        inset = 6 * u
        return (
            Line(
                notice.verb or self.tr("知道了"),
                upper.adjusted(inset, 0, -inset, 0),
                24 * u,
                18 * u,
                align=CENTRE,
            ),
            Line(f"Esc{more}", lower.adjusted(inset, 0, -inset, 0), 20 * u, 18 * u, align=CENTRE),
        )

    def _button_box(self) -> QRectF:
        u = self.scale
        return self.box(self.width() / u - _ASIDE, 6, _ASIDE - 8, self.height() / u - 12)
