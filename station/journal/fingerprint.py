"""What tells this disk in this machine from a copy of it, to notice that a journal was moved or copied.

Of the machine: systemd's machine-id, or Windows' MachineGuid. Both are made at installation and survive
reboots, updates of the kernel and other network cards; unlike serial numbers of hardware they can be read by
everybody. Of the place: the journal's own inode, which no copy and no restored backup keeps, with the id of
its file system where that is part of the file system. On file systems that make their inodes up at every
mount (FAT, network folders) the machine alone counts.

A disk whose every byte was cloned keeps all of this; then the center notices the fork.
"""

from __future__ import annotations

import os
import sys
from hashlib import sha256
from pathlib import Path

_MACHINE_IDS = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))  # machine-id(5)
_MOUNTS = Path("/proc/self/mountinfo")  # proc_pid_mountinfo(5)
_KEEP_INODES = {"ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "zfs"}
_KEEP_ID = {
    "ext2",
    "ext3",
    "ext4",
    "btrfs",
}  # f_fsid is made of the UUID; xfs and f2fs take the device number


def machine_fingerprint(journal: Path) -> str:
    """Of this journal file on this machine, as hexadecimal digits; empty if nothing can be told."""
    parts = [*_machine(), *_place(journal)]
    return sha256("\0".join(parts).encode()).hexdigest()[:32] if parts else ""


if sys.platform == "win32":

    def _machine() -> list[str]:
        import winreg

        where = r"SOFTWARE\Microsoft\Cryptography"
        try:
            with winreg.OpenKey(
                winreg.HKEY_LOCAL_MACHINE, where, access=winreg.KEY_READ | winreg.KEY_WOW64_64KEY
            ) as key:
                return [f"machine {winreg.QueryValueEx(key, 'MachineGuid')[0]}"]
        except OSError:
            return []

    def _place(journal: Path) -> list[str]:
        """NTFS: the file's id and the volume's serial number, both cut to what every Python tells alike."""
        found = journal.stat()
        return [f"file {found.st_ino & (1 << 64) - 1}", f"volume {found.st_dev & 0xFFFFFFFF}"]

else:

    def _machine() -> list[str]:
        for path in _MACHINE_IDS:
            if text := _read(path).strip():
                return [f"machine {text}"]
        return []

    def _place(journal: Path) -> list[str]:
        kind = file_system(journal.resolve(), _read(_MOUNTS))
        found = [f"file {journal.stat().st_ino}"] if kind in _KEEP_INODES else []
        if kind in _KEEP_ID:
            found.append(f"volume {os.statvfs(journal).f_fsid}")
        return found


def file_system(path: Path, mounts: str) -> str:
    """The type of the file system that a path lies on, by the text of mountinfo; empty if it does not say."""
    best = Path(), ""
    for line in mounts.splitlines():
        fields = line.split()
        mark = fields.index("-") if "-" in fields else len(fields)
        if len(fields) > mark + 1:
            point = Path(
                fields[4].encode().decode("unicode_escape").encode("latin-1").decode(errors="replace")
            )
            if path.is_relative_to(point) and len(point.parts) >= len(best[0].parts):
                best = point, fields[mark + 1]
    return best[1]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""  # a container without it: then the rest must tell
