"""The policy in force, in plain words, with what holds for some only."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station.ui.admin import policy_plain, policy_speech
from station.ui.admin.parts import label, row
from station.ui.admin.policy_changes import Change, overrides
from station.ui.admin.policy_desk import InUse
from station.ui.admin.policy_parts import Lines


class NowPage(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.name = label(name="heading")
        self.since = label(name="note")
        self.everybody, self.some = Lines(beside=True), Lines(beside=False)
        self._column, self._middle, self._right = QVBoxLayout(self), QHBoxLayout(), QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(row(self.name, self.since, None))
        self._middle.addWidget(self.everybody, 3)
        self._right.addWidget(label(self.tr("这些人另有规定"), "heading"))
        self._right.addWidget(self.some, 1)
        self._middle.addLayout(self._right, 2)
        self._column.addLayout(self._middle, 1)

    def show_policy(self, used: InUse) -> None:
        self.name.setText(policy_speech.label(used.policy))
        self.since.setText(self._since(used))
        self.everybody.show_lines(policy_plain.sentences(used.policy))
        theirs = sorted(overrides(used.policy), key=lambda one: one.place.prefix)
        self.some.show_lines([_line(one) for one in theirs])

    def _since(self, used: InUse) -> str:
        if used.since is None:
            return self.tr("按设置文件，还没有人在这里改过")
        said = self.tr("{at} 由 {by} 启用").format(at=f"{used.since:%Y-%m-%d %H:%M}", by=used.by)
        return self.tr("{said}：{why}").format(said=said, why=used.reason) if used.reason else said

    def dress(self, scale: float) -> None:
        for layout in (self._column, self._middle, self._right):
            layout.setSpacing(round(10 * scale))
        self.everybody.dress(scale)
        self.some.dress(scale)


def _line(one: Change) -> tuple[str, str]:
    said = policy_speech.value(one.field, one.after)
    return policy_speech.place(one.place), policy_speech.line(one.field, said)
