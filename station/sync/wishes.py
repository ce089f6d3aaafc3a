"""What other programs on this PC ask of the gate that runs: it alone writes its journal.

A wish is a small file in DATA/wishes, and so is its answer. The folder is its owner's only; an answer that
nobody fetches is gone with the next start.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from station.journal.durable import make_folder, write_file

FOLDER = "wishes"
WITHIN_S = 60.0
_WISH, _ANSWER = ".wish", ".answer"
_LOOK_S = 0.1

log = logging.getLogger(__name__)


class Wish(msgspec.Struct, frozen=True):
    """`do`: status, now, enrol (url and code), import (file), export (file), call (a verb …)."""

    do: str
    url: str = ""
    code: str = ""
    file: str = ""
    verb: str = ""  # of a call: list, whistle, ask, arrived, withdraw, say, seen
    case: str = ""
    about: str = ""
    text: str = ""

    def __repr__(self) -> str:
        return f"Wish({self.do!r}, …)"


class Call(msgspec.Struct, frozen=True):
    """A call for help or a question, as the gate follows it; `core.help.Help` has the words."""

    id: str
    kind: str
    what: str
    stage: str
    about: str = ""
    going: str = ""
    answers: tuple[str, ...] = ()
    unseen: bool = False

    def __repr__(self) -> str:
        return f"Call({self.id!r}, {self.stage!r})"


class Granted(msgspec.Struct, frozen=True):
    """What came of it; `problem` is a slug of whatever went wrong, "" if nothing did."""

    problem: str = ""
    trouble: str = ""
    detail: str = ""
    name: str = ""
    pages: int = 0
    acks: int = 0
    pending: int = 0
    link: str = ""  # of a status; `trouble` beside it
    offset_s: float | None = None
    alarms: tuple[str, ...] = ()
    calls: tuple[Call, ...] = ()


def wish(
    data: Path, asked: Wish, *, within_s: float = WITHIN_S, sleep: Callable[[float], None] = time.sleep
) -> Granted | None:
    """Ask the gate that runs and wait for its answer; None: it did not answer. Raises OSError."""
    folder = data / FOLDER
    make_folder(folder)
    name = secrets.token_hex(8)
    write_file(folder / f"{name}{_WISH}", msgspec.json.encode(asked))
    answer = folder / f"{name}{_ANSWER}"
    for _ in range(int(within_s / _LOOK_S)):
        if answer.exists():
            content = answer.read_bytes()
            answer.unlink()
            return msgspec.json.decode(content, type=Granted)
        sleep(_LOOK_S)
    (folder / f"{name}{_WISH}").unlink(missing_ok=True)
    return None


def wishes(data: Path) -> Iterator[tuple[str, Wish]]:
    """Those that stand there, each once: it is taken away when it is read. Raises OSError."""
    for path in sorted((data / FOLDER).glob(f"*{_WISH}")):
        content = path.read_bytes()
        path.unlink()
        try:
            yield path.stem, msgspec.json.decode(content, type=Wish)
        except msgspec.DecodeError as error:
            log.warning("a wish that is none: %s", error)


def grant(data: Path, name: str, answer: Granted) -> None:
    """Raises OSError."""
    write_file(data / FOLDER / f"{name}{_ANSWER}", msgspec.json.encode(answer))


def clear(data: Path) -> None:
    """What was asked before this start is of the past."""
    for path in (data / FOLDER).glob("*.*"):
        path.unlink(missing_ok=True)
