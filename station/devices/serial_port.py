"""A serial thermometer: asks it, reads it, and says how it is. Its port is in the care of a `PortOwner`.

What the bytes mean is the family's business; what a temperature means, the lane's. Which family it is may be
left to `detect`.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import serial

from station.core.model import (
    DeviceKind,
    DeviceState,
    DeviceStatus,
    FrameError,
    Instrument,
    Reading,
    Sample,
)
from station.devices.detect import detect_on
from station.devices.port_owner import BadFrameLog, PortOwner
from station.devices.thermometers import Decoder, Family
from station.steady import Standstill, elapsed

_SILENT_AFTER_S = 2.0  # or five intervals, whichever is longer
_MORE_THAN_AN_ANSWER = 64  # bytes; of the families whose answers are told by their size


@dataclass(frozen=True, slots=True)
class Listener:
    """Whom a thermometer tells, and by which clock. Both functions are called from the port's own thread."""

    publish: Callable[[Sample | DeviceStatus], None]
    reject: Callable[[FrameError], None] | None
    monotonic: Callable[[], float]  # seconds; stamps samples and measures silence
    elapsed: Callable[[], float]  # seconds in which the PC may have slept, too


class SerialThermometer:
    """One thermometer at `url`: a device path, usb:LOCATION, or a URL that pyserial knows (socket://).

    Without a family, the port is searched for one as often as it takes. The find is kept, unless what is
    plugged in after a loss does not speak that way.
    """

    def __init__(
        self,
        url: str,
        family: Family | None,
        publish: Callable[[Sample | DeviceStatus], None],
        *,
        reject: Callable[[FrameError], None] | None = None,
        name: str = "",
        emulated: bool = False,
        monotonic: Callable[[], float] = time.monotonic,
        elapsed: Callable[[], float] = elapsed,
    ) -> None:
        self._owner = PortOwner(
            url, DeviceKind.THERMOMETER, self._converse, publish, name=name, emulated=emulated
        )
        self._listener = Listener(publish, reject, monotonic, elapsed)
        self._emulated, self._searches = emulated, family is None
        self._conversation = self._with(family) if family else None

    @property
    def name(self) -> str:
        """As in its samples and its health; by default the last part of its address."""
        return self._owner.name

    def start(self) -> None:
        self._owner.start()

    def stop(self) -> None:
        """End the thread and release the port. A driver that hangs is left behind after 1.5 s."""
        self._owner.stop()

    def _converse(self, port: serial.Serial) -> None:
        """Read until stopped; raises whatever pyserial raises when the port goes."""
        if self._searches and self._conversation and not self._conversation.goes_on(port):
            self._conversation = None  # another model is there now
        while not (self._conversation or self._owner.stopping):
            self._conversation = self._search(port)
        if self._conversation:
            self._conversation.hold(port)

    def _search(self, port: serial.Serial) -> _Conversation | None:
        found = detect_on(port, monotonic=self._listener.monotonic, stopping=lambda: self._owner.stopping)
        if found:
            return self._with(found.tuned)
        if not self._owner.stopping:
            self._owner.say(DeviceState.SILENT, "no thermometer that we know answers")
        return None

    def _with(self, family: Family) -> _Conversation:
        instrument = Instrument(self._owner.name, family.slug, self._emulated)
        return _Conversation(self._owner, family, instrument, self._listener)


class _Conversation:
    """What is said between the station and an instrument of a known family."""

    def __init__(self, owner: PortOwner, family: Family, instrument: Instrument, listener: Listener) -> None:
        self._owner = owner
        self._family = family
        self._instrument = instrument
        self._listener = listener
        self._monotonic, self._standstill = listener.monotonic, Standstill(listener.elapsed)
        self._bauds = deque(family.bauds)  # the one in use first
        self._decoder: Decoder = family.decoder()
        self._silent_at = self._ask_at = 0.0
        self._bytes = 0  # since the last reading
        self._readings = self._silences = 0  # since the port was opened again
        self._bad_frames = BadFrameLog(f"thermometer {owner.name}")

    def hold(self, port: serial.Serial) -> None:
        """Read until stopped; raises whatever pyserial raises when the port goes."""
        self._greet(port)
        while not self._owner.stopping:
            self._turn(port)

    def goes_on(self, port: serial.Serial) -> bool:
        """Whether a reading comes from a port that was opened again, at any of the bauds in their turns."""
        self._readings, self._silences = 0, 0
        self._greet(port)
        while not (self._owner.stopping or self._readings or self._silences >= len(self._bauds)):
            self._turn(port)
        return self._readings > 0

    def _turn(self, port: serial.Serial) -> None:
        self._ask(port)
        heard = self._listen(port)
        if self._standstill.was():  # readings of people who have gone would be of whoever steps up now
            self._greet(port)
            return
        for result in self._decoder.feed(heard):
            self._take(result)
        if self._monotonic() >= self._silent_at:
            self._say_silent()
            self._silences += 1
            self._bauds.rotate(-1)
            self._greet(port)

    def _greet(self, port: serial.Serial) -> None:
        """Begin afresh at the first of the bauds. What arrived before is of the past and must not act."""
        port.parity = self._family.parity
        port.baudrate = self._bauds[0]
        self._forget(port)
        if self._family.start:
            port.write(self._family.start)
        self._expect_reading()
        self._standstill.listens()

    def _forget(self, port: serial.Serial) -> None:
        port.reset_input_buffer()
        self._decoder = self._family.decoder()

    def _ask(self, port: serial.Serial) -> None:
        if not self._family.query or self._monotonic() < self._ask_at:
            return
        self._ask_at = self._monotonic() + self._family.interval_s
        if self._family.unmarked_size:  # half an old answer would shift all that follow
            self._forget(port)
        port.write(self._family.query)

    def _listen(self, port: serial.Serial) -> bytes:
        """What came. An answer told by its size is awaited until the line is quiet: all of it, or none."""
        if self._family.unmarked_size:
            data = port.read(_MORE_THAN_AN_ANSWER)
        else:
            data = port.read(1) + port.read(port.in_waiting)
        self._bytes += len(data)
        if data and self._family.unmarked_size not in (0, len(data)):
            self._take_error(FrameError("not_alone", data))
            return b""
        return data

    def _expect_reading(self) -> None:
        self._bytes = 0
        self._silent_at = self._monotonic() + max(_SILENT_AFTER_S, 5 * self._family.interval_s)

    def _take(self, result: Reading | FrameError) -> None:
        if isinstance(result, FrameError):
            self._take_error(result)
            return
        self._readings += 1
        self._expect_reading()
        self._owner.say(DeviceState.WORKING, f"{self._bauds[0]} baud")
        self._listener.publish(Sample(result, self._monotonic(), self._instrument))

    def _take_error(self, error: FrameError) -> None:
        self._bad_frames.add(error.reason, self._monotonic())
        if error.reason == "fault":  # the instrument says itself that it cannot measure
            self._owner.say(DeviceState.SILENT, error.data.decode("ascii", "replace"))
        if self._listener.reject:
            self._listener.reject(error)

    def _say_silent(self) -> None:
        if self._owner.state is DeviceState.SILENT:
            return  # said already, perhaps with a better reason
        self._owner.say(DeviceState.SILENT, f"{self._bytes} bytes without a reading at {self._bauds[0]} baud")
