"""`station entries`, `station journal check`: what lies on the disk."""

from __future__ import annotations

import argparse
from datetime import date, datetime, tzinfo
from pathlib import Path

from station.commands.progress import showing
from station.commands.result import Exit, print_error, print_json, print_line
from station.commands.storage import local_zone as local_zone
from station.commands.storage import storage_words as storage_words
from station.commands.words import found_or_said, translate
from station.core.entry import StoredEntry, to_json
from station.journal.check import CheckReport, Damage
from station.journal.check import check as check_journal
from station.journal.errors import VaultError
from station.journal.reader import Reader
from station.journal.vault import Vault, open_vault


def entries(arguments: argparse.Namespace) -> Exit:
    """The entries of a day, oldest first. Exit 1 if there is none."""
    zone = local_zone()
    day: date = arguments.day or datetime.now(zone).date()
    with storage_words(), Reader.open(arguments.data) as reader:
        found = list(reader.day(day, zone))
    for stored in found:
        if arguments.json:
            print_json(to_json(stored))
        else:
            print_line(_line(stored, zone))
    return found_or_said(found)


def check(arguments: argparse.Namespace) -> Exit:
    """Verify chain, signatures and counts. Exit 1 if anything is not as it was written."""
    with storage_words():
        vault = _vault(arguments.data)
        with showing(translate("cli", "正在查登记本")) as told:
            report = check_journal(arguments.data, vault, told)
    if arguments.json:
        damages = [_damage_json(damage) for damage in report.damages]
        print_json(
            {
                "ok": report.ok,
                "entries": report.entries,
                "amendments": report.amendments,
                "incarnations": report.incarnations,
                "resealed": report.resealed,
                "audited": report.audited,
                "damages": damages,
            }
        )
    else:
        _print_report(report)
    return Exit.DONE if report.ok else Exit.NEGATIVE


def _vault(data: Path) -> Vault | None:
    """With it the lists are verified too; a key that is gone or locked away takes nothing from the chain."""
    try:
        vault = open_vault(data, create=False)
    except (VaultError, OSError) as error:  # somebody else's files, too
        print_error(translate("cli", "钥匙文件有问题：{}").format(error))
        return None
    if vault.locked:
        print_error(translate("cli", "数据锁着：这次只查了记录，没查名单。有人在大门上签到以后再查一次"))
    return vault


def _line(stored: StoredEntry, zone: tzinfo) -> str:
    entry = stored.entry
    temperature = f"{entry.temperature.value_c:.1f} °C" if entry.temperature else "--.-"
    reasons = " ".join(reason.code for reason in entry.reasons)
    at = entry.at.astimezone(zone).strftime("%H:%M:%S")
    return f"{stored.number:6} {at} {entry.decision.word:8} {temperature:8} {reasons}"


def _damage_json(damage: Damage) -> dict[str, object]:
    """Damage of the file as a whole has no number, and JSON says so by leaving it out."""
    number = {} if damage.number is None else {"number": damage.number}
    return number | {"what": damage.what}


def _print_report(report: CheckReport) -> None:
    print_line(translate("cli", "{} 条记录，其中更正 {} 条").format(report.entries, report.amendments))
    if report.incarnations > 1:
        print_line(
            translate("cli", "编号重新开始过 {} 次，{} 条换了新编号").format(
                report.incarnations - 1, report.resealed
            )
        )
    if report.audited:
        print_line(translate("cli", "审计 {} 条").format(report.audited))
    for damage in report.damages:
        where = (
            translate("cli", "第 {} 条").format(damage.number) if damage.number else translate("cli", "文件")
        )
        print_line(f"{where}: {damage.what}")
    print_line(
        translate("cli", "完好") if report.ok else translate("cli", "有损坏，请不要改动文件，联系管理员")
    )
