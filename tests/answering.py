"""A gate whose admin answers for the data: all desks that put something on record, over one real journal."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from station.cli import main
from station.core.audit import Line
from station.core.contact import CenterStatus, Link
from station.core.operators import Who
from station.core.override import Role
from station.duty_desk import StationDutyDesk
from station.duty_facts import Live, Where
from station.duty_office import DutyOffice
from station.entries_desk import StationEntriesDesk
from station.export_desk import Running as Exporting
from station.export_desk import StationExportDesk
from station.handing_over import StationHandoverDesk
from station.help_desk import HelpDesk
from station.journal.audit import read
from station.journal.audit_notes import collect
from station.journal.entries import Journal
from station.journal.pins import Cost
from station.journal.reports import Reports
from station.keys_desk import StationKeysDesk
from station.lookback_desk import StationLookbackDesk
from station.operators_desk import StationOperatorsDesk
from station.pass_desk import StationPassDesk
from station.people_desk import StationPeopleDesk
from station.people_import import StationImportDesk
from station.policy_office import StationPolicyDesk
from station.retention_desk import Running as Keeping
from station.retention_desk import StationRetentionDesk
from station.settings import Settings
from station.signing_in import SigningIn
from station.tracing_desk import StationTraceDesk
from station.ui.admin.work import Job, Progress
from tests.compound import MORNING, Compound
from tests.ui.scenes import ZONE

CHEAP = Cost(64, 1)
ADMIN, GUARD, VOLUNTEER = "1001", "3003", "2002"
PINS = {ADMIN: "730518", GUARD: "591736", VOLUNTEER: "4071"}
NAMES = {ADMIN: "王建国", GUARD: "张伟", VOLUNTEER: "李秀英"}
ROLES = {ADMIN: Role.ADMIN, GUARD: Role.GUARD, VOLUNTEER: Role.VOLUNTEER}
DAY = timedelta(days=1)


@dataclass
class Gate:
    """An admin has opened the page; whoever is on duty is nobody yet."""

    folder: Path  # the data folder
    compound: Compound
    signing: SigningIn
    desk: StationOperatorsDesk
    mono: list[float] = field(default_factory=lambda: [100.0])

    @classmethod
    def open(cls, folder: Path) -> Gate:
        compound, mono = Compound.open(folder), [100.0]
        signing = SigningIn(
            lambda: compound.journal, now=compound.clock.now, monotonic=lambda: mono[0], cost=CHEAP
        )
        desk = StationOperatorsDesk(
            signing, lambda: compound.journal, ZONE, lambda: "东门", compound.clock.now
        )
        gate = cls(folder, compound, signing, desk, mono)
        for number, role in ROLES.items():
            by = Who(ADMIN, Role.ADMIN) if number != ADMIN else Who()
            signing.operators.add(number, NAMES[number], role, PINS[number], by=by)
            signing.operators.change_pin(number, PINS[number])
        assert desk.unlock(ADMIN, PINS[ADMIN]).operator
        return gate

    @property
    def journal(self) -> Journal:
        return self.compound.journal

    def lines(self) -> list[Line]:
        """The whole audit, with what others left for the gate to put on record."""
        collect(self.folder, self.journal, self.now())
        return read(self.journal.connection, self.journal.vault, MORNING - 40 * DAY, MORNING + 9999 * DAY)

    def now(self) -> datetime:
        return self.compound.clock.now()

    def wait(self, seconds: float) -> None:
        self.mono[0] += seconds
        self.compound.clock.at += timedelta(seconds=seconds)

    def command(self, *words: str) -> int:
        """On the terminal, the gate closed."""
        self.journal.close()
        try:
            return main([*words, "--data", str(self.folder)])
        finally:
            self.compound.journal = Journal.open(self.folder, now=lambda: MORNING)
            self.signing.attend(self.journal)

    def beside(self, *words: str) -> int:
        """On the terminal, while the gate is at work."""
        return main([*words, "--data", str(self.folder)])

    # --- the desks ------------------------------------------------------------------------------

    def _journal(self) -> Journal:
        return self.journal

    def _running(self) -> SimpleNamespace:
        keeping = SimpleNamespace(left_untidy=lambda: None)
        return SimpleNamespace(journal=self.journal, exports=None, thermometers=(), keeping=keeping)

    @property
    def people(self) -> StationPeopleDesk:
        desk = StationPeopleDesk(self._journal, ZONE, self.now)
        job = desk.index()
        assert job
        desk.take_index(run(job))
        return desk

    @property
    def imports(self) -> StationImportDesk:
        return StationImportDesk(self._journal, ZONE, lambda: None, self.now)

    @property
    def entries(self) -> StationEntriesDesk:
        return StationEntriesDesk(self._journal, ZONE, self.signing, self.compound.clock)

    @property
    def lookbacks(self) -> StationLookbackDesk:
        return StationLookbackDesk(self._journal, lambda: self.compound.policy, self.now, ZONE)

    @property
    def tracing(self) -> StationTraceDesk:
        return StationTraceDesk(self.folder, self._journal, self.signing, self.now, ZONE, lambda: "东门")

    @property
    def passes(self) -> StationPassDesk:
        return StationPassDesk(self._journal, lambda: "东门", lambda: None, ZONE, self.now)

    @property
    def rules(self) -> StationPolicyDesk:
        return StationPolicyDesk(self._journal, self.folder, lambda: "open", lambda: None, ZONE, now=self.now)

    @property
    def exports(self) -> StationExportDesk:
        settings = Settings(gate="东门")
        return StationExportDesk(
            self.folder,
            lambda: cast("Exporting", self._running()),
            lambda: settings,
            lambda changes: None,
            self.signing,
            ZONE,
            self.now,
        )

    @property
    def keeping(self) -> StationRetentionDesk:
        running = cast("Keeping", self._running())
        return StationRetentionDesk(
            self.folder, lambda: running, self.signing, ZONE, self.now, lambda: "东门"
        )

    @property
    def keys(self) -> StationKeysDesk:
        return self.desk.keys

    @property
    def handover(self) -> StationHandoverDesk:
        duty = StationDutyDesk(self.signing, self._journal, ZONE, lambda: "东门", self.now)
        where = Where("东门", "1", self.compound.policy, 12.0, ZONE)
        return StationHandoverDesk(
            duty, self._journal, lambda: where, Live, lambda: (), lambda: "zh", self.now
        )

    @property
    def help(self) -> HelpDesk:
        return HelpDesk(
            self.journal,
            Reports(self.journal),
            place=lambda: ("东门", "1", "in"),
            devices=lambda: (),
            now=self.now,
            status=lambda: CenterStatus(Link.OFFLINE),
            hurry=lambda: None,
            publish=lambda outcome: None,
        )

    @property
    def duty(self) -> DutyOffice:
        """The office without its window: what it puts on record of settings and of duty."""
        opening = SimpleNamespace(settings=SimpleNamespace(gate="东门", lane="1"))
        office = SimpleNamespace(
            _journal=self._journal,
            _gate=lambda: "东门",
            _opening=lambda: opening,
            _report_duty=lambda *_: None,
        )
        return cast("DutyOffice", office)


def run(job: Job) -> object:
    return job(Progress(lambda part: None))
