"""The console as `center serve` opens it: no zone is given, so that of the host counts, here Shanghai's.

Where clocks are set for summer, a day lasts from one midnight to the next on every page.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from center.app import make_app
from center.console import moments
from center.console.app import Console
from center.console.policy_trial import span_of
from center.scope import EVERYWHERE
from station.sync.items import PersonItem
from tests.center.console.district import FIRST, District
from tests.center.console.roster import add_person
from tests.center.gate import record
from tests.center.office import QUICK_HASHER


@pytest.fixture
def installed(fresh: District, monkeypatch: pytest.MonkeyPatch) -> Iterator[District]:
    office = fresh.center.office
    fresh.center.client.app = make_app(office, Console(office, hasher=QUICK_HASHER))
    with monkeypatch.context() as changed:
        changed.setenv("TZ", "CST-8")
        time.tzset()
        yield fresh
    time.tzset()


def ms_of(*moment: int) -> int:
    return int(datetime(*moment, tzinfo=UTC).timestamp() * 1000)  # type: ignore[misc, arg-type]


def test_a_night_shift_begins_when_the_clock_on_the_wall_says_so(installed: District) -> None:
    plan = {"branch": FIRST, "gate": "", "day": "2022-04-20", "begins": "19:00", "ends": "07:00"}
    browser = installed.browser("duty1")
    assert browser.post("/shifts", {**plan, "needed": "1", "days": "1"}).status_code == 303
    (night,) = [one for one in installed.center.store.rota.all() if one.item.day == "2022-04-20"]
    assert night.item.begin_ms == ms_of(2022, 4, 20, 11)
    assert "19:00" in browser.get("/shifts").text


def test_an_isolation_ends_at_the_hour_that_was_typed(installed: District) -> None:
    person = add_person(installed.center, "b" * 32, FIRST, PersonItem("resident", "Cy", "4-1-101"))
    browser = installed.browser("checker1")
    browser.get(f"/people/{person}")
    fields = {"what": "isolation:isolation", "reason": "x", "until": "2022-04-30T08:00"}
    assert browser.post(f"/people/{person}/watch", fields).status_code == 303
    (watch,) = installed.center.store.watches.of(EVERYWHERE, person)
    assert watch.until_ms == ms_of(2022, 4, 30, 0)
    assert "2022-04-30 08:00" in browser.get(f"/people/{person}").text


def test_who_was_born_today_is_taken_before_eight_in_the_morning(installed: District) -> None:
    installed.center.clocks.ms = ms_of(2022, 4, 20, 20)  # the 21st, 4:00
    browser = installed.browser("checker1")
    browser.get("/people/new")
    child = {"branch": FIRST, "category": "resident", "name": "王小宝", "dwelling": "4-1-101"}
    answer = browser.post("/people", {**child, "birth": "2022-04-21"})
    assert answer.status_code == 303, answer.text


SUMMER, WINTER = (2022, 3, 27), (2022, 10, 30)  # begins, ends: days of 23 and of 25 hours


@pytest.fixture
def berlin(installed: District) -> Iterator[District]:
    with pytest.MonkeyPatch.context() as changed:  # its own: undone before `installed` takes its zone back
        changed.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
        time.tzset()
        yield installed


@pytest.mark.usefixtures("berlin")
@pytest.mark.parametrize("day", [SUMMER, WINTER])
def test_today_is_the_same_on_every_page_also_when_the_clock_is_set_that_night(
    day: tuple[int, int, int],
) -> None:
    for hour in (0, 12, 21):
        assert moments.day_of(ms_of(*day, hour)) == span_of(date(*day), None)


@pytest.mark.parametrize(("day", "utc"), [(SUMMER, 11), (WINTER, 12)])
def test_the_hours_of_a_report_are_those_of_the_clock_on_the_wall(
    berlin: District, day: tuple[int, int, int], utc: int
) -> None:
    at = ms_of(*day, utc, 30)
    berlin.first.records.append(record(1, at - 1000))
    berlin.push(berlin.first, len(berlin.first.records))
    berlin.center.clocks.ms = at
    text = berlin.browser("viewer1").get(f"/reports?branch={FIRST}&day={date(*day)}").text
    assert re.findall(r'<td class="number">(\d+:00)</td>', text) == ["13:00"]
