"""An isolated person at a gate: on every open page at once, until somebody has seen to it."""

from __future__ import annotations

import re

import pytest

from center.console import alarms
from center.scope import Scope
from station.core.entry import ReasonPart
from tests.center.console.district import FIRST, District
from tests.center.console.ill import know
from tests.center.gate import record

WHO = "ab" * 16


def come(district: District, number: int = 4) -> None:
    """They come to the first gate, and its entry reaches the center."""
    reasons = (ReasonPart("isolated_leaving", 2),)
    district.first.records.append(record(number, severity=2, reasons=reasons, person_id=WHO, direction="out"))
    district.push(district.first, number)
    district.center.clocks.mono += 1


def test_the_banner_tells_who_came_where_and_the_tile_turns_red(fresh: District) -> None:
    know(fresh.center.store, WHO, FIRST, "张小强")
    duty = fresh.browser("duty1")
    assert duty.get("/alarms/live?seen=0").status_code == 204
    come(fresh)
    banner = duty.get("/alarms/live?seen=0").text
    for text in ("1 次没处理", "和平东门", "张*强", "居家隔离的人要出门"):
        assert text in banner
    assert "张小强" not in banner
    digest = re.search(r"seen=(\w+)", banner)
    assert digest is not None
    assert duty.get(f"/alarms/live?seen={digest[1]}").status_code == 204
    assert "隔离的人到门口 1 次，没处理" in duty.get("/").text
    assert fresh.browser("duty2").get("/alarms/live?seen=0").status_code == 204


def test_an_alarm_stays_until_somebody_says_what_was_done(fresh: District) -> None:
    come(fresh)
    duty = fresh.browser("duty1")
    action = re.search(r'action="(/alarms/[\w-]+/seen)"', duty.get("/alarms").text)
    assert action is not None
    assert duty.post(action[1], {"said": ""}).status_code == 400
    assert fresh.browser("duty2").post(action[1], {"said": "x"}).status_code == 404
    assert duty.post(action[1], {"said": "送回家了"}).status_code == 303
    page = duty.get("/alarms").text
    assert "送回家了" in page
    assert action[1] not in page
    fresh.center.clocks.mono += 1
    assert duty.get("/alarms/live?seen=0").status_code == 204


def test_whoever_may_not_see_people_is_not_asked_to_look(fresh: District) -> None:
    assert 'hx-get="/alarms/live' in fresh.browser("duty1").get("/").text
    assert 'hx-get="/alarms/live' not in fresh.browser("viewer1").get("/").text


def test_the_same_entry_twice_is_one_alarm(fresh: District) -> None:
    come(fresh)
    fresh.push(fresh.first, 4)
    assert len(fresh.center.store.alarms.of(WHO)) == 1


def test_no_alarm_of_one_moment_is_skipped_by_the_older_ones(
    fresh: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alarms, "PAGE", 2)
    monkeypatch.setattr(alarms, "MOST_WAITING", 0)
    reasons = (ReasonPart("isolated_leaving", 2),)
    for number in range(4, 9):
        fresh.first.records.append(record(number, severity=2, reasons=reasons, person_id=WHO))
    fresh.push(fresh.first, 4)  # in one batch: one moment
    duty, path, seen = fresh.browser("duty1"), "/alarms", list[str]()
    while path:
        page = duty.get(path).text
        seen += re.findall(r'id="alarm-(\w+)"', page)
        path = next(iter(re.findall(r'href="(/alarms\?before=[\w.]+)"', page)), "")

    assert len(set(seen)) == len(seen) == len(fresh.center.store.alarms.all(Scope((FIRST,)))) >= 5
    moment = fresh.center.store.alarms.of(WHO)[0].received_ms
    assert len(re.findall('id="alarm-', duty.get(f"/alarms?before={moment + 1}").text)) == 2  # of before
    assert duty.get("/alarms?before=1.x").status_code == 404


def come_often(district: District, times: int) -> None:
    """To the first gate, in batches that are typed as they come."""
    reasons, records = (ReasonPart("isolated_leaving", 2),), district.first.records
    while times:
        begin, some = len(records) + 1, min(times, 250)
        for number in range(begin, begin + some):
            records.append(record(number, severity=2, reasons=reasons, person_id=WHO))
        district.push(district.first, begin)
        times -= some
    district.center.clocks.mono += 1


def test_a_gate_stays_red_while_a_thousand_newer_alarms_wait_at_another(fresh: District) -> None:
    lonely = fresh.add_gate(7, "和平小门", FIRST)
    reasons = (ReasonPart("isolated_leaving", 2),)
    lonely.records.append(record(4, severity=2, reasons=reasons, person_id=WHO))
    fresh.push(lonely, 4)
    fresh.center.clocks.ms += 60_000
    come_often(fresh, 1001)

    counts = fresh.center.store.alarms.count_unseen(Scope((FIRST,)))
    assert counts[lonely.station] == 1
    assert counts[fresh.first.station] >= 1001
    assert "隔离的人到门口 1 次，没处理" in fresh.browser("duty1").get(f"/gates/{lonely.station.hex()}").text


def test_the_banner_counts_all_that_wait_and_the_page_says_what_it_has_no_room_for(
    fresh: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alarms, "MOST_WAITING", 50)
    come_often(fresh, 60)
    waiting = sum(fresh.center.store.alarms.count_unseen(Scope((FIRST,))).values())
    duty = fresh.browser("duty1")

    assert f"{waiting} 次没处理" in duty.get("/alarms/live?seen=0").text
    assert f"还有 {waiting - 50} 条没有显示" in duty.get("/alarms").text
