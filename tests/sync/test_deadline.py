"""A request that takes too long is ended by another thread; one that has ended is left alone."""

from __future__ import annotations

from threading import Event, enumerate
from types import SimpleNamespace

import pytest

from station.sync import deadline as deadline_module
from station.sync.deadline import Deadline
from tests.patience import PATIENCE_S

LONG_S, SHORT_S = 60.0, 0.02


def test_what_takes_too_long_is_ended() -> None:
    over = Event()
    with Deadline(over.set).within(SHORT_S):
        assert over.wait(PATIENCE_S)


def test_a_short_time_counts_though_a_long_one_was_set_before() -> None:
    over = Event()
    deadline = Deadline(over.set)
    with deadline.within(LONG_S):
        pass
    with deadline.within(SHORT_S):
        assert over.wait(PATIENCE_S)


def test_what_has_ended_in_time_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """By a clock that stands still until it has: the machine may stop us in between."""
    now, cut, before = [0.0], list[str](), set(enumerate())
    monkeypatch.setattr(deadline_module, "time", SimpleNamespace(monotonic=lambda: now[0]))
    deadline = Deadline(lambda: cut.append("cut"))
    with deadline.within(SHORT_S):
        (watching,) = set(enumerate()) - before
    now[0] += LONG_S
    watching.join(PATIENCE_S)  # it has looked again, long after
    assert not watching.is_alive()
    assert not cut


def test_one_thread_for_many_requests_and_none_in_the_end() -> None:
    deadline, before = Deadline(lambda: None), set(enumerate())
    for _ in range(3):
        with deadline.within(LONG_S):
            (watching,) = set(enumerate()) - before
    deadline.end()
    watching.join(PATIENCE_S)
    assert not watching.is_alive()
