"""The overview and a gate's page: what they show, to whom, and that it is alive."""

from __future__ import annotations

import re
from pathlib import Path

from center.console.gates import MORE, in_order
from station.sync import bundle
from tests.center.console.browser import Browser
from tests.center.console.district import FIRST, District
from tests.center.gate import Gate, record
from tests.center.office import open_center


def seen(browser: Browser) -> str:
    """What the browser says that it has."""
    found = re.search(r"\?seen=([0-9a-f]{16})", browser.get("/").text)
    assert found
    return found[1]


def tile(text: str, gate: Gate) -> str:
    """The tile of a gate, without tags."""
    part = text.partition(f'id="g{gate.station.hex()}"')[2].partition("</a>")[0].partition(">")[2]
    return " ".join(re.sub("<[^>]+>", " ", part).split())


def test_the_overview_shows_the_gates_of_ones_branch(district: District) -> None:
    text = district.browser("viewer2").get("/").text

    assert "幸福西门" in text
    assert "和平东门" not in text
    both = district.browser("viewer").get("/").text
    assert "幸福西门" in both
    assert "和平东门" in both


def test_a_role_for_one_gate_shows_that_gate(fresh: District) -> None:
    fresh.add_user("guard", "viewer", f"{FIRST}/和平东门")
    fresh.add_gate(5, "和平北门", FIRST)
    browser = fresh.browser("guard")
    text = browser.get("/").text

    assert "和平东门" in text
    assert "和平北门" not in text
    assert browser.get(f"/gates/{fresh.first.station.hex()}").status_code == 200
    assert browser.get(f"/gates/{(5).to_bytes(16, 'big').hex()}").status_code == 404


def test_a_part_that_polls_is_sent_only_when_it_changed(fresh: District) -> None:
    browser = fresh.browser("viewer1")
    mark = seen(browser)
    assert browser.get(f"/gates/live?seen={mark}").status_code == 204
    fresh.first.record_entries(1)
    fresh.push(fresh.first, 4)
    fresh.center.clocks.forward(1)
    answer = browser.get(f"/gates/live?seen={mark}")

    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "和平东门 4" in tile(answer.text, fresh.first)


def test_only_todays_passages_are_counted_and_the_day_is_the_hosts_own(fresh: District) -> None:
    """16:00 UTC is midnight in Shanghai."""
    midnight_ms = (fresh.center.clocks.ms // 86_400_000) * 86_400_000 + 16 * 3_600_000
    fresh.center.clocks.forward((midnight_ms - fresh.center.clocks.ms) / 1000 - 1)
    browser = fresh.browser("viewer1")
    assert " 3" in tile(browser.get("/").text, fresh.first)
    fresh.center.clocks.forward(2)
    assert " 0" in tile(browser.get("/").text, fresh.first)


def test_a_gates_page_has_its_entries_in_words_and_no_names(fresh: District) -> None:
    fresh.first.records.append(
        record(4, fresh.center.clocks.ms, severity=2, person_id="p-secret", operator="0007")
    )
    fresh.push(fresh.first, 4)
    browser = fresh.browser("viewer1")
    text = browser.get(f"/gates/{fresh.first.station.hex()}").text

    assert "✖ 禁止" in text
    assert "✔ 通行" in text
    assert "p-secret" not in text
    assert text.index("✖ 禁止") < text.index("✔ 通行")  # the newest first


def test_a_request_of_the_gate_is_a_sign_of_life(fresh: District) -> None:
    quiet = fresh.add_gate(9, "安静北门", FIRST)
    browser = fresh.browser("viewer1")
    fresh.center.clocks.forward(600)
    assert "没有消息" in tile(browser.get("/").text, quiet)
    quiet.post(fresh.center.client, "/v1/hello", bundle.pack(quiet.hello()))
    fresh.center.clocks.forward(1)
    assert "没有消息" not in tile(browser.get("/").text, quiet)


def test_an_unsigned_request_is_no_sign_of_life(fresh: District) -> None:
    fresh.center.office.heard.clear()
    headers = fresh.first.headers("GET", "/v1/pull?channel=people")
    assert fresh.center.client.get("/v1/pull?channel=quick", headers=headers).status_code == 401

    assert fresh.center.office.heard == {}


def test_gates_are_sorted_as_people_count() -> None:
    names = ["10号门", "2号门", "东门", "1号门", "东门2", "东门12", ""]

    assert sorted(names, key=in_order) == ["", "1号门", "2号门", "10号门", "东门", "东门2", "东门12"]


def test_what_other_parts_know_of_a_gate_is_asked_for_once_a_look() -> None:
    assert all(callable(source) for source in MORE)


def test_the_first_day_says_what_to_press_and_names_no_command(tmp_path: Path) -> None:
    with open_center(tmp_path) as center:
        empty = District(center, Gate(1), Gate(2))
        empty.add_user("admin", "admin", "")
        empty.add_user("viewer", "viewer", "")

        admins, viewers = (empty.browser(name).get("/").text for name in ("admin", "viewer"))

    assert "点“接上一个大门”" in admins
    assert 'href="/enrol"' in admins
    assert "请中心的管理员接上" in viewers
    assert 'href="/enrol"' not in viewers.partition("<main")[2]
    assert "center station add" not in admins + viewers


def test_who_lets_gates_in_reads_that_the_nightly_backup_does_not_come(fresh: District) -> None:
    """For as long, gates forget nothing, and a center that breaks has nothing to come back from."""
    browser, other = fresh.browser("admin1"), fresh.browser("viewer1")
    store, day_s = fresh.center.store, 86_400
    assert "没有备份的记录" not in browser.get("/").text  # its first day

    store.mark_archived({}, fresh.center.clocks.ms)
    fresh.center.clocks.forward(day_s)
    assert "备份" not in browser.get("/").text
    fresh.center.clocks.forward(2 * day_s)
    browser, other = fresh.browser("admin1"), fresh.browser("viewer1")
    assert "最近一次备份是 3 天以前的" in browser.get("/").text
    assert "备份" not in other.get("/").text


def test_an_admin_reads_that_nothing_was_erased_since_the_center_stood_still_for_weeks(
    fresh: District,
) -> None:
    """Nobody opens the page of retention by themselves, and personal data would stay for ever."""
    store, day_ms = fresh.center.store, 86_400_000
    store.keeping.step(fresh.center.clocks.ms)
    store.keeping.step(fresh.center.clocks.ms + 7 * day_ms)
    fresh.center.clocks.forward(8 * 86_400)
    assert "没有自动清除" not in fresh.browser("admin").get("/").text

    fresh.center.clocks.forward(20 * 86_400)  # switched off, or restored from a backup of then
    store.keeping.step(fresh.center.clocks.ms)
    admin = fresh.browser("admin")
    assert "没有自动清除" in admin.get("/").text
    for name in ("admin1", "viewer"):
        assert "没有自动清除" not in fresh.browser(name).get("/").text, "nor may they set it right"

    store.keeping.run(fresh.center.clocks.ms)
    assert "没有自动清除" not in admin.get("/").text


def test_a_backup_that_was_made_while_the_clock_was_ahead_does_not_hide_for_months_that_none_comes(
    fresh: District,
) -> None:
    store = fresh.center.store
    store.mark_archived({}, fresh.center.clocks.ms + 200 * 86_400_000)
    assert "没有备份的记录" in fresh.browser("admin1").get("/").text
    store.mark_archived({}, fresh.center.clocks.ms + 3_600_000)  # set back by an hour
    assert "备份" not in fresh.browser("admin1").get("/").text
