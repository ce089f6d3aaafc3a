"""Checklists (履职清单) that the center gives its gates: which holds where, and how far a gate is with it.

Reads the shipped lists; all else is pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from center.scope import is_within
from station.core.checklist import Checklist, ChecklistError, Point, parse_checklist, with_points
from station.sync.items import ChecklistItem, ChecklistPoint
from station.sync.reports import DutyReport

ASSETS = Path(__file__).parent.parent / "assets" / "duty"
CHANNEL, LIST = "quick", "checklist"


@dataclass(frozen=True, slots=True)
class InForce:
    """A list as it holds in a branch."""

    list: Checklist
    given: str | None = None  # the branch that it was written for; None: the one that gates bring along


@dataclass(frozen=True, slots=True)
class Step:
    """A point as a gate reports it. `text` is empty for one of a list that is not known here."""

    id: str
    text: str
    done_ms: int | None
    by: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far whoever is on duty is with one list."""

    list: Checklist
    steps: tuple[Step, ...]

    @property
    def asked(self) -> tuple[Step, ...]:
        """What is on the list that the gate has; what was done of an earlier one counts no more."""
        return self.steps if self.is_old else tuple(one for one in self.steps if one.text)

    @property
    def done(self) -> int:
        return sum(one.done_ms is not None for one in self.asked)

    @property
    def is_old(self) -> bool:
        """Whether the gate still asks for what is not on the list any more."""
        return any(one.done_ms is None and not one.text for one in self.steps)


@cache
def usual() -> tuple[Checklist, ...]:
    """The lists that gates bring along, in their order."""
    return tuple(parse_checklist(file.read_text("utf-8")) for file in sorted(ASSETS.glob("*.toml")))


def key_of(kind: str, scope: str) -> str:
    """Each branch (and each gate by itself) has one list of a kind."""
    return f"{kind}:{sha256(scope.encode()).hexdigest()[:16]}"


def item(kind: str, branch: str, points: Iterable[Point], now_ms: int) -> ChecklistItem:
    return ChecklistItem(
        kind, branch, now_ms, tuple(ChecklistPoint(one.id, one.zh, one.en) for one in points)
    )


def in_force(given: Iterable[ChecklistItem], branch: str) -> tuple[InForce, ...]:
    """What gates of a branch, or of one gate's place, have, in the order of the usual ones.

    It is chosen as `station.duty_lists` does.
    """
    found = {one.id: InForce(one) for one in usual()}
    for one in sorted(given, key=lambda one: len(one.branch.split("/")) if one.branch else 0):
        if one.kind in found and is_within(branch, one.branch):
            try:
                said = with_points(found[one.kind].list, [Point(*_fields(point)) for point in one.points])
            except ChecklistError:  # written by a newer center: gates do not use it either
                continue
            found[one.kind] = InForce(said, one.branch)
    return tuple(found.values())


def progress(report: DutyReport, lists: Sequence[InForce], language: str) -> tuple[Progress, ...]:
    """List by list, what is open first; lists that are not for this shift are left out."""
    found = []
    for one in lists:
        texts = {f"{one.list.id}/{point.id}": point.said(language) for point in one.list.points}
        steps = [
            Step(name, texts.get(name, ""), done_ms, by)
            for name, done_ms, by in report.checklist
            if name.startswith(f"{one.list.id}/")
        ]
        if steps:
            found.append(Progress(one.list, tuple(sorted(steps, key=lambda step: step.done_ms is not None))))
    return tuple(found)


def texts(given: Iterable[ChecklistItem]) -> dict[str, str]:
    """What is meant by list/point in reports, as far as it is known."""
    named = {one.id: one.zh for one in usual()}
    said = [(one.id, point.id, point.zh) for one in usual() for point in one.points]
    said += [(one.kind, point.id, point.zh) for one in given for point in one.points]
    return {f"{kind}/{point}": f"{named.get(kind, kind)}：{zh}" for kind, point, zh in said}


def _fields(point: ChecklistPoint) -> tuple[str, str, str]:
    return point.id, point.zh, point.en
