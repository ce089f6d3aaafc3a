"""The section about shifts (值班): the rota, putting oneself down, and past hand-over sheets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum

from PySide6.QtWidgets import QButtonGroup, QStackedWidget

from station.ui.admin.parts import Command, Switch, label, row
from station.ui.admin.places import Place, places
from station.ui.admin.rota_desk import RotaDesk
from station.ui.admin.rota_page import RotaPage
from station.ui.admin.rota_sheets import SheetsPage
from station.ui.admin.sections import Host, Section
from station.ui.theme import Theme


class Mode(IntEnum):
    ROTA = 0
    SHEETS = 1


class RotaSection(Section):
    """Guards see it too: they put themselves down, and read the sheets."""

    def __init__(self, host: Host, desk: RotaDesk, *, where: Callable[[], Sequence[Place]] = places) -> None:
        super().__init__(host)
        self.rota, self.sheets = RotaPage(host, desk), SheetsPage(host, desk, where)
        self._all = (self.rota, self.sheets)
        self._pages = QStackedWidget()
        self.modes = QButtonGroup(self)
        texts = (self.tr("值班表"), self.tr("交班单"))
        for mode, text, page in zip(Mode, texts, self._all, strict=True):
            self._pages.addWidget(page)
            self.modes.addButton(Switch(text), mode)
        self.modes.button(Mode.ROTA).setChecked(True)
        self.modes.idClicked.connect(lambda number: self.show_mode(Mode(number)))
        self.hand_over = Command(self.tr("现在交接班"), desk.hand_over)
        buttons = map(self.modes.button, Mode)
        self.column.addLayout(row(label(self.title, "title"), None, self.hand_over, *buttons))
        self.column.addWidget(self._pages, 1)

    @property
    def title(self) -> str:
        return self.tr("值班")

    def enter(self) -> None:
        self._all[self._pages.currentIndex()].enter()

    def leave(self) -> None:
        for page in self._all:
            page.leave()

    def go_back(self) -> bool:
        return self._all[self._pages.currentIndex()].go_back()

    def show_mode(self, mode: Mode) -> None:
        self._all[self._pages.currentIndex()].leave()
        self.modes.button(mode).setChecked(True)
        self._pages.setCurrentIndex(mode)
        self.enter()

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        for page in self._all:
            page.dress(scale)
