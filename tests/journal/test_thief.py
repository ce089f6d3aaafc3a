"""Somebody walks off with the disk of a gate: what they can read there, and what they cannot.

The data keys are locked into PINs. Not tried here: guessing PINs against the folder, which costs 0.1 s each
on a common PC (`pins`): a PIN of four digits holds for a quarter of an hour, one of eight for months.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path
from zipfile import ZipFile

import pytest

from station.core.operators import Who
from station.core.override import Role
from station.exporting import Order, export
from station.journal import wrapped_file
from station.journal.audit import read
from station.journal.backup import make_backup
from station.journal.check import check
from station.journal.connection import open_reader
from station.journal.entries import Journal
from station.journal.errors import KeyProblem, VaultError
from station.journal.keyring import Keyring
from station.journal.operators import Operators
from station.journal.people import People
from station.journal.person import COLUMNS, open_person
from station.journal.pins import Cost
from station.journal.recovery import unlock
from station.journal.restoring import restore
from station.journal.rotating import Rotation, is_done
from station.journal.salvage import salvage
from station.journal.settling import settle
from station.journal.vault import Vault, open_vault
from station.journal.wrapping import Wrapping
from station.keys_office import change, status, unwrap, wrap
from station.log_words import LogWords
from tests.journal import kept, work
from tests.journal.samples import NOON, open_journal, passage

CHEAP = Cost(64, 1)
PIN, COLLEAGUE = "730518", "4071"
SECRETS = (
    kept.NAME,
    kept.HOUSE,
    kept.PHONE,
    kept.NUMBER,
    kept.CODE,
    "李秀英",
    "王建国",
    "门卫老李",
    PIN,
    *work.PLAIN,
)


@dataclass
class Gate:
    folder: Path
    paper: str
    first_key: bytes  # as it lay in a file, before
    person: str


@pytest.fixture
def gate(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Gate:
    """Everything personal that there can be; then the keys were locked into the PIN of the admin."""
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    with open_journal(folder) as journal:
        him = kept.fill(journal)
        operators = Operators(journal, cost=CHEAP)
        operators.add("1001", "王建国", Role.ADMIN, PIN)
        operators.add("2002", "李秀英", Role.VOLUNTEER, COLLEAGUE, by=Who("1001", Role.ADMIN))
        first = (folder / "data.key").read_bytes()
        paper = wrap(journal, operators.sign_in("1001", PIN), NOON)
        Rotation(journal).run()
        _passes(journal, him.id)
        work.fill(journal, NOON)
    return Gate(folder, paper, first, him.id)


def _passes(journal: Journal, who: str) -> None:
    kept.passes_by(journal, NOON, who, kept.CODE)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def found_in(contents: dict[str, bytes]) -> set[tuple[str, str]]:
    """Which secret lies in which file, in any of the ways to write it."""
    return {
        (name, secret)
        for name, content in contents.items()
        for secret in SECRETS
        for coding in ("utf-8", "utf-16-le", "gb18030")
        if secret.encode(coding) in content
    }


def test_a_thief_reads_no_name_no_phone_no_code_in_any_file(
    gate: Gate, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with open_journal(gate.folder) as journal:  # somebody begins to work, and the power goes
        Operators(journal, cost=CHEAP).sign_in("1001", PIN)
        journal.append(passage(), journal.vault.code_key(kept.CODE).encode())
        wal = files(gate.folder)
        assert wal["journal.db-wal"]
    backup = tmp_path / "stick.kakou"
    make_backup(gate.folder, backup, "correct horse battery", now=NOON, log_n=10)

    taken = {**wal, **files(gate.folder), "backup": backup.read_bytes(), "log": caplog.text.encode()}
    assert {"journal.db", "wrapped.key", "station.key"} <= taken.keys()
    assert "data.key" not in taken
    assert found_in(taken) == set()


def test_a_stick_with_exports_says_no_more_than_it_must(gate: Gate, tmp_path: Path) -> None:
    """Masked ones have no name; an unmasked one that was encrypted opens with its password only."""
    with open_journal(gate.folder) as journal:
        Operators(journal, cost=CHEAP).sign_in("1001", PIN)
        vault, day = journal.vault, NOON.date()
        masked = Order(day, day, UTC, "东门", "zh")
        clear = replace(masked, masked=False, password="correct horse")
        for order, name in (
            (masked, "a.csv"),
            (masked, "a.xlsx"),
            (clear, "b.csv.zip"),
            (clear, "b.xlsx.zip"),
        ):
            made = export(gate.folder, vault, order, tmp_path / name, LogWords(), now=NOON)
            assert made.claims.rows
    taken = files(tmp_path)
    with ZipFile(tmp_path / "a.xlsx") as book:
        taken |= {f"a.xlsx/{name}": book.read(name) for name in book.namelist()}
    assert found_in({name: raw for name, raw in taken.items() if not name.startswith("a.")}) == set()
    houses = {kept.HOUSE, work.HOST}  # of a masked log; without them nobody can work with it
    assert {secret for _, secret in found_in(taken)} <= houses

    with ZipFile(tmp_path / "b.csv.zip") as archive, pytest.raises((RuntimeError, NotImplementedError)):
        archive.read(archive.namelist()[0])


def test_what_a_thief_does_read(gate: Gate) -> None:
    """Times, verdicts, temperatures, categories are no secret here: the chain has to verify without a PIN."""
    report = check(gate.folder)
    with open_reader(gate.folder) as connection:
        categories = {one for (one,) in connection.execute("SELECT category FROM person")}
        (record,) = connection.execute("SELECT record FROM entry LIMIT 1").fetchone()
        operators = {one for (one,) in connection.execute("SELECT number FROM operator")}

    assert report.ok
    assert report.entries > 0
    assert "resident" in categories
    assert b"temperature_normal" in record
    assert operators == {"1001", "2002"}


def test_the_folder_alone_opens_nothing(gate: Gate) -> None:
    with open_journal(gate.folder) as journal:
        people = People(journal)
        with pytest.raises(VaultError) as refused:
            list(people.everybody())
        assert refused.value.problem is KeyProblem.LOCKED
        with pytest.raises(VaultError):
            people.id_for(kept.NAME, kept.HOUSE)
        assert journal.append(passage(), b"somebody").number > 0


def test_the_key_that_once_lay_in_a_file_opens_no_list_any_more(gate: Gate) -> None:
    """Whoever digs it out of the disk's free space, or has an old copy of the folder."""
    old = Vault(gate.first_key, (gate.folder / "station.key").read_bytes())
    with open_reader(gate.folder) as connection:
        rows = connection.execute(f"SELECT {COLUMNS} FROM person").fetchall()
        former = connection.execute("SELECT name FROM batch_change WHERE name NOT NULL").fetchall()

    assert rows
    assert former
    for row in rows:
        with pytest.raises(VaultError):
            open_person(old, row)


def test_who_signs_in_reads_everything(gate: Gate) -> None:
    with open_journal(gate.folder) as journal:
        assert Operators(journal, cost=CHEAP).sign_in("1001", PIN).operator
        names = {one.name for one in People(journal).everybody()}
        assert kept.NAME in names
        assert read(journal.connection, journal.vault, NOON - kept.DAY, NOON + kept.DAY)[-1].genuine


def test_the_paper_reads_everything(gate: Gate) -> None:
    with open_journal(gate.folder) as journal:
        unlock(journal, gate.paper)
        assert kept.NAME in {one.name for one in People(journal).everybody()}


def test_a_wrong_paper_and_a_strangers_slot_open_nothing(gate: Gate) -> None:
    wrapped = wrapped_file.read(gate.folder)
    assert wrapped is not None
    assert wrapped_file.opened(wrapped, "1001", b"x" * 32) is None
    assert wrapped_file.opened(wrapped, "2002", b"x" * 32) is None


# --- a new data key -----------------------------------------------------------------------------


@pytest.mark.parametrize("steps", [0, 1, 2, 3, 5, 8, 13, 16])
def test_a_change_of_keys_that_was_killed_goes_on_where_it_stopped(gate: Gate, steps: int) -> None:
    with open_journal(gate.folder) as journal:
        signed = Operators(journal, cost=CHEAP).sign_in("1001", PIN)
        change(journal, signed, NOON)
        rotation = Rotation(journal)
        for _ in range(steps):
            rotation.step()
        assert not is_done(journal.connection, journal.vault)

    with open_journal(gate.folder) as journal:
        Operators(journal, cost=CHEAP).sign_in("1001", PIN)
        again = Rotation(journal)
        again.run()
        assert is_done(journal.connection, journal.vault)
        assert again.skipped == 0
        sealed = [one for (one,) in journal.connection.execute("SELECT name FROM person")]
        assert all(journal.vault.is_newest(one) for one in sealed)
        assert kept.NAME in {one.name for one in People(journal).everybody()}
        assert not Rotation(journal).step(), "there is nothing left to do"
    assert check(gate.folder).ok


def test_everybody_opens_the_new_key_without_having_been_asked(gate: Gate) -> None:
    with open_journal(gate.folder) as journal:
        operators = Operators(journal, cost=CHEAP)
        signed = operators.sign_in("1001", PIN)
        operators.sign_in("2002", COLLEAGUE)
        change(journal, signed, NOON)
        Rotation(journal).run()
    for number, pin in (("1001", PIN), ("2002", COLLEAGUE)):
        with open_journal(gate.folder) as journal:
            assert Operators(journal, cost=CHEAP).sign_in(number, pin).operator
            assert kept.NAME in {one.name for one in People(journal).everybody()}
    with open_journal(gate.folder) as journal:
        unlock(journal, gate.paper)


def test_somebody_who_left_opens_nothing_that_was_written_since(gate: Gate) -> None:
    """They kept a copy of the file of wrapped keys, and their PIN."""
    with open_journal(gate.folder) as journal:
        operators = Operators(journal, cost=CHEAP)
        signed = operators.sign_in("1001", PIN)
        left = operators.sign_in("2002", COLLEAGUE)
        kept_copy = wrapped_file.read(gate.folder)
        operators.remove("2002", by=Who("1001", Role.ADMIN))
        change(journal, signed, NOON)
        Rotation(journal).run()
    assert kept_copy is not None
    ring = wrapped_file.opened(kept_copy, "2002", left.key)
    assert isinstance(ring, Keyring)
    theirs = Vault(ring, (gate.folder / "station.key").read_bytes())
    with open_reader(gate.folder) as connection:
        row = connection.execute(f"SELECT {COLUMNS} FROM person").fetchone()
    with pytest.raises(VaultError):
        open_person(theirs, row)


def test_without_pins_the_key_is_changed_in_its_file(folder: Path) -> None:
    with open_journal(folder) as journal:
        kept.fill(journal)
        Wrapping(folder, journal.vault).new_key()
        Rotation(journal).run()
    with open_journal(folder) as journal:
        assert kept.NAME in {one.name for one in People(journal).everybody()}
        assert is_done(journal.connection, journal.vault)


# --- crashes, and going back --------------------------------------------------------------------


def test_a_crash_before_the_file_was_taken_away_ends_with_the_keys_wrapped(gate: Gate) -> None:
    (gate.folder / "data.key").write_bytes(gate.first_key)
    with open_reader(gate.folder) as connection:
        assert status(connection, open_vault(gate.folder, create=False)).wrapped

    open_journal(gate.folder).close()
    assert not (gate.folder / "data.key").exists()


@pytest.mark.parametrize("keys", [1, 2, 5])
def test_power_that_goes_while_the_file_is_overwritten_locks_nobody_out(gate: Gate, keys: int) -> None:
    """After a change of key the file was longer than one key, and random bytes are no ring of keys."""
    random = b"\x07" * len(Keyring(gate.first_key, (gate.first_key,) * (keys - 1)).encode())
    (gate.folder / "data.key").write_bytes(random)

    with open_journal(gate.folder) as journal:
        assert Operators(journal, cost=CHEAP).sign_in("1001", PIN).operator
        assert kept.NAME in {one.name for one in People(journal).everybody()}
    assert not (gate.folder / "data.key").exists()


def test_a_crash_while_it_was_turned_off_loses_nothing(gate: Gate) -> None:
    wrapped = (gate.folder / "wrapped.key").read_bytes()
    with open_journal(gate.folder) as journal:
        unwrap(journal, Operators(journal, cost=CHEAP).sign_in("1001", PIN), NOON)
    (gate.folder / "wrapped.key").write_bytes(wrapped)
    with open_journal(gate.folder) as journal:
        assert kept.NAME in {one.name for one in People(journal).everybody()}


def test_what_was_turned_on_can_be_turned_off(gate: Gate) -> None:
    with open_journal(gate.folder) as journal:
        unwrap(journal, Operators(journal, cost=CHEAP).sign_in("1001", PIN), NOON)
    assert not (gate.folder / "wrapped.key").exists()
    with open_journal(gate.folder) as journal:
        assert not journal.vault.locked
        assert kept.NAME in {one.name for one in People(journal).everybody()}


def test_settling_twice_changes_nothing(gate: Gate) -> None:
    with open_journal(gate.folder) as journal:
        _ = kept.passes_by(journal, NOON, "p-nobody", "another code")
        Operators(journal, cost=CHEAP).sign_in("1001", PIN)
        first = settle(journal, lambda name, before, noted: before)
        before = journal.connection.execute("SELECT * FROM movement").fetchall()
        again = settle(journal, lambda name, before, noted: before)
        assert journal.connection.execute("SELECT * FROM movement").fetchall() == before
        assert (first, again) == (0, 0), "it was somebody's already"


def test_a_backup_restored_elsewhere_is_still_locked_and_opens_by_the_same_pin(
    gate: Gate, tmp_path: Path
) -> None:
    backup, there = tmp_path / "stick.kakou", tmp_path / "another PC"
    make_backup(gate.folder, backup, "correct horse battery", now=NOON, log_n=10)
    restored = restore(backup, there, "correct horse battery", now=NOON, fingerprint=lambda path: "new")

    assert restored.report.ok
    with Journal.open(there, now=lambda: NOON, fingerprint=lambda path: "new") as journal:
        assert journal.vault.locked
        assert journal.append(passage()).number == 1, "a new incarnation"
        assert Operators(journal, cost=CHEAP).sign_in("1001", PIN).operator
        assert kept.NAME in {one.name for one in People(journal).everybody()}


def test_a_damaged_journal_is_saved_with_the_paper(gate: Gate, tmp_path: Path) -> None:
    with pytest.raises(VaultError) as refused:
        salvage(gate.folder, tmp_path / "saved", now=NOON)
    assert refused.value.problem is KeyProblem.LOCKED

    saved = salvage(gate.folder, tmp_path / "saved", now=NOON, paper=gate.paper)
    assert saved.entries == check(gate.folder).entries
    assert saved.lists["person"] == 2
    assert check(tmp_path / "saved").ok
