"""A colour or a watch of somebody has changed: which entries would differ, who was there, who is inside.

Only that person's entries are decided again, and only theirs and those beside them are read in full: of all
others a glance at time, way and person is enough, which is what makes a hundred thousand of them quick.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from station.core.entry import Entry, decode
from station.core.explain import is_operators_word
from station.core.facts import Fact
from station.core.hindsight import Differing, decided_with, standing
from station.core.model import Direction
from station.core.moments import to_ms
from station.core.policy import Policy
from station.core.reasons import Severity

QUARTER_HOUR = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Change:
    """Facts that hold of somebody since a moment, although nobody knew. The person is named by id, by the ids
    of entries that the journal found by their code, or by both."""

    facts: tuple[Fact, ...]
    since: datetime  # UTC
    person_id: str | None = None
    entry_ids: frozenset[bytes] = frozenset()

    def concerns(self, glance: Glance) -> bool:
        by_person = self.person_id is not None and glance.person_id == self.person_id
        return by_person or glance.id in self.entry_ids or glance.amends in self.entry_ids


@dataclass(frozen=True, slots=True)
class LookBack:
    theirs: tuple[Entry, ...]  # passages of this person since then, oldest first
    differing: tuple[Differing, ...]
    beside: tuple[Entry, ...]  # passages of others within a quarter hour of one of theirs, either side
    still_inside: tuple[str, ...]  # ids of persons among all these whose last passage led in


class Glance(msgspec.Struct, frozen=True, array_like=True):
    """The beginning of an `Entry` in its order; what is not looked at stays as it is."""

    schema: int
    id: bytes
    at_ms: int
    mono_ms: int
    boot: str
    lane: str
    direction: str
    severity: int
    reasons: msgspec.Raw
    closing: str
    code: msgspec.Raw
    temperature: msgspec.Raw
    vouch: str | None
    facts: msgspec.Raw
    person_id: str | None
    operator: str | None
    policy: str
    amends: bytes | None

    @property
    def decision(self) -> Severity:
        return Severity(self.severity)


_glance = msgspec.msgpack.Decoder(Glance).decode


def look_back(
    records: Iterable[bytes],
    change: Change,
    policy_of: Callable[[Entry], Policy],
    *,
    within: timedelta = QUARTER_HOUR,
) -> LookBack:
    """Judge the entries of a person again, and find who passed beside them.

    `records` are the canonical bytes of the entries of one gate, oldest first; those older than
    `change.since` less `within` are passed over. `policy_of` gives the policy to judge an entry by.
    Raises ExplainError, and msgspec.DecodeError for what is no record.
    """
    begin_ms, apart_ms = to_ms(change.since), within // timedelta(milliseconds=1)
    glances = ((_glance(record), record) for record in records)
    recent = [(seen, record) for seen, record in glances if seen.at_ms >= begin_ms - apart_ms]
    concerned = [both for both in recent if both[0].at_ms >= begin_ms and change.concerns(both[0])]
    own = {seen.id for seen, _ in concerned}
    near = _Near((seen.at_ms for seen, _ in concerned if seen.amends is None), apart_ms)
    around = [
        both
        for both in recent
        if both[0].amends is None and near.holds(both[0].at_ms) and both[0].id not in own
    ]
    theirs = [decode(record) for _, record in concerned]
    return LookBack(
        theirs=tuple(entry for entry in theirs if entry.amends is None),
        differing=_differing(theirs, change, policy_of),
        beside=tuple(decode(record) for _, record in around),
        still_inside=_still_inside([seen for seen, _ in recent], [seen for seen, _ in (*concerned, *around)]),
    )


class _Near:
    """Moments within a distance of any of some others."""

    def __init__(self, moments: Iterable[int], apart_ms: int) -> None:
        self._moments, self._apart_ms = sorted(moments), apart_ms

    def holds(self, at_ms: int) -> bool:
        place = bisect_right(self._moments, at_ms)
        return any(
            abs(at_ms - other) <= self._apart_ms for other in self._moments[max(0, place - 1) : place + 1]
        )


def _differing(
    concerned: Sequence[Entry], change: Change, policy_of: Callable[[Entry], Policy]
) -> tuple[Differing, ...]:
    """By the newest facts of each passage, against the verdict that stands."""
    decided = {entry.amends or entry.id: entry for entry in concerned if not is_operators_word(entry)}
    verdicts = standing(concerned)
    judged = (
        Differing(entry, verdicts[first], decided_with(entry, change.facts, policy_of(entry)))
        for first, entry in decided.items()
    )
    return tuple(one for one in judged if one.now.severity is not one.before)


def _still_inside(recent: Sequence[Glance], looked_for: Iterable[Glance]) -> tuple[str, ...]:
    """Whoever was not stopped may have gone in, also after a recheck."""
    wanted = {seen.person_id for seen in looked_for if seen.person_id is not None}
    passages = [seen for seen in recent if seen.person_id in wanted]
    verdicts, ways = standing(passages), dict[str, str]()
    for seen in passages:
        if seen.person_id is not None and seen.amends is None and verdicts[seen.id] is not Severity.STOP:
            ways[seen.person_id] = seen.direction
    return tuple(sorted(person for person, way in ways.items() if way == Direction.IN))
