"""The admin page with the sections about presence, with a real journal of a busy morning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication

from station.core.facts import FactKind
from station.core.model import Direction
from station.fever_desk import StationFeverDesk
from station.journal.facts import Facts, News
from station.lookback_desk import StationLookbackDesk
from station.presence_desk import StationPresenceDesk
from station.ui.admin.inside import Group, InsideSection
from station.ui.admin.lookback import LookbackSection
from station.ui.admin.places import Place
from station.ui.admin.rechecks import RechecksSection
from station.ui.admin.sections import Section
from tests.compound import MORNING, Compound, busy
from tests.ui import scenes
from tests.ui.admin.over_gate import OverGate, admin_over
from tests.ui.states import Stand


@dataclass
class PresenceOffice(OverGate):
    compound: Compound
    documents: Path

    @classmethod
    def open(cls, folder: Path, size: tuple[int, int] = (1366, 768), theme: str = "day") -> PresenceOffice:
        gate, compound, zone = Stand.open(size, theme), Compound.open(folder / "station"), scenes.ZONE
        clock, documents = compound.clock, folder / "documents"
        inside = StationPresenceDesk(
            lambda: compound.journal,
            lambda: compound.lane,
            lambda: compound.policy,
            clock,
            zone,
            stay_hours=lambda: 12.0,
        )
        fevers = StationFeverDesk(lambda: compound.journal, lambda: compound.policy, clock.now, zone)
        lookbacks = StationLookbackDesk(lambda: compound.journal, lambda: compound.policy, clock.now, zone)
        admin = admin_over(
            gate,
            lambda host: InsideSection(
                host, inside, where=lambda: [Place("文档", documents)], now=gate.clock.now
            ),
            lambda host: RechecksSection(host, fevers, now=lambda: clock.now().astimezone(zone)),
            lambda host: LookbackSection(host, lookbacks, now=lambda: clock.now().astimezone(zone)),
        )
        return cls(gate, admin, compound, documents)

    def close(self) -> None:
        super().close()
        self.compound.journal.close()

    def show(self, number: int) -> Section:
        """Open the admin page at this section."""
        self.admin.open()
        if self.admin.section is self.admin.sections[number]:
            self.admin.section.enter()
        self.admin.go_to(number)
        QApplication.processEvents()
        return self.admin.section

    @property
    def inside(self) -> InsideSection:
        return self.only(InsideSection)

    @property
    def rechecks(self) -> RechecksSection:
        return self.only(RechecksSection)

    @property
    def lookback(self) -> LookbackSection:
        return self.only(LookbackSection)


def others(office: PresenceOffice) -> None:
    busy(office.compound)
    office.show(0)


def marking(office: PresenceOffice) -> None:
    others(office)
    section = office.inside
    section.table.mark([line.about for line in section.table.lines[:1]])
    section.mark.click()


def away(office: PresenceOffice) -> None:
    others(office)
    office.inside.unmasked.setChecked(True)
    office.inside.show_group(Group.AWAY)


def nobody(office: PresenceOffice) -> None:
    office.show(0)


def fevers(office: PresenceOffice) -> None:
    compound = office.compound
    compound.go("周凤", Direction.IN, MORNING - timedelta(hours=2), degrees=37.6)
    compound.go("孙宝山", Direction.IN, MORNING - timedelta(hours=1), degrees=38.1)
    compound.wait_at_the_side("陈玉珍", 37.4, 37.1, minutes_ago=5)
    compound.wait_at_the_side("王秀英", 37.5, minutes_ago=17)
    office.show(1)


def fever_in_full(office: PresenceOffice) -> None:
    fevers(office)
    office.compound.wait_at_the_side("陈玉珍", 37.4, 37.1, 36.5, minutes_ago=9)
    section = office.rechecks
    section.read()
    section.table.mark([section.table.lines[1].about])


def no_fever(office: PresenceOffice) -> None:
    office.show(1)


def red(office: PresenceOffice) -> None:
    busy(office.compound)
    compound = office.compound
    news = News("person", "欧阳建国", FactKind.COLOUR, "red", MORNING - timedelta(hours=1), "center")
    Facts(compound.journal).receive([news], now=MORNING)
    office.show(2)


def ticked(office: PresenceOffice) -> None:
    red(office)
    section = office.lookback
    section.table.mark([line.about for line in section.table.lines[:2]])
    section.done.click()


def asking(office: PresenceOffice) -> None:
    ticked(office)
    section = office.lookback
    section.new.click()
    section.typed.setText("3-2-101")
    section.find_them.click()


def nothing_to_look_back(office: PresenceOffice) -> None:
    office.show(2)


STATES: dict[str, Callable[[PresenceOffice], None]] = {
    "inside": others,
    "inside_marking": marking,
    "inside_away": away,
    "inside_nobody": nobody,
    "rechecks": fevers,
    "rechecks_in_full": fever_in_full,
    "rechecks_none": no_fever,
    "lookback": red,
    "lookback_ticked": ticked,
    "lookback_asking": asking,
    "lookback_none": nothing_to_look_back,
}
