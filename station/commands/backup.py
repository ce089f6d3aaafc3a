"""`station backup`, `station restore`: everything in one sealed file, and from it on another PC."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from station.commands.journal import storage_words
from station.commands.on_record import on_record
from station.commands.progress import showing
from station.commands.result import CommandError, Exit, print_json, print_line
from station.commands.words import translate
from station.core.audit import Audited, Event
from station.journal.backup import LEAST_PASSPHRASE, BackupError, make_backup
from station.journal.connection import open_reader
from station.journal.errors import JournalError, VaultError
from station.journal.restoring import NotEmptyError, refuse_if_there, restore
from station.journal.sealed_file import SealedFileError
from station.ui import retention_words


def back_up(arguments: argparse.Namespace) -> Exit:
    """Make one; the gate may go on meanwhile. Ctrl-C stops it, and then there is no file."""
    target: Path = arguments.to
    with storage_words(), _file_words():
        open_reader(arguments.data).close()  # no journal at all is told before a passphrase is asked for
        passphrase = _new_passphrase()
        with showing(translate("cli", "正在备份")) as told:
            made = make_backup(arguments.data, target, passphrase, now=datetime.now(UTC), progress=told)
    _put_on_record(arguments.data)
    contents = made.contents
    if arguments.json:
        print_json(
            {"file": str(made.path), "size": made.size, "files": len(contents.members)}
            | {"number": contents.head_number, "head": contents.head}
        )
    else:
        print_line(translate("cli", "备份好了，也读回来核对过了：{}").format(made.path))
        print_line(_upto(contents.head_number))
    return Exit.DONE


def _upto(number: int) -> str:
    """On another PC numbers begin anew; then 0 does not mean that nothing is in it."""
    if number:
        return translate("cli", "到第 {} 条为止。口令丢了谁也打不开，请写在纸上另放").format(number)
    return translate("cli", "重新编号以后还没有记录，以前的都在里面。口令丢了谁也打不开，请写在纸上另放")


def bring_back(arguments: argparse.Namespace) -> Exit:
    """Unpack one into an empty folder; a new incarnation begins, and numbers count from 1 again."""
    try:
        refuse_if_there(arguments.data)  # told before a passphrase is asked for
        with storage_words(), _file_words():
            passphrase = _passphrase()
            with showing(translate("cli", "正在取回")) as told:
                restored = restore(
                    arguments.file, arguments.data, passphrase, now=datetime.now(UTC), progress=told
                )
    except NotEmptyError as error:
        said = translate("cli", "这里已经有一本登记本了：{}。备份从不盖掉它，请用 --data 另选一个空文件夹")
        raise CommandError(said.format(arguments.data)) from error
    report = restored.report
    if arguments.json:
        print_json({"ok": report.ok, "entries": report.entries, "personal": report.personal})
        return Exit.DONE if report.ok else Exit.NEGATIVE
    print_line(translate("cli", "取回来了：{} 条记录，{}").format(report.entries, arguments.data))
    print_line(translate("cli", "编号从 1 重新开始。原来那台电脑不要再开卡口，不然两台会打架"))
    print_line(translate("cli", "做备份以后应本人要求删除的人，现在又在了，请再删一次"))
    if not report.ok:
        print_line(
            translate("cli", "备份里的登记本有 {} 处损坏，运行 station journal check 看看").format(
                len(report.damages)
            )
        )
    return Exit.DONE if report.ok else Exit.NEGATIVE


def _put_on_record(data: Path) -> None:
    try:
        on_record(data, Event(Audited.EXPORTED, facts=(("what", "backup"),)))
    except (JournalError, VaultError) as error:
        raise CommandError(translate("cli", "做好了，但没能记进审计：{}").format(error)) from error


@contextmanager
def _file_words() -> Iterator[None]:
    try:
        yield
    except SealedFileError as error:
        raise CommandError(retention_words.file_problem(error.problem.value, error.at, translate)) from error
    except BackupError as error:
        raise CommandError(translate("cli", "备份不对，什么也没留下：{}").format(error)) from error
    except OSError as error:
        raise CommandError(
            translate("cli", "读写文件出错：{}。看看路径、空间和权限").format(error)
        ) from error


def _new_passphrase() -> str:
    """Asked twice on a terminal; a script gives it in one line."""
    first = _passphrase()
    if len(first) < LEAST_PASSPHRASE:
        said = translate("cli", "口令太短，至少 {} 个字").format(LEAST_PASSPHRASE)
        raise CommandError(said, Exit.WRONG_USE)
    if sys.stdin.isatty() and first != getpass.getpass(translate("cli", "再输一遍：")):
        raise CommandError(translate("cli", "两遍不一样，没有备份"), Exit.WRONG_USE)
    return first


def _passphrase() -> str:
    if sys.stdin.isatty():
        return getpass.getpass(translate("cli", "备份的口令："))
    return sys.stdin.readline().rstrip("\n")
