"""`station enrol`, `station sync`: the center, from a terminal; beside a gate that runs, through it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from station import center_desk
from station.app import SystemClock
from station.center_alone import Alone, alone
from station.center_desk import NOT_ENROLLED, NotEnrolledError, granted
from station.commands import sync_words
from station.commands.journal import storage_words
from station.commands.key import admin_signed
from station.commands.result import CommandError, Exit, print_json, print_line
from station.commands.words import translate
from station.core.contact import Trouble
from station.core.operators import NOBODY
from station.core.outcome import StorageProblem
from station.journal.connection import open_reader
from station.journal.enrolment import Enrolment, forget_enrolment, read_enrolment
from station.journal.entries import Journal
from station.journal.errors import JournalError, NoJournalError, storage_errors
from station.journal.migrations import version as schema_version
from station.journal.operators import Operators
from station.journal.upstream import SINCE_SCHEMA, Status, read_status, reconciliations
from station.journal.vault import open_vault
from station.sync.kkb import StickError
from station.sync.onetime import read_link
from station.sync.reconciling import Compared, compared
from station.sync.wishes import Granted, Wish, wish
from station.ui import center_words
from station.version import version

STATUS_WITHIN_S = 3.0
DAYS_SHOWN = 7  # of reconciliations
NOTHING_KEPT = Status(0, None, None, {}, (), ())


def enrol(arguments: argparse.Namespace) -> Exit:
    """Belong to a center, or say to which one. Exit 1 if it did not come about, or there is none."""
    if arguments.status:
        return _show_enrolment(arguments)
    if arguments.leave:
        return _leave(arguments)
    if not arguments.url or not (arguments.code or read_link(arguments.url)):
        raise CommandError(
            translate("cli", "请写中心的地址和一次性码：station enrol 地址 码"), Exit.WRONG_USE
        )
    asked = Wish("enrol", arguments.url, arguments.code or "")
    said = _through_the_lane(arguments.data, asked, lambda here: granted(here.desk, asked))
    if said.problem:
        raise CommandError(sync_words.not_done(said), Exit.NEGATIVE)
    if arguments.json:
        print_json({"enrolled": True, "name": said.name})
    else:
        print_line(translate("cli", "登记好了。中心叫这台机器：{}。以后会自己同步。").format(said.name))
    return Exit.DONE


def _leave(arguments: argparse.Namespace) -> Exit:
    """Belong to no center any more: what it said is gone, entries stay. An admin signs."""
    with storage_words(), Journal.open(arguments.data, now=lambda: datetime.now(UTC)) as journal:
        if Operators(journal).any():
            admin = admin_signed(journal).operator
            journal.on_duty = lambda: admin.who if admin else NOBODY
        if read_enrolment(journal.connection, journal.vault) is None:
            raise CommandError(sync_words.not_done(Granted(NOT_ENROLLED)), Exit.NEGATIVE)
        forget_enrolment(journal)
    print_line(translate("cli", "退出中心了：记录都留在本机，以后不再同步，中心发来的名单不再用"))
    return Exit.DONE


def status(arguments: argparse.Namespace) -> Exit:
    """How sync stands. Exit 1 if the station is not enrolled."""
    with storage_words():
        enrolled = _enrolment(arguments.data)
        kept = read_status(arguments.data) if enrolled else NOTHING_KEPT
        compared = _compared(arguments.data) if enrolled else []
    asked = _ask_the_gate(arguments.data, Wish("status"), STATUS_WITHIN_S) if enrolled else None
    if arguments.json:
        print_json(sync_words.status_json(kept, enrolled, asked, compared))
    else:
        for line in sync_words.status_lines(kept, enrolled, asked, datetime.now(UTC)):
            print_line(line)
        for line in sync_words.compared_lines(compared):
            print_line(line)
    return Exit.DONE if enrolled else Exit.NEGATIVE


def now(arguments: argparse.Namespace) -> Exit:
    """Sync now: by the gate that runs, or all of it here. Exit 1 if there was trouble."""
    said = _through_the_lane(arguments.data, Wish("now"), _sync_here)
    if said.problem:
        raise CommandError(sync_words.not_done(said), Exit.NEGATIVE)
    if arguments.json:
        print_json({"link": said.link, "trouble": said.trouble or None, "pending": said.pending})
    elif said.trouble:
        print_line(center_words.trouble(Trouble(said.trouble), translate))
    else:
        print_line(translate("cli", "正在同步，还有 {} 条没送。").format(said.pending))
    return Exit.NEGATIVE if said.trouble else Exit.DONE


def export(arguments: argparse.Namespace) -> Exit:
    """Write what waits to a stick; a gate that runs goes on."""
    try:
        with storage_words():
            done = center_desk.export(
                arguments.data, open_vault(arguments.data, create=False), arguments.file, SystemClock()
            )
    except NotEnrolledError as error:
        raise CommandError(sync_words.not_done(Granted(NOT_ENROLLED)), Exit.NEGATIVE) from error
    except StickError as error:
        raise CommandError(
            sync_words.not_done(Granted(error.problem), stick=True), Exit.ENVIRONMENT
        ) from error
    if arguments.json:
        print_json({"file": str(done.path), "entries": done.entries, "reports": done.reports})
    else:
        print_line(
            translate("cli", "写好了 {} 条记录：{}。现在可以拔 U 盘。").format(done.entries, done.path)
        )
        if done.reports:
            print_line(translate("cli", "呼叫、交接等 {} 件也在里面。").format(done.reports))
    return Exit.DONE


def take(arguments: argparse.Namespace) -> Exit:
    """Take in a stick of the center."""
    asked = Wish("import", file=str(arguments.file.absolute()))
    said = _through_the_lane(arguments.data, asked, lambda here: granted(here.desk, asked))
    if said.problem:
        raise CommandError(sync_words.not_done(said, stick=True), Exit.NEGATIVE)
    if arguments.json:
        print_json({"pages": said.pages, "acks": said.acks})
    elif said.pages:
        print_line(translate("cli", "名单和回执收好了（{} 页）。现在可以拔 U 盘。").format(said.pages))
    else:
        print_line(translate("cli", "这个文件里没有新名单，只收了回执。请拿中心最后写的那个文件。"))
    return Exit.DONE


def _compared(data: Path) -> list[Compared]:
    """The last reconciliations, newest day first. Raises JournalError."""
    with storage_errors(), closing(open_reader(data)) as connection:
        if schema_version(connection) < SINCE_SCHEMA:
            return []
        return [compared(one) for one in reconciliations(connection)[:DAYS_SHOWN]]


def _through_the_lane(data: Path, asked: Wish, do: Callable[[Alone], Granted]) -> Granted:
    """Done here if nobody else has the journal, or else by the gate that has it. Raises CommandError."""
    with storage_words():
        try:
            with alone(data, version()) as here:
                return do(here)
        except JournalError as error:
            if error.problem is not StorageProblem.LOCKED:
                raise
    said = _ask_the_gate(data, asked)
    if said is None:
        raise CommandError(translate("cli", "大门的程序开着，但没有回答。请在大门按 F10，在“中心”里做。"))
    return said


def _ask_the_gate(data: Path, asked: Wish, within_s: float = 60.0) -> Granted | None:
    try:
        return wish(data, asked, within_s=within_s)
    except OSError as error:
        raise CommandError(translate("cli", "数据文件夹不能写：{}").format(error)) from error


def _sync_here(here: Alone) -> Granted:
    try:
        found = here.sync()
    except NotEnrolledError:
        return Granted(NOT_ENROLLED)
    return Granted(link=found.link, trouble=found.trouble or "", pending=found.pending)


def _show_enrolment(arguments: argparse.Namespace) -> Exit:
    with storage_words():
        found = _enrolment(arguments.data)
    if arguments.json:
        print_json(sync_words.enrolment_json(found))
    elif found:
        print_line(translate("cli", "中心 {}，这台机器叫 {}").format(found.url, found.name))
    else:
        print_line(translate("cli", "还没有登记到中心。大门照常用；要登记：station enrol 地址 一次性码"))
    return Exit.DONE if found else Exit.NEGATIVE


def _enrolment(data: Path) -> Enrolment | None:
    """None also where nothing was ever recorded. Raises JournalError, VaultError."""
    try:
        with storage_errors(), closing(open_reader(data)) as connection:
            return read_enrolment(connection, open_vault(data, create=False))
    except NoJournalError:
        return None
