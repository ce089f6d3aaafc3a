"""What other threads need done in the lane's thread, where alone the journal is written.

The lane's loop does a little of it at every turn, so that nobody at the gate waits for a list to be stored.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Event
from typing import Generic, Protocol, TypeVar

log = logging.getLogger(__name__)

_T = TypeVar("_T")
AT_A_TURN_S = 0.03  # then the lane's own events go first again; a turn comes every 0.1 s
_LOOK_S = 0.2  # how soon whoever waits sees that the lane has closed


class ClosedError(Exception):
    """The lane has closed; what was asked may or may not have been done."""


class _Errand(Generic[_T]):
    def __init__(self, do: Callable[[], _T]) -> None:
        self._do, self._done = do, Event()
        self._result: _T | None = None
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            self._result = self._do()
        except BaseException as error:  # noqa: BLE001 - raised where it was asked for
            self._error = error
        self._done.set()

    def wait(self, seconds: float) -> bool:
        return self._done.wait(seconds)

    def result(self) -> _T:
        if self._error is not None:
            raise self._error
        return self._result  # type: ignore[return-value]  # set by `run`, and may be None itself


class Asks(Protocol):
    """Has something done where the journal is written."""

    def ask(self, do: Callable[[], _T]) -> _T: ...


class AtOnce:
    """For a program that has the journal for itself."""

    def ask(self, do: Callable[[], _T]) -> _T:
        return do()


class Errands:
    """One lane's. `ask` is for other threads, everything else for the lane's own."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._queue: SimpleQueue[_Errand[object]] = SimpleQueue()
        self._closed = Event()

    def ask(self, do: Callable[[], _T]) -> _T:
        """Have it done and wait for what comes of it; what it raises is raised here. Raises ClosedError."""
        errand = _Errand(do)
        self._queue.put(errand)  # type: ignore[arg-type]  # an errand of anything is one of object
        while not errand.wait(_LOOK_S):
            if self._closed.is_set():
                raise ClosedError
        return errand.result()

    def post(self, do: Callable[[], None]) -> None:
        """Have it done, and do not wait; what it raises is only logged."""
        self._queue.put(_Errand(lambda: _logged(do)))

    def turn(self) -> None:
        """Do what has been asked, one thing at least, for a short time."""
        until = self._monotonic() + AT_A_TURN_S
        while not self._closed.is_set():
            try:
                self._queue.get_nowait().run()
            except Empty:
                return
            if self._monotonic() >= until:
                return

    def close(self) -> None:
        """Nothing more is done."""
        self._closed.set()


def _logged(do: Callable[[], None]) -> None:
    try:
        do()
    except Exception:
        log.exception("an errand that nobody waits for")
