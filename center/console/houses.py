"""房屋管理: dwellings of a compound (building-unit-room), who holds them, their grade, who lives there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import msgspec
from starlette.responses import Response

from center.console import people_words as words
from center.console.notices import branch_typed
from center.console.page import ComplaintError, NotHereError, Page
from center.console.places import branch_of, mark_of
from center.console.rights import Permission
from center.console.visit import Visit
from center.scope import Scope
from center.store.directory import order_of
from center.store.houses import GRADES, HELD, ChangedError, House, HouseSays
from station.journal.masking import mask_name
from station.roster.house import read_house
from station.roster.problems import CellError
from station.sync.items import shared_key

CHANGED_MEANWHILE = "别人刚改过这里，您填的没有记下：请看清现在写的，再改一遍"
_ON_A_PAGE, _MARK = 100, 16  # houses; characters of a branch's mark


@dataclass(frozen=True, slots=True)
class Row:
    branch: str
    mark: str
    key: str
    name: str
    people: int
    house: House | None
    order: tuple[Any, ...]


def show_all(visit: Visit) -> Response:
    return _list(visit, {}, "")


def add(visit: Visit) -> Response:
    typed = {name: visit.field(name) for name in ("branch", "name", "held", "grade", "owner", "note")}
    branch = branch_typed(visit, typed["branch"])
    try:
        name = read_house(typed["name"]).name
    except CellError:
        name = ""
    if not name:
        return _list(visit, typed, "房号看不懂，请写成 3-2-501")
    key = shared_key(visit.office.keys.district, "dwelling", name)
    try:
        _put(visit, branch, key, name, "记了房屋")
    except ChangedError:
        return _list(visit, typed, "这套房已经记过了：请打开它再改")
    return visit.redirect(f"/houses/{mark_of(branch)}/{key}", "记下了")


def show(visit: Visit) -> Response:
    return _page(visit, _row(visit), "")


def _page(visit: Visit, row: Row, wrong: str) -> Response:
    people = visit.store.directory.living_in(row.branch, row.key)
    return visit.render(
        "house.html",
        status=400 if wrong else 200,
        wrong=wrong,
        was=_mark(visit, row),
        row=row,
        house=row.house or House(row.branch, row.key, "", "", HouseSays(row.name)),
        people=[(one, mask_name(one.person.name)) for one in people],
        words=words,
        may_change=visit.may(Permission.CHANGE_PEOPLE, row.branch),
        owner=mask_name(row.house.said.owner) if row.house else "",
    )


def change(visit: Visit) -> Response:
    row = _row(visit)
    if visit.field("was", 64) not in ("", _mark(visit, row)):
        return _page(visit, row, CHANGED_MEANWHILE)
    try:
        _put(visit, row.branch, row.key, row.name, "改了房屋", row.house)
    except ChangedError:
        return _page(visit, _row(visit), CHANGED_MEANWHILE)
    return visit.redirect(f"/houses/{row.mark}/{row.key}", "记下了")


def remove(visit: Visit) -> Response:
    row = _row(visit)
    if row.people:
        raise ComplaintError("这里还登记着 {} 个人，先改他们的房号", row.people)
    note = visit.make_note("去掉了房屋", branch=row.branch, about=row.key[:12])
    visit.store.houses.drop(row.branch, row.key, note)
    return visit.redirect("/houses", "去掉了")


def _put(visit: Visit, branch: str, key: str, name: str, what: str, old: House | None = None) -> None:
    """The owner's name is shown masked, so an empty field leaves it as it is."""
    held, grade = visit.field("held", 20), visit.field("grade", 20)
    if held not in HELD or grade not in GRADES:
        raise ComplaintError("请从列表里选")
    owner = visit.field("owner", 60) or (old.said.owner if old else "")
    said = HouseSays(name, "" if visit.field("forget_owner") else owner, visit.field("note"))
    house = House(branch, key, held, grade, said, visit.now_ms)
    visit.store.houses.put(house, visit.make_note(what, branch=branch, about=key[:12]), old)


def _mark(visit: Visit, row: Row) -> str:
    """Of the house as a form shows it: another one when somebody has changed it meanwhile."""
    said = row.house and (row.house.held, row.house.grade, row.house.said)
    return shared_key(visit.office.keys.district, "form", msgspec.json.encode(said).decode())[:32]


def _row(visit: Visit) -> Row:
    """Raises NotHereError."""
    branch, key = branch_of(visit, visit.path("compound")), visit.path("house")
    people = visit.store.directory.living_in(branch, key)
    house = visit.store.houses.get(branch, key)
    if house is None and not people:
        raise NotHereError
    name = house.said.name if house else people[0].person.dwelling
    return Row(branch, mark_of(branch), key, name, len(people), house, ())


def _counts(visit: Visit, only: str | None) -> dict[str, int]:
    """How many houses there are in each branch of ours that has any, in order."""
    store, now = visit.store, visit.office.mono()
    scope = visit.scope if only is None else Scope((only,))
    version = (store.houses.version(), tuple(store.directory.branch_versions(scope).items()))

    def count() -> dict[str, int]:
        keys: dict[str, set[str]] = {branch: set(some) for branch, some in store.houses.keys().items()}
        for branch, key in store.directory.houses(scope):
            keys.setdefault(branch, set()).add(key)
        ours = (branch for branch in sorted(keys) if only in (None, branch) and scope.holds(branch))
        return {branch: len(keys[branch]) for branch in ours}

    return visit.console.recent.while_same(("house count", scope.branches, only), version, now, count)


def _kept_rows(visit: Visit, branch: str) -> list[Row]:
    """The houses of a branch, in order, until somebody there, or a house, has changed."""
    store = visit.store
    people = store.directory.branch_versions(Scope((branch,))).get(branch)
    version = (store.houses.version(branch), people)
    made = partial(_rows, visit, branch)
    return visit.console.recent.while_same(("houses", branch), version, visit.office.mono(), made)


def _rows(visit: Visit, branch: str) -> list[Row]:
    lived_in = visit.store.directory.houses(Scope((branch,)))
    counts = {key: count for (where, key), count in lived_in.items() if where == branch}
    houses, rows = visit.store.houses.of_branch(branch), []
    for key in {*counts, *houses}:
        house = houses.get(key)
        name = house.said.name if house else visit.store.directory.name_of(branch, key)
        rows.append(Row(branch, "", key, name, counts.get(key, 0), house, (branch, order_of(name), key)))
    return sorted(rows, key=lambda row: row.order)


def _some(visit: Visit, branches: Sequence[str], after: str) -> tuple[list[Row], str]:
    """What follows this place, and the last one's place if there is more: only its branches are looked at."""
    marks = [mark_of(branch) for branch in branches]
    begin = marks.index(after[:_MARK]) if after[:_MARK] in marks else 0
    rows: list[Row] = []
    for branch in branches[begin:]:
        some = _kept_rows(visit, branch)
        if branch == branches[begin]:
            some = some[next((place for place, row in enumerate(some, 1) if _place(row) == after), 0) :]
        rows += some[: _ON_A_PAGE + 1 - len(rows)]
        if len(rows) > _ON_A_PAGE:
            return rows[:_ON_A_PAGE], _place(rows[_ON_A_PAGE - 1])
    return rows, ""


def _place(row: Row) -> str:
    return mark_of(row.branch) + row.key


def _list(visit: Visit, typed: dict[str, str], wrong: str) -> Response:
    mark = visit.query("compound", 16)
    only = branch_of(visit, mark) if mark else None
    counts = _counts(visit, only)
    shown, more = _some(visit, list(counts), visit.query("after", 80))
    return visit.render(
        "houses.html",
        status=400 if wrong else 200,
        rows=[(row, mark_of(row.branch)) for row in shown],
        more=more,
        count=sum(counts.values()),
        mark=mark,
        words=words,
        typed=typed,
        wrong=wrong,
        own=only if only is not None else visit.scope.branches[0],
        may_change=visit.may(Permission.CHANGE_PEOPLE),
    )


PAGES = (
    Page("GET", "/houses", Permission.PEOPLE, show_all, menu="房屋", ids=("compound",), of_gate=True),
    Page("POST", "/houses", Permission.CHANGE_PEOPLE, add, ids=("branch",)),
    Page("GET", "/houses/{compound}/{house}", Permission.PEOPLE, show, of_gate=True),
    Page("POST", "/houses/{compound}/{house}", Permission.CHANGE_PEOPLE, change),
    Page("POST", "/houses/{compound}/{house}/remove", Permission.CHANGE_PEOPLE, remove),
)
