"""People by the district's own register: rows are read by the code that reads lists, with the same checks."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import Annotated, Literal

import msgspec

from center.api.call import Call, ProblemError
from center.api.words import Branch, Line
from center.people_lists import marks_of
from center.roster_plans import RosterPlan, plan_people
from center.store.seen_people import TRIES, put_seen
from station.roster.problems import FileError
from station.roster.rows import Reading, ReadRow, read_people

MOST = 1000
Code = Annotated[str, msgspec.Meta(max_length=4096, pattern="^[^\x00-\x1f\x7f\u2028\u2029]*$")]
_TITLES = {  # as lists have them
    "name": "姓名",
    "category": "类别",
    "dwelling": "房号",
    "id_number": "身份证号",
    "phone": "手机",
    "birth": "出生日期",
    "occupation": "职业",
    "code": "健康码",
    "note": "备注",
}


class PersonIn(msgspec.Struct, frozen=True):
    """What is empty stays as it is known. Somebody is known by ID number, or by name and dwelling."""

    name: Line
    category: Literal[
        "resident", "tenant", "worker", "courier", "visitor", "volunteer", "staff", "medical"
    ] = "resident"
    dwelling: Line = ""  # 3-2-501, 3号楼2单元501室
    id_number: Annotated[str, msgspec.Meta(max_length=32, pattern="^[0-9A-Za-z ]*$")] = ""
    phone: Line = ""
    birth: Annotated[str, msgspec.Meta(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")] = ""
    occupation: Line = ""
    code: Code = ""
    note: Line = ""

    def __repr__(self) -> str:
        return "PersonIn(…)"


class People(msgspec.Struct, frozen=True):
    people: Annotated[tuple[PersonIn, ...], msgspec.Meta(min_length=1, max_length=MOST)]
    branch: Branch = ""

    def __repr__(self) -> str:
        return f"People({len(self.people)})"


class TakenPerson(msgspec.Struct, frozen=True):
    """Of the person at this place of the request: `id`, unless `problems` say why they are not taken."""

    index: int
    result: Literal["new", "changed", "same", "refused"]
    id: str | None = None
    problems: tuple[str, ...] = ()


class TakenPeople(msgspec.Struct, frozen=True):
    people: tuple[TakenPerson, ...]


def upsert(call: Call) -> TakenPeople:
    """Those who are in order are taken, the others named."""
    sent: People = call.body
    branch = call.branch(sent.branch)
    rows = _read(sent.people)
    plan = _plan(call, rows, branch)
    call.note("从接口收了名单", branch=branch, about=f"{len(plan.plan.people)}")
    for _ in range(TRIES):
        if _store(call, plan, branch):
            return TakenPeople(tuple(_answers(sent, plan)))
        plan = _plan(call, rows, branch)
    raise ProblemError("try_again", "people: somebody else changes them, nothing was stored", retry_after_s=1)


def _plan(call: Call, rows: list[ReadRow], branch: str) -> RosterPlan:
    key = call.office.keys.district
    marks = marks_of(rows, key, branch)
    alike = call.store.directory.marked(marks.ids, marks.numbers, marks.codes, marks.houses)
    return plan_people(rows, alike, call.scope, branch, key)


def _read(people: tuple[PersonIn, ...]) -> list[ReadRow]:
    """As if they stood in a list. Raises ProblemError."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(_TITLES.values())
    table.writerows([getattr(person, name) for name in _TITLES] for person in people)
    now = datetime.now(UTC)
    try:
        return list(read_people(text.getvalue().encode(), Reading(now, UTC)).rows)
    except FileError as error:
        raise ProblemError("not_understood", "people: nobody in it") from error


def _store(call: Call, plan: RosterPlan, branch: str) -> bool:
    """In the branch where they are known already, or else in this one; False: somebody changed them."""
    items = [
        (*item, plan.seen[item[1]].branch if item[1] in plan.seen else branch) for item in plan.people_items()
    ]
    return put_seen(call.store.lists, items, plan.seen)


def _answers(sent: People, plan: RosterPlan) -> list[TakenPerson]:
    taken = {one.row - 2: one for one in plan.taken}  # row 1 has the titles
    elsewhere = {row.row.number - 2 for row, _ in plan.refused}
    problems = {row.row.number - 2: row.problems for row in (*plan.plan.wrong, *plan.plan.doubtful)}
    answers = []
    for index in range(len(sent.people)):
        said = tuple(problem.what.value for problem in problems.get(index, ()))
        one = taken.get(index)
        if index in elsewhere:
            answers.append(TakenPerson(index, "refused", problems=("other_branch",)))
        elif one is None:
            answers.append(TakenPerson(index, "refused", problems=said or ("nobody",)))
        else:
            answers.append(TakenPerson(index, _result(one.change), one.id, said))
    return answers


def _result(change: str) -> Literal["new", "changed", "same", "refused"]:
    return "new" if change == "new" else "changed" if change == "changed" else "same"
