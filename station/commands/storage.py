"""What every command says of a journal that does not open. Loads nothing that reads one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from station.commands import rights
from station.commands.result import CommandError
from station.commands.words import translate
from station.core.problems import StorageProblem
from station.journal.errors import JournalError, KeyProblem, NoJournalError, VaultError
from station.local_time import local_zone as local_zone


@contextmanager
def storage_words(data: Path | None = None) -> Iterator[None]:
    """The journal's errors as a message for the user; with its folder, also whose files they are."""
    try:
        yield
    except NoJournalError as error:
        raise CommandError(translate("cli", "这里还没有记录：{}").format(error)) from error
    except JournalError as error:
        raise CommandError(journal_words(error, data)) from error
    except VaultError as error:
        if error.problem is KeyProblem.LOCKED:
            raise CommandError(translate("cli", "数据锁着：请先在大门上签到，再试一次")) from error
        raise CommandError(translate("cli", "钥匙文件有问题：{}").format(error)) from error


def journal_words(error: JournalError, data: Path | None) -> str:
    """What is wrong, and what to do."""
    match error.problem:
        case StorageProblem.DISK_FULL:
            return translate("cli", "电脑硬盘满了：删掉不用的文件，再试一次（{}）").format(error.detail)
        case StorageProblem.LOCKED:  # by the gate, as a rule
            words = translate("cli", "大门或别的程序正在用这些记录：先关掉它，再试一次（{}）")
            return words.format(error.detail)
        case StorageProblem.NEWER_SCHEMA:  # the program was put back; its records cannot be
            return translate("cli", "这些记录是新版程序写的，没有动：装回新版，再打开（{}）").format(error)
    words = translate("cli", "记录打不开（{}）：{}").format(error.problem, error.detail)
    if error.problem is not StorageProblem.READ_ONLY:
        return words
    hint = rights.advice(data) if data else translate("cli", "看看是谁的文件：station doctor")
    return f"{words}\n{hint}" if hint else words
