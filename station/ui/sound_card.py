"""Plays recordings on this PC's sound device, with Qt Multimedia. Not importable without libpulse."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtMultimedia import QMediaDevices, QSoundEffect

log = logging.getLogger(__name__)

GAP_MS = 150  # between the tone and the words


class SoundCard(QObject):
    """One thing sounds at a time; what comes next cuts it. Recordings stay loaded once they were played."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._effects: dict[tuple[Path, int], QSoundEffect] = {}  # by file and time of its last change
        self._queue: list[Path] = []
        self._now: QSoundEffect | None = None
        self._volume = 1.0
        self._gap = QTimer(self, singleShot=True, interval=GAP_MS)
        self._gap.timeout.connect(self._next)
        self._devices = QMediaDevices(self)

    @property
    def is_heard(self) -> bool:
        """Whether there is a device, and the last recording could be played on it."""
        failed = self._now is not None and self._now.status() is QSoundEffect.Status.Error
        return not failed and not self._has_no_device

    @property
    def _has_no_device(self) -> bool:
        return self._devices.defaultAudioOutput().isNull()

    def play(self, files: list[Path], volume: float) -> None:
        """Begin at once; `volume` from 0 to 1."""
        self._gap.stop()
        if self._now:
            self._now.stop()
        self._queue, self._volume = [] if self._has_no_device else list(files), volume
        self._next()

    def _next(self) -> None:
        if not self._queue:
            return
        self._now = self._effect(self._queue.pop(0))
        self._now.setVolume(self._volume)
        self._now.play()

    def _effect(self, file: Path) -> QSoundEffect:
        known = file, _changed_ns(file)  # a recording may be replaced while the gate runs
        effect = self._effects.get(known)
        if effect is None:
            self._forget(file)
            effect = self._effects[known] = QSoundEffect(self)
            effect.setSource(QUrl.fromLocalFile(str(file)))
            effect.playingChanged.connect(lambda: self._ended(effect))
            effect.statusChanged.connect(lambda: self._failed(effect, file))
        return effect

    def _forget(self, file: Path) -> None:
        for old in [known for known in self._effects if known[0] == file]:
            self._effects.pop(old).deleteLater()

    def _ended(self, effect: QSoundEffect) -> None:
        if effect is self._now and not effect.isPlaying() and self._queue:
            self._gap.start()

    def _failed(self, effect: QSoundEffect, file: Path) -> None:
        if effect.status() is QSoundEffect.Status.Error:
            log.warning("cannot play %s", file.name)
            if effect is self._now and self._queue:
                self._gap.start()  # the words may still be heard


def _changed_ns(file: Path) -> int:
    """0 for a file that has just gone: playing it fails, and is logged."""
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0
