"""A scanner on a serial port: hears its codes, and whether it is still there. Its port has a `PortOwner`.

A scanner says a code only when it has read it with its own checks, so one reading is enough to confirm it.
What the bytes mean is the kind's business; what a code means, the lane's.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

import serial

from station.core.model import DeviceKind, DeviceState, DeviceStatus, Scan
from station.devices.confirm import REARM_S
from station.devices.port_owner import BadFrameLog, PortOwner
from station.devices.scanners import BadCode, Code, Heard, ScannerDecoder, ScannerKind
from station.steady import Standstill, elapsed

_ASK_EVERY_S = 10.0
_ANSWER_WITHIN_S = 2.0
_UNANSWERED = 2  # questions in a row; one may be lost on a scanner that is reading just then
_NEVER = float("inf")


class SerialScanner:
    """One scanner at `url`: a device path, usb:LOCATION, or a URL that pyserial knows (socket://).

    `publish` is called from the port's own thread. `monotonic` gives seconds; it stamps scans and measures
    silence. `elapsed` are seconds in which the PC may have slept, too.
    """

    def __init__(
        self,
        url: str,
        kind: ScannerKind,
        publish: Callable[[Scan | DeviceStatus], None],
        *,
        monotonic: Callable[[], float] = time.monotonic,
        elapsed: Callable[[], float] = elapsed,
    ) -> None:
        self._owner = PortOwner(url, DeviceKind.SCANNER, self._converse, publish)
        self._kind = kind
        self._publish = publish
        self._monotonic, self._standstill = monotonic, Standstill(elapsed)
        self._bauds = deque(kind.bauds)  # the one in use first
        self._sure = False  # whether that is the right one: something was understood
        self._baffled = False  # whether something else was heard, or no answer
        self._unanswered = 0  # questions in a row
        self._ask_at = self._silent_at = _NEVER
        self._last = ""  # the newest code, and when it was read last
        self._last_at = -_NEVER
        self._bad_codes = BadFrameLog(f"scanner {self._owner.name}")

    def start(self) -> None:
        self._owner.start()

    def stop(self) -> None:
        """End the thread and release the port. A driver that hangs is left behind after 1.5 s."""
        self._owner.stop()

    def _converse(self, port: serial.Serial) -> None:
        """Listen until stopped; raises whatever pyserial raises when the port goes."""
        self._sure = False
        if self._kind.query is None:
            self._owner.say(DeviceState.SEARCHING)  # open; whether it works only its next code will tell
        decoder = self._greet(port)
        while not self._owner.stopping:
            self._ask(port)
            data = port.read(1) + port.read(port.in_waiting)
            if self._standstill.was():  # whoever steps up now must not be measured under those codes
                decoder = self._greet(port)
                continue
            for heard in decoder.feed(data) if data else decoder.pause():
                self._take(heard)
            self._watch_silence()
            if self._baffled and not self._sure:
                self._bauds.rotate(-1)
                decoder = self._greet(port)

    def _greet(self, port: serial.Serial) -> ScannerDecoder:
        """Begin afresh at the first of the bauds. What arrived before is of the past and must not act."""
        port.baudrate = self._bauds[0]
        port.reset_input_buffer()
        self._baffled = False
        self._ask_at, self._silent_at = self._monotonic(), _NEVER
        self._standstill.listens()
        return self._kind.decoder()

    def _ask(self, port: serial.Serial) -> None:
        now = self._monotonic()
        if self._kind.query and now >= self._ask_at:
            self._ask_at, self._silent_at = now + _ASK_EVERY_S, min(self._silent_at, now + _ANSWER_WITHIN_S)
            port.write(self._kind.query)

    def _watch_silence(self) -> None:
        if self._monotonic() >= self._silent_at:
            self._baffled = True
            self._silent_at = _NEVER
            self._unanswered += 1
            self._sure = self._sure and self._unanswered < _UNANSWERED
            if self._owner.state is not DeviceState.SILENT:
                self._owner.say(DeviceState.SILENT, f"no answer at {self._bauds[0]} baud")

    def _take(self, heard: Heard) -> None:
        if isinstance(heard, BadCode):
            self._bad_codes.add(heard.reason, self._monotonic())
            self._baffled = True
            return
        self._sure, self._silent_at, self._unanswered = True, _NEVER, 0
        self._owner.say(DeviceState.WORKING, f"{self._bauds[0]} baud")
        if isinstance(heard, Code):
            self._take_code(heard.text)

    def _take_code(self, text: str) -> None:
        """A scanner without a trigger says a held code over and over: that is one scan."""
        now = self._monotonic()
        is_held = text == self._last and now - self._last_at < REARM_S
        self._last, self._last_at = text, now
        if not is_held:
            self._publish(Scan(text, now, reader="scanner", source=self._owner.name))
