"""Long work that pages ask for."""

from __future__ import annotations

from threading import Thread

import pytest

from center.jobs import Job, Jobs, new_id


def test_after_a_job_for_which_the_computer_had_no_thread_the_next_one_is_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_room(thread: Thread) -> None:
        raise RuntimeError("can't start new thread")

    jobs, first, second = Jobs(), Job(new_id(), "trial", ""), Job(new_id(), "trial", "")
    with monkeypatch.context() as patch:
        patch.setattr(Thread, "start", no_room)
        with pytest.raises(RuntimeError):
            jobs.start(first, lambda job: "first")
    jobs.start(second, lambda job: "second")
    jobs.join()
    assert (first.result, second.result) == ("first", "second")
