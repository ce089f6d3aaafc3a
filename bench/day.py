"""A day and a night at one gate: `python -m bench.day [PASSAGES]`. What does the process hold at the end?

The window, the journal and the threads of camera and thermometer are those of the program. Only time is ours:
the lane's clock moves on as people come, so that 24 hours pass in minutes. The camera is fed with pictures,
the thermometer is an emulated one on a pseudo-terminal; lights go out in the evening, three people take
shifts, midnight passes, people go out and come back, and now and then one has a fever.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Semaphore
from time import monotonic
from unittest.mock import patch

if __name__ == "__main__":  # before Qt starts: no window on the user's screen unless told to
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import segno
from PySide6.QtCore import QEventLoop

from bench.memory import Use, use
from bench.stand import EMPTY_C, SKIN_C, WINDOW, HandClock, add_residents, application
from bench.watch import Watch
from station import app, screen
from station.core.model import Direction, Reading, Sample, Site
from station.core.outcome import Outcome, Phase, Recorded, Waiting
from station.core.override import Role
from station.devices.emulators.thermometer import PtyThermometer
from station.devices.frame import Frame, FrameSource, Image
from station.devices.looker import Looker
from station.devices.serial_port import SerialThermometer
from station.devices.thermometers import FAMILIES
from station.equipment import Equipment
from station.opening import Opening
from station.settings import Settings
from station.ui.collecting import Collecting
from station.ui.gate import GateWindow

HOURS, PASSAGES = 24, 10_000
_FAMILY = FAMILIES["gy-mcu90614"]
_CODES = [f"https://kakou.invalid/day/{number:022x}" for number in range(80)]  # each comes again in minutes
_WIDTH, _HEIGHT = 640, 360
_LIGHT, _DARK = 150, 20  # mean grey of the ground
_SAMPLES, _SAMPLE_S = 7, 0.1  # of the empty stand between two people
_MOST_SAMPLES, _REST_SAMPLE_S = 2000, 1.0
_TALKS_EVERY_S = 0.003  # at most, in real time
_PATIENCE_S = 60.0  # in real time, for one person; the machine may be busy
_FEVER_EVERY, _FEVER_C = 40, 37.9
_FRAME_S, _IDLE_FRAME_S = 0.02, 0.2
_SHIFTS = {6: "1001", 14: "1002", 22: "1003"}
_PIN = "730518"


class _Scene:
    """What camera and thermometer see of the gate. Threads read it; the loop changes it."""

    def __init__(self, clock: HandClock) -> None:
        self._clock = clock
        self._changed = SimpleQueue[None]()
        self.turns = Semaphore(0)  # of the thermometer, to tell what it sees
        self._code: Image | None = None
        self.warmth, self.ground = EMPTY_C, _LIGHT

    def hold(self, code: Image | None) -> None:
        """Hold up a code, or nothing any more."""
        self._code = code
        self._changed.put(None)

    def camera(self, name: str) -> FrameSource:
        index = 0
        while True:
            yield Frame(self._next(), self._clock.monotonic(), index, name)
            index += 1

    def _next(self) -> Image:
        """Many a second while somebody holds up a code, else a few."""
        with suppress(Empty):
            self._changed.get(timeout=_IDLE_FRAME_S if self._code is None else _FRAME_S)
        picture, code = np.full((_HEIGHT, _WIDTH, 3), self.ground, np.uint8), self._code
        if code is not None:
            picture[40 : 40 + code.shape[0], 60 : 60 + code.shape[1]] = code
        return picture

    def reading(self, _: float) -> Reading:
        return Reading(self.warmth, Site.OBJECT, EMPTY_C)


class _Thermometer(PtyThermometer):
    """Speaks when it is its turn, so that no reading is of another second of the day."""

    def __init__(self, scene: _Scene) -> None:
        super().__init__(_FAMILY.slug, scene.reading, interval_s=_TALKS_EVERY_S)
        self._scene = scene

    def answer(self, heard: bytes) -> bytes:
        return super().answer(heard) if self._scene.turns.acquire(blocking=False) else b""


def _drawn(text: str) -> Image:
    matrix = np.array([[0 if dark else 255 for dark in row] for row in segno.make_qr(text).matrix], np.uint8)
    grey = np.kron(np.pad(matrix, 4, constant_values=255), np.ones((5, 5), np.uint8))
    return np.ascontiguousarray(np.dstack([grey] * 3), np.uint8)


class _Day:
    """Plays the day; `lane` is open."""

    def __init__(self, lane: screen.LaneInWindow, scene: _Scene, clock: HandClock) -> None:
        self._lane, self._scene, self._clock = lane, scene, clock
        self._running, self._watch = application(), Watch(lane.window)
        self._pictures = [_drawn(text) for text in _CODES]
        self._samples = self._recorded = 0
        self._phase = Phase.IDLE
        self.themes = set[str]()
        lane._bridge.device_event.connect(self._count)
        lane._bridge.outcome.connect(self._hear)
        self._open_accounts()

    def _open_accounts(self) -> None:
        assert self._lane._offices
        self._signing = self._lane._offices.duty.signing
        for number in _SHIFTS.values():
            self._signing.operators.add(number, f"值班{number}", Role.ADMIN, _PIN)
        self._hour = -1

    def _count(self, event: object) -> None:
        self._samples += isinstance(event, Sample)

    def _hear(self, outcome: Outcome) -> None:
        self._recorded += isinstance(outcome, Recorded)
        if isinstance(outcome, Waiting):
            self._phase = outcome.phase

    def pass_by(self, number: int, takes_s: float) -> None:
        """One person, and then nobody until so many seconds of the day have passed."""
        began = self._clock.monotonic()
        self._look_at_the_clock()
        fever = number % _FEVER_EVERY == _FEVER_EVERY - 1
        self._stand_before(EMPTY_C, lambda told: told >= _SAMPLES)
        self._stand_before(_FEVER_C if fever else SKIN_C, lambda told: self._phase is Phase.NEEDS_CODE)
        self._show_code(number)
        left = began + takes_s - self._clock.monotonic()
        self._stand_before(EMPTY_C, lambda told: told * _REST_SAMPLE_S >= left, _REST_SAMPLE_S)
        self._lane._tick()
        self._lane.window.tick()
        self.themes.add(self._lane.window.theme.name)

    def _stand_before(self, warmth: float, enough: Callable[[int], bool], each_s: float = _SAMPLE_S) -> None:
        """The thermometer sees this until it has told enough: one reading each time that the clock moves."""
        self._scene.warmth, self._phase, told = warmth, Phase.IDLE, 0
        while not enough(told):
            before, told = self._samples, told + 1
            self._clock.move(each_s)
            self._scene.turns.release()
            self._until(lambda before=before: self._samples > before)  # type: ignore[misc]
            if told > _MOST_SAMPLES:
                raise RuntimeError(f"nobody was measured; {self._recorded} were recorded")

    def _show_code(self, number: int) -> None:
        round_, which = divmod(number, len(_CODES))
        if which == 0:
            self._lane.turn(Direction.OUT if round_ % 2 else Direction.IN)
        painted, recorded = self._watch.entry, self._recorded
        self._scene.hold(self._pictures[which])
        done = lambda told: self._recorded > recorded and self._watch.entry != painted  # noqa: E731
        self._stand_before(self._scene.warmth, done, _FRAME_S)
        self._scene.hold(None)

    def _look_at_the_clock(self) -> None:
        hour = self._clock.now().astimezone().hour
        if hour == self._hour:
            return
        self._hour = hour
        self._scene.ground = _LIGHT if 7 <= hour < 19 else _DARK
        if hour in _SHIFTS or self._signing.shift is None:
            self._signing.sign_in(_SHIFTS.get(hour, "1003"), _PIN)

    def _until(self, done: Callable[[], bool]) -> None:
        deadline = monotonic() + _PATIENCE_S
        while not done():
            self._running.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if monotonic() > deadline:
                raise RuntimeError(f"nothing came; {self._recorded} were recorded")


def measure(
    folder: Path,
    hours: int = HOURS,
    passages: int = PASSAGES,
    tell: Callable[[Use], None] = lambda _: None,
) -> tuple[list[Use], set[str]]:
    """What the process holds after each simulated hour, and the themes that it wore."""
    uses, began = list[Use](), monotonic()
    clock = HandClock(_morning())
    scene = _Scene(clock)
    takes_s = hours * 3600 / passages
    with _open_lane(scene, clock, folder) as lane:
        collecting = Collecting()
        day = _Day(lane, scene, clock)
        for number in range(passages):
            day.pass_by(number, takes_s)
            if (number + 1) * hours // passages > len(uses):
                uses.append(use(number + 1, monotonic() - began))
                tell(uses[-1])
        collecting.end()
        station = lane._station
        assert station
        assert len(station.last_entries(passages + 1)) == passages
    return uses, day.themes


def _morning() -> datetime:
    """Six o'clock of yesterday, here: no entry of the day is of the future."""
    here = datetime.now().astimezone().replace(hour=6, minute=0, second=0, microsecond=0)
    return (here - timedelta(days=1)).astimezone(UTC)


@contextmanager
def _open_lane(scene: _Scene, clock: HandClock, folder: Path) -> Iterator[screen.LaneInWindow]:
    application()
    window = partial(GateWindow, monotonic=clock.monotonic, now=lambda: clock.now().astimezone())
    with (
        patch.object(app, "SystemClock", lambda: clock),  # the two places where the lane asks for the time
        patch.object(screen, "GateWindow", window),
        _Thermometer(scene) as instrument,
    ):
        lane = screen.LaneInWindow(_opening(scene, clock, instrument.path, folder))
        lane.window.resize(*WINDOW)
        lane.open()
        lane.window.show()
        try:
            yield lane
        finally:
            lane.close()
            lane.window.close()


def _opening(scene: _Scene, clock: HandClock, port: str, folder: Path) -> Opening:
    equipment = Equipment(
        camera=lambda post, judge: Looker("day", post, open=scene.camera, verified=judge.verified),
        thermometers=(lambda post, judge: SerialThermometer(port, _FAMILY, post, monotonic=clock.monotonic),),
    )
    settings = Settings(gate="bench", volume=0.0)
    return Opening(
        folder, settings, equipment, prepare=lambda people: add_residents(people, _CODES, clock.now())
    )


def _print(one: Use) -> None:
    threads, handles, took_s = one.counted()
    print(
        f"{one.entries:6} passages: {one.mb:6.1f} MB, {threads} threads, {handles} handles, {took_s} s",
        flush=True,
    )


def main() -> None:
    passages = int(sys.argv[1]) if len(sys.argv) > 1 else PASSAGES
    with tempfile.TemporaryDirectory(prefix="kakou-day-") as folder:
        _, themes = measure(Path(folder), passages=passages, tell=_print)
    print("themes:", *sorted(themes))


if __name__ == "__main__":
    main()
