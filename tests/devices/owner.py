"""A running thermometer and what it publishes, for tests on pseudo-terminals."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from station.core.model import DeviceState, DeviceStatus, FrameError, Reading, Sample, Site
from station.devices.serial_port import SerialThermometer
from station.devices.thermometers import FAMILIES
from tests.devices.clocks import WorkingClock
from tests.patience import PATIENCE_S

PERSON = Reading(36.5, Site.OBJECT, 22.5)  # tenths: all that some families can say
INTERVAL_S = 0.02  # quicker than any real thermometer
SPEED_UP = 5  # a clock that runs so much faster makes time-outs short
at_its_pace, fast_clock = WorkingClock(), WorkingClock(SPEED_UP)
hasty_clock = WorkingClock(4 * SPEED_UP)
NO_SPEED = 1200  # baud; of no family

each_family = pytest.mark.parametrize("slug", FAMILIES)
Event = Sample | DeviceStatus | FrameError


def person(_at: float) -> Reading:
    return PERSON


class Heard:
    """What a thermometer published, in order."""

    def __init__(self) -> None:
        self._events: queue.Queue[Event] = queue.Queue()
        self.put = self._events.put

    def until(self, wanted: Callable[[Event], bool]) -> list[Event]:
        """All events up to and including the first wanted one. Raises queue.Empty when none comes in time."""
        events, deadline = list[Event](), time.monotonic() + PATIENCE_S
        while not (events and wanted(events[-1])):
            events.append(self._events.get(timeout=max(0.0, deadline - time.monotonic())))
            if time.monotonic() > deadline:
                raise queue.Empty
        return events

    def status(self, state: DeviceState) -> DeviceStatus:
        """The next status of this state."""
        status = self.until(is_state(state))[-1]
        assert isinstance(status, DeviceStatus)
        return status

    def rest(self) -> list[Event]:
        return [self._events.get_nowait() for _ in range(self._events.qsize())]


def is_state(state: DeviceState) -> Callable[[Event], bool]:
    return lambda event: isinstance(event, DeviceStatus) and event.state is state


def is_sample(event: Event) -> bool:
    return isinstance(event, Sample)


def states(events: list[Event]) -> list[DeviceState]:
    return [event.state for event in events if isinstance(event, DeviceStatus)]


@contextmanager
def owner(
    url: str,
    slug: str | None,
    clock: Callable[[], float] = at_its_pace,
    *,
    emulated: bool = True,
    still: Callable[[], float] | None = None,
) -> Iterator[Heard]:
    """A running thermometer at `url`. `still`: by which it knows that it stood still."""
    heard = Heard()
    family = replace(FAMILIES[slug], parity="N") if slug else None  # a pseudo-terminal knows no parity
    thermometer = SerialThermometer(
        *(url, family, heard.put),
        reject=heard.put,
        emulated=emulated,
        monotonic=clock,
        elapsed=still or clock,
    )
    thermometer.start()
    try:
        yield heard
    finally:
        thermometer.stop()
