"""Long work beside the screen: in a thread of its own, with its progress and its end told in the GUI thread.

The function must touch no widget and no database connection that belongs to the GUI thread.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal, Slot

log = logging.getLogger(__name__)

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
    _arrived = Signal(object)

    def __init__(self, job: Job, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job = job
        self.progress = Progress(self._arrived.emit)
        self._arrived.connect(self._hand_out, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name="admin work", daemon=True)

    def start(self) -> None:
        self._thread.start()

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

    def _run(self) -> None:
        try:
            self._arrived.emit(Done(self._job(self.progress)))
        except Exception as error:  # noqa: BLE001 - whatever it is, the screen has to say that it failed
            self._arrived.emit(Failed(error))

    @Slot(object)
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
