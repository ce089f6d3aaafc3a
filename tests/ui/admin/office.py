"""The admin page over a gate screen, with a real journal, invented residents and made-up devices."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from station.core.model import DeviceEvent
from station.core.outcome import Outcome
from station.journal.entries import Journal
from station.journal.people import People, Person
from station.pass_desk import StationPassDesk
from station.ui.admin.passes import PassesSection
from station.ui.admin.places import Place
from station.ui.admin.sections import Section
from station.ui.admin.setup import SetUpSection
from tests.ui import scenes
from tests.ui.admin.fakes import FakeBench
from tests.ui.admin.over_gate import OverGate, admin_over
from tests.ui.states import GATE, Stand

MORNING = datetime(2022, 4, 16, 2, 24, tzinfo=UTC)
NEIGHBOURS = (
    ("张小强", "3-2-501", "resident"), ("李红", "3-2-501", "resident"), ("李小宝", "3-2-501", "resident"),
    ("王秀英", "3-2-101", "tenant"), ("陈玉珍", "3-1-402", "resident"), ("欧阳建国", "3-1-302", "volunteer"),
    ("周凤", "2-3-401", "resident"), ("阿卜杜热合曼·买买提依明", "2-2-201", "worker"),
    ("赵玥", "2-1-602", "resident"), ("孙宝山", "6-3-201", "resident"), ("徐桂英", "5-2-101", "resident"),
    ("John Fernández", "5-1-1203", "tenant"),
)  # fmt: skip


@dataclass
class Office(OverGate):
    """The gate's stand, the admin page over it, and what stands behind its sections."""

    journal: Journal
    desk: StationPassDesk
    bench: FakeBench
    folder: Path
    judged_anew: list[int] = field(default_factory=list)

    @classmethod
    def open(
        cls,
        folder: Path,
        size: tuple[int, int] = (1366, 768),
        theme: str = "day",
        bench: FakeBench | None = None,
    ) -> Office:
        gate, bench, judged = Stand.open(size, theme), bench or FakeBench(), list[int]()
        journal = Journal.open(folder / "station", now=lambda: MORNING).__enter__()
        desk = StationPassDesk(
            lambda: journal, lambda: GATE, lambda: judged.append(1), scenes.ZONE, now=lambda: MORNING
        )
        place = Place("文档", folder / "documents")
        admin = admin_over(
            gate,
            lambda host: PassesSection(host, desk, where=lambda: [place], now=gate.clock.now),
            lambda host: SetUpSection(host, bench, gate.bridge),
            demo=lambda: gate.window.header.demo,
        )
        return cls(gate, admin, journal, desk, bench, folder, judged)

    def close(self) -> None:
        super().close()
        self.journal.close()

    def move_in(self, *people: tuple[str, str, str]) -> None:
        """They come to live here."""
        roster = People(self.journal)
        roster.add((Person(roster.id_for(*who[:2]), *who) for who in people or NEIGHBOURS), as_of=MORNING)

    def give_passes(self, *houses: str) -> None:
        for house in houses:
            self.desk.issue([one for one in self.desk.living_in(house) if not one.has_pass])

    def show(self, section: type[Section]) -> Section:
        """Open the admin page at this section."""
        self.admin.open()
        (number,) = [n for n, one in enumerate(self.admin.sections) if isinstance(one, section)]
        self.admin.go_to(number)
        return self.admin.sections[number]

    @property
    def passes(self) -> PassesSection:
        section = self.show(PassesSection)
        assert isinstance(section, PassesSection)
        return section

    @property
    def setup(self) -> SetUpSection:
        section = self.show(SetUpSection)
        assert isinstance(section, SetUpSection)
        return section

    def tell(self, *events: DeviceEvent | Outcome) -> None:
        self.gate.tell(*events)

    def press(self, key: Qt.Key) -> None:
        """A key, wherever the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.gate.window, key)
