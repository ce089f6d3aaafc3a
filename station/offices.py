"""What stands at the gate's window besides the lane itself: desks, voice, helpers, the self-test.

They come after the window's first picture, which does not wait for what they import.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject

from station.app import Station
from station.core.entry import Entry
from station.duty_office import DutyOffice
from station.help_office import HelpOffice
from station.journal.entries import Journal
from station.journal.memory import LaneMemory
from station.local_time import local_zone
from station.opening import Opening
from station.opening_office import OpeningOffice
from station.people_desk import StationPeopleDesk
from station.policy_office import StationPolicyDesk
from station.readiness import Readiness
from station.settings_file import Value
from station.showing_day import show_amended, show_begun, show_day
from station.speaking import GateVoice
from station.ui.bridge import Bridge
from station.ui.gate import GateWindow
from station.visitor_office import VisitorOffice

Save = Callable[[Mapping[str, Value]], None]


@dataclass(frozen=True, slots=True)
class Lane:
    """What the offices are told of the lane. `station` gives None while the journal is not open."""

    window: GateWindow
    bridge: Bridge
    opening: Callable[[], Opening]
    station: Callable[[], Station | None]
    policy_changed: Callable[[], None]
    save: Save | None  # settings that name devices; None: they are emulated


class Offices:
    """Of one window, as long as it lives."""

    def __init__(self, lane: Lane, parent: QObject) -> None:
        window, bridge, opening, station = lane.window, lane.bridge, lane.opening, lane.station
        self._lane, zone = lane, local_zone()
        self.people = StationPeopleDesk(
            self.journal,
            zone,
            gate=lambda: opening().settings.gate,
            passes_changed=self.reload_judge,
        )
        self.rules = StationPolicyDesk(
            journal=self.journal,
            folder=opening().data,
            settings_name=lambda: opening().settings.policy,
            changed=lane.policy_changed,
            zone=zone,
        )
        window.day_began.connect(self._begin_day)
        self.voice = GateVoice(opening().data, opening().settings, bridge, parent)
        window.sidelines.due.connect(self.voice.recheck_is_due)
        self.visitors = VisitorOffice(window, station, opening)
        self.duty = DutyOffice(window, bridge, station, opening)
        self.by_hand = OpeningOffice(window, station, self.duty.signing, self.duty.desk)
        self.help = HelpOffice(window, bridge, station, lambda: opening().settings.help_phone)
        self.readiness = Readiness(window, bridge, opening, station, lane.save)
        self.readiness.operators = self.duty.desk
        self.readiness.spared_today = lambda: self.voice.sentences_today

    def journal(self) -> Journal | None:
        station = self._lane.station()
        return station.journal if station else None

    def amended(self, amending: Entry) -> None:
        """An entry was corrected on the admin page: the lane goes by it, and the gate shows it."""
        if station := self._lane.station():
            station.checkpoint.amended(amending)
            show_amended(self._lane.window, station, amending)

    def _begin_day(self) -> None:
        if station := self._lane.station():
            QCoreApplication.sendPostedEvents(self._lane.bridge)  # else who is on disk is counted once more
            show_begun(self._lane.window, station)

    def reload_judge(self) -> None:
        if station := self._lane.station():
            station.reload_judge()

    def begin(self, station: Station) -> None:
        """The journal is open, and the lane goes the way that was kept."""
        self.duty.begin(station.journal)
        self.voice.remember(LaneMemory(station.journal))
        self.by_hand.begin(station)
        self.visitors.begin(station)
        show_day(self._lane.window, station)
        self.readiness.begin()

    def end(self) -> None:
        """The journal is about to be closed."""
        self.readiness.end()
        if self._lane.station():
            self.visitors.end()
            self.voice.forget()
