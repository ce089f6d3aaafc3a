"""DATA/log/crash.log: what the program died of, for the next start and for whoever looks into it.

Each start begins a section. Python writes the stacks of all threads when it is killed by a fault or by the
watchdog (faulthandler); uncaught exceptions and Qt's fatal messages are added. No words of exceptions.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from station.core.crash import Cause
from station.journal.durable import make_folder
from station.running.logfiles import FOLDER, places

FILE_NAME = "crash.log"
MOST_BYTES = 1_000_000  # then it becomes crash.log.1, in place of the one before
_MOST_OF_SECTION = (
    200_000  # bytes that uncaught exceptions of one start may fill: a slot may fail every second
)
_MOST_READ = 1_000_000

log = logging.getLogger(__name__)

_SECTION, _FATAL, _ENDED_BY = "=== start ", "Fatal Python error:", "ended by "
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


_CAUSES = (
    (Cause.CAMERA, r"devices[/\\](camera|looker|usb_camera|v4l2|sight|decode|readers|opencv|live)\b"),
    (Cause.SERIAL, r"devices[/\\](port_owner|serial_\w+|detect|thermal\w*|thermometers|scanners|relays)\b"),
    (Cause.SYNC, r"station[/\\](sync|center_\w+)\b"),
)


@contextmanager
def kept_crashes(data: Path) -> Iterator[None]:
    """Write down what goes wrong until the context is left."""
    path = data / FOLDER / FILE_NAME
    try:
        make_folder(path.parent)
        file = _begin(path)
    except OSError as error:
        log.warning("no crash log: %s", error)
        yield
        return
    hooks = sys.excepthook, threading.excepthook
    book = _Book(file)
    sys.excepthook, threading.excepthook = book.uncaught, book.uncaught_in_thread
    qt = qInstallMessageHandler(book.said_by_qt)
    ours = not faulthandler.is_enabled()  # else somebody who develops wants it elsewhere
    if ours:
        faulthandler.enable(file)
    try:
        yield
    except Exception as error:
        book.write(f"{_ENDED_BY}{places(error)}")
        raise
    finally:
        if ours:
            faulthandler.disable()
        qInstallMessageHandler(qt)
        sys.excepthook, threading.excepthook = hooks
        file.close()


def _begin(path: Path) -> TextIO:
    if path.exists() and path.stat().st_size > MOST_BYTES:
        path.replace(path.with_name(f"{FILE_NAME}.1"))
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    file = open(descriptor, "a", encoding="utf-8")  # noqa: SIM115 - open as long as the program runs
    file.write(f"{_SECTION}{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} pid {os.getpid()}\n")
    file.flush()
    return file


class _Book:
    """What the hooks write; they may be called in any thread."""

    def __init__(self, file: TextIO) -> None:
        self._file, self._left = file, _MOST_OF_SECTION
        self._lock = threading.Lock()

    def write(self, text: str) -> None:
        with self._lock:
            if self._left <= 0:
                return
            self._left -= len(text)
            try:
                self._file.write(text + "\n")
                self._file.flush()
            except (OSError, ValueError) as error:  # ValueError: closed, the program ends
                log.warning("crash log: %s", error)

    def uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt | SystemExit):
            sys.__excepthook__(kind, error, trace)
            return
        told = f"uncaught {places(error)}"
        log.critical("%s", told)
        self.write(told)
        if sys.stderr and sys.stderr.isatty():  # somebody who develops sits there
            sys.__excepthook__(kind, error, trace)

    def uncaught_in_thread(self, found: threading.ExceptHookArgs) -> None:
        if found.exc_value is not None:
            self.uncaught(found.exc_type, found.exc_value, found.exc_traceback)

    def said_by_qt(self, kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
        level = _LEVELS.get(kind, logging.WARNING)
        log.log(level, "Qt: %s", message)
        if level >= logging.CRITICAL:
            self.write(f"Qt: {message}")


def cause_of_last(data: Path) -> Cause:
    """What the start before this one ended of."""
    return cause(_section_before(data / FOLDER / FILE_NAME))


def cause(section: str) -> Cause:
    """Which part was at work when the program ended: the thread that crashed, not those beside it."""
    told = _of_who_crashed(section)
    if not told:
        return Cause.KILLED
    return next((cause for cause, pattern in _CAUSES if re.search(pattern, told)), Cause.PROGRAM)


def _of_who_crashed(section: str) -> str:
    """The stack of the thread that was current when it ended, or the exception that ended it.

    Other uncaught exceptions ended nothing: Qt goes on after one in a slot.
    """
    _, fatal, stacks = section.rpartition(_FATAL)
    if fatal:
        current = re.search(r"Current thread .*?(?=\n\s*\n|\Z)", stacks, re.S)
        return current[0] if current else stacks
    return section.rpartition(_ENDED_BY)[2] if _ENDED_BY in section else ""


def _section_before(path: Path) -> str:
    """The newest section of another process."""
    try:
        with path.open("rb") as file:
            file.seek(max(path.stat().st_size - _MOST_READ, 0))
            sections = file.read().decode("utf-8", "replace").split(_SECTION)[1:]
    except OSError as error:
        log.info("no crash log to read: %s", error)
        return ""
    mine = f"pid {os.getpid()}\n"
    return next((section for section in reversed(sections) if mine not in section), "")
