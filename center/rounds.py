"""What the center does by itself now and then, in one thread: cases go up, what is over is dropped."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event, Thread

from center import exports
from center.store import SqlStore
from center.store.erasing_steps import Opener
from center.store.errors import where_it_broke
from center.store.former_ids import tell_again
from center.store.one_person import make_one_again
from center.store.sessions import LIMITS

log = logging.getLogger(__name__)

LOOKS_EVERY_S = 5.0
NONCES_KEPT_MS = 3600_000  # longer than the time stamp of a request does (console.doors)
_SHIFT_KEPT_MS = 7 * 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do every so often; `do` gets the time, UTC ms."""

    name: str
    every_ms: int
    do: Callable[[SqlStore, int], object]


def _drop_old_shifts(store: SqlStore, now_ms: int) -> None:
    for planned in store.rota.all():
        if planned.item.end_ms < now_ms - _SHIFT_KEPT_MS:
            store.rota.take_back(planned)


def _type_reports_again(store: SqlStore, now_ms: int) -> None:
    """A newer program understands more than the one that took them; it does so first of all."""
    branches = {row.station: row.branch for row in store.stations.all()}
    store.reports.type_again(lambda station: branches.get(station, ""), now_ms)


STEPS: tuple[Step, ...] = (
    Step("escalation", 5_000, lambda store, now_ms: store.escalations.step(now_ms)),
    Step("closed cases", 3600_000, lambda store, now_ms: store.cases.forget_told(now_ms)),
    Step("log", 5_000, lambda store, _: store.database.shorten_log()),  # of commands beside an idle center
    # What commands erased, or while somebody read, lies in it no longer than an hour.
    Step("erased from the log", 3600_000, lambda store, _: store.database.empty_log()),
    Step("directory", 60_000, lambda store, now_ms: store.directory.version()),  # before one waits
    Step("old uploads", 3600_000, lambda store, now_ms: store.roster_files.forget_files(now_ms)),
    Step("reports not understood", 24 * 3600_000, _type_reports_again),
    Step("two who are one", 60_000, lambda store, _: make_one_again(store.database)),
    Step("former ids", 60_000, lambda store, _: tell_again(store.database, store.directory, store.lists)),
    Step("colours and isolations", 5_000, lambda store, now_ms: store.following.step(now_ms)),
    Step("policies of a clock ahead", 60_000, lambda store, now_ms: store.policies.set_right(now_ms)),
    Step("doors", 600_000, lambda store, now_ms: store.doors.forget_nonces(now_ms - NONCES_KEPT_MS)),
    Step("exports", 60_000, exports.clear),
    Step("old shifts", 3600_000, _drop_old_shifts),
    Step("sessions", 3600_000, lambda store, now_ms: store.sessions.forget_old(now_ms, LIMITS)),
)


def steps(opener: Opener) -> tuple[Step, ...]:
    """All of them; `opener` is the center's own (center.erasing)."""
    return (*STEPS, Step("retention", 600_000, lambda store, now_ms: store.keeping.step(now_ms, opener)))


class Rounds:
    """`step` does what is due; `start` does so until `stop`."""

    def __init__(self, store: SqlStore, now_ms: Callable[[], int], steps: Sequence[Step] = STEPS) -> None:
        self._store, self._now_ms, self._steps = store, now_ms, steps
        self._done_ms: dict[str, int] = {}
        self._failing: set[str] = set()
        self._ended = Event()
        self._thread = Thread(target=self._run, name="rounds", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Returns when the step under way is done."""
        self._ended.set()
        self._thread.join()

    def step(self) -> None:
        """One that fails is told once, and tried again next time; the others go on."""
        now_ms = self._now_ms()
        for step in self._steps:
            done_ms = self._done_ms.get(step.name)
            if done_ms is not None and 0 <= now_ms - done_ms < step.every_ms:
                continue  # a clock that was set back does not stop it for long
            self._done_ms[step.name] = now_ms
            self._do(step, now_ms)

    def _do(self, step: Step, now_ms: int) -> None:
        try:
            step.do(self._store, now_ms)
        except Exception as error:  # noqa: BLE001 - the thread outlives a database that is away
            if step.name not in self._failing:
                log.error("%s cannot be done just now: %s", step.name, where_it_broke(error))
            self._failing.add(step.name)
            return
        self._failing.discard(step.name)

    def _run(self) -> None:
        while not self._ended.wait(LOOKS_EVERY_S):
            self.step()
