"""Gates that tell things (reports) and their center, driven by a seed: the station's real outbox and a center
in memory; between them messages that are lost, repeated, late, and sticks.

What counts as lost: a report that was put, and whose newest version the center does not have when all is
healed; nothing is excused. Two halves of a cloned disk may give the same version to two states of a thing:
then the center has one of them.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from random import Random
from types import SimpleNamespace
from typing import Any

from station.journal import migrations
from station.journal.outbox import OutboxWriter
from station.journal.reports import Reports, chunks_to_send, to_send
from station.sync import bundle
from station.sync.reports import MOST_REPORTS, Kind, Taken, TaskDone, decode_body
from station.sync.reports import Reports as Message
from tests.journal.samples import NOON

STATION = b"north gate, 16 B"
THINGS = 12  # that may be told, and told anew
MOST_MACHINES = 3


@dataclass(frozen=True, slots=True)
class Variant:
    """What a control does otherwise."""

    compares_epochs: bool = True
    full: bool = True  # a put is on the disk when it returns


PROTOCOL = Variant()


class Plain:
    """A vault without a lock: sealing is tested elsewhere."""

    locked = False

    def seal(self, plain: bytes, context: bytes) -> bytes:
        return plain

    def open(self, sealed: bytes, context: bytes) -> bytes:
        return sealed


@cache
def _empty() -> bytes:
    with sqlite3.connect(":memory:", isolation_level=None) as connection:
        migrations.migrate(connection)
        return connection.serialize()


class Machine:
    """A gate's PC. Its outbox is the product's own."""

    def __init__(self, image: bytes | None = None) -> None:
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        self.connection.deserialize(image or _empty())
        journal: Any = SimpleNamespace(connection=self.connection, vault=Plain())
        self.vault: Any = journal.vault
        self.reports, self.writer = Reports(journal), OutboxWriter(journal, lambda: NOON)
        self.lists, self.as_of = b"", -1  # epoch of the lists, and when the center wrote them
        self.late: list[Taken] = []  # answers that were heard, and not put to use yet
        self.synced = self.image()

    def image(self) -> bytes:
        return self.connection.serialize()

    def clone(self, image: bytes | None = None) -> Machine:
        twin = Machine(image or self.image())
        twin.lists, twin.as_of = self.lists, self.as_of
        return twin

    def waiting(self) -> int:
        query = "SELECT count(*) FROM report WHERE sent < version"
        return int(self.connection.execute(query).fetchone()[0])


@dataclass
class Center:
    """Newest version wins; `epoch` is another one after each restore."""

    epoch: bytes
    here: dict[bytes, tuple[int, bytes]] = field(default_factory=dict)  # id: version and body
    backups: list[dict[bytes, tuple[int, bytes]]] = field(default_factory=list)
    now_ms: int = 1_000_000
    last_stick: list[bytes] = field(default_factory=list)  # ids

    def take(self, packed: bytes) -> Taken:
        message = bundle.unpack(packed, Message)
        for one in message.reports:
            if one.version > self.here.get(one.id, (0, b""))[0]:
                self.here[one.id] = one.version, one.body
        taken = tuple((one.id, one.version) for one in message.reports)
        return Taken(1, STATION, taken, self.now_ms, self.epoch)

    def stick(self, packed: list[bytes]) -> None:
        self.last_stick = [report_id for one in packed for report_id, _ in self.take(one).taken]

    def answer(self) -> list[Taken]:
        """What is here of the last stick; also of nothing."""
        found = [(one, self.here[one][0]) for one in self.last_stick if one in self.here]
        chunks = range(0, max(len(found), 1), MOST_REPORTS)
        pages = (tuple(found[first : first + MOST_REPORTS]) for first in chunks)
        return [Taken(1, STATION, page, self.now_ms, self.epoch) for page in pages]


class World:
    def __init__(self, seed: int, variant: Variant = PROTOCOL) -> None:
        self.random, self.variant = Random(seed), variant
        self.center = Center(self.random.randbytes(16))
        self.machines = [Machine()]
        self.put: dict[bytes, dict[int, set[bytes]]] = {}  # by a gate: id, version, bodies
        self.air: list[bytes] = []
        self.sticks: list[list[bytes]] = []
        self.returned: list[list[Taken]] = []
        self.seen = Counter[str]()
        self._told = 0

    # --- at the gate ------------------------------------------------------------------------------

    def tell(self, machine: Machine) -> None:
        self._told += 1
        report_id = self.random.randrange(THINGS).to_bytes(16, "big")
        body = TaskDone("t", self._told)
        machine.connection.execute("SAVEPOINT told")  # the lights may go before the commit
        if self.random.random() < 0.1:
            machine.connection.execute("ROLLBACK TO told")
            machine.connection.execute("RELEASE told")
            return
        machine.connection.execute("RELEASE told")
        machine.reports.put(Kind.TASK_DONE, report_id, body, NOON + timedelta(seconds=self._told))
        row = "SELECT version, sealed FROM report WHERE id = ?"
        version, plain = machine.connection.execute(row, (report_id,)).fetchone()
        self.put.setdefault(report_id, {}).setdefault(version, set()).add(plain)

    def power_cut(self, machine: Machine) -> None:
        """Whatever was in memory is gone; without `full`, what came since the last sync too."""
        machine.late.clear()
        if not self.variant.full:
            self.machines[self.machines.index(machine)] = machine.clone(machine.synced)

    def clone(self, machine: Machine) -> None:
        if len(self.machines) < MOST_MACHINES:
            self.machines.append(machine.clone())

    # --- between them -----------------------------------------------------------------------------

    def send(self, machine: Machine, fault: str = "") -> None:
        reports = to_send(machine.connection, machine.vault)
        if not reports:
            return
        self.seen[fault or "sent"] += 1
        packed = bundle.pack(Message(1, STATION, tuple(reports)))
        if fault in ("late", "twice"):
            self.air.append(packed)
        if fault in ("late", "lost request"):
            return
        taken = self.center.take(packed)
        if fault == "late answer":
            machine.late.append(taken)
        elif fault != "lost answer":
            self.hear(machine, taken)

    def hear(self, machine: Machine, taken: Taken, lists: bytes = b"") -> None:
        if self.variant.compares_epochs:
            machine.reports.heard(taken, lists)
        else:
            machine.reports.sent(taken.taken)

    def hear_late(self, machine: Machine) -> None:
        while machine.late:
            self.hear(machine, machine.late.pop(0))

    def hello(self, machine: Machine) -> None:
        if self.variant.compares_epochs:
            machine.writer.begin_epoch(self.center.epoch)

    def pull(self, machine: Machine) -> None:
        machine.lists, machine.as_of = self.center.epoch, self.center.now_ms

    def stale(self, machine: Machine) -> None:
        if self.air:
            self.seen["stale"] += 1
            self.center.take(self.random.choice(self.air))

    def fill_stick(self, machine: Machine) -> None:
        chunks = chunks_to_send(machine.connection, machine.vault)
        self.sticks.append([bundle.pack(Message(1, STATION, chunk)) for chunk in chunks])

    def bring_stick(self, machine: Machine) -> None:
        if self.sticks:
            self.center.stick(self.random.choice(self.sticks))
            self.returned.append(self.center.answer())

    def return_stick(self, machine: Machine, stick: list[Taken] | None = None) -> None:
        if not (stick or self.returned):
            return
        self.seen["stick came back"] += 1
        stick = stick or self.random.choice(self.returned)
        written = stick[0]
        if written.server_ms > machine.as_of:  # as `center_lists` does with an older stick
            machine.lists, machine.as_of = written.epoch, written.server_ms
        for taken in stick:
            self.hear(machine, taken, machine.lists)

    # --- the center -------------------------------------------------------------------------------

    def back_up(self, machine: Machine) -> None:
        self.center.backups.append(dict(self.center.here))

    def restore(self, machine: Machine) -> None:
        if self.center.backups:
            self.seen["restored"] += 1
            self.center.here = dict(self.random.choice(self.center.backups))
            self.center.epoch = self.random.randbytes(16)

    def time_passes(self, machine: Machine) -> None:
        self.center.now_ms += self.random.choice((1, 1000, 86_400_000, -1000))

    # --- a life -----------------------------------------------------------------------------------

    def live(self, steps: int) -> None:
        for _ in range(steps):
            step = self.random.choices(STEPS, WEIGHTS)[0]
            step(self, self.random.choice(self.machines))
            self.center.now_ms += 1

    def heal(self, *, by_stick: bool) -> None:
        """No more faults; a gate that stays offline carries sticks."""
        for _ in range(3):
            for machine in self.machines:
                (self._carry if by_stick else self._talk)(machine)

    def _carry(self, machine: Machine) -> None:
        self.center.now_ms = max([self.center.now_ms, *(one.as_of for one in self.machines)]) + 1
        self.hear_late(machine)
        for _ in range(2):  # one says that the center is another one, the next brings what it lacks
            self.center.now_ms += 1
            self.fill_stick(machine)
            self.center.stick(self.sticks[-1])
            self.return_stick(machine, self.center.answer())

    def _talk(self, machine: Machine) -> None:
        self.hear_late(machine)
        self.hello(machine)
        while to_send(machine.connection, machine.vault):
            self.send(machine)

    def _behind(self, report_id: bytes) -> bool:
        return self.center.here.get(report_id, (0, b""))[0] < max(self.put.get(report_id, {0: set()}))

    def lost(self) -> set[bytes]:
        return {one for one in self.put if self._behind(one)}

    def wrong(self) -> list[str]:
        """What does not hold in the end, beside `lost`."""
        found = [f"{count} wait" for machine in self.machines if (count := machine.waiting())]
        for report_id, (version, body) in self.center.here.items():
            decode_body(body, TaskDone)
            if self.variant.full and body not in self.put[report_id].get(version, set()):
                found.append(f"version {version} of {report_id.hex()} is none that was told")
        return found


FAULTS = ("late", "twice", "lost request", "lost answer", "late answer")


def _some_exchange(world: World, machine: Machine) -> None:
    world.send(machine, world.random.choice(("", "", "", *FAULTS)))


def _sync(world: World, machine: Machine) -> None:
    machine.synced = machine.image() if not world.variant.full else b""


Step = Callable[[World, Machine], None]
_WEIGHTED: tuple[tuple[float, Step], ...] = (
    (10, World.tell),
    (10, _some_exchange),
    (2, World.hear_late),
    (2, World.hello),
    (2, World.pull),
    (1.5, World.stale),
    (1.5, World.power_cut),
    (1.5, World.back_up),
    (1, World.restore),
    (0.5, World.clone),
    (1, World.fill_stick),
    (1.5, World.bring_stick),
    (1.5, World.return_stick),
    (0.7, World.time_passes),
    (0.7, _sync),
)
WEIGHTS, STEPS = [weight for weight, _ in _WEIGHTED], [step for _, step in _WEIGHTED]


def run(seed: int, variant: Variant = PROTOCOL) -> World:
    """Lives of gates and their center by this seed, healed at the end."""
    world = World(seed, variant)
    world.live(world.random.randint(20, 80))
    world.heal(by_stick=seed % 4 == 0)
    return world
