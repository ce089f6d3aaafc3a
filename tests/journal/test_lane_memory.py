"""What a lane keeps over a restart, and the calibrations: sealed, in order, never changed."""

from __future__ import annotations

import sqlite3

import pytest

from station.core.calibration import Calibration
from station.core.model import Instrument, Site
from station.journal.calibrations import Calibrations
from station.journal.entries import Journal
from station.journal.memory import LaneMemory
from tests.journal.samples import NOON

MODULE = Instrument("ttyUSB0", "lu90614")


def comparison(shown_c: float) -> Calibration:
    return Calibration(MODULE, Site.FOREHEAD, 37.0, shown_c, "7", NOON)


def test_what_was_kept_comes_back_and_the_newest_replaces_it(journal: Journal) -> None:
    memory = LaneMemory(journal)
    assert memory.load("rechecks") is None
    for record in (b"one", b"two"):
        memory.save("rechecks", record)
    assert memory.load("rechecks") == b"two"


def test_nothing_of_it_can_be_read_off_the_disk(journal: Journal) -> None:
    LaneMemory(journal).save("rechecks", b"a person who waits")
    (sealed,) = journal.connection.execute("SELECT sealed FROM lane_memory").fetchone()
    assert b"a person who waits" not in sealed


def test_record_that_was_moved_to_another_name_does_not_open_and_the_lane_goes_on(journal: Journal) -> None:
    memory = LaneMemory(journal)
    memory.save("rechecks", b"one")
    journal.connection.execute("UPDATE lane_memory SET name = 'baselines'")
    assert memory.load("baselines") is None


def test_calibrations_come_back_oldest_first(journal: Journal) -> None:
    for shown in (36.6, 36.8):
        Calibrations(journal).add(comparison(shown))
    assert [one.shown_c for one in Calibrations(journal).all()] == [36.6, 36.8]


@pytest.mark.parametrize("change", ["DELETE FROM calibration", "UPDATE calibration SET record = x'00'"])
def test_no_calibration_is_ever_changed(journal: Journal, change: str) -> None:
    Calibrations(journal).add(comparison(36.6))
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        journal.connection.execute(change)
