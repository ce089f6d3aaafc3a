"""Whether the threads of the devices still do something; one that hangs never kills the gate, it is said.

A device says itself when it is silent or lost, so one that says it works and then brings nothing at all has
a thread that hangs: in a driver, or in reading a picture.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from station.core.model import DeviceEvent, DeviceKind, DeviceState, DeviceStatus, Sample, View

log = logging.getLogger(__name__)

HANGS_S = 30.0  # without a picture or a reading; a device that is merely silent has said so long before
_WATCHED = (
    DeviceKind.CAMERA,
    DeviceKind.THERMOMETER,
)  # scanners and barriers may have nothing to say all day
Post = Callable[[DeviceEvent], None]


@dataclass(slots=True)
class _Heard:
    status: DeviceStatus
    at: float  # monotonic s


class DeviceWatch:
    """Hears every event of the devices, in their threads, and hands it on to `post`."""

    def __init__(self, post: Post, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._post, self._monotonic = post, monotonic
        self._heard: dict[tuple[DeviceKind, str], _Heard] = {}

    def hear(self, event: DeviceEvent) -> None:
        match event:
            case DeviceStatus() if event.kind in _WATCHED:
                self._heard[event.kind, event.name] = _Heard(event, self._monotonic())
            case View():
                self._alive(DeviceKind.CAMERA)
            case Sample():
                self._alive(DeviceKind.THERMOMETER, event.instrument.name)
        self._post(event)

    def look(self) -> None:
        """Say of each device that hangs that it is silent, once. Call it a few times a minute."""
        now = self._monotonic()
        for heard in list(self._heard.values()):
            status = heard.status
            if status.state is DeviceState.WORKING and now - heard.at > HANGS_S:
                detail = f"its thread hangs, nothing for {HANGS_S:g} s"
                log.error("%s %s: %s", status.kind.value, status.name, detail)
                self.hear(replace(status, state=DeviceState.SILENT, detail=detail))

    def forget(self) -> None:
        """Other devices take their place."""
        self._heard.clear()

    def _alive(self, kind: DeviceKind, name: str | None = None) -> None:
        for heard in list(self._heard.values()):
            status = heard.status
            if status.kind is kind and name in (None, status.name):
                heard.at = self._monotonic()
                if status.detail.startswith("its thread hangs"):  # it was only very slow
                    self.hear(replace(status, state=DeviceState.WORKING, detail=""))
