"""Whoever changes the journal behind the program's back is told on, by number."""

from __future__ import annotations

import contextlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from station.core.entry import encode
from station.core.model import Severity
from station.journal import chain
from station.journal.check import Damage, check
from station.journal.errors import JournalError, NoJournalError
from tests.journal.samples import correction, open_journal, passage


@pytest.fixture
def shift(folder: Path) -> Path:
    """Five entries; the second holds personal data, the fourth corrects the first."""
    first = passage(Severity.STOP)
    with open_journal(folder) as journal:
        journal.append(first)
        journal.append(passage(), b"13800000000")
        journal.append(passage())
        journal.append(correction(first, Severity.PASS))
        journal.append(passage())
    return folder


def tamper(folder: Path, *statements: str) -> None:
    """What somebody with the disk in their hands can do: no trigger stops them, and they put all back."""
    with closing(sqlite3.connect(folder / "journal.db", isolation_level=None)) as intruder:
        triggers = intruder.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        away, back = [f"DROP TRIGGER {name}" for name, _ in triggers], [sql for _, sql in triggers]
        for statement in [*away, *statements, *back]:
            intruder.execute(statement)


def damaged(folder: Path) -> dict[int | None, str]:
    report = check(folder)
    assert not report.ok
    return {damage.number: damage.what for damage in report.damages}


def test_an_untouched_journal_is_in_order(shift: Path) -> None:
    report = check(shift)

    assert report.ok
    assert (report.entries, report.amendments, report.personal) == (5, 1, 1)


def test_a_trigger_that_was_taken_away_is_missed(shift: Path) -> None:
    with closing(sqlite3.connect(shift / "journal.db", isolation_level=None)) as intruder:
        intruder.execute("DROP TRIGGER entry_is_never_changed")

    assert damaged(shift) == {None: "the tables are not described as they were made"}


@given(st.integers(0, 2**20), st.integers(0, 7))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_flipped_bit_gives_a_report_or_a_clear_error_and_never_a_surprise(
    shift: Path, place: int, bit: int
) -> None:
    """Found by a hostile trial: text that was no UTF-8 any more ended the check with a traceback."""
    file = shift / "journal.db"
    whole = file.read_bytes()
    flipped = bytearray(whole)
    flipped[place % len(whole)] ^= 1 << bit
    file.write_bytes(flipped)
    try:
        with contextlib.suppress(JournalError, NoJournalError):
            check(shift)
    finally:
        file.write_bytes(whole)


def test_the_check_runs_while_the_gate_records(shift: Path) -> None:
    with open_journal(shift) as journal:
        journal.append(passage())
        assert check(shift).entries == 6


def test_the_check_changes_nothing(shift: Path) -> None:
    before = (shift / "journal.db").read_bytes()
    check(shift)

    assert (shift / "journal.db").read_bytes() == before


def test_without_a_journal_there_is_nothing_to_check(tmp_path: Path) -> None:
    with pytest.raises(NoJournalError):
        check(tmp_path)


def test_erasing_personal_parts_damages_nothing(shift: Path) -> None:
    with open_journal(shift) as journal:
        journal.connection.execute("DELETE FROM personal")

    assert check(shift).ok
    assert check(shift).personal == 0


def test_a_changed_record_breaks_the_chain(shift: Path) -> None:
    altered = encode(passage(Severity.PASS)).hex()
    tamper(shift, f"UPDATE entry SET record = x'{altered}' WHERE number = 1")

    assert 1 in damaged(shift)
    assert Damage(1, "does not continue the chain of hashes") in check(shift).damages


def test_a_record_of_junk_is_named(shift: Path) -> None:
    tamper(shift, "UPDATE entry SET record = x'c1' WHERE number = 3")

    assert Damage(3, "holds a record that is not an entry") in check(shift).damages


@pytest.mark.parametrize(
    "change", ["severity = 0", "at_ms = at_ms + 1", "direction = 'out'", "id = zeroblob(16)"]
)
def test_a_changed_copy_is_named_because_counts_are_made_from_it(shift: Path, change: str) -> None:
    tamper(shift, f"UPDATE entry SET {change}, amends = NULL WHERE number = 4")

    assert damaged(shift) == {4: "is listed differently from what its record says"}


def test_an_entry_cut_out_leaves_a_gap(shift: Path) -> None:
    tamper(shift, "DELETE FROM entry WHERE number = 3")

    assert "follows number 2" in {d.what[:16] for d in check(shift).damages}
    assert set(damaged(shift)) == {4}


def test_entries_in_another_order_are_named(shift: Path) -> None:
    tamper(shift, "UPDATE entry SET position = 99 WHERE number = 3")

    assert {4, 3} <= set(damaged(shift))


def test_an_entry_that_the_station_did_not_sign_is_named(shift: Path) -> None:
    tamper(shift, "UPDATE entry SET signature = zeroblob(64) WHERE number = 5")

    assert damaged(shift) == {5: "was not signed by this station"}


def test_a_chain_made_anew_by_a_forger_lacks_the_stations_signature(shift: Path) -> None:
    with open_journal(shift) as journal:
        (previous,) = journal.connection.execute("SELECT hash FROM entry WHERE number = 4").fetchone()
    forged = passage(Severity.PASS)
    link = chain.link(previous, encode(forged)).hex()
    tamper(
        shift,
        f"UPDATE entry SET id = x'{forged.id.hex()}', record = x'{encode(forged).hex()}', hash = x'{link}'"
        " WHERE number = 5",
    )

    assert damaged(shift) == {5: "was not signed by this station"}


def test_an_amendment_of_nothing_is_named(shift: Path) -> None:
    tamper(shift, "PRAGMA foreign_keys = OFF", "DELETE FROM entry WHERE number = 1")

    assert Damage(4, "amends an entry that is not there") in check(shift).damages


def test_an_exchanged_personal_part_is_named(shift: Path) -> None:
    tamper(shift, "UPDATE entry SET part_sealed = x'00' WHERE part_sealed NOT NULL")

    assert damaged(shift) == {2: "lies beside a personal part that is not its own"}


def test_a_personal_part_beside_another_entry_is_named(shift: Path) -> None:
    tamper(
        shift,
        "UPDATE entry SET (part_salt, part_sealed) = (SELECT salt, sealed FROM personal) WHERE number = 1",
        "UPDATE entry SET part_salt = NULL, part_sealed = NULL WHERE number = 2",
    )

    assert damaged(shift)[1] == "lies beside a personal part that is not its own"


def test_an_exchanged_station_breaks_the_first_link(shift: Path) -> None:
    tamper(shift, "UPDATE incarnation SET station = zeroblob(16)")

    assert damaged(shift) == {1: "does not continue the chain of hashes"}


def flip(folder: Path, offset: int) -> None:
    path = folder / "journal.db"
    content = bytearray(path.read_bytes())
    content[offset : offset + 64] = bytes(byte ^ 0xFF for byte in content[offset : offset + 64])
    path.write_bytes(content)


@pytest.mark.parametrize("offset", [0, 16, 40])
def test_a_damaged_header_is_damage_not_a_crash(shift: Path, offset: int) -> None:
    flip(shift, offset)

    assert "database file is damaged" in damaged(shift)[None]


def free_pages(file: bytes) -> set[int]:
    """Numbers from 0 of pages that nothing lies in (fileformat2.html, section 1.5)."""
    free, trunk = set[int](), int.from_bytes(file[32:36], "big")
    while trunk:
        page = file[(trunk - 1) * 4096 :][:4096]
        count = int.from_bytes(page[4:8], "big")
        leaves = (int.from_bytes(page[at : at + 4], "big") for at in range(8, 8 + 4 * count, 4))
        free |= {number - 1 for number in (trunk, *leaves)}
        trunk = int.from_bytes(page[:4], "big")
    return free


def test_no_flipped_page_goes_unnoticed(shift: Path) -> None:
    whole = (shift / "journal.db").read_bytes()
    unnoticed = []
    for page in set(range(1, len(whole) // 4096)) - free_pages(whole):
        (shift / "journal.db").write_bytes(whole)
        flip(shift, page * 4096)
        if check(shift).ok:
            unnoticed.append(page)

    assert unnoticed == []
