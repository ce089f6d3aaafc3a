"""The foot of the admin page: the job that runs, how far it is, its end, and what was said last."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QWidget

from station.ui.admin.parts import Command, label
from station.ui.admin.work import Job, Work

_FULL = 1000


class WorkBar(QFrame):
    """Runs one job at a time; a second one is refused, in words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("workbar")
        self._work: Work | None = None
        self.sentence: QLabel = label(wrap=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, _FULL)
        self.bar.setTextVisible(False)
        self.cancel = Command(self.tr("停下"), self._cancel)
        self._line = QHBoxLayout(self)
        self._line.addWidget(self.sentence, 3)
        self._line.addWidget(self.bar, 2)
        self._line.addWidget(self.cancel)
        self._show_running(False)

    @property
    def busy(self) -> bool:
        return self._work is not None

    def run(
        self, what: str, job: Job, done: Callable[[object], None], failed: Callable[[Exception], None]
    ) -> bool:
        """Start the job; `what` says what it does, e.g. 正在写 PDF. False if another one runs."""
        if self._work:
            self.say(self.tr("请等手头这件事做完，或者先停下它"), trouble=True)
            return False
        self.say(what)
        self.bar.setValue(0)
        work = self._work = Work(job, self)
        work.progressed.connect(lambda part: self.bar.setValue(round(_FULL * part)))
        work.done.connect(lambda result: self._end(lambda: done(result)))
        work.failed.connect(lambda error: self._end(lambda: failed(error)))
        work.cancelled.connect(lambda: self._end(lambda: self.say(self.tr("停下了，什么也没改"))))
        self._show_running(True)
        work.start()
        return True

    def say(self, sentence: str, *, trouble: bool = False) -> None:
        """One line: what was done, or what is wrong and what to do."""
        self.sentence.setText(sentence)
        self.sentence.setObjectName("trouble" if trouble else "text")
        self.sentence.style().unpolish(self.sentence)
        self.sentence.style().polish(self.sentence)
        self.setVisible(bool(sentence) or self.busy)

    def end(self) -> None:
        """The program ends: no job goes on."""
        if self._work:
            self._work.end()

    def dress(self, scale: float) -> None:
        self.bar.setFixedHeight(round(22 * scale))
        gap = round(10 * scale)
        self._line.setContentsMargins(gap, gap // 2, gap, gap // 2)
        self._line.setSpacing(gap)

    def _cancel(self) -> None:
        if self._work:
            self._work.cancel()

    def _end(self, tell: Callable[[], None]) -> None:
        if self._work:
            self._work.deleteLater()
        self._work = None
        self._show_running(False)
        self.say("")
        tell()

    def _show_running(self, running: bool) -> None:
        self.bar.setVisible(running)
        self.cancel.setVisible(running)
        self.setVisible(running or bool(self.sentence.text()))
