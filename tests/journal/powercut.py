"""What a disk may hold after a cut of power, made from what a program really did to its files.

strace records the program's file operations. They are replayed onto a model of a disk that forgets: what was
written since a file's last fsync may be there wholly, in part, in 512-byte sectors, or not at all, and names
made, moved or removed since their folder's last fsync may be as before. (The idea is that of ALICE,
Pillai et al., OSDI 2014.) POSIX promises no more than this; most file systems do.
"""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

CALLS = "openat,write,pwrite64,ftruncate,fsync,fdatasync,rename,unlink"
SECTOR = 512  # what a disk writes whole; nothing larger can be relied on
MEMORY_ONLY = "-shm"  # SQLite's index of its WAL is mapped memory and is made anew after a crash


# --- recording ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Call:
    """One successful system call: a path or an open file's path, and the bytes and numbers after it."""

    name: str
    path: str
    data: bytes
    text: str  # the arguments as strace wrote them

    @property
    def numbers(self) -> list[int]:
        return [int(number) for number in re.findall(r", (\d+)(?=,|$)", self.text)]


_LINE = re.compile(r"\d+ +(?P<name>\w+)\((?P<arguments>.*)\) += \d+")
_OPEN_FILE = re.compile(r"\d+<(?P<path>[^>]*)>")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


def record(command: Sequence[str], trace: Path, cwd: Path) -> list[Call]:
    """Run a program to its end and return its calls in order."""
    strace = ["strace", "-f", "-y", "-xx", "-s", "1000000", "-o", str(trace), "-e", f"trace={CALLS}"]
    subprocess.run([*strace, *command], cwd=cwd, check=True, stdout=subprocess.DEVNULL)
    with trace.open(encoding="ascii") as lines:
        return [call for call in map(_parse, lines) if call]


def _parse(line: str) -> Call | None:
    found = _LINE.match(line)
    if not found:
        return None  # a failed call, or the line that tells of the end
    name, text = found["name"], found["arguments"]
    strings = [_unescape(escaped) for escaped in _STRING.findall(text)]
    if name == "openat":
        return Call(name, strings[0].decode(), b"", text)
    if name in ("rename", "unlink"):
        return Call(name, strings[0].decode(), strings[-1], text)
    opened = _OPEN_FILE.match(text)
    assert opened, line
    return Call(name, _unescape(opened["path"]).decode(), strings[0] if strings else b"", text)


def _unescape(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", ""))


# --- a disk that forgets ------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """Bytes written at an offset; without bytes, the file is cut or stretched to the offset."""

    offset: int
    data: bytes | None

    def apply(self, content: bytearray) -> None:
        end = self.offset + len(self.data or b"")
        if self.data is None:
            del content[end:]
        content.extend(bytes(max(0, end - len(content))))
        content[self.offset : end] = self.data or b""

    def sectors(self) -> Iterator[Change]:
        if self.data is None:
            yield self
            return
        for start in range(0, len(self.data), SECTOR):
            yield Change(self.offset + start, self.data[start : start + SECTOR])


@dataclass(eq=False)
class File:
    durable: bytearray = field(default_factory=bytearray)
    pending: list[Change] = field(default_factory=list)
    size: int = 0

    def change(self, change: Change) -> None:
        end = change.offset + len(change.data or b"")
        self.size = end if change.data is None else max(self.size, end)
        self.pending.append(change)

    def sync(self) -> None:
        for change in self.pending:
            change.apply(self.durable)
        self.pending.clear()

    def after_cut(self, chance: random.Random) -> bytes:
        content = bytearray(self.durable)
        for change in _surviving(self.pending, chance):
            change.apply(content)
        return bytes(content)


def _surviving(pending: list[Change], chance: random.Random) -> list[Change]:
    """None, all, the first few, some whole ones, or some sectors of what no fsync covered."""
    match chance.choice(["none", "all", "first", "some", "sectors"]):
        case "none":
            return []
        case "all":
            return pending
        case "first":
            return pending[: chance.randint(0, len(pending))]
        case "some":
            return [change for change in pending if chance.random() < 0.5]
        case _:
            return [part for change in pending for part in change.sectors() if chance.random() < 0.5]


class Disk:
    """The files of one folder; what was there before the recording began is durable."""

    def __init__(self, folder: Path, before: Mapping[str, bytes] | None = None) -> None:
        self._folder = folder
        self._names = {
            name: File(bytearray(content), size=len(content)) for name, content in (before or {}).items()
        }
        self._history: list[dict[str, File]] = [
            self._names
        ]  # names since the folder's last fsync, oldest first

    def apply(self, call: Call) -> None:
        path = Path(call.path)
        if path == self._folder and call.name in ("fsync", "fdatasync"):
            del self._history[:-1]
        elif path.parent == self._folder and not path.name.endswith(MEMORY_ONLY):
            self._apply_to_file(path.name, call)

    def after_cut(self, folder: Path, chance: random.Random) -> None:
        """Write one possible state of the disk into a new folder."""
        folder.mkdir()
        for name, file in chance.choice(self._history).items():
            (folder / name).write_bytes(file.after_cut(chance))

    def _apply_to_file(self, name: str, call: Call) -> None:
        match call.name:
            case "openat" if "O_CREAT" in call.text and name not in self._names:
                self._rename({**self._names, name: File()})
            case "rename":
                moved = {other: file for other, file in self._names.items() if other != name}
                self._rename({**moved, Path(call.data.decode()).name: self._names[name]})
            case "unlink":
                self._rename({other: file for other, file in self._names.items() if other != name})
            case "write":  # only ever used to write a file from its start to its end
                self._names[name].change(Change(self._names[name].size, call.data))
            case "pwrite64":
                self._names[name].change(Change(call.numbers[-1], call.data))
            case "ftruncate":
                self._names[name].change(Change(call.numbers[-1], None))
            case "fsync" | "fdatasync":
                self._names[name].sync()

    def _rename(self, names: dict[str, File]) -> None:
        self._names = names
        self._history.append(names)
