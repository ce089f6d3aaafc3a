"""Somebody without a code: which of the people here is it? Building, then name: two taps; or a few keys.

Chooses a `Vouched`. What is shown is masked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from station.core.model import Vouch
from station.ui.buttons import KeyButton
from station.ui.pages import Page
from station.ui.person_tile import PersonTile
from station.ui.roster import Building, Candidate, Roster
from station.ui.theme import Theme
from station.ui.touch import Touch

COLUMNS, ROWS = 5, 4
SHOWN = COLUMNS * ROWS
MOST_TYPED = 16  # characters
_KNOWN, _STRANGER = "+=", "/"  # on the number block and beside the letters


@dataclass(frozen=True, slots=True)
class Vouched:
    """What the volunteer says of somebody without a code; `person_id` if they picked them."""

    vouch: Vouch
    person_id: str | None = None


class NoCodePage(Page):
    """The order of the tiles stays while the page is open, so that nobody moves while a finger comes."""

    def __init__(self, theme: Theme, touch: Touch, roster: Roster, parent: QWidget) -> None:
        super().__init__(theme, touch, parent)
        self._roster, self._tap = roster, touch
        self._typed, self._first = "", 0
        self._building: Building | None = None
        self._offered: Sequence[Building] | Sequence[Candidate] = ()
        self._was_ready = False
        self._tiles = [PersonTile(theme, touch, self) for _ in range(SHOWN)]
        for place, tile in enumerate(self._tiles):
            tile.tapped.connect(lambda place=place: self._take(place))
            self.body.addWidget(tile, place // COLUMNS, place % COLUMNS)
        for row in range(ROWS):
            self.body.setRowStretch(row, 1)
        for column in range(COLUMNS):
            self.body.setColumnStretch(column, 1)
        self._add_hint()
        self._add_commands(touch)

    def use(self, roster: Roster) -> None:
        """Ask this roster from now on."""
        self._roster = roster

    def open(self, now: float) -> None:
        self._typed, self._building = "", None
        self._look()
        super().open(now)

    def tick(self, now: float) -> None:
        super().tick(now)
        if self.isVisible() and not self._was_ready and self._roster.is_ready():
            self._tap.hold()  # tiles appear where a finger may be on its way
            self._look()

    def type(self, character: str, now: float) -> None:
        super().type(character, now)
        if character in _KNOWN:
            self._choose(Vouched(Vouch.KNOWN))
        elif character == _STRANGER:
            self._choose(Vouched(Vouch.STRANGER))
        elif len(self._typed) < MOST_TYPED:
            self._typed += character
            self._look()

    def erase(self, now: float) -> None:
        super().erase(now)
        if self._typed:
            self._typed = self._typed[:-1]
        else:
            self._building = None
        self._look()

    def enter(self, now: float) -> None:
        """Only one fits what was typed: it is them."""
        super().enter(now)
        if self._typed and len(self._offered) == 1:
            self._take(0)

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        for tile in self._tiles:
            tile.dress(theme, scale)

    # --- building -----------------------------------------------------------------------------

    def _add_hint(self) -> None:
        self._hint, row = QLabel(self), QHBoxLayout()
        self._hint.setObjectName("hint")
        row.addWidget(self._hint)
        row.addStretch()
        self.add_row(row)

    def _add_commands(self, touch: Touch) -> None:
        known = KeyButton(self.tr("认识，名单里没有"), _KNOWN[0], touch, self)
        known.tapped.connect(lambda: self._choose(Vouched(Vouch.KNOWN)))
        stranger = KeyButton(self.tr("不认识、访客"), _STRANGER, touch, self)
        stranger.tapped.connect(lambda: self._choose(Vouched(Vouch.STRANGER)))
        self._all = KeyButton(self.tr("别的楼"), "⌫", touch, self)
        self._all.tapped.connect(self._leave_building)
        self._next = KeyButton(self.tr("下一页"), "", touch, self)
        self._next.tapped.connect(self._turn)
        for button, width in ((known, 370), (stranger, 290), (self._all, 220), (self._next, 180)):
            self.add_to_foot(button, width)

    # --- what is looked for -------------------------------------------------------------------

    def _look(self) -> None:
        """Offer what fits the building and what was typed."""
        self._was_ready, self._first = self._roster.is_ready(), 0
        if not self._was_ready:
            self._offered = ()
        elif self._typed.strip():
            here = f"{self._building.name} " if self._building else ""
            self._offered = self._roster.search(here + self._typed)
        elif self._building:
            self._offered = self._roster.of_building(self._building.parts)
        else:
            self._offered = self._roster.buildings()
        self._show()

    def _take(self, place: int) -> None:
        if self._first + place >= len(self._offered):
            return
        one = self._offered[self._first + place]
        if _is_person(one):
            self._choose(Vouched(Vouch.KNOWN, one.person_id))
            return
        self._building = one
        self.stay()
        self._look()

    def _leave_building(self) -> None:
        self._typed, self._building = "", None
        self.stay()
        self._look()

    def _turn(self) -> None:
        self._first = self._first + SHOWN if self._first + SHOWN < len(self._offered) else 0
        self.stay()
        self._show()
