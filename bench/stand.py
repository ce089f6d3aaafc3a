"""A whole gate in one thread: real journal on disk, roster, checkpoint and window; only its devices are us.

Its clock moves when told to, so that people come one after another without anybody waiting for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, thread_time
from typing import Self

import shiboken6
from PySide6.QtWidgets import QApplication

from bench.watch import Watch
from station.app import load_limits, load_policy
from station.checkpoint import Checkpoint
from station.core.entry import Entry, StoredEntry
from station.core.model import (
    DeviceEvent,
    DeviceKind,
    DeviceState,
    DeviceStatus,
    Direction,
    Instrument,
    Reading,
    Sample,
    Scan,
    Site,
)
from station.journal.entries import Journal
from station.journal.memory import LaneMemory
from station.journal.movements import Movements, Mover
from station.journal.people import ColourFact, People, Person
from station.judge import load_judge
from station.recording import Lane
from station.thermometry import Thermometry
from station.ui.application import prepare
from station.ui.bridge import Bridge
from station.ui.gate import GateWindow

RESIDENTS = 2000  # about one compound
WINDOW = (1366, 768)  # px
EMPTY_C, SKIN_C = 22.4, 36.4
_SAMPLE_S = 0.1
_SAMPLES = 8  # of the empty stand, and of a person: more than a plateau needs
_MODULE = Instrument("bench", "gy-mcu90614")
_PATIENCE = 100  # turns of the event loop; three do
_APART_S = 60.0  # between two people: nobody is a repeat of an earlier decision


def application() -> QApplication:
    """The one application of this process, with the station's fonts and language."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    started = QApplication([])
    prepare(started, "zh")
    return started


def add_residents(people: People, codes: Iterable[str], now: datetime) -> None:
    """The holders of these codes and enough neighbours to make it a compound, all with a green colour."""
    people.add(_residents(codes, now), as_of=now, source="bench")


def _residents(codes: Iterable[str], now: datetime) -> Iterable[Person]:
    texts = dict.fromkeys([*codes, *(f"https://kakou.invalid/{number:032x}" for number in range(RESIDENTS))])
    green = ColourFact("green", now, "bench")
    for number, text in enumerate(texts):
        yield Person(f"resident-{number}", f"住户{number}", f"1-1-{number}", "resident", (text,), green)


@dataclass
class HandClock:
    """Wall time and monotonic seconds that move only when told to."""

    wall: datetime = field(default_factory=lambda: datetime.now(UTC))
    mono: float = 1000.0
    boot: str = "bench"

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.mono

    def move(self, seconds: float) -> None:
        self.mono += seconds
        self.wall += timedelta(seconds=seconds)


class TimedJournal:
    """The journal, and how long its last commit took in seconds."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.commit_s = 0.0

    def append(
        self,
        entry: Entry,
        personal: bytes | None = None,
        *,
        mover: Mover | None = None,
        memory: Mapping[str, bytes] | None = None,
    ) -> StoredEntry:
        began = perf_counter()
        stored = self._journal.append(entry, personal, mover=mover, memory=memory)
        self.commit_s = perf_counter() - began
        return stored

    def has_room(self) -> bool:
        return self._journal.has_room()


class _Lane(Checkpoint):
    """The lane as the screen asks for it; nobody switches anything here."""

    def switch_codes(self, by: str, why: str, *, down: bool) -> str | None:
        return None


class Stand:
    """Use as a context manager; `codes` are texts whose holders are in the roster."""

    def __init__(self, folder: Path, codes: Iterable[str]) -> None:
        self.clock = HandClock()
        self.handle_s = 0.0  # the last scan from its event to its published outcome, commit included
        self.busy_s = 0.0  # of a processor, in the same time
        self._application = application()
        with ExitStack() as opened:
            journal = opened.enter_context(Journal.open(folder, now=self.clock.now))
            people = People(journal)
            add_residents(people, codes, self.clock.now())
            self.journal = TimedJournal(journal)
            self.bridge = Bridge()
            self.checkpoint = self._checkpoint(folder, journal, people)
            self._resources = opened.pop_all()
        self.window = GateWindow(
            self.checkpoint, self.bridge, gate_name="bench", theme="day", monotonic=self.clock.monotonic
        )
        self._watch = Watch(self.window)
        self._open_window()

    def _checkpoint(self, folder: Path, journal: Journal, people: People) -> _Lane:
        policy = load_policy("open")
        return _Lane(
            lane=Lane("bench", Direction.IN),
            policy=policy,
            journal=self.journal,
            code_key=journal.vault.code_key,
            find=people.find_by_code,
            find_person=people.find,
            movements=Movements(journal.connection),
            judge=load_judge(folder),
            thermometry=Thermometry(policy, load_limits(), memory=LaneMemory(journal)),
            clock=self.clock,
            publish=self.bridge.publish,
            memory=LaneMemory(journal),
        )

    def _open_window(self) -> None:
        self.bridge.device_event.connect(self._handle)
        self.window.resize(*WINDOW)
        self.window.show()
        self.publish(DeviceStatus(DeviceKind.CAMERA, DeviceState.WORKING, "bench"))
        self.settle()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.window.close()
        self._resources.close()
        for widget in (self.window, self.bridge):
            shiboken6.delete(widget)

    def publish(self, *events: DeviceEvent) -> None:
        """As a device's thread does."""
        for event in events:
            self.bridge.publish(event)

    def settle(self) -> None:
        """Let everything that has come be handed out, answered and painted: one turn of the loop for each."""
        for _ in range(3):
            self._application.processEvents()

    def until_verdict_is_painted(self) -> None:
        """Until the verdict of an entry that was not painted before is on the screen.

        Raises RuntimeError if none comes: Qt prints an exception of ours and goes on.
        """
        before = self._watch.entry
        for _ in range(_PATIENCE):
            self._application.processEvents()
            if self._watch.entry != before:
                return
        raise RuntimeError("a code was shown and no verdict was painted")

    def next_person_is_measured(self) -> None:
        """The former person has left; the next one stands before the thermometer, no code yet."""
        self.clock.move(_APART_S)
        self.checkpoint.tick()
        for value_c in (*[EMPTY_C] * _SAMPLES, *[SKIN_C] * _SAMPLES):
            self.clock.move(_SAMPLE_S)
            reading = Reading(value_c, Site.OBJECT, EMPTY_C)
            self.checkpoint.sample(Sample(reading, self.clock.monotonic(), _MODULE))
        self.settle()

    def _handle(self, event: DeviceEvent) -> None:
        if isinstance(event, Scan):
            began, busy = perf_counter(), thread_time()
            self.checkpoint.scan(event)
            self.handle_s, self.busy_s = perf_counter() - began, thread_time() - busy
