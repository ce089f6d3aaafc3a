"""The page for a value off a hand-held thermometer: one tap on a tile, or its digits on the keyboard."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from station.ui import typed
from station.ui.buttons import KeyButton, Tile
from station.ui.pages import Page
from station.ui.theme import Theme
from station.ui.touch import Touch

_USUAL = (35, 36, 37, 38, 39)  # whole °C, one row of tenths each
_RARE = (33, 34, 40, 41, 42)
_NOT_MEASURED = "0"  # no value begins with it


class TemperaturePage(Page):
    """Chooses °C, or None for "could not be measured"."""

    def __init__(self, theme: Theme, touch: Touch, parent: QWidget) -> None:
        super().__init__(theme, touch, parent)
        self._digits = ""
        self._rows = _USUAL
        self._tiles = [Tile(touch, self) for _ in range(10 * len(_USUAL))]
        for place, tile in enumerate(self._tiles):
            tile.tapped.connect(lambda place=place: self._choose(self._value(place)))
            tile.setProperty("band", place // 10 % 2)  # every other row on a tinted ground
            self.body.addWidget(tile, place // 10, place % 10)
        none = KeyButton(self.tr("没测到"), _NOT_MEASURED, touch, self)
        none.tapped.connect(lambda: self._choose(None))
        others = KeyButton(self.tr("其他度数"), "", touch, self)
        others.tapped.connect(self._turn)
        hint = QLabel(self.tr("按数字键也行：6 5 就是 36.5"), self)
        hint.setObjectName("hint")
        self.add_to_foot(none)
        self.add_to_foot(others)
        self.foot.addWidget(hint)

    def open(self, now: float) -> None:
        self._digits, self._rows = "", _USUAL
        self._show()
        super().open(now)

    def type(self, character: str, now: float) -> None:
        super().type(character, now)
        if character == _NOT_MEASURED and not self._digits:
            self._choose(None)
        elif typed.accepts(self._digits + character):
            self._digits += character
            self._finish_typing()

    def _finish_typing(self) -> None:
        value = typed.degrees(self._digits)
        if value is None:
            self._show()
        else:
            self._choose(value)

    def _value(self, place: int) -> float:
        return (self._rows[place // 10] * 10 + place % 10) / 10

    def _turn(self) -> None:
        """Between the usual rows and the rare ones."""
        self._rows = _RARE if self._rows is _USUAL else _USUAL
        self._show()

    def _show(self) -> None:
        for place, tile in enumerate(self._tiles):
            tile.show_text(f"{self._value(place):.1f}")
        self.title.setText(typed.so_far(self._digits) if self._digits else self.tr("体温枪上是多少？"))
