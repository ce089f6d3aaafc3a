"""How the lane's thermometers were compared with references: what counts now, and what counted before."""

from __future__ import annotations

from station.core import calibration as calibrations
from station.core.audit import Audited, Event
from station.core.calibration import Calibration
from station.journal import audit
from station.journal.connection import transaction
from station.journal.entries import Journal
from station.journal.errors import storage_errors


class Calibrations:
    """The comparisons of a journal's folder; none is ever changed."""

    def __init__(self, journal: Journal) -> None:
        self._journal, self._connection = journal, journal.connection

    def add(self, calibration: Calibration) -> None:
        """One more; it counts from now on. Raises JournalError."""
        with storage_errors(), transaction(self._connection):
            self._connection.execute(
                "INSERT INTO calibration (record) VALUES (?)", (calibrations.encode(calibration),)
            )
            audit.write(self._journal, _event(calibration), calibration.at)

    def all(self) -> list[Calibration]:
        """Oldest first. Raises JournalError, CalibrationError."""
        with storage_errors():
            rows = self._connection.execute("SELECT record FROM calibration ORDER BY position").fetchall()
        return [calibrations.decode(record) for (record,) in rows]


def _event(calibration: Calibration) -> Event:
    who, note = audit.signed_by(calibration.by)
    facts = (("site", calibration.site.value), ("offset_c", f"{calibration.offset_c:+.2f}"))
    return Event(Audited.CALIBRATED, who, calibration.instrument.name, facts, note)
