"""The figures of a day on the admin page: read beside the gate that runs, over a connection of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, tzinfo
from pathlib import Path

from station.core.day_statistics import count
from station.journal.day_passages import newest_day, read_day
from station.journal.entries import Journal
from station.journal.errors import JournalError, NoJournalError
from station.journal.operators import Operators
from station.presence_desk import in_words
from station.ui.admin.statistics_desk import Day
from station.ui.admin.work import Job, Progress


class StationStatisticsDesk:
    """`ui.admin.statistics_desk.StatisticsDesk`. `journal` gives None while the gate has none."""

    def __init__(
        self,
        folder: Path,
        journal: Callable[[], Journal | None],
        gate: Callable[[], str],
        zone: tzinfo,
    ) -> None:
        self._folder, self._journal, self._gate, self._zone = folder, journal, gate, zone

    def newest_day(self) -> date | None:
        with in_words():
            try:
                return newest_day(self._folder, self._zone)
            except NoJournalError:
                return None

    def look(self, day: date) -> Job:
        gate, names = self._gate(), self._names()

        def job(progress: Progress) -> Day:
            with in_words():
                try:
                    figures = count(read_day(self._folder, day, self._zone, progress.step))
                except NoJournalError:
                    figures = count(())
            return Day(day, gate, figures, names)

        return job

    def _names(self) -> Mapping[str, str]:
        """Without them numbers do."""
        journal = self._journal()
        if journal is None:
            return {}
        try:
            return {one.number: one.name for one in Operators(journal).all()}
        except JournalError:
            return {}
