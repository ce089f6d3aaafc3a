"""The admin page with the entries section, with a real journal of a morning on which verdicts changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication

from station.core.entry import StoredEntry
from station.core.facts import Fact, FactKind
from station.core.model import Direction
from station.core.override import Override, OverrideReason, Role, override
from station.core.reasons import Severity
from station.entries_desk import StationEntriesDesk
from station.people_desk import StationPeopleDesk
from station.ui.admin.entries import EntriesSection
from tests.compound import MORNING, Compound, busy
from tests.ui import scenes
from tests.ui.admin.over_gate import OverGate, admin_over
from tests.ui.states import Stand


@dataclass
class EntriesOffice(OverGate):
    compound: Compound

    @classmethod
    def open(cls, folder: Path, size: tuple[int, int] = (1366, 768), theme: str = "day") -> EntriesOffice:
        gate, compound, zone = Stand.open(size, theme), Compound.open(folder / "station"), scenes.ZONE
        clock = compound.clock
        desk = StationEntriesDesk(lambda: compound.journal, zone)
        people = StationPeopleDesk(lambda: compound.journal, zone, clock.now)
        admin = admin_over(
            gate,
            lambda host: EntriesSection(host, desk, people, now=lambda: clock.now().astimezone(zone)),
        )
        return cls(gate, admin, compound)

    def close(self) -> None:
        super().close()
        self.compound.journal.close()

    @property
    def section(self) -> EntriesSection:
        return self.only(EntriesSection)

    def enter(self) -> EntriesSection:
        self.admin.open()
        self.settle()
        return self.section

    @property
    def cells(self) -> list[tuple[str, ...]]:
        return [line.cells for line in self.section.table.lines]


def change(
    compound: Compound, of: StoredEntry, to: Severity, why: OverrideReason, who: str, role: Role = Role.GUARD
) -> StoredEntry:
    """Somebody changes a verdict by hand, two minutes after it."""
    compound.count += 1
    entry = override(
        of,
        of.entry.decision,
        Override(to, why, who, role),
        id=compound.count.to_bytes(16, "big"),
        at=of.entry.at + timedelta(minutes=2),
        mono=float(compound.count),
        boot="boot",
    )
    return compound.journal.append(entry, None)


def red(compound: Compound, name: str, minutes_ago: int) -> StoredEntry:
    """A red code that the center told two hours before, and a closed isolation."""
    at = compound.clock.now() - timedelta(minutes=minutes_ago)
    facts = (
        Fact(FactKind.IDENTITY, "resident", at - timedelta(days=30), "roster"),
        Fact(FactKind.COLOUR, "red", at - timedelta(hours=2, minutes=11), "center"),
        Fact(FactKind.TEST, "negative", at - timedelta(hours=50), "center"),
        Fact(FactKind.ISOLATION, "close_contact", at - timedelta(days=2), "operator", at + timedelta(days=5)),
        Fact(FactKind.RIGHT, "all", at - timedelta(days=30), "roster"),
    )
    return compound.go(name, Direction.IN, at, degrees=37.6, facts=facts)


def morning(compound: Compound) -> None:
    """Yesterday one passage; today a busy morning, with four verdicts that were changed by hand."""
    compound.go("李红", Direction.IN, MORNING - timedelta(days=1))
    busy(compound)
    stopped = red(compound, "张小强", 9)
    change(compound, stopped, Severity.RECHECK, OverrideReason.GOING_HOME, "王秀兰", Role.VOLUNTEER)
    for name, why, minutes in (
        ("徐桂英", OverrideReason.NO_PHONE, 8),
        ("李红", OverrideReason.SEEN_ON_PHONE, 7),
        ("陈玉珍", OverrideReason.SEEN_ON_PHONE, 5),
    ):
        at = compound.clock.now() - timedelta(minutes=minutes)
        change(compound, compound.go(name, Direction.IN, at, colour="yellow"), Severity.PASS, why, "保安 021")


def listed(office: EntriesOffice) -> None:
    morning(office.compound)
    office.enter()


def nothing(office: EntriesOffice) -> None:
    office.enter()


def every_day(office: EntriesOffice) -> None:
    listed(office)
    office.section.every_day.click()
    office.settle()


def overridden(office: EntriesOffice) -> None:
    listed(office)
    office.section.verdict.setCurrentIndex(office.section.verdict.count() - 1)


def explained(office: EntriesOffice) -> None:
    """The red code that was let wait."""
    listed(office)
    _open(office, "张*强")


def passed(office: EntriesOffice) -> None:
    listed(office)
    _open(office, "欧**国")


def by_operator(office: EntriesOffice) -> None:
    explained(office)
    office.section.page.step.setCurrentIndex(1)


def correcting(office: EntriesOffice) -> None:
    passed(office)
    office.section.page.amend.click()


def choosing(office: EntriesOffice) -> None:
    listed(office)
    office.section.who.click()
    office.settle()
    office.section.picker.typed.setText("3-2")


def of_one(office: EntriesOffice) -> None:
    listed(office)
    office.section.who.click()
    office.settle()
    office.section.picker.typed.setText("lh")
    office.section.picker.typed.returnPressed.emit()


def no_such(office: EntriesOffice) -> None:
    listed(office)
    office.section.typed.setText("9999")
    office.section.look.click()


def _open(office: EntriesOffice, masked: str) -> None:
    table = office.section.table
    row = next(row for row, line in enumerate(table.lines) if masked in line.cells[3])
    table.selectRow(row)
    table.clicked.emit(table.model().index(row, 0))
    QApplication.processEvents()


STATES: dict[str, Callable[[EntriesOffice], None]] = {
    "listed": listed,
    "nothing": nothing,
    "every_day": every_day,
    "overridden": overridden,
    "explained": explained,
    "passed": passed,
    "by_operator": by_operator,
    "correcting": correcting,
    "choosing": choosing,
    "of_one": of_one,
    "no_such": no_such,
}
