"""The gate with a window: the Qt event loop owns the lane; device threads reach it only through the bridge.

If the journal cannot be opened the window opens all the same, says why nobody can be recorded, and tries
again: whoever stands at the gate sees what to do, and no verdict is shown that was not stored.
"""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, tzinfo

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from station.app import LAST_LINES, Opening, Station
from station.core.entry import StoredEntry
from station.core.model import DeviceEvent, Severity, Vouch
from station.core.outcome import NotStored
from station.journal.errors import JournalError
from station.ui.application import prepare
from station.ui.bridge import Bridge
from station.ui.gate import GateWindow
from station.ui.last_five import LastLine

log = logging.getLogger(__name__)

TICK_MS = 100
RETRY_MS = 3000


def run(opening: Opening) -> int:
    """Open the window and run until it is closed. Raises VaultError, PolicyError, SettingsError."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    prepare(application, opening.settings.language)
    lane = LaneInWindow(opening)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, frame: application.quit())
    try:
        lane.open()
        lane.show()
        return application.exec()
    finally:
        lane.close()


class LaneInWindow(QObject):
    """The lane's life in the GUI thread, and what the volunteer asks of it (`ui.bridge.Actions`)."""

    def __init__(self, opening: Opening) -> None:
        super().__init__()
        self._opening = opening
        self._station: Station | None = None
        self._bridge = Bridge(self)
        self._bridge.device_event.connect(self._handle)
        settings = opening.settings
        self.window = GateWindow(self, self._bridge, gate_name=settings.gate, theme=settings.theme)
        self._ticking = QTimer(self, interval=TICK_MS)
        self._ticking.timeout.connect(self._tick)
        self._retry = QTimer(self, interval=RETRY_MS)
        self._retry.timeout.connect(self.open)

    def open(self) -> None:
        """Open the journal and start the devices, or say why not and try again in a while."""
        try:
            station = Station(self._opening, post=self._bridge.publish, publish=self._bridge.publish)
        except JournalError as error:
            log.error("the journal cannot be opened: %s", error)
            self._bridge.publish(NotStored(error.problem))
            self._retry.start()
            return
        self._retry.stop()
        self._station = station.__enter__()
        self._show_day(station)
        self._ticking.start()

    def show(self) -> None:
        """On a gate's PC the window fills the screen; a small or large one adapts."""
        self.window.showMaximized()

    def close(self) -> None:
        self._ticking.stop()
        self._retry.stop()
        if self._station:
            self._station.__exit__()
            self._station = None

    # --- the volunteer's wishes ---------------------------------------------------------------

    def no_code(self, vouch: Vouch) -> None:
        if self._station:
            self._station.checkpoint.no_code(vouch)

    def temperature_by_hand(self, value_c: float | None) -> None:
        if self._station:
            self._station.checkpoint.temperature_by_hand(value_c)

    def hold(self) -> None:
        if self._station:
            self._station.checkpoint.hold()

    def colour_seen(self, colour: str) -> None:
        if self._station:
            self._station.checkpoint.colour_seen(colour)

    def correct(self, severity: Severity) -> None:
        if self._station:
            self._station.checkpoint.correct(severity)

    def start_over(self) -> None:
        if self._station:
            self._station.checkpoint.start_over()

    # --- the lane's events --------------------------------------------------------------------

    def _handle(self, event: DeviceEvent) -> None:
        if self._station:
            self._station.handle(event)

    def _tick(self) -> None:
        if self._station:
            self._station.checkpoint.tick()

    def _show_day(self, station: Station) -> None:
        now = datetime.now().astimezone()
        zone = now.tzinfo
        assert zone is not None
        recent = station.last_entries(4 * LAST_LINES)
        self.window.show_day(station.counts_today(zone), last_lines(recent, now, zone))


def last_lines(entries: Sequence[StoredEntry], now: datetime, zone: tzinfo) -> list[LastLine]:
    """Today's passages among these entries (newest first), each with its newest correction."""
    corrected: dict[bytes, Severity] = {}
    for stored in entries:
        if stored.entry.amends is not None:
            corrected.setdefault(stored.entry.amends, stored.entry.decision)
    lines = [LastLine.of(stored, None) for stored in entries if stored.entry.amends is None]
    today = [line for line in lines if line.at.astimezone(zone).date() == now.date()]
    return [
        replace(line, severity=corrected[line.id], amended=True) if line.id in corrected else line
        for line in today[:LAST_LINES]
    ]
