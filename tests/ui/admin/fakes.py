"""Devices that are not there, for the set-up section: a test says what is plugged in and what it says."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from station.core.model import DeviceEvent, Instrument, Reading, Sample, Site
from station.ui.admin.bench import Camera, Found, Port, SaveError, ScannerChoice, Trouble, TroubleError, Use
from station.ui.admin.work import Progress

SENSOR = Found("gy-mcu90614", "GY-MCU90614", 9600)
FREE = Port("usb:1-1.2", "USB 1-1.2", "CH340", "/dev/ttyUSB1")
USED = Port("usb:1-1.1", "USB 1-1.1", "CH340", "/dev/ttyUSB0", Use.THERMOMETER, "usb:1-1.1")
CAMERA = Camera("/dev/v4l/by-id/usb-cam-video-index0", "HD Pro Webcam C920", "USB 1-2")
LANE_CAMERA = Camera("/dev/video2", "USB 2.0 Camera", "USB 1-3", in_use=True)


def sample(value_c: float = 36.52, name: str = "ttyUSB1", at: float = 1000.0) -> Sample:
    return Sample(Reading(value_c, Site.OBJECT, 22.4), at, Instrument(name, SENSOR.family))


@dataclass
class FakeBench:
    """`Bench` without devices. `opened` are those that are open now, by address or source."""

    plugged: list[Port] = field(default_factory=lambda: [USED, FREE])
    seen: list[Camera] = field(default_factory=lambda: [LANE_CAMERA, CAMERA])
    answer: Found | Trouble | None = SENSOR
    can_save: bool = True
    refusal: str = ""  # why saving fails
    opened: dict[str, Callable[[DeviceEvent], None]] = field(default_factory=dict)
    kept: list[tuple[str, object]] = field(default_factory=list)
    slow: bool = False  # a search lasts until it is cancelled
    searches: list[str] = field(default_factory=list)
    scanner_kinds: Sequence[ScannerChoice] = (ScannerChoice("gm65", "GM65"), ScannerChoice("lines", "Lines"))

    def ports(self) -> Sequence[Port]:
        return list(self.plugged)

    def cameras(self) -> Sequence[Camera]:
        return list(self.seen)

    def search(self, port: Port, progress: Progress) -> Found | None:
        self.searches.append(port.address)
        progress.at(4, 13)
        while self.slow and not progress.cancelled:
            threading.Event().wait(0.01)
        progress.check()
        if isinstance(self.answer, Trouble):
            raise TroubleError(self.answer, "[Errno 16] Device or resource busy")
        return self.answer

    def listen(self, port: Port, found: Found, hear: Callable[[DeviceEvent], None]) -> Callable[[], None]:
        return self._open(port.address, hear)

    def listen_for_codes(
        self, port: Port, kind: str, hear: Callable[[DeviceEvent], None]
    ) -> Callable[[], None]:
        return self._open(port.address, hear)

    def look(self, camera: Camera, see: Callable[[DeviceEvent], None]) -> Callable[[], None]:
        if isinstance(self.answer, Trouble):
            raise TroubleError(self.answer, camera.source)
        return self._open(camera.source, see)

    def use_thermometer(self, port: Port, found: Found, use: Use) -> None:
        self._keep(use.value, f"{port.address},{found.family}")

    def use_scanner(self, port: Port, kind: str) -> None:
        self._keep("scanner", f"{port.address},{kind}")

    def use_camera(self, camera: Camera) -> None:
        self._keep("camera", camera.source)

    def release(self, use: Use) -> None:
        self._keep(use.value, None)

    def _keep(self, name: str, value: object) -> None:
        assert not self.opened, "the gate is about to open it: nobody else may have it open"
        if self.refusal:
            raise SaveError(self.refusal)
        self.kept.append((name, value))

    def _open(self, key: str, hear: Callable[[DeviceEvent], None]) -> Callable[[], None]:
        assert key not in self.opened, "opened twice"
        self.opened[key] = hear
        return lambda: self.opened.pop(key, None) and None
