"""Own recordings (录自己的话): each sentence is read out, heard again, kept or given back. Over the gate.

The level of the microphone moves all the time, so that one sees that it works before one speaks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from station.ui.admin.parts import label
from station.ui.covering_page import CoveringPage
from station.ui.microphone import Microphone
from station.ui.own_microphone import microphone
from station.ui.own_recording import MOST_S, RecordingError, RecordingProblem, level, prepared
from station.ui.theme import Theme
from station.ui.voice import Player, player
from station.ui.wizard.choices import Key


@dataclass(frozen=True, slots=True)
class Sentence:
    """`word` is the key of its recording; `own`: this gate has one of its own."""

    word: str
    text: str
    own: bool


class VoiceDesk(Protocol):
    """All calls in the GUI thread; those that write raise OSError."""

    def sentences(self) -> Sequence[Sentence]: ...

    def file(self, word: str) -> Path: ...

    def keep(self, word: str, recording: bytes) -> None: ...

    def forget(self, word: str) -> None: ...


class RecordingPage(CoveringPage):
    """`left`: whoever recorded is done. `spared`: what the voice said today, for the foot."""

    left = Signal()
    _gap = 12

    def __init__(
        self,
        over: QWidget,
        desk: VoiceDesk,
        theme: Theme,
        *,
        spared: int = 0,
        make_player: Callable[[QObject], Player] = player,
        make_microphone: Callable[[QObject], Microphone] = microphone,
    ) -> None:
        super().__init__(over, theme)
        self._desk = desk
        self._player, self._microphone = make_player(self), make_microphone(self)
        self._sentences, self._at = tuple(desk.sentences()), 0
        self._taken: list[bytes] | None = None  # while it is recorded
        self._listens = False
        self._end = QTimer(self, interval=round(MOST_S * 1000), singleShot=True)
        self._end.timeout.connect(self.record)
        self._build(spared)

    def _build(self, spared: int) -> None:
        self.where, self.title, self.said = (
            label(name="note"),
            label(name="title", wrap=True),
            label(wrap=True),
        )
        self.mark, self.trouble = label(name="heading"), label(name="trouble", wrap=True)
        self.level = QProgressBar()
        self.level.setTextVisible(False)
        self.level.setAccessibleName(self.tr("麦克风的音量"))
        self.record_key = Key("", self.record, "main")
        self.play_key = Key(self.tr("听一遍"), self.play)
        self.forget_key = Key(self.tr("用回原来的"), self.forget)
        self.before, self.after = Key(self.tr("← 上一句"), self.back), Key(self.tr("下一句 →"), self.next)
        self.leave_key = Key(self.tr("好了"), self.leave)
        self.spared = label(name="note")
        self.spared.setText(self.tr("今天替您喊了 {count} 句").format(count=spared) if spared else "")
        self._column, keys, foot = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        for part in (self.where, self.title, self.said, self.mark):
            self._column.addWidget(part)
        self._column.addStretch()
        self._column.addWidget(label(self.tr("说句话试试，下面的条要动：")))
        self._column.addWidget(self.level)
        self._column.addWidget(self.trouble)
        for key in (self.record_key, self.play_key, self.forget_key):
            keys.addWidget(key)
        for key in (self.leave_key, self.before, self.after):
            foot.addWidget(key)
        foot.insertWidget(1, self.spared)
        foot.insertStretch(2)
        self._keys = (keys, foot)
        for row in self._keys:
            self._column.addLayout(row)

    # --- what somebody does -----------------------------------------------------------------------

    def open(self) -> None:
        """Over the gate, which goes on."""
        self.cover()
        self.setFocus()
        self._listens = self._microphone.listen(self._hear)
        self._show()
        if not self._listens:
            self.trouble.setText(
                self.tr("没有找到麦克风。插上再打开这一页；也可以把 WAV 文件放进文件夹 voice。")
            )

    def record(self) -> None:
        """Begin; or end, and keep it."""
        if self._taken is None:
            self._taken = []
            self._player.play([], 1.0)
            self.trouble.setText("")
            self._end.start()
        else:
            self._end.stop()
            taken, self._taken = self._taken, None
            self._keep(b"".join(taken))
        self._show()

    def play(self) -> None:
        """What is played for this sentence now."""
        self._player.play([self._desk.file(self.sentence.word)], 1.0)
        if not self._player.is_heard:
            self.trouble.setText(self.tr("这台电脑上没有找到喇叭。"))

    def forget(self) -> None:
        self._write(lambda: self._desk.forget(self.sentence.word))

    def next(self) -> None:
        self._go(self._at + 1)

    def back(self) -> None:
        self._go(self._at - 1)

    def leave(self) -> None:
        self._taken = None
        self._end.stop()
        self._microphone.stop()
        self._player.play([], 1.0)
        self._over.removeEventFilter(self)
        self.hide()
        self.left.emit()

    def go_back(self) -> None:
        self.leave()

    # --- within -----------------------------------------------------------------------------------

    @property
    def sentence(self) -> Sentence:
        return self._sentences[self._at]

    def _go(self, at: int) -> None:
        if self._taken is None:
            self._at = at % len(self._sentences)
            self.trouble.setText("")
            self._show()

    def _hear(self, samples: bytes) -> None:
        self.level.setValue(round(100 * level(samples)))
        if self._taken is not None:
            self._taken.append(samples)

    def _keep(self, samples: bytes) -> None:
        try:
            recording = prepared(samples, self._microphone.rate)
        except RecordingError as error:
            self.trouble.setText(self._why(error.problem))
            return
        self._write(lambda: self._desk.keep(self.sentence.word, recording))
        self.play()

    def _write(self, act: Callable[[], None]) -> None:
        try:
            act()
        except OSError as error:
            self.trouble.setText(self.tr("没有存成：{error}").format(error=error.strerror))
        self._sentences = tuple(self._desk.sentences())
        self._show()

    def _why(self, problem: RecordingProblem) -> str:
        return {
            RecordingProblem.NOTHING: self.tr("没有录到声音。看看麦克风插好没有、开关开了没有，再录一遍。"),
            RecordingProblem.SHORT: self.tr("太短了。点“录”以后把整句说完，再点“停”。"),
            RecordingProblem.CLIPPED: self.tr("太响了，听着会破。离麦克风远一点，再录一遍。"),
        }[problem]

    def _show(self) -> None:
        recording = self._taken is not None
        number = self.tr("第 {n} 句，共 {all} 句").format(n=self._at + 1, all=len(self._sentences))
        self.where.setText(number)
        self.title.setText(self.sentence.text)
        self.said.setText(self.tr("用家乡话说这句话，意思到了就行。录好马上就用。"))
        self.mark.setText(
            self.tr("✓ 现在放的是自己录的") if self.sentence.own else self.tr("现在放的是原来的")
        )
        self.record_key.setText(self.tr("■ 停") if recording else self.tr("● 录"))
        self.record_key.setEnabled(self._listens)
        self.forget_key.setEnabled(self.sentence.own and not recording)
        for key in (self.play_key, self.before, self.after):
            key.setEnabled(not recording)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing goes further: the gate under this page has commands of its own."""
        event.accept()
        acts = {
            Qt.Key.Key_Escape: self.leave,
            Qt.Key.Key_Left: self.back,
            Qt.Key.Key_Right: self.next,
            Qt.Key.Key_Delete: self.forget,
            Qt.Key.Key_P: self.play,
            Qt.Key.Key_R: self.record,
        }
        act = acts.get(Qt.Key(event.key()))
        if act and (act != self.record or self._listens):
            act()

    def _rows(self) -> tuple[QHBoxLayout, ...]:
        return self._keys

    def _spread(self, scale: float) -> None:
        self.level.setFixedHeight(round(40 * scale))
