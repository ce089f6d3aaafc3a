"""The people section (人员): find somebody and their card, what waits for a second person, lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import IntEnum

from PySide6.QtWidgets import QButtonGroup, QStackedWidget

from station.local_time import local_now
from station.ui.admin.import_page import ImportPage
from station.ui.admin.parts import Field, Switch, label, row
from station.ui.admin.people_desk import ImportDesk, PeopleDesk
from station.ui.admin.people_find import FindPage
from station.ui.admin.people_waiting import WaitingPage
from station.ui.admin.person_card import PersonCard
from station.ui.admin.places import Place, places
from station.ui.admin.sections import Host, Section
from station.ui.theme import Theme

_OPERATOR_PX = 200  # at 1366x768


class Mode(IntEnum):
    FIND = 0
    WAITING = 1
    IMPORT = 2


class PeopleSection(Section):
    """Masked; the card of one person shows more if somebody asks, and is masked again when they go."""

    def __init__(
        self,
        host: Host,
        desk: PeopleDesk,
        lists: ImportDesk,
        *,
        where: Callable[[], Sequence[Place]] = places,
        now: Callable[[], datetime] = local_now,
    ) -> None:
        super().__init__(host)
        self.operator = Field(self.tr("您的编号"))
        self.finder = FindPage(host, desk)
        self.waiting = WaitingPage(host, desk, now)
        self.lists = ImportPage(host, lists, self.operator.text, where, now)
        self.card = PersonCard(host, desk, self.operator.text, now)
        self._pages = QStackedWidget()
        for page in (self.finder, self.waiting, self.lists, self.card):
            self._pages.addWidget(page)
        self._build()

    @property
    def title(self) -> str:
        return self.tr("人员")

    def _build(self) -> None:
        self.modes = QButtonGroup(self)
        for mode, text in zip(Mode, (self.tr("找人"), "", self.tr("导入")), strict=True):
            self.modes.addButton(Switch(text), mode)
        self._show_waiting(0)
        self.modes.button(Mode.FIND).setChecked(True)
        self.modes.idClicked.connect(lambda number: self.show_mode(Mode(number)))
        head = row(label(self.title, "title"), None, self.operator, *map(self.modes.button, Mode))
        self.column.addLayout(head)
        self.column.addWidget(self._pages, 1)
        self.finder.chosen.connect(self.open)
        self.finder.add_asked.connect(lambda: self.open(None))
        self.card.left.connect(lambda: self.show_mode(Mode.FIND))
        self.card.proposed.connect(self.waiting.read)
        self.waiting.changed.connect(self._show_waiting)

    def enter(self) -> None:
        self.waiting.read()
        self._page_enter()

    def leave(self) -> None:
        self.card.shut()
        self.finder.leave()
        self.waiting.leave()
        self.lists.leave()
        self.operator.clear()
        self._pages.setCurrentIndex(self.modes.checkedId())

    def go_back(self) -> bool:
        page = self._pages.currentWidget()
        if isinstance(page, (PersonCard, FindPage, ImportPage)):
            return page.go_back()
        return False

    def open(self, person_id: str | None) -> None:
        """The card of this person; None: somebody new."""
        self.host.say("")
        self._pages.setCurrentWidget(self.card)
        self.card.open(person_id)

    def show_mode(self, mode: Mode) -> None:
        self.card.shut()
        self.waiting.leave()
        self.modes.button(mode).setChecked(True)
        self._pages.setCurrentIndex(mode)
        self._page_enter()

    def _page_enter(self) -> None:
        page = self._pages.currentWidget()
        self.operator.setVisible(page is not self.waiting)  # who confirms is somebody else
        if isinstance(page, (FindPage, WaitingPage, ImportPage)):
            page.enter()

    def _show_waiting(self, count: int) -> None:
        text = self.tr("待核对 {count}").format(count=count) if count else self.tr("待核对")
        self.modes.button(Mode.WAITING).setText(text)

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        self.operator.setFixedWidth(round(_OPERATOR_PX * scale))
        for page in (self.finder, self.waiting, self.lists, self.card):
            page.dress(scale)
