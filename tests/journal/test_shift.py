"""Passages, corrections, erasures and restarts in any order keep the counts and the chain right."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import UTC
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from station.core.entry import Entry
from station.core.model import Severity
from station.journal.check import check
from station.journal.reader import Reader
from tests.journal.samples import NOON, correction, open_journal, passage

SEVERITIES = st.sampled_from(Severity)


class Shift(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self._scratch = tempfile.TemporaryDirectory()
        self._folder = Path(self._scratch.name)
        self._journal = open_journal(self._folder)
        self._numbers = 0
        self._personal = 0
        self._passages: list[Entry] = []
        self._verdicts: dict[bytes, Severity] = {}  # what is true now

    @rule(severity=SEVERITIES, personal=st.none() | st.binary(max_size=30))
    def passes(self, severity: Severity, personal: bytes | None) -> None:
        entry = self._journal.append(passage(severity), personal).entry
        self._passages.append(entry)
        self._verdicts[entry.id] = severity
        self._numbers += 1
        self._personal += personal is not None

    @precondition(lambda self: self._passages)
    @rule(data=st.data(), severity=SEVERITIES)
    def is_corrected(self, data: st.DataObject, severity: Severity) -> None:
        entry = data.draw(st.sampled_from(self._passages))
        self._journal.append(correction(entry, severity))
        self._verdicts[entry.id] = severity
        self._numbers += 1

    @rule()
    def retention_erases(self) -> None:
        self._journal.connection.execute("DELETE FROM personal")
        self._personal = 0

    @rule()
    def restarts(self) -> None:
        self._journal.close()
        self._journal = open_journal(self._folder)

    @invariant()
    def counts_are_what_is_true_now(self) -> None:
        with Reader.open(self._folder) as reader:
            counts = Counter(reader.counts(NOON.date(), UTC))
            assert counts == Counter(self._verdicts.values())
            assert reader.head().number == self._numbers

    @invariant()
    def the_chain_is_whole(self) -> None:
        report = check(self._folder)
        assert report.ok
        assert (report.entries, report.personal) == (self._numbers, self._personal)

    def teardown(self) -> None:
        self._journal.close()
        self._scratch.cleanup()


TestShift = Shift.TestCase
TestShift.settings = settings(max_examples=20, stateful_step_count=20, deadline=None)
