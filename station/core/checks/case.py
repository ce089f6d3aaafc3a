"""One person at the gate, with what is known and the rules that hold for them: all that a check looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from station.core.facts import AHEAD_MS, Fact, FactKind, is_bad, is_good
from station.core.model import Direction, Passage
from station.core.moments import HOUR_MS, to_ms
from station.core.policy import Policy
from station.core.reasons import Reason, ReasonCode, Severity
from station.core.rules import Rules, Verdict, severity

LIFTED = "none"

Facts = Sequence[Fact]
Reasons = Iterable[Reason]
_Is = Callable[[Fact], bool]


@dataclass(frozen=True, slots=True)
class Case:
    """Times are whole milliseconds, as in the record, so that a decision can be made again from it."""

    passage: Passage
    rules: Rules
    now_ms: int
    category: str  # of the person; empty if nobody knows them
    facts: dict[FactKind, list[Fact]]

    @classmethod
    def of(cls, passage: Passage, facts: Facts, policy: Policy, now: datetime) -> Self:
        by_kind = dict[FactKind, list[Fact]]()
        for fact in facts:
            by_kind.setdefault(fact.kind, []).append(fact)
        category = category_of(by_kind.get(FactKind.IDENTITY, ()))
        return cls(passage, policy.rules_for(category, passage.direction), to_ms(now), category, by_kind)

    @property
    def coming_in(self) -> bool:
        return self.passage.direction is Direction.IN

    @property
    def lives_here(self) -> bool:
        return self.category in self.rules.identity.at_home

    @property
    def coming_home(self) -> bool:
        return self.coming_in and self.lives_here

    def known(self, kind: FactKind) -> list[Fact]:
        """The newest fact of this kind; more than one only if they are equally new."""
        return self.newest(self.facts.get(kind, ()))

    def newest(self, facts: Facts) -> list[Fact]:
        """The same of some of a kind: beside bad no good news from the future counts, unless the bad
        is from there as well and a little older: then it is our clock that is behind. Nor yellow beside red,
        where it is the red that counts then, and not a green that came since.
        """
        facts = self._less(facts, _is_bad, _is_good)
        less = self._less(facts, _is_red, _is_yellow)
        found = newest(less)
        return found if len(less) == len(facts) or any(map(_is_red, found)) else newest(facts)

    def _less(self, facts: Facts, is_worse: _Is, is_milder: _Is) -> list[Fact]:
        """Those that are believed beside what is worse."""
        latest = max((fact.as_of for fact in facts if is_worse(fact)), default=None)
        if latest is None:
            return list(facts)
        believed = max(self.now_ms, to_ms(latest)) + AHEAD_MS
        return [one for one in facts if not is_milder(one) or to_ms(one.as_of) <= believed]

    def is_ahead(self, fact: Fact) -> bool:
        """From the future: a clock was ahead, or ours is behind."""
        return self.age_ms(fact) < -AHEAD_MS

    def in_force(self, kind: FactKind) -> list[Fact]:
        """What restricts somebody: all that was said of them or their house since it was last lifted.

        The worst of it counts, not the newest: a flat in isolation is not freed by a milder word about one of
        those who live there.
        """
        facts = self.facts.get(kind, ())
        lifted = max((fact.as_of for fact in facts if fact.value == LIFTED), default=None)
        said = [fact for fact in facts if fact.value != LIFTED]
        return sorted((fact for fact in said if lifted is None or fact.as_of >= lifted), key=_order)

    def age_ms(self, fact: Fact) -> int:
        """How old a fact is; negative if its clock is ahead of ours."""
        return self.now_ms - to_ms(fact.as_of)

    def is_older(self, fact: Fact, hours: float) -> bool:
        """Older than this, or so far in the future that its clock cannot be trusted."""
        return abs(self.age_ms(fact)) > hours * HOUR_MS

    def is_over(self, fact: Fact) -> bool:
        """Its own time has run out."""
        return fact.valid_until is not None and self.now_ms > to_ms(fact.valid_until)

    def has_occupation(self, groups: Iterable[str]) -> bool:
        return any(fact.value in groups for fact in self.known(FactKind.OCCUPATION))


def category_of(facts: Iterable[Fact]) -> str:
    """What sort of person these facts say; empty if nobody knows."""
    said = newest([fact for fact in facts if fact.kind is FactKind.IDENTITY])
    return max((fact.value for fact in said), default="")


def newest(facts: Sequence[Fact]) -> list[Fact]:
    """Those that nothing is newer than, in an order that does not depend on the order they came in."""
    if len(facts) < 2:
        return list(facts)
    latest = max(fact.as_of for fact in facts)
    return sorted((fact for fact in facts if fact.as_of == latest), key=_order)


def _is_bad(fact: Fact) -> bool:
    return is_bad(fact.kind, fact.value)


def _is_good(fact: Fact) -> bool:
    return is_good(fact.kind, fact.value)


def _is_red(fact: Fact) -> bool:
    return fact.kind is FactKind.COLOUR and fact.value == "red"


def _is_yellow(fact: Fact) -> bool:
    return fact.kind is FactKind.COLOUR and fact.value == "yellow"


def _order(fact: Fact) -> tuple[datetime, str, datetime]:
    """The same whatever order facts came in."""
    return fact.as_of, fact.value, fact.valid_until or fact.as_of


def judged(verdict: Verdict, code: ReasonCode) -> Reasons:
    """The reason with the severity that the policy gives it."""
    yield Reason(severity(verdict), code)


def unless_passed(verdict: Verdict, code: ReasonCode) -> Reasons:
    """The same, but nothing is said of what the policy does not mind."""
    if severity(verdict) is not Severity.PASS:
        yield Reason(severity(verdict), code)
