"""`station retention show|run|verify`: what is personal and old, erasing it, whether a receipt is ours."""

from __future__ import annotations

import argparse
from contextlib import closing
from datetime import UTC, datetime, timedelta

from station.commands.journal import local_zone, storage_words
from station.commands.result import CommandError, Exit, print_json, print_line
from station.commands.words import translate
from station.core.outcome import StorageProblem
from station.journal import incarnation, receipts, retention
from station.journal.connection import open_reader
from station.journal.entries import Journal
from station.journal.errors import JournalError
from station.journal.receipts import ReceiptError
from station.journal.retention import Eraser, Plan, Ran
from station.retention_watch import is_held
from station.settings import SettingsError, load_settings
from station.ui import retention_words


def show(arguments: argparse.Namespace) -> Exit:
    """What would go now, by day and kind, and what is kept longer and why. Changes nothing."""
    now, days = datetime.now(UTC), _days(arguments)
    with storage_words(), closing(open_reader(arguments.data)) as connection:
        plan = retention.plan(connection, now - timedelta(days=days), local_zone())
        ran = retention.last_run(connection)
    if arguments.json:
        _print_json(plan, ran, days, now)
    else:
        _print(plan, ran, days, now)
    return Exit.DONE


def run(arguments: argparse.Namespace) -> Exit:
    """Erase it now. A gate at work has the journal, and does it by itself once a day.

    Nothing goes while the clock may be wrong (`is_held`), until somebody says that it is right.
    """
    now, days = datetime.now(UTC), _days(arguments)
    with storage_words():
        open_reader(arguments.data).close()  # no journal is begun by erasing
        try:
            with Journal.open(arguments.data, now=lambda: datetime.now(UTC)) as journal:
                if is_held(retention.last_run(journal.connection), now) and not arguments.clock_is_right:
                    raise _held(now)
                eraser = Eraser(journal, now - timedelta(days=days), now)
                eraser.run()
        except JournalError as error:
            if error.problem is not StorageProblem.LOCKED:
                raise
            raise CommandError(
                translate("cli", "大门正开着，它每天自己清理；要马上清，在“管理 → 数据保留”里按")
            ) from error
    counts = {kind.value: count for kind, count in eraser.erased.items() if count}
    if arguments.json:
        print_json({"erased": counts})
    else:
        for kind, count in counts.items():
            print_line(f"  {retention_words.kind(kind, translate)}: {count}")
        print_line(translate("cli", "清理了 {} 条").format(sum(counts.values())))
    return Exit.DONE


def _held(now: datetime) -> CommandError:
    said = translate(
        "cli", "离上次清理隔了好多天，什么也没删：先看电脑时间对不对（{}），对就加上 --clock-is-right 再来"
    )
    return CommandError(said.format(f"{now.astimezone(local_zone()):%Y-%m-%d %H:%M}"), Exit.NEGATIVE)


def verify(arguments: argparse.Namespace) -> Exit:
    """Whether a receipt was signed here, and says what it said. Exit 1 if not."""
    try:
        text = arguments.file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(translate("cli", "文件读不出来：{}").format(error)) from error
    with storage_words(), closing(open_reader(arguments.data)) as connection:
        keys = {one.public_key for one in incarnation.every(connection).values()}
    try:
        receipt = receipts.check(text, keys)
    except ReceiptError as error:
        if arguments.json:
            print_json({"ok": False, "why": str(error)})
        else:
            print_line(translate("cli", "这张回执被改过，或者不是这台卡口的"))
        return Exit.NEGATIVE
    if arguments.json:
        print_json({"ok": True, "number": receipt.number, "day": receipt.day, "kinds": receipt.kinds})
    else:
        print_line(translate("cli", "是真的：第 {} 号，{}").format(receipt.number, receipt.day))
    return Exit.DONE


def _days(arguments: argparse.Namespace) -> int:
    try:
        return load_settings(arguments.data).keep_days
    except SettingsError as error:
        raise CommandError(str(error)) from error


def _print(plan: Plan, ran: Ran | None, days: int, now: datetime) -> None:
    print_line(translate("cli", "个人信息保留 {} 天").format(days))
    for one in plan.due:
        day = f"{one.day:%Y-%m-%d}" if one.day else translate("cli", "不分日子")
        print_line(f"  {day}  {retention_words.kind(one.kind.value, translate)}: {one.count}")
    print_line(translate("cli", "到期 {} 条").format(sum(plan.counts.values())))
    if plan.not_acked or plan.not_archived:
        said = translate("cli", "到期了、先留着：{} 条中心还没收到，{} 条中心还没备份（最早 {}）")
        print_line(said.format(plan.not_acked, plan.not_archived, plan.kept_since))
    if is_held(ran, now):
        print_line(translate("cli", "电脑时间跳过了好多天，没有自动清理；时间对的话请按一次“现在就清理”"))
    elif ran and ran.finished:
        print_line(translate("cli", "上次清理：{}").format(f"{ran.at.astimezone(local_zone()):%m-%d %H:%M}"))
    print_line(retention_words.exports(translate))


def _print_json(plan: Plan, ran: Ran | None, days: int, now: datetime) -> None:
    due = [
        {"kind": one.kind.value, "count": one.count} | ({"day": one.day.isoformat()} if one.day else {})
        for one in plan.due
    ]
    print_json(
        {
            "keep_days": days,
            "before": plan.before.isoformat(timespec="seconds"),
            "due": due,
            "not_acked": plan.not_acked,
            "not_archived": plan.not_archived,
            "kept_since": plan.kept_since and plan.kept_since.isoformat(),
            "last_run": ran.at.isoformat(timespec="seconds") if ran and ran.finished else None,
            "held": is_held(ran, now),
        }
    )
