"""Tracing on the admin page, beside the gate that runs; who asked and who saw or took names is on record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime, tzinfo
from pathlib import Path

from station.core.audit import Audited, Event
from station.core.operators import ALONE_AT_MOST, NOBODY, Refusal, Who
from station.core.override import Role
from station.journal.audit import put_on_record
from station.journal.connection import open_reader
from station.journal.entries import Journal
from station.journal.errors import storage_errors
from station.presence_desk import in_words, open_one
from station.signing_in import SigningIn, vouched_by_two
from station.tracing import NoSuchEntryError, trace
from station.tracing_sheet import write_trace
from station.ui import operator_words
from station.ui.admin import desk_words, tracing_words
from station.ui.admin.tracing_desk import AskedTrace, DeskError, Trace
from station.ui.admin.two_signatures import TypedSignature
from station.ui.admin.work import Job, Progress

WHAT = ("what", "trace")


class StationTraceDesk:
    """`ui.admin.tracing_desk.TraceDesk`. `journal` gives the open one, or None while the gate has none."""

    def __init__(
        self,
        folder: Path,
        journal: Callable[[], Journal | None],
        signing: SigningIn | None,
        now: Callable[[], datetime],
        zone: tzinfo,
        gate: Callable[[], str],
    ) -> None:
        """`now` is wall time in UTC."""
        self._folder, self._journal, self._signing = folder, journal, signing
        self._now, self._zone, self._gate = now, zone, gate
        self._unmasked: Trace | None = None

    def trace(self, asked: AskedTrace) -> Job:
        self._record(searched(asked))
        with in_words():
            vault, now = open_one(self._journal).vault, self._now()

        def job(progress: Progress) -> Trace:
            with in_words(), storage_errors(), closing(open_reader(self._folder)) as connection:
                try:
                    return trace(connection, vault, asked, now, self._zone, progress.step)
                except NoSuchEntryError as error:
                    raise DeskError(tracing_words.no_entry(asked.number)) from error

        return job

    def needs_two(self, trace: Trace) -> bool:
        return trace.named > ALONE_AT_MOST

    def unmask(self, trace: Trace, why: str, signatures: Sequence[TypedSignature] = ()) -> None:
        self._allow(why)
        who, second = self._two(signatures) if self.needs_two(trace) else (NOBODY, "")
        facts = (WHAT, ("people", str(trace.people)), *([("second", second)] if second else []))
        self._record(Event(Audited.UNMASKED, who, trace.asked.person_id or "", facts, why))
        self._unmasked = trace

    def write(self, trace: Trace, folder: Path, ending: str, *, masked: bool, why: str = "") -> Job:
        if not masked:
            self._allow(why)
            if self.needs_two(trace) and trace is not self._unmasked:
                raise DeskError(tracing_words.by_two())
        self._record(exported(trace, ending, masked=masked, why=why))
        at = self._now().astimezone(self._zone)
        path, gate = folder / f"{tracing_words.file_name()}-{at:%Y%m%d-%H%M%S}{ending}", self._gate()

        def job(progress: Progress) -> Path:
            try:
                folder.mkdir(parents=True, exist_ok=True)
                write_trace(path, trace, gate, progress.step, masked=masked)
            except OSError as error:
                raise DeskError(desk_words.not_written(error.strerror or str(error))) from error
            return path

        return job

    def _allow(self, why: str) -> None:
        """Names in full: for an admin who says why. Before there are operators, for whoever says why."""
        if not why.strip():
            raise DeskError(tracing_words.say_why())
        with in_words():
            if self._signing is None or not self._signing.operators.any():
                return
            page = self._signing.page
        if page is None or page.role is not Role.ADMIN:
            raise DeskError(operator_words.refusal(Refusal.NOT_ALLOWED))

    def _two(self, signatures: Sequence[TypedSignature]) -> tuple[Who, str]:
        """Who answers, and the number of the second. Raises DeskError."""
        with in_words():
            if self._signing is None or not self._signing.operators.any():
                raise DeskError(desk_words.admin_first())
            if len(signatures) != 2:
                raise DeskError(tracing_words.by_two())
            signed = vouched_by_two(self._signing, *signatures)
        if signed[0].refusal:
            raise DeskError(operator_words.refusal(signed[0].refusal, signed[0].wait_s))
        first, second = (one.operator.who for one in signed if one.operator)
        return first, second.number

    def _record(self, event: Event) -> None:
        with in_words():
            put_on_record(open_one(self._journal), event, self._now())


def searched(asked: AskedTrace) -> Event:
    """What goes on record of a question; a time is no secret."""
    around = (("entry", str(asked.number)),) if asked.number is not None else ()
    at = (("at", asked.at.isoformat(timespec="minutes")),) if asked.at is not None else ()
    facts = (WHAT, ("minutes", f"{asked.minutes:g}"), *around, *at)
    return Event(Audited.SEARCHED, subject=asked.person_id or "", facts=facts)


def exported(trace: Trace, ending: str, *, masked: bool, why: str = "") -> Event:
    """What goes on record of a sheet."""
    facts = (
        WHAT,
        ("rows", str(len(trace.lines))),
        ("masked", "yes" if masked else "no"),
        ("format", ending),
    )
    return Event(Audited.EXPORTED, subject=trace.asked.person_id or "", facts=facts, note=why)
