"""Random shifts of a gate whose center is restored and cloned: nothing is lost, nothing offered twice."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from station.journal.check import check
from station.journal.outbox import OutboxReader, OutboxWriter
from tests.journal.samples import NOON, open_journal, passage

SMALL = st.integers(0, 12)


class Shifts(RuleBasedStateMachine):
    """The journal against a list of what was recorded."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        self.recorded: list[bytes] = []
        self.machine = 0
        self.open()

    def open(self) -> None:
        self.journal = open_journal(self.root / "station", machine=f"PC {self.machine}")
        self.reader = OutboxReader.open(self.root / "station", self.journal.vault)
        self.writer = OutboxWriter(self.journal, lambda: NOON)

    def close(self) -> None:
        self.reader.close()
        self.journal.close()

    def teardown(self) -> None:
        report = check(self.root / "station")
        self.close()
        shutil.rmtree(self.root)
        assert report.ok, report.damages
        assert report.entries == len(self.recorded)

    @rule(count=st.integers(1, 3))
    def record(self, count: int) -> None:
        self.recorded += [self.journal.append(passage()).entry.id for _ in range(count)]

    @rule(chain=SMALL, common=SMALL)
    def fork(self, chain: int, common: int) -> None:
        chains = self.reader.chains()
        self.writer.fork(chains[chain % len(chains)].incarnation, common)

    @rule(chain=SMALL, durable=SMALL, archived=SMALL)
    def acknowledge(self, chain: int, durable: int, archived: int) -> None:
        chains = self.reader.chains()
        one = chains[chain % len(chains)]
        durable = min(durable, one.length)
        self.writer.acknowledged(one.incarnation, durable, min(archived, durable))

    @rule(epoch=st.sampled_from([b"a" * 16, b"b" * 16]))
    def restore_the_center(self, epoch: bytes) -> None:
        self.writer.begin_epoch(epoch)

    @rule(moved=st.booleans())
    def restart(self, moved: bool) -> None:
        self.close()
        self.machine += moved
        self.open()

    @precondition(lambda self: self.recorded)
    @rule()
    def look(self) -> None:
        """What is archived may not be offered; all else is, and only once."""
        offered = [
            record.record
            for chain in self.reader.chains()
            for record in self.reader.records(chain.incarnation, 1, 1000)
        ]
        assert len(offered) == len(set(offered))

    @invariant()
    def after_a_restore_everything_is_offered_once(self) -> None:
        """As if the center's epoch had changed: then not even what was archived is left out."""
        connection = self.journal.connection
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE upstream SET acked = 0, archived = 0")
        mine = OutboxReader(_Inside(connection), self.journal.vault)  # type: ignore[arg-type]
        offered = [
            bytes(record.record)
            for chain in mine.chains()
            for record in mine.records(chain.incarnation, 1, 1000)
        ]
        connection.execute("ROLLBACK")
        written = [record for (record,) in connection.execute("SELECT record FROM entry")]
        assert sorted(offered) == sorted(written)
        assert len(written) == len(self.recorded)


class _Inside:
    """The writer's connection within its transaction, for a reader that would begin one of its own."""

    def __init__(self, connection: object) -> None:
        self._connection = connection

    def execute(self, statement: str, *parameters: object) -> object:
        if statement in ("BEGIN", "ROLLBACK"):
            return None
        return self._connection.execute(statement, *parameters)  # type: ignore[attr-defined]


TestShifts = Shifts.TestCase
TestShifts.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
