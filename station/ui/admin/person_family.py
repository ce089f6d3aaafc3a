"""Who speaks for a person and for whom they speak (监护人, 代办人): both ways, add one, take one away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QStackedWidget, QVBoxLayout, QWidget

from station.ui.admin import people_words as words
from station.ui.admin.parts import Command, Picker, Question, label, row
from station.ui.admin.people_desk import Card, DeskError, Hit, PeopleDesk, RelationLine
from station.ui.admin.person_picker import PersonPicker
from station.ui.admin.reason_question import ReasonQuestion
from station.ui.admin.sections import Host
from station.ui.admin.table import Line, Table

_KINDS = (("guardian", True), ("proxy", True), ("guardian", False), ("proxy", False))
_LIST, _ADD = range(2)


class PersonFamily(QWidget):
    """`changed` when a relation was added or taken away; `left` to go back to the card."""

    changed = Signal()
    left = Signal()

    def __init__(self, host: Host, desk: PeopleDesk, operator: Callable[[], str]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._host, self._desk, self._operator = host, desk, operator
        self._card: Card | None = None
        self.question, self.reasons = Question(), ReasonQuestion()
        self.picker = PersonPicker(host, desk)
        self.picker.chosen.connect(self._ask_to_relate)
        self.kind = Picker()
        self.stack = QStackedWidget()
        for page in (self._list(), self._adding()):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack, 1)
        column.addWidget(self.question)
        column.addWidget(self.reasons)

    def _list(self) -> QWidget:
        self.hint = label(name="note", wrap=True)
        self.table = Table(self._titles(), 0)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.marked_changed.connect(self._show_marked)
        self.back = Command(self.tr("回卡片"), self.left.emit)
        self.remove = Command(self.tr("取消这一条"), self._ask_to_unrelate)
        self.add = Command(self.tr("加一个"), self._begin, "main")
        page = QWidget()
        page.setObjectName("plain")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.hint)
        column.addWidget(self.table, 1)
        column.addLayout(row(self.back, None, self.remove, self.add))
        return page

    def _adding(self) -> QWidget:
        page = QWidget()
        page.setObjectName("plain")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.kind)
        column.addWidget(self.picker, 1)
        column.addLayout(row(Command(self.tr("不加了"), self._show_list), None))
        return page

    def _titles(self) -> list[str]:
        return [self.tr("谁是谁的什么人"), self.tr("房号")]

    def show_card(self, card: Card | None) -> None:
        self._card = card
        lines = [self._line(card, one) for one in card.relations] if card else []
        self.table.show_lines(lines, self._titles())
        self.hint.setText(
            self.tr("监护人和代办人可以替他亮码。点一行，可以取消")
            if lines
            else self.tr("还没有监护人或代办人；他也没有替谁办事")
        )
        self._show_list()

    def _line(self, card: Card, one: RelationLine) -> Line:
        said = words.relates(one.kind, card.name, one.name, speaks=one.speaks)
        return Line(one, (said, one.dwelling or "—"))

    def shut(self) -> None:
        self.question.answer(yes=False)
        self.reasons.answer(yes=False)
        self._show_list()

    def go_back(self) -> bool:
        """Esc: a question first, then the choice; False if there was neither."""
        for question in (self.question, self.reasons):
            if not question.isHidden():
                question.answer(yes=False)
                return True
        if self.stack.currentIndex() == _ADD:
            self._show_list()
            return True
        return False

    def _show_list(self) -> None:
        self.picker.leave()
        self.stack.setCurrentIndex(_LIST)

    def _show_marked(self) -> None:
        self.remove.setEnabled(bool(self.table.marked))

    # --- adding ---------------------------------------------------------------------------------

    def _begin(self) -> None:
        """First what they are to each other, then who."""
        if self._card is None:
            return
        self.kind.clear()
        for word, speaks in _KINDS:
            other = self.tr("下面选的人")
            self.kind.addItem(words.relates(word, self._card.name, other, speaks=speaks), (word, speaks))
        self.stack.setCurrentIndex(_ADD)
        self.picker.enter()

    def _ask_to_relate(self, hit: Hit) -> None:
        if self._card is None:
            return
        kind, speaks = self.kind.currentData()
        other = RelationLine(kind, hit.person_id, hit.masked, hit.dwelling, speaks)
        who = f"{hit.masked} {hit.dwelling}".strip()
        said = words.relates(kind, self._card.name, who, speaks=speaks)
        self.question.ask(f"{said}？", self.tr("对，加上"), lambda: self._relate(other))

    def _relate(self, other: RelationLine) -> None:
        self._do(lambda card: self._desk.relate(card.person_id, other, self._operator()), self.tr("加好了"))

    # --- taking away ----------------------------------------------------------------------------

    def _ask_to_unrelate(self) -> None:
        marked = [one for one in self.table.marked if isinstance(one, RelationLine)]
        if self._card is None or not marked:
            return
        other = marked[0]
        said = words.relates(other.kind, self._card.name, other.name, speaks=other.speaks)
        text = self.tr("取消“{said}”？以后不能替他亮码了。").format(said=said)
        self.reasons.ask(
            text, self.tr("取消这一条"), words.WHY_UNRELATE, lambda why: self._unrelate(other, why)
        )

    def _unrelate(self, other: RelationLine, why: str) -> None:
        self._do(
            lambda card: self._desk.unrelate(card.person_id, other, self._operator(), why),
            self.tr("取消了"),
        )

    def _do(self, act: Callable[[Card], None], said: str) -> None:
        if self._card is None:
            return
        try:
            act(self._card)
        except DeskError as error:
            self._host.say(str(error), trouble=True)
            return
        self.changed.emit()
        self._host.say(said)

    def dress(self, scale: float) -> None:
        self.table.dress(scale)
        self.picker.dress(scale)
