"""The form of a fact: what it is, since when, until when; some kinds wait for a second person."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from station.ui.admin import people_words as words
from station.ui.admin.parts import Command, Field, Picker, Switch, label, row
from station.ui.admin.people_desk import NewFact

translate = QCoreApplication.translate

NEED_TWO = ("isolation", "block")
_VALUES = {
    "colour": ("green", "yellow", "red"),
    "test": ("negative", "negative_reported", "positive", "unknown"),
    "expected": ("yes", "no"),
    "travel": ("yes", "no"),
    "isolation": ("isolation", "close_contact", "sub_close_contact", "none"),
    "block": ("asked", "lost_card", "moved_out", "none"),
    "right": (),  # this gate by its name, all, none, or what is typed
}
_SINCE = {
    "colour": QT_TRANSLATE_NOOP("admin", "什么时候看的"),
    "test": QT_TRANSLATE_NOOP("admin", "采样时间"),
    "expected": QT_TRANSLATE_NOOP("admin", "几点起"),
    "travel": QT_TRANSLATE_NOOP("admin", "什么时候说的"),
    "isolation": QT_TRANSLATE_NOOP("admin", "从什么时候起"),
    "block": QT_TRANSLATE_NOOP("admin", "从什么时候起"),
    "right": QT_TRANSLATE_NOOP("admin", "从什么时候起"),
}
_DAYS = {"expected": 0.25, "isolation": 7.0}  # how long it lasts, unless something else is typed
_HAVE_END = frozenset({"expected", "isolation", "block", "right"})
_OTHER_GATES = ""  # the names are typed
_LASTS = (
    (7, QT_TRANSLATE_NOOP("admin", "7 天")),
    (14, QT_TRANSLATE_NOOP("admin", "14 天")),
    (30, QT_TRANSLATE_NOOP("admin", "30 天")),
    (182, QT_TRANSLATE_NOOP("admin", "半年")),
    (365, QT_TRANSLATE_NOOP("admin", "一年")),
)
_DATE_LONG = 10  # characters of 2022-04-16
_LONGEST = 100


class FactForm(QWidget):
    """`tell` is called with what was typed; `local` gives the time so many days from now as one types it.

    `gate` gives the name of this gate, for rights.
    """

    def __init__(
        self,
        tell: Callable[[NewFact], None],
        back: Callable[[], None],
        local: Callable[[float], str],
        gate: Callable[[], str],
    ) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._local, self._gate = local, gate
        self.gates = Field(self.tr("如 东门，西门"))
        self.gates_title = label(self.tr("哪些门"))
        self.why = Field(self.tr("谁同意的（可以不填）"))
        self.why.setMaxLength(_LONGEST)
        self.kind, self.value = Picker(), Picker()
        self.at, self.until = Field("2022-04-16 8:30", plain=True), Field("", plain=True)
        self.until.setPlaceholderText(self.tr("可以不填"))
        self.since, self.end = label(), label(self.tr("到什么时候"))
        self.household = Switch(self.tr("全家都算"), "choice")
        self.hint = label(name="note", wrap=True)
        self.tell = Command("", lambda: tell(self.typed), "main")
        self.back = Command(self.tr("不记了"), back)
        self._arrange()
        for word in _VALUES:
            self.kind.addItem(words.kind(word), word)
        self.kind.currentIndexChanged.connect(lambda index: self._take_kind())
        self.value.currentIndexChanged.connect(lambda index: self._take_value())

    def _arrange(self) -> None:
        grid = QGridLayout()
        pairs = (
            (label(self.tr("记什么")), self.kind), (label(self.tr("是什么")), self.value),
            (self.since, self.at), (self.end, self.until),
            (label(self.tr("原因")), self.why), (self.gates_title, self.gates),
        )  # fmt: skip
        for number, (title, field) in enumerate(pairs):
            line, side = divmod(number, 2)
            grid.addWidget(title, line, 2 * side)
            grid.addWidget(field, line, 2 * side + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(grid)
        column.addWidget(self._lasting())
        column.addLayout(row(self.household, None))
        column.addWidget(self.hint)
        column.addStretch()
        column.addLayout(row(self.back, None, self.tell))

    def begin(self, kind: str, *, has_house: bool) -> None:
        """Ask for a fact of this kind first; another one can be picked."""
        self._has_house = has_house
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self._take_kind()
        self.kind.setFocus()

    def _lasting(self) -> QWidget:
        """How long it lasts, in one tap."""
        self.lasting = QWidget()
        self.lasting.setObjectName("plain")
        buttons = [self._lasts(text, days) for days, text in _LASTS]
        buttons.append(Command(self.tr("没有期限"), self.until.clear, "flat"))
        line = row(label(self.tr("多久"), "note"), *buttons, None)
        line.setContentsMargins(0, 0, 0, 0)
        self.lasting.setLayout(line)
        return self.lasting

    def _lasts(self, text: object, days: float) -> Command:
        return Command(translate("admin", str(text)), lambda: self._last(days), "flat")

    def _last(self, days: float) -> None:
        """A right ends with its last day, as people at the gate count days."""
        until = self._local(days)
        self.until.setText(f"{until[:_DATE_LONG]} 23:59" if self.kind.currentData() == "right" else until)

    def _values(self, kind: str) -> list[tuple[str, str]]:
        """Pairs of words and value."""
        if kind != "right":
            return [(words.value(word), word) for word in _VALUES[kind]]
        gate, found = self._gate(), list[tuple[str, str]]()
        if gate:
            found.append((self.tr("只能进 {gate}").format(gate=gate), gate))
        found += [(words.value("all"), "all"), (self.tr("不能进"), "none")]
        return [*found, (self.tr("别的门，自己写"), _OTHER_GATES)]

    def _take_kind(self) -> None:
        kind = str(self.kind.currentData())
        self.value.clear()
        for text, word in self._values(kind):
            self.value.addItem(text, word)
        self.since.setText(translate("admin", str(_SINCE[kind])))
        self.at.setText(self._local(0))
        self.until.setText(self._local(_DAYS[kind]) if kind in _DAYS else "")
        for widget in (self.end, self.until, self.lasting):
            widget.setVisible(kind in _HAVE_END)
        self.why.clear()
        self.household.setChecked(False)
        self.household.setVisible(kind == "isolation" and self._has_house)
        needs_two = kind in NEED_TWO
        self.hint.setText(
            self.tr("隔离和“先别放行”弄错了，会把人关在门里门外：您报上去，要另一个人核对了才算")
            if needs_two
            else self.tr("记下来马上就算，大门下一次就照这个看")
        )
        self.tell.setText(self.tr("报上去") if needs_two else self.tr("记下来"))

    def _take_value(self) -> None:
        """What is lifted has no end; gates that are not ours are typed."""
        if self.value.currentData() == "none":
            self.until.clear()
        by_name = self.kind.currentData() == "right" and self.value.currentData() == _OTHER_GATES
        for widget in (self.gates_title, self.gates):
            widget.setVisible(by_name)
        self.gates.clear()

    @property
    def typed(self) -> NewFact:
        kind = str(self.kind.currentData())
        return NewFact(
            kind,
            str(self.value.currentData() or self.gates.text()),
            self.at.text(),
            self.until.text() if kind in _HAVE_END else "",
            self.household.isChecked(),
            self.why.text().strip(),
        )
