"""A parser of arguments that speaks the user's language; the station's and the center's commands share it.

Help stands in Chinese where an argument is added. English is looked up when something is shown, so that a
command that shows no help loads no table. Argparse's own words are English: in its errors they are
recognised one by one, and what a later Python words otherwise is shown as it is.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, ClassVar, NoReturn, TypeAlias

Parsers: TypeAlias = "argparse._SubParsersAction[CommandParser]"
English = Callable[[], Mapping[str, str]]

OWN_ENGLISH = {
    "用法： ": "usage: ",  # as wide as argparse's, which indents by it
    "命令": "commands",
    "显示这些说明": "show this help",
    "{}：{}": "{}: error: {}",
    "没有这个命令：{}。": "no such command: {}. ",
    "是不是：{}？": "Did you mean: {}? ",
    "所有命令：{} --help": "All commands: {} --help",
    "、": ", ",
}
_HEADINGS = {"positional arguments": "参数", "options": "选项"}
_ERRORS = (
    (r"the following arguments are required: (.*)", "还缺：{}"),
    (r"one of the arguments (.*) is required", "这几个要写一个：{}"),
    (r"unrecognized arguments: (.*)", "不认识，或者多写了：{}"),
    (r"ambiguous option: (.*) could match (.*)", "{} 没有写全，可能是：{}"),
    (r"argument \{.*?\}: (.*)", "{}"),  # named by its choices, which are told anyway
    (r"argument (.*?): (.*)", "{}：{}"),  # what follows the colon is looked up again
    (r"expected one argument", "后面要写一个值"),
    (r"expected at most one argument", "后面最多写一个值"),
    (r"expected at least one argument", "后面至少要写一个值"),
    (r"expected (\d+) arguments?", "后面要写 {} 个值"),
    (r"not allowed with argument (.*)", "不能和 {} 一起用"),
    (r"ignored explicit argument (.*)", "后面不用写 {}"),
    (r"invalid choice: ('.*?'|\".*?\").*? \(choose from (.*)\)", "不能写 {}，要写其中一个：{}"),
    (r"invalid \S+ value: (.*)", "看不懂 {}"),
)
_UNKNOWN = re.compile(r"argument .*?: invalid choice: (['\"])(.*?)\1.*? \(choose from (.*)\)", re.DOTALL)
# What stays on one line: a word, or one hanzi with the stops behind it and what opens before it.
_PIECES = re.compile(r" |[“（]*(?:[!-⹿]+|.)[，。、；：？！”）…]*")


class CommandParser(argparse.ArgumentParser):
    """A program or one of its commands, in the language of the class that `spoken` makes."""

    english: ClassVar[English | None] = None

    def __init__(self, **about: Any) -> None:
        self._commands: Parsers | None = None
        formatter = partial(_Formatter, say=self.say)
        super().__init__(add_help=False, formatter_class=formatter, **about)
        self.add_argument("-h", "--help", action="help", help="显示这些说明")

    def add_argument(self, *names: str, **about: Any) -> argparse.Action:
        """What is one of few words is called by them where it is missing or wrong, not as our code does."""
        if about.get("choices") and not names[0].startswith("-"):
            about.setdefault("metavar", f"{{{','.join(about['choices'])}}}")
        return super().add_argument(*names, **about)

    @classmethod
    def say(cls, chinese: str) -> str:
        """The text in the language of the terminal."""
        if cls.english is None:
            return chinese
        return OWN_ENGLISH.get(chinese) or cls.english().get(chinese, chinese)

    def add_commands(self, *, metavar: str | None = None, required: bool = True) -> Parsers:
        self._commands = self.add_subparsers(title="命令", metavar=metavar, required=required)
        return self._commands

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """Nothing is left over: the command that does not know a word says so, and how it is used itself."""
        known, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return known, unknown

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, self.say("{}：{}").format(self.prog, self._explained(message)) + "\n")

    def print_help(self, file: Any = None) -> None:
        """Also where the terminal has no hanzi: whoever asks for help is not shown a traceback."""
        reconfigure = getattr(file or sys.stdout, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")
        super().print_help(file)

    def _explained(self, message: str) -> str:
        unknown = _UNKNOWN.fullmatch(message)
        if unknown and self._commands and set(_words(unknown[3])) == set(self._children()):
            return self._no_such_command(unknown[2])
        if type(self).english:  # the name of a function of ours explains nothing
            return re.sub(r"invalid \S+ value: ", "not understood: ", message)
        return _in_chinese(message)

    def _no_such_command(self, typed: str) -> str:
        from difflib import get_close_matches  # only a slip of the finger needs it

        known = list(self._names())
        word = typed.lower()
        close = [word] if word in dict(known) else get_close_matches(word, dict(known))
        meant = [path for word in close for name, path in known if name == word][:4]
        guess = self.say("是不是：{}？").format(self.say("、").join(meant)) if meant else ""
        return (
            self.say("没有这个命令：{}。").format(typed)
            + guess
            + self.say("所有命令：{} --help").format(self.prog)
        )

    def _names(self) -> Iterator[tuple[str, str]]:
        """The commands for people, here and further down, each with all the words before it."""
        named = {name: child for name, child in self._children().items() if child.description}
        yield from ((name, child.prog) for name, child in named.items())
        for child in named.values():
            yield from child._names()

    def _children(self) -> dict[str, CommandParser]:
        return self._commands.choices if self._commands else {}


def spoken(english: English | None) -> type[CommandParser]:
    """Parsers in Chinese, or in the English of this table."""
    return type("Parser", (CommandParser,), {"english": staticmethod(english) if english else None})


class _Formatter(argparse.HelpFormatter):
    """Help in the user's language; lines are broken between hanzi, which are two columns wide."""

    def __init__(self, prog: str, *, say: Callable[[str], str], **layout: Any) -> None:
        super().__init__(prog, **layout)
        self._say = say

    def add_text(self, text: str | None) -> None:
        super().add_text(self._say(text) if text else text)

    def start_section(self, heading: str | None) -> None:
        is_chinese = self._say("命令") == "命令"
        super().start_section(
            _HEADINGS.get(heading or "", heading) if is_chinese else self._say(heading or "")
        )

    def format_help(self) -> str:
        text = super().format_help().replace("usage: ", self._say("用法： "), 1)
        return re.sub(r"(?<=[一-鿿]):(?=[\s\x1b])", "：", text)

    def _get_help_string(self, action: argparse.Action) -> str | None:
        return self._say(action.help) if action.help else action.help

    def _split_lines(self, text: str, width: int) -> list[str]:
        return list(_wrapped(text, width))

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in _wrapped(text, width - len(indent)))


def _wrapped(text: str, width: int) -> Iterator[str]:
    line = ""
    for piece in _PIECES.findall(" ".join(text.split())):
        if line and columns(line + piece.rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += piece if line else piece.lstrip()
    yield line


def columns(text: str) -> int:
    """How wide a terminal shows this: from the hanzi on and in the full-width forms two columns a letter."""
    return sum(2 if letter >= "⺀" else 1 for letter in text)


def _in_chinese(message: str) -> str:
    for pattern, chinese in _ERRORS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return chinese.format(*_parts(found.groups(), is_named=chinese in ("{}", "{}：{}")))
    return message


def _parts(groups: tuple[str, ...], *, is_named: bool) -> Iterable[str]:
    return (*groups[:-1], _in_chinese(groups[-1])) if is_named else groups


def _words(choices: str) -> list[str]:
    return re.findall(r"[^\s',]+", choices)
