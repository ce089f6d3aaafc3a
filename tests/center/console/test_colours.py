"""The summary of 07:30: who turned red, who must be told, who has been; and colours from a file."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import httpx2
import pytest

from center.provider import Found
from center.scope import EVERYWHERE
from center.store.colours import Said
from tests.center.console.district import FIRST, SECOND, District
from tests.center.console.ill import know, say
from tests.center.office import SHANGHAI

RED = "红码"


def at(text: str) -> int:
    """Milliseconds of a time in Shanghai."""
    return int(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC).timestamp() * 1000)


def turn(district: District, id: str, colour: str, when: str) -> None:
    district.center.clocks.ms = at(when)
    say(district.center.store, id, "colour", colour, at(when))


def go_to(district: District, when: str) -> None:
    district.center.clocks.mono += 3600 * 24
    district.center.clocks.ms = at(when)


@pytest.fixture
def two_streets(fresh: District) -> District:
    know(fresh.center.store, "p1", FIRST, "张小强", guardians=("p3",))
    know(fresh.center.store, "p2", SECOND, "李小明")
    know(fresh.center.store, "p3", FIRST, "张大强")
    for id in ("p1", "p2"):
        turn(fresh, id, "green", "2022-04-19T12:00")
    return fresh


def summary(district: District, user: str, query: str = "") -> str:
    return str(district.browser(user).get(f"/colours{query}").text)


def test_at_half_past_seven_the_summary_holds_the_day_before(two_streets: District) -> None:
    turn(two_streets, "p1", "red", "2022-04-20T07:29")
    turn(two_streets, "p1", "yellow", "2022-04-20T07:30")
    go_to(two_streets, "2022-04-20T07:31")
    page = summary(two_streets, "duty1")
    assert "2022-04-19 07:30" in page
    assert page.count("✖ 红码") == 1
    assert "◆ 黄码" not in page
    assert "◆ 黄码" in summary(two_streets, "duty1", "?day=2022-04-21")


def test_whoever_must_be_told_stands_beside_masked(two_streets: District) -> None:
    turn(two_streets, "p1", "red", "2022-04-20T06:00")
    go_to(two_streets, "2022-04-20T08:00")
    page = summary(two_streets, "duty1")
    for text in ("张*强", "138****1111", "监护人", "3-***", "duty1同志"):
        assert text in page
    for text in ("张小强", "张大强", "13800001111", "-501"):
        assert text not in page
    assert "张*强" not in summary(two_streets, "duty2")
    assert "没有人变颜色" in summary(two_streets, "duty2")


def test_who_was_told_is_ticked_off_with_who_and_when(two_streets: District) -> None:
    turn(two_streets, "p1", "red", "2022-04-20T06:00")
    go_to(two_streets, "2022-04-20T08:00")
    browser = two_streets.browser("duty1")
    action = re.search(r'action="(/colours/[0-9a-f]{32}/told)"', browser.get("/colours").text)
    assert action is not None
    assert two_streets.browser("duty2").post(action[1]).status_code == 404
    answer = browser.post(action[1])
    assert answer.headers["location"] == "/colours?day=2022-04-20"
    page = browser.get(answer.headers["location"]).text
    assert re.search(r"✔ duty1 .{0,40}2022-04-20 08:00", page)
    assert "通知了健康码变化" in two_streets.browser("admin1").get("/audit").text
    browser.post(action[1], {"told": "0"})
    assert "✔ duty1" not in browser.get("/colours").text


def test_names_are_shown_for_a_reason_only_and_on_record(two_streets: District) -> None:
    turn(two_streets, "p1", "red", "2022-04-20T06:00")
    go_to(two_streets, "2022-04-20T08:00")
    browser = two_streets.browser("duty1")
    browser.get("/colours")
    assert browser.post("/colours/names", {"day": "2022-04-20"}).status_code == 400
    page = browser.post("/colours/names", {"day": "2022-04-20", "why": "tell"}).text
    for text in ("张小强", "13800001111", "3-2-501", "张大强"):
        assert text in page
    assert "李小明" not in page
    audit = two_streets.browser("admin1").get("/audit").text
    assert "看了预警名单的姓名和电话" in audit
    assert "张小强" not in audit
    assert two_streets.browser("viewer1").post("/colours/names", {"why": "tell"}).status_code == 403


@pytest.mark.parametrize("query", ["?day=x", "?day=2022-99-01", "?after=1-zz", "?after=x", "?day=9999-12-31"])
def test_an_address_that_was_typed_wrong_is_no_fault_of_ours(fresh: District, query: str) -> None:
    assert fresh.browser("duty1").get(f"/colours{query}").status_code in (200, 400, 404)


def upload(district: District, user: str, text: str, do: str = "import") -> httpx2.Response:
    browser = district.browser(user)
    browser.get("/colours/import")
    file = {"file": ("colours.csv", text.encode(), "text/csv")}
    return browser.post("/colours/import", {"do": do}, files=file)


LIST = """姓名,房号,颜色,核酸
张小强,3-2-501,红,阳性
李小明,3-2-501,红,
陌生人,9-9-999,黄,
张大强,3-2-501,紫,
"""


def test_a_file_of_colours_is_looked_at_first_and_then_taken(two_streets: District) -> None:
    go_to(two_streets, "2022-04-20T06:00")
    store = two_streets.center.store
    with store.database.write() as connection:  # known by name and dwelling, as an import makes them
        connection.run("DELETE FROM item WHERE list = 'person'")
    text = "姓名,房号,人员类别\n张小强,3-2-501,居民\n张大强,3-2-501,居民\n"
    import_people(two_streets, text, FIRST)
    import_people(two_streets, "姓名,房号,人员类别\n李小明,3-2-501,居民\n", SECOND)

    looked = upload(two_streets, "checker1", LIST, "look").text
    assert "现在还没有导入" in looked
    assert "能导入 2 条" in looked
    taken = upload(two_streets, "checker1", LIST).text
    assert "导入了 2 条" in taken
    assert "第 5 行" in taken  # 紫
    assert "名单里没有的 2 人" in taken  # another street's, and a stranger
    go_to(two_streets, "2022-04-20T08:00")
    assert summary(two_streets, "duty1").count("✖ 红码") == 1
    assert "没有人变颜色" in summary(two_streets, "duty2")


def test_a_list_of_two_days_makes_nobody_green_who_is_red_by_now(two_streets: District) -> None:
    import_people(two_streets, "姓名,房号,人员类别\n赵小江,3-2-501,居民\n", FIRST)
    (person,) = two_streets.center.store.directory.fitting(
        EVERYWHERE, lambda names, *_: names.holding("赵小江")
    )
    go_to(two_streets, "2022-04-20T08:00")
    rows = "姓名,房号,颜色,颜色时间\n赵小江,3-2-501,绿,2022-04-19 07:00\n赵小江,3-2-501,红,2022-04-20 07:00\n"
    answer = upload(two_streets, "checker1", rows).text
    assert two_streets.center.store.directory.facts(person)["colour"].value == "red"
    assert "导入了 1 条" in answer
    assert "重复" not in answer


def test_a_list_of_yesterday_makes_nobody_green_again(two_streets: District) -> None:
    import_people(two_streets, "姓名,房号,人员类别\n赵小江,3-2-501,居民\n", FIRST)
    (person,) = two_streets.center.store.directory.fitting(
        EVERYWHERE, lambda names, *_: names.holding("赵小江")
    )
    of_today = "姓名,房号,颜色,颜色时间\n赵小江,3-2-501,红,2022-04-20 07:00\n"
    go_to(two_streets, "2022-04-20T08:00")
    assert "导入了 1 条" in upload(two_streets, "checker1", of_today).text
    of_yesterday = of_today.replace("红", "绿").replace("04-20", "04-19")
    answer = upload(two_streets, "checker1", of_yesterday).text
    assert two_streets.center.store.directory.facts(person)["colour"].value == "red"
    assert "已经有更新的结果" in answer
    assert "没有写颜色" not in answer


def test_nobody_gets_the_red_of_a_namesake_in_another_compound(two_streets: District) -> None:
    for name, branch in (("checker1", FIRST), ("checker2", SECOND)):
        browser = two_streets.browser(name)
        browser.get("/people/import")
        file = {"file": ("x.csv", "姓名,房号\n王伟,3-2-501\n".encode())}
        path = browser.post("/people/import", {"branch": branch, "kind": "people"}, files=file)
        browser.post(f"{path.headers['location']}/take")
    directory = two_streets.center.store.directory
    both = directory.fitting(EVERYWHERE, lambda names, *_: names.holding("王伟"))
    answer = upload(two_streets, "checker", "姓名,房号,颜色\n王伟,3-2-501,红\n").text
    assert len(both) == 2
    assert [directory.facts(one) for one in both] == [{}, {}]
    assert "同一房号有同名的人" in answer
    assert "导入了 1 条" in upload(two_streets, "checker1", "姓名,房号,颜色\n王伟,3-2-501,红\n").text


def import_people(district: District, text: str, branch: str) -> None:
    from center.people_lists import KnownPeople, make_plan
    from station.roster.rows import Reading, read_people

    now = datetime.fromtimestamp(district.center.clocks.ms / 1000, UTC)
    plan = make_plan(
        read_people(text.encode(), Reading(now, UTC)).rows, KnownPeople(), district.center.keys.district
    )
    district.center.store.lists.put("people", plan.people_items(), branch)


@pytest.mark.parametrize("text", ["", "没有表头\n", '"', "a,b\n1,2\n", "\x00\x01PK\x03\x04"])
def test_a_file_that_is_no_list_is_said_in_words(fresh: District, text: str) -> None:
    answer = upload(fresh, "checker1", text)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_no_file_is_said_in_words(fresh: District) -> None:
    browser = fresh.browser("checker1")
    browser.get("/colours/import")
    assert "请先选一个文件" in browser.post("/colours/import", {"do": "import"}).text


def test_a_provider_s_answer_is_a_colour_like_any_other(two_streets: District) -> None:
    """What a gate asked of a code stands in the summary, by whoever owns the code."""
    store = two_streets.center.store
    know(store, "p1", FIRST, "张小强", codes=("c" * 64,))
    go_to(two_streets, "2022-04-20T06:00")
    ms = two_streets.center.clocks.ms
    found = Found("", "red", ms, ms)
    store.colours.hear(Said("code", "c" * 64, found.colour, found.as_of_ms, "省健康码", FIRST), ms)
    store.following.step(ms)
    go_to(two_streets, "2022-04-20T08:00")
    page = summary(two_streets, "duty1")
    assert "省健康码" in page
    assert "张*强" in page


def test_a_paper_with_some_of_two_hundred_says_that_there_are_others(two_streets: District) -> None:
    """Whoever goes round with the first sheets would never come to the others."""
    turn(two_streets, "p1", "red", "2022-04-20T07:00")
    go_to(two_streets, "2022-04-20T07:31")
    assert "只是一部分人" not in summary(two_streets, "admin")

    store, ms = two_streets.center.store, at("2022-04-20T06:00")
    for number in range(201):
        store.colours.hear(Said("code", f"{number:064x}", "red", ms, "省健康码", FIRST), ms)
    first = summary(two_streets, "admin")
    assert "只是一部分人" in first
    more = re.search(r'href="(/colours\?[^"]*after=[^"]*)"', first)
    assert more
    assert "只是一部分人" in two_streets.browser("admin").get(more[1].replace("&amp;", "&")).text
