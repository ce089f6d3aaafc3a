"""The admin page for tests; it is closed after each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.admin.office import Office


@pytest.fixture
def open_office(application: QApplication, tmp_path: Path) -> Iterator[Callable[..., Office]]:
    """Opens gates with an admin page over them."""
    offices: list[Office] = []

    def open_one(size: tuple[int, int] = (1366, 768), theme: str = "day") -> Office:
        offices.append(Office.open(tmp_path / str(len(offices)), size, theme))
        return offices[-1]

    yield open_one
    for office in offices:
        office.close()


@pytest.fixture
def office(open_office: Callable[..., Office]) -> Office:
    """One in Chinese at 1366x768 by day."""
    return open_office()
