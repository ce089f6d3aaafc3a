"""What the statistics section needs of the station; `station.statistics_desk` fills it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from station.core.day_statistics import DayStatistics
from station.ui.admin.desk import DeskError as DeskError
from station.ui.admin.work import Job


@dataclass(frozen=True, slots=True)
class Day:
    """A day with its figures. `duties` names whose shift a number means."""

    day: date
    gate: str
    figures: DayStatistics
    duties: Mapping[str, str]


class StatisticsDesk(Protocol):
    """Called in the GUI thread; raises DeskError. Jobs run beside it."""

    def newest_day(self) -> date | None:
        """On which anybody passed; None: nobody ever did."""

    def look(self, day: date) -> Job:
        """Gives a Day."""
