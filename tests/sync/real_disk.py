"""The same simulation with the station's real journal under it: SQLite files that are copied and put back."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from itertools import count
from pathlib import Path

from station.core.entry import encode
from station.journal.connection import FILE_NAME
from station.journal.outbox import OutboxReader, OutboxWriter
from station.sync.outbox import OutboxChain, OutboxRecord
from tests.journal.samples import NOON, open_journal, passage
from tests.sync.disk import Disk, Life


class RealDisk(Disk):
    """A folder with a journal. Retention and power cuts within a commit are the business of other tests."""

    def __init__(self, root: Path, fingerprint: str, seen: Counter[str]) -> None:
        self._root, self.fingerprint, self.seen = root, fingerprint, seen
        self.folder = root / "1"
        self._numbers = count(2)
        self._open()

    def _open(self) -> None:
        self._journal = open_journal(self.folder, machine=self.fingerprint)
        self._reader = OutboxReader.open(self.folder, self._journal.vault)
        self._writer = OutboxWriter(self._journal, lambda: NOON)
        self.station = self._reader.station

    def close(self) -> None:
        self._reader.close()
        self._journal.close()

    def record(self, records: list[bytes]) -> set[bytes]:
        return {encode(self._journal.append(passage(), personal=b"code").entry) for _ in records}

    def start(self, fingerprint: str) -> None:
        self.close()
        self.fingerprint = fingerprint
        self._open()

    def copy(self) -> RealDisk:
        twin = RealDisk.__new__(RealDisk)
        twin.__dict__.update(self.__dict__)
        twin.folder = self._root / str(next(self._numbers))
        self.close()
        shutil.copytree(self.folder, twin.folder)
        self._open()
        twin._open()
        return twin

    def power_cut(self) -> None:
        self.start(self.fingerprint)

    def sync(self) -> None:
        self._journal.checkpoint()

    def prune(self, share: float) -> None:
        self.sync()

    def present(self) -> set[bytes]:
        with closing(sqlite3.connect(self.folder / FILE_NAME)) as connection:
            return {record for (record,) in connection.execute("SELECT record FROM entry")}

    def pruned(self) -> set[bytes]:
        return set()

    @property
    def lives(self) -> list[Life]:  # type: ignore[override]
        return [Life(one.incarnation, b"", [], [b""] * one.length) for one in self.chains()]

    def chains(self) -> list[OutboxChain]:
        return self._reader.chains()

    def records(self, incarnation: int, first: int, most: int) -> list[OutboxRecord]:
        return self._reader.records(incarnation, first, most)

    def hash_at(self, incarnation: int, number: int) -> bytes | None:
        return self._reader.hash_at(incarnation, number)

    def acknowledged(self, incarnation: int, durable: int, archived: int) -> None:
        self._writer.acknowledged(incarnation, durable, archived)

    def begin_epoch(self, epoch: bytes) -> bool:
        return self._writer.begin_epoch(epoch)

    def fork(self, incarnation: int, common: int) -> None:
        self.seen["fork"] += 1
        self._writer.fork(incarnation, common)

    def sign(self, message: bytes) -> bytes:
        return self._reader.sign(message)
