"""A gate that does nothing but call for help, and says on its standard output what is stored.

python -m tests.journal.reporter FOLDER
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from station.journal.cases import Cases
from station.journal.reports import Reports
from station.sync.reports import CaseReport
from tests.journal.samples import NOON, open_journal


def call_for_ever(folder: Path) -> None:
    journal = open_journal(folder)
    cases = Cases(journal, Reports(journal))
    while True:
        case = cases.begin(CaseReport("whistle", 0), NOON)
        os.write(sys.stdout.fileno(), f"{case} 1\n".encode())
        cases.change(case, NOON, what="fever", picture=b"x" * 20_000)
        os.write(sys.stdout.fileno(), f"{case} 2\n".encode())


if __name__ == "__main__":
    call_for_ever(Path(sys.argv[1]))
