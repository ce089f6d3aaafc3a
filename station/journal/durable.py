"""Files and folders that survive a cut of power. Knows nothing of what is in them."""

from __future__ import annotations

import os
from pathlib import Path


def is_there(path: Path) -> bool:
    """Raises OSError for what cannot be looked at: from Python 3.14 on, Path.exists calls that absent."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def make_folder(folder: Path) -> None:
    """Make the folder, for its owner only, if it is not there."""
    if not is_there(folder):
        folder.mkdir(mode=0o700, parents=True)
        sync_folder(folder.parent)


def write_file(path: Path, content: bytes) -> None:
    """Write a file for its owner only: after a crash there is the whole file or none."""
    new = path.with_name(f"{path.name}.new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable: fsync(2) of a file does not cover its directory entry."""
    if os.name == "nt":
        return  # Windows cannot open a folder for this, and NTFS journals its names
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
