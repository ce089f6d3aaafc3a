"""Text on paper, in the fonts that come with the program, so that it looks the same from every PC.

Boxes and sizes are millimetres; the painter must be scaled so that one unit is one millimetre.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPainter, QTextLayout, QTextOption

_FONTS = Path(__file__).parents[2] / "assets" / "fonts"
_FILES = ("NotoSansSC-Regular.otf", "NotoSansSC-Bold-gb2312.ttf")
_FAMILY = "Noto Sans SC"
_PER_MM = 100  # a font's size is a whole number of units: they are hundredths of a millimetre
_SHRUNK = [0.96**step for step in range(64)]  # the least is a fourteenth
_MEASURED_MM = 10.0
_LEAST_MM = 0.9  # reached only by names of absurd length, which still stand there whole
_ANY_HEIGHT = 1e6

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a text goes: at `size` (the height of a hanzi) or as much smaller as it must be.

    Only fixed words are bold: the bold face lacks the rare characters of names.
    """

    box: QRectF
    size: float
    bold: bool = False
    align: Qt.AlignmentFlag = LEFT

    def write(self, painter: QPainter, text: str, ink: QColor) -> None:
        """Write the whole text, in several lines if that lets it be larger; nothing is ever cut off."""
        font, flags = self._as_it_fits(text)
        painter.save()
        painter.scale(1 / _PER_MM, 1 / _PER_MM)
        painter.setPen(ink)
        painter.setFont(font)
        painter.drawText(self._units, flags, text)
        painter.restore()

    def holds_in_one_line(self, text: str) -> bool:
        """At its full size."""
        return self._is_one_line(_width(text, self.bold), self.size)

    def broken(self, text: str) -> list[str]:
        """The text in lines of its full size, none of them wider than the box."""
        layout, lines = QTextLayout(text, _font(self.size, self.bold)), list[str]()
        wrap = QTextOption()
        wrap.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(wrap)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self._units.width())
            lines.append(text[line.textStart() : line.textStart() + line.textLength()].strip())
        layout.endLayout()
        return lines

    @property
    def _units(self) -> QRectF:
        box = self.box
        return QRectF(*(value * _PER_MM for value in (box.x(), box.y(), box.width(), box.height())))

    def _as_it_fits(self, text: str) -> tuple[QFont, int]:
        """How it is drawn, as large as it may be. A list of thousands is waited for: few sizes are tried."""
        width = _width(text, self.bold)
        fitting = bisect_left(_SHRUNK, True, key=lambda part: self._fits(text, width, self.size * part))
        size = max(self.size * _SHRUNK[min(fitting, len(_SHRUNK) - 1)], _LEAST_MM)
        return _font(size, self.bold), self._flags(width, size)

    def _fits(self, text: str, width: float, size: float) -> bool:
        """`width`: of the text in one line, at a size of one millimetre."""
        if size <= _LEAST_MM or self._is_one_line(width, size):
            return True  # whatever its height: a third of a hanzi's line is empty
        open_ended = QRectF(0, 0, self._units.width(), _ANY_HEIGHT)
        metrics = QFontMetricsF(_font(size, self.bold))
        if math.ceil(width * size / self.box.width()) * metrics.height() > self._units.height():
            return False  # laying it out takes long
        needed = metrics.boundingRect(open_ended, self._flags(width, size), text)
        return needed.width() <= self._units.width() and needed.height() <= self._units.height()

    def _flags(self, width: float, size: float) -> int:
        wrap = Qt.TextFlag.TextSingleLine if self._is_one_line(width, size) else Qt.TextFlag.TextWordWrap
        return int(self.align) | int(wrap) | int(Qt.TextFlag.TextDontClip)

    def _is_one_line(self, width: float, size: float) -> bool:
        return width * size <= self.box.width()


def prints_boxes(text: str) -> bool:
    """Whether no font of this PC has all its letters: names in Tibetan or with the rarest hanzi."""
    layout = QTextLayout(text, _font(_MEASURED_MM, bold=False))
    layout.beginLayout()
    layout.createLine().setLineWidth(_ANY_HEIGHT)
    layout.endLayout()
    return any(0 in run.glyphIndexes() for run in layout.glyphRuns())  # 0 is the box, after all fallbacks


def _width(text: str, bold: bool) -> float:
    """In one line at a size of one millimetre. Nothing is hinted: twice the size is twice the width."""
    return QFontMetricsF(_font(_MEASURED_MM, bold)).horizontalAdvance(text) / (_MEASURED_MM * _PER_MM)


def _font(size: float, bold: bool) -> QFont:
    return _face(round(size * _PER_MM), bold)


@lru_cache(maxsize=256)
def _face(units: int, bold: bool) -> QFont:
    font = QFont(typeface())
    font.setPixelSize(units)
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@cache
def typeface() -> str:
    """The name of the bundled typeface, once its files are loaded. Raises FileNotFoundError."""
    for file in _FILES:
        if QFontDatabase.addApplicationFont(str(_FONTS / file)) < 0:
            raise FileNotFoundError(f"font missing or unreadable: {file}")
    return _FAMILY
