"""A backup becomes a data folder again, on this PC or another: a new incarnation, with all that there was.

Never over an existing journal. The folder appears when everything in it is whole, or not at all.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import IO

from station.core.audit import Audited, Event
from station.journal import audit, incarnation
from station.journal.backup import (
    LIST_NAME,
    BackupError,
    Contents,
    Progress,
    decode_contents,
    each_member,
)
from station.journal.check import CheckReport, check
from station.journal.connection import FILE_NAME, open_writer, transaction
from station.journal.durable import is_there, make_folder, sync_folder
from station.journal.errors import storage_errors
from station.journal.fingerprint import machine_fingerprint
from station.journal.sealing import open_sealed
from station.journal.vault import open_vault

_READ = 1 << 20
_RESTORED = "restored"
_OF_A_JOURNAL = ("", "-wal", "-shm", "-journal")


class NotEmptyError(Exception):
    """There is a journal, a part or a key of one, in that folder already: a backup never goes over it."""


@dataclass(frozen=True, slots=True)
class Restored:
    contents: Contents
    report: CheckReport


def restore(
    file: Path,
    folder: Path,
    passphrase: str,
    *,
    now: datetime,
    fingerprint: Callable[[Path], str] = machine_fingerprint,
    progress: Progress = lambda done, total: None,
) -> Restored:
    """Unpack, verify, begin a new incarnation, and only then be there.

    `progress`: the first half is unpacking, the second is checking what came back.
    Raises NotEmptyError, SealedFileError, BackupError, JournalError, VaultError, OSError, and whatever
    `progress` raises.
    """
    refuse_if_there(folder)
    folder = folder.resolve()  # a link to another disk stays one
    make_folder(folder.parent)
    made = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        contents = _unpack(file, made, passphrase, progress)
        with storage_errors():
            report = check(made, progress=lambda done, total: progress(total + done, 2 * total))
            _begin_anew(made, now, fingerprint)
            _put_in_place(made, folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return Restored(contents, report)


def refuse_if_there(folder: Path) -> None:
    """Raises NotEmptyError. What SQLite left beside a journal that is gone it would mix into any other of
    that name (https://www.sqlite.org/howtocorrupt.html, section 1.4), and there may be entries in it.
    """
    if any(is_there(folder / f"{FILE_NAME}{beside}") for beside in _OF_A_JOURNAL):
        raise NotEmptyError(str(folder))
    if any(folder.glob("*.key")):
        raise NotEmptyError(str(folder))


def _unpack(file: Path, folder: Path, passphrase: str, progress: Progress) -> Contents:
    """Raises SealedFileError, BackupError."""
    contents, sizes, done = None, dict[str, int](), 0
    with file.open("rb") as sealed:
        total = max(os.fstat(sealed.fileno()).st_size, 1)
        for name, content in each_member(sealed, passphrase):
            if name == LIST_NAME:
                contents = decode_contents(content.read())
                continue
            path = folder / name
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as to:
                for size in _copied(content, to):
                    done += size
                    sizes[name] = sizes.get(name, 0) + size
                    progress(min(done, total), 2 * total)
    # Each byte was authenticated by its piece; this tells a list of other files.
    if contents is None or sizes != {one.name: one.size for one in contents.members}:
        raise BackupError("the files are not those of the list")
    return contents


def _copied(content: IO[bytes], to: IO[bytes]) -> Iterator[int]:
    """Copies; yields how many bytes each time, at least once."""
    while data := content.read(_READ):
        yield to.write(data)
    to.flush()
    os.fsync(to.fileno())
    yield 0


def _begin_anew(folder: Path, now: datetime, fingerprint: Callable[[Path], str]) -> None:
    """Always, also on the same PC: what that one wrote after the backup has the next numbers already."""
    vault = open_vault(folder, create=False)
    with closing(open_writer(folder)) as connection:
        open_sealed(connection, vault.rows)
        with transaction(connection):
            before = incarnation.current(connection)
            if before is None or before.data_key_id != vault.data_key_id:
                raise BackupError("the keys are not of this journal")
            head = incarnation.head(connection, before)[1]
            incarnation.begin(connection, before, head, incarnation.MOVED, now)
            incarnation.keep_fingerprint(connection, fingerprint(folder / FILE_NAME))
            facts = incarnation.numbered_anew(connection, _RESTORED)
            event = Event(Audited.RESTORED, facts=facts, by_duty=False)
            audit.write(audit.Unattended(connection, vault), event, now)


def _put_in_place(made: Path, folder: Path) -> None:
    """One rename; what else lies in the folder, such as logs, stays."""
    refuse_if_there(folder)
    if is_there(folder):
        ours = {path.name for path in made.iterdir()}
        others = [path for path in folder.iterdir() if path.name not in ours]
        try:
            for path in others:
                path.replace(made / path.name)
            shutil.rmtree(folder)
        except OSError:
            for path in others:
                if not is_there(path):
                    (made / path.name).replace(path)
            raise
    made.replace(folder)
    sync_folder(folder.parent)
