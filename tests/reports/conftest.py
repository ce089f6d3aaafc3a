"""A community that issues passes, and Qt without a screen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication

from station.codes.issue import issue
from station.core.passes import GatePass, Holder
from station.journal.entries import Journal
from station.journal.passes import Passes, SignedPass
from tests.reports.paper import COMMUNITY, MORNING, UNTIL


@dataclass
class Office:
    """Where passes are issued: a station's data folder with its journal open."""

    folder: Path
    journal: Journal
    issued: int = 0

    @property
    def passes(self) -> Passes:
        return Passes(self.journal)

    def issue(self, holder: Holder) -> SignedPass:
        self.issued += 1
        number = self.issued.to_bytes(8, "big")
        gate_pass = GatePass(number, COMMUNITY, holder, MORNING, UNTIL)
        signed = SignedPass(gate_pass, issue(gate_pass, self.passes.signing_key(COMMUNITY, now=MORNING)))
        self.passes.add([signed], now=MORNING)
        return signed


@pytest.fixture(autouse=True)
def _letters(qapp: QApplication) -> None:
    """Fonts need an application."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Journal.open(tmp_path / "station", now=lambda: MORNING) as journal:
        yield Office(tmp_path / "station", journal)
