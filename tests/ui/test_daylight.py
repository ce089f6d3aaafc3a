"""Day and night by the camera's brightness."""

from __future__ import annotations

from station.ui.daylight import BRIGHT, DARK, SETTLE_S, Daylight


def _seen(daylight: Daylight, *moments: tuple[float, float]) -> bool:
    for at, brightness in moments:
        daylight.see(brightness, at)
    return daylight.night


def test_dusk_turns_the_screen_to_night_after_twenty_seconds() -> None:
    daylight = Daylight()
    assert not _seen(daylight, (0.0, DARK - 1), (SETTLE_S - 0.1, DARK - 1))
    assert _seen(daylight, (SETTLE_S, DARK - 1))


def test_a_hand_on_the_lens_does_not() -> None:
    assert not _seen(Daylight(), (0.0, 5.0), (10.0, 5.0), (11.0, 120.0), (12.0, 5.0), (31.0, 5.0))


def test_headlights_do_not_turn_night_to_day() -> None:
    daylight = Daylight()
    _seen(daylight, (0.0, 5.0), (SETTLE_S, 5.0))
    assert _seen(daylight, (30.0, 250.0), (40.0, 250.0), (41.0, 20.0), (70.0, 20.0))


def test_between_the_two_levels_nothing_changes() -> None:
    daylight, between = Daylight(), (DARK + BRIGHT) / 2
    assert not _seen(daylight, (0.0, between), (100.0, between))
    _seen(daylight, (200.0, 5.0), (200.0 + SETTLE_S, 5.0))
    assert _seen(daylight, (300.0, between), (400.0, between))
    assert not _seen(daylight, (500.0, BRIGHT + 1), (500.0 + SETTLE_S, BRIGHT + 1))
