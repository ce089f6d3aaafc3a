"""The self-test before a shift: what was looked at, judged. Pure: whoever looks is `station.selftesting`.

Each tick works, does not work, or (None) could not be judged or is not needed here. The words, and what to
do, are `station.ui.selftest_words`, the same on the screen and in the terminal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from station.core import space
from station.core.space import Level

FRESH_S = 10.0  # a picture or a reading that is older is none
DARK = 12.0  # mean grey level (0-255): a cap on the lens, or night without a lamp
PLAUSIBLE_C = (-10.0, 45.0)  # of whatever a working sensor may see at a gate, from frost to a fever
CLOCK_SLACK = timedelta(minutes=1)
CLOCK_OFF_S = 120.0  # as `core.contact.CLOCK_ALARM`
LISTS_OLD = timedelta(hours=24)  # colours are announced each morning
TEN = 10


class Check(StrEnum):
    CAMERA = "camera"
    THERMOMETER = "thermometer"
    SCANNER = "scanner"
    SOUND = "sound"
    DISK = "disk"
    JOURNAL = "journal"
    CLOCK = "clock"
    RULES = "rules"
    OFFLINE = "offline"
    RECOVERY = "recovery"


class Found(StrEnum):
    """What was found; each has its own words."""

    SEES_CODE = "sees_code"
    SEES_LIGHT = "sees_light"
    DARK = "dark"
    NO_PICTURE = "no_picture"
    NO_DEVICE = "no_device"
    IN_USE = "in_use"  # by the gate, which alone can say how it is
    READS = "reads"
    IMPLAUSIBLE = "implausible"
    SILENT = "silent"
    NOT_CHOSEN = "not_chosen"
    WORKS = "works"
    HEARD = "heard"
    NOTHING_TO_HEAR = "nothing_to_hear"
    ROOM = "room"
    NEARLY_FULL = "nearly_full"
    FILLING = "filling"  # weeks are left to do something about it
    FULL = "full"
    NOT_WRITABLE = "not_writable"
    WHOLE = "whole"
    BROKEN = "broken"
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    RIGHT = "right"
    BEHIND = "behind"
    OFF = "off"
    IN_FORCE = "in_force"
    LISTS_OLD = "lists_old"
    LISTS_UNUSABLE = "lists_unusable"
    DECIDED = "decided"
    FAILED = "failed"
    NOBODY_KNOWN = "nobody_known"
    LOCKED = "locked"
    MADE = "made"
    NEVER_MADE = "never_made"


@dataclass(frozen=True, slots=True)
class Tick:
    """One line. `ok` is None where there is nothing to judge. `figures` fill its words in."""

    check: Check
    ok: bool | None
    found: Found
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Camera:
    """What was seen lately; ages in seconds, None: never. `brightness` is a mean grey level, 0-255."""

    there: bool
    picture_age_s: float | None = None
    brightness: float = 0.0
    code_read: bool = False
    in_use: bool = False  # by another program: nothing can be said


@dataclass(frozen=True, slots=True)
class Serial:
    """A thermometer or a scanner. `chosen`: the settings name one. `value_c` in °C."""

    chosen: bool
    there: bool = False
    age_s: float | None = None  # of the last reading
    value_c: float | None = None
    in_use: bool = False


@dataclass(frozen=True, slots=True)
class Disk:
    free: int  # bytes
    writable: bool
    a_day: int = 0  # bytes that the last day added; 0: not known


@dataclass(frozen=True, slots=True)
class JournalEnd:
    """The newest entries: how many were verified, and whether they were as written. `error` is technical."""

    entries: int
    whole: bool
    error: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Times:
    """UTC. `offset_s`: the center's clock minus ours, if it is known."""

    now: datetime
    newest: datetime | None
    offset_s: float | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """The policy in force, or why there is none; the oldest list of the center, if there is one.

    `unusable`: so many lists of DATA/trust cannot be read.
    """

    label: str
    error: str = ""
    lists_as_of: datetime | None = None
    unusable: int = 0


@dataclass(frozen=True, slots=True)
class Offline:
    """So many known people were judged with no network, and so many came to a verdict."""

    asked: int
    decided: int
    locked: bool = False  # nobody can be looked up before somebody has signed in


def camera(seen: Camera) -> Tick:
    if seen.in_use:
        return Tick(Check.CAMERA, None, Found.IN_USE)
    if not seen.there:
        return Tick(Check.CAMERA, False, Found.NO_DEVICE)
    if seen.picture_age_s is None or seen.picture_age_s > FRESH_S:
        return Tick(Check.CAMERA, False, Found.NO_PICTURE)
    if seen.code_read:
        return Tick(Check.CAMERA, True, Found.SEES_CODE)
    if seen.brightness < DARK:
        return Tick(Check.CAMERA, False, Found.DARK)
    return Tick(Check.CAMERA, True, Found.SEES_LIGHT)


def thermometer(heard: Serial) -> Tick:
    if not heard.chosen:
        return Tick(Check.THERMOMETER, None, Found.NOT_CHOSEN)
    if heard.in_use:
        return Tick(Check.THERMOMETER, None, Found.IN_USE)
    if not heard.there:
        return Tick(Check.THERMOMETER, False, Found.NO_DEVICE)
    if heard.age_s is None or heard.age_s > FRESH_S or heard.value_c is None:
        return Tick(Check.THERMOMETER, False, Found.SILENT)
    least, most = PLAUSIBLE_C
    figures = (f"{heard.value_c:.1f}",)
    if not least <= heard.value_c <= most:
        return Tick(Check.THERMOMETER, False, Found.IMPLAUSIBLE, figures)
    return Tick(Check.THERMOMETER, True, Found.READS, figures)


def scanner(heard: Serial) -> Tick | None:
    """None where the settings name none: a scanner that is a keyboard needs no test."""
    if not heard.chosen:
        return None
    if heard.in_use:
        return Tick(Check.SCANNER, None, Found.IN_USE)
    return Tick(Check.SCANNER, heard.there, Found.WORKS if heard.there else Found.NO_DEVICE)


def sound(device: bool | None) -> Tick:
    """Whether there is something to play on; None: that cannot be asked here."""
    found = {True: Found.HEARD, False: Found.NOTHING_TO_HEAR, None: Found.NOT_CHOSEN}[device]
    return Tick(Check.SOUND, device, found)


def disk(seen: Disk) -> Tick:
    days = space.days_left(seen.free, seen.a_day)
    told = days is not None and days < space.PLANNED_DAYS
    figures = (str(seen.free // 2**20), *([str(days)] if told else []))
    if not seen.writable:
        full = seen.free < _NO_ROOM
        return Tick(Check.DISK, False, Found.FULL if full else Found.NOT_WRITABLE, () if full else figures)
    level = space.level(seen.free, days)
    return Tick(Check.DISK, level is Level.ENOUGH, _ROOM[level], figures)


_NO_ROOM = 2**20  # bytes; a commit needs more
_ROOM = {Level.ENOUGH: Found.ROOM, Level.LOW: Found.FILLING, Level.VERY_LOW: Found.NEARLY_FULL}


def journal(end: JournalEnd | None) -> Tick:
    """None: nothing was ever recorded."""
    if end is None:
        return Tick(Check.JOURNAL, None, Found.EMPTY)
    if end.error:
        return Tick(Check.JOURNAL, False, Found.UNREADABLE, (end.error,))
    return Tick(Check.JOURNAL, end.whole, Found.WHOLE if end.whole else Found.BROKEN, (str(end.entries),))


def clock(times: Times) -> Tick:
    if times.newest is not None and times.now < times.newest - CLOCK_SLACK:
        return Tick(Check.CLOCK, False, Found.BEHIND)
    if times.offset_s is not None and abs(times.offset_s) > CLOCK_OFF_S:
        return Tick(Check.CLOCK, False, Found.OFF, (f"{abs(times.offset_s) / 60:.0f}",))
    return Tick(Check.CLOCK, True, Found.RIGHT)


def rules(seen: Rules, now: datetime) -> Tick:
    if seen.error:
        return Tick(Check.RULES, False, Found.UNREADABLE, (seen.error,))
    if seen.unusable:
        return Tick(Check.RULES, False, Found.LISTS_UNUSABLE, (seen.label, str(seen.unusable)))
    if seen.lists_as_of is None:
        return Tick(Check.RULES, True, Found.IN_FORCE, (seen.label,))
    age = max(now - seen.lists_as_of, timedelta())
    hours = f"{age / timedelta(hours=1):.0f}"
    old = age > LISTS_OLD
    return Tick(Check.RULES, not old, Found.LISTS_OLD if old else Found.IN_FORCE, (seen.label, hours))


def offline(tried: Offline | None) -> Tick:
    """None: the roster cannot be read."""
    if tried is None:
        return Tick(Check.OFFLINE, False, Found.UNREADABLE, ("",))
    if not tried.asked:
        return Tick(Check.OFFLINE, None, Found.NOBODY_KNOWN)
    if tried.locked:
        return Tick(Check.OFFLINE, None, Found.LOCKED)
    figures = (str(tried.decided), str(tried.asked))
    all_decided = tried.decided == tried.asked
    return Tick(Check.OFFLINE, all_decided, Found.DECIDED if all_decided else Found.FAILED, figures)


def recovery(made: bool | None) -> Tick | None:
    """Whether an admin who forgets the PIN has a paper; None: there is no admin."""
    if made is None:
        return None
    return Tick(Check.RECOVERY, made, Found.MADE if made else Found.NEVER_MADE)


def failed(ticks: Sequence[Tick]) -> list[Tick]:
    """Those that do not work."""
    return [tick for tick in ticks if tick.ok is False]


def unseen(ticks: Sequence[Tick]) -> list[Tick]:
    """Those that could not be looked at: not bad, but nobody knows that they are well.

    What this gate does not have, a thermometer or a first entry, is not missed.
    """
    return [tick for tick in ticks if tick.ok is None and (tick.check, tick.found) not in _NOT_NEEDED]


_NOT_NEEDED = {(Check.THERMOMETER, Found.NOT_CHOSEN), (Check.JOURNAL, Found.EMPTY)}
