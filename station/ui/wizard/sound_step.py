"""The sound: a tone and a few words; whoever sets the gate up says whether they heard them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout

from station.ui.admin.parts import label
from station.ui.voice import Player, player
from station.ui.wizard.choices import Choice, Key, OneOf
from station.ui.wizard.desk import WizardDesk
from station.ui.wizard.draft import Draft
from station.ui.wizard.step import Step

_WORDS = {"zh": ("zh_xiaobei", "test"), "en": ("en", "distance")}  # folder and recording


class SoundStep(Step):
    keeps = False  # it sets nothing

    def __init__(
        self, draft: Draft, desk: WizardDesk, make: Callable[[QObject], Player] = player, language: str = "zh"
    ) -> None:
        super().__init__(draft, desk)
        self._make, self._language = make, language
        self._player: Player | None = None
        self.play_key = Key(self.tr("放一段声音"), self.play, "main")
        self.question, self.said = label(self.tr("听到了吗？"), "title"), label(wrap=True)
        self.choices = [Choice(self.tr("听到了")), Choice(self.tr("没听到"))]
        self._group, line = OneOf(self, self._answer), QHBoxLayout()
        for number, choice in enumerate(self.choices):
            self._group.addButton(choice, number)
            line.addWidget(choice)
        for part in (self.play_key, self.question):
            self.column.addWidget(part)
        self.column.addLayout(line)
        self.column.addWidget(self.said)
        self.column.addStretch()
        self._show()

    @property
    def title(self) -> str:
        return self.tr("声音")

    @property
    def sentence(self) -> str:
        return self.tr("点“放一段声音”，会响一声，再说“声音测试”。")

    @property
    def if_skipped(self) -> str:
        return self.tr("没有声音也能用，结果看屏幕")

    @property
    def ready(self) -> bool:
        return self.draft.heard is not None

    @property
    def summary(self) -> str:
        return self.tr("听得到") if self.draft.heard else ""

    def skip(self) -> None:
        self.draft.heard = None
        self._group.show_none()
        self._show()

    def play(self) -> None:
        """A tone, then the words."""
        if self._player is None:
            self._player = self._make(self)
        folder, words = _WORDS.get(self._language, _WORDS["en"])
        files = [self.desk.voice / "tones" / "pass.wav", self.desk.voice / folder / f"{words}.wav"]
        self._player.play([file for file in files if file.is_file()], 1.0)
        if not self._player.is_heard:
            self.said.setText(self.tr("这台电脑上没有找到喇叭。插上喇叭，再放一次；没有也能用。"))

    def leave(self) -> None:
        if self._player:
            self._player.play([], 1.0)

    def _answer(self, number: int) -> None:
        self.draft.heard = number == 0
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        advice = {
            True: self.tr("✓ 好。以后它替您喊话。"),
            False: self.tr("看看喇叭的电源、音量和插头，再放一次。没有声音也能用。"),
            None: "",
        }
        self.said.setText(advice[self.draft.heard])
        for number, choice in enumerate(self.choices):
            choice.setChecked(self.draft.heard is (number == 0))
