"""Who is on duty: a tap on one's own name, then the PIN. Also another PIN for oneself, and going off duty.

Nothing at the gate waits for it: the page goes by itself, and recording goes on without anybody.
"""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from station.core.operators import Operator
from station.ui import operator_words
from station.ui.buttons import KeyButton
from station.ui.duty import Duty, NoDuty
from station.ui.note import Note
from station.ui.number_pad import NumberPad
from station.ui.offers import Offer
from station.ui.pages import Page
from station.ui.person_tile import PersonTile
from station.ui.theme import Theme
from station.ui.touch import Touch

_COLUMNS, _ROWS = 3, 3
SHOWN = _COLUMNS * _ROWS  # each has a digit
AT_THE_PAD_S = 60.0


class _Step(Enum):
    NAMES = auto()
    PIN = auto()
    OLD = auto()  # before a new one
    NEW = auto()
    AGAIN = auto()


class SignInPage(Page):
    """`changed`: somebody else is on duty now, or nobody."""

    changed = Signal()
    handover_asked = Signal()  # not only signing in: with a sheet

    def __init__(self, theme: Theme, touch: Touch, parent: QWidget) -> None:
        super().__init__(theme, touch, parent)
        self._duty: Duty = NoDuty()
        self._people: list[Operator] = []
        self._first = 0
        self._who: Operator | None = None
        self._step, self._new = _Step.NAMES, ""
        self.title.setObjectName("entry")  # in the regular face: it may hold a rare character of a name
        self._names, self._entering = QWidget(self), QWidget(self)
        for step in (self._names, self._entering):
            self.body.addWidget(step, 0, 0)
        self._build(theme, touch)

    def _build(self, theme: Theme, touch: Touch) -> None:
        self._grid = QGridLayout(self._names)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.tiles = [PersonTile(theme, touch, self._names) for _ in range(SHOWN)]
        for place, tile in enumerate(self.tiles):
            tile.tapped.connect(lambda place=place: self._take(place))
            self._grid.addWidget(tile, place // _COLUMNS, place % _COLUMNS)
        row = QHBoxLayout(self._entering)
        row.setContentsMargins(0, 0, 0, 0)
        self.note, self.pad = Note(34, theme, self._entering), NumberPad(touch, self._entering)
        self.pad.entered.connect(self._entered)
        row.addWidget(self.note, 1)
        row.addWidget(self.pad, 1)
        self.off = KeyButton(self.tr("下班"), "0", touch, self)
        self.another = KeyButton(self.tr("换密码"), ".", touch, self)
        self.hand_over = KeyButton(self.tr("交接班"), "Home", touch, self)
        self.more = KeyButton(self.tr("下一页"), "PgDn", touch, self)
        acts = (self._go_off, self._ask_old, self.handover_asked.emit, self._leaf)
        buttons = (self.off, self.another, self.hand_over, self.more)
        for button, act, width in zip(buttons, acts, (270, 330, 340, 300), strict=True):
            button.tapped.connect(act)
            self.add_to_foot(button, width)

    def use(self, duty: Duty) -> None:
        """Where people and PINs come from."""
        self._duty = duty

    # --- what comes from outside ------------------------------------------------------------------

    def open(self, now: float) -> None:
        self._people, self._first = list(self._duty.people()), 0
        self._show_names()
        super().open(now)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing that was typed stays. It comes also while the page is being made."""
        for pad in self.findChildren(NumberPad):
            pad.clear()
        self._new = ""

    def type(self, character: str, now: float) -> None:
        super().type(character, now)
        if self._step is not _Step.NAMES:
            self.stay(AT_THE_PAD_S)
            self.pad.type(character)
        elif character in "123456789":
            self._take(int(character) - 1)
        elif character == "0":
            self._go_off()
        elif character == ".":
            self._ask_old()

    def erase(self, now: float) -> None:
        super().erase(now)
        if self._step is not _Step.NAMES:
            self.pad.erase()

    def leaf(self, now: float) -> None:
        super().leaf(now)
        self._leaf()

    def enter(self, now: float) -> None:
        super().enter(now)
        if self._step is not _Step.NAMES:
            self.stay(AT_THE_PAD_S)
            self.pad.enter()

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        for tile in self.tiles:
            tile.dress(theme, scale)
        self.note.dress(theme, scale)
        for grid in (self._grid, self.pad.grid):
            grid.setSpacing(round(12 * scale))

    # --- the names --------------------------------------------------------------------------------

    def _show_names(self) -> None:
        on_duty = self._duty.on_duty()
        said = self.tr("当班：{name}。换人请点名字。").format(name=on_duty.name) if on_duty else ""
        self.title.setText(said or self.tr("谁来当班？请点自己的名字。"))
        shown = self._people[self._first : self._first + SHOWN]
        for place, tile in enumerate(self.tiles):
            one = shown[place] if place < len(shown) else None
            tile.show_offer(
                Offer(one.name, f"{place + 1} · {operator_words.role(one.role)}") if one else None
            )
        self._turn_to(_Step.NAMES)

    def _take(self, place: int) -> None:
        people = self._people[self._first : self._first + SHOWN]
        if self._step is _Step.NAMES and place < len(people):
            self._who = people[place]
            self._ask(_Step.PIN)

    def _leaf(self) -> None:
        if self._step is _Step.NAMES and len(self._people) > SHOWN:
            self._first = self._first + SHOWN if self._first + SHOWN < len(self._people) else 0
            self._show_names()

    def _go_off(self) -> None:
        if self._step is _Step.NAMES and self._duty.on_duty():
            self._duty.sign_out()
            self.hide()
            self.changed.emit()

    def _ask_old(self) -> None:
        """Another PIN, of whoever is on duty."""
        self._who = self._duty.on_duty() if self._step is _Step.NAMES else None
        if self._who:
            self._ask(_Step.OLD)

    # --- the pad ----------------------------------------------------------------------------------

    def _ask(self, step: _Step, trouble: str = "") -> None:
        assert self._who
        asked = {
            _Step.PIN: self.tr("请按密码，再按“确定”。"),
            _Step.OLD: self.tr("先按现在的密码。"),
            _Step.NEW: self.tr("给自己定一个新密码，只有自己知道。4 到 8 位数字；保安和管理员至少 6 位。"),
            _Step.AGAIN: self.tr("新密码再按一遍。"),
        }[step]
        self.title.setText(self._who.name)
        old = step in (_Step.PIN, _Step.OLD)  # trouble says by itself what to do
        told = (trouble, "" if old and trouble else asked)
        self.note.show_text("\n\n".join(part for part in told if part))
        self.pad.clear()
        self.stay(AT_THE_PAD_S)
        self._turn_to(step)

    def _entered(self, digits: str) -> None:
        if self._step is _Step.NEW:
            self._new = digits
            self._ask(_Step.AGAIN)
        elif self._step is _Step.AGAIN:
            self._take_new(digits)
        else:
            self._compare(digits)

    def _compare(self, pin: str) -> None:
        assert self._who
        old = self._step is _Step.OLD
        answer = (
            self._duty.sign_once(self._who.number, pin) if old else self._duty.sign_in(self._who.number, pin)
        )
        if answer.operator is None:
            self._ask(self._step, answer.refusal)
            return
        self.changed.emit()
        if old or answer.operator.new_pin:
            self._ask(_Step.NEW)
        else:
            self.hide()

    def _take_new(self, again: str) -> None:
        assert self._who
        if again != self._new:
            self._ask(_Step.NEW, self.tr("两遍不一样，请从头再来。"))
        elif problem := self._duty.change_pin(self._who.number, self._new):
            self._ask(_Step.NEW, problem)
        else:
            self.hide()
            self.changed.emit()

    def _turn_to(self, step: _Step) -> None:
        self._step = step
        names = step is _Step.NAMES
        self._names.setVisible(names)
        self._entering.setVisible(not names)
        on_duty = self._duty.on_duty() is not None
        self.off.setVisible(names and on_duty)
        self.another.setVisible(names and on_duty)
        self.hand_over.setVisible(names and len(self._people) <= SHOWN)  # else F10, or Home
        self.more.setVisible(names and len(self._people) > SHOWN)
