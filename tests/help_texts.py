"""Every help text of a program: what stands beside each command and option, in both languages."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping

from station.command_parser import OWN_ENGLISH, CommandParser

HANZI = re.compile(r"[一-鿿]")


def commands_of(program: CommandParser) -> Iterator[tuple[CommandParser, list[CommandParser]]]:
    """A program and all its commands for people, each with its own."""
    groups = [action for action in program._actions if isinstance(action, argparse._SubParsersAction)]
    children = [child for group in groups for child in group.choices.values() if child.description]
    yield program, children
    for child in children:
        yield from commands_of(child)


def help_pages(program: CommandParser) -> list[str]:
    return [command.format_help() for command, _ in commands_of(program)]


def problems_of_help(program: CommandParser, english: Mapping[str, str]) -> list[str]:
    """What is not said at all, or not in one of the languages; and what is said nowhere any more."""
    said = list(_texts(program))
    known = {**english, **OWN_ENGLISH}
    texts = {text for _, text in said}
    problems = [f"{where}: {text}" for where, text in said if not HANZI.search(text)]
    problems += [f"no English: {text}" for text in texts if not known.get(text)]
    problems += [f"Chinese: {text}" for text in english.values() if HANZI.search(text)]
    return problems + [f"said nowhere: {text}" for text in english if text not in texts]


def _texts(program: CommandParser) -> Iterator[tuple[str, str]]:
    for command, _ in commands_of(program):
        yield command.prog, command.description or ""
        for action in command._actions:
            if isinstance(action, argparse._SubParsersAction):
                yield from ((command.prog, beside.help or "") for beside in action._choices_actions)
            else:
                yield f"{command.prog} {action.dest}", action.help or ""
