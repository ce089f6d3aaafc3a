"""The rules section over a gate screen, with a real journal in which a morning was recorded."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from station.core.model import Direction
from station.core.policy import parse_policy
from station.journal.entries import Journal
from station.journal.people import ColourFact, People, Person
from station.policy_desk import policy_text
from station.policy_office import StationPolicyDesk
from station.ui.admin.policy import PolicySection
from tests.core.crowd import NOW
from tests.core.morning import colour, passage
from tests.lane import HandClock
from tests.ui import scenes
from tests.ui.admin.looking import until
from tests.ui.admin.over_gate import OverGate, admin_over
from tests.ui.states import Stand

OPEN = parse_policy(policy_text("open"))
PEOPLE = (("zhang", "张小强", "3-2-501"), ("li", "李红", "3-2-502"), ("wang", "王秀英", "1-1-101"))


@dataclass
class RulesOffice(OverGate):
    """`taken_over` counts how often the lane was told to take another policy over."""

    journal: Journal
    desk: StationPolicyDesk
    folder: Path
    taken_over: list[int] = field(default_factory=list)
    clock: HandClock = field(default_factory=HandClock)

    @classmethod
    def open(cls, folder: Path, size: tuple[int, int] = (1366, 768), theme: str = "day") -> RulesOffice:
        gate, taken = Stand.open(size, theme), list[int]()
        clock = HandClock(NOW + timedelta(hours=2))
        journal = Journal.open(folder / "station", now=lambda: NOW).__enter__()
        desk = StationPolicyDesk(
            lambda: journal,
            folder / "station",
            lambda: "open",
            lambda: taken.append(1),
            scenes.ZONE,
            now=clock.now,
        )
        admin = admin_over(
            gate,
            lambda host: PolicySection(host, desk),
        )
        office = cls(gate, admin, journal, desk, folder, taken, clock)
        office.record_morning()
        return office

    def record_morning(self) -> None:
        """Three neighbours came in, one went out; two of them nobody knows a colour of."""
        green = ColourFact("green", NOW + timedelta(hours=1), "center")
        People(self.journal).add(
            [
                Person(id, name, dwelling, "resident", (), green if id == "zhang" else None)
                for id, name, dwelling in PEOPLE
            ],
            as_of=NOW,
        )
        for entry in (
            passage(1, "zhang", 0, colour("green"), policy=OPEN),
            passage(2, "li", 1, colour("yellow"), policy=OPEN),
            passage(3, "wang", 2, policy=OPEN),
            passage(4, "zhang", 60, colour("green"), way=Direction.OUT, policy=OPEN),
            passage(5, None, 70, policy=OPEN),
        ):
            self.journal.append(entry)

    def pass_without_codes(self) -> None:
        """Two neighbours come in while the code system is down."""
        for number, who in ((11, "zhang"), (12, "wang")):
            policy = parse_policy(policy_text("controlled")).without_codes()
            self.journal.append(passage(number, who, 110 + number, policy=policy))
        self.clock.move(600)

    @property
    def rules(self) -> PolicySection:
        self.admin.open()
        section = self.admin.section
        assert isinstance(section, PolicySection)
        return section

    def try_out(self) -> None:
        """Press 试算 and wait for it."""
        self.rules.trial.start.click()
        until(lambda: not self.admin.work_bar.busy)

    def close(self) -> None:
        super().close()
        self.journal.close()
