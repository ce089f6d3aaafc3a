"""One window per data folder: a second start brings the first one to the front.

Who is first is told by a lock of the operating system, which ends with its process, however that ends; the
socket only carries the wish, and has no file that could be left behind (Linux: abstract namespace).
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from station.journal.durable import make_folder
from station.journal.errors import JournalError
from station.journal.lock import try_lock
from station.running.notify import is_service

NOT_ANSWERING = 3  # as `commands.result.Exit.ENVIRONMENT`
ELSEWHERE = 75  # EX_TEMPFAIL of sysexits.h, named in kakou.service
LOCK_NAME = "window.lock"
ANSWER_S = 8.0  # a first one that is still starting answers late
_TRY_MS = 300
_ANSWER_MS = 2000
_RAISED = b"raised\n"

log = logging.getLogger(__name__)


class Held(Protocol):
    """A lock that somebody holds."""

    def close(self) -> None: ...


class First(QObject):
    """Held by the first window of a folder until `close`."""

    raised = Signal()  # a second start wants to see the window

    def __init__(self, data: Path, lock: Held | None) -> None:
        super().__init__()
        self._lock = lock
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.AbstractNamespaceOption)
        self._server.newConnection.connect(self._answer)
        if not self._server.listen(_name(data)):
            log.warning("a second start will not find this window: %s", self._server.errorString())

    def close(self) -> None:
        self._server.close()
        if self._lock:
            self._lock.close()

    def _answer(self) -> None:
        """Whoever calls wants the window; there is nothing else to ask for."""
        while caller := self._server.nextPendingConnection():
            self.raised.emit()
            caller.write(_RAISED)
            caller.flush()
            caller.disconnectFromServer()
            caller.deleteLater()


def claim(data: Path) -> First | None:
    """The right to open the window of this folder; None if another process has it.

    A folder in which nothing can be locked is nobody's: opening the journal says what is wrong with it.
    """
    try:
        make_folder(data)
        lock = try_lock(data / LOCK_NAME)
    except (OSError, JournalError) as error:
        log.warning("window not locked: %s", error)
        return First(data, None)
    return First(data, lock) if lock else None


def show_first(data: Path) -> int:
    """The exit code of a second start, which shows the first window and does no more.

    Under systemd another one: with 0 the service would be started again and again (kakou.service).
    """
    if not raise_first(data):
        log.error("the window is open already, and does not answer")
        return NOT_ANSWERING
    return ELSEWHERE if is_service() else 0


def raise_first(data: Path, monotonic: Callable[[], float] = time.monotonic) -> bool:
    """Bring the window of this folder to the front; False if it does not answer."""
    due = monotonic() + ANSWER_S
    while True:
        if _ask(_name(data)):
            return True
        if monotonic() >= due:
            return False
        time.sleep(_TRY_MS / 1000)


def _ask(name: str) -> bool:
    line = QLocalSocket()
    line.setSocketOptions(QLocalSocket.SocketOption.AbstractNamespaceOption)
    line.connectToServer(name)
    if not line.waitForConnected(_TRY_MS):
        return False
    heard = line.waitForReadyRead(_ANSWER_MS) and line.readAll().data() == _RAISED
    line.abort()
    return heard


def _name(data: Path) -> str:
    """The same for every way of writing the folder, short enough for sun_path."""
    return f"kakou-{hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:32]}"
