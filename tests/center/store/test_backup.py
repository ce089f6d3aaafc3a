"""A backup holds what matters, is read again before anything counts as archived, and can be restored."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from center.backup import BackupError, back_up, restore, verify
from center.backup_file import Writer
from center.ledger import Chain, SealedParts
from center.projection import COLUMNS
from center.retention_rules import Kind
from center.scope import EVERYWHERE
from center.store import Contact, SqlStore, erasing_steps, open_store
from station.core.entry import ReasonPart, encode
from tests.center.store.gate import ITEMS_KEY, NOON_MS, STATION, Gate, entry, records, take
from tests.center.store.test_chains import ask

KEYS = {"center.key": b"secret", "ca.pem": b"-----BEGIN"}
WORDS = "correct horse"


@pytest.fixture
def other(elsewhere: str) -> Iterator[SqlStore]:
    opened = open_store(elsewhere, items_key=ITEMS_KEY)
    yield opened
    opened.close()


def a_day(store: SqlStore) -> Gate:
    gate = Gate()
    gate.push(store, records(1, 300))
    gate.push(store, [*records(301, 9), b"poison"])
    with store.transaction() as ledger:
        ledger.keep_parts(STATION, 7, SealedParts(1, b"key and sealed"))
        ledger.note_fork(STATION, 7, 2, NOON_MS)
    store.stations.add_enrol_code(b"code", name="南门", gate="s", branch="d", expires_ms=NOON_MS + 1)
    store.stations.enrol(b"code", station=STATION, public_key=b"k" * 32, seal_key=b"", now_ms=NOON_MS)
    store.contacts.keep(Contact(STATION, NOON_MS, 0, 0, "1", 1, "b", "f", 0))
    store.lists.put("quick", [("fact", "a", b"red"), ("fact", "b", b"red")], "d")
    store.lists.put("quick", [("fact", "b", None)], "d")
    store.reconciliations.keep(STATION, 1, NOON_MS, b"o", b"t", True)
    store.sticks.keep(STATION, 9, 5, b"push", NOON_MS)
    return gate


def content(store: SqlStore) -> list[Any]:
    return [
        ask(store, f"SELECT {', '.join(COLUMNS)} FROM entry ORDER BY station, day, id"),
        store.quarantined(),
        store.forks(),
        store.stations.all(),
        store.contacts.overview(),
        list(store.lists.each("quick", "fact")),
        store.reconciliations.kept(STATION),
        store.sticks.chains(),
        ask(store, "SELECT first, body FROM parts"),
        ask(store, "SELECT channel, newest FROM channel ORDER BY 1"),
    ]


def test_a_backup_of_one_database_is_restored_into_any_other(
    store: SqlStore, other: SqlStore, tmp_path: Path
) -> None:
    gate = a_day(store)
    file = tmp_path / "center.kakou"
    held = back_up(store, file, files=KEYS, made_ms=NOON_MS)

    assert (held.records, held.chains, held.stations, held.items, held.damaged) == (310, 1, 1, 2, ())
    place = gate.place(store)
    assert place is not None
    assert place.archived == 310
    again = restore(file, other)
    assert again.files == KEYS
    assert [part for part in content(other) if part not in content(store)] == [other.contacts.overview()]
    assert other.contacts.overview()[0].archived == 0  # as it was when the backup was made
    assert other.epoch != store.epoch
    assert other.lists.page("quick", store.epoch, 3, 10).refetch


def test_after_an_older_backup_gates_go_on_from_where_the_center_is(
    store: SqlStore, other: SqlStore, tmp_path: Path
) -> None:
    gate = a_day(store)
    back_up(store, tmp_path / "old", files={}, made_ms=NOON_MS)
    later = [gate.batch(records(400, 100)), gate.batch(records(500, 100))]
    for batch in later:
        with store.transaction() as ledger:
            take(ledger, batch)
    restore(tmp_path / "old", other)

    assert [place.durable for place in (gate.place(store), gate.place(other)) if place] == [510, 310]
    for batch in later:
        with other.transaction() as ledger:
            assert ledger.hash_at(STATION, 7, batch.first - 1) == batch.previous
            take(ledger, batch)
    assert gate.place(other) == Chain(b"", 510, gate.head, 0)
    assert content(other)[:2] == content(store)[:2]


def test_nothing_is_archived_unless_the_file_was_read_again(
    store: SqlStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = a_day(store)
    file = tmp_path / "backup"
    file.write_bytes(b"the one of yesterday")

    def bad_disk(part: Path, **_: Any) -> Any:
        part.write_bytes(part.read_bytes()[:-100])
        return verify(part)

    monkeypatch.setattr("center.backup.verify", bad_disk)
    with pytest.raises(BackupError, match=r"cut short|damaged"):
        back_up(store, file, files={}, made_ms=NOON_MS)

    place = gate.place(store)
    assert place is not None
    assert place.archived == 0
    assert file.read_bytes() == b"the one of yesterday"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The sealed and unsealed backups of a small center."""
    store = open_store(tmp_path / "center.db")
    gate = Gate()
    gate.push(store, records(1, 3))
    back_up(store, tmp_path / "plain", files={"name": b"content"}, made_ms=NOON_MS)
    back_up(store, tmp_path / "sealed", files={"name": b"content"}, made_ms=NOON_MS, passphrase=WORDS)
    store.close()
    return tmp_path


def test_a_backup_that_is_changed_in_any_byte_is_refused(small: Path) -> None:
    whole = (small / "plain").read_bytes()
    for place in range(0, len(whole), len(whole) // 60):
        (small / "bad").write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        with pytest.raises(BackupError):
            verify(small / "bad")


def test_a_sealed_backup_that_is_changed_is_refused(small: Path) -> None:
    whole = (small / "sealed").read_bytes()
    for place in range(0, len(whole) - 32, len(whole) // 6):
        bad = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        (small / "bad").write_bytes(bad[:-32] + hashlib.sha256(bad[:-32]).digest())
        with pytest.raises(BackupError):
            verify(small / "bad", passphrase=WORDS)


@pytest.mark.parametrize("length", [0, 5, 20, 100, -33, -32, -1])
def test_a_backup_that_is_cut_short_is_refused(small: Path, length: int) -> None:
    (small / "bad").write_bytes((small / "plain").read_bytes()[:length])

    with pytest.raises(BackupError):
        verify(small / "bad")


def test_a_backup_to_which_something_was_added_is_refused(small: Path) -> None:
    (small / "bad").write_bytes((small / "plain").read_bytes() + b"x")

    with pytest.raises(BackupError):
        verify(small / "bad")


@pytest.mark.parametrize("passphrase", [None, "", "wrong horse"])
def test_a_sealed_backup_opens_to_its_passphrase_only(small: Path, passphrase: str | None) -> None:
    with pytest.raises(BackupError, match="passphrase"):
        verify(small / "sealed", passphrase=passphrase)
    assert verify(small / "sealed", passphrase=WORDS).files == {"name": b"content"}
    assert b"content" not in (small / "sealed").read_bytes()


def test_a_sealed_backup_is_restored(small: Path) -> None:
    store = open_store(small / "restored.db")
    restore(small / "sealed", store, passphrase=WORDS)

    assert ask(store, "SELECT count(*) FROM entry") == [(3,)]
    store.close()


def test_the_keys_in_a_backup_are_in_no_repr_and_its_file_is_the_owners(small: Path) -> None:
    assert "content" not in repr(verify(small / "plain"))
    assert (small / "plain").stat().st_mode & 0o777 == 0o600


def test_a_backup_is_never_restored_over_something(store: SqlStore, small: Path) -> None:
    store.lists.put("quick", [("fact", "a", b"red")])

    with pytest.raises(BackupError, match="empty"):
        restore(small / "plain", store)
    assert [item.key for item in store.lists.each("quick", "fact")] == ["a"]


def test_a_center_that_lost_a_segment_names_the_chain_and_its_gate_fills_it_again(
    store: SqlStore, other: SqlStore, tmp_path: Path
) -> None:
    gate = Gate()
    batches = [gate.batch(records(first, 10)) for first in (1, 11, 21)]
    for batch in batches:
        with store.transaction() as ledger:
            take(ledger, batch)
    with store.database.write() as connection:
        connection.run("DELETE FROM segment WHERE first = 11")

    held = back_up(store, tmp_path / "backup", files={}, made_ms=NOON_MS)
    assert (held.damaged, held.archived) == (((STATION, 7),), {(STATION, 7): 10})
    restore(tmp_path / "backup", other)
    for batch in batches[1:]:
        with other.transaction() as ledger:
            take(ledger, batch)
    place = gate.place(other)
    assert place is not None
    assert (place.durable, place.head) == (30, gate.head)
    assert ask(other, "SELECT count(*) FROM entry") == [(30,)]


def test_pushes_go_on_while_a_backup_is_made_and_are_not_in_it(store: SqlStore, tmp_path: Path) -> None:
    gate = Gate()
    gate.push(store, records(1, 10))

    class Pushing(dict[str, bytes]):
        """Asked for its items after the snapshot was taken, before the file is finished."""

        def items(self) -> Any:
            gate.push(store, records(11, 10))
            return super().items()

    held = back_up(store, tmp_path / "backup", files=Pushing(), made_ms=NOON_MS)

    place = gate.place(store)
    assert place is not None
    assert (held.records, place.durable, place.archived) == (10, 20, 10)


def test_a_full_disk_is_not_kept_full_by_half_a_backup(
    store: SqlStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be the disk on which the gates' entries are to be stored."""
    a_day(store)

    def full(_: Writer) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Writer, "finish", full)
    with pytest.raises(OSError, match="No space"):
        back_up(store, tmp_path / "backup", files=KEYS, made_ms=NOON_MS)

    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("backup")] == []


def test_a_chain_that_was_cut_keeps_no_personal_parts_behind_its_end(
    store: SqlStore, other: SqlStore, tmp_path: Path
) -> None:
    """Sent again in other batches, they would lie there twice, and only one of both would be erased."""
    gate = Gate()
    for first in (1, 11, 21):
        gate.push(store, records(first, 10))
        with store.transaction() as ledger:
            ledger.keep_parts(STATION, 7, SealedParts(first, b"sealed"))
    with store.database.write() as connection:
        connection.run("DELETE FROM segment WHERE first = 11")
    back_up(store, tmp_path / "backup", files={}, made_ms=NOON_MS)

    restore(tmp_path / "backup", other)

    assert ask(other, "SELECT first FROM parts") == [(1,)]


def test_an_alarm_of_somebody_who_was_erased_does_not_come_back_with_a_backup(
    store: SqlStore, where: str, other: SqlStore, tmp_path: Path
) -> None:
    gate = Gate()
    store.stations.add_enrol_code(b"code", name="南门", gate="s", branch="d", expires_ms=NOON_MS + 1)
    store.stations.enrol(b"code", station=STATION, public_key=b"k" * 32, seal_key=b"", now_ms=NOON_MS)
    reasons = (ReasonPart("isolated_leaving", 2),)
    isolated = [encode(entry(one, reasons=reasons, person_id=f"p{one}")) for one in (1, 2, 3)]
    gate.push(store, isolated[:2])
    with store.database.write() as connection:
        assert erasing_steps.erase(connection, lambda *_: None, "p1") == {Kind.ALARMS: 1}
    later = open_store(where, projecting="later")
    gate.push(later, isolated[2:])  # its typed row is still due when the backup is made
    later.close()
    back_up(store, tmp_path / "backup", files={}, made_ms=NOON_MS)

    restore(tmp_path / "backup", other)

    assert {one.person for one in other.alarms.unseen(EVERYWHERE)} == {"p2", "p3"}
    assert ask(other, "SELECT count(*) FROM entry") == [(3,)]


def test_an_alarm_of_a_later_look_that_was_due_when_the_backup_was_made_comes_with_it(
    store: SqlStore, where: str, other: SqlStore, tmp_path: Path
) -> None:
    """The gate had let them go; that they are isolated lay in the ledger, without its typed row yet. What was
    erased stays so: also where only a later look had told."""
    store.stations.add_enrol_code(b"code", name="南门", gate="s", branch="d", expires_ms=NOON_MS + 1)
    store.stations.enrol(b"code", station=STATION, public_key=b"k" * 32, seal_key=b"", now_ms=NOON_MS)
    gate, reasons = Gate(), (ReasonPart("isolated_leaving", 2),)

    def looked_at_again(number: int, person: str) -> bytes:
        amends = entry(number - 10).id
        return encode(entry(number, reasons=reasons, person_id=person, amends=amends, severity=2))

    gate.push(store, [encode(entry(one, person_id=f"p{one}")) for one in (1, 2)])
    gate.push(store, [looked_at_again(11, "p1")])
    with store.database.write() as connection:
        assert erasing_steps.erase(connection, lambda *_: None, "p1") == {Kind.ALARMS: 1}
    later = open_store(where, projecting="later")
    gate.push(later, [looked_at_again(12, "p2")])
    later.close()
    back_up(store, tmp_path / "backup", files={}, made_ms=NOON_MS)

    restore(tmp_path / "backup", other)

    assert {one.person for one in other.alarms.unseen(EVERYWHERE)} == {"p2"}
