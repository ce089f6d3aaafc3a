"""Fuzzes one target in this process: `python -m tests.fuzz.one TARGET [argument of libFuzzer]…`

The seeds are added to the folders among the arguments. Ends with another exit code than 0 as soon as an input
raises what it must not, takes too long, or needs too much memory; libFuzzer has then written it to a file.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path

import atheris

with redirect_stderr(StringIO()), atheris.instrument_imports(include=["station"]):  # it names each module
    from tests.fuzz.targets import TARGETS

CPU_LIMIT_S = 2.0  # an input; instrumented code is several times slower than at the gate
MEMORY_LIMIT = 2 << 30  # bytes of address space: beyond it Python raises MemoryError, which is a finding


class TooSlowError(Exception):
    """An input that takes so long that a lane would stand still."""


def timed(run: Callable[[bytes], None]) -> Callable[[bytes], None]:
    def once(data: bytes) -> None:
        started = time.process_time()
        run(data)
        if (spent := time.process_time() - started) > CPU_LIMIT_S:
            raise TooSlowError(f"{spent:.1f} s for {len(data)} bytes")

    return once


def main() -> None:
    program, name, *arguments = sys.argv
    for folder in filter(Path.is_dir, map(Path, arguments)):
        for number, seed in enumerate(TARGETS[name].seeds):
            (folder / f"seed-{number}").write_bytes(seed)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    atheris.Setup([program, *arguments], timed(TARGETS[name]))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
