"""房屋管理: dwellings of a compound (building-unit-room), who holds them, their grade, who lives there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, TypeVar

from starlette.responses import Response

from center.console import people_words as words
from center.console.notices import branch_typed
from center.console.page import ComplaintError, NotHereError, Page
from center.console.places import branch_of, mark_of
from center.console.rights import Permission
from center.console.visit import Visit
from center.scope import EVERYWHERE, Scope
from center.store.directory import order_of
from center.store.houses import GRADES, HELD, House, HouseSays
from station.journal.masking import mask_name
from station.roster.house import read_house
from station.roster.problems import CellError
from station.sync.items import shared_key

_ON_A_PAGE = 100
_T = TypeVar("_T")


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
    _put(visit, branch, key, name, "记了房屋")
    return visit.redirect(f"/houses/{mark_of(branch)}/{key}", "记下了")


def show(visit: Visit) -> Response:
    row = _row(visit)
    people = visit.store.directory.living_in(row.branch, row.key)
    return visit.render(
        "house.html",
        row=row,
        house=row.house or House(row.branch, row.key, "", "", HouseSays(row.name)),
        people=[(one, mask_name(one.person.name)) for one in people],
        words=words,
        may_change=visit.may(Permission.CHANGE_PEOPLE, row.branch),
        owner=mask_name(row.house.said.owner) if row.house else "",
    )


def change(visit: Visit) -> Response:
    row = _row(visit)
    _put(visit, row.branch, row.key, row.name, "改了房屋", row.house)
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
    visit.store.houses.put(house, visit.make_note(what, branch=branch, about=key[:12]))


def _row(visit: Visit) -> Row:
    """Raises NotHereError."""
    branch, key = branch_of(visit, visit.path("compound")), visit.path("house")
    people = visit.store.directory.living_in(branch, key)
    house = visit.store.houses.get(branch, key)
    if house is None and not people:
        raise NotHereError
    name = house.said.name if house else people[0].person.dwelling
    return Row(branch, mark_of(branch), key, name, len(people), house, ())


def _kept_rows(visit: Visit, only: str | None) -> list[Row]:
    """Every house of ours, in order: of each branch until somebody there, or a house, has changed."""
    store, recent, now = visit.store, visit.console.recent, visit.office.mono()
    known, scope = store.houses.version(), visit.scope if only is None else Scope((only,))
    houses = recent.while_same(
        ("houses", "all"), known, now, lambda: _by_branch(store.houses.all(EVERYWHERE))
    )
    lived_in = cache(lambda: _by_branch(store.directory.houses(scope)))
    people = store.directory.branch_versions(scope)
    found: list[Row] = []
    for branch in sorted({*people, *filter(scope.holds, houses)}):
        if only in (None, branch):
            made = partial(_rows, visit, branch, lived_in, houses.get(branch, {}))
            found += recent.while_same(("houses", branch), (known, people.get(branch)), now, made)
    return found


def _by_branch(places: Mapping[tuple[str, str], _T]) -> dict[str, dict[str, _T]]:
    found: dict[str, dict[str, _T]] = {}
    for (branch, key), value in places.items():
        found.setdefault(branch, {})[key] = value
    return found


def _rows(
    visit: Visit, branch: str, lived_in: Callable[[], dict[str, dict[str, int]]], houses: Mapping[str, House]
) -> list[Row]:
    counts, rows = lived_in().get(branch, {}), []
    for key in {*counts, *houses}:
        house = houses.get(key)
        name = house.said.name if house else visit.store.directory.name_of(branch, key)
        rows.append(Row(branch, "", key, name, counts.get(key, 0), house, (branch, order_of(name), key)))
    return sorted(rows, key=lambda row: row.order)


def _place(row: Row) -> str:
    return mark_of(row.branch) + row.key


def _list(visit: Visit, typed: dict[str, str], wrong: str) -> Response:
    mark = visit.query("compound", 16)
    only = branch_of(visit, mark) if mark else None
    rows, after = _kept_rows(visit, only), visit.query("after", 80)
    begin = next((place for place, row in enumerate(rows, 1) if _place(row) == after), 0) if after else 0
    shown = rows[begin : begin + _ON_A_PAGE]
    return visit.render(
        "houses.html",
        status=400 if wrong else 200,
        rows=[(row, mark_of(row.branch)) for row in shown],
        more=_place(shown[-1]) if begin + _ON_A_PAGE < len(rows) else "",
        count=len(rows),
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
