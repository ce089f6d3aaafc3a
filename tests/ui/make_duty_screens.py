"""Renders signing in, the operators and the audit: `python -m tests.ui.make_duty_screens FOLDER [WORD…]`."""

from __future__ import annotations

from pathlib import Path

from tests.ui.admin.pictures import take_admin_pictures
from tests.ui.duty_desk import EMPTY_STATES, STATES, DutyDesk


def opened(folder: Path, size: tuple[int, int], theme: str) -> DutyDesk:
    return DutyDesk.open(folder, size, theme)


def opened_empty(folder: Path, size: tuple[int, int], theme: str) -> DutyDesk:
    return DutyDesk.open(folder, size, theme, staff=False)


if __name__ == "__main__":
    import sys

    if "begin" in sys.argv or "begin_form" in sys.argv:
        take_admin_pictures(EMPTY_STATES, opened_empty)
    else:
        take_admin_pictures(STATES, opened)
