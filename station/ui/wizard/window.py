"""The wizard itself: one step after another, back and forth, and nothing is written before the end.

A window of its own at the first start; over the gate, in the gate's window, when an admin asks for it again.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, QTranslator, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from station.ui.admin.bench import SaveError
from station.ui.admin.parts import label
from station.ui.covering_page import CoveringPage
from station.ui.language import speak
from station.ui.theme import Theme, load_theme
from station.ui.touch import Touch
from station.ui.voice import Player, player
from station.ui.wizard.admin_step import AdminStep
from station.ui.wizard.camera_step import CameraStep
from station.ui.wizard.center_step import CenterStep
from station.ui.wizard.choices import Key
from station.ui.wizard.desk import WizardDesk
from station.ui.wizard.draft import Draft
from station.ui.wizard.last_step import LastStep
from station.ui.wizard.plain_steps import GateStep, LanguageStep
from station.ui.wizard.recovery_step import RecoveryStep
from station.ui.wizard.sound_step import SoundStep
from station.ui.wizard.step import Step
from station.ui.wizard.thermometer_step import ThermometerStep


class Wizard(CoveringPage):
    """`finished` tells the changes that were written; `left`: nothing was."""

    finished = Signal(object)
    left = Signal()

    def __init__(
        self,
        over: QWidget,
        desk: WizardDesk,
        *,
        theme: Theme | None = None,
        language: str = "zh",
        alone: bool = False,
        make_player: Callable[[QObject], Player] = player,
    ) -> None:
        """`over` is the window whose size it always has: the gate's, or an empty one before the first start
        (`alone`). `language` is what is spoken now; it changes at once where nothing else is on the screen.
        """
        super().__init__(over, theme or load_theme("day"))
        self._desk, self._make_player = desk, make_player
        self._alone, self._language = alone, language
        self.draft = Draft()
        self._needs_paper = False  # an admin was made, whose recovery key nobody has yet
        self._build()
        self.setGeometry(over.rect())
        self.hide()

    # --- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        self._where, self._title = label(name="note"), label(name="title")
        self._sentence, self._skipped = label(wrap=True), label(name="note", wrap=True)
        self._stack = QStackedWidget(self)
        self.steps = self._make_steps()
        for step in self.steps:
            self._stack.addWidget(step)
            step.changed.connect(self._go_on)
        self.paper = RecoveryStep(self.draft, self._desk)
        self.paper.changed.connect(self._show_keys)
        self._stack.addWidget(self.paper)
        self.back_key = Key(self.tr("← 上一步"), self.back)
        self.leave_key = Key(self.tr("先不设置"), self.leave)
        self.skip_key = Key(self.tr("跳过"), self.skip)
        self.next_key = Key(self.tr("下一步 →"), self.next, "main")
        self._column, foot = QVBoxLayout(self), QHBoxLayout()
        for part in (self._where, self._title, self._sentence):
            self._column.addWidget(part)
        self._column.addWidget(self._stack, 1)
        self._column.addWidget(self._skipped)
        self._column.addLayout(foot)
        for key in (self.leave_key, self.back_key):
            foot.addWidget(key)
        foot.addStretch()
        for key in (self.skip_key, self.next_key):
            foot.addWidget(key)
        self._foot = foot

    def _make_steps(self) -> list[Step]:
        draft, desk = self.draft, self._desk
        language = LanguageStep(draft, desk)
        language.spoken.connect(self._speak)
        steps: list[Step] = [
            language,
            CameraStep(draft, desk),
            ThermometerStep(draft, desk),
            SoundStep(draft, desk, self._make_player, self._language),
            GateStep(draft, desk),
            AdminStep(draft, desk, Touch(time.monotonic)),
            CenterStep(draft, desk),
        ]
        return [*steps, LastStep(draft, desk, steps)]

    # --- going through it -------------------------------------------------------------------------

    @property
    def index(self) -> int:
        return self._stack.currentIndex()

    @property
    def step(self) -> Step:
        """The one in sight."""
        return self.steps[self.index] if self.index < len(self.steps) else self.paper

    def open(self, index: int = 0) -> None:
        """Show it at this step."""
        self.cover()
        self._stack.setCurrentIndex(index)
        self._enter()

    def next(self) -> None:
        """On; from the last step: write it all, and end."""
        if self.step is self.paper:
            if self.paper.ready:
                self._end()
        elif self.step is self.steps[-1]:
            self._finish()
        elif self.step.ready:
            self._go(self.index + 1)

    def skip(self) -> None:
        if self.step.skippable:
            self.step.skip()
            self._go(self.index + 1)

    def back(self) -> None:
        if self.index and self.step is not self.paper:
            self._go(self.index - 1)

    def go_back(self) -> None:
        if self.index:
            self.back()
        else:
            self.leave()

    def leave(self) -> None:
        """Nothing is written."""
        self.step.leave()
        self.hide()
        self.left.emit()

    def _go(self, index: int) -> None:
        self.step.leave()
        self._stack.setCurrentIndex(index)
        self._enter()

    def _enter(self) -> None:
        step, last = self.step, len(self.steps)
        where = self.tr("第 {n} 步，共 {all} 步").format(n=self.index + 1, all=last)
        self._where.setText("" if step is self.paper else where)
        self._title.setText(step.title)
        self._sentence.setText(step.sentence)
        skipped = self.tr("跳过的话：{what}").format(what=step.skipped) if step.skippable else ""
        self._skipped.setText(skipped)
        step.enter()
        self._show_keys()
        (self.next_key if self.next_key.isEnabled() else self).setFocus()  # ENTER must never skip by itself

    def _show_keys(self) -> None:
        last, paper = self.step is self.steps[-1], self.step is self.paper
        self.back_key.setEnabled(self.index > 0)
        for key in (self.back_key, self.leave_key):
            key.setVisible(not paper)
        self.skip_key.setVisible(self.step.skippable)
        self.next_key.setEnabled(last or self.step.ready)
        said = self.tr("完成") if last else self.tr("下一步 →")
        self.next_key.setText(self.tr("打印或抄好了，锁起来了") if paper else said)

    def _go_on(self) -> None:
        """Something was chosen, or found. Where nothing has the focus, ENTER is for going on."""
        self._show_keys()
        if self.next_key.isEnabled() and self.window().focusWidget() is None:
            self.next_key.setFocus()

    def _finish(self) -> None:
        draft = self.draft
        try:
            if draft.pin:
                self._desk.make_admin(draft.admin, draft.pin)
                draft.pin, self._needs_paper = "", True  # if the rest fails, they are there all the same
            self._desk.save(draft.changes())
            key = self._desk.new_recovery() if self._needs_paper else ""
        except SaveError as error:
            last = self.steps[-1]
            assert isinstance(last, LastStep)
            last.trouble.setText(self.tr("没有存成：{error}").format(error=error))
            return
        if not key:
            self._end()
            return
        self._needs_paper = False
        self._go(len(self.steps))
        self.paper.show_key(key)

    def _end(self) -> None:
        self.step.leave()
        self.hide()
        self.finished.emit(self.draft.changes())

    # --- language -----------------------------------------------------------------------------------

    def _speak(self, language: str) -> None:
        """From now on, if nothing else is on the screen; over a gate at the next start."""
        if not self._alone or language == self._language:
            return
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        for translator in application.findChildren(QTranslator):
            application.removeTranslator(translator)
        speak(application, language)
        self._language = language
        QTimer.singleShot(0, self._build_anew)  # the button that was tapped goes with the rest

    def _build_anew(self) -> None:
        """The same step in other words."""
        index = self.index
        for step in self.steps:
            step.leave()
        QWidget().setLayout(self._column)  # Qt's way to get rid of a layout and all that is in it
        self._build()
        self._dress()
        self.open(index)

    # --- keys and size --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing goes further: the gate under this page has commands of its own."""
        event.accept()
        step = self.step
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        elif isinstance(step, AdminStep):
            _type(step, event)

    def _rows(self) -> tuple[QHBoxLayout, ...]:
        return (self._foot,)

    def _spread(self, scale: float) -> None:
        for step in (*self.steps, self.paper):
            step.dress(self._theme, scale)


def _type(step: AdminStep, event: QKeyEvent) -> None:
    if event.key() == Qt.Key.Key_Backspace:
        step.pad.erase()
    elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        step.pad.enter()
    elif event.text().isprintable() and event.text():
        step.type(event.text())
