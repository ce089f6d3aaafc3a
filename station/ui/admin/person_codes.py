"""The codes and passes of one person: bind another one by scanning it, take one away again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from station.ui.admin import people_words as words
from station.ui.admin.parts import Command, Question, label, row
from station.ui.admin.people_desk import Card, DeskError, HeldCode, PeopleDesk
from station.ui.admin.reason_question import ReasonQuestion
from station.ui.admin.sections import Host
from station.ui.admin.table import Line, Table

LISTEN_S = 20


class PersonCodes(QWidget):
    """`changed` when a code was bound or taken away; `left` to go back to the card."""

    changed = Signal()
    left = Signal()

    def __init__(self, host: Host, desk: PeopleDesk, operator: Callable[[], str]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._host, self._desk, self._operator = host, desk, operator
        self._card: Card | None = None
        self.hint = label(name="note", wrap=True)
        self.table = Table(self._titles(), 1)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.marked_changed.connect(self._show_marked)
        self.question, self.reasons = Question(), ReasonQuestion()
        self.back = Command(self.tr("回卡片"), self.left.emit)
        self.unbind = Command(self.tr("解绑"), self._ask_to_unbind)
        self.bind = Command(self.tr("扫一个码，绑上"), self.listen, "main")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.hint)
        column.addWidget(self.table, 1)
        column.addLayout(row(self.back, None, self.unbind, self.bind))
        column.addWidget(self.question)
        column.addWidget(self.reasons)
        self._listening = QTimer(self, interval=1000)
        self._listening.timeout.connect(self._count_down)
        self._seconds = 0

    def _titles(self) -> list[str]:
        return [self.tr("什么"), self.tr("号"), self.tr("到哪天")]

    def show_card(self, card: Card | None) -> None:
        self._card = card
        held = card.held if card else ()
        self.table.show_lines([self._line(one) for one in held], self._titles())
        self.hint.setText(
            self.tr("点一行，可以解绑。码只看得到短号，看不到内容")
            if held
            else self.tr("还没有绑过码，也没有出入证")
        )

    def _line(self, one: HeldCode) -> Line:
        if one.until is None:
            return Line(one, (self.tr("码"), one.tag, "—"))
        until = f"{one.until:%Y-%m-%d}"
        return Line(one, (self.tr("出入证"), one.tag, until if one.valid else self.tr("过期或作废了")))

    def shut(self) -> None:
        """Nothing waits and nothing is asked any more."""
        self._stop_listening()
        self.question.answer(yes=False)
        self.reasons.answer(yes=False)

    def go_back(self) -> bool:
        """Esc: a question or a wait first; False if there was none."""
        for question in (self.question, self.reasons):
            if not question.isHidden():
                question.answer(yes=False)
                return True
        if self.listening:
            self._stop_listening()
            self._host.say("")
            return True
        return False

    # --- taking one away ------------------------------------------------------------------------

    def _show_marked(self) -> None:
        self.unbind.setEnabled(bool(self.table.marked))

    def _ask_to_unbind(self) -> None:
        marked = [one for one in self.table.marked if isinstance(one, HeldCode)]
        if self._card is None or not marked:
            return
        text = (
            self.tr("{number} 不再是 {who} 的码？大门见了它就不认识了。")
            if marked[0].until is None
            else self.tr("出入证 {number} 不再是 {who} 的？证本身还有效，要作废请到“出入证”里作废。")
        )
        self.reasons.ask(
            text.format(number=marked[0].tag, who=self._card.name),
            self.tr("解绑"),
            words.WHY_UNBIND,
            lambda why: self._unbind(marked[0], why),
        )

    def _unbind(self, held: HeldCode, why: str) -> None:
        if self._card is None:
            return
        try:
            self._desk.unbind(self._card.person_id, held, self._operator(), why)
        except DeskError as error:
            self._host.say(str(error), trouble=True)
            return
        self.changed.emit()
        self._host.say(self.tr("解绑了"))

    # --- binding another ------------------------------------------------------------------------

    @property
    def listening(self) -> bool:
        return self._listening.isActive()

    def listen(self) -> None:
        """The next code is for this card and not for the gate, for a short while."""
        self._seconds = LISTEN_S
        self._desk.listen(self._heard)
        self._listening.start()
        self._say_listening()

    def _say_listening(self) -> None:
        text = self.tr("现在扫他的码或出入证，还有 {seconds} 秒。这会儿扫的码大门不判。Esc 不绑了")
        self._host.say(text.format(seconds=self._seconds))

    def _count_down(self) -> None:
        self._seconds -= 1
        if self._seconds > 0:
            self._say_listening()
            return
        self._stop_listening()
        self._host.say(self.tr("没有扫到码，没有绑。要绑就再点一次“扫一个码”"))

    def _stop_listening(self) -> None:
        self._listening.stop()
        self._desk.listen(None)

    def _heard(self, code: str) -> None:
        """Asked first: it may be the code of somebody who just came to the gate."""
        self._stop_listening()
        if self._card is None:
            return
        self._host.say("")
        text = self.tr("扫到一个码。是 {who} 的吗？绑上以后，大门见了这个码就认得是他。")
        self.question.ask(text.format(who=self._card.name), self.tr("是他的，绑上"), lambda: self._bind(code))

    def _bind(self, code: str) -> None:
        if self._card is None:
            return
        try:
            self._desk.bind(self._card.person_id, code, self._operator())
        except DeskError as error:
            self._host.say(str(error), trouble=True)
            return
        self.changed.emit()
        self._host.say(self.tr("绑好了"))

    def dress(self, scale: float) -> None:
        self.table.dress(scale)
