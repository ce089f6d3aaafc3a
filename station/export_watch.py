"""What the gate does about exports by itself: each day's log goes to a folder or a memory stick, and what
others left for the audit is put on record.

A day is exported when it is over, in a thread beside the lane; days that were missed come first. What stands
in the way is said on the screen as long as it does, and is tried again by itself.
"""

from __future__ import annotations

import errno
import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path

from station.core.operators import NOBODY
from station.core.outcome import DailyExport, ExportProblem
from station.exporting import Cancelled, Exported, Format, Order, Progress, export, exported
from station.journal import daily_exports
from station.journal.audit_notes import collect, leave
from station.journal.daily_exports import Done
from station.journal.entries import Journal
from station.journal.errors import JournalError, NoJournalError, VaultError
from station.log_words import LogWords
from station.settings import Settings
from station.ui.admin.places import sticks

log = logging.getLogger(__name__)

STICK = "stick"  # of `Settings.export_to`
_LOOK_EVERY_S = 2.0
_AGAIN_S = 60.0  # after something was in the way
_SAID = float("inf")
_HANGS_S = 120.0  # a gate's day takes a second; a share that is gone may hold a thread for minutes
_END_S = 5.0  # how long the end of the program waits for the thread


@dataclass(frozen=True, slots=True)
class Schedule:
    """What the settings say. `to`: a folder, or `STICK`; empty: nothing goes by itself."""

    to: str
    kind: Format
    gate: str
    language: str


def schedule_of(settings: Settings) -> Schedule:
    return Schedule(
        settings.export_to or "", Format(f".{settings.export_as}"), settings.gate, settings.language
    )


def first_stick() -> Path | None:
    """The memory stick that is plugged in."""
    return next((place.folder for place in sticks()), None)


Start = Callable[[Callable[[], None]], threading.Thread | None]


def in_thread(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work, name="daily export", daemon=True)
    thread.start()
    return thread


class NowhereError(Exception):
    """There is no folder to write to."""

    def __init__(self, problem: ExportProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


class ExportWatch:
    """One gate's; the lane's thread. `now` is wall time in UTC; `stick` gives a memory stick's folder."""

    def __init__(
        self,
        folder: Path,
        journal: Journal,
        schedule: Schedule,
        zone: tzinfo,
        now: Callable[[], datetime],
        publish: Callable[[DailyExport], None],
        *,
        stick: Callable[[], Path | None] = first_stick,
        start: Start = in_thread,
    ) -> None:
        self._folder, self._journal, self.schedule, self._zone = folder, journal, schedule, zone
        self._now, self._publish, self._stick, self._start = now, publish, stick, start
        self._due = self._try = float("-inf")
        self._thread: threading.Thread | None = None
        self._day: date | None = None  # that is being exported
        self._to = ""  # where to
        self._hangs = 0.0  # from when on nobody waits quietly for it
        self._came: queue.SimpleQueue[Exported | Exception] = queue.SimpleQueue()
        self._ending = threading.Event()
        self.told = DailyExport(None, 0)

    def tick(self, monotonic: float, *, idle: bool) -> None:
        """Time passed, in s. `idle`: nobody stands at the lane. What is wrong is logged: the gate goes on."""
        if monotonic < self._due:
            return
        self._due = monotonic + _LOOK_EVERY_S
        try:
            collect(self._folder, self._journal, self._now())
            if self._day:
                self._take(monotonic)
            elif not self.schedule.to:
                self._tell(None, 0)  # what was in the way is in nobody's way any more
            elif idle and monotonic >= self._try:
                self._begin(monotonic)
        except JournalError as error:
            log.error("exports: %s", error)
            self._try = monotonic + _AGAIN_S

    def try_now(self) -> None:
        """Somebody plugged in a stick, or changed something, and does not want to wait."""
        self._try = self._due = float("-inf")
        if self._hangs == _SAID:
            self._leave_alone()

    def close(self) -> None:
        """The program ends; an export that is half done leaves nothing."""
        self._ending.set()
        if self._thread:
            self._thread.join(_END_S)

    def _begin(self, monotonic: float) -> None:
        now = self._now()
        today = now.astimezone(self._zone).date()
        connection = self._journal.connection
        if not daily_exports.is_begun(connection, now):
            daily_exports.keep(self._journal, Done(today - timedelta(days=1), now, 0, ""))
        daily_exports.forget_today(self._journal, today)
        days = daily_exports.waiting(connection, today, now)
        if not days:
            self._tell(None, 0)
            return
        if self._journal.vault.locked:
            self._fail(ExportProblem.LOCKED, len(days), monotonic)
            return
        self._day, self._hangs = days[0], monotonic + _HANGS_S
        came: queue.SimpleQueue[Exported | Exception] = queue.SimpleQueue()
        self._came, schedule = came, self.schedule
        self._to = schedule.to

        def go_on(done: int, most: int) -> None:
            if self._ending.is_set() or came is not self._came:
                raise Cancelled

        self._thread = self._start(lambda: came.put(self._work(days[0], schedule, now, go_on)))

    def _leave_alone(self) -> None:
        """What hangs may hang on; another place gets this day anew. If it ever wakes up, it writes nothing:
        that place is not wanted any more, or somebody else writes the same file by now."""
        self._day, self._came = None, queue.SimpleQueue()

    def _place(self, to: str) -> Path:
        """Where it goes. Only in the thread: a share whose server is gone holds whoever looks at it."""
        if to == STICK:
            place, problem = self._stick(), ExportProblem.NO_STICK
        else:
            place, problem = Path(to) if _is_folder(Path(to)) else None, ExportProblem.NO_PLACE
        if place is None:
            raise NowhereError(problem)
        return place

    def _work(self, day: date, schedule: Schedule, now: datetime, go_on: Progress) -> Exported | Exception:
        """In the thread: nothing of the lane's is touched. `go_on` raises when it is not wanted any more."""
        order = Order(day, day, self._zone, schedule.gate, schedule.language)
        vault = self._journal.vault

        def record(made: Exported) -> None:
            go_on(0, 0)
            leave(self._folder, vault, exported(order, made, NOBODY), now)

        try:
            target = self._place(schedule.to) / file_name(order, schedule.kind)
            go_on(0, 0)
            return export(
                *(self._folder, vault, order, target, LogWords()),
                now=now,
                progress=go_on,
                record=record,
            )
        except Exception as error:  # noqa: BLE001 - whatever it is, the screen has to say that there is no file
            return error

    def _take(self, monotonic: float) -> None:
        """What came of the day that is being exported; nothing yet: look again later."""
        try:
            came = self._came.get_nowait()
        except queue.Empty:
            if monotonic < self._hangs:
                return
            if self.schedule.to != self._to:
                self._leave_alone()  # another place was chosen meanwhile
            else:
                self._hangs = _SAID
                self._tell(ExportProblem.NO_PLACE, len(self._waiting()))
            return
        day, self._day, self._thread = self._day, None, None
        assert day is not None  # one is asked for only while there is one
        if isinstance(came, Exported):
            log.info("the log of %s was exported, %d rows", day, came.claims.rows)
            daily_exports.keep(self._journal, Done(day, self._now(), came.claims.rows, str(came.path)))
            if self.schedule.to:
                self._begin(monotonic)
            return
        log.error("the log of %s was not exported: %s", day, type(came).__name__)
        self._fail(_problem(came), len(self._waiting()), monotonic)

    def _waiting(self) -> list[date]:
        now = self._now()
        return daily_exports.waiting(self._journal.connection, now.astimezone(self._zone).date(), now)

    def _fail(self, problem: ExportProblem, days: int, monotonic: float) -> None:
        self._try = monotonic + _AGAIN_S
        self._tell(problem, days)

    def _tell(self, problem: ExportProblem | None, days: int) -> None:
        told = DailyExport(problem, days)
        if told != self.told:
            self.told = told
            self._publish(told)


def file_name(order: Order, kind: Format) -> str:
    """E.g. 出入登记日报-东门-2022-04-01.xlsx; what no file system takes is left out."""
    gate = "".join(one for one in order.gate if one.isalnum() or one in " -_").strip()
    days = f"{order.first}" if order.first == order.last else f"{order.first}_{order.last}"
    return f"{'-'.join(part for part in (LogWords().text('title'), gate, days) if part)}{kind.value}"


def _is_folder(place: Path) -> bool:
    """A stick that was pulled out, or a share that is gone, answers with an error."""
    try:
        return place.is_dir()
    except OSError:
        return False


def _problem(error: Exception) -> ExportProblem:
    if isinstance(error, NowhereError):
        return error.problem
    if isinstance(error, OSError):
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        return ExportProblem.FULL if full else ExportProblem.NOT_WRITTEN
    if isinstance(error, VaultError):
        return ExportProblem.LOCKED
    if isinstance(error, JournalError | NoJournalError):
        return ExportProblem.NOT_READ
    return ExportProblem.NOT_WRITTEN
