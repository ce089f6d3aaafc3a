"""The daily log to CSV, XLSX and PDF beside pandas, XlsxWriter, openpyxl and a Rust writer, in one run.

    python -m bench.export [--rows 1000000] [--sheet-rows 100000] [--day-rows 800] [--folder F] [--journals J]

Ours goes from the journal to the whole, signed file. pandas goes from the same journal to the same columns:
once with the program's decoder of entries, once with the narrower one that our export has, and once only its
`to_csv`, with the frame made before the clock started. XlsxWriter, openpyxl and rustpy-xlsxwriter get rows of
Python values that were made before the clock started, so that theirs is the rate of the writer alone. Each
runs in a process of its own, whose memory is measured: before the writer began, and at most.
None of the peers but XlsxWriter is part of the program: `pip install pandas openpyxl rustpy-xlsxwriter`.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import msgspec

from bench.decision import POLICIES, START, _entry
from bench.export_ours import timed
from bench.export_peers import (
    Work,
    openpyxl_alone,
    pandas_csv,
    pandas_to_csv,
    rust_alone,
    xlsxwriter_alone,
)
from bench.figures import Table
from bench.machine import description, load
from station.core.entry import Entry, StoredEntry, amendment
from station.core.model import Severity
from station.core.policy import parse_policy
from station.journal.connection import transaction
from station.journal.entries import Journal
from station.journal.people import People, Person

ROUNDS = 3
PEOPLE = 3000  # of the estate behind one gate
CORRECTED_EVERY = 100


def fill(folder: Path, entries: int) -> None:
    """So many passages of an estate's people, one in a hundred corrected; sealed, chained and signed as the
    gate does, but in one transaction."""
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
                entry = _entry(number, entries, policy, chance)
                entry = msgspec.structs.replace(entry, person_id=f"p{chance.randrange(PEOPLE)}")
                stored = journal._insert(entry, None, None)
                if number % CORRECTED_EVERY == 0:
                    journal._insert(_correction(stored, entries + number), None, None)


def _correction(stored: StoredEntry, number: int) -> Entry:
    return amendment(
        stored,
        Severity.PASS,
        id=number.to_bytes(16, "big"),
        at=stored.entry.at,
        mono=float(number),
        boot="bench",
        operator="1001",
        override="papers_seen",
        role="guard",
    )


# --- writers: what they return is timed ---------------------------------------------------------

WRITERS: dict[str, Callable[[Path, Path], Work]] = {
    "pandas, entries decoded": partial(pandas_csv, False),
    "pandas, our decoder": partial(pandas_csv, True),
    "pandas to_csv alone": pandas_to_csv,
    "XlsxWriter alone": xlsxwriter_alone,
    "openpyxl alone": openpyxl_alone,
    "rustpy-xlsxwriter alone": rust_alone,
}
OURS = {"kakou csv": ".csv", "kakou xlsx": ".xlsx", "kakou pdf": ".pdf"}
CSV = ("kakou csv", "pandas, entries decoded", "pandas, our decoder", "pandas to_csv alone")
XLSX = ("kakou xlsx", "XlsxWriter alone", "openpyxl alone", "rustpy-xlsxwriter alone")
DAY = ("kakou csv", "kakou xlsx", "kakou pdf")


# --- measuring ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Run:
    rows: int
    seconds: float
    cpu: float  # processor seconds: what other programs on a busy machine do not change much
    before: float  # MB resident when the writer began: Python, our modules, what it was given
    peak: float  # MB at most


def measured(name: str, folder: Path, scratch: Path) -> Run:
    """One run in a new process. Raises CalledProcessError."""
    with tempfile.TemporaryDirectory(prefix="kakou-export-", dir=scratch) as place:
        target = str(Path(place, "log"))
        module = ["bench.export_ours", OURS[name]] if name in OURS else ["bench.export", "--alone", name]
        command = [sys.executable, "-m", *module, str(folder), target]
        told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Run(**json.loads(told.stdout))


def compare(names: Sequence[str], folder: Path, scratch: Path) -> Table:
    """Interleaved rounds; how much faster the first one is than each."""
    runs: dict[str, list[Run]] = {name: [] for name in names}
    for _ in range(ROUNDS):
        for name in names:
            runs[name].append(measured(name, folder, scratch))
    seconds = {name: median(run.seconds for run in run) for name, run in runs.items()}
    cpu = {name: median(run.cpu for run in run) for name, run in runs.items()}
    rows = [
        (
            name,
            f"{1000 * seconds[name]:,.0f}",
            f"{1000 * min(one.seconds for one in run):,.0f}",
            f"{1000 * cpu[name]:,.0f}",
            f"{run[0].rows / seconds[name]:,.0f}",
            f"{seconds[name] / seconds[names[0]]:.1f}",
            f"{cpu[name] / cpu[names[0]]:.1f}",
            f"{run[0].before:.0f}",
            f"{max(one.peak for one in run):.0f}",
            f"{max(one.peak - one.before for one in run):.0f}",
        )
        for name, run in runs.items()
    ]
    head = (
        *("writer", "ms", "best ms", "cpu ms", "rows/s", "ms x ours", "cpu x ours"),
        *("MB before", "MB peak", "MB grown"),
    )
    return Table(f"{runs[names[0]][0].rows:,} rows", head, rows)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--sheet-rows", type=int, default=100_000)
    parser.add_argument("--day-rows", type=int, default=800)
    parser.add_argument("--folder", type=Path, help="on the disk to measure")
    parser.add_argument("--journals", type=Path, help="keep the journals there, and use them again")
    parser.add_argument("--alone", nargs=3, metavar=("WRITER", "JOURNAL", "TARGET"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.alone:
        name, folder, target = arguments.alone
        timed(WRITERS[name](Path(folder), Path(target)))
        return
    with tempfile.TemporaryDirectory(prefix="kakou-bench-", dir=arguments.folder) as scratch:
        print(description(Path(scratch)), load(), datetime.now(UTC).date())
        for rows, names in (
            (arguments.day_rows, DAY),
            (arguments.sheet_rows, XLSX),
            (arguments.rows, CSV),
        ):
            folder = Path(arguments.journals or scratch, str(rows))
            if not (folder / "journal.db").exists():
                fill(folder, rows)
            there = [name for name in names if _is_there(name)]
            print("\n".join(compare(there, folder, Path(scratch)).lines()), flush=True)


def _is_there(name: str) -> bool:
    needed = {"pandas": "pandas", "openpyxl": "openpyxl", "rustpy": "rustpy_xlsxwriter"}
    return all(find_spec(module) for word, module in needed.items() if name.startswith(word))


if __name__ == "__main__":
    main()
