"""How far a long command is: on a terminal, in one line that writes over itself and is gone at the end.

A script's log gets none of it, and neither does whoever asked for JSON.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from station.commands.result import is_only_json

EVERY_S = 1.0  # a person reads no faster; what is done sooner says nothing

Told = Callable[[float, float], None]  # so much of so much


@contextmanager
def showing(what: str) -> Iterator[Told]:
    """`what` says what is done, e.g. 正在备份. Of a command that Ctrl-C ends the line goes, too."""
    if is_only_json() or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    line = _Line(what)
    try:
        yield line.tell
    finally:
        line.clear()


class _Line:
    def __init__(self, what: str) -> None:
        self._what, self._shown, self._next_s = what, "", time.monotonic() + EVERY_S

    def tell(self, done: float, total: float) -> None:
        """Cheap enough to be called for every row."""
        now = time.monotonic()
        if now >= self._next_s:
            self._next_s = now + EVERY_S
            self._write(f"{self._what} {min(done / total, 1.0) if total else 1.0:.0%}")

    def clear(self) -> None:
        """No escape sequences, which not every terminal knows: blanks, two for each hanzi."""
        if self._shown:
            self._write(" " * len(self._shown.encode("gbk", "replace")))
            self._write("")

    def _write(self, text: str) -> None:
        self._shown = text
        sys.stderr.write(f"\r{text}")
        sys.stderr.flush()
