"""The arguments of what is on record: `entries`, `export`, `report`, `trace`, `backup`, `journal` …"""

from __future__ import annotations

from pathlib import Path

from station.cli_parsers import add, add_group
from station.cli_times import day, entry_number, minutes, moment, whole
from station.command_parser import CommandParser, Parsers
from station.roster.words import CATEGORIES

_TODAY = "哪一天，比如 2022-04-15，不写就是今天"
_REASON = "看姓名的原因，记入操作记录"


def add_journal(commands: Parsers) -> None:
    entries = add(commands, "entries", "journal:entries", "一天的通行记录")
    entries.add_argument("--day", type=day, metavar="D", help=_TODAY)
    _add_export(commands)
    _add_figures(commands)
    _add_keeping(commands)
    journal = add_group(commands, "journal", "记录本身：核对、修复")
    add(journal, "check", "salvage:check", "核对记录有没有被改、缺不缺")
    accepting = add(journal, "accept", "seal:accept", "别的程序改过的名单，认下来")
    accepting.add_argument("--reason", required=True, metavar="TEXT", help="为什么认下来")
    salvaging = add(journal, "salvage", "salvage:salvage", "记录坏了：把还验得过的抄出来")
    salvaging.add_argument(
        "--to", type=Path, required=True, metavar="FOLDER", help="抄到哪里，要一个新文件夹"
    )


def _add_keeping(commands: Parsers) -> None:
    keeping = add_group(commands, "retention", "到期的个人数据")
    add(keeping, "show", "retention:show", "现在会清除什么，什么先留着，为什么")
    running = add(keeping, "run", "retention:run", "现在就清除；开着的大门每天自己清")
    running.add_argument("--clock-is-right", action="store_true", help="离上次好几周了，但电脑的时间没错")
    _add_erasure(add(keeping, "erase", "erase:erase_person", "删掉一个人的全部数据，要两个人签字"))
    verifying = add(keeping, "verify", "retention:verify", "验删除的回执是真是假")
    verifying.add_argument("file", type=Path, metavar="FILE", help="回执的文字文件")
    backup = add(commands, "backup", "backup:back_up", "全部备份成一个加密的文件")
    backup.add_argument("--to", type=Path, required=True, metavar="FILE", help="备份写到哪里")
    restoring = add(commands, "restore", "backup:bring_back", "从备份恢复，恢复到空文件夹")
    restoring.add_argument("file", type=Path, metavar="FILE", help="备份文件")


def _add_erasure(erasing: CommandParser) -> None:
    erasing.add_argument("--keep-mentions", action="store_true", help="别人写的字里提到的，不删")
    erasing.add_argument("--name", required=True, help="姓名")
    erasing.add_argument("--house", required=True, metavar="HOUSE", help="房号，照名单上的写，比如 3-2-501")
    erasing.add_argument("--reason", required=True, metavar="TEXT", help="为什么删")
    erasing.add_argument("--to", type=Path, required=True, metavar="FILE", help="回执写到哪里，以 .txt 结尾")


def _add_figures(commands: Parsers) -> None:
    report = add(commands, "report", "figures:report", "一天的统计")
    report.add_argument("--day", type=day, metavar="D", help=_TODAY)
    trace = add(commands, "trace", "figures:trace", "谁和这个人、这条记录、这个时间挨得近")
    around = trace.add_mutually_exclusive_group(required=True)
    around.add_argument("--person", metavar="ID", help="人员编号，照 station entries --json 显示的写")
    around.add_argument("--entry", type=entry_number, metavar="NUMBER", help="通行记录的编号")
    around.add_argument("--at", type=moment, metavar="TIME", help="时间，ISO 8601，不写时区算 UTC")
    trace.add_argument("--minutes", type=minutes, default=15, metavar="N", help="前后多少分钟，不写就是 15")
    trace.add_argument(
        "--days", type=whole(1, 36_500), default=14, metavar="N", help="查人时往回多少天，不写就是 14"
    )
    trace.add_argument("--way", choices=("in", "out"), help="in 进，out 出，不写就都查")
    trace.add_argument("--to", type=Path, metavar="FILE", help="另存成表格，以 .xlsx 或 .csv 结尾")
    trace.add_argument("--names", action="store_true", help="显示全名，不写就遮住一部分")
    trace.add_argument("--reason", default="", metavar="TEXT", help=_REASON)


def _add_export(commands: Parsers) -> None:
    export = add(commands, "export", "export:run", "导出每日记录；verify FILE 验导出的文件")
    export.add_argument("action", nargs="*", metavar="verify FILE", help="验一个导出的文件")
    export.add_argument("--day", type=day, metavar="D", help=_TODAY)
    export.add_argument("--until", type=day, metavar="D", help="导出好几天时，最后一天")
    export.add_argument("--to", type=Path, metavar="FILE", help="导出到哪里，以 .csv、.xlsx 或 .pdf 结尾")
    export.add_argument(
        "--only", action="append", default=[], metavar="WORD", help="只要 pass 通行、recheck 复核或 stop 禁止"
    )
    export.add_argument(
        "--category", action="append", default=[], choices=CATEGORIES, help="只要这类人，可以多写几次"
    )
    export.add_argument("--house", metavar="H", help="只要这一户，比如 3-2-501，或者只写开头")
    export.add_argument(
        "--instrument", action="append", default=[], metavar="NAME", help="只要这台测温仪量的，可以多写几次"
    )
    export.add_argument("--names", action="store_true", help="显示全名，不写就遮住一部分")
    export.add_argument("--reason", default="", metavar="TEXT", help=_REASON)
    export.add_argument("--encrypt", action="store_true", help="问一个密码，写成加密的 .zip（AES）")
