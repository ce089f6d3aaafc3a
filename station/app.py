"""The composition root: journal, checkpoint and devices of one lane, wired. No window, no loop of its own.

Devices publish from their threads into `post`; whoever owns the loop (the window, or the headless command)
takes the events from there, one at a time, and hands them to `handle`.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime, tzinfo
from typing import Self

from station import help_wishes, way_opening
from station.center_link import CenterLink
from station.center_shelf import Gate
from station.changes_on_record import put_found_on_record
from station.checkpoint import Checkpoint
from station.clock_on_record import watching_clock
from station.codekeys import CodeKeys
from station.core import entry as entries
from station.core.entry import StoredEntry
from station.core.measurability import LimitsTable, parse_limits
from station.core.model import (
    DeviceEvent,
    DeviceKind,
    DeviceState,
    DeviceStatus,
    ReasonCode,
    Sample,
    Scan,
    Severity,
)
from station.core.outcome import InstrumentState, Outcome, PersonLine, Recorded, TrustUnreadable
from station.core.override import count_by_role
from station.core.policy import Policy
from station.device_health import DeviceHealth
from station.drill_watch import DrillWatch
from station.equipment import Device, Equipment, Post
from station.export_watch import ExportWatch, schedule_of
from station.help_desk import HelpDesk
from station.journal.calibrations import Calibrations
from station.journal.connection import reserve_handles
from station.journal.entries import Journal
from station.journal.errors import storage_errors
from station.journal.memory import LaneMemory
from station.journal.movements import Movements
from station.journal.people import People
from station.journal.reader import Reader
from station.judge import ASSETS, LiveJudge
from station.key_watch import KeyWatch, unless_locked
from station.knowing import Knowing
from station.list_watch import ListWatch
from station.local_time import local_zone
from station.lookback_watch import LookbackWatch
from station.notice_watch import NoticeWatch
from station.opening import Opening as Opening
from station.policy_desk import in_force, open_in_force
from station.recording import Lane
from station.retention_watch import RetentionWatch
from station.settings import Settings
from station.thermometry import Thermometry
from station.version import version
from station.visiting import Visiting

log = logging.getLogger(__name__)

LAST_LINES = 5


class SystemClock:
    """The PC's clocks. Wall time is UTC; monotonic seconds compare only within one `boot`."""

    def __init__(self) -> None:
        self.boot = secrets.token_hex(4)

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


class Station:
    """One lane at work. Opening raises JournalError, VaultError, PolicyError or SettingsError."""

    def __init__(self, opening: Opening, *, post: Post, publish: Callable[[Outcome], None]) -> None:
        self._data, self._post, self._clock = opening.data, post, SystemClock()
        self._facts_came, self._health, self._unreadable = False, DeviceHealth(), 0
        judge = self._judge = LiveJudge(opening.data)
        with ExitStack() as opened:
            journal = opened.enter_context(Journal.open(opening.data, now=self._clock.now))
            with storage_errors():
                reserve_handles(journal.connection)
            self.journal = journal  # for the admin page; it belongs to the thread that opened it
            put_found_on_record(journal, opening.data, opening.settings, self._clock.now())
            opening.prepare(People(journal))
            self.policy = open_in_force(journal, opening.settings.policy, self._clock.now())
            self._keys = CodeKeys(journal)
            self.center = self._link(journal, publish)
            self.visiting = Visiting(journal, self._clock.now, lambda key: self.checkpoint.learnt(key))
            self.help = self._help(opening.settings, publish)
            publish = self.help.beside(self.center.beside(publish))
            publish = watching_clock(journal, publish, self._clock.now, self._clock.monotonic)
            barrier = self._barrier = opening.equipment.barrier and opening.equipment.barrier(self._post)
            if barrier:
                publish = way_opening.opening(barrier, publish, self._clock.monotonic)
            self._devices = [*self._make(opening.equipment, judge), *([barrier] if barrier else [])]
            self._keys_watch = KeyWatch(opening.data, journal, self._keys_changing, self._keys_changed)
            self.checkpoint = self._checkpoint(opening, publish)
            now, zone = self._clock.now, local_zone()
            self._lookbacks = LookbackWatch(opening.data, journal, lambda: self.policy.policy, now, publish)
            self._drills = DrillWatch(opening.data, journal, zone, now, publish)
            self._notices = NoticeWatch(journal, now, publish)
            keep = opening.settings.keep_days
            self.keeping = RetentionWatch(opening.data, journal, keep, zone, now, publish)
            self._lists = ListWatch(opening.data, journal, publish)
            opened.callback(self._lists.close)
            schedule = schedule_of(opening.settings)
            self.exports = ExportWatch(opening.data, journal, schedule, zone, now, publish)
            if not journal.vault.locked:
                self._drills.begin()
            self._resources = opened.pop_all()
        self._opening, self._publish = opening, publish

    def _checkpoint(
        self, opening: Opening, publish: Callable[[Outcome], None], before: Checkpoint | None = None
    ) -> Checkpoint:
        """`before`: the lane that ends, whose devices go on."""
        settings, journal, policy = opening.settings, self.journal, self.policy.policy
        journal.vault.begin_run()
        memory, people = LaneMemory(journal), People(journal)
        knowing = Knowing(people, self._keys, journal, settings.gate)
        self._who = unless_locked(journal, self.visiting.by_id(knowing.find), self._clock.now)
        thermometry = Thermometry(
            policy,
            load_limits(),
            names=self.thermometers,
            calibrations=Calibrations(journal).all(),
            memory=memory,
        )
        if before:
            thermometry.go_on_from(before.thermometry)
        return Checkpoint(
            lane=Lane(
                settings.lane,
                settings.direction,
                opening.equipment.emulated,
                settings.gate,
                operator=lambda: journal.on_duty().number,
            ),
            policy=policy,
            journal=journal,
            code_key=self.visiting.shown(self._keys.of),
            find=unless_locked(
                journal, self.visiting.by_code(self.center.answering(knowing.find_by_code)), self._clock.now
            ),
            find_person=self._who,
            movements=Movements(journal.connection),
            judge=self.center.asking(self._judge),
            thermometry=thermometry,
            clock=self._clock,
            publish=publish,
            memory=memory,
            last=self._last_recorded(),
            speaks_for=knowing.for_whom_speaks,
        )

    def _link(self, journal: Journal, publish: Callable[[Outcome], None]) -> CenterLink:
        gate = Gate(self.on_facts_changed, self.reload_judge, self.reload_policy)
        last = self._last_recorded()
        return CenterLink(
            self._data,
            journal,
            self._keys,
            self._clock,
            gate,
            publish,
            app=version(),
            newest=last.stored.entry.at if last else None,
            learnt=lambda key: self.checkpoint.learnt(key),
            devices=self._telling,
        )

    def _telling(self) -> tuple[tuple[str, str], ...]:
        """What a hello says of this gate: its devices, and by which policy it goes."""
        policy = self.policy.policy
        return (*self._health.state(), ("policy", f"{policy.label} {policy.digest}"[:200]))

    def _help(self, settings: Settings, publish: Callable[[Outcome], None]) -> HelpDesk:
        desk = HelpDesk(
            self.journal,
            self.center.reports,
            place=lambda: (settings.gate, settings.lane, self.checkpoint.direction.value),
            devices=self._health.state,
            now=self._clock.now,
            status=lambda: self.center.status,
            hurry=self.center.tell,
            publish=publish,
            last=self._last_recorded(),
        )
        self.center.granting[help_wishes.DO] = help_wishes.granting(desk)
        return desk

    def _make(self, equipment: Equipment, judge: LiveJudge) -> list[Device]:
        """The devices, not started yet. `thermometers` are their names, the preferred one first."""
        single = (equipment.camera, equipment.scanner, equipment.thermal)
        camera, *aids = (make and make(self._post, judge) for make in single)
        thermometers = [make(self._post, judge) for make in equipment.thermometers]
        self.thermometers = tuple(thermometer.name for thermometer in thermometers)
        for kind, there in ((DeviceKind.CAMERA, camera), (DeviceKind.THERMOMETER, thermometers)):
            if not there:  # a gate without the others lacks nothing
                self._post(DeviceStatus(kind, DeviceState.ABSENT, ""))
        return [device for device in (camera, *thermometers, *aids) if device]

    def __enter__(self) -> Self:
        for device in self._devices:
            device.start()
        if not self._opening.alone:
            self.center.open()
        self._tell_unreadable()
        return self

    def __exit__(self, *_: object) -> None:
        """Whoever is half done is recorded first, also a fever that waits for its code; each of the others is
        closed whatever comes of those before it."""
        parts = (
            *(self.checkpoint.end, self.center.close),
            *(device.stop for device in self._devices),
            *(self._lookbacks.close, self.exports.close, self._drills.close),
            *(self._keys_watch.close, self._resources.close),
        )
        with ExitStack() as closing:
            for close in reversed(parts):
                closing.callback(close)

    def tick(self) -> None:
        """Time passed; call a few times a second."""
        if self._facts_came:
            self._facts_came = False
            self.checkpoint.facts_changed()
        self.checkpoint.tick()
        if not self.journal.vault.locked:
            self._lookbacks.tick(self._clock.monotonic())
            self._drills.tick()
            self._notices.tick(self._clock.monotonic())
        self.help.tick(self._clock.monotonic())
        self.keeping.tick(self._clock.monotonic(), idle=self.checkpoint.idle)
        self.exports.tick(self._clock.monotonic(), idle=self.checkpoint.idle)
        self._lists.tick(idle=self.checkpoint.idle)
        self.center.tick()
        self._keys_watch.tick(self._clock.monotonic(), idle=self.checkpoint.idle)

    def _keys_changing(self) -> None:
        """Somebody signed in, or nobody is at work any more: whoever is half done is recorded first, under
        the key that their code has from now on."""
        self.checkpoint.end(self._keys.again)

    def _keys_changed(self) -> None:
        """The lane goes on with its lists, or without them. Devices go on."""
        self._publish(InstrumentState())
        if self._opening.alone:
            self._keys.refresh()
        else:
            self.center.enrolled()
        self._begin_anew()
        if not self.journal.vault.locked:
            self._drills.begin()

    def on_facts_changed(self) -> None:
        """Facts about people or codes were written: see `LookbackWatch.on_facts_changed`. From any thread."""
        self._lookbacks.on_facts_changed()
        self._facts_came = True

    def reload_policy(self) -> None:
        """Another policy came into force. Devices go on; whoever is half done is recorded, and begins anew.

        Raises JournalError, VaultError, PolicyError, SettingsError; then all is as before.
        """
        found = open_in_force(self.journal, self._opening.settings.policy, self._clock.now())
        self.checkpoint.end()
        self._publish(InstrumentState())  # of those before; what stands is said again
        self.policy = found
        self._begin_anew()
        self._drills.begin()

    def _begin_anew(self) -> None:
        """Another checkpoint, which goes the same way, with the thermometers as they are."""
        before = self.checkpoint
        self.checkpoint = self._checkpoint(self._opening, self._publish, before)
        self.checkpoint.go_on_from(before)

    def handle(self, event: DeviceEvent) -> None:
        """Take one event of a device. Views are for the screen, not for the lane."""
        if isinstance(event, Scan):
            self.checkpoint.scan(event)
        elif isinstance(event, Sample):
            self.checkpoint.sample(event)
        elif isinstance(event, DeviceStatus):
            self._health.heard(event)
            if event.kind is DeviceKind.THERMOMETER:
                self.checkpoint.status(event)

    def last_entries(self, count: int = LAST_LINES) -> list[StoredEntry]:
        """The newest entries, newest first."""
        with Reader.open(self._data) as reader:
            return reader.last(count)

    def who(self, person_id: str) -> PersonLine | None:
        """As they stand on the screen; None: nobody knows any more, or the names are locked away."""
        known = self._who(person_id)
        return known.line if known else None

    def _last_recorded(self) -> Recorded | None:
        """The newest passage with its newest correction; whose it was is not looked up."""
        with Reader.open(self._data) as reader:
            stored = next(filter(_is_passage, reader.last(50)), None)
            if stored is None:
                return None
            newest = reader.latest_amendment(stored.entry.id) or stored
        return Recorded(stored, entries.decision_of(newest.entry))

    def counts_today(self, zone: tzinfo) -> Mapping[Severity, int]:
        """How many passages of today, in this time zone, ended how."""
        with Reader.open(self._data) as reader:
            return reader.counts(self._clock.now().astimezone(zone).date(), zone)

    def overrides_today(self, zone: tzinfo) -> Mapping[str, int]:
        """How often each role changed a verdict today, in this time zone."""
        with Reader.open(self._data) as reader:
            today = reader.day(self._clock.now().astimezone(zone).date(), zone)
        return count_by_role(stored.entry for stored in today)

    @property
    def has_barrier(self) -> bool:
        return self._barrier is not None

    def open_barrier(self) -> None:
        """By hand, for one, now; who may, and why, is on record before (`signing_in`)."""
        if self._barrier:
            self._barrier.open(self._clock.monotonic())

    def reload_judge(self) -> None:
        """Passes were issued or taken back: codes are judged by what is known now, the last ones too."""
        self._judge.reload()
        self.checkpoint.lists_changed(self._judge.is_revoked)
        self._tell_unreadable()

    def _tell_unreadable(self) -> None:
        """Else the volunteer sees code after code that cannot be checked, and nobody knows why."""
        if self._judge.unusable != self._unreadable:
            self._unreadable = self._judge.unusable
            self._publish(TrustUnreadable(self._unreadable))


def _is_passage(stored: StoredEntry) -> bool:
    """No correction, and nobody who was marked as gone by hand."""
    codes = {reason.code for reason in stored.entry.reasons}
    return stored.entry.amends is None and ReasonCode.CORRECTED_BY_OPERATOR not in codes


def load_policy(name: str) -> Policy:
    """A shipped policy by its name, or one in a file. Raises PolicyError, SettingsError."""
    return in_force((), name).policy


def load_limits() -> LimitsTable:
    """Within what surroundings each family of thermometers measures people."""
    return parse_limits((ASSETS / "thermometers" / "limits.toml").read_text(encoding="utf-8"))
