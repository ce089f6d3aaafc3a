"""The frame of the page for handing over: its bodies, its buttons, and what a key means in which step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum, auto
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from station.core.handover import Sheet, Stopped
from station.ui.buttons import KeyButton
from station.ui.guarded_field import GuardedField
from station.ui.handover_cards import PointTile, SheetCard
from station.ui.handover_desk import DeskError, HandoverDesk, ListView, NoHandover, Signer, Waits
from station.ui.note import Note
from station.ui.number_pad import NumberPad
from station.ui.offers import Offer
from station.ui.pages import Page
from station.ui.person_tile import PersonTile
from station.ui.theme import Theme
from station.ui.touch import Touch

STAYS_S = 180.0  # reading it takes a while; whoever passes meanwhile is recorded all the same
CARD_COLUMNS, TILE_COLUMNS, TILES, POINTS = 4, 3, 9, 10
KEYS = "1234567890"
Offers = Sequence[tuple[Offer, Callable[[], None]]]
T = TypeVar("T")


class Step(Enum):
    SHEET = auto()
    POINTS = auto()
    STOPS = auto()
    PLACES = auto()
    REMARK = auto()
    OUT = auto()  # who hands over
    OUT_PIN = auto()
    OUT_NAME = auto()
    IN = auto()  # who takes over
    IN_PIN = auto()
    IN_NAME = auto()
    DONE = auto()


PADS, FIELDS = (Step.OUT_PIN, Step.IN_PIN), (Step.REMARK, Step.OUT_NAME, Step.IN_NAME)
TILED = (Step.STOPS, Step.PLACES, Step.OUT, Step.IN)


class HandoverFrame(Page):
    """`changed`: somebody else is on duty, or a sheet waits for somebody."""

    changed = Signal()
    scanned = Signal(str)  # a scanner typed while somebody was writing: it goes to the lane

    def __init__(self, theme: Theme, touch: Touch, parent: QWidget) -> None:
        super().__init__(theme, touch, parent)
        self._desk: HandoverDesk = NoHandover()
        self._step, self._remark, self._list = Step.SHEET, "", 0
        self._anew = False  # the sheet that waits is to be written once more
        self._sheet: Sheet | None = None
        self._lists: Sequence[ListView] = ()
        self._stop: Stopped | None = None
        self._signer: Signer | None = None
        self._offers: Offers = ()
        self._first = 0
        self.title.setObjectName("call")  # in the regular face: it may hold a rare character of a name
        self._build(theme, touch)

    def use(self, desk: HandoverDesk) -> None:
        """Where the sheet and the people come from."""
        self._desk = desk

    # --- building -------------------------------------------------------------------------------

    def _build(self, theme: Theme, touch: Touch) -> None:
        self._bodies = {name: QWidget(self) for name in ("cards", "points", "tiles", "writing")}
        for body in self._bodies.values():
            self.body.addWidget(body, 0, 0)
        self.cards = [SheetCard(theme, touch, self._bodies["cards"]) for _ in range(13)]
        self._cards = _grid(self._bodies["cards"], self.cards[:12], CARD_COLUMNS)
        self._cards.addWidget(self.cards[12], 3, 0, 1, CARD_COLUMNS)
        for row, stretch in enumerate((5, 5, 5, 3)):
            self._cards.setRowStretch(row, stretch)
        self.points = [PointTile(theme, touch, self._bodies["points"]) for _ in range(POINTS)]
        self._points = _grid(self._bodies["points"], self.points, 2)
        self.tiles = [PersonTile(theme, touch, self._bodies["tiles"]) for _ in range(TILES)]
        self._grid = _grid(self._bodies["tiles"], self.tiles, TILE_COLUMNS)
        for place, point in enumerate(self.points):
            point.tapped.connect(lambda place=place: self._tick(place))
        for place, tile in enumerate(self.tiles):
            tile.tapped.connect(lambda place=place: self._take(place))
        for card in self.cards:
            card.tapped.connect(lambda card=card: self._tap(card))
        self._build_writing(theme, touch)
        self._build_foot(touch)

    def _build_writing(self, theme: Theme, touch: Touch) -> None:
        column, row = QVBoxLayout(), QHBoxLayout(self._bodies["writing"])
        row.setContentsMargins(0, 0, 0, 0)
        self.note = Note(34, theme, self._bodies["writing"])
        self.field = GuardedField(self._bodies["writing"])
        self.field.scanned.connect(self.scanned)
        self.field.textEdited.connect(lambda text: self.stay(STAYS_S))
        self.pad = NumberPad(touch, self._bodies["writing"])
        self.pad.entered.connect(self._signed)
        column.addWidget(self.field)
        column.addWidget(self.note, 1)
        row.addLayout(column, 1)
        row.addWidget(self.pad, 1)

    def _build_foot(self, touch: Touch) -> None:
        self.go_on = KeyButton("", "Enter", touch, self)
        self.other = KeyButton("", "0", touch, self)
        self.more = KeyButton(self.tr("下一页"), "PgDn", touch, self)
        self.to_sheet = KeyButton(self.tr("回到交班单"), "Home", touch, self)
        acts = (self._confirm, self._otherwise, self._leaf, self.show_sheet)
        widths = (265, 290, 235, 280)
        buttons = (self.go_on, self.other, self.more, self.to_sheet)
        for button, act, width in zip(buttons, acts, widths, strict=True):
            button.tapped.connect(act)
            self.add_to_foot(button, width)

    # --- what comes from outside ----------------------------------------------------------------

    def hideEvent(self, event: QHideEvent) -> None:
        """No digit that was typed stays. It comes also while the page is being made."""
        for pad in self.findChildren(NumberPad):
            pad.clear()

    def type(self, character: str, now: float) -> None:
        self._now = now
        self.stay(STAYS_S)
        if self.pad.isVisible():
            self.pad.type(character)
        elif self._step in FIELDS:
            return
        elif character in KEYS:
            self._digit(character)

    def erase(self, now: float) -> None:
        self._now = now
        self.stay(STAYS_S)
        if self.pad.isVisible():
            self.pad.erase()

    def leaf(self, now: float) -> None:
        self._now = now
        self.stay(STAYS_S)
        self._leaf()

    def enter(self, now: float) -> None:
        self._now = now
        self.stay(STAYS_S)
        if self.pad.isVisible():
            self.pad.enter()
        else:
            self._confirm()

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        for card in self.cards:
            card.dress(theme, scale)
        for point in self.points:
            point.dress(theme, scale)
        for tile in self.tiles:
            tile.dress(theme, scale)
        self.note.dress(theme, scale)
        self.field.dress(theme, scale)
        for grid in (self._cards, self._points, self._grid, self.pad.grid):
            grid.setSpacing(round(10 * scale))

    # --- what the steps do ----------------------------------------------------------------------

    def show_sheet(self) -> None:
        raise NotImplementedError

    def _digit(self, character: str) -> None:
        raise NotImplementedError

    def _confirm(self) -> None:
        """ENTER: what the first button says."""
        raise NotImplementedError

    def _otherwise(self) -> None:
        """0: what the second button says."""
        raise NotImplementedError

    def _tick(self, place: int) -> None:
        raise NotImplementedError

    def _tap(self, card: SheetCard) -> None:
        raise NotImplementedError

    def _signed(self, pin: str) -> None:
        raise NotImplementedError

    def _leaf(self) -> None:
        raise NotImplementedError

    def go_home(self) -> None:
        """Home, pressed again: back to the sheet."""
        if self._step is not Step.SHEET:
            self.show_sheet()

    def _take(self, place: int) -> None:
        if self._step in TILED and self._first + place < len(self._offers):
            self.stay(STAYS_S)
            self._offers[self._first + place][1]()

    # --- what is shown --------------------------------------------------------------------------

    def _offer(self, step: Step, offers: Offers, go_on: str = "", other: str = "") -> None:
        self._offers, self._first = offers, 0
        self._show_offers()
        self._turn(step, go_on=go_on, other=other, more=self.tr("下一页") if len(offers) > TILES else "")

    def _show_offers(self) -> None:
        shown = self._offers[self._first : self._first + TILES]
        for place, tile in enumerate(self.tiles):
            offer = shown[place][0] if place < len(shown) else None
            keyed = Offer(offer.large, f"{place + 1} · {offer.small}".rstrip(" ·")) if offer else None
            tile.show_offer(keyed)

    def _turn(
        self, step: Step, *, go_on: str = "", other: str = "", more: str = "", pad: bool | None = None
    ) -> None:
        self._step = step
        name = "cards" if step is Step.SHEET else "points" if step is Step.POINTS else "tiles"
        if step in (*PADS, *FIELDS, Step.DONE):
            name = "writing"
        for one, body in self._bodies.items():
            body.setVisible(one == name)
        self.field.setVisible(step in FIELDS)
        self.pad.setVisible(bool(pad) if pad is not None else False)
        for button, text in ((self.go_on, go_on), (self.other, other), (self.more, more)):
            button.setVisible(bool(text))
            if text:
                button.show_label(text)
        self.to_sheet.setVisible(step is not Step.SHEET)

    def _waiting(self) -> Waits | None:
        """What the incoming one has to sign, unless it is being written anew."""
        return None if self._anew else self._asked(self._desk.waits)

    def _asked(self, ask: Callable[[], T]) -> T | None:
        """What the desk says; what went wrong stands on the page instead."""
        try:
            return ask()
        except DeskError as error:
            self.title.setText(str(error))
            return None


def _grid(body: QWidget, parts: Sequence[QWidget], columns: int) -> QGridLayout:
    grid = QGridLayout(body)
    grid.setContentsMargins(0, 0, 0, 0)
    for place, part in enumerate(parts):
        grid.addWidget(part, place // columns, place % columns)
    for column in range(columns):
        grid.setColumnStretch(column, 1)
    return grid
