"""Several sections under one button of the menu: what belongs together stands side by side above them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QButtonGroup, QLabel, QStackedWidget

from station.ui.admin.parts import Switch, row
from station.ui.admin.sections import Host, MakeSection, Section
from station.ui.theme import Theme


class SectionGroup(Section):
    """Named as the first of them; it comes up with the one that was in sight last."""

    def __init__(self, host: Host, makes: Sequence[MakeSection]) -> None:
        super().__init__(host)
        self.parts = [make(host) for make in makes]
        self.admin_only = all(part.admin_only for part in self.parts)
        self._stack, self._choice = QStackedWidget(), QButtonGroup(self)
        self.tabs = [Switch(part.title) for part in self.parts]
        for number, (tab, part) in enumerate(zip(self.tabs, self.parts, strict=True)):
            self._choice.addButton(tab, number)
            self._stack.addWidget(part)
            part.in_full.connect(self.in_full)
            for title in part.findChildren(QLabel, "title"):
                title.hide()  # the tab above says it
        self.tabs[0].setChecked(True)
        self._choice.idClicked.connect(self.show_part)
        self._asides = [part.aside for part in self.parts]
        self._line = row(*self.tabs, None, *(aside for aside in self._asides if aside))
        self.column.addLayout(self._line)
        self.column.addWidget(self._stack, 1)
        self._show_aside()

    @property
    def title(self) -> str:
        return self.parts[0].title

    @property
    def part(self) -> Section:
        """The one in sight."""
        return self.parts[self._stack.currentIndex()]

    def show_part(self, number: int) -> None:
        if number == self._stack.currentIndex():
            return
        self.part.leave()
        self.host.say("")
        self.tabs[number].setChecked(True)
        self._stack.setCurrentIndex(number)
        self._show_aside()
        self.part.enter()

    def _show_aside(self) -> None:
        for number, aside in enumerate(self._asides):
            if aside:
                aside.setVisible(number == self._stack.currentIndex())

    def enter(self) -> None:
        self.part.enter()

    def leave(self) -> None:
        self.part.leave()

    def go_back(self) -> bool:
        """First what lies in the way, then the first of them."""
        if self.part.go_back():
            return True
        if self._stack.currentIndex() == 0:
            return False
        self.show_part(0)
        return True

    def end(self) -> None:
        for part in self.parts:
            part.end()

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        self._line.setSpacing(round(8 * scale))
        for part in self.parts:
            part.dress(theme, scale)
