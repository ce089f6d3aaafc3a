"""The two pages around a practice: what it is, before; what was right and what to practise, after."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from station.practice.scoring import Score
from station.ui import practice_words
from station.ui.buttons import KeyButton
from station.ui.theme import Theme
from station.ui.touch import Touch

_MARGIN, _BUTTON = 48, (420, 100)  # px at 1366x768
_FEW, _MOST = 5, 6  # lines: so few are written larger; so many fit above the times


class PracticePage(QFrame):
    """Covers the gate. `go` begins, or begins anew; `leave` ends the program."""

    go = Signal()
    leave = Signal()

    def __init__(self, touch: Touch, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("page")
        self.texts = [QLabel(self) for _ in range(8)]
        self._title, *self._body = self.texts
        self._go, self._leave = KeyButton("", "Enter", touch, self), KeyButton("", "Esc", touch, self)
        self._column, self._foot = QVBoxLayout(self), QHBoxLayout()
        for text in self.texts:
            text.setWordWrap(True)
            self._column.addWidget(text)
        self._column.addStretch()
        self._column.addLayout(self._foot)
        self._foot.addWidget(self._leave)
        self._foot.addStretch()
        self._foot.addWidget(self._go)
        self._go.tapped.connect(self.go.emit)
        self._leave.tapped.connect(self.leave.emit)
        self.show_welcome()

    def show_welcome(self) -> None:
        """Before the first one comes."""
        self._show(
            self.tr("练一练：三分钟，三十位"),
            self.tr("来的都是假人，什么也不会真的记下来，按错了也不要紧。"),
            self.tr("大多数人不用您动手：等它自己出结果。"),
            self.tr("有人说话，话会写在画面上；要动手的，按下面的键。"),
            self.tr("拿不准就想一想：不认识的先不放，发烧的请他歇一歇。"),
            self.tr("随时可以按 F10 结束。三分钟到了会自己停，给您看成绩。"),
        )
        self._go.show_label(self.tr("开始"))
        self._leave.show_label(self.tr("不练了"))

    def show_score(self, score: Score) -> None:
        """After the last one."""
        met = len(score.met)
        title = self.tr("练完了：{met} 位里做对了 {right} 位").format(met=met, right=score.right)
        practise = [f"→ {lesson}" for lesson in practice_words.lessons(score)]
        lines = (practice_words.well_done(score), practice_words.kind(score), *practise)
        self._show(title, *filter(None, (*lines[:_MOST], practice_words.times(score))))
        self._go.show_label(self.tr("再练一次"))
        self._leave.show_label(self.tr("结束"))

    def _show(self, title: str, *body: str) -> None:
        self._title.setText(title)
        self._title.setObjectName("title")
        for label, text in zip(self._body, (*body, *[""] * len(self._body)), strict=False):
            label.setObjectName("call" if len(body) > _FEW else "entry")  # the fewer, the larger
            label.style().unpolish(label)
            label.style().polish(label)
            label.setText(text)
            label.setVisible(bool(text))
        self.setAccessibleName("\n".join((title, *body)))
        self.show()
        self.raise_()

    def dress(self, theme: Theme, scale: float) -> None:
        parent = self.parentWidget()
        if parent:
            self.setGeometry(parent.rect())
        margin = round(_MARGIN * scale)
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._column.setSpacing(round(18 * scale))
        for button in (self._go, self._leave):
            button.setFixedSize(round(_BUTTON[0] * scale), round(_BUTTON[1] * scale))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
