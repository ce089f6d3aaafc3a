"""`station people`: a list of people into the roster, shown first, whole or not at all, and back again."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from station.commands.journal import local_zone, storage_words
from station.commands.operator import open_keys
from station.commands.people_words import field_words, file_words, problem_words
from station.commands.result import CommandError, Exit, print_error, print_json, print_line
from station.commands.words import found_or_said, translate
from station.core.outcome import StorageProblem
from station.journal.batches import Batches, UndoRefusedError
from station.journal.entries import Journal
from station.journal.errors import JournalError
from station.journal.importing import Loaded, load, prepare, write
from station.journal.masking import mask_name
from station.journal.people import People
from station.journal.planning import Change
from station.roster.bounds import MOST_BYTES
from station.roster.handback import to_csv, to_xlsx
from station.roster.problems import FileError
from station.roster.rows import Reading, ReadRow

_SHOWN = 20  # rows of each kind; all of them are in the file to hand back


def import_people(arguments: argparse.Namespace) -> Exit:
    """Import a list, show what it would change, or take an import back. Exit 1 if a row is wrong."""
    if (arguments.undo is None) == (arguments.file is None):
        raise CommandError(translate("cli", "请写一个文件，或者 --undo 批次号"), Exit.WRONG_USE)
    content = None if arguments.file is None else _content(arguments.file)
    now = datetime.now(UTC)
    with _journal(arguments.data) as journal:
        People(journal)  # brings an older roster up to date
        if content is None:
            return _undo(journal, arguments, now)
        return _import(journal, content, arguments, now)


def batches(arguments: argparse.Namespace) -> Exit:
    """What was imported and changed, newest first, with the numbers for --undo. Exit 1 if nothing was."""
    with _journal(arguments.data) as journal:
        found = Batches(journal).all()
    for batch in found:
        file = batch.note if batch.kind == "import" else ""  # of others it is why, and may name people
        if arguments.json:
            fields = {
                "batch": batch.id,
                "kind": batch.kind,
                "at": batch.at.isoformat(),
                "people": batch.people,
            }
            print_json(fields | {"undone": batch.undone, "file": file or None})
        else:
            at = batch.at.astimezone(local_zone()).strftime("%Y-%m-%d %H:%M")
            undone = translate("cli", "（已撤销）") if batch.undone else ""
            people = translate("cli", "{} 人").format(batch.people)
            print_line(f"{batch.id:6} {at} {batch.kind:7} {people} {file}{undone}")
    return found_or_said(found)


def _import(journal: Journal, content: bytes, arguments: argparse.Namespace, now: datetime) -> Exit:
    reading = Reading(now, local_zone(), arguments.category, arguments.fill_down)
    try:
        loaded = load(journal, content, reading)
    except FileError as error:
        raise CommandError(file_words(error.what), Exit.NEGATIVE) from error
    wrong = loaded.plan.wrong
    if arguments.errors and wrong:
        _hand_back(arguments.errors, loaded)
    batch = None
    if not arguments.preview and (arguments.skip_errors or not wrong):
        batch = write(journal, prepare(journal.vault, loaded.plan), now=now, note=arguments.file.name)
    if arguments.json:
        _print_json(loaded, batch)
    else:
        _print_words(loaded, batch, arguments)
    return Exit.NEGATIVE if wrong else Exit.DONE


def _undo(journal: Journal, arguments: argparse.Namespace, now: datetime) -> Exit:
    try:
        count = Batches(journal).undo(arguments.undo, now=now)
    except UndoRefusedError as error:
        print_error(_why_not(error, arguments.undo))
        return Exit.NEGATIVE
    if arguments.json:
        print_json({"undone": arguments.undo, "people": count})
    else:
        print_line(translate("cli", "撤销了第 {} 批，恢复了 {} 人").format(arguments.undo, count))
    return Exit.DONE


def _why_not(error: UndoRefusedError, number: int) -> str:
    if not error.people:
        return translate("cli", "没有第 {} 批可以撤销：不存在、已经撤销过，或时间太久").format(number)
    words = translate("cli", "第 {} 批不能撤销：其中 {} 人后来又改过；什么也没有动，请先撤销后面的批次")
    return words.format(number, len(error.people))


def _print_json(loaded: Loaded, batch: int | None) -> None:
    plan = loaded.plan
    for row in (*plan.wrong, *plan.doubtful):
        problems = [
            {"code": problem.what.value, "column": problem.column, "serious": problem.serious}
            for problem in row.problems
        ]
        sheet = loaded.people.sheets[row.sheet].name or None
        print_json({"row": row.row.number, "sheet": sheet, "problems": problems})
    counts = {change.value: plan.count(change) for change in Change}
    print_json(counts | {"wrong": len(plan.wrong), "doubtful": len(plan.doubtful), "batch": batch})


def _print_words(loaded: Loaded, batch: int | None, arguments: argparse.Namespace) -> None:
    plan = loaded.plan
    _print_rows(loaded, plan.wrong)
    if arguments.preview:
        _print_rows(loaded, plan.doubtful)
        _print_changes(loaded)
    new, changed, same = (plan.count(change) for change in Change)
    print_line(translate("cli", "新增 {} 人，更新 {} 人，不变 {} 人").format(new, changed, same))
    if plan.wrong:
        print_error(translate("cli", "{} 行有问题").format(len(plan.wrong)))
        if not arguments.errors:
            print_error(translate("cli", "加上 --errors 文件名.xlsx，可以把有问题的行存成表，改好再导入"))
    if batch is None:
        print_line(translate("cli", "还没有导入：名册没有变"))
    else:
        print_line(translate("cli", "导入好了，是第 {} 批；要撤销：--undo {}").format(batch, batch))


def _print_rows(loaded: Loaded, rows: tuple[ReadRow, ...]) -> None:
    for row in rows[:_SHOWN]:
        sheet = loaded.people.sheets[row.sheet].name
        where = translate("cli", "第 {} 行").format(row.row.number)
        said = "；".join(problem_words(problem) for problem in row.problems)
        print_error(f"{sheet} {where}：{said}".strip())
    if len(rows) > _SHOWN:
        print_error(translate("cli", "……还有 {} 行").format(len(rows) - _SHOWN))


def _print_changes(loaded: Loaded) -> None:
    """Whom the list changes, and in what; masked, for a terminal is seen by others."""
    changed = [planned for planned in loaded.plan.people if planned.change is Change.CHANGED]
    for planned in changed[:_SHOWN]:
        who = f"{mask_name(planned.person.name)} {planned.person.dwelling}".strip()
        print_line(translate("cli", "更新 {}：{}").format(who, field_words(planned.fields)))
    if len(changed) > _SHOWN:
        print_line(translate("cli", "……还有 {} 人").format(len(changed) - _SHOWN))


def _hand_back(target: Path, loaded: Loaded) -> None:
    write_table = to_xlsx if target.suffix.lower() == ".xlsx" else to_csv
    try:
        target.write_bytes(write_table(loaded.people, loaded.plan.wrong, problem_words))
    except OSError as error:
        raise CommandError(translate("cli", "文件写不了：{}").format(error)) from error
    print_error(translate("cli", "有问题的行存在：{}").format(target))


@contextmanager
def _journal(data: Path) -> Iterator[Journal]:
    """The journal, to write in; the gate, while it runs, does not share that."""
    try:
        with storage_words(), Journal.open(data, now=lambda: datetime.now(UTC)) as journal:
            open_keys(journal)
            yield journal
    except CommandError as error:
        cause = error.__cause__
        if isinstance(cause, JournalError) and cause.problem is StorageProblem.LOCKED:
            message = translate("cli", "大门程序正在运行，名册现在改不了；先关掉它再试")
            raise CommandError(message) from error
        raise


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)  # one more than is taken, whatever the file's end
    except OSError as error:
        raise CommandError(translate("cli", "文件打不开：{}").format(error)) from error
