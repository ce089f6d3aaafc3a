"""How a command is added: its words, what runs it, and the options that every command has."""

from __future__ import annotations

import argparse
from pathlib import Path

from station.command_parser import CommandParser, Parsers


def add(commands: Parsers, name: str, run: str, help: str) -> CommandParser:
    """A command; `run` names what does it, as module:function of `station.commands`."""
    command: CommandParser = commands.add_parser(name, help=help, description=help)
    command.set_defaults(run=run)
    add_common(command)
    return command


def add_group(commands: Parsers, name: str, help: str) -> Parsers:
    """A command that only has sub-commands."""
    group: CommandParser = commands.add_parser(name, help=help, description=help)
    add_common(group)
    return group.add_commands()


def add_common(parser: CommandParser) -> None:
    """What may stand before and after a command; what comes later holds."""
    left = argparse.SUPPRESS  # not set back by a later parser to which nobody gave it
    parser.add_argument("--data", type=Path, default=left, metavar="DIR", help="数据文件夹")
    parser.add_argument("--json", action="store_true", default=left, help="给脚本用：每行一个 JSON")
    parser.add_argument("--verbose", action="store_true", default=left, help="运行细节都写到标准错误")
