"""On which disk a data folder lay when it was used last: one that is not mounted looks like a first start.

Kept beside this user's programs, not in the data folder, which is what may be gone. Only of folders on a
disk of their own, such as a stick.
"""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec
import platformdirs

from station.journal.durable import is_there, make_folder, write_file

FILE_NAME = "places.json"
MOST = 20  # folders, the newest last

log = logging.getLogger(__name__)


class LastPlace:
    """Of one data folder. `state`: where this user's programs remember things."""

    def __init__(self, data: Path, state: Path | None = None) -> None:
        self._data = data.resolve()
        self.kept_in = (state or Path(platformdirs.user_state_dir("kakou", appauthor=False))) / FILE_NAME

    def missing(self) -> Path | None:
        """Where the disk was mounted that holds the folder, and is not now."""
        mounted = self._load().get(str(self._data))
        if mounted is None:
            return None
        try:
            there = _is_mount(Path(mounted)) or any(self._data.glob("journal*"))
        except PermissionError:
            return None  # another user's: who opens it is told that
        except OSError as error:  # it was pulled out, and its folder answers nothing
            log.warning("%s: %s", mounted, error)
            there = False
        return None if there else Path(mounted)

    def remember(self) -> None:
        """It is used now."""
        try:
            here, home = mount_of(self._data), mount_of(Path.home())
        except OSError as error:  # whoever opens it is told why
            log.warning("where the folder lies is not known: %s", error)
            return
        places, own_disk = self._load(), here not in (home, Path(here.anchor))
        wanted = {**places, str(self._data): str(here)} if own_disk else dict(places)
        if not own_disk:
            wanted.pop(str(self._data), None)
        if wanted != places:
            self._save(dict(list(wanted.items())[-MOST:]))

    def _load(self) -> dict[str, str]:
        try:
            return msgspec.json.decode(self.kept_in.read_bytes(), type=dict[str, str])
        except FileNotFoundError:
            return {}
        except (OSError, msgspec.DecodeError) as error:
            log.warning("where folders lay is not known: %s", type(error).__name__)
            return {}

    def _save(self, places: dict[str, str]) -> None:
        try:
            make_folder(self.kept_in.parent)
            write_file(self.kept_in, msgspec.json.encode(places))
        except OSError as error:  # then a disk that is not there looks like a first start
            log.warning("where folders lie is not kept: %s", error)


def mount_of(folder: Path) -> Path:
    """Where the disk is mounted that holds this folder, or will when it is made. Raises OSError."""
    return next((path for path in (folder, *folder.parents) if _is_mount(path)), Path(folder.anchor))


def _is_mount(path: Path) -> bool:
    """Raises OSError for what cannot be looked at: from Python 3.13 on, Path.is_mount calls that none."""
    return is_there(path) and path.is_mount()
