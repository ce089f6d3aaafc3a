"""Which facts do not count, whatever their date says: the gate and the center had different clocks.

What the gate's people tell is dated by the gate's clock, what the center says by the center's. Each fact
keeps how far those were apart when it was told (`clock_ms`, center minus station; None: not known). So one of
ours and one of the center's are compared by our clock as well as by their dates, and bad news count unless
they are older by both: a date may also be one that somebody read off a paper. Our clock is taken as it stood
when ours was told; only if that is not known, as it stood when the center's came.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

from station.core.facts import AHEAD_MS, RESULTS, Fact, FactKind, is_bad, is_good
from station.core.moments import MINUTE_MS, to_ms

CENTER = "center"
NEED_TWO = frozenset({"isolation", "block"})  # a wrong one locks a family in or a sick person out
_RED = "red"
_NEVER_MS = 1 << 62  # of what was not told here, no date is later than the telling
_LONG_AGO = -_NEVER_MS
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
    gone = set[int]()
    for which in good.keys() & bad.keys():
        hidden = {one.position for one in _hidden(good[which], bad[which])}
        left = [one for one in good[which] if one.position not in hidden]
        gone |= hidden | {one.position for one in _lifted(bad[which], left)}
    if red := [row for row in bad[FactKind.COLOUR] if row.value == _RED and row.position not in gone]:
        colours = [row for row in good[FactKind.COLOUR] + bad[FactKind.COLOUR] if row.position not in gone]
        gone |= {one.position for one in _milder(colours, red)}
    return gone


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
    return kind != FactKind.TEST or value in RESULTS


def _together(row: Row) -> object:
    """What is lifted of the person is not lifted of the house; of all else the newest counts."""
    return (row.about, row.kind) if row.kind in NEED_TWO else row.kind


def _hidden(good: Sequence[Row], bad: Sequence[Row]) -> Iterator[Row]:
    """The good news that do not count beside these bad ones. Not pair by pair: there may be hundreds."""
    latest, told = _Latest.of(bad), _Telling(bad)
    return (one for one in good if latest.may_be_newer_than(one) or told.is_outdated(one))


def _milder(colours: Sequence[Row], red: Sequence[Row]) -> Iterator[Row]:
    """The yellow that does not count beside a red that either end still goes by: as good news beside bad.

    A red that was told here last is one: its date may be that of a clock that was set back.
    """
    told = _Telling(red)
    last_here = max((row.position for row in colours if not row.is_centers), default=None)
    dated = [row for row in colours if row.value == _RED or not told.is_outdated(row)]
    latest = {row.is_centers: row.as_of_ms for row in sorted(dated, key=attrgetter("as_of_ms"))}
    still = [row for row in red if row.as_of_ms == latest[row.is_centers] or row.position == last_here]
    yellow = [row for row in colours if row.value != _RED and is_bad(row.kind, row.value)]
    return _hidden(yellow, still) if still else iter(())


def _lifted(bad: Iterable[Row], good: Iterable[Row]) -> Iterator[Row]:
    """The bad news that these lift. The newest is asked first: mostly it answers for all."""
    measured = [one for one in good if one.is_centers and one.clock_ms is not None]
    newest = sorted(measured, key=attrgetter("as_of_ms"), reverse=True)
    ours = (one for one in bad if not one.is_centers and one.clock_ms is not None) if newest else ()
    return (one for one in ours if any(_lifts(other, one) for other in newest))


class _Telling:
    """When bad news were told."""

    def __init__(self, bad: Iterable[Row]) -> None:
        rows = sorted(bad)
        earliest = accumulate((row.told_at_ms for row in reversed(rows)), min)
        self._positions, self._earliest = [row.position for row in rows], list(earliest)[::-1]

    def is_outdated(self, good: Row) -> bool:
        """Dated later than the telling of bad news that came after: a clock was ahead, or it is a mistake."""
        after = bisect_right(self._positions, good.position)
        return after < len(self._positions) and good.as_of_ms > self._earliest[after] + AHEAD_MS


class _Latest(NamedTuple):
    """The latest of bad news, by the clocks that good news of the other end are compared by."""

    centers: int  # by the center's
    centers_by_ours: int  # of those that came when the difference was measured
    ours_by_centers: int  # likewise
    ours: int  # of those that were told when it was not

    @classmethod
    def of(cls, bad: Iterable[Row]) -> _Latest:
        latest = [_LONG_AGO] * 4
        for row in bad:
            at_ms, clock_ms = row.as_of_ms, row.clock_ms
            if row.is_centers:
                latest[0] = max(latest[0], at_ms)
                latest[1] = latest[1] if clock_ms is None else max(latest[1], at_ms - clock_ms)
            elif clock_ms is None:
                latest[3] = max(latest[3], at_ms)
            else:
                latest[2] = max(latest[2], at_ms + clock_ms)
        return cls(*latest)

    def may_be_newer_than(self, good: Row) -> bool:
        """The clock of the gate counts as it stood when our own one of the two was told, if that is known."""
        at_ms, clock_ms = good.as_of_ms, good.clock_ms
        if good.is_centers:
            return self.ours_by_centers >= at_ms or (clock_ms is not None and self.ours >= at_ms - clock_ms)
        if clock_ms is None:
            return self.centers_by_ours >= at_ms
        return self.centers >= at_ms + clock_ms


def _lifts(good: Row, bad: Row) -> bool:
    """The center lifted what was told here before by a clock that was ahead, and is so still: people go home.

    Only what is surely newer than the telling: a clock that was set between the two proves nothing.
    """
    if not good.is_centers or bad.is_centers or bad.position > good.position:
        return False
    if good.clock_ms is None or bad.clock_ms is None or abs(good.clock_ms - bad.clock_ms) > _STEADY_MS:
        return False
    told_ms = max(bad.as_of_ms, bad.told_at_ms)
    return good.as_of_ms - max(good.clock_ms, bad.clock_ms) > told_ms
