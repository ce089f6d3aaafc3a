"""The whole gate at work: camera threads at 30 frames a second, a thermometer on a serial line, the window.

People are measured and then hold up their codes, one after another, in real time. The clock starts when the
camera delivers the first frame with the code; it stops when the verdict is painted. So the wait for the
second frame (33 ms), the hand-over between the threads and the preview's painting are all inside.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep

from PySide6.QtCore import QEventLoop

from bench.figures import HEADINGS, Series, Table
from bench.frames import RATE, Grain, empty_gate
from bench.stand import EMPTY_C, SKIN_C, WINDOW, add_residents, application
from bench.verdict import Readable
from bench.watch import Watch
from station.app import Opening
from station.core.model import Reading, Site
from station.devices.emulators.thermometer import PtyThermometer
from station.devices.frame import Frame, FrameSource
from station.devices.looker import Looker
from station.devices.playback import Pace
from station.devices.serial_port import SerialThermometer
from station.devices.thermometers import FAMILIES
from station.equipment import Equipment
from station.journal.people import People
from station.screen import LaneInWindow
from station.settings import Settings

FAMILY = FAMILIES["gy-mcu90614"]
# A visit in seconds: the stand is empty, somebody is measured, the code is held up.
_EMPTY_S, _MEASURED_S, _CODE_S = 0.8, 1.0, 1.0
VISIT_S = _EMPTY_S + _MEASURED_S + _CODE_S
_WARM_UP_S = 1.0  # until camera and thermometer deliver


def table(codes: Sequence[Readable], visits: int, folder: Path) -> Table:
    scene = _Scene([codes[number % len(codes)] for number in range(visits)])
    verdicts = _run(scene, folder)
    at_once, in_time = Series(), Series()
    for number, painted in verdicts.items():
        series = at_once if scene.visitors[number].at_once else in_time
        series.add(painted - scene.first_shown[number])
    rows = {
        "all codes": Series([at_once.all + in_time.all]),
        "codes that are read at once": at_once,
        "codes that take some frames": in_time,
    }
    return Table(
        f"Live: from the first frame with a code to the painted verdict, ms ({visits} people)",
        ("", "people", *HEADINGS[:2]),
        [(name, str(len(series.all)), *series.cells()[:2]) for name, series in rows.items()],
        f"{len(verdicts)} of {visits} codes were read within the {_CODE_S:g} s for which they were held.",
    )


class _Scene:
    """Who stands at the gate at a moment, for the camera and for the thermometer."""

    def __init__(self, visitors: Sequence[Readable]) -> None:
        self.visitors = visitors
        self._begins = float("inf")
        self.first_shown: dict[int, float] = {}  # visit → monotonic time of its first frame with the code

    def begin(self) -> None:
        """The first visitor comes when the devices have had time to start."""
        self._begins = monotonic() + _WARM_UP_S

    @property
    def over(self) -> bool:
        return monotonic() >= self._begins + len(self.visitors) * VISIT_S

    def visit_at(self, at: float) -> int | None:
        """The number of the visit whose code is held up at monotonic time `at`."""
        if not self._begins <= at < self._begins + len(self.visitors) * VISIT_S:
            return None
        visit, since = divmod(at - self._begins, VISIT_S)
        return int(visit) if since >= _EMPTY_S + _MEASURED_S else None

    def enter_residents(self, people: People) -> None:
        add_residents(people, (visitor.text for visitor in self.visitors), datetime.now(UTC))

    def camera(self, name: str) -> FrameSource:
        pace, grain, empty = Pace(monotonic, sleep), Grain(), empty_gate()
        index = 0
        while True:
            visit = self.visit_at(monotonic())
            image = grain.on(empty if visit is None else self.visitors[visit].image)
            at = monotonic()
            if visit is not None:
                self.first_shown.setdefault(visit, at)
            yield Frame(image, at, index, name)
            index += 1
            pace.wait(1 / RATE)

    def reading(self, _: float) -> Reading:
        """What the thermometer sees now."""
        since = monotonic() - self._begins
        somebody = since >= 0 and since % VISIT_S >= _EMPTY_S
        return Reading(SKIN_C if somebody else EMPTY_C, Site.OBJECT, EMPTY_C)


def _run(scene: _Scene, folder: Path) -> dict[int, float]:
    """When the verdict of each visit was painted, in monotonic seconds."""
    running, verdicts = application(), dict[int, float]()
    with PtyThermometer(FAMILY.slug, scene.reading) as instrument:
        lane = LaneInWindow(_opening(scene, instrument.path, folder))
        watch = Watch(lane.window)
        lane.window.resize(*WINDOW)
        lane.open()
        lane.window.show()
        painted = watch.entry
        scene.begin()
        while not scene.over:
            running.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if watch.entry != painted:
                painted, now = watch.entry, monotonic()
                if (visit := scene.visit_at(now)) is not None:
                    verdicts.setdefault(visit, now)
        lane.close()
        lane.window.close()
    return verdicts


def _opening(scene: _Scene, port: str, folder: Path) -> Opening:
    equipment = Equipment(
        camera=lambda post, judge: Looker("bench", post, open=scene.camera, verified=judge.verified),
        thermometers=(lambda post, judge: SerialThermometer(port, FAMILY, post),),
        emulated=True,
    )
    return Opening(folder, Settings(gate="bench", theme="day"), equipment, prepare=scene.enter_residents)
