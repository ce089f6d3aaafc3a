"""Of a journal that was cut off or has flipped bits all is saved that is intact, and nothing is made up."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import mkdtemp

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from station.core.audit import Audited, Event
from station.core.calibration import Calibration
from station.core.checklist import Tick
from station.core.entry import Entry, FactPart, StoredEntry, TemperaturePart
from station.core.model import Severity, Site
from station.journal import chain, incarnation
from station.journal.calibrations import Calibrations
from station.journal.check import check
from station.journal.duty_log import DutyLog
from station.journal.entries import Journal
from station.journal.erasing import erase, find_traces
from station.journal.errands import Errands
from station.journal.errors import VaultError
from station.journal.facts import Facts
from station.journal.handovers import Handovers
from station.journal.movements import Movements, Mover
from station.journal.passes import read_passes
from station.journal.people import People
from station.journal.reader import Reader
from station.journal.reports import to_send
from station.journal.restoring import NotEmptyError
from station.journal.salvage import Lost, Salvaged, salvage
from station.journal.shifts import Rota
from station.journal.vault import open_vault
from tests.core.test_calibration import MODULE
from tests.journal import kept, work
from tests.journal.samples import NOON, correction, open_journal, passage

ENTRIES = 120


@cache
def a_gate() -> Path:
    """Made once: passages with and without personal parts, corrections, a long one, two incarnations."""
    folder = Path(mkdtemp()) / "station"
    chance = random.Random(7)
    for machine in ("one", "another"):
        with open_journal(folder, machine) as journal:
            passages: list[Entry] = []
            for number in range(ENTRIES // 2):
                if passages and number % 9 == 8:
                    journal.append(correction(chance.choice(passages), Severity.PASS))
                    continue
                entry = passage(Severity(chance.randrange(3)))
                if number % 13 == 0:
                    entry = msgspec.structs.replace(entry, facts=_many_facts(chance.randrange(1, 160)))
                key = journal.vault.code_key(f"JKM-{number}").encode() if number % 2 else None
                passages.append(journal.append(entry, key).entry)
    return folder


def _many_facts(count: int) -> tuple[FactPart, ...]:
    return tuple(FactPart("test", "negative", number, "roster") for number in range(count))


def a_copy(of: Path, to: Path) -> Path:
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(of, to)
    return to


def every_entry(folder: Path) -> list[StoredEntry]:
    with Reader.open(folder) as reader:
        return list(reversed(reader.last(10_000)))


def save(damaged: Path, to: Path) -> Salvaged:
    shutil.rmtree(to, ignore_errors=True)
    return salvage(damaged, to, now=NOON, fingerprint=lambda path: "this PC")


def assert_true(saved: Path, original: Path) -> list[Entry]:
    """What was saved verifies, is word for word what there was, and in the same order."""
    report = check(saved)
    assert report.ok, report.damages
    before = [one.entry for one in every_entry(original)]
    after = [one.entry for one in every_entry(saved)]
    places = [before.index(one) for one in after]
    assert places == sorted(places)
    return after


def intact_rows(damaged: Path, original: Path) -> list[Entry]:
    """Entries of which every byte lies in the file as the row was written, and the hash before them too."""
    raw = (damaged / "journal.db").read_bytes()
    with closing(sqlite3.connect(original / "journal.db")) as connection:
        rows = connection.execute(
            "SELECT id, record, hash, signature FROM entry ORDER BY position"
        ).fetchall()
        firsts = [one.genesis for one in incarnation.every(connection).values()]
    whole = {one.entry.id: one.entry for one in every_entry(original)}
    before = dict(pairwise([bytes(32), *(row[2] for row in rows)]))
    last = {after: one for one, after in before.items()}
    found = [row for row in rows if len(row[1]) < 3500 and b"".join(row[1:]) in raw]
    begins = {row[2] for row in rows if any(chain.link(first, row[1]) == row[2] for first in firsts)}
    return [whole[row[0]] for row in found if row[2] in begins or last[row[2]] in raw]


def test_a_healthy_journal_comes_out_as_it_was(tmp_path: Path) -> None:
    result = save(a_gate(), tmp_path / "new")

    assert (result.entries, result.lost, result.orphans) == (ENTRIES, (), ())
    assert len(assert_true(tmp_path / "new", a_gate())) == ENTRIES
    assert result.personal == check(a_gate()).personal
    with Reader.open(tmp_path / "new") as reader:
        assert reader.head().number == ENTRIES


def test_the_new_folder_goes_on_as_the_same_station(tmp_path: Path) -> None:
    save(a_gate(), tmp_path / "new")

    with Journal.open(tmp_path / "new", now=lambda: NOON, fingerprint=lambda path: "this PC") as journal:
        assert journal.append(passage()).number == ENTRIES + 1
        (station,) = journal.connection.execute("SELECT DISTINCT station FROM incarnation").fetchone()
    with closing(sqlite3.connect(a_gate() / "journal.db")) as connection:
        assert connection.execute("SELECT DISTINCT station FROM incarnation").fetchone()[0] == station
    assert check(tmp_path / "new").ok


@pytest.mark.parametrize("part", [n / 16 for n in range(17)])
def test_a_journal_that_was_cut_off_gives_all_that_is_left(tmp_path: Path, part: float) -> None:
    damaged = a_copy(a_gate(), tmp_path / "damaged")
    whole = (damaged / "journal.db").read_bytes()
    (damaged / "journal.db").write_bytes(whole[: int(part * len(whole))])

    save(damaged, tmp_path / "new")

    after = assert_true(tmp_path / "new", a_gate())
    passages = {one.id for one in after if one.amends is None}
    missing = [one for one in intact_rows(damaged, a_gate()) if one not in after]
    assert [one for one in missing if one.amends is None or one.amends in passages] == []


@given(st.integers(0, 2**40))
@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_flipped_bits_cost_what_they_hit_and_nothing_else(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    damaged = a_copy(a_gate(), tmp_path / "damaged")
    content = bytearray((damaged / "journal.db").read_bytes())
    for _ in range(chance.choice((1, 1, 3, 30))):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    (damaged / "journal.db").write_bytes(content)

    save(damaged, tmp_path / "new")

    after = assert_true(tmp_path / "new", a_gate())
    passages = {one.id for one in after if one.amends is None}
    missing = [one for one in intact_rows(damaged, a_gate()) if one not in after]
    assert [one for one in missing if one.amends is None or one.amends in passages] == []


def flip_in(damaged: Path, needle: bytes, offset: int = 0) -> None:
    content = bytearray((damaged / "journal.db").read_bytes())
    content[content.index(needle) + offset] ^= 0x10
    (damaged / "journal.db").write_bytes(content)


@pytest.mark.parametrize("column", ["record", "hash", "signature"])
def test_one_flipped_bit_in_a_row_and_what_it_costs(tmp_path: Path, column: str) -> None:
    """Of the record: the entry. Of its hash or signature: nothing, for they can be worked out again."""
    damaged = a_copy(a_gate(), tmp_path / "damaged")
    with closing(sqlite3.connect(a_gate() / "journal.db")) as connection:
        (value,) = connection.execute(f"SELECT {column} FROM entry WHERE position = 24").fetchone()
    flip_in(damaged, value, len(value) // 2)

    result = save(damaged, tmp_path / "new")

    lost = [(one.first, one.last) for one in result.lost]
    assert lost == ([(24, 24)] if column == "record" else [])
    assert_true(tmp_path / "new", a_gate())


def test_what_was_lost_is_named_by_its_old_number(tmp_path: Path) -> None:
    damaged = a_copy(a_gate(), tmp_path / "damaged")
    with closing(sqlite3.connect(a_gate() / "journal.db")) as connection:
        (first,) = connection.execute("SELECT id FROM incarnation WHERE parent IS NULL").fetchone()
        rows = connection.execute("SELECT record FROM entry WHERE position IN (5, 6, 30)").fetchall()
    for (record,) in rows:
        flip_in(damaged, record, 20)

    result = save(damaged, tmp_path / "new")

    assert result.lost == (Lost(first, 5, 6), Lost(first, 30, 30))
    assert result.entries + len(result.orphans) == ENTRIES - 3


def test_a_correction_of_a_lost_entry_is_named_and_not_made_a_passage(tmp_path: Path) -> None:
    first = passage(Severity.STOP)
    with open_journal(tmp_path / "damaged") as journal:
        journal.append(first)
        journal.append(passage())
        journal.append(correction(first, Severity.PASS))
        (record,) = journal.connection.execute("SELECT record FROM entry WHERE number = 1").fetchone()
    flip_in(tmp_path / "damaged", record, 3)

    result = save(tmp_path / "damaged", tmp_path / "new")

    assert result.entries == 1
    assert [number for _, number in result.orphans] == [3]
    assert check(tmp_path / "new").ok


def test_entries_that_only_the_wal_has_are_saved(tmp_path: Path) -> None:
    with open_journal(tmp_path / "gate") as journal:
        for _ in range(30):
            journal.append(passage(), b"personal")
        damaged = a_copy(tmp_path / "gate", tmp_path / "damaged")  # as a cut of power leaves it
    (damaged / "journal.db").write_bytes(b"")

    result = save(damaged, tmp_path / "new")

    assert (result.entries, result.personal) == (30, 30)


def test_without_any_table_of_contents_the_rows_are_found(tmp_path: Path) -> None:
    """The first page, with the schema, is gone, and with it every way that SQLite has."""
    damaged = a_copy(a_gate(), tmp_path / "damaged")
    content = bytearray((damaged / "journal.db").read_bytes())
    content[:4096] = bytes(4096)
    (damaged / "journal.db").write_bytes(content)

    assert save(damaged, tmp_path / "new").entries == ENTRIES
    assert_true(tmp_path / "new", a_gate())


def test_a_beginning_whose_own_row_is_gone_is_found_again(tmp_path: Path) -> None:
    damaged = a_copy(a_gate(), tmp_path / "damaged")
    with closing(sqlite3.connect(a_gate() / "journal.db")) as connection:
        (key,) = connection.execute("SELECT public_key FROM incarnation WHERE parent IS NULL").fetchone()
    content = (damaged / "journal.db").read_bytes()
    (damaged / "journal.db").write_bytes(content.replace(key, bytes(32)))

    result = save(damaged, tmp_path / "new")

    assert (result.entries, result.lost) == (ENTRIES, ())


@pytest.mark.parametrize("column", ["parent_head", "station"])
def test_a_bit_of_an_incarnation_costs_no_entry(tmp_path: Path, column: str) -> None:
    damaged = a_copy(a_gate(), tmp_path / "damaged")
    with closing(sqlite3.connect(a_gate() / "journal.db")) as connection:
        rows = connection.execute(f"SELECT {column} FROM incarnation WHERE parent NOT NULL")
        for (value,) in rows.fetchall()[:1]:
            flip_in(damaged, value, 3)

    result = save(damaged, tmp_path / "new")

    assert (result.entries, result.lost) == (ENTRIES, ())
    assert_true(tmp_path / "new", a_gate())


def test_people_passes_and_facts_are_saved_as_far_as_they_open(tmp_path: Path) -> None:
    with open_journal(tmp_path / "gate") as journal:
        him = kept.fill(journal)
    damaged = a_copy(tmp_path / "gate", tmp_path / "damaged")
    content = bytearray((damaged / "journal.db").read_bytes())
    (damaged / "journal.db").write_bytes(content[:-100])

    result = save(damaged, tmp_path / "new")

    assert result.lists["person"] == 2
    with open_journal(tmp_path / "new", "this PC") as journal:
        people = People(journal)
        assert {one.name for one in people.everybody()} == {kept.NAME, "李红"}
        known = people.find_by_code(journal.vault.code_key(kept.CODE))
        assert known
        assert known.person_id == him.id
        assert people.find_by_id_number(kept.NUMBER)
        assert [told.said.by for told in Facts(journal).history("person", him.id)] == ["查验员小周"] * 2
        assert len(read_passes(tmp_path / "new")) == 1
        inside = journal.connection.execute("SELECT subject FROM whereabouts").fetchall()
        assert (him.id,) in inside


def test_what_people_at_the_gate_left_is_saved_and_no_row_that_was_changed(tmp_path: Path) -> None:
    with open_journal(tmp_path / "gate") as journal:
        work.fill(journal, NOON)
        work.fill(journal, NOON + kept.DAY)
        there = work.rows(journal)
    damaged = a_copy(tmp_path / "gate", tmp_path / "damaged")
    with closing(sqlite3.connect(damaged / "journal.db")) as connection:
        for table in ("visit", "report", "signup", "announced_visit"):
            one = f"(SELECT sealed FROM {table} LIMIT 1)"
            connection.execute(f"UPDATE {table} SET sealed = zeroblob(60) WHERE sealed IN {one}")
        connection.commit()

    save(damaged, tmp_path / "new")

    with open_journal(tmp_path / "new", "this PC") as journal:
        saved = work.rows(journal)
        shifts = Rota(journal, lambda: "东门").between(NOON - kept.DAY, NOON + 3 * kept.DAY)
        names = [name for one in shifts for name in one.names]
        assert names == [work.HELPER], "one of two was changed"
        assert [one.note for one in Errands(journal).since(NOON)] == [work.WORD] * 2
        assert to_send(journal.connection, journal.vault), "the center is told again"
    lost = dict.fromkeys(("visit", "report", "signup", "announced_visit"), 1)
    assert saved == {table: count - lost.get(table, 0) for table, count in there.items()}


def test_nobody_is_saved_as_measured_or_inside_by_a_row_that_was_changed(tmp_path: Path) -> None:
    with open_journal(tmp_path / "gate") as journal:
        journal.append(passage(), mover=Mover("a"))
        journal.append(passage(Severity.STOP), mover=Mover("b"))
        journal.append(passage(), mover=Mover("c"))
    damaged = a_copy(tmp_path / "gate", tmp_path / "damaged")
    with closing(sqlite3.connect(damaged / "journal.db")) as connection:
        connection.execute("UPDATE entry SET mover_passed = 1 WHERE mover = 'b'")
        connection.execute("UPDATE entry SET mover = 'd' WHERE mover = 'c'")
        connection.commit()

    saved = save(damaged, tmp_path / "new")

    assert saved.entries == 3
    assert saved.lists["movement"] == 1
    with open_journal(tmp_path / "new", "this PC") as journal:
        assert [one.subject for one in Movements(journal.connection).inside()] == ["a"]


LEFT = {
    *("entry", "personal", "movement", "incarnation", "upstream", "resealed"),  # begun anew
    *("audit", "audit_note", "operator", "recovery", "pruned"),  # hang on the audit, or on numbers
    *("center_item", "center_chunk", "center_run", "center_cursor"),  # the center sends them again
    *("local_shared_key", "batch_change", "sync_note", "whereabouts"),  # are made anew, or for undoing
    "list_state",
}
TIMES = ("at_ms", "began_ms", "begins_ms", "made_ms")
HIT = {  # where one row of three has a flipped bit; a sheet's signatures go with it
    "duty": 1, "duty_tick": 1, "errand": 1, "handover": 1, "handover_sign": 2, "incident": 1, "report": 1,
    "shift": 1, "stop_sent": 1, "visit": 1,
}  # fmt: skip


def test_rows_of_every_list_that_can_be_read_are_carried_over(tmp_path: Path) -> None:
    with open_journal(tmp_path / "gate") as journal:
        kept.fill(journal)
        for day in range(3):
            work.fill(journal, NOON + day * kept.DAY)
            _shift(journal, NOON + day * kept.DAY)
        asked = find_traces(journal.connection, journal.vault, kept.person(journal).id)
        erase(journal, asked, Event(Audited.ERASED), now=NOON, zone=kept.ZONE)
    there = _counts(tmp_path / "gate")
    assert there.keys() >= HIT.keys() | {"calibration", "erasure", "erased_entry"}
    damaged = a_copy(tmp_path / "gate", tmp_path / "damaged")
    with closing(sqlite3.connect(damaged / "journal.db", isolation_level=None)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for name in HIT.keys() - {"handover_sign"}:
            time = next(one for one in TIMES if _has(connection, name, one))
            column = "salt" if name == "handover" else time
            changed = "zeroblob(16)" if name == "handover" else f"{column} - 4096"
            place = "id" if name in ("report", "shift") else "position"
            first = f"(SELECT {place} FROM {name} ORDER BY {time} LIMIT 1)"
            connection.execute(f"UPDATE {name} SET {column} = {changed} WHERE {place} = {first}")

    save(damaged, tmp_path / "new")

    found = _counts(tmp_path / "new")
    wanted = {name: count - HIT.get(name, 0) for name, count in there.items() if name not in LEFT}
    assert {name: found.get(name, 0) for name in wanted} == wanted
    assert check(tmp_path / "new", open_vault(tmp_path / "new", create=False)).damages == ()
    with open_journal(tmp_path / "new", "this PC") as journal:
        sheets = Handovers(journal).between(NOON - kept.DAY, NOON + 9 * kept.DAY)
        assert [(one.genuine, one.sheet.remark, len(one.signatures)) for one in sheets] == [
            (True, work.WORD, 2)
        ] * 2


def _shift(journal: Journal, at: datetime) -> None:
    log = DutyLog(journal.connection)
    log.tick(Tick("morning", "table", at, done=True, by="1001"))
    log.over(log.happened("device", "scanner", at), at)
    log.sent(bytes(16), "clinic", at, "1001")
    Calibrations(journal).add(Calibration(MODULE, Site.FOREHEAD, 37.0, 36.6, "1001", at))


def _counts(folder: Path) -> dict[str, int]:
    with closing(sqlite3.connect(folder / "journal.db")) as connection:
        names = [one for (one,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        counts = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}
    return {name: count for name, count in counts.items() if count and not name.startswith("sqlite_")}


def _has(connection: sqlite3.Connection, table: str, column: str) -> bool:
    return column in [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def test_the_damaged_folder_is_only_read(tmp_path: Path) -> None:
    damaged = a_copy(a_gate(), tmp_path / "damaged")
    before = {path.name: path.read_bytes() for path in damaged.iterdir()}

    save(damaged, tmp_path / "new")

    assert {path.name: path.read_bytes() for path in damaged.iterdir()} == before


def test_nothing_is_saved_over_a_journal_nor_without_keys(tmp_path: Path) -> None:
    damaged = a_copy(a_gate(), tmp_path / "damaged")
    save(damaged, tmp_path / "new")
    with pytest.raises(NotEmptyError):
        salvage(damaged, tmp_path / "new", now=NOON)

    (damaged / "station.key").unlink()
    with pytest.raises(VaultError):
        salvage(damaged, tmp_path / "newer", now=NOON)


def test_a_forged_entry_is_not_saved(tmp_path: Path) -> None:
    """Somebody with the disk in their hands wrote one more, and another station signed it."""
    damaged = a_copy(a_gate(), tmp_path / "damaged")
    with open_journal(tmp_path / "other") as other:
        other.append(passage(Severity.PASS))
        row = other.connection.execute(
            "SELECT id, at_ms, severity, direction, record, hash, signature FROM entry"
        ).fetchone()
    with closing(sqlite3.connect(damaged / "journal.db")) as intruder:
        intruder.execute(
            "INSERT INTO entry (incarnation, number, id, at_ms, severity, direction, record, hash, signature)"
            " SELECT incarnation, number + 1, ?, ?, ?, ?, ?, ?, ? FROM entry ORDER BY position DESC LIMIT 1",
            row,
        )
        intruder.commit()

    assert save(damaged, tmp_path / "new").entries == ENTRIES


def test_values_of_a_temperature_are_never_nearly_right(tmp_path: Path) -> None:
    """Every single bit of one record: it is either saved as it was, or not at all."""
    with open_journal(tmp_path / "gate") as journal:
        for _ in range(3):
            journal.append(passage())
        (record,) = journal.connection.execute("SELECT record FROM entry WHERE number = 2").fetchone()
    chance, whole = random.Random(3), every_entry(tmp_path / "gate")
    for _ in range(8):
        damaged = a_copy(tmp_path / "gate", tmp_path / "damaged")
        flip_in(damaged, record, chance.randrange(len(record)))
        save(damaged, tmp_path / "new")
        saved = [one.entry for one in every_entry(tmp_path / "new")]
        assert saved == [whole[0].entry, whole[2].entry]
        assert all(isinstance(one.temperature, TemperaturePart) for one in saved)


@pytest.mark.parametrize("which", [0, 1])
def test_an_incarnation_whose_own_row_is_gone_keeps_its_place_in_time(tmp_path: Path, which: int) -> None:
    """It is known by the head that its first entry continues."""
    damaged = a_copy(a_gate(), tmp_path / "damaged")
    with closing(sqlite3.connect(a_gate() / "journal.db")) as connection:
        (key,) = connection.execute(
            "SELECT DISTINCT CAST(public_key || data_key_id AS BLOB) FROM incarnation"
        ).fetchone()
    content = bytearray((damaged / "journal.db").read_bytes())
    rows = [found.start() for found in re.finditer(re.escape(key), content)]
    assert len(rows) == 2
    content[rows[which] + 3] ^= 0x10
    (damaged / "journal.db").write_bytes(content)

    result = save(damaged, tmp_path / "new")

    assert (result.entries, result.lost) == (ENTRIES, ())
    assert len(assert_true(tmp_path / "new", a_gate())) == ENTRIES


def pcs_of_one_gate(folder: Path, years: tuple[int, ...]) -> Path:
    """One after another, each with a clock that is so many years off."""
    for off in years:
        with open_journal(folder, f"a PC that is {off} years off") as journal:
            for _ in range(3):
                journal.append(passage(at=NOON + timedelta(days=365 * off)))
    return folder


@pytest.mark.parametrize("years", [(0, -3, -1), (0, 3, -3), (-3, 0, 1), (2, -3, 1)])
def test_a_pc_whose_clock_was_years_off_keeps_its_place_among_those_before_and_after_it(
    tmp_path: Path, years: tuple[int, ...]
) -> None:
    gate = pcs_of_one_gate(tmp_path / "gate", years)

    result = save(gate, tmp_path / "new")

    assert (result.entries, result.lost) == (9, ())
    assert len(assert_true(tmp_path / "new", gate)) == 9


@pytest.mark.parametrize("years", [(0, 1, 2), (3, 0, 1)])
def test_what_the_first_pc_wrote_stays_first_though_its_last_entry_is_lost(
    tmp_path: Path, years: tuple[int, ...]
) -> None:
    """What the second PC goes on from cannot be told any more."""
    gate = pcs_of_one_gate(tmp_path / "gate", years)
    with closing(sqlite3.connect(gate / "journal.db")) as connection:
        record, last_hash = connection.execute("SELECT record, hash FROM entry WHERE position = 3").fetchone()
    damaged = a_copy(gate, tmp_path / "damaged")
    flip_in(damaged, record + last_hash, len(record))
    flip_in(damaged, record, len(record) - 1)

    result = save(damaged, tmp_path / "new")

    assert result.entries == 8
    assert len(assert_true(tmp_path / "new", gate)) == 8


def test_an_entry_whose_incarnation_was_misread_stays_between_its_neighbours(tmp_path: Path) -> None:
    damaged = a_copy(a_gate(), tmp_path / "damaged")
    with closing(sqlite3.connect(a_gate() / "journal.db")) as connection:
        life, number, entry_id = connection.execute(
            "SELECT incarnation, number, id FROM entry WHERE position = 75"
        ).fetchone()
    flip_in(damaged, life.to_bytes(6, "big") + bytes([number]) + entry_id, 0)

    result = save(damaged, tmp_path / "new")

    assert (result.entries, result.lost) == (ENTRIES, ())
    assert len(assert_true(tmp_path / "new", a_gate())) == ENTRIES
