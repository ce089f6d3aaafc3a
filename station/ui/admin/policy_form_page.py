"""The form of a draft: choose where to begin, for whom, and which matter; then numbers and verdicts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from station.core.model import Direction
from station.core.policy import PolicyError
from station.core.policy_edit import PolicyEditError, Value
from station.core.policy_form import FieldKind, FormField, Place, fields
from station.core.reasons import Severity
from station.ui import policy_words, words
from station.ui.admin import policy_speech
from station.ui.admin.parts import Command, Field, Picker, Switch, label, row
from station.ui.admin.policy_draft import Draft, rows

MATTERS_PX, EDITOR_PX, ROW_PX = 250, 210, 60
_CATEGORIES = ("resident", "tenant", "worker", "courier", "visitor", "staff", "medical", "volunteer")
_VERDICTS = tuple(severity.word for severity in Severity)
Tell = Callable[[str], None]


def places() -> list[Place]:
    """For whom rules may be set apart."""
    ways = [Place("", way) for way in Direction]
    return [Place(), *ways, *(Place(name, way) for name in _CATEGORIES for way in (None, *Direction))]


class FormPage(QWidget):
    """`begun` with the number of the text to begin from; `edited` after each change."""

    begun = Signal(int)
    edited = Signal()

    def __init__(self, trouble: Tell) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._trouble = trouble
        self._draft: Draft | None = None
        self._scale = 1.0
        self.start, self.whom = Picker(), Picker()
        self.reset = Command(self.tr("都改回来"), lambda: self.begun.emit(self.start.currentIndex()), "flat")
        self.count = label(name="note")
        self._places = places()
        self.whom.addItems([policy_speech.place(place) for place in self._places])
        self.start.activated.connect(self.begun.emit)
        self.whom.activated.connect(lambda number: self.refresh())
        self._build()

    def _build(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(
            row(
                label(self.tr("从")),
                self.start,
                label(self.tr("改起；管的是")),
                self.whom,
                self.count,
                self.reset,
            )
        )
        self.matters = QButtonGroup(self)
        self._matter_area, matter_column = _scrolled()
        for number, section in enumerate(_sections()):
            button = Switch(policy_words.section(section))
            self.matters.addButton(button, number)
            matter_column.addWidget(button)
        matter_column.addStretch()
        self.matters.button(0).setChecked(True)
        self.matters.idClicked.connect(lambda number: self.refresh())
        self._rows_area = QScrollArea()
        self._rows_area.setObjectName("card")
        self._rows_area.setWidgetResizable(True)
        self.editors: dict[str, Picker | Field] = {}
        self._marks: list[tuple[FormField, QLabel, QLabel]] = []
        self._middle = QHBoxLayout()
        self._middle.addWidget(self._matter_area)
        self._middle.addWidget(self._rows_area, 1)
        column.addLayout(self._middle, 1)

    # --- what is shown --------------------------------------------------------------------------

    def offer(self, starts: list[str], chosen: int) -> None:
        """The texts that a draft may begin from."""
        self.start.clear()
        self.start.addItems(starts)
        self.start.setCurrentIndex(chosen)

    def show_draft(self, draft: Draft) -> None:
        self._draft = draft
        self.refresh()

    @property
    def place(self) -> Place:
        return self._places[max(self.whom.currentIndex(), 0)]

    def refresh(self) -> None:
        """The fields of the chosen matter, for the chosen people."""
        draft = self._draft
        if draft is None:
            return
        inner, self.editors, self._marks = QWidget(), {}, []
        inner.setObjectName("plain")
        grid = QGridLayout(inner)
        grid.setVerticalSpacing(round(6 * self._scale))
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(3, 2)
        shown = rows(_sections()[self.matters.checkedId()], draft, self.place)
        for number, field in enumerate(shown):
            self._add_row(grid, number, field, draft)
        grid.setRowStretch(len(shown), 1)
        inner.setMinimumHeight(len(shown) * round(ROW_PX * self._scale))
        former = self._rows_area.takeWidget()
        if former:
            former.deleteLater()  # it may be the one whose signal brought us here
        self._rows_area.setWidget(inner)
        self.mark()

    def mark(self) -> None:
        """Say anew what differs from the policy in force."""
        draft = self._draft
        if draft is None:
            return
        self._mark_matters(draft)
        for field, name, was in self._marks:
            value, before = draft.value(self.place, field), draft.value_in_force(self.place, field)
            said = self.tr("现行：{value}").format(value=policy_speech.value(field, before))
            was.setText(said if value != before else "")
            name.setObjectName("trouble" if value != before else "text")  # in bold
            name.style().unpolish(name)
            name.style().polish(name)

    def _mark_matters(self, draft: Draft) -> None:
        changed = draft.changes
        for number, section in enumerate(_sections()):
            count = sum(one.field.section == section for one in changed)
            name = policy_words.section(section)
            self.matters.button(number).setText(f"{name} · {count}" if count else name)
        self._fit_matters()
        said = self.tr("和现行比，改了 {count} 处") if changed else self.tr("和现行一样")
        self.count.setText(said.format(count=len(changed)))

    def _fit_matters(self) -> None:
        """As wide as the longest of them, which in some languages is long."""
        widest = max(button.sizeHint().width() for button in self.matters.buttons())
        beside = self._matter_area.verticalScrollBar().sizeHint().width() + 2 * self._matter_area.frameWidth()
        self._matter_area.setFixedWidth(max(widest + beside, round(MATTERS_PX * self._scale)))

    def _add_row(self, grid: QGridLayout, number: int, field: FormField, draft: Draft) -> None:
        value = draft.value(self.place, field)
        name, was = label(policy_speech.field_label(field), wrap=True), label(name="note", wrap=True)
        editor = self._editor(field, value)
        grid.addWidget(name, number, 0)
        if editor:
            editor.setAccessibleName(policy_speech.field_label(field))
            editor.setFixedWidth(round(EDITOR_PX * self._scale))
            self.editors[field.path] = editor
            grid.addWidget(editor, number, 1)
            grid.addWidget(label(policy_words.unit(field), "note"), number, 2)
        else:
            grid.addWidget(label(policy_speech.value(field, value), wrap=True), number, 1, 1, 2)
        grid.addWidget(was, number, 3)
        self._marks.append((field, name, was))

    # --- editing --------------------------------------------------------------------------------

    def _editor(self, field: FormField, value: object) -> Picker | Field | None:
        if field.kind is FieldKind.VERDICT:
            return self._choice(field, _VERDICTS, [words.verdict_name(one) for one in Severity], str(value))
        if field.kind is FieldKind.SWITCH:
            said = [policy_speech.value(field, on) for on in (True, False)]
            return self._choice(field, (True, False), said, bool(value))
        if field.kind in (FieldKind.NUMBER, FieldKind.COUNT, FieldKind.TIME):
            editor = Field("", plain=True)
            editor.setText(_typed_as(value))
            editor.editingFinished.connect(lambda: self._typed(field, editor))
            return editor
        return None  # lists of words are edited in a file

    def _choice(self, field: FormField, values: tuple[Value, ...], said: list[str], now: Value) -> Picker:
        picker = Picker()
        picker.addItems(said)
        picker.setCurrentIndex(values.index(now))
        picker.activated.connect(lambda number: self._set(field, values[number]))
        return picker

    def _typed(self, field: FormField, editor: Field) -> None:
        """It comes more than once, also when the field only loses the focus."""
        assert self._draft is not None
        before = _typed_as(self._draft.value(self.place, field))
        text = editor.text().strip().replace("：", ":").replace("。", ".")
        if text == before:
            return
        try:
            self._set(field, text if field.kind is FieldKind.TIME else _number(field, text))
        except ValueError:
            self._trouble(self.tr("「{field}」请填数字").format(field=policy_speech.field_label(field)))
        editor.setText(_typed_as(self._draft.value(self.place, field)))

    def _set(self, field: FormField, value: Value) -> None:
        """Write it; what cannot be is said, and the former value stands."""
        assert self._draft is not None
        try:
            self._draft.set(self.place, field, value)
        except PolicyError as error:
            self._trouble(policy_words.problem(error))
        except PolicyEditError:
            self._trouble(self.tr("这一项写在文件里的样子这里改不了，请在文件里改"))
        else:
            self._trouble(self._shadowed(field, value))
        self.mark()
        self.edited.emit()

    def _shadowed(self, field: FormField, value: Value) -> str:
        assert self._draft is not None
        if self._draft.value(self.place, field) == value:
            return ""
        return self.tr("记下了，可是分进出另有规定；请在“管”那里选进来或出去再改")

    def dress(self, scale: float) -> None:
        self._scale = scale
        for layout in (self._column, self._middle):
            layout.setSpacing(round(10 * scale))
        self._fit_matters()
        self.refresh()


def _sections() -> list[str]:
    """In the order of the file."""
    return list(dict.fromkeys(field.section for field in fields()))


def _typed_as(value: object) -> str:
    return (
        f"{value:g}"
        if isinstance(value, float)
        else str(value or 0)
        if isinstance(value, int)
        else str(value or "")
    )


def _number(field: FormField, text: str) -> Value:
    return int(text) if field.kind is FieldKind.COUNT else float(text)


def _scrolled() -> tuple[QScrollArea, QVBoxLayout]:
    area, inner = QScrollArea(), QWidget()
    inner.setObjectName("plain")
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, 0, 0)
    area.setWidgetResizable(True)
    area.setWidget(inner)
    return area, column
