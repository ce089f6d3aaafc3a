"""A trace as a sheet of its own: XLSX or CSV, there whole or not at all, for its owner only."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from station.journal.durable import sync_folder
from station.reports.trace_sheet import Row, write_csv, write_xlsx
from station.ui.admin import tracing_words as words
from station.ui.admin.tracing_desk import Trace, TraceLine

ENDINGS = (".xlsx", ".csv")


def write_trace(
    path: Path, trace: Trace, gate: str, told: Callable[[int, int], None], *, masked: bool
) -> int:
    """Write the lines to `path`, in the language of the program; returns how many. Raises OSError, ValueError
    for another ending, and whatever `told` does; then `path` is as it was."""
    if path.suffix.lower() not in ENDINGS:
        raise ValueError(path.suffix)
    write = write_xlsx if path.suffix.lower() == ".xlsx" else write_csv
    new = path.with_name(f".{path.name}.{os.getpid()}.part")
    rows: list[Row] = []
    for done, one in enumerate(trace.lines, start=1):
        rows.append(_row(one, masked=masked))
        told(done, len(trace.lines))
    try:
        os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        write(new, words.sheet_headers(), rows, words.about(trace, gate, masked=masked))
        with new.open("rb+") as file:
            os.fsync(file.fileno())
        new.replace(path)
        sync_folder(path.absolute().parent)
    finally:
        new.unlink(missing_ok=True)
    return len(rows)


def _row(one: TraceLine, *, masked: bool) -> Row:
    name = one.masked if masked else one.name
    return (
        one.number,
        one.at.replace(tzinfo=None, microsecond=0) if one.at else None,
        round(one.apart.total_seconds() / 60, 1) if one.apart is not None else None,
        words.sure(one),
        words.way(one),
        words.verdict(one),
        words.relation(one),
        name or words.unnamed(one),
        one.dwelling,
        one.phone[-4:] if masked else one.phone,
        words.inside(one),
        one.lane,
    )
