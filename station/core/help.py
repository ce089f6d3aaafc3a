"""Calls for help and questions to the center, as the gate follows them. Pure.

A whistle (吹哨) is a person in need at this gate: somebody has to come, and is followed until they are there
(报到). A question is an unclear person: its answer is advice, and decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

SENDING_FOR = timedelta(seconds=3)  # so long it may be on its way before the screen says that it is not out
FOLLOWED_FOR = timedelta(hours=48)  # then a case that nobody closed is not shown any more


class HelpKind(StrEnum):
    WHISTLE = "whistle"
    QUESTION = "question"


class Need(StrEnum):
    """What a whistle is for."""

    FEVER = "fever"
    QUARREL = "quarrel"
    FAINTED = "fainted"
    DEVICE = "device"
    OTHER = "other"


class Unclear(StrEnum):
    """Why the center is asked about somebody."""

    NOT_LISTED = "not_listed"  # says that they live here, and is not on the list
    CODE = "code"  # the code cannot be read, or shows something strange
    COLOUR = "colour"  # the colour does not fit what they say
    PAPERS = "papers"  # a certificate, a test, a permit that nobody here knows
    MOVING = "moving"  # isolated or just back, and wants in or out
    OTHER = "other"


class Stage(StrEnum):
    """How far it is; in this order, but that any may be left out."""

    SENDING = "sending"  # put, and on its way
    NOT_OUT = "not_out"  # the center cannot be reached: the telephone
    ALONE = "alone"  # this gate has no center, so that nobody is called but by telephone
    OUT = "out"  # the center's machine has it
    SEEN = "seen"  # somebody there has it in hand, or has answered
    GOING = "going"  # somebody is on the way
    ARRIVED = "arrived"  # said here, or there
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Said:
    """A line of the center's."""

    at: datetime
    by: str = field(repr=False)
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Help:
    """One case of this gate. Times are UTC."""

    id: str
    kind: HelpKind
    what: str  # a Need or an Unclear; empty: not said yet
    at: datetime
    stage: Stage
    about: str = field(default="", repr=False)  # the person, masked
    owner: str = field(default="", repr=False)
    going: str = field(default="", repr=False)
    said: tuple[Said, ...] = ()
    unseen: bool = False  # the center said or did something that nobody here has seen

    @property
    def calls(self) -> bool:
        """A whistle that nobody has come for: it stays on the screen."""
        return self.kind is HelpKind.WHISTLE and self.stage not in (Stage.ARRIVED, Stage.CLOSED)


@dataclass(frozen=True, slots=True)
class HelpHere:
    """What is followed at this gate: calling whistles first, then what is unseen, then the rest."""

    helps: tuple[Help, ...] = ()

    @property
    def pressing(self) -> Help | None:
        """What stands on the screen now."""
        return next((one for one in self.helps if one.calls or one.unseen), None)


def stage_of(state: str, center: str, *, out: bool, since: timedelta, online: bool, alone: bool) -> Stage:
    """`state` is the gate's own (open, arrived, closed), `center` the center's; empty: it said none.

    `alone`: there is no center that it could ever go to.
    """
    if "closed" in (state, center):
        return Stage.CLOSED
    if "arrived" in (state, center):
        return Stage.ARRIVED
    if center in ("going", "answered"):
        return Stage.GOING if center == "going" else Stage.SEEN
    if out or center:
        return Stage.OUT
    if alone:
        return Stage.ALONE
    return Stage.SENDING if online and since <= SENDING_FOR else Stage.NOT_OUT


def in_order(helps: list[Help]) -> tuple[Help, ...]:
    """Whistles that call first, the newest of them on top; then what is unseen; then the newest."""
    return tuple(sorted(helps, key=lambda one: (not one.calls, not one.unseen, -one.at.timestamp())))
