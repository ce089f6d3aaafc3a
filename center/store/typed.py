"""Records as typed rows, in the form that the database takes fastest, with what is counted of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from center.ledger import BadRecord
from center.projection import COLUMNS, DAY, DAY_MS, Arrival, NewerError, NotUnderstoodError, Row, project
from center.store import hours
from center.store.database import Connection


@dataclass(frozen=True, slots=True)
class Part:
    """Records of one segment, numbered from `first`."""

    arrival: Arrival
    first: int
    records: Sequence[bytes]


class Typed(ABC):
    """Rows of some segments, to be written together. What is counted is whole once `load` has ended."""

    def __init__(self, *parts: Part) -> None:
        self.parts = parts
        self.days: set[tuple[int, int]] = set()  # of rows, each with the day on which they came
        self.counts: hours.Counts = Counter()
        self.to_note: list[Row] = []  # all those among which alarms may be
        self.bad: list[tuple[Arrival, BadRecord]] = []

    @abstractmethod
    def load(self, connection: Connection) -> None:
        """Understand the records, and append their rows to `entry`."""

    def _project(self, arrival: Arrival, number: int, record: bytes) -> Row | None:
        """None: it is among the bad now."""
        try:
            row = project(arrival, number, record)
        except NotUnderstoodError as error:
            bad = BadRecord(number, record, str(error), isinstance(error, NewerError))
            self.bad.append((arrival, bad))
            return None
        self.days.add((row[DAY], arrival.received_ms // DAY_MS))
        return row


class TypedRows(Typed):
    """As tuples, which every database takes."""

    def __init__(self, *parts: Part) -> None:
        super().__init__(*parts)
        self.rows: list[Row] = []
        for part in parts:
            for number, record in enumerate(part.records, part.first):
                row = self._project(part.arrival, number, record)
                if row is not None:
                    self.rows.append(row)
        self.to_note = self.rows
        self.counts = hours.counted(self.rows)

    def load(self, connection: Connection) -> None:
        prepare_days(connection, self.days)
        connection.load("entry", COLUMNS, self.rows)


def prepare_days(connection: Connection, days: Collection[tuple[int, int]]) -> None:
    """Make the partitions of these days, each with the day on which its rows came."""
    for today in {came for _, came in days}:
        connection.prepare_days({day for day, came in days if came == today}, today)
