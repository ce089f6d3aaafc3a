"""The wizard over made-up devices, a center that a test makes answer, and settings in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from station.core.model import View
from station.ui.admin.bench import SaveError
from station.ui.bridge import Bridge
from station.ui.theme import ASSETS, load_theme
from station.ui.voice import Player
from station.ui.wizard.desk import NotEnrolledError
from station.ui.wizard.draft import Value
from station.ui.wizard.window import Wizard
from tests.ui.admin.fakes import CAMERA, FREE, FakeBench, sample
from tests.ui.admin.looking import until


@dataclass
class FakeDesk:
    """`WizardDesk`. `refusal`: why nothing can be saved; `answer`: the center's, or why it refuses."""

    bench: FakeBench = field(default_factory=lambda: FakeBench(plugged=[FREE], seen=[CAMERA]))
    gate: Bridge | None = None
    voice: Path = ASSETS / "voice"
    has_operators: bool = False
    made: list[tuple[str, str]] = field(default_factory=list)
    refusal: str = ""
    answer: str | NotEnrolledError = "幸福里 东门"
    asked: list[tuple[str, str]] = field(default_factory=list)
    saved: list[Mapping[str, Value]] = field(default_factory=list)

    def enrol(self, address: str, code: str) -> str:
        self.asked.append((address, code))
        if isinstance(self.answer, NotEnrolledError):
            raise self.answer
        return self.answer

    def make_admin(self, number: str, pin: str) -> None:
        if self.refusal:
            raise SaveError(self.refusal)
        self.made.append((number, pin))

    def new_recovery(self) -> str:
        return "7K3QM-4TXA9-PVDC2-H8N5R-ZW6YB-E"

    def write_recovery(self, path: Path, key: str) -> None:
        path.write_text(key, "utf-8")

    def save(self, changes: Mapping[str, Value]) -> None:
        if self.refusal:
            raise SaveError(self.refusal)
        self.saved.append(changes)


@dataclass
class FakePlayer:
    """Plays into a list. `is_heard`: whether there is a sound card."""

    is_heard: bool = True
    played: list[list[str]] = field(default_factory=list)

    def play(self, files: list[Path], volume: float) -> None:
        self.played.append([f"{file.parent.name}/{file.stem}" for file in files])


LANGUAGE, CAMERAS, THERMOMETER, SOUND, GATE, ADMIN, CENTER, LAST = range(8)


@dataclass
class Stand:
    """A wizard on the screen, and what stands behind it."""

    window: QWidget
    wizard: Wizard
    desk: FakeDesk
    player: FakePlayer
    ends: list[object] = field(default_factory=list)

    @classmethod
    def open(
        cls,
        size: tuple[int, int] = (1366, 768),
        theme: str = "day",
        desk: FakeDesk | None = None,
        language: str = "zh",
    ) -> Stand:
        desk, player = desk or FakeDesk(), FakePlayer()

        def make(parent: QObject) -> Player:
            return player

        window = QWidget()
        window.resize(*size)
        wizard = Wizard(
            window, desk, theme=load_theme(theme), language=language, alone=True, make_player=make
        )
        window.show()
        wizard.open()
        stand = cls(window, wizard, desk, player)
        wizard.finished.connect(stand.ends.append)
        wizard.left.connect(lambda: stand.ends.append(None))
        QApplication.processEvents()
        return stand

    def at(self, index: int) -> object:
        """The wizard at this step."""
        while self.wizard.index < index:
            self.wizard.skip()
        QApplication.processEvents()
        return self.wizard.step

    def close(self) -> None:
        self.wizard.step.leave()
        self.window.hide()
        self.window.deleteLater()


def picture() -> View:
    from tests.ui.make_screens import camera_picture

    return camera_picture()


def language(stand: Stand) -> None: ...


def cameras(stand: Stand) -> None:
    from dataclasses import replace

    second = replace(CAMERA, source="/dev/video4", title="USB 2.0 Camera (Integrated)")
    stand.desk.bench.seen = [CAMERA, second]
    stand.at(CAMERAS)
    for source in (CAMERA.source, second.source):
        stand.desk.bench.opened[source](picture())
    QApplication.processEvents()
    tiles = stand.wizard.step.tiles  # type: ignore[attr-defined]
    tiles[0].click()


def no_camera(stand: Stand) -> None:
    stand.desk.bench.seen = []
    stand.at(CAMERAS)


def thermometer(stand: Stand) -> None:
    stand.at(THERMOMETER)
    until(lambda: FREE.address in stand.desk.bench.opened)
    stand.desk.bench.opened[FREE.address](sample(34.26))
    QApplication.processEvents()


def thermometer_searching(stand: Stand) -> None:
    stand.desk.bench.slow = True
    stand.at(THERMOMETER)
    until(lambda: bool(stand.desk.bench.searches))


def no_thermometer(stand: Stand) -> None:
    stand.desk.bench.plugged = []
    stand.at(THERMOMETER)


def sound(stand: Stand) -> None:
    stand.at(SOUND)
    stand.wizard.step.choices[1].click()  # type: ignore[attr-defined]


def gate(stand: Stand) -> None:
    step = stand.at(GATE)
    step.compound.setText("幸福里小区")  # type: ignore[attr-defined]
    step.entrances[1].click()  # type: ignore[attr-defined]
    step.ways[0].click()  # type: ignore[attr-defined]


def admin(stand: Stand) -> None:
    step = stand.at(ADMIN)
    step._take("1001")  # type: ignore[attr-defined]


def center(stand: Stand) -> None:
    step = stand.at(CENTER)
    step.choices[1].click()  # type: ignore[attr-defined]
    step.address.setText("https://10.0.0.7:8443")  # type: ignore[attr-defined]
    step.code.setText("K7QM-4TXA-9PVD")  # type: ignore[attr-defined]
    step.enrol()  # type: ignore[attr-defined]
    until(lambda: not step.busy)  # type: ignore[attr-defined]


def center_refused(stand: Stand) -> None:
    stand.desk.answer = NotEnrolledError("一次性码过了十分钟，不能用了。请让中心再给一个")
    center(stand)


def last(stand: Stand) -> None:
    gate(stand)
    stand.wizard.next()
    stand.at(LAST)


def last_all(stand: Stand) -> None:
    for state in (cameras, thermometer, sound, gate, admin, center):
        state(stand)
        if state is admin:
            for _ in range(2):
                stand.wizard.step._take("730518")  # type: ignore[attr-defined]
        stand.wizard.next()
    QApplication.processEvents()


def paper(stand: Stand) -> None:
    last_all(stand)
    stand.wizard.next()
    QApplication.processEvents()


STATES: dict[str, Callable[[Stand], None]] = {
    "language": language,
    "cameras": cameras,
    "no_camera": no_camera,
    "thermometer": thermometer,
    "thermometer_searching": thermometer_searching,
    "no_thermometer": no_thermometer,
    "sound": sound,
    "gate": gate,
    "admin": admin,
    "center": center,
    "center_refused": center_refused,
    "last": last,
    "last_all": last_all,
    "paper": paper,
}
