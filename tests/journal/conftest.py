"""A fresh data folder, and the journal in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from station.journal.entries import Journal
from tests.journal.samples import open_journal


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "station"


@pytest.fixture
def journal(folder: Path) -> Iterator[Journal]:
    with open_journal(folder) as journal:
        yield journal
