"""What gates found when they looked back; and what somebody with a right to a single gate sees of people."""

from __future__ import annotations

import pytest

from center.console.page import Access
from center.console.pages import PAGES
from center.scope import Scope
from station.sync.reports import LookbackReport, Report, encode_body
from tests.center.console.browser import Browser
from tests.center.console.district import FIRST, SECOND, District
from tests.center.console.full import give
from tests.center.console.ill import know, say

WHO, ELSEWHERE = "ab" * 16, "cd" * 16


def look_back(district: District, person: str, *, seen_ms: int | None = None) -> None:
    ms = district.center.clocks.ms
    body = LookbackReport(ms, person, "colour red, test positive", ms - 1, (), 7, 5, (person,), "", seen_ms)
    give(district, district.first, "lookback", body)


def test_what_a_gate_knows_of_somebody_is_read_with_signs_of_the_reader_s_language(fresh: District) -> None:
    know(fresh.center.store, WHO, FIRST, "张小强")
    say(fresh.center.store, WHO, "colour", "red", fresh.center.clocks.ms)
    browser = fresh.browser("checker1")
    assert "<b>健康码</b>：红" in browser.get(f"/people/{WHO}").text
    assert "</b>: red" in browser.get(f"/people/{WHO}?lang=en").text.lower()


def test_a_look_back_says_who_why_where_and_whether_the_gate_has_dealt_with_it(fresh: District) -> None:
    know(fresh.center.store, WHO, FIRST, "张小强")
    look_back(fresh, WHO)
    page = fresh.browser("duty1").get("/lookbacks").text

    assert "张*强" in page
    assert "张小强" not in page
    assert "健康码 红码；核酸 阳性" in page
    assert "7 次" in page
    assert "大门还没处理完" in page


def test_one_that_is_dealt_with_says_when(fresh: District) -> None:
    look_back(fresh, WHO, seen_ms=fresh.center.clocks.ms)
    page = fresh.browser("duty1").get("/lookbacks").text

    assert "处理完了 2022-04-15" in page
    assert "还没处理完" not in page


def test_one_that_no_gate_has_dealt_with_stands_first_however_many_newer_ones_are_done(
    fresh: District,
) -> None:
    look_back(fresh, WHO)
    ms = fresh.center.clocks.ms
    body = encode_body(LookbackReport(ms, ELSEWHERE, "colour red", ms - 1, (), 1, 1, (), "", ms))
    done = [Report(number.to_bytes(16, "big"), "lookback", 1, ms, body) for number in range(1, 5002)]
    fresh.center.store.reports.take(fresh.first.station, FIRST, done, ms + 1)
    page = fresh.browser("duty1").get("/lookbacks").text

    assert page.index("大门还没处理完") < page.index("处理完了")
    assert "1 条大门还没处理完" in page
    assert "还有 4802 条没有显示" in page


def test_those_of_another_branch_are_not_there(fresh: District) -> None:
    know(fresh.center.store, WHO, FIRST, "张小强")
    look_back(fresh, WHO)

    assert "张*强" not in fresh.browser("duty2").get("/lookbacks").text


def test_a_gate_that_saw_somebody_of_another_branch_does_not_tell_who(fresh: District) -> None:
    know(fresh.center.store, ELSEWHERE, SECOND, "李大明")
    look_back(fresh, ELSEWHERE)
    page = fresh.browser("duty1").get("/lookbacks").text

    assert "李*明" not in page
    assert ELSEWHERE not in page
    assert "名单里没有的人" in page


def test_a_cause_of_a_newer_gate_is_shown_as_it_came(fresh: District) -> None:
    body = LookbackReport(fresh.center.clocks.ms, WHO, "vaccine <b>third</b>")
    give(fresh, fresh.first, "lookback", body)

    assert "vaccine &lt;b&gt;third&lt;/b&gt;" in fresh.browser("duty1").get("/lookbacks").text


@pytest.fixture
def one_gate(fresh: District) -> Browser:
    """Somebody on duty for one gate alone, in a branch with people; another branch has some too."""
    know(fresh.center.store, WHO, FIRST, "张小强")
    know(fresh.center.store, ELSEWHERE, SECOND, "李大明")
    say(fresh.center.store, WHO, "isolation", "isolation", fresh.center.clocks.ms - 1)
    fresh.add_user("door", "duty", f"{FIRST}/和平东门")
    return fresh.browser("door")


def test_who_is_on_duty_at_one_gate_sees_its_people_masked(one_gate: Browser) -> None:
    for path in ("/people", f"/people/{WHO}", "/isolation", f"/isolation/{WHO}"):
        page = one_gate.get(path)
        assert page.status_code == 200, path
        assert "张*强" in page.text, path
        assert "张小强" not in page.text, path


def test_they_see_nobody_of_another_branch(one_gate: Browser) -> None:
    assert one_gate.get(f"/people/{ELSEWHERE}").status_code == 404
    assert "李*明" not in one_gate.get("/people").text
    assert one_gate.get(f"/isolation/{ELSEWHERE}").status_code == 404


def test_they_change_nothing_of_the_branch_and_unmask_nobody(one_gate: Browser) -> None:
    assert one_gate.post(f"/people/{WHO}/unmask", {"reason": "visit"}).status_code == 404
    assert one_gate.post(f"/isolation/{WHO}/lines", {"kind": "note", "text": "x"}).status_code == 404
    page = one_gate.get(f"/isolation/{WHO}").text
    assert f'action="/isolation/{WHO}' not in page  # nor are they offered it


def test_a_right_to_one_gate_counts_for_its_branch_on_no_page_that_changes(fresh: District) -> None:
    wide = [page for page in PAGES if page.of_gate]

    assert len(wide) > 5
    # A search is sent, so that no address holds it; it leads to a list and changes nothing.
    assert {page.path for page in wide if page.method != "GET"} == {"/people/find"}
    assert not any(isinstance(page.needs, Access) for page in wide)


def test_a_gate_without_a_branch_opens_nothing(fresh: District) -> None:
    """It has everybody in its list; whoever stands at it is not told them."""
    fresh.center.store.stations.place(fresh.first.station, name="门", gate="总门", branch="")

    assert fresh.center.store.gates.served(Scope(("总门",))) == []
    assert fresh.center.store.gates.served(Scope((f"{SECOND}/幸福西门",))) == [SECOND]
    assert fresh.center.store.gates.served(Scope(("",))) == []
    assert fresh.center.store.gates.served(Scope((SECOND,))) == []
