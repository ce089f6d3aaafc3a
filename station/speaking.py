"""The gate's voice, wired: hears the lane through the bridge, and tells when nobody can hear it."""

from __future__ import annotations

import time
from datetime import datetime
from datetime import time as TimeOfDay  # noqa: N812 - a time of day beside the module of clocks
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from station.core.announce import Announcer
from station.core.loudness import QuietHours, Volume
from station.core.model import DeviceEvent, DeviceKind, DeviceState, DeviceStatus, Scan, View
from station.judge import ASSETS
from station.memory import Memory
from station.sentence_count import SentenceCount
from station.settings import Settings
from station.ui.bridge import Bridge
from station.ui.voice import Player, Recordings, Speaker, player

CHECK_MS = 5000  # loudspeakers are plugged in and out
NAME = "loudspeaker"


class GateVoice(QObject):
    """Nothing at all if the volume is 0. `sounding` is given by tests; by default the PC's own device.

    `spared` tells how many sentences volunteers did not have to say today.
    """

    spared = Signal(int)

    def __init__(
        self,
        data: Path,
        settings: Settings,
        bridge: Bridge,
        parent: QObject | None = None,
        *,
        sounding: Player | None = None,
    ) -> None:
        super().__init__(parent)
        self._data, self._settings, self._bridge = data, settings, bridge
        self._sounding = sounding
        self._speaker: Speaker | None = None
        self._state = DeviceState.SEARCHING
        self._timer = QTimer(self, interval=CHECK_MS)
        self._timer.timeout.connect(self.check)
        self._volume = Volume.parse(settings.volume, settings.volume_at)
        self._count = SentenceCount()
        if not self._volume.silent:
            QTimer.singleShot(
                0, self, self._begin
            )  # the sound libraries take a while: the window comes first

    def _begin(self) -> None:
        settings = self._settings
        self._speaker = Speaker(
            Announcer(QuietHours(settings.quiet_from, settings.quiet_until)),
            Recordings(ASSETS / "voice", self._data / "voice", settings.language),
            self._sounding or player(self),
            volume=self._volume,
            monotonic=time.monotonic,
            local_time=_local_time,
            parent=self,
        )
        self._bridge.outcome.connect(self._speaker.hear)
        self._bridge.device_event.connect(self._device)
        self._bridge.view.connect(self._see)
        self._speaker.spared.connect(self._count_one)
        self._timer.start()
        self.check()

    @property
    def recordings(self) -> Path:
        """The folder of this gate's own recordings."""
        return self._data / "voice"

    def remember(self, memory: Memory) -> None:
        """A journal was opened: the count of today goes on there."""
        self._count.remember(memory, datetime.now().astimezone().date())
        self.spared.emit(self._count.today)

    def forget(self) -> None:
        """The journal is about to close."""
        self._count.forget()

    @property
    def sentences_today(self) -> int:
        """省了多少句: what volunteers did not have to say today."""
        return self._count.on(datetime.now().astimezone().date())

    def recheck_is_due(self) -> None:
        """Somebody who was sent aside can be measured again."""
        if self._speaker:
            self._speaker.recheck_is_due()

    def _count_one(self) -> None:
        self._count.add(datetime.now().astimezone().date())
        self.spared.emit(self._count.today)

    def check(self) -> None:
        """Say it when there is nothing to hear it with, and when there is again."""
        heard = self._speaker is not None and self._speaker.is_heard
        state = DeviceState.WORKING if heard else DeviceState.ABSENT
        if state is not self._state:
            self._state = state
            self._bridge.publish(DeviceStatus(DeviceKind.SOUND, state, NAME))

    def _device(self, event: DeviceEvent) -> None:
        if self._speaker and isinstance(event, DeviceStatus | Scan):
            self._speaker.hear(event)

    def _see(self, view: View) -> None:
        if self._speaker and view.moving:
            self._speaker.moved()
        if self._speaker and view.crowded:
            self._speaker.crowded()


def _local_time() -> TimeOfDay:
    return datetime.now().astimezone().time()
