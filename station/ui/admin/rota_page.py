"""The rota: shifts are made, taken back, and filled with names."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.core.shift import Plan, Shift, Source
from station.translation import listed
from station.ui import rota_words
from station.ui.admin.parts import Command, Field, Picker, Question, label, row
from station.ui.admin.rota_desk import DeskError, RotaDesk
from station.ui.admin.sections import Host
from station.ui.admin.table import Line, Table

_NAMES_SHOWN = 6


class RotaPage(QWidget):
    def __init__(self, host: Host, desk: RotaDesk) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._host, self._desk = host, desk
        self._shifts: Sequence[Shift] = ()
        self.fields = {
            "day": Field(self.tr("日期 4-17"), plain=True),
            "begins": Field(self.tr("从 7:00"), plain=True),
            "ends": Field(self.tr("到 19:00"), plain=True),
            "needed": Field(self.tr("几个人"), plain=True),
            "days": Field(self.tr("连续几天"), plain=True),
        }
        self.add = Command(self.tr("排班"), self._plan, "main")
        self.warning = label(name="trouble", wrap=True)
        self.table = Table(self._titles(), 3)
        self.names = Picker()
        self.names.setEditable(True)
        self.names.setAccessibleName(self.tr("名字"))
        self.sign_up = Command(self.tr("我报名"), self._sign_up, "main")
        self.leave_it = Command(self.tr("不来了"), self._leave_it)
        self.withdraw = Command(self.tr("取消这个班"), self._ask_to_withdraw)
        self.question = Question()
        self._build()
        self.table.marked_changed.connect(self._allow)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        edit = self.names.lineEdit()
        if edit:
            edit.setPlaceholderText(self.tr("名字"))
        column.addLayout(row(*self.fields.values(), self.add))
        column.addWidget(self.warning)
        column.addWidget(self.table, 1)
        column.addWidget(self.question)
        column.addLayout(row(self.names, self.sign_up, self.leave_it, None, self.withdraw))

    def _titles(self) -> list[str]:
        return [self.tr("班"), self.tr("要几人"), self.tr("还差"), self.tr("谁来"), self.tr("谁排的")]

    def enter(self) -> None:
        if not self.fields["day"].text():
            now = self._desk.now()
            self.fields["day"].setText(f"{now.month}-{now.day}")
        self.read()

    def leave(self) -> None:
        self.question.answer(yes=False)
        for field in self.fields.values():
            field.clear()
        self.names.setEditText("")

    def go_back(self) -> bool:
        if self.question.isHidden():
            return False
        self.question.answer(yes=False)
        return True

    def dress(self, scale: float) -> None:
        self.table.dress(scale)

    def read(self) -> None:
        """What stands in the rota now."""
        name = self.names.currentText()
        try:
            self._shifts, missing = self._desk.shifts(), self._desk.missing()
            people, may_plan = self._desk.people(), self._desk.may_plan()
        except DeskError as error:
            self._host.say(str(error), trouble=True)
            return
        self.table.show_lines([self._line(one) for one in self._shifts], self._titles())
        said = rota_words.warning(missing, self._desk.now())
        if not self._shifts:
            said = self._nothing_yet(may_plan=may_plan)
        self.warning.setText(f"▲ {said}" if missing else said)
        self.warning.setVisible(bool(said))
        self.names.clear()
        self.names.addItems(list(people))
        self.names.setEditText(name)
        for part in (*self.fields.values(), self.add):
            part.setVisible(may_plan)
        self.withdraw.setVisible(may_plan)
        self._allow()

    def _nothing_yet(self, *, may_plan: bool) -> str:
        if may_plan:
            return self.tr("还没有排班。上面写一个班，大家就能报名；管理中心排的班也会出现在这里。")
        return self.tr("还没有排班。管理员或管理中心排了，就能在这里报名。")

    def _line(self, one: Shift) -> Line:
        when = rota_words.span(one, self._desk.now())
        names = listed(one.names[:_NAMES_SHOWN]) + ("…" if len(one.names) > _NAMES_SHOWN else "")
        missing = self.tr("▲ {count} 人").format(count=one.missing) if one.missing else self.tr("够了")
        by = self.tr("中心") if one.source is Source.CENTER else self.tr("这里")
        return Line(one, (when, str(one.needed), missing, names or self.tr("没有人"), by))

    @property
    def marked(self) -> list[Shift]:
        return [one for one in self.table.marked if isinstance(one, Shift)]

    def _allow(self) -> None:
        marked = self.marked
        for command in (self.sign_up, self.leave_it):
            command.setEnabled(len(marked) == 1)
        ours = [one for one in marked if one.source is Source.LOCAL]
        self.withdraw.setEnabled(bool(ours) and len(ours) == len(marked))

    def _plan(self) -> None:
        plan = Plan(**{name: field.text() for name, field in self.fields.items()})
        try:
            count = self._desk.plan(plan)
        except DeskError as error:
            self._host.say(str(error), trouble=True)
            return
        self._host.say(self.tr("排好了 {count} 个班").format(count=count))
        self.read()

    def _sign_up(self) -> None:
        self._put(self.names.currentText(), leaves=False)

    def _leave_it(self) -> None:
        self._put(self.names.currentText(), leaves=True)

    def _put(self, name: str, *, leaves: bool) -> None:
        if len(self.marked) != 1:
            return
        (shift,) = self.marked
        try:
            if leaves:
                self._desk.leave(shift, name)
            else:
                self._desk.sign_up(shift, name)
        except DeskError as error:
            self._host.say(str(error), trouble=True)
            return
        when = rota_words.span(shift, self._desk.now())
        said = self.tr("{name} 不来了：{when}") if leaves else self.tr("{name} 报上名了：{when}")
        self._host.say(said.format(name=name.strip(), when=when))
        self.names.setEditText("")
        self.read()

    def _ask_to_withdraw(self) -> None:
        chosen = self.marked
        signed = sum(len(one.names) for one in chosen)
        text = self.tr("取消 {count} 个班？报了名的 {people} 人要打电话告诉一声。")
        said = text.format(count=len(chosen), people=signed)
        self.question.ask(said, self.tr("取消这个班"), lambda: self._withdraw(chosen))

    def _withdraw(self, chosen: Sequence[Shift]) -> None:
        try:
            self._desk.withdraw(chosen)
        except DeskError as error:
            self._host.say(str(error), trouble=True)
        self.read()
