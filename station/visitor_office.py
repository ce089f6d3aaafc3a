"""Whom the volunteer picks or takes down by hand: roster, visitors and errands of the gate that runs."""

from __future__ import annotations

import logging
from collections.abc import Callable

from station.app import Opening, Station
from station.company import Party
from station.journal.errors import JournalError, VaultError
from station.local_time import local_zone
from station.picking import Picking
from station.ui.admin.sections import Host, Section
from station.ui.admin.visits import VisitsSection
from station.ui.gate import GateWindow
from station.ui.roster import NoRoster
from station.visit_book import StationVisitBook
from station.visit_desk import StationVisitorDesk

log = logging.getLogger(__name__)


class VisitorOffice:
    """`station` gives None while the journal is not open."""

    def __init__(
        self, window: GateWindow, station: Callable[[], Station | None], opening: Callable[[], Opening]
    ) -> None:
        zone = local_zone()
        self._pages, self._station, self._opening = window.pages, station, opening
        self._picking: Picking | None = None
        self._desk = StationVisitorDesk(station, lambda: self._picking, opening, zone)
        self._book = StationVisitBook(station, self._desk, opening, zone)
        self._pages.visitor.use(self._desk)

    def section(self, host: Host) -> Section:
        """For the admin page."""
        return VisitsSection(host, self._book)

    def begin(self, station: Station) -> None:
        """The journal is open; a gate whose roster does not open goes on without."""
        try:
            self._picking = Picking(
                self._opening().data,
                station.journal,
                self._party,
                speaks_for=lambda person_id: station.checkpoint.speaks_for(person_id),
            )
        except (JournalError, VaultError) as error:
            log.error("roster not readable: %s", error)
            return
        self._pages.no_code.use(self._picking)

    def end(self) -> None:
        """The journal is about to be closed."""
        self._pages.no_code.use(NoRoster())
        self._picking = None

    def tick(self) -> None:
        """Time passed."""
        if self._picking:
            self._picking.follow()

    def picked(self, person_id: str | None) -> None:
        """Somebody had no code and was picked."""
        if person_id and self._picking:
            self._picking.picked(person_id)

    def _party(self) -> Party | None:
        running = self._station()
        return running.checkpoint.party if running else None
