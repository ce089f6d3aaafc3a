"""A page on which somebody answers for what they choose: reasons on digits, and a pad for whoever may sign.

Whoever is on duty signs by being there; anybody else types their number, and their PIN once PINs are used.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from station.core.operators import Who
from station.core.override import Role
from station.ui.buttons import KeyButton
from station.ui.duty import Duty, NoDuty
from station.ui.note import Note
from station.ui.number_pad import NumberPad
from station.ui.pages import Page
from station.ui.theme import Theme
from station.ui.touch import Touch

RoleOf = Callable[[str], Role | None]  # by the number of an operator; None: nobody here has it

GUARD_COMES_S = 120.0  # from the other end of the gate
_COLUMNS = 2


class SignedPage(Page):
    """Subclasses say who may (`_may`), what a digit stands for (`_take`), and what follows (`_signed`)."""

    def __init__(self, theme: Theme, touch: Touch, role_of: RoleOf, most: int, parent: QWidget) -> None:
        """`most`: how many reasons there can be."""
        super().__init__(theme, touch, parent)
        self._role_of = role_of
        self._duty: Duty = NoDuty()
        self._signing = ""  # the number of whoever types their PIN
        self._steps: list[QWidget] = []
        self._number, self._reasons = self._add_step(), self._add_step()
        self._build_number(theme, touch)
        self._build_reasons(touch, most)

    def use(self, duty: Duty) -> None:
        """Who is on duty, and whose PIN is right."""
        self._duty = duty

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        self._told.dress(theme, scale)
        for grid in (self._pad.grid, self._list):
            grid.setSpacing(round(12 * scale))

    def type(self, character: str, now: float) -> None:
        super().type(character, now)
        if self._number.isVisible():
            self._pad.type(character)
        elif character in "123456789":
            self._take(int(character) - 1)

    def erase(self, now: float) -> None:
        super().erase(now)
        if self._number.isVisible():
            self._pad.erase()

    def enter(self, now: float) -> None:
        super().enter(now)
        if self._number.isVisible():
            self._pad.enter()

    # --- what a page says for itself ----------------------------------------------------------

    def _take(self, place: int) -> None:
        """A digit stands for the button that bears it."""
        raise NotImplementedError

    def _may(self, role: Role) -> bool:
        """Whether they can answer for it."""
        raise NotImplementedError

    def _ask(self, step: str) -> None:
        """Who may, and how they do it: by `_ask_at_the_pad`."""
        raise NotImplementedError

    def _not_theirs(self) -> str:
        """To somebody whose PIN is right, and who may not."""
        raise NotImplementedError

    def _signed(self, who: Who) -> None:
        """They may, and said who they are."""
        raise NotImplementedError

    # --- the steps ----------------------------------------------------------------------------

    def _add_step(self) -> QWidget:
        step = QWidget(self)
        self._steps.append(step)
        self.body.addWidget(step, 0, 0)
        return step

    def _turn_to(self, step: QWidget) -> None:
        for one in self._steps:
            one.setVisible(one is step)

    def _build_number(self, theme: Theme, touch: Touch) -> None:
        row = QHBoxLayout(self._number)
        row.setContentsMargins(0, 0, 0, 0)
        self._told, self._pad = Note(34, theme, self._number), NumberPad(touch, self._number)
        self._pad.entered.connect(self._sign)
        row.addWidget(self._told, 1)
        row.addWidget(self._pad, 1)

    def _build_reasons(self, touch: Touch, most: int) -> None:
        self._list = QGridLayout(self._reasons)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._whys = [KeyButton("", str(place + 1), touch, self._reasons) for place in range(most)]
        for place, button in enumerate(self._whys):
            button.tapped.connect(lambda place=place: self._take(place))
            self._list.addWidget(button, place // _COLUMNS, place % _COLUMNS)
        for column in range(_COLUMNS):
            self._list.setColumnStretch(column, 1)

    # --- who signs ----------------------------------------------------------------------------

    def _ask_at_the_pad(self, text: str, signing: str = "") -> None:
        self._told.show_text(text)
        self._signing = signing
        self._pad.clear()
        self.stay(GUARD_COMES_S)
        self._turn_to(self._number)

    def _sign(self, typed: str) -> None:
        """A number; once PINs are used, then the PIN."""
        if not self._duty.used():
            role = self._role_of(typed)
            if role is not None and self._may(role):
                self._signed(Who(typed, role))
            else:
                self._ask(self.tr("没有这个编号，请再按一次。"))
        elif not self._signing:
            self._ask_at_the_pad(self.tr("编号 {number}：请按密码，再按“确定”。").format(number=typed), typed)
        else:
            self._sign_with_pin(typed)

    def _sign_with_pin(self, pin: str) -> None:
        signed = self._duty.sign_once(self._signing, pin)
        if signed.operator is None:
            self._ask(signed.refusal)
        elif not self._may(signed.operator.role):
            self._ask(self._not_theirs())
        else:
            self._signed(signed.operator.who)
