"""The admin page with figures and tracing, with a real journal of a day at a gate and clocks that agree."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from PySide6.QtWidgets import QApplication

from station.core.entry import StoredEntry, to_ms
from station.core.model import Direction, Severity
from station.core.override import Override, OverrideReason, Role, override
from station.journal.entries import Journal
from station.people_desk import StationPeopleDesk
from station.signing_in import SigningIn
from station.statistics_desk import StationStatisticsDesk
from station.tracing_desk import StationTraceDesk
from station.ui.admin.places import Place
from station.ui.admin.section_group import SectionGroup
from station.ui.admin.statistics import StatisticsSection
from station.ui.admin.tracing import TraceSection
from tests.compound import MORNING, PEOPLE, Compound
from tests.ui import scenes
from tests.ui.admin.over_gate import OverGate, admin_over
from tests.ui.states import Stand

GATE = "幸福里小区 · 东门"


@dataclass
class PastOffice(OverGate):
    compound: Compound
    folder: Path
    signing: SigningIn

    @classmethod
    def open(cls, folder: Path, size: tuple[int, int] = (1366, 768), theme: str = "day") -> PastOffice:
        gate, compound, zone = Stand.open(size, theme), Compound.open(folder / "station"), scenes.ZONE
        clock, sticks = compound.clock, folder / "stick"

        def journal() -> Journal:
            return compound.journal

        def now() -> datetime:
            return clock.now().astimezone(zone)

        def where() -> list[Place]:
            return [Place("U 盘 KINGSTON", sticks)]

        signing = SigningIn(journal, now=clock.now, monotonic=gate.clock.monotonic)
        people = StationPeopleDesk(journal, zone, clock.now)
        figures = StationStatisticsDesk(folder / "station", journal, lambda: GATE, zone)
        traces = StationTraceDesk(folder / "station", journal, signing, clock.now, zone, lambda: GATE)
        parts = (
            lambda host: StatisticsSection(host, figures, now=now, where=where),
            lambda host: TraceSection(host, traces, people, now=now, where=where),
        )
        admin = admin_over(
            gate,
            lambda host: SectionGroup(host, parts),
        )
        return cls(gate, admin, compound, folder, signing)

    def close(self) -> None:
        super().close()
        self.compound.journal.close()

    @property
    def group(self) -> SectionGroup:
        (group,) = self.admin.sections
        assert isinstance(group, SectionGroup)
        return group

    @property
    def figures(self) -> StatisticsSection:
        (section,) = [one for one in self.group.parts if isinstance(one, StatisticsSection)]
        return section

    @property
    def tracing(self) -> TraceSection:
        (section,) = [one for one in self.group.parts if isinstance(one, TraceSection)]
        return section

    def enter(self, part: int = 0) -> None:
        self.admin.open()
        self.settle()
        self.group.show_part(part)
        self.settle()

    @property
    def cells(self) -> list[tuple[str, ...]]:
        return [line.cells for line in self.tracing.table.lines]


def correct(office: PastOffice, of: StoredEntry, to: Severity, minutes: float) -> None:
    """Somebody changes a verdict by hand, so many minutes after it."""
    office.compound.count += 1
    wish = Override(to, OverrideReason.SEEN_ON_PHONE, "保安 021", Role.GUARD)
    at, made = of.entry.at + timedelta(minutes=minutes), office.compound.count.to_bytes(16, "big")
    entry = override(of, of.entry.decision, wish, id=made, at=at, mono=0.0, boot="boot")
    office.compound.journal.append(entry, None)


def day(office: PastOffice, people: int = 120) -> None:
    """From six to half past ten, two rushes, a few red and yellow codes, some fevers and colds."""
    chance, compound = random.Random(4), office.compound
    begin = MORNING - timedelta(hours=4.4)
    for number in range(people):
        rush = chance.choice([7.2, 7.5, 8.0, 10.0, 6.5])
        minutes = min(263.0, max(0.0, 60 * (rush - 6) + chance.gauss(0, 22)))
        name = chance.choice(PEOPLE)[0]
        way = Direction.OUT if chance.random() < 0.7 else Direction.IN
        colour = "green" if chance.random() < 0.95 else chance.choice(["yellow", "red"])
        degrees = round(chance.gauss(36.4, 0.25), 1) if number % 60 else 37.8
        stored = compound.go(name, way, begin + timedelta(minutes=minutes), degrees=degrees, colour=colour)
        if stored.entry.decision is Severity.RECHECK and number % 3:
            correct(office, stored, chance.choice([Severity.PASS, Severity.STOP]), chance.choice([4, 7, 15]))
    for operator, hours in (("1001", 0.0), ("2002", 2.5)):
        begins = to_ms(begin + timedelta(hours=hours))
        ends = begins + 9_000_000 if hours == 0 else None
        compound.journal.connection.execute(
            "INSERT INTO duty (began_ms, ended_ms, lane, operator, sealed) VALUES (?, ?, '1', ?, x'00')",
            (begins, ends, operator),
        )


def busy(office: PastOffice) -> None:
    """Around 10:24 with people beside each other; then the clock is set forward by an hour."""
    into, out = Direction.IN, Direction.OUT
    for name, way, ago in (
        ("李红", out, 61), ("周凤", into, 40), ("徐桂英", into, 33), ("张小强", into, 30),
        ("赵师傅", into, 27), ("somebody", into, 24), ("欧阳建国", out, 19),
        ("阿卜杜热合曼·买买提依明", into, 17), ("John Fernández", into, 16), ("陈玉珍", out, 4),
    ):  # fmt: skip
        office.compound.go(name, way, MORNING - timedelta(minutes=ago))


def figures(office: PastOffice) -> None:
    day(office)
    office.enter()


def nothing(office: PastOffice) -> None:
    office.enter()


def _page(number: int) -> Callable[[PastOffice], None]:
    def show(office: PastOffice) -> None:
        figures(office)
        office.figures.show_page(number)

    return show


def empty_day(office: PastOffice) -> None:
    figures(office)
    office.figures.chooser.before.click()
    office.settle()


def saved(office: PastOffice) -> None:
    figures(office)
    office.figures.save.click()


def asked_nothing(office: PastOffice) -> None:
    office.enter(1)


def traced(office: PastOffice) -> None:
    """A person, around whom nine passed; the household was out."""
    busy(office)
    office.enter(1)
    office.tracing.who.click()
    office.settle()
    office.tracing.picker.typed.setText("zxq")
    office.tracing.picker.typed.returnPressed.emit()
    office.settle()


def choosing(office: PastOffice) -> None:
    busy(office)
    office.enter(1)
    office.tracing.who.click()
    office.settle()
    office.tracing.picker.typed.setText("3-2")


def by_time(office: PastOffice) -> None:
    busy(office)
    office.enter(1)
    office.tracing.typed.setText("10:00")
    office.tracing.look.click()
    office.settle()


def clock_turned(office: PastOffice) -> None:
    """The clock was set forward by an hour between two passages."""
    busy(office)
    clock = office.compound.go("孙宝山", Direction.IN, MORNING - timedelta(minutes=3))
    late = msgspec.structs.replace(
        clock.entry, id=b"l" * 16, at_ms=clock.entry.at_ms + 3_660_000, mono_ms=clock.entry.mono_ms + 60_000
    )
    office.compound.journal.append(late)
    office.enter(1)
    office.tracing.typed.setText(str(clock.number))
    office.tracing.look.click()
    office.settle()


def why(office: PastOffice) -> None:
    traced(office)
    office.tracing.names.click()


def in_clear(office: PastOffice) -> None:
    why(office)
    office.tracing.question.why.setText("街道流调组要")
    office.tracing.question.answer(yes=True)
    QApplication.processEvents()


STATES: dict[str, Callable[[PastOffice], None]] = {
    "hours": figures,
    "reasons": _page(1),
    "temperatures": _page(2),
    "waiting": _page(3),
    "lanes": _page(4),
    "nothing": nothing,
    "empty_day": empty_day,
    "saved": saved,
    "asked_nothing": asked_nothing,
    "traced": traced,
    "choosing": choosing,
    "by_time": by_time,
    "clock_turned": clock_turned,
    "why": why,
    "in_clear": in_clear,
}
