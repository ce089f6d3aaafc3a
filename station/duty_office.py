"""Signing in, put together for the gate that runs: at its window, on its admin page, in what it writes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QObject, QTimer

from station.core.audit import Audited, Event
from station.journal.audit import put_on_record
from station.journal.entries import Journal
from station.journal.errors import JournalError
from station.operators_desk import StationOperatorsDesk
from station.settings import Settings
from station.signing_in import SigningIn
from station.ui.admin.operators import OperatorsSection
from station.ui.admin.operators_door import Door
from station.ui.admin.sections import Host
from station.ui.duty_at_gate import DutyAtGate
from station.ui.gate import GateWindow

log = logging.getLogger(__name__)

_LOOK_MS = 1000


class DutyOffice(QObject):
    """`journal` gives the open one, or None while the gate has none."""

    def __init__(
        self, window: GateWindow, journal: Callable[[], Journal | None], settings: Callable[[], Settings]
    ) -> None:
        super().__init__(window)
        self._window, self._journal = window, journal
        self.signing = SigningIn(
            journal,
            role_ends_s=60 * settings().role_minutes,
            page_locks_s=60 * settings().page_minutes,
        )
        zone = datetime.now().astimezone().tzinfo or UTC
        self.desk = StationOperatorsDesk(self.signing, journal, zone, lambda: settings().gate)
        self._at_gate = DutyAtGate(window, self.desk)
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._at_gate.show_duty)  # the first operator was made, or a name changed
        self._look.start()

    def begin(self, journal: Journal) -> None:
        """A journal was opened: what is written there names whoever is at work."""
        self.signing.attend(journal)
        self._at_gate.show_duty()

    def door(self) -> Door:
        """Of the admin page."""
        return Door(self.desk, self._window.theme)

    def section(self, host: Host) -> OperatorsSection:
        return OperatorsSection(host, self.desk)

    def settings_changed(self, names: list[str]) -> None:
        """On record: which settings, not what stands in them. They hold also if this cannot be written."""
        journal = self._journal()
        if journal is None:
            return
        event = Event(Audited.SETTINGS, facts=(("settings", ", ".join(sorted(names))),))
        try:
            put_on_record(journal, event, datetime.now(UTC))
        except JournalError as error:
            log.error("not put on record: %s", error)
