"""What is announced, made to sound: a tone, then the words. Says whether anything can be heard at all.

Recordings lie in assets/voice; a file DATA/voice/KEY.wav, in whatever dialect, is played instead of ours.
Without a sound card, or without the sound libraries, the gate works on and the screen says so.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import time
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from station.core.announce import Announcement, Announcer, Voice
from station.core.loudness import Volume
from station.core.model import DeviceStatus, Scan
from station.core.outcome import Outcome

log = logging.getLogger(__name__)

_TICK_MS = 500
_FOLDERS = {"zh": {Voice.RESIDENT: "zh_xiaobei", Voice.STAFF: "zh_yunjian"}}
_ENGLISH = {Voice.RESIDENT: "en", Voice.STAFF: "en"}


class Player(Protocol):
    """Plays one file after another; a new list cuts the old one."""

    def play(self, files: list[Path], volume: float) -> None: ...

    @property
    def is_heard(self) -> bool: ...


class Recordings:
    """Which file belongs to what is announced."""

    def __init__(self, assets: Path, own: Path, language: str) -> None:
        self._assets, self._own = assets, own
        self._folders = _FOLDERS.get(language, _ENGLISH)

    def of(self, said: Announcement) -> list[Path]:
        """The tone and the words, as far as there are recordings."""
        tone = self._assets / "tones" / f"{said.tone.value}.wav" if said.tone else None
        return [file for file in (tone, self._words(said)) if file and file.is_file()]

    def _words(self, said: Announcement) -> Path | None:
        if not said.words:
            return None
        own = self._own / f"{said.words}.wav"
        return own if own.is_file() else self._assets / self._folders[said.voice] / f"{said.words}.wav"


class Speaker(QObject):
    """Hears what happens at the lane and has it played. `spared`: a sentence was said for the volunteer."""

    spared = Signal()

    def __init__(
        self,
        announcer: Announcer,
        recordings: Recordings,
        player: Player,
        *,
        volume: Volume,
        monotonic: Callable[[], float],
        local_time: Callable[[], time],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._announcer, self._recordings, self._player = announcer, recordings, player
        self._monotonic, self._local_time = monotonic, local_time
        self._volume = volume  # as set for this gate
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tick)
        self._timer.start(_TICK_MS)

    @property
    def is_heard(self) -> bool:
        """Whether there is anything to play it on."""
        return self._player.is_heard

    def hear(self, outcome: Outcome | DeviceStatus | Scan) -> None:
        """Something happened at the lane; it is on disk already."""
        self._say(self._announcer.hear(outcome, self._monotonic(), self._local_time()))

    def moved(self) -> None:
        """Something moves before the camera."""
        self._say(self._announcer.moved(self._monotonic(), self._local_time()))

    def crowded(self) -> None:
        """Two codes are held up at once."""
        self._say(self._announcer.crowded(self._monotonic(), self._local_time()))

    def recheck_is_due(self) -> None:
        """Somebody who was sent aside can be measured again."""
        self._say(self._announcer.recheck_is_due(self._monotonic(), self._local_time()))

    def tick(self) -> None:
        self._say(self._announcer.tick(self._monotonic(), self._local_time()))

    def _say(self, said: Announcement | None) -> None:
        if said is None:
            return
        files = self._recordings.of(said)
        self._player.play(files, self._volume.at(self._local_time()) * said.loudness)
        if said.words and self.is_heard:
            self.spared.emit()


class Silence:
    """Where there are no sound libraries or no device to play on."""

    is_heard = False

    def play(self, files: list[Path], volume: float) -> None:
        """Nothing is heard; the screen says so."""


def player(parent: QObject) -> Player:
    """What sounds on this PC."""
    try:
        from station.ui.sound_card import SoundCard
    except ImportError as error:  # no libpulse on this PC
        log.warning("no sound: %s", error)
        return Silence()
    return SoundCard(parent)
