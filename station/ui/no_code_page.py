"""Somebody without a code: which of the people here is it? Building, then name: two taps; or a few keys.

Chooses a `Vouched`. What is shown is masked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from station.core.model import Vouch
from station.ui import offers
from station.ui.buttons import KeyButton
from station.ui.offers import Offer
from station.ui.pages import Page
from station.ui.person_tile import PersonTile
from station.ui.roster import Candidate, Companions, Roster
from station.ui.theme import Theme
from station.ui.tile_cursor import TileCursor
from station.ui.touch import Touch

COLUMNS, ROWS = 5, 4
SHOWN = COLUMNS * ROWS
GRIDS = ((3, 2), (4, 3), (COLUMNS, ROWS))
MOST_TYPED = 16  # characters
_KNOWN, _STRANGER = "+=", "/"  # on the number block and beside the letters


@dataclass(frozen=True, slots=True)
class Vouched:
    """What the volunteer says of somebody without a code; `person_id` if they picked them.

    `brought_by`: the id of who came last, who stands for them.
    """

    vouch: Vouch
    person_id: str | None = None
    brought_by: str | None = None


class NoCodePage(Page):
    """The order of the tiles stays while the page is open, so that nobody moves while a finger comes."""

    visitor_comes = Signal()  # F1 again: nobody of the list

    def __init__(self, theme: Theme, touch: Touch, roster: Roster, parent: QWidget) -> None:
        super().__init__(theme, touch, parent)
        self._roster, self._tap = roster, touch
        self._typed, self._first = "", 0
        self._building: str | None = None  # by its name
        self._unit: str | None = None  # within it, if it is a large one
        self._companions: Companions | None = None  # with whom they may be
        self._offers: list[Offer] = []
        self._was_ready = False
        self._tiles = [PersonTile(theme, touch, self) for _ in range(SHOWN)]
        for place, tile in enumerate(self._tiles):
            tile.tapped.connect(lambda place=place: self._take(place))
        self._cursor = TileCursor(self._tiles)
        self._add_hint()
        self._add_commands(touch)

    def use(self, roster: Roster) -> None:
        """Ask this roster from now on."""
        self._roster = roster

    def open(self, now: float) -> None:
        self._typed, self._building, self._unit = "", None, None
        self._companions = self._roster.companions()
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
            self._building = self._unit = None
        self._look()

    def leaf(self, now: float) -> None:
        super().leaf(now)
        self._turn()

    def enter(self, now: float) -> None:
        """The marked one; or only one fits what was typed: it is them."""
        super().enter(now)
        if self._cursor.place is not None:
            self._take(self._cursor.place)
        elif self._typed and len(self._offers) == 1:
            self._take(0)

    def go_to_next(self, arrow: Qt.Key, now: float) -> None:
        super().go_to_next(arrow, now)
        self._cursor.move(arrow)

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
        stranger = KeyButton(self.tr("不认识"), _STRANGER, touch, self)
        stranger.tapped.connect(lambda: self._choose(Vouched(Vouch.STRANGER)))
        self._visitors = KeyButton(self.tr("访客、代收"), "F1", touch, self)
        self._visitors.tapped.connect(self.visitor_comes)
        self._all = KeyButton(self.tr("别的楼"), "←", touch, self)
        self._all.tapped.connect(self._leave_building)
        self._next = KeyButton(self.tr("更多"), "PgDn", touch, self)
        self._next.tapped.connect(self._turn)
        widths = (known, 360), (stranger, 230), (self._visitors, 258), (self._all, 258), (self._next, 190)
        for button, width in widths:
            self.add_to_foot(button, width)

    # --- what is looked for -------------------------------------------------------------------

    def _look(self) -> None:
        """Offer what fits the building and what was typed."""
        self._was_ready, self._first = self._roster.is_ready(), 0
        self._offers = self._found() if self._was_ready else []
        self._show()

    def _found(self) -> list[Offer]:
        if self._typed.strip():
            return offers.of_people(self._fitting(self._typed.strip()))
        if self._building is None:
            brought = offers.of_companions(self._companions) if self._companions else []
            return brought + offers.of_buildings(self._roster.buildings())
        people = self._roster.of_building(self._building)
        unit = self._unit
        if unit is not None:
            return offers.of_people([one for one in people if offers.unit_of(one) == unit])
        if len(people) <= SHOWN:
            return offers.of_people(people)
        return offers.of_units(people, usual=self._roster.usual(self._building)[:COLUMNS])

    def _fitting(self, typed: str) -> Sequence[Candidate]:
        """Within a building digits are a door, from the first one on."""
        if not self._building:
            return self._roster.search(typed)
        if typed.replace("-", "").isdigit():
            people = self._roster.of_building(self._building)
            return [one for one in people if f"-{typed}" in one.line.dwelling]
        return self._roster.search(f"{self._building} {typed}")

    def _take(self, place: int) -> None:
        if self._first + place >= len(self._offers):
            return
        offer = self._offers[self._first + place]
        if offer.person_id:
            self._choose(Vouched(Vouch.KNOWN, offer.person_id, offer.brought_by))
            return
        if self._building is None:
            self._building = offer.place
        else:
            self._unit = offer.place
        self.stay()
        self._look()

    def _leave_building(self) -> None:
        self._typed, self._building, self._unit = "", None, None
        self.stay()
        self._look()

    def _turn(self) -> None:
        self._first = self._first + SHOWN if self._first + SHOWN < len(self._offers) else 0
        self.stay()
        self._show()

    # --- what is shown ------------------------------------------------------------------------

    def _show(self) -> None:
        shown = self._offers[self._first : self._first + SHOWN]
        self._cursor.clear()
        for place, tile in enumerate(self._tiles):
            tile.show_offer(shown[place] if place < len(shown) else None)
        self._arrange_tiles(len(shown))
        self.title.setText(self._question())
        self._hint.setText(self._advice())
        within = self._building is not None or bool(self._typed)
        self._all.setVisible(within)
        self._visitors.setVisible(not within)
        self._next.setVisible(len(self._offers) > SHOWN)

    def _arrange_tiles(self, shown: int) -> None:
        """The fewer, the larger."""
        columns, rows = next(grid for grid in GRIDS if grid[0] * grid[1] >= shown)
        for tile in self._tiles:
            self.body.removeWidget(tile)
        for place, tile in enumerate(self._tiles[: columns * rows]):
            self.body.addWidget(tile, place // columns, place % columns)
        for line in range(ROWS):
            self.body.setRowStretch(line, int(line < rows))
        for line in range(COLUMNS):
            self.body.setColumnStretch(line, int(line < columns))
        for place, tile in enumerate(self._tiles):
            tile.setVisible(place < columns * rows)

    def _question(self) -> str:
        if self._typed:
            return self.tr("没有码，找：{typed}_").format(typed=self._typed)
        if self._building is None:
            return self._question_of_all()
        return self.tr("{place}：是哪一位？").format(place=offers.building_name(self._unit or self._building))

    def _question_of_all(self) -> str:
        with_them = self._companions
        if with_them is None:
            return self.tr("没有码：他住哪个楼？")
        if with_them.held_up:
            return self.tr("{name} 的码，给谁用？").format(name=with_them.line.name)
        return self.tr("和 {name} 一起的？或住哪个楼？").format(name=with_them.line.name)

    def _advice(self) -> str:
        if not self._was_ready:
            return self.tr("名单还没读好，请等几秒；急就按下面的")
        if not self._offers:
            return (
                self.tr("没找到。按“别的楼”重来，或者按下面的")
                if self._typed
                else self.tr("名单是空的，请管理员导入")
            )
        if self._companions and self._companions.held_up and self._building is None and not self._typed:
            return self.tr("{name} 自己也要过？先按返回，等他量完").format(name=self._companions.line.name)
        if self._typed and len(self._offers) == 1:
            return self.tr("是他就点，或按回车")
        return self.tr("也可以打字：拼音头 zxq，门牌 3-2，手机尾号 5678；或用箭头键挑")
