"""What the gate does about its data by itself: erases what is too old, once a day, and watches the disk.

Only while nobody stands at the lane, some milliseconds at a time. The first time it is announced a day ahead;
and a clock that jumped makes it wait for an admin, because what is erased does not come back.
"""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from station.core.outcome import SpaceLeft
from station.core.space import Level
from station.journal import leftovers, retention
from station.journal.backup import WORKING_FOLDERS
from station.journal.entries import Journal
from station.journal.errors import JournalError
from station.journal.gaps import Gaps
from station.journal.pruning import Pruner
from station.journal.retention import Eraser, Ran
from station.journal.space import look

log = logging.getLogger(__name__)

JUMP = timedelta(days=8)  # a gate that was closed for a week is not asked
KEEP_ENTRIES_DAYS = 400  # at the gate, of what the center has archived: last year's day can be looked at
_LOOK_EVERY_S = 60.0
_TOLD_FOR_S = 3600.0
_AFTER_A_FAULT_S = 600.0
_TIDY_EVERY_S = 5.0
_STALE_S = 3600.0  # a backup that was killed so long ago


def is_held(ran: Ran | None, now: datetime) -> bool:
    """Whether so much time has passed that somebody has to say that the clock is right."""
    return ran is not None and now - ran.at > JUMP


class RetentionWatch:
    """One gate's; the lane's thread. `now` is wall time in UTC."""

    def __init__(
        self,
        folder: Path,
        journal: Journal,
        keep_days: int,
        zone: tzinfo,
        now: Callable[[], datetime],
        publish: Callable[[SpaceLeft], None],
        keep_entries_days: int = KEEP_ENTRIES_DAYS,
    ) -> None:
        self._folder, self._journal, self._zone = folder, journal, zone
        self._now, self._publish = now, publish
        self.keep_days, self._keep_entries_days = keep_days, keep_entries_days
        self._eraser: Eraser | None = None
        self._pruner: Pruner | None = None
        self._gaps: Gaps | None = None
        self._due = self._tidy_due = float("-inf")
        self._untidy = True  # what a kill left in the WAL
        self._told: SpaceLeft | None = None
        self._failed, self._tell_again = "", 0.0  # what was logged last, and when to say it again
        _remove_stale(folder)

    @property
    def erasing(self) -> bool:
        return self._eraser is not None

    def run_now(self) -> None:
        """An admin says so, and answers for the clock. Raises JournalError."""
        now = self._now()
        self._eraser = Eraser(self._journal, now - timedelta(days=self.keep_days), now)

    def left_untidy(self) -> None:
        """Somebody erased, and what the WAL held could not go yet."""
        self._untidy = True

    def tick(self, monotonic: float, *, idle: bool) -> None:
        """Time passed, in s. `idle`: nobody stands at the lane. What is wrong is logged: the gate goes on."""
        try:
            if monotonic >= self._due:
                self._due = monotonic + _LOOK_EVERY_S
                self._look_at_disk()
                self._begin()
            if idle:
                self._go_on(monotonic)
        except JournalError as error:
            self._tell(str(error), monotonic)
            self._eraser = self._pruner = self._gaps = None
            self._due = monotonic + _AFTER_A_FAULT_S

    def _tell(self, failed: str, monotonic: float) -> None:
        """Once, and again each hour: a disk that stays full must not be filled with lines about it."""
        if failed != self._failed or monotonic >= self._tell_again:
            log.error("retention failed: %s", failed)
            self._failed, self._tell_again = failed, monotonic + _TOLD_FOR_S

    def _begin(self) -> None:
        """Once a day; the first time it is only announced."""
        if self._eraser:
            return
        ran, now = retention.last_run(self._journal.connection), self._now()
        if ran is None:
            retention.announce(self._journal, now)
        elif not is_held(ran, now) and self._day(ran.at) != self._day(now):
            self.run_now()

    def _go_on(self, monotonic: float) -> None:
        if self._eraser:
            if not self._eraser.step():
                self._eraser, self._untidy = None, True
                self._pruner = self._new_pruner()
        elif self._pruner:
            if not self._pruner.step():
                self._pruner = None
        elif self._untidy and monotonic >= self._tidy_due:
            self._tidy_due = monotonic + _TIDY_EVERY_S
            self._untidy = not leftovers.empty_wal(self._journal.connection)
            self._gaps = None if self._untidy else Gaps(self._journal.connection)
        elif self._gaps and not self._gaps.step():
            self._untidy, self._gaps = not self._gaps.done, None

    def _new_pruner(self) -> Pruner:
        """Entries out of which everything personal has gone; never before that."""
        now = self._now()
        days = max(self.keep_days, self._keep_entries_days)
        return Pruner(self._journal, now - timedelta(days=days), now)

    def _look_at_disk(self) -> None:
        try:
            space = look(self._folder, self._now())
        except OSError as error:
            log.error("the disk cannot be asked for its room: %s", error)
            return
        told = SpaceLeft(space.level, space.free, space.days)
        before = self._told or SpaceLeft(Level.ENOUGH, 0, None)
        self._told = told
        if told.level is not before.level or (told.level is not Level.ENOUGH and told.days != before.days):
            self._publish(told)

    def _day(self, moment: datetime) -> object:
        return moment.astimezone(self._zone).date()


def _remove_stale(folder: Path) -> None:
    """Copies of the journal that a killed backup left: nobody would ever erase anything in them."""
    for path in folder.glob(WORKING_FOLDERS):
        if time.time() - path.stat().st_mtime > _STALE_S:
            shutil.rmtree(path, ignore_errors=True)
