"""The arguments of `station shift` and `station handover`."""

from __future__ import annotations

from pathlib import Path

from station.cli_parsers import add, add_group
from station.cli_times import day
from station.command_parser import CommandParser, Parsers


def add_duty(commands: Parsers) -> None:
    shift = add_group(commands, "shift", "谁什么时候值班")
    add(shift, "list", "duty:shifts", "从今天起的排班")
    _add_planning(add(shift, "add", "duty:add", "排一个班；先关大门"))
    signing = add(shift, "sign", "duty:sign", "给一个人报名一个班；先关大门")
    signing.add_argument("name", metavar="NAME", help="姓名")
    signing.add_argument("--leave", action="store_true", help="又来不了了")
    for command in (signing, add(shift, "remove", "duty:remove", "取消一个班")):
        command.add_argument("id", metavar="ID", help="照 station shift list 显示的写")
    duties = add(shift, "duties", "duty:duties", "谁值过班，几点到几点")
    sheets = add(commands, "handover", "duty:sheets", "交接班单")
    sheets.add_argument("id", nargs="?", metavar="ID", help="只要这一张，写前几位也行")
    sheets.add_argument("--pdf", type=Path, metavar="FILE", help="写成 PDF")
    for command in (duties, sheets):
        command.add_argument("--day", type=day, metavar="D", help="哪一天，比如 2022-04-15")


def _add_planning(planning: CommandParser) -> None:
    planning.add_argument("day", metavar="DAY", help="哪一天，比如 4-17")
    planning.add_argument("begins", metavar="BEGINS", help="几点开始，比如 7:00")
    planning.add_argument("ends", metavar="ENDS", help="几点结束，比如 19:00")
    planning.add_argument("--needed", type=int, default=1, metavar="N", help="要几个人，不写就是 1")
    planning.add_argument(
        "--days", type=int, default=1, metavar="N", help="连着多少天，每天一个班，不写就是 1"
    )
