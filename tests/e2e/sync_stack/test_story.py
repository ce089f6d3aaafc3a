"""A district's days with the real programs: what the center sets is felt at the gate, what it lost comes back."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.core.entry import decode
from station.devices.emulators.scanner import PtyScanner
from station.journal.check import check
from station.journal.outbox import OutboxReader
from station.journal.vault import open_vault
from tests.e2e.residents import Resident, move_in
from tests.e2e.sync_stack.books import (
    assert_nothing_is_lost,
    assert_printed_is_stored,
    at_station,
    in_ledger,
    in_rows,
)
from tests.e2e.sync_stack.gate import Gate
from tests.e2e.sync_stack.red_queue import RedQueue
from tests.e2e.sync_stack.running_center import RunningCenter
from tests.e2e.vendor_line import VendorLine

CODE = "https://kakou.invalid/00aa"
FELT_WITHIN_S = 2.0


@pytest.fixture
def queue() -> Iterator[RedQueue]:
    with RedQueue(pause_s=0.05) as queue:
        yield queue


def test_a_colour_that_turns_red_stops_the_person_and_a_revoked_gate_goes_on(
    tmp_path: Path, center: RunningCenter, line: VendorLine
) -> None:
    with PtyScanner() as scanner:
        devices = ("--camera", "/dev/nowhere", "--scanner", f"{scanner.path},gm65", "--thermometer", line.argument)
        gate = Gate(tmp_path / "station", *devices)
        move_in(gate.folder, Resident("周凤", "3-3-401", CODE))
        gate.enrol(center)
        gate.start()
        gate.program.until("scanner gm65: working")
        gate.wait_until_synced()

        scanner.show(CODE)
        gate.program.until("waiting: needs_temperature")
        line.sees_normal()
        passed = gate.program.entry()

        center.command("set", "colour", "red", "--code", CODE)
        begun = time.monotonic()
        notice = json.loads(gate.program.until('"lookbacks"'))
        felt_s = time.monotonic() - begun
        scanner.show(CODE)
        stopped = gate.program.entry()

        center.command("station", "revoke", "东门")
        gate.wait_until(link="paused", trouble="revoked")
        words = gate.status_words()
        center.command("set", "colour", "green", "--code", CODE)  # this one it does not hear any more
        scanner.show(CODE)
        again = gate.program.entry()
        gate.printed += [passed, stopped, again]
        wait_for_rows(center, 3)
        gate.stop()

    assert (passed["decision"], stopped["decision"], again["decision"]) == ("pass", "stop", "stop")
    assert notice["people"] == 1
    assert felt_s < FELT_WITHIN_S
    assert "撤销" in words
    assert_nothing_is_lost(gate.printed, gate.folder, center.open_store(), "")


def wait_for_rows(center: RunningCenter, count: int, within_s: float = 30.0) -> None:
    store, deadline = center.open_store(), time.monotonic() + within_s
    while in_rows(store).total() < count:
        assert time.monotonic() < deadline, "the entries do not come"
        time.sleep(0.1)  # another process stores them
    store.close()


def test_a_center_restored_from_an_older_backup_is_filled_up_by_its_gates(
    tmp_path: Path, center: RunningCenter, queue: RedQueue
) -> None:
    gate = Gate(tmp_path / "station", *queue.devices)
    queue.live_at(gate.folder)
    gate.enrol(center)
    gate.start()
    wait_for_rows(center, 20)
    center.command("backup", "--to", tmp_path / "old.kkc")
    in_backup = in_rows(center.open_store()).total()
    wait_for_rows(center, in_backup + 50)

    center.kill()
    shutil.rmtree(center.data)
    center.command("restore", tmp_path / "old.kkc")
    restored = in_rows(center.open_store()).total()
    center.start()
    wait_for_rows(center, in_backup + 50)
    queue.stop()
    gate.wait_until_synced()
    gate.stop()

    assert 20 <= restored <= in_backup + 50
    assert_nothing_is_lost(gate.printed, gate.folder, center.open_store(), "")


@pytest.mark.parametrize("seen", [False, True], ids=["every byte cloned", "in another machine"])
def test_a_copied_disk_keeps_every_entry_of_both_machines(
    tmp_path: Path, center: RunningCenter, queue: RedQueue, seen: bool
) -> None:
    first = Gate(tmp_path / "station", *queue.devices)
    queue.live_at(first.folder)
    first.enrol(center)
    first.start()
    wait_for_rows(center, 10)
    first.stop()
    with RedQueue(pause_s=0.05) as their_queue:
        second = Gate(tmp_path / "copy", *their_queue.devices)
        shutil.copytree(first.folder, second.folder)
        if seen:
            second.wrapped_in = another_machine(tmp_path)
        for gate in (first, second):
            gate.start()
        before = in_rows(center.open_store()).total()
        wait_for_rows(center, before + 100)
        queue.stop()
        their_queue.stop()
        alarms = set()
        for gate in (first, second):
            alarms |= set(gate.wait_until_synced()["alarms"])
            gate.stop()

    store = center.open_store()
    both: Counter[bytes] = Counter()
    for gate in (first, second):
        assert check(gate.folder).ok
        assert_printed_is_stored(gate.printed, gate.folder)
        both |= at_station(gate.folder)
    assert set(in_ledger(store)) == set(both)
    assert in_rows(store) == Counter(decode(record).id for record in both)
    assert alarms & {"fork", "duplicate_station"}
    assert set(center.command("station", "list")[0]["alarms"]) & {"fork", "duplicate_station"}
    assert incarnations(second.folder) > 1 or incarnations(first.folder) > 1


def another_machine(folder: Path) -> tuple[str, ...]:
    """Run what follows where /etc/machine-id says something else; skips where that is not allowed."""
    other = folder / "machine-id"
    other.write_text("0" * 31 + "1\n")
    swap = f"mount --bind {other} /etc/machine-id && exec \"$0\" \"$@\""
    wrapper = ("unshare", "--mount", "sh", "-c", swap)
    if not Path("/etc/machine-id").exists() or subprocess.call([*wrapper, "true"], stderr=subprocess.DEVNULL):
        pytest.skip("another machine-id for one program needs root and mount namespaces")
    return wrapper


def incarnations(folder: Path) -> int:
    with OutboxReader.open(folder, open_vault(folder, create=False)) as reader:
        return len(reader.chains())
