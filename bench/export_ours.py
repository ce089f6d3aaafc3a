"""Our export alone, for `bench.export`: imports what the program needs for it and no more, for its memory.

python -m bench.export_ours .csv|.xlsx|.pdf JOURNAL TARGET
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from time import perf_counter, process_time

from bench.machine import peak_mb, resident_mb
from station.exporting import Order, export
from station.journal.vault import open_vault
from station.log_words import LogWords

NOW = datetime(2026, 11, 1, tzinfo=UTC)
ORDER = Order(date(2025, 1, 1), date(2037, 12, 31), UTC, "gate", "zh")  # all that `fill` makes


def timed(work: Callable[[], int]) -> None:
    """Says how long it took and its memory. Resident before: Python, modules, what it was given."""
    gc.collect()
    before, cpu, began = resident_mb(), process_time(), perf_counter()
    rows = work()
    seconds, cpu = perf_counter() - began, process_time() - cpu
    peak = peak_mb()
    print(json.dumps({"rows": rows, "seconds": seconds, "cpu": cpu, "before": before, "peak": peak}))


def main() -> None:
    ending, folder, target = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    if ending != ".csv":  # loaded before the clock starts, as the peers' are
        import_module(f"station.reports.log_{ending[1:]}")
    application = None
    if ending == ".pdf":
        from PySide6.QtGui import QGuiApplication

        application = QGuiApplication([])

    def work() -> int:
        vault = open_vault(folder, create=False)
        made = export(folder, vault, ORDER, target.with_suffix(ending), LogWords(), now=NOW)
        return made.claims.rows

    timed(work)
    del application  # lived as long as the work


if __name__ == "__main__":
    main()
