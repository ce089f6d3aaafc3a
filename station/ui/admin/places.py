"""Where a file for the admin can go: this account's documents, and memory sticks that are plugged in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths, QStorageInfo

translate = QCoreApplication.translate

_MOUNTED_BY_DESKTOPS = ("/media/", "/run/media/", "/mnt/")  # udisks2 and by hand


@dataclass(frozen=True, slots=True)
class Place:
    title: str
    folder: Path


def sticks() -> Sequence[Place]:
    """Memory sticks and other disks that are plugged in and can be written to."""
    return [
        Place(translate("admin", "U 盘 {name}").format(name=volume.displayName()), Path(volume.rootPath()))
        for volume in QStorageInfo.mountedVolumes()
        if volume.isReady() and not volume.isReadOnly() and volume.rootPath().startswith(_MOUNTED_BY_DESKTOPS)
    ]


def places() -> Sequence[Place]:
    """Memory sticks first: whoever plugged one in wants the file there."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return [*sticks(), Place(translate("admin", "“文档”文件夹"), Path(documents))]
