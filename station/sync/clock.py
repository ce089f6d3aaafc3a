"""How far the PC's clock is from the center's: NTP's formula (RFC 5905, section 8) over the last exchanges.

What is kept is the difference between the center's time and our *monotonic* clock: an admin who sets the wall
clock between two exchanges changes what it is compared with, not what was measured. Nothing is ever ordered
by wall time, and nobody sets the PC's clock from here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Protocol

from station.core.contact import ClockState

KEPT = 8  # exchanges, as in NTP's clock filter
DRIFT = 500e-6  # of a PC's crystal, the most that RFC 5905 allows


class Clock(Protocol):
    def now(self) -> datetime: ...

    def monotonic(self) -> float: ...


@dataclass(frozen=True, slots=True)
class _Exchange:
    center_minus_mono: float  # s
    half_trip: float  # s; the truth lies within this
    at: float  # monotonic, s

    def uncertainty(self, mono: float) -> float:
        """What it is worth by then: crystals have drifted apart since (RFC 5905's dispersion)."""
        return self.half_trip + DRIFT * max(mono - self.at, 0.0)


class ClockWatch:
    """One station's, for all its threads. In seconds; wall and center times of the Unix epoch, UTC.

    `slept`: whether the PC did since it was asked last; under Linux its monotonic clock stood still then.
    """

    def __init__(self, slept: Callable[[], bool] = lambda: False) -> None:
        self._lock, self._slept = Lock(), slept
        self._exchanges: deque[_Exchange] = deque(maxlen=KEPT)

    def exchanged(self, sent: float, received: float, center: float) -> None:
        """A request left at monotonic `sent`, its answer came at `received` and says the time at the center.

        Not of long polls: the center was thinking there, and the formula takes the trip to be even.
        """
        new = _Exchange(center - (sent + received) / 2, max(received - sent, 0.0) / 2, received)
        with self._lock:
            if self._slept():  # perhaps while the answer was on its way
                self._exchanges.clear()
                return
            if any(_contradict(new, old) for old in self._exchanges):
                self._exchanges.clear()  # the center's clock was set
            self._exchanges.append(new)

    @property
    def has_measured(self) -> bool:
        with self._lock:
            return bool(self._since_sleep())

    def forget(self) -> None:
        with self._lock:
            self._exchanges.clear()

    def state(self, wall: float, mono: float) -> ClockState | None:
        """How the wall clock stands at this moment; None before the first exchange."""
        with self._lock:
            exchanges = tuple(self._since_sleep())
        if not exchanges:
            return None
        best = min(exchanges, key=lambda one: one.uncertainty(mono))
        return ClockState(best.center_minus_mono + mono - wall, best.uncertainty(mono))

    def _since_sleep(self) -> deque[_Exchange]:
        """With the lock. Whoever asks first after a sleep forgets what was measured before it, for all."""
        if self._slept():
            self._exchanges.clear()
        return self._exchanges


def off_ms(watch: ClockWatch, clock: Clock) -> Callable[[], int | None]:
    """By how much the center's clock is ahead of ours at the moment of asking; None: that is not known."""

    def now_ms() -> int | None:
        state = watch.state(clock.now().timestamp(), clock.monotonic())
        return state.known_ms if state else None

    return now_ms


def _contradict(new: _Exchange, old: _Exchange) -> bool:
    apart = abs(new.center_minus_mono - old.center_minus_mono)
    return apart > new.half_trip + old.half_trip + DRIFT * abs(new.at - old.at)
