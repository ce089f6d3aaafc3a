"""Appending: numbers, chain, append-only, personal parts, and what the writer leaves behind."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from station.core.entry import encode
from station.core.model import Severity
from station.journal.connection import transaction
from station.journal.entries import CHECKPOINT_EVERY, Journal
from station.journal.movements import Mover
from station.journal.reader import Reader
from tests.journal.samples import NOON, correction, open_journal, passage


def test_an_entry_is_there_for_every_reader_when_append_returns(journal: Journal, folder: Path) -> None:
    stored = journal.append(passage(Severity.STOP))

    with Reader.open(folder) as reader:
        assert reader.by_id(stored.entry.id) == stored


def test_entries_are_numbered_from_one_without_gaps_over_restarts(folder: Path) -> None:
    numbers = []
    for _ in range(3):
        with open_journal(folder) as journal:
            numbers += [journal.append(passage()).number for _ in range(2)]

    assert numbers == [1, 2, 3, 4, 5, 6]


def test_every_hash_is_made_from_the_one_before_and_the_entry(journal: Journal) -> None:
    first, second = journal.append(passage()), journal.append(passage())
    station, incarnation = journal.connection.execute("SELECT station, id FROM incarnation").fetchone()

    # design section 9, written out: hash_0 = SHA-256(station ‖ incarnation ‖ parent head)
    genesis = sha256(station + incarnation.to_bytes(6, "big")).digest()
    assert first.hash == sha256(genesis + encode(first.entry)).digest()
    assert second.hash == sha256(first.hash + encode(second.entry)).digest()


def test_every_hash_is_signed_by_the_station(journal: Journal) -> None:
    stored = journal.append(passage())
    (signature,) = journal.connection.execute("SELECT signature FROM entry").fetchone()

    station = Ed25519PublicKey.from_public_bytes(journal.vault.public_key)
    station.verify(signature, b"kakou journal head 1\0" + stored.hash)  # raises if it is not


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET severity = 0",
        "DELETE FROM entry",
        "INSERT OR REPLACE INTO entry SELECT * FROM entry",
        "INSERT OR REPLACE INTO entry (position, incarnation, number, id, at_ms, severity, direction, record,"
        " hash, signature) SELECT 99, incarnation, 99, id, at_ms, severity, direction, record, hash,"
        " signature FROM entry",
        "UPDATE incarnation SET station = zeroblob(16)",
        "DELETE FROM incarnation",
        "UPDATE entry SET part_sealed = x'00'",
        "UPDATE entry SET part_salt = NULL",
    ],
)
def test_what_was_recorded_cannot_be_changed_even_around_the_program(
    journal: Journal, folder: Path, statement: str
) -> None:
    stored = journal.append(passage(Severity.STOP), b"13800000000")

    stranger = sqlite3.connect(folder / "journal.db")
    with closing(stranger), pytest.raises(sqlite3.IntegrityError):
        stranger.execute(statement)
    with Reader.open(folder) as reader:
        assert reader.last(9) == [stored]


def test_a_correction_of_what_is_not_there_is_refused_and_nothing_is_stored(journal: Journal) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="amendment"):
        journal.append(correction(passage(), Severity.PASS))

    assert journal.append(passage()).number == 1


def test_a_correction_points_at_the_passage_not_at_another_correction(journal: Journal) -> None:
    first = passage()
    journal.append(first)
    amendment = journal.append(correction(first, Severity.STOP)).entry

    with pytest.raises(sqlite3.IntegrityError, match="amendment"):
        journal.append(correction(amendment, Severity.PASS))


def test_a_personal_part_that_was_erased_is_not_put_in_again(journal: Journal) -> None:
    journal.append(passage(Severity.STOP), b"13800000000")
    part = journal.connection.execute("SELECT salt, sealed FROM personal").fetchone()
    with transaction(journal.connection):
        journal.connection.execute("DELETE FROM personal")

    with pytest.raises(sqlite3.IntegrityError, match="kept or erased"):
        journal.connection.execute("UPDATE entry SET part_salt = ?, part_sealed = ?", part)


def test_the_same_entry_is_stored_once(journal: Journal) -> None:
    entry = passage()
    journal.append(entry)

    with pytest.raises(sqlite3.IntegrityError):
        journal.append(entry)
    assert journal.append(passage()).number == 2


def test_a_clock_set_back_refuses_nothing_and_the_order_stays(journal: Journal, folder: Path) -> None:
    journal.append(passage(at=NOON))
    journal.append(passage(at=NOON - timedelta(hours=1)))

    with Reader.open(folder) as reader:
        assert [stored.number for stored in reader.last(2)] == [2, 1]


def test_the_personal_part_opens_with_the_key_and_is_bound_to_its_entry(
    journal: Journal, folder: Path
) -> None:
    stored = journal.append(passage(), "张小强".encode())
    (salt,) = journal.connection.execute("SELECT salt FROM personal").fetchone()

    with Reader.open(folder) as reader:
        sealed = reader.sealed_personal(stored.entry.id)
    assert sealed is not None
    assert journal.vault.open(sealed, stored.entry.id) == "张小强".encode()
    assert stored.entry.commitment == sha256(salt + sealed).digest()


def test_no_file_holds_a_personal_part_in_clear(folder: Path) -> None:
    with open_journal(folder) as journal:
        journal.append(passage(), b"330106199001011234")
        written = b"".join(file.read_bytes() for file in folder.iterdir())

    assert b"330106199001011234" not in written


def test_an_erased_personal_part_is_gone_and_its_entry_stays(journal: Journal, folder: Path) -> None:
    stored = journal.append(passage(), b"13800000000")
    journal.connection.execute("DELETE FROM personal")

    with Reader.open(folder) as reader:
        assert reader.sealed_personal(stored.entry.id) is None
        assert reader.by_id(stored.entry.id) == stored


def test_the_write_ahead_log_stays_small_during_a_long_shift(journal: Journal, folder: Path) -> None:
    wal = folder / "journal.db-wal"
    for _ in range(CHECKPOINT_EVERY):
        journal.append(passage())
    size = wal.stat().st_size
    for _ in range(3 * CHECKPOINT_EVERY):
        journal.append(passage())

    assert wal.stat().st_size < 2 * size


def test_a_reader_that_stays_open_delays_no_entry(journal: Journal, folder: Path) -> None:
    with Reader.open(folder) as reader:
        for number in range(1, 2 * CHECKPOINT_EVERY):
            assert journal.append(passage()).number == number
        assert reader.head().number == 2 * CHECKPOINT_EVERY - 1


def test_every_file_is_its_owners_alone(journal: Journal, folder: Path) -> None:
    journal.append(passage())

    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


def test_what_another_program_did_between_two_entries_is_not_overlooked(
    journal: Journal, folder: Path
) -> None:
    """The end of the chain is remembered from entry to entry, and only while nobody else has written."""
    first, gone = journal.append(passage()), journal.append(passage())
    with closing(sqlite3.connect(folder / "journal.db", isolation_level=None)) as stranger:
        stranger.execute("DROP TRIGGER entry_is_never_deleted")
        stranger.execute("DELETE FROM entry WHERE number = ?", (gone.number,))

    following = journal.append(passage())

    assert following.number == gone.number
    assert following.hash == sha256(first.hash + encode(following.entry)).digest()


def test_an_entry_that_was_taken_back_is_not_remembered(journal: Journal) -> None:
    first = journal.append(passage())

    def fail(connection: sqlite3.Connection) -> None:
        raise ZeroDivisionError

    journal.staged["somebody"] = fail
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            journal.append(passage(), b"13800000000", mover=Mover("somebody", None))
    del journal.staged["somebody"]
    following = journal.append(passage())

    assert (following.number, following.hash) == (2, sha256(first.hash + encode(following.entry)).digest())
