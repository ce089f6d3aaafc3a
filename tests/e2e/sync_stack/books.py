"""What is where: entries as a station printed them, as its journal has them, and as its center has them."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from pathlib import Path

from center.store import SqlStore
from station.core.entry import decode, to_json
from station.journal.check import check
from station.journal.connection import open_reader
from station.journal.errors import NoJournalError
from station.journal.reader import Reader
from station.sync import bundle
from station.sync.bundle import Batch
from tests.e2e.program import Json


def at_station(folder: Path) -> Counter[bytes]:
    """The records in the journal, with how often each is there."""
    with closing(open_reader(folder)) as connection:
        return Counter(record for (record,) in connection.execute("SELECT record FROM entry"))


def in_ledger(store: SqlStore, *stations: bytes) -> Counter[bytes]:
    """The records in the center's segments. Every chain is verified from its first hash on."""
    records: Counter[bytes] = Counter()
    with store.database.read() as connection:
        chains = connection.rows("SELECT station, incarnation, genesis, durable, head FROM chain")
        for station, incarnation, genesis, durable, head in chains:
            where = "FROM segment WHERE station = ? AND incarnation = ? ORDER BY first"
            previous, number = bytes(genesis), 0
            for (payload,) in connection.rows(f"SELECT payload {where}", station, incarnation):
                batch = bundle.unpack(bytes(payload), Batch)
                bundle.verify_chain(batch)
                assert (batch.first, batch.previous) == (number + 1, previous)
                previous, number = batch.last, number + len(batch.records)
                if not stations or bytes(station) in stations:
                    records.update(batch.records)
            assert (number, previous) == (durable, bytes(head))
    return records


def in_rows(store: SqlStore) -> Counter[bytes]:
    """The ids of the typed rows."""
    with store.database.read() as connection:
        return Counter(bytes(one) for (one,) in connection.rows("SELECT id FROM entry"))


def assert_nothing_is_lost(printed: list[Json], folder: Path, store: SqlStore, where: str = "") -> None:
    """Acknowledged = stored at the station = stored at the center, once; both ends verify."""
    assert_printed_is_stored(printed, folder, where)
    records = at_station(folder)
    assert set(records.values()) <= {1}, where
    assert in_ledger(store) == records, where
    assert in_rows(store) == Counter(decode(record).id for record in records), where
    assert not store.quarantined(), where


def assert_printed_is_stored(printed: list[Json], folder: Path, where: str = "") -> None:
    """Read as the station left it."""
    try:
        report = check(folder)
    except NoJournalError:
        assert not printed, where
        return
    assert report.ok, (where, report.damages)
    with Reader.open(folder) as reader:
        there = {stored.entry.id.hex(): to_json(stored) for stored in reader.last(1_000_000)}
    for entry in printed:
        assert there.get(entry["id"]) == entry, (where, entry["number"])
