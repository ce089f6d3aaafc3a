"""住户管理: everybody of our branches, masked; who they are is shown to whoever says why, on record."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from functools import partial
from typing import Any

from starlette.responses import Response

from center.commands.row_words import problem_words
from center.console import looked_for
from center.console import people_words as words
from center.console.notices import branch_typed
from center.console.page import ComplaintError, NotHereError, Page
from center.console.people_search import find
from center.console.places import branch_of, mark_of
from center.console.rights import Permission
from center.console.visit import Visit
from center.person_changes import FIELDS, changed, following
from center.scope import EVERYWHERE, Scope
from center.store.directory import Known
from center.store.lists import ScopedItem
from center.store.one_person import make_one
from center.store.seen_people import put_seen
from station.journal.masking import mask_name, mask_phone
from station.roster.problems import Problem, Trouble
from station.sync.items import PersonItem, encode_item, shared_key

CHANNEL = "people"
_ON_A_PAGE = 100
CHANGED_MEANWHILE = "别人刚改过这个人的资料，您填的没有记下：请看清现在写的，再改一遍"


def show_all(visit: Visit) -> Response:
    mark, typed = visit.query("compound", 16), looked_for.looked_for(visit)
    branch = branch_of(visit, mark) if mark else None
    scope = Scope((branch,)) if branch is not None else visit.scope
    directory = visit.store.directory
    wanted = find(directory, scope, typed, visit.office.keys.district) if typed else None
    people = directory.page(scope, visit.query("after", 64), _ON_A_PAGE, wanted)
    if typed:
        visit.note("查了住户", branch=branch)
    return visit.render(
        "people.html",
        people=[(one, mask_name(one.person.name), _phones(one)) for one in people],
        more=people[-1].id if len(people) == _ON_A_PAGE else "",
        count=len(wanted) if wanted is not None else sum(directory.counts(scope).values()),
        typed=typed,
        find=visit.query("find", 512),
        mark=mark,
        words=words,
        may_change=visit.may(Permission.CHANGE_PEOPLE),
    )


def look_for(visit: Visit) -> Response:
    mark = visit.field("compound", 16)
    if mark:
        branch_of(visit, mark)
    return visit.redirect(looked_for.address(visit, "/people", compound=mark))


def ask_new(visit: Visit) -> Response:
    return _new(visit, {}, {})


def add(visit: Visit) -> Response:
    branch = branch_typed(visit, visit.field("branch"))
    typed = _typed(visit)
    made = changed(PersonItem("", ""), "", typed, visit.office.keys.district, today(visit))
    if made.person is None:
        return _new(visit, typed, _said(visit, made.wrong))
    if _numbered_already(visit, made.person, ""):
        return _new(visit, typed, {"id_number": "这个身份证号已经登记了：先查一下；不归您管的请上级核对"})
    person_id = secrets.token_hex(16)
    visit.store.lists.put(CHANNEL, [("person", person_id, encode_item(made.person))], branch)
    visit.note("加了住户", branch=branch, about=person_id)
    return visit.redirect(f"/people/{person_id}", "记下了，大门会自己来取")


def show(visit: Visit) -> Response:
    known = here(visit)
    visit.note("看了住户（姓名电话已遮住）", branch=known.branch, about=known.id)
    return page_of(visit, known)


def unmask(visit: Visit) -> Response:
    """Who this is. The reason goes on record."""
    known, reason = here(visit), words.LOOKS.get(visit.field("reason", 20))
    if reason is None:
        return page_of(visit, known, wrong="请选为什么要看，这会记下来")
    visit.note(reason, branch=known.branch, about=known.id)
    return page_of(visit, known, clear=True)


def change(visit: Visit) -> Response:
    """The form is only shown with the person unmasked."""
    known, typed = here(visit), _typed(visit)
    key, was = visit.office.keys.district, visit.field("was", 64)
    if was and was != _mark(visit, known):
        return _changed_meanwhile(visit, known)
    made = changed(known.person, known.number_key, typed, key, today(visit))
    wrong = _said(visit, made.wrong)
    if made.person and _numbered_already(visit, made.person, known.id):
        wrong = {"id_number": "这个身份证号已经是另一个人的，请核对"}
    if made.person is None or wrong:
        visit.note("看了住户的姓名和电话：改的时候填错了", branch=known.branch, about=known.id)
        return page_of(visit, known, clear=True, typed=typed, problems=wrong)
    try:
        put(visit, known, made.person, "改了住户")
    except ChangedError:
        return _changed_meanwhile(visit, here(visit))
    return visit.redirect(f"/people/{known.id}", "改好了，大门会自己来取")


def _changed_meanwhile(visit: Visit, known: Known) -> Response:
    visit.note("看了住户的姓名和电话：改的时候别人也改了", branch=known.branch, about=known.id)
    return page_of(visit, known, clear=True, wrong=CHANGED_MEANWHILE)


def remove(visit: Visit) -> Response:
    """Gone from the lists of the gates; watches and passes of them stay on record."""
    known = here(visit)
    facts = visit.store.directory.facts(known.id)
    watch = facts.get("isolation")
    if watch and watch.value != "none":
        raise ComplaintError("这个人还在隔离，先解除，再去掉")
    for one in visit.store.passes.of(visit.scope, known.id):
        if one.is_current(visit.now_ms):
            visit.store.passes.revoke(
                one, visit.now_ms, visit.make_note("作废了出入证", branch=known.branch, about=one.number)
            )
    visit.store.lists.put(CHANNEL, [("person", known.id, None)], known.branch)
    visit.note("去掉了住户", branch=known.branch, about=known.id)
    return visit.redirect("/people", "去掉了")


def here(visit: Visit) -> Known:
    """The person of the path. Raises NotHereError."""
    known = visit.store.directory.get(visit.scope, visit.path("person"))
    if known is None:
        raise NotHereError
    return known


class ChangedError(ComplaintError):
    """Somebody else has changed them since: what was asked for would take that back."""

    def __init__(self) -> None:
        super().__init__(CHANGED_MEANWHILE)


def put(visit: Visit, known: Known, person: PersonItem, what: str, gone: Known | None = None) -> None:
    """A changed person, to the gates, with its note; `gone` goes with it, and leaves them all it had.

    Raises ChangedError.
    """
    others = following(visit.store.directory.everybody(EVERYWHERE), known.id, gone.id) if gone else []
    seen = {one.id: one for one in (known, gone, *(one for one, _ in others)) if one}
    items: list[ScopedItem] = [("person", known.id, encode_item(person), known.branch)]
    items += [("person", one.id, encode_item(other), one.branch) for one, other in others]
    items += [("person", gone.id, None, gone.branch)] if gone else []
    left = partial(make_one, kept=known.id, gone=gone.id) if gone else None
    if not put_seen(visit.store.lists, items, seen, left):
        raise ChangedError
    visit.note(what, branch=known.branch, about=known.id)
    for one in (one for one, other in others if other.guardians != one.person.guardians):
        visit.note("换成了合并后的监护人", branch=one.branch, about=one.id)


def page_of(
    visit: Visit,
    known: Known,
    *,
    clear: bool = False,
    typed: dict[str, str] | None = None,
    problems: dict[str, str] | None = None,
    wrong: str = "",
) -> Response:
    """The card of a person. `clear`: unmasked, with the form to change them."""
    store, scope = visit.store, visit.scope
    gates = [gate for gate in store.gates.overview(scope) if gate.branch == known.branch]
    return visit.render(
        "person.html",
        status=400 if wrong or problems else 200,
        known=known,
        clear=clear,
        name=known.person.name if clear else mask_name(known.person.name),
        was=_mark(visit, known),
        phones=list(known.person.phones) if clear else _phones(known),
        typed=typed or _typed_of(known.person),
        problems=problems or {},
        wrong=wrong,
        mark=mark_of(known.branch),
        facts=sorted(store.directory.facts(known.id).items()),
        watches=store.watches.of(scope, known.id),
        passes=store.passes.of(scope, known.id),
        guardians=_guardians(visit, known),
        family=[
            (one, mask_name(one.person.name))
            for one in (
                store.directory.living_in(known.branch, known.person.house) if known.person.house else []
            )
            if one.id != known.id
        ],
        gates=sorted({gate.gate for gate in gates if gate.gate}),
        words=words,
        now_ms=visit.now_ms,
        last_day=str(datetime.fromtimestamp(visit.now_ms / 1000 + 180 * 86_400, visit.console.zone).date()),
        may_change=visit.may(Permission.CHANGE_PEOPLE, known.branch),
        may_watch=visit.may(Permission.WATCH, known.branch),
        may_unmask=visit.may(Permission.UNMASK, known.branch),
    )


def today(visit: Visit) -> date:
    return datetime.fromtimestamp(visit.now_ms / 1000, visit.console.zone).date()


def _mark(visit: Visit, known: Known) -> str:
    """Of the person as a form shows them: another one when somebody has changed them meanwhile."""
    return shared_key(visit.office.keys.district, "form", encode_item(known.person).hex())[:32]


def _guardians(visit: Visit, known: Known) -> list[tuple[str, str]]:
    """(id, masked name); those who are not there have no name."""
    found = [(one, visit.store.directory.get(visit.scope, one)) for one in known.person.guardians]
    return [(one, mask_name(guardian.person.name) if guardian else "") for one, guardian in found]


def _numbered_already(visit: Visit, person: PersonItem, own: str) -> bool:
    """Whether somebody else, of whatever branch, has this ID number."""
    number = person.keys[0] if len(person.keys) > bool(person.dwelling) else ""
    return bool(number) and visit.store.directory.with_number(number) - {own} != set()


def _typed(visit: Visit) -> dict[str, str]:
    typed = {name: visit.field(name) for name in FIELDS}
    if typed["category"] not in words.CATEGORIES or typed["occupation"] not in words.OCCUPATIONS:
        raise ComplaintError("请从列表里选")
    return typed


def _typed_of(person: PersonItem) -> dict[str, str]:
    return {
        "category": person.category,
        "name": person.name,
        "id_number": "",
        "dwelling": person.dwelling,
        "phones": "、".join(person.phones),
        "birth": person.birth,
        "occupation": person.occupation,
        "note": person.note,
    }


def _said(visit: Visit, wrong: Any) -> dict[str, str]:
    return {
        name: problem_words(Problem(what, ""), visit.text)
        for name, what in wrong.items()
        if isinstance(what, Trouble)
    }


def _new(visit: Visit, typed: dict[str, str], problems: dict[str, str]) -> Response:
    return visit.render(
        "person_new.html",
        status=400 if problems else 200,
        typed=typed,
        problems=problems,
        words=words,
        own=visit.field("branch") or visit.scope.branches[0],
    )


def _phones(known: Known) -> list[str]:
    return [mask_phone(phone) for phone in known.person.phones]


PAGES = (
    Page("GET", "/people", Permission.PEOPLE, show_all, menu="住户", ids=("compound",), of_gate=True),
    Page("POST", "/people", Permission.CHANGE_PEOPLE, add, ids=("branch",)),
    Page("POST", "/people/find", Permission.PEOPLE, look_for, ids=("compound",), of_gate=True),
    Page("GET", "/people/new", Permission.CHANGE_PEOPLE, ask_new),
)
ONE = (
    Page("GET", "/people/{person}", Permission.PEOPLE, show, of_gate=True),
    Page("POST", "/people/{person}", Permission.CHANGE_PEOPLE, change),
    Page("POST", "/people/{person}/unmask", Permission.UNMASK, unmask),
    Page("POST", "/people/{person}/remove", Permission.CHANGE_PEOPLE, remove),
)
