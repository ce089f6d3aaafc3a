"""The section of kept data over a gate, with a real journal: somebody came long ago and lately."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from station.core.space import Level
from station.journal.entries import Journal
from station.people_desk import StationPeopleDesk
from station.retention_desk import StationRetentionDesk
from station.retention_watch import RetentionWatch
from station.signing_in import SigningIn
from station.ui.admin.people_desk import Hit
from station.ui.admin.places import Place
from station.ui.admin.retention import RetentionSection
from station.ui.admin.retention_desk import Kept
from tests.journal import kept
from tests.journal.given import enrol
from tests.journal.samples import NOON, open_journal
from tests.ui import scenes
from tests.ui.admin.over_gate import OverGate, admin_over
from tests.ui.admin.staff import CHEAP, take_on
from tests.ui.states import Stand


@dataclass
class Running:
    journal: Journal
    keeping: RetentionWatch


@dataclass
class RetentionOffice(OverGate):
    running: Running
    people: StationPeopleDesk
    desk: StationRetentionDesk
    folder: Path
    him: str
    monotonic: list[float]  # s, and wall time: a test moves them
    now: list[datetime]

    @classmethod
    def open(cls, folder: Path, size: tuple[int, int] = (1366, 768), theme: str = "day") -> RetentionOffice:
        gate, station, now = Stand.open(size, theme), folder / "station", [NOON]
        journal = open_journal(station)
        him = kept.fill(journal).id
        keeping = RetentionWatch(station, journal, 30, kept.ZONE, lambda: now[0], lambda told: None)
        running = Running(journal, keeping)
        monotonic = [0.0]
        signing = SigningIn(lambda: journal, now=lambda: now[0], monotonic=lambda: monotonic[0], cost=CHEAP)
        people = StationPeopleDesk(lambda: journal, kept.ZONE, lambda: now[0])
        desk = StationRetentionDesk(
            station, lambda: running, signing, kept.ZONE, lambda: now[0], lambda: "东门"
        )
        admin = admin_over(
            gate,
            lambda host: RetentionSection(
                host, desk, people, where=lambda: [Place("U 盘 KINGSTON", folder / "stick")]
            ),
        )
        return cls(gate, admin, running, people, desk, folder, him, monotonic, now)

    @property
    def section(self) -> RetentionSection:
        return self.only(RetentionSection)

    def show(self) -> RetentionSection:
        self.admin.open()
        self.settle()
        return self.section

    def minutes(self, count: int = 1) -> None:
        """The gate goes on, and nobody stands there."""
        for _ in range(60 * count):
            self.monotonic[0] += 1
            self.running.keeping.tick(self.monotonic[0], idle=True)

    def choose(self) -> RetentionSection:
        """Somebody asks to be erased, and was found."""
        section = self.show()
        section.erase.click()
        self.settle()
        section.erasing.picker.chosen.emit(Hit(self.him, "欧***国", kept.HOUSE, "resident"))
        self.settle()
        return section

    def close(self) -> None:
        super().close()
        self.running.journal.close()


def _overview(office: RetentionOffice) -> None:
    office.minutes()
    office.show()


def _held(office: RetentionOffice) -> None:
    office.minutes()
    office.now[0] += timedelta(days=90)
    enrol(office.running.journal)
    office.show()


def _nothing(office: RetentionOffice) -> None:
    office.running.keeping.run_now()
    office.minutes()
    office.show()


def _little_room(office: RetentionOffice) -> None:
    office.show().show_kept(
        Kept(30, last=scenes.NOW, last_total=1204, free=1_400_000_000, days_left=21, level=Level.LOW)
    )


def _question(office: RetentionOffice) -> None:
    office.show().run.click()


def _finding(office: RetentionOffice) -> None:
    office.show().erase.click()
    office.settle()
    office.section.erasing.picker.typed.setText("oyjg")


def _names(office: RetentionOffice) -> None:
    office.choose()


def _pins(office: RetentionOffice) -> None:
    take_on(office.running.journal)
    office.choose()


def _receipt(office: RetentionOffice) -> None:
    enrol(office.running.journal)
    page = office.choose().erasing
    page.first.name.setText("郑主任")
    page.second.name.setText("老李")
    page.go.click()


def _backup(office: RetentionOffice) -> None:
    office.show().back_up.click()


STATES: dict[str, Callable[[RetentionOffice], None]] = {
    "overview": _overview,
    "held": _held,
    "nothing": _nothing,
    "little_room": _little_room,
    "question": _question,
    "finding": _finding,
    "names": _names,
    "pins": _pins,
    "receipt": _receipt,
    "backup": _backup,
}
