"""Signing in: who is let in, for how long, and what somebody who tries is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from center.console import guard, passwords
from center.console.visit import is_own_path
from tests.center.console.browser import PASSWORD, Browser
from tests.center.console.district import District, open_district
from tests.center.office import QUICK_HASHER, open_center

HOUR_S = 3600.0


def cookie(answer: Any, name: str = "kakou") -> str:
    """The line that sets it."""
    return next(line for line in answer.headers.get_list("set-cookie") if line.startswith(f"{name}="))


def test_the_right_password_opens_the_first_page(fresh: District) -> None:
    browser = fresh.browser()
    assert browser.get("/").headers["location"] == "/signin"
    answer = browser.sign_in("duty1")

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "duty1同志" in browser.get("/").text
    assert browser.sign_in("DUTY1").status_code == 303  # a phone begins with a capital


@pytest.mark.parametrize(
    ("name", "password"), [("duty1", "wrong"), ("nobody", PASSWORD), ("", ""), ("x" * 90, "y")]
)
def test_a_wrong_name_and_a_wrong_password_are_told_apart_by_nobody(
    fresh: District, name: str, password: str
) -> None:
    browser = fresh.browser()
    answer = browser.sign_in(name, password)

    assert answer.status_code == 401
    assert "名字或密码不对" in answer.text
    assert browser.get("/").status_code == 303


def test_who_is_not_there_is_looked_for_as_long_as_who_is(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    class Counting:
        def verify(self, stored: str, password: str) -> bool:
            asked.append(stored)
            return True

        def hash(self, password: str) -> str:
            return "made"

    hasher: Any = Counting()
    assert not passwords.is_right("x", None, hasher)
    assert passwords.is_right("x", "stored", hasher)
    assert asked == ["made", "stored"]


def test_the_cookie_is_for_this_host_alone_and_no_script(tmp_path: Path) -> None:
    with open_district(tmp_path, "https://testserver") as district:
        browser = Browser(district.center.client.app, "https://testserver")
        line = cookie(browser.sign_in("duty1"), "__Host-kakou")

    assert {"HttpOnly", "Secure", "Path=/", "SameSite=lax"} <= set(line.split("; "))
    assert "Domain" not in line
    assert len(line.partition("=")[2].partition(";")[0]) == 64


def test_a_cookie_from_before_the_sign_in_is_worth_nothing_after_it(fresh: District) -> None:
    """Session fixation: somebody else set the cookie, and waits."""
    planted = "ab" * 32
    browser = fresh.browser()
    browser.client.cookies.set("kakou", planted)
    answer = browser.sign_in("duty1")
    given = cookie(answer).partition("=")[2].partition(";")[0]

    assert given != planted
    attacker = fresh.browser()
    attacker.client.cookies.set("kakou", planted)
    assert attacker.get("/").status_code == 303


def test_each_sign_in_is_another_session_and_ends_the_former(fresh: District) -> None:
    browser = fresh.browser("duty1")
    former = browser.client.cookies["kakou"]
    assert browser.get("/signin").headers["location"] == "/"
    browser.client.cookies.set("kakou-pre", "cd" * 32)
    browser.csrf = guard.csrf_token(bytes.fromhex(former))
    answer = browser.post("/signin", {"name": "duty1", "password": PASSWORD})

    assert answer.status_code == 303
    old = fresh.browser()
    old.client.cookies.set("kakou", former)
    assert old.get("/").status_code == 303


def test_the_store_has_no_id_that_signs_in(fresh: District) -> None:
    browser = fresh.browser("duty1")
    with fresh.center.store.database.read() as connection:
        kept = connection.rows("SELECT * FROM console_session")

    assert bytes.fromhex(browser.client.cookies["kakou"]) not in [value for row in kept for value in row]


def test_a_session_ends_when_nobody_does_anything(fresh: District) -> None:
    browser = fresh.browser("duty1")
    for _ in range(3):
        fresh.center.clocks.forward(1.5 * HOUR_S)
        assert browser.get("/").status_code == 200
    fresh.center.clocks.forward(2.1 * HOUR_S)
    assert browser.get("/").status_code == 303


def test_a_page_that_only_polls_keeps_nobody_signed_in(fresh: District) -> None:
    browser = fresh.browser("duty1")
    for _ in range(5):
        fresh.center.clocks.forward(0.39 * HOUR_S)
        assert browser.get("/gates/live").status_code == 200
    fresh.center.clocks.forward(0.1 * HOUR_S)
    answer = browser.get("/gates/live", **{"HX-Request": "true"})

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/signin")


def test_a_session_ends_after_a_duty_however_busy(fresh: District) -> None:
    browser = fresh.browser("duty1")
    for _ in range(11):
        fresh.center.clocks.forward(HOUR_S)
        assert browser.get("/").status_code == 200
    fresh.center.clocks.forward(1.1 * HOUR_S)
    assert browser.get("/").status_code == 303


def test_signing_out_ends_the_session_itself_not_only_the_cookie(fresh: District) -> None:
    browser = fresh.browser("duty1")
    id = browser.client.cookies["kakou"]
    assert browser.post("/signout").headers["location"] == "/signin"

    again = fresh.browser()
    again.client.cookies.set("kakou", id)
    assert again.get("/").status_code == 303


@pytest.mark.parametrize("value", ["", "zz", "ab" * 31, "ab" * 33, "ab" * 32, "' OR 1=1 --", "é"])
def test_a_cookie_of_somebody_elses_making_is_nobodys(district: District, value: str) -> None:
    answer = district.browser().client.get("/", headers={"Cookie": f"kakou={value}".encode()})

    assert answer.status_code == 303


def test_many_tries_at_one_account_are_held_up_from_wherever_they_come(fresh: District) -> None:
    browser = fresh.browser()
    tries = [browser.sign_in("duty1", "wrong").status_code for _ in range(12)]
    assert tries == [401] * 10 + [429] * 2
    too_soon = browser.sign_in("duty1")
    assert too_soon.status_code == 429  # not even the right one is looked at
    assert 1 <= int(too_soon.headers["Retry-After"]) <= 60

    fresh.center.clocks.forward(61)
    assert browser.sign_in("duty1").status_code == 303


def test_a_stranger_who_goes_on_guessing_elsewhere_does_not_keep_somebody_out(fresh: District) -> None:
    app = fresh.center.client.app
    stranger, own = Browser(app), fresh.browser()
    stranger.client = TestClient(app, follow_redirects=False, client=("203.0.113.9", 4000))
    assert own.sign_in("duty1").status_code == 303  # this morning, at the desk
    own.post("/signout")
    for _ in range(30):
        fresh.center.clocks.forward(5)
        stranger.sign_in("duty1", "wrong")

    assert [stranger.sign_in("duty1", "wrong").status_code for _ in range(2)][-1] == 429
    assert stranger.sign_in("duty1").status_code == 429  # from where they never were, as before
    assert own.sign_in("duty1").status_code == 303
    own.post("/signout")
    assert [own.sign_in("duty1", "wrong").status_code for _ in range(12)][-1] == 429  # bounded there, too


def browser_at(district: District, address: str) -> Browser:
    browser = district.browser()
    browser.client = TestClient(district.center.client.app, follow_redirects=False, client=(address, 4000))
    return browser


def test_a_colleague_guesses_no_oftener_than_a_stranger_however_many_addresses_they_have(
    fresh: District,
) -> None:
    """Whoever was signed in had ten more tries at the head's password from each address of a phone."""
    answers = list[int]()
    for number in range(4):
        colleague = browser_at(fresh, f"203.0.113.{number}")
        assert colleague.sign_in("duty1").status_code == 303
        answers += [colleague.sign_in("district", "wrong").status_code for _ in range(4)]

    assert answers.count(401) == 10
    assert answers[-1] == 429


def test_a_name_that_looks_like_somebodys_place_uses_up_none_of_their_tries(fresh: District) -> None:
    own, stranger = browser_at(fresh, "192.0.2.1"), browser_at(fresh, "203.0.113.9")
    assert own.sign_in("duty1").status_code == 303
    own.post("/signout")
    for _ in range(12):
        stranger.sign_in("duty1 192.0.2.1", "wrong")

    assert own.sign_in("duty1").status_code == 303


def test_many_tries_from_one_address_are_held_up_whomever_they_are_for(fresh: District) -> None:
    browser = fresh.browser()
    tries = [browser.sign_in(f"name{number}", "wrong").status_code for number in range(21)]

    assert tries == [401] * 20 + [429]


def test_the_first_password_is_changed_before_anything_else(fresh: District) -> None:
    fresh.add_user("new", "admin", "", must_change=True)
    browser = fresh.browser("new")
    assert browser.get("/").headers["location"] == "/password"
    assert browser.get("/users").headers["location"] == "/password"
    assert browser.post("/users", {"name": "x"}).headers["location"] == "/password"
    browser.get("/password")

    def change(new: str, again: str = "", password: str = PASSWORD) -> int:
        fields = {"password": password, "new": new, "again": again or new}
        return browser.post("/password", fields).status_code

    person = fresh.ids["person"][0]  # a form that is refused shows no page in between
    form = {"password": "x" * 300, "new": "x", "again": "x"}
    refused = browser.post("/password", form, headers={"Referer": f"http://testserver/people/{person}"})
    assert refused.status_code == 400
    assert "3-2-501" not in refused.text
    assert change("short") == 400
    assert change("aaaaaaaaaaaaaa") == 400
    assert change("long enough indeed", "and another") == 400
    assert change("long enough indeed", password="wrong") == 400
    fresh.center.clocks.forward(300)
    assert change(PASSWORD) == 400
    assert change("long enough indeed") == 303
    assert browser.get("/").status_code == 200
    fresh.center.clocks.forward(300)
    assert fresh.browser().sign_in("new").status_code == 401


def test_a_changed_password_ends_the_sessions_of_the_former(fresh: District) -> None:
    other, browser = fresh.browser("duty1"), fresh.browser("duty1")
    browser.get("/password")
    fields = {"password": PASSWORD, "new": "long enough indeed", "again": "long enough indeed"}
    assert browser.post("/password", fields).status_code == 303

    assert browser.get("/").status_code == 200
    assert other.get("/").status_code == 303


def test_who_is_disabled_is_out_at_once(fresh: District) -> None:
    browser, admin = fresh.browser("duty1"), fresh.browser("admin1")
    admin.get("/users/duty1")
    assert admin.post("/users/duty1/disable").status_code == 303

    assert browser.get("/").status_code == 303
    assert fresh.browser().sign_in("duty1").status_code == 401
    admin.post("/users/duty1/disable", {"on": "1"})
    assert fresh.browser().sign_in("duty1").status_code == 303


def test_a_password_that_was_kept_cheaply_is_kept_anew_at_the_next_sign_in(fresh: District) -> None:
    users = fresh.center.store.users
    with fresh.center.store.database.write() as connection:
        cheap = QUICK_HASHER.__class__(time_cost=2, memory_cost=8, parallelism=1).hash(PASSWORD)
        connection.run("UPDATE console_user SET password = ? WHERE name = 'duty1'", cheap)
    fresh.browser("duty1")

    user = users.get("duty1")
    assert user
    assert not passwords.is_outdated(user.password, QUICK_HASHER)
    assert user.password != cheap


def test_passwords_are_kept_as_argon2id_at_what_owasp_asks_for() -> None:
    kept = passwords.kept("a password")
    assert kept.startswith("$argon2id$v=19$m=65536,t=2,p=1$")
    assert passwords.is_right("a password", kept)
    assert not passwords.is_right("another one", kept)
    assert not passwords.is_right("a password", "not a hash")
    assert len({passwords.one_time() for _ in range(50)}) == 50
    assert not passwords.problem(passwords.one_time(), "zhang")
    assert passwords.problem("zhang-zhang-1", "zhang")


OWN = ["/", "/users", "/users/admin1", "/audit?who=x"]
FOREIGN = [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/a\\..\\evil",
    "\\\\evil.example",
    "javascript:alert(1)",
    "/%0d%0aLocation: https://evil.example",
    "/\r\nSet-Cookie: a=b",
    "/\tevil",
    " //evil.example",
    "/signout",
    "/gates/live",
    "/nowhere",
    "",
]


@pytest.mark.parametrize("path", [*OWN[:3], *FOREIGN])
def test_after_the_sign_in_one_stays_with_us(district: District, path: str) -> None:
    browser = district.browser()
    district.center.clocks.mono += 60
    browser.get("/signin")
    answer = browser.post("/signin", {"name": "admin1", "password": PASSWORD, "next": path})

    expected = path if path in OWN else "/"
    assert answer.headers.get("location", "/") == expected
    assert answer.status_code == 303
    assert "a" not in answer.cookies


def test_paths_of_ours_are_told_from_others() -> None:
    assert all(map(is_own_path, OWN))
    assert not any(
        map(is_own_path, [path for path in FOREIGN if path[:2] in ("//", "/\\") or path[:1] != "/"])
    )


def test_what_was_done_is_on_record_and_says_no_password(fresh: District) -> None:
    browser = fresh.browser()
    browser.sign_in("duty1", "my secret typo")
    browser.sign_in("nobody-here", "x")
    browser.sign_in("duty1")
    browser.post("/signout")
    said = fresh.browser("admin").get("/audit").text

    for words in ("登录没有成功", "登录了", "退出了"):
        assert words in said
    assert "my secret typo" not in said
    assert "nobody-here" not in said  # it may be a password in the wrong field


def test_the_sign_in_page_says_how_the_first_user_is_made(tmp_path: Path) -> None:
    with open_center(tmp_path) as center:
        assert "center user add" in center.client.get("/signin").text


def test_a_clock_that_was_set_back_does_not_make_a_session_longer(fresh: District) -> None:
    browser = fresh.browser("duty1")
    fresh.center.clocks.ms -= 4 * 60_000  # put right
    assert browser.get("/").status_code == 200
    fresh.center.clocks.ms -= 24 * 3600_000

    assert browser.get("/").headers["location"] == "/signin"
    assert browser.sign_in("duty1").status_code == 303
    assert browser.get("/").status_code == 200
