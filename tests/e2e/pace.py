"""How long programs take for themselves: what the machine did meanwhile says nothing about them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.devices.clocks import at_work
from tests.e2e.program import Program


def waited_for_processor(pid: int) -> float:
    """Seconds that threads of a process were ready and other programs ran: proc(5), schedstat."""
    waited_ns = 0
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with suppress(OSError):  # it has just ended
            waited_ns += int((thread / "schedstat").read_text().split()[1])
    return waited_ns / 1e9


@contextmanager
def own_time(*programs: Program) -> Iterator[Callable[[], float]]:
    """Seconds since, without those in which the machine stood still or ran others in place of them and us."""
    pids = [os.getpid(), *(program.pid for program in programs)]
    before = {pid: waited_for_processor(pid) for pid in pids}

    def waited() -> float:
        return sum(max(0.0, waited_for_processor(pid) - before[pid]) for pid in pids)

    with at_work() as seconds:
        yield lambda: seconds() - waited()
