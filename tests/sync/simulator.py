"""One district in one process: real uplink and real ingest, all around them in memory and driven by a seed.

What counts as lost: an entry that a screen showed as recorded and that is not in the center's ledger when all
is healed, unless its only copies were destroyed from outside while the protocol had promised nothing more:
  - its station's disk was destroyed or overwritten with an older image, and neither another disk nor, from
    then on, the center had it (or the center had it, not yet in a verified backup, and was itself restored);
  - the center was restored from an older backup than the newest verified one: its word "archived" was broken.
Nothing else is excused: no fault of network, power, order, clocks, clones, sticks, records or retention.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import msgspec

from center.ingest import DamagedError, NotHereError
from station.sync import bundle
from station.sync.batching import batches_for_stick
from station.sync.bundle import Ack, Batch, ChainAt, Hello, Push
from station.sync.exchange import Answer, AskChain, Failure, Request, Wait
from station.sync.uplink import Uplink
from tests.sync.disk import Disk, PowerCutError
from tests.sync.memory_store import (
    KNOWN_SCHEMA,
    NEWER_SCHEMA,
    CenterCutError,
    Record,
    State,
    record_bytes,
)
from tests.sync.simulated_center import CENTER_PUBLIC, STATION, YEAR_MS, Center, Posted, Sent

MOST_MACHINES = 3
STICKS_THAT_SUFFICE = 5  # one tells of the fork, one where it is, one brings the rest; twice for old ones
POISON = b"\xc1\xff"  # 0xc1 is never used in MessagePack


def _short(request: Request) -> str:
    """A request in a line of `replay`."""
    if isinstance(request, Push):
        batch = bundle.unpack(request.payload, Batch)
        return f"push {batch.incarnation} from {batch.first}, {len(batch.records)} records"
    if isinstance(request, Hello):
        return f"hello with {[(chain.incarnation, chain.length) for chain in request.chains]}"
    return str(request)


@dataclass(slots=True)
class Machine:
    """A PC at a gate: its disk, the machine that runs now, its monotonic clock."""

    disk: Disk
    uplink: Uplink
    now: float = 0.0


@dataclass(frozen=True, slots=True)
class Variant:
    """What a control does otherwise. All at their defaults: the protocol as it is."""

    full: bool = True
    prunes_at_ack: bool = False
    follows_machine: bool = True
    center: Callable[[Random], Center] = Center


PROTOCOL = Variant()


class World:
    def __init__(self, seed: int, variant: Variant = PROTOCOL) -> None:
        self.random = random = Random(seed)
        self.variant = variant
        self.center = variant.center(random)
        self.machines: list[Machine] = []
        self.images: list[Disk] = []
        self.air: list[Posted] = []  # requests that come late, or again
        self.sticks: list[list[Push]] = []
        self.returned: list[list[Ack]] = []
        self.acknowledged: set[bytes] = set()  # by a screen
        self.orphans: set[bytes] = set()  # on no disk any more: the center's alone
        self.excused: set[bytes] = set()
        self.betrayed: set[bytes] = set()  # in a verified backup that an admin passed over for an older one
        self.most = random.choice((1, 2, 3, 5, 8, 1000))
        self.log: Callable[[str], None] | None = None
        self._written = 0
        self.seen = Counter[str]()  # faults as they were met, so that a test can tell that all were
        self._install(self._first_disk())

    # -- gates

    def _first_disk(self) -> Disk:
        disk = Disk(STATION, "pc 1", lambda: self.random.getrandbits(48), full=self.variant.full)
        disk.prunes_at_ack = self.variant.prunes_at_ack
        disk.follows_machine = self.variant.follows_machine
        disk.personal = self.random.random() < 0.1
        disk.seen = self.seen
        return disk

    def _install(self, disk: Disk) -> Machine:
        machine = Machine(disk, self._uplink(disk))
        self.machines.append(machine)
        return machine

    def _uplink(self, disk: Disk) -> Uplink:
        def hello(chains: tuple[ChainAt, ...]) -> Hello:
            wall = self.random.randint(-60, 60) * YEAR_MS
            return Hello(1, disk.station, "1.0", KNOWN_SCHEMA, "boot", wall, 0, disk.fingerprint, chains)

        return Uplink(disk, CENTER_PUBLIC, hello, self.random.random, most_records=self.most)

    def entries(self, machine: Machine, kind: str = "good") -> None:
        """People go through. What the screen has shown counts, and only that."""
        for _ in range(self.random.randint(1, 3)):
            record = self._record(kind)
            try:
                self.acknowledged |= machine.disk.record([record])
            except PowerCutError:
                self.reboot(machine)
                return

    def _record(self, kind: str) -> bytes:
        self._written += 1
        number = self._written.to_bytes(16, "big")
        at_ms = self.random.choice((0, 1_800_000_000_000, -YEAR_MS, 130 * YEAR_MS)) + self._written
        match kind:
            case "poison":
                return POISON + number
            case "newer":
                return record_bytes([NEWER_SCHEMA, number, at_ms, "a field of tomorrow"])
            case "older":
                return record_bytes(Record(KNOWN_SCHEMA - 1, number, at_ms))
            case _:
                return record_bytes(Record(KNOWN_SCHEMA, number, at_ms))

    def reboot(self, machine: Machine) -> None:
        """The power goes and comes back; nothing in memory is left, and the clock begins at 0."""
        machine.disk.power_cut()
        machine.disk.start(machine.disk.fingerprint)
        machine.uplink, machine.now = self._uplink(machine.disk), 0.0

    def clone(self, machine: Machine, *, same_fingerprint: bool) -> None:
        """A copy of the disk goes to work in another PC, while the first one goes on."""
        if len(self.machines) < MOST_MACHINES:
            twin = machine.disk.copy()
            twin.start(twin.fingerprint if same_fingerprint else f"pc {self.random.random()}")
            self._install(twin)

    def image(self, machine: Machine) -> None:
        self.images.append(machine.disk.copy())

    def put_back_image(self, machine: Machine) -> None:
        if not self.images:
            return
        image = self.random.choice(self.images).copy()
        image.start(self.random.choice((image.fingerprint, machine.disk.fingerprint)))
        old, machine.disk = machine.disk, image
        machine.uplink, machine.now = self._uplink(image), 0.0
        self._gone(old)

    def destroy(self, machine: Machine) -> None:
        """The disk is no more. A new one, empty, takes its place if it was the last."""
        self.machines.remove(machine)
        if not self.machines:
            self._install(machine.disk.erased())
        self._gone(machine.disk)

    def _gone(self, disk: Disk) -> None:
        left = disk.present() & self.acknowledged
        left -= set().union(*(machine.disk.present() for machine in self.machines))
        self.orphans |= left
        self.seen["only copy at the center"] += bool(left)
        self.excused |= left - self.center.store.state.records

    # -- the center

    def restore_center(self, *, oldest: bool) -> None:
        promised = self.center.archived_records()
        self.center.restore(oldest=oldest)
        here = self.center.store.state.records
        self.excused |= self.orphans - here
        self.betrayed |= promised - here

    # -- between them

    def exchange(self, machine: Machine, fault: str = "") -> Request | None:
        """One request and what becomes of it; None: there was nothing to ask, and the time has passed."""
        request = machine.uplink.next(machine.now)
        if isinstance(request, Wait):
            assert request.until is not None
            machine.now = max(machine.now, request.until)
            return None
        machine.now += 0.1
        machine.uplink.look_ahead()  # as it does while an answer is waited for
        if self.log:
            self.log(f"    {_short(request)} {fault}")
        try:
            self._send(machine, request, fault)
        except PowerCutError:
            self.reboot(machine)
        return request

    def _send(self, machine: Machine, request: Request, fault: str) -> None:
        sent: Sent = request if isinstance(request, AskChain) else Posted(type(request), bundle.pack(request))
        failed = FAULTS_BEFORE.get(fault)
        self.seen[fault or "no fault"] += 1
        if fault in ("late", "twice") and isinstance(sent, Posted):
            self.air.append(sent)
        if fault == "damaged" and isinstance(request, Push):
            sent = Posted(Push, self._damage(request))
        if failed:
            machine.uplink.failed(failed, machine.now, self.random.choice((None, 0.0, 30.0, 1e9)))
            return
        answer = self._at_center(sent, fault)
        self.seen[answer.value if isinstance(answer, Failure) else "answer"] += 1
        if fault == "station cut":
            machine.disk.cut_at = self.random.choice((-1, 1, -2, 2))
        if isinstance(answer, Failure) or fault == "lost answer":
            kind = answer if isinstance(answer, Failure) else Failure.UNREACHABLE
            machine.uplink.failed(kind, machine.now)
        else:
            machine.uplink.answered(answer, machine.now)
        if fault == "station cut":
            self.reboot(machine)

    def _damage(self, push: Push) -> bytes:
        body = bytearray(push.payload)
        body[self.random.randrange(len(body))] ^= 1 << self.random.randrange(8)
        damaged = msgspec.structs.replace(push, payload=bytes(body))
        return bundle.pack(damaged)

    def _at_center(self, sent: Sent, fault: str) -> Answer | Failure:
        self.center.store.cut = {"center cut before": "before", "center cut after": "after"}.get(fault)
        try:
            return self.center.answer(sent)
        except DamagedError:
            return Failure.DAMAGED
        except NotHereError:
            return Failure.NOT_HERE
        except CenterCutError:
            return Failure.UNREACHABLE
        finally:
            self.center.store.cut = None

    def stale(self) -> None:
        """Something that was held up on the way arrives; nobody hears the answer."""
        if self.air:
            index = self.random.randrange(len(self.air))
            self._at_center(self.air[index], "")
            if self.random.random() < 0.7:
                del self.air[index]

    # -- sticks

    def fill_stick(self, machine: Machine) -> None:
        self.sticks.append([one.push for one in batches_for_stick(machine.disk, CENTER_PUBLIC, self.most)])

    def bring_stick(self) -> None:
        """To the center; perhaps it is brought again some day."""
        if self.sticks:
            stick = self.random.choice(self.sticks)
            if self.random.random() < 0.6:
                self.sticks.remove(stick)
            self.returned.append(self.center.stick(self.random.sample(stick, len(stick))))
            self.seen["stick with a gap"] += bool(self.center.waiting)

    def return_stick(self, machine: Machine) -> None:
        if self.returned:
            acks = self.random.choice(self.returned)
            if self.random.random() < 0.6:
                self.returned.remove(acks)
            machine.uplink.heard(acks)
            self.seen["stick came back"] += 1

    # -- a day, and what is left of it

    def whole_life(self, seed: int) -> None:
        """Raises StuckError."""
        self.live(self.random.randint(30, 100))
        if seed % 4 == 0:
            self.heal_by_stick()
        self.seen["restored"] += self.center.restored
        self.seen["pruned"] += any(machine.disk.pruned() for machine in self.machines)
        self.heal()

    def live(self, steps: int) -> None:
        for number in range(steps):
            name = self.random.choices(STEPS, WEIGHTS)[0]
            index = self.random.randrange(len(self.machines))
            if self.log:
                self.log(f"{number}: {name}, machine {index} of {len(self.machines)}")
            ALL_STEPS[name](self, self.machines[index])

    def some_exchanges(self, machine: Machine) -> None:
        for _ in range(self.random.randint(1, 5)):
            fault = self.random.choices(("", *FAULTS), (4 * len(FAULTS), *(1 for _ in FAULTS)))[0]
            if not self.exchange(machine, fault) and self.random.random() < 0.5:
                return
            if machine not in self.machines:
                return

    def heal(self) -> None:
        """No more faults. Raises StuckError unless all gates have said everything in a bounded time."""
        self.center.store.projection_works = True
        self.center.revoked = False
        for _ in range(3):  # halves of a clone change what the other one meets
            for machine in self.machines:
                self._talk_out(machine)
        self.center.store.newest_schema = NEWER_SCHEMA
        self.center.store.catch_up()

    def heal_by_stick(self) -> None:
        """A gate that never goes online again: sticks there and back. Raises StuckError."""
        self.center.revoked = False
        for machine in self.machines:
            for _ in range(STICKS_THAT_SUFFICE):
                batches = [one.push for one in batches_for_stick(machine.disk, CENTER_PUBLIC, self.most)]
                machine.uplink.heard(self.center.stick(batches))
                if not machine.uplink.status().pending:
                    break
            else:
                raise StuckError(f"sticks are not enough: {machine.uplink.status()}")

    def _talk_out(self, machine: Machine) -> None:
        bound = exchanges_that_suffice(machine)
        machine.uplink.reconnect()
        greeted = False
        for _ in range(bound):
            request = self.exchange(machine)
            greeted = greeted or isinstance(request, Hello)
            if request is None and greeted and not machine.uplink.status().pending:
                return
        raise StuckError(f"{bound} exchanges are not enough: {machine.uplink.status()}")

    def lost(self) -> set[bytes]:
        present = set[bytes]().union(*(machine.disk.present() for machine in self.machines))
        excused = self.excused - present | self.betrayed - present
        return self.acknowledged - excused - self.center.store.state.records

    def wrong(self) -> list[str]:
        """What does not hold in the end, beside `lost`."""
        state = self.center.store.state
        found = [problem for place in state.chains for problem in _broken_chain(state, *place)]
        for machine in self.machines:
            for chain in machine.disk.chains():
                if chain.acked < chain.length > chain.pruned:
                    found.append(f"{chain.length - chain.acked} of {chain.incarnation} not acknowledged")
        readable = {record for record in state.records if not record.startswith(POISON)}
        if state.unprojected or sorted(state.rows.values()) != sorted(readable):
            found.append("rows and ledger differ")
        if set(state.quarantine.values()) != state.records - readable:
            found.append("quarantine and ledger differ")
        return found


def _broken_chain(state: State, station: bytes, incarnation: int) -> list[str]:
    """Every segment verifies, they join without a gap, and the cursor is at their end."""
    chain = state.chains[station, incarnation]
    number, head = 0, bundle.genesis(station, incarnation, chain.parent_head)
    for segment in state.segments[station, incarnation]:
        batch = bundle.unpack(segment.payload, Batch)
        bundle.verify_chain(batch)
        if (batch.first, batch.previous) != (number + 1, head):
            return [f"incarnation {incarnation} breaks at {batch.first}"]
        number, head = segment.last, batch.last
    return [] if (number, head) == (chain.durable, chain.head) else [f"cursor of {incarnation}"]


def exchanges_that_suffice(machine: Machine) -> int:
    """Two hellos; for each chain a binary search and a batch; each record alone, and once more resealed."""
    chains = machine.disk.lives
    records = sum(len(life.records) for life in chains)
    return 10 + 2 * records + sum(3 + len(life.records).bit_length() for life in chains)


class StuckError(Exception):
    """Somebody does not come to an end."""


FAULTS_BEFORE = {
    "lost request": Failure.UNREACHABLE,
    "late": Failure.UNREACHABLE,
    "busy": Failure.BUSY,
    "refused": Failure.REFUSED,
    "too large": Failure.TOO_LARGE,
}
FAULTS = (
    *FAULTS_BEFORE,
    "twice",
    "damaged",
    "lost answer",
    "center cut before",
    "center cut after",
    "station cut",
)


def _cut_while_recording(world: World, machine: Machine) -> None:
    machine.disk.cut_at = world.random.choice((-1, 1))
    world.entries(machine)


def _break_projection(world: World, _: Machine) -> None:
    store = world.center.store
    store.projection_works = not store.projection_works
    if store.projection_works:
        store.catch_up()


def _revoke(world: World, _: Machine) -> None:
    world.center.revoked = not world.center.revoked


def _time_passes(world: World, machine: Machine) -> None:
    machine.now += world.random.choice((1.0, 60.0, 3600.0, 86_400.0))
    world.center.now_ms += world.random.choice((1, 3_600_000, 20 * YEAR_MS, -20 * YEAR_MS))


Step = Callable[[World, Machine], None]
WEIGHTED: tuple[tuple[float, str, Step], ...] = (
    (10, "people go through", lambda world, machine: world.entries(machine)),
    (14, "they talk", lambda world, machine: world.some_exchanges(machine)),
    (0.8, "a record that nobody can read", lambda world, machine: world.entries(machine, "poison")),
    (0.8, "a record of a newer schema", lambda world, machine: world.entries(machine, "newer")),
    (0.4, "a record of an older schema", lambda world, machine: world.entries(machine, "older")),
    (1, "power cut while recording", _cut_while_recording),
    (1.5, "power cut", lambda world, machine: world.reboot(machine)),
    (2, "a stale message arrives", lambda world, machine: world.stale()),
    (2, "backup", lambda world, machine: world.center.back_up()),
    (2, "newest backup verified", lambda world, machine: world.center.verify_backup()),
    (0.8, "center restored", lambda world, machine: world.restore_center(oldest=False)),
    (0.3, "center restored too old", lambda world, machine: world.restore_center(oldest=True)),
    (0.4, "cloned, same machine id", lambda world, machine: world.clone(machine, same_fingerprint=True)),
    (0.4, "cloned, other machine id", lambda world, machine: world.clone(machine, same_fingerprint=False)),
    (0.6, "disk image taken", lambda world, machine: world.image(machine)),
    (0.5, "disk image put back", lambda world, machine: world.put_back_image(machine)),
    (0.15, "disk destroyed", lambda world, machine: world.destroy(machine)),
    (1.5, "retention", lambda world, machine: machine.disk.prune(world.random.random())),
    (1, "disk synced", lambda world, machine: machine.disk.sync()),
    (0.8, "stick filled", lambda world, machine: world.fill_stick(machine)),
    (1.2, "stick brought", lambda world, machine: world.bring_stick()),
    (1.2, "stick returned", lambda world, machine: world.return_stick(machine)),
    (0.4, "projection breaks, or works again", _break_projection),
    (0.4, "enrolment revoked, or given back", _revoke),
    (1, "clocks jump", _time_passes),
)
WEIGHTS = [weight for weight, _, _ in WEIGHTED]
STEPS = [name for _, name, _ in WEIGHTED]
ALL_STEPS = {name: step for _, name, step in WEIGHTED}


def run(seed: int, variant: Variant = PROTOCOL) -> World:
    """A district's life by this seed, healed at the end. Raises StuckError."""
    world = World(seed, variant)
    world.whole_life(seed)
    return world
