"""The commands run to their end inside the test: as from a shell, without half a second for a new process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from station.cli import main
from tests.e2e.program import Json, json_lines


class CommandLine:
    """Runs commands to their end."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def run(self, *arguments: str | Path) -> CompletedProcess[str]:
        words = [str(argument) for argument in arguments]
        try:
            code: Any = main(words)
        except SystemExit as refused:  # how argparse ends
            code = refused.code
        said = self._capsys.readouterr()
        return CompletedProcess(words, code, said.out, said.err)

    def printed(self, *arguments: str | Path, code: int = 0) -> list[Json]:
        """The JSON lines of a command that ends with this exit code."""
        done = self.run(*arguments, "--json")
        assert done.returncode == code, done.stderr
        lines = json_lines(done.stdout)
        assert not list(nulls(lines))
        return lines


def nulls(value: Any) -> Iterator[object]:
    """Every null in a JSON value, however deep."""
    if value is None:
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nulls(inner)
