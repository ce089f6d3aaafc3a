"""How the station stands with its center, in values: what screen, command line and admin page speak from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

CLOCK_ALARM = timedelta(seconds=120)  # from here on both ends say that a clock is wrong (docs/sync.md)
CLOCK_IN_STEP = timedelta(seconds=60)  # measured more finely than this: a clock with no difference is right
LIST_IS_NEW = timedelta(minutes=2)  # from here on the gate says how old its lists are


class Link(StrEnum):
    NONE = "none"  # not enrolled: the gate works by itself, and that is all right
    TRYING = "trying"  # no answer yet since the start
    ONLINE = "online"
    OFFLINE = "offline"
    PAUSED = "paused"  # the center does not take this station: an admin is needed


class Trouble(StrEnum):
    """Why the center cannot be spoken to; each has its own words, and says what to do."""

    NO_ADDRESS = "no_address"  # its name cannot be looked up
    NO_WAY = "no_way"  # nothing answers there, or the network is down
    NO_ANSWER = "no_answer"  # it was reached, and did not answer in time
    OTHER_CERTIFICATE = "other_certificate"  # not the one that was pinned
    NOT_THE_CENTER = "not_the_center"  # something answers that is no center: a portal's page, garbage
    BUSY = "busy"  # 429, 503
    FAULT = "fault"  # 5xx
    NOT_TAKEN = "not_taken"  # 400, 404, 413, 422 …: it does not take what we send
    UNKNOWN_HERE = "unknown_here"  # 401: it does not know our key
    REVOKED = "revoked"  # 403, or said in its hello: lists are not given any more
    HERE = "here"  # the journal of this station cannot be read or written


class Alarm(StrEnum):
    """What an admin has to look at, as the center says it or as it was found here; the worst first."""

    RECORD_REFUSED = "record_refused"  # one record alone does not verify: the queue waits there
    ARCHIVE_LOST = "archive_lost"  # the center lacks what it said was archived, and it is gone here
    DUPLICATE_STATION = "duplicate_station"  # two machines with one key
    CLOCK_BACK = "clock_back"  # the wall clock is behind the newest entry
    CLOCK = "clock"  # more than two minutes from the center's
    FORK = "fork"  # the center has other entries than we: healed, but somebody should know why
    DIFFERENCE = "difference"  # the daily reconciliation found one
    TOO_OLD = "too_old"  # this version cannot use what the center sends
    QUARANTINED = "quarantined"  # the center keeps records that it does not understand


@dataclass(frozen=True, slots=True)
class ClockState:
    """How far the PC's wall clock is from the center's, as far as that is known."""

    offset_s: float  # center minus station: positive if our clock is slow
    uncertainty_s: float

    @property
    def known_ms(self) -> int | None:
        """The difference, if there surely is one; 0 if there surely is none to speak of."""
        if abs(self.offset_s) <= self.uncertainty_s:
            return 0 if self.uncertainty_s <= CLOCK_IN_STEP.total_seconds() else None
        return round(self.offset_s * 1000)

    @property
    def alarming(self) -> bool:
        return abs(self.offset_s) - self.uncertainty_s > CLOCK_ALARM.total_seconds()


@dataclass(frozen=True, slots=True)
class OwnList:
    """The roster of a gate without a center: when it was imported, or last entered by hand. None: nobody."""

    at: datetime | None = None  # UTC
    imported: bool = False


@dataclass(frozen=True, slots=True)
class CenterStatus:
    """The whole of it; told whenever it changes. Times are UTC."""

    link: Link = Link.NONE
    trouble: Trouble | None = None
    pending: int = 0  # entries that the center has not acknowledged
    last_contact: datetime | None = None
    lists_as_of: datetime | None = None  # when the older of our lists was known to be complete
    lists_left: int = 0  # items of the lists that are still to come
    clock: ClockState | None = None
    alarms: frozenset[Alarm] = frozenset()
    own: OwnList | None = None  # without a center; None: not looked up

    def lists_age(self, now: datetime) -> timedelta | None:
        """How old the lists are by the wall clock; never below zero. None: there are none yet."""
        return max(now - self.lists_as_of, timedelta()) if self.lists_as_of else None
