"""How quick the gate is, what it costs while nobody comes, and whether its memory grows. See README.md."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

# Before Qt starts: a benchmark opens no window on the user's screen unless it is told to.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from bench import decode, idle, live, machine, memory, verdict
from bench.figures import Table
from bench.frames import frames_with_codes
from bench.verdict import Readable, readable
from station.devices.frame import Image


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is measured."""

    frames: int  # with codes
    rounds: int  # over all of them
    visits: int  # in real time, 3 s each
    scenes: Sequence[str]
    warm_up_s: float
    idle_s: float  # for each scene, without and with a window
    entries: Sequence[int]  # at these numbers memory is taken


FULL = Extent(60, 3, 40, idle.SCENES, 8.0, 15.0, (1_000, 2_000, 5_000, 10_000))
QUICK = Extent(12, 2, 5, ("still",), 8.0, 5.0, (100, 500))


class Bench:
    """The sections of the report. What several of them need is made once."""

    def __init__(self, extent: Extent, folder: Path) -> None:
        self._extent, self._folder = extent, folder

    @cached_property
    def _frames(self) -> tuple[str, list[Image]]:
        return frames_with_codes(self._extent.frames)

    @cached_property
    def _codes(self) -> list[Readable]:
        return readable(self._frames[1])

    def decode(self) -> Table:
        return decode.table(*self._frames, self._extent.rounds)

    def verdict(self) -> Table:
        return verdict.table(self._codes, self._extent.rounds, self._new_folder("verdict"))

    def live(self) -> Table:
        return live.table(self._codes, self._extent.visits, self._new_folder("live"))

    def idle(self) -> Table:
        extent = self._extent
        return idle.table(extent.scenes, extent.warm_up_s, extent.idle_s, self._new_folder("idle"))

    def memory(self) -> Table:
        return memory.table(self._extent.entries, self._new_folder("memory"))

    def _new_folder(self, name: str) -> Path:
        folder = self._folder / name
        folder.mkdir()
        return folder


SECTIONS: dict[str, Callable[[Bench], Table]] = {
    "decode": Bench.decode,
    "verdict": Bench.verdict,
    "live": Bench.live,
    "idle": Bench.idle,
    "memory": Bench.memory,
}


def report(extent: Extent, sections: Sequence[str], folder: Path) -> Iterator[str]:
    """The lines of the report, as they are measured. `folder` is where the journals are written."""
    yield machine.description(folder)
    yield f"quiet: the smallest median of a round, on a machine that may be busy ({machine.load()})"
    yield ""
    bench = Bench(extent, folder)
    for section in sections:
        yield from SECTIONS[section](bench).lines()
    yield f"at the end: {machine.load()}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.gate", description=__doc__)
    parser.add_argument("sections", nargs="*", help=f"some of: {' '.join(SECTIONS)} (default: all)")
    parser.add_argument("--quick", action="store_true", help="less of everything, about a minute and a half")
    parser.add_argument("--folder", type=Path, help="where the journals are written; its disk is measured")
    arguments = parser.parse_args()
    if unknown := set(arguments.sections) - set(SECTIONS):
        parser.error(f"no such section: {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory(prefix="kakou-bench-", dir=arguments.folder) as folder:
        extent = QUICK if arguments.quick else FULL
        for line in report(extent, arguments.sections or list(SECTIONS), Path(folder)):
            print(line, flush=True)


if __name__ == "__main__":
    main()
