"""小区管理: the compounds of the tree, their gates, how many live there."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

from starlette.responses import Response

from center.console.houses import CHANGED_MEANWHILE
from center.console.notices import branch_typed
from center.console.page import Page
from center.console.places import branch_of, known_branches, mark_of
from center.console.rights import Permission
from center.console.visit import Visit
from center.scope import Scope
from center.store.houses import ChangedError, Compound


def show_all(visit: Visit) -> Response:
    return _list(visit, {}, "")


def add(visit: Visit) -> Response:
    typed = {name: visit.field(name) for name in ("branch", "name", "address", "note")}
    branch = branch_typed(visit, typed["branch"])
    if not branch or not typed["name"]:
        return _list(visit, typed, "请写小区的名字和所属")
    try:
        _put(visit, branch, "加了小区", None)
    except ChangedError:
        return _list(visit, typed, "这里已经有一个小区")
    return visit.redirect(f"/compounds/{mark_of(branch)}", "记下了")


def show(visit: Visit) -> Response:
    return _page(visit, branch_of(visit, visit.path("compound")), "")


def _page(visit: Visit, branch: str, wrong: str) -> Response:
    compounds = {one.branch: one for one in visit.store.houses.compounds(visit.scope)}
    here = Scope((branch,))
    return visit.render(
        "compound.html",
        status=400 if wrong else 200,
        wrong=wrong,
        was=_mark(compounds.get(branch)),
        branch=branch,
        mark=mark_of(branch),
        compound=compounds.get(branch, Compound(branch, "")),
        registered=branch in compounds,
        gates=[gate for gate in visit.store.gates.overview(visit.scope) if here.holds(gate.branch)],
        people=visit.store.directory.counts(visit.scope).get(branch, 0),
        houses=sum(place[0] == branch for place in visit.store.directory.houses(visit.scope)),
    )


def change(visit: Visit) -> Response:
    branch = branch_of(visit, visit.path("compound"))
    known = {one.branch: one for one in visit.store.houses.compounds(visit.scope)}.get(branch)
    if visit.field("was", 64) not in ("", _mark(known)):
        return _page(visit, branch, CHANGED_MEANWHILE)
    try:
        _put(visit, branch, "改了小区", known)
    except ChangedError:
        return _page(visit, branch, CHANGED_MEANWHILE)
    return visit.redirect(f"/compounds/{mark_of(branch)}", "记下了")


def remove(visit: Visit) -> Response:
    """Its name and address go; people, houses and gates stay where they are."""
    branch = branch_of(visit, visit.path("compound"))
    visit.store.houses.drop_compound(branch, visit.make_note("去掉了小区的名字", branch=branch))
    return visit.redirect("/compounds", "去掉了")


def _put(visit: Visit, branch: str, what: str, was: Compound | None) -> None:
    compound = Compound(
        branch, visit.field("name"), visit.field("address"), visit.field("note"), visit.now_ms
    )
    visit.store.houses.put_compound(compound, visit.make_note(what, branch=branch), was)


def _mark(compound: Compound | None) -> str:
    """Of the compound as a form shows it: another one when somebody has changed it meanwhile."""
    said = compound and (compound.name, compound.address, compound.note)
    return sha256(repr(said).encode()).hexdigest()[:16]


def _list(visit: Visit, typed: dict[str, str], wrong: str) -> Response:
    compounds = {one.branch: one for one in visit.store.houses.compounds(visit.scope)}
    people = visit.store.directory.counts(visit.scope)
    houses = visit.console.recent.while_same(
        ("compounds", visit.scope.branches),
        tuple(visit.store.directory.branch_versions(visit.scope).items()),
        visit.office.mono(),
        lambda: Counter(branch for branch, _ in visit.store.directory.houses(visit.scope)),
    )
    gates: dict[str, int] = {}
    for gate in visit.store.gates.overview(visit.scope):
        gates[gate.branch] = gates.get(gate.branch, 0) + 1
    rows = [
        (
            branch,
            mark_of(branch),
            compounds.get(branch),
            gates.get(branch, 0),
            houses[branch],
            people.get(branch, 0),
        )
        for branch in known_branches(visit)
    ]
    return visit.render(
        "compounds.html",
        status=400 if wrong else 200,
        rows=rows,
        typed=typed,
        wrong=wrong,
        own=visit.scope.branches[0],
        may_change=visit.may(Permission.CHANGE_PEOPLE),
    )


PAGES = (
    Page("GET", "/compounds", Permission.PEOPLE, show_all, menu="小区", of_gate=True),
    Page("POST", "/compounds", Permission.CHANGE_PEOPLE, add, ids=("branch",)),
    Page("GET", "/compounds/{compound}", Permission.PEOPLE, show, of_gate=True),
    Page("POST", "/compounds/{compound}", Permission.CHANGE_PEOPLE, change),
    Page("POST", "/compounds/{compound}/remove", Permission.CHANGE_PEOPLE, remove),
)
