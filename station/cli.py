"""The command line, stable for scripts (design section 12): parsing and nothing else.

What the commands do is in `station.commands`, imported only by the command that needs it, so that a terminal
answers at once.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from station.cli_calls import add_calls
from station.cli_codes import add_codes, add_thermometers
from station.cli_duty import add_duty
from station.cli_parsers import add, add_common, add_group
from station.cli_passes import add_passes
from station.cli_people import add_operators, add_people, add_policy
from station.cli_records import add_journal
from station.command_parser import CommandParser, Parsers, spoken
from station.commands.result import CommandError, Exit, keep_stdout_for_json, leave_output, print_error
from station.commands.words import in_english, translate
from station.settings import default_data_folder
from station.version import version

_HEADLESS = "不开窗口，每条记录一行 JSON"
_ELSEWHERE = (
    *("gate", "practice", "doctor", "autostart"),
    *("barrier", "codes", "thermometers", "emulate"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    arguments = parser().parse_args(_with_command(sys.argv[1:] if argv is None else argv))
    arguments.data = arguments.data or default_data_folder()
    keep_stdout_for_json(on=arguments.json)
    logging.basicConfig(
        level=logging.DEBUG if arguments.verbose else logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    for talkative in ("httpx2", "httpcore2"):  # each byte of each request
        logging.getLogger(talkative).setLevel(logging.WARNING)
    try:
        _refuse_missing(arguments)
        return int(_command(arguments.run)(arguments))
    except CommandError as error:
        if not error.is_said:
            print_error(str(error))
        return int(error.exit_code)
    except KeyboardInterrupt:
        return int(Exit.STOPPED)
    except BrokenPipeError:  # whoever read our output has seen enough
        leave_output()
        return int(Exit.DONE)
    except OSError as error:  # a full disk, a stick that was pulled out: no answer of "no", which 1 would be
        if arguments.run.startswith("gate:"):
            raise  # where the gate crashed belongs into the log
        leave_output()
        print_error(translate("cli", "读写文件出错：{}。看看路径、空间和权限").format(error))
        return int(Exit.ENVIRONMENT)


def _refuse_missing(arguments: argparse.Namespace) -> None:
    """The gate's own commands say it on the screen; others look into no data folder."""
    module, _, _ = arguments.run.partition(":")
    if module not in _ELSEWHERE:
        from station.commands.missing_disk import refuse_missing

        refuse_missing(arguments.data)


def _with_command(argv: Sequence[str]) -> Sequence[str]:
    """`station --headless` means `station run --headless`; what every command takes may stand before it."""
    at = _options_of_all(argv)
    first = argv[at] if at < len(argv) else ""
    is_of_run = first.startswith("-") and first not in ("-h", "--help", "--version")
    is_alone = at == len(argv) and any(word != "--verbose" for word in argv)
    return [*argv[:at], "run", *argv[at:]] if is_of_run or is_alone else argv


def _options_of_all(argv: Sequence[str]) -> int:
    """How many words at the beginning belong to every command."""
    at = 0
    while at < len(argv) and (
        argv[at] in ("--data", "--json", "--verbose") or argv[at].startswith("--data=")
    ):
        at += 2 if argv[at] == "--data" else 1
    return at


def _command(name: str) -> Callable[[argparse.Namespace], Exit]:
    """The function behind module:function."""
    module, _, function = name.partition(":")
    where = import_module(f"station.commands.{module}")
    found: Callable[[argparse.Namespace], Exit] = getattr(where, function)
    return found


def parser() -> CommandParser:
    """All commands, with help in the language of the terminal."""
    top = spoken(_english if in_english() else None)(prog="station", description="卡口：大门的检查站")
    add_common(top)
    top.add_argument("--version", action="version", version=f"kakou {version()}", help="显示版本")
    top.set_defaults(run="gate:start", data=None, json=False, verbose=False)
    commands = top.add_commands(metavar="COMMAND", required=False)
    _add_gate(commands)
    add_codes(commands)
    add_thermometers(commands)
    add_journal(commands)
    add_people(commands)
    add_passes(commands)
    add_policy(commands)
    add_operators(commands)
    add_duty(commands)
    _add_sync(commands)
    add_calls(commands)
    return top


def _english() -> Mapping[str, str]:
    from station.cli_english import ENGLISH  # only who reads English needs it

    return ENGLISH


def _add_gate(commands: Parsers) -> None:
    _add_run(add(commands, "run", "gate:run", "打开大门"))
    demo = add(commands, "demo", "gate:run_demo", "演示：模拟的设备，编出来的人")
    demo.add_argument("--headless", action="store_true", help=_HEADLESS)
    add(commands, "setup", "gate:set_up", "设置向导：设备、声音、名字、管理员、中心")
    add(commands, "practice", "practice:practise", "练习：三十个编出来的人，三分钟")
    add(commands, "devices", "doctor:devices", "接了哪些设备")
    add(commands, "doctor", "doctor:doctor", "体检：什么正常，什么有问题，怎么办")
    starting = add(commands, "autostart", "autostart:autostart", "开机自动打开大门，一直开着")
    starting.add_argument(
        "action",
        choices=("on", "off", "status", "start"),
        help="on 设好，off 取消，status 看设了没有，start 现在就打开",
    )
    keeper = commands.add_parser("barrier-keeper")  # for the program itself, hence no help
    keeper.set_defaults(run="barrier:keep")
    keeper.add_argument("words", nargs=4)


def _add_run(run: CommandParser) -> None:
    run.add_argument("--emulate", action="store_true", help="没写的设备用模拟的")
    run.add_argument("--headless", action="store_true", help=_HEADLESS)
    run.add_argument("--camera", metavar="SRC", help="摄像头：序号、设备、文件、文件夹、http 或 rtsp 地址")
    run.add_argument(
        "--thermometer",
        action="append",
        metavar="URL[,FAMILY]",
        help="测温仪：串口或地址，知道型号就写上；写两次，第二台备用",
    )
    run.add_argument("--scanner", metavar="URL,KIND", help="扫码器：串口或地址，再写种类 gm65 或 lines")
    run.add_argument("--thermal", metavar="URL[,FAMILY]", help="热像仪，对准用；不写型号就是 gy-mcu90640")


def _add_sync(commands: Parsers) -> None:
    enrol = add(commands, "enrol", "sync:enrol", "接到中心，用中心给的一次性码")
    enrol.add_argument("url", nargs="?", metavar="URL", help="中心的地址，比如 https://10.0.0.7:8443")
    enrol.add_argument("code", nargs="?", metavar="CODE", help="一次性码，中心运行 center station add 得到")
    enrol.add_argument("--leave", action="store_true", help="不再接中心；先关大门")
    enrol.add_argument("--status", action="store_true", help="只看接的是哪个中心")
    sync = add_group(commands, "sync", "记录送到中心，名单从中心来")
    add(sync, "status", "sync:status", "同步得怎么样，有什么问题")
    add(sync, "now", "sync:now", "现在就同步，不等到点")
    export = add(sync, "export", "sync:export", "没送的记录写到 U 盘")
    export.add_argument("file", type=Path, metavar="FILE", help=".kkb 文件，或者文件夹")
    taking = add(sync, "import", "sync:take", "收下中心写的 U 盘")
    taking.add_argument("file", type=Path, metavar="FILE", help=".kkb 文件")
