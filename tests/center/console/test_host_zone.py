"""The console as `center serve` opens it: no zone is given, so that of the host counts, here Shanghai's."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from center.app import make_app
from center.console.app import Console
from center.scope import EVERYWHERE
from station.sync.items import PersonItem
from tests.center.console.district import FIRST, District
from tests.center.console.roster import add_person
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
