"""A center keeps its large buffers where the C library lets it."""

from __future__ import annotations

import subprocess
import sys

import pytest

FAULTS = """
import resource, sys
from threading import Thread
from center import large_buffers

def batches(count):
    for _ in range(count):
        body = b"x" * 600_000
        records = [body[:500] for _ in range(4_000)]
        plain = bytearray(body) * 3

def given():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt

def in_a_thread():
    batches(5)
    before = given()
    batches(50)
    print(given() - before)

if sys.argv[1] == "keep":
    assert large_buffers.keep()
thread = Thread(target=in_a_thread)
thread.start()
thread.join()
"""


def faults(how: str) -> int:
    """Pages that the kernel had to give while fifty batches passed."""
    done = subprocess.run([sys.executable, "-c", FAULTS, how], capture_output=True, text=True, check=True)
    return int(done.stdout)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="mallopt is glibc's")
def test_the_kernel_is_not_asked_for_the_same_pages_again_and_again() -> None:
    assert faults("keep") < faults("as it is") / 4
