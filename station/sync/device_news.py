"""When a gate tells of its devices by itself: a camera that is unplugged, not five minutes later. Pure."""

from __future__ import annotations

from collections.abc import Callable

Devices = tuple[tuple[str, str], ...]  # as a hello has them

EVERY_S = 3.0  # at most, so that a loose plug does not keep the center busy


class DeviceNews:
    """`devices` is asked at every turn, in the sync's thread. Times are monotonic seconds."""

    def __init__(self, devices: Callable[[], Devices]) -> None:
        self._devices = devices
        self._said: Devices | None = None  # None: nothing yet, and the first hello needs no news
        self._next = float("-inf")

    def now(self) -> Devices:
        return self._devices()

    def said(self, devices: Devices, now: float) -> None:
        """A hello with these has been answered."""
        self._said, self._next = devices, now + EVERY_S

    def wait_s(self, now: float) -> float | None:
        """After how long there is something to say; 0: at once; None: nothing is new."""
        if self._said is None or self._devices() == self._said:
            return None
        return max(self._next - now, 0.0)
