"""Looks for the self-test: disk, journal, clock, rules; and judges ten known people as if offline.

Reads with connections of its own, so that it runs beside a gate at work, and in any thread. Devices are heard
by `DeviceEar` from the gate that has them open; without a gate `station.commands.doctor` opens them itself.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from station import selftest
from station.core.decision import decide
from station.core.model import (
    Claim,
    Closing,
    DeviceEvent,
    DeviceKind,
    DeviceState,
    DeviceStatus,
    Passage,
    Sample,
    Scan,
    Site,
    Temperature,
    View,
    Vouch,
)
from station.core.policy import Policy, PolicyError
from station.core.temperature import BY_HAND
from station.journal.audit import SINCE_SCHEMA
from station.journal.connection import open_reader
from station.journal.entries import Journal
from station.journal.errors import JournalError, NoJournalError, VaultError, storage_errors
from station.journal.head_check import check_end
from station.journal.migrations import version
from station.journal.people import People
from station.journal.policies import read_policy_history
from station.journal.reader import Reader
from station.journal.space import look
from station.journal.upstream import read_status
from station.journal.vault import Vault, open_vault
from station.policy_desk import InForce, in_force
from station.selftest import TEN, Camera, Disk, JournalEnd, Offline, Rules, Serial, Tick, Times
from station.settings import Settings, SettingsError
from station.trustfolder import TrustFolder

log = logging.getLogger(__name__)

NORMAL_C = 36.4
CODE_S = 60.0  # so long a code that was read says that the camera sees
CAMERA_READERS = ("zxing", "pyzbar")  # of a `Scan`; the others are scanners


@dataclass(frozen=True, slots=True)
class Devices:
    """What is known of the devices, and whether anything can be heard (None: not known here)."""

    camera: Camera
    thermometer: Serial
    scanner: Serial
    sound: bool | None


def run(
    data: Path,
    settings: Settings,
    devices: Devices,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    offset_s: float | None = None,
) -> list[Tick]:
    """All ticks in their order. `offset_s`: how far the center's clock is ahead of ours, if it is known."""
    ticks = [
        selftest.camera(devices.camera),
        selftest.thermometer(devices.thermometer),
        selftest.scanner(devices.scanner),
        selftest.sound(devices.sound),
        selftest.disk(look_at_disk(data, now())),
        selftest.journal(look_at_journal(data)),
        selftest.clock(Times(now(), newest_entry(data), offset_s)),
        selftest.rules(look_at_rules(data, settings), now()),
        selftest.offline(pretend_offline(data, settings, now())),
        selftest.recovery(look_for_paper(data)),
    ]
    return [tick for tick in ticks if tick]


# --- this PC ------------------------------------------------------------------------------------


def look_at_disk(data: Path, now: datetime) -> Disk:
    """Free bytes, and whether a file can be written there."""
    folder = next(path for path in (data, *data.parents) if path.exists())
    space = look(data, now)
    return Disk(space.free, _is_writable(folder), space.a_day)


def _is_writable(folder: Path) -> bool:
    """Tried, for only that tells of a disk that turned itself read-only."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"kakou")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        log.warning("%s cannot be written: %s", folder, error)
        return False
    return True


def look_for_paper(data: Path) -> bool | None:
    """Whether a recovery key was ever made. None: nobody has a PIN, or that cannot be read."""
    try:
        with storage_errors(), closing(open_reader(data)) as connection:
            if version(connection) < SINCE_SCHEMA:
                return None
            found = connection.execute(
                "SELECT EXISTS (SELECT 1 FROM operator), EXISTS (SELECT 1 FROM recovery)"
            ).fetchone()
    except (NoJournalError, JournalError):
        return None
    return bool(found[1]) if found[0] else None


def look_at_journal(data: Path) -> JournalEnd | None:
    try:
        end = check_end(data)
    except NoJournalError:
        return None
    except JournalError as error:
        return JournalEnd(0, False, str(error))
    return JournalEnd(end.entries, end.whole)


def newest_entry(data: Path) -> datetime | None:
    """When it was recorded, UTC. A journal that cannot be read is told of by its own tick."""
    try:
        with Reader.open(data) as reader:
            newest = reader.last(1)
    except (NoJournalError, JournalError):
        return None
    return newest[0].entry.at if newest else None


def look_at_rules(data: Path, settings: Settings) -> Rules:
    try:
        force = _in_force(data, settings)
        _, unusable = TrustFolder(data).sorted_out()
    except (SettingsError, PolicyError, JournalError, VaultError, OSError) as error:
        return Rules("", str(error))
    return Rules(force.policy.label, lists_as_of=_lists_as_of(data), unusable=len(unusable))


def _in_force(data: Path, settings: Settings) -> InForce:
    try:
        history = read_policy_history(data)
    except NoJournalError:
        history = []
    return in_force(history, settings.policy)


def _lists_as_of(data: Path) -> datetime | None:
    """The oldest of the center's lists; None without a center."""
    try:
        lists = read_status(data).lists.values()
    except NoJournalError:
        return None
    return min((age.heard for age in lists if age.heard), default=None)


# --- pretend to be offline -----------------------------------------------------------------------


class _ReadOnly:
    """What `People` needs of a journal, without its lock: it only reads."""

    def __init__(self, connection: sqlite3.Connection, vault: Vault) -> None:
        self.connection, self.vault = connection, vault


def pretend_offline(data: Path, settings: Settings, now: datetime) -> Offline | None:
    """Ten people of the roster, judged by what lies here and nothing else. None: it cannot be read.

    No center is asked: only its lists that are here count, as at a gate whose network is gone.
    """
    try:
        policy = _in_force(data, settings).policy
        with storage_errors(), closing(open_reader(data)) as connection:
            vault = open_vault(data, create=False)
            people = People(cast("Journal", _ReadOnly(connection, vault)))
            if vault.locked:
                return Offline(min(len(people.ids()), TEN), 0, locked=True)
            return _judge_some(people, policy, now)
    except NoJournalError:
        return Offline(0, 0)
    except (SettingsError, PolicyError, JournalError, VaultError) as error:
        log.error("ten known people cannot be judged: %s", error)
        return None


def _judge_some(people: People, policy: Policy, now: datetime) -> Offline:
    some = sorted(people.ids())[:TEN]
    return Offline(len(some), sum(_is_decided(people, one, policy, now) for one in some))


def _is_decided(people: People, person_id: str, policy: Policy, now: datetime) -> bool:
    """Whether this person, found by name and measured by hand, comes to a verdict with reasons."""
    try:
        known = people.find(person_id)
    except (JournalError, VaultError) as error:
        log.error("somebody of the roster cannot be read: %s", error)
        return False
    claim = Claim(f"hand:{person_id}", 0.0, person_id=person_id, vouch=Vouch.KNOWN)
    passage = Passage(claim, _measured(), Closing.BY_HAND)
    return known is not None and bool(decide(passage, known.facts, policy, now).reasons)


def _measured() -> Temperature:
    """A usual value, typed by hand."""
    return Temperature(NORMAL_C, NORMAL_C, Site.BODY, None, BY_HAND, "raw", (NORMAL_C,), 0.0)


# --- devices, heard from the gate ------------------------------------------------------------------


class DeviceEar:
    """Remembers what the gate's devices said last. `hear` belongs to the thread that reads it."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._states: dict[tuple[DeviceKind, str], DeviceState] = {}
        self._picture_at: float | None = None
        self._brightness = 0.0
        self._code_at: float | None = None
        self._samples: dict[str, tuple[float, float]] = {}  # by instrument: when, and °C

    def hear(self, event: DeviceEvent) -> None:
        now = self._monotonic()
        match event:
            case View():
                self._picture_at, self._brightness = now, event.brightness
            case Scan() if event.reader in CAMERA_READERS:
                self._code_at = now
            case Sample():
                self._samples[event.instrument.name] = now, event.reading.value_c
            case DeviceStatus():
                self._states[event.kind, event.name] = event.state

    def devices(self, settings: Settings, sound: bool | None) -> Devices:
        """As they are now."""
        age = None if self._picture_at is None else self._monotonic() - self._picture_at
        read = self._code_at is not None and self._monotonic() - self._code_at < CODE_S
        camera = Camera(self._has(DeviceKind.CAMERA), age, self._brightness, read)
        scanner = Serial(settings.scanner is not None, self._works(DeviceKind.SCANNER))
        return Devices(camera, self._thermometer(settings), scanner, sound)

    def _thermometer(self, settings: Settings) -> Serial:
        chosen = settings.thermometer is not None or bool(self._samples)
        if not self._samples:
            return Serial(chosen, self._has(DeviceKind.THERMOMETER))
        at, value_c = max(self._samples.values())
        return Serial(chosen, True, self._monotonic() - at, value_c)

    def _has(self, kind: DeviceKind) -> bool:
        return any(state is not DeviceState.ABSENT for state in self._of(kind))

    def _works(self, kind: DeviceKind) -> bool:
        return any(state is DeviceState.WORKING for state in self._of(kind))

    def _of(self, kind: DeviceKind) -> Sequence[DeviceState]:
        return [state for (of, _), state in self._states.items() if of is kind]
