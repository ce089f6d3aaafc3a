"""The two pages around a practice: what it is, before; what was right and what to practise, after."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from station.practice.scoring import Score
from station.ui import practice_words
from station.ui.buttons import KeyButton
from station.ui.face import Shape
from station.ui.practice_marks import Marks, Sign
from station.ui.theme import Look, Theme
from station.ui.touch import Touch

_MARGIN, _GAP, _BUTTON = 32, 10, (420, 92)  # px at 1366x768
_FEW = 5  # lines: so few are written larger
_ROWS = 4 + practice_words.MOST_LESSONS


@dataclass(frozen=True, slots=True)
class Told:
    """A line, and the shape that says the same; `aside`: small, whoever likes may read it."""

    text: str
    shape: Shape | None = None
    look: Look = Look.PASS
    aside: bool = False


class PracticePage(QFrame):
    """Covers the gate. `go` begins, or begins anew; `leave` ends the program."""

    go = Signal()
    leave = Signal()

    def __init__(self, theme: Theme, touch: Touch, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("page")
        self._title = QLabel(self)
        self._title.setObjectName("score")
        self._marks = Marks(theme, self)
        self._rows = [_Row(theme, self) for _ in range(_ROWS)]
        self._go, self._leave = KeyButton("", "Enter", touch, self), KeyButton("", "Esc", touch, self)
        self._go.setObjectName("switch")  # the one that goes on stands out
        self._go.wear("on", True)
        self._lay_out()
        self._go.tapped.connect(self.go.emit)
        self._leave.tapped.connect(self.leave.emit)
        self.show_welcome()

    @property
    def texts(self) -> list[QLabel]:
        return [self._title, *(row.label for row in self._rows)]

    def _lay_out(self) -> None:
        self._column, self._foot = QVBoxLayout(self), QHBoxLayout()
        for part in (self._title, self._marks, *self._rows):
            self._column.addWidget(part)
        self._column.addStretch()
        self._column.addLayout(self._foot)
        self._foot.addWidget(self._leave)
        self._foot.addStretch()
        self._foot.addWidget(self._go)

    def show_welcome(self) -> None:
        """Before the first one comes."""
        self._marks.hide()
        self._show(
            self.tr("练一练：三分钟，三十位"),
            Told(self.tr("大多数人不用您动手，等它自己出结果。"), Shape.TICK),
            Told(self.tr("有人开口说话：话写在画面上，您按下面的键。"), Shape.PHONE, Look.ASK),
            Told(self.tr("拿不准先不放，请他等一等。"), Shape.TRIANGLE, Look.RECHECK),
            Told(self.tr("来的都是假人，什么也不会真的记下来，按错了也不要紧。"), aside=True),
            Told(
                self.tr("想停，或真有人来了：按 F10，再按 Esc。三分钟到了会自己停，给您看成绩。"), aside=True
            ),
        )
        self._go.show_label(self.tr("开始"))
        self._leave.show_label(self.tr("不练了"))

    def show_score(self, score: Score) -> None:
        """After the last one."""
        met = len(score.met)
        title = self.tr("练完了：{met} 位里做对了 {right} 位").format(met=met, right=score.right)
        self._marks.show_results([result.right for result in score.results])
        lessons = [Told(one, Shape.TRIANGLE, Look.RECHECK) for one in practice_words.lessons(score)]
        well_done = Told(practice_words.well_done(score), Shape.TICK)
        times = Told(practice_words.times(score), aside=True)
        rows = [Told(practice_words.kind(score)), well_done, *lessons, times]
        self._show(title, *(row for row in rows if row.text))
        self._go.show_label(self.tr("再练一次"))
        self._leave.show_label(self.tr("结束"))

    @property
    def ready(self) -> bool:
        """Whether it hears keys and fingers."""
        return self._go.isEnabled()

    def wait(self, waits: bool) -> None:
        """Deaf for now: a key or a finger that is under way was meant for another page."""
        for button in (self._go, self._leave):
            button.setEnabled(not waits)

    def _show(self, title: str, *rows: Told) -> None:
        self._title.setText(title)
        for place, row in enumerate(self._rows):
            row.show_told(rows[place] if place < len(rows) else None, large=len(rows) <= _FEW)
        self.setAccessibleName("\n".join((title, *(row.text for row in rows))))
        self.show()
        self.raise_()

    def dress(self, theme: Theme, scale: float) -> None:
        parent = self.parentWidget()
        if parent:
            self.setGeometry(parent.rect())
        margin = round(_MARGIN * scale)
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._column.setSpacing(round(_GAP * scale))
        for button in (self._go, self._leave):
            button.setFixedSize(round(_BUTTON[0] * scale), round(_BUTTON[1] * scale))
        self._marks.dress(theme, scale)
        for row in self._rows:
            row.dress(theme, scale)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


class _Row(QWidget):
    """A line with its shape; without one it begins at the edge."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.label, self._sign = QLabel(self), Sign(theme, self)
        self.label.setWordWrap(True)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        self._line.addWidget(self.label, 1)

    def show_told(self, told: Told | None, *, large: bool) -> None:
        self.setVisible(told is not None)
        if told is None:
            self.label.setText("")
            return
        self.label.setObjectName("hint" if told.aside else "entry" if large else "call")
        self.label.style().unpolish(self.label)
        self.label.style().polish(self.label)
        self.label.setText(told.text)
        self._sign.setVisible(told.shape is not None)
        if told.shape is not None:
            self._sign.show_shape(told.shape, told.look, large=large)
        self._line.invalidate()  # a style's letters come without a word to the layout
        self.updateGeometry()

    def dress(self, theme: Theme, scale: float) -> None:
        self._line.setSpacing(round(20 * scale))
        self._sign.dress(theme, scale)
