"""Signing in, shifts and hand-over, put together for the gate that runs: at its window, on its admin page."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QObject, QTimer

from station.app import Opening, Station, load_policy
from station.changes_on_record import put_settings_on_record
from station.core.operators import Operator
from station.core.shift import current
from station.duty_desk import StationDutyDesk
from station.duty_facts import Where, load_checklists
from station.duty_lists import DutyLists
from station.duty_reports import report_duty
from station.duty_watch import DutyWatch
from station.handing_over import StationHandoverDesk
from station.journal.duties import Comer, Duties
from station.journal.entries import Journal
from station.journal.errors import JournalError, VaultError
from station.journal.shifts import Rota
from station.local_time import local_zone
from station.rota_desk import StationRotaDesk
from station.settings import Settings
from station.signing_in import SigningIn
from station.ui.admin.operators import OperatorsSection
from station.ui.admin.operators_door import Door
from station.ui.admin.rota import RotaSection
from station.ui.admin.sections import Host
from station.ui.admin.window import AdminWindow
from station.ui.bridge import Bridge
from station.ui.duty_at_gate import DutyAtGate
from station.ui.gate import GateWindow
from station.ui.notices import Afterwards

log = logging.getLogger(__name__)

_LOOK_MS = 1000
_MOMENT = timedelta(milliseconds=1)
LONGEST = timedelta(hours=24)  # whoever was on duty before the PC was off for longer went home


class DutyOffice(QObject):
    """`station` gives None while the gate has no journal."""

    def __init__(
        self,
        window: GateWindow,
        bridge: Bridge,
        station: Callable[[], Station | None],
        opening: Callable[[], Opening],
    ) -> None:
        super().__init__(window)
        self._window, self._station, self._opening = window, station, opening
        self._admin: AdminWindow | None = None
        settings, zone = opening().settings, local_zone()
        self._zone = zone
        self.signing = SigningIn(
            self._journal,
            role_ends_s=60 * settings.role_minutes,
            page_locks_s=60 * settings.page_minutes,
        )
        self.signing.begins, self.signing.ends = self._begins, self._ends
        self.desk = StationDutyDesk(self.signing, self._journal, zone, self._gate)
        self.watch = DutyWatch(station, self._gate, self._announce, _utc_now, time.monotonic)
        bridge.device_event.connect(self.watch.device)
        bridge.outcome.connect(self.watch.outcome)
        self.lists = DutyLists(self._journal, load_checklists())
        self.handover = StationHandoverDesk(
            self.desk, self._journal, self._where, lambda: self.watch.live, self.lists.now, self._language
        )
        self._at_gate = DutyAtGate(window, self.desk, self.handover)
        self._rota = StationRotaDesk(
            self.desk, self._journal, self._gate, zone, self.lists.now, self._language,
            changed=self.watch.look_again, at_gate=self._leave_for_handover,
        )  # fmt: skip
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._tick)
        self._look.start()

    def begin(self, journal: Journal) -> None:
        """A journal was opened: what is written there names whoever is at work."""
        self.signing.attend(journal)
        self.watch.begin()
        self._resume(journal)
        self._at_gate.show_duty()

    def _tick(self) -> None:
        """The first operator was made, or a name changed; a shift may be near that has nobody."""
        self._at_gate.show_duty()
        self.watch.tick()
        self._follow_lists()

    def _follow_lists(self) -> None:
        """The center has given another checklist: it hears how far that one is."""
        journal = self._journal()
        try:
            if journal and self.lists.changed():
                self._report_duty(journal, datetime.now(UTC))
        except (JournalError, VaultError) as error:
            log.info("the center does not hear how far the new checklist is: %s", error)

    def _resume(self, journal: Journal) -> None:
        """Whoever was on duty before a restart still is; more than a volunteer may needs their PIN again."""
        try:
            duty, now = Duties(journal).current(), datetime.now(UTC)
            if duty is None or self.signing.shift:
                return
            if now - duty.began >= LONGEST:
                Duties(journal).end("no_handover", now)
                self._report_duty(journal, now)
            if not duty.number or now - duty.began >= LONGEST:
                return
            operator = next((one for one in self.desk.people() if one.number == duty.number), None)
        except (JournalError, VaultError) as error:
            log.info("who was on duty is not known: %s", error)
            return
        if operator:
            self.signing.resume(operator)

    # --- who is on duty, on record --------------------------------------------------------------

    def _begins(self, operator: Operator) -> None:
        """Somebody signed in for the shift. Raises JournalError."""
        journal, now = self._journal(), datetime.now(UTC)
        if journal is None:
            return
        duties = Duties(journal)
        before = duties.current()
        if before and before.number == operator.number:
            return
        planned = current(Rota(journal, self._gate).between(now, now + _MOMENT), now)
        lane = self._opening().settings.lane
        duties.begin(Comer(operator.name, operator.who, lane, planned.id if planned else None), now)
        self._report_duty(journal, now)

    def _ends(self) -> None:
        """Whoever was on duty went off. Raises JournalError."""
        journal, now = self._journal(), datetime.now(UTC)
        if journal:
            Duties(journal).end("signed_out", now)
            self._report_duty(journal, now)

    def _report_duty(self, journal: Journal, now: datetime) -> None:
        report_duty(journal, self._gate(), self.lists.now(), self._zone, now)

    # --- what the desks ask ---------------------------------------------------------------------

    def _journal(self) -> Journal | None:
        running = self._station()
        return running.journal if running else None

    def _gate(self) -> str:
        return self._opening().settings.gate

    def _language(self) -> str:
        return self._opening().settings.language

    def _where(self) -> Where:
        running, settings = self._station(), self._opening().settings
        policy = running.policy.policy if running else load_policy(settings.policy)
        return Where(settings.gate, settings.lane, policy, settings.stay_hours, self._zone)

    def _announce(self, sentence: str) -> None:
        self._window.sidelines.notices.announce(Afterwards.ROTA, sentence)

    def _leave_for_handover(self) -> None:
        """From the admin page to the page at the gate."""
        if self._admin:
            self._admin.close_page()
        self._at_gate.open_handover()

    # --- the admin page -------------------------------------------------------------------------

    def door(self) -> Door:
        """Of the admin page."""
        return Door(self.desk, self._window.theme)

    def section(self, host: Host) -> RotaSection:
        """Who is on duty when, and who may sign in."""
        if isinstance(host, AdminWindow):
            self._admin = host
        return RotaSection(host, self._rota, accounts=OperatorsSection(host, self.desk))

    def settings_changed(self, settings: Settings) -> None:
        """On record: which settings, not what stands in them. They hold also if this cannot be written."""
        journal = self._journal()
        if journal is None:
            return
        try:
            put_settings_on_record(journal, settings, datetime.now(UTC))
        except JournalError as error:
            log.error("not put on record: %s", error)


def _utc_now() -> datetime:
    return datetime.now(UTC)
