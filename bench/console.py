"""The console over a million entries and 100,000 people: how long pages take, how soon a passage is seen.

    python -m bench.console [--entries 1000000] [--people 100000] [--gates 300] [--users 20] [--seconds 120]
                            [--keep FOLDER] [--alone]

`center serve` as it is installed (SQLite, one process). First one user opens every page, and the server's
processor time is read from the kernel: it means the same on a busy machine. Then gates push signed batches
and users walk through all pages at human pace, live parts asked for each second. Filling takes minutes: with
`--keep` the folder is filled once. Driver and server share this machine.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from threading import Event

import httpx2

from bench.console_filling import OLD, fill
from bench.console_pages import PAGES, Book, Browser, District
from bench.machine import cpu_s, description, load, peak_mb
from center.keys import open_keys
from center.store import SqlStore, open_store
from station.sync import bundle
from tests.center.gate import Gate, record

STAY_S = 4.0  # on a page; a reader stays longer, so that this is more than twenty users
TIMES = 3  # each page alone, after once for nothing
BOUND_S, SEEN_S = 0.300, 2.0


@dataclass
class Scene:
    """What goes on at once."""

    url: str
    there: District
    book: Book = field(default_factory=Book)
    ended: Event = field(default_factory=Event)


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


def alone(scene: Scene, name: str, pid: int) -> None:
    """Every page by one user, nobody else there: processor time of the server, and wall time."""
    browser = Browser(scene.url, name, scene.there, Book())
    print(f"{'alone':18}{'cpu ms':>8}{'first':>8}{'wall ms':>9}")
    for page in PAGES:
        first = _cost(browser, page, pid, 1, 0)
        usual = _cost(browser, page, pid, TIMES, 1)
        wall = median(browser.book.took[page]) * 1e3
        print(f"{page:18}{usual:8.1f}{first:8.1f}{wall:9.1f}{'  <-' if max(usual, first) > 100 else ''}")
    if browser.book.failed:
        print("failed:", *browser.book.failed)


def _cost(browser: Browser, page: str, pid: int, times: int, turn: int) -> float:
    """Processor ms of opening a page, with what it loads at once."""
    begun = process_ns(pid)
    for time_ in range(times):
        browser.open(page, turn + time_)
    return (process_ns(pid) - begun) / times / 1e6


def process_ns(pid: int) -> int:
    """Processor time of a process, threads that have ended too: clock_getcpuclockid(3)."""
    return time.clock_gettime_ns((~pid << 3) | 2)


def pass_people(scene: Scene, gates: list[Gate], client: httpx2.Client) -> None:
    """Each gate lets somebody pass every ten seconds."""
    while not scene.ended.is_set():
        for gate in gates:
            begun = time.perf_counter()
            push(client, gate, scene.book)
            if scene.ended.wait(max(10 / len(gates) - (time.perf_counter() - begun), 0)):
                return


def push(client: httpx2.Client, gate: Gate, book: Book) -> None:
    gate.wall_ms = time.time_ns() // 1_000_000
    gate.records.append(record(0, gate.wall_ms, id=os.urandom(16)))
    begun = time.perf_counter()
    answer = gate.post(client, "/v1/push", bundle.pack(gate.batch(len(gate.records))))
    book.took["push"].append(time.perf_counter() - begun)
    if answer.status_code != 200:
        book.failed.append(f"push: {answer.status_code}")


def watch(scene: Scene, browser: Browser, client: httpx2.Client, gate: Gate) -> None:
    """How soon after its acknowledgement a passage stands on the gate's page, asked for each second."""
    path = f"/gates/{gate.station.hex()}"
    browser.ask("watched gate", path)
    while not scene.ended.wait(0.37):
        push(client, gate, scene.book)
        begun, before = time.perf_counter(), dict(browser.live)
        while browser.live == before and not scene.ended.wait(1.0):
            browser.poll()
        if browser.live != before:
            scene.book.took["seen after"].append(time.perf_counter() - begun)


def crowd(scene: Scene, names: list[str], seconds: float) -> None:
    """Gates and users, for so long."""
    browsers = [Browser(scene.url, name, scene.there, scene.book) for name in names]
    eye = Browser(scene.url, names[0], scene.there, Book())
    machine = httpx2.Client(base_url=scene.url, timeout=30, trust_env=False)
    gates = scene.there.gates
    with ThreadPoolExecutor(len(browsers) + 2) as threads:
        work = [threads.submit(one.walk, scene.ended, place, STAY_S) for place, one in enumerate(browsers)]
        work.append(threads.submit(pass_people, scene, gates[1:], machine))
        work.append(threads.submit(watch, scene, eye, machine, gates[0]))
        time.sleep(seconds)
        scene.ended.set()
        for one in work:
            one.result()


def told(scene: Scene, seconds: float, used_s: float, pid: int) -> None:
    book = scene.book
    print(f"{'together':24}{'asked':>7}{'p50 ms':>9}{'p95 ms':>9}{'worst':>9}")
    for what, took in sorted(book.took.items()):
        print(
            f"{what[:24]:24}{len(took):7}{median(took) * 1e3:9.1f}{p95(took) * 1e3:9.1f}"
            f"{max(took) * 1e3:9.1f}"
        )
    pages = [one for page in PAGES for one in book.took.get(page, ())]
    live = [one for what, took in book.took.items() if what.startswith("  ") for one in took]
    seen = book.took.get("seen after", [0.0])
    print(f"pages: p95 {p95(pages) * 1e3:.0f} ms of {len(pages)} (aim {BOUND_S * 1e3:.0f})")
    print(f"live parts: p95 {p95(live) * 1e3:.0f} ms of {len(live)}, {len(live) / seconds:.0f} a second")
    print(f"seen: p95 {p95(seen):.2f} s, worst {max(seen):.2f} s (aim {SEEN_S:.0f})")
    print(f"server: {used_s / seconds:.0%} of a core, peak {peak_mb(pid):.0f} MB; {load()}")
    print(f"refused or failed: {len(book.failed)} {sorted(set(book.failed))[:10]}")


def p95(took: list[float]) -> float:
    return quantiles(took, n=20)[-1] if len(took) > 1 else took[0]


def lost(data: Path, gates: list[Gate]) -> int:
    """How many passages were acknowledged and are not in the ledger, or have no typed row."""
    store = _opened(data)
    sent = sum(len(gate.records) for gate in gates)
    now = gates[0].incarnation
    with store.database.read() as connection:
        ((durable,),) = connection.rows("SELECT sum(durable) FROM chain WHERE incarnation = ?", now)
        ((rows,),) = connection.rows("SELECT count(*) FROM entry WHERE incarnation = ?", now)
    store.close()
    return max(sent - int(durable or 0), sent - int(rows))


def _opened(data: Path) -> SqlStore:
    return open_store(data / "center.db", items_key=open_keys(data).items_key)


def measure(data: Path, gates: list[Gate], names: list[str], wanted: argparse.Namespace) -> None:
    store = _opened(data)
    there = District.of(store, gates)
    store.close()
    with serving(data) as (url, pid):
        scene = Scene(url, there)
        alone(scene, names[0], pid)
        if wanted.alone:
            return
        begun = cpu_s(pid)
        crowd(scene, names, wanted.seconds)
        told(scene, wanted.seconds, cpu_s(pid) - begun, pid)
    print(f"passages not found afterwards: {lost(data, gates)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    usual = (("entries", 1_000_000), ("people", 100_000), ("gates", 300), ("users", 20), ("seconds", 120))
    for name, number in usual:
        parser.add_argument(f"--{name}", type=int, default=number)
    parser.add_argument("--keep", type=Path, help="folder that is filled once and used again")
    parser.add_argument("--alone", action="store_true", help="processor time of each page only")
    wanted = parser.parse_args()
    incarnation = max(time.time_ns() // 1_000_000_000, OLD + 1)  # of this run
    gates = [Gate(number, incarnation) for number in range(1, wanted.gates + 1)]
    names = [f"user{number}" for number in range(wanted.users)]
    with tempfile.TemporaryDirectory() as folder:
        data = wanted.keep or Path(folder)
        if not (data / "filled").exists():
            fill(data, gates, names, wanted.entries, wanted.people)
            (data / "filled").touch()
        print(f"{wanted.entries} entries, {len(gates)} gates, {len(names)} users; {description(data)}")
        measure(data, gates, names, wanted)


if __name__ == "__main__":
    main()
