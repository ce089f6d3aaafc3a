"""Visitors, parcels and errands (F1, and F1 again): a number pad for the house, and what can be tapped.

What happens in which step is `visitor_flow`. The page says with `noticed` when something has waited too long.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from station.ui import visitor_said
from station.ui.buttons import KeyButton
from station.ui.number_pad import NumberPad
from station.ui.offers import Offer
from station.ui.pages import Page
from station.ui.person_tile import PersonTile
from station.ui.theme import Theme
from station.ui.tile_cursor import TileCursor
from station.ui.touch import Touch
from station.ui.visitor_desk import NoVisitorDesk, VisitorDesk, VisitorDeskError
from station.ui.visitor_flow import Option, VisitorFlow
from station.ui.visitor_said import Step

CHOICES = 6
COLUMNS, ROWS = 5, 4
SHOWN = COLUMNS * ROWS
GRIDS = ((2, 2), (3, 3), (4, 4), (COLUMNS, ROWS))
BESIDE_PAD = ((1, 4), (2, 4))
REMINDS_EVERY_S = 60.0
STAYS_S = 60.0  # a visitor looks for their phone


class OpenPad(NumberPad):
    """A number pad whose digits stand in clear; who owns it keeps them."""

    pressed = Signal(str)
    erased = Signal()
    finished = Signal()

    def type(self, character: str) -> None:
        self.pressed.emit(character)

    def erase(self) -> None:
        self.erased.emit()

    def enter(self) -> None:
        self.finished.emit()

    def show_text(self, typed: str) -> None:
        self._shown.setText(typed or "—")


class VisitorPage(Page):
    noticed = Signal(str)
    hidden = Signal()

    def __init__(self, theme: Theme, touch: Touch, parent: QWidget) -> None:
        super().__init__(theme, touch, parent)
        self._tap = touch
        self._desk: VisitorDesk = NoVisitorDesk()
        self.flow = VisitorFlow(self._desk)
        self._options: Sequence[Option] = ()
        self._first, self._shown_step = 0, Step.HOUSE
        self._remind_at, self._late = float("-inf"), 0
        self.pad = OpenPad(touch, self)
        self.pad.pressed.connect(lambda digit: self.type(digit, self._now))
        self.pad.erased.connect(lambda: self.erase(self._now))
        self.pad.finished.connect(lambda: self.enter(self._now))
        self.hidden.connect(lambda: self.flow.forget_visit())
        self._add_hint()
        self._add_offers(theme, touch)
        self._add_commands(touch)

    def use(self, desk: VisitorDesk) -> None:
        """Ask this desk from now on."""
        self._desk, self._late = desk, 0
        self.flow.use(desk)
        self._show()

    def open(self, now: float) -> None:
        self.flow.start()
        self._first = 0
        super().open(now)
        self.stay(STAYS_S)
        self._show()

    def tick(self, now: float) -> None:
        if self.isVisible() and now >= self._until:
            self.flow.leave()
        super().tick(now)
        if self.isVisible():
            self.flow.tick()
            self._end_or_show()
        elif now >= self._remind_at:
            self._remind_at = now + REMINDS_EVERY_S
            self._remind()

    def type(self, character: str, now: float) -> None:
        super().type(character, now)
        self.flow.type(character)
        self._end_or_show()

    def erase(self, now: float) -> None:
        """The last digit; if there is none, one step back."""
        super().erase(now)
        if self.flow.typed:
            self.flow.erase()
        else:
            self.flow.back()
        self._end_or_show()

    def leaf(self, now: float) -> None:
        super().leaf(now)
        self._turn()

    def enter(self, now: float) -> None:
        super().enter(now)
        if self._cursor.place is not None:
            self._take(self._cursor.place)
            return
        self.flow.enter()
        self._end_or_show()

    def go_to_next(self, arrow: Qt.Key, now: float) -> None:
        """To the next of those who are listed, of whom several may be of one house."""
        super().go_to_next(arrow, now)
        self._cursor.move(arrow)

    def hideEvent(self, event: QHideEvent) -> None:
        """Somebody went back, or the screen was needed: a visitor who was half taken down was not there."""
        super().hideEvent(event)
        self.hidden.emit()

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        self._grid.setSpacing(round(12 * scale))
        self.pad.grid.setSpacing(round(12 * scale))
        for tile in self._tiles:
            tile.dress(theme, scale)

    # --- building -----------------------------------------------------------------------------

    def _add_hint(self) -> None:
        self._hint, row = QLabel(self), QHBoxLayout()
        self._hint.setObjectName("hint")
        row.addWidget(self._hint)
        row.addStretch()
        self.add_row(row)

    def _add_offers(self, theme: Theme, touch: Touch) -> None:
        area = QWidget(self)
        self._grid = QGridLayout(area)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._tiles = [PersonTile(theme, touch, area) for _ in range(SHOWN)]
        for place, tile in enumerate(self._tiles):
            tile.tapped.connect(lambda place=place: self._take(place))
        self._cursor = TileCursor(self._tiles)
        self._choices = [KeyButton("", str(place + 1), touch, area) for place in range(CHOICES)]
        for place, button in enumerate(self._choices):
            button.setObjectName("choice")
            button.tapped.connect(lambda place=place: self._take(place))
        self.body.addWidget(self.pad, 0, 0)
        self.body.addWidget(area, 0, 1)

    def _add_commands(self, touch: Touch) -> None:
        self._lists = [KeyButton("", key, touch, self) for key in "/*+"]
        for place, button in enumerate(self._lists):
            button.tapped.connect(lambda place=place: self._open_list(place))
            self.add_to_foot(button, 352 if place else 385)  # 访客要走 is the longest
        self._next = KeyButton(self.tr("更多"), "PgDn", touch, self)
        self._next.tapped.connect(self._turn)
        self.add_to_foot(self._next, 200)

    # --- what is done ---------------------------------------------------------------------------

    def _take(self, place: int) -> None:
        if self._first + place < len(self._options):
            self.stay(STAYS_S)
            self.flow.take(self._options[self._first + place])
            self._tap.hold()  # others appear under the finger
            self._end_or_show()

    def _open_list(self, place: int) -> None:
        lists = self.flow.lists()
        if place < len(lists):
            self.stay(STAYS_S)
            self.flow.take(lists[place])
            self._end_or_show()

    def _turn(self) -> None:
        self._first = self._first + SHOWN if self._first + SHOWN < len(self._options) else 0
        self.stay(STAYS_S)
        self._show()

    def _remind(self) -> None:
        """Said when another thing has become late, not all the time."""
        try:
            late = sum(one.late for one in self._desk.chores())
        except VisitorDeskError:
            return  # the gate says by itself that its journal cannot be read
        if late > self._late:
            self.noticed.emit(visitor_said.late_chores(late))
        self._late = late

    # --- what is shown ------------------------------------------------------------------------

    def _end_or_show(self) -> None:
        if self.flow.done:
            self.hide()
            self._tap.hold()
        else:
            self._show()

    def _show(self) -> None:
        flow = self.flow
        if flow.step is not self._shown_step:
            self._shown_step, self._first = flow.step, 0
        self._options = flow.options()
        self.title.setText(flow.title)
        self._hint.setText(flow.hint)
        self.pad.setVisible(flow.with_pad)
        self.pad.show_text(flow.typed)
        self._show_options(self._options[self._first : self._first + SHOWN])
        self._next.setVisible(len(self._options) > SHOWN)
        lists = flow.lists()
        for place, button in enumerate(self._lists):
            button.setVisible(place < len(lists))
            if place < len(lists):
                button.show_label(lists[place].large)
        self.body.setColumnStretch(0, 2 if flow.with_pad else 0)
        self.body.setColumnStretch(1, 3)

    def _show_options(self, shown: Sequence[Option]) -> None:
        """Few with keys are large buttons, many are tiles."""
        keyed = bool(shown) and bool(shown[0].key)
        self._cursor.clear()
        for place, button in enumerate(self._choices):
            if keyed and place < len(shown):
                button.show_label(shown[place].large)
        for place, tile in enumerate(self._tiles):
            one = shown[place] if not keyed and place < len(shown) else None
            tile.show_offer(Offer(one.large, one.small) if one else None)
        self._arrange_offers(self._choices if keyed else self._tiles, len(shown))

    def _arrange_offers(self, widgets: Sequence[QWidget], count: int) -> None:
        grids = BESIDE_PAD if self.flow.with_pad else GRIDS
        columns, rows = next(grid for grid in grids if grid[0] * grid[1] >= min(count, grids[-1][0] * ROWS))
        if count <= CHOICES and widgets is self._choices:
            columns, rows = (2, (count + 1) // 2) if count else (1, 1)
        for each in (*self._tiles, *self._choices):
            self._grid.removeWidget(each)
            each.hide()
        for place, widget in enumerate(widgets[: columns * rows]):
            if place < count or widgets is self._tiles:
                self._grid.addWidget(widget, place // columns, place % columns)
                widget.show()
        for line in range(max(COLUMNS, ROWS)):
            self._grid.setRowStretch(line, int(line < rows))
            self._grid.setColumnStretch(line, int(line < columns))
