"""Long work beside the screen: in a thread of its own, with its progress and its end told in the GUI thread.

The function must touch no widget and no database connection that belongs to the GUI thread. To tell of it its
thread does not touch Qt either: the GUI's thread looks. A signal emitted there is still being emitted when it
is received here, and whoever receives the end lets go of the work: the program crashed in that emission.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

log = logging.getLogger(__name__)

LOOK_MS = 10  # a screen shows nothing sooner
END_S = 5.0  # how long the end of the program waits for work that was told to stop
_STEPS = 100  # progress is told in so many steps at most: a screen needs no more


class CancelledError(Exception):
    """The work was told to stop, and did."""


@dataclass(frozen=True, slots=True)
class Done:
    result: object


@dataclass(frozen=True, slots=True)
class Failed:
    error: Exception


class Progress:
    """What the function is given: to say how far it is, and to hear that it shall stop."""

    def __init__(self, tell: Callable[[float], None]) -> None:
        self._tell = tell
        self._step = -1
        self._stop = threading.Event()

    @property
    def cancelled(self) -> bool:
        return self._stop.is_set()

    def cancel(self) -> None:
        self._stop.set()

    def at(self, done: float, total: float) -> None:
        """So much of so much is done. Cheap enough to be called for every row."""
        step = int(_STEPS * min(done / total, 1.0)) if total > 0 else _STEPS
        if step != self._step:
            self._step = step
            self._tell(step / _STEPS)

    def check(self) -> None:
        """Raises CancelledError if the work shall stop; to be called where nothing is half done."""
        if self.cancelled:
            raise CancelledError

    def step(self, done: float, total: float) -> None:
        """So much is done, and here it may stop. Raises CancelledError."""
        self.check()
        self.at(done, total)


Job = Callable[[Progress], object]


class Work(QObject):
    """One job. Its signals come in the thread that made it; exactly one of the last three, once."""

    progressed = Signal(float)  # 0 to 1
    done = Signal(object)  # what the job returned
    failed = Signal(object)  # the exception that it raised
    cancelled = Signal()

    def __init__(self, job: Job, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told = queue.SimpleQueue[float | Done | Failed]()
        self.progress = Progress(self._told.put)
        self._thread = threading.Thread(
            target=_run, args=(job, self.progress, self._told.put), name="admin work", daemon=True
        )
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        self._thread.start()
        self._timer.start()

    def cancel(self) -> None:
        """Ask the job to stop. It may finish all the same, if it was nearly done."""
        self.progress.cancel()

    def end(self) -> None:
        """The program ends: ask the job to stop and wait for it, but not for ever."""
        self.cancel()
        if self._thread.is_alive():
            self._thread.join(END_S)
        if self._thread.is_alive():
            log.warning("a job did not stop within %g s", END_S)

    def _look(self) -> None:
        while not self._told.empty():
            event = self._told.get()
            if not isinstance(event, float):
                self._timer.stop()
            self._hand_out(event)

    def _hand_out(self, event: float | Done | Failed) -> None:
        match event:
            case Done(result):
                self.done.emit(result)
            case Failed(CancelledError()):
                self.cancelled.emit()
            case Failed(error):
                log.info("a job failed: %s", type(error).__name__)
                self.failed.emit(error)
            case _:
                self.progressed.emit(event)


def _run(job: Job, progress: Progress, tell: Callable[[Done | Failed], None]) -> None:
    """In the thread; what it holds on to is no object of Qt."""
    try:
        tell(Done(job(progress)))
    except Exception as error:  # noqa: BLE001 - whatever it is, the screen has to say that it failed
        tell(Failed(error))
