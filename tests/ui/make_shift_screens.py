"""Renders hand-over, checklists and rota: `python -m tests.ui.make_shift_screens FOLDER [WORD…]`."""

from __future__ import annotations

from pathlib import Path

from tests.ui.admin.pictures import take_admin_pictures
from tests.ui.shift_office import ADMIN_STATES, NAMELESS, STATES, ShiftOffice


def opened(folder: Path, size: tuple[int, int], theme: str) -> ShiftOffice:
    return ShiftOffice.open(folder, size, theme)


def opened_empty(folder: Path, size: tuple[int, int], theme: str) -> ShiftOffice:
    return ShiftOffice.open(folder, size, theme, staff=False)


if __name__ == "__main__":
    import sys

    if NAMELESS.keys() & set(sys.argv):
        take_admin_pictures(NAMELESS, opened_empty)
    else:
        chosen = {name: act for name, act in (STATES | ADMIN_STATES).items() if name in sys.argv}
        take_admin_pictures(chosen or STATES | ADMIN_STATES, opened)
