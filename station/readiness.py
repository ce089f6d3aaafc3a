"""Whether this gate is ready for a shift: self-test of a gate that runs, the ways to practice and set-up.

The test runs by itself a little after the gate opens, which costs a volunteer nothing: only if something does
not work a sentence says so on the gate screen.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QTimer

from station import selftesting
from station.app import Opening, Station
from station.core.model import View
from station.first_start import Desk, Operators, OperatorsBefore
from station.own_voice import OwnVoice
from station.selftest import Tick
from station.selftesting import DeviceEar, Devices
from station.settings import Settings
from station.sync_desk import StationSyncDesk
from station.ui import selftest_words
from station.ui.admin.sync_desk import SyncDeskError
from station.ui.admin.work import Progress, Work
from station.ui.bridge import Bridge
from station.ui.covering_page import CoveringPage
from station.ui.gate import GateWindow
from station.ui.recording_page import RecordingPage
from station.ui.voice import Player, player
from station.ui.wizard.desk import NotEnrolledError
from station.ui.wizard.draft import Value
from station.ui.wizard.window import Wizard

log = logging.getLogger(__name__)

SOON_MS = 15_000  # after the start: by then every device has said how it is
SAID_S = 60.0

Save = Callable[[Mapping[str, Value]], None]


class Readiness(QObject):
    """One gate's. `save` writes settings and has the gate take them over (SaveError); None: emulated."""

    def __init__(
        self,
        window: GateWindow,
        bridge: Bridge,
        opening: Callable[[], Opening],
        station: Callable[[], Station | None],
        save: Save | None,
        *,
        make_player: Callable[[QObject], Player] = player,
    ) -> None:
        super().__init__(window)
        self._window, self._bridge, self._opening, self._station = window, bridge, opening, station
        self._save, self._make_player = save, make_player
        self._player: Player | None = None
        self._ear = DeviceEar(time.monotonic)
        self._work: Work | None = None
        self._practice: QProcess | None = None
        self._wizard: Wizard | None = None
        self._recording: RecordingPage | None = None
        self.operators: Operators = OperatorsBefore(opening().data)
        self.spared_today: Callable[[], int] = lambda: 0  # sentences
        bridge.device_event.connect(self._ear.hear)
        bridge.view.connect(self._see)
        self._soon = QTimer(self, interval=SOON_MS, singleShot=True)
        self._soon.timeout.connect(self.test_quietly)

    def begin(self) -> None:
        """The gate opens: in a while everything is looked at; not in a demo, whose PC lacks everything."""
        if self._save is not None:
            self._soon.start()

    def end(self) -> None:
        self._soon.stop()
        work, self._work = self._work, None
        if work:
            work.end()

    def test_quietly(self) -> None:
        """Look at everything; one sentence at the gate if something does not work. For a shift's start."""
        if self._work:
            return
        devices = self.prepare()
        work = self._work = Work(lambda progress: self._looked(devices, progress), self)
        work.done.connect(self._say)
        work.failed.connect(self._no_more)
        work.start()

    # --- what the section asks for: `ui.selftest_section.ReadinessDesk` ---------------------------------

    def prepare(self) -> Devices:
        if self._player is None:
            self._player = self._make_player(self)
        return self._ear.devices(self._settings, self._player.is_heard)

    def look(self, devices: object) -> Sequence[Tick]:
        """In any thread."""
        assert isinstance(devices, Devices)
        station = self._station()
        clock = station.center.status.clock if station else None
        data = self._opening().data
        return selftesting.run(data, self._settings, devices, offset_s=clock.offset_s if clock else None)

    @property
    def can_set_up(self) -> bool:
        return self._save is not None

    def set_up(self) -> None:
        """The wizard over the gate, which goes on."""
        save = self._save
        if save is None or self._wizard:
            return
        desk = Desk(lambda: self._settings, save, self._enrol, self.operators, self._bridge)
        language = self._settings.language
        wizard = Wizard(self._window, desk, theme=self._window.theme, language=language)
        self._wizard = wizard
        self._window.dressed.connect(wizard.dress)
        wizard.finished.connect(self._set_up_done)
        wizard.left.connect(self._wizard_gone)
        wizard.open()

    def record(self) -> None:
        """Own recordings over the gate, which goes on; they are used from the next sentence on."""
        if self._recording:
            return
        desk = OwnVoice(self._opening().data / "voice", self._settings.language)
        page = self._recording = RecordingPage(
            self._window, desk, self._window.theme, spared=self.spared_today()
        )
        self._window.dressed.connect(page.dress)
        page.left.connect(self._recording_gone)
        page.open()

    def practise(self) -> str:
        if self._practice and self._practice.state() is not QProcess.ProcessState.NotRunning:
            return selftest_words.practice_is_open(QCoreApplication.translate)
        process = self._practice = QProcess(self)
        program, *arguments = practice_command(self._opening().data)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.start(program, arguments)
        return "" if process.waitForStarted() else selftest_words.practice_fails(QCoreApplication.translate)

    # --- within -----------------------------------------------------------------------------------------

    @property
    def _settings(self) -> Settings:
        return self._opening().settings

    def _see(self, view: View) -> None:
        self._ear.hear(view)

    def _looked(self, devices: Devices, progress: Progress) -> object:
        return self.look(devices)

    def _say(self, ticks: object) -> None:
        self._work = None
        found = [tick for tick in ticks if isinstance(tick, Tick)] if isinstance(ticks, list) else []
        sentence = selftest_words.at_the_gate(found, QCoreApplication.translate)
        if sentence:
            self._window.sidelines.say(sentence, time.monotonic(), SAID_S)

    def _no_more(self, error: object) -> None:
        self._work = None
        log.error("the self-test failed: %s", type(error).__name__)

    def _enrol(self, url: str, code: str) -> str:
        try:
            return StationSyncDesk(self._station).enrol(url, code)
        except SyncDeskError as error:
            raise NotEnrolledError(str(error)) from error

    def _set_up_done(self, changes: object) -> None:
        self._window.sidelines.say(self.tr("设置存好了。名字和语言下次打开时换。"), time.monotonic(), SAID_S)
        self._wizard_gone()

    def _recording_gone(self) -> None:
        page, self._recording = self._recording, None
        if page:
            self._window.dressed.disconnect(page.dress)
            self._gone(page)

    def _wizard_gone(self) -> None:
        wizard, self._wizard = self._wizard, None
        if wizard:
            self._window.dressed.disconnect(wizard.dress)
            self._gone(wizard)

    def _gone(self, page: CoveringPage) -> None:
        """The keyboard goes to what is seen now: the admin page takes it, or else the gate hears its keys."""
        page.deleteLater()
        if focus := self._window.focusWidget():
            focus.clearFocus()


def practice_command(data: Path) -> list[str]:
    """How this program starts itself for practice: of the real station only the settings are read."""
    frozen = getattr(sys, "frozen", False)
    program = [sys.executable] if frozen else [sys.executable, "-P", "-m", "station"]
    return [*program, "practice", "--data", str(data)]
