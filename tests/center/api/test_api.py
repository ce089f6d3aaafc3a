"""The API as another system meets it: tokens, rights, branches; what it writes is what the gates are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import msgspec
import pytest

from center.api.call import Right
from center.api.routes import ROUTES
from center.backup import TABLES
from center.scope import Scope
from center.store.console_audit import Note
from station.sync.items import FactItem, NoticeItem, PersonItem, shared_key
from tests.center.console.district import FIRST, SECOND, District, open_district

DAY_MS = 86_400_000
NUMBER = "11010519491231002X"
Api = Callable[..., httpx2.Response]


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    with open_district(tmp_path) as opened:
        yield opened


def make_token(district: District, branch: str = FIRST, rights: list[str] | None = None) -> str:
    ms = district.center.clocks.ms
    rights = [right.value for right in Right] if rights is None else rights
    note = Note(ms, "admin", "发了接口令牌", branch)
    tokens = district.center.store.tokens
    return tokens.make("街道系统", branch, rights, expires_ms=ms + DAY_MS, now_ms=ms, note=note)[1]


def api(district: District, token: str) -> Api:
    def ask(method: str, path: str, **more: Any) -> httpx2.Response:
        headers = {"Authorization": f"Bearer {token}"}
        return district.center.client.request(method, f"/api/v1{path}", headers=headers, **more)

    return ask


@pytest.fixture
def ask(district: District) -> Api:
    return api(district, make_token(district))


def items(district: District, name: str) -> dict[str, tuple[Any, str]]:
    channel = "people" if name == "person" else "quick"
    kinds = {"person": PersonItem, "fact": FactItem, "notice": NoticeItem}
    found = district.center.store.lists.each_with_scope(channel, name)
    return {
        item.key: (msgspec.msgpack.decode(item.body or b"", type=kinds[name]), scope) for item, scope in found
    }


def add_person(ask: Api, name: str = "张强", **more: str) -> dict[str, Any]:
    person = {"name": name, "dwelling": "3-2-501", "id_number": NUMBER, **more}
    answer = ask("PUT", "/people", json={"people": [person]})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["people"][0]
    return found


@pytest.mark.parametrize("route", [route for route in ROUTES if route.right], ids=lambda route: route.path)
def test_no_path_is_open_without_a_good_token(district: District, route: Any) -> None:
    path = route.path.replace("{case}", "00" * 16).replace("{notice}", "x")
    good = make_token(district)
    for header in ("", "Bearer ", f"Basic {good}", f"Bearer {good}x", "Bearer kakou_", f"Bearer {'x' * 500}"):
        answer = district.center.client.request(route.method, path, headers={"Authorization": header})
        assert answer.status_code == 401, header
        assert answer.headers["www-authenticate"].startswith("Bearer")
    poor = api(district, make_token(district, rights=[]))
    assert poor(route.method, path.removeprefix("/api/v1")).status_code == 403


def test_a_token_ends_by_its_day_and_when_it_is_revoked(district: District) -> None:
    secret = make_token(district)
    ask, store = api(district, secret), district.center.store
    assert ask("GET", "/gates").status_code == 200
    (token,) = [one for one in store.tokens.all(scope_of(FIRST)) if one.name == "街道系统"]
    assert token.used_ms == district.center.clocks.ms
    note = Note(0, "admin", "吊销了接口令牌")
    assert not store.tokens.revoke(scope_of(SECOND), token.id, 1, note)
    assert ask("GET", "/gates").status_code == 200
    assert store.tokens.revoke(scope_of(FIRST), token.id, 1, note)
    assert ask("GET", "/gates").status_code == 401

    late = api(district, make_token(district))
    district.center.clocks.forward(DAY_MS // 1000 + 1)
    assert late("GET", "/gates").status_code == 401


def scope_of(branch: str) -> Scope:
    return Scope((branch,))


def test_the_secret_is_nowhere_in_the_database(district: District) -> None:
    secret = make_token(district)
    with district.center.store.database.read() as connection:
        rows = [connection.rows(f"SELECT * FROM {table}") for table in [*TABLES, "console_session"]]

    assert "街道系统" in repr(rows)
    assert secret not in repr(rows)


def test_gates_and_entries_are_those_of_the_branch_alone(district: District, ask: Api) -> None:
    (gate,) = ask("GET", "/gates").json()["gates"]
    assert (gate["name"], gate["id"]) == ("和平东门", district.first.station.hex())

    everything = api(district, make_token(district, ""))
    assert len(everything("GET", "/gates").json()["gates"]) == 2
    day = day_of(district)
    mine = ask("GET", "/entries", params={"day": day}).json()
    assert {entry["gate_id"] for entry in mine["entries"]} == {district.first.station.hex()}
    assert len(mine["entries"]) == 3
    assert "person_id" not in str(mine)
    other = {"day": day, "gate": district.second.station.hex()}
    assert ask("GET", "/entries", params=other).status_code == 404


def day_of(district: District) -> str:
    return datetime.fromtimestamp(district.first.wall_ms / 1000, UTC).strftime("%Y-%m-%d")


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5, 6, 1000])
def test_pages_of_entries_have_each_entry_once(district: District, limit: int) -> None:
    ask = api(district, make_token(district, ""))
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        page = ask("GET", "/entries", params={"day": day_of(district), "limit": limit, "after": after}).json()
        assert len(page["entries"]) <= limit
        seen += [entry["gate_id"] + entry["id"] for entry in page["entries"]]
        after = page["next"]

    assert len(seen) == len(set(seen)) == 6


@pytest.mark.parametrize("after", ["é", "=", "A", "AAAA", "../..", "'; DROP TABLE entry;--"])
def test_a_mark_that_is_not_ours_is_refused(district: District, ask: Api, after: str) -> None:
    answer = ask("GET", "/entries", params={"day": day_of(district), "after": after})

    assert answer.status_code == 400


def test_people_come_in_with_the_checks_of_a_list(district: District, ask: Api) -> None:
    good = {"name": "张强", "dwelling": "3-2-501", "id_number": NUMBER, "phone": "13812345678"}
    wrong = {"name": "李四", "dwelling": "3-2-502", "id_number": "110105194912310021"}
    nobody = {"name": "", "dwelling": ""}
    answer = ask(
        "PUT", "/people", json={"people": [good, wrong, nobody, {"name": "王五", "dwelling": "1-1-101"}]}
    )
    said = answer.json()["people"]
    assert [one["result"] for one in said] == ["new", "refused", "refused", "new"]
    assert said[1]["problems"] == ["id_check"]
    person, scope = items(district, "person")[said[0]["id"]]
    assert (person.name, person.phones, scope) == ("张强", ("13812345678",), FIRST)

    again = add_person(ask)
    assert (again["result"], again["id"]) == ("same", said[0]["id"])
    moved = add_person(ask, dwelling="3-2-601")
    assert (moved["result"], moved["id"]) == ("changed", said[0]["id"])


def test_two_registers_that_tell_of_one_person_at_once_both_are_heard(district: District, ask: Api) -> None:
    person = add_person(ask)["id"]
    with ThreadPoolExecutor(2) as both:
        for number in range(10, 30):
            said = [{"note": f"耳背{number}"}, {"phone": f"138123456{number}"}]
            assert {one["result"] for one in both.map(lambda more: add_person(ask, **more), said)} == {
                "changed"
            }
            kept, _ = items(district, "person")[person]
            assert (kept.note, kept.phones) == (f"耳背{number}", (f"138123456{number}",))


def test_nobody_of_another_branch_is_changed_moved_or_told_of(district: District, ask: Api) -> None:
    theirs = api(district, make_token(district, SECOND))
    person = add_person(theirs)
    before, facts = items(district, "person"), items(district, "fact")

    stolen = add_person(ask, dwelling="9-9-901", note="x")
    assert (stolen["result"], stolen["problems"]) == ("refused", ["other_branch"])
    assert items(district, "person") == before
    for whom in ({"person": person["id"]}, {"id_number": NUMBER}):
        fact = {"kind": "colour", "value": "red", "as_of_ms": district.center.clocks.ms, **whom}
        assert ask("POST", "/facts", json={"facts": [fact]}).json()["facts"][0]["problem"] == "not_found"
        watch = {"kind": "isolation", "value": "isolation", **whom}
        assert ask("POST", "/watches", json=watch).status_code == 404
    assert items(district, "fact") == facts
    everywhere = {"people": [{"name": "王", "dwelling": "1-1-1"}], "branch": SECOND}
    assert ask("PUT", "/people", json=everywhere).status_code == 404


def test_a_namesake_in_the_same_dwelling_of_another_compound_is_somebody_else(district: District) -> None:
    """A district's register tells most people by name and dwelling, and every compound has a 7-1-101."""
    whole = api(district, make_token(district, "江北区"))
    said = [
        whole("PUT", "/people", json={"people": [{"name": "钱二", **more}], "branch": branch}).json()
        for branch, more in (
            (FIRST, {"dwelling": "7-1-101", "phone": "13812345678"}),
            (SECOND, {"dwelling": "7-1-101"}),
            (SECOND, {"dwelling": "7-1-101"}),
        )
    ]
    first, second, again = [one["people"][0] for one in said]
    assert [one["result"] for one in (first, second, again)] == ["new", "new", "same"]
    assert first["id"] != second["id"] == again["id"]
    found = items(district, "person")
    assert [found[one["id"]][1] for one in (first, second)] == [FIRST, SECOND]
    assert found[second["id"]][0].phones == ()  # those of the other one


def test_a_branch_takes_a_namesake_of_whom_another_has(district: District, ask: Api) -> None:
    theirs = api(district, make_token(district, SECOND))
    for one in (theirs, ask):
        said = one("PUT", "/people", json={"people": [{"name": "钱二", "dwelling": "7-1-101"}]}).json()
        assert said["people"][0]["result"] == "new"


def test_a_colour_is_told_to_the_gates_and_an_older_one_is_not(district: District, ask: Api) -> None:
    person, now = add_person(ask)["id"], district.center.clocks.ms
    facts = [
        {"kind": "colour", "value": "red", "as_of_ms": now, "id_number": NUMBER.lower()},
        {"kind": "colour", "value": "green", "as_of_ms": now - 1, "person": person},
        {"kind": "test", "value": "negative", "as_of_ms": now, "person": person},
        {"kind": "colour", "value": "yellow", "as_of_ms": now, "code": "a code"},
        {"kind": "colour", "value": "blue", "as_of_ms": now, "person": person},
        {"kind": "colour", "value": "red", "as_of_ms": now + 3600_000, "person": person},
        {"kind": "colour", "value": "red", "as_of_ms": now, "person": person, "code": "a"},
    ]
    said = ask("POST", "/facts", json={"facts": facts}).json()["facts"]

    assert [one["result"] for one in said] == ["taken", "older", "taken", "taken", *["refused"] * 3]
    assert [one["problem"] for one in said[4:]] == ["value", "as_of_ms", "whom"]
    fact, scope = items(district, "fact")[f"person:{person}:colour"]
    assert (fact.value, fact.source, scope) == ("red", "api 街道系统", FIRST)


def test_a_colour_of_a_code_with_a_line_end_is_of_the_code(district: District, ask: Api) -> None:
    fact = {"kind": "colour", "value": "red", "as_of_ms": district.center.clocks.ms, "code": "a code\r\n"}
    assert ask("POST", "/facts", json={"facts": [fact]}).json()["facts"][0]["result"] == "taken"
    key = shared_key(district.center.keys.district, "code", "a code")
    assert f"code:{key}:colour" in items(district, "fact")


def test_a_red_of_a_code_that_is_nothing_but_a_line_end_is_refused(district: District, ask: Api) -> None:
    fact = {"kind": "colour", "value": "red", "as_of_ms": district.center.clocks.ms, "code": " \r\n"}
    (said,) = ask("POST", "/facts", json={"facts": [fact]}).json()["facts"]
    assert (said["result"], said["problem"]) == ("refused", "whom")
    assert not [key for key in items(district, "fact") if key.startswith("code:")]


def test_a_fact_of_a_code_that_another_branch_has_told_stays(district: District, ask: Api) -> None:
    fact = {"kind": "colour", "value": "red", "as_of_ms": district.center.clocks.ms, "code": "a code"}
    theirs = api(district, make_token(district, SECOND))
    assert theirs("POST", "/facts", json={"facts": [fact]}).json()["facts"][0]["result"] == "taken"
    before = items(district, "fact")

    fact = {**fact, "value": "green", "as_of_ms": district.center.clocks.ms + 1}
    assert ask("POST", "/facts", json={"facts": [fact]}).json()["facts"][0]["problem"] == "other_branch"
    assert items(district, "fact") == before


def test_a_watch_of_the_api_waits_for_a_person(district: District, ask: Api) -> None:
    person = add_person(ask)["id"]
    watch = {"kind": "isolation", "value": "isolation", "person": person, "reason": "密接"}
    made = ask("POST", "/watches", json=watch)
    assert made.status_code == 200, made.text

    waiting = {one.id.hex(): one.who for one in district.center.store.watches.waiting(scope_of(FIRST))}
    assert waiting[made.json()["id"]] == "接口 街道系统"
    assert f"person:{person}:isolation" not in items(district, "fact")
    assert ask("POST", "/watches", json=watch).status_code == 400  # one is waiting


def test_a_case_is_begun_answered_and_closed(district: District, ask: Api) -> None:
    made = ask("POST", "/cases", json={"kind": "hotline", "title": "问几点开门"}).json()["id"]
    assert made in [case["id"] for case in ask("GET", "/cases").json()["cases"]]
    assert ask("POST", f"/cases/{made}/lines", json={"text": "六点", "by": "duty1"}).status_code == 200
    (line,) = ask("GET", f"/cases/{made}").json()["lines"]
    assert (line["text"], line["by"]) == ("六点", "接口 街道系统：duty1")  # no program speaks as one of us
    assert ask("POST", f"/cases/{made}/lines", json={"text": "好了", "close": True}).status_code == 200
    assert ask("GET", f"/cases/{made}").json()["state"] == "closed"
    assert made not in [case["id"] for case in ask("GET", "/cases").json()["cases"]]
    assert made in [case["id"] for case in ask("GET", "/cases?state=all").json()["cases"]]
    notes = district.center.store.audit.latest(scope_of(FIRST))
    assert {note.what for note in notes if note.who == "接口 街道系统"} >= {
        "记下了事项",
        "答复了事项",
        "办结了事项",
    }


def test_cases_come_by_pages_that_skip_none_of_one_moment(ask: Api) -> None:
    made = {
        ask("POST", "/cases", json={"kind": "hotline", "title": f"{number}"}).json()["id"]
        for number in range(5)
    }
    found, path = list[str](), "/cases?state=all&limit=2"
    while path:
        page = ask("GET", path).json()
        found += [case["id"] for case in page["cases"]]
        path = page["next_before"] and f"/cases?state=all&limit=2&before={page['next_before']}"

    assert len(found) == len(set(found))
    assert made <= set(found)
    assert ask("GET", "/cases?state=all&before_ms=1").json()["cases"] == []
    assert ask("GET", "/cases?state=all&before=x").status_code == 400
    assert ask("GET", f"/cases/{made.pop()}-{'0' * 32}").status_code == 200


def test_open_cases_beyond_the_limit_are_counted(ask: Api) -> None:
    before = len(ask("GET", "/cases?state=open").json()["cases"])
    for number in range(3):
        ask("POST", "/cases", json={"kind": "hotline", "title": f"{number}"})

    some = ask("GET", "/cases?state=open&limit=1").json()
    assert (len(some["cases"]), some["left_out"]) == (1, before + 2)
    assert ask("GET", "/cases?state=open").json()["left_out"] == 0


def test_cases_and_notices_of_another_branch_are_not_there(district: District, ask: Api) -> None:
    case, notice = district.own["case"], district.own["notice"]
    assert ask("GET", f"/cases/{case}").status_code == 404
    assert ask("POST", f"/cases/{case}/lines", json={"text": "x"}).status_code == 404
    assert ask("DELETE", f"/notices/{notice}").status_code == 404
    for path in ("/cases", "/cases?state=all", "/notices", "/gates"):
        text = ask("GET", path).text
        assert "幸福" not in text
        assert "二" not in text
    assert ask("POST", "/notices", json={"title": "x", "branch": SECOND}).status_code == 404
    assert (
        ask("POST", "/cases", json={"kind": "hotline", "title": "x", "branch": "江北区"}).status_code == 404
    )
    assert notice in items(district, "notice")


def test_a_notice_is_sent_and_taken_back(district: District, ask: Api) -> None:
    key = ask("POST", "/notices", json={"title": "今天做核酸", "urgent": True}).json()["id"]
    assert items(district, "notice")[key][1] == FIRST
    assert key in [one["id"] for one in ask("GET", "/notices").json()["notices"]]
    assert ask("DELETE", f"/notices/{key}").status_code == 200
    assert key not in items(district, "notice")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'{"kind": "hotline"}',
        b'{"kind": "hotline", "title": 7}',
        b'{"kind": "hotline", "title": "\\u0000"}',
        b'{"kind": "hotline", "title": "x", "text": "a\\u0000b"}',
        b'{"kind": "hotline", "title": "\\ud800"}',
        b'{"kind": "hotline", "title": "\xff"}',
        b"[" * 100_000,
    ],
)
def test_a_body_that_is_no_case_is_refused_in_words(ask: Api, body: bytes) -> None:
    answer = ask("POST", "/cases", content=body)

    assert answer.status_code == 400, answer.text
    assert answer.json()["problem"] == "not_understood"


def test_every_answer_has_the_security_headers(district: District, ask: Api) -> None:
    for answer in (
        ask("GET", "/gates"),
        ask("GET", "/nowhere"),
        ask("PATCH", "/gates"),
        ask("GET", "/cases/x"),
    ):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.json()
    assert ask("GET", "/nowhere").status_code == 404
    assert ask("PATCH", "/gates").status_code == 405
    assert ask("POST", "/cases", content=b"x" * 5_000_000).status_code == 413


@pytest.mark.both_databases
def test_of_two_systems_at_once_the_older_green_never_comes_after_the_red(
    district: District, ask: Api
) -> None:
    """Twenty times, as both of them look before they write."""
    now = district.center.clocks.ms
    with ThreadPoolExecutor(2) as both:
        for number in range(20):
            told = [
                {"kind": "colour", "value": value, "as_of_ms": at_ms, "code": f"code {number}"}
                for value, at_ms in (("red", now), ("green", now - 60_000))
            ]
            sent = both.map(lambda fact: ask("POST", "/facts", json={"facts": [fact]}), told)
            assert [answer.status_code for answer in sent] == [200, 200]
            district.center.clocks.mono += 60

    colours = [fact.value for key, (fact, _) in items(district, "fact").items() if key.startswith("code:")]
    assert colours == ["red"] * 20
