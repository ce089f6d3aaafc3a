"""A backup: the whole station in one sealed file, made while the gate runs; complete or not there at all.

Inside is a tar: the journal as it was at one moment (SQLite's online backup), the keys, the settings, trust
lists, own voice files, and at the end a list of all of them with their SHA-256. What was written is read back
before it gets its name. How it is opened again: restoring.py.
"""

from __future__ import annotations

import os
import sqlite3
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import msgspec

from station.core.entry import to_ms
from station.journal import incarnation
from station.journal.connection import FILE_NAME, open_reader
from station.journal.durable import is_there, sync_folder
from station.journal.errors import storage_errors
from station.journal.migrations import version
from station.journal.sealed_file import Opening, Sealing

ENDING = ".kakou"
WORKING_FOLDERS = ".backup-*"  # beside the journal, while one is made
LIST_NAME = "contents.json"
LEAST_PASSPHRASE = 10  # characters: the file lies on a stick that may be lost
_FOLDERS = ("trust", "voice")
_PAGES_AT_ONCE = 1024
_READ = 1 << 20

Progress = Callable[[int, int], None]  # bytes of bytes; raises to stop


class Member(msgspec.Struct, frozen=True):
    name: str
    size: int
    sha256: str


class Contents(msgspec.Struct, frozen=True):
    """What is in a backup. Fields only ever append."""

    made_at_ms: int
    schema: int  # of the journal
    station: str
    incarnation: int
    head_number: int
    head: str
    members: tuple[Member, ...]
    v: int = 1


class BackupError(Exception):
    """It was not made; nothing lies there now."""


@dataclass(frozen=True, slots=True)
class Made:
    path: Path
    size: int
    contents: Contents


def make_backup(
    folder: Path,
    target: Path,
    passphrase: str,
    *,
    now: datetime,
    progress: Progress = lambda done, total: None,
    log_n: int | None = None,
) -> Made:
    """Write a backup and read it back. Any thread and any program may, beside the gate.

    Raises NoJournalError, JournalError, OSError, BackupError if what was read back is not what was written,
    and whatever `progress` raises; then there is no file, and a former one of this name is as it was.
    """
    part = target.with_name(f"{target.name}.part")
    with TemporaryDirectory(prefix=WORKING_FOLDERS[:-1], dir=folder) as temporary:
        copy = Path(temporary) / FILE_NAME
        files = own_files(folder)
        total = 4 * (folder / FILE_NAME).stat().st_size + sum(path.stat().st_size for path in files)
        steps = _Steps(progress, max(total, 1))
        with storage_errors():  # of the journal only: a full stick is no fault of it
            _copy_journal(folder, copy, steps)
        with _taken_away_unless_done(part):
            with _created(part) as file:
                contents = _write(file, passphrase, copy, folder, files, steps, now, log_n)
                file.flush()
                os.fsync(file.fileno())
                _forget_cached(file)
            verify(part, passphrase, contents, steps.add)
            part.replace(target)
    sync_folder(target.parent)
    return Made(target, target.stat().st_size, contents)


def own_files(folder: Path) -> list[Path]:
    """What belongs to a station beside its journal. Logs, locks and other programs' files do not."""
    found = [*sorted(folder.glob("*.key")), *(path for path in [folder / "settings.toml"] if is_there(path))]
    for name in _FOLDERS:
        found += sorted(path for path in (folder / name).rglob("*") if path.is_file())
    return found


def verify(path: Path, passphrase: str, wanted: Contents | None, read: Callable[[int], None]) -> Contents:
    """Read a backup to its end, and compare every file with the list. Raises SealedFileError, BackupError."""
    with path.open("rb") as file:
        members, contents = [], None
        for name, content in each_member(file, passphrase):
            if name == LIST_NAME:
                contents = decode_contents(content.read())
                continue
            digest, size = sha256(), 0
            while data := content.read(_READ):
                digest.update(data)
                size += len(data)
                read(len(data))
            members.append(Member(name, size, digest.hexdigest()))
    if contents is None or contents.members != tuple(members) or (wanted and contents != wanted):
        raise BackupError("what was read back is not what was written")
    return contents


def each_member(file: IO[bytes], passphrase: str) -> Iterator[tuple[str, IO[bytes]]]:
    """Every file in a backup, in its order. Raises SealedFileError, BackupError for what no backup holds."""
    with closing(Opening(file, passphrase)) as clear:
        try:
            with tarfile.open(fileobj=clear, mode="r|") as archive:
                for one in archive:
                    content = archive.extractfile(one) if one.isfile() else None
                    if content is None or not _is_ours(one.name):
                        raise BackupError(f"a backup holds nothing like {one.name!r}")
                    yield one.name, content
        except tarfile.TarError as error:
            raise BackupError(str(error)) from error
        while clear.read(_READ):  # to the very end, so that a file that was cut there is found out
            continue


def decode_contents(record: bytes) -> Contents:
    """Raises BackupError."""
    try:
        contents = msgspec.json.decode(record, type=Contents)
    except msgspec.DecodeError as error:
        raise BackupError(str(error)) from error
    if contents.v != 1:
        raise BackupError(f"a backup of version {contents.v}")
    return contents


def _is_ours(name: str) -> bool:
    """Names are made here: nothing that climbs out of the folder, and nothing that is not a station's."""
    parts = name.split("/")
    if any(part in ("", ".", "..") or "\\" in part or ":" in part for part in parts):
        return False
    if len(parts) == 1:
        return name in (FILE_NAME, "settings.toml", LIST_NAME) or name.endswith(".key")
    return parts[0] in _FOLDERS


# --- writing ------------------------------------------------------------------------------------


class _Steps:
    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def add(self, count: int) -> None:
        self._done += count
        self._progress(min(self._done, self._total), self._total)


def _copy_journal(folder: Path, copy: Path, steps: _Steps) -> None:
    """As of one moment. An open reading transaction holds it: else every entry would begin the copy anew
    (https://www.sqlite.org/backup.html, "the backup process is restarted")."""
    copy.touch(mode=0o600)
    with closing(open_reader(folder)) as source, closing(sqlite3.connect(copy)) as to:
        (size,) = source.execute("PRAGMA page_size").fetchone()
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM incarnation").fetchone()

        def copied(status: int, remaining: int, total: int) -> None:
            steps.add(size * min(_PAGES_AT_ONCE, total))

        source.backup(to, pages=_PAGES_AT_ONCE, progress=copied)
        source.execute("ROLLBACK")
        to.execute("PRAGMA journal_mode = DELETE").fetchall()
        found = to.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise BackupError(f"the copy of the journal is damaged: {found}")


def _write(
    file: IO[bytes],
    passphrase: str,
    copy: Path,
    folder: Path,
    files: list[Path],
    steps: _Steps,
    now: datetime,
    log_n: int | None,
) -> Contents:
    sealing = Sealing(file, passphrase, log_n=log_n) if log_n else Sealing(file, passphrase)
    members = []
    with tarfile.open(fileobj=sealing, mode="w|", format=tarfile.PAX_FORMAT) as archive:
        for path, name in ((copy, FILE_NAME), *((one, one.relative_to(folder).as_posix()) for one in files)):
            members.append(_add(archive, path, name, steps))
        with storage_errors():
            contents = _contents(copy, tuple(members), now)
        record = msgspec.json.encode(contents)
        archive.addfile(_info(LIST_NAME, len(record)), BytesIO(record))
    sealing.finish()
    return contents


def _add(archive: tarfile.TarFile, path: Path, name: str, steps: _Steps) -> Member:
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        reading = _Counted(file, steps)
        archive.addfile(_info(name, size), reading)
    return Member(name, size, reading.digest.hexdigest())


class _Counted:
    """A file that is hashed and counted as it is read."""

    def __init__(self, file: IO[bytes], steps: _Steps) -> None:
        self._file, self._steps, self.digest = file, steps, sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.digest.update(data)
        self._steps.add(len(data))
        return data


def _info(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


def _contents(copy: Path, members: tuple[Member, ...], now: datetime) -> Contents:
    with closing(sqlite3.connect(f"{copy.as_uri()}?mode=ro", uri=True)) as connection:
        running = incarnation.current(connection)
        if running is None:
            raise BackupError("the journal was never begun")
        number, head = incarnation.head(connection, running)
        return Contents(
            to_ms(now), version(connection), running.station.hex(), running.id, number, head.hex(), members
        )


@contextmanager
def _created(path: Path) -> Iterator[IO[bytes]]:
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
        yield file


@contextmanager
def _taken_away_unless_done(part: Path) -> Iterator[None]:
    """Whatever happens, half a backup is never left behind."""
    try:
        yield
    finally:
        part.unlink(missing_ok=True)


def _forget_cached(file: IO[bytes]) -> None:
    """Read it back from the stick, and not from this PC's memory."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
