"""The file of a stick on the file system, for both ends; what is in it is `kkb`'s."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from station.journal.durable import sync_folder
from station.sync.kkb import SUFFIX, StickError, StickProblem


@contextmanager
def readable(path: Path) -> Iterator[BinaryIO]:
    """Raises StickError, while it is read too."""
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise StickError(StickProblem.UNREADABLE, str(error)) from error


def stick_path(to: Path, name: str) -> Path:
    """The file to write: `name` in a folder, or the very file. Raises StickError.

    A stick that is not plugged in is no folder; its name must not become a file on the disk.
    """
    if to.is_dir():
        return to / name
    if to.suffix.lower() != SUFFIX:
        raise StickError(StickProblem.UNREADABLE, f"{to} is no folder, and no file's name in {SUFFIX}")
    return to


@contextmanager
def whole_or_not(path: Path) -> Iterator[BinaryIO]:
    """A new file beside `path` that takes its name when it is on the stick, and is gone if it does not.

    Raises StickError.
    """
    new = path.with_name(f"{path.name}.part")
    try:
        try:
            with new.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            new.replace(path)
            sync_folder(path.parent)
        finally:
            new.unlink(missing_ok=True)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        raise StickError(StickProblem.FULL if full else StickProblem.UNREADABLE, str(error)) from error
