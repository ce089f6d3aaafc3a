"""`station operator …`: who may sign in; `station audit`: who did what. Changes need the gate closed.

PINs are asked on the terminal and never shown; a script gives each in a line of its own.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta

from station.commands.result import CommandError, Exit, print_json, print_line
from station.commands.storage import local_zone, storage_words
from station.commands.words import found_or_said, translate
from station.core.audit import Audited, Line
from station.core.operators import NOBODY, OperatorError, Refusal, Who, two_people
from station.core.override import Role
from station.journal.audit import read_audit
from station.journal.entries import Journal
from station.journal.operators import Operators, SignIn
from station.journal.recovery import is_key, new_key, unlock, was_wrong
from station.ui import operator_words


def list_all(arguments: argparse.Namespace) -> Exit:
    """Everybody who can sign in. Exit 1 if there is nobody."""
    with _operators(arguments) as (_, operators):
        people = operators.all()
    for one in people:
        if arguments.json:
            print_json({"number": one.number, "role": one.role.value, "new_pin": one.new_pin})
        else:
            print_line(f"{one.number:8} {operator_words.role(one.role, translate)} {one.name}")
    return found_or_said(people)


def add(arguments: argparse.Namespace) -> Exit:
    """A new operator; with the first one, an admin, the recovery key is shown this once."""
    with _operators(arguments) as (journal, operators):
        first = not operators.any()
        by = NOBODY if first else _admin(operators)
        pin = _asked_twice(translate("cli", "新密码"))
        operators.add(arguments.number, arguments.name, Role(arguments.role), pin, by=by)
        print_line(translate("cli", "{} 可以签到了").format(arguments.number))
        if first:
            _show_recovery(journal, Who(arguments.number, Role.ADMIN))
    return Exit.DONE


def reset(arguments: argparse.Namespace) -> Exit:
    """A PIN that its owner changes at the next sign-in."""
    with _operators(arguments) as (_, operators):
        by = _admin(operators)
        operators.reset_pin(arguments.number, _asked_twice(translate("cli", "新密码")), by=by)
        print_line(translate("cli", "换好了，他签到时会再换成自己的"))
    return Exit.DONE


def remove(arguments: argparse.Namespace) -> Exit:
    """From now on nobody signs in with this number."""
    with _operators(arguments) as (_, operators):
        operators.remove(arguments.number, by=_admin(operators))
        print_line(translate("cli", "{} 停用了").format(arguments.number))
    return Exit.DONE


def recovery(arguments: argparse.Namespace) -> Exit:
    """A new recovery key; the former paper counts no more."""
    with _operators(arguments) as (journal, operators):
        _show_recovery(journal, _admin(operators))
    return Exit.DONE


def recover(arguments: argparse.Namespace) -> Exit:
    """An admin lost the PIN and has the paper."""
    with _operators(arguments) as (journal, operators):
        typed = asked(translate("cli", "恢复码"))
        if not is_key(journal, typed):
            was_wrong(journal, datetime.now(UTC))
            raise CommandError(translate("cli", "恢复码不对，请照着最新那张纸再输一遍"), Exit.NEGATIVE)
        unlock(journal, typed)
        operators.restore(arguments.number, _asked_twice(translate("cli", "新密码")))
        print_line(translate("cli", "密码换好了。旧的恢复码作废了"))
        _show_recovery(journal, Who(arguments.number, Role.ADMIN))
    return Exit.DONE


def audit(arguments: argparse.Namespace) -> Exit:
    """Who did what on a day. Exit 1 if nothing was done."""
    zone = local_zone()
    day = arguments.day or datetime.now(zone).date()
    begin = datetime.combine(day, time(), zone)
    with storage_words():
        lines = read_audit(arguments.data, begin, begin + timedelta(days=1))
    for line in lines:
        if arguments.json:
            print_json(_json(line))
        else:
            mark = "" if line.genuine else "▲ "
            what = operator_words.audited(line.what, translate)
            said = f"{line.number:6} {line.at.astimezone(zone):%H:%M:%S} {line.who or '-':8} {mark}{what}"
            print_line(f"{said} {operator_words.facts(line, translate)}".rstrip())
    return found_or_said(lines)


def _json(line: Line) -> dict[str, object]:
    """Without the note: it may name people."""
    fields: dict[str, object] = {
        "number": line.number,
        "at": line.at.isoformat(timespec="milliseconds"),
        "what": line.what,
        "operator": line.who or None,
        "role": line.role or None,
        "subject": line.subject or None,
        "entry": line.entry,
        "genuine": line.genuine,
    }
    return fields | {name: value for name, value in line.facts if name != "row"}


# --- who asks -----------------------------------------------------------------------------------


def allow_in_clear(journal: Journal, reason: str) -> Who:
    """For names in clear of many: two people (`two_people`), and why. Raises CommandError.

    As long as no operator was ever made, there is nobody who could answer for it.
    """
    if not reason.strip():
        raise CommandError(translate("cli", "请用 --reason 写明为什么要全名"), Exit.WRONG_USE)
    if not Operators(journal).any():
        raise CommandError(
            translate(
                "cli", "导出全名要管理员和另一位一起签：先添加操作员（station operator add），或者不要全名"
            ),
            Exit.NEGATIVE,
        )
    return signed_by_two(journal)[0]


def signed_by_two(journal: Journal) -> tuple[Who, Who]:
    """An admin, and another admin or a guard, each with their PIN. Raises CommandError."""
    operators = Operators(journal)
    admin = _admin(operators)
    print_line(translate("cli", "要两个人一起：请另一位也签名"))
    number = asked(translate("cli", "另一位的编号"), hidden=False)
    if number == admin.number:
        raise CommandError(operator_words.refusal(Refusal.SAME_PERSON, translate=translate), Exit.NEGATIVE)
    second = _signed(_once(operators, number))
    if refusal := two_people(admin, second):
        raise CommandError(operator_words.refusal(refusal, translate=translate), Exit.NEGATIVE)
    return admin, second


def open_keys(journal: Journal) -> None:
    """Where the data keys are locked away, somebody signs for this one command. Raises CommandError."""
    if journal.vault.locked:
        print_line(translate("cli", "数据锁着：请签名"))
        _signed(_once(Operators(journal), asked(translate("cli", "编号"), hidden=False)))


def asked(what: str, *, hidden: bool = True) -> str:
    """One line from the terminal, or from a script."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    return (getpass.getpass(f"{what}: ") if hidden else input(f"{what}: ")).strip()


@contextmanager
def _operators(arguments: argparse.Namespace) -> Iterator[tuple[Journal, Operators]]:
    """Of the journal of this folder, with what goes wrong in words."""
    with storage_words(), Journal.open(arguments.data, now=lambda: datetime.now(UTC)) as journal:
        try:
            yield journal, Operators(journal)
        except OperatorError as error:
            raise CommandError(operator_words.problem(error.problem, translate), Exit.NEGATIVE) from error


def refuse_without_operators(operators: Operators) -> None:
    """No PIN is right where nobody has one. Raises CommandError."""
    if not operators.any():
        said = translate("cli", "还没有操作员，没有人能签名：先添加一位管理员（station operator add）")
        raise CommandError(said, Exit.NEGATIVE)


def _admin(operators: Operators) -> Who:
    refuse_without_operators(operators)
    number = asked(translate("cli", "管理员编号"), hidden=False)
    who = _signed(_once(operators, number))
    if who.role is not Role.ADMIN:
        raise CommandError(translate("cli", "这一步要管理员"), Exit.NEGATIVE)
    return who


def _once(operators: Operators, number: str) -> SignIn:
    return operators.sign_in(number, asked(translate("cli", "密码")), what=Audited.SIGNED_ONCE)


def _signed(found: SignIn) -> Who:
    if found.operator is None:
        refusal = found.refusal or Refusal.WRONG
        raise CommandError(operator_words.refusal(refusal, found.wait_s, translate), Exit.NEGATIVE)
    return found.operator.who


def _asked_twice(what: str) -> str:
    first = asked(what)
    if sys.stdin.isatty() and first != asked(translate("cli", "再输一遍")):
        raise CommandError(translate("cli", "两遍不一样，什么也没改"), Exit.WRONG_USE)
    return first


def _show_recovery(journal: Journal, by: Who) -> None:
    key = new_key(journal, by=by, now=datetime.now(UTC))
    print_line(translate("cli", "恢复码，只显示这一次，请抄下锁好：{}").format(key))
