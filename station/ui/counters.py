"""How many passed, were rechecked and were stopped today: shape, word and number."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from station.core.model import Severity
from station.ui import words
from station.ui.face import VERDICT_LOOKS, VERDICT_SHAPES
from station.ui.lettering import LEFT, Line
from station.ui.painted import Painted
from station.ui.shapes import paint_shape
from station.ui.theme import Theme

_SHAPE = 26.0
_SHARES = (0.31, 0.39, 0.30)  # of the width: "Recheck" is the longest word


class Counters(Painted):
    """Drawn for 350x64 at 1366x768: for each verdict its shape, beside it the number over the word."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._counts = dict.fromkeys(Severity, 0)
        self._name_it()

    @property
    def counts(self) -> Mapping[Severity, int]:
        return self._counts

    def show_counts(self, counts: Mapping[Severity, int]) -> None:
        """Show these counts; a missing one is 0."""
        self._counts = {severity: counts.get(severity, 0) for severity in Severity}
        self._name_it()
        self.update()

    def add(self, severity: Severity, instead_of: Severity | None = None) -> None:
        """Count one entry, or move it from the verdict that was corrected."""
        counts = dict(self._counts)
        counts[severity] += 1
        if instead_of is not None:
            counts[instead_of] = max(0, counts[instead_of] - 1)
        self.show_counts(counts)

    def lines(self) -> tuple[Line, ...]:
        return tuple(line for severity in Severity for line in self._cell(severity))

    def _cell(self, severity: Severity) -> tuple[Line, Line]:
        u, half = self.scale, self.height() / self.scale / 2
        left, width = self._left(severity) + _SHAPE + 7, self._part(_SHARES[severity]) - _SHAPE - 8
        number = self.box(left, 2, width, half)
        word = self.box(left, half - 2, width, half)
        return (
            Line(str(self._counts[severity]), number, 26 * u, 16 * u, align=LEFT),
            Line(words.verdict_name(severity), word, 20 * u, 18 * u, bold=False, align=LEFT),
        )

    def _part(self, share: float) -> float:
        return (self.width() / self.scale - 12) * share

    def _left(self, severity: Severity) -> float:
        return 10 + self._part(sum(_SHARES[:severity]))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_card(painter)
        top = (self.height() / self.scale - _SHAPE) / 2
        for severity, shape in VERDICT_SHAPES.items():
            box = self.box(self._left(severity), top, _SHAPE, _SHAPE)
            paint_shape(painter, shape, box, self.theme.mark(VERDICT_LOOKS[severity]))
        self.paint_lines(painter, self.theme.colours["text"])
        painter.end()

    def _name_it(self) -> None:
        told = (f"{words.verdict_name(severity)} {self._counts[severity]}" for severity in Severity)
        self.setAccessibleName(", ".join(told))
