"""The center's console over a million entries: how long pages take, how soon a passage is seen.

    python -m bench.console [--entries 1000000] [--gates 300] [--users 20] [--seconds 20]

`center serve` as it is installed (SQLite, one process), gates that push signed batches by HTTP, users with
sessions who let the overview poll each second and open pages. Entries are written as typed rows with their
counts, without the ledger: the console reads nothing else. Driver and server share this machine.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from threading import Event

import httpx2

from bench.machine import cpu_s, description, load
from center.console import passwords
from center.keys import open_keys
from center.projection import Arrival, project
from center.store import SqlStore, open_store
from center.store.entries import Projected, write
from center.store.users import Grant
from station.sync import bundle
from tests.center.gate import Gate, record

PASSWORD = "correct horse battery"
DAY_MS, DAYS = 86_400_000, 10
ROWS_AT_ONCE = 2000


@dataclass
class Scene:
    """What is asked for, and how long each took (s)."""

    url: str
    gates: list[Gate]
    ended: Event = field(default_factory=Event)
    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failed: list[str] = field(default_factory=list)


def fill(store: SqlStore, gates: list[Gate], entries: int, now_ms: int) -> None:
    """So many entries of the last days, spread over the gates."""
    each = entries // len(gates)
    step_ms = DAYS * DAY_MS // max(each, 1)
    for gate in gates:
        arrival = Arrival(gate.station, 1, now_ms, 0, 20)
        for first in range(0, each, ROWS_AT_ONCE):
            numbers = range(first, min(first + ROWS_AT_ONCE, each))
            rows = [project(arrival, number, _old(gate, number, step_ms, now_ms)) for number in numbers]
            with store.database.write() as connection:
                write(connection, arrival, Projected(rows, []))


def _old(gate: Gate, number: int, step_ms: int, now_ms: int) -> bytes:
    id = (gate.number << 32 | number).to_bytes(16, "big")
    at_ms = now_ms - number * step_ms
    return record(0, at_ms, id=id, severity=(0, 0, 0, 1, 2)[number % 5 if number % 40 == 0 else 0])


def enrol(store: SqlStore, gate: Gate, now_ms: int) -> None:
    code = gate.number.to_bytes(10, "big")
    branch = f"江北区/第{gate.number % 5}街道/第{gate.number % 20}社区"
    store.stations.add_enrol_code(
        code, name=f"门{gate.number}", gate="门", branch=branch, expires_ms=now_ms + 1
    )
    store.stations.enrol(
        code, station=gate.station, public_key=gate.public_key, seal_key=bytes(32), now_ms=now_ms
    )


@contextmanager
def serving(data: Path) -> Iterator[tuple[str, int]]:
    """Address and process id of a center of its own."""
    command = [sys.executable, "-m", "center", "serve", "--data", str(data), "--port", "0", "--plain"]
    command += ["--host", "127.0.0.1", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ | {"PYTHONUNBUFFERED": "1"})
    assert process.stdout
    try:
        yield json.loads(process.stdout.readline())["url"], process.pid
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def signed_in(url: str, name: str) -> httpx2.Client:
    client = httpx2.Client(base_url=url, timeout=30, trust_env=False)
    token = re.search(r'name="csrf" value="(\w+)"', client.get("/signin").text)
    assert token
    answer = client.post("/signin", data={"csrf": token[1], "name": name, "password": PASSWORD})
    assert answer.status_code == 303, answer.status_code
    return client


def ask(scene: Scene, client: httpx2.Client, what: str, path: str) -> str:
    began = time.perf_counter()
    answer = client.get(path)
    scene.took[what].append(time.perf_counter() - began)
    if answer.status_code not in (200, 204):
        scene.failed.append(f"{what}: {answer.status_code}")
    return answer.text


def use(scene: Scene, client: httpx2.Client, place: int) -> None:
    """One user: the overview polls each second, and now and then they open a page."""
    mark, turn = "", place
    while not scene.ended.wait(1.0):
        text = ask(scene, client, "overview, live", f"/gates/live?seen={mark}")
        mark = _mark(text) or mark
        turn += 1
        gate = scene.gates[turn * 7 % len(scene.gates)].station.hex()
        pages = {0: ("gate", f"/gates/{gate}"), 2: ("overview", "/"), 4: ("audit", "/audit")}
        if turn % 6 in pages:
            ask(scene, client, *pages[turn % 6])


def _mark(text: str) -> str:
    found = re.search(r"live\?seen=(\w+)", text)
    return found[1] if found else ""


def pass_people(scene: Scene, gates: list[Gate], client: httpx2.Client) -> None:
    """Each gate lets somebody pass every ten seconds."""
    while not scene.ended.is_set():
        for gate in gates:
            gate.wall_ms = time.time_ns() // 1_000_000
            gate.records.append(record(0, gate.wall_ms, id=os.urandom(16)))
            began = time.perf_counter()
            answer = gate.post(client, "/v1/push", bundle.pack(gate.batch(len(gate.records))))
            scene.took["push"].append(time.perf_counter() - began)
            if answer.status_code != 200:
                scene.failed.append(f"push: {answer.status_code}")
            if scene.ended.wait(10 / len(gates)):
                return


def watch(scene: Scene, client: httpx2.Client, gate: Gate) -> None:
    """How soon after its acknowledgement a passage stands on the gate's page, polled each second."""
    path = f"/gates/{gate.station.hex()}/live"
    mark, sent, begun = "", 0, 0.0
    while not scene.ended.wait(0 if begun else 0.3):
        if not begun:
            gate.records.append(record(0, time.time_ns() // 1_000_000, id=os.urandom(16)))
            mark = _mark(client.get(path).text)
            gate.post(client, "/v1/push", bundle.pack(gate.batch(len(gate.records))))
            begun, sent = time.perf_counter(), sent + 1
        scene.ended.wait(1.0)  # the browser's poll
        if client.get(f"{path}?seen={mark}").status_code == 200:
            scene.took["seen after"].append(time.perf_counter() - begun)
            begun = 0.0


def told(scene: Scene, seconds: float, used_s: float) -> None:
    print(f"{'':16}{'asked':>7}{'p50 ms':>9}{'p95 ms':>9}{'worst':>9}")
    for what, took in sorted(scene.took.items()):
        p95 = quantiles(took, n=20)[-1] if len(took) > 1 else took[0]
        print(f"{what:16}{len(took):7}{median(took) * 1e3:9.1f}{p95 * 1e3:9.1f}{max(took) * 1e3:9.1f}")
    print(f"server: {used_s / seconds:.0%} of a core; {load()}; refused or failed: {len(scene.failed)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    for name, usual in (("entries", 1_000_000), ("gates", 300), ("users", 20), ("seconds", 20)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        gates = [Gate(number) for number in range(1, arguments.gates + 1)]
        names = [f"user{number}" for number in range(arguments.users)]
        prepare(data, gates, names, arguments.entries)
        print(f"{arguments.entries} entries, {len(gates)} gates, {len(names)} users; {description(data)}")
        with serving(data) as (url, pid):
            scene = Scene(url, gates)
            clients = [signed_in(url, name) for name in names]
            begun = cpu_s(pid)
            run(scene, clients, arguments.seconds)
            told(scene, arguments.seconds, cpu_s(pid) - begun)
        print(f"passages not found afterwards: {lost(data, gates, arguments.entries)}")


def lost(data: Path, gates: list[Gate], before: int) -> int:
    """How many passages were acknowledged and are not in the ledger, or have no typed row."""
    store = open_store(data / "center.db", items_key=open_keys(data).items_key)
    sent = sum(len(gate.records) for gate in gates)
    with store.database.read() as connection:
        ((durable,),) = connection.rows("SELECT coalesce(sum(durable), 0) FROM chain")
        ((rows,),) = connection.rows("SELECT count(*) FROM entry")
    store.close()
    each = before // len(gates)
    return max(sent - int(durable), sent + each * len(gates) - int(rows))


def prepare(data: Path, gates: list[Gate], names: list[str], entries: int) -> None:
    now_ms = time.time_ns() // 1_000_000
    store = open_store(data / "center.db", items_key=open_keys(data).items_key)
    for gate in gates:
        enrol(store, gate, now_ms)
    kept = passwords.kept(PASSWORD)
    for name in names:
        grants = [Grant("", "admin")]
        store.users.add(name, shown=name, password=kept, grants=grants, now_ms=now_ms, must_change=False)
    fill(store, gates, entries, now_ms)
    store.close()


def run(scene: Scene, clients: list[httpx2.Client], seconds: float) -> None:
    with ThreadPoolExecutor(len(clients) + 2) as threads:
        machine = httpx2.Client(base_url=scene.url, timeout=30, trust_env=False)
        work = [threads.submit(use, scene, client, place) for place, client in enumerate(clients)]
        work.append(threads.submit(pass_people, scene, scene.gates[1:], machine))
        work.append(threads.submit(watch, scene, clients[0], scene.gates[0]))
        time.sleep(seconds)
        scene.ended.set()
        for one in work:
            one.result()


if __name__ == "__main__":
    main()
