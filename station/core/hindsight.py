"""Past entries under another policy, or with facts that became known later. Nothing here changes an entry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

from station.core.decision import decide
from station.core.entry import Entry
from station.core.explain import facts_of, is_operators_word, passage_of
from station.core.facts import Fact
from station.core.policy import NO_CODES, Policy
from station.core.reasons import Decision, Severity

_MOMENT = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Differing:
    """An entry that would have turned out otherwise."""

    entry: Entry
    before: Severity  # what stands in the journal
    now: Decision


def decided_with(entry: Entry, learned: Sequence[Fact], policy: Policy) -> Decision:
    """The decision on an entry's passage, had these facts been known then. Raises ExplainError."""
    known = facts_of(entry)
    return decide(passage_of(entry), [*known, *_as_of_then(entry, known, learned)], policy, entry.at)


def _as_of_then(entry: Entry, known: Sequence[Fact], learned: Sequence[Fact]) -> Iterable[Fact]:
    """As if just told, in the order in which they became true: newer than all that the entry goes by, also by
    what a center said whose clock is some minutes ahead of the gate's."""
    kinds = {fact.kind for fact in learned}
    begin = max((entry.at, *(fact.as_of for fact in known if fact.kind in kinds)))
    order = sorted({fact.as_of for fact in learned})
    return [replace(fact, as_of=begin + order.index(fact.as_of) * _MOMENT) for fact in learned]


class Recorded(Protocol):
    """As much of an entry as tells which verdict stands."""

    @property
    def id(self) -> bytes: ...
    @property
    def amends(self) -> bytes | None: ...
    @property
    def decision(self) -> Severity: ...


def standing(entries: Iterable[Recorded]) -> dict[bytes, Severity]:
    """The verdict that stands for each passage, by the id of its first entry: the last word counts."""
    return {entry.amends or entry.id: entry.decision for entry in entries}


@dataclass(frozen=True, slots=True)
class Verified:
    """What became of the entries that were made while the code system was down."""

    entries: int
    exceptions: tuple[Differing, ...]  # those that would not have passed so easily


def verify_afterwards(
    entries: Iterable[Entry], learned: dict[bytes, Sequence[Fact]], policy: Policy
) -> Verified:
    """Judge again what was marked "code system down" (`Policy.without_codes`), under the full policy.

    `learned` are facts by entry id that are known by now; an entry about whose colour nothing is known is
    an exception too, where the policy asks for one. Raises ExplainError.
    """
    marked = [entry for entry in entries if entry.policy.endswith(NO_CODES) and not is_operators_word(entry)]
    judged = (
        Differing(entry, entry.decision, decided_with(entry, learned.get(entry.id, ()), policy))
        for entry in marked
    )
    return Verified(len(marked), tuple(one for one in judged if one.now.severity > one.before))
