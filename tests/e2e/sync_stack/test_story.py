"""A district's days with the real programs: what a center sets is felt at gates, what it lost comes back."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from station.core.entry import decode
from station.devices.emulators.scanner import PtyScanner
from station.journal.outbox import OutboxReader
from station.journal.vault import open_vault
from tests.e2e.pace import own_time
from tests.e2e.program import Json
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

CODE, NEXT, LAST = (f"https://kakou.invalid/{name}" for name in ("00aa", "00bb", "00cc"))
FELT_WITHIN_S = 2.0
ALARMS = {"fork", "duplicate_station"}

NewGate = Callable[..., Gate]


@pytest.fixture
def queue() -> Iterator[RedQueue]:
    with RedQueue(pause_s=0.05) as queue:
        yield queue


def test_a_colour_that_turns_red_stops_the_person_and_a_revoked_gate_goes_on(
    new_gate: NewGate, center: RunningCenter, line: VendorLine
) -> None:
    with PtyScanner() as scanner:
        eyes = ("--camera", "/dev/nowhere", "--scanner", f"{scanner.path},gm65")
        gate = new_gate("station", *eyes, "--thermometer", line.argument)
        neighbours = [Resident("孙宝山", "6-3-201", NEXT, "红"), Resident("郑梅", "6-3-202", LAST, "红")]
        move_in(gate.folder, Resident("周凤", "3-3-401", CODE), *neighbours)
        gate.enrol(center)
        gate.start()
        gate.program.until("scanner gm65: working")
        gate.wait_until_synced()

        scanner.show(CODE)
        gate.program.until("waiting: needs_temperature")
        line.sees_normal()
        passed = gate.program.entry()

        center.command("set", "colour", "red", "--code", CODE)
        with own_time(gate.program, center.program) as seconds:
            notice = json.loads(gate.program.until('"lookbacks"'))
            felt_s = seconds()
        stopped = [entry_of(gate, scanner, code) for code in (NEXT, CODE)]

        center.command("station", "revoke", "东门")
        center.command("set", "colour", "green", "--code", CODE)  # this it does not hear any more
        gate.wait_until(link="paused", trouble="revoked")
        words = gate.status_words()
        stopped.append(entry_of(gate, scanner, LAST))
        center.wait_for_rows(4)
        gate.printed += [passed, *stopped]
        gate.stop()

    assert passed["decision"] == "pass"
    assert [entry["decision"] for entry in stopped] == ["stop"] * 3
    assert stopped[1]["person_id"] == passed["person_id"]
    assert notice["people"] == 1
    assert felt_s < FELT_WITHIN_S
    assert "撤销" in words
    with center.store() as store:
        assert_nothing_is_lost(gate.printed, gate.folder, store)


def entry_of(gate: Gate, scanner: PtyScanner, code: str) -> Json:
    """What is printed when somebody else than the last one holds a code before the scanner."""
    scanner.show(code)
    return gate.program.entry()


def test_a_center_restored_from_an_older_backup_is_filled_up_by_its_gates(
    tmp_path: Path, new_gate: NewGate, center: RunningCenter, queue: RedQueue
) -> None:
    gate = new_gate("station", *queue.devices)
    queue.live_at(gate.folder)
    gate.enrol(center)
    gate.start()
    center.wait_for_rows(20)
    center.command("backup", "--to", tmp_path / "old.kkc")
    center.wait_for_rows(center.rows() + 50)

    before = center.rows()
    center.kill()
    shutil.rmtree(center.data)
    center.command("restore", tmp_path / "old.kkc")
    restored = center.rows()
    center.start()
    center.wait_for_rows(before)
    queue.stop()
    gate.wait_until_synced()
    gate.stop()

    assert 20 <= restored <= before - 20
    with center.store() as store:
        assert_nothing_is_lost(gate.printed, gate.folder, store)


@pytest.mark.parametrize(
    "seen",
    [
        pytest.param(False, id="every byte cloned", marks=pytest.mark.slow),
        pytest.param(True, id="in another machine", marks=pytest.mark.slow),
    ],
)
def test_a_copied_disk_keeps_every_entry_of_both_machines(
    tmp_path: Path, new_gate: NewGate, center: RunningCenter, queue: RedQueue, seen: bool
) -> None:
    first = new_gate("station", *queue.devices)
    queue.live_at(first.folder)
    first.enrol(center)
    first.start()
    center.wait_for_rows(10)
    first.stop()
    with RedQueue(pause_s=0.05) as their_queue:
        second = new_gate("copy", *their_queue.devices)
        shutil.copytree(first.folder, second.folder)
        if seen:
            second.wrapped_in = another_machine(tmp_path)
        first.start()
        second.start()
        center.wait_for_rows(center.rows() + 100)
        queue.stop()
        their_queue.stop()
        said = [gate.wait_until_synced() for gate in (first, second)]
        first.stop()
        second.stop()

    assert_both_are_here(center, first, second)
    told = {alarm for status in said for alarm in status["alarms"]}
    assert told & ALARMS
    assert set(center.command("station", "list")[0]["alarms"]) & ALARMS
    assert max(incarnations(first.folder), incarnations(second.folder)) > 1


def assert_both_are_here(center: RunningCenter, *gates: Gate) -> None:
    """Every entry of each is at the center: in the rows once, in the ledger at least once."""
    all_of_them: Counter[bytes] = Counter()
    for gate in gates:
        assert_printed_is_stored(gate.printed, gate.folder)
        all_of_them |= at_station(gate.folder)
    with center.store() as store:
        assert set(in_ledger(store)) == set(all_of_them)
        assert in_rows(store) == Counter(decode(record).id for record in all_of_them)


def another_machine(folder: Path) -> tuple[str, ...]:
    """Run what follows where /etc/machine-id says something else; skips where that is not allowed."""
    other = folder / "machine-id"
    other.write_text("0" * 31 + "1\n")
    swap = f'mount --bind {other} /etc/machine-id && exec "$0" "$@"'
    wrapper = ("unshare", "--mount", "sh", "-c", swap)
    if not Path("/etc/machine-id").exists() or subprocess.call([*wrapper, "true"], stderr=subprocess.DEVNULL):
        pytest.skip("another machine-id for one program needs root and mount namespaces")
    return wrapper


def incarnations(folder: Path) -> int:
    with OutboxReader.open(folder, open_vault(folder, create=False)) as reader:
        return len(reader.chains())
