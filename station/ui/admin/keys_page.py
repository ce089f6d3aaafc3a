"""The page of the data keys (数据钥匙): who can open what lies on the disk, and changing that."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout

from station.ui.admin.desk import DeskError
from station.ui.admin.keys_desk import KeysDesk, KeysSeen
from station.ui.admin.operators_lost import pin_field
from station.ui.admin.parts import Asking, Command, label, row

_LOOK_MS = 2000


class KeysPage(QFrame):
    """`show_key` gets the recovery key, which is shown this once."""

    def __init__(self, desk: KeysDesk, show_key: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._desk, self._show_key = desk, show_key
        self.seen: KeysSeen | None = None
        self.state, self.said = label(name="heading", wrap=True), label(wrap=True)
        self.trouble = label(name="trouble", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.wrap = Command(self.tr("锁进密码"), self._ask_to_wrap, "main")
        self.unwrap = Command(self.tr("放回文件里"), self._ask_to_unwrap)
        self.rotate = Command(self.tr("换一把新钥匙"), self._ask_to_rotate)
        self.form = PinQuestion()
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (self.state, self.said, self.bar, self.trouble, self.form):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self._column.addLayout(row(self.rotate, None, self.unwrap, self.wrap))

    def enter(self) -> None:
        self.look()
        self._timer.start()

    def leave(self) -> None:
        """The PIN that was typed stays nowhere."""
        self._timer.stop()
        self.form.end()

    def go_back(self) -> bool:
        if not self.form.isVisible():
            return False
        self.form.end()
        return True

    def dress(self, scale: float) -> None:
        self._column.setSpacing(round(12 * scale))
        self.bar.setFixedHeight(round(14 * scale))

    def look(self) -> None:
        """As it is now."""
        try:
            self.seen = self._desk.look()
        except DeskError as error:
            self.seen = None
            self.trouble.setText(str(error))
        seen = self.seen
        for command in (self.wrap, self.unwrap, self.rotate):
            command.setEnabled(seen is not None and bool(seen.holders or seen.waiting))
        self.wrap.setVisible(not (seen and seen.wrapped))
        self.unwrap.setVisible(bool(seen and seen.wrapped))
        self.bar.setVisible(bool(seen and seen.every))
        if seen:
            self.state.setText(self._state(seen))
            self.said.setText("\n".join(self._lines(seen)))
            self.bar.setRange(0, max(seen.every, 1))
            self.bar.setValue(seen.done)

    def _state(self, seen: KeysSeen) -> str:
        if seen.wrapped:
            return self.tr("数据锁着：光拿走硬盘，看不到名册和谁进出过。")
        return self.tr("▲ 数据没锁：谁拿走这台电脑的硬盘，谁就能看名册。")

    def _lines(self, seen: KeysSeen) -> list[str]:
        comma = self.tr("、")
        if not seen.holders and not seen.waiting:
            return [self.tr("先在“操作员”里添加管理员，才能锁。")]
        if not seen.wrapped:
            lines = [
                self.tr("锁好以后，有人签到数据才打得开。没人签到时大门照样登记，但查不出是谁，一律复核。"),
                self.tr("锁的时候会给一张恢复码：所有人都忘了密码，只有它能救。先找好打印机或纸笔。"),
            ]
        else:
            lines = [self.tr("能打开的：{names}。").format(names=comma.join(seen.holders))]
            if seen.waiting:
                names = comma.join(seen.waiting)
                told = self.tr("还打不开的：{names}。趁能打开的人在岗，各签到一次就行。")
                lines.append(told.format(names=names))
            if seen.recovery:
                lines.append(self.tr("锁着的那张恢复码也能打开。"))
            else:
                lines.append(self.tr("▲ 没有恢复码：密码都忘了就再也打不开。请到“操作员”里做一张。"))
        if seen.every:
            told = self.tr("正在用新钥匙重新加密：{done} / {every}。大门空着的时候才做，断电也会接着做。")
            lines.append(told.format(done=seen.done, every=seen.every))
        return lines

    # --- changing ---------------------------------------------------------------------------------

    def _ask_to_wrap(self) -> None:
        said = self.tr("把数据锁进密码？下一步会显示新的恢复码，以前打印的作废。请输您自己的密码：")
        self.form.ask(said, self.tr("锁"), self._wrap)

    def _wrap(self, pin: str) -> None:
        self._show_key(self._desk.wrap(pin))

    def _ask_to_unwrap(self) -> None:
        said = self.tr("不锁了？以后谁拿走硬盘，谁就能看名册。请输您自己的密码：")
        self.form.ask(said, self.tr("不锁了"), self._unwrap)

    def _unwrap(self, pin: str) -> None:
        self._desk.unwrap(pin)
        self.look()

    def _ask_to_rotate(self) -> None:
        said = self.tr("有人离职，或者怕密码、硬盘被人拿到过，就换。大门不用停。请输您自己的密码：")
        self.form.ask(said, self.tr("换"), self._rotate)

    def _rotate(self, pin: str) -> None:
        self._desk.rotate(pin)
        self.look()


class PinQuestion(Asking):
    """Something is done if whoever opened the page types their PIN."""

    def __init__(self) -> None:
        super().__init__()
        self._act: Callable[[str], None] | None = None
        self._said, self.trouble = label(wrap=True), label(name="trouble", wrap=True)
        self.pin = pin_field(self.tr("您的密码"))
        self.go = Command("", self._go, "main")
        column = QVBoxLayout(self)
        for part in (self._said, self.pin, self.trouble):
            column.addWidget(part)
        column.addLayout(row(Command(self.tr("不用了"), self.end), None, self.go))
        self.pin.returnPressed.connect(self._go)
        self.hide()

    def ask(self, said: str, yes: str, act: Callable[[str], None]) -> None:
        self._act = act
        self._said.setText(said)
        self.go.setText(yes)
        self.pin.clear()
        self.trouble.setText("")
        self.show()
        self.pin.setFocus()

    def end(self) -> None:
        self.pin.clear()
        self.hide()

    def _go(self) -> None:
        assert self._act is not None
        try:
            self._act(self.pin.text())
        except DeskError as error:
            self.pin.clear()
            self.trouble.setText(str(error))
            return
        self.end()
