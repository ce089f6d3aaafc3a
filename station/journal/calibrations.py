"""How the lane's thermometers were compared with references: what counts now, and what counted before."""

from __future__ import annotations

from station.core import calibration as calibrations
from station.core.calibration import Calibration
from station.journal.connection import transaction
from station.journal.entries import Journal
from station.journal.errors import storage_errors


class Calibrations:
    """The comparisons of a journal's folder; none is ever changed."""

    def __init__(self, journal: Journal) -> None:
        self._connection = journal.connection

    def add(self, calibration: Calibration) -> None:
        """One more; it counts from now on. Raises JournalError."""
        with storage_errors(), transaction(self._connection):
            self._connection.execute(
                "INSERT INTO calibration (record) VALUES (?)", (calibrations.encode(calibration),)
            )

    def all(self) -> list[Calibration]:
        """Oldest first. Raises JournalError, CalibrationError."""
        with storage_errors():
            rows = self._connection.execute("SELECT record FROM calibration ORDER BY position").fetchall()
        return [calibrations.decode(record) for (record,) in rows]
