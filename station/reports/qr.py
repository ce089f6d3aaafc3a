"""A QR code for paper, as one path to fill: vectors stay sharp at any resolution of any printer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import segno
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath

QUIET_ZONE = 4  # modules, ISO/IEC 18004 section 6.3.8
_BLACK, _WHITE = QColor("black"), QColor("white")


class PrintedCode:
    """The code of a text at level Q, or at H where that takes no more modules."""

    def __init__(self, text: str) -> None:
        self._matrix = segno.make_qr(text, error="q").matrix
        self.modules = len(self._matrix) + 2 * QUIET_ZONE  # along one side, quiet zone included

    def paint(self, painter: QPainter, box: QRectF) -> None:
        """Paint the code and its quiet zone into a square."""
        painter.save()
        painter.fillRect(box, _WHITE)
        painter.translate(box.topLeft())
        painter.scale(box.width() / self.modules, box.height() / self.modules)
        painter.translate(QUIET_ZONE, QUIET_ZONE)
        painter.fillPath(self._path(), _BLACK)
        painter.restore()

    def _path(self) -> QPainterPath:
        """All dark modules in one path: shapes that touch leave no hairline between them."""
        path = QPainterPath()
        for row, modules in enumerate(self._matrix):
            for start, length in _dark_runs(modules):
                path.addRect(start, row, length, 1)
        return path


def _dark_runs(modules: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Start and length of each run of dark modules."""
    start = 0
    for dark, run in groupby(modules):
        length = len(list(run))
        if dark:
            yield start, length
        start += length
