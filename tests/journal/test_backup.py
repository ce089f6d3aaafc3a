"""The whole station in one file: made beside the gate, whole or absent, and nothing is lost on the way."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from station.journal import backup, sealed_file
from station.journal.backup import BackupError, Made, make_backup
from station.journal.check import check
from station.journal.entries import Journal
from station.journal.errors import JournalError
from station.journal.incarnation import in_order
from station.journal.people import People
from station.journal.reader import Reader
from station.journal.restoring import NotEmptyError, Restored, restore
from station.journal.sealed_file import Problem, SealedFileError
from station.journal.upstream import read_status
from tests.journal import kept
from tests.journal.samples import NOON, open_journal, passage

PHRASE = "正确 马 电池 订书钉"
QUICK = 10  # scrypt as weak as a test may have it


@pytest.fixture
def station(folder: Path) -> Path:
    with open_journal(folder) as journal:
        kept.fill(journal)
    (folder / "settings.toml").write_text('gate = "东门"\n', encoding="utf-8")
    for name in ("trust/eu.json", "voice/zh/pass.wav", "logs/kakou.log"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode())
    return folder


def back_up(station: Path, to: Path, progress: Callable[[int, int], None] = lambda done, total: None) -> Made:
    return make_backup(station, to, PHRASE, now=NOON, progress=progress, log_n=QUICK)


def bring_back(file: Path, folder: Path, phrase: str = PHRASE) -> Restored:
    return restore(file, folder, phrase, now=NOON, fingerprint=lambda path: "another PC")


@pytest.fixture
def file(station: Path, tmp_path: Path) -> Path:
    return back_up(station, tmp_path / "站.kakou").path


def test_on_another_pc_nothing_is_lost_and_a_new_incarnation_begins(
    station: Path, file: Path, tmp_path: Path
) -> None:
    before = check(station)
    restored = bring_back(file, tmp_path / "new")

    after = check(tmp_path / "new")
    assert after.ok
    assert (after.entries, after.personal, after.incarnations) == (before.entries, before.personal, 2)
    assert restored.report.ok
    assert [one.why for one in read_status(tmp_path / "new").incarnations] == ["moved"]
    assert (tmp_path / "new/settings.toml").read_text("utf-8") == 'gate = "东门"\n'
    assert (tmp_path / "new/voice/zh/pass.wav").exists()
    assert (tmp_path / "new/trust/eu.json").exists()
    assert not (tmp_path / "new/logs").exists()
    with Journal.open(tmp_path / "new", now=lambda: NOON, fingerprint=lambda path: "another PC") as journal:
        assert {one.name for one in People(journal).everybody()} == {kept.NAME, "李红"}
        assert journal.append(passage()).number == 1
        assert len(in_order(journal.connection)) == 2
    assert check(tmp_path / "new").ok


def test_back_on_the_same_pc_the_numbers_do_not_repeat_those_that_were_lost(
    file: Path, station: Path, tmp_path: Path
) -> None:
    with open_journal(station) as journal:
        after_the_backup = journal.append(passage())
    restore(file, tmp_path / "same", PHRASE, now=NOON, fingerprint=lambda path: "the gate's PC")

    with open_journal(tmp_path / "same") as journal:
        assert journal.append(passage()).hash != after_the_backup.hash
        assert len(in_order(journal.connection)) == 2


def test_it_is_made_while_the_gate_records(station: Path, tmp_path: Path) -> None:
    """Every entry comes while it is copied; without a held moment the copy would begin anew and never end."""
    with open_journal(station) as journal:
        steps: list[int] = []

        def meanwhile(done: int, total: int) -> None:
            if len(steps) < 50:
                journal.append(passage())
            steps.append(done)
            assert len(steps) < 500

        made = back_up(station, tmp_path / "b.kakou", meanwhile)

    bring_back(made.path, tmp_path / "new")
    assert check(tmp_path / "new").ok
    assert made.contents.head_number == 12
    assert steps == sorted(steps)


def test_it_can_be_made_in_another_thread_than_the_journals(station: Path, tmp_path: Path) -> None:
    with open_journal(station):
        thread = threading.Thread(target=back_up, args=(station, tmp_path / "b.kakou"))
        thread.start()
        thread.join()

    assert bring_back(tmp_path / "b.kakou", tmp_path / "new").report.ok


def test_nothing_personal_can_be_read_in_it(file: Path) -> None:
    raw = file.read_bytes()

    assert not [
        plain for plain in (*kept.PLAIN, "东门".encode(), b"SQLite format", b"journal.db") if plain in raw
    ]


def test_a_wrong_passphrase_is_told_from_a_damaged_file(file: Path, tmp_path: Path) -> None:
    with pytest.raises(SealedFileError) as refused:
        bring_back(file, tmp_path / "new", "错的")

    assert refused.value.problem is Problem.PASSPHRASE
    assert not (tmp_path / "new").exists()


def test_another_file_is_told_from_a_backup(tmp_path: Path) -> None:
    (tmp_path / "holiday.kakou").write_bytes(b"PK\x03\x04" * 100)

    with pytest.raises(SealedFileError) as refused:
        bring_back(tmp_path / "holiday.kakou", tmp_path / "new")

    assert refused.value.problem is Problem.NOT_OURS


@given(st.floats(0, 1, exclude_max=True))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_torn_file_gives_nothing_wherever_it_was_torn(file: Path, tmp_path: Path, place: float) -> None:
    whole = file.read_bytes()
    torn = tmp_path / "torn.kakou"
    torn.write_bytes(whole[: int(place * len(whole))])

    with pytest.raises(SealedFileError) as refused:
        bring_back(torn, tmp_path / "new")

    assert refused.value.problem in (Problem.TORN, Problem.NOT_OURS)
    assert not (tmp_path / "new").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@given(st.integers(0, 2**31), st.integers(0, 7))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_flipped_bit_is_found_out_wherever_it_is(file: Path, tmp_path: Path, place: int, bit: int) -> None:
    flipped = bytearray(file.read_bytes())
    flipped[place % len(flipped)] ^= 1 << bit
    (tmp_path / "flipped.kakou").write_bytes(flipped)

    with pytest.raises(SealedFileError):
        bring_back(tmp_path / "flipped.kakou", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_pieces_cannot_be_cut_out_at_their_border(
    station: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealed_file, "PIECE", 4096)
    whole = back_up(station, tmp_path / "b.kakou").path.read_bytes()
    head = len(sealed_file._read_header(io.BytesIO(whole))[1])
    pieces = [whole[at : at + 4096 + 16] for at in range(head, len(whole), 4096 + 16)]
    assert len(pieces) > 10
    for wrong in (pieces[:-1], pieces[:1], [*pieces[:2], *pieces[3:]], [pieces[1], pieces[0], *pieces[2:]]):
        (tmp_path / "cut.kakou").write_bytes(whole[:head] + b"".join(wrong))
        with pytest.raises(SealedFileError):
            bring_back(tmp_path / "cut.kakou", tmp_path / "new")


def test_a_backup_never_goes_over_a_journal(station: Path, file: Path) -> None:
    before = (station / "journal.db").read_bytes()

    with pytest.raises(NotEmptyError):
        bring_back(file, station)

    assert (station / "journal.db").read_bytes() == before


def test_a_folder_with_only_logs_takes_it(file: Path, tmp_path: Path) -> None:
    (tmp_path / "new/logs").mkdir(parents=True)
    (tmp_path / "new/logs/kakou.log").write_text("started")

    bring_back(file, tmp_path / "new")

    assert check(tmp_path / "new").ok
    assert (tmp_path / "new/logs/kakou.log").read_text() == "started"


def test_a_folder_that_is_a_link_takes_it_and_keeps_its_logs(file: Path, tmp_path: Path) -> None:
    (tmp_path / "disk/logs").mkdir(parents=True)
    (tmp_path / "disk/logs/kakou.log").write_text("started")
    (tmp_path / "new").symlink_to(tmp_path / "disk")

    bring_back(file, tmp_path / "new")

    assert check(tmp_path / "new").ok
    assert (tmp_path / "new/logs/kakou.log").read_text() == "started"


def test_a_restore_that_fails_at_its_end_leaves_what_was_in_the_folder(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "new/logs").mkdir(parents=True)
    (tmp_path / "new/logs/kakou.log").write_text("started")

    def in_use(*_: object, **more: object) -> None:
        if not more:  # not the one that clears up
            raise PermissionError("in use")

    monkeypatch.setattr("station.journal.restoring.shutil.rmtree", in_use)
    with pytest.raises(JournalError):
        bring_back(file, tmp_path / "new")

    assert (tmp_path / "new/logs/kakou.log").read_text() == "started"


@pytest.mark.parametrize("left", ["journal.db-wal", "journal.db-journal"])
def test_what_is_left_of_a_journal_is_never_mixed_into_the_restored_one(
    station: Path, file: Path, tmp_path: Path, left: str
) -> None:
    """Somebody took the damaged file and the keys away, and SQLite's other file stayed."""
    with open_journal(station) as journal:
        for number in range(50):
            journal.append(passage(number))
        (tmp_path / "new").mkdir()
        (tmp_path / "new" / left).write_bytes((station / "journal.db-wal").read_bytes())
    before = (tmp_path / "new" / left).read_bytes()
    assert before

    with pytest.raises(NotEmptyError):
        bring_back(file, tmp_path / "new")

    assert (
        tmp_path / "new" / left
    ).read_bytes() == before  # there may be entries in it that are nowhere else


class StopError(Exception):
    pass


@pytest.mark.parametrize("after", [1, 3, 8])
def test_stopped_in_the_middle_it_leaves_nothing_behind(station: Path, tmp_path: Path, after: int) -> None:
    calls = []

    def stop(done: int, total: int) -> None:
        calls.append(done)
        if len(calls) == after:
            raise StopError

    target = tmp_path / "stick" / "b.kakou"
    target.parent.mkdir()
    target.write_bytes(b"the former one")
    with pytest.raises(StopError):
        back_up(station, target, stop)

    assert [path.name for path in target.parent.iterdir()] == ["b.kakou"]
    assert target.read_bytes() == b"the former one"
    assert not list(station.glob(".backup-*"))


def test_what_a_bad_stick_wrote_is_not_called_a_backup(
    station: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = backup.verify

    def bad_stick(path: Path, *arguments: object) -> object:
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
        return real(path, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(backup, "verify", bad_stick)
    with pytest.raises(SealedFileError):
        back_up(station, tmp_path / "b.kakou")
    assert not list(tmp_path.glob("b.kakou*"))


def test_a_journal_that_is_damaged_is_not_backed_up_as_if_it_were_whole(
    station: Path, tmp_path: Path
) -> None:
    content = bytearray((station / "journal.db").read_bytes())
    content[4096 * 3 : 4096 * 3 + 8] = b"\xff" * 8
    (station / "journal.db").write_bytes(content)

    with pytest.raises((BackupError, JournalError)):
        back_up(station, tmp_path / "b.kakou")
    assert not list(tmp_path.glob("b.kakou*"))


def test_the_head_that_it_holds_is_the_gates(station: Path, tmp_path: Path) -> None:
    with Reader.open(station) as reader:
        head = reader.head()

    contents = back_up(station, tmp_path / "b.kakou").contents

    assert (contents.incarnation, contents.head_number, contents.head) == (
        head.incarnation,
        head.number,
        head.hash.hex(),
    )
