"""What a change of shift has to know and no entry tells: devices that were lost, thermometers that looked
false, whoever left with a fever. It listens to the lane, and says when a shift of the rota has nobody.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import datetime, timedelta

from station.app import Station
from station.core.contact import CenterStatus
from station.core.handover import LONGEST, IncidentKind
from station.core.model import DeviceKind, DeviceState, DeviceStatus
from station.core.outcome import InstrumentState, LeftUncleared, NotStored, StoresAgain
from station.core.shift import WARNS_AHEAD, lacking
from station.duty_facts import Live
from station.journal.duty_log import DutyLog
from station.journal.errors import JournalError, VaultError
from station.journal.shifts import Rota
from station.ui import rota_words

log = logging.getLogger(__name__)

_LOST = (DeviceState.LOST, DeviceState.SILENT)
_FALSE = "false"
_NOT_AGAIN_S = 600.0  # an entry that cannot be stored is tried again and again: one incident
_ROTA_EVERY_S = 30.0


class DutyWatch:
    """`station` gives None while the journal is not open; `announce` puts a line on the gate's screen."""

    def __init__(
        self,
        station: Callable[[], Station | None],
        gate: Callable[[], str],
        announce: Callable[[str], None],
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
    ) -> None:
        self._station, self._gate, self._announce = station, gate, announce
        self._now, self._monotonic = now, monotonic
        self._live = Live()
        self._standing: dict[Hashable, int] = {}  # what lasts, and its incident
        self._not_stored = self._looked = float("-inf")
        self._unkept: tuple[str, datetime] | None = None  # why and when an entry was refused

    @property
    def live(self) -> Live:
        running = self._station()
        names = running.thermometers if running else ()
        return replace(self._live, thermometers=names)

    def begin(self) -> None:
        """Another journal, or other devices: what lasts is over when they say so, or are gone."""
        self._live, self._standing = replace(self._live, states={}), self._found()
        self._looked = float("-inf")
        for key in [one for one in self._standing if self._is_gone(one)]:
            self._over(key)

    def _found(self) -> dict[Hashable, int]:
        """What the journal says to last since before."""
        running = self._station()
        if running is None:
            return {}
        log_of, since = DutyLog(running.journal.connection), self._now() - LONGEST
        try:
            devices = log_of.lasting(IncidentKind.DEVICE.value, since)
            false = log_of.lasting(IncidentKind.INSTRUMENT.value, since)
        except JournalError as error:
            log.error("what lasts is not known: %s", error)
            return {}
        found: dict[Hashable, int] = dict(devices.items())
        return found | {(_FALSE, name): number for name, number in false.items()}

    def _is_gone(self, key: Hashable) -> bool:
        """A thermometer that has another in its place; by hand alone, after crashes, there is none at all."""
        kind, _, name = key.partition(" ") if isinstance(key, str) else ("", "", "")
        here = self.live.thermometers
        return kind == DeviceKind.THERMOMETER and bool(here) and name not in here

    # --- what the lane says ---------------------------------------------------------------------

    def device(self, status: object) -> None:
        if not isinstance(status, DeviceStatus):
            return
        if status.kind is DeviceKind.THERMOMETER and status.name:
            states = {**self._live.states, status.name: status.state.value}
            self._live = replace(self._live, states=states)
        self._live = replace(self._live, emulated=self._live.emulated or status.emulated)
        name = f"{status.kind.value} {status.name}".strip()
        if status.state in _LOST:
            self._lasts(name, IncidentKind.DEVICE, name)
        elif status.state is DeviceState.WORKING:
            for key in self._same(status.kind, name):
                self._over(key)

    def _same(self, kind: DeviceKind, name: str) -> list[Hashable]:
        """A lane has several thermometers, but one of each other: another camera ends that one is lost."""
        if kind is DeviceKind.THERMOMETER:
            return [name]
        return [one for one in self._standing if isinstance(one, str) and one.split(" ")[0] == kind]

    def outcome(self, outcome: object) -> None:
        match outcome:
            case CenterStatus():
                self._live = replace(self._live, center=outcome)
            case InstrumentState():
                self._judged(outcome)
            case LeftUncleared():
                self._happened(IncidentKind.LEFT, "")
            case NotStored() if self._monotonic() - self._not_stored > _NOT_AGAIN_S:
                self._not_stored = self._monotonic()
                self._refused(outcome.problem.value, self._now())
            case StoresAgain() if self._unkept:
                self._refused(*self._unkept)

    def _refused(self, problem: str, at: datetime) -> None:
        """What takes no entry takes no incident either: it is kept when there is room again."""
        kept = self._happened(IncidentKind.NOT_STORED, problem, at) is not None
        self._unkept = None if kept else self._unkept or (problem, at)

    def _judged(self, state: InstrumentState) -> None:
        self._live = replace(self._live, instruments=state)
        false = {one.instrument.name for one in state.standing}
        for name in false:
            self._lasts((_FALSE, name), IncidentKind.INSTRUMENT, name)
        for key in [one for one in self._standing if isinstance(one, tuple) and one[1] not in false]:
            self._over(key)

    def _lasts(self, key: Hashable, kind: IncidentKind, subject: str) -> None:
        if key not in self._standing:
            number = self._happened(kind, subject)
            if number is not None:
                self._standing[key] = number

    def _over(self, key: Hashable) -> None:
        number, running = self._standing.pop(key, None), self._station()
        if number is None or running is None:
            return
        try:
            DutyLog(running.journal.connection).over(number, self._now())
        except JournalError as error:
            log.error("the end of an incident is not kept: %s", error)

    def _happened(self, kind: IncidentKind, subject: str, at: datetime | None = None) -> int | None:
        running = self._station()
        if running is None:
            return None
        try:
            return DutyLog(running.journal.connection).happened(kind.value, subject, at or self._now())
        except JournalError as error:
            log.error("an incident is not kept: %s", error)
            return None

    # --- the rota -------------------------------------------------------------------------------

    def tick(self) -> None:
        """Time passed: a shift may be near that has nobody."""
        running, mono = self._station(), self._monotonic()
        if running is None or mono - self._looked < _ROTA_EVERY_S:
            return
        self._looked, now = mono, self._now()
        try:
            shifts = Rota(running.journal, self._gate).between(now, now + WARNS_AHEAD + timedelta(minutes=1))
        except (JournalError, VaultError) as error:
            log.error("the rota cannot be read: %s", error)
            return
        self._announce(rota_words.announced(lacking(shifts, now), now.astimezone()))

    def look_again(self) -> None:
        """The rota was changed."""
        self._looked = float("-inf")
