"""The command line of the center, stable for scripts: parsing and nothing else.

What the commands do is in `center.commands`, imported only by the command that needs it.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from importlib import import_module
from ipaddress import ip_network
from itertools import pairwise
from pathlib import Path

from center.folder import default_folder
from center.result import CommandError, Exit, Say, leave_output, print_error
from center.scope import BranchError, read_branch
from center.words import in_english, speaker
from station.command_parser import CommandParser, Parsers, spoken

DEFAULT_PORT = 8443
DATABASE = "KAKOU_CENTER_DB"  # where a URL with a password is not seen in the list of processes
CATEGORIES = ("resident", "tenant", "worker", "courier", "visitor", "volunteer", "staff", "medical")
ROLES = ("admin", "duty", "checker", "viewer")
COLOURS = ("green", "yellow", "red")
ISOLATIONS = ("isolation", "close_contact", "sub_close_contact", "none")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    words = sys.argv[1:] if argv is None else argv
    arguments = parser(_asked_language(words)).parse_args(words)
    logging.basicConfig(
        level=logging.DEBUG if arguments.verbose else logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    if not arguments.verbose:  # what is the matter is said in words, once
        logging.getLogger("psycopg.pool").setLevel(logging.ERROR)
    for talkative in ("httpx2", "httpcore2"):  # would write addresses with tokens in them
        logging.getLogger(talkative).setLevel(logging.WARNING)
    say = speaker(arguments.lang, os.environ)
    try:
        return int(_command(arguments.run)(arguments, say))
    except CommandError as error:
        print_error(str(error))
        return int(error.exit_code)
    except KeyboardInterrupt:
        return int(Exit.STOPPED)
    except BrokenPipeError:  # whoever read our output has seen enough
        leave_output()
        return int(Exit.DONE)
    except OSError as error:  # a full disk, a stick that was pulled out: no answer of "no", which 1 would be
        leave_output()
        print_error(say("文件读写不了：{}").format(error))
        return int(Exit.ENVIRONMENT)


def _command(name: str) -> Callable[[argparse.Namespace, Say], Exit]:
    """The function behind module:function."""
    module, _, function = name.partition(":")
    found: Callable[[argparse.Namespace, Say], Exit] = getattr(
        import_module(f"center.commands.{module}"), function
    )
    return found


def parser(language: str | None = None) -> CommandParser:
    """All commands, with help in this language, or in that of the terminal."""
    english = _english if in_english(language, os.environ) else None
    top = spoken(english)(prog="center", description="卡口：一个区各个大门的中心")
    _add_common(top)
    top.set_defaults(data=default_folder(), db=os.environ.get(DATABASE), json=False, lang=None, verbose=False)
    commands = top.add_commands(metavar="COMMAND")
    _add_serve(commands)
    _add_stations(commands)
    _add_users(commands)
    _add_people(commands)
    _add_facts(commands)
    _add_lists(commands)
    _add_keeping(commands)
    _add_looking(commands)
    _add_cases(commands)
    return top


def _asked_language(words: Sequence[str]) -> str | None:
    """What `--lang` says: it holds for help and refusals, which come before anything is parsed."""
    named = [
        after if word == "--lang" else word.removeprefix("--lang=")
        for word, after in pairwise([*words, ""])
        if word == "--lang" or word.startswith("--lang=")
    ]
    return named[-1] if named else None


def _english() -> Mapping[str, str]:
    from center.cli_english import ENGLISH  # only who reads English needs it

    return ENGLISH


def _add(commands: Parsers, name: str, run: str, help: str) -> CommandParser:
    command: CommandParser = commands.add_parser(name, help=help, description=help)
    command.set_defaults(run=run)
    _add_common(command)
    return command


def _add_group(commands: Parsers, name: str, help: str) -> Parsers:
    """A command that only has sub-commands."""
    group: CommandParser = commands.add_parser(name, help=help, description=help)
    _add_common(group)
    return group.add_commands()


def _add_common(parser: CommandParser) -> None:
    """What may stand before and after a command; what comes later holds."""
    left = argparse.SUPPRESS  # not set back by a later parser to which nobody gave it
    parser.add_argument("--data", type=Path, default=left, metavar="DIR", help="数据文件夹")
    parser.add_argument(
        "--db",
        default=left,
        metavar="URL",
        help="数据库 postgresql://…，不写就看 KAKOU_CENTER_DB，再没有就用数据文件夹里自带的",
    )
    parser.add_argument("--json", action="store_true", default=left, help="给脚本用：每行一个 JSON")
    parser.add_argument("--lang", choices=("zh", "en"), default=left, help="语言，不写就照系统的")
    parser.add_argument("--verbose", action="store_true", default=left, help="运行细节都写到标准错误")


def _add_branch(command: CommandParser, help: str = "只给这个所属下的大门，写成 区/街道/村/网格") -> None:
    command.add_argument("--branch", type=branch, default="", metavar="PATH", help=help)


def _add_serve(commands: Parsers) -> None:
    serve = _add(commands, "serve", "serve:serve", "打开中心，大门才连得上")
    serve.add_argument("--host", default="", metavar="H", help="在哪个地址上等，不写就是全部")
    serve.add_argument("--port", type=_port, default=DEFAULT_PORT, metavar="P", help="端口，不写就是 8443")
    serve.add_argument(
        "--name",
        action="append",
        default=[],
        metavar="HOST",
        help="大门用的名字或地址，可以多写几次",
    )
    serve.add_argument("--plain", action="store_true", help="不加密，只能放在有证书的代理后面")
    serve.add_argument(
        "--webhook-network",
        action="append",
        default=[],
        type=ip_network,
        metavar="NET",
        help="推送可以发到这个内网，比如 10.20.0.0/16，可以多写几次",
    )


def _add_stations(commands: Parsers) -> None:
    stations = _add_group(commands, "station", "大门")
    add = _add(stations, "add", "stations:add", "加一个大门，给出一次性码")
    add.add_argument("name", metavar="NAME", help="大门的名字，比如 东门")
    add.add_argument("--gate", default="", metavar="GATE", help="在哪个门，不写就是 NAME")
    _add_branch(add, "所属，写成 区/街道/村/网格")
    add.add_argument("--url", metavar="URL", help="大门要用别的地址连中心时写")
    _add(stations, "list", "stations:list_all", "有哪些大门，怎么样了")
    revoke = _add(stations, "revoke", "stations:revoke", "撤销一个大门：不再给名单，记录照收")
    revoke.add_argument("name", metavar="NAME", help="大门的名字，或编号的前几位")


def _add_users(commands: Parsers) -> None:
    users = _add_group(commands, "user", "谁可以用控制台")
    add = _add(users, "add", "users:add", "加一个用户，用浏览器登录；会问密码")
    add.add_argument("name", metavar="NAME", help="登录名")
    add.add_argument("--shown", default="", metavar="NAME", help="显示的名字，不写就是登录名")
    add.add_argument(
        "--role",
        required=True,
        choices=ROLES,
        help="角色：admin 管理员，duty 值班员，checker 核对员，viewer 只看",
    )
    add.add_argument(
        "--branch", required=True, metavar="PATH", help="所属，写成 区/街道/村/网格；写 '' 就是全部"
    )
    add.add_argument("--one-time", action="store_true", help="电脑出一个密码，只显示一次")
    _add(users, "list", "users:list_all", "有哪些用户，什么角色，管哪里")
    reset = _add(users, "reset", "users:reset", "忘了密码的，给一个新的一次性密码")
    reset.add_argument("name", metavar="NAME", help="登录名")


def _add_people(commands: Parsers) -> None:
    people = _add(commands, "import", "people:import_people", "导入 CSV 或 XLSX 名单，给大门用")
    people.add_argument("file", type=Path, metavar="FILE", help="名单文件")
    people.add_argument("--preview", action="store_true", help="只看会变什么，不导入")
    people.add_argument("--skip-errors", action="store_true", help="跳过有错的行，导入其他行")
    people.add_argument("--replace", action="store_true", help="文件里没有的，从 --branch 的名单上去掉")
    people.add_argument("--fill-down", action="store_true", help="房号空着的，算上一行的")
    people.add_argument(
        "--category", default="resident", choices=CATEGORIES, help="名单没有类别一列时，算哪一类"
    )
    _add_branch(people)


def _add_facts(commands: Parsers) -> None:
    facts = _add_group(commands, "set", "记一个人的码色、隔离、限制")
    colour = _add(facts, "colour", "facts:set_colour", "健康码的颜色")
    colour.add_argument("value", choices=COLOURS, help="green 绿，yellow 黄，red 红")
    isolation = _add(facts, "isolation", "facts:set_isolation", "居家隔离；none 解除")
    isolation.add_argument(
        "value",
        choices=ISOLATIONS,
        help="isolation 隔离，close_contact 密接，sub_close_contact 次密接，none 解除",
    )
    block = _add(facts, "block", "facts:set_block", "不让一个人或一个码通行；none 解除")
    block.add_argument("value", metavar="WHY", help="原因，比如 lost_card、moved_out；none 解除")
    for command in (isolation, block):
        command.add_argument("--by", required=True, metavar="NAME", help="经手人")
        command.add_argument("--second", required=True, metavar="NAME", help="核对人，不能是同一个人")
    for command in (colour, isolation, block):
        _add_whom(command)


def _add_whom(command: CommandParser) -> None:
    whose = command.add_mutually_exclusive_group(required=True)
    whose.add_argument("--person", metavar="ID", help="人员编号，照通行记录里的写")
    whose.add_argument("--code", metavar="TEXT", help="码的文字；写 - 就从标准输入读")
    whose.add_argument("--id-number", metavar="N", help="身份证号；写 - 就从标准输入读")
    whose.add_argument("--resident", nargs=2, metavar=("NAME", "DWELLING"), help="名单上的姓名和房号")
    whose.add_argument("--dwelling", metavar="DWELLING", help="这一户每个人，比如 3-2-501")
    command.add_argument("--at", type=moment, metavar="TIME", help="从什么时候起，ISO 8601，不写就是现在")
    command.add_argument("--until", type=moment, metavar="TIME", help="到什么时候为止，ISO 8601")
    _add_branch(command)


def _add_lists(commands: Parsers) -> None:
    policy = _add(commands, "policy", "lists:send_policy", "把放行规则发给大门")
    policy.add_argument("file", type=Path, metavar="FILE", help="规则文件")
    policy.add_argument("--at", type=moment, metavar="TIME", help="什么时候生效，ISO 8601，不写就是现在")
    policy.add_argument("--by", default="", metavar="WHO", help="谁发的")
    trust = _add(commands, "trust", "lists:send_trust", "把验码的名单发给大门")
    trust.add_argument("file", type=Path, metavar="FILE", help="发布方给的原文件")
    notice = _add(commands, "notice", "lists:send_notice", "在大门的屏幕上发通知")
    notice.add_argument("title", metavar="TITLE", nargs="?", help="标题")
    notice.add_argument("text", metavar="TEXT", nargs="?", default="", help="正文")
    notice.add_argument("--urgent", action="store_true", help="紧急")
    notice.add_argument("--until", type=moment, metavar="TIME", help="到什么时候为止，ISO 8601")
    task = _add(commands, "task", "tasks:send_task", "给大门交办事项")
    task.add_argument("text", metavar="TEXT", nargs="?", help="要办的事")
    task.add_argument("--due", type=moment, metavar="TIME", help="什么时候办好，ISO 8601")
    for command in (notice, task):
        command.add_argument("--take-back", metavar="ID", help="撤回，写编号")
        command.add_argument("--list", action="store_true", help="大门现在有哪些，编号是什么")
    task.add_argument("--done", metavar="ID", help="办好了，写编号；大门都看到已办")
    passes = _add(commands, "revoke-pass", "tasks:revoke_passes", "作废丢了的出入证，大门都不放行")
    passes.add_argument("numbers", metavar="NUMBER", nargs="+", help="出入证编号，16 位，照证上的写")
    for command in (policy, trust, notice, task, passes):
        _add_branch(command)


def _add_cases(commands: Parsers) -> None:
    cases = _add_group(commands, "case", "大门的求助和问题")
    listing = _add(cases, "list", "cases:list_cases", "没办完的，求助在前")
    _add_branch(listing, "只看这个所属下的，写成 区/街道/村/网格")
    listing.add_argument("--all", action="store_true", help="办完的也列上，新的在前")
    show = _add(cases, "show", "cases:show", "一件的全部")
    show.add_argument("--picture", type=Path, metavar="FILE.jpg", help="大门的照片写到这里")
    answer = _add(cases, "answer", "cases:answer", "答复，大门马上看到")
    go = _add(cases, "go", "cases:go", "有人去了，大门看到是谁")
    arrive = _add(cases, "arrive", "cases:arrive", "人到了")
    close = _add(cases, "close", "cases:close", "办完了")
    for command in (show, answer, go, arrive, close):
        command.add_argument("key", metavar="KEY", help="照 center case list 显示的写")
    answer.add_argument("text", metavar="TEXT", help="答复的话")
    close.add_argument("text", metavar="TEXT", nargs="?", default="", help="留的话，大门看到")
    go.add_argument("who", metavar="WHO", help="谁去了")
    for command in (answer, close):
        command.add_argument("--by", default="", metavar="NAME", help="谁答复的，大门看到")


def _add_keeping(commands: Parsers) -> None:
    backup = _add(commands, "backup", "keeping:back_up_now", "全部备份成一个文件，再核对；然后大门可以清理")
    backup.add_argument("--to", type=Path, required=True, metavar="FILE", help="备份写到哪里，文件或文件夹")
    restore = _add(commands, "restore", "keeping:restore", "从备份恢复，恢复到空的中心")
    restore.add_argument("file", type=Path, metavar="FILE", help="备份文件")
    for command in (backup, restore):
        command.add_argument("--passphrase-file", type=Path, metavar="FILE", help="口令文件，读第一行")
    retention = _add_group(commands, "retention", "到期的个人数据")
    _add(retention, "show", "retention:show", "什么会清除，什么时候；只看，不清除")
    _add(retention, "run", "retention:run", "到期的，现在就清除")
    verify = _add(retention, "verify", "retention:verify", "验删除的回执是不是这个中心的")
    verify.add_argument("file", type=Path, metavar="FILE", help="回执文件")
    export = _add(commands, "export", "exporting:export", "一天的通行记录，导出成表格")
    export.add_argument("--day", type=day, required=True, metavar="D", help="哪一天，比如 2022-04-15")
    export.add_argument(
        "--to", type=Path, required=True, metavar="FILE.csv", help="表格写到哪里，以 .csv 结尾"
    )


def _add_looking(commands: Parsers) -> None:
    _add(commands, "doctor", "doctor:doctor", "体检：什么正常，什么有问题，怎么办")
    reconcile = _add(commands, "reconcile", "reconcile:show", "对账：大门和中心的记录一不一样")
    reconcile.add_argument("--days", type=_days, default=7, metavar="N", help="每个大门对多少天，不写就是 7")
    sticks = _add_group(commands, "stick", "没有网的大门，用 U 盘")
    take = _add(sticks, "import", "sticks:take", "收下大门写的 U 盘")
    take.add_argument("files", type=Path, nargs="+", metavar="FILE.kkb", help="大门写的文件")
    give = _add(sticks, "export", "sticks:give", "给大门写回去：收到了什么，还有名单")
    give.add_argument("name", metavar="NAME", help="大门的名字")
    give.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="U 盘的文件夹")
    provider = _add(
        commands, "provider", "provider:try_one", "试一次健康码接口（数据文件夹里的 provider.toml）"
    )
    provider.add_argument("token", metavar="TOKEN", help="码的文字；写 - 就从标准输入读")


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError("0 … 65535")
    return port


def _days(text: str) -> int:
    days = int(text)
    if not 1 <= days <= 3650:  # none at all would look like "everything is the same"
        raise argparse.ArgumentTypeError("1 … 3650")
    return days


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("YYYY-MM-DD") from error


def branch(text: str) -> str:
    """As the console reads it: with a slash too many it would be another branch, of no gate and of nobody."""
    try:
        return read_branch(text)
    except BranchError as error:
        raise argparse.ArgumentTypeError("区/街道/村/网格 district/town/village/grid") from error


def moment(text: str) -> datetime:
    """ISO 8601; without a zone it is this computer's."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise argparse.ArgumentTypeError("ISO 8601: 2022-04-01T07:30+08:00") from error
