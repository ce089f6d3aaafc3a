"""Text on paper, in the fonts that come with the program, so that it looks the same from every PC.

Boxes and sizes are millimetres; the painter must be scaled so that one unit is one millimetre.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPainter, QTextLayout, QTextOption

_FONTS = Path(__file__).parents[2] / "assets" / "fonts"
_FILES = ("NotoSansSC-Regular.otf", "NotoSansSC-Bold-gb2312.ttf")
_FAMILY = "Noto Sans SC"
_PER_MM = 100  # a font's size is a whole number of units: they are hundredths of a millimetre
_SHRINK = 0.96
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
        font = self._font_for(text)
        painter.save()
        painter.scale(1 / _PER_MM, 1 / _PER_MM)
        painter.setPen(ink)
        painter.setFont(font)
        painter.drawText(self._units, self._flags(text, font), text)
        painter.restore()

    def holds_in_one_line(self, text: str) -> bool:
        """At its full size."""
        return self._is_one_line(text, _font(self.size, self.bold))

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

    def _font_for(self, text: str) -> QFont:
        size = self.size
        while size > _LEAST_MM and not self._fits(text, _font(size, self.bold)):
            size *= _SHRINK
        return _font(size, self.bold)

    def _fits(self, text: str, font: QFont) -> bool:
        if self._is_one_line(text, font):
            return True  # whatever its height: a third of a hanzi's line is empty
        open_ended = QRectF(0, 0, self._units.width(), _ANY_HEIGHT)
        needed = QFontMetricsF(font).boundingRect(open_ended, self._flags(text, font), text)
        return needed.width() <= self._units.width() and needed.height() <= self._units.height()

    def _flags(self, text: str, font: QFont) -> int:
        one_line = self._is_one_line(text, font)
        wrap = Qt.TextFlag.TextSingleLine if one_line else Qt.TextFlag.TextWordWrap
        return int(self.align) | int(wrap) | int(Qt.TextFlag.TextDontClip)

    def _is_one_line(self, text: str, font: QFont) -> bool:
        return QFontMetricsF(font).horizontalAdvance(text) <= self._units.width()


def _font(size: float, bold: bool) -> QFont:
    font = QFont(typeface())
    font.setPixelSize(round(size * _PER_MM))
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
