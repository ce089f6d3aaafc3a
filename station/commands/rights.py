"""What in the data folder this user may not use: after one `sudo` it is root's, and the gate stays shut."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from station.commands.words import translate


def not_ours(data: Path) -> Path | None:
    """The folder, or the first thing in it, that belongs to somebody else and is closed to us."""
    if not hasattr(os, "geteuid"):
        return None  # Windows has rights of its own
    return next((path for path in _everything(data) if _is_closed(path)), None)


def advice(data: Path) -> str:
    """Whose it is and what to do; "" if rights are not what is wrong."""
    path = not_ours(data)
    if path is None:
        return ""
    owner, me = path.lstat().st_uid, _name(os.geteuid())
    if owner:
        words = translate("cli", "{} 是用户 {} 的，{} 不能用。请以 {} 运行")
        return words.format(path, _name(owner), me, _name(owner))
    words = translate(
        "cli", "{} 是 root 的（用过 sudo），{} 不能用。还给自己：sudo chown -R {} {}，以后不要用 sudo"
    )
    return words.format(path, me, me, data)


def _everything(data: Path) -> Iterator[Path]:
    yield data
    for folder, folders, files in os.walk(data):
        yield from (Path(folder, name) for name in sorted((*folders, *files)))


def _is_closed(path: Path) -> bool:
    try:
        found = path.stat()
    except OSError:  # a folder above it is closed, or it is gone
        return False
    return found.st_uid != os.geteuid() and not os.access(path, os.R_OK | os.W_OK, effective_ids=True)


def _name(user: int) -> str:
    import pwd  # Windows has none

    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)
