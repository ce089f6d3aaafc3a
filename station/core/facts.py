"""What may be known about a person when they stand at the gate. Each fact says how old it is and who says so.

Values are short words and numbers, never names. A value that nobody understands is no fault of the person:
it is rechecked. Of several facts of one kind the newest counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from station.core.moments import MINUTE_MS


class FactKind(StrEnum):
    """The kinds, with what `value` and `as_of` mean for each."""

    IDENTITY = "identity"  # the person's category: resident, tenant, courier, visitor, medical …
    COLOUR = "colour"  # green, yellow, red
    LAST_PASSAGE = "last_passage"  # in or out, the way in which this code passed last
    RECHECK = "recheck"  # a RecheckState, after the reading at hand
    ISOLATION = "isolation"  # an IsolationState, agreed by two; until `valid_until`
    ISOLATION_PENDING = "isolation_pending"  # an IsolationState, reported by one, verified by no second
    TEST = "test"  # a TestState; `as_of` is the sampling, but for negative_reported
    RIGHT = "right"  # all, none, or the names of gates with commas between; until `valid_until`
    BLOCK = "block"  # none, or why: lost_card, moved_out …
    EXPECTED = "expected"  # yes: announced, from `as_of` until `valid_until`; else no
    TRAVEL = "travel"  # yes, no: been to a key area (重点区域), as declared at `as_of`
    OCCUPATION = "occupation"  # a group that must be tested (重点人员): courier, driver, cold_chain …
    OUTING = "outing"  # how often somebody of the household went out within the rule's days, before now;
    # `as_of`: when the newest of these outings began
    INSIDE = "inside"  # in or out, the person's last passage at any gate, at `as_of`
    OCCUPANCY = "occupancy"  # how many are inside, e.g. 163, or 163/180 with the place's own limit
    MEASURED = "measured"  # normal: a temperature that was measured at `as_of`
    LOOKUP = "lookup"  # locked: nobody has signed in; changed: their record is not as it was written;
    # unreadable: what the lists may say of them could not be read
    BROUGHT = (
        "brought"  # guardian or proxy: passes on the word of one who stands for them; the source says who
    )


class RecheckState(StrEnum):
    """Where the recheck of somebody who measured too high stands (`core.recheck`)."""

    BEGUN = "begun"  # by this very reading
    OPEN = "open"  # not decided yet, one more reading is needed
    TOO_EARLY = "too_early"  # measured again before the wait was over: does not count
    CONFIRMED = "confirmed"
    CLEARED = "cleared"  # by this very reading


class IsolationState(StrEnum):
    ISOLATION = "isolation"  # 居家隔离
    CLOSE_CONTACT = "close_contact"  # 密接
    SUB_CLOSE_CONTACT = "sub_close_contact"  # 次密接
    NONE = "none"  # lifted


class TestState(StrEnum):
    """What a nucleic-acid test (核酸) came to."""

    __test__ = False  # no test of ours

    NEGATIVE = "negative"  # `as_of` is when the sample was taken
    NEGATIVE_REPORTED = "negative_reported"  # only the time of the report is known, and that is `as_of`
    POSITIVE = "positive"
    UNKNOWN = "unknown"  # taken, no result yet
    NONE = "none"  # asked for, and there is none


RESULTS = frozenset({TestState.NEGATIVE, TestState.NEGATIVE_REPORTED, TestState.POSITIVE})
AHEAD_MS = 10 * MINUTE_MS  # so far a clock may run before another one
_GOOD: dict[str, frozenset[str]] = {
    FactKind.COLOUR: frozenset({"green"}),
    FactKind.TEST: frozenset({TestState.NEGATIVE, TestState.NEGATIVE_REPORTED}),
    FactKind.ISOLATION: frozenset({IsolationState.NONE}),
    FactKind.BLOCK: frozenset({"none"}),
    FactKind.TRAVEL: frozenset({"no"}),
}


def is_good(kind: str, value: str) -> bool:
    """Good news: dated in the future by a clock that was ahead, it never outdoes bad news."""
    return value in _GOOD.get(kind, ())


def is_bad(kind: str, value: str) -> bool:
    """Of the kinds that have good and bad news: bad news counts whatever its date."""
    return kind in _GOOD and not is_good(kind, value)


def weight(kind: str, value: str) -> int:
    """How much worse one is than another of the same moment."""
    if kind == FactKind.TEST:
        return 2 if value == TestState.POSITIVE else int(value in RESULTS)
    return 2 if value == "red" else int(is_bad(kind, value))


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known about the person, how old it is and where it came from."""

    kind: FactKind
    value: str
    as_of: datetime  # UTC
    source: str  # roster, center, operator …
    valid_until: datetime | None = None  # UTC; None: until something newer is known
