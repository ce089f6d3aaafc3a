"""The center's data folder, and files in it that survive a cut of power and are for their owner only."""

from __future__ import annotations

import contextlib
import logging
import os
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import platformdirs

from station.journal.durable import is_there, sync_folder

log = logging.getLogger(__name__)
_SERVED = "serving.lock"  # held by the open center; the folder itself is locked while a command begins


def default_folder() -> Path:
    """Where this user's center keeps its keys and its database, e.g. ~/.local/share/kakou-center."""
    return Path(platformdirs.user_data_dir("kakou-center", appauthor=False))


def how_to_type(data: Path) -> str:
    """How a command of this center begins on this PC: installed, or from the source tree."""
    program = "center" if shutil.which("center") else "./run center"
    return program if data == default_folder() else f"{program} --data {shlex.quote(str(data))}"


def make_folder(folder: Path) -> None:
    """Make the folder, for its owner only, if it is not there. Raises OSError."""
    if not is_there(folder):
        folder.mkdir(mode=0o700, parents=True)
        give_to_owner(folder, folder.parent)
        sync_folder(folder.parent)


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Whoever comes meanwhile waits; it ends with the program at the latest. Raises OSError."""
    try:
        from fcntl import LOCK_EX, flock
    except ImportError:  # Windows, where no service starts beside an admin's first command
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # a folder of another computer may know no locks
            flock(descriptor, LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def serving_alone_in(folder: Path) -> Iterator[None]:
    """Raises BlockingIOError if another program serves this folder already, and OSError."""
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock
    except ImportError:  # Windows
        yield
        return
    descriptor = os.open(folder / _SERVED, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        give_to_owner(descriptor, folder)
        try:
            flock(descriptor, LOCK_EX | LOCK_NB)  # ends with the program, however that ends
        except BlockingIOError:
            raise
        except OSError as error:  # a folder of another computer may know no locks
            log.warning("whether another center serves this folder cannot be told: %s", error.strerror)
        yield
    finally:
        os.close(descriptor)


def give_to_owner(made: int | Path, folder: Path) -> None:
    """What root makes in a service's folder is the service's own, as SQLite does it with its files.

    Else one command behind `sudo` leaves a file that no backup and no restart could read any more. Files by
    their descriptor: the service's user may put a link of that name there, and would own what it leads to.
    """
    if os.name == "nt" or os.geteuid() != 0:
        return
    owner = folder.stat()
    if isinstance(made, int):
        os.fchown(made, owner.st_uid, owner.st_gid)
    else:
        os.chown(made, owner.st_uid, owner.st_gid, follow_symlinks=False)


def make_own(path: Path, flags: int) -> int:
    """A new file for its owner only; of root, for the folder's owner. Raises FileExistsError, OSError."""
    descriptor = os.open(path, flags | os.O_CREAT | os.O_EXCL, 0o600)
    give_to_owner(descriptor, path.parent)
    return descriptor


def write_file(path: Path, content: bytes) -> None:
    """After a crash there is the whole new file, or the former state. Raises OSError."""
    _write_beside(path, content).replace(path)
    sync_folder(path.parent)


def create_file(path: Path, content: bytes) -> None:
    """The same for a file that must never be replaced: if somebody else made it meanwhile, theirs stays."""
    new = _write_beside(path, content)
    with contextlib.suppress(FileExistsError):
        os.link(new, path)
    new.unlink()
    sync_folder(path.parent)


def _write_beside(path: Path, content: bytes) -> Path:
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    new.unlink(missing_ok=True)  # of a crash, perhaps with other rights
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
        give_to_owner(file.fileno(), path.parent)
    return new
