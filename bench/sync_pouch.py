"""The peer: PouchDB on leveldb, replicating with express-pouchdb on leveldb, on loopback. Needs Node.

Its packages are fetched by npm into the user's cache, once.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
import platformdirs

SCRIPTS = Path(__file__).parent / "pouch"


class NoPeerError(Exception):
    """There is no Node here, or its packages cannot be fetched."""


class Done(msgspec.Struct, frozen=True):
    """What a client says at its end."""

    docs: int
    seconds: float
    here: int  # documents in its own database


@dataclass(frozen=True, slots=True)
class Pouch:
    """Clients, and the server at `url`; databases lie in `folder`."""

    packages: Path
    folder: Path
    url: str

    def fill(self, name: str, documents: Path) -> Done:
        return self._client("fill", name, str(documents))

    def push(self, name: str, remote: str, url: str = "") -> Done:
        return self._client("push", name, f"{url or self.url}/{remote}")

    def pull(self, name: str, remote: str, url: str = "") -> Done:
        return self._client("pull", name, f"{url or self.url}/{remote}")

    def _client(self, *words: str) -> Done:
        what, name, where = words
        command = ["node", str(SCRIPTS / "client.js"), what, str(self.folder / "clients"), name, where]
        done = subprocess.run(
            command, env=_environment(self.packages), capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        return msgspec.json.decode(done.stdout, type=Done)


@contextmanager
def pouch(folder: Path) -> Iterator[Pouch]:
    """A running server. Raises NoPeerError."""
    packages = _packages()
    (folder / "server").mkdir()
    (folder / "clients").mkdir()
    with subprocess.Popen(
        ["node", str(SCRIPTS / "server.js"), str(folder / "server")],
        env=_environment(packages),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=folder,
    ) as process:
        try:
            assert process.stdout is not None
            yield Pouch(packages, folder, f"http://127.0.0.1:{int(process.stdout.readline())}")
        finally:
            process.terminate()


def versions() -> str:
    """Of Node and the packages that are measured, fetched if need be. Raises NoPeerError."""
    _packages()
    wanted = json.loads((SCRIPTS / "package.json").read_text("utf-8"))["dependencies"]
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    names = ("pouchdb", "express-pouchdb")
    return f"Node {node}, " + ", ".join(f"{name} {wanted[name]}" for name in names)


def _packages() -> Path:
    """The folder with the packages, fetched if it is not there."""
    if not (shutil.which("node") and shutil.which("npm")):
        raise NoPeerError("Node with npm is not installed")
    cache = Path(platformdirs.user_cache_dir("kakou-bench", appauthor=False)) / "pouch"
    there, wanted = cache / "package.json", (SCRIPTS / "package.json").read_text("utf-8")
    if (cache / "node_modules").exists() and there.exists() and there.read_text("utf-8") == wanted:
        return cache
    cache.mkdir(parents=True, exist_ok=True)
    there.write_text(wanted, "utf-8")
    try:
        subprocess.run(
            ["npm", "install", "--no-audit", "--no-fund"],
            cwd=cache,
            capture_output=True,
            text=True,
            check=True,
        )
    except subprocess.CalledProcessError as error:
        there.unlink()
        raise NoPeerError(f"npm: {error.stderr}") from error
    return cache


def _environment(packages: Path) -> dict[str, str]:
    return {**os.environ, "NODE_PATH": str(packages / "node_modules"), "NODE_ENV": "production"}
