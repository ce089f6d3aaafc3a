"""Gates and their center with all that goes down: real stores and journals, HTTP, sticks, driven by a seed.

What goes up is the `simulator`'s. Here the center's people change, move, are merged and erased, facts and
revocations are told and taken back, it is restored from a backup; gates are copied, put back, killed between
two pages of a stick; sticks come late, twice, in any order; clocks are wrong. What is ordered is in
`lists_orders`, programs that know more or less in `lists_newer`, rows of uploads in `lists_aside`. What must
hold when all is calm is in `lists_truth`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

import httpx2

from center import backup
from center.erasing import opener, signer
from center.held_rows import teller
from center.person_changes import merged, with_keys
from center.scope import EVERYWHERE
from center.stick import export_stick, import_stick
from center.store.console_audit import Note
from center.store.erasures import ErasureError
from center.store.migrations import set_meta
from center.store.newer_facts import put_newer
from center.store.one_person import make_one
from station.center_shelf import POLICY_EVERY_S
from station.journal.errors import JournalError
from station.journal.facts import Facts, News
from station.sync.items import FactItem, NoticeItem, PersonItem, RevokedPassItem, encode_item
from tests.center.office import Center, open_center
from tests.journal.samples import NOON, passage
from tests.sync import lists_newer, lists_orders
from tests.sync.lists_aside import PEOPLE, dwelling_of, keep_aside, name_of, wrongly_kept
from tests.sync.lists_gate import GateClock, Machine, Way
from tests.sync.lists_newer import PROGRAMS, TOMORROW
from tests.sync.lists_orders import BRANCHES

PLACES = ("一社区/甲院", "一社区/乙院")  # where the gates are
CODES, PASSES = 3, 6
BAD = {"colour": "red", "test": "positive", "isolation": "isolation", "block": "lost"}
GOOD = {"colour": "green", "test": "negative", "isolation": "none", "block": "none"}
MOST_MACHINES = 3
HOUR, DAY, YEAR = 3600.0, 86_400.0, 365 * 86_400.0
FAULTS = ("lost request", "busy", "lost answer")


@dataclass(frozen=True, slots=True)
class Variant:
    """What a control does otherwise. All at their defaults: the product as it is."""

    new_epoch: bool = True  # of a center that was restored, or forgot what is gone
    drops_pages: bool = False  # some pages move the cursor, and are not stored


PROTOCOL = Variant()


@dataclass(frozen=True, slots=True)
class Stick:
    """`station` is whose it is; `file` may be carried any number of times."""

    station: bytes
    file: Path


class World:
    """Every third life ends without a network; of the others some are steady (see `STEADY`). In every fourth
    much is ordered."""

    def __init__(self, seed: int, root: Path, variant: Variant = PROTOCOL) -> None:
        self.random, self.root, self.opened = Random(seed), root, ExitStack()
        root.mkdir(exist_ok=True)
        self.variant, self.steady, self.ordered = variant, seed % 6 == 1, seed % 4 == 2
        self.true_s = NOON.timestamp()
        self.center_skew_s = 0.0
        self.log: Callable[[str], None] | None = None
        self.seen = Counter[str]()
        self.wrong: list[str] = []  # that was seen on the way
        self._names = 0
        self.faulty = False
        self.backups: list[Path] = []
        self.images: list[tuple[bytes, Path, str]] = []
        self.ups: list[Stick] = []
        self.downs: list[Stick] = []
        self.center = self._open_center(self._name("center"))
        self.data = self._name("data")
        self.data.mkdir()
        self.machines = [self._install(place) for place in PLACES[: self.random.choice((1, 1, 2))]]
        if self.steady:
            self.center_clock()
            for machine in self.machines:
                self.clock(machine)

    def close(self) -> None:
        for machine in self.machines:
            machine.close()
        self.opened.close()

    def _name(self, what: str) -> Path:
        self._names += 1
        return self.root / f"{what}-{self._names}"

    # --- the center -----------------------------------------------------------------------------

    def _open_center(self, folder: Path) -> Center:
        folder.mkdir()
        center = self.opened.enter_context(open_center(folder))
        center.clocks.ms, center.clocks.mono = self.center_ms, self.true_s
        return center

    @property
    def center_ms(self) -> int:
        return int((self.true_s + self.center_skew_s) * 1000)

    def passes(self, seconds: float) -> None:
        self.true_s += seconds
        self.center.clocks.ms, self.center.clocks.mono = self.center_ms, self.true_s

    def note(self, who: str = "admin") -> Note:
        return Note(self.center_ms, who, "试", "")

    def person(self) -> None:
        """Somebody new, changed, or moved to another branch."""
        number = self.random.randrange(PEOPLE)
        plain = PersonItem("resident", name_of(number), dwelling_of(number), note=str(self.random.random()))
        person = with_keys(plain, "", self.center.keys.district)
        known = self.center.store.directory.get(EVERYWHERE, f"p{number}")
        moves = known is None or self.random.random() < 0.3
        branch = self.random.choice(BRANCHES) if moves or not known else known.branch
        self.center.store.lists.put("people", [("person", f"p{number}", encode_item(person))], branch)

    def no_person(self) -> None:
        if known := self.center.store.directory.get(EVERYWHERE, self._someone()):
            self.center.store.lists.put("people", [("person", known.id, None)], known.branch)

    def fact(self) -> None:
        about, subject, kind = self._subject()
        good = self.random.random() < 0.5
        value = (GOOD if good else BAD)[kind]
        at_ms = self.center_ms - self.random.choice((0, 0, 60_000, 86_400_000))
        known = self.center.store.directory.get(EVERYWHERE, subject)
        item = encode_item(FactItem(about, subject, kind, value, at_ms, source=self.today()))
        key, scope = f"{about}:{subject}:{kind}", known.branch if known else self.random.choice(BRANCHES)
        put_newer(self.center.store.lists, [("fact", key, item, scope)], self.center_ms)

    def no_fact(self) -> None:
        about, subject, kind = self._subject()
        key = f"{about}:{subject}:{kind}"
        scope = self.center.store.lists.scope_of("quick", "fact", key)
        if scope is not None:
            self.center.store.lists.put("quick", [("fact", key, None)], scope)

    def revoked_pass(self) -> None:
        """Or not any more."""
        number = bytes([self.random.randrange(PASSES)]) * 8
        body = encode_item(RevokedPassItem(self.center_ms)) if self.random.random() < 0.7 else None
        self.center.store.lists.put("quick", [("revoked_pass", number.hex(), body)])

    def notice(self) -> None:
        key, branch = str(self.random.randrange(3)), self.random.choice(BRANCHES)
        body = encode_item(NoticeItem(self.center_ms, self.today())) if self.random.random() < 0.6 else None
        self.center.store.lists.put("quick", [("notice", key, body)], branch)

    def merge(self) -> None:
        """Two who are one, as the console does it."""
        store = self.center.store
        kept, gone = (store.directory.get(EVERYWHERE, self._someone()) for _ in range(2))
        if kept is None or gone is None or kept.id == gone.id:
            return
        person = encode_item(merged(kept, gone, self.center.keys.district))
        items = [("person", kept.id, person, kept.branch), ("person", gone.id, None, gone.branch)]
        left = partial(make_one, kept=kept.id, gone=gone.id)
        store.lists.put_where("people", items, lambda *_: True, together=True, also=left)
        self.seen["merged"] += 1

    def erase(self) -> None:
        person, store = self._someone(), self.center.store
        if self.random.random() < 0.7:
            keep_aside(self)
        known = store.directory.get(EVERYWHERE, person)
        aside = store.roster_files.held(EVERYWHERE, most=1000)
        with suppress(ErasureError):
            asked = store.erasures.ask("", person, "本人要求", self.note("one"))
            erasure = store.erasures.get(EVERYWHERE, asked)
            assert erasure
            keys = self.center.keys
            means = (opener(keys), signer(keys, erasure), self.note("two"), teller(keys.district))
            store.erasures.confirm(erasure, *means)
            self.seen["erased"] += 1
            if known:
                self.wrong += wrongly_kept(self, known, aside)

    def forget_tombstones(self) -> None:
        epoch = self.center.store.epoch
        self.center.store.lists.forget_tombstones()
        self._keep_epoch(epoch)

    def _keep_epoch(self, epoch: bytes) -> None:
        if not self.variant.new_epoch:
            with self.center.store.database.write() as connection:
                set_meta(connection, "epoch", epoch)

    def back_up(self) -> None:
        file = self._name("backup")
        backup.back_up(self.center.store, file, files={}, made_ms=self.center_ms)
        self.backups.append(file)

    def restore(self) -> None:
        """From any backup, on the same PC or on a new one, which has no memory of sticks."""
        if not self.backups:
            return
        file, epoch = self.random.choice(self.backups), self.center.store.epoch
        self.center = self._open_center(self._name("center"))
        backup.restore(file, self.center.store)
        self._keep_epoch(epoch)
        if self.random.random() < 0.5:
            self.data = self._name("data")
            self.data.mkdir()
        self.seen["restored"] += 1

    def center_clock(self) -> None:
        self.center_skew_s = self.random.choice((0.0, 300.0, -300.0, 8 * HOUR, -8 * HOUR, YEAR, -YEAR))
        self.passes(1)

    def today(self) -> str:
        """Or what only the next program understands."""
        return TOMORROW if self.random.random() < 0.2 else "center"

    def _someone(self) -> str:
        return f"p{self.random.randrange(PEOPLE)}"

    def _subject(self) -> tuple[str, str, str]:
        about = self.random.choices(("person", "code", "dwelling"), (6, 2, 1))[0]
        subject = self._someone() if about == "person" else f"{about}{self.random.randrange(CODES)}"
        return about, subject, self.random.choice(list(BAD))

    # --- gates ----------------------------------------------------------------------------------

    def _install(self, branch: str) -> Machine:
        machine = self._machine(self._name("gate"), "pc 1", 0.0)
        machine.enrol(self.center.code(branch, branch))
        return machine

    def _machine(self, folder: Path, name: str, skew_s: float) -> Machine:
        clock, way = GateClock(lambda: self.true_s, skew_s), Way(self._transport, self._fault)
        dropped = (lambda: self.random.random() < 0.1) if self.variant.drops_pages else None
        program = PROGRAMS[0] if self.random.random() < 0.3 else PROGRAMS[-1]
        return Machine(folder, name, clock, way, dropped, program)

    def _transport(self) -> httpx2.BaseTransport:
        self.passes(0.1)
        return self.center.client._transport

    def _fault(self) -> str:
        return self.random.choice(FAULTS) if self.faulty and self.random.random() < 0.15 else ""

    def entries(self, machine: Machine) -> None:
        for _ in range(self.random.randint(1, 3)):
            machine.journal.append(passage(at=machine.clock.now()), b"key of a code")

    def own_fact(self, machine: Machine) -> None:
        subject, kind = self._someone(), self.random.choice(("colour", "test"))
        value = self.random.choice((GOOD, BAD))[kind]
        news = News("person", subject, kind, value, machine.clock.now(), "operator")
        Facts(machine.journal).record(news, now=machine.clock.now())

    def own_revocation(self, machine: Machine) -> None:
        machine.revoke(bytes([self.random.randrange(PASSES)]) * 8)

    def restart(self, machine: Machine) -> None:
        machine.restart()

    def clone(self, machine: Machine) -> None:
        if len(self.machines) < MOST_MACHINES:
            folder, name = self._name("gate"), self.random.choice((machine.machine, f"pc {self._names}"))
            machine.copy_to(folder)
            self.machines.append(self._machine(folder, name, machine.clock.skew_s))
            self.seen["cloned"] += 1

    def image(self, machine: Machine) -> None:
        folder = self._name("image")
        machine.copy_to(folder)
        self.images.append((machine.station, folder, machine.machine))

    def put_back(self, machine: Machine) -> None:
        mine = [image for image in self.images if image[0] == machine.station]
        if mine:
            _, folder, name = self.random.choice(mine)
            machine.become(folder, self.random.choice((name, machine.machine)))
            self.seen["put back"] += 1

    def clock(self, machine: Machine) -> None:
        machine.clock.skew_s = self.random.choice((0.0, 300.0, -300.0, 8 * HOUR, -8 * HOUR, YEAR, -YEAR))

    def time(self, _: Machine) -> None:
        self.passes(self.random.choice((60.0, HOUR, DAY, DAY, 3 * DAY)))

    def talk(self, machine: Machine) -> None:
        """Some turns of any of its threads; with faults."""
        self.faulty = True
        turns = [machine.up.turn, machine.days.turn, *(down.turn for down in machine.downs)]
        for _ in range(self.random.randint(2, 10)):
            self.passes(max(0.5, min(self.random.choice(turns)(), 5.0)))
        self.faulty = False

    def tidy(self, machine: Machine) -> None:
        for _ in range(self.random.randint(1, 4)):
            machine.tick()

    # --- sticks ---------------------------------------------------------------------------------

    def fill(self, machine: Machine) -> None:
        file = machine.desk.export(self._name("up").with_suffix(".kkb")).path
        self.ups.append(Stick(machine.station, file))

    def hand_in(self, stick: Stick) -> None:
        import_stick(self.center.store, self.center.keys, self.data, stick.file, self.center_ms)
        self.seen["handed in"] += 1

    def answer(self, station: bytes) -> Stick | None:
        row = self.center.store.stations.get(station)
        if not row or not row.seal_key:
            return None
        file, center = self._name("down").with_suffix(".kkb"), self.center
        stick = Stick(station, export_stick(center.store, center.keys, self.data, row, file, self.center_ms))
        self.downs.append(stick)
        return stick

    def take(self, machine: Machine, stick: Stick, cut_at: int = 0) -> None:
        machine.shelf.cut_at = cut_at
        try:
            machine.take(stick.file)
            self.seen["taken"] += 1
        except JournalError:
            self.seen["cut between pages"] += 1
            machine.restart()
        machine.shelf.cut_at = 0

    def some_up(self, _: Machine) -> None:
        """The last, or an earlier one, perhaps again."""
        if self.ups:
            self.hand_in(self.ups[-1] if self.random.random() < 0.5 else self.random.choice(self.ups))

    def some_answer(self, machine: Machine) -> None:
        self.answer(machine.station)

    def some_down(self, machine: Machine) -> None:
        mine = [stick for stick in self.downs if stick.station == machine.station]
        if mine:
            stick = mine[-1] if self.random.random() < 0.5 else self.random.choice(mine)
            self.take(machine, stick, self.random.choice((0, 0, 0, 1, 2, 3, 5)))

    # --- a life ---------------------------------------------------------------------------------

    def live(self, steps: int) -> None:
        left = [
            (weight * (5 if self.ordered and name in ORDERS else 1), name)
            for weight, name, _ in WEIGHTED
            if not (self.steady and name in STEADY)
        ]
        weights, names = [weight for weight, _ in left], [name for _, name in left]
        for number in range(steps):
            self.passes(self.random.uniform(1, 30))
            name = self.random.choices(names, weights)[0]
            index = self.random.randrange(len(self.machines))
            if self.log:
                self.log(f"{number}: {name}, machine {index} of {len(self.machines)}")
            STEPS[name](self, self.machines[index])

    def whole_life(self, seed: int) -> None:
        self.live(self.random.randint(30, 70))
        if not self.steady and self.random.random() < 0.5:
            self.center_skew_s = 0.0
            for machine in self.machines:
                machine.clock.skew_s = 0.0
        for machine in self.machines:
            if self.random.random() < 0.7:
                lists_newer.update(self, machine)
        self.passes(2 * DAY)
        calm = self._calm_by_stick if seed % 3 == 0 else self._calm
        for _ in range(4):  # halves of a clone change what the other one meets
            for machine in self.machines:
                calm(machine)
        for machine in self.machines:  # what became due while the others talked
            self.tidied(machine)

    def _calm(self, machine: Machine) -> None:
        self.passes(2 * HOUR)
        machine.up.hurry()
        for down in machine.downs:
            down.hurry()
        machine.days.hurry()
        for _ in range(300):
            waits = [machine.up.turn(), *(down.turn() for down in machine.downs), machine.days.turn()]
            if min(waits) > 1.0:
                break
            self.passes(min(waits))
        else:
            raise AssertionError(f"no end: {waits} {machine.board.status}")
        self.tidied(machine)

    def _calm_by_stick(self, machine: Machine) -> None:
        for _ in range(2):
            self.passes(HOUR)
            self.fill(machine)
            self.hand_in(self.ups[-1])
            if stick := self.answer(machine.station):
                self.take(machine, stick)
        self.tidied(machine)

    def tidied(self, machine: Machine) -> None:
        for turn in range(300):
            self.passes(1)
            machine.tick()
            if turn > POLICY_EVERY_S and not machine.shelf._untidy:
                return
        raise AssertionError("tidying has no end")


Step = Callable[[World, Machine], None]


def _center(step: Callable[[World], None]) -> Step:
    return lambda world, _: step(world)


WEIGHTED: tuple[tuple[float, str, Step], ...] = (
    (8, "a person at the center", _center(World.person)),
    (2, "a person off the list", _center(World.no_person)),
    (8, "a fact at the center", _center(World.fact)),
    (2, "a fact taken back", _center(World.no_fact)),
    (3, "a pass revoked, or not any more", _center(World.revoked_pass)),
    (1, "a notice", _center(World.notice)),
    (1, "rows kept aside", _center(keep_aside)),
    (4, "a policy", lists_orders.policy),
    (1, "a policy to come taken back", lists_orders.no_policy),
    (3, "a trust list", lists_orders.trust),
    (1, "a trust list taken back", lists_orders.no_trust),
    (2, "two are one", _center(World.merge)),
    (2, "somebody erased", _center(World.erase)),
    (0.7, "tombstones forgotten", _center(World.forget_tombstones)),
    (2, "backup", _center(World.back_up)),
    (1.5, "center restored", _center(World.restore)),
    (0.7, "center's clock set", _center(World.center_clock)),
    (5, "people go through", World.entries),
    (3, "a fact at the gate", World.own_fact),
    (1, "a pass revoked at the gate", World.own_revocation),
    (1, "gate restarted", World.restart),
    (1, "program updated", lists_newer.update),
    (0.5, "program put back", lists_newer.put_back),
    (0.7, "disk copied", World.clone),
    (1, "disk image taken", World.image),
    (1, "disk image put back", World.put_back),
    (1, "gate's clock set", World.clock),
    (4, "time passes", World.time),
    (14, "they talk", World.talk),
    (3, "tidied", World.tidy),
    (3, "stick filled", World.fill),
    (4, "stick handed in", World.some_up),
    (4, "answer written", World.some_answer),
    (5, "answer taken", World.some_down),
)
ORDERS = {"a policy", "a policy to come taken back", "a trust list", "a trust list taken back"}
STEPS = {name: step for _, name, step in WEIGHTED}
STEADY = {  # in a life in which clocks are wrong, and are not set, and all comes by network
    *("center restored", "tombstones forgotten", "center's clock set", "gate's clock set"),
    *("disk copied", "disk image taken", "disk image put back"),
    *("stick filled", "stick handed in", "answer written", "answer taken"),
}
