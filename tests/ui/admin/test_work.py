"""Long work runs beside the screen: its progress and its one end come in the GUI thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication

from station.ui.admin.work import CancelledError, Progress, Work
from station.ui.admin.work_bar import WorkBar
from tests.patience import PATIENCE_S
from tests.ui.admin.looking import until
from tests.ui.admin.office import Office

Told = list[tuple[str, object]]


@pytest.fixture
def told(application: QApplication) -> Told:
    return []


@pytest.fixture
def start(told: Told) -> Iterator[Callable[[Callable[[Progress], object]], Work]]:
    """Starts jobs and hears what they tell, with the thread in which it was heard."""
    jobs: list[Work] = []

    def one(job: Callable[[Progress], object]) -> Work:
        work = Work(job)
        work.progressed.connect(lambda part: told.append(("progress", part)))
        work.done.connect(lambda result: told.append(("done", (result, threading.current_thread().name))))
        work.failed.connect(lambda error: told.append(("failed", str(error))))
        work.cancelled.connect(lambda: told.append(("cancelled", None)))
        jobs.append(work)
        work.start()
        return work

    yield one
    for work in jobs:
        work.end()


def test_the_result_comes_in_the_gui_thread_though_the_work_does_not_run_there(
    start: Callable[..., Work], told: Told
) -> None:
    start(lambda progress: threading.current_thread().name)
    until(lambda: bool(told))
    ((what, (worked_in, told_in)),) = told  # type: ignore[misc]
    assert what == "done"
    assert (worked_in, told_in) == ("admin work", "MainThread")


def test_work_that_nobody_waits_for_any_more_ends_without_a_word(application: QApplication) -> None:
    """Its page was closed while it went on: its thread spoke through what was gone."""
    closed, seen = threading.Event(), list[bool]()

    def job(progress: Progress) -> None:
        seen.append(closed.wait(PATIENCE_S))
        progress.at(1, 2)

    work = Work(job)
    work.start()
    shiboken6.delete(work)
    closed.set()
    work._thread.join(PATIENCE_S)

    assert seen == [True]


def test_progress_is_told_in_a_hundred_steps_however_many_rows_there_are(
    start: Callable[..., Work], told: Told
) -> None:
    start(lambda progress: [progress.at(row, 20_000) for row in range(20_001)])
    until(lambda: told[-1:] != [] and told[-1][0] == "done")
    steps = [part for what, part in told if what == "progress"]
    assert len(steps) == 101
    assert steps == sorted(steps)
    assert steps[-1] == 1.0


def test_a_failure_is_told_once_and_nothing_else(start: Callable[..., Work], told: Told) -> None:
    def fail(progress: Progress) -> None:
        raise OSError("the stick is gone")

    start(fail)
    until(lambda: bool(told))
    QApplication.processEvents()
    assert told == [("failed", "the stick is gone")]


def test_work_that_is_told_to_stop_stops_and_says_so(start: Callable[..., Work], told: Told) -> None:
    began = threading.Event()

    def endless(progress: Progress) -> None:
        began.set()
        while True:
            progress.check()

    work = start(endless)
    assert began.wait(PATIENCE_S)
    work.cancel()
    until(lambda: bool(told))
    assert told == [("cancelled", None)]


def test_work_that_was_done_before_it_heard_of_the_stop_is_done(
    start: Callable[..., Work], told: Told
) -> None:
    go_on = threading.Event()
    work = start(lambda progress: go_on.wait(PATIENCE_S))
    work.cancel()
    go_on.set()
    until(lambda: bool(told))
    assert told[0][0] == "done"


def test_check_raises_only_after_the_stop() -> None:
    progress = Progress(lambda part: None)
    progress.check()
    progress.cancel()
    with pytest.raises(CancelledError):
        progress.check()


def test_no_amount_of_nothing_divides_by_zero() -> None:
    parts: list[float] = []
    Progress(parts.append).at(0, 0)
    assert parts == [1.0]


def test_one_job_at_a_time_and_the_second_is_told_why(office: Office) -> None:
    bar: WorkBar = office.admin.work_bar
    office.admin.open()
    held, ended = threading.Event(), list[object]()
    assert office.admin.work("一", lambda progress: held.wait(PATIENCE_S), ended.append, ended.append)
    assert bar.cancel.isVisible()
    assert not office.admin.work("二", lambda progress: None, ended.append, ended.append)
    assert "等" in office.said
    held.set()
    until(lambda: not bar.busy)
    assert ended == [True]
    assert not bar.isVisible()


def test_a_cancelled_job_calls_nobody_and_says_that_nothing_changed(office: Office) -> None:
    called: list[object] = []

    def endless(progress: Progress) -> None:
        while True:
            progress.check()

    office.admin.open()
    office.admin.work("一", endless, called.append, called.append)
    office.admin.work_bar.cancel.click()
    until(lambda: not office.admin.work_bar.busy)
    assert called == []
    assert "没改" in office.said


def test_the_end_of_the_program_waits_for_the_job(office: Office) -> None:
    stopped: list[bool] = []

    def job(progress: Progress) -> None:
        while not progress.cancelled:
            pass
        stopped.append(True)

    office.admin.work("一", job, lambda result: None, lambda error: None)
    office.admin.shut_down()
    assert stopped == [True]
