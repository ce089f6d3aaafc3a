"""What the journal takes on its disk in a day, to say long before how long the disk will do."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from station.core import space
from station.core.entry import to_ms
from station.core.space import Level
from station.journal.connection import FILE_NAME, open_reader
from station.journal.errors import JournalError, NoJournalError, storage_errors
from station.journal.spans import within

_DAY = timedelta(days=1)
_COMPARED = 1000  # with fewer entries, the empty tables weigh more than they


@dataclass(frozen=True, slots=True)
class Space:
    """Bytes. `a_day`: what the last 24 hours added; 0: nothing, or it is not known."""

    free: int
    a_day: int = 0

    @property
    def days(self) -> int | None:
        return space.days_left(self.free, self.a_day)

    @property
    def level(self) -> Level:
        return space.level(self.free, self.days)


def look(folder: Path, now: datetime) -> Space:
    """Any thread may; a few milliseconds. Raises OSError if the disk cannot be asked."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    return Space(shutil.disk_usage(there).free, _a_day(folder, now))


def _a_day(folder: Path, now: datetime) -> int:
    """A journal that cannot be read is told of elsewhere; the free room is true all the same."""
    try:
        with storage_errors(), closing(open_reader(folder)) as connection:
            (entries,) = connection.execute("SELECT coalesce(max(position), 0) FROM entry").fetchone()
            since = to_ms(now - _DAY), to_ms(now + _DAY)
            (lately,) = connection.execute(_LATELY, since).fetchone()
        size = (folder / FILE_NAME).stat().st_size
    except (NoJournalError, JournalError):
        return 0
    each: int = size // entries if entries >= _COMPARED else _USUAL
    return each * int(lately)


_USUAL = 2000  # bytes of an entry with all that lies beside it, where there are too few to tell
_LATELY = f"SELECT count(*) FROM {within('?1', '?2')}"
