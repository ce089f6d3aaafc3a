"""The daily log to CSV and XLSX beside pandas, openpyxl and XlsxWriter by themselves, in one run.

    python -m bench.export [--rows 1000000] [--sheet-rows 100000] [--day-rows 800] [--folder F]

All read the same journal and write the same cells: the peers get their rows from the same reader and words,
because none of them knows what an entry is. Each writer runs in a process of its own, whose peak memory is
measured.
pandas and openpyxl are not part of the program: `pip install pandas openpyxl`.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.decision import POLICIES, START, _entry
from bench.figures import Table
from bench.machine import description, load
from station.core.policy import parse_policy
from station.exporting import Order, export
from station.journal.connection import transaction
from station.journal.daily_log import DailyLog
from station.journal.entries import Journal
from station.journal.people import People, Person
from station.journal.vault import open_vault
from station.log_words import LogWords
from station.reports.log_table import Filter, LogTable

ROUNDS = 3
PEOPLE = 2000
FIRST, LAST = (START - timedelta(days=400)).date(), (START + timedelta(days=4000)).date()


def fill(folder: Path, entries: int) -> None:
    """So many passages, sealed, chained and signed as the gate does, but in one transaction."""
    chance = random.Random(7)
    policy = parse_policy((POLICIES / "controlled.toml").read_text("utf-8"))
    with Journal.open(folder, now=lambda: START) as journal:
        People(journal).add(
            [
                Person(f"p{n}", f"张{n}", f"{n // 400}-{n // 80 % 5}-{n % 80}", "resident")
                for n in range(PEOPLE)
            ],
            as_of=START,
        )
        with transaction(journal.connection):
            for number in range(entries):
                journal._insert(_entry(number, entries, policy, chance), None, None)


def ours(ending: str, folder: Path, target: Path) -> int:
    order = Order(FIRST, LAST, UTC, "gate", "zh")
    made = export(
        folder, open_vault(folder, create=False), order, target.with_suffix(ending), LogWords(), now=START
    )
    return made.claims.rows


def _rows(folder: Path) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    vault = open_vault(folder, create=False)
    with DailyLog.open(folder, FIRST, LAST, UTC) as log:
        table = LogTable(LogWords(), UTC, partial(log.person, vault), Filter(), masked=True)
        return table.headers, list(table.rows(log))


def pandas_csv(folder: Path, target: Path) -> int:
    import pandas as pd  # type: ignore[import-untyped,import-not-found,unused-ignore]

    headers, rows = _rows(folder)
    frame = pd.DataFrame(rows, columns=headers)
    frame.to_csv(target.with_suffix(".csv"), index=False, encoding="utf-8-sig", float_format="%.1f")
    return len(frame)


def xlsxwriter_alone(folder: Path, target: Path) -> int:
    import xlsxwriter

    headers, rows = _rows(folder)
    with xlsxwriter.Workbook(
        str(target.with_suffix(".xlsx")),
        {"constant_memory": True, "default_date_format": "yyyy-mm-dd hh:mm:ss"},
    ) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, headers)
        for at, row in enumerate(rows, start=1):
            sheet.write_row(at, 0, row)
    return len(rows)


def openpyxl_alone(folder: Path, target: Path) -> int:
    from openpyxl import Workbook  # type: ignore[import-untyped,import-not-found,unused-ignore]

    headers, rows = _rows(folder)
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(headers)
    for row in rows:
        sheet.append(row)
    book.save(target.with_suffix(".xlsx"))
    return len(rows)


WRITERS: dict[str, Callable[[Path, Path], int]] = {
    "kakou csv": partial(ours, ".csv"),
    "pandas csv": pandas_csv,
    "kakou xlsx": partial(ours, ".xlsx"),
    "XlsxWriter": xlsxwriter_alone,
    "openpyxl": openpyxl_alone,
}


def alone(name: str, folder: Path, target: Path) -> None:
    """One writer in this process; says how long it took and its peak memory."""
    began = perf_counter()
    rows = WRITERS[name](folder, target)
    seconds = perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"rows": rows, "seconds": seconds, "mb": peak}))


def measured(name: str, folder: Path) -> tuple[int, float, float]:
    """Rows, seconds and peak MB of one run in a new process. Raises CalledProcessError."""
    with tempfile.TemporaryDirectory(prefix="kakou-export-") as scratch:
        command = [
            sys.executable,
            "-m",
            "bench.export",
            "--alone",
            name,
            str(folder),
            str(Path(scratch, "log")),
        ]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return told["rows"], told["seconds"], told["mb"]


def compare(names: tuple[str, ...], folder: Path, peer: str) -> Table:
    """Interleaved rounds; ratios to `peer`."""
    runs: dict[str, list[tuple[int, float, float]]] = {name: [] for name in names}
    for _ in range(ROUNDS):
        for name in names:
            runs[name].append(measured(name, folder))
    rates = {name: median(rows / seconds for rows, seconds, _ in run) for name, run in runs.items()}
    rows = []
    for name, run in runs.items():
        peak = max(mb for _, _, mb in run)
        rows.append(
            (name, str(run[0][0]), f"{rates[name]:,.0f}", f"{peak:.0f}", f"{rates[name] / rates[peer]:.2f}")
        )
    return Table(f"{runs[peer][0][0]} rows", ("writer", "rows", "rows/s", "peak MB", f"x {peer}"), rows)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--sheet-rows", type=int, default=100_000)
    parser.add_argument("--day-rows", type=int, default=800)
    parser.add_argument("--folder", type=Path, help="on the disk to measure")
    parser.add_argument("--alone", nargs=3, metavar=("WRITER", "JOURNAL", "TARGET"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.alone:
        name, folder, target = arguments.alone
        alone(name, Path(folder), Path(target))
        return
    with tempfile.TemporaryDirectory(prefix="kakou-bench-", dir=arguments.folder) as scratch:
        print(description(Path(scratch)), load(), datetime.now(UTC).date())
        for rows, names, peer in (
            (arguments.rows, ("kakou csv", "pandas csv"), "pandas csv"),
            (arguments.sheet_rows, ("kakou xlsx", "XlsxWriter", "openpyxl"), "XlsxWriter"),
            (arguments.day_rows, ("kakou csv", "kakou xlsx"), "kakou csv"),
        ):
            folder = Path(scratch, str(rows))
            fill(folder, rows)
            print("\n".join(compare(names, folder, peer).lines()))


if __name__ == "__main__":
    main()
