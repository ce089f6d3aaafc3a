"""Who comes when: shifts are planned, volunteers put themselves down by link or at a gate, gaps are seen."""

from __future__ import annotations

import pytest

from station.sync.reports import DutyReport, HandoverReport, Report, Signup, encode_body
from tests.center.console.browser import Browser
from tests.center.console.district import FIRST, SECOND, District
from tests.center.gate import NOON_MS

PLAN = {
    "branch": FIRST,
    "gate": "",
    "day": "2022-04-20",
    "begins": "19:00",
    "ends": "07:00",
    "needed": "1",
    "days": "2",
}


@pytest.fixture(autouse=True)
def nobody_comes_yet(fresh: District) -> None:
    fresh.center.store.rota.leave(fresh.ids["shift"][0], "老张")


def names(district: District, key: str) -> tuple[str, ...]:
    planned = district.center.store.rota.get(key)
    assert planned is not None
    return planned.item.names


def somebody(district: District, secret: str) -> Browser:
    """A telephone that has the link, and no account."""
    browser = Browser(district.center.client.app)
    browser.get(f"/signup/{secret}")
    return browser


def test_two_nights_are_planned_at_once_and_reach_the_gates_of_the_street(fresh: District) -> None:
    assert fresh.browser("duty1").post("/shifts", PLAN).status_code == 303
    nights = [one for one in fresh.center.store.rota.all() if one.item.day >= "2022-04-20"]
    assert [one.item.day for one in nights] == ["2022-04-20", "2022-04-21"]
    assert nights[0].item.end_ms - nights[0].item.begin_ms == 12 * 3600 * 1000
    page = fresh.center.store.lists.page("quick", fresh.center.store.epoch, 0, 500, FIRST)
    assert nights[0].key in {item.key for item in page.items}


def test_an_absurd_shift_is_refused_in_words_and_keeps_what_was_typed(fresh: District) -> None:
    answer = fresh.browser("duty1").post("/shifts", PLAN | {"ends": "19:10", "title": "夜班"})
    assert answer.status_code == 400
    assert "一班最少半小时" in answer.text
    assert "夜班" in answer.text
    fresh.browser("duty1").post("/shifts", PLAN)
    assert "这个时间已经有一班了" in fresh.browser("duty1").post("/shifts", PLAN).text


def test_a_shift_of_today_without_anybody_stands_on_top_and_on_the_tile(fresh: District) -> None:
    browser = fresh.browser("duty1")
    assert "24 小时内还缺人" in browser.get("/shifts").text
    assert "24 小时内 1 班没人" in browser.get(f"/gates/{fresh.first.station.hex()}").text
    browser.post(f"/shifts/{fresh.ids['shift'][0]}/name", {"name": "老李", "leaves": "0"})
    assert "24 小时内 1 班没人" not in browser.get(f"/gates/{fresh.first.station.hex()}").text


def test_a_volunteer_opens_the_link_and_puts_a_name_down(fresh: District) -> None:
    secret, _ = fresh.make_link(FIRST)
    telephone, key = somebody(fresh, secret), fresh.ids["shift"][0]
    answer = telephone.post(f"/signup/{secret}", {"name": "王志愿", "shift": key})
    assert "报上了" in answer.text
    assert names(fresh, key) == ("王志愿",)
    again = telephone.post(f"/signup/{secret}", {"name": "王志愿", "shift": key})
    assert "您已经报了这一班" in again.text
    assert "王志愿" not in somebody(fresh, secret).get(f"/signup/{secret}").text  # nor do others see it
    telephone.post(f"/signup/{secret}", {"name": "王志愿", "shift": key, "leaves": "1"})
    assert names(fresh, key) == ()


def test_a_full_shift_takes_nobody_else(fresh: District) -> None:
    secret, _ = fresh.make_link(FIRST)
    key = fresh.ids["shift"][0]
    for name in ("甲", "乙"):
        somebody(fresh, secret).post(f"/signup/{secret}", {"name": name, "shift": key})
    answer = somebody(fresh, secret).post(f"/signup/{secret}", {"name": "丙", "shift": key})
    assert "这一班人满了" in answer.text
    assert names(fresh, key) == ("甲", "乙")


def test_the_link_of_one_street_is_no_way_into_another(fresh: District) -> None:
    secret, _ = fresh.make_link(FIRST)
    answer = somebody(fresh, secret).post(f"/signup/{secret}", {"name": "甲", "shift": fresh.own["shift"]})
    assert answer.status_code == 400
    assert names(fresh, fresh.own["shift"]) == ("老张",)


def test_a_closed_an_old_and_a_guessed_link_open_nothing(fresh: District) -> None:
    secret, key = fresh.make_link(FIRST)
    fresh.browser("duty1").post(f"/shifts/links/{key}/close")
    other, _ = fresh.make_link(FIRST)
    fresh.center.clocks.forward(10**6 + 1)
    for guess in (secret, other, "x" * 22):
        assert Browser(fresh.center.client.app).get(f"/signup/{guess}").status_code == 404


def test_who_guesses_many_links_has_to_wait(fresh: District) -> None:
    browser = Browser(fresh.center.client.app)
    assert [browser.get(f"/signup/{number}").status_code for number in range(80)][-1] == 429


def test_who_signs_up_at_the_gate_is_in_the_rota(fresh: District) -> None:
    key = fresh.ids["shift"][0]
    for version, leaves in ((1, False), (2, True)):
        body = encode_body(Signup(key, "赵大爷", NOON_MS, leaves))
        report = Report(b"s" * 16, "signup", version, NOON_MS, body)
        fresh.center.store.reports.take(fresh.first.station, FIRST, (report,), fresh.center.clocks.ms)
        assert names(fresh, key) == (() if leaves else ("赵大爷",))


def test_who_is_on_duty_where_and_the_sheet_that_nobody_has_signed(fresh: District) -> None:
    points = (("消毒", NOON_MS, "7"), ("测温", None, ""))
    body = encode_body(DutyReport(NOON_MS, ("老王",), None, "门", "1", "", points))
    report = Report(b"d" * 16, "duty", 1, NOON_MS, body)
    fresh.center.store.reports.take(fresh.first.station, FIRST, (report,), fresh.center.clocks.ms)
    page = fresh.browser("duty1").get("/shifts").text
    assert "老王" in page
    assert "1 / 2 项" in page
    assert "还没签" in page
    assert "1 人等复测" in fresh.browser("duty1").get(f"/shifts/sheets/{fresh.ids['sheet'][0]}").text


def test_a_gate_of_another_street_that_tells_much_hides_nobody_here(fresh: District) -> None:
    reports = fresh.center.store.reports
    body = encode_body(DutyReport(NOON_MS, ("老王",), None, "门", "1", "", ()))
    reports.take(
        fresh.first.station, FIRST, [Report(b"d" * 16, "duty", 1, NOON_MS, body)], fresh.center.clocks.ms
    )
    fresh.center.clocks.forward(60)
    words = [Report(number.to_bytes(16, "big"), "duty", 1, NOON_MS, body) for number in range(5001)]
    reports.take(b"elsewhere 000001", "elsewhere", words, fresh.center.clocks.ms)

    assert "老王" in fresh.browser("duty1").get("/shifts").text


@pytest.mark.parametrize(("leaving", "coming"), [(b"a", b"z"), (b"z", b"a")])
def test_whoever_has_just_taken_over_is_on_duty_also_when_both_words_came_at_once(
    fresh: District, leaving: bytes, coming: bytes
) -> None:
    later = NOON_MS + 60_000
    words = (
        Report(leaving * 16, "duty", 2, later, encode_body(DutyReport(NOON_MS, ("老王",), later, "门", "1"))),
        Report(coming * 16, "duty", 1, later, encode_body(DutyReport(later, ("老赵",), None, "门", "1"))),
    )
    fresh.center.store.reports.take(fresh.first.station, FIRST, words, fresh.center.clocks.ms)
    page = fresh.browser("duty1").get("/shifts").text
    assert "老赵" in page
    assert "老王" not in page


def test_after_a_week_without_the_center_whoever_stands_at_the_gate_now_is_on_duty(fresh: District) -> None:
    night_ms = 12 * 3600_000
    words = []
    for shift in range(16):  # one behind the other, as they come when the line is back: in one request
        begin = NOON_MS + shift * night_ms
        until = begin + night_ms if shift < 15 else None
        body = encode_body(DutyReport(begin, (f"第{shift}班",), until, "门", "1"))
        words.append(Report(bytes([shift + 1]) * 16, "duty", 1, until or begin, body))
    fresh.center.store.reports.take(fresh.first.station, FIRST, words, fresh.center.clocks.ms)

    assert "第15班" in fresh.browser("duty1").get("/shifts").text


def test_of_many_sheets_that_came_at_once_the_newest_are_shown(fresh: District) -> None:
    sheets = []
    for shift in range(40):
        end = NOON_MS + shift * 12 * 3600_000
        sheet = encode_body(HandoverReport(end - 12 * 3600_000, end, "门", outgoing=("老王",)))
        sheets.append(Report(bytes([shift + 1]) * 16, "handover", 1, end, sheet))
    fresh.center.store.reports.take(fresh.first.station, FIRST, sheets, fresh.center.clocks.ms)

    page = fresh.browser("duty1").get("/shifts").text
    assert page.count('href="/shifts/sheets/') == 30
    assert f"/shifts/sheets/{sheets[-1].id.hex()}" in page
    assert f"/shifts/sheets/{sheets[0].id.hex()}" not in page


def test_a_shift_of_another_street_is_not_planned_by_us(fresh: District) -> None:
    assert fresh.browser("duty1").post("/shifts", PLAN | {"branch": SECOND}).status_code == 404


def test_a_name_that_a_gate_may_not_put_down_is_shown_with_its_reason(fresh: District) -> None:
    key, now_ms = fresh.ids["shift"][0], fresh.center.clocks.ms
    elsewhere = Report(b"e" * 16, "signup", 1, now_ms, encode_body(Signup(key, "外来的", now_ms)))
    fresh.center.store.reports.take(fresh.second.station, SECOND, (elsewhere,), now_ms)
    many = [
        Report(bytes([number]) * 16, "signup", 1, now_ms, encode_body(Signup(key, f"假{number}", now_ms)))
        for number in range(1, 41)
    ]
    fresh.center.store.reports.take(fresh.first.station, FIRST, many, now_ms)

    assert len(names(fresh, key)) <= 12
    page = fresh.browser("duty1").get("/shifts").text
    assert "这一班的名字太多了" in page
    assert "外来的" not in page
    other = fresh.browser("duty2").get("/shifts").text
    assert "外来的" in other
    assert "这一班不是这个大门的" in other


def test_a_sheet_can_be_read_for_a_month_however_many_gates_have_handed_over_since(fresh: District) -> None:
    sheet, ms = fresh.ids["sheet"][0], fresh.center.clocks.ms
    body = encode_body(HandoverReport(ms, ms + 1, "门", outgoing=("老王",)))
    newer = [Report(number.to_bytes(16, "big"), "handover", 1, ms, body) for number in range(1, 5002)]
    fresh.center.store.reports.take(fresh.first.station, FIRST, newer, ms + 1)
    duty = fresh.browser("duty1")

    assert "1 人等复测" in duty.get(f"/shifts/sheets/{sheet}").text
    assert fresh.browser("duty2").get(f"/shifts/sheets/{sheet}").status_code == 404
    assert duty.get("/shifts").text.count('href="/shifts/sheets/') == 30
