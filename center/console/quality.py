"""数据核对, toward no error at all (零差错): rows that were not taken, and what cannot be right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

import msgspec
from starlette.responses import Response

from center.console import people_words as words
from center.console.page import ComplaintError, NotHereError, Page
from center.console.people import put, today
from center.console.rights import Permission
from center.console.roster_import import MEANWHILE, Looked, look, reason_words, write
from center.console.visit import Visit
from center.console.watches import propose_in_words
from center.newer import outdoes
from center.people_quality import GRAVE, Doubtful, Finding, find_all
from center.person_changes import merged
from center.store.directory import Known
from center.store.newer_facts import put_newer
from center.store.roster_files import FileSays, HeldRow, RosterFile
from center.store.watches import Proposal
from station.journal.masking import mask_name
from station.roster.phone import read_phones
from station.roster.problems import CellError, FileError
from station.roster.sheets import Row, Sheet
from station.sync.items import FactItem, encode_item

_ON_A_PAGE = 50
_KEPT_S = 60.0
_MANY = 5000  # people; a look at 100,000 takes a second of the processor


@dataclass(frozen=True, slots=True)
class Shown:
    finding: Finding
    people: tuple[tuple[Known, str], ...] = field(repr=False)  # with masked names
    remedies: tuple[tuple[str, str], ...]


def show_all(visit: Visit) -> Response:
    what, after = visit.query("what", 40), visit.query("after", 32)
    looked = _findings(visit)
    found = looked or []
    counts: dict[Doubtful, int] = {}
    for one in found:
        counts[one.what] = counts.get(one.what, 0) + 1
    some = [one for one in found if not what or one.what.value == what]
    begin = next((place for place, one in enumerate(some, 1) if one.key == after), 0) if after else 0
    shown = _still_so(visit, some[begin : begin + _ON_A_PAGE])
    files = visit.store.roster_files
    return visit.render(
        "quality.html",
        counts=counts,
        count=len(found),
        looking=looked is None,
        what=what,
        findings=[_shown(visit, one) for one in shown],
        more=some[begin + _ON_A_PAGE - 1].key if begin + _ON_A_PAGE < len(some) else "",
        rows=files.held(visit.scope, most=_ON_A_PAGE),
        said_of=partial(reason_words, visit),
        held=files.count_held(visit.scope),
        words=words,
        GRAVE=GRAVE,
        may_change=visit.may(Permission.CHANGE_PEOPLE),
    )


def resolve(visit: Visit) -> Response:
    """A button beside a finding."""
    key, act = visit.field("finding", 32), visit.field("act", 20)
    found = [one for one in _findings(visit) or () if one.key == key]
    finding = next(iter(_still_so(visit, found)), None)
    if finding is None:
        raise NotHereError
    if act not in {name for name, _ in words.REMEDIES[finding.what]}:
        raise ComplaintError("请选一个办法")
    _ACTS[act](visit, finding)
    return visit.redirect("/quality", "办好了")


def show_row(visit: Visit) -> Response:
    """A row as it stood in its file, to be corrected. A look at who it is."""
    row = _row(visit)
    visit.note("看了没导入的一行", branch=row.branch, about=row.id.hex())
    return _row_page(visit, row, row.said.cells, _said(visit, row))


def correct_row(visit: Visit) -> Response:
    """The corrected row is read as the file was."""
    row = _row(visit)
    width = max(len(row.said.titles), len(row.said.cells))
    cells = tuple(visit.field(f"cell{place}", 2000) for place in range(width))
    try:
        looked = _look_again(visit, row, cells)
    except FileError:
        return _row_page(visit, row, cells, (visit.text("表头看不懂，请回到名单里改好再导入"),))
    if looked.held or not (looked.counts["new"] or looked.counts["changed"] or looked.counts["same"]):
        reasons = _said(visit, looked.held[0]) if looked.held else (visit.text("这一行什么也没有写"),)
        return _row_page(visit, row, cells, reasons)
    if not write(visit, looked):
        return _row_page(visit, row, cells, (visit.text(MEANWHILE),))
    visit.store.roster_files.drop_held(
        row.id, visit.make_note("改好了一行", branch=row.branch, about=row.id.hex())
    )
    return visit.redirect("/quality", "改好了，大门会自己来取")


def drop_row(visit: Visit) -> Response:
    row = _row(visit)
    visit.store.roster_files.drop_held(
        row.id, visit.make_note("丢掉了一行", branch=row.branch, about=row.id.hex())
    )
    return visit.redirect("/quality", "丢掉了")


def _findings(visit: Visit) -> list[Finding] | None:
    """Of our branches. Many people are looked at beside; meanwhile the look before counts, and what was put
    right since is left out. None: there is none yet."""
    directory, recent, now = visit.store.directory, visit.console.recent, visit.office.mono()
    key = ("quality", visit.scope.branches, today(visit))
    found: list[Finding] | None
    if sum(directory.counts(visit.scope).values()) > _MANY:
        found = recent.latest(key, now, _KEPT_S, lambda: _found_in(visit, directory.everybody(visit.scope)))
    else:
        found = recent.get(
            (*key, directory.version()),
            now,
            _KEPT_S,
            lambda: _found_in(visit, directory.everybody(visit.scope)),
        )
    settled = visit.store.roster_files.settled(visit.scope)
    return None if found is None else [one for one in found if one.key not in settled]


def _found_in(visit: Visit, people: list[Known]) -> list[Finding]:
    directory = visit.store.directory
    ids = directory.ids()
    return find_all(people, directory.all_facts(people), ids, today(visit), visit.now_ms)


def _still_so(visit: Visit, findings: list[Finding]) -> list[Finding]:
    """Those of an older look that are found now, too."""
    people = {one.id: one for finding in findings for one in _people(visit, finding)}
    now = {one.key for one in _found_in(visit, list(people.values()))}
    return [one for one in findings if one.key in now]


def _shown(visit: Visit, finding: Finding) -> Shown:
    people = _people(visit, finding)
    return Shown(
        finding, tuple((one, mask_name(one.person.name)) for one in people), words.REMEDIES[finding.what]
    )


def _people(visit: Visit, finding: Finding) -> list[Known]:
    found = [visit.store.directory.get(visit.scope, one) for one in finding.people]
    return [one for one in found if one]


def _one(visit: Visit, finding: Finding) -> Known:
    people = _people(visit, finding)
    if not people:
        raise NotHereError
    return people[0]


# --- what the buttons do --------------------------------------------------------------------------


def _settle(visit: Visit, finding: Finding) -> None:
    note = visit.make_note("核对过，没有错", branch=finding.branch, about=finding.key)
    visit.store.roster_files.settle(finding.branch, finding.key, note)


_BOTH_ISOLATED = "两个都有隔离或限制的记录，要留在各自名下，不能合并；请在登记错的那个人页面改正"
_OTHER_NUMBERS = (
    "他们的身份证号不一样，不是同一个人，不能合并；请给没有身份证号的那一条补上号，或者把那一条去掉"
)


def _merge(visit: Visit, finding: Finding) -> None:
    """Who was ever isolated stays, or else the first; facts of the others go over where they are newer."""
    people = _people(visit, finding)
    if len({one.number_key for one in people if one.number_key}) > 1:
        raise ComplaintError(_OTHER_NUMBERS)
    kept, *others = sorted(people, key=lambda one: not _was_isolated(visit, one))
    directory = visit.store.directory
    for other in others:
        gone = directory.get(visit.scope, other.id) or other  # their guardian may be who went just now
        if _was_isolated(visit, gone):
            raise ComplaintError(_BOTH_ISOLATED)
        person = merged(kept, gone, visit.office.keys.district)
        _take_facts(visit, kept, gone)
        put(visit, kept, person, "合并了重复的住户", gone)
        visit.note("去掉了重复的住户", branch=gone.branch, about=gone.id)
        kept = replace(kept, person=person)


def _was_isolated(visit: Visit, known: Known) -> bool:
    """Or restricted, or is proposed to be: what was decided about them lies under their own id."""
    facts = visit.store.directory.facts(known.id)
    return "isolation" in facts or bool(visit.store.watches.of(visit.scope, known.id))


def _take_facts(visit: Visit, kept: Known, gone: Known) -> None:
    directory = visit.store.directory
    ours = directory.facts(kept.id)
    for kind, fact in directory.facts(gone.id).items():
        if outdoes(fact, ours.get(kind), visit.now_ms):
            moved: FactItem = msgspec.structs.replace(fact, subject=kept.id)
            item = ("fact", f"person:{kept.id}:{kind}", encode_item(moved))
            put_newer(visit.store.lists, [(*item, kept.branch)], visit.now_ms)


def _unbind(visit: Visit, finding: Finding) -> None:
    """Whose it is must be told anew, by scanning it with its owner."""
    people = _people(visit, finding)
    common = set.intersection(*(set(one.person.codes) for one in people)) if people else set()
    for one in people:
        codes = tuple(code for code in one.person.codes if code not in common)
        put(visit, one, msgspec.structs.replace(one.person, codes=codes), "解开了码")


def _no_birth(visit: Visit, finding: Finding) -> None:
    known = _one(visit, finding)
    put(visit, known, msgspec.structs.replace(known.person, birth=""), "去掉了不可能的出生日期")


def _good_phones(visit: Visit, finding: Finding) -> None:
    known = _one(visit, finding)
    good = tuple(phone for phone in known.person.phones if _is_phone(phone))
    put(visit, known, msgspec.structs.replace(known.person, phones=good), "去掉了错的电话")


def _is_phone(phone: str) -> bool:
    try:
        return read_phones(phone) == (phone,)
    except CellError:
        return False


def _live_guardians(visit: Visit, finding: Finding) -> None:
    known = _one(visit, finding)
    there = visit.store.directory.ids()
    guardians = tuple(one for one in known.person.guardians if one in there)
    put(visit, known, msgspec.structs.replace(known.person, guardians=guardians), "去掉了失效的监护人")


def _proposing(kind: str, value: str) -> Callable[[Visit, Finding], None]:
    def propose(visit: Visit, finding: Finding) -> None:
        known = _one(visit, finding)
        if not visit.may(Permission.WATCH, known.branch):
            raise ComplaintError("您没有提出隔离的权限，请核对员来")
        reason = words.FINDINGS[finding.what]
        note = visit.make_note("提出了限制或解除", branch=known.branch, about=known.id)
        propose_in_words(visit, Proposal(known.branch, known.id, kind, value, None, False, reason), note)

    return propose


_ACTS: dict[str, Callable[[Visit, Finding], None]] = {
    "settle": _settle,
    "merge": _merge,
    "unbind": _unbind,
    "birth": _no_birth,
    "phones": _good_phones,
    "guardians": _live_guardians,
    "isolate": _proposing("isolation", "isolation"),
    "release": _proposing("isolation", "none"),
    "unblock": _proposing("block", "none"),
}


def _row(visit: Visit) -> HeldRow:
    row = visit.store.roster_files.held_row(visit.scope, visit.id_bytes("row"))
    if row is None:
        raise NotHereError
    return row


def _look_again(visit: Visit, row: HeldRow, cells: tuple[str, ...]) -> Looked:
    """Raises FileError."""
    sheet = Sheet("", (Row(1, row.said.titles), Row(row.said.number + 1, cells)))
    file = RosterFile(b"", row.branch, row.kind, visit.now_ms, visit.who, FileSays(row.said.file, (sheet,)))
    return look(visit, file)


def _said(visit: Visit, row: HeldRow) -> tuple[str, ...]:
    return tuple(reason_words(visit, reason) for reason in row.said.reasons)


def _row_page(visit: Visit, row: HeldRow, cells: tuple[str, ...], reasons: tuple[str, ...]) -> Response:
    titles = (*row.said.titles, *("" for _ in range(len(cells) - len(row.said.titles))))
    padded = (*cells, *("" for _ in range(len(titles) - len(cells))))
    return visit.render(
        "held_row.html", row=row, fields=list(zip(titles, padded, strict=True)), reasons=reasons
    )


PAGES = (
    Page("GET", "/quality", Permission.PEOPLE, show_all, menu="数据核对"),
    Page("POST", "/quality", Permission.CHANGE_PEOPLE, resolve, ids=("finding",)),
    Page("GET", "/quality/rows/{row}", Permission.CHANGE_PEOPLE, show_row),
    Page("POST", "/quality/rows/{row}", Permission.CHANGE_PEOPLE, correct_row),
    Page("POST", "/quality/rows/{row}/drop", Permission.CHANGE_PEOPLE, drop_row),
)
