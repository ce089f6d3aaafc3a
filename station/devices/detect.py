"""Which thermometer is on a port, and at what speed. Listens first, then asks, with harmless questions only.

The families share headers and even commands, and a relay may be there instead of a thermometer. So nothing
is sent but a family's `probe`, never its `start` or `query`; and nothing at all to a device that talks
unasked. What to try and how to judge what was heard is pure; `detect_on` is the only part that has a port.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace

import serial

from station.core.model import FrameError, Reading
from station.devices.port_owner import open_port
from station.devices.thermometers import FAMILIES, Family
from station.devices.thermometers.family import Parity
from station.devices.thermometers.framing import is_plausible

_REFUSALS: tuple[type[Exception], ...] = (OSError, ValueError)  # how a port says that it has no such setting
if sys.platform != "win32":
    import termios

    _REFUSALS += (termios.error,)

_FIRST_QUIET_S = 2.5  # opening a port resets an Arduino, which says nothing for two seconds
_QUIET_S = 1.1  # streams come once a second at least; longer without a byte, and none is there
_LISTEN_S = 1.4  # from the first byte on: time for two readings of the slowest stream
_ANSWER_S = 0.3
_ENOUGH = 512  # bytes without sense: the speed is wrong
_STRAY = 16  # bytes; a device that says more than this unasked is not one that waits for questions
_READINGS_OF_A_STREAM = 2


@dataclass(frozen=True, slots=True)
class Detected:
    """What is on the port."""

    family: Family
    baud: int

    @property
    def tuned(self) -> Family:
        """The family with the speed at which it was heard as the first to try."""
        others = (baud for baud in self.family.bauds if baud != self.baud)
        return replace(self.family, bauds=(self.baud, *others))


@dataclass(frozen=True, slots=True)
class Step:
    """One attempt: with these settings, after sending this, who could be heard?"""

    baud: int
    candidates: tuple[Family, ...]
    quiet_s: float  # how long to wait for a first byte
    listen_s: float  # and how long from then on
    send: bytes = b""
    parity: Parity = "N"

    @property
    def takes_all_time(self) -> bool:
        """Whether an answer is told by its size alone, so that more might still come."""
        return any(family.unmarked_size for family in self.candidates)


# --- what to try, and what it means: pure -----------------------------------------------------


def listening() -> Iterator[Step]:
    """All the speeds at which some family streams, the most usual first."""
    streams = [family for family in FAMILIES.values() if family.query is None and not family.same_bytes_as]
    for number, baud in enumerate(dict.fromkeys(baud for family in streams for baud in family.bauds)):
        candidates = tuple(family for family in streams if baud in family.bauds)
        yield Step(baud, candidates, _QUIET_S if number else _FIRST_QUIET_S, _LISTEN_S)


def probing() -> list[Step]:
    """All the questions that only read, by speed; last what needs a parity, which not every port can do."""
    asked: dict[tuple[Parity, int, bytes], list[Family]] = {}
    for family in FAMILIES.values():
        for baud in family.bauds if family.probe else ():
            asked.setdefault((family.parity, baud, family.probe or b""), []).append(family)
    return [
        Step(baud, tuple(candidates), _ANSWER_S, _ANSWER_S, send, parity)
        for (parity, baud, send), candidates in sorted(asked.items(), key=_order)
    ]


def _order(question: tuple[tuple[Parity, int, bytes], list[Family]]) -> tuple[bool, int]:
    (parity, baud, _), _ = question
    return parity != "N", baud


def judge(step: Step, heard: bytes) -> Family | None:
    """The candidate whose language this is, or None as long as nothing proves it."""
    return next((family for family in step.candidates if _speaks(family, step, heard)), None)


def _speaks(family: Family, step: Step, heard: bytes) -> bool:
    results = family.decoder().feed(heard)
    readings = [result for result in results if isinstance(result, Reading) and _is_possible(result)]
    errors = sum(isinstance(result, FrameError) for result in results)
    if family.unmarked_size:  # any bytes of the right number would do, so nothing else may be there
        return len(readings) == 1 and len(heard) == family.unmarked_size
    needed = 1 if step.send else _READINGS_OF_A_STREAM
    return len(readings) >= needed and len(readings) > errors


def _is_possible(reading: Reading) -> bool:
    return is_plausible(reading.value_c, reading.ambient_c or 0.0)


# --- on a port --------------------------------------------------------------------------------


def detect(url: str, *, monotonic: Callable[[], float] = time.monotonic) -> Detected | None:
    """Which thermometer is at `url`; None if no known one makes itself known. Takes up to 13 s.

    Raises what pyserial raises when the port cannot be opened or goes.
    """
    with closing(open_port(url)) as port:
        return detect_on(port, monotonic=monotonic)


def detect_on(
    port: serial.Serial,
    *,
    monotonic: Callable[[], float] = time.monotonic,
    stopping: Callable[[], bool] = lambda: False,
) -> Detected | None:
    """The same on an open port, given up early when `stopping`."""
    line = _Line(port, monotonic, stopping)
    for step in listening():
        if family := line.attempt(step):
            return Detected(family, step.baud)
    if line.most_heard > _STRAY:
        return None
    for step in probing():
        # Once may be chance.
        if (family := line.attempt(step)) and line.attempt(step) is family:
            return Detected(family, step.baud)
    return None


class _Line:
    """Carries out steps on one port."""

    def __init__(
        self, port: serial.Serial, monotonic: Callable[[], float], stopping: Callable[[], bool]
    ) -> None:
        self._port = port
        self._monotonic = monotonic
        self._stopping = stopping
        self.most_heard = 0  # bytes in one step

    def attempt(self, step: Step) -> Family | None:
        if self._stopping() or not self._tune(step):
            return None
        self._port.reset_input_buffer()
        if step.send:
            self._port.write(step.send)
        return self._hear(step)

    def _tune(self, step: Step) -> bool:
        """Whether the port can do this step's settings. If it is gone, its next call says so."""
        try:
            if self._port.parity != step.parity:
                self._port.parity = step.parity
            self._port.baudrate = step.baud
        except _REFUSALS:  # a pseudo-terminal knows no parity
            return False
        return True

    def _hear(self, step: Step) -> Family | None:
        heard, end = b"", self._monotonic() + step.quiet_s
        while not self._stopping() and len(heard) < _ENOUGH and self._monotonic() < end:
            data = self._port.read(1) + self._port.read(self._port.in_waiting)
            if data and not heard:
                end = self._monotonic() + step.listen_s
            heard += data
            if not step.takes_all_time and (family := judge(step, heard)):
                return family
        self.most_heard = max(self.most_heard, len(heard))
        return judge(step, heard)
