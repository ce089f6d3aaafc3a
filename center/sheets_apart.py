"""Uploaded tables are read in a process of their own, with bounds: a bomb takes that process, not the center.

CSV is read here: it cannot be larger than it is. `python -m center.sheets_apart` is that process.
"""

from __future__ import annotations

import os
import subprocess
import sys

import msgspec

from station.roster.bounds import MOST_ROWS
from station.roster.problems import FileError, FileTrouble
from station.roster.sheets import Sheet, read_sheets

MOST_UPLOAD = 10 * 1024 * 1024  # bytes; 100,000 people are about 8 MB as XLSX
WITHIN_S = 60.0
_MOST_MEMORY = 2 * 1024**3
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_REFUSED = 3


def read_apart(content: bytes) -> list[Sheet]:
    """Every sheet that has rows. Raises FileError."""
    if content.count(b"\n") > MOST_ROWS and not content.startswith(_PACKED):
        raise FileError(FileTrouble.TOO_LARGE)
    return _read(content)


def _read(content: bytes) -> list[Sheet]:
    if len(content) > MOST_UPLOAD:
        raise FileError(FileTrouble.TOO_LARGE)
    if not content.startswith(_PACKED):
        return read_sheets(content)
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "center.sheets_apart"],
            input=content,
            capture_output=True,
            timeout=WITHIN_S,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )
    except subprocess.TimeoutExpired as error:
        raise FileError(FileTrouble.TOO_LARGE) from error
    if done.returncode == _REFUSED:
        raise FileError(FileTrouble(done.stdout.decode("ascii")))
    if done.returncode != 0:
        raise FileError(FileTrouble.TOO_LARGE if b"MemoryError" in done.stderr else FileTrouble.DAMAGED)
    return msgspec.msgpack.decode(done.stdout, type=list[Sheet])


def _answer() -> int:
    """What the process of its own does: a table in, sheets out."""
    _bound_memory()
    try:
        sheets = read_sheets(sys.stdin.buffer.read(MOST_UPLOAD + 1))
    except FileError as error:
        sys.stdout.write(error.what.value)
        return _REFUSED
    sys.stdout.buffer.write(msgspec.msgpack.encode(sheets))
    return 0


def _bound_memory() -> None:
    try:
        from resource import RLIMIT_AS, RLIMIT_CPU, setrlimit
    except ImportError:  # Windows has none; there the bounds of station.roster.bounds hold alone
        return
    setrlimit(RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    setrlimit(RLIMIT_CPU, (int(WITHIN_S), int(WITHIN_S)))


if __name__ == "__main__":
    sys.exit(_answer())
