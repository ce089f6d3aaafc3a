"""The thermometer: found out by listening on each port, one after another; tried with a hand."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from station.core.model import Sample
from station.ui.admin import device_words
from station.ui.admin.bench import Found, Port, Stop, TroubleError, Use
from station.ui.admin.parts import label
from station.ui.admin.work import Progress, Work
from station.ui.bridge import Bridge
from station.ui.theme import Theme
from station.ui.wizard.choices import Choice, Key, OneOf
from station.ui.wizard.desk import WizardDesk
from station.ui.wizard.draft import Draft
from station.ui.wizard.step import Step

MOST = 4  # ports that fit
HAND_C = 30.0  # skin is warmer than this, an empty stand is not
STALE_MS = 2500


@dataclass
class _Line:
    """One port, what was found on it, and its button."""

    port: Port
    button: Choice
    found: Found | None = None
    asked: bool = False  # whether somebody has listened there


class ThermometerStep(Step):
    def __init__(self, draft: Draft, desk: WizardDesk) -> None:
        super().__init__(draft, desk)
        self._lines: list[_Line] = []
        self._chosen: _Line | None = None
        self._work: Work | None = None
        self._stop: Stop | None = None
        self._trial = Bridge(self)
        self._trial.device_event.connect(self._hear)
        if desk.gate:
            desk.gate.device_event.connect(self._hear_gate)
        self._group = OneOf(self, lambda number: self._choose(self._lines[number]))
        self.value, self.said = label("— —", "reading"), label(wrap=True)
        self._stale = QTimer(self, interval=STALE_MS, singleShot=True)
        self._stale.timeout.connect(lambda: self.value.setText("— —"))
        self._arrange()

    def _arrange(self) -> None:
        self._ports, side, line = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        self._ports.addStretch()
        side.addWidget(self.value, 0, Qt.AlignmentFlag.AlignHCenter)
        side.addWidget(self.said)
        side.addStretch()
        line.addLayout(self._ports, 1)
        line.addLayout(side, 1)
        self.column.addLayout(line, 1)
        self.column.addWidget(Key(self.tr("重新找一遍"), self.look_again), 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def title(self) -> str:
        return self.tr("测温仪")

    @property
    def sentence(self) -> str:
        return self.tr("它会自己认。认出来以后，把手放到测温头前，看数变不变。")

    @property
    def if_skipped(self) -> str:
        return self.tr("用体温枪量，按 F3 填；以后在“管理 → 设备”里能加")

    @property
    def ready(self) -> bool:
        return bool(self.draft.thermometer_title)

    @property
    def summary(self) -> str:
        return self.draft.thermometer_title

    @property
    def choices(self) -> list[Choice]:
        return [line.button for line in self._lines]

    def skip(self) -> None:
        self.draft.thermometer, self.draft.thermometer_title = None, ""
        self._group.show_none()

    # --- looking ----------------------------------------------------------------------------------

    def enter(self) -> None:
        self.look_again()

    def leave(self) -> None:
        """Everything that was opened is closed; a search ends before its port is anybody else's."""
        work, self._work = self._work, None
        if work:
            work.end()
        self._listen_no_more()

    def look_again(self) -> None:
        self.leave()
        for line in self._lines:
            self._group.removeButton(line.button)
            line.button.hide()
            line.button.deleteLater()
        ports = [port for port in self.desk.bench.ports() if port.use in (None, Use.THERMOMETER)][:MOST]
        self._lines = [_Line(port, Choice("")) for port in ports]
        for number, line in enumerate(self._lines):
            self._group.addButton(line.button, number)
            self._ports.insertWidget(number, line.button)
            self._tell(line, self.tr("等着认"))
        self._chosen = None
        self.value.setText("— —")
        self.said.setText("" if ports else self.tr("没有看到测温仪。请插好 USB 线，再点“重新找一遍”。"))
        self._next()
        self.changed.emit()

    def _next(self) -> None:
        """Listen on the next port that nobody has listened on."""
        line = next((line for line in self._lines if not line.asked), None)
        if line is None:
            if self._lines and not any(one.found or one.port.use for one in self._lines):
                self.said.setText(self.tr("一种也没认出来。请看它的电源开了没有，再点“重新找一遍”。"))
            return
        line.asked = True
        if line.port.use:  # the gate has it open: it is heard from there
            self._tell(line, self.tr("大门正在用"))
            self._choose(line)
            self._next()
            return
        self._search(line)

    def _search(self, line: _Line) -> None:
        self._tell(line, self.tr("正在认，最多 13 秒…"))
        if not self._chosen:
            self.said.setText(self.tr("只听不改，不会动它的设置。"))
        work = self._work = Work(lambda progress: self._job(line, progress), self)
        work.done.connect(lambda found: self._searched(work, line, found))
        work.failed.connect(lambda error: self._failed(work, line, error))
        work.start()

    def _job(self, line: _Line, progress: Progress) -> object:
        return self.desk.bench.search(line.port, progress)

    def _searched(self, work: Work, line: _Line, found: object) -> None:
        if work is not self._work:
            return
        self._work = None
        line.found = found if isinstance(found, Found) else None
        self._tell(line, line.found.title if line.found else self.tr("没认出来"))
        if line.found and self._chosen is None:
            self._choose(line)
        self._next()

    def _failed(self, work: Work, line: _Line, error: object) -> None:
        if work is not self._work:
            return
        self._work = None
        self._tell(line, self.tr("打不开"))
        if isinstance(error, TroubleError):
            self.said.setText(device_words.trouble(error.trouble))
        self._next()

    # --- listening ----------------------------------------------------------------------------------

    def _choose(self, line: _Line) -> None:
        line.button.setChecked(True)
        self._listen_no_more()
        if self._chosen:
            self.skip()  # another one is tried now
            line.button.setChecked(True)
        self._chosen = line
        self.value.setText("— —")
        self.changed.emit()
        if line.port.use or line.found:
            self.said.setText(self.tr("把手放到测温头前。"))
        if line.found:
            self._stop = self.desk.bench.listen(line.port, line.found, self._trial.publish)

    def _listen_no_more(self) -> None:
        stop, self._stop = self._stop, None
        if stop:
            stop()

    def _hear(self, event: object) -> None:
        if isinstance(event, Sample) and self._stop:
            self._show(event)

    def _hear_gate(self, event: object) -> None:
        line = self._chosen
        if isinstance(event, Sample) and line and line.port.use and self.isVisible():
            self._show(event)

    def _show(self, sample: Sample) -> None:
        """A reading: this is a thermometer, and it works."""
        self.value.setText(device_words.degrees(sample.reading))
        self._stale.start()
        if sample.reading.value_c >= HAND_C:
            self.said.setText(self.tr("✓ 量到手了，它是好的。"))
        line = self._chosen
        if line and not self.ready and (line.found or line.port.use):
            self._take(line)

    def _take(self, line: _Line) -> None:
        found = line.found
        self.draft.thermometer_title = found.title if found else self.tr("大门正在用的那支")
        # What the gate uses already stays as it stands in the settings.
        self.draft.thermometer = f"{line.port.address},{found.family}" if found else None
        self.changed.emit()

    def _tell(self, line: _Line, state: str) -> None:
        line.button.setText(f"{line.port.socket} {line.port.adapter}\n{state}")

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        self._ports.setSpacing(round(12 * scale))
