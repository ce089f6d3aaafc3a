"""How well codes are read: photographs, what each stage adds, a moving hand, an empty gate. See README.md."""

from __future__ import annotations

import argparse
import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from bench import machine, moving, photographs
from bench.figures import Table
from bench.moving import Generator
from bench.passes import VARIABLE, load
from bench.photographs import Photograph

_ROOT = Path(__file__).parents[1]
_SEEDS = 10**8  # the generator multiplies a seed, and the product has to fit a C int


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is measured."""

    every: int  # photograph
    every_for_stages: int
    passes: int  # of each level and size


FULL = Extent(1, 1, 10)
QUICK = Extent(4, 12, 2)


class Bench:
    """The sections of the report."""

    def __init__(self, extent: Extent, seed: int) -> None:
        self._extent, self._seed = extent, seed

    def photographs(self) -> Iterator[Table]:
        yield photographs.table(_photographs(self._extent.every))

    def stages(self) -> Iterator[Table]:
        yield photographs.stages(_photographs(self._extent.every_for_stages))

    def hand(self) -> Iterator[Table]:
        seeds = range(self._seed, self._seed + self._extent.passes)
        yield from moving.passes(_generator(), seeds)

    def idle(self) -> Iterator[Table]:
        yield moving.idle(_generator(), self._seed)


def _generator() -> Generator:
    """Raises SystemExit when there is none."""
    path = Path(os.environ.get(VARIABLE, _ROOT / "../shared/tools/gatevideo.py"))
    if not path.is_file():
        raise SystemExit(f"no generator of a gate's video: set {VARIABLE}")
    return cast("Generator", load(path))


def _photographs(every: int) -> list[Photograph]:
    """Raises SystemExit when there are none."""
    found = photographs.photographs(every)
    if not found:
        raise SystemExit("no photographs: set KAKOU_TEST_DATA")
    return found


SECTIONS: dict[str, Callable[[Bench], Iterator[Table]]] = {
    "photographs": Bench.photographs,
    "stages": Bench.stages,
    "hand": Bench.hand,
    "idle": Bench.idle,
}


def report(extent: Extent, sections: Sequence[str], seed: int) -> Iterator[str]:
    """The lines of the report, as they are measured."""
    yield f"{machine.description(_ROOT)}; {machine.load()}; videos from --seed {seed} on"
    yield ""
    bench = Bench(extent, seed)
    for section in sections:
        for table in SECTIONS[section](bench):
            yield from table.lines()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.reading", description=__doc__)
    parser.add_argument("sections", nargs="*", help=f"some of: {' '.join(SECTIONS)} (default: all)")
    parser.add_argument("--quick", action="store_true", help="less of everything, about two minutes")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(_SEEDS), help="of the first video")
    arguments = parser.parse_args()
    if unknown := set(arguments.sections) - set(SECTIONS):
        parser.error(f"no such section: {', '.join(sorted(unknown))}")
    extent = QUICK if arguments.quick else FULL
    for line in report(extent, arguments.sections or list(SECTIONS), arguments.seed):
        print(line, flush=True)


if __name__ == "__main__":
    main()
