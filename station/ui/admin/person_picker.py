"""Choosing somebody of the roster: a field to type in, and below it whoever fits, to be tapped."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.ui.admin import people_words as words
from station.ui.admin.parts import Field, label
from station.ui.admin.people_desk import DeskError, Hit, PeopleDesk
from station.ui.admin.people_ready import PeopleIndex
from station.ui.admin.sections import Host
from station.ui.admin.table import Line, Table


class PersonPicker(QWidget):
    """`chosen` with a Hit. Enter takes the first, or the one that the arrow keys are on."""

    chosen = Signal(object)

    def __init__(self, host: Host, desk: PeopleDesk) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._host, self._desk = host, desk
        self._index = PeopleIndex(host, desk, self._show_found, self._say, self._fail)
        self.typed = Field(self.tr("拼音首字母、姓名、房号，或电话、证件后四位"))
        self.typed.textChanged.connect(lambda text: self._find())
        self.typed.returnPressed.connect(self._take_first)
        self.hint = label(name="note", wrap=True)
        self.table = Table([""] * 4, 1)
        self.table.clicked.connect(self._tapped)
        self.table.activated.connect(self._tapped)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.typed)
        column.addWidget(self.hint)
        column.addWidget(self.table, 1)

    def enter(self) -> None:
        """Ready for somebody else."""
        self.typed.clear()
        self.typed.setFocus(Qt.FocusReason.OtherFocusReason)
        self._find()

    def leave(self) -> None:
        """Nobody stays listed."""
        self.typed.clear()
        self.table.show_lines([], [""] * 4)

    def dress(self, scale: float) -> None:
        self.table.dress(scale)

    def _find(self) -> None:
        if self._desk.ready:
            self._show_found()
        elif self.isVisible():
            self._index.get_ready()

    def _show_found(self) -> None:
        typed = self.typed.text().strip()
        try:
            found = self._desk.search(typed) if typed else ()
        except DeskError as error:
            self._fail(error)
            return
        lines = [
            Line(one, (one.dwelling or "—", one.masked, words.category(one.category), one.phone_tail or "—"))
            for one in found
        ]
        self.table.show_lines(lines, [self.tr("房号"), self.tr("姓名"), self.tr("类别"), self.tr("电话尾号")])
        if not typed:
            self._say(self.tr("打几个字，再点一下那个人"))
        elif found:
            self._say(self.tr("找到 {count} 人，点一下").format(count=len(found)))
        else:
            self._say(self.tr("没有找到。试试只打姓的首字母，或者房号"))

    def _say(self, text: str) -> None:
        self.hint.setText(text)

    def _fail(self, error: DeskError) -> None:
        self._host.say(str(error), trouble=True)

    def _take_first(self) -> None:
        if self.table.lines:
            self._take(self.table.lines[0].about)

    def _tapped(self, index: QModelIndex) -> None:
        if index.row() < len(self.table.lines):
            self._take(self.table.lines[index.row()].about)

    def _take(self, about: object) -> None:
        if isinstance(about, Hit):
            self.chosen.emit(about)
