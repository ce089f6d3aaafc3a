"""Isolated at home: the check-in on the phone, the health card, who is overdue, the door that opened."""

from __future__ import annotations

import hmac
import json
import re
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from center.console.checkin import read_temperature
from center.console.doors import to_sign
from center.console.page import ComplaintError
from tests.center.console.browser import Browser
from tests.center.console.district import FIRST, District
from tests.center.console.ill import know, say
from tests.center.office import SHANGHAI

DAY_MS = 86_400_000
WHO = "ab" * 16


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC).timestamp() * 1000)


@pytest.fixture
def isolated(fresh: District) -> District:
    """Somebody of the first street is isolated since yesterday; it is 11 o'clock."""
    now = fresh.center.clocks.ms = at("2022-04-20T11:00")
    know(fresh.center.store, WHO, FIRST, "张小强")
    say(fresh.center.store, WHO, "isolation", "isolation", now - DAY_MS, now + 7 * DAY_MS)
    return fresh


def open_link(district: District) -> str:
    browser = district.browser("duty1")
    browser.get(f"/isolation/{WHO}")
    page = browser.post(f"/isolation/{WHO}/link").text
    found = re.search(r"/checkin/[\w-]{22}", page)
    assert found is not None
    return found[0]


def phone(district: District) -> Browser:
    return Browser(district.center.client.app)


def check_in(district: District, path: str, **fields: Any) -> httpx2.Response:
    browser = phone(district)
    browser.get(path)
    return browser.post(path, {"temperature": "36.5", **fields})


def test_the_form_tells_nobody_who_it_is(isolated: District) -> None:
    page = re.sub(r"[0-9a-f]{64}", "", phone(isolated).get(open_link(isolated)).text)  # the form's own token
    assert "张*强" in page
    for text in ("张小强", "501", "1380", WHO, "和平", "居家隔离"):
        assert text not in page


def test_who_has_not_checked_in_by_ten_is_listed_until_they_have(isolated: District) -> None:
    duty = isolated.browser("duty1")
    assert "过了时间没打卡" in duty.get("/isolation").text
    answer = check_in(isolated, open_link(isolated))
    assert "打卡好了" in answer.text
    assert "张*强" not in isolated.browser("duty1").get("/isolation").text
    assert "2022-04-20 11:00" in isolated.browser("duty1").get("/isolation?show=all").text
    isolated.center.clocks.forward(13.5 * 3600)  # past midnight, before ten: missing, and not late yet
    page = isolated.browser("duty1").get("/isolation").text
    assert "张*强" in page
    assert "过了时间没打卡" not in page


def test_a_branch_sets_its_own_hour(isolated: District) -> None:
    duty = isolated.browser("duty1")
    assert duty.post("/isolation/hour", {"branch": FIRST, "by": "12:30"}).status_code == 303
    assert "过了时间没打卡" not in duty.get("/isolation").text
    assert duty.post("/isolation/hour", {"branch": FIRST, "by": "25:00"}).status_code == 400


def test_what_they_need_becomes_a_case_once(isolated: District) -> None:
    path = open_link(isolated)
    for _ in range(2):
        assert check_in(isolated, path, need=["medicine", "food"], text="降压药").status_code == 200
    cases = isolated.browser("duty1").get("/cases").text
    assert cases.count("隔离住户：代开药") == 1
    assert cases.count("隔离住户：买菜送饭") == 1
    assert "张*强" in cases
    card = isolated.browser("duty1").get(f"/isolation/{WHO}").text
    assert card.count("要：代开药") == 2
    assert "降压药" in card


@pytest.mark.parametrize("fields", [{"temperature": "38,2"}, {"symptom": "breath"}])
def test_who_is_unwell_is_somebody_s_business(isolated: District, fields: dict[str, str]) -> None:
    check_in(isolated, open_link(isolated), **fields)
    assert "隔离人员不舒服" in isolated.browser("duty1").get("/cases").text


@pytest.mark.parametrize("typed", ["", "好", "365", "3 6.5", "-1", "nan", "1e1"])
def test_a_temperature_that_is_none_is_asked_again_and_nothing_typed_is_lost(
    isolated: District, typed: str
) -> None:
    answer = check_in(isolated, open_link(isolated), temperature=typed, text="药快吃完了", need="medicine")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert "药快吃完了" in answer.text
    assert re.search(r'value="medicine" checked', answer.text)
    assert [line.kind for line in isolated.center.store.health.card(WHO)] == ["begun"]


def test_without_a_thermometer_it_goes_as_well(isolated: District) -> None:
    answer = check_in(isolated, open_link(isolated), temperature="", no_thermometer="1")
    assert "打卡好了" in answer.text


def test_the_link_ends_with_the_isolation(isolated: District) -> None:
    path = open_link(isolated)
    say(isolated.center.store, WHO, "isolation", "none", isolated.center.clocks.ms)
    assert phone(isolated).get(path).status_code == 404
    say(isolated.center.store, WHO, "isolation", "isolation", isolated.center.clocks.ms + 1, None)
    isolated.center.clocks.forward(8 * 24 * 3600)
    assert phone(isolated).get(path).status_code == 404  # the link itself was only until then


def test_a_new_link_closes_the_old_one(isolated: District) -> None:
    old, new = open_link(isolated), open_link(isolated)
    assert phone(isolated).get(old).status_code == 404
    assert phone(isolated).get(new).status_code == 200
    duty = isolated.browser("duty1")
    duty.get(f"/isolation/{WHO}")
    duty.post(f"/isolation/{WHO}/link/close")
    assert phone(isolated).get(new).status_code == 404


def test_the_link_is_nowhere_to_be_read(isolated: District) -> None:
    secret = open_link(isolated).removeprefix("/checkin/")
    with isolated.center.store.database.read() as connection:
        assert secret.encode() not in b"".join(bytes(id) for (id,) in connection.rows("SELECT id FROM link"))
    assert secret not in isolated.browser("admin1").get("/audit").text


def test_whoever_leans_on_the_button_is_slowed_down(isolated: District) -> None:
    path = open_link(isolated)
    answers = [check_in(isolated, path).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


def test_nobody_guesses_links_for_long(isolated: District) -> None:
    browser = phone(isolated)
    answers = {browser.get(f"/checkin/{number:022}").status_code for number in range(80)}
    assert answers == {404, 429}


def test_a_link_to_sign_up_opens_no_check_in(isolated: District) -> None:
    secret, _ = isolated.make_link(FIRST)
    assert phone(isolated).get(f"/checkin/{secret}").status_code == 404


def test_the_card_holds_everything_that_is_known(isolated: District) -> None:
    store, now = isolated.center.store, isolated.center.clocks.ms
    check_in(isolated, open_link(isolated), symptom=["cough"], temperature="37.4")
    say(store, WHO, "test", "negative", now + 1)
    say(store, WHO, "colour", "red", now + 2)
    duty = isolated.browser("duty1")
    duty.get(f"/isolation/{WHO}")
    fields = {"kind": "visit", "text": "精神不错", "temperature": "36.8"}
    assert duty.post(f"/isolation/{WHO}/lines", fields).status_code == 303
    page = duty.get(f"/isolation/{WHO}").text
    for text in ("开始隔离", "37.4 ℃", "咳嗽", "阴性", "没有 → 红码", "上门随访", "精神不错", "36.8 ℃"):
        assert text in page


def test_a_line_without_anything_is_refused_in_words(isolated: District) -> None:
    duty = isolated.browser("duty1")
    duty.get(f"/isolation/{WHO}")
    assert duty.post(f"/isolation/{WHO}/lines", {"kind": "visit"}).status_code == 400
    assert duty.post(f"/isolation/{WHO}/lines", {"kind": "x", "text": "y"}).status_code == 400


def test_the_card_is_masked_until_somebody_says_why(isolated: District) -> None:
    duty = isolated.browser("duty1")
    page = duty.get(f"/isolation/{WHO}").text
    assert "张*强" in page
    assert "张小强" not in page
    assert duty.post(f"/isolation/{WHO}/names", {"why": ""}).status_code == 400
    page = duty.post(f"/isolation/{WHO}/names", {"why": "follow_up"}).text
    assert "张小强" in page
    assert "13800001111" in page
    audit = isolated.browser("admin1").get("/audit").text
    assert "看了健康卡的姓名和电话" in audit
    assert f"{WHO} follow_up" in audit


@given(st.text(max_size=12))
def test_whatever_is_typed_is_a_temperature_or_a_complaint(typed: str) -> None:
    try:
        assert 34.0 <= read_temperature(typed) <= 43.0
    except ComplaintError:
        return


# --- doors ------------------------------------------------------------------------------------------


class Sensor:
    """A door sensor's hub."""

    def __init__(self, district: District) -> None:
        self.district, self.number = district, 0
        duty = district.browser("duty1")
        duty.get(f"/isolation/{WHO}")
        page = duty.post(f"/isolation/{WHO}/sensors", {"name": "501 入户门"}).text
        path, secret = (
            re.search(r"/hooks/door/[0-9a-f]{32}", page),
            re.search(r'class="secret">([0-9a-f]{64})<', page),
        )
        assert path is not None
        assert secret is not None
        self.path, self.secret = path[0], bytes.fromhex(secret[1])

    def request(self, event: str, id: str = "", skew_ms: int = 0) -> tuple[dict[str, str], bytes]:
        self.number += 1
        now = self.district.center.clocks.ms
        body = json.dumps({"id": id or f"e{self.number}", "event": event, "at_ms": now}).encode()
        time, nonce = str(now + skew_ms), f"nonce-{self.number:05}"
        signed = to_sign(self.path.rsplit("/", 1)[1], time, nonce, body)
        signature = hmac.digest(self.secret, signed, sha256).hex()
        return {"X-Kakou-Time": time, "X-Kakou-Nonce": nonce, "X-Kakou-Signature": signature}, body

    def send(self, request: tuple[dict[str, str], bytes]) -> tuple[int, str]:
        answer = self.district.center.client.post(self.path, content=request[1], headers=request[0])
        return answer.status_code, str(answer.json()["said"])


def test_a_door_that_opens_during_the_isolation_is_a_case(isolated: District) -> None:
    sensor = Sensor(isolated)
    request = sensor.request("open")
    assert sensor.send(request) == (200, "taken")
    assert sensor.send(request) == (409, "replayed")
    assert sensor.send(sensor.request("open", "e1")) == (200, "again")
    assert sensor.send(sensor.request("closed")) == (200, "taken")
    cases = isolated.browser("duty1").get("/cases").text
    assert cases.count("隔离住户的门开了：501 入户门") == 1
    card = isolated.browser("duty1").get(f"/isolation/{WHO}").text
    assert card.count("<em>门开了</em>") == 1
    assert card.count("<em>门关上了</em>") == 1


def test_a_door_of_somebody_who_is_free_is_nobody_s_business(isolated: District) -> None:
    sensor = Sensor(isolated)
    isolated.center.clocks.forward(60)
    say(isolated.center.store, WHO, "isolation", "none", isolated.center.clocks.ms)
    isolated.center.clocks.forward(60)
    assert sensor.send(sensor.request("open")) == (200, "taken")
    assert "隔离住户的门开了" not in isolated.browser("duty1").get("/cases").text


@pytest.mark.parametrize("skew_s", [-301, 301, 10**9])
def test_a_request_from_another_time_is_refused(isolated: District, skew_s: int) -> None:
    sensor = Sensor(isolated)
    assert sensor.send(sensor.request("open", skew_ms=skew_s * 1000)) == (401, "wrong_time")


@pytest.mark.parametrize("name", ["X-Kakou-Time", "X-Kakou-Nonce", "X-Kakou-Signature"])
def test_what_was_altered_on_the_way_is_refused(isolated: District, name: str) -> None:
    sensor = Sensor(isolated)
    headers, body = sensor.request("open")
    for value in ("", "0", headers[name][:-1] + ("0" if headers[name][-1] != "0" else "1")):
        assert sensor.send(({**headers, name: value}, body)) == (401, "wrong_signature")
    assert sensor.send((headers, body + b" ")) == (401, "wrong_signature")
    assert sensor.send((headers, body))[0] == 200


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b"\xff", b'{"id":"","event":"open","at_ms":1}', b"[" * 2000]
)
def test_nonsense_that_is_signed_well_is_refused_in_words(isolated: District, body: bytes) -> None:
    sensor = Sensor(isolated)
    time = str(isolated.center.clocks.ms)
    signed = to_sign(sensor.path.rsplit("/", 1)[1], time, "nonce-xyz", body)
    signature = hmac.digest(sensor.secret, signed, sha256).hex()
    headers = {"X-Kakou-Time": time, "X-Kakou-Nonce": "nonce-xyz", "X-Kakou-Signature": signature}
    assert sensor.send((headers, body)) == (400, "not_understood")


def test_a_sensor_that_was_removed_is_not_heard(isolated: District) -> None:
    sensor = Sensor(isolated)
    duty = isolated.browser("duty1")
    duty.get(f"/isolation/{WHO}")
    duty.post(f"/sensors/{sensor.path.rsplit('/', 1)[1]}/revoke")
    assert sensor.send(sensor.request("open")) == (401, "wrong_signature")
    unknown = isolated.center.client.post("/hooks/door/" + "0" * 32, content=b"{}")
    assert unknown.status_code == 401


def test_a_sensor_that_has_gone_wild_is_slowed_down(isolated: District) -> None:
    sensor = Sensor(isolated)
    answers = {sensor.send(sensor.request("open"))[0] for _ in range(35)}
    assert answers == {200, 429}


def test_a_paper_with_some_of_a_hundred_isolated_says_that_there_are_others(isolated: District) -> None:
    store, now = isolated.center.store, isolated.center.clocks.ms
    assert "只是一部分人" not in isolated.browser("duty1").get("/isolation").text
    for number in range(100):
        know(store, f"{number:032x}", FIRST, f"王{number}")
        say(store, f"{number:032x}", "isolation", "isolation", now - DAY_MS, now + DAY_MS)
    assert "只是一部分人" in isolated.browser("duty1").get("/isolation").text
    assert "只是一部分人" in isolated.browser("duty1").get(f"/isolation?after={99:032x}").text
