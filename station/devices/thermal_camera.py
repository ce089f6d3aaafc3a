"""A serial sensor that sees a picture of warmth. Its port is in the care of a `PortOwner`.

It shows that somebody is there and where to stand; it publishes no degrees. The gate can do without, so its
health is logged and not published: its picture is there, or it is not.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

import serial

from station.core.model import DeviceKind, DeviceState, FrameError, ThermalView
from station.devices.port_owner import BadFrameLog, PortOwner, short_name
from station.devices.thermal import PictureFamily, ThermalPicture
from station.devices.thermal.face import view

_SILENT_AFTER_S = 3.5  # two pictures at 9600 baud, or five intervals, whichever is longer


class ThermalCamera:
    """One picture sensor at `url`: a device path, usb:LOCATION, or a URL that pyserial knows (socket://).

    `publish` is called from the port's own thread. `monotonic` gives seconds and measures silence.
    """

    def __init__(
        self,
        url: str,
        family: PictureFamily,
        publish: Callable[[ThermalView], None],
        *,
        emulated: bool = False,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        name = f"thermal {short_name(url)}"  # beside the gate's camera, in the log
        self._owner = PortOwner(url, DeviceKind.CAMERA, self._converse, lambda status: None, name=name)
        self._family, self._publish, self._monotonic = family, publish, monotonic
        self._emulated = emulated
        self._bauds = deque(family.bauds)  # the one in use first
        self._decoder = family.decoder()
        self._silent_at = self._ask_at = 0.0
        self._bad_frames = BadFrameLog(self._owner.name)

    def start(self) -> None:
        self._owner.start()

    def stop(self) -> None:
        """End the thread and release the port. A driver that hangs is left behind after 1.5 s."""
        self._owner.stop()

    def _converse(self, port: serial.Serial) -> None:
        """Look until stopped; raises whatever pyserial raises when the port goes."""
        self._greet(port)
        while not self._owner.stopping:
            self._ask(port)
            for result in self._decoder.feed(port.read(1) + port.read(port.in_waiting)):
                self._take(result)
            if self._monotonic() >= self._silent_at:
                if self._owner.state is not DeviceState.SILENT:
                    self._owner.say(DeviceState.SILENT, f"no picture at {self._bauds[0]} baud")
                self._bauds.rotate(-1)
                self._greet(port)

    def _greet(self, port: serial.Serial) -> None:
        """Begin afresh at the first of the bauds."""
        port.baudrate = self._bauds[0]
        port.reset_input_buffer()
        self._decoder = self._family.decoder()
        if self._family.start:
            port.write(self._family.start)
        self._expect_picture()

    def _ask(self, port: serial.Serial) -> None:
        if self._family.query and self._monotonic() >= self._ask_at:
            self._ask_at = self._monotonic() + self._family.interval_s
            port.write(self._family.query)

    def _expect_picture(self) -> None:
        self._silent_at = self._monotonic() + max(_SILENT_AFTER_S, 5 * self._family.interval_s)

    def _take(self, result: ThermalPicture | FrameError) -> None:
        if isinstance(result, FrameError):
            self._bad_frames.add(result.reason, self._monotonic())
            return
        self._expect_picture()
        self._owner.say(DeviceState.WORKING, f"{self._bauds[0]} baud")
        turned = self._family.right_to_left
        self._publish(view(result, self._owner.name, right_to_left=turned, emulated=self._emulated))
