"""The barrier is opened by hand (开闸): who does it, and why. Two taps for a guard on duty.

Chooses an `Opening`. Volunteers call somebody who may; the barrier's own key opens it in any case.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from station.core.operators import Who
from station.core.override import Role
from station.ui.signed_page import RoleOf, SignedPage
from station.ui.theme import Theme
from station.ui.touch import Touch

translate = QCoreApplication.translate

MAY_OPEN = (Role.GUARD, Role.ADMIN)


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


class OpeningPage(SignedPage):
    """First the reason, which a volunteer may choose too; then whoever may signs, if they are not on duty."""

    def __init__(self, theme: Theme, touch: Touch, role_of: RoleOf, parent: QWidget) -> None:
        super().__init__(theme, touch, role_of, len(reasons()), parent)
        self._reason = ""
        for button, reason in zip(self._whys, reasons(), strict=True):
            button.show_label(reason)

    def open(self, now: float) -> None:
        self.title.setText(self.tr("开闸：为什么？"))
        self._turn_to(self._reasons)
        super().open(now)

    def _take(self, place: int) -> None:
        if place >= len(reasons()):
            return
        self._reason = reasons()[place]
        self.title.setText(self.tr("开闸：{why}").format(why=self._reason))
        who = self._duty.answering()
        if who.role is not None and self._may(who.role):
            self._signed(who)
        else:
            self._ask(self.tr("请保安或管理员按编号，再按“确定”。"))

    def _may(self, role: Role) -> bool:
        return role in MAY_OPEN

    def _ask(self, step: str) -> None:
        told = [
            self.tr("开闸要保安或管理员来定。"),
            step,
            self.tr("救护车等不及：用闸上的钥匙，回头再记。"),
        ]
        self._ask_at_the_pad("\n\n".join(told))

    def _not_theirs(self) -> str:
        return self.tr("这个编号不能开闸，请保安或管理员来。")

    def _signed(self, who: Who) -> None:
        self._duty.used_role()
        self._choose(Opening(who, self._reason))
