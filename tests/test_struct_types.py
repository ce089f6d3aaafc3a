"""Eight gates send their first batch to a center that has just begun."""

from __future__ import annotations

import subprocess
import sys

import msgspec

import center.commands.serve  # noqa: F401 - loads what a center loads
from station.core.entry import Entry
from station.core.struct_types import make_ready
from station.sync.bundle import Batch, Page, Push

AT_ONCE = """
import sys
from threading import Barrier, Thread
import msgspec
import center.commands.serve
from station.core.entry import Entry
from station.core.struct_types import make_ready
from station.sync import bundle

sys.setswitchinterval(1e-6)
make_ready()
kinds = [bundle.Push, bundle.Batch, bundle.Page, bundle.Hello, Entry]
together, refused = Barrier(8), []

def first_look():
    together.wait()
    for kind in kinds:
        try:
            msgspec.msgpack.decode(b"\\x90", type=kind)
        except msgspec.ValidationError:
            refused.append(kind)

threads = [Thread(target=first_look) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert len(refused) == 8 * len(kinds)
"""


def test_all_that_is_read_in_threads_is_ready() -> None:
    ready = make_ready()

    assert {Batch, Push, Page, Entry} <= ready
    assert all(issubclass(kind, msgspec.Struct) for kind in ready)


def test_eight_threads_that_read_for_the_first_time_do_not_end_the_process() -> None:
    done = subprocess.run([sys.executable, "-c", AT_ONCE], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
