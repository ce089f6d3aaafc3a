"""`center retention show|run|verify`: what is personal and over, erasing it, whether a receipt is ours."""

from __future__ import annotations

import argparse
from datetime import datetime

from center.commands.place import now_ms, open_place
from center.console.retention_words import HELD, kind
from center.erasing import ReceiptError, check, opener
from center.result import CommandError, Exit, Say, print_json, print_line
from center.store.console_audit import Note
from center.store.keeping import Days, Plan, Ran

_BY = "center retention"  # who, in the audit and among the runs


def show(arguments: argparse.Namespace, say: Say) -> Exit:
    """What would go now and soon, what is kept longer and why, what went last. Changes nothing."""
    with open_place(arguments, say) as place:
        keeping, now = place.store.keeping, now_ms()
        days, plan, next_ms, runs = keeping.days(), keeping.plan(now), keeping.next_ms(now), keeping.runs(1)
    if arguments.json:
        counts = {"due": plan.due, "soon": plan.soon, "held": plan.held}
        print_json(
            {"days": days.personal, "audit_days": days.audit, "next_ms": next_ms}
            | {name: {one.value: number for one, number in some.items()} for name, some in counts.items()}
        )
    else:
        _print(days, plan, next_ms, runs, say)
    return Exit.DONE


def run(arguments: argparse.Namespace, say: Say) -> Exit:
    """Erase what is due, now; a center that runs does so once a day by itself."""
    with open_place(arguments, say) as place:
        note = Note(now_ms(), _BY, "清除了到期的数据")
        ran = place.store.keeping.run(note.at_ms, note, opener=opener(place.keys))
    if arguments.json:
        print_json({"erased": dict(ran.counts)})
    else:
        _print_counts(ran, say)
        print_line(say("清除了 {} 条").format(sum(ran.counts.values())))
    return Exit.DONE


def verify(arguments: argparse.Namespace, say: Say) -> Exit:
    """Whether this center signed a receipt. Exit 1 if not."""
    try:
        text = arguments.file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(say("文件读写不了：{}").format(error)) from error
    with open_place(arguments, say) as place:
        key = place.keys.public_key
    try:
        receipt = check(text, key)
    except ReceiptError as error:
        if arguments.json:
            print_json({"ok": False, "why": str(error)})
        else:
            print_line(say("这张回执被改过，或者不是这个中心的"))
        return Exit.NEGATIVE
    if arguments.json:
        print_json({"ok": True, "number": receipt.number, "at_ms": receipt.at_ms, "kinds": receipt.kinds})
    else:
        print_line(say("是真的：第 {} 号，{}").format(receipt.number, _minute(receipt.at_ms)))
    return Exit.DONE


def _print(days: Days, plan: Plan, next_ms: int | None, runs: list[Ran], say: Say) -> None:
    print_line(say("个人数据，事情结束以后留 {} 天；操作记录留 {} 天").format(days.personal, days.audit))
    for words, counts in ((say("已经到期"), plan.due), (say("七天里到期"), plan.soon)):
        for one, number in counts.items():
            print_line(f"  {words}: {say(kind(one))} {number}")
    for one, number in plan.held.items():
        why, _ = HELD.get(one, ("", ""))
        print_line(f"  {say('到期了，先留着')}: {say(kind(one))} {number} ({say(why)})")
    if next_ms is None:
        print_line(say("电脑的时间跳过了好多天，没有自动清除；时间对的话，运行 center retention run"))
    else:
        print_line(say("下次自动清除：{}").format(_minute(next_ms)))
    for ran in runs:
        print_line(say("上次清除：{}").format(_minute(ran.at_ms)))
        _print_counts(ran, say)


def _print_counts(ran: Ran, say: Say) -> None:
    for name, number in ran.counts.items():
        if number:
            print_line(f"  {say(kind(name))} {number}")


def _minute(ms: int) -> str:
    return f"{datetime.fromtimestamp(ms / 1000).astimezone():%Y-%m-%d %H:%M}"
