"""`station retention erase`: somebody asks that all of theirs goes. Two people sign; the gate is closed."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from station.commands.journal import local_zone, storage_words
from station.commands.operator import open_keys, signed_by_two
from station.commands.result import CommandError, Exit, print_json, print_line
from station.commands.words import translate
from station.core.audit import Audited, Event
from station.core.operators import Who
from station.journal import receipts
from station.journal.entries import Journal
from station.journal.erasing import StillWaitingError, count_traces, erase, find_traces
from station.journal.mentions import find_mentions
from station.journal.operators import Operators
from station.journal.people import People
from station.journal.person import house_key
from station.reports.passes import PrintError
from station.reports.receipt import write_text
from station.settings import SettingsError, load_settings
from station.ui import retention_words


def erase_person(arguments: argparse.Namespace) -> Exit:
    """Shows what there is, asks two operators for their PINs, erases, writes the receipt."""
    now, zone = datetime.now(UTC), local_zone()
    with storage_words(), Journal.open(arguments.data, now=lambda: datetime.now(UTC)) as journal:
        if not Operators(journal).any():
            said = translate(
                "cli", "先添加操作员：删除个人信息要两个人各按自己的密码（station operator add）"
            )
            raise CommandError(said, Exit.NEGATIVE)
        open_keys(journal)
        person = _find(journal, arguments.name, arguments.house)
        traces = find_traces(journal.connection, journal.vault, person)
        for trace, count in count_traces(journal.connection, traces).items():
            print_line(f"  {retention_words.trace(trace, translate)}: {count}")
        mentions = find_mentions(journal.connection, journal.vault, person)
        for line in retention_words.mentions([(one.kind, one.excerpt) for one in mentions], translate):
            print_line(line)
        first, second = signed_by_two(journal)
        event = Event(Audited.ERASED, first, note=f"+ {second.number}\n{arguments.reason.strip()}")
        try:
            kept = () if arguments.keep_mentions else mentions
            gate = _gate(arguments)
            done = erase(journal, traces, event, now=now, zone=zone, gate=gate, mentions=kept)
        except StillWaitingError as error:
            said = translate("cli", "这个人还在复测名单上：先在大门上量好体温，再来删除")
            raise CommandError(said, Exit.NEGATIVE) from error
    _write(arguments, done.receipt, done.signature, first)
    return Exit.DONE


def _find(journal: Journal, name: str, house: str) -> str:
    """The id of the one person of this name in this house. Raises CommandError."""
    wanted = house_key(journal.vault, house)
    found = [
        one.id
        for one in People(journal).everybody()
        if one.name == name.strip() and house_key(journal.vault, one.dwelling) == wanted
    ]
    if len(found) != 1:
        raise CommandError(
            translate("cli", "名册里这一户没有这个人，或者不止一个，请核对姓名和门牌"), Exit.NEGATIVE
        )
    return found[0]


def _gate(arguments: argparse.Namespace) -> str:
    try:
        return load_settings(arguments.data).gate
    except SettingsError as error:
        raise CommandError(str(error)) from error


def _write(arguments: argparse.Namespace, receipt: receipts.Receipt, signature: bytes, by: Who) -> None:
    lines = retention_words.receipt(receipt, translate)
    title = retention_words.receipt_title(translate)
    try:
        write_text(arguments.to, title, lines, receipts.claim(receipt, signature))
    except PrintError as error:
        said = translate("cli", "已经删除，回执没有写成（{}），请照下面抄下来：{}")
        raise CommandError(said.format(error, receipts.claim(receipt, signature))) from error
    if arguments.json:
        print_json({"receipt": receipt.number, "kinds": receipt.kinds, "by": by.number})
    else:
        print_line(translate("cli", "删除了。回执在 {}，请交给本人").format(arguments.to))
