"""Whether anything at the lane can read a code: a camera, or a scanner in the hand. Pure."""

from __future__ import annotations

from station.core.model import DeviceKind, DeviceState, DeviceStatus, Scan

_BLIND = (DeviceState.SILENT, DeviceState.LOST)  # a gate that never had a camera has a scanner, heard or not


class Sight:
    def __init__(self) -> None:
        self._camera, self._scanner = DeviceState.SEARCHING, DeviceState.ABSENT
        self._types = False  # a scanner that is a keyboard says nothing of itself until it has read a code

    def hear(self, event: object) -> None:
        """Any event of a device; most have nothing to do with it."""
        if isinstance(event, Scan):
            self._types = self._types or event.reader == "keyboard"
        elif isinstance(event, DeviceStatus) and event.kind is DeviceKind.CAMERA:
            self._camera = event.state
        elif isinstance(event, DeviceStatus) and event.kind is DeviceKind.SCANNER:
            self._scanner = event.state

    @property
    def trouble(self) -> DeviceState | None:
        """How the camera is, if no scanner reads codes either; None: codes are read."""
        by_hand = self._types or self._scanner in (DeviceState.SEARCHING, DeviceState.WORKING)
        return self._camera if self._camera in _BLIND and not by_hand else None
