"""The section of exports over a gate, with a real journal: a morning, somebody of the roster among them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from station.core.model import Severity
from station.core.outcome import DailyExport
from station.export_desk import StationExportDesk
from station.export_watch import STICK, ExportWatch, Schedule
from station.exporting import Format
from station.journal.entries import Journal
from station.journal.people import People, Person
from station.settings import Settings
from station.settings_file import Value, change_settings
from station.signing_in import SigningIn
from station.ui.admin.exports import ExportSection
from station.ui.admin.places import Place
from tests.journal import kept
from tests.journal.samples import NOON, open_journal, passage
from tests.ui.admin.over_gate import OverGate, admin_over
from tests.ui.admin.staff import CHEAP, take_on
from tests.ui.states import Stand


@dataclass
class Running:
    journal: Journal
    exports: ExportWatch
    thermometers: tuple[str, ...] = ("COM3", "额温枪")


@dataclass
class ExportOffice(OverGate):
    running: Running
    folder: Path
    now: list[datetime]
    plugged: list[Path]
    said_at_gate: list[DailyExport]
    settings: list[Settings]
    monotonic: float = 0.0

    @classmethod
    def open(cls, folder: Path, size: tuple[int, int] = (1366, 768), theme: str = "day") -> ExportOffice:
        gate = Stand.open(size, theme)
        data, stick = folder / "data", folder / "KINGSTON"
        stick.mkdir()
        now, plugged, told, settings = [NOON], [stick], list[DailyExport](), [Settings(gate="东门")]
        journal = open_journal(data)
        People(journal).add([Person("wang", "王小英", "3-2-501", "resident")], as_of=NOON)
        for minute, severity in enumerate((Severity.PASS, Severity.RECHECK, Severity.STOP)):
            entry = passage(severity, at=NOON - timedelta(minutes=minute))
            journal.append(msgspec.structs.replace(entry, person_id="wang"))
        watch = ExportWatch(
            *(data, journal, Schedule("", Format.XLSX, "东门", "zh"), kept.ZONE, lambda: now[0], told.append),
            stick=lambda: next(iter(plugged), None),
            start=lambda work: work(),
        )
        running = Running(journal, watch)

        def keep(changes: Mapping[str, Value]) -> None:
            settings[0] = change_settings(data, changes)

        signing = SigningIn(lambda: journal, now=lambda: now[0], cost=CHEAP)
        desk = StationExportDesk(
            data, lambda: running, lambda: settings[0], keep, signing, kept.ZONE, lambda: now[0]
        )
        admin = admin_over(
            gate,
            lambda host: ExportSection(host, desk, where=lambda: [Place("U 盘 KINGSTON", stick)]),
        )
        return cls(gate, admin, running, folder, now, plugged, told, settings)

    @property
    def section(self) -> ExportSection:
        return self.only(ExportSection)

    @property
    def files(self) -> list[Path]:
        return sorted((self.folder / "KINGSTON").iterdir())

    def show(self) -> ExportSection:
        self.admin.open()
        self.settle()
        return self.section

    def gate_goes_on(self) -> None:
        """Nobody stands at the lane for a while."""
        for _ in range(60):
            self.monotonic += 2.5
            self.running.exports.tick(self.monotonic, idle=True)

    def want_names(self, reason: str = "街道要核对") -> ExportSection:
        section = self.show()
        section.clear.wanted.setChecked(True)
        section.clear.reason.setText(reason)
        return section

    def close(self) -> None:
        super().close()
        self.running.journal.close()


def _form(office: ExportOffice) -> None:
    office.show()


def _clear(office: ExportOffice) -> None:
    take_on(office.running.journal)
    office.want_names()


def _done(office: ExportOffice) -> None:
    office.show().go.click()
    office.settle()


def _daily(office: ExportOffice) -> None:
    section = office.show()
    section.show_page(1)


def _daily_trouble(office: ExportOffice) -> None:
    section = office.show()
    section.show_page(1)
    section.daily.to.setCurrentIndex(section.daily.to.findData(STICK))
    section.daily.go.click()
    office.gate_goes_on()
    office.plugged.clear()
    office.now[0] += timedelta(days=2)
    office.gate_goes_on()
    section.daily.enter()


STATES: dict[str, Callable[[ExportOffice], None]] = {
    "form": _form,
    "clear": _clear,
    "done": _done,
    "daily": _daily,
    "daily_trouble": _daily_trouble,
}
