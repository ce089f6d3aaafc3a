"""The steps that need no hardware: language, the gate's name and way, the first admin."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit

from station.core.model import Direction
from station.ui.admin.parts import label
from station.ui.number_pad import NumberPad
from station.ui.theme import Theme
from station.ui.touch import Touch
from station.ui.wizard.choices import Choice, OneOf
from station.ui.wizard.desk import WizardDesk
from station.ui.wizard.draft import Draft
from station.ui.wizard.step import Step

MOST_OF_NAME = 12  # hanzi; more would be cut on the gate screen
LEAST_OF_NUMBER = 4  # digits, as in the settings


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


class AdminStep(Step):
    """The first admin's number. Signing in with a PIN is to come: then this step asks for it."""

    def __init__(self, draft: Draft, desk: WizardDesk, touch: Touch) -> None:
        super().__init__(draft, desk)
        self._first = ""
        self._said = label(wrap=True)
        self.pad = NumberPad(touch, self)
        self.pad.entered.connect(self._take)
        line = QHBoxLayout()
        line.addWidget(self.pad, 1)
        line.addWidget(self._said, 1)
        self._line = line
        self.column.addLayout(line, 1)
        self._show()

    @property
    def title(self) -> str:
        return self.tr("第一位管理员的号")

    @property
    def sentence(self) -> str:
        return self.tr("定一个 4 到 8 位的数字，输两遍。改判和管理时用它。")

    @property
    def if_skipped(self) -> str:
        return self.tr("谁都能改判，只留下写的号；以后在设置里能加")

    @property
    def ready(self) -> bool:
        return bool(self.draft.admin)

    @property
    def summary(self) -> str:
        return "●" * len(self.draft.admin)

    def skip(self) -> None:
        self.draft.admin = self._first = ""
        self._show()

    def type(self, character: str) -> None:
        """A key of the keyboard."""
        self.pad.type(character)

    def _take(self, digits: str) -> None:
        self.pad.clear()
        self.draft.admin = ""
        if len(digits) < LEAST_OF_NUMBER:
            self._first = ""
            self._show(self.tr("太短了，至少 4 位。再来一次。"))
        elif not self._first:
            self._first = digits
            self._show()
        elif digits != self._first:
            self._first = ""
            self._show(self.tr("两遍不一样。从头再输。"))
        else:
            self.draft.admin, self._first = digits, ""
            self._show()

    def _show(self, trouble: str = "") -> None:
        if self.draft.admin:
            said = self.tr("✓ 记好了。别忘了它，也别告诉别人。")
        elif self._first:
            said = self.tr("再输一遍同样的号，按“确定”。")
        else:
            said = self.tr("输入数字，按“确定”。")
        self._said.setText(f"{trouble}\n{said}".strip())
        self.changed.emit()

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        grid: QGridLayout = self.pad.grid
        grid.setSpacing(round(10 * scale))
        self._line.setSpacing(round(40 * scale))
