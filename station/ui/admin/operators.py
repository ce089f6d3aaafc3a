"""The section for people who work here (账号): who they are, and who looked at what."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from station.core.operators import Operator
from station.ui import operator_words
from station.ui.admin.audit_page import AuditPage
from station.ui.admin.desk import DeskError
from station.ui.admin.keys_page import KeysPage
from station.ui.admin.operators_desk import OperatorsDesk
from station.ui.admin.operators_form import OperatorForm
from station.ui.admin.operators_lost import RecoverySheet
from station.ui.admin.parts import Command, Question, Switch, label, row
from station.ui.admin.sections import Host, Section
from station.ui.admin.table import Line, Table
from station.ui.theme import Theme

_AUDIT, _KEYS, _SHEET = 1, 2, 3  # pages beside the operators


class OperatorsSection(Section):
    """Only admins come here, once there are operators."""

    admin_only = True

    def __init__(self, host: Host, desk: OperatorsDesk) -> None:
        super().__init__(host)
        self._desk = desk
        self.who, self.looked = Switch(self.tr("操作员")), Switch(self.tr("谁做过什么"))
        self.lock = Switch(self.tr("数据钥匙"))
        self.audit, self.sheet = AuditPage(desk, host), RecoverySheet(desk)
        self.keys = KeysPage(desk.keys, self._to_print)
        self.form = OperatorForm(desk, self._formed)
        self.question = Question()
        self.hint = label(wrap=True)
        self.table = Table(self._titles(), 1)
        self._pages = QStackedWidget()
        self._build()

    @property
    def title(self) -> str:
        return self.tr("账号")

    def _titles(self) -> Sequence[str]:
        return (self.tr("编号"), self.tr("姓名"), self.tr("身份"), self.tr("密码"))

    def _build(self) -> None:
        self.add = Command(self.tr("添加"), lambda: self.form.ask_new(first=not self._desk.used()), "main")
        self.change = Command(self.tr("改"), lambda: self._of_marked(self.form.ask_change))
        self.reset = Command(self.tr("重设密码"), lambda: self._of_marked(self.form.ask_pin))
        self.remove = Command(self.tr("停用"), lambda: self._of_marked(self._ask_to_remove))
        self.recovery = Command(self.tr("新的恢复码"), self._ask_for_recovery)
        for number, switch in enumerate((self.who, self.looked, self.lock)):
            switch.clicked.connect(lambda checked, number=number: self.show_page(number))
        self.table.marked_changed.connect(self._allow)
        self.sheet.done.connect(self.enter)
        people = QWidget()
        column = QVBoxLayout(people)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self.hint, self.table, self.form, self.question):
            column.addWidget(part, 1 if part is self.table else 0)
        column.addLayout(row(self.add, self.change, self.reset, self.remove, None, self.recovery))
        for page in (people, self.audit, self.keys, self.sheet):
            self._pages.addWidget(page)
        self.column.addLayout(row(label(self.title, "title"), None, self.who, self.looked, self.lock))
        self.column.addWidget(self._pages, 1)

    def show_page(self, number: int) -> None:
        """Operators, the audit, the data keys, or the recovery key."""
        self.keys.leave()
        self.audit.leave()
        self._pages.setCurrentIndex(number)
        for at, switch in enumerate((self.who, self.looked, self.lock)):
            switch.setChecked(at == (0 if number == _SHEET else number))
        if number == _AUDIT:
            self.audit.enter()
        elif number == _KEYS:
            self.keys.enter()

    def enter(self) -> None:
        self.show_page(0)
        self._fill()

    def leave(self) -> None:
        self.form.hide()
        self.question.answer(yes=False)
        self.sheet.show_key("")
        self.audit.leave()
        self.keys.leave()

    def go_back(self) -> bool:
        if self.keys.go_back() or (self.sheet.isVisible() and self.sheet.go_back()):
            return True
        for part in (self.form, self.question):
            if part.isVisible():
                part.hide()
                return True
        return False

    def _fill(self) -> None:
        try:
            people = self._desk.people()
        except DeskError as error:
            people = ()
            self.host.say(str(error), trouble=True)
        self.table.show_lines([self._line(one) for one in people], self._titles())
        self.hint.setText("" if self._desk.used() else self._how_to_begin())
        self.hint.setVisible(not self._desk.used())
        self.recovery.setEnabled(self._desk.used())
        self._allow()

    def _how_to_begin(self) -> str:
        return self.tr(
            "现在谁都不用密码，改判时按的编号也不核对。要让每件事都知道是谁做的：先点“添加”，做第一位管理员，"
            "打印恢复码，再添加保安和志愿者。以后打开管理页要密码；大门照样登记，夜里没人签到也不会停。"
        )

    def _line(self, one: Operator) -> Line:
        pin = self.tr("第一次签到时自己换") if one.new_pin else self.tr("自己定的")
        return Line(one, (one.number, one.name, operator_words.role(one.role), pin))

    def _allow(self) -> None:
        one = len(self.table.marked) == 1
        for command in (self.change, self.reset, self.remove):
            command.setEnabled(one)

    def _of_marked(self, act: object) -> None:
        marked = self.table.marked
        if len(marked) == 1 and isinstance(marked[0], Operator) and callable(act):
            act(marked[0])

    def _formed(self, said: str) -> None:
        """After the first one the recovery key is made at once: a lost PIN must not lock everybody out."""
        first = bool(said) and not self.recovery.isEnabled()
        self._fill()
        self.host.say(said)
        if first:
            self._make_recovery()

    def _ask_to_remove(self, one: Operator) -> None:
        said = self.tr("停用 {name}？他再也不能签到，编号也不再给别人；记录都留着。").format(name=one.name)
        self.question.ask(said, self.tr("停用"), lambda: self._remove(one))

    def _remove(self, one: Operator) -> None:
        try:
            self._desk.remove(one.number)
        except DeskError as error:
            self.host.say(str(error), trouble=True)
            return
        self._fill()
        self.host.say(self.tr("{name} 停用了").format(name=one.name))

    def _ask_for_recovery(self) -> None:
        said = self.tr("做一张新的恢复码？以前打印的纸马上作废。")
        self.question.ask(said, self.tr("做新的"), self._make_recovery)

    def _make_recovery(self) -> None:
        try:
            self.sheet.show_key(self._desk.new_recovery())
        except DeskError as error:
            self.host.say(str(error), trouble=True)
            return
        self.show_page(_SHEET)

    def _to_print(self, key: str) -> None:
        self.sheet.show_key(key)
        self.show_page(_SHEET)

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        self.table.dress(scale)
        self.audit.dress(theme, scale)
        self.keys.dress(scale)
