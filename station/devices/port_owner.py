"""The one owner of one serial port: a thread that opens it, has it read, says how it is, and finds it again.

What the bytes mean, and when the device counts as working or silent, is for the device that owns this owner.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from contextlib import closing

import serial

from station.core.model import DeviceKind, DeviceState, DeviceStatus
from station.devices.usb_socket import path_of

logger = logging.getLogger(__name__)

# What pyserial raises when a port is not there, wrongly named, or pulled out: it depends on the call.
PORT_ERRORS: tuple[type[Exception], ...] = (OSError, ValueError, TypeError)
if sys.platform != "win32":
    import termios

    PORT_ERRORS += (termios.error,)

READ_TIMEOUT_S = 0.1  # short, so that stop() is quick and nobody has to close the port under the reader
_WRITE_TIMEOUT_S = 1.0
_STOP_TIMEOUT_S = 1.5
_BACK_OFF_S = (0.5, 1.0, 2.0, 4.0, 8.0)
_BAD_FRAME_LOG_S = 60.0


class PortOwner:
    """Owns the port at `url`: a device path, usb:LOCATION, or a URL that pyserial knows (socket://).

    `converse` is given the open port in this owner's own thread, talks until `stopping`, and lets pass
    whatever pyserial raises when the port goes. `publish` is called from the same thread.
    """

    def __init__(
        self,
        url: str,
        kind: DeviceKind,
        converse: Callable[[serial.Serial], None],
        publish: Callable[[DeviceStatus], None],
        *,
        name: str = "",
        emulated: bool = False,
    ) -> None:
        """`name` is what to call it, by default the last part of `url`."""
        self.name = name or short_name(url)
        self._url = url
        self._kind = kind
        self._converse = converse
        self._publish = publish
        self._emulated = emulated
        self._status: DeviceStatus | None = None
        self._failures = 0  # in a row; a device that works again begins anew
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"{kind.value} {self.name}", daemon=True)

    @property
    def stopping(self) -> bool:
        """Whether `converse` has to return."""
        return self._stopping.is_set()

    @property
    def state(self) -> DeviceState | None:
        """What was said last."""
        return self._status.state if self._status else None

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End the thread and release the port. A driver that hangs is left behind after 1.5 s."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(_STOP_TIMEOUT_S)
        if self._thread.is_alive():
            logger.warning("%s %s: its driver hangs, left to itself", self._kind.value, self.name)

    def say(self, state: DeviceState, detail: str = "") -> None:
        """Log and publish the health, if it is news. Only from within `converse`."""
        if state is DeviceState.WORKING:
            self._failures = 0
        status = DeviceStatus(self._kind, state, self.name, self._emulated, detail)
        if status == self._status:
            return
        self._status = status
        bad = state in (DeviceState.LOST, DeviceState.SILENT)
        level = logging.WARNING if bad else logging.INFO
        logger.log(level, "%s %s: %s %s", self._kind.value, self.name, state.value, detail)
        self._publish(status)

    def _run(self) -> None:
        self.say(DeviceState.SEARCHING)
        while not self.stopping:
            # pyserial tells of an unplugged port by SerialException, OSError, termios.error or TypeError,
            # depending on the call, and of a wrong URL by ValueError. Whatever it is: say so, try again.
            try:
                with closing(open_port(self._url)) as port:
                    self._converse(port)
            except Exception as error:  # noqa: BLE001
                self._lose(error)

    def _lose(self, error: Exception) -> None:
        """Say once that the port is gone, then wait, longer each time."""
        if self.state is not DeviceState.LOST:
            self.say(DeviceState.LOST, f"{type(error).__name__}: {error}")
        delay = _BACK_OFF_S[min(self._failures, len(_BACK_OFF_S) - 1)]
        self._failures += 1
        self._stopping.wait(delay)


class BadFrameLog:
    """Counts bad frames and logs one line a minute at most: a bad cable brings dozens a second."""

    def __init__(self, device: str) -> None:
        self._device = device
        self._count = 0
        self._next_line_at = float("-inf")

    def add(self, reason: str, now: float) -> None:
        """`now` is monotonic seconds."""
        self._count += 1
        if now >= self._next_line_at:
            logger.warning("%s: %d bad frames, last: %s", self._device, self._count, reason)
            self._next_line_at = now + _BAD_FRAME_LOG_S
            self._count = 0


def open_port(url: str) -> serial.Serial:
    """Raises SerialException, among others, when there is no such port or another program holds it."""
    return serial.serial_for_url(
        path_of(url),
        timeout=READ_TIMEOUT_S,
        write_timeout=_WRITE_TIMEOUT_S,
        exclusive=None if "://" in url else True,  # only a device path can be locked
    )


def short_name(url: str) -> str:
    """The last part of a path or URL: /dev/ttyUSB0 is ttyUSB0."""
    return url.partition("?")[0].rpartition("/")[2]
