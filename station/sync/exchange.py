"""What the uplink gives to the loop and gets from it: requests, failures, and its state for the screen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from station.sync.bundle import Ack, Hello, HelloAnswer, Push


@dataclass(frozen=True, slots=True)
class AskChain:
    """`GET /v1/chain`: which hash the center has after this number."""

    incarnation: int
    number: int


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing to send before `until`, or before the answer (None). New entries may be asked for at once."""

    until: float | None  # monotonic seconds


Request = Hello | Push | AskChain
Answer = HelloAnswer | Ack


class Failure(StrEnum):
    """Why there is no answer, as the client tells it apart."""

    UNREACHABLE = "unreachable"  # no connection, not in time, 5xx, or an answer that is not our center's
    BUSY = "busy"  # 429, 503
    REFUSED = "refused"  # 401, 403: it is about who we are; the queue pauses
    DAMAGED = "damaged"  # 422
    TOO_LARGE = "too_large"  # 413
    NOT_HERE = "not_here"  # 404 of a chain


class Alarm(StrEnum):
    """What an admin should see to; beside these, the words that a hello brings."""

    FORK = "fork"  # the center had something else: this disk was copied, or restored from an image
    RECORD_REFUSED = "record_refused"  # one record alone does not verify; its chain waits
    ARCHIVE_LOST = "archive_lost"  # the center lacks what it said was archived, and it is pruned here


class Link(StrEnum):
    STARTING = "starting"
    ONLINE = "online"
    OFFLINE = "offline"
    PAUSED = "paused"  # the center does not know us, or not any more


@dataclass(frozen=True, slots=True)
class Status:
    """For the screen."""

    link: Link
    why: Failure | None  # of OFFLINE and PAUSED
    pending: int  # entries that the center has not said to have
    alarms: frozenset[str]
    revoked: bool
