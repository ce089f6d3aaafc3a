"""What the center sets by its commands is felt at a gate that runs: each of it, with the real programs."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import uvicorn

from station.devices.emulators.scanner import PtyScanner
from station.issuing import PassOffice
from station.journal.connection import open_reader
from station.journal.entries import Journal
from tests.center.reference_provider import DESCRIPTION, ReferenceProvider
from tests.e2e.pace import own_time
from tests.e2e.program import ROOT, Json, station
from tests.e2e.residents import Resident, sheet
from tests.e2e.sync_stack.gate import Gate
from tests.e2e.sync_stack.running_center import RunningCenter
from tests.e2e.vendor_line import VendorLine
from tests.patience import PATIENCE_S

FELT_WITHIN_S = 2.0
MINE, THEIRS = (f"https://kakou.invalid/{name}" for name in ("11aa", "11bb"))
NOBODYS, ANOTHER = (  # of the shape of a province's
    f"https://h5.dingtalk.com/healthAct/index.html?qrCode=V2{number:032x}" for number in (1, 2)
)


class Felt:
    """An enrolled gate at work with a scanner and a thermometer."""

    def __init__(self, gate: Gate, center: RunningCenter, scanner: PtyScanner, line: VendorLine) -> None:
        self.gate, self.center, self.scanner, self._line = gate, center, scanner, line

    def passes(self, code: str) -> Json:
        """Somebody with a normal temperature shows a code."""
        self.scanner.show(code)
        self.gate.program.until("waiting: needs_temperature")
        self._line.sees_normal()
        entry = self.gate.program.entry()
        self._line.sees_nobody()
        return entry

    def own_time(self) -> AbstractContextManager[Callable[[], float]]:
        """How long gate and center take."""
        return own_time(self.gate.program, self.center.program)

    def is_stopped(self, code: str) -> Json:
        """A code that decides by itself."""
        self.scanner.show(code)
        return self.gate.program.entry()

    def hears(self, word: str, *command: str | Path) -> Json:
        """What the gate says, in time, of what a command of the center has set."""
        self.center.command(*command)
        with self.own_time() as seconds:
            said: Json = json.loads(self.gate.program.until(f'"{word}"'))
            assert seconds() < FELT_WITHIN_S
        return said


@contextmanager
def at_work(folder: Path, center: RunningCenter, line: VendorLine) -> Iterator[Felt]:
    with PtyScanner() as scanner:
        devices = (
            "--camera",
            "/dev/nowhere",
            "--scanner",
            f"{scanner.path},gm65",
            "--thermometer",
            line.argument,
        )
        with Gate(folder, *devices) as gate:
            gate.enrol(center)
            gate.start()
            gate.program.until("scanner gm65: working")
            gate.wait_until_synced()
            yield Felt(gate, center, scanner, line)


def residents(folder: Path, *people: Resident) -> Path:
    path = folder / "people.csv"
    path.write_bytes(sheet(*people))
    return path


def test_isolation_of_a_person_of_the_centers_list_counts_at_once_and_is_looked_back_on(
    tmp_path: Path, center: RunningCenter, line: VendorLine
) -> None:
    center.command(
        "import", residents(tmp_path, Resident("周凤", "3-3-401", MINE), Resident("孙山", "3-3-402", THEIRS))
    )
    with at_work(tmp_path / "station", center, line) as felt:
        passed = felt.passes(MINE)
        set_it = (
            "set",
            "isolation",
            "isolation",
            "--resident",
            "周凤",
            "3-3-401",
            "--by",
            "甲",
            "--second",
            "乙",
        )
        notice = felt.hears("lookbacks", *set_it)
        other = felt.passes(THEIRS)
        stopped = felt.passes(MINE)

    assert [one["decision"] for one in (passed, other)] == ["pass", "pass"]
    assert notice["people"] == 1
    # Who comes home is never turned away for a list's sake; on the way out it would be STOP.
    assert (stopped["decision"], stopped["reasons"][0]["code"]) == ("recheck", "isolated_returning")


def test_an_urgent_notice_and_a_task_are_announced_and_go_when_they_are_taken_back(
    tmp_path: Path, center: RunningCenter, line: VendorLine
) -> None:
    with at_work(tmp_path / "station", center, line) as felt:
        told = [
            felt.hears("center", "notice", "今晚停水", "八点到十点", "--urgent"),
            felt.hears("center", "task", "给5号楼送药"),
        ]
        (notice,), (task,) = center.command("notice", "--list"), center.command("task", "--list")
        told += [
            felt.hears("center", "notice", "--take-back", notice["id"]),
            felt.hears("center", "task", "--done", task["id"]),
        ]

    assert [(one["unread"], one["due"]) for one in told] == [(1, 0), (1, 1), (0, 1), (0, 0)]


@pytest.mark.slow
def test_another_gates_passes_are_known_by_its_keys_until_one_is_revoked(
    tmp_path: Path, center: RunningCenter, line: VendorLine
) -> None:
    issuer = tmp_path / "issuer"
    for name in ("赵大", "钱二", "孙三"):
        done = station("pass", "issue", name, "3-2-501", "--data", issuer)
        assert done.returncode == 0, done.stderr
    assert station("pass", "share", "--to", tmp_path / "shared", "--data", issuer).returncode == 0
    with closing(Journal.open(issuer, now=lambda: datetime.now(UTC))) as journal:
        first, second, third = [(one.text, one.gate_pass.number) for one in PassOffice(journal).all()]

    with at_work(tmp_path / "station", center, line) as felt:
        unknown = felt.passes(first[0])
        center.command("trust", tmp_path / "shared" / "gate-keys-1.pem")
        felt.gate.program.until("trust lists of the center in force")
        known = felt.passes(second[0])
        center.command("revoke-pass", third[1])
        wait_for_item(felt.gate, "revoked_pass")
        revoked = felt.is_stopped(third[0])

    assert unknown["code"]["trust"] != "verified"
    assert (known["code"]["trust"], known["decision"]) == ("verified", "pass")
    assert revoked["decision"] == "stop"
    assert revoked["code"]["status"] == "revoked"


@pytest.mark.slow
def test_a_policy_is_in_force_from_its_time(tmp_path: Path, center: RunningCenter, line: VendorLine) -> None:
    text = (ROOT / "assets/policies/open.toml").read_text("utf-8")
    path = tmp_path / "tonight.toml"
    path.write_text(text.replace('name = "open"', 'name = "tonight"', 1), "utf-8")
    center.command(
        "import", residents(tmp_path, Resident("周凤", "3-3-401", MINE), Resident("孙山", "3-3-402", THEIRS))
    )

    with at_work(tmp_path / "station", center, line) as felt:
        at = datetime.now(UTC) + timedelta(seconds=4)
        center.command("policy", path, "--at", at.isoformat())
        before = felt.passes(MINE)
        felt.gate.program.until("policy of the center in force")
        late_s = (datetime.now(UTC) - at).total_seconds()
        after = felt.passes(THEIRS)

    assert before["policy"].startswith("open")
    assert after["policy"].startswith("tonight")
    assert 0 <= late_s < 10


@pytest.fixture
def provider() -> Iterator[tuple[ReferenceProvider, str]]:
    """A provider of health codes on a real socket."""
    reference, listener = ReferenceProvider(), socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(reference.app, log_config=None, lifespan="off"))
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    yield reference, f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = server.force_exit = True  # a slow answer is not waited for
    thread.join()
    listener.close()


def test_a_code_that_nobody_knows_is_asked_at_the_provider_and_no_gate_waits_for_it(
    tmp_path: Path, line: VendorLine, provider: tuple[ReferenceProvider, str]
) -> None:
    reference, url = provider
    data = tmp_path / "center"
    data.mkdir(mode=0o700)
    (data / "provider.toml").write_text(DESCRIPTION.replace("http://provider.test", url), "utf-8")
    (data / "provider.token").write_text("secret\n", "utf-8")
    reference.colours[NOBODYS], reference.updated = "10", datetime.now(UTC).isoformat()  # red

    with RunningCenter(data) as center, at_work(tmp_path / "station", center, line) as felt:
        with felt.own_time() as seconds:
            red = felt.is_stopped(NOBODYS)
            asked_s = seconds()
        reference.slow = True
        slow = felt.passes(ANOTHER)

    assert (red["decision"], slow["decision"]) == ("stop", "recheck")
    assert asked_s < FELT_WITHIN_S
    assert reference.asked[0] == (NOBODYS, "secret")
    assert len(reference.asked) == 2


def wait_for_item(gate: Gate, list_name: str, within_s: float = PATIENCE_S) -> None:
    deadline = time.monotonic() + within_s
    while True:
        with closing(open_reader(gate.folder)) as connection:
            if connection.execute("SELECT 1 FROM center_item WHERE list = ?", (list_name,)).fetchone():
                return
        assert time.monotonic() < deadline
        time.sleep(0.05)  # another process stores it
