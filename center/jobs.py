"""Long work that pages ask for: one thread does it in turn, tells how far it is, and can be told to stop."""

from __future__ import annotations

import logging
import queue
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Any

from center.store.errors import where_it_broke

log = logging.getLogger(__name__)

MOST_KEPT = 50  # results; the oldest are forgotten
MOST_WAITING = 20


class Cancelled(Exception):  # noqa: N818 - no error, but it ends the work the same way
    """Whoever asked for it does not want it any more."""


class BusyError(Exception):
    """Too much is waiting already."""


@dataclass(slots=True)
class Job:
    """`about` tells what it is of. `state`: waiting, running, done, failed, cancelled."""

    id: bytes
    kind: str
    branch: str
    about: dict[str, Any] = field(default_factory=dict)
    state: str = "waiting"
    seen: int = 0
    total: int = 0
    result: Any = field(default=None, repr=False)
    stop: bool = False

    def step(self, seen: int) -> None:
        """Told by the work. Raises Cancelled."""
        self.seen = seen
        if self.stop:
            raise Cancelled

    @property
    def is_over(self) -> bool:
        return self.state not in ("waiting", "running")


class Jobs:
    """Thread-safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._jobs: dict[bytes, Job] = {}
        self._waiting: queue.Queue[tuple[Job, Callable[[Job], Any]]] = queue.Queue()
        self._thread: Thread | None = None

    def start(self, job: Job, work: Callable[[Job], Any]) -> Job:
        """Raises BusyError."""
        with self._lock:
            if self._waiting.qsize() >= MOST_WAITING:
                raise BusyError
            self._jobs[job.id] = job
            for old in [one for one in self._jobs.values() if one.is_over][:-MOST_KEPT]:
                del self._jobs[old.id]
            self._waiting.put((job, work))
            if self._thread is None:
                thread = Thread(target=self._run, name="jobs", daemon=True)
                thread.start()  # RuntimeError without room for one: the next job tries again
                self._thread = thread
        return job

    def get(self, id: bytes) -> Job | None:
        with self._lock:
            return self._jobs.get(id)

    def join(self) -> None:
        """Until nothing waits any more."""
        self._waiting.join()

    def _run(self) -> None:
        """Until nothing waits; the next job has a thread of its own again."""
        while True:
            with self._lock:
                if self._waiting.empty():
                    self._thread = None
                    return
            job, work = self._waiting.get()
            self._do(job, work)
            self._waiting.task_done()

    def _do(self, job: Job, work: Callable[[Job], Any]) -> None:
        job.state = "running"
        try:
            job.step(0)
            job.result = work(job)
            job.state = "done"
        except Cancelled:
            job.state = "cancelled"
        except Exception as error:  # noqa: BLE001 - told to whoever waits for it; the next one is done all the same
            log.error("%s: %s", job.kind, where_it_broke(error))
            job.state = "failed"


def new_id() -> bytes:
    return secrets.token_bytes(16)
