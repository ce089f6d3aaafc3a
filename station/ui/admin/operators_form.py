"""What an admin types of an operator: number, name, role and a first PIN; or one of these anew."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout

from station.core.operators import Operator, needs_longer_pin
from station.core.override import Role
from station.ui import operator_words
from station.ui.admin.desk import DeskError
from station.ui.admin.operators_desk import OperatorsDesk
from station.ui.admin.operators_lost import pin_field
from station.ui.admin.parts import Asking, Command, Field, Picker, label, row

_LONGEST_NUMBER, _LONGEST_NAME = 8, 40


class OperatorForm(Asking):
    """`done` is told what was done, in words; empty: nothing."""

    def __init__(self, desk: OperatorsDesk, done: Callable[[str], None]) -> None:
        super().__init__()
        self._desk, self._done = desk, done
        self._of: Operator | None = None
        self._title, self._trouble = label("", "heading", wrap=True), label("", "trouble", wrap=True)
        self.number = Field(self.tr("编号，4 到 8 位数字"), plain=True)
        self.number.setMaxLength(_LONGEST_NUMBER)
        self.name = Field(self.tr("姓名"))
        self.name.setMaxLength(_LONGEST_NAME)
        self.role = Picker()
        for one in Role:
            self.role.addItem(operator_words.role(one), one)
        self.pin = pin_field(self.tr("密码，数字"))
        self.again = pin_field(self.tr("密码再输一遍"))
        self.go, self._act = Command(self.tr("好"), self._go, "main"), self._add
        self._build()
        self.hide()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.addWidget(self._title)
        column.addLayout(row(self.number, self.name, self.role))
        column.addLayout(row(self.pin, self.again))
        column.addWidget(self._trouble)
        column.addLayout(row(Command(self.tr("不用了"), lambda: self._end("")), None, self.go))

        for field in (self.number, self.name, self.pin):
            field.returnPressed.connect(self.focusNextChild)
        self.again.returnPressed.connect(self._go)
        self.role.currentIndexChanged.connect(self._ask_for_pin)

    def ask_new(self, *, first: bool) -> None:
        """A new operator; the first one is an admin."""
        role = Role.ADMIN if first else Role.VOLUNTEER
        self._show(self.tr("第一位管理员") if first else self.tr("添加一位"), None, role, self._add)
        self.role.setEnabled(not first)
        self.number.setFocus()

    def ask_change(self, one: Operator) -> None:
        """Another name or role."""
        self._show(self.tr("改 {number}").format(number=one.number), one, one.role, self._change)
        self.name.setFocus()

    def ask_pin(self, one: Operator) -> None:
        """A PIN that they change when they sign in."""
        said = self.tr("给 {name} 一个新密码，他签到时会再换成自己的").format(name=one.name)
        self._show(said, one, one.role, self._reset)
        self.pin.setFocus()

    def _show(self, title: str, one: Operator | None, role: Role, act: Callable[[], str]) -> None:
        self._of, self._act = one, act
        self._title.setText(title)
        self._trouble.setText("")
        self.number.setText(one.number if one else "")
        self.name.setText(one.name if one else "")
        self.role.setCurrentIndex(self.role.findData(role))
        named = act != self._reset
        for field, shown in ((self.number, one is None), (self.name, named), (self.role, named)):
            field.setVisible(shown)
        self._ask_for_pin()
        self.role.setEnabled(True)
        self.show()

    def _ask_for_pin(self) -> None:
        """Also of a volunteer who becomes a guard or admin: those of volunteers are short."""
        asked = self._act != self._change or self._rises()
        for field in (self.pin, self.again):
            field.clear()
            field.setVisible(asked)

    def _rises(self) -> bool:
        return self._of is not None and needs_longer_pin(self._of.role, Role(self.role.currentData()))

    def _go(self) -> None:
        if self.pin.isVisible() and self.pin.text() != self.again.text():
            self._trouble.setText(self.tr("两遍密码不一样，请再输一次。"))
            return
        try:
            said = self._act()
        except DeskError as error:
            self._trouble.setText(str(error))
            return
        self._end(said)

    def _end(self, said: str) -> None:
        for field in (self.number, self.name, self.pin, self.again):
            field.clear()
        self.hide()
        self._done(said)

    # --- what is done -----------------------------------------------------------------------------

    def _add(self) -> str:
        name = self.name.text().strip()
        self._desk.add(self.number.text().strip(), name, Role(self.role.currentData()), self.pin.text())
        return self.tr("{name} 可以签到了").format(name=name)

    def _change(self) -> str:
        assert self._of
        rises = self._rises()
        role = Role(self.role.currentData())
        self._desk.change(self._of.number, self.name.text(), role, self.pin.text())
        if rises:
            return self.tr("改好了，请当面告诉他新密码")
        return self.tr("改好了")

    def _reset(self) -> str:
        assert self._of
        self._desk.reset(self._of.number, self.pin.text())
        return self.tr("{name} 的密码换了，请当面告诉他").format(name=self._of.name)
