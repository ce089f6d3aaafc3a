"""The window is seen before the lane is opened, and whatever goes wrong afterwards is told as ever."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from station import screen
from station.app import Opening
from station.core.outcome import StorageProblem
from station.equipment import Equipment
from station.journal.errors import JournalError, KeyProblem, VaultError
from station.running import first_picture
from station.running.first_picture import FirstPicture
from station.running.starts import Starts
from station.screen import LaneInWindow
from station.settings import Settings
from station.ui.application import prepare
from station.ui.holding import HeldKey, Holding
from tests.e2e.program import environment
from tests.patience import PATIENCE_MS, PATIENCE_S

# None of them is needed to show a window; each takes a share of the second in which it is to be there.
LATER = """
    argon2 asn1crypto cv2 httpx2 numpy pyzbar segno ssl station.app station.judge station.offices
    station.ui.admin.window xlsxwriter zxingcpp PySide6.QtMultimedia PySide6.QtPrintSupport
""".split()  # noqa: SIM905 - as in test_imports
WATCHED = """
import sys
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from station import cli
from station.screen import LaneInWindow

class Paints(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint:
            print("painted", *sys.modules)
            QCoreApplication.quit()
        return False

paints, show = Paints(), LaneInWindow.show
def watched_show(lane):
    lane.window.installEventFilter(paints)
    show(lane)

LaneInWindow.show = watched_show
LaneInWindow.open = lambda lane: print("opened")
sys.exit(cli.main(sys.argv[1:]))
"""


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    """Signals are as before afterwards."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def gate(tmp_path: Path, qapp: QApplication) -> Iterator[Opening]:
    """A gate without devices; a loop that nobody ends is ended."""
    too_late = QTimer(qapp, interval=PATIENCE_MS, singleShot=True)
    too_late.timeout.connect(lambda: qapp.exit(99))
    too_late.start()
    yield Opening(tmp_path, Settings(), Equipment(camera=None))
    too_late.stop()
    QTimer.singleShot(0, qapp, qapp.quit)  # a window that went after the loop's end ended the next loop
    qapp.exec()


def test_the_first_picture_waits_for_nothing_that_it_does_not_show(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WATCHED, "run", "--data", str(tmp_path)]
    done = subprocess.run(
        command,
        env=environment({"QT_QPA_PLATFORM": "offscreen"}),
        capture_output=True,
        encoding="utf-8",
        timeout=2 * PATIENCE_S,
        check=True,
    )

    (painted, *_) = done.stdout.splitlines()
    said, *modules = painted.split()
    assert said == "painted"
    assert "station.ui.gate" in modules
    assert not set(LATER) & set(modules)


def test_the_window_says_that_it_opens_and_then_what_the_lane_says(
    gate: Opening, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = list[str]()
    opens = LaneInWindow.open

    def open_and_end(lane: LaneInWindow) -> None:
        said.append(lane.window.verdict.accessibleName())
        opens(lane)
        said.append(lane.window.verdict.accessibleName())
        qapp.quit()

    monkeypatch.setattr(LaneInWindow, "open", open_and_end)

    assert screen.run(gate) == 0
    assert [one.split(",")[0] for one in said] == ["正在打开…", "请亮码"]
    assert not any(Starts(gate.data).begin() for _ in range(3))  # it was no crash


def test_a_journal_that_does_not_open_is_told_in_the_window_that_is_there_already(
    gate: Opening, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = list[str]()
    opens = LaneInWindow.open

    def open_and_end(lane: LaneInWindow) -> None:
        opens(lane)
        QTimer.singleShot(0, lane, lambda: said.append(lane.window.verdict.accessibleName()))
        QTimer.singleShot(0, lane, qapp.quit)

    def no_station(*_: object, **__: object) -> None:
        raise JournalError(StorageProblem.DISK_FULL, "full")

    monkeypatch.setattr(LaneInWindow, "open", open_and_end)
    monkeypatch.setattr("station.app.Station.__init__", no_station)

    assert screen.run(gate) == 0
    assert said[0].startswith("没有记录下来")
    assert "硬盘满了" in said[0]


def test_what_no_window_can_mend_ends_the_program_with_its_reason_and_is_no_crash(
    gate: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_key(lane: LaneInWindow) -> None:
        raise VaultError(KeyProblem.MISSING, "no key")

    monkeypatch.setattr(LaneInWindow, "open", no_key)

    for _ in range(3):
        with pytest.raises(VaultError):
            screen.run(gate)
    assert not Starts(gate.data).begin()


def test_a_mistake_of_ours_while_it_opens_counts_as_a_crash(
    gate: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(lane: LaneInWindow) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(LaneInWindow, "open", broken)

    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            screen.run(gate)
    assert Starts(gate.data).begin()


def test_a_request_to_end_while_it_opens_is_heard(gate: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    opens = LaneInWindow.open

    def open_and_be_ended(lane: LaneInWindow) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        opens(lane)

    monkeypatch.setattr(LaneInWindow, "open", open_and_be_ended)

    assert screen.run(gate) == 0
    assert not any(Starts(gate.data).begin() for _ in range(3))


def test_keys_before_the_lane_is_open_do_nothing(gate: Opening, qapp: QApplication) -> None:
    prepare(qapp, "zh")
    lane = LaneInWindow(gate)
    lane.window.show_opening()

    lane.open_admin()
    lane.start_over()
    lane.turn(lane._way.direction)

    assert lane._admin is None
    assert lane.switch_codes("a", "b", down=True)
    lane.close()


def test_a_window_that_nobody_can_see_opens_its_lane_all_the_same(qtbot: QtBot) -> None:
    opened = list[str]()
    hidden = QWidget()
    qtbot.addWidget(hidden)

    FirstPicture(hidden, lambda: opened.append("lane"), lambda: None)

    qtbot.waitUntil(lambda: bool(opened), timeout=PATIENCE_MS)
    hidden.show()
    qtbot.waitExposed(hidden, timeout=PATIENCE_MS)
    assert opened == ["lane"]


class Shown(QWidget):
    """A window that notes what happens to it."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        self.noted: list[str] = []
        self.managed_to: tuple[int, int] | None = None
        qtbot.addWidget(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.noted.append(f"{event.text()} at {event.timestamp()}")

    def paintEvent(self, event: QPaintEvent) -> None:
        self.noted.append(f"painted {self.width()}")
        if self.managed_to:
            self.resize(*self.managed_to)


def test_window_manager_resizes_the_window_after_its_first_picture_and_the_lane_opens_after_that(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_picture, "LATEST_MS", PATIENCE_MS)  # however long the screen takes
    window = Shown(qtbot)
    window.resize(1366, 768)
    first = FirstPicture(window, lambda: window.noted.append("opened"), lambda: None)
    window.managed_to = (1300, 749)
    window.show()

    qtbot.waitUntil(lambda: "opened" in window.noted, timeout=PATIENCE_MS)

    assert window.noted[0] == "painted 1366"
    assert window.noted.index("painted 1300") < window.noted.index("opened")
    first.raise_fault()


def test_code_scanned_before_the_lane_is_open_is_heard_by_it(qtbot: QtBot) -> None:
    window = Shown(qtbot)
    FirstPicture(window, lambda: window.noted.append("opened"), lambda: None)
    for at, character in enumerate("a1"):
        key = QKeyEvent(
            QEvent.Type.KeyPress, ord(character.upper()), Qt.KeyboardModifier.NoModifier, character
        )
        key.setTimestamp(1000 + at)
        QApplication.sendEvent(window, key)
    assert window.noted == []

    qtbot.waitUntil(lambda: len(window.noted) == 3, timeout=PATIENCE_MS)

    assert window.noted == ["opened", "a at 1000", "1 at 1001"]
    QTest.keyClicks(window, "b")
    assert window.noted[-1].startswith("b at")


def test_a_space_bar_touched_before_the_lane_is_open_does_not_call_the_center(qtbot: QtBot) -> None:
    window, now, calls = Shown(qtbot), [0.0], list[str]()
    holding = Holding(lambda: now[0], window)
    holding.held.connect(lambda: calls.append("help"))
    held = HeldKey(Qt.Key.Key_Space, holding)
    window.installEventFilter(held)
    FirstPicture(window, lambda: window.noted.append("opened"), lambda: None)
    QTest.keyClick(window, Qt.Key.Key_Space)

    qtbot.waitUntil(lambda: "opened" in window.noted, timeout=PATIENCE_MS)
    for _ in range(100):
        now[0] += 0.1
        holding.tick()

    assert calls == []
