"""Lives in which personal data comes to an end: gates and their center as in `lists_world`, while days pass.

People write words into everything (`keeping_marks`); matters end, lists are imported and undone, somebody is
erased at either end, a backup or a disk image is put back, a gate is offline for weeks. Each day both ends
do what they do by themselves. What must hold is in `keeping_truth`.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from center.erasing import opener
from center.rounds import Rounds, steps
from station.journal.batches import Batches, UndoRefusedError
from station.journal.people import People
from station.journal.reports import Reports, to_send
from station.retention_watch import RetentionWatch
from station.sync.backoff import Backoff
from station.sync.calls import Calls
from station.sync.client import Signer, pinned
from station.sync.reporting import ReportTalk
from station.sync.talk import Desk
from tests.center.office import Center
from tests.sync import keeping_center, keeping_gate, keeping_roster
from tests.sync.keeping_marks import Marks
from tests.sync.keeping_roster import Resident
from tests.sync.lists_gate import Machine
from tests.sync.lists_world import DAY, World

KEEP_DAYS = 30
OFFLINE_DAYS = 40


@dataclass(frozen=True, slots=True)
class Faults:
    """What a control does otherwise. All at their defaults: the product as it is."""

    keep_days: int = KEEP_DAYS  # at the gates
    no_rounds: bool = False  # nothing goes by itself at the center
    leaves: bool = False  # what is deleted at the gates is not overwritten


PRODUCT = Faults()


class KeepingWorld(World):
    """Its clocks are right but for minutes: of one that jumped `tests/test_retention_watch.py` tells."""

    def __init__(self, seed: int, root: Path, marks: Marks, faults: Faults = PRODUCT) -> None:
        super().__init__(seed, root)
        self.marks, self.faults = marks, faults
        self.steady, self.center_skew_s = False, 0.0
        for machine in self.machines:
            machine.clock.skew_s = self.random.choice((0.0, 0.0, 300.0, -300.0))
        self.residents: list[Resident] = []
        self.former: dict[str, Resident] = {}  # by their ids
        self.ends: list[Callable[[], None]] = []  # of matters that are open
        self.listed: dict[str, list[str]] = {}  # words of the center's people
        self.lost: list[str] = []  # people, when something was taken back
        self.offline: dict[bytes, float] = {}  # until when, of a station
        self._watches: dict[int, tuple[object, RetentionWatch]] = {}
        self._rounds: tuple[object, Rounds] | None = None
        self.made_s: dict[Path, float] = {}  # backups and images

    def _open_center(self, folder: Path) -> Center:
        center = super()._open_center(folder)
        center.store.database.keep_log_short()  # as whoever serves does
        return center

    # --- words ----------------------------------------------------------------------------------

    def word(self, what: str, end: str, *, lasts_s: float | None = 0.0, phone: bool = False) -> str:
        self.seen[what] += 1
        return self.marks.word(what, self.true_s, end=end, lasts_s=lasts_s, phone=phone)

    def over(self, words: list[str], *, at_once: bool = False) -> None:
        self.marks.over(words, self.true_s, at_once=at_once)

    # --- days -----------------------------------------------------------------------------------

    def day(self) -> None:
        """Both ends do in it what they do by themselves."""
        self.passes(DAY)
        for machine in self.machines:
            self.retention(machine)
        self.rounds()

    def retention(self, machine: Machine) -> None:
        if self.faults.leaves:
            machine.journal.connection.execute("PRAGMA secure_delete = OFF")
        watch = self.watch(machine)
        for _ in range(4000):
            watch.tick(machine.clock.monotonic(), idle=True)
            if not (watch.erasing or watch._pruner or watch._gaps or watch._untidy):
                return
            machine.clock.began_s -= 0.1
        self.seen["untidy"] += 1

    def watch(self, machine: Machine) -> RetentionWatch:
        known = self._watches.get(id(machine))
        if known is None or known[0] is not machine.journal:
            watch = RetentionWatch(
                *(machine.folder, machine.journal, self.faults.keep_days, UTC, machine.clock.now),
                lambda _: None,
            )
            known = self._watches[id(machine)] = machine.journal, watch
        return known[1]

    def rounds(self) -> None:
        if self.faults.no_rounds:
            return
        if self._rounds is None or self._rounds[0] is not self.center:
            rounds = Rounds(self.center.store, lambda: self.center_ms, steps(opener(self.center.keys)))
            self._rounds = self.center, rounds
        self._rounds[1].step()
        assert not self._rounds[1]._failing, self._rounds[1]._failing

    def synced(self) -> None:
        """But who is offline: all that waits goes up, is archived, and what the center says comes down."""
        for _ in range(2):
            for machine in self.machines:
                if self.offline.get(machine.station, 0.0) <= self.true_s:
                    self._calm(machine)
                    self.report(machine)
            self.back_up()

    def report(self, machine: Machine) -> None:
        enrolment = machine.desk.enrolment()
        assert enrolment
        signer = Signer(machine.station, machine.journal.vault.sign)
        client = machine._client(signer, pinned(enrolment.ca))
        calls = Calls(client, enrolment.center_key, machine.station, machine.board.watch.exchanged)
        connection, vault = machine.journal.connection, machine.journal.vault
        desk = Desk(machine.board, machine.clock, machine.board.watch)
        took = Reports(machine.journal).heard
        talk = ReportTalk(lambda: to_send(connection, vault), calls.report, took, Backoff(lambda: 1.0), desk)
        for _ in range(50):
            if talk.turn() > 0:
                break

    def some_days(self) -> None:
        """Then nothing is taken back any more: what must be there yet can be asked."""
        for _ in range(self.random.randint(6, 12)):
            for _ in range(self.random.randint(1, 6)):
                self.happens()
            self.day()
            if self.random.random() < 0.5:
                self.synced()
        if self.random.random() < 0.3:
            self.seen["offline"] += 1
            station = self.random.choice(self.machines).station
            self.offline[station] = self.true_s + OFFLINE_DAYS * DAY
        self.let_pass(10)

    def happens(self) -> None:
        machine = self.random.choice(self.machines)
        weights = [weight for weight, _ in HAPPENINGS]
        step = self.random.choices([step for _, step in HAPPENINGS], weights)[0]
        if self.log:
            self.log(f"{self.true_s / DAY:.1f} {getattr(step, '__name__', step)}")
        self.passes(self.random.uniform(1, 60))
        step(self, machine)

    def let_pass(self, days: int) -> None:
        for number in range(days):
            self.day()
            if number % 8 == 7:
                self.synced()

    def calm(self) -> None:
        """Everything comes to its end; then the days of retention pass."""
        while self.ends:
            self.ends.pop()()
        while any(until_s > self.true_s for until_s in self.offline.values()):
            self.let_pass(5)
        self.synced()
        self.let_pass(KEEP_DAYS + 6)
        self.old_changes_taken_back()
        self.synced()
        for machine in self.machines:
            self.tidied(machine)
        self.day()

    def old_changes_taken_back(self) -> None:
        """As far as that is offered; who was there before such a change is so afterwards."""
        for machine in self.machines:
            before, batches = People(machine.journal).ids(), Batches(machine.journal)
            changed = [one for one in batches.all() if one.kind == "edit" and one.people and not one.undone]
            for one in changed[:1]:
                with suppress(UndoRefusedError):
                    batches.undo(one.id, now=machine.clock.now())
                    keeping_roster.settle_roster(self, machine)
            if gone := before - People(machine.journal).ids():
                self.lost.append(f"{len(gone)} are off the roster")

    # --- what a backup undoes -------------------------------------------------------------------

    def back_up(self) -> None:
        super().back_up()
        self.made_s[self.backups[-1]] = self.true_s
        del self.backups[:-3]

    def put_back_center(self, _: Machine) -> None:
        before = self.center
        self.restore()
        if self.center is not before:
            self.marks.came_back("center")  # whichever backup it was
            self.listed.clear()
            self.ends.clear()


def image_put_back(world: KeepingWorld, machine: Machine) -> None:
    """Of the same PC: what was done here since then is undone."""
    before = world.seen["put back"]
    world.put_back(machine)
    if world.seen["put back"] > before:
        world.marks.came_back(machine.station.hex())
        world.residents = [one for one in world.residents if one.station != machine.station]
        world.ends.clear()


HAPPENINGS: tuple[tuple[float, Callable[[KeepingWorld, Machine], None]], ...] = (
    (0.5, KeepingWorld.put_back_center),
    (1, World.restart),
    (0.5, World.image),
    (0.5, image_put_back),
    (1, World.fill),
    (1, World.some_up),
    (1, World.some_answer),
    (1, World.some_down),
    *keeping_roster.HAPPENINGS,
    *keeping_gate.HAPPENINGS,
    *keeping_center.HAPPENINGS,
)
