"""The one owner of a serial thermometer: opens it, reads it, says how it is, and finds it again.

What the bytes mean is the family's business; what a temperature means, the lane's. Each thermometer has
one thread; it publishes samples and changes of health, nothing else.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing
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
from station.devices.thermometers import Decoder, Family

logger = logging.getLogger(__name__)

_READ_TIMEOUT_S = 0.1  # short, so that stop() is quick and nobody has to close the port under the reader
_WRITE_TIMEOUT_S = 1.0
_STOP_TIMEOUT_S = 1.5
_SILENT_AFTER_S = 2.0  # or five intervals, whichever is longer
_BACK_OFF_S = (0.5, 1.0, 2.0, 4.0, 8.0)
_FRAME_ERROR_LOG_S = 60.0


class SerialThermometer:
    """One thermometer at `url`: a device path, or a URL that pyserial knows (socket://, rfc2217://).

    `publish` and `reject` are called from this object's own thread. `monotonic` gives seconds; it stamps
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
        self._url = url
        self._family = family
        self._publish = publish
        self._reject = reject
        self._monotonic = monotonic
        self._instrument = Instrument(_short_name(url), family.slug, emulated)
        self._status: DeviceStatus | None = None
        self._bauds = deque(family.bauds)  # the one in use first
        self._failures = 0  # in a row, without a reading between them
        self._silent_at = self._ask_at = 0.0
        self._bytes = 0  # since the last reading
        self._frame_errors = FrameErrorLog(self._instrument.name)
        self._stopping = threading.Event()
        self._thread = threading.Thread(
            target=self._run, name=f"thermometer {self._instrument.name}", daemon=True
        )

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End the thread and release the port. A driver that hangs is left behind after 1.5 s."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(_STOP_TIMEOUT_S)
        if self._thread.is_alive():
            logger.warning("thermometer %s: its driver hangs, left to itself", self._instrument.name)

    def _run(self) -> None:
        self._say(DeviceState.SEARCHING)
        while not self._stopping.is_set():
            # pyserial tells of an unplugged port by SerialException, OSError, termios.error or TypeError,
            # depending on the call, and of a wrong URL by ValueError. Whatever it is: say so, try again.
            try:
                with closing(self._open()) as port:
                    self._converse(port)
            except Exception as error:  # noqa: BLE001
                self._lose(error)

    def _open(self) -> serial.Serial:
        """Raises SerialException, among others, when there is no such port or another program holds it."""
        return serial.serial_for_url(
            self._url,
            baudrate=self._bauds[0],
            timeout=_READ_TIMEOUT_S,
            write_timeout=_WRITE_TIMEOUT_S,
            exclusive=None if "://" in self._url else True,  # only a device path can be locked
        )

    def _converse(self, port: serial.Serial) -> None:
        """Read until stopped; raises whatever pyserial raises when the port goes."""
        decoder = self._greet(port)
        while not self._stopping.is_set():
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
        self._failures = 0
        self._expect_reading()
        self._say(DeviceState.WORKING, f"{self._bauds[0]} baud")
        self._publish(Sample(result, self._monotonic(), self._instrument))

    def _take_error(self, error: FrameError) -> None:
        self._frame_errors.add(error, self._monotonic())
        if error.reason == "fault":  # the instrument says itself that it cannot measure
            self._say(DeviceState.SILENT, error.data.decode("ascii", "replace"))
        if self._reject:
            self._reject(error)

    def _say_silent(self) -> None:
        if self._status and self._status.state is DeviceState.SILENT:
            return  # said already, perhaps with a better reason
        self._say(DeviceState.SILENT, f"{self._bytes} bytes without a reading at {self._bauds[0]} baud")

    def _lose(self, error: Exception) -> None:
        """Say once that the port is gone, then wait, longer each time."""
        if not (self._status and self._status.state is DeviceState.LOST):
            self._say(DeviceState.LOST, f"{type(error).__name__}: {error}")
        delay = _BACK_OFF_S[min(self._failures, len(_BACK_OFF_S) - 1)]
        self._failures += 1
        self._stopping.wait(delay)

    def _say(self, state: DeviceState, detail: str = "") -> None:
        """Log and publish the health, if it is news."""
        name, emulated = self._instrument.name, self._instrument.emulated
        status = DeviceStatus(DeviceKind.THERMOMETER, state, name, emulated, detail)
        if status == self._status:
            return
        self._status = status
        bad = state in (DeviceState.LOST, DeviceState.SILENT)
        logger.log(
            logging.WARNING if bad else logging.INFO, "thermometer %s: %s %s", name, state.value, detail
        )
        self._publish(status)


class FrameErrorLog:
    """Counts bad frames and logs one line a minute at most: a bad cable brings dozens a second."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._count = 0
        self._next_line_at = float("-inf")

    def add(self, error: FrameError, now: float) -> None:
        """`now` is monotonic seconds."""
        self._count += 1
        if now >= self._next_line_at:
            logger.warning("thermometer %s: %d bad frames, last: %s", self._name, self._count, error.reason)
            self._next_line_at = now + _FRAME_ERROR_LOG_S
            self._count = 0


def _short_name(url: str) -> str:
    """The last part of a path or URL: /dev/ttyUSB0 is ttyUSB0."""
    return url.partition("?")[0].rpartition("/")[2]


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
