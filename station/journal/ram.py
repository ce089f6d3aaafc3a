"""The open data keys in memory, for as long as the PC is on: a gate that crashed goes on within seconds.

A file in the run-time folder of the user, and only if that lies in memory (tmpfs): no disk holds it but for
swap, and a cut of power takes it away. Where there is none (Windows, a service without a session) a gate
that crashed is locked until somebody signs in. What is as old as `GOOD_FOR_S` counts no more: a living gate
renews it.
"""

from __future__ import annotations

import os
import time
from hashlib import sha256
from pathlib import Path

from station.journal import keyring
from station.journal.keyring import Keyring, RingError

GOOD_FOR_S = 15 * 60.0
_MOUNTS = Path("/proc/self/mountinfo")  # proc_pid_mountinfo(5)
_IN_MEMORY = ("tmpfs", "ramfs")


def remember(folder: Path, ring: Keyring) -> bool:
    """Keep the keys of this data folder; False if this PC has no such place."""
    path = _path(folder)
    if path is None:
        return False
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        new = path.with_name(f"{path.name}.new")
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(ring.encode())
        new.replace(path)
    except OSError:
        return False
    return True


def recall(folder: Path) -> Keyring | None:
    """The keys, if a gate of this folder had them open a moment ago."""
    path = _path(folder)
    if path is None:
        return None
    try:
        if path.stat().st_uid != os.getuid() or not 0 <= time.time() - path.stat().st_mtime < GOOD_FOR_S:
            return None
        return keyring.decode(path.read_bytes())
    except (OSError, RingError):
        return None


def forget(folder: Path) -> None:
    """Raises OSError if it cannot be taken away."""
    path = _path(folder)
    if path:
        path.unlink(missing_ok=True)


def _path(folder: Path) -> Path | None:
    run = os.environ.get("XDG_RUNTIME_DIR", "")
    if os.name == "nt" or not run or not _is_in_memory(Path(run)):
        return None
    name = sha256(str(folder.absolute()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return Path(run) / "kakou" / f"{name}.key"


def _is_in_memory(folder: Path) -> bool:
    try:
        device = os.stat(folder).st_dev
        lines = _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    wanted = f"{os.major(device)}:{os.minor(device)}"
    for line in lines:
        fields, _, rest = line.partition(" - ")
        if fields.split()[2] == wanted:
            return rest.split()[0] in _IN_MEMORY
    return False
