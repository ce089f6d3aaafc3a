"""A duty officer works on cases: what a gate calls, what a household telephones, until each is closed."""

from __future__ import annotations

import re

import pytest

from center.console import cases
from center.scope import Scope
from station.sync.reports import CaseReport, Report, encode_body
from tests.center.console.district import FIRST, JPEG, SECOND, District


@pytest.fixture
def whistle(fresh: District) -> str:
    fresh.center.store.cases.close(fresh.ids["case"][0], "admin", "", fresh.center.clocks.ms)
    return fresh.add_case(fresh.first)


def test_a_whistle_stands_on_the_list_and_colours_its_gate_red(fresh: District, whistle: str) -> None:
    browser = fresh.browser("duty1")
    page = browser.get("/cases").text
    assert "体温 38.4" in page
    assert "没人接" in page
    assert "吹哨 1 件，没人到" in browser.get(f"/gates/{fresh.first.station.hex()}").text


def test_help_is_sent_to_the_gate_as_the_center_calls_it_whatever_its_pc_calls_itself(
    fresh: District, whistle: str
) -> None:
    """Both gates' PCs still have the name they came with."""
    browser = fresh.browser("duty1")
    for page in ("/cases", "/cases/all", f"/cases/{whistle}"):
        assert "和平东门" in browser.get(page).text, page


def test_an_officer_of_one_gate_sees_its_whistle_and_of_a_namesake_none(
    fresh: District, whistle: str
) -> None:
    for number, gate in enumerate(("和平东门", "东门")):
        fresh.add_user(f"one{number}", "duty", f"{FIRST}/{gate}")
    assert "体温 38.4" in fresh.browser("one0").get("/cases").text
    assert "体温 38.4" not in fresh.browser("one1").get("/cases").text
    assert fresh.browser("one1").get(f"/cases/{whistle}").status_code == 404


def test_the_answer_is_what_the_gate_is_told(fresh: District, whistle: str) -> None:
    browser = fresh.browser("duty1")
    browser.post(f"/cases/{whistle}/answer", {"text": "请他在帐篷外等，医生马上到", "shown": "1"})
    (line,) = fresh.center.store.cases.lines(fresh.center.store.cases.get(whistle))  # type: ignore[arg-type]
    assert (line.text, line.by, line.shown) == ("请他在帐篷外等，医生马上到", "duty1", True)
    assert fresh.center.store.cases.get(whistle).state == "answered"  # type: ignore[union-attr]


def test_a_remark_stays_at_the_center(fresh: District, whistle: str) -> None:
    browser = fresh.browser("duty1")
    browser.post(f"/cases/{whistle}/answer", {"text": "他上周也来过", "shown": "0"})
    (line,) = fresh.center.store.cases.lines(fresh.center.store.cases.get(whistle))  # type: ignore[arg-type]
    assert not line.shown
    assert "备注，大门看不到" in browser.get(f"/cases/{whistle}").text


def test_from_taken_to_closed_each_step_has_its_time(fresh: District, whistle: str) -> None:
    browser = fresh.browser("duty1")
    for step, fields in (("take", {"on": "1"}), ("go", {"who": "王医生"}), ("arrive", {})):
        assert browser.post(f"/cases/{whistle}/{step}", fields).status_code == 303
    refused = browser.post(f"/cases/{whistle}/close", {"text": ""})
    assert refused.status_code == 400
    assert "请写一句结果再办结" in refused.text
    browser.post(f"/cases/{whistle}/close", {"text": "已送医"})
    case = fresh.center.store.cases.get(whistle)
    assert case is not None
    assert (case.owner, case.going, case.state) == ("duty1", "王医生", "closed")
    assert None not in (case.answered_ms, case.arrived_ms, case.closed_ms)
    assert "已送医" in browser.get(f"/cases/{whistle}").text
    assert "都办结了" in browser.get("/cases").text


def test_nobody_acts_and_the_list_says_so(fresh: District, whistle: str) -> None:
    browser = fresh.browser("duty1")
    assert "等太久了" not in browser.get("/cases").text
    fresh.center.clocks.forward(301)
    assert "等太久了" in browser.get("/cases").text


def test_the_page_asks_again_and_gets_nothing_until_something_changes(fresh: District, whistle: str) -> None:
    browser = fresh.browser("duty1")
    page = browser.get("/cases").text
    (address,) = re.findall(r'hx-get="(/cases/live[^"]*)"', page)
    assert browser.get(address).status_code == 204
    fresh.center.clocks.forward(1)
    fresh.center.store.cases.go(whistle, "王医生", fresh.center.clocks.ms)
    assert "王医生" in browser.get(address).text


def test_a_household_telephones_and_what_was_typed_is_not_lost(fresh: District) -> None:
    browser = fresh.browser("duty1")
    typed = {"kind": "request", "what": "medicine", "branch": FIRST, "title": "", "text": "降压药"}
    refused = browser.post("/cases", typed)
    assert refused.status_code == 400
    assert "请用一句话写清是什么事" in refused.text
    assert "降压药" in refused.text
    answer = browser.post("/cases", typed | {"title": "三单元王阿姨要药"})
    assert answer.status_code == 303
    assert "三单元王阿姨要药" in browser.get(answer.headers["location"]).text


def test_a_case_of_another_branch_cannot_be_written_down(fresh: District) -> None:
    browser = fresh.browser("duty1")
    typed = {"kind": "request", "what": "medicine", "branch": SECOND, "title": "药"}
    assert browser.post("/cases", typed).status_code == 404


def test_a_look_at_the_picture_is_on_record(fresh: District, whistle: str) -> None:
    browser = fresh.browser("duty1")
    answer = browser.get(f"/cases/{whistle}/picture")
    assert (answer.content, answer.headers["content-type"]) == (JPEG, "image/jpeg")
    assert "看了吹哨的照片" in fresh.browser("admin1").get("/audit").text


def test_a_gate_s_hostile_words_are_only_text(fresh: District) -> None:
    key = fresh.center.store.cases.begin(
        FIRST, fresh.report(title="<script>alert(1)</script>"), fresh.center.clocks.ms
    ).key
    assert "<script>alert" not in fresh.browser("duty1").get(f"/cases/{key}").text


def test_the_answer_goes_to_the_gate_whose_case_it_is(fresh: District, whistle: str) -> None:
    center, duty, now_ms = fresh.center, fresh.browser("duty"), fresh.center.clocks.ms
    shadow = Report(bytes.fromhex(whistle), "case", 1, now_ms, encode_body(fresh.report("没事")))
    center.store.reports.take(fresh.second.station, SECOND, (shadow,), now_ms + 1)
    ours, theirs = (f"{whistle}-{gate.station.hex()}" for gate in (fresh.first, fresh.second))
    page = duty.get("/cases").text

    assert f'href="/cases/{ours}"' in page
    assert f'href="/cases/{theirs}"' in page
    assert "体温 38.4" in duty.get(f"/cases/{whistle}").text  # an old link: the first that came
    assert "没事" in duty.get(f"/cases/{theirs}").text
    assert fresh.browser("duty2").get(f"/cases/{ours}").status_code == 404
    duty.post(f"/cases/{theirs}/answer", {"text": "谁报的", "shown": "1"})
    states = {case.station: case.state for case in center.store.cases.open() if case.key == whistle}
    assert states == {fresh.first.station: "new", fresh.second.station: "answered"}


def test_no_case_of_one_moment_is_skipped_by_the_older_ones(
    fresh: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "PAGE", 3)
    for _ in range(5):
        fresh.begin_case(FIRST)
    everything = {case.address for case in fresh.center.store.cases.all(Scope((FIRST,)))}
    duty, path, seen = fresh.browser("duty1"), "/cases/all", list[str]()
    while path:
        page = duty.get(path).text
        seen += re.findall(r'href="/cases/([0-9a-f]{32}-[0-9a-f]{32})"', page)
        path = next(iter(re.findall(r'href="(/cases/all\?before=[\w.]+)"', page)), "")

    assert sorted(seen) == sorted(everything)


def test_a_gate_s_whistle_is_on_its_tile_though_five_hundred_others_are_open(fresh: District) -> None:
    center, ms = fresh.center, fresh.center.clocks.ms
    for number in range(501):
        center.store.cases.begin(FIRST, CaseReport("whistle", ms, "fever"), ms - 1000 + number)
    fresh.add_case(fresh.first)
    center.clocks.mono += 1

    assert "吹哨 1 件，没人到" in fresh.browser("duty1").get(f"/gates/{fresh.first.station.hex()}").text


def test_the_list_of_open_cases_says_how_many_it_has_no_room_for(
    fresh: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "MOST_OPEN", 2)
    count = sum(fresh.center.store.cases.count_open(Scope((FIRST,))).values())
    for _ in range(3):
        fresh.begin_case(FIRST)
    page = fresh.browser("duty1").get("/cases").text

    assert len(re.findall('id="case-', page)) == 2
    assert f"还有 {count + 1} 条没有显示" in page
