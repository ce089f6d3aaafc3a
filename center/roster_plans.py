"""What an uploaded list makes of the people of a branch: new, changed, refused, each with the reason. Pure.

Nobody of a branch that the reader may not change is touched or told of: such a row is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from center.people_lists import KnownPeople, Plan, Planned, make_plan
from center.scope import Scope, is_within
from center.store.directory import Known
from station.roster.rows import ReadRow
from station.sync.items import FactItem

ELSEWHERE = "elsewhere"
REFUSED = {ELSEWHERE: "这个人登记在别的辖区，不归您改：请上级核对"}
_Item = tuple[str, str, bytes]


@dataclass(frozen=True, slots=True)
class RosterPlan:
    """`refused`: rows beside the plan's wrong ones that are not taken, with the code of why.

    `seen`: who was known when it was made, by id.
    """

    plan: Plan
    taken: tuple[Planned, ...] = field(repr=False)
    refused: tuple[tuple[ReadRow, str], ...]
    seen: Mapping[str, Known] = field(default_factory=dict, repr=False)

    def count(self, change: str) -> int:
        return sum(one.change == change for one in self.taken)

    def people_items(self) -> Iterator[_Item]:
        return self._of_taken().people_items()

    def fact_items(self) -> Iterator[_Item]:
        return self._of_taken().fact_items()

    def without_older(self, told: Mapping[str, Mapping[str, FactItem]], now_ms: int) -> RosterPlan:
        """The same, and a list of yesterday takes back no colour of today; `told`: by person and kind."""
        left = (one.without_older(told.get(one.id, {}), now_ms) for one in self.taken)
        return replace(self, taken=tuple(left))

    def _of_taken(self) -> Plan:
        return Plan(self.taken, (), (), ())


def plan_people(
    rows: Sequence[ReadRow], everybody: Iterable[Known], ours: Scope, branch: str, district_key: bytes
) -> RosterPlan:
    """A list of this branch. `everybody`: of all branches; `ours`: where the reader may change people."""
    known, forbidden = KnownPeople(), set[str]()
    seen = {one.id: one for one in everybody}
    for one in seen.values():
        near = is_within(one.branch, branch) or is_within(branch, one.branch)
        (known.add if near else known.add_far)(one.id, one.person)
        if not ours.holds(one.branch):
            forbidden.add(one.id)
    plan = make_plan(rows, known, district_key, branch)
    taken = tuple(one for one in plan.people if one.id not in forbidden)
    numbers = {one.row for one in plan.people if one.id in forbidden}
    refused = tuple((row, ELSEWHERE) for row in rows if row.draft and row.row.number in numbers)
    return RosterPlan(plan, taken, refused, seen)
