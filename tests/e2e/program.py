"""The program as a process of its own: started as a user starts it, heard line by line, always ended.

Nothing of the program is imported here; what it prints is all that is known of it.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType
from typing import IO, Any, NoReturn, Self

import pytest

from tests.patience import PATIENCE_S

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-P", "-m", "station")  # as in ./run
CENTER = (*COMMAND[:-1], "center")
LAST_LINES = 120  # of the log of a program that failed; a hang with all its threads fills a hundred

Json = dict[str, Any]


def station(*arguments: str | Path, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        env=environment(env),
        capture_output=True,
        encoding="utf-8",
        timeout=2 * PATIENCE_S,
        check=False,
    )


def json_lines(text: str) -> list[Json]:
    return [json.loads(line) for line in text.splitlines()]


class Program:
    """A running station, or center. Leaving the context kills it, if it has not been stopped."""

    def __init__(
        self,
        *arguments: str | Path,
        env: Mapping[str, str] | None = None,
        command: Sequence[str] = COMMAND,
    ) -> None:
        self._process = subprocess.Popen(
            [*command, "--verbose", *map(str, arguments)],
            env=environment(env),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert self._process.stdout
        assert self._process.stderr
        self._printed = _Lines(self._process.stdout)
        self._logged = _Lines(self._process.stderr)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

    @property
    def log(self) -> str:
        """All of standard error that has been waited for."""
        return "\n".join(self._logged.heard)

    def line(self) -> str:
        """The next line of standard output."""
        line = self._printed.next(PATIENCE_S)
        if line is None:
            self._fail("printed nothing")
        return line

    def entry(self) -> Json:
        """The next line of standard output, which must be an entry."""
        entry: Json = json.loads(self.line())
        return entry

    def until(self, words: str) -> str:
        """The next line of standard error that holds these words."""
        deadline = time.monotonic() + PATIENCE_S
        line: str | None = ""
        while line is not None and words not in line:
            line = self._logged.next(deadline - time.monotonic())
        return line if line is not None else self._fail(f"never said {words!r}")

    def stop(self) -> int:
        """Ask it to end, as a shutdown of the PC does; its exit code."""
        self._process.terminate()
        return self.ended()

    def interrupt(self) -> int:
        """Ctrl-C; its exit code."""
        self._process.send_signal(signal.SIGINT)
        return self.ended()

    def ended(self) -> int:
        """Wait until it ends by itself; its exit code."""
        try:
            return self._process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.send_signal(signal.SIGABRT)  # it says where each of its threads is
            self._fail("did not end")

    def kill(self) -> list[Json]:
        """kill -9. The entries that it had printed and nobody had taken yet."""
        self._end()
        return json_lines(self._printed.rest())

    def _fail(self, what: str) -> NoReturn:
        self._logged.rest()
        pytest.fail("\n".join([f"{what}; the log ends with", *self._logged.heard[-LAST_LINES:]]))

    def _end(self) -> None:
        self._process.kill()
        self._process.wait()
        self._logged.rest()


class _Lines:
    """The lines of a pipe, read by a thread so that the program never waits for us."""

    def __init__(self, pipe: IO[str]) -> None:
        self.heard: list[str] = []
        self._queue: SimpleQueue[str | None] = SimpleQueue()
        self._ended = False
        Thread(target=self._read, args=(pipe,), daemon=True).start()

    def _read(self, pipe: IO[str]) -> None:
        with pipe:
            for line in pipe:
                self._queue.put(line.rstrip("\n"))
        self._queue.put(None)

    def next(self, timeout_s: float) -> str | None:
        """The next line, or None when none came in time or the pipe has ended."""
        if self._ended:
            return None
        try:
            line = self._queue.get(timeout=max(timeout_s, 0.0))
        except Empty:
            return None
        if line is None:
            self._ended = True
        else:
            self.heard.append(line)
        return line

    def rest(self) -> str:
        """What is left, until the pipe ends or pauses for a second."""
        lines = []
        while (line := self.next(1.0)) is not None:
            lines.append(line)
        return "\n".join(lines)


def environment(more: Mapping[str, str] | None) -> dict[str, str]:
    """Ours, with the project's own modules, and without what would choose another screen."""
    mine = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "WAYLAND_"))}
    return mine | {"PYTHONPATH": str(ROOT), "PYTHONFAULTHANDLER": "1"} | dict(more or {})
