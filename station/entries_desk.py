"""Past entries on the admin page: listed by pages, explained, corrected, and who changed verdicts how often.

Through the running gate's own journal and in its thread.
"""

from __future__ import annotations

import secrets
from array import array
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, tzinfo

from station.app import SystemClock
from station.core.entry import Entry, make_id
from station.core.model import Severity
from station.core.operators import Refusal
from station.core.override import Override, OverrideError, OverrideReason, Role, count_overrides, override
from station.core.visit import short
from station.explaining import explained
from station.journal.connection import folder_of, open_reader
from station.journal.entries import Journal
from station.journal.entry_list import Beside, EntryList, Filter, Passed
from station.journal.errors import storage_errors
from station.journal.policies import Policies
from station.journal.presence import Presence
from station.journal.tracing import Tracing
from station.presence_desk import in_words, open_one
from station.recording import Clock
from station.searches_on_record import SearchesOnRecord
from station.signing_in import SigningIn
from station.ui import operator_words, override_words
from station.ui.admin import entries_words as words
from station.ui.admin.entries_desk import DeskError, Entries, EntryLine, Explanation, Overrides, Wanted
from station.ui.admin.work import Job, Progress
from station.whoever import whoever


class StationEntriesDesk:
    """`ui.admin.entries_desk.EntriesDesk`. `journal` gives the open one, or None while the gate has none."""

    def __init__(
        self,
        journal: Callable[[], Journal | None],
        zone: tzinfo,
        signing: SigningIn | None = None,
        clock: Clock | None = None,
        amended: Callable[[Entry], None] = lambda _: None,
    ) -> None:
        """`signing` says who answers for a correction; `clock` when it is made; `amended` hears of each."""
        self._journal, self._zone, self._signing = journal, zone, signing
        self._clock: Clock = clock or SystemClock()
        self._amended = amended
        self._searches = SearchesOnRecord("entries", self._clock.now)

    def find(self, wanted: Wanted) -> Entries:
        with in_words():
            journal = open_one(self._journal)
            subjects = None
            if wanted.person_id is not None:
                self._searches.put(journal, wanted.person_id)
                subjects = tuple(Tracing(journal.connection, journal.vault).subjects(wanted.person_id))
            filter = Filter(wanted.day, wanted.verdict, wanted.overridden, subjects)
            return _Found(self, EntryList(journal).places(filter, self._zone))

    def search(self, wanted: Wanted) -> Job:
        with in_words():
            folder = folder_of(open_one(self._journal).connection)
        filter = Filter(None, wanted.verdict, wanted.overridden)

        def job(progress: Progress) -> Entries:
            with in_words(), storage_errors(), closing(open_reader(folder)) as connection:
                entries = EntryList(Beside(connection))
                return _Found(self, entries.every_day(filter, self._zone, progress.step))

        return job

    def newest_day(self) -> date | None:
        with in_words():
            return EntryList(open_one(self._journal)).newest_day(self._zone)

    def place_of(self, number: int) -> int | None:
        with in_words():
            return EntryList(open_one(self._journal)).place_of(number)

    def explain(self, place: int) -> Explanation:
        with in_words():
            journal = open_one(self._journal)
            (line,) = self.lines([place]) or (None,)
            if line is None:
                raise DeskError(words.no_entry())
            entries, history = EntryList(journal), Policies(journal).history()
            (first,) = entries.at([place])
            steps = [first.stored, *entries.corrections(first.stored.entry.id)]
            return Explanation(line, tuple(explained(one, history) for one in steps))

    def amend(self, place: int, to: Severity, why: OverrideReason) -> None:
        with in_words():
            journal = open_one(self._journal)
            (of,) = EntryList(journal).at([place]) or (None,)
            if of is None:
                raise DeskError(words.no_entry())
            clock, now, wish = self._clock, self._clock.now(), Override(to, why, *self._who())
            try:
                entry = override(
                    of.stored,
                    of.stands,
                    wish,
                    id=make_id(now, secrets.token_bytes(10)),
                    at=now,
                    mono=clock.monotonic(),
                    boot=clock.boot,
                )
            except OverrideError as error:
                raise DeskError(override_words.problem(error.problem)) from error
            journal.append(entry)
            self._amended(entry)

    def _who(self) -> tuple[str, Role]:
        """Whoever opened the page. Before there are operators: the admin, whoever that is."""
        if self._signing is None or not self._signing.operators.any():
            return "admin", Role.ADMIN
        page = self._signing.page
        if page is None:
            raise DeskError(operator_words.refusal(Refusal.NOT_ALLOWED))
        return page.number, page.role

    def overrides(self, day: date) -> Overrides:
        with in_words():
            return count_overrides(EntryList(open_one(self._journal)).overridden_on(day, self._zone))

    def lines(self, places: Sequence[int]) -> list[EntryLine]:
        """Raises DeskError."""
        with in_words():
            journal = open_one(self._journal)
            presence = Presence(journal.connection, journal.vault)
            return [self._line(one, presence) for one in EntryList(journal).at(places)]

    def _line(self, passed: Passed, presence: Presence) -> EntryLine:
        entry = passed.stored.entry
        subject = entry.person_id or passed.subject
        person = whoever(presence, subject)
        return EntryLine(
            place=passed.place,
            number=passed.stored.number,
            at=entry.at.astimezone(self._zone),
            way=entry.direction,
            masked=person.masked if person else "",
            dwelling=person.dwelling if person else "",
            code="" if person else short(passed.subject),
            value_c=entry.temperature.value_c if entry.temperature else None,
            decided=entry.decision,
            stands=passed.stands,
            reason=_deciding(entry),
        )


@dataclass(frozen=True, slots=True)
class _Found:
    """`ui.admin.entries_desk.Entries`: where they lie; what lies there is read page by page."""

    desk: StationEntriesDesk
    places: array[int]

    def __len__(self) -> int:
        return len(self.places)

    def page(self, first: int, count: int) -> Sequence[EntryLine]:
        return self.desk.lines(self.places[first : first + count])


def _deciding(entry: Entry) -> str:
    return next((one.code for one in entry.reasons if one.severity == entry.severity), "")
