"""A backup of everything, in one file that only its passphrase opens: where to, the passphrase, done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from station.ui import afterwards_words
from station.ui.admin.parts import Command, Field, Picker, label, row
from station.ui.admin.places import Place
from station.ui.admin.retention_desk import DeskError, RetentionDesk
from station.ui.admin.sections import Host


class BackupPage(QWidget):
    """Made beside the gate, which goes on; it can be stopped, and then there is no file."""

    def __init__(
        self,
        host: Host,
        desk: RetentionDesk,
        where: Callable[[], Sequence[Place]],
        left: Callable[[], None],
    ) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._host, self._desk, self._where, self._left = host, desk, where, left
        self.to = Picker()
        self.passphrase, self.again = Field(self.tr("口令，至少 10 个字")), Field(self.tr("口令再输一遍"))
        for field in (self.passphrase, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self.go = Command(self.tr("开始备份"), self._go, "main")
        self._build()

    def enter(self) -> None:
        """Memory sticks come and go."""
        self.leave()
        self.to.clear()
        for place in self._where():
            self.to.addItem(self.tr("存到 {place}").format(place=place.title), place.folder)
        self.passphrase.setFocus()

    def leave(self) -> None:
        self.passphrase.clear()
        self.again.clear()

    def dress(self, scale: float) -> None:
        self._column.setSpacing(round(12 * scale))

    def _build(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        back = Command(self.tr("← 数据保留"), self._left, "flat")
        self._column.addLayout(row(label(self.tr("做一份备份"), "title"), None, back))
        for text in (
            self.tr("登记本、钥匙、设置、名单都放进一个文件，上了锁。电脑坏了、要换电脑，用它就能接着用。"),
            self.tr("口令写在纸上，和 U 盘分开放。口令丢了，谁也打不开这份备份。"),
            self.tr("换电脑：在新电脑上运行 station restore 备份文件 --data 文件夹。旧电脑就不要再用了。"),
        ):
            self._column.addWidget(label(text, wrap=True))
        self._column.addWidget(self.to)
        self._column.addLayout(row(self.passphrase, self.again))
        self._column.addStretch(1)
        self._column.addLayout(row(None, self.go))

    def _go(self) -> None:
        folder, phrase = self.to.currentData(), self.passphrase.text()
        if not isinstance(folder, Path):
            self._host.say(self.tr("请先选存到哪里"), trouble=True)
            return
        if phrase != self.again.text():
            self._host.say(self.tr("两遍口令不一样，请再输一次"), trouble=True)
            return
        try:
            job = self._desk.back_up(folder, phrase)
        except DeskError as error:
            self._fail(error)
            return
        self.leave()
        self._host.work(self.tr("正在备份，大门照常用"), job, self._done, self._fail)

    def _done(self, made: object) -> None:
        assert isinstance(made, tuple)
        path, size = made
        said = self.tr("备份好了，也读回来核对过了：{path}（{size}）")
        self._host.say(said.format(path=path, size=afterwards_words.size(size)))
        self._left()

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self._host.say(str(error), trouble=True)
