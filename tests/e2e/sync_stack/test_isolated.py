"""Somebody who is isolated comes to a gate: the console's page knows within two seconds, by real programs."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import httpx2

from center.console import passwords
from center.store.users import Grant
from station.devices.emulators.scanner import PtyScanner
from tests.e2e.pace import own_time
from tests.e2e.residents import Resident, sheet
from tests.e2e.sync_stack.gate import Gate
from tests.e2e.sync_stack.running_center import RunningCenter
from tests.e2e.vendor_line import VendorLine
from tests.patience import PATIENCE_S

NewGate = Callable[..., Gate]
CODE = "https://kakou.invalid/00aa"
WITHIN_S = 2.0
PASSWORD = "correct horse battery"


def signed_in(center: RunningCenter) -> httpx2.Client:
    """A duty officer's browser."""
    with center.store() as store:
        kept, now_ms = passwords.kept(PASSWORD), int(datetime.now(UTC).timestamp() * 1000)
        grants = [Grant("", "duty")]
        store.users.add("duty", shown="值班", password=kept, grants=grants, now_ms=now_ms, must_change=False)
    browser = httpx2.Client(base_url=center.url, verify=False, follow_redirects=True)
    token = re.search(r'name="csrf" value="([0-9a-f]+)"', browser.get("/signin").text)
    assert token is not None
    answer = browser.post("/signin", data={"csrf": token[1], "name": "duty", "password": PASSWORD})
    assert "alarms/live" in answer.text
    return browser


def banner(browser: httpx2.Client) -> str:
    """As the page asks each second."""
    begun = time.monotonic()
    while (answer := browser.get("/alarms/live?seen=0")).status_code == 204:
        assert time.monotonic() - begun < PATIENCE_S
        time.sleep(0.05)  # other processes work
    return answer.text


def test_an_isolated_person_at_a_gate_is_on_the_console_s_page_within_two_seconds(
    tmp_path: Path, new_gate: NewGate, center: RunningCenter, line: VendorLine
) -> None:
    people = tmp_path / "people.csv"
    people.write_bytes(sheet(Resident("周小凤", "3-3-401", CODE)))
    center.command("import", people)
    with PtyScanner() as scanner:
        devices = ("--scanner", f"{scanner.path},gm65", "--thermometer", line.argument)
        gate = new_gate("station", "--camera", "/dev/nowhere", *devices)
        gate.enrol(center)
        gate.start()
        gate.program.until("scanner gm65: working")
        gate.wait_until_synced()
        with closing(signed_in(center)) as browser:
            quiet = browser.get("/alarms/live?seen=0")
            assert quiet.status_code == 204, quiet.text
            center.command("set", "isolation", "isolation", "--code", CODE, "--by", "王", "--second", "李")
            gate.wait_until_synced()
            scanner.show(CODE)
            gate.program.until("waiting: needs_temperature")
            line.sees_normal()
            entry = gate.program.entry()
            with own_time(gate.program, center.program) as seconds:
                said, felt_s = banner(browser), seconds()
        gate.stop()

    assert "isolated_returning" in {reason["code"] for reason in entry["reasons"]}
    assert "居家隔离" in said
    assert "东门" in said
    assert "周小凤" not in said
    assert felt_s < WITHIN_S
