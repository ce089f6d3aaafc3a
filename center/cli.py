"""The command line of the center, stable for scripts: parsing and nothing else.

What the commands do is in `center.commands`, imported only by the command that needs it.
"""

from __future__ import annotations

import argparse
import logging
import os
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from importlib import import_module
from ipaddress import ip_network
from pathlib import Path
from typing import TypeAlias

from center.folder import default_folder
from center.result import CommandError, Exit, Say, print_error
from center.scope import BranchError, read_branch
from center.words import speaker

DEFAULT_PORT = 8443
DATABASE = "KAKOU_CENTER_DB"  # where a URL with a password is not seen in the list of processes
CATEGORIES = ("resident", "tenant", "worker", "courier", "visitor", "volunteer", "staff", "medical")
ROLES = ("admin", "duty", "checker", "viewer")
COLOURS = ("green", "yellow", "red")
ISOLATIONS = ("isolation", "close_contact", "sub_close_contact", "none")
Parsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    arguments = parser().parse_args(argv)
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
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return int(Exit.DONE)
    except OSError as error:  # a full disk, a stick that was pulled out: no answer of "no", which 1 would be
        print_error(say("文件读写不了：{}").format(error))
        return int(Exit.ENVIRONMENT)


def _command(name: str) -> Callable[[argparse.Namespace, Say], Exit]:
    """The function behind module:function."""
    module, _, function = name.partition(":")
    found: Callable[[argparse.Namespace, Say], Exit] = getattr(
        import_module(f"center.commands.{module}"), function
    )
    return found


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="center", description="Kakou 卡口: the center of a district's gates")
    top.add_argument("--verbose", action="store_true", help="log everything to standard error")
    top.set_defaults(lang=None)
    commands = top.add_subparsers(metavar="COMMAND", required=True)
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


def _add(commands: Parsers, name: str, run: str, help: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=help, description=help)
    command.set_defaults(run=run)
    command.add_argument("--data", type=Path, default=default_folder(), metavar="DIR", help="data folder")
    command.add_argument(
        "--db",
        default=os.environ.get(DATABASE),
        metavar="URL",
        help=f"postgresql://… ; default: {DATABASE}, or else a file in the data folder",
    )
    command.add_argument("--json", action="store_true", help="one JSON object per line")
    command.add_argument("--lang", choices=("zh", "en"), help="default: as the locale says")
    return command


def _add_branch(command: argparse.ArgumentParser, help: str = "only for gates in this branch") -> None:
    command.add_argument("--branch", type=branch, default="", metavar="PATH", help=help)


def _add_serve(commands: Parsers) -> None:
    serve = _add(commands, "serve", "serve:serve", "open the center for gates")
    serve.add_argument("--host", default="", metavar="H", help="address to listen at; all by default")
    serve.add_argument("--port", type=_port, default=DEFAULT_PORT, metavar="P")
    serve.add_argument(
        "--name",
        action="append",
        default=[],
        metavar="HOST",
        help="a name or address that gates use; repeatable",
    )
    serve.add_argument("--plain", action="store_true", help="without TLS, behind a proxy that has it")
    serve.add_argument(
        "--webhook-network",
        action="append",
        default=[],
        type=ip_network,
        metavar="NET",
        help="webhooks may go into this network of our own, as 10.20.0.0/16; repeatable",
    )


def _add_stations(commands: Parsers) -> None:
    stations = commands.add_parser("station", help="gates").add_subparsers(required=True)
    add = _add(stations, "add", "stations:add", "a one-time code with which a gate becomes known")
    add.add_argument("name", metavar="NAME", help="as it is called: 东门")
    add.add_argument("--gate", default="", metavar="GATE", help="the gate it stands at; NAME by default")
    _add_branch(add, "district/town/village/grid")
    add.add_argument("--url", metavar="URL", help="if gates reach the center by another address")
    _add(stations, "list", "stations:list_all", "the gates, and how they are")
    revoke = _add(
        stations, "revoke", "stations:revoke", "give a gate no lists any more; its entries are taken"
    )
    revoke.add_argument("name", metavar="NAME", help="or the first digits of its id")


def _add_users(commands: Parsers) -> None:
    users = commands.add_parser("user", help="who may use the console").add_subparsers(required=True)
    add = _add(users, "add", "users:add", "somebody who signs in with a browser; asks for the password")
    add.add_argument("name", metavar="NAME", help="to sign in with")
    add.add_argument("--shown", default="", metavar="NAME", help="what they are called; NAME by default")
    add.add_argument("--role", required=True, choices=ROLES)
    add.add_argument(
        "--branch", required=True, metavar="PATH", help="district/town/village/grid; '': everything"
    )
    add.add_argument("--one-time", action="store_true", help="make a password and show it, once")
    _add(users, "list", "users:list_all", "who may use the console, with which role where")
    reset = _add(users, "reset", "users:reset", "a new one-time password for who forgot theirs")
    reset.add_argument("name", metavar="NAME")


def _add_people(commands: Parsers) -> None:
    people = _add(commands, "import", "people:import_people", "people from a CSV or XLSX file, for all gates")
    people.add_argument("file", type=Path, metavar="FILE")
    people.add_argument("--preview", action="store_true", help="only show what would change")
    people.add_argument("--skip-errors", action="store_true", help="import the other rows all the same")
    people.add_argument("--replace", action="store_true", help="who is of --branch and not in the file goes")
    people.add_argument("--fill-down", action="store_true", help="an empty house is the one above")
    people.add_argument("--category", default="resident", choices=CATEGORIES, help="if no column says it")
    _add_branch(people)


def _add_facts(commands: Parsers) -> None:
    facts = commands.add_parser("set", help="what is known of somebody").add_subparsers(required=True)
    colour = _add(facts, "colour", "facts:set_colour", "a health code's colour")
    colour.add_argument("value", choices=COLOURS)
    isolation = _add(facts, "isolation", "facts:set_isolation", "isolation at home; none lifts it")
    isolation.add_argument("value", choices=ISOLATIONS)
    block = _add(facts, "block", "facts:set_block", "keep somebody or a code out; none lifts it")
    block.add_argument("value", metavar="WHY", help="lost_card, moved_out …, or none")
    for command in (isolation, block):
        command.add_argument("--by", required=True, metavar="NAME", help="who sets it")
        command.add_argument("--second", required=True, metavar="NAME", help="who checked it: somebody else")
    for command in (colour, isolation, block):
        _add_whom(command)


def _add_whom(command: argparse.ArgumentParser) -> None:
    whose = command.add_mutually_exclusive_group(required=True)
    whose.add_argument("--person", metavar="ID", help="as entries show it")
    whose.add_argument("--code", metavar="TEXT", help="the code's text; - reads it from standard input")
    whose.add_argument("--id-number", metavar="N", help="- reads it from standard input")
    whose.add_argument("--resident", nargs=2, metavar=("NAME", "DWELLING"))
    whose.add_argument("--dwelling", metavar="DWELLING", help="everybody there: 3-2-501")
    command.add_argument("--at", type=moment, metavar="TIME", help="since when, ISO 8601; now by default")
    command.add_argument("--until", type=moment, metavar="TIME")
    _add_branch(command)


def _add_lists(commands: Parsers) -> None:
    policy = _add(commands, "policy", "lists:send_policy", "a policy file to the gates")
    policy.add_argument("file", type=Path, metavar="FILE")
    policy.add_argument("--at", type=moment, metavar="TIME", help="in force from; now by default")
    policy.add_argument("--by", default="", metavar="WHO")
    trust = _add(commands, "trust", "lists:send_trust", "a trust, revocation or key list to the gates")
    trust.add_argument("file", type=Path, metavar="FILE")
    notice = _add(commands, "notice", "lists:send_notice", "a notice on the screens of the gates")
    notice.add_argument("title", metavar="TITLE", nargs="?")
    notice.add_argument("text", metavar="TEXT", nargs="?", default="")
    notice.add_argument("--urgent", action="store_true")
    notice.add_argument("--until", type=moment, metavar="TIME")
    task = _add(commands, "task", "tasks:send_task", "something for the people at the gates to do")
    task.add_argument("text", metavar="TEXT", nargs="?")
    task.add_argument("--due", type=moment, metavar="TIME")
    for command in (notice, task):
        command.add_argument("--take-back", metavar="ID")
        command.add_argument("--list", action="store_true", help="what gates have now, with the ids")
    task.add_argument("--done", metavar="ID", help="all gates see it ticked off")
    passes = _add(commands, "revoke-pass", "tasks:revoke_passes", "lost gate passes, stopped at all gates")
    passes.add_argument("numbers", metavar="NUMBER", nargs="+", help="16 hexadecimal digits, as printed")
    for command in (policy, trust, notice, task, passes):
        _add_branch(command)


def _add_cases(commands: Parsers) -> None:
    cases = commands.add_parser("case", help="calls for help and questions of gates").add_subparsers(
        required=True
    )
    listing = _add(cases, "list", "cases:list_cases", "what is open; whistles first")
    _add_branch(listing, "only of this branch")
    listing.add_argument("--all", action="store_true", help="what is closed, too; newest first")
    show = _add(cases, "show", "cases:show", "all about one")
    show.add_argument("--picture", type=Path, metavar="FILE.jpg", help="write the gate's picture there")
    answer = _add(cases, "answer", "cases:answer", "the gate reads it at once")
    go = _add(cases, "go", "cases:go", "somebody is on the way; the gate reads who")
    arrive = _add(cases, "arrive", "cases:arrive", "they are there")
    close = _add(cases, "close", "cases:close", "it is done")
    for command in (show, answer, go, arrive, close):
        command.add_argument("key", metavar="KEY", help="as the list shows it")
    answer.add_argument("text", metavar="TEXT")
    close.add_argument("text", metavar="TEXT", nargs="?", default="", help="the gate reads it")
    go.add_argument("who", metavar="WHO")
    for command in (answer, close):
        command.add_argument("--by", default="", metavar="NAME", help="whom the gate reads")


def _add_keeping(commands: Parsers) -> None:
    backup = _add(
        commands, "backup", "keeping:back_up_now", "everything into one file, checked; then gates may prune"
    )
    backup.add_argument("--to", type=Path, required=True, metavar="FILE", help="or a folder")
    restore = _add(commands, "restore", "keeping:restore", "a backup into an empty center")
    restore.add_argument("file", type=Path, metavar="FILE")
    for command in (backup, restore):
        command.add_argument("--passphrase-file", type=Path, metavar="FILE", help="its first line")
    retention = commands.add_parser("retention", help="personal data that is over").add_subparsers(
        required=True
    )
    _add(retention, "show", "retention:show", "what will be erased and when; changes nothing")
    _add(retention, "run", "retention:run", "erase what is due, now")
    verify = _add(retention, "verify", "retention:verify", "whether a receipt of an erased person is ours")
    verify.add_argument("file", type=Path, metavar="FILE")
    export = _add(commands, "export", "exporting:export", "the entries of a day as a table")
    export.add_argument("--day", type=day, required=True, metavar="D", help="YYYY-MM-DD")
    export.add_argument("--to", type=Path, required=True, metavar="FILE.csv")


def _add_looking(commands: Parsers) -> None:
    _add(commands, "doctor", "doctor:doctor", "what works, what does not, and what to do")
    reconcile = _add(
        commands, "reconcile", "reconcile:show", "whether gates and center have the same entries"
    )
    reconcile.add_argument("--days", type=_days, default=7, metavar="N", help="how many for each gate; 7")
    sticks = commands.add_parser("stick", help="gates without a network").add_subparsers(required=True)
    take = _add(sticks, "import", "sticks:take", "take in what gates wrote on USB sticks")
    take.add_argument("files", type=Path, nargs="+", metavar="FILE.kkb")
    give = _add(sticks, "export", "sticks:give", "write the answer for a gate: what arrived, and the lists")
    give.add_argument("name", metavar="NAME", help="of the gate")
    give.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="the stick")
    provider = _add(commands, "provider", "provider:try_one", "ask the provider of DATA/provider.toml once")
    provider.add_argument("token", metavar="TOKEN", help="- reads it from standard input")


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError("0 to 65535")
    return port


def _days(text: str) -> int:
    days = int(text)
    if not 1 <= days <= 3650:  # none at all would look like "everything is the same"
        raise argparse.ArgumentTypeError("1 to 3650")
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
