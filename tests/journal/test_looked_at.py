"""A folder of which this user, or a failing disk, shows nothing is no empty one, whichever Python looks.

From Python 3.14 on Path.exists says so of whatever cannot be looked at. A name that is too long is looked at
by nobody, root included.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from station.journal import wrapped_file
from station.journal.backup import own_files
from station.journal.carving import Material
from station.journal.connection import open_reader
from station.journal.durable import is_there
from station.journal.entries import Journal
from station.journal.errors import JournalError
from station.journal.restoring import refuse_if_there
from station.journal.vault import open_vault
from station.settings import SettingsError
from station.settings_file import change_settings
from station.trustfolder import TrustFolder


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """A folder that is there as far as anybody knows, and cannot be looked into."""
    return tmp_path / ("long" * 100)


def test_what_is_not_there_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert is_there(tmp_path / "file")
    assert not is_there(tmp_path / "other")
    assert not is_there(tmp_path / "file" / "in a file")


@pytest.mark.parametrize(
    "look",
    [
        is_there,
        open_reader,  # else: "no entries yet"
        lambda folder: open_vault(folder, create=False),  # "data.key is missing"
        lambda folder: open_vault(folder, create=True),  # new keys beside a journal that they do not open
        wrapped_file.read,  # "the keys are not wrapped"
        own_files,  # a backup without the settings
        refuse_if_there,  # a restore over somebody's journal
        lambda folder: Material.read(folder / "journal.db"),  # nothing to save
        lambda folder: TrustFolder(folder).put("a" * 64, None),  # type: ignore[arg-type]
    ],
    ids=["look", "read", "check", "open", "unlock", "backup", "restore", "salvage", "trust"],
)
def test_a_folder_that_cannot_be_looked_into_is_not_taken_for_empty(
    look: Callable[[Path], object], closed: Path
) -> None:
    with pytest.raises(OSError, match="too long"):
        look(closed)


def test_a_gate_does_not_begin_a_journal_where_it_cannot_look(closed: Path) -> None:
    with pytest.raises(JournalError):
        Journal.open(closed, now=lambda: datetime(2022, 4, 15, tzinfo=UTC))
    with pytest.raises(SettingsError):
        change_settings(closed, {"gate": "东门"})
