"""Night, day and glaring sun by the camera's brightness."""

from __future__ import annotations

from station.ui.daylight import BRIGHT, DARK, EASED, GLARE, SETTLE_S, Daylight, Level


def _seen(daylight: Daylight, *moments: tuple[float, float]) -> Level:
    for at, brightness in moments:
        daylight.see(brightness, at)
    return daylight.level


def _lasting(begin: float, brightness: float) -> tuple[tuple[float, float], ...]:
    """As long as it takes to be believed."""
    return (begin, brightness), (begin + SETTLE_S, brightness)


def test_dusk_turns_the_screen_to_night_after_twenty_seconds() -> None:
    daylight = Daylight()
    assert _seen(daylight, (0.0, DARK - 1), (SETTLE_S - 0.1, DARK - 1)) is Level.DAY
    assert _seen(daylight, (SETTLE_S, DARK - 1)) is Level.NIGHT


def test_a_hand_on_the_lens_does_not() -> None:
    moments = ((0.0, 5.0), (10.0, 5.0), (11.0, 120.0), (12.0, 5.0), (31.0, 5.0))
    assert _seen(Daylight(), *moments) is Level.DAY


def test_headlights_do_not_turn_night_to_day() -> None:
    daylight = Daylight()
    _seen(daylight, *_lasting(0.0, 5.0))
    assert _seen(daylight, (30.0, 250.0), (40.0, 250.0), (41.0, 20.0), (70.0, 20.0)) is Level.NIGHT


def test_between_the_two_levels_nothing_changes() -> None:
    daylight, between = Daylight(), (DARK + BRIGHT) / 2
    assert _seen(daylight, *_lasting(0.0, between)) is Level.DAY
    _seen(daylight, *_lasting(200.0, 5.0))
    assert _seen(daylight, *_lasting(300.0, between)) is Level.NIGHT
    assert _seen(daylight, *_lasting(500.0, BRIGHT + 1)) is Level.DAY


def test_sun_in_the_tent_brings_the_strong_theme_until_it_is_well_gone() -> None:
    daylight = Daylight()
    assert _seen(daylight, *_lasting(0.0, GLARE - 1)) is Level.DAY
    assert _seen(daylight, *_lasting(100.0, GLARE + 1)) is Level.SUN
    assert _seen(daylight, *_lasting(200.0, (GLARE + EASED) / 2)) is Level.SUN
    assert _seen(daylight, *_lasting(300.0, EASED - 1)) is Level.DAY


def test_from_the_sun_into_the_dark_it_takes_the_same_time() -> None:
    daylight = Daylight()
    _seen(daylight, *_lasting(0.0, GLARE + 1))
    assert _seen(daylight, *_lasting(100.0, 5.0)) is Level.NIGHT
    assert _seen(daylight, *_lasting(200.0, 250.0)) is Level.DAY
    assert _seen(daylight, *_lasting(300.0, 250.0)) is Level.SUN
