"""Full and failing disks, under a gate that syncs and under its center: nothing acknowledged is missing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.disk import SmallDisk
from tests.e2e.sync_stack.books import assert_nothing_is_lost
from tests.e2e.sync_stack.gate import Gate
from tests.e2e.sync_stack.red_queue import RedQueue
from tests.e2e.sync_stack.running_center import RunningCenter

NewGate = Callable[..., Gate]
ROOMY = "8m"  # for a journal of this queue's people, or a center's database

# A disk that is about to die: so many writes or flushes go well at first, then every so many-th does not.
FAULTS = ("pwrite64:error=EIO:when=400+53", "fdatasync:error=EIO:when=60+7")


@pytest.fixture
def queue() -> Iterator[RedQueue]:
    with RedQueue(pause_s=0.05) as queue:
        yield queue


@pytest.fixture
def roomy_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with SmallDisk(tmp_path / "small", ROOMY) as disk:
        yield disk


def test_a_gate_whose_disk_is_full_says_so_and_what_it_acknowledged_is_at_the_center(
    new_gate: NewGate, center: RunningCenter, queue: RedQueue, roomy_disk: SmallDisk
) -> None:
    gate = new_gate("small/station", *queue.devices)
    queue.live_at(gate.folder)
    gate.enrol(center)
    gate.start()
    center.wait_for_rows(20)
    roomy_disk.fill()
    for _ in range(3):
        said = json.loads(gate.program.until('"not_stored"'))
        assert said == {"error": "not_stored", "problem": "disk_full"}
    full_at = center.rows()
    roomy_disk.make_room()
    center.wait_for_rows(full_at + 20)
    queue.stop()
    gate.wait_until_synced()
    gate.stop()

    with center.store() as store:
        assert_nothing_is_lost(gate.printed, gate.folder, store)


def test_a_center_whose_disk_is_full_says_try_again_and_the_gate_goes_on(
    new_gate: NewGate, queue: RedQueue, roomy_disk: SmallDisk
) -> None:
    gate = new_gate("station", *queue.devices)
    queue.live_at(gate.folder)
    with RunningCenter(roomy_disk.path / "center") as center:
        gate.enrol(center)
        gate.start()
        center.wait_for_rows(20)
        roomy_disk.fill()
        told = gate.wait_until(trouble="busy")
        waiting = gate.status_words()
        printed = [gate.program.entry() for _ in range(60)]  # it records all the while
        roomy_disk.make_room()
        center.wait_for_rows(printed[-1]["number"])
        queue.stop()
        gate.wait_until_synced()
        gate.printed += printed
        gate.stop()
        with center.store() as store:
            assert_nothing_is_lost(gate.printed, gate.folder, store)
        assert not center.program.has_ended

    assert told["link"] == "offline"
    assert "待同步" in waiting
    assert "中心正忙" in waiting


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
@pytest.mark.parametrize("fault", FAULTS)
def test_a_gate_whose_disk_fails_now_and_then_prints_only_what_is_stored(
    new_gate: NewGate, center: RunningCenter, queue: RedQueue, fault: str
) -> None:
    gate = new_gate("station", *queue.devices)
    queue.live_at(gate.folder)
    gate.enrol(center)
    gate.wrapped_in = ("strace", "-D", "--seccomp-bpf", "-f", "-o", "/dev/null", "-e", f"inject={fault}")
    gate.start()
    assert json.loads(gate.program.until('"not_stored"'))["problem"]
    center.wait_for_rows(30, within_s=120.0)
    gate.kill()  # the disk is exchanged
    gate.wrapped_in = ()
    gate.start()
    queue.stop()
    gate.wait_until_synced()
    gate.stop()

    with center.store() as store:
        assert_nothing_is_lost(gate.printed, gate.folder, store)
