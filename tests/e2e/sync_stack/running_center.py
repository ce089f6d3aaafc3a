"""`center serve` as a process of its own, on either database: can be killed, comes back at its address."""

from __future__ import annotations

import contextlib
import io
import json
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from center.cli import main
from center.keys import load_keys
from center.store import SqlStore, open_store
from tests.e2e.ports import free_port
from tests.e2e.program import CENTER, Json, Program
from tests.patience import PATIENCE_S


class RunningCenter:
    """Running while used as a context manager. `database`: a URL of PostgreSQL, or empty for its own file."""

    def __init__(self, data: Path, database: str = "") -> None:
        self.data, self.database = data, database
        self._port = free_port()
        self._program: Program | None = None

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self._port}"

    def __enter__(self) -> Self:
        self.start()
        self.wait_until_open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def start(self) -> None:
        address = ("--host", "127.0.0.1", "--port", str(self._port))
        self._program = Program("serve", *address, *self._place(), "--json", command=CENTER)

    def wait_until_open(self) -> None:
        assert json.loads(self.program.line())["url"] == self.url

    @property
    def program(self) -> Program:
        assert self._program
        return self._program

    def kill(self) -> None:
        """kill -9."""
        if self._program:
            self._program.kill()
            self._program = None

    def command(self, *words: str | Path) -> list[Json]:
        """What a command of the center prints, run beside it; an admin would type it."""
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            code = main([*map(str, words), *self._place(), "--json"])
        assert code == 0, words
        return [json.loads(line) for line in said.getvalue().splitlines()]

    def one_time_code(self, name: str) -> str:
        (said,) = self.command("station", "add", name, "--url", self.url)
        code: str = said["code"]
        return code

    @contextmanager
    def store(self) -> Iterator[SqlStore]:
        """Its database, to look into."""
        where = self.database or self.data / "center.db"
        with closing(open_store(where, items_key=load_keys(self.data).items_key)) as opened:
            yield opened

    def rows(self) -> int:
        """How many typed rows there are."""
        with self.store() as opened, opened.database.read() as connection:
            ((number,),) = connection.rows("SELECT count(*) FROM entry")
        return int(number)

    def wait_for_rows(self, count: int, within_s: float = PATIENCE_S) -> None:
        """Until so many have come."""
        deadline = time.monotonic() + within_s
        while self.rows() < count:
            assert time.monotonic() < deadline, "the entries do not come"
            time.sleep(0.1)  # another process stores them

    def _place(self) -> tuple[str, ...]:
        database = ("--db", self.database) if self.database else ()
        return ("--data", str(self.data), *database)
