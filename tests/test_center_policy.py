"""Policies of the center that the gate's program cannot use: what is said, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from station.center_shelf import POLICY_EVERY_S, Gate, Shelf
from station.core.contact import Alarm
from station.core.entry import to_ms
from station.core.policy import parse_policy
from station.journal import center_items
from station.journal.center_lists import CenterLists
from station.journal.policies import Policies, standing
from station.policy_desk import policy_text
from station.sync.items import PolicyItem, encode_item
from station.sync.status import Board
from tests.journal.given import Channel, enrol
from tests.journal.samples import NOON, open_journal

NEWER = policy_text("sealed") + "\n[drones]\nallowed = true\n"
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def center(tmp_path: Path) -> Iterator[Channel]:
    with open_journal(tmp_path / "station") as journal:
        enrol(journal)
        yield Channel(CenterLists(journal), journal)


def started(center: Channel, data: Path, board: Board) -> Shelf:
    nothing = Gate(lambda: None, lambda: None, lambda: None)
    return Shelf(data / "station", center.journal, b"s" * 32, nothing, board, lambda: LATER)


def give(center: Channel, text: str, minutes: int) -> None:
    at_ms = to_ms(NOON + timedelta(minutes=minutes))
    center.give(("policy", str(minutes), encode_item(PolicyItem(text, at_ms, "区指挥部"))))


def in_force(center: Channel) -> str | None:
    found = standing(Policies(center.journal).history()).activated
    return found.text if found else None


def test_a_policy_that_only_the_next_program_understands_is_in_force_after_the_update(
    center: Channel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(center, policy_text("open"), 1)
    give(center, NEWER, 2)
    for _ in range(2):  # and started anew without an update
        started(center, tmp_path, Board()).tick(0.0)
    known = parse_policy(policy_text("sealed"))
    monkeypatch.setattr(center_items, "parse_policy", lambda _: known)
    started(center, tmp_path, Board()).tick(0.0)

    assert in_force(center) == NEWER


def test_the_admin_is_not_told_to_update_any_more_once_the_center_sent_one_that_can_be_used(
    center: Channel, tmp_path: Path
) -> None:
    board = Board()
    shelf = started(center, tmp_path, board)
    give(center, NEWER, 1)
    shelf.tick(0.0)
    assert Alarm.TOO_OLD in board.status.alarms

    give(center, policy_text("sealed"), 2)
    shelf.tick(2 * POLICY_EVERY_S)

    assert Alarm.TOO_OLD not in board.status.alarms
    assert in_force(center) == policy_text("sealed")
