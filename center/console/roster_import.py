"""Lists of people and of test results: uploaded, looked at, then taken; wrong rows are kept aside."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from starlette.responses import Response

from center.commands.row_words import file_words, problem_words
from center.console import people_words as words
from center.console.notices import branch_typed
from center.console.page import ComplaintError, NotHereError, Page
from center.console.rights import Permission
from center.console.visit import Visit
from center.result_lists import OLDER, plan_tests
from center.result_lists import WORDS as RESULT_WORDS
from center.roster_plans import REFUSED, RosterPlan, plan_people
from center.scope import EVERYWHERE
from center.sheets_apart import MOST_UPLOAD, read_apart
from center.store.newer_facts import put_newer
from center.store.roster_files import FileSays, HeldRow, Reason, RosterFile, RowSays
from center.store.seen_people import TRIES, put_seen, where_known
from station.journal.masking import mask_name
from station.local_time import local_zone
from station.roster.headers import Column, texts
from station.roster.problems import Doubt, FileError, Problem, Trouble
from station.roster.rows import PeopleList, Reading, ReadRow, people_of
from station.roster.sheets import Sheet

KINDS = ("people", "tests")
MEANWHILE = "名单上的人正有别人在改，没有导入。请再点一次"
_SHOWN = 200  # rows of a preview, the wrong ones first


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the preview."""

    what: str  # wrong, doubtful, new, changed
    number: int
    name: str = field(repr=False)  # masked
    dwelling: str
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that was looked at: what it would do."""

    file: RosterFile
    read: PeopleList = field(repr=False)
    counts: dict[str, int]
    lines: tuple[Line, ...]
    held: tuple[HeldRow, ...]
    plan: RosterPlan | None = field(default=None, repr=False)
    results: dict[str, list[tuple[str, str, bytes]]] = field(default_factory=dict, repr=False)


def ask(visit: Visit) -> Response:
    return _ask(visit, "")


def upload(visit: Visit) -> Response:
    branch = branch_typed(visit, visit.field("branch"))
    kind, sent = visit.field("kind", 10), visit.file("file")
    if kind not in KINDS or sent is None:
        return _ask(visit, "请选一个文件")
    name, content = sent
    try:
        sheets = tuple(read_apart(content))
        _read(visit, sheets, kind)
    except FileError as error:
        return _ask(visit, file_words(error.what, lambda said: said))
    note = visit.make_note("上传了名单", branch=branch)
    said = FileSays("".join(letter for letter in name if letter.isprintable())[-100:], sheets)
    file_id = visit.store.roster_files.keep(branch, kind, said, note)
    return visit.redirect(f"/people/import/{file_id.hex()}")


def preview(visit: Visit) -> Response:
    looked = look(visit, _file(visit))
    return visit.render(
        "import_preview.html",
        looked=looked,
        said_of=partial(reason_words, visit),
        file=looked.file,
        shown=looked.lines[:_SHOWN],
    )


def take(visit: Visit) -> Response:
    """All rows that can be taken; the others stay on the page of what is to be put right."""
    looked = _taken(visit)
    branch = looked.file.branch
    note = visit.make_note("导入了名单", branch=branch, about=looked.file.id.hex()[:12])
    visit.store.roster_files.finish(looked.file, looked.held, note)
    if looked.held:
        return visit.redirect(
            "/quality", "导入好了，大门一分钟内来取，取到了才认得他们；有问题的行留在下面，一行也没丢"
        )
    return visit.redirect("/people", "导入好了，大门一分钟内来取，取到了才认得他们")


def give_up(visit: Visit) -> Response:
    file = _file(visit)
    note = visit.make_note("放弃了上传的名单", branch=file.branch)
    visit.store.roster_files.finish(file, (), note)
    return visit.redirect("/people/import", "没有导入，名单没有变")


def look(visit: Visit, file: RosterFile) -> Looked:
    """What the file would do now."""
    read = _read(visit, file.said.sheets, file.kind)
    return _people(visit, file, read) if file.kind == "people" else _results(visit, file, read)


def _taken(visit: Visit) -> Looked:
    """What was taken. Raises ComplaintError: then nobody was."""
    for _ in range(TRIES):
        looked = look(visit, _file(visit))
        if write(visit, looked):
            return looked
    raise ComplaintError(MEANWHILE)


def write(visit: Visit, looked: Looked) -> bool:
    """False, and nobody is taken, if somebody has changed one of them since it was looked at."""
    lists, branch = visit.store.lists, looked.file.branch
    if looked.plan:
        plan, seen = looked.plan, looked.plan.seen
        if not put_seen(lists, where_known(plan.people_items(), seen, branch), seen):
            return False
        put_newer(lists, where_known(plan.fact_items(), seen, branch), visit.now_ms)
    for place, items in looked.results.items():
        put_newer(lists, [(*item, place) for item in items], visit.now_ms)
    return True


def _people(visit: Visit, file: RosterFile, read: PeopleList) -> Looked:
    everybody = visit.store.directory.everybody(EVERYWHERE)
    ours = visit.scope_of(Permission.CHANGE_PEOPLE)
    plan = plan_people(read.rows, everybody, ours, file.branch, visit.office.keys.district)
    plan = plan.without_older(visit.store.directory.all_facts(everybody), visit.now_ms)
    wrong = [(row, _reasons(row)) for row in plan.plan.wrong]
    wrong += [(row, (Reason(code),)) for row, code in plan.refused]
    lines = [_line("wrong", row, read, reasons) for row, reasons in wrong]
    lines += [_line("doubtful", row, read, _reasons(row)) for row in plan.plan.doubtful]
    lines += [
        Line(one.change, one.row, mask_name(one.person.name), one.person.dwelling)
        for one in plan.taken
        if one.change != "same"
    ]
    counts = {change: plan.count(change) for change in ("new", "changed", "same")}
    counts |= {"wrong": len(wrong), "doubtful": len(plan.plan.doubtful)}
    return Looked(file, read, counts, tuple(lines), _held(visit, file, read, wrong), plan)


def _results(visit: Visit, file: RosterFile, read: PeopleList) -> Looked:
    directory = visit.store.directory
    people = directory.everybody(visit.scope_of(Permission.CHANGE_PEOPLE))
    told, key = directory.all_facts(people), visit.office.keys.district
    plan = plan_tests(read.rows, people, told, key, visit.now_ms)
    wrong = [(row, _reasons(row)) for row in read.rows if row.draft is None]
    wrong += [(row, (Reason(code),)) for row, code in plan.left if code != OLDER]
    older = [(row, (Reason(code),)) for row, code in plan.left if code == OLDER]
    lines = [_line("wrong", row, read, reasons) for row, reasons in wrong]
    lines += [_line("doubtful", row, read, reasons) for row, reasons in older]
    counts = {"new": len(plan.facts), "changed": 0, "same": 0, "wrong": len(wrong), "doubtful": len(older)}
    return Looked(file, read, counts, tuple(lines), _held(visit, file, read, wrong), None, plan.items())


_Reasons = tuple[Reason, ...]


def reason_words(visit: Visit, reason: Reason) -> str:
    """One sentence, in the reader's language."""
    own = REFUSED | RESULT_WORDS
    if reason.code in own:
        return visit.text(own[reason.code])
    what = Trouble(reason.code) if reason.code in Trouble.__members__.values() else Doubt(reason.code)
    return problem_words(Problem(what, reason.column, reason.row), visit.text)


def _reasons(row: ReadRow) -> _Reasons:
    found = [Reason(problem.what.value, problem.column, problem.row) for problem in row.problems]
    return tuple(dict.fromkeys(found))


def _line(what: str, row: ReadRow, read: PeopleList, reasons: _Reasons) -> Line:
    header = read.headers[row.sheet]
    name = (
        row.draft.name if row.draft else "".join(texts(row.row, header.places[Column.NAME]) if header else ())
    )
    dwelling = row.draft.house.name if row.draft and row.draft.house else ""
    return Line(what, row.row.number, mask_name(name), dwelling, reasons)


def _held(
    visit: Visit, file: RosterFile, read: PeopleList, wrong: Sequence[tuple[ReadRow, _Reasons]]
) -> tuple[HeldRow, ...]:
    held = []
    for row, reasons in wrong:
        header = read.headers[row.sheet]
        titles = header.titles if header else ()
        said = RowSays(file.said.name, row.row.number, titles, row.row.cells, reasons)
        codes = tuple(reason.code for reason in reasons)
        row_id = secrets.token_bytes(16)
        held.append(HeldRow(row_id, file.branch, file.kind, visit.now_ms, visit.who, codes, said))
    return tuple(held)


def _read(visit: Visit, sheets: tuple[Sheet, ...], kind: str) -> PeopleList:
    """A list of results need not say where somebody lives. Raises FileError."""
    now = datetime.fromtimestamp(visit.now_ms / 1000, UTC)
    zone = visit.console.zone or local_zone()
    return people_of(sheets, Reading(now, zone, "visitor" if kind == "tests" else "resident"))


def _file(visit: Visit) -> RosterFile:
    file = visit.store.roster_files.get(visit.scope, visit.id_bytes("file"))
    if file is None:
        raise NotHereError
    return file


def _ask(visit: Visit, wrong: str) -> Response:
    return visit.render(
        "import.html",
        status=400 if wrong else 200,
        wrong=wrong,
        kind=visit.field("kind", 10),
        own=visit.field("branch") or visit.scope.branches[0],
        words=words,
        most_mb=MOST_UPLOAD // 1024 // 1024,
    )


PAGES = (
    Page("GET", "/people/import", Permission.CHANGE_PEOPLE, ask),
    Page(
        "POST",
        "/people/import",
        Permission.CHANGE_PEOPLE,
        upload,
        ids=("branch",),
        most_bytes=MOST_UPLOAD + 64 * 1024,
        by_turns=True,
    ),
    Page("GET", "/people/import/{file}", Permission.CHANGE_PEOPLE, preview, by_turns=True),
    Page("POST", "/people/import/{file}/take", Permission.CHANGE_PEOPLE, take, by_turns=True),
    Page("POST", "/people/import/{file}/give-up", Permission.CHANGE_PEOPLE, give_up),
)
