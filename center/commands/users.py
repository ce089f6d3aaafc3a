"""`center user`: who may use the console. The first admin can come only from here."""

from __future__ import annotations

import argparse
import getpass
import sys

from center.commands.place import Place, may_begin, now_ms, open_place
from center.console import passwords
from center.console.page import ComplaintError
from center.console.rights import ROLE_WORDS, Role
from center.console.users import checked_name
from center.result import CommandError, Exit, Say, found_or_said, print_json, print_line
from center.scope import EVERYWHERE, BranchError, read_branch
from center.store.console_audit import Note
from center.store.users import Grant, NameTakenError

WHO = "center user"  # in the audit: whoever sits at the center's own computer


def add(arguments: argparse.Namespace, say: Say) -> Exit:
    """Somebody new, with a password that is typed on the terminal, or made and shown once."""
    name, grant = _name(arguments, say), Grant(_branch(arguments, say), arguments.role)
    with open_place(arguments, say, begins=may_begin(arguments)) as place:
        if place.store.users.get(name):
            raise _taken(name, say)
        typed = "" if arguments.one_time else _typed(name, say)
        password = typed or passwords.one_time()
        note = Note(now_ms(), WHO, "加了用户", grant.branch, name)
        try:
            place.store.users.add(
                name,
                shown=arguments.shown or name,
                password=passwords.kept(password),
                grants=[grant],
                now_ms=now_ms(),
                must_change=not typed,
                note=note,
            )
        except NameTakenError as error:
            raise _taken(name, say) from error
    _tell(arguments, name, "" if typed else password, say)
    return Exit.DONE


def reset(arguments: argparse.Namespace, say: Say) -> Exit:
    """A new one-time password, for who forgot theirs; they can sign in again if they were disabled."""
    name = _name(arguments, say)
    password = passwords.one_time()
    with open_place(arguments, say) as place:
        _refuse_unknown(place, name, say)
        note = Note(now_ms(), WHO, "重设了密码", "", name)
        place.store.users.set_password(name, passwords.kept(password), must_change=True, note=note)
        place.store.users.disable(name, None)
    _tell(arguments, name, password, say)
    return Exit.DONE


def list_all(arguments: argparse.Namespace, say: Say) -> Exit:
    """Exit 1 if there is nobody."""
    with open_place(arguments, say) as place:
        users = place.store.users.all(EVERYWHERE)
    for user in users:
        disabled = user.disabled_ms is not None
        if arguments.json:
            roles = {grant.branch: grant.role for grant in user.grants}
            print_json({"name": user.name, "shown": user.shown, "roles": roles, "disabled": disabled})
        else:
            words = [f"{say(ROLE_WORDS[Role(one.role)])} {one.branch or '/'}" for one in user.grants]
            print_line("  ".join([user.name, user.shown, *words, *([say("停用了")] if disabled else [])]))
    return found_or_said(users, say)


def _name(arguments: argparse.Namespace, say: Say) -> str:
    try:
        return checked_name(arguments.name.strip())
    except ComplaintError as complaint:
        words = say("登录名要 2 到 40 个字：汉字、小写字母、数字、点、横线")
        raise CommandError(words, Exit.WRONG_USE) from complaint


def _branch(arguments: argparse.Namespace, say: Say) -> str:
    try:
        return read_branch(arguments.branch)
    except BranchError as error:
        raise CommandError(say("所属写成这样：区/街道/村/网格"), Exit.WRONG_USE) from error


def _typed(name: str, say: Say) -> str:
    """What is typed twice on the terminal; empty: one is to be made."""
    if not sys.stdin.isatty():
        return ""
    password = getpass.getpass(say("密码（直接按回车，就由电脑出一个）："))
    if not password:
        return ""
    if problem := passwords.problem(password, name):
        raise CommandError(say(problem), Exit.WRONG_USE)
    if getpass.getpass(say("再输一次：")) != password:
        raise CommandError(say("两次输入的不一样"), Exit.WRONG_USE)
    return password


def _refuse_unknown(place: Place, name: str, say: Say) -> None:
    if place.store.users.get(name) is None:
        raise CommandError(say("没有这个用户：{}").format(name), Exit.NEGATIVE)


def _taken(name: str, say: Say) -> CommandError:
    return CommandError(say("这个登录名已经有了：{}").format(name), Exit.NEGATIVE)


def _tell(arguments: argparse.Namespace, name: str, password: str, say: Say) -> None:
    if arguments.json:
        print_json({"name": name, "password": password or None})
        return
    print_line(say("用户 {} 好了，用浏览器打开中心的地址就能登录").format(name))
    if password:
        print_line(say("一次性密码（只显示这一次，登录后要换）：{}").format(password))
