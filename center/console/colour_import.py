"""Colours and tests from a file (CSV, XLSX), read as `center import` reads lists: of people who are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from starlette.responses import Response

from center.commands.row_words import file_words, problem_words
from center.console.page import Page
from center.console.people_words import FINDINGS
from center.console.rights import Permission
from center.console.visit import Visit
from center.people_lists import KnownPeople, Plan, make_plan
from center.people_quality import Doubtful
from center.result_lists import OLDER
from center.result_lists import WORDS as RESULT_WORDS
from center.sheets_apart import MOST_UPLOAD, read_apart
from center.store.directory import Known
from center.store.lists import ScopedItem
from center.store.newer_facts import put_newer
from center.words import speaker
from station.local_time import local_zone
from station.roster.problems import FileError
from station.roster.rows import Draft, PeopleList, Reading, ReadRow, people_of
from station.sync.items import encode_item, shared_key

_SHOWN = 100  # rows with something wrong
_SOURCE = "import"


@dataclass(frozen=True, slots=True)
class Looked:
    """A file, as it would be taken."""

    read: PeopleList
    plan: Plan
    scopes: dict[str, str]  # of the people who are ours
    facts: int
    older: tuple[int, ...]  # rows of which something newer is told
    several: tuple[int, ...]  # rows that may mean one of several people

    @property
    def strangers(self) -> list[int]:
        """Rows of people who are not in the list."""
        return [one.row for one in self.plan.people if one.id not in self.scopes]

    @property
    def silent(self) -> list[int]:
        """Rows that say no colour and no test."""
        some = (one for one in self.plan.people if one.id in self.scopes and not one.facts)
        return [one.row for one in some if one.row not in self.older]


def ask(visit: Visit) -> Response:
    return _page(visit, {})


def take(visit: Visit) -> Response:
    """First to look at, then to take. Rows with something wrong are named; the others are taken."""
    file = visit.file("file")
    if file is None:
        return _page(visit, {"wrong": "请先选一个文件（CSV 或 XLSX）"})
    try:
        looked = _look(visit, file[1])
    except FileError as error:
        return _page(visit, {"wrong": file_words(error.what, speaker(visit.lang, {}))})
    imports = visit.field("do", 10) == "import"
    if imports:
        _put(visit, looked)
        visit.note("导入了健康码和核酸", about=f"{looked.facts}")
    return _page(visit, _said(visit, looked, imports), status=200)


def _look(visit: Visit, content: bytes) -> Looked:
    """Raises FileError."""
    zone = visit.console.zone or local_zone()
    now = datetime.fromtimestamp(visit.now_ms / 1000, UTC)
    read = people_of(read_apart(content), Reading(now, zone))
    ours, known = visit.store.directory.everybody(visit.scope), KnownPeople()
    for one in ours:
        known.add(one.id, one.person)
    rows, several = _told_apart(read.rows, ours, known, visit.office.keys.district)
    said = make_plan(rows, known, visit.office.keys.district)
    plan = said.without_older(visit.store.directory.all_facts(ours), visit.now_ms)
    older = tuple(
        then.row for then, now in zip(said.people, plan.people, strict=True) if then.facts != now.facts
    )
    scopes = {one.id: one.branch for one in ours}
    facts = sum(len(one.facts) for one in plan.people if one.id in scopes)
    return Looked(read, plan, scopes, facts, older, several)


def _told_apart(
    rows: Sequence[ReadRow], ours: Sequence[Known], known: KnownPeople, key: bytes
) -> tuple[list[ReadRow], tuple[int, ...]]:
    """The rows that can mean one person only, and the numbers of the others: nobody gets another's red."""
    namesakes = Counter((one.person.name, one.person.dwelling) for one in ours)

    def may_be_several(draft: Draft) -> bool:
        if not draft.house or namesakes[draft.name, draft.house.name] < 2:
            return False
        return not draft.id_number or shared_key(key, "id_number", draft.id_number) not in known.by_key

    taken, several = list[ReadRow](), list[int]()
    for row in rows:
        if row.draft and may_be_several(row.draft):
            several.append(row.row.number)
        else:
            taken.append(row)
    return taken, tuple(several)


def _put(visit: Visit, looked: Looked) -> None:
    """What is told already stays for whom it is told; what is new is for where the person is."""
    told = {item.key: scope for item, scope in visit.store.lists.each_with_scope("quick", "fact")}
    items: list[ScopedItem] = []
    for planned in looked.plan.people:
        for fact in planned.facts if planned.id in looked.scopes else ():
            key = f"person:{fact.subject}:{fact.kind}"
            items.append(("fact", key, encode_item(fact), told.get(key, looked.scopes[planned.id])))
    put_newer(visit.store.lists, items, visit.now_ms)
    visit.store.following.step(visit.now_ms)


def _said(visit: Visit, looked: Looked, imported: bool) -> dict[str, Any]:
    say = speaker(visit.lang, {})
    rows = (*looked.plan.wrong, *looked.plan.doubtful)
    return {
        "facts": looked.facts,
        "imported": imported,
        "strangers": looked.strangers[:_SHOWN],
        "stranger_count": len(looked.strangers),
        "silent": looked.silent[:_SHOWN],
        "problems": [
            *((row, visit.text(FINDINGS[Doubtful.SAME_RESIDENT])) for row in looked.several[:_SHOWN]),
            *((row, visit.text(RESULT_WORDS[OLDER])) for row in looked.older[:_SHOWN]),
            *(
                (
                    row.row.number,
                    visit.text("；").join(problem_words(problem, say) for problem in row.problems),
                )
                for row in rows[:_SHOWN]
            ),
        ],
    }


def _page(visit: Visit, found: dict[str, Any], status: int = 0) -> Response:
    wrong = found.get("wrong", "")
    return visit.render(
        "colour_import.html",
        status=status or (400 if wrong else 200),
        found=found,
        wrong=wrong,
        most_mb=MOST_UPLOAD // 1024 // 1024,
    )


PAGES = (
    Page("GET", "/colours/import", Permission.CHANGE_PEOPLE, ask),
    Page(
        "POST",
        "/colours/import",
        Permission.CHANGE_PEOPLE,
        take,
        most_bytes=MOST_UPLOAD + 64 * 1024,
        by_turns=True,
    ),
)
