"""What the checkpoint says after each event: the only things the screen, the voice and the log hear."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from station.core.asking import Asked
from station.core.contact import CenterStatus
from station.core.entry import StoredEntry
from station.core.help import HelpHere
from station.core.instrument_watch import Finding
from station.core.measurability import Advice
from station.core.model import Decision, Obstacle, Severity, Temperature
from station.core.model import Phase as Phase
from station.core.problems import ExportProblem as ExportProblem
from station.core.problems import StorageProblem as StorageProblem
from station.core.recheck import Ask
from station.core.space import Level


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
    asks: tuple[Asked, ...] = ()  # what the volunteer can see or ask, so that it is decided again


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
    asks: tuple[Asked, ...] = ()  # what the volunteer can see or ask meanwhile
    person: PersonLine | None = None  # who was brought by somebody else: only their own reading is theirs


@dataclass(frozen=True, slots=True)
class NotStored:
    """A verdict was reached and could not be stored, so it is not shown. The person waits."""

    problem: StorageProblem


@dataclass(frozen=True, slots=True)
class StoresAgain:
    """After NotStored: there is room again, the disk can be written again. Nobody need write on paper."""


@dataclass(frozen=True, slots=True)
class ClockWarning:
    """The PC's wall clock went back behind the last entry. Entries go on; order is by number."""

    back_s: float


@dataclass(frozen=True, slots=True)
class NotMeasured:
    """A reading that is no measurement: nothing is decided, the person goes on waiting. Says what to do."""

    obstacle: Obstacle
    advice: Advice
    temperature: Temperature


@dataclass(frozen=True, slots=True)
class InstrumentState:
    """How the lane's thermometers stand; said when it changes."""

    standing: tuple[Finding, ...] = ()  # who looks false, and why
    active: str | None = None  # the one whose readings count; None: all of them, or none works
    doubtful: bool = False  # the active one looks false and there is no better one: measure by hand
    wants_staff: bool = False  # nobody knows yet what is usual: measure healthy staff


@dataclass(frozen=True, slots=True)
class StaffReadings:
    """Healthy staff are being measured, so that the baseline begins. `hindered`: this one did not count."""

    values_c: tuple[float, ...]
    needed: int
    hindered: bool = False

    @property
    def done(self) -> bool:
        return len(self.values_c) >= self.needed


@dataclass(frozen=True, slots=True)
class RecheckLine:
    """Somebody who measured too high and waits. Wall times are UTC."""

    key: str = field(repr=False)
    person: PersonLine | None
    since: datetime
    due: datetime  # from then on the next reading counts
    overdue: datetime  # from then on somebody asks where they are
    last_c: float
    highs: int
    ask: Ask


@dataclass(frozen=True, slots=True)
class RecheckList:
    """Who is waiting to be measured again, longest first; said when it changes."""

    waiting: tuple[RecheckLine, ...]


@dataclass(frozen=True, slots=True)
class LeftUncleared:
    """Somebody with a high reading never came back."""

    line: RecheckLine


@dataclass(frozen=True, slots=True)
class PartShown:
    """One code of a certificate that was cut into several; the others are awaited."""

    number: int
    total: int
    missing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LookbacksOpen:
    """Of so many people the passages look otherwise by now, and nobody has opened that list yet."""

    people: int


@dataclass(frozen=True, slots=True)
class DrillVerified:
    """The code system was down and is back: so many passed meanwhile, and so many are to be looked into."""

    entries: int
    exceptions: int


@dataclass(frozen=True, slots=True)
class NoticesHere:
    """What the center has for whoever is at the gate: notices that nobody has read, tasks that are due."""

    title: str = field(default="", repr=False)  # of the most pressing unread one; it may name somebody
    unread: int = 0
    due: int = 0  # tasks


@dataclass(frozen=True, slots=True)
class SpaceLeft:
    """How long the disk will do; said when that changes. Free bytes, and days at today's rate if known."""

    level: Level
    free: int
    days: int | None


@dataclass(frozen=True, slots=True)
class ListsChanged:
    """How much of the lists another program changed, took away or put back."""

    found: int


@dataclass(frozen=True, slots=True)
class TrustUnreadable:
    """So many trust lists cannot be read, nor codes checked that need them; said when that changes."""

    lists: int


@dataclass(frozen=True, slots=True)
class DailyExport:
    """How the export of each day stands; said when that changes. `days` wait, for a reason or their turn."""

    problem: ExportProblem | None
    days: int


Outcome = (
    DailyExport
    | HelpHere
    | ListsChanged
    | TrustUnreadable
    | Recorded
    | Repeated
    | Corrected
    | Waiting
    | NotStored
    | StoresAgain
    | ClockWarning
    | NotMeasured
    | InstrumentState
    | StaffReadings
    | RecheckList
    | LeftUncleared
    | PartShown
    | LookbacksOpen
    | DrillVerified
    | NoticesHere
    | SpaceLeft
    | CenterStatus
)
