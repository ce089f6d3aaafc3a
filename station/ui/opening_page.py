"""The barrier is opened by hand (开闸): who does it, and why. Two taps for a guard on duty.

Chooses an `Opening`. Volunteers call somebody who may; the barrier's own key opens it in any case.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from station.core.operators import Who
from station.core.override import Role
from station.ui.buttons import KeyButton
from station.ui.correction_page import GUARD_COMES_S, RoleOf
from station.ui.duty import Duty, NoDuty
from station.ui.note import Note
from station.ui.number_pad import NumberPad
from station.ui.pages import Page
from station.ui.theme import Theme
from station.ui.touch import Touch

translate = QCoreApplication.translate

MAY_OPEN = (Role.GUARD, Role.ADMIN)
_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class Opening:
    """`who` answers for it; `reason` is one of `reasons()`."""

    who: Who
    reason: str


def reasons() -> tuple[str, ...]:
    """In words, as they are put on record."""
    return (
        translate("opening", "救护、消防、警察"),
        translate("opening", "货车、工程车"),
        translate("opening", "老人、轮椅、婴儿车"),
        translate("opening", "登记过了，闸没有开"),
        translate("opening", "有人出门"),
        translate("opening", "试一试闸"),
    )


class OpeningPage(Page):
    """First the reason, which a volunteer may choose too; then whoever may signs, if they are not on duty."""

    def __init__(self, theme: Theme, touch: Touch, role_of: RoleOf, parent: QWidget) -> None:
        super().__init__(theme, touch, parent)
        self._role_of = role_of
        self._duty: Duty = NoDuty()
        self._reason = self._signing = ""
        self._reasons, self._number = QWidget(self), QWidget(self)
        for step in (self._reasons, self._number):
            self.body.addWidget(step, 0, 0)
        self._build_reasons(touch)
        self._build_number(theme, touch)

    def use(self, duty: Duty) -> None:
        """Who is on duty, and whose PIN is right."""
        self._duty = duty

    def open(self, now: float) -> None:
        self.title.setText(self.tr("开闸：为什么？"))
        self._turn_to(self._reasons)
        super().open(now)

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
        self._pad.erase()

    def enter(self, now: float) -> None:
        super().enter(now)
        if self._number.isVisible():
            self._pad.enter()

    def _build_reasons(self, touch: Touch) -> None:
        self._list = QGridLayout(self._reasons)
        self._list.setContentsMargins(0, 0, 0, 0)
        for place, reason in enumerate(reasons()):
            button = KeyButton(reason, str(place + 1), touch, self._reasons)
            button.tapped.connect(lambda place=place: self._take(place))
            self._list.addWidget(button, place // _COLUMNS, place % _COLUMNS)
        for column in range(_COLUMNS):
            self._list.setColumnStretch(column, 1)

    def _build_number(self, theme: Theme, touch: Touch) -> None:
        row = QHBoxLayout(self._number)
        row.setContentsMargins(0, 0, 0, 0)
        self._told, self._pad = Note(34, theme, self._number), NumberPad(touch, self._number)
        self._pad.entered.connect(self._sign)
        row.addWidget(self._told, 1)
        row.addWidget(self._pad, 1)

    def _turn_to(self, step: QWidget) -> None:
        for one in (self._reasons, self._number):
            one.setVisible(one is step)

    def _take(self, place: int) -> None:
        if place >= len(reasons()):
            return
        self._reason = reasons()[place]
        self.title.setText(self.tr("开闸：{why}").format(why=self._reason))
        who = self._duty.answering()
        if who.role in MAY_OPEN:
            self._give(who)
        else:
            self._ask(self.tr("请保安或管理员按自己的编号，再按“确定”。"))

    def _ask(self, step: str, number: str = "") -> None:
        told = [
            self.tr("开闸要保安或管理员来定。"),
            step,
            self.tr("救护车等不及，就用闸上的钥匙，回头再记。"),
        ]
        self._told.show_text("\n\n".join(told))
        self._signing = number
        self._pad.clear()
        self.stay(GUARD_COMES_S)
        self._turn_to(self._number)

    def _sign(self, typed: str) -> None:
        if not self._duty.used():
            role = self._role_of(typed)
            if role in MAY_OPEN:
                self._give(Who(typed, role))
            else:
                self._ask(self.tr("没有这个编号，请再按一次。"))
        elif not self._signing:
            self._ask(self.tr("编号 {number}：请按密码，再按“确定”。").format(number=typed), typed)
        else:
            self._sign_with_pin(typed)

    def _sign_with_pin(self, pin: str) -> None:
        signed = self._duty.sign_once(self._signing, pin)
        if signed.operator is None:
            self._ask(signed.refusal)
        elif signed.operator.role not in MAY_OPEN:
            self._ask(self.tr("这个编号不能开闸，请保安或管理员来。"))
        else:
            self._give(signed.operator.who)

    def _give(self, who: Who) -> None:
        self._duty.used_role()
        self._choose(Opening(who, self._reason))
