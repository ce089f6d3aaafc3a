"""A copy of the data folder is told from the folder; the same folder stays the same."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from station.journal import fingerprint
from station.journal.fingerprint import file_system, machine_fingerprint

MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 8:17 / /media/usb\\040stick rw,nosuid - vfat /dev/sdb1 rw
31 22 0:45 / /media/\\344\\275\\240 rw master:2 propagate_from:1 - btrfs /dev/sdc1 rw
32 22 0:46 / /med rw - tmpfs tmpfs rw
a line that nobody understands
"""


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "journal.db"
    path.write_bytes(b"entries")
    return path


@pytest.fixture
def ext4(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS, encoding="utf-8")
    monkeypatch.setattr(fingerprint, "_MOUNTS", mounts)


def machine_id(monkeypatch: pytest.MonkeyPatch, folder: Path, text: str | None) -> None:
    path = folder / "machine-id"
    if text is not None:
        path.write_text(text)
    monkeypatch.setattr(fingerprint, "_MACHINE_IDS", (folder / "none", path))


@pytest.mark.skipif(os.name == "nt", reason="of the POSIX half")
def test_a_copy_of_the_file_has_another_one_and_a_moved_file_has_not(
    journal: Path, ext4: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    machine_id(monkeypatch, tmp_path, "abc\n")
    first = machine_fingerprint(journal)
    copy = Path(shutil.copy(journal, tmp_path / "copy.db"))

    assert first
    assert machine_fingerprint(journal) == first
    assert machine_fingerprint(copy) != first
    assert machine_fingerprint(journal.rename(tmp_path / "moved.db")) == first


@pytest.mark.skipif(os.name == "nt", reason="of the POSIX half")
def test_another_machine_has_another_one_and_writing_changes_nothing(
    journal: Path, ext4: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    machine_id(monkeypatch, tmp_path, "abc\n")
    first = machine_fingerprint(journal)
    journal.write_bytes(b"more entries")
    assert machine_fingerprint(journal) == first

    machine_id(monkeypatch, tmp_path, "def\n")
    assert machine_fingerprint(journal) != first


@pytest.mark.skipif(os.name == "nt", reason="of the POSIX half")
def test_where_nothing_can_be_told_nothing_is(
    journal: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A container on a file system that makes its inodes up at every mount."""
    machine_id(monkeypatch, tmp_path, None)
    monkeypatch.setattr(fingerprint, "_MOUNTS", tmp_path / "none")

    assert machine_fingerprint(journal) == ""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/data/station", "ext4"),
        ("/media/usb stick/kakou", "vfat"),
        ("/media/你/kakou", "btrfs"),
        ("/media/other", "ext4"),
        ("/med/x", "tmpfs"),
    ],
)
def test_the_file_system_is_that_of_the_longest_mount_point(path: str, kind: str) -> None:
    assert file_system(Path(path), MOUNTS) == kind


def test_an_unreadable_table_tells_no_file_system() -> None:
    assert file_system(Path("/data"), "") == ""
