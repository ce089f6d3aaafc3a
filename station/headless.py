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
from station.core.help import HelpHere
from station.core.model import DeviceEvent, DeviceStatus, View
from station.core.outcome import (
    ClockWarning,
    Corrected,
    DailyExport,
    DrillVerified,
    InstrumentState,
    LeftUncleared,
    ListsChanged,
    LookbacksOpen,
    NoticesHere,
    NotMeasured,
    NotStored,
    Outcome,
    PartShown,
    RecheckLine,
    RecheckList,
    Recorded,
    SpaceLeft,
    StoresAgain,
    TrustUnreadable,
    Waiting,
)
from station.reopening import Reopening
from station.steady import Slept

log = logging.getLogger(__name__)

TICK_S = 0.1


def run(opening: Opening, out: TextIO = sys.stdout) -> None:
    """Run until SIGINT or SIGTERM. Raises what Station raises when it cannot be opened.

    A stick that was pulled out and is plugged in again is opened anew; another gate's in its place is not.
    """
    events: SimpleQueue[DeviceEvent] = SimpleQueue()

    def post(event: DeviceEvent) -> None:
        if not isinstance(event, View):  # nobody looks at pictures here
            events.put(event)

    tell, reopening = Printer(out).tell, Reopening(opening.data)
    with _until_told_to_stop() as stopped:
        while not stopped():
            reopening.refuse_another()
            with Station(opening, post=post, publish=tell) as station:
                reopening.opened(station, somebody_is_at_work=False)
                _work(station, events, lambda: stopped() or station.journal.replaced)
                reopening.closing(station)


def _work(station: Station, events: SimpleQueue[DeviceEvent], ended: Callable[[], bool]) -> None:
    slept = Slept()
    while not ended():
        if slept.since_last():
            station.checkpoint.woke()
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
    station.tick()


class Printer:
    """Prints what is on disk; problems go to standard error, one JSON line each too."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._said = False

    def tell(self, outcome: Outcome) -> None:
        match outcome:
            case Recorded() | Corrected():
                self._line(self._out, to_json(outcome.stored))
            case Waiting():
                log.debug("waiting: %s", outcome.phase)
            case StoresAgain():
                self._line(sys.stderr, {"notice": "stores_again"})
            case _:
                beside = _beside(outcome)
                if beside:
                    self._line(sys.stderr, beside)

    def _line(self, to: TextIO, fields: dict[str, object]) -> None:
        """A reader that went away does not close the gate: the entries are on disk."""
        try:
            try:
                to.write(json.dumps(fields, ensure_ascii=False) + "\n")
            except UnicodeEncodeError:  # GBK has not the hanzi of every note
                to.write(json.dumps(fields) + "\n")
            to.flush()
        except OSError:
            if not self._said:
                log.warning("nobody reads the printed entries any more; they go on being stored")
            self._said = True


def _beside(outcome: Outcome) -> dict[str, object] | None:
    """What is told beside entries: problems, and who or what the gate waits for. No names."""
    match outcome:
        case NotStored():
            return {"error": "not_stored", "problem": outcome.problem.value}
        case ClockWarning():
            return {"warning": "clock_set_back", "seconds": round(outcome.back_s)}
        case InstrumentState():
            return _instruments(outcome)
        case LeftUncleared():
            return _left(outcome.line)
        case RecheckList():
            return {"notice": "rechecks", "waiting": len(outcome.waiting)}
        case NotMeasured():
            return {"notice": "not_measured", "obstacle": outcome.obstacle, "advice": outcome.advice}
        case PartShown():
            return {"notice": "part_shown", "number": outcome.number, "missing": outcome.missing}
    return _afterwards(outcome)


def _afterwards(outcome: Outcome) -> dict[str, object] | None:
    """What somebody has to look into at the admin page."""
    match outcome:
        case LookbacksOpen():
            return {"notice": "lookbacks", "people": outcome.people}
        case DrillVerified():
            counts = {"entries": outcome.entries, "exceptions": outcome.exceptions}
            return {"notice": "drill_verified", **counts}
        case NoticesHere():
            return {"notice": "center", "unread": outcome.unread, "due": outcome.due}
        case HelpHere():
            cases = [{"id": one.id, "kind": one.kind, "stage": one.stage} for one in outcome.helps]
            return {"notice": "help", "cases": cases, "answers": sum(one.unseen for one in outcome.helps)}
        case SpaceLeft():
            return {"notice": "space", "level": outcome.level, "free": outcome.free, "days": outcome.days}
        case ListsChanged():
            return {"notice": "lists", "changed": outcome.found}
        case DailyExport():
            return {"notice": "daily_export", "problem": outcome.problem, "days": outcome.days}
    return _trust(outcome) if isinstance(outcome, TrustUnreadable) else None


def _trust(told: TrustUnreadable) -> dict[str, object]:
    return {"notice": "trust_lists", "unreadable": told.lists}


def _instruments(state: InstrumentState) -> dict[str, object]:
    """How the thermometers stand now: all findings, also those that were said before."""
    findings = [
        {"instrument": one.instrument.name, "finding": one.code, "figures": one.figures}
        for one in state.standing
    ]
    return {
        "warning": "instruments",
        "findings": findings,
        "active": state.active,
        "doubtful": state.doubtful,
        "wants_staff": state.wants_staff,
    }


def _left(line: RecheckLine) -> dict[str, object]:
    """Somebody with a fever never came back. Who it is stands in the journal, not here."""
    return {
        "warning": "left_uncleared",
        "since": line.since.isoformat(timespec="seconds"),
        "value_c": line.last_c,
        "highs": line.highs,
    }


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
