"""`station journal salvage`, and what `station journal check` says can be saved."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from station.commands import journal
from station.commands.journal import storage_words
from station.commands.operator import asked
from station.commands.progress import showing
from station.commands.result import CommandError, Exit, print_json, print_line
from station.commands.words import translate
from station.journal.errors import JournalError, KeyProblem, VaultError
from station.journal.restoring import NotEmptyError
from station.journal.salvage import Lost, Salvaged, can_be_saved
from station.journal.salvage import salvage as salvage_journal
from station.journal.vault import open_vault


def check(arguments: argparse.Namespace) -> Exit:
    """Verify the journal; of a damaged one also say how much of it is good. Exit 1 if it is damaged."""
    found = journal.check(arguments)
    if found is Exit.NEGATIVE and not arguments.json:
        _print_outlook(arguments.data)
    return found


def salvage(arguments: argparse.Namespace) -> Exit:
    """Copy what verifies to a new folder. Exit 1 if anything is lost."""
    try:
        with storage_words(), _paper_words():
            paper = _paper(arguments.data)
            with showing(translate("cli", "正在救记录")) as told:
                saved = salvage_journal(
                    arguments.data, arguments.to, now=datetime.now(UTC), progress=told, paper=paper
                )
    except NotEmptyError as error:
        said = translate("cli", "{} 里已经有登记本了，请用 --to 另选一个新文件夹")
        raise CommandError(said.format(arguments.to)) from error
    complete = not (saved.lost or saved.orphans)
    if arguments.json:
        print_json(_json(saved) | {"folder": str(arguments.to), "complete": complete})
    else:
        _print(saved, arguments.to)
    return Exit.DONE if complete else Exit.NEGATIVE


def _paper(data: Path) -> str:
    """The recovery key, where only that opens what is to be saved."""
    if not open_vault(data, create=False).locked:
        return ""
    return asked(translate("cli", "数据钥匙锁着，请输恢复码"))


@contextmanager
def _paper_words() -> Iterator[None]:
    """At a gate whose journal is damaged nobody can sign in: only the paper helps."""
    try:
        yield
    except VaultError as error:
        if error.problem is not KeyProblem.LOCKED:
            raise
        raise CommandError(translate("cli", "恢复码不对，请照着最新那张纸再输一遍"), Exit.NEGATIVE) from error


def _print_outlook(data: Path) -> None:
    try:
        with showing(translate("cli", "正在看能救出多少")) as told:
            entries, lost = can_be_saved(data, told)
    except (JournalError, VaultError, OSError) as error:
        print_line(translate("cli", "现在看不出能救多少：{}").format(error))
        return
    print_line(translate("cli", "能救出来 {} 条").format(entries) + _lost(lost))
    print_line(translate("cli", "救的办法：station journal salvage --to 新文件夹（原来的文件不动）"))


def _lost(lost: tuple[Lost, ...]) -> str:
    if not lost:
        return ""
    numbers = [f"{one.first}-{one.last}" if one.last > one.first else str(one.first) for one in lost]
    return translate("cli", "，救不了的是第 {} 条").format("、".join(numbers))


def _print(saved: Salvaged, to: Path) -> None:
    print_line(translate("cli", "救出来 {} 条，放在 {}").format(saved.entries, to) + _lost(saved.lost))
    if saved.lost:
        print_line(translate("cli", "最后面还有没有，看不出来；和中心或打印的日报对一下"))
    for _, number in saved.orphans:
        print_line(translate("cli", "第 {} 条是更正，它更正的那条没了，所以没放进去").format(number))
    for table, count in saved.lists.items():
        print_line(f"  {table}: {count}")
    print_line(translate("cli", "编号从 1 重新排了；住户名单和情况请核对一遍，操作员要重新登记"))


def _json(saved: Salvaged) -> dict[str, object]:
    return {
        "entries": saved.entries,
        "personal": saved.personal,
        "lost": [
            {"incarnation": one.incarnation, "first": one.first, "last": one.last} for one in saved.lost
        ],
        "unproven": [number for _, number in saved.unproven],
        "orphans": [number for _, number in saved.orphans],
        "lists": saved.lists,
    }
