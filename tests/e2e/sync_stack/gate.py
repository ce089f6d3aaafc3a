"""An enrolled `station run --headless` that is killed and started again, with everything it ever printed."""

from __future__ import annotations

import contextlib
import io
import json
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from station.cli import main
from tests.e2e.program import COMMAND, Json, Program, station
from tests.e2e.sync_stack.running_center import RunningCenter


class Gate:
    """One station's folder, and the program at work there."""

    def __init__(self, folder: Path, *devices: str) -> None:
        self.folder, self.devices = folder, devices
        self.wrapped_in: tuple[str, ...] = ()  # a command that runs the program
        self.printed: list[Json] = []
        self._program: Program | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    @property
    def program(self) -> Program:
        assert self._program
        return self._program

    def enrol(self, center: RunningCenter, name: str = "东门") -> None:
        """As an admin does it at the gate."""
        done = station("enrol", center.url, center.one_time_code(name), "--data", self.folder)
        assert done.returncode == 0, done.stderr

    def start(self) -> None:
        command = (*self.wrapped_in, *COMMAND)
        self._program = Program("run", "--headless", "--data", self.folder, *self.devices, command=command)

    def kill(self) -> None:
        """kill -9."""
        if self._program:
            self.printed += self._program.kill()
            self._program = None

    def stop(self) -> None:
        """As a shutdown of the PC does it."""
        assert self.program.stop() == 0
        self.kill()

    def status(self) -> Json:
        """`station sync status`, beside the gate that runs; in our process, where it takes no second."""
        printed = io.StringIO()
        with pytest.MonkeyPatch.context() as speaking, contextlib.redirect_stdout(printed):
            speaking.setenv("LANGUAGE", "zh")  # another language would begin an application of Qt
            main(["sync", "status", "--json", "--data", str(self.folder)])
        said: Json = json.loads(printed.getvalue())
        return said

    def status_words(self) -> str:
        return station("sync", "status", "--data", self.folder, env={"LANGUAGE": "zh"}).stdout

    def wait_until(self, *, within_s: float = 90.0, **wanted: object) -> Json:
        """Until `status` says so."""
        deadline = time.monotonic() + within_s
        while True:
            said = self.status()
            if all(said.get(name) == value for name, value in wanted.items()):
                return said
            assert time.monotonic() < deadline, (wanted, said)
            time.sleep(0.1)  # another process is to do it

    def wait_until_synced(self, within_s: float = 90.0) -> Json:
        return self.wait_until(within_s=within_s, link="online", pending=0)
