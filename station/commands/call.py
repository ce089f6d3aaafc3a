"""`station call`: the whistle and questions to the center from a terminal, through the gate that runs."""

from __future__ import annotations

import argparse

import msgspec

from station.commands.result import CommandError, Exit, print_json, print_line
from station.commands.words import translate
from station.sync.reports import MOST_SAID, MOST_TEXT
from station.sync.wishes import Call, Granted, Wish, wish

WITHIN_S = 10.0


def call(arguments: argparse.Namespace) -> Exit:
    """One verb. Exit 1 if it was not done, or there is nothing to list."""
    text, most = getattr(arguments, "text", ""), MOST_SAID if arguments.verb == "say" else MOST_TEXT
    if len(text) > most:
        raise CommandError(translate("cli", "太长了：最多 {} 个字").format(most), Exit.WRONG_USE)
    asked = Wish(
        "call",
        verb=arguments.verb,
        case=getattr(arguments, "case", ""),
        about=getattr(arguments, "about", "") or "",
        text=text,
    )
    said = _ask(arguments, asked)
    if said.problem:
        raise CommandError(_problem(said.problem), Exit.NEGATIVE)
    if arguments.json:
        print_json({"id": said.name or None, "calls": msgspec.to_builtins(said.calls)})
    else:
        for one in said.calls:
            print_line(_line(one))
        if not said.calls:
            print_line(translate("cli", "没有求助，也没有问题"))
    return Exit.DONE if said.calls or arguments.verb != "list" else Exit.NEGATIVE


def _ask(arguments: argparse.Namespace, asked: Wish) -> Granted:
    try:
        said = wish(arguments.data, asked, within_s=WITHIN_S)
    except OSError as error:
        raise CommandError(translate("cli", "数据文件夹不能写：{}").format(error)) from error
    if said is None:
        raise CommandError(translate("cli", "大门的程序没有开着。急事请打电话。"), Exit.NEGATIVE)
    return said


def _problem(problem: str) -> str:
    if problem == "no_such_call":
        return translate("cli", "没有这个编号，请看 station call list")
    return translate("cli", "求助没有记下来，请打电话")


def _line(one: Call) -> str:
    kind = translate("cli", "求助") if one.kind == "whistle" else translate("cli", "问中心")
    parts = (one.id, kind, one.what, _stage(one), one.about, *one.answers[-1:])
    return "  ".join(part for part in parts if part)


def _stage(one: Call) -> str:
    stages = {
        "sending": translate("cli", "正在发"),
        "not_out": translate("cli", "还没发出去，急事请打电话"),
        "alone": translate("cli", "没有接中心，网上没人知道，请打电话"),
        "out": translate("cli", "中心已收到"),
        "seen": translate("cli", "中心在处理"),
        "going": translate("cli", "{}在路上").format(one.going),
        "arrived": translate("cli", "人到了"),
        "closed": translate("cli", "办完了"),
    }
    return stages.get(one.stage, one.stage)
