"""A gate where clocks are set for summer: each day begins at its own midnight, whenever it is asked for."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from station.core.moments import from_ms, in_zone, to_ms
from station.journal.reader import day_bounds
from station.local_time import local_now, local_zone

HOUR_MS = 3_600_000


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As a PC's own setting; 2022 it had summer time from 27 March to 30 October."""
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("berlin")
@pytest.mark.parametrize(
    ("day", "begins", "hours"),
    [
        (date(2022, 1, 15), datetime(2022, 1, 14, 23, tzinfo=UTC), 24),
        (date(2022, 7, 15), datetime(2022, 7, 14, 22, tzinfo=UTC), 24),
        (date(2022, 3, 27), datetime(2022, 3, 26, 23, tzinfo=UTC), 23),
        (date(2022, 10, 30), datetime(2022, 10, 29, 22, tzinfo=UTC), 25),
    ],
)
def test_a_day_of_the_log_is_that_of_its_own_season(day: date, begins: datetime, hours: int) -> None:
    begin, end = day_bounds(day, local_zone())
    assert (from_ms(begin), (end - begin) // HOUR_MS) == (begins, hours)


@pytest.mark.usefixtures("berlin")
def test_every_moment_of_a_year_is_as_the_calendar_of_that_zone_has_it() -> None:
    """Also in the hour that comes twice."""
    zone, known = local_zone(), ZoneInfo("Europe/Berlin")
    for quarters in range(366 * 96):
        moment = datetime(2021, 12, 31, tzinfo=UTC) + timedelta(minutes=15 * quarters)
        ours, theirs = moment.astimezone(zone), moment.astimezone(known)
        assert (ours.isoformat(), ours.fold) == (theirs.isoformat(), theirs.fold)
        assert to_ms(ours) == to_ms(moment)


@pytest.mark.usefixtures("berlin")
def test_a_window_that_stays_open_over_the_night_keeps_right_time() -> None:
    """Its zone was asked for in winter; the last five are told in summer."""
    zone = local_zone()
    summer = datetime(2022, 3, 27, 5, tzinfo=UTC).astimezone(zone)
    assert (summer.hour, local_now().utcoffset()) == (7, datetime.now().astimezone().utcoffset())


@pytest.mark.usefixtures("berlin")
def test_a_pass_for_ever_stays_in_its_last_year() -> None:
    """It is written as the last second of 9999 in UTC."""
    for_ever = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert in_zone(for_ever, local_zone()).year == 9999
