"""What the center tells the people at a gate, from the lists in the journal to the line on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from station.core.entry import to_ms
from station.core.outcome import NoticesHere
from station.journal.center_lists import CenterLists
from station.journal.center_pages import prepare_page
from station.journal.duties import Comer, Duties
from station.journal.entries import Journal
from station.journal.reports import to_send
from station.notice_desk import StationNoticeDesk
from station.notice_watch import NoticeWatch
from station.sync.bundle import Item, Page
from station.sync.items import NoticeItem, TaskItem, encode_item
from station.sync.reports import TaskDone, decode_body
from station.ui import afterwards_words
from tests.lane import HandClock

EPOCH = bytes(16)


class District:
    """A center that gives lists, a gate that hears them, and what it said."""

    def __init__(self, folder: Path) -> None:
        self.clock = HandClock()
        self.journal = Journal.open(folder, now=self.clock.now)
        self.said: list[NoticesHere] = []
        self._lists, self._version = CenterLists(self.journal), 0
        self.center_ahead = timedelta()  # of this gate's clock
        self.watch = NoticeWatch(self.journal, self.clock.now, self.said.append)
        self.desk = StationNoticeDesk(lambda: self.journal, self.clock.now)

    def give(self, list_name: str, key: str, body: NoticeItem | TaskItem | None) -> None:
        since, self._version = self._version, self._version + 1
        item = Item(list_name, key, self._version, encode_item(body) if body else None)
        server_ms = to_ms(self.clock.now() + self.center_ahead)
        page = Page(1, "quick", EPOCH, since, self._version, False, server_ms, (item,))
        self._lists.apply(prepare_page(self.journal.vault, page), self.clock.now())

    def notice(self, key: str, title: str, *, urgent: bool = True, hours: float | None = None) -> None:
        until = None if hours is None else to_ms(self.clock.now() + timedelta(hours=hours))
        self.give("notice", key, NoticeItem(to_ms(self.clock.now()), title, "", urgent, until))

    def task(
        self, key: str, *, due_hours: float | None = None, done: bool = False, text: str = "送药"
    ) -> None:
        due = None if due_hours is None else to_ms(self.clock.now() + timedelta(hours=due_hours))
        self.give("task", key, TaskItem(to_ms(self.clock.now()), text, due, None, done))

    def line(self, seconds: float = 61.0) -> str:
        """What stands at the gate a moment later."""
        self.clock.move(seconds)
        self.watch.tick(self.clock.monotonic())
        return afterwards_words.from_center(self.said[-1]) if self.said else ""


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    found = District(tmp_path)
    yield found
    found.journal.close()


def test_an_urgent_notice_is_one_line_until_somebody_has_read_it(district: District) -> None:
    assert district.line() == ""
    district.notice("n1", "今晚停水")
    assert district.line(1.1) == "通知：今晚停水 · F10"

    (read,) = district.desk.notices()

    assert (read.title, read.read) == ("今晚停水", False)
    assert district.line(1.1) == ""
    assert district.desk.notices()[0].read


def test_a_notice_that_does_not_open_any_more_hides_no_urgent_one(district: District) -> None:
    district.notice("n1", "上周的通知")
    district.task("t1", text="上周的任务")
    district.journal.connection.execute("UPDATE center_item SET sealed = zeroblob(80)")
    district.notice("n2", "今晚封闭北门")
    assert "今晚封闭北门" in district.line()
    assert [one.title for one in district.desk.notices()] == ["今晚封闭北门"]
    assert district.desk.tasks() == []


def test_it_is_said_once(district: District) -> None:
    district.notice("n1", "今晚停水")
    for _ in range(5):
        district.line()

    assert len(district.said) == 1


def test_what_is_not_urgent_waits_at_the_admin_page(district: District) -> None:
    district.notice("n1", "值班表换了", urgent=False)

    assert district.line() == ""
    assert district.said[-1].unread == 1


def test_a_notice_that_is_over_or_taken_back_is_gone(district: District) -> None:
    district.notice("n1", "今晚停水", hours=1)
    district.notice("n2", "封路")
    district.line()
    district.give("notice", "n2", None)
    assert district.line() == "通知：今晚停水 · F10"

    assert district.line(3600) == ""
    assert not district.desk.notices()


def test_a_long_title_leaves_room_for_the_key(district: District) -> None:
    district.notice("n1", "今天夜里全区停水检修" * 5)

    assert district.line() == "通知：今天夜里全区停水检修今天夜里全… · F10"


def test_tasks_are_announced_when_they_are_due_until_they_are_done(district: District) -> None:
    district.task("now")
    district.task("tonight", due_hours=10)
    district.task("done", done=True)
    assert district.line() == "中心有 1 件事要办 · F10"
    assert district.line(9 * 3600) == "中心有 2 件事要办 · F10"

    district.desk.tick(district.desk.tasks(), done=True)

    assert district.line() == ""
    assert all(one.done for one in district.desk.tasks())


def test_what_is_for_whoever_is_on_duty_comes_first(district: District) -> None:
    district.task("a", due_hours=1)
    district.task("b", due_hours=2, text="王建国：贴通知")
    district.task("c", done=True, text="王建国：做完了")
    assert [one.id for one in district.desk.tasks()] == ["a", "b", "c"]
    Duties(district.journal).begin(Comer("王建国"), district.clock.now())
    assert [one.id for one in district.desk.tasks()] == ["b", "a", "c"]
    Duties(district.journal).begin(Comer("王建"), district.clock.now())
    assert [one.id for one in district.desk.tasks()] == ["a", "b", "c"], "somebody else with a shorter name"


def test_ticks_outlive_lists_that_are_fetched_anew(district: District) -> None:
    district.task("t1")
    district.notice("n1", "今晚停水")
    district.desk.tick(district.desk.tasks(), done=True)
    district.desk.notices()

    district.task("t1")
    district.notice("n1", "今晚停水")

    assert district.line() == ""
    assert district.desk.tasks()[0].done


def test_no_title_stands_in_a_log_line(district: District) -> None:
    assert "停水" not in repr(NoticesHere("今晚停水", 1))


def test_the_center_hears_what_was_read_and_what_is_done(district: District) -> None:
    district.notice("n1", "今晚降温")
    district.task("t1")
    district.desk.notices()
    (task,) = district.desk.tasks()
    district.desk.tick([task], done=True)
    district.desk.tick([task], done=False)

    sent = to_send(district.journal.connection, district.journal.vault)
    assert {(one.kind, one.version) for one in sent} == {("notice_read", 1), ("task_done", 2)}
    done = next(decode_body(one.body, TaskDone) for one in sent if one.kind == "task_done")
    assert (done.task, done.done) == ("t1", False)


def test_a_task_is_announced_in_time_at_a_gate_whose_clock_is_years_behind(district: District) -> None:
    district.center_ahead = timedelta(days=4000)
    district.task("t1", due_hours=4000 * 24 + 3)
    assert district.line() == ""

    assert "1" in district.line(3700)


def test_no_task_is_shown_as_late_before_its_time_at_a_gate_whose_clock_is_ahead(district: District) -> None:
    """The line over the gate told what falls due by the center's clock; the page called all past."""
    district.center_ahead = timedelta(days=-365)
    district.task("t1", due_hours=-365 * 24 + 1)
    assert not district.desk.tasks()[0].late

    district.line(3700)
    assert district.desk.tasks()[0].late
