"""Notices and tasks: who has read, who has done, and what is late."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from center.console import notices, tasks
from station.sync.items import NoticeItem, TaskItem, decode_item
from station.sync.reports import NoticeRead, Report, TaskDone, encode_body
from tests.center.console.district import FIRST, SECOND, District
from tests.center.gate import NOON_MS, Gate


def tell(district: District, gate: Gate, kind: str, body: NoticeRead | TaskDone) -> None:
    report = Report(gate.number.to_bytes(16, "big"), kind, 1, NOON_MS, encode_body(body))
    district.center.store.reports.take(gate.station, FIRST, (report,), district.center.clocks.ms)


def sent(district: District, user: str, path: str, fields: dict[str, str]) -> str:
    """Where the answer leads to."""
    answer = district.browser(user).post(path, fields)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def items(district: District, gate: Gate, branch: str) -> set[str]:
    """Keys of what this gate is told."""
    page = district.center.store.lists.page(
        "quick", district.center.store.epoch, 0, 500, branch, gate.station
    )
    return {item.key for item in page.items}


def test_a_notice_to_a_street_reaches_its_gates_only(fresh: District) -> None:
    where = sent(fresh, "duty1", "/notices", {"title": "明天全员检测", "branch": FIRST, "hours": "24"})
    key = where.rsplit("/", 1)[1]
    assert key in items(fresh, fresh.first, FIRST)
    assert key not in items(fresh, fresh.second, SECOND)


def test_who_has_not_read_a_notice_stands_on_its_page(fresh: District) -> None:
    where = sent(fresh, "duty", "/notices", {"title": "停电", "branch": "", "hours": "0", "urgent": "1"})
    key = where.rsplit("/", 1)[1]
    tell(fresh, fresh.first, "notice_read", NoticeRead(key, NOON_MS, "7"))
    page = fresh.browser("duty").get(where).text
    assert "1 / 2 个大门" in page
    assert page.count("还没看") == 1


def test_who_manages_a_street_cannot_take_back_the_district_s_notice(fresh: District) -> None:
    where = sent(fresh, "duty", "/notices", {"title": "停电", "branch": "", "hours": "0"})
    browser = fresh.browser("duty1")
    assert "停电" in browser.get(where).text
    assert browser.post(where + "/take-back").status_code == 404
    fresh.browser("duty").post(where + "/take-back")
    assert browser.get(where).status_code == 404


def test_a_notice_without_a_title_is_asked_again_and_keeps_its_text(fresh: District) -> None:
    fields = {"title": "", "text": "晚上八点停水", "branch": FIRST, "hours": "4"}
    answer = fresh.browser("duty1").post("/notices", fields)
    assert answer.status_code == 400
    assert "晚上八点停水" in answer.text


def test_a_task_for_one_gate_is_late_until_it_is_done(fresh: District) -> None:
    station = fresh.first.station.hex()
    fields = {"text": "检查消毒液", "station": station, "due": "2022-04-15T07:00"}
    where = sent(fresh, "duty1", "/tasks", fields)
    key = where.rsplit("/", 1)[1]
    assert key in items(fresh, fresh.first, FIRST)
    browser = fresh.browser("duty1")
    assert "过期了" in browser.get("/tasks").text
    tell(fresh, fresh.first, "task_done", TaskDone(key, NOON_MS, "7", note="换了两桶"))
    assert "过期了" not in browser.get("/tasks").text
    assert "换了两桶" in browser.get(where).text


def test_a_task_that_was_not_done_after_all_is_open_again(fresh: District) -> None:
    where = sent(fresh, "duty1", "/tasks", {"text": "贴通知", "branch": FIRST})
    tell(fresh, fresh.first, "task_done", TaskDone(where.rsplit("/", 1)[1], NOON_MS, "7", done=False))
    assert "0 / 1 个大门" in fresh.browser("duty1").get(where).text


def test_a_task_names_who_is_to_do_it(fresh: District) -> None:
    where = sent(fresh, "duty1", "/tasks", {"text": "贴通知", "branch": FIRST, "who": "王建国"})
    key = where.rsplit("/", 1)[1]
    lists = fresh.center.store.lists
    page = lists.page("quick", fresh.center.store.epoch, 0, 500, FIRST, fresh.first.station)
    (task,) = [decode_item("task", item.body) for item in page.items if item.key == key and item.body]
    assert isinstance(task, TaskItem)
    assert task.text == "王建国：贴通知"  # the gate shows it
    assert "王建国：贴通知" in fresh.browser("duty1").get(where).text


def test_the_names_of_the_rota_are_offered_and_none_of_another_street(fresh: District) -> None:
    now = datetime.fromtimestamp(fresh.center.clocks.ms / 1000, UTC)
    fresh.center.store.rota.sign_up(fresh.ids["shift"][0], "王建国", now)
    fresh.center.store.rota.sign_up(fresh.own["shift"], "赵大爷", now)
    page = fresh.browser("duty1").get("/tasks").text
    assert '<option value="王建国">' in page
    assert "赵大爷" not in page


def test_nobody_gives_a_task_to_another_street_s_gate(fresh: District) -> None:
    browser = fresh.browser("duty1")
    fields = {"text": "贴通知", "station": fresh.second.station.hex()}
    assert browser.post("/tasks", fields).status_code == 404
    assert browser.post("/tasks", {"text": "贴通知", "branch": SECOND}).status_code == 404


def test_a_task_that_nobody_did_stays_on_top_however_many_newer_ones_there_are(
    fresh: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "MOST", 3)
    ms = fresh.center.clocks.ms
    fresh.put("task", TaskItem(ms - 9_000_000, "修好栏杆", ms - 1), FIRST)
    for number in range(4):
        fresh.put("task", TaskItem(ms + number, f"巡第 {number} 遍"), FIRST)
    page = fresh.browser("duty1").get("/tasks").text

    assert "过期了" in page
    assert page.index("修好栏杆") < page.index("巡第 3 遍")
    assert page.count('<a href="/tasks/') == 3
    assert "条没有显示" in page


def test_a_done_that_was_taken_back_counts_neither_on_the_list_nor_on_the_task(fresh: District) -> None:
    where = sent(fresh, "duty1", "/tasks", {"text": "贴封条", "branch": FIRST})
    key, duty = where.rsplit("/", 1)[1], fresh.browser("duty1")
    tell(fresh, fresh.first, "task_done", TaskDone(key, NOON_MS, "7"))
    done = duty.get("/tasks").text
    assert "1 / 1 个大门" in done[done.index("贴封条") :].partition("</tr>")[0]
    body = encode_body(TaskDone(key, NOON_MS + 1, "7", done=False))
    report = Report(b"taken back again", "task_done", 1, NOON_MS + 1, body)
    fresh.center.store.reports.take(fresh.first.station, FIRST, (report,), fresh.center.clocks.ms)

    open_again = duty.get("/tasks").text
    assert "0 / 1 个大门" in open_again[open_again.index("贴封条") :].partition("</tr>")[0]
    assert "0 / 1 个大门" in duty.get(where).text


def test_a_notice_that_gates_still_show_can_be_found_among_many_that_are_over(
    fresh: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "MOST", 3)
    ms = fresh.center.clocks.ms
    key = fresh.put("notice", NoticeItem(ms - 9_000_000, "只进不出", urgent=True), FIRST)
    for number in range(4):
        fresh.put("notice", NoticeItem(ms - 1000 + number, f"第 {number} 号", until_ms=ms - 1), FIRST)
    tell(fresh, fresh.first, "notice_read", NoticeRead(key, NOON_MS, "7"))
    page = fresh.browser("duty1").get("/notices").text

    assert "1 / 1 个大门" in page[page.index("只进不出") :].partition("</tr>")[0]
    assert "条没有显示" in page
