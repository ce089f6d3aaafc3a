"""Records as typed rows, in the form that the database takes fastest, with what is counted of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Sequence
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
    """Rows of some segments, to be written together."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.days: set[tuple[int, int]] = set()  # of rows, each with the day on which they came
        self.counts: hours.Counts = Counter()
        self.to_note: list[Row] = []  # all those among which alarms may be
        self.bad: list[tuple[Arrival, BadRecord]] = []

    def add(self, part: Part) -> None:
        self.parts.append(part)
        self._add(part)

    @abstractmethod
    def _add(self, part: Part) -> None: ...

    @abstractmethod
    def load(self, connection: Connection) -> None:
        """Append the rows to `entry`."""

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

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []

    def _add(self, part: Part) -> None:
        numbered = enumerate(part.records, part.first)
        made = (self._project(part.arrival, number, record) for number, record in numbered)
        rows = [row for row in made if row is not None]
        self.rows += rows
        self.to_note += rows
        self.counts.update(hours.counted(rows))

    def load(self, connection: Connection) -> None:
        connection.load("entry", COLUMNS, self.rows)
