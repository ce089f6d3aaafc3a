"""The section of exports over a gate, with a real journal: a morning, somebody of the roster among them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from station.core.model import Severity
from station.core.outcome import DailyExport
from station.core.override import Role
from station.export_desk import StationExportDesk
from station.export_watch import STICK, ExportWatch, Schedule
from station.exporting import Format
from station.journal.entries import Journal
from station.journal.operators import Operators
from station.journal.people import People, Person
from station.journal.pins import Cost
from station.settings import Settings
from station.settings_file import Value, change_settings
from station.signing_in import SigningIn
from station.ui.admin.exports import ExportSection
from station.ui.admin.places import Place
from station.ui.admin.window import AdminWindow
from tests.journal import kept
from tests.journal.samples import NOON, open_journal, passage
from tests.ui.admin.looking import settle
from tests.ui.states import Stand

CHEAP = Cost(8, 1, 1)
ADMIN, GUARD = ("1001", "407159"), ("2002", "835106")


@dataclass
class Running:
    journal: Journal
    exports: ExportWatch
    thermometers: tuple[str, ...] = ("COM3", "额温枪")


@dataclass
class ExportOffice:
    gate: Stand
    admin: AdminWindow
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
        admin = AdminWindow(
            gate.window,
            gate.bridge,
            (lambda host: ExportSection(host, desk, where=lambda: [Place("U 盘 KINGSTON", stick)]),),
            theme=gate.window.theme,
            monotonic=gate.clock.monotonic,
            now=gate.clock.now,
        )
        gate.window.dressed.connect(admin.dress)
        return cls(gate, admin, running, folder, now, plugged, told, settings)

    @property
    def section(self) -> ExportSection:
        section = self.admin.sections[0]
        assert isinstance(section, ExportSection)
        return section

    @property
    def said(self) -> str:
        return self.admin.work_bar.sentence.text()

    @property
    def files(self) -> list[Path]:
        return sorted((self.folder / "KINGSTON").iterdir())

    def show(self) -> ExportSection:
        self.admin.open()
        self.settle()
        return self.section

    def settle(self) -> None:
        settle(self.admin)

    def staff(self) -> None:
        """Operators sign in here."""
        operators = Operators(self.running.journal, now=lambda: NOON, cost=CHEAP)
        operators.add(ADMIN[0], "郑主任", Role.ADMIN, ADMIN[1])
        operators.add(GUARD[0], "老李", Role.GUARD, GUARD[1])
        operators.change_pin(*ADMIN)
        operators.change_pin(*GUARD)

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
        self.admin.shut_down()
        self.gate.window.close()
        self.running.journal.close()


def _form(office: ExportOffice) -> None:
    office.show()


def _clear(office: ExportOffice) -> None:
    office.staff()
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
