"""The lid of the gate's PC was closed for the night: who was there before it is not there in the morning."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from station.app import Opening
from station.core.operators import Who
from station.core.override import Role
from station.equipment import Equipment
from station.screen import LaneInWindow
from station.settings import Settings
from station.steady import Slept
from tests.window_lane import press, shown

pytestmark = pytest.mark.skipif(not hasattr(time, "CLOCK_BOOTTIME"), reason="monotonic goes on in sleep")

NIGHT_S = 8 * 3600.0


@pytest.fixture
def sleep(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """The PC sleeps so many seconds: `time.monotonic` does not hear of it."""
    awake, slept = time.clock_gettime, [0.0]

    def clock(which: int) -> float:
        return awake(which) + (slept[0] if which == time.CLOCK_BOOTTIME else 0.0)

    def fall_asleep(seconds: float) -> None:
        slept[0] += seconds

    monkeypatch.setattr(time, "clock_gettime", clock)
    return fall_asleep


@pytest.fixture
def lane(sleep: object, tmp_path: Path, application: QApplication) -> Iterator[LaneInWindow]:
    with shown(LaneInWindow(Opening(tmp_path, Settings(), Equipment(camera=None), alone=True))) as made:
        yield made


def somebody_waits(lane: LaneInWindow) -> bool:
    return lane._station is not None and not lane._station.checkpoint.idle


def test_who_waited_for_a_temperature_is_not_given_that_of_whoever_comes_in_the_morning(
    lane: LaneInWindow, sleep: Callable[[float], None]
) -> None:
    press(lane, Qt.Key.Key_F1, Qt.Key.Key_Slash)
    assert somebody_waits(lane)
    sleep(NIGHT_S)
    lane._tick()
    assert not somebody_waits(lane)
    assert lane._station
    [found] = lane._station.last_entries(5)
    assert (found.entry.decision.word, found.entry.temperature) == ("recheck", None)


def test_a_guard_who_signed_in_last_night_is_a_volunteer_in_the_morning(
    lane: LaneInWindow, sleep: Callable[[float], None]
) -> None:
    assert lane._offices
    signing = lane._offices.duty.signing
    signing.operators.add("1001", "王建国", Role.ADMIN, "730518")
    assert signing.sign_in("1001", "730518").operator
    assert signing.unlock("1001", "730518").operator
    assert signing.on_duty == Who("1001", Role.ADMIN)
    sleep(NIGHT_S)
    assert signing.on_duty == Who("1001", Role.VOLUNTEER)
    assert signing.page is None, "the admin page is locked"


def test_a_sleep_is_told_once_and_a_blink_not_at_all(sleep: Callable[[float], None]) -> None:
    slept = Slept()
    assert not slept.since_last()
    sleep(1.0)
    assert not slept.since_last()
    sleep(NIGHT_S)
    assert slept.since_last()
    assert not slept.since_last()
