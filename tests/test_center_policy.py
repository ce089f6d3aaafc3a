"""Policies of the center that the gate's program cannot use: what is said, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from station.center_shelf import POLICY_EVERY_S, Gate, Shelf
from station.core.contact import Alarm
from station.core.entry import to_ms
from station.core.policy import digest, parse_policy
from station.journal import center_items, upstream
from station.journal.center_lists import CenterLists
from station.journal.connection import transaction
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


def started(center: Channel, data: Path, board: Board, now: datetime = LATER) -> Shelf:
    nothing = Gate(lambda: None, lambda: None, lambda: None)
    return Shelf(data / "station", center.journal, b"s" * 32, nothing, board, lambda: now)


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


def test_a_sealed_gate_is_not_opened_by_its_next_start_without_a_network(
    center: Channel, tmp_path: Path
) -> None:
    """Its battery is empty, so its own clock is years behind; the center's told when to seal it off."""
    years_ago = NOON - timedelta(days=4000)
    give(center, policy_text("open"), 0)
    give(center, policy_text("sealed"), 30)
    center.journal.clock_off = lambda: to_ms(LATER) - to_ms(years_ago)
    started(center, tmp_path, Board(), years_ago).tick(0.0)
    assert in_force(center) == policy_text("sealed")

    center.journal.clock_off = lambda: None
    started(center, tmp_path, Board(), years_ago + timedelta(hours=2)).tick(0.0)

    assert in_force(center) == policy_text("sealed")


def test_nor_by_one_a_night_later_where_its_clock_is_eight_hours_behind(
    center: Channel, tmp_path: Path
) -> None:
    """It takes its battery's clock for that of another zone. By morning it shows the hour at which it last
    heard the center, and is taken for a clock that was put right."""
    behind = timedelta(hours=8)
    give(center, policy_text("open"), 0)
    item = PolicyItem(policy_text("sealed"), to_ms(LATER), "区指挥部")
    center.take(center.page(("policy", "60", encode_item(item))), now=NOON - behind)
    center.journal.clock_off = lambda: to_ms(NOON) - to_ms(NOON - behind)
    started(center, tmp_path, Board(), LATER - behind).tick(0.0)
    assert in_force(center) == policy_text("sealed")

    center.journal.clock_off = lambda: None
    started(center, tmp_path, Board(), NOON + timedelta(minutes=30)).tick(0.0)

    assert in_force(center) == policy_text("sealed")


def test_a_gate_that_is_a_year_ahead_is_not_opened_by_its_next_start_before_the_network_is_there(
    center: Channel, tmp_path: Path
) -> None:
    in_a_year = NOON + timedelta(days=365)
    give(center, policy_text("sealed"), 0)
    center.take(
        center.page(("policy", "60", encode_item(PolicyItem(policy_text("open"), to_ms(LATER), "区指挥部")))),
        now=in_a_year,
    )
    minute = in_a_year + timedelta(minutes=1)

    started(center, tmp_path, Board(), minute).tick(0.0)
    assert in_force(center) == policy_text("sealed")

    started(center, tmp_path, Board(), in_a_year + timedelta(hours=2)).tick(0.0)
    assert in_force(center) == policy_text("open"), "it goes on counting from when it heard the center last"


def test_a_stick_seals_a_gate_that_last_heard_its_center_while_that_was_a_year_behind(
    center: Channel, tmp_path: Path
) -> None:
    center.journal.clock_off = lambda: -365 * 86_400_000
    sealed = encode_item(PolicyItem(policy_text("sealed"), to_ms(NOON), "区指挥部"))
    center.take(center.page(("policy", "0", sealed)), by_stick=True)

    started(center, tmp_path, Board()).tick(0.0)

    assert in_force(center) == policy_text("sealed")


def test_a_clock_that_was_put_right_while_the_network_is_away_opens_nothing_years_too_early(
    center: Channel, tmp_path: Path
) -> None:
    years_ago = NOON - timedelta(days=4000)
    give(center, policy_text("sealed"), 0)
    center.take(
        center.page(("policy", "60", encode_item(PolicyItem(policy_text("open"), to_ms(LATER), "区指挥部")))),
        now=years_ago,
    )

    started(center, tmp_path, Board(), NOON + timedelta(minutes=1)).tick(0.0)

    assert in_force(center) == policy_text("sealed")


def test_a_policy_that_a_former_program_refused_without_a_note_of_that_is_in_force_after_the_update(
    center: Channel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That program only noted that its turn was over."""
    give(center, policy_text("open"), 0)
    started(center, tmp_path, Board()).tick(0.0)
    give(center, NEWER, 1)
    turn = f"{digest(NEWER)} {to_ms(NOON + timedelta(minutes=1))}"
    with transaction(center.journal.connection):
        upstream.put_note(center.journal.connection, center_items._ACTIVATED, turn.encode())
    known = parse_policy(policy_text("sealed"))
    monkeypatch.setattr(center_items, "parse_policy", lambda _: known)

    started(center, tmp_path, Board()).tick(0.0)

    assert in_force(center) == NEWER


def test_each_start_tells_to_update_while_the_policy_of_the_center_cannot_be_used(
    center: Channel, tmp_path: Path
) -> None:
    """Gates are put off at night; in the morning nobody knew why this one is open still."""
    give(center, NEWER, 1)
    for _ in range(2):
        board = Board()
        started(center, tmp_path, board).tick(0.0)
        assert Alarm.TOO_OLD in board.status.alarms
