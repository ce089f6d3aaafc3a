"""On which disk a data folder lay when it was used last: one that is not mounted looks like a first start.

Kept beside this user's programs, not in the data folder, which is what may be gone. Only of folders on a
disk of their own, such as a stick.
"""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec
import platformdirs

from station.journal.durable import make_folder, write_file

FILE_NAME = "places.json"
MOST = 20  # folders, the newest last

log = logging.getLogger(__name__)


class LastPlace:
    """Of one data folder. `state`: where this user's programs remember things."""

    def __init__(self, data: Path, state: Path | None = None) -> None:
        self._data = data.resolve()
        self._path = (state or Path(platformdirs.user_state_dir("kakou", appauthor=False))) / FILE_NAME

    def missing(self) -> Path | None:
        """Where the disk was mounted that holds the folder, and is not now."""
        mounted = self._load().get(str(self._data))
        if mounted is None or Path(mounted).is_mount() or any(self._data.glob("journal*")):
            return None
        return Path(mounted)

    def remember(self) -> None:
        """It is used now."""
        places, here = self._load(), mount_of(self._data)
        own_disk = here not in (mount_of(Path.home()), Path(here.anchor))
        wanted = {**places, str(self._data): str(here)} if own_disk else dict(places)
        if not own_disk:
            wanted.pop(str(self._data), None)
        if wanted != places:
            self._save(dict(list(wanted.items())[-MOST:]))

    def _load(self) -> dict[str, str]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, str])
        except FileNotFoundError:
            return {}
        except (OSError, msgspec.DecodeError) as error:
            log.warning("where folders lay is not known: %s", type(error).__name__)
            return {}

    def _save(self, places: dict[str, str]) -> None:
        try:
            make_folder(self._path.parent)
            write_file(self._path, msgspec.json.encode(places))
        except OSError as error:  # then a disk that is not there looks like a first start
            log.warning("where folders lie is not kept: %s", error)


def mount_of(folder: Path) -> Path:
    """Where the disk is mounted that holds this folder, or will when it is made."""
    return next((path for path in (folder, *folder.parents) if path.is_mount()), Path(folder.anchor))
