"""The gate without a window: all but the screen, and one JSON line per entry on standard output."""

from __future__ import annotations

import json
import logging
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import TextIO

from station.app import Opening, Station
from station.core.entry import to_json
from station.core.model import DeviceEvent, DeviceStatus, View
from station.core.outcome import ClockWarning, Corrected, NotStored, Outcome, Recorded, Waiting

log = logging.getLogger(__name__)

TICK_S = 0.1


def run(opening: Opening, out: TextIO = sys.stdout) -> None:
    """Run until SIGINT or SIGTERM. Raises what Station raises when it cannot be opened."""
    events: SimpleQueue[DeviceEvent] = SimpleQueue()

    def post(event: DeviceEvent) -> None:
        if not isinstance(event, View):  # nobody looks at pictures here
            events.put(event)

    with (
        _until_told_to_stop() as stopped,
        Station(opening, post=post, publish=_Printer(out).tell) as station,
    ):
        while not stopped():
            _turn(station, events)


def _turn(station: Station, events: SimpleQueue[DeviceEvent]) -> None:
    """Handle what has come, or wait a tick for it; a busy queue does not hold up time."""
    due = time.monotonic() + TICK_S
    while (left := due - time.monotonic()) > 0:
        try:
            event = events.get(timeout=left)
        except Empty:
            break
        if isinstance(event, DeviceStatus):
            log.info("%s %s: %s %s", event.kind, event.name, event.state, event.detail)
        station.handle(event)
    station.checkpoint.tick()


class _Printer:
    """Prints what is on disk; problems go to standard error, one JSON line each too."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._said = False

    def tell(self, outcome: Outcome) -> None:
        match outcome:
            case Recorded() | Corrected():
                self._line(self._out, to_json(outcome.stored))
            case NotStored():
                self._line(sys.stderr, {"error": "not_stored", "problem": outcome.problem.value})
            case ClockWarning():
                self._line(sys.stderr, {"warning": "clock_set_back", "seconds": round(outcome.back_s)})
            case Waiting():
                log.debug("waiting: %s", outcome.phase)

    def _line(self, to: TextIO, fields: dict[str, object]) -> None:
        """A reader that went away does not close the gate: the entries are on disk."""
        try:
            to.write(json.dumps(fields, ensure_ascii=False) + "\n")
            to.flush()
        except OSError:
            if not self._said:
                log.warning("nobody reads the printed entries any more; they go on being stored")
            self._said = True


@contextmanager
def _until_told_to_stop() -> Iterator[Callable[[], bool]]:
    """Whether a signal asked to end; the loop leaves at its next turn and closes everything in order."""
    asked: list[int] = []
    before = {
        number: signal.signal(number, lambda number, frame: asked.append(number))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield lambda: bool(asked)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
