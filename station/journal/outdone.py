"""Which facts do not count, whatever their date says: the gate and the center had different clocks.

What the gate's people tell is dated by the gate's clock, what the center says by the center's. Each fact
keeps how far those were apart when it was told (`clock_ms`, center minus station; None: not known). So one of
ours and one of the center's are compared by our clock as well as by their dates, and bad news count unless
they are older by every one of these: a date may also be one that somebody read off a paper.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from station.core.facts import AHEAD_MS, Fact, FactKind, TestState, is_bad, is_good
from station.core.moments import MINUTE_MS, to_ms

CENTER = "center"
NEED_TWO = frozenset({"isolation", "block"})  # a wrong one locks a family in or a sick person out
_RESULTS = (TestState.NEGATIVE, TestState.NEGATIVE_REPORTED, TestState.POSITIVE)
_NEVER_MS = 1 << 62  # of what was not told here, no date is later than the telling
_STEADY_MS = MINUTE_MS  # a clock that was measured twice and stayed within this was not set between


class Row(NamedTuple):
    """A fact as the journal keeps it."""

    position: int
    about: str
    kind: str
    value: str
    as_of_ms: int
    source: str
    told_at_ms: int
    clock_ms: int | None

    @property
    def is_centers(self) -> bool:
        return self.source == CENTER


def outdone(rows: Iterable[Row]) -> set[int]:
    """The positions of what does not count, of all that is known of one person.

    Of bad news only such as good news lifted that count themselves: something is always left.
    """
    bad, good = defaultdict[object, list[Row]](list), defaultdict[object, list[Row]](list)
    for row in rows:
        if is_good(row.kind, row.value):
            good[_together(row)].append(row)
        elif is_bad(row.kind, row.value) and settles(row.kind, row.value):
            bad[_together(row)].append(row)
    pairs = [(one, other) for which in good for one in good[which] for other in bad.get(which, ())]
    hidden = {one.position for one, other in pairs if _is_hidden(one, other)}
    return hidden | {
        other.position for one, other in pairs if one.position not in hidden and _lifts(one, other)
    }


def beside(known: Sequence[Fact], asked: Sequence[Fact], clock_ms: int | None) -> tuple[Fact, ...]:
    """What is known of somebody, with what the center answers just now: the same holds among these.

    About what each was told nobody says any more: so nothing that was lifted counts beside anything newer.
    """
    told = [(None, fact) for fact in known] + [(clock_ms, fact) for fact in asked]
    gone = outdone(
        Row(number, "", fact.kind, fact.value, to_ms(fact.as_of), fact.source, _NEVER_MS, clock)
        for number, (clock, fact) in enumerate(told)
    )
    return tuple(fact for number, (_, fact) in enumerate(told) if number not in gone)


def settles(kind: str, value: str) -> bool:
    """Whether nothing older counts beside it: a sample without a result leaves the result before it."""
    return kind != FactKind.TEST or value in _RESULTS


def _together(row: Row) -> object:
    """What is lifted of the person is not lifted of the house; of all else the newest counts."""
    return (row.about, row.kind) if row.kind in NEED_TWO else row.kind


def _is_hidden(good: Row, bad: Row) -> bool:
    return _is_from_the_future(good, bad) or _may_be_newer(bad, good)


def _is_from_the_future(good: Row, bad: Row) -> bool:
    """Dated later than the telling of bad news that came after: by a clock that was ahead, or by mistake."""
    return bad.position > good.position and good.as_of_ms > bad.told_at_ms + AHEAD_MS


def _may_be_newer(bad: Row, good: Row) -> bool:
    """Bad news that are not older by our clock, as it stood when either of the two was told."""
    if bad.is_centers == good.is_centers:
        return False
    return any(_by_ours(bad, clock) >= _by_ours(good, clock) for clock in _clocks(bad, good))


def _lifts(good: Row, bad: Row) -> bool:
    """The center lifted what was told here before by a clock that was ahead, and is so still: people go home.

    Only what is surely newer than the telling: a clock that was set between the two proves nothing.
    """
    if not good.is_centers or bad.is_centers or bad.position > good.position:
        return False
    if good.clock_ms is None or bad.clock_ms is None or abs(good.clock_ms - bad.clock_ms) > _STEADY_MS:
        return False
    told_ms = max(bad.as_of_ms, bad.told_at_ms)
    return all(_by_ours(good, clock) > told_ms for clock in _clocks(good, bad))


def _clocks(*rows: Row) -> Iterator[int]:
    return (row.clock_ms for row in rows if row.clock_ms is not None)


def _by_ours(row: Row, clock_ms: int) -> int:
    """When it was by the clock of this gate."""
    return row.as_of_ms - clock_ms if row.is_centers else row.as_of_ms
