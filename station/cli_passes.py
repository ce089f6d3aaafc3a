"""The arguments of `station pass`; what it does is in `station.commands.passes`."""

from __future__ import annotations

from pathlib import Path

from station.cli_parsers import add, add_group
from station.cli_times import day
from station.command_parser import CommandParser, Parsers
from station.core.passes import PassKind


def add_passes(commands: Parsers) -> None:
    passes = add_group(commands, "pass", "出入证")
    issue = add(passes, "issue", "passes:issue", "给一个人发出入证，或者给名单上的一户")
    _add_holder(issue)
    listing = add(passes, "list", "passes:list_passes", "有效的出入证")
    listing.add_argument("--all", action="store_true", help="过期的、作废的也列上")
    printing = add(passes, "print", "passes:print_passes", "出入证写成 PDF")
    printing.add_argument("numbers", nargs="*", metavar="NUMBER", help="出入证编号，不写就是全部有效的")
    printing.add_argument("--to", type=Path, required=True, metavar="FILE", help="PDF 写到哪里")
    papers = ("a4", "card", "a6")
    printing.add_argument("--paper", choices=papers, default="a4", help="纸张，a4 一页十张，不写就是 a4")
    sharing = add(passes, "share", "passes:share", "别的大门验我们的出入证要用的文件")
    sharing.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="写到哪里，比如 U 盘")
    revoke = add(passes, "revoke", "passes:revoke", "作废出入证")
    revoke.add_argument("numbers", nargs="+", metavar="NUMBER", help="出入证编号，写前几位也行")
    again = add(passes, "reissue", "passes:reissue", "丢了补一张，原来的作废")
    again.add_argument("number", metavar="NUMBER", help="出入证编号，写前几位也行")
    for command in (issue, again):
        command.add_argument("--until", type=day, metavar="D", help="最后一天，比如 2022-10-01，不写就是半年")


def _add_holder(issue: CommandParser) -> None:
    issue.add_argument("name", nargs="?", metavar="NAME", help="姓名")
    issue.add_argument("dwelling", nargs="?", metavar="DWELLING", help="房号，比如 3-2-501")
    issue.add_argument("--house", metavar="H", help="这一户每个人：3-2-501；3-2 就是 3-2 里的每个人")
    kinds = [kind.value for kind in PassKind]
    issue.add_argument("--kind", choices=kinds, default=PassKind.RESIDENT.value, help="哪一类，不写就是居民")
    issue.add_argument("--birth", metavar="YYYY[MMDD]", help="出生年月日，大门好核对年纪")
    issue.add_argument("--id-tail", metavar="XXXX", help="身份证号后 4 位，大门好核对")
    issue.add_argument("--guardian", metavar="NAME", help="孩子的监护人")
    issue.add_argument("--issuer", metavar="NAME", help="谁发的，印在证上，不写就是大门的名字")
