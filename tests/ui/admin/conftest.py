"""The admin page for tests; it is closed after each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.admin.office import Office
from tests.ui.admin.over_gate import opening


@pytest.fixture
def open_office(application: QApplication, tmp_path: Path) -> Iterator[Callable[..., Office]]:
    """Opens gates with an admin page over them."""
    with opening(Office.open, tmp_path) as open_one:
        yield open_one


@pytest.fixture
def office(open_office: Callable[..., Office]) -> Office:
    """One in Chinese at 1366x768 by day."""
    return open_office()
