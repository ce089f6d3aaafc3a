"""Lists that lie where admins keep them: on memory sticks and among the documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from station.ui.admin.places import Place

KINDS = frozenset({".xlsx", ".xls", ".csv", ".ods"})
_MOST = 100  # files; a stick may hold thousands


@dataclass(frozen=True, slots=True)
class ListFile:
    path: Path
    place: str
    at: datetime  # of the last change, in the PC's time zone


def list_files(where: Sequence[Place]) -> list[ListFile]:
    """Newest first. Folders that cannot be read hold none; not deeper than one folder in each place."""
    found = [file for place in where for file in _of_place(place)]
    return sorted(found, key=lambda file: file.at, reverse=True)[:_MOST]


def _of_place(place: Place) -> Iterator[ListFile]:
    for path in _paths(place.folder):
        if path.suffix.lower() in KINDS and not path.name.startswith((".", "~$")):  # ~$: open in Excel
            try:
                at = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
            except OSError:  # taken away just now: then it is not there
                continue
            yield ListFile(path, place.title, at)


def _paths(folder: Path) -> list[Path]:
    try:
        here = [path for path in folder.iterdir() if not path.name.startswith(".")]
        deeper = [inner for path in here if path.is_dir() for inner in _inside(path)]
    except OSError:
        return []
    return [*here, *deeper]


def _inside(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []
