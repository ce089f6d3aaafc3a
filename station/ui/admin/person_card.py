"""The card of one person (人员卡): who they are, what is known, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from station.ui.admin import people_words as words
from station.ui.admin.parts import Command, Switch, label, row
from station.ui.admin.people_desk import Card, DeskError, FactLine, NewFact, PeopleDesk, Typed
from station.ui.admin.person_card_fact import FactForm
from station.ui.admin.person_card_form import PersonForm
from station.ui.admin.person_changes import PersonChanges
from station.ui.admin.person_codes import PersonCodes
from station.ui.admin.person_family import PersonFamily
from station.ui.admin.reason_question import ReasonQuestion
from station.ui.admin.sections import Host
from station.ui.admin.table import Line, Table

_VIEW, _FORM, _FACT, _CODES, _FAMILY, _CHANGES = range(6)


class PersonCard(QWidget):
    """Masked until somebody asks. `left` when it is closed; `operator` gives the number of who works here."""

    left = Signal()
    proposed = Signal()

    def __init__(
        self, host: Host, desk: PeopleDesk, operator: Callable[[], str], now: Callable[[], datetime]
    ) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._host, self._desk, self._operator, self._now = host, desk, operator, now
        self._id: str | None = None
        self._card: Card | None = None
        self.heading = label(name="heading", wrap=True)
        self.full = Switch(self.tr("显示全部"), "flat")
        self.full.toggled.connect(lambda on: self.read())
        self.close_card = Command(self.tr("← 回名单"), self.leave, "flat")
        self.question = ReasonQuestion()
        self.form = PersonForm(self._save, self._to_view)
        self.fact = FactForm(self._tell, self._to_view, desk.local, self._gate)
        self.codes = PersonCodes(host, desk, operator)
        self.family = PersonFamily(host, desk, operator)
        self.changes = PersonChanges(now)
        self._build()

    # --- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.stack = QStackedWidget()
        for page in (self._view(), self.form, self.fact, self.codes, self.family, self.changes):
            self.stack.addWidget(page)
        for page in (self.codes, self.family, self.changes):
            page.left.connect(self._to_view)
        for part in (self.codes, self.family):
            part.changed.connect(self.read)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        head = row(self.close_card, self.heading, self.full)
        head.setStretch(1, 1)
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        column.addWidget(self.question)

    def _view(self) -> QWidget:
        view = QWidget()
        view.setObjectName("plain")
        self.details = label(wrap=True)
        self.about = self._about()
        self.past = Switch(self.tr("连以前的也看"), "flat")
        self.past.toggled.connect(lambda on: self._fill_facts())
        self.known = label(name="note", wrap=True)
        self.table = Table(self._titles(), 0)
        right = QVBoxLayout()
        line = row(self.known, self.past)
        line.setStretch(0, 1)
        right.addLayout(line)
        right.addWidget(self.table, 1)
        self._middle = QHBoxLayout()
        self._middle.addWidget(self.about, 1)
        self._middle.addLayout(right, 2)
        column = QVBoxLayout(view)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._middle, 1)
        column.addLayout(self._commands())
        return view

    def _about(self) -> QScrollArea:
        """The details in a frame; a long note stands there, too: what finds no room is scrolled to."""
        area, inner = QScrollArea(), QWidget()
        area.setObjectName("card")
        inner.setObjectName("plain")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QVBoxLayout(inner)
        inside.addWidget(self.details)
        inside.addStretch()
        area.setWidget(inner)
        return area

    def _commands(self) -> QHBoxLayout:
        self.edit = Command(self.tr("改资料"), self._edit)
        self.keys = Command(self.tr("码和证"), lambda: self._to(_CODES))
        self.relatives = Command(self.tr("监护代办"), lambda: self._to(_FAMILY))
        self.who_changed = Command(self.tr("谁改过"), self._to_changes)
        self.remove = Command(self.tr("移出名册"), self._ask_to_remove)
        self.isolate = Command(self.tr("隔离 / 先别放行"), lambda: self._ask_fact("isolation"))
        self.note = Command(self.tr("记一条"), lambda: self._ask_fact("colour"), "main")
        left = (self.edit, self.keys, self.relatives, self.who_changed, self.remove)
        return row(*left, None, self.isolate, self.note)

    def _titles(self) -> list[str]:
        return [self.tr("知道什么"), self.tr("什么时候"), self.tr("谁说的")]

    # --- coming and going -----------------------------------------------------------------------

    def open(self, person_id: str | None) -> None:
        """This person's card; None: a form for somebody new."""
        self._id = person_id
        self.full.setChecked(False)
        self.past.setChecked(False)
        self.read()
        if person_id is None:
            self.form.show_card(None)
            self._to_form()

    def shut(self) -> None:
        """Out of sight: masked, nothing waits, nothing half typed stays."""
        self.question.answer(yes=False)
        for part in (self.codes, self.family):
            part.shut()
            part.show_card(None)
        self.changes.show_changes(())
        self.form.show_card(None)
        self.stack.setCurrentIndex(_VIEW)
        self._id = self._card = None
        self.full.setChecked(False)

    def leave(self) -> None:
        self.shut()
        self.left.emit()

    def go_back(self) -> bool:
        """Esc: a question, a wait or a form first, then the card."""
        if not self.question.isHidden():
            self.question.answer(yes=False)
        elif self.codes.go_back() or self.family.go_back():
            pass
        elif self.stack.currentIndex() != _VIEW and self._id:
            self._to_view()
        else:
            self.leave()
        return True

    def read(self) -> None:
        """What the roster says now."""
        self._card = None
        if self._id is not None:
            try:
                self._card = self._desk.card(self._id, in_full=self.full.isChecked())
            except DeskError as error:
                self._host.say(str(error), trouble=True)
        card = self._card
        for widget in (
            self.edit, self.keys, self.relatives, self.who_changed, self.remove, self.isolate, self.note,
            self.full,
        ):  # fmt: skip
            widget.setEnabled(card is not None)
        self.codes.show_card(card)
        self.family.show_card(card)
        self.full.setVisible(self._id is not None)
        self.heading.setText(self._heading(card))
        self.details.setText("\n".join(self._details(card)) if card else "")
        self._fill_facts()

    def _heading(self, card: Card | None) -> str:
        if self._id is None:
            return self.tr("加一个人")
        if card is None:
            return ""
        return " · ".join(part for part in (card.name, card.dwelling, words.category(card.category)) if part)

    def _details(self, card: Card) -> list[str]:
        nothing = self.tr("没填")
        lines = [
            self.tr("电话：{phones}").format(phones=" / ".join(card.phones) or nothing),
            self.tr("证件号：{number}").format(number=card.id_number or nothing),
            self.tr("职业：{occupation}").format(occupation=card.occupation or nothing),
        ]
        for one in card.relations:
            relation = words.relation(one.kind)
            is_theirs = self.tr("是 {name} 的{relation}").format(name=one.name, relation=relation)
            lines.append(words.about(relation, one.name) if one.speaks else is_theirs)
        lines.append(
            self.tr("绑了 {codes} 个码、{passes} 张出入证").format(codes=card.codes, passes=card.passes)
        )
        if card.note:
            lines.append(self.tr("备注：{note}").format(note=card.note))
        return lines

    def _fill_facts(self) -> None:
        card, past = self._card, self.past.isChecked()
        self.about.setVisible(not past)  # who said it and when needs the room
        facts = () if card is None else card.history if past else card.facts
        self.table.show_lines([self._line(fact) for fact in facts], self._titles())
        if facts:
            text = self.tr("一共 {count} 条，新的在上面") if past else self.tr("现在算数的 {count} 条")
            self.known.setText(text.format(count=len(facts)))
        else:
            self.known.setText(self.tr("还没有记过什么"))

    def _line(self, fact: FactLine) -> Line:
        now = self._now()
        what = words.said(fact)
        what = what if fact.counts else self.tr("{what}（不算了）").format(what=what)
        return Line(fact, (what, words.when(fact, now), words.whose(fact)), False)

    # --- the person -----------------------------------------------------------------------------

    def _to_view(self) -> None:
        if self._id is None:
            self.leave()
            return
        self.form.show_card(None)
        for part in (self.codes, self.family):
            part.shut()
        self.stack.setCurrentIndex(_VIEW)
        self.read()

    def _to(self, page: int) -> None:
        self._host.say("")
        self.question.answer(yes=False)
        self.stack.setCurrentIndex(page)

    def _to_changes(self) -> None:
        if self._id is None:
            return
        try:
            self.changes.show_changes(self._desk.changes(self._id))
        except DeskError as error:
            self._host.say(str(error), trouble=True)
            return
        self._to(_CHANGES)

    def _edit(self) -> None:
        """To be changed it has to be seen; the card shows that it is."""
        self.full.setChecked(True)
        if self._card:
            self.form.show_card(self._card)
            self._to_form()

    def _to_form(self) -> None:
        self.stack.setCurrentIndex(_FORM)
        self.form.name.setFocus()

    def _save(self, typed: Typed) -> None:
        try:
            self._id = self._desk.save(self._id, typed, self._operator())
        except DeskError as error:
            self._host.say(str(error), trouble=True)
            return
        self._to_view()
        self._host.say(self.tr("存好了"))

    def _ask_to_remove(self) -> None:
        if self._card:
            text = self.tr(
                "{who} 搬走了，移出名册？他的码和证大门就不认识了。移错了可以在“导入”里撤销这一批。"
            )
            self.question.ask(
                text.format(who=self._card.name), self.tr("移出"), words.WHY_REMOVE, self._remove
            )

    def _remove(self, why: str) -> None:
        if self._id is None:
            return
        try:
            self._desk.remove(self._id, self._operator(), why)
        except DeskError as error:
            self._host.say(str(error), trouble=True)
            return
        self.leave()
        self._host.say(self.tr("移出名册了"))

    # --- what is known --------------------------------------------------------------------------

    def _ask_fact(self, kind: str) -> None:
        self.fact.begin(kind, has_house=bool(self._card and self._card.dwelling))
        self.stack.setCurrentIndex(_FACT)

    def _tell(self, fact: NewFact) -> None:
        assert self._id is not None
        try:
            counts = self._desk.tell(self._id, fact, self._operator())
        except DeskError as error:
            self._host.say(str(error), trouble=True)
            return
        self._to_view()
        said = (
            self.tr("记好了，马上就算")
            if counts
            else self.tr("报上去了。请另一个人到“待核对”里核对，核对了才算")
        )
        self._host.say(said)
        if not counts:
            self.proposed.emit()

    def _gate(self) -> str:
        """Without its name, the names of gates are typed."""
        try:
            return self._desk.gate()
        except DeskError as error:
            self._host.say(str(error), trouble=True)
            return ""

    def dress(self, scale: float) -> None:
        self.table.dress(scale)
        for part in (self.codes, self.family):
            part.dress(scale)
        self._middle.setSpacing(round(10 * scale))
