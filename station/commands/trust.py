"""`station trust import`, `list` and `restore`: what codes are judged by, replaced without a release."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from station.changes_on_record import list_changed
from station.codes.lists import BroughtList
from station.codes.trust import TrustList
from station.codes.trustlists import TrustError
from station.commands.listwords import say
from station.commands.on_record import on_record
from station.commands.result import CommandError, Exit, print_error, print_json, print_line
from station.commands.words import found_or_said, translate
from station.journal.connection import FILE_NAME
from station.journal.durable import is_there
from station.journal.errors import JournalError, VaultError
from station.trustfolder import StoredList, TrustFolder, list_id, read_published

# A list dated later than this has a wrong date, or the PC has; and it would keep all newer ones out.
_CLOCKS_DIFFER = timedelta(days=1)


def import_list(arguments: argparse.Namespace) -> Exit:
    """Bring a list into force, or refuse it and change nothing. Exit 1 if it is refused."""
    now, folder = datetime.now(UTC), TrustFolder(arguments.data)
    if not arguments.file.is_file():
        raise CommandError(translate("cli", "文件打不开：{}").format(arguments.file))
    try:
        new = read_published(arguments.file, issuer=arguments.issuer, as_of=arguments.date or now)
        brought = new.read()
    except TrustError as error:
        raise _refused(say(error)) from error
    _check_date(brought, folder, now, older_is_meant=arguments.older)
    source = arguments.source or new.source
    folder.put(list_id(brought), msgspec.structs.replace(new, source=source, stored_at=now))
    _put_on_record(arguments.data, list_id(brought))
    _show_imported(brought)
    return Exit.DONE


def show_lists(arguments: argparse.Namespace) -> Exit:
    """The lists in force, with their age. Exit 1 if there is none, or one cannot be used."""
    folder, now = TrustFolder(arguments.data), datetime.now(UTC)
    usable = [_show_list(folder, id, now, as_json=arguments.json) for id in folder.ids()]
    return Exit.DONE if found_or_said(usable) is Exit.DONE and all(usable) else Exit.NEGATIVE


def restore(arguments: argparse.Namespace) -> Exit:
    """Put the former list back into force; the present one becomes the former. Exit 1 if there is none."""
    folder, id = TrustFolder(arguments.data), arguments.id
    try:
        former = folder.former(id) if id in folder.ids() else None
        if former is None:
            raise CommandError(translate("cli", "没有旧名单：{}").format(id), Exit.NEGATIVE)
        brought = former.read()
    except TrustError as error:
        raise _refused(say(error)) from error
    folder.put(id, former)
    _put_on_record(arguments.data, id)
    _show_imported(brought)
    return Exit.DONE


def _put_on_record(data: Path, id: str) -> None:
    """Before a journal was ever begun there is no record: the first start finds the list and tells it."""
    folder = TrustFolder(data)
    if not is_there(data / FILE_NAME):
        return
    try:
        on_record(data, list_changed(folder, id, folder.marks()[id]))
    except (JournalError, VaultError) as error:
        print_error(translate("cli", "名单换好了，但没能记进审计：{}").format(error))


def _refused(reason: str) -> CommandError:
    return CommandError(translate("cli", "名单没有换：{}").format(reason), Exit.NEGATIVE)


def _check_date(brought: BroughtList, folder: TrustFolder, now: datetime, *, older_is_meant: bool) -> None:
    """An old list would trust a key again that was withdrawn since, and a code that was revoked."""
    if brought.as_of > now + _CLOCKS_DIFFER:
        raise _refused(
            translate("cli", "名单的日期在以后（{}），请先看电脑的时间").format(_day(brought.as_of))
        )
    same = [held for held in folder.usable() if (held.kind, held.name) == (brought.kind, brought.name)]
    newest = max((held.as_of for held in same), default=brought.as_of)
    if brought.as_of < newest and not older_is_meant:
        raise _refused(
            translate("cli", "它比在用的旧（{} 早于 {}）").format(_day(brought.as_of), _day(newest))
        )


def _show_imported(brought: BroughtList) -> None:
    words = translate("cli", "{}：{} 项，{} 的名单，从下次启动起用")
    print_line(words.format(list_id(brought), brought.size, _day(brought.as_of)))
    unreadable = brought.content.unreadable if isinstance(brought.content, TrustList) else ()
    for key in unreadable:
        print_error(translate("cli", "用不了的钥匙：{}").format(say(key)))


def _show_list(folder: TrustFolder, id: str, now: datetime, *, as_json: bool) -> bool:
    """Whether the list can be used."""
    try:
        stored, former = folder.in_force(id), folder.former(id)
        entries, age = stored.read().size, (now - stored.as_of).days
    except TrustError as error:
        line = translate("cli", "{}：用不了（{}）").format(id, say(error))
        _show({"id": id, "error": str(error)}, line, as_json=as_json)
        return False
    words = translate("cli", "{}：{} 项，{}（{} 天前），来自 {}")
    line = words.format(id, entries, _day(stored.as_of), age, stored.source)
    fields = {"id": id, "entries": entries, "age_days": age, **_fields(stored, former)}
    _show(fields, line, as_json=as_json)
    return True


def _fields(stored: StoredList, former: StoredList | None) -> dict[str, Any]:
    return {
        "kind": stored.kind,
        "as_of": stored.as_of.isoformat(),
        "issuer": stored.issuer,
        "source": stored.source,
        "stored_at": stored.stored_at.isoformat(),
        "former_as_of": former and former.as_of.isoformat(),
    }


def _show(fields: dict[str, Any], line: str, *, as_json: bool) -> None:
    if as_json:
        print_json(fields)
    else:
        print_line(line)


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"
