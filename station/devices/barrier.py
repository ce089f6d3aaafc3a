"""The barrier: opens for one person when told so now, and lets go again. Its port has a `PortOwner`.

Fail-safe: the relay is released when the port opens, when it is left, and after every opening; a board that
answers is told so until it has. What was told more than `FRESH_S` ago opens nothing (design invariant 9). A
program that is killed while the relay holds releases nothing: so the station runs this in a small process of
its own, see `barrier_keeper`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import serial

from station.core.model import DeviceKind, DeviceState, DeviceStatus
from station.devices.port_owner import PortOwner
from station.devices.relays import Relay

FRESH_S = 2.0  # a verdict older than this is of somebody who has gone by
HOLD_S = 1.0  # how long the contact is closed; the barrier's own control does the rest
_ANSWER_WITHIN_S = 0.5
_TURN_S = 0.05


@dataclass(slots=True)
class Pulse:
    """When the relay closes and lets go. Sans-IO: says bytes, is told the time in monotonic seconds."""

    relay: Relay
    hold_s: float = HOLD_S
    _until: float | None = None
    _owed: bool = False  # told to let go, and not heard to

    def open(self, decided_at: float, now: float) -> bytes:
        """The bytes that open for a verdict of `decided_at`; none for one that is past or to come."""
        if not 0 <= now - decided_at <= FRESH_S:
            return b""
        self._owed = False
        if self.relay.pulse:
            return self.relay.pulse
        was_open, self._until = self._until is not None, now + self.hold_s
        return b"" if was_open else self.relay.on

    def tick(self, now: float) -> bytes:
        """The bytes that let go, when it is time, or as long as the board has not heard them."""
        if self._owed or (self._until is not None and now >= self._until):
            return self.release()
        return b""

    def release(self) -> bytes:
        """The bytes that let go, whatever was before."""
        self._until, self._owed = None, False
        return self.relay.off

    def unheard(self, told: bytes) -> None:
        """The board did not answer as it does. A contact that goes on holding leaves the barrier open."""
        self._owed = self._owed or told == self.relay.off


class Barrier:
    """One relay at `url`. `publish` hears how it is, from the port's own thread."""

    def __init__(
        self,
        url: str,
        relay: Relay,
        publish: Callable[[DeviceStatus], None],
        *,
        hold_s: float = HOLD_S,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._owner = PortOwner(url, DeviceKind.BARRIER, self._converse, publish)
        self._relay, self._pulse, self._monotonic = relay, Pulse(relay, hold_s), monotonic
        self._wish: float | None = None  # when the newest verdict was; older ones are of the past
        self._woken = threading.Event()

    def start(self) -> None:
        self._owner.start()

    def stop(self) -> None:
        """Release, end the thread, free the port."""
        self._owner.stop()

    def open(self, decided_at: float) -> None:
        """Open for one person, of a verdict at this monotonic second. From any thread; never waits."""
        self._wish = decided_at
        self._woken.set()

    def _converse(self, port: serial.Serial) -> None:
        """Obey until stopped; raises whatever pyserial raises when the port goes."""
        port.baudrate = self._relay.bauds[0]
        port.reset_input_buffer()
        self._wish = None  # what was wished while the cable was out is of the past
        self._tell(port, self._pulse.release())
        try:
            while not self._owner.stopping:
                if self._woken.wait(_TURN_S):
                    self._woken.clear()
                self._obey(port)
                _ = port.in_waiting  # raises when the cable is out: else only the next person would show it
        finally:
            with suppress(Exception):  # the port may be what failed: then the next start releases
                port.write(self._pulse.release())

    def _obey(self, port: serial.Serial) -> None:
        wish, self._wish = self._wish, None
        now = self._monotonic()
        for told in (self._pulse.open(wish, now) if wish is not None else b"", self._pulse.tick(now)):
            if told:
                self._tell(port, told)

    def _tell(self, port: serial.Serial, told: bytes) -> None:
        """Say it, and believe the board only if it answers as its kind does."""
        port.reset_input_buffer()
        port.write(told)
        if self._answered(port, told):
            self._owner.say(DeviceState.WORKING, "answers" if self._relay.echoes else "gives no answers")
        else:
            self._pulse.unheard(told)
            self._owner.say(DeviceState.SILENT, "no answer from the relay")

    def _answered(self, port: serial.Serial, told: bytes) -> bool:
        heard, due = b"", time.monotonic() + _ANSWER_WITHIN_S
        while not self._relay.is_answer(told, heard) and time.monotonic() < due:
            heard += port.read(1) + port.read(port.in_waiting)
        return self._relay.is_answer(told, heard)
