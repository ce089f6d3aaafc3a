"""After the end: the recovery key of the first admin, shown this once, to be printed or written down."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout

from station.ui.admin import recovery_file
from station.ui.admin.parts import label
from station.ui.wizard.choices import Key
from station.ui.wizard.desk import WizardDesk
from station.ui.wizard.draft import Draft
from station.ui.wizard.step import Step

_READ_MS = 3000


class RecoveryStep(Step):
    """Nobody comes here but by the last step, and it only goes on."""

    skippable = False

    def __init__(self, draft: Draft, desk: WizardDesk) -> None:
        super().__init__(draft, desk)
        self._key, self._seen = "", False
        self._reading = QTimer(self, interval=_READ_MS, singleShot=True)
        self._reading.timeout.connect(self.seen)
        self.shown, self.trouble = label("", "recovery", wrap=True), label("", "trouble", wrap=True)
        self.save_key = Key(self.tr("存成 PDF 去打印"), self._ask_where, "main")
        line = QHBoxLayout()
        line.addWidget(self.save_key)
        line.addStretch()
        self.column.addWidget(self.shown)
        self.column.addLayout(line)
        self.column.addWidget(self.trouble)
        self.column.addStretch()

    @property
    def title(self) -> str:
        return self.tr("恢复码：请打印，或者抄下来")

    @property
    def sentence(self) -> str:
        return self.tr(
            "管理员忘了密码，只有它能救。装进信封，锁进柜子，不要拍照。离开这一页，电脑里就再也看不到它；"
            "丢了就到“管理 → 值班 → 账号”点“新的恢复码”。"
        )

    @property
    def ready(self) -> bool:
        """Not at once: whoever clicks twice must not lose what is shown only now."""
        return self._seen

    def show_key(self, key: str) -> None:
        self._key, self._seen = key, False
        self.shown.setText(key)
        self.trouble.setText("")
        self.changed.emit()
        self.save_key.setFocus()
        self._reading.start()

    def seen(self) -> None:
        """It was there long enough to be noticed."""
        self._seen = True
        self.changed.emit()

    def leave(self) -> None:
        self._key, self._seen = "", False
        self.shown.setText("")
        self._reading.stop()

    def write(self, path: Path) -> None:
        """As a file to be printed."""
        self.trouble.setText(recovery_file.written(self.desk.write_recovery, path, self._key))

    def _ask_where(self) -> None:
        recovery_file.ask_where(self, self.write)
