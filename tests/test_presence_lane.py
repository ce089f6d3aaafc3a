"""The sections about presence on a whole lane: its own journal, its own policy, one passage."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from station.app import Equipment, Opening
from station.journal.people import People, Person
from station.screen import LaneInWindow
from station.settings import Settings
from station.ui.admin.inside import InsideSection
from station.ui.admin.lookback import LookbackSection
from station.ui.admin.rechecks import RechecksSection
from station.ui.application import prepare


def move_in(people: People) -> None:
    visitor = Person("li", "李红", "", "visitor", codes=("a code",))
    people.add([visitor], as_of=datetime.now(UTC))


@pytest.fixture
def lane(tmp_path: Path, qapp: object) -> Iterator[LaneInWindow]:
    prepare(qapp, "zh")  # type: ignore[arg-type]
    made = LaneInWindow(Opening(tmp_path, Settings(), Equipment(camera=None), prepare=move_in))
    made.window.resize(1366, 768)
    made.open()
    made.window.show()
    yield made
    made.close()
    made.window.close()


def test_every_section_opens_and_the_gate_goes_on(lane: LaneInWindow) -> None:
    QTest.keyClick(lane.window, Qt.Key.Key_F10)
    assert lane._admin
    for wanted in (InsideSection, RechecksSection, LookbackSection):
        (number,) = [n for n, one in enumerate(lane._admin.sections) if isinstance(one, wanted)]
        lane._admin.go_to(number)
        assert isinstance(lane._admin.section, wanted)
        assert lane._admin.work_bar.sentence.text() == ""
