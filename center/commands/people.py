"""`center import`: a list of people for all gates, shown first, whole or not at all."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from center.commands.place import Place, may_begin, now_ms, open_place, read_file
from center.commands.row_words import file_words, problem_words
from center.people_lists import Plan
from center.result import CommandError, Exit, Say, print_error, print_json, print_line
from center.roster_plans import plan_people
from center.scope import EVERYWHERE, is_within
from center.store.directory import Known
from center.store.lists import ScopedItem
from center.store.newer_facts import put_newer
from center.store.seen_people import TRIES, put_seen, where_known
from station.local_time import local_zone
from station.roster.bounds import MOST_BYTES
from station.roster.problems import FileError
from station.roster.rows import PeopleList, Reading, ReadRow, read_people

_SHOWN = 20  # rows that are wrong


def import_people(arguments: argparse.Namespace, say: Say) -> Exit:
    """Import a list. Exit 1 if a row is wrong; then nothing is imported, unless it shall be all the same."""
    read = _read(arguments, say)
    with open_place(arguments, say, begins=may_begin(arguments)) as place:
        plan, imported = _import(read, place, arguments, say)
    if arguments.json:
        _print_json(plan, imported, arguments.replace)
    else:
        _print_words(read, plan, imported, arguments.replace, say)
    return Exit.NEGATIVE if plan.wrong else Exit.DONE


def _import(read: PeopleList, place: Place, arguments: argparse.Namespace, say: Say) -> tuple[Plan, bool]:
    """What it does, and whether it was done. It is planned anew if somebody changes one of them meanwhile."""
    for _ in range(TRIES):
        plan, seen = _plan(read, place, arguments.branch)
        wanted = not arguments.preview and (arguments.skip_errors or not plan.wrong)
        if not wanted or _write(place, plan, seen, arguments):
            return plan, wanted
    raise CommandError(say("名单上的人正有别人在改，没有导入。请再运行一次"))


def _plan(read: PeopleList, place: Place, branch: str) -> tuple[Plan, Mapping[str, Known]]:
    """As of an uploaded list: people of other branches are neither meant by it, nor gone from it."""
    directory = place.store.directory
    everybody = directory.everybody(EVERYWHERE)
    planned = plan_people(read.rows, everybody, EVERYWHERE, branch, place.keys.district)
    ours = {one.id for one in everybody if is_within(one.branch, branch)}
    plan = replace(planned.plan, gone=tuple(one for one in planned.plan.gone if one in ours))
    return plan.without_older(directory.all_facts(everybody), now_ms()), planned.seen


def _read(arguments: argparse.Namespace, say: Say) -> PeopleList:
    content = read_file(arguments.file, say, MOST_BYTES)
    now = datetime.now(UTC)
    try:
        return read_people(content, Reading(now, local_zone(), arguments.category, arguments.fill_down))
    except FileError as error:
        raise CommandError(file_words(error.what, say), Exit.NEGATIVE) from error


def _write(place: Place, plan: Plan, seen: Mapping[str, Known], arguments: argparse.Namespace) -> bool:
    """False, and nothing is written, if somebody changed one of them since it was planned."""
    lists, branch = place.store.lists, arguments.branch
    gone: Iterable[str] = plan.gone if arguments.replace else ()
    items: list[ScopedItem] = list(where_known(plan.people_items(), seen, branch))
    if not put_seen(lists, [*items, *(("person", one, None, branch) for one in gone)], seen):
        return False
    put_newer(lists, where_known(plan.fact_items(), seen, branch), now_ms())
    return True


def _print_json(plan: Plan, imported: bool, replaced: bool) -> None:
    for row in (*plan.wrong, *plan.doubtful):
        problems = [
            {"code": problem.what.value, "column": problem.column, "serious": problem.serious}
            for problem in row.problems
        ]
        print_json({"row": row.row.number, "problems": problems})
    counts: dict[str, object] = {change: plan.count(change) for change in ("new", "changed", "same")}
    counts["gone"] = len(plan.gone) if replaced else 0
    print_json(counts | {"wrong": len(plan.wrong), "doubtful": len(plan.doubtful), "imported": imported})


def _print_words(read: PeopleList, plan: Plan, imported: bool, replaced: bool, say: Say) -> None:
    _print_rows(read, plan.wrong, say)
    _print_rows(read, plan.doubtful, say)
    new, changed, same = (plan.count(change) for change in ("new", "changed", "same"))
    print_line(say("新增 {} 人，更新 {} 人，不变 {} 人").format(new, changed, same))
    if replaced:
        print_line(say("名单上去掉 {} 人").format(len(plan.gone)))
    if plan.wrong:
        print_error(
            say("{} 行有问题，请改好再导入；或者加 --skip-errors，先导入其他行").format(len(plan.wrong))
        )
    print_line(
        say("导入好了，大门一分钟内来取，取到了才认得他们") if imported else say("还没有导入：名单没有变")
    )


def _print_rows(read: PeopleList, rows: tuple[ReadRow, ...], say: Say) -> None:
    for row in rows[:_SHOWN]:
        sheet = read.sheets[row.sheet].name
        said = "；".join(problem_words(problem, say) for problem in row.problems)
        where = say("第 {} 行").format(row.row.number)
        print_error(f"{sheet} {where}：{said}".strip())
    if len(rows) > _SHOWN:
        print_error(say("……还有 {} 行").format(len(rows) - _SHOWN))
