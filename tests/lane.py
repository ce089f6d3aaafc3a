"""A lane to test with: the real checkpoint, a real journal, two residents, and a clock that a test moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from station.app import load_limits
from station.checkpoint import Checkpoint
from station.core.asking import Answer, Question
from station.core.entry import Entry, StoredEntry
from station.core.model import (
    CodeKind,
    CodeStatus,
    Credential,
    Direction,
    Instrument,
    Reading,
    Sample,
    Scan,
    Site,
    Trust,
)
from station.core.outcome import (
    Corrected,
    Outcome,
    Recorded,
    Repeated,
    StorageProblem,
)
from station.core.policy import Policy, parse_policy
from station.journal.entries import Journal
from station.journal.errors import JournalError
from station.journal.memory import LaneMemory
from station.journal.movements import Movements, Mover
from station.journal.people import ColourFact, People, Person
from station.journal.reader import Reader
from station.knowing import Knowing
from station.recording import Lane
from station.thermometry import Thermometry
from station.visiting import Visiting

OPEN_TEXT = (Path(__file__).parents[1] / "assets/policies/open.toml").read_text("utf-8")
OPEN = parse_policy(OPEN_TEXT)
T = TypeVar("T", bound=Outcome)
MODULE = Instrument("module", "lu90614")


@dataclass
class HandClock:
    """A clock that moves only when the test says so."""

    wall: datetime = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
    mono: float = 100.0
    boot: str = "boot"

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.mono

    def move(self, seconds: float) -> None:
        self.mono += seconds
        self.wall += timedelta(seconds=seconds)


@dataclass
class FullDisk:
    """A journal whose disk is full until somebody makes room."""

    journal: Journal
    full: bool = False
    torn: bool = False  # pulled out within the commit: what was refused is there when it is back

    def append(
        self,
        entry: Entry,
        personal: bytes | None = None,
        *,
        mover: Mover | None = None,
        memory: Mapping[str, bytes] | None = None,
    ) -> StoredEntry:
        if self.full:
            raise JournalError(StorageProblem.DISK_FULL, "no space left")
        stored = self.journal.append(entry, personal, mover=mover, memory=memory)
        if self.torn:
            raise JournalError(StorageProblem.FAULT, "input/output error")
        return stored

    def has_room(self) -> bool:
        return not self.full and self.journal.has_room()


@dataclass
class Gate:
    """A checkpoint with its surroundings, as a test talks to it."""

    folder: Path
    clock: HandClock = field(default_factory=HandClock)
    heard: list[Outcome] = field(default_factory=list)
    credential: Credential = Credential(CodeKind.REGIONAL, Trust.RECOGNISED, CodeStatus.CANNOT_CHECK)  # noqa: RUF009
    judged: list[str] = field(default_factory=list)  # every text that was asked about
    policy: Policy = OPEN
    names: tuple[str, ...] = ()  # of the thermometers, if there is more than one

    def __post_init__(self) -> None:
        self.journal = Journal.open(self.folder, now=self.clock.now)
        self.disk = FullDisk(self.journal)
        self.people = People(self.journal)
        colour = ColourFact("red", self.clock.now(), "center")
        residents = [
            Person("p1", "张小强", "3-2-501", "resident", ("token-zhang",)),
            Person("p2", "李红", "1-1-101", "resident", ("token-red",), colour),
        ]
        self.people.add(residents, as_of=self.clock.now())
        self.roster: People | Knowing = self.people
        self.code_key = self.journal.vault.code_key
        self.open()

    def open(self, last: Recorded | None = None) -> None:
        """A new start of the program over the same journal. `last`: its newest passage."""
        memory = LaneMemory(self.journal)
        self.visiting = Visiting(self.journal, self.clock.now, lambda key: self.checkpoint.learnt(key))
        self.checkpoint = Checkpoint(
            lane=Lane("1", Direction.IN),
            policy=self.policy,
            journal=self.disk,
            code_key=self.visiting.shown(self.code_key),
            find=self.visiting.by_code(self.roster.find_by_code),
            find_person=self.visiting.by_id(self.roster.find),
            movements=Movements(self.journal.connection),
            judge=self.judge,
            thermometry=Thermometry(
                self.policy, load_limits(), names=self.names, memory=LaneMemory(self.journal)
            ),
            clock=self.clock,
            publish=self.hear,
            memory=memory,
            last=last,
            speaks_for=self.roster.for_whom_speaks,
        )

    def begin_anew(self, policy: Policy) -> None:
        """Other rules come into force while the gate runs (`Station.reload_policy`)."""
        before, self.policy = self.checkpoint, policy
        before.end()
        self.open()
        self.checkpoint.thermometry.go_on_from(before.thermometry)
        self.checkpoint.go_on_from(before)

    def judge(self, text: str, now: datetime) -> Credential:
        """Says of every text what the test wants."""
        self.judged.append(text)
        return self.credential

    def hear(self, outcome: Outcome) -> None:
        """Whatever is shown must be in the journal that another process reads now."""
        self.heard.append(outcome)
        if isinstance(outcome, Recorded | Repeated | Corrected):
            with Reader.open(self.folder) as reader:
                assert reader.by_id(outcome.stored.entry.id) == outcome.stored

    def see(self, colour: str) -> None:
        """The volunteer reads a colour off a phone."""
        self.checkpoint.answered((Answer(Question.COLOUR, colour),))

    def show(self, text: str) -> None:
        self.checkpoint.scan(Scan(text, self.clock.mono, "zxing", "camera"))

    def measure(
        self,
        value: float,
        seconds: float = 1.0,
        *,
        by: Instrument = MODULE,
        ambient_c: float | None = None,
        site: Site = Site.BODY,
    ) -> None:
        for _ in range(round(seconds * 10)):
            self.clock.move(0.1)
            self.checkpoint.sample(Sample(Reading(value, site, ambient_c), self.clock.mono, by))

    def leave(self) -> None:
        self.measure(22.0)

    def of(self, kind: type[T]) -> list[T]:
        return [outcome for outcome in self.heard if isinstance(outcome, kind)]
