"""The section about visitors and errands (访客代办): who is expected, who came, what waits for a house."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import IntEnum

from PySide6.QtWidgets import QButtonGroup, QStackedWidget

from station.local_time import local_now
from station.ui.admin.parts import Switch, label, row
from station.ui.admin.places import Place, places
from station.ui.admin.sections import Host, Section
from station.ui.admin.visits_desk import VisitBook
from station.ui.admin.visits_errands import ErrandsPage
from station.ui.admin.visits_expected import ExpectedPage
from station.ui.admin.visits_past import PastVisitsPage
from station.ui.theme import Theme


class Mode(IntEnum):
    EXPECTED = 0
    ERRANDS = 1
    PAST = 2


class VisitsSection(Section):
    """Names are masked until somebody asks to see them, and again when they go."""

    def __init__(
        self,
        host: Host,
        book: VisitBook,
        *,
        where: Callable[[], Sequence[Place]] = places,
        now: Callable[[], datetime] = local_now,
    ) -> None:
        super().__init__(host)
        self.expected = ExpectedPage(host, book, where, now)
        self.errands = ErrandsPage(host, book, where, now)
        self.past = PastVisitsPage(host, book, now)
        self._all = (self.expected, self.errands, self.past)
        for switch in (self.expected.unmasked, self.past.unmasked):
            switch.toggled.connect(lambda on: self.in_full.emit() if on else None)
        self._pages = QStackedWidget()
        for page in self._all:
            self._pages.addWidget(page)
        self.modes = QButtonGroup(self)
        texts = (self.tr("预约访客"), self.tr("代收代办"), self.tr("来过的访客"))
        for mode, text in zip(Mode, texts, strict=True):
            self.modes.addButton(Switch(text), mode)
        self.modes.button(Mode.EXPECTED).setChecked(True)
        self.modes.idClicked.connect(lambda number: self.show_mode(Mode(number)))
        self.column.addLayout(row(label(self.title, "title"), None, *map(self.modes.button, Mode)))
        self.column.addWidget(self._pages, 1)

    @property
    def title(self) -> str:
        return self.tr("访客代办")

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
