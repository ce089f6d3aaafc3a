"""What people type is not lost, and not refused for what nobody sees."""

from __future__ import annotations

import json
import re
from html import unescape
from urllib.parse import quote

import pytest

from center.console.page import ComplaintError, NotHereError
from center.console.typed import clean, moment_ms
from center.scope import EVERYWHERE
from center.store.case_rows import Case
from station.core.entry import ReasonPart
from station.core.model import ReasonCode
from tests.center.console.district import FIRST, SECOND, District
from tests.center.gate import record

HOST = "http://testserver"


def typed_in(text: str) -> dict[str, list[str]]:
    """What the page hands to the script that fills the form again."""
    found = re.search(r'data-typed="([^"]*)"', text)
    assert found
    fields: dict[str, list[str]] = json.loads(unescape(found[1]))["fields"]
    return fields


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("张三\u30003-2-501", "张三 3-2-501"),  # the space of a Chinese keyboard
        ("买菜\u00a0送饭", "买菜 送饭"),  # of a web page
        ("\u200b138\u200b0000\ufeff", "1380000"),  # unseen, of a chat
        ("王\t五", "王 五"),  # cells of a table
        ("第一行\u2028第二行", "第一行 第二行"),
        ("\U000323b5\ue001", "\U000323b5\ue001"),  # rare characters that this Python does not know
    ],
)
def test_what_is_pasted_into_a_line_is_taken(pasted: str, kept: str) -> None:
    assert clean(pasted, 200) == kept


def test_lines_stay_where_there_may_be_lines() -> None:
    assert clean("一\r\n二\t三\x0b四", 200, lines=True) == "一\n二\t三\n四"


@pytest.mark.parametrize("hostile", ["\u202e东门", "\u2066东", "a\x00b", "\x1b[31m", "\ud800", "\ufffe"])
def test_what_turns_a_text_or_steers_a_terminal_is_refused(hostile: str) -> None:
    with pytest.raises(ComplaintError):
        clean(hostile, 200)


def test_a_moment_of_an_address_is_a_number_that_a_database_has() -> None:
    assert moment_ms("") is None
    assert moment_ms("1650000000000") == 1650000000000
    for absurd in ("9" * 20, "9223372036854775808", "-1", "١٢", "1e9", "²"):
        with pytest.raises(NotHereError):
            moment_ms(absurd)


@pytest.mark.parametrize(
    "path", ["/cases/all", "/alarms", "/isolation/{isolated}", "/watches", "/passes", "/audit"]
)
def test_a_page_before_an_absurd_moment_is_not_there(district: District, path: str) -> None:
    path = path.format(isolated=district.ids["isolated"][0])
    browser = district.browser("admin")

    for moment in ("9223372036854775808", "9" * 20, "x"):
        assert browser.get(f"{path}?before={moment}").status_code == 404
    assert browser.get(f"{path}?before=1").status_code == 200


def test_a_form_with_a_mistake_stands_there_again(fresh: District) -> None:
    admin, page = fresh.browser("admin1"), {"Referer": f"{HOST}/users?lang=zh"}
    admin.get("/users")

    answer = admin.post(
        "/users", {"name": "老王!", "shown": "王<b>", "role": "duty", "branch": FIRST}, headers=page
    )

    assert answer.status_code == 400
    assert "登录名要 2 到 40 个字" in answer.text
    assert 'action="/users"' in answer.text
    assert typed_in(answer.text) == {
        "name": ["老王!"],
        "shown": ["王<b>"],
        "role": ["duty"],
        "branch": [FIRST],
    }
    assert admin.csrf not in answer.text.split("data-typed")[1].split(">")[0]


def test_somebody_that_is_not_found_is_said_on_the_page_of_the_form(fresh: District) -> None:
    admin = fresh.browser("admin1")

    answer = admin.post("/retention/find", {"person": "nobody"}, headers={"Referer": f"{HOST}/retention"})

    assert answer.status_code == 404
    assert "没有找到，或者不归您管" in answer.text
    assert typed_in(answer.text) == {"person": ["nobody"]}


@pytest.mark.parametrize(
    "said",
    [
        "",
        "http://elsewhere.example/users",
        "http://testserver",
        "http://testserver//elsewhere.example/",
        "http://testserver/gates/live",
        "http://testserver/nowhere",
        "http://testserver/users/viewer2",  # another branch's
        "http://[",
        "javascript:alert(1)",
    ],
)
def test_who_names_no_page_of_ours_gets_the_words_alone(fresh: District, said: str) -> None:
    admin = fresh.browser("admin1")

    answer = admin.post("/users", {"name": "!", "branch": FIRST, "role": "duty"}, headers={"Referer": said})

    assert answer.status_code == 400
    assert "登录名要 2 到 40 个字" in answer.text
    assert "data-typed" not in answer.text
    assert "elsewhere" not in answer.text


def test_a_page_that_one_may_not_see_is_not_shown_by_a_mistake(fresh: District) -> None:
    duty = fresh.browser("duty1")

    answer = duty.post("/cases/00/answer", {"text": "x"}, headers={"Referer": f"{HOST}/users"})

    assert answer.status_code == 404
    assert "viewer1" not in answer.text


def test_a_password_is_not_shown_again(fresh: District) -> None:
    browser = fresh.browser("duty1")
    fields = {"password": "x" * 2000, "new": "secret-one-two", "again": "secret-one-two"}

    answer = browser.post("/password", fields, headers={"Referer": f"{HOST}/password"})

    assert answer.status_code == 400
    assert "secret-one-two" not in answer.text


def test_another_language_keeps_what_was_looked_for(district: District) -> None:
    browser = district.browser("admin")

    where = browser.post("/people/find", {"q": "张三丰"}).headers["location"]
    text = unescape(browser.get(f"{where}&lang=zh").text)
    assert 'value="张三丰"' in text
    other = f"{where.removeprefix('/people')}&lang=en"
    assert f'href="{other}"' in text
    assert 'value="张三丰"' in browser.get(f"/people{other}").text
    browser.get("/?lang=zh")
    answer = browser.post("/notices", {"title": "", "hours": "24"}, headers={"Referer": f"{HOST}/notices"})
    assert 'href="/notices?lang=en"' in answer.text


def test_a_branch_may_be_typed_with_a_chinese_keyboard(fresh: District) -> None:
    duty = fresh.browser("duty")
    fields = {"title": "停水", "hours": "4", "branch": " 江北区／和平街道\u3000"}

    where = duty.post("/notices", fields).headers["location"]

    assert "0 / 1 个大门" in duty.get(where).text


def test_a_branch_without_gates_is_doubted(fresh: District) -> None:
    duty, fields = fresh.browser("duty"), {"title": "停水", "text": "停水", "hours": "4"}
    for path in ("/notices", "/tasks"):
        mistyped = duty.post(path, {**fields, "branch": "江北区/和平街"})
        assert quote("这个所属下面没有大门") in mistyped.headers["set-cookie"]
        for branch in (FIRST, "", f"{FIRST}/和平东门"):
            right = duty.post(path, {**fields, "branch": branch})
            assert quote("没有大门") not in right.headers["set-cookie"]


def test_a_form_offers_the_branches_of_its_user_alone(district: District) -> None:
    own = district.browser("duty1").get("/notices").text
    assert f'<option value="{FIRST}">' in own
    assert SECOND not in own
    assert '<option value="江北区">' not in own
    everybody = district.browser("duty").get("/notices").text
    assert f'<option value="{SECOND}">' in everybody
    assert '<option value="江北区">' in everybody


@pytest.mark.parametrize("path", ["/checkin/nothing", "/signup/nothing"])
def test_a_link_that_is_over_says_so_to_somebody_without_an_account(district: District, path: str) -> None:
    answer = district.browser().get(path)

    assert answer.status_code == 404
    assert "这个链接不能用了" in answer.text
    assert 'href="/"' not in answer.text


def test_a_passage_of_another_day_is_shown_with_its_day(fresh: District) -> None:
    """Also of a day to come, by a gate whose clock is wrong."""
    gate, browser = fresh.first, fresh.browser("duty1")
    gate.records.append(record(len(gate.records) + 1, 7_258_118_400_000))
    fresh.push(gate, len(gate.records))

    text = browser.get(f"/gates/{gate.station.hex()}").text

    assert "2200-01-01 08:00" in text


def test_a_case_that_somebody_closed_meanwhile_says_so(fresh: District) -> None:
    case, duty = fresh.ids["case"][0], fresh.browser("duty1")
    fresh.center.store.cases.close(case, "admin1", "送到了", fresh.center.clocks.ms)
    lines = len(fresh.center.store.cases.lines(_case(fresh, case)))

    for what, fields in (
        ("close", {"text": "又办结"}),
        ("go", {"who": "老李"}),
        ("answer", {"text": "来了"}),
    ):
        answer = duty.post(f"/cases/{case}/{what}", fields, headers={"Referer": f"{HOST}/cases/{case}"})
        assert answer.status_code == 400
        assert "这件事已经有人办结了" in answer.text

    assert len(fresh.center.store.cases.lines(_case(fresh, case))) == lines
    assert _case(fresh, case).going == ""


def test_a_change_that_is_filled_in_wrongly_shows_a_name_on_record(fresh: District) -> None:
    """Whoever sends an empty name is shown the person's: no way around saying why."""
    checker, person = fresh.browser("checker1"), fresh.ids["person"][0]
    before = len(_looks(fresh))

    answer = checker.post(f"/people/{person}", {"category": "resident", "name": ""})

    assert answer.status_code == 400
    assert len(_looks(fresh)) == before + 1


def test_what_waits_for_somebody_stands_first_among_the_alarms(fresh: District) -> None:
    gate, browser = fresh.first, fresh.browser("duty1")
    leaving = (ReasonPart(ReasonCode.ISOLATED_LEAVING.value, 2),)
    for _ in range(2):
        fresh.center.clocks.forward(60)
        gate.records.append(record(len(gate.records) + 1, severity=2, reasons=leaving))
        fresh.push(gate, len(gate.records))
    older, newer = re.findall(r'action="(/alarms/[0-9a-f-]+/seen)"', browser.get("/alarms").text)[::-1]
    assert browser.post(newer, {"said": "送回家了"}).status_code == 303

    text = browser.get("/alarms").text
    assert text.index(older) < text.index("送回家了")

    again = browser.post(newer, {"said": "我也去了"})
    assert quote("别人已经处理了") in again.headers["set-cookie"]
    assert "我也去了" not in browser.get("/alarms").text


def _case(district: District, key: str) -> Case:
    case = district.center.store.cases.get(key)
    assert case is not None
    return case


def _looks(district: District) -> list[str]:
    notes = district.center.store.audit.latest(EVERYWHERE, who="checker1", limit=100)
    return [note.what for note in notes if note.what.startswith("看了住户的姓名和电话")]
