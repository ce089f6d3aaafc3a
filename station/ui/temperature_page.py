"""The page for a value off a hand-held thermometer: one tap on a tile, or its digits on the keyboard."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from station.core.outcome import RecheckLine
from station.ui import recheck_words, typed
from station.ui.buttons import KeyButton, Switch, Tile
from station.ui.note import Somebody
from station.ui.pages import Page
from station.ui.theme import Theme
from station.ui.touch import Touch

_USUAL = (35, 36, 37, 38, 39)  # whole °C, one row of tenths each
_RARE = (33, 34, 40, 41, 42)
_NOT_MEASURED = "0"  # no value begins with it


@dataclass(frozen=True, slots=True)
class Typed:
    """A value in °C, or None for "could not be measured"; `clinical`: off a contact thermometer.

    `recheck` is the key of somebody on the list of those who wait; None: it is of whoever stands in front.
    """

    value_c: float | None
    clinical: bool = False
    recheck: str | None = field(default=None, repr=False)


class TemperaturePage(Page):
    """Chooses `Typed`. It opens for whoever stands in front, or for somebody who waits to be rechecked."""

    def __init__(self, theme: Theme, touch: Touch, parent: QWidget) -> None:
        super().__init__(theme, touch, parent)
        self._digits, self._rows = "", _USUAL
        self._clinical = False
        self._line: RecheckLine | None = None
        self._tiles = [Tile(touch, self) for _ in range(10 * len(_USUAL))]
        for place, tile in enumerate(self._tiles):
            tile.tapped.connect(lambda place=place: self._take(self._value(place)))
            tile.setProperty("band", place // 10 % 2)  # every other row on a tinted ground
            self.body.addWidget(tile, place // 10, place % 10)
        self._add_hint(theme)
        self._add_commands(touch)

    @property
    def recheck(self) -> str | None:
        """The key of the person on the list for whom it is open; None: for whoever stands in front."""
        return self._line.key if self._line else None

    def open(self, now: float) -> None:
        """For whoever stands in front, at monotonic time `now` (s)."""
        self._open(None, "", now)

    def open_for(self, line: RecheckLine, name: str, now: float) -> None:
        """For somebody who waits to be measured again; `name` is masked."""
        self._open(line, name, now)

    def turn_clinical(self) -> None:
        """The value that follows is off a clinical thermometer, or is not after all."""
        self._clinical = not self._clinical
        self.stay()
        self._show()

    def type(self, character: str, now: float) -> None:
        super().type(character, now)
        if character == _NOT_MEASURED and not self._digits:
            self._give_up()
        elif typed.accepts(self._digits + character):
            self._digits += character
            self._finish_typing()

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        self._who.dress(theme, scale)

    def _add_hint(self, theme: Theme) -> None:
        self._who, self._hint, row = Somebody(38, theme, self), QLabel(self), QHBoxLayout()
        self._hint.setObjectName("hint")
        row.addWidget(self._who, 1)
        row.addWidget(self._hint)
        self.add_row(row)

    def _add_commands(self, touch: Touch) -> None:
        self._none = KeyButton(self.tr("没测到"), _NOT_MEASURED, touch, self)
        self._none.tapped.connect(self._give_up)
        others = KeyButton(self.tr("其他度数"), "", touch, self)
        others.tapped.connect(self._turn)
        self._contact = Switch(self.tr("水银/电子体温计"), "F2", touch, self)
        self._contact.tapped.connect(self.turn_clinical)
        self.add_to_foot(self._contact, 460)
        self.add_to_foot(self._none)
        self.add_to_foot(others, 260)

    def _open(self, line: RecheckLine | None, name: str, now: float) -> None:
        self._line, self._digits, self._rows, self._clinical = line, "", _USUAL, False
        self._who.show_text(name)
        self._none.setEnabled(line is None)  # who waits goes on waiting
        self._show()
        super().open(now)

    def _give_up(self) -> None:
        if self._line is None:
            self._take(None)

    def _take(self, value_c: float | None) -> None:
        self._choose(Typed(value_c, self._clinical and value_c is not None, self.recheck))

    def _finish_typing(self) -> None:
        value = typed.degrees(self._digits)
        if value is None:
            self._show()
        else:
            self._take(value)

    def _value(self, place: int) -> float:
        return (self._rows[place // 10] * 10 + place % 10) / 10

    def _turn(self) -> None:
        """Between the usual rows and the rare ones."""
        self._rows = _RARE if self._rows is _USUAL else _USUAL
        self.stay()
        self._show()

    def _show(self) -> None:
        for place, tile in enumerate(self._tiles):
            tile.show_text(f"{self._value(place):.1f}")
        self._contact.turn(on=self._clinical)
        self._hint.setText(self._advice())
        self.title.setText(typed.so_far(self._digits) if self._digits else self._question())

    def _question(self) -> str:
        if self._clinical:
            return self.tr("体温计上是多少？")
        return self.tr("复测：体温枪上是多少？") if self._line else self.tr("体温枪上是多少？")

    def _advice(self) -> str:
        if self._clinical:
            return self.tr("腋下夹 5 分钟；这个数说了算。不是就再按 F2")
        if self._line:
            return f"{recheck_words.measured(self._line)} · {recheck_words.ask(self._line.ask)}"
        return self.tr("按数字键也行：6 5 就是 36.5")
