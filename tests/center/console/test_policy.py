"""Policies: drafts in a form, what-if, signatures, activation for a branch, grades of zones, going back."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from center import policies
from center.console import policy_words
from center.jobs import Job, Jobs
from center.scope import EVERYWHERE, is_within
from center.store.policies import Activation, in_force, new_id, plan
from station.codes.policy_signature import verify_policy
from station.core.model import Closing
from station.core.policy import parse_policy
from station.core.policy_form import FieldKind, Place, fields
from station.sync.items import PolicyItem, decode_item
from station.ui import policy_words as of_the_gate
from tests.center.console.browser import Browser
from tests.center.console.district import FIRST, SECOND, District
from tests.center.gate import record

VILLAGE = f"{FIRST}/一村"


def draft(browser: Browser, start: str = "controlled") -> str:
    """The address of a new one."""
    answer = browser.post("/policy/new", {"branch": FIRST, "start": start})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def form_of(browser: Browser, path: str, whom: str = "") -> dict[str, str]:
    """Everything that the form sends if nobody touches it."""
    text = browser.get(f"{path}?whom={whom}").text
    found = re.search(r'name="digest" value="(\w+)"', text)
    assert found
    return {"digest": found[1], "whom": whom}


def held(district: District, branch: str) -> str:
    """The label of the policy by which a gate of this branch goes now, by what it is sent."""
    return parse_policy(sent(district, branch).text).label


def sent(district: District, branch: str) -> PolicyItem:
    store, due = district.center.store, []
    page = store.lists.page("quick", store.epoch, 0, 500, branch)
    for item in page.items:
        if item.list == "policy" and item.body is not None:
            said = decode_item("policy", item.body)
            assert isinstance(said, PolicyItem)
            if said.activate_at_ms <= district.center.clocks.ms + 10:
                due.append(said)
    return max(due, key=lambda one: one.activate_at_ms)


def signed(browser: Browser, path: str) -> None:
    assert browser.post(f"{path}/sign", {"digest": form_of(browser, path)["digest"]}).status_code == 303


def test_a_limit_is_changed_signed_and_at_the_gates(fresh: District) -> None:
    browser = fresh.browser("admin1")
    path = draft(browser)
    form = form_of(browser, path) | {"temperature.limit_c.forehead": "36.9", "colour.yellow": "recheck"}

    assert browser.post(path, form).status_code == 303
    text = browser.get(path).text
    assert "36.9" in text
    signed(browser, path)
    assert browser.post(f"{path}/activate", {"branch": FIRST}).status_code == 303

    item = sent(fresh, FIRST)
    policy = parse_policy(item.text)
    assert policy.temperature.limit_c["forehead"] == 36.9
    assert policy.colour.yellow == "recheck"
    assert item.by == "admin1"
    assert "# alarm and report line of 2020" in item.text  # what the file explains stays
    version = fresh.center.store.policies.get(EVERYWHERE, bytes.fromhex(path[8:]))
    assert version is not None
    issuers = {"center": fresh.center.keys.signing.public_key()}
    assert verify_policy(item.text.encode(), version.signature, issuers) == "center"
    assert browser.get(f"{path}/file?signature=1").text == version.signature


@pytest.mark.parametrize(
    ("path", "typed", "words"),
    [
        ("temperature.limit_c.forehead", "99", "额头"),
        ("temperature.limit_c.forehead", "三十七", "额头"),
        ("temperature.limit_c.forehead", "nan", "额头"),
        ("colour.max_age_hours", "0", "颜色多久算旧"),
        ("curfew.begins", "25:00", "几点开始"),
        ("temperature.recheck.highs", "2.5", "几次偏高算确认"),
        ("test.hours", "医护 很久", "各行业"),
        ("colour.red", "maybe", "红码"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(
    fresh: District, path: str, typed: str, words: str
) -> None:
    browser = fresh.browser("admin1")
    page = draft(browser)
    before = browser.get(page).text
    form = form_of(browser, page) | {path: typed, "occupancy.limit": "77"}

    answer = browser.post(page, form)

    assert answer.status_code == 400
    assert words in re.search(r'role="alert">([^<]*)', answer.text)[1]  # type: ignore[index]
    assert 'value="77"' in answer.text
    assert form["digest"] in before
    assert form_of(browser, page)["digest"] == form["digest"]


def test_couriers_get_an_exception_and_lose_it_again(fresh: District) -> None:
    browser = fresh.browser("admin1")
    page = draft(browser, "open")
    form = form_of(browser, page, "courier.in") | {"occupancy.limit": "3"}
    assert browser.post(page, form).status_code == 303
    text = browser.get(page).text
    assert "category.courier.in.occupancy.limit" in text

    answer = browser.post(f"{page}/without", {"path": "category.courier.in.occupancy.limit"})
    assert answer.status_code == 303
    assert "category.courier.in.occupancy.limit" not in browser.get(page).text
    assert browser.post(f"{page}/without", {"path": "temperature.high"}).status_code == 400


def test_a_form_that_nobody_touched_changes_nothing() -> None:
    for name in policies.PRESETS:
        text = policies.preset(name)
        for place in (Place(), Place("courier")):
            typed = {
                one.field.path: one.text
                for some in policies.shown(parse_policy(text), place).values()
                for one in some
            }
            assert policies.edited(text, place, typed) == text


def test_what_is_signed_does_not_change(fresh: District) -> None:
    browser = fresh.browser("admin1")
    page = draft(browser)
    assert browser.post(f"{page}/activate", {"branch": FIRST}).status_code == 400  # a draft
    form = form_of(browser, page)
    assert browser.post(f"{page}/sign", {"digest": "0" * 16}).status_code == 400  # not what was looked at
    signed(browser, page)

    assert browser.post(page, form | {"occupancy.limit": "9"}).status_code == 400
    assert browser.post(f"{page}/drop").status_code == 400
    again = draft(browser, page[8:])
    assert browser.post(f"{again}/drop").status_code == 303
    assert browser.get(again).status_code == 404


def test_a_zone_is_red_and_the_one_below_keeps_its_own(fresh: District) -> None:
    browser = fresh.browser("admin1")
    fresh.add_gate(5, "一村门", VILLAGE)
    assert browser.post("/policy/grade", {"branch": VILLAGE, "grade": "orange"}).status_code == 303
    fresh.center.clocks.forward(60)
    assert browser.post("/policy/grade", {"branch": FIRST, "grade": "red"}).status_code == 303
    fresh.center.clocks.forward(60)

    assert held(fresh, FIRST) == "sealed/1"
    assert held(fresh, VILLAGE) == "controlled/3"

    assert browser.post("/policy/follow", {"branch": VILLAGE}).status_code == 303
    assert held(fresh, VILLAGE) == "sealed/1"
    fresh.center.clocks.forward(60)
    assert browser.post("/policy/grade", {"branch": FIRST, "grade": "green"}).status_code == 303
    assert held(fresh, VILLAGE) == "open/3"

    fresh.center.clocks.forward(60)
    assert browser.post("/policy/back", {"branch": FIRST}).status_code == 303
    assert held(fresh, FIRST) == held(fresh, VILLAGE) == "sealed/1"
    assert browser.post("/policy/grade", {"branch": FIRST, "grade": "pink"}).status_code == 400


def test_what_is_to_come_can_be_taken_back(fresh: District) -> None:
    browser = fresh.browser("admin1")
    fresh.add_gate(5, "一村门", VILLAGE)
    browser.post("/policy/grade", {"branch": FIRST, "grade": "green"})
    at = {"branch": FIRST, "grade": "red", "at": "2022-04-15T23:30"}
    assert browser.post("/policy/grade", at).status_code == 303
    text = browser.get("/policy").text
    assert "2022-04-15 23:30" in text
    fresh.center.clocks.forward(60)
    browser.post("/policy/grade", {"branch": VILLAGE, "grade": "orange"})  # decided after the other
    assert held(fresh, FIRST) == "open/3"

    later = re.findall(r"/policy/activations/(\w+)/cancel", text)
    fresh.center.clocks.forward(86400)
    assert held(fresh, FIRST) == "sealed/1"
    assert held(fresh, VILLAGE) == "controlled/3"
    assert all(browser.post(f"/policy/activations/{one}/cancel").status_code in (303, 400) for one in later)
    assert held(fresh, FIRST) == "sealed/1"  # too late


def test_what_was_taken_back_does_not_come(fresh: District) -> None:
    browser = fresh.browser("admin1")
    browser.post("/policy/grade", {"branch": FIRST, "grade": "green"})
    browser.post("/policy/grade", {"branch": FIRST, "grade": "red", "at": "2022-04-15T23:30"})
    text = browser.get("/policy").text
    for one in re.findall(r"/policy/activations/(\w+)/cancel", text):
        assert browser.post(f"/policy/activations/{one}/cancel").status_code == 303
    fresh.center.clocks.forward(20 * 86400)

    assert held(fresh, FIRST) == "open/3"
    browser = fresh.browser("admin1")
    for wrong in ("yesterday", "2021-01-01T00:00", "2099-01-01T00:00"):
        assert (
            browser.post("/policy/grade", {"branch": FIRST, "grade": "red", "at": wrong}).status_code == 400
        )


@pytest.mark.both_databases
def test_yesterday_under_another_policy(fresh: District) -> None:
    browser = fresh.browser("admin1")
    fresh.first.records += [record(number, closing=Closing.NO_CLAIM.value) for number in range(4, 8)]
    fresh.push(fresh.first, 4)
    path = draft(browser, "sealed")
    answer = browser.post(f"{path}/try", {"branch": FIRST, "day": "2022-04-15"})
    assert answer.status_code == 303
    fresh.center.office.jobs.join()

    text = browser.get(answer.headers["location"]).text
    assert "7 条里有 7 条会不一样" in text  # with three that were there
    assert "和平东门" in text
    assert "7 条里有" in browser.get(answer.headers["location"] + "/live").text
    empty = browser.post(f"{path}/try", {"branch": FIRST, "day": ""})
    fresh.center.office.jobs.join()
    assert "这一天没有记录" in browser.get(empty.headers["location"]).text
    for wrong in ("someday", "2099-01-01"):
        assert browser.post(f"{path}/try", {"branch": FIRST, "day": wrong}).status_code == 400


def test_a_trial_that_is_stopped_says_so(fresh: District) -> None:
    jobs = Jobs()
    job = Job(new_id(), "what-if", FIRST, stop=True)
    jobs.start(job, lambda job: 1)
    jobs.join()
    assert job.state == "cancelled"
    broken = jobs.start(Job(new_id(), "what-if", FIRST), lambda job: 1 // 0)
    jobs.join()
    assert broken.state == "failed"


def test_in_english_a_part_of_the_body_is_no_unit(fresh: District) -> None:
    """The part on temperature was headed "°C", and a limit read "Too warm from · °C ℃"."""
    browser = fresh.browser("admin1")
    text = browser.get(f"{draft(browser)}?lang=en").text
    assert "<summary>Temperature</summary>" in text
    assert "Too warm from · body <small>°C</small>" in text


def test_which_gate_goes_by_which(fresh: District) -> None:
    store, browser = fresh.center.store, fresh.browser("admin1")
    browser.post("/policy/grade", {"branch": FIRST, "grade": "red"})
    contact = store.contacts.get(fresh.first.station)
    assert contact is not None
    assert "还没换上" in browser.get("/policy").text  # its last entry names another

    store.contacts.keep(
        replace(contact, seen_ms=contact.seen_ms + 10_000, state=(("policy", "sealed/1 abc"),))
    )
    text = browser.get("/policy").text
    assert "还没换上" not in text
    assert "✔ 一样" in text


def test_the_words_are_those_of_the_gate() -> None:
    assert policy_words.SECTIONS == of_the_gate._SECTIONS
    assert policy_words.LABELS == of_the_gate._LABELS
    assert policy_words.CATEGORIES == of_the_gate._CATEGORIES
    for field in fields():
        table = field.path.rpartition(".")[0]
        assert field.path in policy_words.LABELS or table in policy_words.LABELS, field.path
    assert {FieldKind.SWITCH, FieldKind.HOURS_BY_NAME} <= {field.kind for field in fields()}


BRANCHES = ("", "a", "a/b", "a/b/c", "a/d")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(BRANCHES), st.integers(0, 50), st.booleans(), st.integers(1, 40), st.booleans()
    ),
    max_size=8,
)


@settings(max_examples=300, deadline=None)
@given(STEPS)
def test_every_gate_goes_by_the_nearest_branch_that_has_one(
    steps: list[tuple[str, int, bool, int, bool]],
) -> None:
    """What a gate makes of its items (the last that came into force) is what the console says."""
    every: list[Activation] = []
    now = 1_000_000
    for branch, later, follows, forward, cancels in steps:
        later = 0 if follows else later
        if follows and (not branch or in_force(every, branch.rpartition("/")[0], now) is None):
            continue  # the page does not do that
        made = Activation(new_id(), new_id(), branch, "", follows, now + later * 1000, now, "")
        if not (cancels and later):
            every = sorted([made, *every], key=lambda one: (-one.at_ms, -one.made_ms))
        sent_now = plan(every, now)
        for moment in (now + 10, now + 25_010, now + 60_010):
            for gate in BRANCHES:
                due = [item for item in sent_now if item.at_ms <= moment and is_within(gate, item.branch)]
                newest = max(due, key=lambda item: item.at_ms, default=None)
                holds = in_force(every, gate, moment - 10)
                assert (newest.of if newest else None) == holds, gate
        assert len({item.key for item in sent_now}) == len(sent_now)
        now += forward * 1000 + 10


def test_nobody_else_sees_it(fresh: District, tmp_path: Path) -> None:
    path = draft(fresh.browser("admin1"))
    assert fresh.browser("admin2").get(path).status_code == 404
    assert fresh.browser("duty1").get("/policy").status_code == 403
    assert SECOND not in fresh.browser("admin1").get("/policy").text


def test_rules_that_would_be_refused_today_open_and_are_mended_in_a_draft(fresh: District) -> None:
    """They were signed before an update of the center, and hold for gates."""
    browser, store = fresh.browser("admin1"), fresh.center.store
    path = draft(browser)
    signed(browser, path)
    with store.database.write() as connection:
        (text,) = connection.rows("SELECT toml FROM policy_version")[0]
        text = text.replace("[colour]", '[category.couriers.in.identity]\nknown = "stop"\n\n[colour]', 1)
        text = re.sub(r"(?m)^body = 37\S*", "body = 47.3", text, count=1)
        connection.run("UPDATE policy_version SET toml = ?", text)

    assert browser.get(path).status_code == 200
    assert browser.get("/policy").status_code == 200
    answer = browser.post(f"{path}/activate", {"branch": FIRST})
    assert answer.status_code == 400
    assert "couriers" in answer.text or "体温" in answer.text
    grade = {"branch": FIRST, "grade": "orange"}
    assert browser.post("/policy/grade", grade).status_code == 303
    assert "couriers" not in sent(fresh, FIRST).text

    other = draft(browser, path.split("/")[-1])
    answer = browser.post(f"{other}/without", {"path": "category.couriers.in.identity.known"})
    assert answer.status_code == 303
    answer = browser.post(other, form_of(browser, other) | {"temperature.limit_c.body": "37.3"})
    assert answer.status_code == 303
    signed(browser, other)
