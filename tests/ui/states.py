"""The states of the gate screen, each reached as it is at the gate: by outcomes and by keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from station.core.model import DeviceEvent, DeviceKind, DeviceState, Severity
from station.core.outcome import ClockWarning, NotStored, Outcome, StorageProblem
from station.ui.bridge import Bridge
from station.ui.gate import GateWindow
from station.ui.last_five import LastLine
from tests.ui import scenes

GATE = "幸福里小区 · 东门"


@dataclass
class Stand:
    """A gate window with its bridge, a clock that is moved by hand, and the wishes it uttered."""

    window: GateWindow
    bridge: Bridge
    clock: scenes.Clock
    wishes: scenes.Wishes

    @classmethod
    def open(cls, size: tuple[int, int] = (1366, 768), theme: str = "day") -> Stand:
        clock, bridge, wishes = scenes.Clock(), Bridge(), scenes.Wishes()
        window = GateWindow(
            wishes, bridge, gate_name=GATE, theme=theme, monotonic=clock.monotonic, now=clock.now
        )
        window.resize(*size)
        window.show()
        window.show_day({Severity.PASS: 327, Severity.RECHECK: 4, Severity.STOP: 1}, last_lines())
        return cls(window, bridge, clock, wishes)

    def tell(self, *events: DeviceEvent | Outcome) -> None:
        """Events arrive, as from a device's thread or from the lane."""
        for event in events:
            self.bridge.publish(event)
        QApplication.processEvents()

    def wait(self, seconds: float) -> None:
        """Time passes."""
        self.clock.advance(seconds)
        self.window.tick()

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window, key)

    def type(self, characters: str, gap_s: float = 0.3) -> None:
        """Somebody types; `gap_s` between the keys."""
        for character in characters:
            QTest.keyClicks(self.window, character)
            self.clock.advance(gap_s)
            self.window.keys.settle()


def last_lines() -> list[LastLine]:
    """Four entries before this one."""
    told = (scenes.passed(number=4), scenes.red(number=3), scenes.stranger(number=2), scenes.passed(number=1))
    return [LastLine.of(outcome.stored, outcome.person) for outcome in told]


def _idle(stand: Stand) -> None: ...


def _needs_temperature(stand: Stand) -> None:
    stand.tell(scenes.needs_temperature())
    stand.clock.advance(3)


def _needs_code(stand: Stand) -> None:
    stand.tell(scenes.needs_code())
    stand.clock.advance(4)


def _pass(stand: Stand) -> None:
    stand.tell(scenes.passed())
    stand.clock.advance(1)


def _fever(stand: Stand) -> None:
    stand.tell(scenes.fever())
    stand.clock.advance(2)


def _unknown(stand: Stand) -> None:
    stand.tell(scenes.stranger())
    stand.clock.advance(2)


def _stop(stand: Stand) -> None:
    stand.tell(scenes.red())
    stand.clock.advance(4)


def _next_person(stand: Stand) -> None:
    stand.tell(scenes.no_temperature(), scenes.needs_temperature())
    stand.clock.advance(2)


def _corrected(stand: Stand) -> None:
    stranger = scenes.stranger()
    stand.tell(stranger, scenes.correction(stranger, Severity.PASS))
    stand.clock.advance(1)


def _disk_full(stand: Stand) -> None:
    stand.tell(NotStored(StorageProblem.DISK_FULL))


def _one_by_one(stand: Stand) -> None:
    stand.tell(scenes.one_by_one())
    stand.clock.advance(2)


def _no_code_page(stand: Stand) -> None:
    stand.press(Qt.Key.Key_F1)


def _temperature_page(stand: Stand) -> None:
    stand.tell(scenes.no_temperature())
    stand.press(Qt.Key.Key_F3)


def _correction_page(stand: Stand) -> None:
    stand.tell(scenes.stranger())
    stand.press(Qt.Key.Key_F8)


def _colour_page(stand: Stand) -> None:
    stand.tell(scenes.stranger())
    stand.press(Qt.Key.Key_F6)


def _clock_warning(stand: Stand) -> None:
    stand.tell(ClockWarning(7200.0))


def _crowded(stand: Stand) -> None:
    stand.tell(scenes.status(DeviceKind.CAMERA), scenes.view(crowded=True))


def _too_small(stand: Stand) -> None:
    stand.tell(scenes.status(DeviceKind.CAMERA), scenes.view(too_small=True))


def _demo(stand: Stand) -> None:
    stand.tell(
        scenes.status(DeviceKind.CAMERA, emulated=True),
        scenes.status(DeviceKind.THERMOMETER, emulated=True),
        scenes.passed(emulated=True),
    )


def _camera_lost(stand: Stand) -> None:
    stand.tell(scenes.status(DeviceKind.CAMERA, DeviceState.LOST))


def _thermometer_lost(stand: Stand) -> None:
    stand.tell(scenes.status(DeviceKind.THERMOMETER, DeviceState.LOST))


STATES: dict[str, Callable[[Stand], None]] = {
    "idle": _idle,
    "needs_temperature": _needs_temperature,
    "needs_code": _needs_code,
    "pass": _pass,
    "fever": _fever,
    "unknown": _unknown,
    "stop": _stop,
    "next_person": _next_person,
    "corrected": _corrected,
    "disk_full": _disk_full,
    "one_by_one": _one_by_one,
    "no_code_page": _no_code_page,
    "temperature_page": _temperature_page,
    "colour_page": _colour_page,
    "correction_page": _correction_page,
    "clock_warning": _clock_warning,
    "crowded": _crowded,
    "too small": _too_small,
    "demo": _demo,
    "camera_lost": _camera_lost,
    "thermometer_lost": _thermometer_lost,
}
