"""A whole lane in its window, as whoever is at the gate has it before them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from station.screen import LaneInWindow


@contextmanager
def shown(lane: LaneInWindow) -> Iterator[LaneInWindow]:
    """On a screen of the usual size, until the test is over."""
    lane.window.resize(1366, 768)
    lane.open()
    lane.window.show()
    yield lane
    lane.close()


def press(lane: LaneInWindow, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(lane.window, key)
        lane.window.keys.settle()
