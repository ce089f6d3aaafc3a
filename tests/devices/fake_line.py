"""A serial line whose time passes only when somebody waits on it, with an instrument at its other end."""

from __future__ import annotations

from collections.abc import Callable

from station.core.model import Reading, Site
from station.devices.port_owner import READ_TIMEOUT_S
from station.devices.thermometers import Family
from station.devices.thermometers.family import Parity

PERSON = Reading(36.5, Site.OBJECT, 22.5)
ANSWER_S = 0.05


class Silence:
    """Nothing is connected, or nothing that speaks."""

    def streams(self, port: FakePort) -> bytes:
        return b""

    def answers(self, port: FakePort, question: bytes) -> bytes:
        return b""


class Echo(Silence):
    """A two-wire adapter that hears itself."""

    def answers(self, port: FakePort, question: bytes) -> bytes:
        return question


class Babble(Silence):
    """Something that talks all the time and is no thermometer of ours."""

    def streams(self, port: FakePort) -> bytes:
        return b"$GPGGA,092750.000,5321.6802,N,00630.3372,W,1,8,1.03,61.7,M,55.2,M,,*76\r\n"


class Thermometer(Silence):
    """A thermometer that knows its speed, its parity and its question."""

    def __init__(self, family: Family, baud: int) -> None:
        self._family = family
        self._baud = baud
        self._spoke_at = 0.0

    def streams(self, port: FakePort) -> bytes:
        if self._family.query is not None or port.now - self._spoke_at < self._family.interval_s:
            return b""
        self._spoke_at = port.now
        frame = self._family.encode(PERSON)
        return frame if port.baudrate == self._baud else bytes(byte ^ 0xFF for byte in frame)

    def answers(self, port: FakePort, question: bytes) -> bytes:
        understood = (port.baudrate, port.parity) == (self._baud, self._family.parity)
        asked = question in (self._family.query, self._family.probe)
        return self._family.encode(PERSON) if understood and asked else b""


class FakePort:
    """As much of serial.Serial as the detector uses. Remembers what was written, and how fast."""

    def __init__(self, instrument: Silence, knows: Callable[[Parity], bool] = lambda parity: True) -> None:
        self.now = 0.0
        self.baudrate = 9600
        self.written: list[tuple[int, str, bytes]] = []
        self._knows = knows
        self._parity: Parity = "N"
        self._instrument = instrument
        self._waiting = b""

    @property
    def parity(self) -> Parity:
        return self._parity

    @parity.setter
    def parity(self, parity: Parity) -> None:
        if not self._knows(parity):
            raise OSError(22, "Invalid argument")
        self._parity = parity

    def monotonic(self) -> float:
        return self.now

    @property
    def in_waiting(self) -> int:
        return len(self._waiting)

    def read(self, size: int) -> bytes:
        if not self._waiting and size:
            self.now += READ_TIMEOUT_S
            self._waiting = self._instrument.streams(self)
        data, self._waiting = self._waiting[:size], self._waiting[size:]
        return data

    def write(self, data: bytes) -> None:
        self.written.append((self.baudrate, self.parity, data))
        answer = self._instrument.answers(self, data)
        self.now += ANSWER_S if answer else 0.0
        self._waiting += answer

    def reset_input_buffer(self) -> None:
        self._waiting = b""
