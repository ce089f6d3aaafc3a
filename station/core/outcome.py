"""What the checkpoint says after each event: the only things the screen, the voice and the log hear."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from station.core.entry import StoredEntry
from station.core.model import Decision, Severity, Temperature


class Phase(StrEnum):
    IDLE = "idle"  # nobody, or nothing begun
    NEEDS_TEMPERATURE = "needs_temperature"  # a code was shown, the reading is awaited
    NEEDS_CODE = "needs_code"  # a reading was taken, the code is awaited
    ONE_BY_ONE = "one_by_one"  # two people got mixed: ask for one, give no reading to anyone


@dataclass(frozen=True, slots=True)
class PersonLine:
    """How a known person is written on the gate screen: masked, e.g. 张*强 · 3-2-501."""

    name: str = field(repr=False)
    dwelling: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A decision whose entry is on disk. Only now may anything be shown."""

    stored: StoredEntry
    decision: Decision
    person: PersonLine | None = None


@dataclass(frozen=True, slots=True)
class Repeated:
    """The same code again shortly after its decision: shown again, nothing recorded."""

    stored: StoredEntry
    decision: Decision
    person: PersonLine | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """The volunteer corrected an entry; both stay. `stored` is the amendment."""

    stored: StoredEntry
    before: Severity
    person: PersonLine | None = None
    decision: Decision | None = None  # what is decided now, with its reasons


@dataclass(frozen=True, slots=True)
class Waiting:
    """The lane's phase changed. `since` and `until` are monotonic seconds."""

    phase: Phase
    since: float = 0.0
    until: float = 0.0
    temperature: Temperature | None = None  # the reading that waits for its code


class StorageProblem(StrEnum):
    """Why an entry could not be stored; each has its own words on the screen."""

    DISK_FULL = "disk_full"
    LOCKED = "locked"  # another program holds the journal
    CORRUPT = "corrupt"
    READ_ONLY = "read_only"
    NEWER_SCHEMA = "newer_schema"  # written by a newer version of this program
    FAULT = "fault"  # an input/output error of the disk


@dataclass(frozen=True, slots=True)
class NotStored:
    """A verdict was reached and could not be stored, so it is not shown. The person waits."""

    problem: StorageProblem


@dataclass(frozen=True, slots=True)
class ClockWarning:
    """The PC's wall clock went back behind the last entry. Entries go on; order is by number."""

    back_s: float


Outcome = Recorded | Repeated | Corrected | Waiting | NotStored | ClockWarning
