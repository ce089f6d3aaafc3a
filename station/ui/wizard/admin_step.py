"""The first admin: a number, and a PIN typed twice. At the end they are an operator; others follow on F10."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from station.core.operators import pin_problem
from station.core.override import Role
from station.ui import operator_words
from station.ui.admin.parts import label
from station.ui.number_pad import NumberPad
from station.ui.theme import Theme
from station.ui.touch import Touch
from station.ui.wizard.desk import WizardDesk
from station.ui.wizard.draft import Draft
from station.ui.wizard.step import Step

LEAST_OF_NUMBER = 4  # digits, as in the settings


class AdminStep(Step):
    keeps = False  # it knows itself whether there are operators

    def __init__(self, draft: Draft, desk: WizardDesk, touch: Touch) -> None:
        super().__init__(draft, desk)
        self._number = self._first = ""  # what was typed so far
        self._said = label(wrap=True)
        self.pad = NumberPad(touch, self)
        self.pad.entered.connect(self._take)
        self._line = QHBoxLayout()
        self._line.addWidget(self.pad, 1)
        self._line.addWidget(self._said, 1)
        self.column.addLayout(self._line, 1)
        self._show()

    @property
    def title(self) -> str:
        return self.tr("第一位管理员")

    @property
    def sentence(self) -> str:
        return self.tr("先定编号，再定密码。改判、开闸和“管理”都要用它签字。")

    @property
    def if_skipped(self) -> str:
        if self.desk.has_operators:
            return self.tr("照旧，用已经有的编号和密码")
        return self.tr("谁都能改判，只留下写的号；以后在“管理 → 值班 → 账号”里能加")

    @property
    def ready(self) -> bool:
        return bool(self.draft.admin)

    @property
    def summary(self) -> str:
        admin = self.draft.admin
        return self.tr("编号 {number}，密码记好了").format(number=admin) if admin else ""

    def enter(self) -> None:
        self._show()

    def skip(self) -> None:
        self._forget()
        self._show()

    def type(self, character: str) -> None:
        """A key of the keyboard."""
        self.pad.type(character)

    def _forget(self) -> None:
        self.draft.admin = self.draft.pin = self._number = self._first = ""

    def _take(self, digits: str) -> None:
        """The number, the PIN, the PIN again."""
        self.pad.clear()
        if self.desk.has_operators:
            return
        if self.draft.admin:
            self._forget()
        if not self._number:
            self._show(self._take_number(digits))
        elif not self._first:
            self._show(self._take_pin(digits))
        elif digits != self._first:
            self._first = ""
            self._show(self.tr("两遍不一样，密码从头再输。"))
        else:
            self.draft.admin, self.draft.pin = self._number, digits
            self._number = self._first = ""
            self._show()

    def _take_number(self, digits: str) -> str:
        """What is wrong with it; "" if it is taken."""
        if len(digits) < LEAST_OF_NUMBER:
            return self.tr("编号太短了，至少 4 位。再来一次。")
        self._number = digits
        return ""

    def _take_pin(self, digits: str) -> str:
        problem = pin_problem(digits, self._number, Role.ADMIN)
        if problem:
            return operator_words.problem(problem)
        self._first = digits
        return ""

    def _show(self, trouble: str = "") -> None:
        self.pad.setEnabled(not self.desk.has_operators)
        self._said.setText(f"{trouble}\n{self._step()}".strip())
        self.changed.emit()

    def _step(self) -> str:
        if self.desk.has_operators:
            return self.tr("已经有管理员了。改密码、加人：到“管理 → 值班 → 账号”。这一步请跳过。")
        if self.draft.admin:
            kept = self.tr("✓ 记好了。别忘了密码，也别告诉别人。设置完会显示恢复码，请备好纸笔。")
            return f"{kept}\n\n{self._about_keys()}"
        if self._first:
            return self.tr("密码再输一遍，按“确定”。")
        if self._number:
            return self.tr("编号 {number}。现在定密码：6 到 8 位数字，按“确定”。").format(number=self._number)
        return self.tr("编号：4 到 8 位数字，按“确定”。")

    def _about_keys(self) -> str:
        """Locking the keys away is for later: it needs the paper, and somebody who signs in at night."""
        return self.tr(
            "要防硬盘被偷：以后到“管理 → 值班 → 账号 → 数据钥匙”，把名册锁进密码。"
            "锁了以后，夜里断电重启，要等有人签到，大门才认得人，在那以前人人复核。"
        )

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        grid: QGridLayout = self.pad.grid
        grid.setSpacing(round(10 * scale))
        self._line.setSpacing(round(40 * scale))
