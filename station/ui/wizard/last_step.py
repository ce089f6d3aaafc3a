"""The end: what was chosen, and what happens where nothing was."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QLabel

from station.ui.admin.parts import label
from station.ui.theme import Theme
from station.ui.wizard.desk import WizardDesk
from station.ui.wizard.draft import Draft
from station.ui.wizard.step import Step


class LastStep(Step):
    skippable = False

    def __init__(self, draft: Draft, desk: WizardDesk, others: Sequence[Step]) -> None:
        super().__init__(draft, desk)
        self._others = others
        self._lines: list[tuple[QLabel, QLabel]] = []
        grid = self._grid = QGridLayout()
        for number, other in enumerate(others):
            said = label(wrap=True)
            self._lines.append((label(other.title, "heading"), said))
            for column, part in enumerate(self._lines[-1]):
                grid.addWidget(part, number, column)
        grid.setColumnStretch(1, 1)
        self.trouble = label(name="trouble", wrap=True)
        self.column.addLayout(grid)
        self.column.addWidget(self.trouble)
        self.column.addStretch()

    @property
    def title(self) -> str:
        return self.tr("都好了")

    @property
    def sentence(self) -> str:
        return self.tr("看一遍，对了就点“完成”。现在才写进设置；以后随时能再来一遍。")

    def enter(self) -> None:
        for other, (_, said) in zip(self._others, self._lines, strict=True):
            text = f"✓ {other.summary}" if other.summary else f"— {other.skipped}"
            said.setText(text)
            said.setObjectName("text" if other.summary else "note")
            said.style().unpolish(said)
            said.style().polish(said)
        self.trouble.setText("")

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        self._grid.setVerticalSpacing(round(12 * scale))
        self._grid.setHorizontalSpacing(round(28 * scale))
