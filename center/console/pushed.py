"""What was pushed to gates, and which gates have answered: notices with receipts, tasks until done (闭环)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from center.console.page import NotHereError
from center.console.visit import Visit
from center.scope import Scope, is_within, place_of
from center.store import GateRow
from center.store.lists import only_for
from center.store.reports import Reported
from station.sync.items import NoticeItem, TaskItem, decode_item

CHANNEL = "quick"
NO_GATE = "发出去了，可是这个所属下面没有大门：请核对所属有没有写错，错了就撤回重发"
_ALONE = "@"
_Item = TypeVar("_Item", NoticeItem, TaskItem)


@dataclass(frozen=True, slots=True)
class Pushed(Generic[_Item]):
    """`scope`: a branch, or @ and one station. `answers`: the newest of each gate, by station.

    `by`: which gates have answered; a list has no more than this.
    """

    key: str
    scope: str
    said: _Item
    gates: tuple[GateRow, ...]  # of ours whom it is for
    ours: bool  # may be changed by us: all whom it is for are ours
    answers: dict[bytes, Reported] = field(default_factory=dict)
    by: Set[bytes] = frozenset()

    @property
    def answered(self) -> int:
        return sum(gate.station in self.by for gate in self.gates)

    @property
    def one_gate(self) -> str:
        """The gate's name, if it is for one alone."""
        return self.gates[0].name if self.scope.startswith(_ALONE) and self.gates else ""


def all_pushed(visit: Visit, name: str, kind: type[_Item]) -> list[Pushed[_Item]]:
    """Of a list, what concerns our branches, the newest first."""
    gates = visit.store.gates.overview(visit.scope)
    found = []
    for item, scope in visit.store.lists.each_with_scope(CHANNEL, name):
        meant = _meant(visit.scope, scope, gates)
        if meant is None:
            continue
        said = decode_item(name, item.body or b"")
        assert isinstance(said, kind)
        found.append(Pushed(item.key, scope, said, meant[0], meant[1]))
    return sorted(found, key=lambda one: -one.said.at_ms)


def one_pushed(visit: Visit, name: str, kind: type[_Item], key: str) -> Pushed[_Item]:
    """Raises NotHereError."""
    for one in all_pushed(visit, name, kind):
        if one.key == key:
            return one
    raise NotHereError


def or_no_gate(visit: Visit, branch: str, said: str) -> str:
    """What is said of something for this branch: a branch that was mistyped has no gate."""
    reached = any(
        is_within(place_of(one.branch, one.gate), branch) for one in visit.store.gates.overview(visit.scope)
    )
    return said if reached else NO_GATE


def with_answers(
    visit: Visit, pushed: Pushed[_Item], table: str, column: str, *, only_done: bool = False
) -> Pushed[_Item]:
    """With what the gates have answered to it."""
    reports = visit.store.reports.of(table, column, pushed.key, most=5000)
    answers = {one.station: one for one in reports}
    if only_done:
        answers = {station: one for station, one in answers.items() if one.body.done}
    return dataclasses.replace(pushed, answers=answers, by=answers.keys())


def counted(visit: Visit, some: Sequence[Pushed[_Item]], table: str, column: str) -> list[Pushed[_Item]]:
    """With which gates have answered each: a district's answers are too many to open them for a list."""
    stations = {gate.station for one in some for gate in one.gates}
    found = visit.store.reports.answered(table, column, [one.key for one in some], stations)
    return [dataclasses.replace(one, by=found.get(one.key, frozenset())) for one in some]


def _meant(ours: Scope, scope: str, gates: Iterable[GateRow]) -> tuple[tuple[GateRow, ...], bool] | None:
    """Which of our gates it is for, and whether it is ours to change; None: it does not concern us."""
    if scope.startswith(_ALONE):
        alone = tuple(gate for gate in gates if only_for(gate.station) == scope)
        return (alone, True) if alone else None
    if not ours.touches(scope):
        return None
    meant = Scope((scope,))
    return tuple(gate for gate in gates if meant.holds(gate.branch)), ours.holds(scope)
