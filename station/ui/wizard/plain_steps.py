"""The steps that need no hardware: language, the gate's name and way."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from station.core.model import Direction
from station.ui.admin.parts import label
from station.ui.wizard.choices import Choice, OneOf
from station.ui.wizard.desk import WizardDesk
from station.ui.wizard.draft import Draft
from station.ui.wizard.step import Step

MOST_OF_NAME = 12  # hanzi; more would be cut on the gate screen


class LanguageStep(Step):
    """`spoken` tells the language that was tapped."""

    spoken = Signal(str)

    def __init__(self, draft: Draft, desk: WizardDesk) -> None:
        super().__init__(draft, desk)
        self._codes = ("zh", "en")
        self.choices = [Choice(self.tr("中文")), Choice("English")]  # each in its own words
        group = OneOf(self, self._choose)
        line = QHBoxLayout()
        for number, choice in enumerate(self.choices):
            group.addButton(choice, number)
            line.addWidget(choice)
            choice.setChecked(self._codes[number] == draft.language)
        self.column.addLayout(line)
        self.column.addStretch()

    @property
    def title(self) -> str:
        return self.tr("语言 · Language")

    @property
    def sentence(self) -> str:
        return self.tr("屏幕上说哪种话？点一个。")

    @property
    def if_skipped(self) -> str:
        return self.tr("说中文，以后在设置里能改")

    @property
    def ready(self) -> bool:
        return self.draft.language is not None

    @property
    def summary(self) -> str:
        return {"zh": self.tr("中文"), "en": "English"}.get(self.draft.language or "", "")

    def skip(self) -> None:
        self.draft.language = None

    def _choose(self, number: int) -> None:
        self.draft.language = self._codes[number]
        self.changed.emit()
        self.spoken.emit(self._codes[number])


class GateStep(Step):
    def __init__(self, draft: Draft, desk: WizardDesk) -> None:
        super().__init__(draft, desk)
        self.compound = QLineEdit(draft.compound)
        self.compound.setMaxLength(MOST_OF_NAME)
        self.compound.setPlaceholderText(self.tr("小区的名字，比如 幸福里小区"))
        self.compound.setAccessibleName(self.tr("小区的名字"))
        self.compound.textChanged.connect(self._name)
        self._shown = label(name="note", wrap=True)
        names = (self.tr("大门"), self.tr("东门"), self.tr("南门"), self.tr("西门"), self.tr("北门"))
        self.entrances = [Choice(name) for name in names]
        ways = (self.tr("→ 进门"), self.tr("← 出门"))
        self.ways = [Choice(way) for way in ways]
        self._directions = (Direction.IN, Direction.OUT)
        self._group, self._ways = OneOf(self, self._enter_by), OneOf(self, self._turn)
        self._arrange()
        self._show()

    def _arrange(self) -> None:
        entrances, ways = QHBoxLayout(), QHBoxLayout()
        for number, choice in enumerate(self.entrances):
            self._group.addButton(choice, number)
            entrances.addWidget(choice)
            choice.setChecked(choice.text() == self.draft.entrance)
        for number, choice in enumerate(self.ways):
            self._ways.addButton(choice, number)
            ways.addWidget(choice)
            choice.setChecked(self._directions[number] is self.draft.direction)
        self.column.addWidget(self.compound)
        self.column.addLayout(entrances)
        self.column.addWidget(label(self.tr("打开时先管哪边？随时能用 F12 换。")))
        self.column.addLayout(ways)
        self.column.addWidget(self._shown)
        self.column.addStretch()

    @property
    def title(self) -> str:
        return self.tr("这个门叫什么")

    @property
    def sentence(self) -> str:
        return self.tr("写上小区，点一个门。名字会写在屏幕上和记录里。")

    @property
    def if_skipped(self) -> str:
        return self.tr("写“本小区大门”，先管进门")

    @property
    def ready(self) -> bool:
        return bool(self.draft.gate)

    @property
    def summary(self) -> str:
        way = {Direction.IN: self.tr("→ 进门"), Direction.OUT: self.tr("← 出门")}
        parts = (self.draft.gate, way[self.draft.direction] if self.draft.direction else "")
        return "  ".join(part for part in parts if part)

    def skip(self) -> None:
        self.draft.compound = self.draft.entrance = ""
        self.draft.direction = None
        self.compound.clear()
        self._group.show_none()
        self._ways.show_none()

    def _name(self, text: str) -> None:
        self.draft.compound = text
        self._show()

    def _enter_by(self, number: int) -> None:
        self.draft.entrance = self.entrances[number].text()
        self._show()

    def _turn(self, number: int) -> None:
        self.draft.direction = self._directions[number]
        self._show()

    def _show(self) -> None:
        gate = self.draft.gate
        self._shown.setText(self.tr("屏幕上会写：{gate}").format(gate=gate) if gate else "")
        self.changed.emit()
