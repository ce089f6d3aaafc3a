"""`station export`: the daily log as a file, and whether such a file is genuine."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from station.commands.operator import allow_in_clear, open_keys
from station.commands.progress import showing
from station.commands.result import CommandError, Exit, print_json, print_line
from station.commands.speech import speaking
from station.commands.storage import local_zone, storage_words
from station.commands.words import in_english, translate
from station.core.audit import Event
from station.core.model import Severity
from station.core.operators import NOBODY
from station.exporting import (
    Exported,
    ExportError,
    Format,
    Order,
    TooManyRowsError,
    export,
    exported,
    format_of,
)
from station.journal import incarnation
from station.journal.audit import put_on_record
from station.journal.audit_notes import collect, leave
from station.journal.connection import open_reader
from station.journal.entries import Journal
from station.journal.errors import JournalError, VaultError
from station.journal.vault import Vault, open_vault
from station.log_words import LogWords
from station.reports.log_table import Filter
from station.settings import SettingsError, load_settings
from station.ui import export_words

if TYPE_CHECKING:
    from station.export_check import Checked, Finding


def run(arguments: argparse.Namespace) -> Exit:
    """Export, or with `verify FILE` check. Exit 1 for a file that is not as it was."""
    if arguments.action:
        word, *files = arguments.action
        if word != "verify" or len(files) != 1:
            raise CommandError(translate("cli", "请写：station export verify 文件"), Exit.WRONG_USE)
        return _verify(arguments, Path(files[0]))
    if arguments.to is None:
        raise CommandError(translate("cli", "请用 --to 写明存到哪个文件（.csv .xlsx .pdf）"), Exit.WRONG_USE)
    if arguments.until and arguments.until < (arguments.day or datetime.now(local_zone()).date()):
        raise CommandError(translate("cli", "--until 在 --day 以前：没有导出"), Exit.WRONG_USE)
    with _letters(arguments.to), speaking():
        return _export(arguments)


def _export(arguments: argparse.Namespace) -> Exit:
    zone = local_zone()
    first = arguments.day or datetime.now(zone).date()
    order = Order(
        first,
        arguments.until or first,
        zone,
        _gate(arguments.data),
        "en" if in_english() else "zh",
        _chosen(arguments),
        masked=not arguments.names,
        password=_password() if arguments.encrypt else "",
    )
    target = arguments.to
    if order.password and target.suffix.lower() != ".zip":
        target = target.with_name(f"{target.name}.zip")
    with storage_words():
        open_reader(arguments.data).close()  # no journal at all is told before its missing key
    with _on_record(arguments, order) as (vault, record), storage_words():
        try:
            made = _write(arguments.data, vault, order, target, record)
        except TooManyRowsError as error:
            said = translate("cli", "超过两万条，打印不下：请改存 .csv 或 .xlsx，或者少选几天")
            raise CommandError(said, Exit.WRONG_USE) from error
        except ExportError as error:
            raise CommandError(translate("cli", "没有导出：{}").format(error), Exit.WRONG_USE) from error
        except OSError as error:
            said = translate("cli", "没有导出，文件写不进去：{}。请换个地方，或者腾出空间")
            raise CommandError(said.format(error.strerror or error)) from error
    if arguments.json:
        claims = made.claims
        print_json(
            {"file": str(made.path), "rows": claims.rows, "first": claims.first, "last": claims.last}
            | {"counts": claims.counts, "head": claims.head, "masked": claims.masked, "pruned": made.pruned}
        )
    else:
        print_line(translate("cli", "导出了 {} 条：{}").format(made.claims.rows, made.path))
        if made.pruned:
            print_line(export_words.pruned(made.pruned))
    return Exit.DONE


def _write(
    data: Path, vault: Vault, order: Order, target: Path, record: Callable[[Exported], None]
) -> Exported:
    with showing(translate("cli", "正在导出")) as told:
        now = datetime.now(UTC)
        return export(data, vault, order, target, LogWords(), now=now, progress=told, record=record)


@contextmanager
def _on_record(
    arguments: argparse.Namespace, order: Order
) -> Iterator[tuple[Vault, Callable[[Exported], None]]]:
    """What puts the export on record. Names in clear need that, two people and a reason; see `operator`.

    Of a masked export the journal is opened once more at the end: so long its memory is free for the rows,
    and the gate may open. While the gate runs it alone writes its journal: then a note tells it.
    """
    data, reason = arguments.data, arguments.reason
    with ExitStack() as opened:
        try:
            journal = opened.enter_context(_writing(data))
        except (JournalError, VaultError) as error:
            if not order.masked:
                said = translate("cli", "要写进审计才能导出全名，可是登记本被占着：请先关掉大门的窗口（{}）")
                raise CommandError(said.format(error)) from error
            with storage_words():
                vault = open_vault(data, create=False)
        else:
            collect(data, journal, datetime.now(UTC))
            who = NOBODY if order.masked else allow_in_clear(journal, reason)
            open_keys(journal)
            vault = journal.vault
            if not order.masked:
                yield (
                    vault,
                    lambda made: put_on_record(
                        journal, exported(order, made, who, reason), datetime.now(UTC)
                    ),
                )
                return
        opened.close()
        yield vault, lambda made: _record(data, vault, exported(order, made, NOBODY, reason))


def _record(data: Path, vault: Vault, event: Event) -> None:
    """In the journal, or if that does not open, for the gate to put there. Raises JournalError."""
    now = datetime.now(UTC)
    try:
        journal = _writing(data)
    except (JournalError, VaultError):
        leave(data, vault, event, now)
        return
    with journal:
        put_on_record(journal, event, now)


def _writing(data: Path) -> Journal:
    return Journal.open(data, now=lambda: datetime.now(UTC))


def _verify(arguments: argparse.Namespace, path: Path) -> Exit:
    from station.export_check import check_file  # what reads workbooks: an export needs none
    from station.export_reading import PasswordError

    with storage_words(), speaking():
        with closing(open_reader(arguments.data)) as connection:
            keys = [one.public_key for one in incarnation.every(connection).values()]
        try:
            check = partial(check_file, path, arguments.data, local_zone(), lambda language: LogWords(), keys)
            checked = check(_password_of(path) if path.suffix.lower() == ".zip" else "")
        except PasswordError as error:
            raise CommandError(translate("cli", "密码不对，文件没打开"), Exit.NEGATIVE) from error
        except OSError as error:
            raise CommandError(
                translate("cli", "文件读不出来：{}").format(error.strerror or error)
            ) from error
        _tell(checked, as_json=arguments.json)
    return Exit.DONE if checked.ok else Exit.NEGATIVE


def _tell(checked: Checked, *, as_json: bool) -> None:
    if as_json:
        findings = [
            {"what": one.what.value}
            | ({"number": one.number} if one.number else {})
            | ({"column": one.column} if one.column else {})
            for one in checked.findings
        ]
        print_json(
            {
                "ok": checked.ok,
                "rows": checked.claims and checked.claims.rows,
                "findings": findings,
                "printed_text_compared": not checked.on_paper,
                "rows_still_in_journal": not checked.gone,
            }
        )
        return
    for finding in checked.findings:
        print_line(_said(finding))
    if checked.ok and checked.claims:
        rows = checked.claims.rows
        print_line(export_words.agrees(rows, on_paper=checked.on_paper, gone=checked.gone))


def _said(finding: Finding) -> str:
    column = LogWords().header(finding.column) if finding.column else ""
    return export_words.finding(finding.what, finding.number, column)


def _gate(data: Path) -> str:
    try:
        return load_settings(data).gate
    except SettingsError as error:
        raise CommandError(str(error)) from error


def _chosen(arguments: argparse.Namespace) -> Filter:
    words = {severity.word: severity for severity in Severity}
    try:
        verdicts = frozenset(words[word] for word in arguments.only)
    except KeyError as error:
        raise CommandError(
            translate("cli", "--only 只认 pass、recheck、stop，不认 {}").format(error), Exit.WRONG_USE
        ) from error
    return Filter(
        verdicts, frozenset(arguments.category), arguments.house or "", frozenset(arguments.instrument)
    )


def _password() -> str:
    """Asked twice on a terminal; a script gives it in one line."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass(translate("cli", "文件的密码："))
    if not first or first != getpass.getpass(translate("cli", "再输一遍：")):
        raise CommandError(translate("cli", "两遍不一样，没有导出"), Exit.WRONG_USE)
    return first


def _password_of(path: Path) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    return getpass.getpass(translate("cli", "{} 的密码：").format(path.name))


@contextmanager
def _letters(target: Path) -> Iterator[None]:
    """Paper needs an application with fonts; the other formats do not."""
    try:
        on_paper = format_of(target) is Format.PDF
    except ExportError:
        on_paper = False  # said by the export itself
    if not on_paper:
        yield
        return
    from station.commands.paper import letters  # Qt, which the other formats do without

    with letters():
        yield
