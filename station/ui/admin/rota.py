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
    ACCOUNTS = 2


class RotaSection(Section):
    """Guards see it too: they put themselves down, and read the sheets.

    `accounts`, for admins only, says who may sign in: the menu is full, and it is about the same people.
    """

    def __init__(
        self,
        host: Host,
        desk: RotaDesk,
        *,
        accounts: Section | None = None,
        where: Callable[[], Sequence[Place]] = places,
    ) -> None:
        super().__init__(host)
        self._desk, self.accounts = desk, accounts
        self.rota, self.sheets = RotaPage(host, desk), SheetsPage(host, desk, where)
        self._all: tuple[RotaPage | SheetsPage | Section, ...] = (self.rota, self.sheets)
        if accounts:
            self._all = (*self._all, accounts)
        self._pages = QStackedWidget()
        self.modes = QButtonGroup(self)
        texts = (self.tr("值班表"), self.tr("交班单"), self.tr("账号"))
        for mode, text, page in zip(Mode, texts, self._all, strict=False):
            self._pages.addWidget(page)
            self.modes.addButton(Switch(text), mode)
        self.modes.button(Mode.ROTA).setChecked(True)
        self.modes.idClicked.connect(lambda number: self.show_mode(Mode(number)))
        self.hand_over = Command(self.tr("现在交接班"), desk.hand_over)
        self.column.addLayout(row(label(self.title, "title"), None, self.hand_over, *self.modes.buttons()))
        self.column.addWidget(self._pages, 1)

    @property
    def title(self) -> str:
        return self.tr("值班")

    @property
    def _page(self) -> RotaPage | SheetsPage | Section:
        return self._all[self._pages.currentIndex()]

    def enter(self) -> None:
        """Whoever is no admin does not see the accounts."""
        if self.accounts:
            self.modes.button(Mode.ACCOUNTS).setVisible(self._desk.may_plan())
        if self._page is self.accounts and not self._desk.may_plan():
            self._turn(Mode.ROTA)
        self._page.enter()

    def leave(self) -> None:
        for page in self._all:
            page.leave()

    def end(self) -> None:
        if self.accounts:
            self.accounts.end()

    def go_back(self) -> bool:
        return self._page.go_back()

    def show_mode(self, mode: Mode) -> None:
        self._page.leave()
        self._turn(mode)
        self.enter()

    def _turn(self, mode: Mode) -> None:
        self.modes.button(mode).setChecked(True)
        self._pages.setCurrentIndex(mode)

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        self.rota.dress(scale)
        self.sheets.dress(theme, scale)
        if self.accounts:
            self.accounts.dress(theme, scale)
