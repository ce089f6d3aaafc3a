"""Lists of test results (核酸): rows matched to people, and made facts for the gates. Pure.

A row tells somebody by ID number, or by phone and, where several share it, by name as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from center.newer import outdoes, takes_place
from center.store.directory import Known
from station.roster.rows import Draft, ReadRow
from station.sync.items import FactItem, encode_item, shared_key

SOURCE = "test_list"
NOBODY, SEVERAL, NO_RESULT, OLDER = "nobody", "several", "no_result", "older"
WORDS = {
    NOBODY: "名单里没有这个人：先把人导入，再导入结果",
    SEVERAL: "这个电话是好几个人的：请补上身份证号或姓名",
    NO_RESULT: "没有结果：请写 阴性、阳性 或 未出",
    OLDER: "已经有更新的结果（或者阳性还算数），这一行不用",
}


@dataclass(frozen=True, slots=True)
class TestPlan:
    """`left`: rows that are not taken, with the code of why."""

    __test__ = False

    facts: tuple[tuple[FactItem, str], ...] = field(repr=False)  # with the branch of the person
    left: tuple[tuple[ReadRow, str], ...]

    def items(self) -> dict[str, list[tuple[str, str, bytes]]]:
        """As the store takes them, by branch."""
        made: dict[str, list[tuple[str, str, bytes]]] = defaultdict(list)
        for fact, branch in self.facts:
            made[branch].append(("fact", f"person:{fact.subject}:test", encode_item(fact)))
        return made


def plan_tests(
    rows: Sequence[ReadRow],
    people: Iterable[Known],
    known_facts: dict[str, dict[str, FactItem]],
    district_key: bytes,
    now_ms: int,
) -> TestPlan:
    """The newest result of each person counts. Rows that could not be read at all are not looked at."""
    found = _Finder(people, district_key)
    newest: dict[str, tuple[FactItem, str]] = {}
    left: list[tuple[ReadRow, str]] = []
    for row in rows:
        if row.draft is None:
            continue
        fits = found.fitting(row.draft)
        if row.draft.test is None or len(fits) != 1:
            left.append((row, NO_RESULT if row.draft.test is None else SEVERAL if fits else NOBODY))
            continue
        known, said = fits[0], row.draft.test
        at_ms = int(said.as_of.timestamp() * 1000)
        fact = FactItem("person", known.id, "test", said.value, at_ms, source=SOURCE)
        before = newest.get(known.id, (None, ""))[0]
        told = known_facts.get(known.id, {}).get("test")
        if outdoes(fact, before, now_ms) if before else takes_place(fact, told, now_ms):
            newest[known.id] = (fact, known.branch)
        elif fact != before:
            left.append((row, OLDER))
    return TestPlan(tuple(newest.values()), tuple(left))


class _Finder:
    def __init__(self, people: Iterable[Known], district_key: bytes) -> None:
        self._key = district_key
        self._by_number: dict[str, list[Known]] = defaultdict(list)
        self._by_phone: dict[str, list[Known]] = defaultdict(list)
        self._by_place: dict[tuple[str, str], list[Known]] = defaultdict(list)
        for known in people:
            if known.number_key:
                self._by_number[known.number_key].append(known)
            for phone in known.person.phones:
                self._by_phone[phone].append(known)
            self._by_place[known.person.name, known.person.dwelling].append(known)

    def fitting(self, draft: Draft) -> list[Known]:
        if draft.id_number:
            by_number = self._by_number.get(shared_key(self._key, "id_number", draft.id_number), [])
            if by_number:
                return by_number
        by_phone = {one.id: one for phone in draft.phones for one in self._by_phone.get(phone, ())}
        if len(by_phone) > 1 or draft.id_number:
            by_phone = {one.id: one for one in by_phone.values() if one.person.name == draft.name}
        if by_phone:
            return list(by_phone.values())
        return self._by_place.get((draft.name, draft.house.name), []) if draft.house else []
