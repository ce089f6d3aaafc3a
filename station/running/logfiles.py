"""The log of a gate that runs for months: a few files of bounded size in DATA/log, without personal data.

Messages are written without it (CONTRIBUTING.md); what an exception says is not ours to know, so of
exceptions only their type and the places they passed through are written.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from station.journal.durable import make_folder

FOLDER = "log"
FILE_NAME = "station.log"
MOST_BYTES, KEPT = 1_500_000, 4  # with the newest: 7.5 MB, and crash.log may take 2 MB beside it
_LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"

log = logging.getLogger(__name__)


def places(error: BaseException) -> str:
    """The type of an exception and where it passed through; never its message, which may name a person."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"  {short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    code = f" errno {error.errno}" if isinstance(error, OSError) and error.errno else ""
    return "\n".join([f"{type(error).__name__}{code}", *lines])


def short(filename: str) -> str:
    """A source file without the folders of this machine."""
    return "/".join(Path(filename).parts[-3:])


class Impersonal(logging.Formatter):
    """Like Formatter, without the words of exceptions."""

    def __init__(self) -> None:
        super().__init__(_LINE)

    def format(self, record: logging.LogRecord) -> str:
        record = logging.makeLogRecord(
            {**record.__dict__, "exc_text": None}
        )  # another handler's may be in it
        return super().format(record)

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        return places(ei[1]) if ei[1] else ""


class LogFile(RotatingFileHandler):
    """A full disk costs log lines, never the gate; it is said once on standard error."""

    def __init__(self, path: Path, most_bytes: int = MOST_BYTES, kept: int = KEPT) -> None:
        super().__init__(path, maxBytes=most_bytes, backupCount=kept, encoding="utf-8")
        self.setFormatter(Impersonal())
        self.setLevel(logging.INFO)
        self._failed = False

    def handleError(self, record: logging.LogRecord) -> None:
        self._lose(sys.exc_info()[1])

    def close(self) -> None:
        try:
            super().close()
        except OSError as error:  # the last lines found no room either
            self._lose(error)

    def _lose(self, error: BaseException | None) -> None:
        if not self._failed:
            sys.stderr.write(f"{self.baseFilename}: {error}; lines are lost\n")
        self._failed = True


@contextmanager
def kept_log(data: Path) -> Iterator[None]:
    """Log to DATA/log as well, from INFO on; what goes to standard error stays as it is."""
    root = logging.getLogger()
    try:
        make_folder(data)
        make_folder(data / FOLDER)
        file = LogFile(data / FOLDER / FILE_NAME)
    except OSError as error:  # whoever opens the journal next says what is wrong with the folder
        log.warning("no log file: %s", error)
        yield
        return
    before = root.level
    others = [(handler, handler.level) for handler in root.handlers if type(handler) is logging.StreamHandler]
    for handler, level in others:
        handler.setLevel(max(level, before))
    root.setLevel(min(before, logging.INFO))
    root.addHandler(file)
    try:
        yield
    finally:
        root.removeHandler(file)
        root.setLevel(before)
        for handler, level in others:
            handler.setLevel(level)
        file.close()
