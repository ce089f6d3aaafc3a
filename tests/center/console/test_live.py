"""Open pages ask each second: nobody is looked up for "nothing new", and nobody misses anything for it."""

from __future__ import annotations

import pytest

from center.console import guard
from center.console.app import Console
from center.console.live import FRESH_S, KNOWN_S
from center.console.recent import Recent
from tests.center.console.district import District


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths for which somebody was looked up."""
    found: list[str] = []
    enter = guard.enter

    def noting(console: Console, page: object, request: object, lang: str) -> object:
        found.append(request.url.path)  # type: ignore[attr-defined]
        return enter(console, page, request, lang)  # type: ignore[arg-type]

    monkeypatch.setattr(guard, "enter", noting)
    return found


def test_of_many_who_have_the_newest_one_is_looked_up(fresh: District, looks: list[str]) -> None:
    desk, other = fresh.browser("duty1"), fresh.browser("duty1")
    for browser in (desk, other):
        fresh.center.clocks.mono += 2 * FRESH_S
        assert browser.get("/alarms/live?seen=0").status_code == 204
    looks.clear()
    fresh.center.clocks.mono += 2 * FRESH_S
    assert {one.get("/alarms/live?seen=0").status_code for one in (desk, other, desk, other)} == {204}
    assert looks == ["/alarms/live"]


def test_a_passage_is_shown_when_the_moment_is_over(fresh: District) -> None:
    desk, path = fresh.browser("duty1"), f"/gates/{fresh.first.station.hex()}/live"
    seen = desk.get(path).text.partition("seen=")[2].partition('"')[0]
    assert desk.get(f"{path}?seen={seen}").status_code == 204
    fresh.first.record_entries(1)
    fresh.push(fresh.first, 4)
    fresh.center.clocks.mono += 2 * FRESH_S
    assert desk.get(f"{path}?seen={seen}").status_code == 200


def test_another_branch_is_not_told_by_what_this_one_has(fresh: District) -> None:
    path = f"/gates/{fresh.first.station.hex()}/live"
    ours, theirs = fresh.browser("duty1"), fresh.browser("duty2")
    seen = ours.get(path).text.partition("seen=")[2].partition('"')[0]
    assert ours.get(f"{path}?seen={seen}").status_code == 204
    assert theirs.get(f"{path}?seen={seen}").status_code == 404
    assert fresh.browser().get(f"{path}?seen={seen}", **{"HX-Request": "true"}).status_code == 401


def test_who_has_signed_out_is_sent_away_at_once(fresh: District) -> None:
    desk = fresh.browser("duty1")
    assert desk.get("/alarms/live?seen=0").status_code == 204
    cookies = dict(desk.client.cookies)
    desk.post("/signout")
    desk.client.cookies.update(cookies)
    assert desk.get("/alarms/live?seen=0", **{"HX-Request": "true"}).status_code == 401


def test_a_session_that_another_process_ended_is_believed_for_seconds_only(fresh: District) -> None:
    desk, other = fresh.browser("duty1"), fresh.browser("admin1")
    assert desk.get("/alarms/live?seen=0").status_code == 204
    with fresh.center.store.database.write() as connection:
        connection.run("UPDATE console_user SET disabled_ms = 1 WHERE name = 'duty1'")
    fresh.center.clocks.mono += KNOWN_S
    assert other.get("/alarms/live?seen=0").status_code == 204
    assert desk.get("/alarms/live?seen=0", **{"HX-Request": "true"}).status_code == 401


def test_a_long_look_is_made_beside_and_the_old_one_stands_meanwhile() -> None:
    recent, made = Recent(), iter("ab")
    assert recent.latest("key", 0.0, 60.0, lambda: next(made)) is None
    recent.join()
    assert recent.latest("key", 1.0, 60.0, lambda: next(made)) == "a"
    assert recent.latest("key", 61.0, 60.0, lambda: next(made)) == "a"
    recent.join()
    assert recent.latest("key", 62.0, 60.0, lambda: next(made)) == "b"


def test_a_long_look_that_fails_is_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    recent = Recent()

    def fail() -> str:
        raise ValueError("张三")

    assert recent.latest("key", 0.0, 60.0, fail) is None
    recent.join()
    assert "ValueError" in caplog.text
    assert "张三" not in caplog.text
    assert recent.latest("key", 0.0, 60.0, lambda: "a") is None
    recent.join()
    assert recent.latest("key", 0.0, 60.0, lambda: "a") == "a"
