"""A real, small disk for a station: a file system in memory that can be filled and emptied."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

SIZE = "3m"  # an empty journal has half a megabyte, and its WAL as much


class SmallDisk:
    """Mounted at `path` while used as a context manager. Skips the test where mounting is not allowed."""

    def __init__(self, path: Path, size: str = SIZE, *, over: bool = False) -> None:
        """`over`: another one in the place of one that was pulled out, which open files still see."""
        if shutil.which("mount") is None or os.geteuid() != 0:
            pytest.skip("mounting a small disk needs root")
        self.path, self._size, self._over = path, size, over
        self._ballast = path / "ballast"

    def __enter__(self) -> Self:
        self.path.mkdir(exist_ok=self._over)
        mount = ("mount", "-t", "tmpfs", "-o", f"size={self._size}", "kakou-test", str(self.path))
        done = subprocess.run(mount, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            pytest.skip(f"cannot mount a small disk: {done.stderr.strip()}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        subprocess.run(("umount", "--lazy", str(self.path)), check=True)

    def fill(self) -> None:
        """Somebody's holiday films: not one byte is left."""
        with self._ballast.open("wb", buffering=0) as file:
            while _fits(file.fileno()):
                pass

    def make_room(self) -> None:
        self._ballast.unlink()


def _fits(file: int) -> bool:
    try:
        os.write(file, bytes(4096))
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        return False
    return True
