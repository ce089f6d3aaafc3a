"""A lost PIN: the recovery key from its paper, an admin's new PIN, and the next paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from station.core.operators import MOST_OF_PIN, Operator
from station.ui.admin import recovery_file
from station.ui.admin.desk import DeskError
from station.ui.admin.operators_desk import OperatorsDesk
from station.ui.admin.parts import Command, Field, Picker, Question, label, row

MOST_OF_KEY = 40


def pin_field(hint: str) -> Field:
    """Digits that nobody reads over a shoulder."""
    field = Field(hint, plain=True)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setMaxLength(MOST_OF_PIN)
    return field


class RecoverySheet(QFrame):
    """The recovery key, this once. `done` when it was kept on paper."""

    done = Signal()

    def __init__(self, desk: OperatorsDesk) -> None:
        super().__init__()
        self._desk, self._key, self._kept = desk, "", False
        self._said, self._shown = label(wrap=True), label("", "recovery", wrap=True)
        self._trouble = label("", "trouble", wrap=True)
        self.save = Command(self.tr("存成 PDF 去打印"), self._ask_where, "main")
        self.ready = Command(self.tr("已经打印或抄好，锁起来了"), self._end)
        column = QVBoxLayout(self)
        self.question = Question()
        for part in (label(self.tr("恢复码"), "title"), self._said, self._shown, self._trouble):
            column.addWidget(part)
        column.addWidget(self.question)
        column.addStretch(1)
        column.addLayout(row(self.save, None, self.ready))
        self._said.setText(
            self.tr(
                "管理员忘了密码，只有它能救。现在就打印或抄下来，锁进柜子；离开这一页，电脑里就再也看不到它。"
                "不要拍照。以前的纸都作废了。"
            )
        )

    def show_key(self, key: str) -> None:
        self._key, self._kept = key, False
        self._shown.setText(key)
        self.question.hide()
        self._trouble.setText("")
        self.ready.setEnabled(True)

    def write(self, path: Path) -> None:
        """As a file to be printed."""

        def kept(path: Path, key: str) -> None:
            self._desk.write_recovery(path, key)
            self._kept = True

        self._trouble.setText(recovery_file.written(kept, path, self._key))

    def _ask_where(self) -> None:
        recovery_file.ask_where(self, self.write)

    def go_back(self) -> bool:
        """Esc: whether there was something to close first. A key that may be on no paper is asked about."""
        if self.question.isVisible():
            self.question.hide()
            return True
        if not self._key or self._kept:
            return False
        said = self.tr("走了就再也看不到这张恢复码，以前的纸也作废了。打印或抄好了吗？")
        self.question.ask(said, self.tr("抄好了，走"), self._end)
        return True

    def _end(self) -> None:
        self.show_key("")
        self.done.emit()


class LostPin(QFrame):
    """`done` when an admin has a new PIN, and the new key is on paper; or when they go back."""

    done = Signal()

    def __init__(self, desk: OperatorsDesk) -> None:
        super().__init__()
        self._desk = desk
        self.who = Picker()
        self.key = Field(self.tr("恢复码，26 个字，横线可以不打"), plain=True)
        self.key.setMaxLength(MOST_OF_KEY)
        self.pin = pin_field(self.tr("新密码，6 到 8 位数字"))
        self.again = pin_field(self.tr("新密码再输一遍"))
        self._trouble = label("", "trouble", wrap=True)
        self.go = Command(self.tr("定新密码"), self._recover, "main")
        self._back = Command(self.tr("不用了"), self.done.emit)
        self.sheet = RecoverySheet(desk)
        self.sheet.done.connect(self.done)
        self._form = QFrame()
        self._build()

    def _build(self) -> None:
        form = QVBoxLayout(self._form)
        told = self.tr("志愿者和保安忘了密码，请管理员重设。管理员自己忘了：拿出锁着的那张纸，照着输入。")
        form.addWidget(label(told, wrap=True))
        for part in (self.who, self.key, self.pin, self.again, self._trouble):
            form.addWidget(part)
        form.addStretch(1)
        form.addLayout(row(self._back, None, self.go))
        for field in (self.key, self.pin):
            field.returnPressed.connect(self.focusNextChild)
        self.again.returnPressed.connect(self._recover)
        column = QVBoxLayout(self)
        column.addWidget(self._form)
        column.addWidget(self.sheet)

    def ask(self, admins: Sequence[Operator]) -> None:
        """Of one of these."""
        self.who.clear()
        for one in admins:
            self.who.addItem(one.name, one.number)
        self._clear()
        self.sheet.hide()
        self._form.show()
        self.key.setFocus()

    def _recover(self) -> None:
        number = self.who.currentData()
        if self.pin.text() != self.again.text():
            self._trouble.setText(self.tr("两遍不一样，请从头再来。"))
            return
        try:
            key = self._desk.recover(self.key.text(), str(number), self.pin.text())
        except DeskError as error:
            self._trouble.setText(str(error))
            return
        self._clear()
        self._form.hide()
        self.sheet.show_key(key)
        self.sheet.show()

    def go_back(self) -> bool:
        """Esc: whether there was something to close first."""
        return self.sheet.isVisible() and self.sheet.go_back()

    def _clear(self) -> None:
        for field in (self.key, self.pin, self.again):
            field.clear()
        self._trouble.setText("")
