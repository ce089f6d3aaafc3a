"""Erasing somebody because they ask: find them, see what there is, two people sign, hand out the receipt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from station.ui import retention_words
from station.ui.admin import desk_words
from station.ui.admin.parts import Command, Field, Picker, Switch, label, row
from station.ui.admin.people_desk import Hit, PeopleDesk
from station.ui.admin.person_picker import PersonPicker
from station.ui.admin.places import Place
from station.ui.admin.retention_desk import DeskError, Found, Receipt, RetentionDesk, Signature
from station.ui.admin.sections import Host

_FIND, _SIGN, _RECEIPT = range(3)
_LONGEST = 100
_MENTION_PX = 20  # at 768 lines


class Signer(QWidget):
    """One of the two who answer for it: a number and a PIN, or where there are none, a name."""

    def __init__(self, who: str) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._who = who
        self.name, self.pin = Field(""), Field(self.tr("密码"), plain=True)
        self.name.setMaxLength(_LONGEST)
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self._line = row(label(who), self.name, self.pin)
        self._line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self._line)

    def ask(self, *, pins: bool) -> None:
        self.clear()
        self.name.setPlaceholderText(self.tr("编号") if pins else self.tr("姓名"))
        self.name.setAccessibleName(f"{self._who} {self.name.placeholderText()}")
        self.pin.setVisible(pins)

    @property
    def signature(self) -> Signature:
        return self.name.text().strip(), self.pin.text()

    def clear(self) -> None:
        self.name.clear()
        self.pin.clear()


class ErasePage(QWidget):
    """Three steps in one place; `left` is called when there is nothing more to do."""

    def __init__(
        self,
        host: Host,
        desk: RetentionDesk,
        people: PeopleDesk,
        where: Callable[[], Sequence[Place]],
        left: Callable[[], None],
    ) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._host, self._desk, self._where, self._left = host, desk, where, left
        self._hit: Hit | None = None
        self._found: Found | None = None
        self._receipt: Receipt | None = None
        self.picker = PersonPicker(host, people)
        self.picker.chosen.connect(self._look)
        self.who, self.counts = label(name="heading", wrap=True), label(wrap=True)
        self.mentions = QPlainTextEdit()
        self.mentions.setReadOnly(True)
        self.with_mentions = Switch(self.tr("这些地方也一起删（说的是同名的别人，就取消）"))
        self.first, self.second = Signer(self.tr("第一位")), Signer(self.tr("第二位"))
        self.why = Field(self.tr("为什么删，例如：本人书面申请（不要写名字）"))
        self.why.setMaxLength(_LONGEST)
        self.go = Command(self.tr("删除，不能恢复"), self._erase, "danger")
        self.said, self.to = label(wrap=True), Picker()
        self.save = Command(self.tr("存回执"), self._save, "main")
        self._build()

    def enter(self) -> None:
        """Nobody is chosen yet."""
        self._forget()
        self.stack.setCurrentIndex(_FIND)
        self.picker.enter()

    def leave(self) -> None:
        """Nothing of anybody stays on the screen."""
        self._forget()
        self.picker.leave()

    def dress(self, scale: float) -> None:
        self.picker.dress(scale)
        font = self.mentions.font()
        font.setPixelSize(round(_MENTION_PX * scale))
        self.mentions.setFont(font)
        for column in self._columns:
            column.setSpacing(round(12 * scale))

    # --- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        self._columns: list[QVBoxLayout] = []
        self.stack = QStackedWidget()
        for page in (self._finding(), self._signing(), self._handing_out()):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        back = Command(self.tr("← 数据保留"), self._left, "flat")
        column.addLayout(row(label(self.tr("应本人要求删除"), "title"), None, back))
        column.addWidget(self.stack, 1)
        self._columns.append(column)

    def _page(self) -> tuple[QWidget, QVBoxLayout]:
        page = QWidget()
        page.setObjectName("plain")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        self._columns.append(column)
        return page, column

    def _finding(self) -> QWidget:
        page, column = self._page()
        column.addWidget(self.picker, 1)
        return page

    def _signing(self) -> QWidget:
        page, column = self._page()
        for line in (self.who, self.counts, self.mentions, self.with_mentions):
            column.addWidget(line)
        warning = self.tr(
            "删了以后：名册里没有这个人，出入证作废，再来要重新登记。进出记录还在，但不知道是谁。"
        )
        column.addWidget(label(warning, "note", wrap=True))
        column.addWidget(label(self.tr("要两个人一起签："), wrap=True))
        both = row(self.first, self.second)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        column.addLayout(both)
        column.addWidget(self.why)
        column.addLayout(row(Command(self.tr("不删了"), self.enter), None, self.go))
        return page

    def _handing_out(self) -> QWidget:
        page, column = self._page()
        column.addWidget(self.said)
        column.addStretch(1)
        line = row(self.to, self.save)
        line.setStretch(0, 1)
        column.addLayout(line)
        return page

    # --- what is done ---------------------------------------------------------------------------

    def _look(self, about: object) -> None:
        assert isinstance(about, Hit)
        self._hit = about
        try:
            job = self._desk.find(about.person_id)
        except DeskError as error:
            self._fail(error)
            return
        self._host.work(self.tr("正在找他的全部信息"), job, self._show_found, self._fail)

    def _show_found(self, found: object) -> None:
        assert isinstance(found, Found)
        if self._hit is None:
            return  # somebody went away meanwhile
        try:
            pins = self._desk.needs_pins()
        except DeskError as error:
            self._fail(error)
            return
        self._found = found
        self.who.setText(
            self.tr("要删的是：{name} · {house}").format(
                name=self._hit.masked, house=self._hit.dwelling or "—"
            )
        )
        say = QCoreApplication.translate
        listed = [f"{retention_words.trace(kind, say)} {count}" for kind, count in found.counts.items()]
        self.counts.setText(self.tr("这台电脑里有他的：{what}").format(what=self.tr("、").join(listed)))
        self.mentions.setPlainText("\n".join(retention_words.mentions(found.mentions, say)))
        for part in (self.mentions, self.with_mentions):
            part.setVisible(bool(found.mentions))
        self.with_mentions.setChecked(True)
        self.first.ask(pins=pins)
        self.second.ask(pins=pins)
        self.why.clear()
        self.stack.setCurrentIndex(_SIGN)
        self.first.name.setFocus()

    def _erase(self) -> None:
        if self._found is None:
            return
        try:
            found = replace(self._found, with_mentions=self.with_mentions.isChecked())
            receipt = self._desk.erase(found, self.first.signature, self.second.signature, self.why.text())
        except DeskError as error:
            self.first.pin.clear()
            self.second.pin.clear()
            self._fail(error)
            return
        self._forget()
        self.show_receipt(receipt)

    def show_receipt(self, receipt: Receipt) -> None:
        """It is done; what there is to hand out."""
        self._receipt = receipt
        self.said.setText("\n".join(_compact((receipt.title, *receipt.lines), self.tr("、"))))
        self.to.clear()
        for place in self._where():
            self.to.addItem(self.tr("存到 {place}").format(place=place.title), place.folder)
        self._host.say(self.tr("删好了。请把回执存下来、打印出来交给他"))
        self.stack.setCurrentIndex(_RECEIPT)

    def _save(self) -> None:
        if self._receipt is None or self.to.currentData() is None:
            return
        try:
            path = self._desk.write_receipt(self._receipt, self.to.currentData())
        except (DeskError, OSError) as error:
            self._fail(error)
            return
        self._host.say(self.tr("回执存好了：{path}").format(path=path))

    def _fail(self, error: Exception) -> None:
        text = desk_words.not_written(str(error)) if isinstance(error, OSError) else str(error)
        self._host.say(text, trouble=True)

    def _forget(self) -> None:
        self._hit = self._found = self._receipt = None
        self.mentions.clear()
        for text in (self.who, self.counts, self.said):
            text.clear()
        self.first.clear()
        self.second.clear()
        self.why.clear()


def _compact(lines: Sequence[str], between: str) -> list[str]:
    """What stands one below the other on paper has room beside each other on a screen."""
    shown: list[str] = []
    for line in lines:
        if line.startswith(" ") and shown and shown[-1].startswith(" "):
            shown[-1] += between + line.strip()
        elif line:
            shown.append(line)
    return shown
