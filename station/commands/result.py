"""How a command ends, and what it may complain about."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from enum import IntEnum
from typing import Any, TextIO

_only_json = False  # words then go to standard error


class Exit(IntEnum):
    """Exit codes, stable for scripts (design section 12)."""

    DONE = 0
    NEGATIVE = 1  # the command worked, and the answer is no
    WRONG_USE = 2
    ENVIRONMENT = 3  # a file, a device or the disk is not as needed
    STOPPED = 130  # by Ctrl-C, as shells say it; what was half done is gone
    ELSEWHERE = 75  # of a service only: another process has the window open (see running.single_instance)


class CommandError(Exception):
    """The command cannot go on. The message is in the user's language and says what to do."""

    def __init__(self, message: str, exit_code: Exit = Exit.ENVIRONMENT) -> None:
        super().__init__(message)
        self.exit_code = exit_code
        self.is_said = False  # it is printed already


def keep_stdout_for_json(*, on: bool) -> None:
    """With `--json` nothing but JSON goes to standard output, so that a script can read all of it."""
    global _only_json
    _only_json = on


def is_only_json() -> bool:
    return _only_json


def print_json(fields: Mapping[str, Any]) -> None:
    """One JSON line. Fields that are None are left out: absent means unknown (design section 12)."""
    known = {name: value for name, value in fields.items() if value is not None}
    text = json.dumps(known, ensure_ascii=False)
    _write((text if writable(text) == text else json.dumps(known)) + "\n", sys.stdout)


def print_line(text: str) -> None:
    """One line to standard output, at once, so that a reader of a pipe sees it as it comes."""
    _write(text + "\n", sys.stderr if _only_json else sys.stdout)


def print_text(text: str) -> None:
    """Several lines to standard output, as they are."""
    _write(text, sys.stdout)


def _write(text: str, stream: TextIO) -> None:
    stream.write(writable(text))
    stream.flush()


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


def print_error(text: str) -> None:
    """One line to standard error."""
    sys.stderr.write(text + "\n")
