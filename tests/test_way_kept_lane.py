"""Which way people go at a gate whose data keys are locked: nobody reads before a sign-in what was kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from station.app import Opening
from station.core.model import Direction
from station.core.override import Role
from station.equipment import Equipment
from station.journal import ram
from station.journal.pins import Cost
from station.keys_office import wrap
from station.screen import LaneInWindow
from station.settings import Settings
from station.signing_in import SigningIn

ADMIN = ("1001", "730518")


class Gate:
    """The window, with an admin into whose PIN the keys are locked."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._begin()
        self.signing.operators.add(ADMIN[0], "王建国", Role.ADMIN, ADMIN[1])
        wrap(self._station.journal, self.signing.sign_in(*ADMIN), datetime.now(UTC))
        self.lane._tick()

    def _begin(self) -> None:
        self.lane = LaneInWindow(Opening(self._data, Settings(), Equipment(camera=None), alone=True))
        self.lane.open()
        assert self.lane._station
        self._station = self.lane._station
        self.signing = SigningIn(lambda: self._station.journal, cost=Cost(64, 1))

    def cut_power(self) -> None:
        ram.forget(self._data)
        self.lane.close()
        self._begin()
        assert self._station.journal.vault.locked

    def sign_in(self) -> None:
        self.signing.sign_in(*ADMIN)
        self.lane._tick()

    def turn(self) -> None:
        QTest.keyClick(self.lane.window, Qt.Key.Key_F12)

    def way(self) -> Direction:
        """As the lane goes, and as the screen says."""
        assert self.lane.window.header._direction is self._station.checkpoint.direction
        return self._station.checkpoint.direction


@pytest.fixture
def gate(tmp_path: Path, application: QApplication) -> Iterator[Gate]:
    made = Gate(tmp_path / "data")
    yield made
    made.lane.close()


def test_the_way_that_was_turned_before_the_power_cut_is_gone_after_the_sign_in(gate: Gate) -> None:
    gate.turn()
    gate.cut_power()
    assert gate.way() is Direction.IN
    gate.sign_in()
    assert gate.way() is Direction.OUT
    gate.lane._tick()
    assert gate.way() is Direction.OUT


def test_one_who_turned_it_before_the_sign_in_is_not_turned_back(gate: Gate) -> None:
    gate.turn()
    gate.cut_power()
    gate.turn()
    gate.turn()
    gate.sign_in()
    assert gate.way() is Direction.IN
    gate.cut_power()
    gate.sign_in()
    assert gate.way() is Direction.IN


def test_who_turned_it_at_a_locked_gate_that_died_finds_it_so_after_the_sign_in(gate: Gate) -> None:
    gate.cut_power()
    gate.turn()
    gate.cut_power()
    gate.sign_in()
    assert gate.way() is Direction.OUT
