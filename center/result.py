"""How a command ends, what it may complain about, and in which language it speaks."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import Any

Say = Callable[[str], str]  # a Chinese text of the source in the reader's language


class Exit(IntEnum):
    """Exit codes, stable for scripts."""

    DONE = 0
    NEGATIVE = 1  # the command worked, and the answer is no
    WRONG_USE = 2
    ENVIRONMENT = 3  # a file, the network or the database is not as needed
    STOPPED = 130  # by Ctrl-C, as shells say it


class CommandError(Exception):
    """The command cannot go on. The message is in the user's language and says what to do."""

    def __init__(self, message: str, exit_code: Exit = Exit.ENVIRONMENT) -> None:
        super().__init__(message)
        self.exit_code = exit_code


def print_json(fields: Mapping[str, Any]) -> None:
    """One JSON line. Fields that are None are left out: absent means unknown."""
    known = {name: value for name, value in fields.items() if value is not None}
    text = json.dumps(known, ensure_ascii=False)
    print_line(text if writable(text) == text else json.dumps(known))


def print_line(text: str) -> None:
    """One line to standard output, at once, so that a reader of a pipe sees it as it comes."""
    sys.stdout.write(writable(text) + "\n")
    sys.stdout.flush()


def leave_output() -> None:
    """What standard output did not take Python would write once more at the end, and exit with 120."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def writable(text: str) -> str:
    """The text as standard output can take it: GBK, of Windows in Chinese and of old systems, knows neither
    ticks nor the rarest hanzi, and a command must not end because of one."""
    encoding = sys.stdout.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def found_or_said(found: object, say: Say) -> Exit:
    """How a command ends that lists: with nothing to list it says so, or people wait before an empty line."""
    if not found:
        print_error(say("没有找到"))
    return Exit.DONE if found else Exit.NEGATIVE


def print_error(text: str) -> None:
    """One line to standard error."""
    sys.stderr.write(text + "\n")
