"""Invented residents, brought in as a community does it: by a CSV file."""

from __future__ import annotations

import csv
from dataclasses import astuple, dataclass
from pathlib import Path

from tests.e2e.program import station


@dataclass(frozen=True, slots=True)
class Resident:
    name: str
    dwelling: str
    code: str
    colour: str = "绿"


def move_in(folder: Path, *residents: Resident) -> None:
    """Import them with `station people import`."""
    file = folder.parent / "residents.csv"
    with file.open("w", encoding="utf-8", newline="") as sheet:
        rows = csv.writer(sheet)
        rows.writerow(("姓名", "房号", "健康码", "颜色", "类别"))
        rows.writerows((*astuple(resident), "居民") for resident in residents)
    done = station("people", "import", file, "--data", folder)
    assert done.returncode == 0, done.stderr
