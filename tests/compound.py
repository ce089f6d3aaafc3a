"""A compound whose people come and go: a real journal with a roster, entries as the lane makes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from station.app import load_policy
from station.core.decision import decide
from station.core.entry import StoredEntry, from_passage
from station.core.facts import Fact, FactKind
from station.core.model import (
    Claim,
    Closing,
    CodeKind,
    CodeStatus,
    Credential,
    Direction,
    Instrument,
    Passage,
    Site,
    Temperature,
    Trust,
)
from station.core.recheck import Attempt, Rechecks
from station.journal.entries import Journal
from station.journal.memory import LaneMemory
from station.journal.movements import Mover
from station.journal.people import People, Person
from station.knowledge import by_hand
from station.recording import Lane

MORNING = datetime(2022, 4, 16, 2, 24, tzinfo=UTC)  # 10:24 at the gate
STAND = Instrument("支架测温仪", "gy-mcu90614")
GUN = Instrument("by-hand", "by-hand")
TOKEN = Credential(CodeKind.REGIONAL, Trust.RECOGNISED, CodeStatus.CANNOT_CHECK)
PEOPLE = (
    ("张小强", "3-2-501", "resident", "13800005501"), ("李红", "3-2-501", "resident", "13800005502"),
    ("王秀英", "3-2-101", "tenant", "13800001101"), ("陈玉珍", "3-1-402", "resident", "13800001402"),
    ("欧阳建国", "3-1-302", "resident", ""), ("周凤", "2-3-401", "resident", "13800003401"),
    ("阿卜杜热合曼·买买提依明", "", "worker", "13900002201"), ("赵师傅", "", "courier", "13900001602"),
    ("John Fernández", "5-1-1203", "visitor", "13900001203"), ("孙宝山", "", "worker", "13900003201"),
    ("徐桂英", "10-2-101", "resident", "13800002101"),
)  # fmt: skip


LANE = Lane("1", Direction.IN, gate="幸福里小区 · 东门")


@dataclass
class Clock:
    at: datetime = MORNING
    boot: str = "boot"

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return (self.at - MORNING).total_seconds() + 100_000


@dataclass
class Compound:
    """`go` lets somebody pass; everything is written into the journal as the gate would."""

    journal: Journal
    clock: Clock = field(default_factory=Clock)
    lane: Lane = LANE
    count: int = 0

    def __post_init__(self) -> None:
        self.policy, self.judging = load_policy("controlled"), load_policy("open")

    @classmethod
    def open(cls, folder: Path) -> Compound:
        compound = cls(Journal.open(folder, now=lambda: MORNING).__enter__())
        people = [
            Person(name, name, house, category, phones=(phone,) if phone else (), codes=(f"code of {name}",))
            for name, house, category, phone in PEOPLE
        ]
        People(compound.journal).add(people, as_of=MORNING - timedelta(days=30))
        return compound

    def key(self, name: str) -> str:
        return self.journal.vault.code_key(f"code of {name}")

    def on_the_list(self, name: str) -> str:
        """The key of the lane's list: of the person, not of their code."""
        known = People(self.journal).find_by_code(self.key(name))
        return by_hand(known.person_id) if known else self.key(name)

    def go(
        self,
        name: str,
        way: Direction,
        at: datetime,
        *,
        degrees: float = 36.4,
        colour: str = "green",
        facts: tuple[Fact, ...] = (),
    ) -> StoredEntry:
        """Of whom the roster does not know, the name is only what their code says."""
        self.count += 1
        known = People(self.journal).find_by_code(self.key(name))
        person = known.person_id if known else None
        mono = (at - MORNING).total_seconds() + 100_000
        shown = mono - 1.2 - self.count * 37 % 90 / 10
        taken = Temperature(degrees, degrees, Site.FOREHEAD, 21.0, STAND, "raw/1", (degrees,), mono - 1.0)
        claim = Claim("key", shown, TOKEN, person)
        passage = Passage(claim, taken, Closing.PAIRED, direction=way, gate="east")
        if not facts:
            category = next((each[2] for each in PEOPLE if each[0] == name), "visitor")
            facts = (
                Fact(FactKind.IDENTITY, category, at - timedelta(days=30), "roster"),
                Fact(FactKind.COLOUR, colour, at - timedelta(hours=2), "center"),
                Fact(FactKind.TEST, "negative", at - timedelta(hours=9), "center"),
                Fact(FactKind.RIGHT, "all", at - timedelta(days=30), "roster"),
                Fact(FactKind.TRAVEL, "no", at - timedelta(hours=9), "roster"),
                Fact(FactKind.EXPECTED, "yes", at - timedelta(days=1), "roster", at + timedelta(days=1)),
            )
        policy = self.judging
        entry = from_passage(
            passage,
            facts,
            decide(passage, facts, policy, at),
            id=self.count.to_bytes(16, "big"),
            at=at,
            mono=mono,
            boot="boot",
            lane="1",
            direction=way,
            policy=policy.label,
            policy_digest=policy.digest,
            emulated=False,
        )
        mover = Mover(person or self.key(name), known.household if known else None)
        return self.journal.append(entry, self.key(name).encode(), mover=mover)

    def wait_at_the_side(self, name: str, *values: float, minutes_ago: int) -> None:
        """Readings of somebody who sits there, three minutes apart."""
        memory, rule = LaneMemory(self.journal), self.policy.temperature.recheck
        assert rule
        record = memory.load("rechecks")
        rechecks = Rechecks.load(record, rule) if record else Rechecks(rule)
        begin = self.clock.now() - timedelta(minutes=minutes_ago)
        for number, value in enumerate(values):
            site = Site.WRIST if number else Site.FOREHEAD
            at = begin + timedelta(minutes=3.1 * number)
            rechecks.measured(self.on_the_list(name), Attempt(at, value, value >= 36.8, site, STAND.name))
        memory.save("rechecks", rechecks.dump())


def busy(compound: Compound) -> None:
    """A morning: visitors and workers inside, some too long; residents at home and away."""
    out, into = Direction.OUT, Direction.IN
    for name, way, ago in (
        ("阿卜杜热合曼·买买提依明", into, 870), ("王秀英", into, 700), ("周凤", into, 300),
        ("李红", out, 265), ("陈玉珍", out, 130), ("徐桂英", out, 40), ("孙宝山", into, 95),
        ("John Fernández", into, 61), ("欧阳建国", into, 22), ("somebody", into, 21), ("赵师傅", into, 12),
    ):  # fmt: skip
        compound.go(name, way, compound.clock.now() - timedelta(minutes=ago))
