"""A serial thermometer: asks it, reads it, and says how it is. Its port is in the care of a `PortOwner`.

What the bytes mean is the family's business; what a temperature means, the lane's.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import serial
from serial.tools import list_ports as serial_ports

from station.core.model import (
    DeviceKind,
    DeviceState,
    DeviceStatus,
    FrameError,
    Instrument,
    Reading,
    Sample,
)
from station.devices.port_owner import BadFrameLog, PortOwner
from station.devices.thermometers import Decoder, Family

_SILENT_AFTER_S = 2.0  # or five intervals, whichever is longer


class SerialThermometer:
    """One thermometer at `url`: a device path, or a URL that pyserial knows (socket://, rfc2217://).

    `publish` and `reject` are called from the port's own thread. `monotonic` gives seconds; it stamps
    samples and measures silence.
    """

    def __init__(
        self,
        url: str,
        family: Family,
        publish: Callable[[Sample | DeviceStatus], None],
        *,
        reject: Callable[[FrameError], None] | None = None,
        emulated: bool = False,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._owner = PortOwner(url, DeviceKind.THERMOMETER, self._converse, publish, emulated=emulated)
        self._family = family
        self._publish = publish
        self._reject = reject
        self._monotonic = monotonic
        self._instrument = Instrument(self._owner.name, family.slug, emulated)
        self._bauds = deque(family.bauds)  # the one in use first
        self._silent_at = self._ask_at = 0.0
        self._bytes = 0  # since the last reading
        self._bad_frames = BadFrameLog(f"thermometer {self._owner.name}")

    def start(self) -> None:
        self._owner.start()

    def stop(self) -> None:
        """End the thread and release the port. A driver that hangs is left behind after 1.5 s."""
        self._owner.stop()

    def _converse(self, port: serial.Serial) -> None:
        """Read until stopped; raises whatever pyserial raises when the port goes."""
        decoder = self._greet(port)
        while not self._owner.stopping:
            self._ask(port)
            data = port.read(1) + port.read(port.in_waiting)
            self._bytes += len(data)
            for result in decoder.feed(data):
                self._take(result)
            if self._monotonic() >= self._silent_at:
                self._say_silent()
                self._bauds.rotate(-1)
                decoder = self._greet(port)

    def _greet(self, port: serial.Serial) -> Decoder:
        """Begin afresh at the first of the bauds. What arrived before is of the past and must not act."""
        port.baudrate = self._bauds[0]
        port.reset_input_buffer()
        if self._family.start:
            port.write(self._family.start)
        self._expect_reading()
        return self._family.decoder()

    def _ask(self, port: serial.Serial) -> None:
        if self._family.query and self._monotonic() >= self._ask_at:
            self._ask_at = self._monotonic() + self._family.interval_s
            port.write(self._family.query)

    def _expect_reading(self) -> None:
        self._bytes = 0
        self._silent_at = self._monotonic() + max(_SILENT_AFTER_S, 5 * self._family.interval_s)

    def _take(self, result: Reading | FrameError) -> None:
        if isinstance(result, FrameError):
            self._take_error(result)
            return
        self._expect_reading()
        self._owner.say(DeviceState.WORKING, f"{self._bauds[0]} baud")
        self._publish(Sample(result, self._monotonic(), self._instrument))

    def _take_error(self, error: FrameError) -> None:
        self._bad_frames.add(error.reason, self._monotonic())
        if error.reason == "fault":  # the instrument says itself that it cannot measure
            self._owner.say(DeviceState.SILENT, error.data.decode("ascii", "replace"))
        if self._reject:
            self._reject(error)

    def _say_silent(self) -> None:
        if self._owner.state is DeviceState.SILENT:
            return  # said already, perhaps with a better reason
        self._owner.say(DeviceState.SILENT, f"{self._bytes} bytes without a reading at {self._bauds[0]} baud")


@dataclass(frozen=True, slots=True)
class SerialDevice:
    """A serial port that the operating system lists."""

    path: str
    description: str
    usb_id: str | None  # vid:pid in hex. A CH340 thermometer and a CH340 relay have the same one
    location: str | None  # the USB socket: what to tell two equal adapters apart by


def list_ports() -> Iterator[SerialDevice]:
    """The serial ports of this PC. Pseudo-terminals are not among them; their path has to be typed."""
    for port in serial_ports.comports():
        usb_id = None if port.vid is None else f"{port.vid:04x}:{port.pid:04x}"
        yield SerialDevice(port.device, port.description, usb_id, port.location)
