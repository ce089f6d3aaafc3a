"""`station key …`: the data keys of this folder. Changes need the gate closed, and an admin."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from station import keys_office
from station.commands.journal import storage_words
from station.commands.operator import asked, refuse_without_operators
from station.commands.result import CommandError, Exit, print_json, print_line
from station.commands.words import translate
from station.core.audit import Audited
from station.core.operators import Refusal
from station.core.override import Role
from station.journal.connection import open_reader
from station.journal.entries import Journal
from station.journal.operators import Operators, SignIn
from station.journal.rotating import Rotation
from station.journal.vault import open_vault
from station.translation import listed
from station.ui import operator_words


def status(arguments: argparse.Namespace) -> Exit:
    """How the data keys lie there. Exit 1 if the folder alone opens everything. The gate may be open."""
    with storage_words():
        found = _look(arguments)
    if arguments.json:
        print_json(
            {
                "wrapped": found.wrapped,
                "locked": found.locked,
                "generation": found.generation,
                "everything_newest": found.everything_newest,
                "holders": list(found.holders),
                "waiting": list(found.waiting),
                "recovery": found.recovery,
            }
        )
    else:
        for line in _lines(found):
            print_line(line)
    return Exit.DONE if found.wrapped else Exit.NEGATIVE


def wrap(arguments: argparse.Namespace) -> Exit:
    """From now on this folder opens nothing without a PIN; the new recovery key is shown this once."""
    with _admin(arguments) as (journal, admin):
        if journal.vault.wrapped:
            raise CommandError(translate("cli", "数据钥匙已经锁进密码了"), Exit.NEGATIVE)
        paper = keys_office.wrap(journal, admin, datetime.now(UTC))
        print_line(translate("cli", "数据钥匙锁进密码了。恢复码，只显示这一次，请抄下锁好：{}").format(paper))
        print_line(translate("cli", "其他人：趁您在岗时各签到一次，以后就都能打开"))
        _seal_anew(journal)
    return Exit.DONE


def unwrap(arguments: argparse.Namespace) -> Exit:
    """The data keys lie in a file again, as before."""
    with _admin(arguments) as (journal, admin):
        keys_office.unwrap(journal, admin, datetime.now(UTC))
        print_line(translate("cli", "数据钥匙又放回文件里了：拿到这个文件夹的人都能看"))
    return Exit.DONE


def rotate(arguments: argparse.Namespace) -> Exit:
    """A new data key, and what the former ones sealed is sealed anew. Killed, it goes on at the gate."""
    with _admin(arguments) as (journal, admin):
        generation = keys_office.change(journal, admin, datetime.now(UTC))
        print_line(translate("cli", "换上了第 {} 把数据钥匙").format(generation + 1))
        _seal_anew(journal)
    return Exit.DONE


def _seal_anew(journal: Journal) -> None:
    rotation = Rotation(journal)
    rotation.run()
    print_line(translate("cli", "用新钥匙重新加密了 {} 处").format(rotation.sealed))


def _lines(found: keys_office.KeyStatus) -> Iterator[str]:
    if not found.wrapped:
        yield translate("cli", "数据钥匙放在文件里：谁拿走硬盘，谁就能看名册。锁进密码：station key wrap")
        return
    yield translate("cli", "数据钥匙锁在密码里：光有硬盘看不了名册")
    yield translate("cli", "能打开的：{}").format(listed(found.holders))
    if found.waiting:
        yield translate("cli", "还打不开的：{}。趁别人在岗时签到一次就行").format(listed(found.waiting))
    if not found.recovery:
        yield translate("cli", "▲ 没有恢复码：密码都忘了就再也打不开了。请做一个：station operator recovery")
    if found.everything_newest is False:
        yield translate("cli", "换钥匙还没做完，大门空闲时会接着做")


def _look(arguments: argparse.Namespace) -> keys_office.KeyStatus:
    """Beside a running gate, which has the lock: it only reads."""
    connection = open_reader(arguments.data)
    try:
        return keys_office.status(connection, open_vault(arguments.data, create=False))
    finally:
        connection.close()


@contextmanager
def _admin(arguments: argparse.Namespace) -> Iterator[tuple[Journal, SignIn]]:
    with storage_words(), Journal.open(arguments.data, now=lambda: datetime.now(UTC)) as journal:
        yield journal, admin_signed(journal)


def admin_signed(journal: Journal) -> SignIn:
    """An admin who has just typed their PIN. Raises CommandError, JournalError."""
    operators = Operators(journal)
    refuse_without_operators(operators)
    number = asked(translate("cli", "管理员编号"), hidden=False)
    found = operators.sign_in(number, asked(translate("cli", "密码")), what=Audited.SIGNED_ONCE)
    if found.operator is None:
        refusal = found.refusal or Refusal.WRONG
        raise CommandError(operator_words.refusal(refusal, found.wait_s, translate), Exit.NEGATIVE)
    if found.operator.role is not Role.ADMIN:
        raise CommandError(translate("cli", "这一步要管理员"), Exit.NEGATIVE)
    return found
